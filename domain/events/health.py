"""What is recorded about health: only courses and meetings, never a diagnosis."""

from dataclasses import dataclass
from datetime import date

from domain.codes import DataClass, Party
from domain.declaration import HEALTH_ACT, Form, Subject, event

_US = Party.HEALTH
_HEALTH = DataClass.HEALTH


@event(
    "psychiatry-course-started",
    _US,
    _HEALTH,
    f"{HEALTH_ACT} § 41",
    title="Forløb i psykiatrien begyndt",
    reads="Et forløb i psykiatrien begyndte",
    form=Form(under=Subject.HEALTH, when="Hvornår begyndte forløbet?"),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PsychiatryCourseStarted:
    """A course in psychiatry began. What it is about does not stand here."""

    on: date


@event(
    "psychiatry-course-ending",
    _US,
    _HEALTH,
    f"{HEALTH_ACT} § 41",
    title="Forløb i psykiatrien slutter",
    reads="Psykiatrien meldte, at forløbet slutter",
    form=Form(under=Subject.HEALTH, when="Hvornår blev det meldt?"),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PsychiatryCourseEnding:
    """Psychiatry told that its course ends, so that somebody can take over."""

    on: date


@event(
    "network-meeting-held",
    _US,
    _HEALTH,
    f"{HEALTH_ACT} § 41",
    title="Netværksmøde holdt",
    reads="Et netværksmøde om overgangen blev holdt",
    form=Form(under=Subject.HEALTH, when="Hvornår blev mødet holdt?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkMeetingHeld:
    """Psychiatry and the municipality met about what comes after."""

    on: date
