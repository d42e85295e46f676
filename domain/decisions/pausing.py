"""To let the clock of a duty stand still, and to let it run again. Only who holds the duty, and only while it runs.

What is owed is worked out from the facts and stands in no stream, so the duty is given to the decision. When it is
cleared in the same moment, the pause changes nothing.
"""

from datetime import date, datetime

from domain.choices import PauseReason
from domain.codes import Party
from domain.decisions.journey import must_be_followed
from domain.events import ClockPaused, ClockResumed, JourneyEvent
from domain.facts import civil_date
from domain.journey import Journey
from domain.obligations import Obligation, Standing
from domain.refused import Refused
from domain.rules import Rule


def pause_clock(
    journey: Journey, *, duty: Obligation | None, rule: Rule | None, by: Party, reason: PauseReason, at: datetime
) -> list[JourneyEvent]:
    """The clock stands still from today, so that today no longer counts. `rule` is the version that judges the duty.

    A birthday and a fixed date come whatever stands still, and what is overdue stays overdue.
    """
    must_be_followed(journey)
    duty, on = _held(duty, by, civil_date(at)), civil_date(at)
    if duty.key in journey.paused:
        raise Refused("clock-paused-already")
    if rule is None or not rule.can_pause:
        raise Refused("clock-cannot-pause")
    if duty.standing(on) is Standing.OVERDUE or (duty.due_at is not None and duty.due_at < at):
        raise Refused("clock-ran-out")
    return [ClockPaused(on=on, of_class=duty.data_class, rule=duty.name, trigger=duty.trigger, reason=reason)]


def resume_clock(journey: Journey, *, duty: Obligation | None, by: Party, on: date) -> list[JourneyEvent]:
    """The clock runs again from today, which counts."""
    must_be_followed(journey)
    duty = _held(duty, by, on)
    if duty.key not in journey.paused:
        raise Refused("clock-not-paused")
    return [ClockResumed(on=on, of_class=duty.data_class, rule=duty.name, trigger=duty.trigger)]


def _held(duty: Obligation | None, by: Party, on: date) -> Obligation:
    """The duty, while it is open and this party's."""
    if duty is None or duty.standing(on) not in (Standing.OPEN, Standing.OVERDUE, Standing.PAUSED):
        raise Refused("duty-not-open")
    if duty.holder is not by:
        raise Refused("not-the-duty-holder")
    return duty
