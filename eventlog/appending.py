"""Writing to the log: decided on what is really there, appended once, also when the line breaks in the middle.

Whoever loses a race decides again on what the winner wrote; after a few lost races they queue for the stream instead.
When the line breaks and nobody knows whether the database committed, the command's id tells: every attempt of a call
writes under the same one, and the log takes it once.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic, sleep
from uuid import UUID, uuid4

import psycopg
from eventsourcing.persistence import EventStore, IntegrityError
from psycopg.errors import QueryCanceled
from psycopg_pool import PoolTimeout

from database import Database, Role, Unavailable
from domain.codes import KeyGroup
from domain.refused import Refused
from eventlog.drafting import Draft, Step, Writing
from eventlog.entry import Entry
from eventlog.folding import NeedsWhole
from eventlog.keys import Key, KeyRing, NewKey
from eventlog.mapper import Sealing
from eventlog.reading import Reader
from eventlog.recorder import Delivered, LogRecorder
from eventlog.refusals import CommandKnown, KeyGone, KeyOld, StreamErased
from eventlog.remembered import Remembered
from eventlog.secrets import Secrets

MOST_TRIES = 10
QUEUED_AFTER = 3
"""After so many lost races a writer waits in line for the stream. The first are free: most streams have one writer."""

RESOLVED_WITHIN = 4.0
"""Seconds in which a broken line must come back, for the call to find out what became of what it sent."""


class Contended(Exception):  # noqa: N818 - a refusal
    """Others kept writing to the same stream. Nothing was written; asking again is harmless."""


class Appender:
    """Carries decisions into the log. Safe to share between threads."""

    def __init__(
        self,
        db: Database,
        secrets: Secrets,
        keys: KeyRing,
        reader: Reader,
        recorder: LogRecorder,
        store: EventStore[UUID],
    ) -> None:
        self._db, self._secrets, self._keys = db, secrets, keys
        self._reader, self._recorder, self._store = reader, recorder, store
        self._remembered = Remembered()

    def forget(self, streams: Sequence[UUID]) -> None:
        """Keep nothing of these in memory."""
        self._remembered.forget(streams)

    def append(self, steps: Sequence[Step], writing: Writing) -> tuple[Draft, int]:
        """Decide and append; the draft, and the position of its last entry, 0 when there was nothing to write.

        Raises Refused, CommandKnown when an earlier call carried the command out, Contended, Unavailable.
        """
        call = _Call(writing.command_id or uuid4())
        while True:
            try:
                return self._committed(call) or self._once(steps, writing, call)
            except (CommandKnown, Refused):
                # Perhaps because of what this very call wrote when the line broke.
                if not call.may_look_again():
                    raise
                continue
            except (NeedsWhole, IntegrityError, StreamErased) as lost:
                self._make_ready(lost, [step.stream.id for step in steps], call.tries)
            except Unavailable as fault:
                if call.may_be_stored(fault) and (found := self._committed(call)):
                    return found
                call.line_broke(fault)
                continue
            call.tries += 1
            if call.tries >= MOST_TRIES:
                raise Contended("others kept writing to the same stream")

    def _make_ready(self, lost: Exception, streams: Sequence[UUID], tries: int) -> None:
        """Mend what the last try stumbled over, so that the next one does not."""
        match lost:
            case KeyGone():
                self._keys.forget()
            case KeyOld():
                self._secrets.refresh()
            case NeedsWhole():
                # All of them: a batch of corrections would need the next one whole at the next try.
                self.forget(streams)
            case _ if tries >= QUEUED_AFTER:
                # Not a race any more: perhaps an older state was restored under us, and we remember what is gone.
                self.forget(streams)
            case _:
                """Somebody was quicker, or something was erased: the next try reads what they left."""

    def _once(self, steps: Sequence[Step], writing: Writing, call: "_Call") -> tuple[Draft, int]:
        with self._line(steps, call) as conn:
            draft, keys, erasures = self._draft(conn, steps, writing)
            if draft.entries:
                pairs = {(entry.stream, entry.group) for entry in draft.entries}
                new = [self._keys.make(stream, group) for stream, group in sorted(pairs - keys.keys())]
                with call.sending(draft):
                    position = self._put(conn, draft, keys, new, writing, call.id, erasures)
        if not draft.entries:
            # "It is so already" is an answer too, and what made it so may be a moment old.
            self._recorder.settle()
            return self._committed(call) or (draft, 0)
        self._keys.remember(new)
        self._remembered.keep(draft.folded.values())
        if self._reader.ledger.number != erasures:
            # Somebody learned of an erasure meanwhile; what it told us to forget may be among what was just kept.
            streams = list(draft.folded)
            self._keys.forget_streams(streams)
            self.forget(streams)
        return draft, position

    @contextmanager
    def _line(self, steps: Sequence[Step], call: "_Call") -> Iterator[psycopg.Connection]:
        """A connection to decide and append on: each statement by itself, or queued for the streams."""
        if call.tries < QUEUED_AFTER and not any(step.moved_from for step in steps):
            with self._db.statements(Role.APPLICATION) as conn:
                yield conn
            return
        with self._db.connection(Role.APPLICATION) as conn:
            # From append to commit everybody waits; should our line go silent there, the server lets go soon.
            conn.execute("set local idle_in_transaction_session_timeout = '2s'")
            # In one order everywhere, so that two who queue for the same streams cannot wait for each other.
            for stream in sorted({step.stream.id for step in steps}):
                conn.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"overgang {stream}"])
            yield conn

    def _draft(
        self, conn: psycopg.Connection, steps: Sequence[Step], writing: Writing
    ) -> tuple[Draft, dict[tuple[UUID, KeyGroup], Key], int]:
        """Read and fold first, and decide; also the keys there are, and how far the erasure ledger was read."""
        streams = {step.stream.id: step.stream for step in steps}
        sources = [step.source.key(self._secrets) for step in steps if step.source]
        before = self._remembered.of(streams)
        since = {stream: before[stream][0] if stream in before else 0 for stream in streams}
        erasures, rows = self._recorder.select_newer(conn, since)
        if self._reader.ledger.read(conn, erasures):
            return self._draft(conn, steps, writing)
        past: dict[UUID, list[Entry]] = {}
        for entry in self._reader.open(conn, rows):
            if isinstance(entry, Entry):
                past.setdefault(entry.stream, []).append(entry)
        keys = self._keys.for_writing(conn, list(streams))
        draft = Draft(
            writing,
            self._secrets,
            streams.values(),
            past,
            before,
            self._delivered(conn, sources),
            versions=since | {_stream(row.originator_id): row.originator_version for row in rows},
            gone={stream: self._reader.ledger.of(stream) for stream in streams} if erasures else {},
        )
        for step in steps:
            draft.decide(step)
        return draft, keys, erasures

    def _put(
        self,
        conn: psycopg.Connection,
        draft: Draft,
        keys: Mapping[tuple[UUID, KeyGroup], Key],
        new: Sequence[NewKey],
        writing: Writing,
        attempt: UUID,
        erasures: int,
    ) -> int:
        lent = dict(keys) | {(one.key.stream, one.key.group): one.key for one in new}
        ids = [entry.entry_id for entry in draft.entries]
        recordings = self._store.put(
            [Sealing(entry, lent[entry.stream, entry.group]) for entry in draft.entries],
            conn=conn,
            keys=new,
            delivered=draft.delivered,
            command=attempt,
            # Of a batch nobody asks again what it wrote; its first entry tells whether it was written.
            entry_ids=ids if writing.command_id else ids[:1],
            recorded_at=writing.recorded_at,
            moved=draft.moved,
            seen_erasures=erasures,
        )
        return recordings[-1].notification.id

    def _committed(self, call: "_Call") -> tuple[Draft, int] | None:
        """Which of the drafts of which it is not known is in the log after all, and where it ends."""
        row = self._recorder.carried_out(call.id) if call.sent else None
        for draft in call.sent if row else ():
            ids = [entry.entry_id for entry in draft.entries]
            if row and row[1] in (ids, ids[:1]):
                return draft, row[0] + len(draft.entries) - 1
        return None

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


class _Call:
    """One call to append: its id in the log, what it sent, and how long it has tried."""

    def __init__(self, call_id: UUID) -> None:
        self.id = call_id
        self.sent: list[Draft] = []
        self.tries = 0
        self._broke_at: float | None = None
        self._looked_again = False

    @contextmanager
    def sending(self, draft: Draft) -> Iterator[None]:
        """Remember what was sent, until the database has said that it did not take it."""
        self.sent.append(draft)
        try:
            yield
        except Unavailable:
            raise
        except Exception:
            self.sent.remove(draft)
            raise

    def may_look_again(self) -> bool:
        """Once, when a line broke: what stood in the way of the second try may be the first."""
        may = bool(self.sent) and not self._looked_again
        self._looked_again = True
        return may

    def may_be_stored(self, fault: Unavailable) -> bool:
        """The server ended what was sent; perhaps when the entry was there and only the disk was waited for."""
        return bool(self.sent) and fault.sqlstate == QueryCanceled.sqlstate

    def line_broke(self, fault: Unavailable) -> None:
        """Wait a moment before the next try. Raises the fault when trying again is of no use."""
        if self._broke_at is None and not _is_broken(fault):
            raise fault
        if self._broke_at is None:
            self._broke_at = monotonic()
        if monotonic() - self._broke_at > RESOLVED_WITHIN:
            raise fault
        sleep(0.05)


def _is_broken(fault: Unavailable) -> bool:
    """Whether the line broke. A full pool or a statement that took too long is an answer, and it did nothing."""
    if isinstance(fault, PoolTimeout):
        return False
    return fault.sqlstate is None or fault.sqlstate.startswith(("57P", "08"))


def _stream(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
