"""Batches of 500 entries: what an import does.

Ours, end to end (`EventLog.record_many`: HMAC of the source, look up what was delivered, read and fold every history,
decide, encrypt, append in one transaction), each of the batch's entries for somebody else: once for people with a
short history, as when a municipality begins, once with 30 entries each. And our recorder alone with ready rows.
Beside them:

* COPY: the same rows and bytes into the same columns and indexes by binary COPY, one transaction for each 500; once
  with the rows that make a delivery known again, once without. No cheaper way exists to bring rows in.
* stock: the library's own recorder for PostgreSQL, 500 in a call, without our clear columns and deliveries.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial

from benchmarks.ground import Ground
from benchmarks.lives import BY, NOW, Life, begin
from benchmarks.ready import Bare, Shelf, any_id, bare_tables, delivered_with, same_log
from benchmarks.rounds import Contestant, Figure, Work, beside, in_turns
from benchmarks.size import Size
from benchmarks.stock import plain, stock_recorder
from eventlog import EventLog
from eventlog.mapper import StoredEntry
from eventlog.recorder import Delivered

SHORT = 5
LONG_LIVES, SHORT_LIVES = "record_many, histories of {}", f"record_many, histories of {SHORT}"
ROWS, ROWS_ALONE = "our recorder, with deliveries", "our recorder, entries alone"
COPY, COPY_ALONE, STOCK = "COPY, with deliveries", "COPY, entries alone", "stock recorder"
_MORE = 4
"""Ready rows go in so fast that more of them are needed for a figure."""


def run(ground: Ground, size: Size) -> list[Figure]:
    """Ratios are of entries a second."""
    rooms, rows, begun = ground.rooms("batches"), ground.rooms("batches_rows"), ground.rooms("batches_begun")
    lives = begin(rooms.log, size.batch, size.history)
    same_log(rows.db, rooms.db)
    bare_db = ground.database("batches_bare")
    bare_tables(bare_db, rooms.db)
    ours, theirs, stocks = (Shelf(rooms.log, lives, size.history) for _ in range(3))
    recorder = rows.log.store.recorder
    old = LONG_LIVES.format(size.history)
    pairs = {
        SHORT_LIVES: (COPY, STOCK),
        old: (COPY, STOCK),
        ROWS: (COPY, STOCK),
        ROWS_ALONE: (COPY_ALONE, STOCK),
        STOCK: (COPY_ALONE,),
    }

    with stock_recorder(ground.database("batches_stock"), rooms.db) as stock, closing(Bare(bare_db)) as bare:
        many = size.batches * _MORE
        contestants = {
            SHORT_LIVES: lambda number: _recording(
                begun.log, begin(begun.log, size.batch, SHORT, first=1 + number * size.batch), size.batches
            ),
            old: lambda _: _recording(rooms.log, lives, size.batches),
            ROWS: _ready(ours, lives, many, lambda batch, told: recorder.insert_events(batch, delivered=told)),
            ROWS_ALONE: _ready(ours, lives, many, lambda batch, _: recorder.insert_events(batch)),
            COPY: _ready(theirs, lives, many, bare.copy),
            COPY_ALONE: _ready(theirs, lives, many, lambda batch, _: bare.copy(batch)),
            STOCK: _ready(stocks, lives, many, lambda batch, _: stock.insert_events(plain(batch))),
        }
        return beside(in_turns(size.rounds, contestants), pairs)


def _recording(log: EventLog, lives: Sequence[Life], batches: int) -> Work:
    """So many batches in which one more thing happens to each of these people."""
    steps = [[life.step(source=str(any_id())) for life in lives] for _ in range(batches)]

    def work() -> int:
        for batch in steps:
            log.record_many(batch, by=BY, known_at=NOW)
        return len(lives) * batches

    return work


def _ready(
    shelf: Shelf,
    lives: Sequence[Life],
    batches: int,
    put: Callable[[Sequence[StoredEntry], Sequence[Delivered]], object],
) -> Contestant:
    """So many batches of rows that only have to be put."""

    def make_ready(_: int) -> Work:
        waiting = [(rows, delivered_with(rows)) for rows in (shelf.rows(lives) for _ in range(batches))]
        return partial(work, waiting)

    def work(waiting: Sequence[tuple[Sequence[StoredEntry], Sequence[Delivered]]]) -> int:
        for rows, delivered in waiting:
            put(rows, delivered)
        return len(lives) * batches

    return make_ready
