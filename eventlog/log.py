"""The append-only log. Its verbs: `history`, `record`, `record_many` and `after`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import psycopg
from eventsourcing.application import Application
from eventsourcing.persistence import IntegrityError

from database import Database, Role
from domain.codes import KeyGroup, StreamKind
from domain.refused import Refused
from eventlog.drafting import Decide, Draft, Outcome, Step, Writing
from eventlog.entry import Actor, Entry, History, Stream
from eventlog.folding import NeedsWhole
from eventlog.keys import Key, KeyRing, NewKey
from eventlog.mapper import EntryMapper, Sealing, StoredEntry, canonical, key_ids
from eventlog.recorder import CommandKnown, Delivered, KeyGone, LogRecorder
from eventlog.remembered import Remembered
from eventlog.secrets import Secrets

MOST_TRIES = 10


class Contended(Exception):  # noqa: N818 - a refusal
    """Others kept writing to the same stream. Nothing was written; asking again is harmless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Where the command's last entry stands. `already`: the command was carried out before, nothing was added.

    `position` is 0 when there was nothing to add.
    """

    position: int
    entry_ids: tuple[UUID, ...] = ()
    already: bool = False


class Store(Application[UUID]):
    """The library's application, told how our entries are mapped and recorded."""

    name = "log"

    def __init__(self, mapper: EntryMapper, recorder: LogRecorder) -> None:
        self._own_mapper, self._own_recorder = mapper, recorder
        super().__init__()

    def construct_mapper(self) -> EntryMapper:
        return self._own_mapper

    def construct_recorder(self) -> LogRecorder:
        return self._own_recorder


