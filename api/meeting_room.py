"""What the pages of a meeting share: the meeting itself, and the cases on its agenda in their order."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from api.errors import NotForYou
from api.house import House
from api.pages import Looking
from api.sentences import in_words
from api.visitor import Visitor
from domain.access import Level, level
from domain.codes import DataClass
from domain.meeting import Meeting
from domain.rules import RuleSet
from people.register import Identity
from projections.agenda import standing_reasons, told_reasons
from projections.meetings import find_meeting

_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


@dataclass(frozen=True, slots=True)
class Room:
    """A meeting that has been called."""

    id: UUID
    meeting: Meeting
    held_on: date

    @property
    def path(self) -> str:
        return f"/moeder/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A young person on the agenda. `number` counts from 1, and leaves out those who have been erased.

    `why` is told as far as the reader may know of it.
    """

    number: int
    who: Identity
    why: str


def the_meeting(look: Looking, house: House, me: Visitor, meeting_id: str) -> Room:
    """The meeting with this id. NotForYou when there is none, or the visitor takes no part in meetings."""
    try:
        wanted = UUID(meeting_id)
    except ValueError:
        raise NotForYou from None
    must_meet(me)
    found = find_meeting(house.log, look.conn, wanted)
    if found is None or found.held_on is None:
        raise NotForYou
    return Room(wanted, found, found.held_on)


def must_meet(me: Visitor) -> None:
    """NotForYou when the visitor may not know of young people, and so takes no part in meetings about them."""
    if level(me.party, DataClass.MASTER) < Level.SUMMARY:
        raise NotForYou


def cases_of(look: Looking, house: House, me: Visitor, room: Room, rules: RuleSet) -> list[Case]:
    """Who is on the agenda, in the order they were put on."""
    agenda = room.meeting.agenda
    known = house.register.identities(look.conn, list(agenda))
    knows_all = me.classes >= {rule.data_class for rule in rules.rules}
    standing = {} if knows_all else standing_reasons(look.conn, list(known), me.classes, house.today)
    on_it = [
        (known[person], told_reasons(reasons, standing.get(person, ()), knows_all=knows_all))
        for person, reasons in agenda.items()
        if person in known
    ]
    return [
        Case(number=number, who=who, why=", ".join(in_words(reason) for reason in reasons))
        for number, (who, reasons) in enumerate(on_it, start=1)
    ]


def meeting_day(day: date) -> str:
    """The day with its weekday: tirsdag 24.11.2026."""
    return f"{_WEEKDAYS[day.weekday()]} {in_words(day)}"
