"""What the municipality's own stream holds: the rules and closing days as they were loaded."""

from dataclasses import dataclass
from datetime import date

from domain.codes import DataClass, Party, StreamKind
from domain.declaration import COMMON, event


@event(
    "rules-loaded",
    Party.MUNICIPALITY,
    DataClass.SYSTEM,
    COMMON,
    title="Regler indlæst",
    reads="Regler indlæst",
    stream=StreamKind.MUNICIPALITY,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class RulesLoaded:
    """From here on rows are made under these rules.

    `sha256` (hex) is over the rules text and the closed days, so that any past list can be explained.
    """

    on: date
    sha256: str
    rules: str
    closed_days: tuple[date, ...]
