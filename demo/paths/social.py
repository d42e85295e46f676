"""A chapter: a concern is received, assessed and looked into, and support begins and is followed up."""

from datetime import UTC, date, datetime, time, timedelta

from demo.life import OF_AGE, Life
from domain.choices import Measure
from domain.events import (
    ChildAssessmentFinished,
    ChildAssessmentOpened,
    ConcernAssessed,
    ConcernReceiptSent,
    ConcernReceived,
    MeasureEnded,
    MeasureFollowedUp,
    MeasureStarted,
)
from domain.facts import COPENHAGEN

CHILD_CARE = "Barnets lov § 32"


def concern(life: Life, on: date) -> None:
    """Assessed within 24 hours, answered within six working days."""
    at = datetime.combine(on, time(life.draw.randint(8, 14), life.draw.randint(0, 59)), COPENHAGEN)
    assessed = at + timedelta(minutes=life.draw.randint(30, 180))
    life.tell(ConcernReceived(on=on, at=at.astimezone(UTC)))
    life.tell(ConcernAssessed(on=on, at=assessed.astimezone(UTC), acute=life.chance(0.1)))
    life.tell(ConcernReceiptSent(on=life.after(on, 1, 4)))


def assessment(life: Life, on: date) -> date:
    """Looked into within four months; answers with the day it was finished."""
    done_on = life.after(on, 40, 110)
    life.tell(ChildAssessmentOpened(on=on))
    life.tell(ChildAssessmentFinished(on=done_on))
    return done_on


def support(life: Life, measure: Measure, begun: date, ended: date, *, every: tuple[int, int] = (150, 200)) -> None:
    """Support that is followed up first within three months, and then as was decided."""
    life.tell(MeasureStarted(on=begun, measure=measure), before_start=True)
    day = life.after(begun, 50, 80)
    while day < ended:
        next_on = life.after(day, *every)
        life.detail(MeasureFollowedUp(on=day, measure=measure, next_on=next_on))
        day = next_on
    life.tell(MeasureEnded(on=ended, measure=measure))


def childhood_support(life: Life, begun: date) -> None:
    """Support from the child department until 18 at the latest."""
    measure = life.pick(Measure.CONTACT_PERSON, Measure.FAMILY_SUPPORT, Measure.RESPITE_CARE)
    support(life, measure, begun, min(life.after(begun, 300, 900), life.turns(OF_AGE)))
