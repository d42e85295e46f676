"""The common plan of one young person, folded live: the goal, their view of the plan, the steps, and consents.

No table. The plan as it was known on any day is the same fold over the entries that the log had got by then
(`projections.reading.known_on`). What the reader may not see is left out here: free text needs the whole of its class.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.access import Level
from domain.choices import Consenter, ConsentScope, ViewOnPlan
from domain.codes import DataClass, Matter, Party
from domain.days import birthday
from domain.decisions.journey import OF_AGE
from domain.events import (
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    ContactPersonNamed,
    GoalInOwnWords,
    LeadCoordinatorNamed,
    PlanStepAgreed,
    PlanStepDone,
    PlanStepDropped,
    PlanStepMoved,
    PlanStepWaits,
    ViewOnPlanGiven,
)
from domain.facts import Fact, Life, civil_date
from domain.journey import Journey, Step, StepState
from domain.text import FreeText, StaffId
from projections.reading import MayRead


class StepChange(StrEnum):
    """What became of a step after a day."""

    NEW = "new"
    MOVED = "moved"
    WAITS = "waits"
    DONE = "done"
    DROPPED = "dropped"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What the young person wants; `words` None where the reader may not read free text."""

    words: FreeText | None
    on: date
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What the young person said of the plan when they were asked; `why` None where the reader may not read it."""

    view: ViewOnPlan
    why: FreeText | None
    on: date
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A deadline was moved; `reason` None where the reader may not read free text."""

    on: date
    was_due_on: date
    due_on: date
    reason: FreeText | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """A step of the common plan; `what` and `drop_reason` None where the reader may not read free text.

    `waits_for` is the party that must act before the responsible one can go on, None when that is nobody else.
    """

    step_id: UUID
    what: FreeText | None
    responsible: Party
    matter: Matter
    agreed_on: date
    due_on: date
    state: StepState
    is_overdue: bool
    waits_for: Party | None = None
    moved: tuple[Move, ...] = ()
    done_on: date | None = None
    dropped_on: date | None = None
    drop_reason: FreeText | None = None
    changes: tuple[StepChange, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state is StepState.OPEN

    @property
    def next_move(self) -> Party:
        """Who must act first."""
        return self.waits_for or self.responsible

    @property
    def closed_on(self) -> date | None:
        return self.done_on or self.dropped_on


class ConsentState(StrEnum):
    """How a consent stands on a day."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    LAPSED = "lapsed"
    """A parent's, after the young person turned 18."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentTurn:
    """What was answered on a day, and how that stands. `ends_on` is the last day it counts, or counted."""

    state: ConsentState
    on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What one of those who can consent answered to one question: the last answer, and those before it."""

    by: Consenter
    scope: ConsentScope
    now: ConsentTurn
    earlier: tuple[ConsentTurn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A member of staff who was named for something, and from which day."""

    staff: StaffId
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything in the plan that this reader may see. Open steps by deadline, closed ones the latest first.

    `lead` keeps the whole together, `contact` is UU's; None when nobody is named or the reader may not know.
    """

    goal: Goal | None
    earlier_goals: tuple[Goal, ...]
    opinion: Opinion | None
    earlier_opinions: tuple[Opinion, ...]
    open_steps: tuple[PlanStep, ...]
    closed_steps: tuple[PlanStep, ...]
    consents: tuple[Consent, ...]
    lead: Named | None
    contact: Named | None

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written a goal or agreed on anything."""
        return not (self.goal or self.open_steps or self.closed_steps)

    def step(self, step_id: UUID) -> PlanStep | None:
        """The step with this id."""
        return next((one for one in (*self.open_steps, *self.closed_steps) if one.step_id == step_id), None)


def plan_of(life: Life, journey: Journey, may: MayRead, day: date, since: date | None = None) -> Plan:
    """The plan on a day. `life` and `journey` hold what the reader may open; what the log got after `since` is new."""
    goals = [_goal(fact, may, since) for fact in life.of(GoalInOwnWords)]
    opinions = [_opinion(fact, may, since) for fact in life.of(ViewOnPlanGiven)]
    changes = _changes(life, since)
    steps = [_step(step, may, day, changes) for step in journey.steps.values()]
    lead, contact = named(life)
    return Plan(
        goal=goals[-1] if goals else None,
        earlier_goals=tuple(goals[-2::-1]),
        opinion=opinions[-1] if opinions else None,
        earlier_opinions=tuple(opinions[-2::-1]),
        open_steps=tuple(sorted((one for one in steps if one.is_open), key=lambda one: (one.due_on, one.step_id))),
        closed_steps=tuple(
            sorted(
                (one for one in steps if not one.is_open),
                key=lambda one: (one.closed_on or date.min, one.step_id),
                reverse=True,
            )
        ),
        consents=_consents(life, day),
        lead=lead,
        contact=contact,
    )


def named(life: Life) -> tuple[Named | None, Named | None]:
    """The lead coordinator and the contact person, as far as the reader may know of them."""
    return _named(life.of(LeadCoordinatorNamed)), _named(life.of(ContactPersonNamed))


def _goal(fact: Fact, may: MayRead, since: date | None) -> Goal:
    words = fact.event.words if isinstance(fact.event, GoalInOwnWords) else None
    reads = may(DataClass.VOICE) >= Level.FULL
    return Goal(words=words if reads else None, on=fact.on, is_new=_is_new(fact, since))


def _opinion(fact: Fact, may: MayRead, since: date | None) -> Opinion:
    event = fact.event
    if not isinstance(event, ViewOnPlanGiven):
        raise TypeError(f"{type(event).__name__} is no view on the plan")
    why = event.why if may(DataClass.VOICE) >= Level.FULL else None
    return Opinion(view=event.view, why=why, on=fact.on, is_new=_is_new(fact, since))


def _step(step: Step, may: MayRead, day: date, changes: Mapping[UUID, tuple[StepChange, ...]]) -> PlanStep:
    agreed, dropped, reads = step.agreed, step.dropped, may(DataClass.PLAN) >= Level.FULL
    return PlanStep(
        step_id=agreed.step_id,
        what=agreed.what if reads else None,
        responsible=agreed.responsible,
        matter=agreed.matter,
        agreed_on=agreed.on,
        due_on=step.due_on,
        state=step.state,
        is_overdue=step.state is StepState.OPEN and step.due_on < day,
        waits_for=step.waits_for,
        moved=tuple(_moves(step, reads=reads)),
        done_on=step.done_on,
        dropped_on=dropped.on if dropped else None,
        drop_reason=dropped.reason if dropped and reads else None,
        changes=changes.get(agreed.step_id, ()),
    )


def _moves(step: Step, *, reads: bool) -> Iterator[Move]:
    was = step.agreed.due_on
    for moved in step.moved:
        reason = moved.reason if reads else None
        yield Move(on=moved.on, was_due_on=was, due_on=moved.due_on, reason=reason)
        was = moved.due_on


_CHANGES = {
    PlanStepAgreed: StepChange.NEW,
    PlanStepMoved: StepChange.MOVED,
    PlanStepWaits: StepChange.WAITS,
    PlanStepDone: StepChange.DONE,
    PlanStepDropped: StepChange.DROPPED,
}


def _changes(life: Life, since: date | None) -> dict[UUID, tuple[StepChange, ...]]:
    """What became of each step after `since`, by when the log got it: what came late is new to the meeting too."""
    found: dict[UUID, set[StepChange]] = {}
    for fact in life.of(*_CHANGES) if since else ():
        event = fact.event
        if isinstance(event, PlanStepAgreed | PlanStepMoved | PlanStepWaits | PlanStepDone | PlanStepDropped):
            here = found.setdefault(event.step_id, set())
            if _is_new(fact, since):
                here.add(_CHANGES[type(event)] if not _was_there(fact, since) else StepChange.CORRECTED)
    return {step_id: tuple(one for one in StepChange if one in kinds) for step_id, kinds in found.items()}


def _is_new(fact: Fact, since: date | None) -> bool:
    """Whether the log got it, or its correction, after that day."""
    return since is not None and civil_date(fact.corrected_at or fact.recorded_at) > since


def _was_there(fact: Fact, since: date | None) -> bool:
    """Whether it was there on that day, only worded otherwise."""
    return since is not None and civil_date(fact.recorded_at) <= since


def _named(facts: list[Fact]) -> Named | None:
    event = facts[-1].event if facts else None
    if isinstance(event, LeadCoordinatorNamed | ContactPersonNamed):
        return Named(staff=event.staff, since=event.on)
    return None


def _consents(life: Life, day: date) -> tuple[Consent, ...]:
    of_age_on = birthday(life.born_on, OF_AGE) if life.born_on else None
    turns: dict[tuple[Consenter, ConsentScope], list[ConsentTurn]] = {}
    for fact in life.of(ConsentGiven, ConsentRefused, ConsentWithdrawn):
        event = fact.event
        if isinstance(event, ConsentGiven | ConsentRefused | ConsentWithdrawn):
            turns.setdefault((event.by, event.scope), []).append(_turn(event, of_age_on, day))
    return tuple(
        Consent(by=by, scope=scope, now=turns[by, scope][-1], earlier=tuple(turns[by, scope][-2::-1]))
        for by in Consenter
        for scope in ConsentScope
        if (by, scope) in turns
    )


def _turn(event: ConsentGiven | ConsentRefused | ConsentWithdrawn, of_age_on: date | None, day: date) -> ConsentTurn:
    if isinstance(event, ConsentRefused):
        return ConsentTurn(state=ConsentState.REFUSED, on=event.on)
    if isinstance(event, ConsentWithdrawn):
        return ConsentTurn(state=ConsentState.WITHDRAWN, on=event.on)
    if event.by is Consenter.PARENT and of_age_on is not None:
        last = date.fromordinal(of_age_on.toordinal() - 1)
        if event.until is None or last < event.until:
            # From the birthday on the young person decides alone, whatever was agreed with the parent.
            state = ConsentState.LAPSED if day > last else ConsentState.GIVEN
            return ConsentTurn(state=state, on=event.on, ends_on=last)
    expired = event.until is not None and event.until < day
    state = ConsentState.EXPIRED if expired else ConsentState.GIVEN
    return ConsentTurn(state=state, on=event.on, ends_on=event.until)