class EventLog:
    """One municipality's log. Safe to share between threads.

    Raises SecretsRefused when the keys are another log's.
    """

    def __init__(self, db: Database, secrets: Secrets) -> None:
        self.db = db
        self._secrets = secrets
        with db.connection(Role.APPLICATION) as conn:
            row = conn.execute("select log_id, municipality, demo from log_head").fetchone()
        if row is None:
            raise LookupError("the log has not been installed")
        self.log_id: UUID = row[0]
        self.municipality: str = row[1]
        self.is_demo: bool = row[2]
        self.municipality_stream = Stream(self.log_id, StreamKind.MUNICIPALITY)
        self.keys = KeyRing(secrets, self.log_id)
        with db.connection(Role.APPLICATION) as conn:
            self.keys.check(conn)
        self._recorder = LogRecorder(db)
        self._remembered = Remembered()
        self._mapper = EntryMapper(self.log_id, self._lend)
        self.store = Store(self._mapper, self._recorder)

    def history(
        self,
        stream: UUID,
        groups: Iterable[KeyGroup] | None = None,
        until: int | None = None,
        conn: psycopg.Connection | None = None,
    ) -> History:
        """One stream, oldest first; entries of other groups than these are counted but not opened.

        `groups` None opens everything (the system's own right). `until` is the last position that counts.
        """
        if conn is None:
            with self.db.connection(Role.APPLICATION) as own:
                return self.history(stream, groups, until, own)
        wanted = None if groups is None else list(groups)
        rows = self._recorder.select_stream(conn, stream, wanted, until)
        readable = [row for row in rows if row.state]
        keys = self.keys.find_many(conn, key_ids(readable))
        return History(
            entries=[self._mapper.open(row, keys) for row in readable],
            closed=[self._mapper.closed(row) for row in rows if not row.state],
        )

    def histories(
        self, streams: Sequence[UUID], until: int | None = None, conn: psycopg.Connection | None = None
    ) -> dict[UUID, list[Entry]]:
        """Many streams at once, each oldest first, everything opened. A stream without entries is absent."""
        if conn is None:
            with self.db.connection(Role.APPLICATION) as own:
                return self.histories(streams, until, own)
        found: dict[UUID, list[Entry]] = {}
        for entry in self._open(conn, self._recorder.select_streams(conn, streams, until)):
            found.setdefault(entry.stream, []).append(entry)
        return found

    def record(
        self,
        stream: Stream,
        decide: Decide,
        *,
        by: Actor,
        known_at: datetime,
        command_id: UUID,
        caused_by: UUID | None = None,
        entry_ids: Sequence[UUID] = (),
        recorded_at: datetime | None = None,
    ) -> Recorded:
        """Decide on the stream so far, and append what follows.

        When somebody else wrote meanwhile, the decision is made again on what they wrote; that is safe because
        a decision changes nothing itself. Raises Refused, or Contended after `MOST_TRIES` lost races.
        """
        step = Step(stream=stream, decide=decide, entry_ids=tuple(entry_ids))
        return self.record_together(
            [step],
            by=by,
            known_at=known_at,
            command_id=command_id,
            caused_by=caused_by,
            recorded_at=recorded_at,
        )

    def record_together(
        self,
        steps: Sequence[Step],
        *,
        by: Actor,
        known_at: datetime,
        command_id: UUID,
        caused_by: UUID | None = None,
        recorded_at: datetime | None = None,
    ) -> Recorded:
        """Several decisions, also on several streams, in one transaction: all of them or none. Raises Refused."""
        writing = Writing(
            by=by,
            known_at=known_at,
            together=True,
            command_id=command_id,
            caused_by=caused_by,
            recorded_at=recorded_at,
        )
        try:
            draft, position = self._append(steps, writing)
        except (CommandKnown, Refused):
            # What the command did the first time may be why it is refused now.
            known = self._carried_out(command_id)
            if known is None:
                raise
            return known
        if not draft.entries:
            return self._carried_out(command_id) or Recorded(position=0)
        return Recorded(position=position, entry_ids=tuple(entry.entry_id for entry in draft.entries))

    def record_many(
        self,
        steps: Sequence[Step],
        *,
        by: Actor,
        known_at: datetime,
        caused_by: UUID | None = None,
        recorded_at: datetime | None = None,
    ) -> list[Outcome]:
        """A batch of separate facts in one transaction; each step has its own outcome, a refusal too.

        Of what a step with a source decides, the last event is what was delivered; those before it had to come
        first. Delivered again with the same content it is nothing, with other content a correction of the first.
        """
        writing = Writing(by=by, known_at=known_at, together=False, caused_by=caused_by, recorded_at=recorded_at)
        draft, _ = self._append(steps, writing)
        return draft.outcomes

    def after(self, position: int, limit: int = 1000, conn: psycopg.Connection | None = None) -> list[Entry]:
        """The entries after this position, in the order of the log, at most `limit`; everything opened."""
        if conn is None:
            with self.db.connection(Role.FOLLOWER) as own:
                return self.after(position, limit, own)
        return self._open(conn, self._recorder.select_after(conn, position, limit))

    def position(self) -> int:
        """How far the log has come; positions are gapless from 1."""
        return self._recorder.max_notification_id() or 0

    def wait(self, position: int, seconds: float) -> int:
        """How far the log has come, once that is past `position` or the time is over."""
        return self._recorder.wait(position, seconds)

    @staticmethod
    def digest(entry: Entry, salt: str) -> str:
        """SHA-256 in hex over the salt and the entry's canonical bytes, for `HandedItem`."""
        return sha256(salt.encode() + canonical(entry)).hexdigest()

    def _append(self, steps: Sequence[Step], writing: Writing) -> tuple[Draft, int]:
        for _ in range(MOST_TRIES):
            try:
                draft, keys = self._draft(steps, writing)
            except NeedsWhole:
                # All of them: a batch of corrections would need the next one whole at the next try.
                self._remembered.forget(step.stream.id for step in steps)
                continue
            if not draft.entries:
                return draft, 0
            pairs = {(entry.stream, entry.group) for entry in draft.entries}
            new = [self.keys.make(stream, group) for stream, group in sorted(pairs - keys.keys())]
            lent = keys | {(one.key.stream, one.key.group): one.key for one in new}
            try:
                return draft, self._put(draft, lent, new, writing)
            except CommandKnown:
                raise
            except KeyGone:
                self.keys.forget()
            except IntegrityError:
                self._remembered.forget(draft.folded)
        raise Contended("others kept writing to the same stream")

    def _put(
        self,
        draft: Draft,
        lent: Mapping[tuple[UUID, KeyGroup], Key],
        new: Sequence[NewKey],
        writing: Writing,
    ) -> int:
        recordings = self.store.events.put(
            [Sealing(entry, lent[entry.stream, entry.group]) for entry in draft.entries],
            keys=new,
            delivered=draft.delivered,
            command=writing.command_id,
            entry_ids=[entry.entry_id for entry in draft.entries] if writing.command_id else (),
            recorded_at=writing.recorded_at,
            moved=draft.moved,
        )
        self.keys.remember(new)
        self._remembered.keep(draft.folded.values())
        return recordings[-1].notification.id

    def _draft(self, steps: Sequence[Step], writing: Writing) -> tuple[Draft, dict[tuple[UUID, KeyGroup], Key]]:
        """Read and fold first, decide then; the writing transaction is opened last."""
        streams = {step.stream.id: step.stream for step in steps}
        sources = [step.source.key(self._secrets) for step in steps if step.source]
        with self.db.connection(Role.APPLICATION) as conn:
            before = self._remembered.of(streams)
            since = {stream: before[stream][0] if stream in before else 0 for stream in streams}
            past: dict[UUID, list[Entry]] = {}
            for entry in self._open(conn, self._recorder.select_newer(conn, since)):
                past.setdefault(entry.stream, []).append(entry)
            keys = self.keys.for_writing(conn, list(streams))
            delivered = self._delivered(conn, sources)
        draft = Draft(writing, self._secrets, streams.values(), past, before, delivered)
        for step in steps:
            draft.decide(step)
        return draft, keys

    @staticmethod
    def _delivered(conn: psycopg.Connection, source_keys: list[bytes]) -> dict[bytes, Delivered]:
        if not source_keys:
            return {}
        rows = conn.execute(
            "select source_key, content, entry_id, stream from log_sources where source_key = any(%b)",
            [source_keys],
            binary=True,
        )
        return {row[0]: Delivered(*row) for row in rows}

    def _carried_out(self, command_id: UUID) -> Recorded | None:
        with self.db.connection(Role.APPLICATION) as conn:
            row = conn.execute(
                "select position + cardinality(entry_ids) - 1, entry_ids from log_commands where command_id = %s",
                [command_id],
            ).fetchone()
        return None if row is None else Recorded(position=row[0], entry_ids=tuple(row[1]), already=True)

    def _open(self, conn: psycopg.Connection, rows: Sequence[StoredEntry]) -> list[Entry]:
        keys = self.keys.find_many(conn, key_ids(rows))
        return [self._mapper.open(row, keys) for row in rows]

    def _lend(self, wanted: set[bytes]) -> dict[bytes, Key]:
        with self.db.connection(Role.FOLLOWER) as conn:
            return self.keys.find_many(conn, wanted)
