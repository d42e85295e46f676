"""Works the rows of given people out again from the log: of those who were parked, and of those who were erased.

The tables are in use all the time. Of a chunk of people a reader sees the old rows or the new ones, and a process that
is killed leaves one or the other; asking again is harmless.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from psycopg import Connection, sql
from psycopg.errors import LockNotAvailable
from psycopg.rows import TupleRow

from database import Database, Role
from eventlog import EventLog
from projections import tables
from projections.coming import rule_changes
from projections.follow import LIVE
from projections.past import pasts
from projections.spans import TABLES, Spans, Told, changes_of
from projections.turns import beside_others

CHUNK = 20
"""So many people are worked out in one transaction, while the followers wait: some tenths of a second."""

TRIES = 5
"""How often a chunk is tried; each waits at most the database's lock timeout for a follower to finish."""

PATIENCE = 30.0
"""Seconds to wait for a rebuild to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedOut:
    """What became of the people: so many were worked out, and so many of them a table still does not follow."""

    people: int
    parked: int

    @property
    def going_on(self) -> int:
        """How many every table follows."""
        return self.people - self.parked


def work_out_again(
    db: Database, log: EventLog, people: Collection[UUID], *, chunk: int = CHUNK, patience: float | None = None
) -> WorkedOut:
    """Make all rows of these people anew, as far as the tables have come.

    Whoever can be read and folded is parked no longer; the others are parked where it fails now. Somebody without an
    entry that can be opened, because all were erased, has no rows afterwards. Every follower in every process drops
    what it remembers. Raises RebuildRunning when a rebuild has not ended after `patience` seconds: some people may be
    done then, and asking again is harmless. `patience` is PATIENCE unless given.
    """
    wanted = sorted(set(people))
    parked = 0
    with beside_others(db, PATIENCE if patience is None else patience):
        for start in range(0, len(wanted), chunk):
            parked += _chunk(db, log, wanted[start : start + chunk])
    return WorkedOut(people=len(wanted), parked=parked)


def _chunk(db: Database, log: EventLog, people: Sequence[UUID]) -> int:
    for attempt in range(1, TRIES + 1):
        try:
            with db.connection(Role.FOLLOWER) as conn:
                return _work_out(conn, log, people)
        except LockNotAvailable:
            if attempt == TRIES:
                raise
    raise AssertionError("the last try returns or raises")


def _work_out(conn: Connection[TupleRow], log: EventLog, people: Sequence[UUID]) -> int:
    """In the caller's transaction; answers with how many of them a table does not follow."""
    conn.execute("insert into follower (name) values (%s) on conflict do nothing", [LIVE])
    # From here on nobody moves the tables; a follower that waits finds the generation changed.
    row = conn.execute("select position from follower where name = %s for update", [LIVE]).fetchone()
    position = row[0] if row else 0
    changes = rule_changes(log, position)
    told: list[Told] = []
    for person_id, past in pasts(log, people, position):
        told += changes_of(person_id, past, changes)
    _clear(conn, people)
    _write(conn, told)
    conn.execute("update follower set generation = generation + 1 where name = %s", [LIVE])
    left_out = conn.execute(
        "select count(distinct person_id) from parked where person_id = any(%s)", [list(people)]
    ).fetchone()
    return int(left_out[0]) if left_out else 0


def _clear(conn: Connection[TupleRow], people: Sequence[UUID]) -> None:
    for name in (*(table.name for table in TABLES), tables.PARKED):
        conn.execute(
            sql.SQL("delete from {} where person_id = any(%s)").format(sql.Identifier(name)),
            [list(people)],
        )


def _write(conn: Connection[TupleRow], told: Sequence[Told]) -> None:
    spans = Spans()
    spans.add(told)
    try:
        with conn.transaction():
            tables.write(conn, spans)
    except tables.REFUSED:
        tables.write_each(conn, told)
