"""Milepælen: the first day, attendance, goals in the young person's own words, progression that can be measured."""

from dataclasses import fields
from datetime import date
from uuid import UUID

from domain.choices import Attendance, WithdrawReason
from domain.decisions.correction import correct_fact, let_count_again, withdraw_fact
from domain.decisions.journey import checked_text, must_be_followed, record_fact
from domain.events import (
    AttendanceMarked,
    GoalReached,
    GoalReworded,
    GoalSet,
    JourneyEvent,
    MilepaelenStarted,
    ProgressionMeasured,
    SubGoalSet,
)
from domain.events.milepaelen import HIGHEST_SCORE, LOWEST_SCORE
from domain.journey import Journey, PersonalGoal
from domain.refused import Refused
from domain.text import FreeText


def begin_at_milepaelen(journey: Journey, *, on: date) -> list[JourneyEvent]:
    """Milepælen takes the young person in from this day, which may be agreed ahead: "begynder på mandag"."""
    born_on = must_be_followed(journey)
    if on < born_on:
        raise Refused("before-birth")
    if journey.at_milepaelen_since is not None:
        raise Refused("already-at-milepaelen")
    return [MilepaelenStarted(on=on)]


def mark_attendance(
    journey: Journey, *, day: date, attendance: Attendance | None, shown: Attendance | None, today: date
) -> list[JourneyEvent]:
    """How that day went; None is that it is not marked (any longer). `shown` is what stood when the marker looked.

    The event is appended about the day's first mark, if there ever was one (`eventlog.Step.about`). Where somebody
    else has marked the day otherwise meanwhile it is refused, so that nobody overwrites what they have not seen.
    """
    stands = journey.attendance.get(day)
    if stands == attendance:
        return []
    if stands != shown:
        raise Refused("marked-meanwhile")
    was = None if stands is None else AttendanceMarked(on=day, attendance=stands)
    if attendance is None:
        return [] if was is None else withdraw_fact(journey, was=was, reason=WithdrawReason.DID_NOT_HAPPEN, on=today)
    event = AttendanceMarked(on=day, attendance=attendance)
    if was is None:
        return let_count_again(journey, withdrawn=event, today=today)
    return correct_fact(journey, was=was, event=event, today=today)


def set_goal(journey: Journey, *, goal_id: UUID, words: FreeText, on: date) -> list[JourneyEvent]:
    """The young person sets a goal for the time at Milepælen."""
    must_be_followed(journey)
    if goal_id in journey.goals:
        return []
    return [GoalSet(on=on, goal_id=goal_id, words=checked_text(words))]


def set_sub_goal(journey: Journey, *, goal_id: UUID, part_of: UUID, words: FreeText, on: date) -> list[JourneyEvent]:
    """A step towards a goal. A sub-goal has no sub-goals of its own."""
    if _goal(journey, part_of).part_of is not None:
        raise Refused("no-such-goal")
    if goal_id in journey.goals:
        return []
    return [SubGoalSet(on=on, goal_id=goal_id, part_of=part_of, words=checked_text(words))]


def reword_goal(journey: Journey, *, goal_id: UUID, words: FreeText, on: date) -> list[JourneyEvent]:
    """The young person says it in other words."""
    words = checked_text(words)
    if _goal(journey, goal_id).words == words:
        return []
    return [GoalReworded(on=on, goal_id=goal_id, words=words)]


def reach_goal(journey: Journey, *, goal_id: UUID, on: date) -> list[JourneyEvent]:
    """The goal was reached."""
    if _goal(journey, goal_id).reached_on is not None:
        return []
    return [GoalReached(on=on, goal_id=goal_id)]


def measure_progression(journey: Journey, *, measured: ProgressionMeasured, today: date) -> list[JourneyEvent]:
    """The five factors and the worker's own judgement, each from 1 to 5."""
    scores = [value for one in fields(measured) if isinstance(value := getattr(measured, one.name), int)]
    if not all(LOWEST_SCORE <= score <= HIGHEST_SCORE for score in scores):
        raise Refused("no-such-score")
    return record_fact(journey, event=measured, today=today)


def _goal(journey: Journey, goal_id: UUID) -> PersonalGoal:
    if goal_id not in journey.goals:
        raise Refused("no-such-goal")
    return journey.goals[goal_id]
