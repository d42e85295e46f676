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
    Event,
    GoalInOwnWords,
    GoalReached,
    GoalReworded,
    GoalSet,
    HandoverPlanned,
    HandoverReplaced,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
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
from domain.text import FreeText

HELD_FROM_AGE: Mapping[Matter, tuple[int, Party]] = {Matter.INCOME_AND_WORK: (18, Party.EMPLOYMENT)}
"""Who is responsible from a birthday on, until somebody else is: nobody has to remember it on the day.

From 18 the young person has an income of their own to live on, and that is the employment service's to see to
(lov om en aktiv beskæftigelsesindsats § 6; lov om aktiv socialpolitik § 11).
"""


class HandoverState(StrEnum):
    """How far a handover has come. Being overdue is a question with a date, not a state."""

    SENT = "sent"
    SEEN = "seen"
    TAKEN_OVER = "taken-over"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"

    @property
    def is_open(self) -> bool:
        """The receiver has not answered yet."""
        return self in (HandoverState.SENT, HandoverState.SEEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """One handover: what was sent, and what became of it."""

    sent: HandoverSent
    state: HandoverState = HandoverState.SENT
    seen_on: date | None = None
    answered: HandoverTakenOver | HandoverReturned | HandoverWithdrawn | HandoverReplaced | None = None


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
    """

    born_on: date | None = None
    closed_on: date | None = None
    joined_into: UUID | None = None
    joined: tuple[UUID, ...] = ()
    responsible: Mapping[Matter, Party] = field(default_factory=dict)
    planned: Mapping[UUID, HandoverPlanned] = field(default_factory=dict)
    handovers: Mapping[UUID, Handover] = field(default_factory=dict)
    steps: Mapping[UUID, Step] = field(default_factory=dict)
    goal: GoalInOwnWords | None = None
    goals: Mapping[UUID, PersonalGoal] = field(default_factory=dict)
    at_milepaelen_since: date | None = None
    attendance: Mapping[date, Attendance] = field(default_factory=dict)

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
        case HandoverPlanned():
            return replace(journey, planned={**journey.planned, event.handover_id: event})
        case HandoverSent():
            handover = Handover(sent=event)
            planned = {key: plan for key, plan in journey.planned.items() if key != event.handover_id}
            handovers = {**journey.handovers, event.handover_id: handover}
            return replace(journey, handovers=handovers, planned=planned)
        case HandoverSeen() | HandoverTakenOver() | HandoverReturned() | HandoverWithdrawn() | HandoverReplaced():
            return _answered(journey, event)
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


def _answered(
    journey: Journey,
    event: HandoverSeen | HandoverTakenOver | HandoverReturned | HandoverWithdrawn | HandoverReplaced,
) -> Journey:
    handover = journey.handovers.get(event.handover_id)
    if handover is None or not handover.state.is_open:
        return journey
    responsible = journey.responsible
    match event:
        case HandoverSeen():
            handover = replace(handover, state=HandoverState.SEEN, seen_on=event.on)
        case HandoverTakenOver():
            handover = replace(handover, state=HandoverState.TAKEN_OVER, answered=event)
            responsible = {**responsible, handover.sent.matter: handover.sent.receiver}
        case HandoverReturned():
            handover = replace(handover, state=HandoverState.RETURNED, answered=event)
        case HandoverWithdrawn():
            handover = replace(handover, state=HandoverState.WITHDRAWN, answered=event)
        case HandoverReplaced():
            handover = replace(handover, state=HandoverState.REPLACED, answered=event)
    return replace(journey, handovers={**journey.handovers, event.handover_id: handover}, responsible=responsible)


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
