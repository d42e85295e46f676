"""Our own recorder: the rows of the log in and out, through the connections of `database`.

The library's PostgreSQL recorder is not used: its fast path loses entries for followers, its pipeline hangs on
large batches, and its table has no room for our clear columns (docs/decisions/0001-log.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import (
    ApplicationRecorder,
    Notification,
    StoredEvent,
    Subscription,
)

from database import Database, Role
from domain.codes import KeyGroup, StreamKind
from eventlog.keys import NewKey
from eventlog.mapper import EntryNotification, StoredEntry
from eventlog.refusals import raise_refusal
from eventlog.sharing import statement


@dataclass(frozen=True, slots=True)
class Delivered:
    """What is kept of one delivery: who sent it (HMAC), what it said (HMAC), and its first entry."""

    source_key: bytes
    content: bytes
    entry_id: UUID
    stream: UUID


@dataclass(frozen=True, slots=True)
class Moved:
    """What an entry said stands on another stream now, as this entry."""

    from_entry: UUID
    to_entry: UUID
    to_stream: UUID


class LogRecorder(ApplicationRecorder):
    """Appends under the log's one lock, reads in the log's one order."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def insert_events(
        self, stored_events: Sequence[StoredEvent], *, conn: psycopg.Connection | None = None, **kwargs: Any
    ) -> list[int]:
        """Append all rows in one transaction and one round trip; `conn` may be one that is lent already.

        Keywords: `keys` (new keys), `delivered`, `command` (UUID), `entry_ids`, `recorded_at` (demo only), `moved`,
        `seen_erasures` (how many rows the ledger had when the entries were decided).
        Raises IntegrityError when a version is taken, CommandKnown when the command was carried out before, KeyGone
        when a key is not stored, KeyOld when a new one is wrapped under an old master key, StreamErased.
        """
        rows = [_entry(row) for row in stored_events]
        if conn is not None:
            return self.append(conn, rows, **kwargs)
        # One statement needs no BEGIN and no COMMIT of its own.
        with self._db.statements(Role.APPLICATION) as own:
            return self.append(own, rows, **kwargs)

    def append(
        self,
        conn: psycopg.Connection,
        rows: Sequence[StoredEntry],
        *,
        keys: Sequence[NewKey] = (),
        delivered: Sequence[Delivered] = (),
        command: UUID | None = None,
        entry_ids: Sequence[UUID] = (),
        recorded_at: datetime | None = None,
        moved: Sequence[Moved] = (),
        seen_erasures: int = 0,
    ) -> list[int]:
        """As `insert_events`; a caller with a transaction of their own commits it.

        What a click writes, in no transaction of the caller's, shares its flush with others (sharing.sql).
        """
        # A list of nothing is as good as nothing, and costs more to send.
        rest = [
            [UUID(bytes=new.key.id) for new in keys] or None,
            [new.key.stream for new in keys] or None,
            [str(new.key.group) for new in keys] or None,
            [new.epoch for new in keys] or None,
            [new.wrapped for new in keys] or None,
            [one.source_key for one in delivered] or None,
            [one.content for one in delivered] or None,
            [one.entry_id for one in delivered] or None,
            [one.stream for one in delivered] or None,
            command,
            list(entry_ids) if command else None,
            recorded_at,
            seen_erasures,
        ]
        try:
            first: int = _one(conn.execute(*statement(rows, rest, by_itself=conn.autocommit)))[0]
        except psycopg.DatabaseError as error:
            raise_refusal(error)
            raise
        if moved:
            conn.execute(
                "select log_move_sources(%b, %b, %b)",
                [
                    [one.from_entry for one in moved],
                    [one.to_entry for one in moved],
                    [one.to_stream for one in moved],
                ],
            )
        return list(range(first, first + len(rows)))

    def carried_out(self, command: UUID) -> tuple[int, list[UUID]] | None:
        """Where the entries of a command begin, and their ids; None when it was not carried out.

        What this tells is on disk when it is told: the command may have been stored a moment ago (sharing.sql).
        """
        with self._db.statements(Role.APPLICATION) as conn:
            row = conn.execute(
                "select position, entry_ids, log_settle() from log_commands where command_id = %b", [command]
            ).fetchone()
        return None if row is None else (row[0], row[1])

    def settle(self) -> None:
        """Wait until everything that has been read so far is on disk."""
        with self._db.statements(Role.APPLICATION) as conn:
            conn.execute("select log_settle()")

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[StoredEvent]:
        """The rows of one stream, by version."""
        query = _SELECT + " where originator_id = %s"
        values: list[Any] = [originator_id]
        if gt is not None:
            query, values = query + " and originator_version > %s", [*values, gt]
        if lte is not None:
            query, values = query + " and originator_version <= %s", [*values, lte]
        query += " order by originator_version" + (" desc" if desc else "")
        if limit is not None:
            query, values = query + " limit %s", [*values, limit]
        with self._db.connection(Role.APPLICATION) as conn:
            return list(_rows(conn.execute(query.encode(), values, binary=True)))

    def select_streams(
        self, conn: psycopg.Connection, streams: Sequence[UUID], until: int | None = None
    ) -> list[StoredEntry]:
        """The rows of many streams, in the order of the log, up to and with position `until`."""
        # Position + 0: the planner would walk the whole log by position to save itself the sorting.
        cursor = conn.execute(
            (_SELECT + " where originator_id = any(%b) and notification_id + 0 <= %s").encode(),
            [list(streams), until if until is not None else 2**62],
            binary=True,
        )
        return sorted(_rows(cursor), key=lambda row: row.id)

    def select_newer(self, conn: psycopg.Connection, since: Mapping[UUID, int]) -> tuple[int, list[StoredEntry]]:
        """How many rows the erasure ledger has, and the rows of each stream after this version of it, in order."""
        cursor = conn.execute(
            (
                f"select head.erasures, newer.* from log_head as head left join ({_SELECT}"  # noqa: S608
                " join unnest(%b::uuid[], %b::bigint[]) as known (stream, version)"
                " on originator_id = known.stream and originator_version > known.version) as newer on true"
            ).encode(),
            [list(since), list(since.values())],
            binary=True,
        )
        found = cursor.fetchall()
        rows = _rows(row[1:] for row in found if row[1] is not None)
        return (found[0][0] if found else 0), sorted(rows, key=lambda row: row.id)

    def select_stream(
        self,
        conn: psycopg.Connection,
        stream: UUID,
        groups: Sequence[KeyGroup] | None,
        until: int | None = None,
    ) -> tuple[list[StoredEntry], list[StoredEntry]]:
        """The rows of one stream: those of these groups, and the others.

        The ciphertext of the others does not leave the database; their state is one byte that means nothing, or none
        when they were erased.
        """
        cursor = conn.execute(
            "select originator_id, originator_version, topic,"
            " case when %s::text[] is null or key_group = any(%s) then state else substr(state, 1, 1) end,"
            " notification_id, stream_kind, key_group, recorded_at from log_events"
            " where originator_id = %s and notification_id + 0 <= %s order by originator_version",
            [
                None if groups is None else [str(group) for group in groups],
                [str(group) for group in groups or ()],
                stream,
                until if until is not None else 2**62,
            ],
            binary=True,
        )
        wanted: list[StoredEntry] = []
        others: list[StoredEntry] = []
        for row in _rows(cursor):
            (wanted if groups is None or row.group in groups else others).append(row)
        return wanted, others

    def select_after(self, conn: psycopg.Connection, position: int, limit: int) -> list[StoredEntry]:
        """The rows after this position, in the order of the log."""
        cursor = conn.execute(
            (_SELECT + " where notification_id > %s order by notification_id limit %s").encode(),
            [position, limit],
            binary=True,
        )
        return list(_rows(cursor))

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> list[Notification]:
        """The rows from `start`, as the library's subscriptions and runners want them."""
        first = 1 if start is None else start + (not inclusive_of_start)
        with self._db.connection(Role.FOLLOWER) as conn:
            rows = self.select_after(conn, first - 1, limit)
        return [
            EntryNotification(
                originator_id=row.originator_id,
                originator_version=row.originator_version,
                topic=row.topic,
                state=row.state,
                id=row.id,
                kind=row.kind,
                group=row.group,
                recorded_at=row.recorded_at,
            )
            for row in rows
            if row.recorded_at and (stop is None or row.id <= stop) and (not topics or row.topic in topics)
        ]

    def max_notification_id(self) -> int | None:
        """How far the log has come; None when it is empty."""
        with self._db.connection(Role.FOLLOWER) as conn:
            position: int = _one(conn.execute("select position from log_head"))[0]
        return position or None

    def wait(self, position: int, seconds: float) -> tuple[int, int]:
        """How far the log has come, once that is past `position` or the time is over; and the ledger's rows."""
        with self._db.autocommit(Role.FOLLOWER) as conn:
            channel = f"log_{self._db.schema}"
            conn.execute(psycopg.sql.SQL("listen {}").format(psycopg.sql.Identifier(channel)))
            reached, erasures = _one(conn.execute("select position, erasures from log_head"))
            if reached <= position:
                for note in conn.notifies(timeout=seconds, stop_after=1):
                    reached = max(reached, int(note.payload))
        return reached, erasures

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """Rows as they are appended, for the library's runners. Our own follower reads in batches instead."""
        return _Following(self, gt, topics)


