"""The common plan: the young person's own goal, and the steps towards it. One party is responsible for each step."""

from datetime import date
from uuid import UUID

from domain.choices import ViewOnPlan
from domain.codes import Matter, Party
from domain.decisions.journey import checked_text, must_be_followed
from domain.events import (
    GoalInOwnWords,
    JourneyEvent,
    PlanStepAgreed,
    PlanStepDone,
    PlanStepDropped,
    PlanStepMoved,
    PlanStepWaits,
    ViewOnPlanGiven,
)
from domain.journey import Journey, Step, StepState
from domain.refused import Refused
from domain.text import NOTHING_WRITTEN, FreeText


def say_goal(journey: Journey, *, words: FreeText, on: date) -> list[JourneyEvent]:
    """The young person says what they want, in their own words."""
    must_be_followed(journey)
    words = checked_text(words)
    if journey.goal is not None and journey.goal.words == words:
        return []
    return [GoalInOwnWords(on=on, words=words)]


def give_view(journey: Journey, *, view: ViewOnPlan, why: FreeText, on: date) -> list[JourneyEvent]:
    """What the young person says of the plan. Who could not answer was asked: then it says why."""
    must_be_followed(journey)
    said = checked_text(why) if why.strip() or view is ViewOnPlan.COULD_NOT_ANSWER else NOTHING_WRITTEN
    return [ViewOnPlanGiven(on=on, view=view, why=said)]


def agree_step(
    journey: Journey,
    *,
    step_id: UUID,
    what: FreeText,
    responsible: Party,
    matter: Matter,
    due_on: date,
    on: date,
) -> list[JourneyEvent]:
    """Somebody is to do something before a day."""
    must_be_followed(journey)
    if step_id in journey.steps:
        return []
    if due_on < on:
        raise Refused("due-before-agreed")
    return [
        PlanStepAgreed(
            on=on,
            step_id=step_id,
            what=checked_text(what),
            responsible=responsible,
            matter=matter,
            due_on=due_on,
        )
    ]


def move_step(journey: Journey, *, step_id: UUID, due_on: date, reason: FreeText, on: date) -> list[JourneyEvent]:
    """The step gets another deadline, and somebody says why."""
    step = _open_step(journey, step_id)
    if due_on < step.agreed.on:
        raise Refused("due-before-agreed")
    if step.due_on == due_on:
        return []
    return [PlanStepMoved(on=on, step_id=step_id, due_on=due_on, reason=checked_text(reason))]


def let_step_wait(journey: Journey, *, step_id: UUID, waits_for: Party, on: date) -> list[JourneyEvent]:
    """Another party must act first. Waiting for whoever is responsible is not waiting."""
    step = _open_step(journey, step_id)
    if waits_for == (step.waits_for or step.agreed.responsible):
        return []
    return [PlanStepWaits(on=on, step_id=step_id, waits_for=waits_for)]


def finish_step(journey: Journey, *, step_id: UUID, on: date) -> list[JourneyEvent]:
    """The step was carried out."""
    if _step(journey, step_id).state is StepState.DONE:
        return []
    _open_step(journey, step_id)
    return [PlanStepDone(on=on, step_id=step_id)]


def drop_step(journey: Journey, *, step_id: UUID, reason: FreeText, on: date) -> list[JourneyEvent]:
    """The step is not to be carried out after all, and somebody says why."""
    if _step(journey, step_id).state is StepState.DROPPED:
        return []
    _open_step(journey, step_id)
    return [PlanStepDropped(on=on, step_id=step_id, reason=checked_text(reason))]


def _open_step(journey: Journey, step_id: UUID) -> Step:
    step = _step(journey, step_id)
    if step.state is not StepState.OPEN:
        raise Refused("step-closed")
    return step


def _step(journey: Journey, step_id: UUID) -> Step:
    """The step of somebody who is followed; the plan of a closed journey is read and no longer changed."""
    must_be_followed(journey)
    if step_id not in journey.steps:
        raise Refused("no-such-step")
    return journey.steps[step_id]
