"""One handover, read live: what was sent, which facts go with it, and what became of it.

What is handed over is a selection of entries, never a copy: who may not see a fact on the young person's page
does not see it here either.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.access import Level, level, reads_words_of
from domain.catalogue import class_of
from domain.choices import Outside
from domain.codes import DataClass, Matter, Party, ReturnReason
from domain.events import (
    Event,
    HandedItem,
    HandoverPlanned,
    HandoverReceiptRecorded,
    HandoverReplaced,
    HandoverReplacementExplained,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverTakenOver,
    HandoverWithdrawn,
    ReasonGiven,
)
from domain.facts import life_of
from domain.journey import HandoverState, Journey, fold
from domain.text import FreeText
from eventlog import Actor, Entry, History

_NEVER_HANDED = frozenset({DataClass.HANDOVER, DataClass.MASTER})

Digest = Callable[[Entry, str], str]
"""`EventLog.digest`: the proof of an entry under a salt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A fact that was handed over. `is_intact`: the entry is still, byte for byte, what the giver sent."""

    event: Event
    is_intact: bool
    corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One step of the protocol. `words` is None where there are none, or the reader may not read them.

    `state` None: it was planned. `for_outside`: the giver recorded what somebody without a login did, on paper.
    """

    state: HandoverState | None
    on: date
    actor: Actor
    receipt: HandoverReceiptRecorded | None = None
    for_outside: bool = False
    reason: ReturnReason | None = None
    first_talk_on: date | None = None
    words: FreeText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverView:
    """Everything that this reader may see of a handover.

    `note` is None where the reader may not read it. `closed` counts what was handed over that the reader may
    know of but not see, by class; `hidden` what they may not even know the class of, or what is gone: 0 to
    everybody but the two whom it is between, because the number alone would tell that there is something.
    """

    sent: HandoverSent
    state: HandoverState
    outside: Outside | None
    receipt: HandoverReceiptRecorded | None
    replaced_by: UUID | None
    note: FreeText | None
    items: tuple[Handed, ...]
    closed: tuple[tuple[DataClass, int], ...]
    hidden: int
    turns: tuple[Turn, ...]
    is_overdue: bool


def journey_of(entries: Sequence[Entry]) -> Journey:
    """The journey as far as these entries tell it, corrections applied."""
    facts = life_of(entry.fact() for entry in entries).all()
    return fold(fact.event for fact in sorted(facts, key=lambda fact: fact.position))


def may_see_handovers(reader: Party) -> bool:
    """Whether a reader of this party sees handovers at all."""
    return level(reader, DataClass.HANDOVER) >= Level.SUMMARY


