"""The append-only log. Its verbs: `history`, `record`, `record_many` and `after`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import psycopg
from eventsourcing.application import Application

from database import Database, Role
from domain.codes import KeyGroup, StreamKind
from domain.refused import Refused
from eventlog.appending import Appender
from eventlog.drafting import Decide, Outcome, Step, Writing
from eventlog.entry import Actor, Entry, Erased, History, Stream
from eventlog.keys import KeyRing
from eventlog.ledger import Ledger
from eventlog.mapper import EntryMapper, StoredEntry, canonical
from eventlog.reading import Reader
from eventlog.recorder import LogRecorder
from eventlog.refusals import CommandKnown
from eventlog.secrets import Secrets, SecretsRefused


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
            self._check_index_key(conn)
        self._recorder = LogRecorder(db)
        self._mapper = EntryMapper(self.log_id, self._library_reads)
        self._reader = Reader(self.keys, self._mapper, Ledger(self.forget))
        self.store = Store(self._mapper, self._recorder)
        self._appender = Appender(db, secrets, self.keys, self._reader, self._recorder, self.store.events)

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
            with self.db.statements(Role.APPLICATION) as own:
                return self.history(stream, groups, until, own)
        wanted, others = self._recorder.select_stream(conn, stream, None if groups is None else list(groups), until)
        opened = self._reader.open(conn, wanted)
        erased = [one for one in opened if isinstance(one, Erased)]
        return History(
            entries=[one for one in opened if isinstance(one, Entry)],
            closed=[self._mapper.closed(row) for row in others if row.state],
            erased=erased + [self._mapper.erased(row) for row in others if not row.state],
        )

    def histories(
        self, streams: Sequence[UUID], until: int | None = None, conn: psycopg.Connection | None = None
    ) -> dict[UUID, list[Entry]]:
        """Many streams at once, each oldest first, everything opened; what was erased is left out.

        A stream without entries is absent.
        """
        if conn is None:
            with self.db.statements(Role.APPLICATION) as own:
                return self.histories(streams, until, own)
        found: dict[UUID, list[Entry]] = {}
        for entry in self._reader.open(conn, self._recorder.select_streams(conn, streams, until)):
            if isinstance(entry, Entry):
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
        a decision changes nothing itself. When the line breaks, it is found out whether the database committed.
        Raises Refused, Contended after too many lost races, or Unavailable; asking again with the same command is
        always safe.
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
            draft, position = self._appender.append(steps, writing)
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
        draft, _ = self._appender.append(steps, writing)
        return draft.outcomes

    def after(self, position: int, limit: int = 1000, conn: psycopg.Connection | None = None) -> list[Entry | Erased]:
        """The entries after this position, in the order of the log, at most `limit`; everything opened."""
        if conn is None:
            with self.db.statements(Role.FOLLOWER) as own:
                return self.after(position, limit, own)
        return self._reader.open(conn, self._recorder.select_after(conn, position, limit))

    def erase(
        self, conn: psycopg.Connection, erasure_id: UUID, stream: UUID, group: KeyGroup | None, at: datetime
    ) -> int:
        """Erase a stream, or one group of it: the ledger's row, the keys, the ciphertext, what was delivered.

        In the transaction of the caller, who has the eraser's role. Under a known id it only finishes what a restored
        backup has brought back. Answers with how many entries were emptied.
        """
        row = conn.execute("select log_erase(%s, %s, %s, %s)", [erasure_id, stream, group, at]).fetchone()
        return 0 if row is None else int(row[0])

    def forget(self, streams: Sequence[UUID]) -> None:
        """Keep no key and no state of these in this process's memory."""
        self.keys.forget_streams(streams)
        self._appender.forget(streams)

    def position(self) -> int:
        """How far the log has come; positions are gapless from 1."""
        return self._recorder.max_notification_id() or 0

    def wait(self, position: int, seconds: float) -> int:
        """How far the log has come, once that is past `position` or the time is over.

        What was erased meanwhile, by whomever, is forgotten here.
        """
        reached, erasures = self._recorder.wait(position, seconds)
        if erasures > self._reader.ledger.number:
            with self.db.statements(Role.FOLLOWER) as conn:
                self._reader.ledger.read(conn)
        return reached

    @staticmethod
    def digest(entry: Entry, salt: str) -> str:
        """SHA-256 in hex over the salt and the entry's canonical bytes, for `HandedItem`."""
        return sha256(salt.encode() + canonical(entry)).hexdigest()

    def _carried_out(self, command_id: UUID) -> Recorded | None:
        known = self._recorder.carried_out(command_id)
        if known is None:
            return None
        first, entry_ids = known
        return Recorded(position=first + len(entry_ids) - 1, entry_ids=tuple(entry_ids), already=True)

    def _check_index_key(self, conn: psycopg.Connection) -> None:
        """Under another index key nobody would be found again, and every delivery would be a new one."""
        mark = self._secrets.hmac("index check", self.log_id.bytes)
        if conn.execute("select log_index_check(%s)", [mark]).fetchone() != (True,):
            raise SecretsRefused(
                "Filen index.key hører ikke til denne database: ingen kan findes med den. Hent den rigtige fra "
                "sikkerhedskopien; der er ikke skrevet noget."
            )

    def _library_reads(self, row: StoredEntry) -> Entry | Erased:
        with self.db.statements(Role.FOLLOWER) as conn:
            return self._reader.open(conn, [row])[0]
