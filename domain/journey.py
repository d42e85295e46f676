"""What the decisions need to know about one young person, and no more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import reduce
from uuid import UUID

from domain.choices import Attendance
from domain.codes import Matter, Party
from domain.events import (
    AttendanceMarked,
    BirthDateCorrected,
    ClockPaused,
    ClockResumed,
    Event,
    GoalInOwnWords,
    GoalReached,
    GoalReworded,
    GoalSet,
    HandoverPlanned,
    HandoverReceiptRecorded,
    HandoverReplaced,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverSentOutside,
    HandoverTakenOver,
    HandoverWithdrawn,
    JoinedIntoOtherFile,
    JourneyClosed,
    JourneyReopened,
    JourneyStarted,
    MilepaelenEnded,
    MilepaelenStarted,
    OtherFileJoined,
    OtherFileParted,
    PartedFromOtherFile,
    PlanStepAgreed,
    PlanStepDone,
    PlanStepDropped,
    PlanStepMoved,
    PlanStepWaits,
    ResponsibilityEstablished,
    SubGoalSet,
)
from domain.handover import GivenUpPlan, Handover, HandoverState, Later, after, just_sent
from domain.text import FreeText

__all__ = [
    "HELD_FROM_AGE",
    "GivenUpPlan",
    "Handover",
    "HandoverState",
    "Journey",
    "PersonalGoal",
    "Step",
    "StepState",
    "evolve",
    "fold",
]

HELD_FROM_AGE: Mapping[Matter, tuple[int, Party]] = {Matter.INCOME_AND_WORK: (18, Party.EMPLOYMENT)}
"""Who is responsible from a birthday on, until somebody else is: nobody has to remember it on the day.

