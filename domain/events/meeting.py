"""What a meeting's own stream holds: ids and references, never text about a person."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.codes import AgendaReason, DataClass, DecisionKind, Party, StreamKind
from domain.declaration import COMMON, event


@event(
    "meeting-called",
    Party.MUNICIPALITY,
    DataClass.SYSTEM,
    COMMON,
    title="Møde indkaldt",
    reads="Mødet holdes {held_on}",
    stream=StreamKind.MEETING,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCalled:
    """The cross-department meeting is to be held on this day."""

    on: date
    held_on: date


@event(
    "person-put-on-agenda",
    Party.MUNICIPALITY,
    DataClass.SYSTEM,
    COMMON,
    title="Sat på dagsordenen",
    reads="En ung blev sat på dagsordenen",
    stream=StreamKind.MEETING,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPutOnAgenda:
    """A young person is to be spoken of, and why."""

    on: date
    person: UUID
    reasons: tuple[AgendaReason, ...]


@event(
    "decision-taken",
    Party.MUNICIPALITY,
    DataClass.SYSTEM,
    COMMON,
    title="Beslutning",
    reads="Beslutning: {kind}; {responsible} er ansvarlig, frist {due_on}",
    stream=StreamKind.MEETING,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTaken:
    """A line of the minutes. What was decided stands on the journey, in the entry `entry_id`."""

    on: date
    person: UUID
    entry_id: UUID
    kind: DecisionKind
    responsible: Party
    due_on: date
