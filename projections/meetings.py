"""The questions of the cross-department meetings: which there are, who is on them, and who ought to be.

A meeting's own stream holds ids and codes only. What was decided about a person is read from their journey,
by whoever shows it and as far as the reader may see.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow

from domain.access import Level, level, reads_words_of
from domain.codes import AgendaReason, DataClass, KeyGroup, Matter, Party, StreamKind
from domain.days import months_after
from domain.events import DecisionTaken, HandoverSent, PlanStepAgreed
from domain.facts import life_of
from domain.journey import HandoverState
from domain.meeting import Meeting, fold
from domain.text import FreeText
from eventlog import Entry, EventLog
from projections.handover import journey_of
from projections.worklist import SOON
from projections.young import born_by

MONTHS_BEFORE_18 = 6
MOST_SUGGESTIONS = 20


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
class Suggestion:
    """Somebody who ought to be spoken of, and why. `due_on` is what comes first: a deadline, or the birthday."""

    person_id: UUID
    due_on: date
    reasons: tuple[AgendaReason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """The first of those who ought to be spoken of; how many there are in all, and for each reason."""

    first: tuple[Suggestion, ...]
    total: int
    by_reason: dict[AgendaReason, int]


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
                reads = reads_words_of(reader, event.giver, event.receiver)
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


def suggestions(
    conn: Connection[TupleRow],
    classes: Collection[DataClass],
    today: date,
    *,
    without: Collection[UUID] = (),
    reason: AgendaReason | None = None,
    limit: int = MOST_SUGGESTIONS,
) -> Suggestions:
    """Who ought to be spoken of, by the rows of these classes; the oldest deadline first.

    `without` are those who are on the agenda already; `reason` asks for those with that reason only. The
    counts are of everybody, whatever the reason asked for.
    """
    values = _values(classes, today) | {"without": list(without), "reason": reason, "limit": limit}
    row = conn.execute(_COUNTS, values).fetchone()
    if row is None:
        raise LookupError("a count without an answer")
    total, *each = row
    found = conn.execute(_FIRST, values)
    return Suggestions(
        first=tuple(
            Suggestion(person_id=person_id, due_on=due_on, reasons=_reasons(given))
            for person_id, due_on, *given in found
        ),
        total=total,
        by_reason=dict(zip(_ORDER, each, strict=True)),
    )


def reasons_for(
    conn: Connection[TupleRow], person_id: UUID, classes: Collection[DataClass], today: date
) -> tuple[AgendaReason, ...]:
    """Why this person ought to be spoken of, by the rows of these classes; wished for when nothing else is."""
    return standing_reasons(conn, [person_id], classes, today).get(person_id) or (AgendaReason.WISHED,)


def standing_reasons(
    conn: Connection[TupleRow], people: Collection[UUID], classes: Collection[DataClass], today: date
) -> dict[UUID, tuple[AgendaReason, ...]]:
    """Why each of these ought to be spoken of today, by the rows of these classes. Who has no reason is not in it."""
    rows = conn.execute(_OF_SOME, _values(classes, today) | {"people": list(people)})
    return {person_id: _reasons(given) for person_id, *given in rows}


def told_reasons(
    stored: Sequence[AgendaReason], standing: Sequence[AgendaReason], *, knows_all: bool
) -> tuple[AgendaReason, ...]:
    """Why somebody is on the agenda, as far as a reader may know of it.

    The agenda's reasons were worked out for whoever put the person there. A deadline among them may belong to a
    class that this reader may not even know of: unless they know of all that rules ask about, it is told only
    when a deadline of theirs (`standing`) says the same.
    """
    told = tuple(one for one in stored if knows_all or one not in _OF_DEADLINES or one in standing)
    return told or (AgendaReason.WISHED,)


_OF_DEADLINES = frozenset({AgendaReason.OVERDUE, AgendaReason.DUE_SOON})


_ORDER = (
    AgendaReason.OVERDUE,
    AgendaReason.DUE_SOON,
    AgendaReason.HANDOVER_WAITING,
    AgendaReason.TURNING_18,
)


def _reasons(given: Iterable[bool]) -> tuple[AgendaReason, ...]:
    return tuple(reason for reason, stands in zip(_ORDER, given, strict=True) if stands)


def _values(classes: Collection[DataClass], today: date) -> dict[str, Any]:
    return {
        "classes": list(classes),
        "today": today,
        "soon_day": today + timedelta(days=SOON),
        "of_age": born_by(18, today),
        "of_age_soon": born_by(18, months_after(today, MONTHS_BEFORE_18)),
    }


# A date of birth on 29 February and 18 years make the 28th here as in domain.days.
_WHO = """
with due as (
    select person_id, min(due_on) as due_on,
           bool_or(due_on < %(today)s) as overdue,
           bool_or(due_on between %(today)s and %(soon_day)s) as soon,
           bool_or(kind = 'handover') as waiting
    from worklist
    where to_position is null and stands_from <= %(today)s and stands_until > %(today)s
      and data_class = any(%(classes)s) and kind <> 'pair' and (due_on <= %(soon_day)s or kind = 'handover')
    group by person_id
),
turning as (
    select person_id, (born_on + interval '18 years')::date as of_age_on
    from young
    where to_position is null and born_on > %(of_age)s and born_on <= %(of_age_soon)s
),
who as (
    select person_id, least(due_on, of_age_on) as first_on, coalesce(overdue, false) as overdue,
           coalesce(soon, false) as soon, coalesce(waiting, false) as waiting, of_age_on is not null as turning
    from due full join turning using (person_id)
)
"""
_COUNTS = (
    _WHO
    + """
select count(*), count(*) filter (where overdue), count(*) filter (where soon),
       count(*) filter (where waiting), count(*) filter (where turning)
from who where person_id <> all(%(without)s)
"""
)
_FIRST = (
    _WHO
    + """
select person_id, first_on, overdue, soon, waiting, turning
from who
where person_id <> all(%(without)s) and case %(reason)s::text
    when 'overdue' then overdue when 'due-soon' then soon
    when 'handover-waiting' then waiting when 'turning-18' then turning else true end
order by first_on, person_id limit %(limit)s
"""
)
_OF_SOME = (
    _WHO + "select person_id, overdue, soon, waiting, turning from who where person_id = any(%(people)s)"  # noqa: S608 - _WHO is written above
)
