"""The common plan: steps are agreed, moved with a reason, wait for somebody, and end in one way."""

from datetime import date
from uuid import UUID

import pytest

from domain import journey
from domain.choices import CloseReason, ViewOnPlan
from domain.codes import Matter, Party
from domain.decisions import agree_step, drop_step, finish_step, give_view, let_step_wait, move_step, say_goal
from domain.events import (
    GoalInOwnWords,
    JoinedIntoOtherFile,
    JourneyClosed,
    JourneyReopened,
    PlanStepAgreed,
    PlanStepDone,
    PlanStepDropped,
    PlanStepMoved,
    PlanStepWaits,
    ViewOnPlanGiven,
)
from domain.journey import StepState
from domain.text import NOTHING_WRITTEN, FreeText
from tests.examples import BO, STARTED, STEP, TODAY
from tests.given import given

WHY = FreeText("FGU svarede først i dag")
AGREED = PlanStepAgreed(
    on=date(2026, 11, 2),
    step_id=STEP,
    what=FreeText("Besøge FGU"),
    responsible=Party.UU,
    matter=Matter.GUIDANCE,
    due_on=date(2026, 12, 1),
)
MOVED = PlanStepMoved(on=TODAY, step_id=STEP, due_on=date(2026, 12, 15), reason=WHY)
WAITS = PlanStepWaits(on=TODAY, step_id=STEP, waits_for=Party.EDUCATION)
DONE = PlanStepDone(on=TODAY, step_id=STEP)
DROPPED = PlanStepDropped(on=TODAY, step_id=STEP, reason=WHY)
CLOSED = JourneyClosed(on=TODAY, reason=CloseReason.MOVED_AWAY)
MOVE = {"step_id": STEP, "due_on": MOVED.due_on, "reason": WHY, "on": TODAY}
WAIT = {"step_id": STEP, "waits_for": Party.EDUCATION, "on": TODAY}
DROP = {"step_id": STEP, "reason": WHY, "on": TODAY}
DO = {"step_id": STEP, "on": TODAY}
AGREE = {
    "step_id": STEP,
    "what": AGREED.what,
    "responsible": Party.UU,
    "matter": Matter.GUIDANCE,
    "due_on": AGREED.due_on,
    "on": AGREED.on,
}
EVERY_CHANGE = [(move_step, MOVE), (let_step_wait, WAIT), (finish_step, DO), (drop_step, DROP)]


def test_a_step_is_moved_to_another_deadline_with_a_reason() -> None:
    given(STARTED, AGREED).when(move_step, **MOVE).then(MOVED)
    given(STARTED, AGREED).when(move_step, **MOVE | {"reason": FreeText("  ")}).then_refused("text-missing")


def test_moved_to_the_deadline_that_it_has_nothing_is_moved() -> None:
    given(STARTED, AGREED).when(move_step, **MOVE | {"due_on": AGREED.due_on}).then_nothing()
    given(STARTED, AGREED, MOVED).when(move_step, **MOVE).then_nothing()


def test_a_step_is_not_moved_to_before_it_was_agreed() -> None:
    given(STARTED, AGREED).when(move_step, **MOVE | {"due_on": date(2026, 11, 1)}).then_refused("due-before-agreed")
    assert given(STARTED, AGREED).when(move_step, **MOVE | {"due_on": AGREED.on}).decide()


def test_a_step_waits_for_whoever_must_act_first() -> None:
    given(STARTED, AGREED).when(let_step_wait, **WAIT).then(WAITS)
    given(STARTED, AGREED, WAITS).when(let_step_wait, **WAIT).then_nothing()


def test_waiting_for_whoever_is_responsible_is_not_waiting() -> None:
    given(STARTED, AGREED).when(let_step_wait, **WAIT | {"waits_for": Party.UU}).then_nothing()
    back = PlanStepWaits(on=TODAY, step_id=STEP, waits_for=Party.UU)
    given(STARTED, AGREED, WAITS).when(let_step_wait, **WAIT | {"waits_for": Party.UU}).then(back)
    assert journey.fold([STARTED, AGREED, WAITS]).steps[STEP].waits_for is Party.EDUCATION
    assert journey.fold([STARTED, AGREED, WAITS, back]).steps[STEP].waits_for is None


def test_a_step_is_dropped_with_a_reason() -> None:
    given(STARTED, AGREED).when(drop_step, **DROP).then(DROPPED)
    given(STARTED, AGREED, DROPPED).when(drop_step, **DROP).then_nothing()
    given(STARTED, AGREED).when(drop_step, **DROP | {"reason": FreeText("")}).then_refused("text-missing")


def test_what_is_done_is_not_dropped_and_what_is_dropped_is_not_done() -> None:
    given(STARTED, AGREED, DONE).when(drop_step, **DROP).then_refused("step-closed")
    given(STARTED, AGREED, DROPPED).when(finish_step, **DO).then_refused("step-closed")
    given(STARTED, AGREED, DONE).when(finish_step, **DO).then_nothing()


