"""Rows into what they tell: an event on a journey, or a person to follow."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.catalogue import BY_CODE
from domain.codes import StartReason
from domain.decisions import (
    correct_birth_date,
    measure_progression,
    record_fact,
    send_handover,
    start_journey,
)
from domain.events import HandoverSent, JourneyEvent, ProgressionMeasured
from domain.journey import Journey
from intake.cells import NOBODY, CellFault, Cells
from intake.sorts import HANDOVER, EventField, Sort, columns_of_event
from people.cpr import Cpr
from people.names import NameFault
from people.register import NewPerson

Decide = Callable[[Journey], Sequence[JourneyEvent]]


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """One row of an event file. `known_at` is None when the row does not say; then it is now.

    `source_id` is what the source calls it; it may hold a CPR number and is kept out of `repr`.
    """

    cpr: Cpr
    event: JourneyEvent
    source_id: str = field(repr=False)
    known_at: datetime | None


@dataclass(frozen=True, slots=True)
class ToldPerson:
    """One row of a people file."""

    new: NewPerson
    born_on: date
    reason: StartReason
    basis: str
    since: date

    def decide(self, journey: Journey, today: date) -> Sequence[JourneyEvent]:
        """Begin to follow the person, or put the birth date right; nothing when both are as told."""
        if journey.born_on is None:
            return start_journey(journey, born_on=self.born_on, on=self.since, reason=self.reason, basis=self.basis)
        return correct_birth_date(journey, born_on=self.born_on, on=today)


def told_person(cells: Cells, *, today: date, demo: bool) -> ToldPerson:
    """The person of this row. CellFault when it does not say who, why or on what legal basis."""
    cpr = cells.cpr("cpr", demo=demo)
    if cells.optional("name"):
        name, name_field = cells.needed("name"), "name"
    else:
        name, name_field = f"{cells.needed('first_name')} {cells.needed('last_name')}", "last_name"
    try:
        new = NewPerson(cpr=cpr, name=name, protected=bool(cells.optional("protected")) and cells.yes("protected"))
    except NameFault as fault:
        raise CellFault("name-wrong", name_field, str(fault)) from None
    since = cells.optional_day("since") or today
    if since > today:
        raise CellFault("in-the-future", "since")
    return ToldPerson(
        new=new,
        born_on=cells.optional_day("born_on") or cpr.birth_date,
        reason=cells.code("reason", StartReason),
        basis=cells.short("basis"),
        since=since,
    )


def told_event(
    cells: Cells,
    *,
    now: datetime,
    demo: bool,
    handover_id: Callable[[str], UUID],
    staff: Collection[str] = NOBODY,
) -> ToldEvent:
    """The event of this row. `handover_id` gives the same id for the same source id, whenever it is asked.

    `staff` are the ids that a row may name. CellFault when the row cannot be used.
    """
    cpr = cells.cpr("cpr", demo=demo)
    source_id = source_id_of(cells, demo=demo)
    code = _code(cells)
    on = cells.day("on")
    said: dict[str, Any] = {"handover_id": handover_id(source_id)} if code == HANDOVER else {}
    for column, each in columns_of_event(code).items():
        if cells.optional(column):
            said[each.name] = cells.value(each, column, on=on, now=now, staff=staff)
        elif each.is_sender:
            said[each.name] = cells.profile.party
        elif each.needed:
            cells.needed(column)
    event = BY_CODE[code].type(on=on, **said)
    if isinstance(event, HandoverSent) and event.answer_by < on:
        raise CellFault("answer-before-sending", "answer_by")
    return ToldEvent(cpr, event, source_id, cells.instant("known", now))


def source_id_of(cells: Cells, *, demo: bool) -> str:
    """What the row is called: its id, or what together tells it from all others, however it is written.

    CellFault when some of that cannot be read.
    """
    return "\x1f".join(_identity_part(cells, name, demo=demo) for name in cells.profile.identity)


def _identity_part(cells: Cells, name: str, *, demo: bool) -> str:
    match name:
        case "cpr":
            return cells.cpr(name, demo=demo).digits
        case "event":
            return _code(cells)
        case "on":
            return cells.day(name).isoformat()
        case "id" | "known":
            return cells.short_id(name)
    each = columns_of_event(_code(cells)).get(name)
    # The file may have events that this column says nothing of.
    return "" if each is None else _as_told(cells, each, name)


def _as_told(cells: Cells, each: EventField, name: str) -> str:
    match each.sort:
        case Sort.DATE:
            return cells.day(name).isoformat()
        case Sort.NUMBER:
            return str(cells.number(name, each.least, each.most))
        case Sort.CODE if each.codes:
            return cells.code(name, each.codes)
        case _:
            return cells.short_id(name)


def _code(cells: Cells) -> str:
    return cells.profile.only_event or cells.word("event")


def decision(event: JourneyEvent, today: date) -> Decide:
    """What lets the event happen. A delivered line is the last of the events that it decides.

    A handover of a matter that nobody holds first establishes the giver as its holder.
    """
    match event:
        case HandoverSent():
            return _sending(event, today)
        case ProgressionMeasured():
            return lambda journey: measure_progression(journey, measured=event, today=today)
        case _:
            return lambda journey: record_fact(journey, event=event, today=today)


def _sending(sent: HandoverSent, today: date) -> Decide:
    def decide(journey: Journey) -> Sequence[JourneyEvent]:
        record_fact(journey, event=sent, today=today)
        if sent.handover_id in journey.handovers:
            return [sent]  # the log compares: the same again is nothing, anything else a correction
        return send_handover(
            journey,
            handover_id=sent.handover_id,
            matter=sent.matter,
            giver=sent.giver,
            receiver=sent.receiver,
            answer_by=sent.answer_by,
            note=sent.note,
            on=sent.on,
        )

    return decide


def may_be_followed(told: ToldPerson) -> None:
    """Raise Refused when a journey could not begin: then the person is not written into the register either."""
    told.decide(Journey(), told.since)
