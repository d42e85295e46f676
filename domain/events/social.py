"""What the social departments record."""

from dataclasses import dataclass
from datetime import date

from domain.codes import PlacementForm


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementStarted:
    """The young person now lives outside the home (barnets lov §§ 46, 47)."""

    on: date
    form: PlacementForm


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementEnded:
    """The placement outside the home ended."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class YouthSupportDecided:
    """Ungestøtte was decided (barnets lov §§ 114-116, 120). A no is a decision too."""

    on: date
    granted: bool
