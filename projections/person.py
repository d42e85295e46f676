"""One young person's page, folded live each time it is read: never stale, and as of any day by stopping earlier.

No table. What deadlines stand comes from outside as rows: they are worked out from *all* facts, and from the
part that a reader may open they could come out wrong. What the reader may not see is left out here, in one
place, and counted where it may be known that it exists.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.access import Level, reads_words_of
from domain.choices import CloseReason
from domain.codes import DataClass, KeyGroup, Matter, Party, ReturnReason
from domain.days import age_on, birthday, working_days_between
from domain.events import (
    HandedItem,
    HandoverReturned,
    HandoverTakenOver,
    HandoverWithdrawn,
    JourneyClosed,
)
from domain.facts import Life
from domain.journey import HELD_FROM_AGE, Handover, HandoverState, Journey
from domain.rules import RuleSet
from domain.text import FreeText
from eventlog import Entry, History
from projections.event_lines import EventLine, event_lines
from projections.milepaelen import Stay, stays_of
from projections.plan import Goal, Plan, PlanStep, plan_of
from projections.reading import MayRead, Seen, seen_in, shown_to
from projections.rows import NO_RULES, NextMove, Row, next_of
from projections.timeline import Bar, Diamond, Turn, bars, diamonds, responsibilities


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who answers for a matter, and since when."""

    matter: Matter
    party: Party
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverLine:
    """A handover. `holder` and `next_move` say whose turn it is, None when it has been answered.

    `note` and `words` are None where the reader may not read free text, `words` also while there is no answer;
    `reads` says whether they may.
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
    reads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A handover that was planned and not sent. `given_up_on` is set when the giver withdrew it before that.

    `reads`: the reader may read why it was withdrawn.
    """

    handover_id: UUID
    giver: Party
    receiver: Party
    matter: Matter
    send_by: date
    given_up_on: date | None
    reads: bool


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
class Ending:
    """Nobody follows the young person in this file since `on`. `into` is the file that everything was laid into.

    `reason` is None where there is another file.
    """

    on: date
    reason: CloseReason | None
    into: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """Everything on the page. `rows` are the deadlines and handovers that stand today, the earliest first.

    `joined` are the files that were laid into this one, `stay` the time at Milepælen.
    """

    born_on: date | None
    age: int | None
    coordinator: Party | None
    holders: tuple[Holder, ...]
    ending: Ending | None
    joined: tuple[UUID, ...]
    stay: Stay | None
    plan: Plan
    handovers: tuple[HandoverLine, ...]
    plans: tuple[PlanLine, ...]
    rows: tuple[Row, ...]
    alarm: Alarm | None
    events: tuple[EventLine, ...]
    bars: tuple[Bar, ...]
    diamonds: tuple[Diamond, ...]
    closed: tuple[ClosedPart, ...]
    erased: tuple[KeyGroup, ...]

    @property
    def goal(self) -> Goal | None:
        return self.plan.goal

    @property
    def open_steps(self) -> tuple[PlanStep, ...]:
        return self.plan.open_steps


def person_view(
    history: History,
    rows: Iterable[Row],
    rules: RuleSet,
    *,
    party: Party,
    may: MayRead,
    today: date,
    folded: Seen | None = None,
) -> PersonView:
    """The page of one young person for a reader of this party on this day; `may` is the party's access.

    `history` holds what the reader's groups open; `rows` all rows of the person, also those of classes that
    the reader may not see. Events come newest first, plan steps and handovers by deadline. `folded` is
    `seen_in(shown_to(history, may))`, for who has it already.
    """
    folded = folded or seen_in(shown_to(history, may))
    entries, life, journey = folded.entries, folded.life, folded.journey
    turns = responsibilities(life)
    rows = [row for row in rows if row.stands_on(today)]
    seen = sorted(
        (row for row in rows if may(row.data_class) >= Level.SUMMARY),
        key=lambda row: (row.due_on, row.row_key),
    )
    return PersonView(
        born_on=life.born_on,
        age=age_on(life.born_on, today) if life.born_on else None,
        coordinator=journey.responsible.get(Matter.COORDINATION),
        holders=_holders(turns, life, journey, today),
        ending=ending_of(life, journey),
        joined=journey.joined,
        stay=_stay(life, journey, may),
        plan=plan_of(life, journey, may, today),
        handovers=tuple(
            sorted(
                (_handover(one, rules, party, today) for one in journey.handovers.values()),
                key=lambda line: (line.answer_by, line.handover_id),
            )
        ),
        plans=tuple(sorted(_plans(journey, party), key=lambda line: (line.send_by, line.handover_id))),
        rows=tuple(seen),
        alarm=_alarm(seen, rules, today),
        events=event_lines(life, entries),
        bars=bars(life, turns, {entry.entry_id: entry.actor.role for entry in entries}),
        diamonds=diamonds(journey, seen, today),
        closed=_closed(history, entries, rows, may),
        erased=_erased(history, may),
    )


