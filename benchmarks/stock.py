"""The library's own recorder for PostgreSQL, as it comes: what we would have used without ours."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg import sql

from benchmarks.ground import library_env, owner
from database import Database
from eventlog.mapper import StoredEntry

MOST_BYTES = 300_000
"""More than that in one call, and it hangs for ever holding its lock (psycopg 3.2.11 and later)."""

_SAME_ROWS = """
insert into stock_events
    select originator_id, originator_version, topic, state, notification_id from {log}.log_events;
select setval(pg_get_serial_sequence('stock_events', 'notification_id'), max(notification_id)) from stock_events;
analyze stock_events;
"""


@contextmanager
def stock_recorder(db: Database, log: Database) -> Iterator[PostgresApplicationRecorder]:
    """One on a table of its own that holds what the log holds, with one connection for each of four writers."""
    db.install([("benchmark", "")])  # makes the schema
    with library_env(db) as env:
        datastore = PostgresDatastore(
            dbname=env["POSTGRES_DBNAME"],
            host=env["POSTGRES_HOST"],
            port=env["POSTGRES_PORT"],
            user=env["POSTGRES_USER"],
            password=env["POSTGRES_PASSWORD"],
            schema=env["POSTGRES_SCHEMA"],
            pool_size=4,
        )
        with datastore:
            recorder = PostgresApplicationRecorder(datastore, events_table_name="stock_events")
            recorder.create_table()
            with owner(db) as conn:
                conn.execute(sql.SQL(_SAME_ROWS).format(log=sql.Identifier(log.schema)))
            yield recorder


def plain(rows: Sequence[StoredEntry]) -> list[StoredEvent]:
    """The rows as the library's table has them: without our clear columns."""
    return [StoredEvent(row.originator_id, row.originator_version, row.topic, row.state) for row in rows]


def safe_calls(rows: Sequence[StoredEntry]) -> list[list[StoredEvent]]:
    """The rows in the largest calls that it survives."""
    calls: list[list[StoredEvent]] = []
    left = 0
    for row, one in zip(rows, plain(rows), strict=True):
        if len(row.state) > left:
            calls.append([])
            left = MOST_BYTES
        calls[-1].append(one)
        left -= len(row.state)
    return calls
