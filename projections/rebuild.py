"""Makes the tables again from the log, beside those in use, and switches when they have caught up.

The tables in use go on serving and following until the switch, which is one short transaction: a reader
sees the whole old tables or the whole new ones.
"""

import time
from dataclasses import dataclass
from uuid import UUID

import psycopg
from psycopg import Connection, sql
from psycopg.rows import TupleRow

from database import Database, Role
from eventlog import Entry, EventLog
from projections import tables
from projections.clear import journeys
from projections.coming import rule_changes
from projections.follow import LIVE, Follower
from projections.past import pasts
from projections.spans import TABLES, RuleChange, Spans, Table, Told, changes_of
from projections.turns import alone

NEXT = "next"
"""The follower of the tables that are being built."""

SUFFIX = "_next"
TRIES = 20
"""How often the switch is tried; each waits at most the database's lock timeout for readers to finish."""

NAMES = (*(table.name for table in TABLES), tables.PARKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What a rebuild came to.

    `position` is how far the new tables had come at the switch; `entries` and `people` were folded, `rows`
    spans written, `parked` people left out of one table or all. `differences` counts the spans that the old tables
    had and the new have not, and the other way round, as far as the old ones had come: 0 unless the program has
    changed, or who was parked can be read again.
    """

    position: int
    people: int
    entries: int
    rows: int
    parked: int
    differences: int
    seconds: float


@dataclass(slots=True)
class _Count:
    entries: int = 0
    rows: int = 0


def rebuild(db: Database, log: EventLog, chunk: int = 2_000) -> Rebuilt:
    """Build, catch up, compare and switch. `chunk` people are folded at a time. Raises RebuildRunning."""
    started = time.perf_counter()
    with alone(db):
        _make_room(db)
        until = log.position()
        with db.connection(Role.FOLLOWER) as conn:
            people = journeys(conn, until)
        changes, count = rule_changes(log, until), _Count()
        for start in range(0, len(people), chunk):
            _build(db, log, people[start : start + chunk], until, changes, count)
        _finish(db, until)
        follower = Follower(db, log, name=NEXT, suffix=SUFFIX)
        while taken := follower.catch_up():
            count.entries += taken
        position, differences = _switch(db, follower)
        with db.connection(Role.APPLICATION) as conn:
            parked = _one(conn, "select count(distinct person_id) from parked")
    return Rebuilt(
        position=position,
        people=len(people),
        entries=count.entries,
        rows=count.rows,
        parked=parked,
        differences=differences,
        seconds=time.perf_counter() - started,
    )


def _make_room(db: Database) -> None:
    """Empty tables without indexes; what an interrupted rebuild left behind goes."""
    with db.connection(Role.OWNER) as conn:
        for name in NAMES:
            conn.execute(sql.SQL("drop table if exists {}").format(sql.Identifier(name + SUFFIX)))
        conn.execute("delete from follower where name = %s", [NEXT])
        conn.execute(tables.schema_without_indexes(SUFFIX).encode())


def _build(
    db: Database,
    log: EventLog,
    people: list[UUID],
    until: int,
    changes: list[RuleChange],
    count: _Count,
) -> None:
    """Bring in these people's whole past, each folded once."""
    told: list[Told] = []
    for person_id, past in pasts(log, people, until):
        count.entries += sum(isinstance(one, Entry) for one in past)
        told += changes_of(person_id, past, changes)
    spans = Spans()
    spans.add(told)
    count.rows += spans.count()
    try:
        with db.connection(Role.FOLLOWER) as conn:
            tables.write(conn, spans, SUFFIX)
    except tables.REFUSED:
        with db.connection(Role.FOLLOWER) as conn:
            tables.write_each(conn, told, SUFFIX)


def _finish(db: Database, until: int) -> None:
    with db.connection(Role.OWNER) as conn:
        conn.execute("set local statement_timeout = 0")
        conn.execute(tables.indexes(SUFFIX).encode())
        for name in NAMES:
            conn.execute(sql.SQL("analyze {}").format(sql.Identifier(name + SUFFIX)))
        conn.execute("insert into follower (name, position) values (%s, %s)", [NEXT, until])


def _switch(db: Database, follower: Follower) -> tuple[int, int]:
    """Put the new tables in the place of the old ones. Readers that hold on too long are waited for."""
    for attempt in range(1, TRIES + 1):
        try:
            with db.connection(Role.OWNER) as conn:
                return _switch_in(conn, follower)
        except psycopg.errors.LockNotAvailable:
            if attempt == TRIES:
                raise
    raise AssertionError("the last try returns or raises")


def _switch_in(conn: Connection[TupleRow], follower: Follower) -> tuple[int, int]:
    conn.execute("set local statement_timeout = 0")
    conn.execute("insert into follower (name) values (%s) on conflict do nothing", [LIVE])
    # From here on nobody moves the tables in use; the new ones go past them once more.
    live = _one(conn, "select position from follower where name = %s for update", LIVE)
    while follower.catch_up():
        pass
    differences = sum(_differences(conn, table, live) for table in TABLES)
    for name in NAMES:
        conn.execute(sql.SQL("drop table {}").format(sql.Identifier(name)))
        conn.execute(sql.SQL("alter table {} rename to {}").format(sql.Identifier(name + SUFFIX), sql.Identifier(name)))
    _drop_suffixes(conn)
    reached = _one(conn, "select position from follower where name = %s", NEXT)
    conn.execute(
        "update follower set position = n.position, rules_hash = n.rules_hash,"
        " generation = follower.generation + 1"
        " from follower n where n.name = %s and follower.name = %s",
        [NEXT, LIVE],
    )
    conn.execute("delete from follower where name = %s", [NEXT])
    return reached, differences


def _differences(conn: Connection[TupleRow], table: Table, live: int) -> int:
    """Spans that only one of the two has, as they were when the log had come to `live`."""
    columns = sql.SQL(", ").join(map(sql.Identifier, ("person_id", *tables.row_columns(table), "from_position")))
    side = sql.SQL(
        "select {columns}, case when to_position <= %(live)s then to_position end from {name}"
        " where from_position <= %(live)s"
    )
    old = side.format(columns=columns, name=sql.Identifier(table.name))
    new = side.format(columns=columns, name=sql.Identifier(table.name + SUFFIX))
    query = sql.SQL(
        "select count(*) from (({old} except all {new}) union all ({new} except all {old})) as different"
    ).format(old=old, new=new)
    row = conn.execute(query, {"live": live}).fetchone()
    return 0 if row is None else int(row[0])


def _drop_suffixes(conn: Connection[TupleRow]) -> None:
    """Give indexes and constraints the names that the tables in use have, so that the next rebuild is free to build."""
    found = conn.execute(
        "select c.conrelid::regclass::text, c.conname from pg_constraint c"
        " where c.connamespace = current_schema::regnamespace and c.conname like %s",
        [f"%{SUFFIX}%"],
    ).fetchall()
    for table, name in found:
        conn.execute(
            sql.SQL("alter table {} rename constraint {} to {}").format(
                sql.Identifier(table), sql.Identifier(name), sql.Identifier(name.replace(SUFFIX, ""))
            )
        )
    indexes = conn.execute(
        "select indexname from pg_indexes where schemaname = current_schema and indexname like %s",
        [f"%{SUFFIX}%"],
    ).fetchall()
    for (name,) in indexes:
        conn.execute(
            sql.SQL("alter index {} rename to {}").format(
                sql.Identifier(name), sql.Identifier(name.replace(SUFFIX, ""))
            )
        )


def _one(conn: Connection[TupleRow], query: str, *values: object) -> int:
    row = conn.execute(query.encode(), values).fetchone()
    return 0 if row is None else int(row[0])
