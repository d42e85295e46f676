"""What is recorded about Milepælen, the local offer for 18-30-year-olds."""

from dataclasses import dataclass
from datetime import date

from domain.codes import Party
from domain.text import FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferredToMilepaelen:
    """`by` asks Milepælen to take the young person in."""

    on: date
    by: Party
    purpose: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class MilepaelenStarted:
    """The young person's first day at Milepælen."""

    on: date
