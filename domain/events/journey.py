"""What the municipality itself records about a journey."""

from dataclasses import dataclass
from datetime import date

from domain.codes import Matter, Party, StartReason


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyStarted:
    """The young person is now followed. Why is an entry of its own, because not everybody may know it."""

    on: date
    born_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EducationReasonGiven:
    """They are followed for the sake of their education. `basis` names the act and section that allow it."""

    on: date
    reason: StartReason
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialReasonGiven:
    """They are followed for a social reason. `basis` names the act and section that allow it."""

    on: date
    reason: StartReason
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitReasonGiven:
    """They are followed because of a benefit. `basis` names the act and section that allow it."""

    on: date
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
