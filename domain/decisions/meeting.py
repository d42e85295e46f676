"""What a meeting's own stream may hold. What is decided about a person stands on the journey."""

from datetime import date
from uuid import UUID

from domain.codes import AgendaReason, DecisionKind, Party
from domain.events import DecisionTaken, MeetingCalled, MeetingEvent, PersonPutOnAgenda
from domain.meeting import Meeting
from domain.refused import Refused


def call_meeting(meeting: Meeting, *, held_on: date, on: date) -> list[MeetingEvent]:
    """A meeting is to be held."""
    if meeting.held_on == held_on:
        return []
    if meeting.held_on is not None:
        raise Refused("already-called")
    return [MeetingCalled(on=on, held_on=held_on)]


def put_on_agenda(meeting: Meeting, *, person: UUID, reasons: tuple[AgendaReason, ...], on: date) -> list[MeetingEvent]:
    """A young person is to be spoken of, and why."""
    if meeting.held_on is None:
        raise Refused("not-called")
    if person in meeting.agenda:
        return []
    return [PersonPutOnAgenda(on=on, person=person, reasons=reasons)]


def take_decision(
    meeting: Meeting,
    *,
    person: UUID,
    entry_id: UUID,
    kind: DecisionKind,
    responsible: Party,
    due_on: date,
    on: date,
) -> list[MeetingEvent]:
    """A line of the minutes that points at the entry on the journey."""
    if meeting.held_on is None:
        raise Refused("not-called")
    if person not in meeting.agenda:
        raise Refused("not-on-the-agenda")
    if any(line.entry_id == entry_id for line in meeting.minutes):
        return []
    return [DecisionTaken(on=on, person=person, entry_id=entry_id, kind=kind, responsible=responsible, due_on=due_on)]
