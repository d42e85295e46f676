"""One young person's life as bars and diamonds in the lanes of the parties. Words and drawing are the page's.

What lasted at each party is worked out in timeline_bars.py.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Literal
from uuid import UUID

from domain.codes import Matter, Party
from domain.events import (
    HandoverReplaced,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverTakenOver,
    HandoverWithdrawn,
    ResponsibilityEstablished,
)
from domain.facts import Life
from domain.journey import Handover, HandoverState, Journey, evolve
from projections.rows import Row, RowKind
from projections.timeline_bars import Bar, BarKind, Ended, Work, lasting

__all__ = [
    "Bar",
    "BarKind",
    "Diamond",
    "Ended",
    "Turn",
    "Work",
    "bars",
    "diamonds",
    "responsibilities",
]

Turn = tuple[date, Matter, Party]
"""From this day this party answers for this matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diamond:
    """Something passed, or must pass, from one party to another.

    `handover_id` None: nothing has been sent yet, and `on` is the deadline of the rule `rule_id`.
    """

    from_lane: Party
    to_lane: Party
    on: date
    matter: Matter
    state: Literal["taken", "open", "overdue"]
    handover_id: UUID | None
    rule_id: str | None


_NOT_PASSED = (HandoverState.RETURNED, HandoverState.WITHDRAWN, HandoverState.REPLACED)


def bars(life: Life, turns: Sequence[Turn], writers: Mapping[UUID, Party | None]) -> tuple[Bar, ...]:
    """Everything that lasted, by start.

    `turns` are the `responsibilities` of the life, `writers` the party that wrote each entry, where it is known.
    What has no end of its own ends when nobody follows the young person any longer: more is not known.
    """
    found = chain(lasting(life, writers), _responsibilities(turns))
    closed_on = life.closed_on
    if closed_on is not None:
        found = chain(bar.ending_by(closed_on) for bar in [*found])
    return tuple(sorted(found, key=lambda bar: (bar.start, bar.lane, bar.kind, bar.code)))


def diamonds(journey: Journey, rows: Sequence[Row], today: date) -> tuple[Diamond, ...]:
    """Handovers taken over or waiting, and those that a rule asks for and nobody has sent. By day."""
    found = [
        Diamond(
            from_lane=handover.sent.giver,
            to_lane=handover.sent.receiver,
            on=_passed_on(handover),
            matter=handover.sent.matter,
            state=_state(handover, today),
            handover_id=handover.sent.handover_id,
            rule_id=handover.sent.rule,
        )
        for handover in journey.handovers.values()
        if handover.state not in _NOT_PASSED
    ]
    found += [
        Diamond(
            from_lane=row.giver,
            to_lane=row.receiver,
            on=row.due_on,
            matter=row.matter,
            state="overdue" if row.due_on < today else "open",
            handover_id=None,
            rule_id=row.rule_id,
        )
        for row in rows
        if row.kind is RowKind.OBLIGATION and row.handover_id is None and row.giver != row.receiver and row.has_date
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.from_lane, one.to_lane, one.matter)))


def _passed_on(handover: Handover) -> date:
    return handover.answered.on if handover.answered else handover.sent.on


def _state(handover: Handover, today: date) -> Literal["taken", "open", "overdue"]:
    if not handover.state.is_open:
        return "taken"
    return "overdue" if handover.sent.answer_by < today else "open"


def _responsibilities(turns: Sequence[Turn]) -> Iterator[Bar]:
    """Who answered for a matter from when until somebody else did."""
    holders: dict[Matter, list[tuple[date, Party]]] = {}
    for since, matter, holder in turns:
        holders.setdefault(matter, []).append((since, holder))
    for matter, of_matter in holders.items():
        for number, (since, holder) in enumerate(of_matter):
            end = max(since, of_matter[number + 1][0]) if number + 1 < len(of_matter) else None
            yield Bar(lane=holder, kind=BarKind.RESPONSIBILITY, code=matter, start=since, end=end)


def responsibilities(life: Life) -> list[Turn]:
    """Each change of who answers for a matter: from which day, what, who. In the order of the log, as decided."""
    facts = life.of(
        ResponsibilityEstablished,
        HandoverSent,
        HandoverSeen,
        HandoverTakenOver,
        HandoverReturned,
        HandoverWithdrawn,
        HandoverReplaced,
    )
    journey, turns = Journey(), []
    for fact in sorted(facts, key=lambda fact: fact.position):
        before, journey = journey, evolve(journey, fact.event)
        turns += [
            (fact.on, matter, holder)
            for matter, holder in journey.responsible.items()
            if before.responsible.get(matter) != holder
        ]
    return turns
