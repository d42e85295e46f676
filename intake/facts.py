"""Rows into what they tell: an event on a journey, or a person to follow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from domain.codes import Activity, ContactWay, Matter, Party, PlacementForm, Programme, StartReason
from domain.decisions import correct_birth_date, record_fact, send_handover, start_journey
from domain.events import (
    ActivityOffered,
    ContactMade,
    ContactTried,
    EducationStarted,
    GoalInOwnWords,
    HandoverSent,
    JourneyEvent,
    MilepaelenStarted,
    PlacementEnded,
    PlacementStarted,
    ReferredToMilepaelen,
    ToldOfBreakOff,
    YouthSupportDecided,
)
from domain.journey import Journey
from intake.cells import CellFault, Cells
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


def told_event(cells: Cells, *, now: datetime, demo: bool, handover_id: Callable[[str], UUID]) -> ToldEvent:
    """The event of this row. `handover_id` gives the same id for the same source id, whenever it is asked."""
    cpr = cells.cpr("cpr", demo=demo)
    source_id = "\x1f".join(cells.short_id(name) for name in cells.profile.identity)
    code = cells.word("event")
    event = _BUILD[code](cells, lambda: handover_id(source_id))
    return ToldEvent(cpr, event, source_id, cells.instant("known", now))


def decision(event: JourneyEvent, today: date) -> Decide:
    """What lets the event happen. A delivered line is the last of the events that it decides.

    A handover of a matter that nobody holds first establishes the giver as its holder.
    """
    if not isinstance(event, HandoverSent):
        return lambda journey: record_fact(journey, event=event, today=today)
    sent = event

    def sending(journey: Journey) -> Sequence[JourneyEvent]:
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

    return sending


def may_be_followed(told: ToldPerson) -> None:
    """Raise Refused when a journey could not begin: then the person is not written into the register either."""
    told.decide(Journey(), told.since)


def _handover(cells: Cells, new_id: Callable[[], UUID]) -> HandoverSent:
    event = HandoverSent(
        on=cells.day("on"),
        handover_id=new_id(),
        matter=cells.code("matter", Matter),
        giver=_sender(cells),
        receiver=cells.code("receiver", Party),
        answer_by=cells.day("answer_by"),
        note=cells.words("text"),
    )
    if event.answer_by < event.on:
        raise CellFault("answer-before-sending", "answer_by")
    return event


def _sender(cells: Cells) -> Party:
    """Who acted: whom the row names, or else whoever sends such files."""
    return cells.optional_code("by", Party) or cells.profile.party


_BUILD: dict[str, Callable[[Cells, Callable[[], UUID]], JourneyEvent]] = {
    "told-of-break-off": lambda cells, _: ToldOfBreakOff(
        on=cells.day("on"), programme=cells.code("programme", Programme)
    ),
    "contact-tried": lambda cells, _: ContactTried(on=cells.day("on"), way=cells.code("way", ContactWay)),
    "contact-made": lambda cells, _: ContactMade(on=cells.day("on"), way=cells.code("way", ContactWay)),
    "activity-offered": lambda cells, _: ActivityOffered(on=cells.day("on"), activity=cells.code("activity", Activity)),
    "education-started": lambda cells, _: EducationStarted(
        on=cells.day("on"), programme=cells.code("programme", Programme)
    ),
    "placement-started": lambda cells, _: PlacementStarted(on=cells.day("on"), form=cells.code("form", PlacementForm)),
    "placement-ended": lambda cells, _: PlacementEnded(on=cells.day("on")),
    "youth-support-decided": lambda cells, _: YouthSupportDecided(on=cells.day("on"), granted=cells.yes("granted")),
    "referred-to-milepaelen": lambda cells, _: ReferredToMilepaelen(
        on=cells.day("on"), by=_sender(cells), purpose=cells.words("text")
    ),
    "milepaelen-started": lambda cells, _: MilepaelenStarted(on=cells.day("on")),
    "goal-in-own-words": lambda cells, _: GoalInOwnWords(on=cells.day("on"), words=cells.words("text")),
    "handover-sent": _handover,
}
