"""Who ought to be spoken of at a meeting: by their deadlines and handovers, by their age, and by a party's wish."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow

from domain.codes import AgendaReason, DataClass, Party
from domain.days import months_after
from domain.events import MeetingCalled, PersonPutOnAgenda
from eventlog import EventLog
from projections.meetings import latest_meetings
from projections.wishes import Wish
from projections.worklist import SOON
from projections.young import born_by

MONTHS_BEFORE_18 = 6
MOST_SUGGESTIONS = 20
NOBODY: Mapping[UUID, date] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Somebody who ought to be spoken of, and why.

    `due_on` is what comes first: a deadline, or the birthday; None where they are only wished for.
    """

    person_id: UUID
    due_on: date | None
    reasons: tuple[AgendaReason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """The first of those who ought to be spoken of; how many there are in all, and for each reason."""

    first: tuple[Suggestion, ...]
    total: int
    by_reason: dict[AgendaReason, int]


def open_wishes(log: EventLog, conn: Connection[TupleRow]) -> dict[UUID, tuple[Wish, ...]]:
    """The wishes that no meeting has taken up, by person, the oldest first.

    A meeting takes a wish up when the young person was put on its agenda after the wish, or stood there already and
    the meeting is held on a later day. A meeting about somebody else, or an earlier one, takes up nothing.
    """
    rows = conn.execute(
        "select person_id, row_key, party, wished_on, from_position from wish where to_position is null"
    ).fetchall()
    found: dict[UUID, list[tuple[Wish, int]]] = {}
    for person_id, row_key, party, wished_on, position in rows:
        wish = Wish(row_key=row_key, party=Party(party), wished_on=wished_on)
        found.setdefault(person_id, []).append((wish, position))
    if rows:
        for held_on, person_id, put_at in _on_agendas(log, conn, since=min(row[3] for row in rows)):
            found[person_id] = [
                (wish, position)
                for wish, position in found.get(person_id, ())
                if held_on <= wish.wished_on and put_at < position
            ]
    return {
        person_id: tuple(wish for wish, _ in sorted(wishes, key=lambda one: (one[0].wished_on, one[1])))
        for person_id, wishes in found.items()
        if wishes
    }


def since_when(wishes: Mapping[UUID, Sequence[Wish]]) -> dict[UUID, date]:
    """Since when each of these has been wished for."""
    return {person_id: found[0].wished_on for person_id, found in wishes.items()}


def _on_agendas(log: EventLog, conn: Connection[TupleRow], *, since: date) -> Iterator[tuple[date, UUID, int]]:
    """Who was on the agenda of meetings from that day on: when it is held, who, and where in the log they were put."""
    for batch in latest_meetings(log, conn):
        days = []
        for entries in batch:
            held_on = next((one.event.held_on for one in entries if isinstance(one.event, MeetingCalled)), None)
            if held_on is not None:
                days.append(held_on)
                for one in entries:
                    if isinstance(one.event, PersonPutOnAgenda):
                        yield held_on, one.event.person, one.position
        if max(days, default=since) < since:
            return  # those before were called earlier still


def suggestions(
    conn: Connection[TupleRow],
    classes: Collection[DataClass],
    today: date,
    *,
    without: Collection[UUID] = (),
    wished: Mapping[UUID, date] = NOBODY,
    reason: AgendaReason | None = None,
    limit: int = MOST_SUGGESTIONS,
) -> Suggestions:
    """Who ought to be spoken of, by the rows of these classes and by wish; the oldest deadline or wish first.

    `without` are those who are on the agenda already, `wished` those whom a party wishes to be spoken of, since when;
    `reason` asks for those with that reason only. The counts are of everybody, whatever the reason asked for.
    """
    values = _values(classes, today, wished) | {"without": list(without), "reason": reason, "limit": limit}
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
    conn: Connection[TupleRow],
    person_id: UUID,
    classes: Collection[DataClass],
    today: date,
    *,
    wished: Mapping[UUID, date] = NOBODY,
) -> tuple[AgendaReason, ...]:
    """Why this person ought to be spoken of, by the rows of these classes; wished for when nothing else is."""
    return standing_reasons(conn, [person_id], classes, today, wished=wished).get(person_id) or (AgendaReason.WISHED,)


def standing_reasons(
    conn: Connection[TupleRow],
    people: Collection[UUID],
    classes: Collection[DataClass],
    today: date,
    *,
    wished: Mapping[UUID, date] = NOBODY,
) -> dict[UUID, tuple[AgendaReason, ...]]:
    """Why each of these ought to be spoken of today, by the rows of these classes. Who has no reason is not in it."""
    rows = conn.execute(_OF_SOME, _values(classes, today, wished) | {"people": list(people)})
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
    AgendaReason.WISHED,
)


def _reasons(given: Iterable[bool]) -> tuple[AgendaReason, ...]:
    return tuple(reason for reason, stands in zip(_ORDER, given, strict=True) if stands)


def _values(classes: Collection[DataClass], today: date, wished: Mapping[UUID, date]) -> dict[str, Any]:
    return {
        "wished": list(wished),
        "wished_on": list(wished.values()),
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
asked as (
    select person_id, wished_on from unnest(%(wished)s::uuid[], %(wished_on)s::date[]) as asked (person_id, wished_on)
),
who as (
    select person_id, least(due_on, of_age_on) as first_on, least(due_on, of_age_on, wished_on) as sort_on,
           coalesce(overdue, false) as overdue, coalesce(soon, false) as soon, coalesce(waiting, false) as waiting,
           of_age_on is not null as turning, wished_on is not null as wished
    from due full join turning using (person_id) full join asked using (person_id)
)
"""
_COUNTS = (
    _WHO
    + """
select count(*), count(*) filter (where overdue), count(*) filter (where soon),
       count(*) filter (where waiting), count(*) filter (where turning), count(*) filter (where wished)
from who where person_id <> all(%(without)s)
"""
)
_FIRST = (
    _WHO
    + """
select person_id, first_on, overdue, soon, waiting, turning, wished
from who
where person_id <> all(%(without)s) and case %(reason)s::text
    when 'overdue' then overdue when 'due-soon' then soon
    when 'handover-waiting' then waiting when 'turning-18' then turning when 'wished' then wished else true end
order by sort_on, person_id limit %(limit)s
"""
)
_OF_SOME = (
    _WHO + "select person_id, overdue, soon, waiting, turning, wished from who where person_id = any(%(people)s)"  # noqa: S608 - _WHO is written above
)