class _Following(Subscription["LogRecorder"]):
    """Pages through the log, and waits at its end."""

    def __next__(self) -> Notification:
        while not self._has_been_stopped:
            if not getattr(self, "_page", None):
                self._page = self._recorder.select_notifications(
                    self._last_notification_id or 0, 500, topics=self._topics, inclusive_of_start=False
                )
            if self._page:
                found = self._page.pop(0)
                self._last_notification_id = found.id
                return found
            self._recorder.wait(self._last_notification_id or 0, 0.5)
        raise StopIteration


_SELECT = (
    "select originator_id, originator_version, topic, state, notification_id, stream_kind, key_group,"
    " recorded_at from log_events"
)


def _rows(cursor: Iterable[tuple[Any, ...]]) -> Iterable[StoredEntry]:
    for stream, version, topic, state, position, kind, group, recorded_at in cursor:
        yield StoredEntry(stream, version, topic, state, _KIND[kind], _GROUP[group], recorded_at, position)


_KIND = {str(kind): kind for kind in StreamKind}
_GROUP = {str(group): group for group in KeyGroup}


def _entry(row: StoredEvent) -> StoredEntry:
    if not isinstance(row, StoredEntry):
        raise TypeError("the row lacks the columns that entries have")
    return row


def _one(cursor: psycopg.Cursor[Any]) -> tuple[Any, ...]:
    row: tuple[Any, ...] | None = cursor.fetchone()
    if row is None:
        raise LookupError("the log has not been installed")
    return row
