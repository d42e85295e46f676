"""What the municipality itself records about a journey."""

from dataclasses import dataclass
from datetime import date

from domain.codes import Matter, Party, StartReason


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyStarted:
    """The young person is now followed. `basis` names the act and section that allow it."""

    on: date
    born_on: date
    reason: StartReason
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthDateCorrected:
    """The date of birth was wrong; every deadline of age moves with it."""

    on: date
    born_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityEstablished:
    """From this day `holder` is responsible for the matter."""

    on: date
    matter: Matter
    holder: Party