def _holders(turns: Iterable[Turn], life: Life, journey: Journey, today: date) -> tuple[Holder, ...]:
    since = {matter: day for day, matter, _ in turns}
    found = {
        matter: Holder(matter=matter, party=party, since=since[matter]) for matter, party in journey.responsible.items()
    }
    for matter, (age, party) in HELD_FROM_AGE.items():
        of_age = birthday(life.born_on, age) if life.born_on else date.max
        if matter not in found and of_age <= today:
            found[matter] = Holder(matter=matter, party=party, since=of_age)
    return tuple(found[matter] for matter in Matter if matter in found)


def ending_of(life: Life, journey: Journey) -> Ending | None:
    """Since when nobody follows the young person in this file, and why; None while somebody does."""
    if journey.closed_on is None:
        return None
    closed = max(life.of(JourneyClosed), key=lambda fact: fact.position, default=None)
    event = closed.event if closed and journey.joined_into is None else None
    reason = event.reason if isinstance(event, JourneyClosed) else None
    return Ending(on=journey.closed_on, reason=reason, into=journey.joined_into)


def _stay(life: Life, journey: Journey, may: MayRead) -> Stay | None:
    """None also where the reader may not know of it: a handover to Milepælen alone would give a stay."""
    return next(iter(stays_of(life, journey, NO_RULES)), None) if may(DataClass.EMPLOYMENT) >= Level.SUMMARY else None


def _handover(handover: Handover, rules: RuleSet, party: Party, today: date) -> HandoverLine:
    sent, answer, is_open = handover.sent, handover.answered, handover.state.is_open
    reads = handover.words_are_read_by(party)
    spoken = isinstance(answer, HandoverReturned | HandoverWithdrawn)
    move, holder = next_of(handover)
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
        holder=holder if is_open else None,
        next_move=move if is_open else None,
        is_overdue=is_open and sent.answer_by < today,
        working_days_over=working_days_between(sent.answer_by, today, rules.closed_days) if is_open else 0,
        note=sent.note if reads else None,
        reason=answer.reason if isinstance(answer, HandoverReturned) else None,
        words=answer.words if reads and spoken and isinstance(answer, HandoverReturned | HandoverWithdrawn) else None,
        first_talk_on=answer.first_talk_on if isinstance(answer, HandoverTakenOver) else None,
        items=sent.items,
        reads=reads,
    )


def _plans(journey: Journey, party: Party) -> Iterator[PlanLine]:
    for plan, withdrawn in (
        *((plan, None) for plan in journey.planned.values()),
        *((one.planned, one.withdrawn) for one in journey.given_up.values()),
    ):
        yield PlanLine(
            handover_id=plan.handover_id,
            giver=plan.giver,
            receiver=plan.receiver,
            matter=plan.matter,
            send_by=plan.send_by,
            given_up_on=withdrawn.on if withdrawn else None,
            reads=reads_words_of(party, plan.giver, plan.receiver),
        )


def _alarm(seen: Sequence[Row], rules: RuleSet, today: date) -> Alarm | None:
    overdue = next((row for row in seen if row.is_overdue(today)), None)
    if overdue is None:
        return None
    over = working_days_between(overdue.due_on, today, rules.closed_days)
    return Alarm(row=overdue, working_days_over=over)


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


def _erased(history: History, may: MayRead) -> tuple[KeyGroup, ...]:
    """Groups of which something was erased, as far as the reader may know that there is such a group."""
    gone = {one.group for one in history.erased}
    return tuple(
        group
        for group in KeyGroup
        if group in gone
        and min(may(one) for one in DataClass if one.group is group and one is not DataClass.SYSTEM) >= Level.EXISTS
    )