@pytest.mark.parametrize(("change", "asked"), [(move_step, MOVE), (let_step_wait, WAIT)])
@pytest.mark.parametrize("end", [DONE, DROPPED])
def test_a_step_that_has_ended_is_neither_moved_nor_waited_with(change: object, asked: dict, end: object) -> None:
    given(STARTED, AGREED, end).when(change, **asked).then_refused("step-closed")


@pytest.mark.parametrize(("change", "asked"), EVERY_CHANGE)
def test_a_step_that_was_never_agreed_is_refused(change: object, asked: dict) -> None:
    given(STARTED, AGREED).when(change, **asked | {"step_id": UUID(int=1)}).then_refused("no-such-step")


@pytest.mark.parametrize(("change", "asked"), EVERY_CHANGE)
def test_the_steps_of_a_closed_journey_stay_as_they_are_until_it_is_opened_again(change: object, asked: dict) -> None:
    given().when(change, **asked).then_refused("not-started")
    given(STARTED, AGREED, CLOSED).when(change, **asked).then_refused("journey-closed")
    given(STARTED, AGREED, JoinedIntoOtherFile(on=TODAY, into=BO)).when(change, **asked).then_refused("file-joined")
    assert given(STARTED, AGREED, CLOSED, JourneyReopened(on=TODAY, basis="§ 1")).when(change, **asked).decide()


@pytest.mark.parametrize(
    ("decision", "asked"), [(agree_step, AGREE), (say_goal, {"words": FreeText("Kok"), "on": TODAY})]
)
def test_a_plan_is_made_with_whoever_is_followed(decision: object, asked: dict) -> None:
    given().when(decision, **asked).then_refused("not-started")
    given(STARTED, CLOSED).when(decision, **asked).then_refused("journey-closed")
    gone = JoinedIntoOtherFile(on=TODAY, into=BO)
    given(STARTED, gone).when(decision, **asked).then_refused("file-joined")
    assert given(STARTED, CLOSED, JourneyReopened(on=TODAY, basis="§ 1")).when(decision, **asked).decide()


def test_the_plan_remembers_every_deadline_that_a_step_had() -> None:
    again = PlanStepMoved(on=TODAY, step_id=STEP, due_on=date(2027, 1, 4), reason=WHY)
    step = journey.fold([STARTED, AGREED, MOVED, again]).steps[STEP]
    assert (step.agreed.due_on, step.due_on, step.moved) == (date(2026, 12, 1), date(2027, 1, 4), (MOVED, again))
    assert step.state is StepState.OPEN


def test_a_step_that_has_ended_waits_for_nobody() -> None:
    for end, state in ((DONE, StepState.DONE), (DROPPED, StepState.DROPPED)):
        step = journey.fold([STARTED, AGREED, WAITS, end]).steps[STEP]
        assert (step.state, step.waits_for) == (state, None)


@pytest.mark.parametrize("event", [MOVED, WAITS, DONE, DROPPED])
def test_what_happened_to_a_step_nobody_knows_changes_no_plan(event: object) -> None:
    assert journey.fold([STARTED, event]).steps == {}


def test_the_goal_on_top_of_the_plan_is_the_last_one_said() -> None:
    first, second = (GoalInOwnWords(on=TODAY, words=FreeText(words)) for words in ("Kok", "Tømrer"))
    assert journey.fold([STARTED]).goal is None
    assert journey.fold([STARTED, first, second]).goal == second
    given(STARTED, first, second).when(say_goal, words=FreeText("Kok"), on=TODAY).then(first)


def test_what_the_young_person_says_of_the_plan_is_kept_with_their_reason() -> None:
    said = {"view": ViewOnPlan.DISAGREES, "why": FreeText(" Jeg vil hellere arbejde "), "on": TODAY}
    kept = ViewOnPlanGiven(on=TODAY, view=ViewOnPlan.DISAGREES, why=FreeText("Jeg vil hellere arbejde"))
    given(STARTED).when(give_view, **said).then(kept)
    agrees = {"view": ViewOnPlan.AGREES, "why": NOTHING_WRITTEN, "on": TODAY}
    given(STARTED).when(give_view, **agrees).then(ViewOnPlanGiven(on=TODAY, view=ViewOnPlan.AGREES))


def test_who_could_not_answer_was_asked_and_it_says_why() -> None:
    unanswered = {"view": ViewOnPlan.COULD_NOT_ANSWER, "why": FreeText(" \n"), "on": TODAY}
    given(STARTED).when(give_view, **unanswered).then_refused("text-missing")
    assert given(STARTED).when(give_view, **unanswered | {"why": FreeText("Kom ikke")}).decide()
    given(STARTED).when(give_view, **unanswered | {"why": FreeText("x" * 5001)}).then_refused("text-too-long")
    given().when(give_view, **unanswered).then_refused("not-started")
    given(STARTED, CLOSED).when(give_view, **unanswered).then_refused("journey-closed")