From 18 the young person has an income of their own to live on, and that is the employment service's to see to
(lov om en aktiv beskæftigelsesindsats § 6; lov om aktiv socialpolitik § 11).
"""


class StepState(StrEnum):
    """How far a step of the common plan has come."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the common plan. `due_on` is the deadline that counts now; `moved` what changed it, oldest first.

    `waits_for` is the party that must do something before whoever is responsible can go on.
    """

    agreed: PlanStepAgreed
    due_on: date
    moved: tuple[PlanStepMoved, ...] = ()
    waits_for: Party | None = None
    done_on: date | None = None
    dropped: PlanStepDropped | None = None

    @property
    def state(self) -> StepState:
        if self.done_on is not None:
            return StepState.DONE
        return StepState.DROPPED if self.dropped else StepState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalGoal:
    """A goal or sub-goal at Milepælen. `words` are the last wording; `earlier` those before it, oldest first."""

    goal_id: UUID
    set_on: date
    words: FreeText
    part_of: UUID | None = None
    earlier: tuple[tuple[date, FreeText], ...] = ()
    worded_on: date
    reached_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """The state of a journey's stream, folded from its events.

    `closed_on` is set while nobody follows the young person here; `joined_into` when another file has everything.
    `at_milepaelen_since` is the first day there, also one that was agreed for later; `attendance` how each day went.
    `paused` are the duties whose clocks stand still, by `Obligation.key`.
    """

    born_on: date | None = None
    closed_on: date | None = None
    joined_into: UUID | None = None
    joined: tuple[UUID, ...] = ()
    responsible: Mapping[Matter, Party] = field(default_factory=dict)
    planned: Mapping[UUID, HandoverPlanned] = field(default_factory=dict)
    given_up: Mapping[UUID, GivenUpPlan] = field(default_factory=dict)
    handovers: Mapping[UUID, Handover] = field(default_factory=dict)
    steps: Mapping[UUID, Step] = field(default_factory=dict)
    goal: GoalInOwnWords | None = None
    goals: Mapping[UUID, PersonalGoal] = field(default_factory=dict)
    at_milepaelen_since: date | None = None
    attendance: Mapping[date, Attendance] = field(default_factory=dict)
    paused: frozenset[str] = frozenset()

    def plan_of(self, matter: Matter, giver: Party, receiver: Party) -> HandoverPlanned | None:
        """What is planned of this matter between these two, if something is."""
        between = (matter, giver, receiver)
        plans = self.planned.values()
        return next((plan for plan in plans if (plan.matter, plan.giver, plan.receiver) == between), None)

    def open_handover(self, matter: Matter) -> Handover | None:
        """The handover of this matter that waits for its receiver, if there is one."""
        for handover in self.handovers.values():
            if handover.sent.matter == matter and handover.state.is_open:
                return handover
        return None


def evolve(journey: Journey, event: Event) -> Journey:  # noqa: C901, PLR0911 - one answer per event
    """Let one event have happened. Never refuses: it happened. Most facts change no decision."""
    match event:
        case JourneyStarted(born_on=born_on) | BirthDateCorrected(born_on=born_on):
            return replace(journey, born_on=born_on)
        case ResponsibilityEstablished(matter=matter, holder=holder):
            return replace(journey, responsible={**journey.responsible, matter: holder})
        case PlanStepAgreed() | PlanStepMoved() | PlanStepWaits() | PlanStepDone() | PlanStepDropped():
            return _stepped(journey, event)
        case GoalInOwnWords():
            return replace(journey, goal=event)
        case GoalSet() | SubGoalSet() | GoalReworded() | GoalReached():
            return _aimed(journey, event)
        case MilepaelenStarted() | MilepaelenEnded() | AttendanceMarked():
            return _attended(journey, event)
        case ClockPaused() | ClockResumed():
            duty, stands_still = {f"{event.rule}:{event.trigger}"}, isinstance(event, ClockPaused)
            return replace(journey, paused=journey.paused | duty if stands_still else journey.paused - duty)
        case HandoverPlanned() | HandoverSent():
            return _sent_or_planned(journey, event)
        case HandoverWithdrawn(handover_id=handover_id) if handover_id in journey.planned:
            return _given_up(journey, event)
        case (
            HandoverSentOutside()
            | HandoverSeen()
            | HandoverReceiptRecorded()
            | HandoverTakenOver()
            | HandoverReturned()
            | HandoverWithdrawn()
            | HandoverReplaced()
        ):
            return _moved_on(journey, event)
        case (
            JourneyClosed()
            | JourneyReopened()
            | JoinedIntoOtherFile()
            | PartedFromOtherFile()
            | OtherFileJoined()
            | OtherFileParted()
        ):
            return _closed_or_opened(journey, event)
        case _:
            return journey


def fold(events: Iterable[Event]) -> Journey:
    """The journey after all these events."""
    return reduce(evolve, events, Journey())


def _stepped(
    journey: Journey, event: PlanStepAgreed | PlanStepMoved | PlanStepWaits | PlanStepDone | PlanStepDropped
) -> Journey:
    step = journey.steps.get(event.step_id)
    match event:
        case PlanStepAgreed():
            step = Step(agreed=event, due_on=event.due_on)
        case _ if step is None:
            return journey
        case PlanStepMoved(due_on=due_on):
            step = replace(step, due_on=due_on, moved=(*step.moved, event))
        case PlanStepWaits(waits_for=waits_for):
            step = replace(step, waits_for=None if waits_for == step.agreed.responsible else waits_for)
        case PlanStepDone(on=on):
            step = replace(step, done_on=on, waits_for=None)
        case PlanStepDropped():
            step = replace(step, dropped=event, waits_for=None)
    return replace(journey, steps={**journey.steps, event.step_id: step})


def _attended(journey: Journey, event: MilepaelenStarted | MilepaelenEnded | AttendanceMarked) -> Journey:
    match event:
        case MilepaelenStarted(on=on):
            return replace(journey, at_milepaelen_since=journey.at_milepaelen_since or on)
        case MilepaelenEnded():
            return replace(journey, at_milepaelen_since=None)
        case AttendanceMarked(on=on, attendance=attendance):
            return replace(journey, attendance={**journey.attendance, on: attendance})


def _aimed(journey: Journey, event: GoalSet | SubGoalSet | GoalReworded | GoalReached) -> Journey:
    goal = journey.goals.get(event.goal_id)
    match event:
        case GoalSet(on=on, words=words):
            goal = PersonalGoal(goal_id=event.goal_id, set_on=on, words=words, worded_on=on)
        case SubGoalSet(on=on, words=words, part_of=part_of):
            goal = PersonalGoal(goal_id=event.goal_id, set_on=on, words=words, worded_on=on, part_of=part_of)
        case _ if goal is None:
            return journey
        case GoalReworded(on=on, words=words):
            before = (*goal.earlier, (goal.worded_on, goal.words))
            goal = replace(goal, words=words, worded_on=on, earlier=before)
        case GoalReached(on=on):
            goal = replace(goal, reached_on=on)
    return replace(journey, goals={**journey.goals, event.goal_id: goal})


def _sent_or_planned(journey: Journey, event: HandoverPlanned | HandoverSent) -> Journey:
    planned = {key: plan for key, plan in journey.planned.items() if key != event.handover_id}
    if isinstance(event, HandoverPlanned):
        return replace(journey, planned={**planned, event.handover_id: event})
    handovers = {**journey.handovers, event.handover_id: just_sent(event)}
    return replace(journey, handovers=handovers, planned=planned)


def _given_up(journey: Journey, event: HandoverWithdrawn) -> Journey:
    left = {key: plan for key, plan in journey.planned.items() if key != event.handover_id}
    plan = GivenUpPlan(planned=journey.planned[event.handover_id], withdrawn=event)
    return replace(journey, planned=left, given_up={**journey.given_up, event.handover_id: plan})


def _moved_on(journey: Journey, event: Later) -> Journey:
    """Only what is open moves on, and only taking over makes somebody else responsible."""
    handover = journey.handovers.get(event.handover_id)
    if handover is None or not handover.state.is_open:
        return journey
    responsible = journey.responsible
    if isinstance(event, HandoverTakenOver):
        responsible = {**responsible, handover.sent.matter: handover.sent.receiver}
    handovers = {**journey.handovers, event.handover_id: after(handover, event)}
    return replace(journey, handovers=handovers, responsible=responsible)


def _closed_or_opened(
    journey: Journey,
    event: JourneyClosed
    | JourneyReopened
    | JoinedIntoOtherFile
    | PartedFromOtherFile
    | OtherFileJoined
    | OtherFileParted,
) -> Journey:
    match event:
        case JourneyClosed(on=on):
            return replace(journey, closed_on=on)
        case JoinedIntoOtherFile(on=on, into=into):
            return replace(journey, closed_on=on, joined_into=into)
        case JourneyReopened() | PartedFromOtherFile():
            return replace(journey, closed_on=None, joined_into=None)
        case OtherFileJoined(other=other):
            return replace(journey, joined=(*journey.joined, other))
        case OtherFileParted(other=other):
            return replace(journey, joined=tuple(one for one in journey.joined if one != other))
