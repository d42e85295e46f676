"""What was delivered and what of it waits, for those who look after it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from eventlog import KeyRing
from eventlog.keys import key_id_of
from intake.aside import Waiting
from intake.putting_away import PutAwayReason
from intake.reading import UTF8
from intake.rows import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    """One file and what became of its rows. `finished_at` None: the import broke off.

    `profile` is the name of the kind of file; `waiting` are the rows that wait now.
    """

    delivery_id: UUID
    profile: str
    started_at: datetime
    finished_at: datetime | None
    rows: int
    new: int
    unchanged: int
    corrected: int
    erased: int
    set_aside: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    """One row that waits: where it stood and why, and nothing of what stood in it."""

    row_id: UUID
    profile: str
    came_at: datetime
    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingGroup:
    """How many rows of one kind of file wait for one reason."""

    profile: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAsideRow:
    """One row, opened. `resolved_at` None: it still waits. `put_away`: why it is not to be used."""

    row_id: UUID
    profile: str
    column: str
    came_at: datetime
    resolved_at: datetime | None
    put_away: PutAwayReason | None
    person_key: bytes | None = field(repr=False)
    waiting: Waiting = field(repr=False)


def delivery_lines(conn: Connection[Any], limit: int, offset: int = 0) -> list[DeliveryLine]:
    """The files, newest first."""
    found = conn.execute(_DELIVERIES, [limit, offset]).fetchall()
    return [
        DeliveryLine(
            delivery_id=row[0],
            profile=row[1],
            started_at=row[2],
            finished_at=row[3],
            rows=row[4],
            new=row[5],
            unchanged=row[6],
            corrected=row[7],
            erased=row[8],
            set_aside=row[9],
            waiting=row[10],
        )
        for row in found
    ]


def count_deliveries(conn: Connection[Any]) -> int:
    return _count(conn.execute("select count(*) from delivery").fetchone())


def waiting_groups(conn: Connection[Any]) -> list[WaitingGroup]:
    """How many rows wait, by kind of file and reason, the most first."""
    found = conn.execute(
        "select profile, reason, count(*) from set_aside join delivery using (delivery_id)"
        " where resolved_at is null group by profile, reason order by count(*) desc, profile, reason"
    )
    return [WaitingGroup(profile=profile, reason=reason, count=count) for profile, reason, count in found]


def waiting_lines(conn: Connection[Any], profile: str, reason: str, limit: int, offset: int = 0) -> list[WaitingLine]:
    """Rows of one kind of file that wait for one reason, those of the newest file first."""
    found = conn.execute(_WAITING, [profile, reason, limit, offset])
    return [
        WaitingLine(row_id=row_id, profile=profile, came_at=came_at, line=line, column=column, reason=reason)
        for row_id, came_at, line, column in found
    ]


def open_row(conn: Connection[Any], ring: KeyRing, row_id: UUID, profiles: Collection[str]) -> SetAsideRow | None:
    """The row as it came; None when there is none among these kinds of files."""
    row = conn.execute(_ROW, [row_id, list(profiles)]).fetchone()
    if row is None:
        return None
    row_key, delivery_id, line, column, reason, sealed, person_key, resolved_at = row[:8]
    profile, delimiter, encoding, header, came_at, own_header, reason_away = row[8:]
    raw = ring.get(conn, key_id_of(bytes(sealed))).open(bytes(sealed), bytes(row_key))
    return SetAsideRow(
        row_id=row_id,
        profile=profile,
        column=column,
        came_at=came_at,
        resolved_at=resolved_at,
        put_away=PutAwayReason(reason_away) if reason_away else None,
        person_key=bytes(person_key) if person_key is not None else None,
        waiting=Waiting(
            row_key=bytes(row_key),
            delivery_id=delivery_id,
            line=line,
            reason=reason,
            raw=raw,
            delimiter=delimiter if own_header is None else ";",
            encoding=encoding if own_header is None else UTF8,
            header=tuple(header),
            place=None if own_header is None else Place(tuple(own_header)),
        ),
    )


def _count(row: Sequence[Any] | None) -> int:
    return int(row[0]) if row else 0


_DELIVERIES = """
select delivery.delivery_id, profile, started_at, finished_at, rows, new, unchanged, corrected, erased, set_aside,
    (select count(*) from set_aside as one where one.delivery_id = delivery.delivery_id and resolved_at is null)
from delivery order by started_at desc, delivery_id limit %s offset %s
"""

_WAITING = """
select row_id, started_at, line, column_name from set_aside join delivery using (delivery_id)
where resolved_at is null and profile = %s and reason = %s
order by started_at desc, delivery_id, line, row_id limit %s offset %s
"""

_ROW = """
select row_key, delivery_id, line, column_name, reason, raw_sealed, person_key, resolved_at,
    profile, delimiter, encoding, header, started_at, own_header, put_away_reason
from set_aside join delivery using (delivery_id) where row_id = %s and profile = any(%s)
"""
