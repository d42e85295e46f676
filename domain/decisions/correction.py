"""What was recorded wrongly: corrected, withdrawn, moved to the right person. Nothing is ever deleted.

The event that follows is appended about the entry it concerns (`eventlog.Step.about`).
"""

from datetime import date

from domain.catalogue import class_of
from domain.choices import WithdrawReason
from domain.decisions.journey import record_fact
from domain.events import (
    BenefitReasonGiven,
    BirthDateCorrected,
    Checked,
    ClockPaused,
    ClockResumed,
    EducationReasonGiven,
    Event,
    FactWithdrawn,
    JoinedIntoOtherFile,
    JourneyClosed,
    JourneyEvent,
    JourneyReopened,
    JourneyStarted,
    OtherFileJoined,
    OtherFileParted,
    PartedFromOtherFile,
    ResponsibilityEstablished,
    SocialReasonGiven,
)
from domain.events import HandoverEvent as _HandoverEvent
from domain.journey import Journey
from domain.refused import Refused

_PROTOCOL = (
    JourneyStarted,
    EducationReasonGiven,
    SocialReasonGiven,
    BenefitReasonGiven,
    BirthDateCorrected,
    ResponsibilityEstablished,
    JourneyClosed,
    JourneyReopened,
    OtherFileJoined,
    JoinedIntoOtherFile,
    OtherFileParted,
    PartedFromOtherFile,
    FactWithdrawn,
    Checked,
    ClockPaused,
    ClockResumed,
    *_HandoverEvent.__args__,
)
"""These have ways back of their own: a handover is withdrawn, a journey reopened, two files parted."""


def may_be_corrected(event: Event) -> bool:
    """Whether people may correct, withdraw or move this: what happened to the young person, not how we handled it."""
    return not isinstance(event, _PROTOCOL)


def correct_fact(journey: Journey, *, was: Event, event: JourneyEvent, today: date) -> list[JourneyEvent]:
    """It was otherwise. Also what was withdrawn can be corrected, and then counts again.

    The correction stays in the class of what it corrects: whoever can read the one can read the other.
    """
    if not may_be_corrected(was) or not may_be_corrected(event):
        raise Refused("not-correctable")
    if class_of(was) is not class_of(event):
        raise Refused("corrected-as-another-class")
    if was == event:
        return []
    return record_fact(journey, event=event, today=today)


def let_count_again(journey: Journey, *, withdrawn: JourneyEvent, today: date) -> list[JourneyEvent]:
    """What was withdrawn happened after all."""
    if not may_be_corrected(withdrawn):
        raise Refused("not-correctable")
    return record_fact(journey, event=withdrawn, today=today)


def withdraw_fact(journey: Journey, *, was: Event, reason: WithdrawReason, on: date) -> list[JourneyEvent]:
    """It does not count. What it was stays in the history."""
    if journey.born_on is None:
        raise Refused("not-started")
    if not may_be_corrected(was):
        raise Refused("not-correctable")
    return [FactWithdrawn(on=on, of_class=class_of(was), reason=reason)]
