"""Who is not followed by which table: what the operator is told, and how many the lists leave out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow

from projections.follow import LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """One person whom these tables do not follow from a position of the log on.

    `since` is when that entry was recorded; `reason` is the name of the fault.
    """

    person_id: UUID
    tables: tuple[str, ...]
    position: int
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far the lists have come in the log, and how many people something could not be read about."""

    position: int
    parked: int


def left_out(conn: Connection[TupleRow]) -> Sequence[LeftOut]:
    """Everybody who is parked, the earliest first; with a line for each place where they are."""
    rows = conn.execute(
        "select p.person_id, array_agg(p.table_name order by p.table_name), p.position, p.reason, e.recorded_at"
        " from parked p join log_events e on e.notification_id = p.position"
        " group by p.person_id, p.position, p.reason, e.recorded_at order by p.position, p.person_id"
    )
    return [
        LeftOut(person_id=person_id, tables=tuple(names), position=position, reason=reason, since=since)
        for person_id, names, position, reason, since in rows
    ]


def parked_people(conn: Connection[TupleRow]) -> list[UUID]:
    """Everybody who is parked in any table."""
    return [person_id for (person_id,) in conn.execute("select distinct person_id from parked order by person_id")]


def freshness(conn: Connection[TupleRow]) -> Freshness:
    """How far the tables in use have come, and how many people any of them leaves out."""
    row = conn.execute(
        "select position, (select count(distinct person_id) from parked) from follower where name = %s", [LIVE]
    ).fetchone()
    return Freshness(*row) if row else Freshness(0, 0)
