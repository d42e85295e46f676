"""One young person's life as bars and diamonds in the lanes of the parties. Words and drawing are the page's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal
from uuid import UUID

from domain.codes import Matter, Party, Programme
from domain.events import (
    EducationStarted,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverTakenOver,
    HandoverWithdrawn,
    MilepaelenStarted,
    PlacementEnded,
    PlacementStarted,
    ResponsibilityEstablished,
    ToldOfBreakOff,
)
from domain.facts import Life
from domain.journey import Handover, HandoverState, Journey, evolve
from projections.rows import Row, RowKind


class BarKind(StrEnum):
    """What lasts."""

    RESPONSIBILITY = "responsibility"
    EDUCATION = "education"
    PLACEMENT = "placement"
    MILEPAELEN = "milepaelen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Something that lasted, or still does when it has no end.

    `code` says which: a Matter, a Programme, a PlacementForm, or nothing more to say.
    """

    lane: Party
    kind: BarKind
    code: str
    start: date
    end: date | None


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


_AT_SCHOOL = (Programme.LOWER_SECONDARY, Programme.TENTH_GRADE)


def bars(life: Life) -> tuple[Bar, ...]:
    """Everything that lasted, by start."""
    found = [*_educations(life), *_placements(life), *_milepaelen(life), *_responsibilities(life)]
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
        if handover.state not in (HandoverState.RETURNED, HandoverState.WITHDRAWN)
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
        if row.kind is RowKind.OBLIGATION and row.handover_id is None and row.giver != row.receiver
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.from_lane, one.to_lane, one.matter)))


def _passed_on(handover: Handover) -> date:
    return handover.answered.on if handover.answered else handover.sent.on


def _state(handover: Handover, today: date) -> Literal["taken", "open", "overdue"]:
    if not handover.state.is_open:
        return "taken"
    return "overdue" if handover.sent.answer_by < today else "open"


def _educations(life: Life) -> Iterator[Bar]:
    """An education lasts until the next begins, or until it was broken off."""
    begun = life.of(EducationStarted)
    broken_off = life.of(ToldOfBreakOff)
    for number, fact in enumerate(begun):
        event = fact.event
        if not isinstance(event, EducationStarted):
            continue
        ends = [
            told.on
            for told in broken_off
            if told.on >= fact.on and isinstance(told.event, ToldOfBreakOff) and told.event.programme == event.programme
        ]
        ends += [later.on for later in begun[number + 1 : number + 2]]
        lane = Party.SCHOOL if event.programme in _AT_SCHOOL else Party.UU
        yield Bar(
            lane=lane,
            kind=BarKind.EDUCATION,
            code=event.programme,
            start=fact.on,
            end=min(ends, default=None),
        )


def _placements(life: Life) -> Iterator[Bar]:
    """An end on the day the next place begins is the end of the place before."""
    ended, end = life.of(PlacementEnded), None
    for fact in life.of(PlacementStarted):
        if isinstance(fact.event, PlacementStarted):
            end = next((one.on for one in ended if one.on > fact.on or (one.on == fact.on and one.on != end)), None)
            yield Bar(
                lane=Party.CHILD_SOCIAL,
                kind=BarKind.PLACEMENT,
                code=fact.event.form,
                start=fact.on,
                end=end,
            )


def _milepaelen(life: Life) -> Iterator[Bar]:
    for fact in life.of(MilepaelenStarted)[:1]:
        yield Bar(lane=Party.MILEPAELEN, kind=BarKind.MILEPAELEN, code="", start=fact.on, end=None)


def _responsibilities(life: Life) -> Iterator[Bar]:
    """Who answered for a matter from when until somebody else did."""
    holders: dict[Matter, list[tuple[date, Party]]] = {}
    for since, matter, holder in responsibilities(life):
        holders.setdefault(matter, []).append((since, holder))
    for matter, turns in holders.items():
        for number, (since, holder) in enumerate(turns):
            end = max(since, turns[number + 1][0]) if number + 1 < len(turns) else None
            yield Bar(lane=holder, kind=BarKind.RESPONSIBILITY, code=matter, start=since, end=end)


def responsibilities(life: Life) -> list[tuple[date, Matter, Party]]:
    """Each change of who answers for a matter: from which day, what, who. In the order of the log, as decided."""
    facts = life.of(
        ResponsibilityEstablished,
        HandoverSent,
        HandoverSeen,
        HandoverTakenOver,
        HandoverReturned,
        HandoverWithdrawn,
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
