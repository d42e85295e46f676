"""One entry at a time: what a caseworker's click costs.

Ours, end to end (`EventLog.record`: read what is new of this person, decrypt, fold, decide, encrypt, append under the
log's lock, by which it is known whether the command was carried out before): once for people whom the process has not
met, so that their keys and all of their some 30 entries are read, and once for people whom it remembers. And our
recorder alone with ready rows. Beside them:

* raw: a prepared INSERT … RETURNING of the same bytes into the same columns and indexes, in autocommit; once alone
  and once with the row that makes a command known. No cheaper way exists to have PostgreSQL keep a row: one round
  trip, one flush of its journal. It keeps no order, checks no version and tells nobody.
* stock: the library's own recorder for PostgreSQL (lock, notify, insert), without our clear columns and without a row
  for the command.
* the disk alone: 8 kB and `fdatasync`, which every commit waits for.

The aims, at least 1.7 × stock with one writer and 2.5 × with four, are those of our recorder with the entry alone: the
same rows, bytes and indexes as stock has. The row of the command is what ours writes in truth.

With four writers each has a connection and people of their own; ours and stock must put them in a row. Stock's wait for
the disk in that row too, ours after it, together (docs/decisions/0013-appending.md).
"""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import cycle, islice
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from benchmarks.ground import Ground
from benchmarks.lives import BY, NOW, Life, begin
from benchmarks.ready import Bare, Shelf, any_id, bare_tables, same_log
from benchmarks.rounds import Contestant, Figure, Work, at_least, at_once, beside, in_turns
from benchmarks.size import Size
from benchmarks.stock import plain, stock_recorder
from domain.decisions import record_fact
from eventlog import EventLog, Stream, journey
from eventlog.mapper import StoredEntry

OURS, OURS_KNOWN = "record, history read", "record, person remembered"
ROWS, ROWS_ALONE = "our recorder, with command row", "our recorder, entry alone"
RAW, RAW_ALONE, STOCK = "raw INSERT, with command row", "raw INSERT, entry alone", "stock recorder"
DISK = "the disk alone"
_PAIRS = {
    OURS: (RAW, STOCK),
    OURS_KNOWN: (RAW, STOCK),
    ROWS: (RAW, STOCK),
    ROWS_ALONE: (RAW_ALONE, STOCK),
    STOCK: (RAW_ALONE,),
    RAW: (DISK,),
}
_MOST_WRITERS = 4
AIMS = {1: 1.7, _MOST_WRITERS: 2.5}
"""By writers: what our recorder must do, entry alone, in times of stock."""
_PAGE = bytes(8192)
T = TypeVar("T")


def run(ground: Ground, size: Size) -> list[Figure]:
    """Ratios are within the same number of writers."""
    rooms, rows = ground.rooms("append"), ground.rooms("append_rows")
    lives = begin(rooms.log, size.people, size.history)
    same_log(rows.db, rooms.db)
    bare_db = ground.database("append_bare")
    bare_tables(bare_db, rooms.db)
    ours, theirs, stocks = (Shelf(rooms.log, lives, size.history) for _ in range(3))
    recorder = rows.log.store.recorder

    def with_command(row: StoredEntry) -> None:
        recorder.insert_events([row], command=any_id(), entry_ids=[any_id()])

    figures = []
    with stock_recorder(ground.database("append_stock"), rooms.db) as stock, ExitStack() as until_then:
        bare = [until_then.enter_context(closing(Bare(bare_db))) for _ in range(_MOST_WRITERS)]
        for writers, aim in AIMS.items():
            crowd = _Crowd(lives, writers, size.appends)
            clicks = crowd.writes(_Click.ready, partial(_Click.record, log=rooms.log))
            contestants = {
                OURS: _to_strangers(rooms.log, lives, clicks),
                OURS_KNOWN: clicks,
                ROWS: crowd.writes(ours.row, with_command),
                ROWS_ALONE: crowd.writes(ours.row, lambda row: recorder.insert_events([row])),
                RAW: crowd.writes(theirs.row, *(one.insert_known for one in bare)),
                RAW_ALONE: crowd.writes(theirs.row, *(one.insert for one in bare)),
                STOCK: crowd.writes(lambda life: plain([stocks.row(life)]), stock.insert_events),
                DISK: _flushing(ground, writers, size.appends),
            }
            found = beside(in_turns(size.rounds, contestants), _PAIRS)
            found = [at_least(figure, aim, STOCK) if figure.what == ROWS_ALONE else figure for figure in found]
            figures += [replace(figure, what=f"{figure.what}, {_many(writers)}") for figure in found]
    return figures


def _to_strangers(log: EventLog, lives: Sequence[Life], clicks: Contestant) -> Contestant:
    """The same clicks, each for somebody of whom the process remembers neither keys nor state."""

    def make_ready(number: int) -> Work:
        work = clicks(number)
        log.forget([life.person for life in lives])
        return work

    return make_ready


class _Click(NamedTuple):
    """One command as a page sends it."""

    stream: Stream
    decide: Callable[[Any], Any]
    command: UUID

    @classmethod
    def ready(cls, life: Life) -> "_Click":
        return cls(journey(life.person), partial(record_fact, event=life.next(), today=date.max), any_id())

    def record(self, log: EventLog) -> None:
        log.record(self.stream, self.decide, by=BY, known_at=NOW, command_id=self.command)


@dataclass(frozen=True, slots=True)
class _Crowd:
    """Whose entries are written: every writer has people of its own, and takes them in turn."""

    lives: Sequence[Life]
    writers: int
    appends: int

    def writes(self, ready: Callable[[Life], T], *puts: Callable[[T], object]) -> Contestant:
        """Make everything ready before the clock starts; then all write. One `put` is shared by all writers."""
        puts = puts if len(puts) > 1 else puts * self.writers

        def make_ready(_: int) -> Work:
            shares = [
                [ready(life) for life in islice(cycle(self.lives[one :: self.writers]), self.appends // self.writers)]
                for one in range(self.writers)
            ]
            return partial(at_once, [partial(_put, put, share) for put, share in zip(puts, shares, strict=False)])

        return make_ready


def _put(put: Callable[[T], object], things: Sequence[T]) -> int:
    for thing in things:
        put(thing)
    return len(things)


def _flushing(ground: Ground, writers: int, appends: int) -> Contestant:
    """A journal of our own, in the folder of the database's."""

    def flush(number: int) -> int:
        handle = os.open(ground.folder / f"disk-{number}", os.O_WRONLY | os.O_CREAT)
        try:
            os.pwrite(handle, _PAGE * 64, 0)
            os.fsync(handle)
            for turn in range(appends // writers):
                os.pwrite(handle, _PAGE, len(_PAGE) * (turn % 64))
                os.fdatasync(handle)
        finally:
            os.close(handle)
        return appends // writers

    return lambda _: partial(at_once, [partial(flush, one) for one in range(writers)])


def _many(writers: int) -> str:
    return "1 writer" if writers == 1 else f"{writers} writers"
