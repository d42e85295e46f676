"""Files as they are read: each attempt, how far it has come, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from eventlog import Key
from intake.recognising import Recognised
from intake.report import Report


@dataclass(frozen=True, slots=True)
class Before:
    """What was done with exactly this file before.

    `is_finished`: it was read to its end. Otherwise `rows` is how many rows from its beginning were carried through
    by the attempts that broke off.
    """

    is_finished: bool = False
    rows: int = 0
    broken_off: Sequence[UUID] = ()


def before(conn: Connection[Any], content: bytes, known: Recognised) -> Before:
    """What was done with exactly this file, by the HMAC of its contents, as this kind of file.

    Rows are counted under a heading: where the profile finds another one now, they are not those that were counted.
    """
    finished = conn.execute(
        "select 1 from delivery where content = %s and profile = %s and finished_at is not null limit 1",
        [content, known.profile.name],
    )
    if finished.fetchone() is not None:
        return Before(is_finished=True)
    found = conn.execute(
        "select delivery_id, carried from delivery"
        " where content = %s and profile = %s and finished_at is null and header = %s",
        [content, known.profile.name, list(known.header)],
    ).fetchall()
    return Before(rows=max((rows for _, rows in found), default=0), broken_off=[attempt for attempt, _ in found])


def start(
    conn: Connection[Any],
    key: Key,
    delivery_id: UUID,
    file_name: str,
    content: bytes,
    known: Recognised,
    now: datetime,
    *,
    carried: int = 0,
) -> None:
    """Note that a file is being read, of which so many rows were carried through before."""
    conn.execute(
        "insert into delivery"
        " (delivery_id, file_sealed, content, profile, delimiter, encoding, header, started_at, carried)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            delivery_id,
            key.seal(file_name.encode("utf-8", "surrogateescape"), delivery_id.bytes),
            content,
            known.profile.name,
            known.delimiter,
            known.encoding,
            list(known.header),
            now,
            carried,
        ],
    )


def remember(conn: Connection[Any], delivery_id: UUID, carried: int) -> None:
    """Note that so many rows from the beginning are carried through."""
    conn.execute("update delivery set carried = %s where delivery_id = %s", [carried, delivery_id])


def finish(conn: Connection[Any], delivery_id: UUID, report: Report, now: datetime) -> None:
    """Note that the file was read to its end, and what became of it."""
    conn.execute(
        "update delivery set finished_at = %s, rows = %s, new = %s, unchanged = %s, corrected = %s, erased = %s,"
        " set_aside = %s where delivery_id = %s",
        [
            now,
            report.rows,
            report.new,
            report.unchanged,
            report.corrected,
            report.erased,
            len(report.set_aside),
            delivery_id,
        ],
    )
