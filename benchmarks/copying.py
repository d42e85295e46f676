"""Other ways to bring a batch into the log: rows by binary COPY instead of as arrays of one call.

They are contestants, and nobody else's: the house has one function that may append. Both check what it checks (the
command, the erasures, every stream's version, every key, every delivery), under the same lock, and tell the followers.
New keys are left out. Both run as the owner, who may write where the application may not.
"""

from collections.abc import Sequence
from uuid import UUID

import psycopg

from benchmarks.ready import any_id
from database import Database, Role
from eventlog.keys import key_id_of
from eventlog.mapper import StoredEntry
from eventlog.recorder import Delivered

_CHECKS = """
    update log_head as h
    set position = h.position + given, recorded_at = greatest(h.recorded_at, clock_timestamp())
    returning h.position - given + 1 as first, h.recorded_at, h.erasures into head;
    first_position := head.first;
    stamped := head.recorded_at;
    insert into log_commands values (command, first_position, entry_ids) on conflict do nothing;
    if not found then
        raise exception using errcode = 'OG002', message = 'the command was carried out before';
    end if;
    if head.erasures > 0 then
        raise exception using errcode = 'OG001', message = 'something was erased meanwhile';
    end if;
    if exists (
            select from (select s, min(v) as first from {versions} group by s) as new
            where first <> 1 + coalesce(
                (select max(e.originator_version) from log_events e where e.originator_id = new.s), 0)) then
        raise exception using errcode = 'OG001', message = 'somebody else wrote to the stream first';
    end if;
    if exists (select from ({keys}) as used where not exists (select from log_keys where key_id = used.id)) then
        raise exception using errcode = 'OG004', message = 'an entry was closed with a key that is not stored';
    end if;
"""
_DELIVERED = """
    insert into log_sources (source_key, content, entry_id, stream) select * from {sources}
    on conflict (source_key) do update set content = excluded.content
    where log_sources.stream = excluded.stream and log_sources.entry_id = excluded.entry_id;
    get diagnostics new_sources = row_count;
    if new_sources <> many then
        raise exception using errcode = 'OG001', message = 'somebody else delivered the same first';
    end if;
    perform pg_notify(left('log_' || current_schema(), 63), reached::text);
"""
_FUNCTIONS = f"""
create or replace function append_from_beside(command uuid, entry_ids uuid[]) returns bigint
language plpgsql as $$
declare
    head record;
    given int := (select count(*) from beside_events);
    many int := (select count(*) from beside_sources);
    first_position bigint;
    stamped timestamptz;
    reached bigint;
    new_sources int;
begin
    {
    _CHECKS.format(
        versions="beside_events as new (s, v)",
        keys="select distinct encode(substr(state, 2, 16), 'hex')::uuid as id from beside_events",
    )
}
    insert into log_events
    select stream, version, topic, state, first_position - 1 + n, kind, key_group, stamped from beside_events;
    reached := first_position + given - 1;
    {_DELIVERED.format(sources="beside_sources")}
    return first_position;
end $$;

create or replace function begin_straight(
    given int, streams uuid[], versions bigint[], key_ids uuid[], command uuid, entry_ids uuid[]
) returns table (first_position bigint, stamped timestamptz)
language plpgsql as $$
declare
    head record;
begin
    {
    _CHECKS.format(
        versions="unnest(streams, versions) as new (s, v)",
        keys="select distinct id from unnest(key_ids) as new (id)",
    )
}
    return next;
end $$;

create or replace function end_straight(
    reached bigint, source_keys bytea[], contents bytea[], source_entries uuid[], source_streams uuid[]
) returns void
language plpgsql as $$
declare
    many int := cardinality(source_keys);
    new_sources int;
begin
    {_DELIVERED.format(sources="unnest(source_keys, contents, source_entries, source_streams)")}
end $$;
"""
_BESIDE = """
create temporary table if not exists beside_events (
    stream uuid, version bigint, topic text, state bytea, kind text, key_group text, n int) on commit delete rows;
create temporary table if not exists beside_sources (
    source_key bytea, content bytea, entry_id uuid, stream uuid) on commit delete rows;
"""
_STRAIGHT = (
    "copy log_events (originator_id, originator_version, topic, state, notification_id, stream_kind, key_group,"
    " recorded_at) from stdin (format binary)"
)


class Copying:
    """Appends to the log of this database."""

    def __init__(self, db: Database) -> None:
        self._db = db
        db.install([("benchmark copying", _FUNCTIONS)])

    def beside(self, rows: Sequence[StoredEntry], delivered: Sequence[Delivered]) -> None:
        """COPY into temporary tables, then one function that checks and inserts from there: the lock is held short."""
        with self._db.connection(Role.OWNER) as conn:
            conn.execute(_BESIDE)
            with conn.cursor() as cursor:
                with cursor.copy("copy beside_events from stdin (format binary)") as copy:
                    copy.set_types(("uuid", "int8", "text", "bytea", "text", "text", "int4"))
                    for n, row in enumerate(rows, start=1):
                        copy.write_row((*_placed(row), row.topic, row.state, str(row.kind), str(row.group), n))
                with cursor.copy("copy beside_sources from stdin (format binary)") as copy:
                    copy.set_types(("bytea", "bytea", "uuid", "uuid"))
                    for one in delivered:
                        copy.write_row((one.source_key, one.content, one.entry_id, one.stream))
            conn.execute("select append_from_beside(%b, %b)", [any_id(), [delivered[0].entry_id]])

    def straight(self, rows: Sequence[StoredEntry], delivered: Sequence[Delivered]) -> None:
        """Lock and check, COPY into the log, then the deliveries: each row is written once, under the lock."""
        with self._db.connection(Role.OWNER) as conn:
            first, stamped = _begin(conn, rows, delivered)
            with conn.cursor() as cursor, cursor.copy(_STRAIGHT) as copy:
                copy.set_types(("uuid", "int8", "text", "bytea", "int8", "text", "text", "timestamptz"))
                for position, row in enumerate(rows, start=first):
                    copy.write_row(
                        (*_placed(row), row.topic, row.state, position, str(row.kind), str(row.group), stamped)
                    )
            conn.execute(
                "select end_straight(%b, %b, %b, %b, %b)",
                [
                    first + len(rows) - 1,
                    [one.source_key for one in delivered],
                    [one.content for one in delivered],
                    [one.entry_id for one in delivered],
                    [one.stream for one in delivered],
                ],
            )

    def must_be_whole(self) -> None:
        """What was brought in stands in one order without gaps, and every delivery is known: else it was less work."""
        with self._db.connection(Role.OWNER) as conn:
            found = conn.execute(
                "select position, (select count(*) from log_events), (select max(notification_id) from log_events),"
                " (select count(*) from log_sources), (select count(*) from log_commands where position > 0)"
                " from log_head"
            ).fetchone()
        assert found is not None
        position, entries, last, sources, commands = found
        assert position == entries == last, found
        assert sources > 0 < commands, found


def _begin(conn: psycopg.Connection, rows: Sequence[StoredEntry], delivered: Sequence[Delivered]) -> tuple[int, object]:
    found = conn.execute(
        "select * from begin_straight(%s, %b, %b, %b, %b, %b)",
        [
            len(rows),
            [row.originator_id for row in rows],
            [row.originator_version for row in rows],
            [UUID(bytes=key_id) for key_id in {key_id_of(row.state) for row in rows}],
            any_id(),
            [delivered[0].entry_id],
        ],
    ).fetchone()
    assert found is not None
    return found[0], found[1]


def _placed(row: StoredEntry) -> tuple[UUID | str, int]:
    return row.originator_id, row.originator_version
