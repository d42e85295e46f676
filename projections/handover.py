"""One handover, read live: what was sent, which facts go with it, and what became of it.

What is handed over is a selection of entries, never a copy: who may not see a fact on the young person's page
does not see it here either.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.access import Level, level, reads_words_of
from domain.catalogue import class_of
from domain.codes import DataClass, Matter, Party, ReturnReason
from domain.events import (
    Event,
    HandedItem,
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
    """One step of the protocol. `words` is None where there are none, or the reader may not read them."""

    state: HandoverState
    on: date
    actor: Actor
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
    reads = reads_words_of(reader, sent.giver, sent.receiver)
    items = tuple(_handed(sent, history.entries, reader, digest))
    closed = Counter(item.data_class for item in sent.items if level(reader, item.data_class) is Level.EXISTS)
    return HandoverView(
        sent=sent,
        state=handover.state,
        note=sent.note if reads else None,
        items=items,
        closed=tuple(sorted(closed.items())),
        hidden=len(sent.items) - len(items) - closed.total() if reads else 0,
        turns=tuple(_turns(history.entries, handover_id, reads=reads)),
        is_overdue=handover.state.is_open and sent.answer_by < today,
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


def _turns(entries: Sequence[Entry], handover_id: UUID, *, reads: bool) -> Iterator[Turn]:
    for entry in entries:
        event = entry.event
        if getattr(event, "handover_id", None) != handover_id:
            continue
        match event:
            case HandoverSent():
                yield Turn(state=HandoverState.SENT, on=event.on, actor=entry.actor)
            case HandoverSeen():
                yield Turn(state=HandoverState.SEEN, on=event.on, actor=entry.actor)
            case HandoverTakenOver():
                yield Turn(
                    state=HandoverState.TAKEN_OVER,
                    on=event.on,
                    actor=entry.actor,
                    first_talk_on=event.first_talk_on,
                )
            case HandoverReturned():
                yield Turn(
                    state=HandoverState.RETURNED,
                    on=event.on,
                    actor=entry.actor,
                    reason=event.reason,
                    words=event.words if reads else None,
                )
            case HandoverWithdrawn():
                yield Turn(
                    state=HandoverState.WITHDRAWN,
                    on=event.on,
                    actor=entry.actor,
                    words=event.words if reads else None,
                )
