"""What a correction writes, on one stream or two: the steps for `EventLog.record_together`.

Facts are copied to the right stream and withdrawn on the wrong one, never folded across streams: every stream stays
whole by itself, with its own keys, and can be erased alone (docs/decisions/0007-corrections.md).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import cast
from uuid import UUID

from domain.choices import WithdrawReason
from domain.decisions import (
    correct_fact,
    facts_to_move,
    go_into_file,
    let_count_again,
    let_file_go,
    record_fact,
    stand_alone_again,
    take_in_file,
    withdraw_fact,
)
from domain.events import Event, JourneyEvent
from domain.facts import Fact, Life
from domain.journey import Journey
from eventlog import Entry, Step, journey


def correction(person: UUID, fact: Fact, event: JourneyEvent, today: date) -> Step:
    """It was otherwise."""
    return Step(
        stream=journey(person),
        decide=lambda so_far: correct_fact(so_far, was=fact.event, event=event, today=today),
        about=fact.entry_id,
    )


def withdrawal(person: UUID, fact: Fact, reason: WithdrawReason, today: date) -> Step:
    """It does not count."""
    return Step(
        stream=journey(person),
        decide=lambda so_far: withdraw_fact(so_far, was=fact.event, reason=reason, on=today),
        about=fact.entry_id,
    )


def counting_again(person: UUID, fact: Fact, today: date) -> Step:
    """What was withdrawn happened after all."""
    return Step(stream=journey(person), decide=_again(fact.event, today), about=fact.entry_id)


def move(fact: Fact, *, from_person: UUID, to_person: UUID, reason: WithdrawReason, today: date) -> list[Step]:
    """It happened to somebody else. The day the municipality knew goes along, and so does the source."""
    event = of_journey(fact.event)
    return [
        withdrawal(from_person, fact, reason, today),
        Step(
            stream=journey(to_person),
            decide=lambda so_far: record_fact(so_far, event=event, today=today),
            known_at=fact.known_at,
            moved_from=fact.entry_id,
        ),
    ]


def join(life: Life, *, file: UUID, into: UUID, today: date) -> list[Step]:
    """Everything that happened in the one file stands in the other, and the one ends. Done again it is nothing."""
    steps = [
        Step(stream=journey(into), decide=lambda so_far: take_in_file(so_far, other=file, on=today)),
    ]
    for fact in facts_to_move(life):
        steps += move(fact, from_person=file, to_person=into, reason=WithdrawReason.FILES_JOINED, today=today)
    return [*steps, Step(stream=journey(file), decide=lambda so_far: go_into_file(so_far, into=into, on=today))]


def part(here: Life, entries: Sequence[Entry], there: Life, *, file: UUID, other: UUID, today: date) -> list[Step]:
    """What came from the other file and still stands goes back, as it is told now; both files go on.

    `here`, `entries` and `file` are the file that took the other in; `there` and `other` the one that went into it.
    """
    steps = [
        Step(stream=journey(file), decide=lambda so_far: let_file_go(so_far, other=other, on=today)),
        Step(stream=journey(other), decide=lambda so_far: stand_alone_again(so_far, from_file=file, on=today)),
    ]
    for fact, old_id in _came_from(here, entries, there):
        steps += [
            withdrawal(file, fact, WithdrawReason.FILES_PARTED, today),
            Step(
                stream=journey(other),
                decide=_again(fact.event, today),
                about=old_id,
                moved_from=fact.entry_id,
            ),
        ]
    return steps


def _came_from(here: Life, entries: Sequence[Entry], there: Life) -> Iterator[tuple[Fact, UUID]]:
    """The facts that stand here and were brought by joining, with the entries they were in the other file."""
    brought = {old_id for old_id, gone in there.withdrawn.items() if gone.reason is WithdrawReason.FILES_JOINED}
    for entry in entries:
        if entry.about is None and entry.caused_by in brought and (fact := here.fact(entry.entry_id)):
            yield fact, entry.caused_by


def _again(event: Event, today: date) -> Callable[[Journey], list[JourneyEvent]]:
    return lambda so_far: let_count_again(so_far, withdrawn=of_journey(event), today=today)


def of_journey(event: Event) -> JourneyEvent:
    """What stands in a young person's life is an event of a journey."""
    return cast("JourneyEvent", event)
