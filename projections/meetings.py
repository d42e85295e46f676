"""The questions of the cross-department meetings: which there are, who is on them, and what they decided.

A meeting's own stream holds ids and codes only. What was decided about a person is read from their journey,
by whoever shows it and as far as the reader may see.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow

from domain.access import Level, level
from domain.codes import DataClass, KeyGroup, Matter, Party, StreamKind
from domain.events import DecisionTaken, HandoverSent, PlanStepAgreed
from domain.facts import life_of
from domain.journey import HandoverState
from domain.meeting import Meeting, fold
from domain.text import FreeText
from eventlog import Entry, EventLog
from projections.handover import journey_of

BATCH = 12
"""So many meetings are opened at a time, those that were called last first."""
MOST_MEETINGS = 60
"""How far back the last meeting about somebody is looked for: two years of a meeting every second week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A meeting as it stands on the list of meetings."""

    meeting_id: UUID
    held_on: date
    people: int
    decisions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Meetings that are to be held, the next first, and meetings that were, the latest first."""

    coming: tuple[Called, ...]
    held: tuple[Called, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A line of the minutes with what stands on the journey.

    `text` None: the reader may not read it, or it is gone; `matter` None: not even what it was about. `giver`,
    `state` and `handover_id` belong to a handover, `done_on` to a step of the plan.
    """

    line: DecisionTaken
    responsible: Party
    due_on: date
    text: FreeText | None = None
    matter: Matter | None = None
    done_on: date | None = None
    giver: Party | None = None
    state: HandoverState | None = None
    handover_id: UUID | None = None


def meeting_ids(conn: Connection[TupleRow], *, offset: int = 0, limit: int = 50) -> list[UUID]:
    """The meetings' streams, those that were called last first."""
    rows = conn.execute(
        "select originator_id from log_events where stream_kind = 'meeting' and originator_version = 1"
        " order by notification_id desc offset %s limit %s",
        [offset, limit],
    )
    return [meeting_id for (meeting_id,) in rows]


def latest_meetings(log: EventLog, conn: Connection[TupleRow], most: int | None = None) -> Iterator[list[list[Entry]]]:
    """The entries of the meetings, `BATCH` of them at a time, those that were called last first."""
    offset = 0
    while most is None or offset < most:
        ids = meeting_ids(conn, offset=offset, limit=BATCH)
        if not ids:
            return
        yield list(log.histories(ids, conn=conn).values())
        offset += BATCH


def last_meeting_about(log: EventLog, conn: Connection[TupleRow], person_id: UUID, *, before: date) -> date | None:
    """The day of the last meeting before that day with the young person on its agenda; None when there was none."""
    for batch in latest_meetings(log, conn, MOST_MEETINGS):
        meetings = (fold(entry.event for entry in entries) for entries in batch)
        days = [
            meeting.held_on
            for meeting in meetings
            if meeting.held_on is not None and meeting.held_on < before and person_id in meeting.agenda
        ]
        if days:
            return max(days)
    return None


def find_meeting(log: EventLog, conn: Connection[TupleRow], meeting_id: UUID) -> Meeting | None:
    """The meeting with this id; None when there is none, or the id is that of another kind of stream."""
    entries = log.history(meeting_id, [KeyGroup.SYSTEM], conn=conn).entries
    if not entries or entries[0].kind is not StreamKind.MEETING:
        return None
    return fold(entry.event for entry in entries)


def called(log: EventLog, conn: Connection[TupleRow], ids: Collection[UUID]) -> list[Called]:
    """What the list says of these meetings."""
    found = log.histories(list(ids), conn=conn)
    meetings = {meeting_id: fold(entry.event for entry in entries) for meeting_id, entries in found.items()}
    return [
        Called(
            meeting_id=meeting_id,
            held_on=meeting.held_on,
            people=len(meeting.agenda),
            decisions=len(meeting.minutes),
        )
        for meeting_id, meeting in meetings.items()
        if meeting.held_on is not None
    ]


def calendar(meetings: Iterable[Called], today: date) -> Calendar:
    """Split at today; a meeting that is held today is still to come."""
    by_day = sorted(meetings, key=lambda meeting: (meeting.held_on, meeting.meeting_id))
    return Calendar(
        coming=tuple(meeting for meeting in by_day if meeting.held_on >= today),
        held=tuple(meeting for meeting in reversed(by_day) if meeting.held_on < today),
    )


def decided(meeting: Meeting, person_id: UUID, entries: Sequence[Entry], reader: Party) -> list[Decided]:
    """What the meeting decided about this person, in the order it was decided.

    `entries` are those of the journey that the reader's groups open. The words are read there, and so is what
    has become of it: a correction on the journey is a correction of the minutes.
    """
    lines = [line for line in meeting.minutes if line.person == person_id]
    life, journey = life_of(entry.fact() for entry in entries), journey_of(entries)
    facts = {fact.entry_id: fact.event for fact in life.all()}
    found = []
    for line in lines:
        event = facts.get(life.stands_for.get(line.entry_id, line.entry_id))
        match event:
            case PlanStepAgreed() if level(reader, DataClass.PLAN) >= Level.SUMMARY:
                found.append(
                    Decided(
                        line=line,
                        responsible=event.responsible,
                        due_on=event.due_on,
                        text=event.what if level(reader, DataClass.PLAN) >= Level.FULL else None,
                        matter=event.matter,
                        done_on=journey.steps[event.step_id].done_on,
                    )
                )
            case HandoverSent() if level(reader, DataClass.HANDOVER) >= Level.SUMMARY:
                reads = journey.handovers[event.handover_id].words_are_read_by(reader)
                found.append(
                    Decided(
                        line=line,
                        responsible=event.receiver,
                        due_on=event.answer_by,
                        text=event.note if reads else None,
                        matter=event.matter,
                        giver=event.giver,
                        state=journey.handovers[event.handover_id].state,
                        handover_id=event.handover_id,
                    )
                )
            case _:
                found.append(Decided(line=line, responsible=line.responsible, due_on=line.due_on))
    return found
