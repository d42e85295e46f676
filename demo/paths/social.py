"""A chapter: a concern is received, assessed and looked into; support or a placement begins and is followed up."""

from datetime import UTC, date, datetime, time, timedelta

from demo.days import open_day_before
from demo.life import OF_AGE, Life
from domain.choices import Measure
from domain.codes import PlacementForm
from domain.events import (
    ChildAssessmentFinished,
    ChildAssessmentOpened,
    ConcernAssessed,
    ConcernReceiptSent,
    ConcernReceived,
    MeasureEnded,
    MeasureFollowedUp,
    MeasureStarted,
    PlacementFollowedUp,
    PlacementStarted,
    PreliminaryAssessmentMade,
)
from domain.facts import COPENHAGEN

CHILD_CARE = "Barnets lov § 32"
_FOLLOWED_UNTIL = 23
"""The age until which the child department is asked for the first follow-up."""


def concern(life: Life, on: date) -> None:
    """Assessed within 24 hours, answered within six working days."""
    at = datetime.combine(on, time(life.draw.randint(8, 14), life.draw.randint(0, 59)), COPENHAGEN)
    assessed = at + timedelta(minutes=life.draw.randint(30, 180))
    life.tell(ConcernReceived(on=on, at=at.astimezone(UTC)))
    life.tell(ConcernAssessed(on=on, at=assessed.astimezone(UTC), acute=life.chance(0.1)))
    life.tell(ConcernReceiptSent(on=life.after(on, 1, 4)))


def assessment(life: Life, on: date) -> date:
    """Looked into within four months, or a preliminary assessment by then; answers with the day it was finished."""
    takes_long = life.chance(0.12)
    done_on = life.after(on, *((125, 165) if takes_long else (40, 110)))
    life.tell(ChildAssessmentOpened(on=on))
    if takes_long:
        life.tell(PreliminaryAssessmentMade(on=life.after(on, 95, 112)))
    life.tell(ChildAssessmentFinished(on=done_on))
    return done_on


def support(
    life: Life,
    measure: Measure,
    begun: date,
    ended: date,
    *,
    every: tuple[int, int] = (180, 240),
    assessed_on: date | None = None,
) -> None:
    """Support that is followed up first within three months, and then as was decided."""
    life.tell(MeasureStarted(on=begun, measure=measure), before_start=True)
    day, is_first = _first_follow_up(life, begun, assessed_on), True
    while day < ended:
        next_on = life.after(day, *every)
        follow_up = MeasureFollowedUp(on=day, measure=measure, next_on=next_on)
        life.detail(follow_up, asked_until=_FOLLOWED_UNTIL * is_first, before_start=is_first)
        day, is_first = next_on, False
    life.tell(MeasureEnded(on=ended, measure=measure))


def placement(life: Life, form: PlacementForm, begun: date, ended: date, assessed_on: date | None = None) -> None:
    """A place outside the home, followed up as support is. That it has ended is told by whoever knows why."""
    life.tell(PlacementStarted(on=begun, form=form), before_start=True)
    day, is_first = _first_follow_up(life, begun, assessed_on), True
    while day < ended:
        next_on = life.after(day, 230, 330)
        follow_up = PlacementFollowedUp(on=day, next_on=next_on)
        life.detail(follow_up, asked_until=_FOLLOWED_UNTIL * is_first, before_start=is_first)
        day, is_first = next_on, False


def _first_follow_up(life: Life, begun: date, assessed_on: date | None) -> date:
    """Within three months, or when the assessment is finished if that comes first (barnets lov § 95, stk. 2)."""
    day = life.after(begun, 50, 80)
    if assessed_on is not None and begun <= assessed_on < day:
        return max(begun, open_day_before(assessed_on))
    return day


def childhood_support(life: Life, begun: date) -> date:
    """Support from the child department until 18 at the latest; answers with its last day."""
    measure = life.pick(Measure.CONTACT_PERSON, Measure.FAMILY_SUPPORT, Measure.RESPITE_CARE)
    ended = min(life.after(begun, 300, 900), life.turns(OF_AGE))
    support(life, measure, begun, ended)
    return ended
