"""What decisions about one meeting need to know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from uuid import UUID

from domain.codes import AgendaReason
from domain.events import DecisionTaken, Event, MeetingCalled, PersonPutOnAgenda


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """When it is held, who is on the agenda and why, and what was decided."""

    held_on: date | None = None
    agenda: Mapping[UUID, tuple[AgendaReason, ...]] = field(default_factory=dict)
    minutes: tuple[DecisionTaken, ...] = ()


def evolve(meeting: Meeting, event: Event) -> Meeting:
    """Let one event have happened."""
    match event:
        case MeetingCalled(held_on=held_on):
            return replace(meeting, held_on=held_on)
        case PersonPutOnAgenda(person=person, reasons=reasons):
            return replace(meeting, agenda={**meeting.agenda, person: reasons})
        case DecisionTaken():
            return replace(meeting, minutes=(*meeting.minutes, event))
        case _:
            return meeting


def fold(events: Iterable[Event]) -> Meeting:
    """The meeting after all these events."""
    return reduce(evolve, events, Meeting())
