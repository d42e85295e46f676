"""One young person's page, folded live each time it is read: never stale, and as of any day by stopping earlier.

No table. What deadlines stand comes from outside as rows: they are worked out from *all* facts, and from the
part that a reader may open they could come out wrong. What the reader may not see is left out here, in one
place, and counted where it may be known that it exists.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from domain.access import Level, reads_words_of
from domain.catalogue import BY_TYPE
from domain.codes import DataClass, KeyGroup, Matter, Party, ReturnReason
from domain.days import age_on, working_days_between
from domain.events import (
    GoalInOwnWords,
    HandedItem,
    HandoverReturned,
    HandoverTakenOver,
    HandoverWithdrawn,
    PlanStepAgreed,
    PlanStepDone,
)
from domain.facts import Fact, Life, civil_date, life_of
from domain.journey import Handover, HandoverState, Journey, Step, fold
from domain.rules import RuleSet
from domain.text import FreeText
from eventlog import Actor, Entry, History
from projections.rows import NextMove, Row
from projections.timeline import Bar, Diamond, bars, diamonds, responsibilities

LATE_DAYS = 14
"""News that is more days old than this, when it is known or recorded, is shown as late."""

MayRead = Callable[[DataClass], Level]
"""How much the reader may see of a class: `functools.partial(domain.access.level, party)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who answers for a matter, and since when."""

    matter: Matter
    party: Party
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What the young person wants; `words` None where the reader may not read free text."""

    words: FreeText | None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """A step of the common plan; `what` None where the reader may not read free text."""

    step_id: UUID
    what: FreeText | None
    responsible: Party
    matter: Matter
    agreed_on: date
    due_on: date
    done_on: date | None
    is_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverLine:
    """A handover. `holder` and `next_move` say whose turn it is, None when it has been answered.

    `note` and `words` are None where the reader may not read free text, `words` also while there is no answer.
    """

    handover_id: UUID
    matter: Matter
    giver: Party
    receiver: Party
    state: HandoverState
    rule_id: str | None
    sent_on: date
    answer_by: date
    seen_on: date | None
    answered_on: date | None
    holder: Party | None
    next_move: NextMove | None
    is_overdue: bool
    working_days_over: int
    note: FreeText | None
    reason: ReturnReason | None
    words: FreeText | None
    first_talk_on: date | None
    items: tuple[HandedItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """Something that happened, as data for a sentence: `reads` is filled with `values` (codes and dates only).

    `known_late` and `recorded_late` are days between, 0 when within `LATE_DAYS`. `corrected_on` is the day when
    the log got the last correction.
    """

    entry_id: UUID
    code: str
    title: str
    reads: str
    values: dict[str, Any]
    party: Party
    data_class: DataClass
    on: date
    known_at: datetime
    recorded_at: datetime
    known_late: int
    recorded_late: int
    corrected_on: date | None
    position: int
    actor: Actor
    about: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedPart:
    """A group of information that the reader does not see, or not all of.

    The numbers are None where the reader may not even know whether there is any.
    """

    group: KeyGroup
    entries: int | None
    rows: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """The one red box: the deadline that passed first."""

    row: Row
    working_days_over: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """Everything on the page. `rows` are the deadlines and handovers that stand today, the earliest first."""

    born_on: date | None
    age: int | None
    coordinator: Party | None
    holders: tuple[Holder, ...]
    goal: Goal | None
    earlier_goals: tuple[Goal, ...]
    open_steps: tuple[PlanStep, ...]
    done_steps: tuple[PlanStep, ...]
    handovers: tuple[HandoverLine, ...]
    rows: tuple[Row, ...]
    alarm: Alarm | None
    events: tuple[EventLine, ...]
    bars: tuple[Bar, ...]
    diamonds: tuple[Diamond, ...]
    closed: tuple[ClosedPart, ...]


def person_view(
    history: History, rows: Iterable[Row], rules: RuleSet, *, party: Party, may: MayRead, today: date
) -> PersonView:
    """The page of one young person for a reader of this party on this day; `may` is the party's access.

    `history` holds what the reader's groups open; `rows` all rows of the person, also those of classes that
    the reader may not see. Events come newest first, plan steps and handovers by deadline.
    """
    entries = shown_to(history, may)
    life = life_of(entry.fact() for entry in entries)
    journey = fold(fact.event for fact in sorted(life.all(), key=lambda fact: fact.position))
    rows = [row for row in rows if row.stands_on(today)]
    seen = sorted(
        (row for row in rows if may(row.data_class) >= Level.SUMMARY),
        key=lambda row: (row.due_on, row.row_key),
    )
    steps = [_plan_step(step, may, today) for step in journey.steps.values()]
    goals = [_goal(fact, may) for fact in life.of(GoalInOwnWords)]
    return PersonView(
        born_on=life.born_on,
        age=age_on(life.born_on, today) if life.born_on else None,
        coordinator=journey.responsible.get(Matter.COORDINATION),
        holders=_holders(life, journey),
        goal=goals[-1] if goals else None,
        earlier_goals=tuple(goals[-2::-1]),
        open_steps=_by_due(step for step in steps if step.done_on is None),
        done_steps=_by_due(step for step in steps if step.done_on is not None),
        handovers=tuple(
            sorted(
                (_handover(one, rules, party, today) for one in journey.handovers.values()),
                key=lambda line: (line.answer_by, line.handover_id),
            )
        ),
        rows=tuple(seen),
        alarm=_alarm(seen, rules, today),
        events=_events(life, entries),
        bars=bars(life),
        diamonds=diamonds(journey, seen, today),
        closed=_closed(history, entries, rows, may),
    )


def shown_to(history: History, may: MayRead) -> list[Entry]:
    """The entries that the reader may see. A fact's corrections are all of its own class, so none is missed."""
    return [entry for entry in history.entries if may(BY_TYPE[type(entry.event)].data_class) >= Level.SUMMARY]


def _holders(life: Life, journey: Journey) -> tuple[Holder, ...]:
    since = {matter: day for day, matter, _ in responsibilities(life)}
    return tuple(
        Holder(matter=matter, party=journey.responsible[matter], since=since[matter])
        for matter in Matter
        if matter in journey.responsible
    )


def _goal(fact: Fact, may: MayRead) -> Goal:
    words = fact.event.words if isinstance(fact.event, GoalInOwnWords) else None
    return Goal(words=words if may(DataClass.VOICE) >= Level.FULL else None, on=fact.on)


def _plan_step(step: Step, may: MayRead, today: date) -> PlanStep:
    agreed = step.agreed
    return PlanStep(
        step_id=agreed.step_id,
        what=agreed.what if may(DataClass.PLAN) >= Level.FULL else None,
        responsible=agreed.responsible,
        matter=agreed.matter,
        agreed_on=agreed.on,
        due_on=agreed.due_on,
        done_on=step.done_on,
        is_overdue=step.done_on is None and agreed.due_on < today,
    )


def _by_due(steps: Iterable[PlanStep]) -> tuple[PlanStep, ...]:
    return tuple(sorted(steps, key=lambda step: (step.due_on, step.step_id)))


def _handover(handover: Handover, rules: RuleSet, party: Party, today: date) -> HandoverLine:
    sent, answer, is_open = handover.sent, handover.answered, handover.state.is_open
    reads = reads_words_of(party, sent.giver, sent.receiver)
    spoken = isinstance(answer, HandoverReturned | HandoverWithdrawn)
    move = NextMove.TAKE_OVER if handover.state is HandoverState.SEEN else NextMove.ANSWER_HANDOVER
    return HandoverLine(
        handover_id=sent.handover_id,
        matter=sent.matter,
        giver=sent.giver,
        receiver=sent.receiver,
        state=handover.state,
        rule_id=sent.rule,
        sent_on=sent.on,
        answer_by=sent.answer_by,
        seen_on=handover.seen_on,
        answered_on=answer.on if answer else None,
        holder=sent.receiver if is_open else None,
        next_move=move if is_open else None,
        is_overdue=is_open and sent.answer_by < today,
        working_days_over=working_days_between(sent.answer_by, today, rules.closed_days) if is_open else 0,
        note=sent.note if reads else None,
        reason=answer.reason if isinstance(answer, HandoverReturned) else None,
        words=answer.words if reads and spoken and isinstance(answer, HandoverReturned | HandoverWithdrawn) else None,
        first_talk_on=answer.first_talk_on if isinstance(answer, HandoverTakenOver) else None,
        items=sent.items,
    )


def _alarm(seen: Sequence[Row], rules: RuleSet, today: date) -> Alarm | None:
    overdue = next((row for row in seen if row.is_overdue(today)), None)
    if overdue is None:
        return None
    over = working_days_between(overdue.due_on, today, rules.closed_days)
    return Alarm(row=overdue, working_days_over=over)


def _events(life: Life, entries: Sequence[Entry]) -> tuple[EventLine, ...]:
    """Every fact that stands, the newest first."""
    written = {entry.entry_id: entry for entry in entries}
    return tuple(_event(fact, written[fact.entry_id]) for fact in reversed(life.all()))


def _event(fact: Fact, first: Entry) -> EventLine:
    declared = BY_TYPE[type(fact.event)]
    return EventLine(
        entry_id=fact.entry_id,
        code=declared.code,
        title=declared.title,
        reads=declared.reads,
        values=_values(fact.event),
        party=declared.party,
        data_class=declared.data_class,
        on=fact.on,
        known_at=fact.known_at,
        recorded_at=fact.recorded_at,
        known_late=_late(fact.on, fact.known_on),
        recorded_late=_late(fact.on, civil_date(fact.recorded_at)),
        corrected_on=civil_date(fact.corrected_at) if fact.corrected_at else None,
        position=fact.position,
        actor=first.actor,
        about=_about(fact),
    )


def _about(fact: Fact) -> UUID | None:
    """The handover or the plan step that it belongs to."""
    event = fact.event
    if isinstance(event, PlanStepAgreed | PlanStepDone):
        return event.step_id
    found = getattr(event, "handover_id", None)
    return found if isinstance(found, UUID) else None


def _values(event: object) -> dict[str, Any]:
    """The codes, dates and answers of an event: what a sentence may use. Never free text."""
    values = {one.name: getattr(event, one.name) for one in fields(event)}  # type: ignore[arg-type]
    return {name: value for name, value in values.items() if isinstance(value, Enum | date | bool)}


def _late(on: date, day: date) -> int:
    days = (day - on).days
    return days if days > LATE_DAYS else 0


def _closed(history: History, entries: Sequence[Entry], rows: Iterable[Row], may: MayRead) -> tuple[ClosedPart, ...]:
    """What is kept from this reader, by group.

    Whether a group is named depends on the reader alone, never on what there is: where they may not know
    that something exists, the same sentence stands on everybody's page.
    """
    seen = {entry.entry_id for entry in entries}
    groups = [one.group for one in history.closed]
    groups += [entry.group for entry in history.entries if entry.entry_id not in seen]
    hidden = [row.data_class.group for row in rows if may(row.data_class) < Level.SUMMARY]
    parts = []
    for group in KeyGroup:
        levels = [may(one) for one in DataClass if one.group is group and one is not DataClass.SYSTEM]
        if not levels or min(levels) >= Level.SUMMARY:
            continue
        may_know = min(levels) >= Level.EXISTS
        parts.append(
            ClosedPart(
                group=group,
                entries=groups.count(group) if may_know else None,
                rows=hidden.count(group) if may_know else None,
            )
        )
    return tuple(parts)
