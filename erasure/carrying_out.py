"""Erases what two people decided: one transaction over every room, and what must follow it.

Whatever happens in between, running it again ends erased: before the transaction commits, a line in the ledger file
says that it is decided for good, and that line is carried out again until the database is as it says.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from psycopg import Connection, sql
from psycopg.errors import DeadlockDetected, LockNotAvailable

from database import Role
from erasure import table
from erasure.deciding import Deciding, must_be_the_same_files
from erasure.done import is_done
from erasure.intents import Intent, Intents
from erasure.lists import READ_TABLES, drop_rows
from erasure.refusals import ErasureRefused, ErasureStuck
from erasure.set_aside import drop_from_lists, forget_rows
from erasure.table import Erasure, Stage
from intake import Office
from projections.again import work_out_again
from projections.turns import RebuildRunning, beside_others

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")
Done = Callable[[str], None]
"""Told after each step; tests end the process there."""

STEPS = (
    "rows", "set aside", "register", "log", "lists of files", "intent",
    "committed", "forgotten", "worked out", "vacuumed", "finished",
)  # fmt: skip
"""In this order; those before `committed` are one transaction."""

TRIES = 5
"""How often the transaction is tried while others hold what it must change."""

PATIENCE = 60.0
"""Seconds to wait for a rebuild, or for another erasure, to end."""

_VACUUMED = (
    "log_events", "log_keys", "log_sources", "person", "person_name_prefix", "relative", "set_aside", "listed",
    "proposal", *READ_TABLES,
)  # fmt: skip


def _nothing(_: str) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class Eraser:
    """Carries erasures out in this office. Not hurried: it may wait a minute for others to finish."""

    office: Office
    intents: Intents

    @property
    def deciding(self) -> Deciding:
        """The decisions that come before."""
        return Deciding(self.office, self.intents)

    def carry_out(self, erasure_id: UUID, *, now: datetime, done: Done = _nothing) -> Erasure:
        """Erase what was confirmed, or finish what broke off. Done once, it is nothing.

        Raises ErasureRefused when it may not be or is not confirmed, ErasureStuck when somebody else is in the way.
        """
        with self._alone():
            begun = self._intents().get(erasure_id)
            if begun is None:
                intent = self._in_one_transaction(lambda conn: self._erase_decided(conn, erasure_id, now, done))
                self._follow_up(intent, now, done)
            elif begun in self._undone():
                self._finish(begun, now, done)
        with self.office.db.connection(Role.APPLICATION) as conn:
            found = table.find(conn, erasure_id)
        if found is None:
            raise ErasureRefused("no-such-erasure")
        return found

    def finish_begun(self, *, now: datetime, done: Done = _nothing) -> int:
        """Erase everything that the ledger file has and the database has not: how many erasures that were.

        At every start, before anything is served. Raises ErasureStuck.
        """
        if not self._undone():
            return 0
        with self._alone():
            undone = self._undone()
            for intent in undone:
                self._finish(intent, now, done)
        if undone:
            logger.warning("%d erasure(s) that had begun were finished", len(undone))
        return len(undone)

    def waiting(self, now: datetime) -> list[UUID]:
        """Those that two people have decided and nobody has carried out, and those that broke off."""
        begun = [intent.erasure_id for intent in self._undone()]
        ready = [one.erasure_id for one in self.deciding.all() if one.stage(now) is Stage.CONFIRMED]
        return list(dict.fromkeys([*begun, *ready]))

    def _finish(self, intent: Intent, now: datetime, done: Done) -> None:
        self._in_one_transaction(lambda conn: self._erase_again(conn, intent, done))
        self._follow_up(intent, now, done)

    def _erase_decided(self, conn: Connection[Any], erasure_id: UUID, now: datetime, done: Done) -> Intent:
        one = table.find(conn, erasure_id, locked=True)
        intent = self._intent_of(one, now)
        if one is None or table.is_held(conn, one.person_id):
            raise ErasureRefused("held")
        must_be_the_same_files(conn, one)
        self._erase(conn, intent, now, done)
        # Only now is the log's lock held: nobody writes any more between this look and the commit.
        if table.content_of(conn, one.streams) != one.content:
            raise ErasureRefused("changed")
        self.intents.append(intent)
        done("intent")
        return intent

    def _intent_of(self, one: Erasure | None, now: datetime) -> Intent:
        if one is None:
            raise ErasureRefused("no-such-erasure")
        refusal = _NOT_NOW.get(one.stage(now))
        if refusal or one.confirmed_by is None or one.confirmed_at is None:
            raise ErasureRefused(refusal or "not-confirmed")
        return Intent(
            log_id=self.office.log.log_id,
            erasure_id=one.erasure_id,
            streams=one.streams,
            group=one.group,
            at=now,
            ground=one.ground,
            archive=one.archive,
            proposed_by=one.proposed_by,
            proposed_at=one.proposed_at,
            confirmed_by=one.confirmed_by,
            confirmed_at=one.confirmed_at,
        )

    def _erase_again(self, conn: Connection[Any], intent: Intent, done: Done) -> None:
        """By the ledger file alone: a restored database may know nothing of it, or that somebody else was wanted."""
        same = [one for one in table.open_ones(conn, intent.streams[0]) if one.group == intent.group]
        others = [one.erasure_id for one in same if one.erasure_id != intent.erasure_id]
        table.withdraw(conn, others, intent.confirmed_by, intent.at)
        table.decided(
            conn,
            Erasure(
                erasure_id=intent.erasure_id,
                person_id=intent.streams[0],
                streams=intent.streams,
                group=intent.group,
                ground=intent.ground,
                archive=intent.archive,
                reference="",
                content=None,
                proposed_by=intent.proposed_by,
                proposed_at=intent.proposed_at,
                confirmed_by=intent.confirmed_by,
                confirmed_at=intent.confirmed_at,
            ),
        )
        self._erase(conn, intent, intent.at, done)

    def _erase(self, conn: Connection[Any], intent: Intent, now: datetime, done: Done) -> None:
        streams = list(intent.streams)
        drop_rows(conn, streams)
        done("rows")
        forget_rows(conn, self.office, streams, intent.group)
        done("set aside")
        if intent.group is None:
            for stream in streams:
                self.office.register.forget(conn, stream)
            others = [one.erasure_id for one in table.open_ones(conn, streams[0])]
            table.withdraw(conn, [one for one in others if one != intent.erasure_id], intent.confirmed_by, now)
        done("register")
        for ledger_id, stream in zip(intent.ledger_ids, streams, strict=True):
            self.office.log.erase(conn, ledger_id, stream, intent.group, intent.at)
        done("log")
        drop_from_lists(conn, streams, intent.group)
        done("lists of files")

    def _follow_up(self, intent: Intent, now: datetime, done: Done) -> None:
        """What cannot be in the transaction. All of it may be done again."""
        done("committed")
        self.office.log.forget(intent.streams)
        done("forgotten")
        try:
            work_out_again(self.office.db, self.office.log, intent.streams, patience=PATIENCE)
            done("worked out")
            self._vacuum()
            done("vacuumed")
        except RebuildRunning:
            raise ErasureStuck(_REBUILDING) from None
        except LockNotAvailable:
            raise ErasureStuck(_BUSY) from None
        with self.office.db.connection(Role.ERASER) as conn:
            table.finish(conn, intent.erasure_id, now)
        done("finished")

    def _vacuum(self) -> None:
        """So that the pages are written over. What the disk keeps of it ends with the next master key."""
        with self.office.db.autocommit(Role.OWNER) as conn:
            conn.execute("set statement_timeout = 0")
            conn.execute("select set_config('lock_timeout', %s, false)", [f"{PATIENCE:.0f}s"])
            conn.execute(sql.SQL("vacuum {}").format(sql.SQL(", ").join(map(sql.Identifier, _VACUUMED))))

    def _undone(self) -> list[Intent]:
        intents = self._intents().values()
        if not intents:
            return []
        with self.office.db.connection(Role.ERASER) as conn:
            return [one for one in intents if not is_done(conn, one)]

    def _intents(self) -> dict[UUID, Intent]:
        """Those of this log: a folder of keys may have been used for another."""
        return {one.erasure_id: one for one in self.intents.read() if one.log_id == self.office.log.log_id}

    def _in_one_transaction(self, work: Callable[[Connection[Any]], Answer]) -> Answer:
        """As the eraser, while no rebuild can put old rows back. Raises ErasureStuck."""
        try:
            with beside_others(self.office.db, PATIENCE):
                for _ in range(TRIES):
                    with suppress(LockNotAvailable, DeadlockDetected), self.office.db.connection(Role.ERASER) as conn:
                        return work(conn)
        except RebuildRunning:
            raise ErasureStuck(_REBUILDING) from None
        raise ErasureStuck(_BUSY)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One erasure at a time, in all processes; given up when the connection ends, however the process does."""
        with self.office.db.autocommit(Role.ERASER) as conn:
            conn.execute("select set_config('lock_timeout', %s, false)", [f"{PATIENCE:.0f}s"])
            conn.execute("set statement_timeout = 0")
            try:
                name = f"overgang erasure {self.office.db.schema}"
                conn.execute("select pg_advisory_lock(hashtextextended(%s, 0))", [name])
            except LockNotAvailable:
                raise ErasureStuck(_ANOTHER) from None
            yield


_NOT_NOW = {Stage.FINISHED: "done", Stage.WITHDRAWN: "withdrawn", Stage.STALE: "stale", Stage.PROPOSED: "not-confirmed"}

_REBUILDING = "Listerne bygges op igen lige nu. Vent, til det er færdigt, og kør “overgang slet-person udfoer”."
_BUSY = "Andre holder det, der skal slettes. Prøv igen om lidt med “overgang slet-person udfoer”."
_ANOTHER = "En anden sletning er i gang. Prøv igen om lidt med “overgang slet-person udfoer”."
