"""Milepælen: goals and sub-goals in the young person's own words, and what can be measured."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from domain import journey
from domain.choices import CloseReason, Destination
from domain.codes import ContactWay
from domain.decisions import measure_progression, reach_goal, record_fact, reword_goal, set_goal, set_sub_goal
from domain.events import (
    ContactAfterMilepaelen,
    GoalReached,
    GoalReworded,
    GoalSet,
    JoinedIntoOtherFile,
    JourneyClosed,
    MilepaelenEnded,
    MilepaelenStarted,
    ProgressionMeasured,
    SubGoalSet,
)
from domain.text import FreeText
from tests.examples import BO, STARTED, TODAY
from tests.given import given

GOAL, PART, OTHER = UUID(int=0x60), UUID(int=0x61), UUID(int=0x62)
WORDS = FreeText("Jeg vil være gartner")
BEFORE = date(2026, 10, 1)
SET = GoalSet(on=BEFORE, goal_id=GOAL, words=WORDS)
SUB = SubGoalSet(on=BEFORE, goal_id=PART, part_of=GOAL, words=FreeText("Stå op kl. 7"))
REWORDED = GoalReworded(on=TODAY, goal_id=GOAL, words=FreeText("Jeg vil arbejde ude"))
REACHED = GoalReached(on=TODAY, goal_id=GOAL)
MEASURED = ProgressionMeasured(
    on=TODAY,
    belief_in_own_ability=1,
    health_mastery=2,
    labour_market_identity=3,
    cooperation=4,
    network=5,
    own_judgement=3,
)
SCORES = [
    "belief_in_own_ability",
    "health_mastery",
    "labour_market_identity",
    "cooperation",
    "network",
    "own_judgement",
]


def test_a_goal_is_set_once_and_kept_as_it_was_said() -> None:
    asked = {"goal_id": GOAL, "words": FreeText(f" {WORDS}\n"), "on": BEFORE}
    given(STARTED).when(set_goal, **asked).then(SET)
    given(STARTED, SET).when(set_goal, **asked).then_nothing()
    given(STARTED).when(set_goal, **asked | {"words": FreeText(" ")}).then_refused("text-missing")


def test_contact_after_the_stay_may_be_recorded_also_when_nobody_follows_the_young_person_any_longer() -> None:
    begun, ended = MilepaelenStarted(on=BEFORE), MilepaelenEnded(on=date(2026, 10, 20), destination=Destination.JOB)
    made = ContactAfterMilepaelen(on=TODAY, way=ContactWay.PHONE)
    closed = JourneyClosed(on=TODAY, reason=CloseReason.NO_LONGER_NEEDED)
    for after in ((), (closed,)):
        given(STARTED, begun, ended, *after).when(record_fact, event=made, today=TODAY).then(made)
    assert journey.fold([STARTED, begun, ended, made]).at_milepaelen_since is None


def test_only_whoever_is_followed_sets_goals() -> None:
    asked = {"goal_id": GOAL, "words": WORDS, "on": BEFORE}
    given().when(set_goal, **asked).then_refused("not-started")
    closed = JourneyClosed(on=TODAY, reason=CloseReason.NO_LONGER_NEEDED)
    given(STARTED, closed).when(set_goal, **asked).then_refused("journey-closed")
    given(STARTED, JoinedIntoOtherFile(on=TODAY, into=BO)).when(set_goal, **asked).then_refused("file-joined")


def test_a_sub_goal_is_part_of_a_goal() -> None:
    asked = {"goal_id": PART, "part_of": GOAL, "words": SUB.words, "on": BEFORE}
    given(STARTED, SET).when(set_sub_goal, **asked).then(SUB)
    given(STARTED, SET, SUB).when(set_sub_goal, **asked).then_nothing()
    given(STARTED).when(set_sub_goal, **asked).then_refused("no-such-goal")
    given(STARTED, SET).when(set_sub_goal, **asked | {"words": FreeText("")}).then_refused("text-missing")


def test_a_sub_goal_has_no_sub_goals() -> None:
    asked = {"goal_id": OTHER, "part_of": PART, "words": WORDS, "on": TODAY}
    given(STARTED, SET, SUB).when(set_sub_goal, **asked).then_refused("no-such-goal")


def test_a_goal_is_said_in_other_words_and_the_earlier_ones_stay() -> None:
    asked = {"goal_id": GOAL, "words": REWORDED.words, "on": TODAY}
    given(STARTED, SET).when(reword_goal, **asked).then(REWORDED)
    given(STARTED, SET, REWORDED).when(reword_goal, **asked).then_nothing()
    given(STARTED).when(reword_goal, **asked).then_refused("no-such-goal")
    given(STARTED, SET).when(reword_goal, **asked | {"words": FreeText("x" * 5001)}).then_refused("text-too-long")
    again = replace(REWORDED, on=TODAY + timedelta(days=1), words=WORDS)
    goal = journey.fold([STARTED, SET, REWORDED, again]).goals[GOAL]
    assert (goal.words, goal.worded_on, goal.set_on) == (WORDS, again.on, BEFORE)
    assert goal.earlier == ((BEFORE, WORDS), (TODAY, REWORDED.words))


def test_a_goal_or_sub_goal_is_reached_once() -> None:
    given(STARTED, SET).when(reach_goal, goal_id=GOAL, on=TODAY).then(REACHED)
    given(STARTED, SET, REACHED).when(reach_goal, goal_id=GOAL, on=TODAY).then_nothing()
    given(STARTED, SET).when(reach_goal, goal_id=PART, on=TODAY).then_refused("no-such-goal")
    after = journey.fold([STARTED, SET, SUB, GoalReached(on=TODAY, goal_id=PART)])
    assert (after.goals[PART].reached_on, after.goals[PART].part_of) == (TODAY, GOAL)
    assert after.goals[GOAL].reached_on is None, "a goal is not reached because a part of it is"


@pytest.mark.parametrize("event", [REWORDED, REACHED])
def test_what_happened_to_a_goal_nobody_knows_changes_no_goal(event: object) -> None:
    assert journey.fold([STARTED, event]).goals == {}


def test_progression_is_measured_from_one_to_five() -> None:
    given(STARTED).when(measure_progression, measured=MEASURED, today=TODAY).then(MEASURED)


@pytest.mark.parametrize("score", SCORES)
@pytest.mark.parametrize("value", [0, 6, -1])
def test_no_factor_goes_below_one_or_above_five(score: str, value: int) -> None:
    measured = replace(MEASURED, **{score: value})
    given(STARTED).when(measure_progression, measured=measured, today=TODAY).then_refused("no-such-score")


def test_progression_is_a_fact_like_others() -> None:
    given().when(measure_progression, measured=MEASURED, today=TODAY).then_refused("not-started")
    early = {"measured": MEASURED, "today": TODAY - timedelta(days=1)}
    given(STARTED).when(measure_progression, **early).then_refused("in-the-future")
    before_birth = replace(MEASURED, on=date(2009, 3, 13))
    given(STARTED).when(measure_progression, measured=before_birth, today=TODAY).then_refused("before-birth")
