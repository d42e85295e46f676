"""What the decisions need to know about one young person, and no more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import reduce
from uuid import UUID

from domain.codes import Matter, Party
from domain.events import (
    BirthDateCorrected,
    Event,
    GoalInOwnWords,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverTakenOver,
    HandoverWithdrawn,
    JourneyStarted,
    PlanStepAgreed,
    PlanStepDone,
    ResponsibilityEstablished,
)


class HandoverState(StrEnum):
    """How far a handover has come. Being overdue is a question with a date, not a state."""

    SENT = "sent"
    SEEN = "seen"
    TAKEN_OVER = "taken-over"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"

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
    answered: HandoverTakenOver | HandoverReturned | HandoverWithdrawn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the common plan."""

    agreed: PlanStepAgreed
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """The state of a journey's stream, folded from its events."""

    born_on: date | None = None
    responsible: Mapping[Matter, Party] = field(default_factory=dict)
    handovers: Mapping[UUID, Handover] = field(default_factory=dict)
    steps: Mapping[UUID, Step] = field(default_factory=dict)
    goal: GoalInOwnWords | None = None

    def open_handover(self, matter: Matter) -> Handover | None:
        """The handover of this matter that waits for its receiver, if there is one."""
        for handover in self.handovers.values():
            if handover.sent.matter == matter and handover.state.is_open:
                return handover
        return None


def evolve(journey: Journey, event: Event) -> Journey:  # noqa: PLR0911 - one answer per event
    """Let one event have happened. Never refuses: it happened. Most facts change no decision."""
    match event:
        case JourneyStarted(born_on=born_on) | BirthDateCorrected(born_on=born_on):
            return replace(journey, born_on=born_on)
        case ResponsibilityEstablished(matter=matter, holder=holder):
            return replace(journey, responsible={**journey.responsible, matter: holder})
        case PlanStepAgreed():
            step = Step(agreed=event)
            return replace(journey, steps={**journey.steps, event.step_id: step})
        case PlanStepDone(step_id=step_id) if step_id in journey.steps:
            step = replace(journey.steps[step_id], done_on=event.on)
            return replace(journey, steps={**journey.steps, step_id: step})
        case GoalInOwnWords():
            return replace(journey, goal=event)
        case HandoverSent():
            handover = Handover(sent=event)
            return replace(journey, handovers={**journey.handovers, event.handover_id: handover})
        case HandoverSeen() | HandoverTakenOver() | HandoverReturned() | HandoverWithdrawn():
            return _answered(journey, event)
        case _:
            return journey


def fold(events: Iterable[Event]) -> Journey:
    """The journey after all these events."""
    return reduce(evolve, events, Journey())


def _answered(
    journey: Journey, event: HandoverSeen | HandoverTakenOver | HandoverReturned | HandoverWithdrawn
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
    return replace(journey, handovers={**journey.handovers, event.handover_id: handover}, responsible=responsible)