def handover_view(
    history: History, handover_id: UUID, *, reader: Party, digest: Digest, today: date
) -> HandoverView | None:
    """The handover as a reader of this party sees it; None when there is none that they may see.

    Its words are read by the two whom it is between, and by nobody else.
    """
    handover = journey_of(history.entries).handovers.get(handover_id)
    if handover is None or not may_see_handovers(reader):
        return None
    sent = handover.sent
    reads = handover.words_are_read_by(reader)
    items = tuple(_handed(sent, history.entries, reader, digest))
    closed = Counter(item.data_class for item in sent.items if level(reader, item.data_class) is Level.EXISTS)
    return HandoverView(
        sent=sent,
        state=handover.state,
        outside=handover.outside,
        receipt=handover.receipt,
        replaced_by=handover.answered.replaced_by if isinstance(handover.answered, HandoverReplaced) else None,
        note=sent.note if reads else None,
        items=items,
        closed=tuple(sorted(closed.items())),
        hidden=len(sent.items) - len(items) - closed.total() if reads else 0,
        turns=tuple(_turns(history.entries, handover_id, reads=reads, outside=handover.outside is not None)),
        is_overdue=handover.state.is_open and sent.answer_by < today,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedView:
    """A handover that was agreed and is not sent. `is_given_up`: the giver withdrew it, and it never will be."""

    planned: HandoverPlanned
    is_given_up: bool
    turns: tuple[Turn, ...]
    is_overdue: bool


def planned_view(history: History, handover_id: UUID, *, reader: Party, today: date) -> PlannedView | None:
    """The planned handover as a reader of this party sees it; None when there is none that they may see."""
    journey = journey_of(history.entries)
    given_up = journey.given_up.get(handover_id)
    plan = given_up.planned if given_up else journey.planned.get(handover_id)
    if plan is None or not may_see_handovers(reader):
        return None
    reads = reads_words_of(reader, plan.giver, plan.receiver)
    return PlannedView(
        planned=plan,
        is_given_up=given_up is not None,
        turns=tuple(_turns(history.entries, handover_id, reads=reads, outside=False)),
        is_overdue=given_up is None and plan.send_by < today,
    )


def matters_to_give(journey: Journey, giver: Party) -> list[Matter]:
    """What the giver can hand over: matters they hold or nobody holds, and that are not on their way already."""
    return [
        matter
        for matter in Matter
        if journey.responsible.get(matter, giver) == giver and journey.open_handover(matter) is None
    ]


def to_hand_over(entries: Sequence[Entry], reader: Party) -> list[Entry]:
    """The entries that a reader of this party can select, what happened last first.

    Of a fact that was corrected it is the last correction. Handovers themselves are nothing to hand over, nor is
    what everybody may see anyway.
    """
    life = life_of(entry.fact() for entry in entries)
    last = {life.stands_for[entry.entry_id]: entry for entry in sorted(entries, key=lambda one: one.position)}
    return sorted(
        (entry for entry in last.values() if _is_for(entry, reader)),
        key=lambda entry: (entry.event.on, entry.position),
        reverse=True,
    )


def _is_for(entry: Entry, reader: Party) -> bool:
    if isinstance(entry.event, ReasonGiven):
        return False  # why somebody is followed is not something that happened
    data_class = class_of(entry.event)
    return data_class not in _NEVER_HANDED and level(reader, data_class) >= Level.SUMMARY


def handed_item(entry: Entry, salt: str, digest: Digest) -> HandedItem:
    """The entry as an item of a handover."""
    return HandedItem(entry_id=entry.entry_id, data_class=class_of(entry.event), digest=digest(entry, salt))


def _handed(sent: HandoverSent, entries: Sequence[Entry], reader: Party, digest: Digest) -> Iterator[Handed]:
    found = {entry.entry_id: entry for entry in entries}
    stands_for = life_of(entry.fact() for entry in entries).stands_for
    last = {stands_for[entry.entry_id]: entry for entry in sorted(entries, key=lambda one: one.position)}
    for item in sent.items:
        entry = found.get(item.entry_id)
        if entry is not None and level(reader, item.data_class) >= Level.SUMMARY:
            yield Handed(
                event=entry.event,
                is_intact=digest(entry, sent.salt) == item.digest,
                corrected=last[stands_for[entry.entry_id]] is not entry,
            )


def _turns(entries: Sequence[Entry], handover_id: UUID, *, reads: bool, outside: bool) -> Iterator[Turn]:
    """What happened, in the order of the log. Why it was replaced is said where it was."""
    why = {
        entry.event.handover_id: entry.event.words
        for entry in entries
        if isinstance(entry.event, HandoverReplacementExplained)
    }
    for entry in entries:
        event = entry.event
        kind = _STATES.get(type(event))
        if getattr(event, "handover_id", None) != handover_id or kind is None:
            continue
        words = why.get(handover_id) if isinstance(event, HandoverReplaced) else getattr(event, "words", None)
        yield Turn(
            state=kind.state,
            on=event.on,
            actor=entry.actor,
            receipt=event if isinstance(event, HandoverReceiptRecorded) else None,
            for_outside=outside and kind.by_receiver,
            reason=event.reason if isinstance(event, HandoverReturned) else None,
            first_talk_on=event.first_talk_on if isinstance(event, HandoverTakenOver) else None,
            words=words if reads else None,
        )


class _Kind(NamedTuple):
    """What an event leads to, and whether it is the receiver's doing."""

    state: HandoverState | None
    by_receiver: bool = False


_STATES: dict[type, _Kind] = {
    HandoverPlanned: _Kind(None),
    HandoverSent: _Kind(HandoverState.SENT),
    HandoverSeen: _Kind(HandoverState.SEEN, by_receiver=True),
    HandoverReceiptRecorded: _Kind(HandoverState.SEEN, by_receiver=True),
    HandoverTakenOver: _Kind(HandoverState.TAKEN_OVER, by_receiver=True),
    HandoverReturned: _Kind(HandoverState.RETURNED, by_receiver=True),
    HandoverWithdrawn: _Kind(HandoverState.WITHDRAWN),
    HandoverReplaced: _Kind(HandoverState.REPLACED),
}
