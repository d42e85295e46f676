"""Batches of 500 and of 5,000 entries: what an import does. Each of a batch's entries is for somebody else.

Ours, end to end (`EventLog.record_many`: HMAC of the source, look up what was delivered, read and fold every history,
decide, encrypt, append in one transaction): for people whom the process has not met, once with a short history, as when
a municipality begins, and once with 30 entries each; and for people whom it remembers, as far as it does of so many.
Then encryption and dedupe alone: the same without reading and deciding. And our recorder alone with ready rows. Beside
them:

* COPY: the same rows and bytes into the same columns and indexes by binary COPY, as many in a transaction; once with
  the rows that make a delivery known again, once without. No cheaper way exists to bring rows in.
* stock: the library's own recorder for PostgreSQL, without our clear columns and deliveries. More than some 0.3 MB in
  one call and it hangs for ever, so 5,000 go in as many calls as are safe, each a transaction of its own.
* the same as our recorder, with all its checks and deliveries, but with the rows brought in by COPY: into a table
  beside the log, from which they are inserted, or straight into the log while its lock is held (`copying.py`).

The aims, at least 0.25 of COPY for 500 and 0.18 for 5,000, are those of encryption and dedupe.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import TypeVar

from benchmarks.copying import Copying
from benchmarks.filling import fill
from benchmarks.ground import Ground, Rooms
from benchmarks.lives import BY, NOW, Life
from benchmarks.ready import Bare, Shelf, any_id, bare_tables, delivered_with, same_log
from benchmarks.rounds import Contestant, Figure, Work, at_least, beside, in_turns
from benchmarks.size import Size
from benchmarks.stock import safe_calls, stock_recorder
from database import Role
from eventlog import Entry, EventLog, Source
from eventlog.codec import event_bytes
from eventlog.mapper import StoredEntry
from eventlog.recorder import Delivered
from eventlog.remembered import KEPT

SHORT = 5
LONG_LIVES, SHORT_LIVES = "record_many, histories of {}", f"record_many, histories of {SHORT}"
KNOWN = "record_many, people remembered"
SEALED = "our recorder, encryption and dedupe"
ROWS, ROWS_ALONE = "our recorder, with deliveries", "our recorder, entries alone"
BESIDE, STRAIGHT = "by COPY to a table beside", "by COPY straight, under the lock"
COPY, COPY_ALONE, STOCK = "COPY, with deliveries", "COPY, entries alone", "stock recorder"
AIMS = (0.25, 0.18)
"""By size: what encryption and dedupe must do, in times of COPY."""
_MORE = 4
"""Ready rows go in so fast that more of them are needed for a figure."""
Ready = tuple[Sequence[StoredEntry], Sequence[Delivered]]
T = TypeVar("T")


def run(ground: Ground, size: Size) -> list[Figure]:
    """Ratios are of entries a second, within the same size."""
    figures = []
    for batch, aim in zip(size.batch, AIMS, strict=True):
        found = _of(ground, size, batch)
        ground.clear()
        found = [at_least(figure, aim, COPY) if figure.what == SEALED else figure for figure in found]
        figures += [replace(figure, what=f"{figure.what}, {batch:,}") for figure in found]
    return figures


def _of(ground: Ground, size: Size, batch: int) -> list[Figure]:
    name = f"batches_{batch}"
    rooms, rows, copied, begun = (ground.rooms(name + which) for which in ("", "_rows", "_copied", "_begun"))
    many = max(1, size.batched // batch)
    lives = fill(rooms.log, many * batch, size.history)
    for other in (rows, copied):
        same_log(other.db, rooms.db)
    bare_db = ground.database(f"{name}_bare")
    bare_tables(bare_db, rooms.db)
    ours, theirs, stocks, others = (Shelf(rooms.log, lives, size.history) for _ in range(4))
    recorder, copying = rows.log.store.recorder, Copying(copied.db)
    dedupe = _Dedupe(rows, ours)
    old = LONG_LIVES.format(size.history)
    pairs = {
        SHORT_LIVES: (COPY, STOCK),
        old: (COPY, STOCK),
        KNOWN: (COPY, STOCK),
        SEALED: (COPY, STOCK),
        ROWS: (COPY, STOCK),
        BESIDE: (COPY, ROWS),
        STRAIGHT: (COPY, ROWS),
        ROWS_ALONE: (COPY_ALONE, STOCK),
        STOCK: (COPY_ALONE,),
    }

    def young(number: int) -> Work:
        return _recording(begun.log, fill(begun.log, many * batch, SHORT, first=(1 + number) * len(lives)), batch)

    def strangers(_: int) -> Work:
        rooms.log.forget([life.person for life in lives])
        return _recording(rooms.log, lives, batch)

    def ready(shelf: Shelf, put: Callable[[Ready], object]) -> Contestant:
        return _putting(lambda some: _ready(shelf.rows(some)), put, lives, batch, size.batched * _MORE)

    with stock_recorder(ground.database(f"{name}_stock"), rooms.db) as stock, closing(Bare(bare_db)) as bare:

        def by_stock(batch: Ready) -> None:
            for call in safe_calls(batch[0]):
                stock.insert_events(call)

        contestants = {
            SHORT_LIVES: young,
            old: strangers,
            **({KNOWN: lambda _: _recording(rooms.log, lives, batch)} if len(lives) <= KEPT else {}),
            SEALED: _putting(dedupe.delivery, dedupe.put, lives, batch, size.batched),
            ROWS: ready(ours, lambda some: recorder.insert_events(some[0], delivered=some[1])),
            BESIDE: ready(others, lambda some: copying.beside(*some)),
            STRAIGHT: ready(others, lambda some: copying.straight(*some)),
            ROWS_ALONE: ready(ours, lambda some: recorder.insert_events(some[0])),
            COPY: ready(theirs, lambda some: bare.copy(*some)),
            COPY_ALONE: ready(theirs, lambda some: bare.copy(some[0])),
            STOCK: ready(stocks, by_stock),
        }
        rates = in_turns(size.rounds, contestants)
    copying.must_be_whole()
    return beside(rates, pairs)


def _recording(log: EventLog, lives: Sequence[Life], batch: int) -> Work:
    """One more thing happens to each of these people, in batches of different people."""
    batches = [
        [life.step(source=str(any_id())) for life in lives[start : start + batch]]
        for start in range(0, len(lives), batch)
    ]

    def work() -> int:
        for steps in batches:
            log.record_many(steps, by=BY, known_at=NOW)
        return len(lives)

    return work


def _putting(
    ready: Callable[[Sequence[Life]], T], put: Callable[[T], object], lives: Sequence[Life], batch: int, entries: int
) -> Contestant:
    """About so many entries, two batches at least, made ready before the clock starts."""

    def make_ready(_: int) -> Work:
        return partial(work, [ready(lives[:batch]) for _ in range(max(2, entries // batch))])

    def work(waiting: Sequence[T]) -> int:
        for one in waiting:
            put(one)
        return len(waiting) * batch

    return make_ready


def _ready(rows: Sequence[StoredEntry]) -> Ready:
    return rows, delivered_with(rows)


class _Dedupe:
    """What `EventLog` does with a batch of deliveries, without what it reads and decides of people."""

    def __init__(self, rooms: Rooms, shelf: Shelf) -> None:
        self._rooms, self._shelf = rooms, shelf

    def delivery(self, lives: Sequence[Life]) -> list[tuple[Source, Entry]]:
        """One more thing of each, as an import would bring it."""
        return [(Source("benchmark", str(any_id())), self._shelf.entry(life)) for life in lives]

    def put(self, batch: Sequence[tuple[Source, Entry]]) -> None:
        """Leave out what was delivered already, close the others and append them."""
        secrets = self._rooms.secrets
        keys = [source.key(secrets) for source, _ in batch]
        with self._rooms.db.statements(Role.APPLICATION) as conn:
            found = conn.execute(
                "select source_key, content, entry_id, stream from log_sources where source_key = any(%b)",
                [keys],
                binary=True,
            )
            known = {row[0]: row[1] for row in found}
            rows, told = [], []
            for key, (_, entry) in zip(keys, batch, strict=True):
                content = secrets.hmac("content", event_bytes(entry.event))
                if known.get(key) == content:
                    continue
                rows.append(self._shelf.seal(entry))
                told.append(Delivered(key, content, entry.entry_id, entry.stream))
            ids = [told[0].entry_id]
            self._rooms.log.store.recorder.insert_events(
                rows, conn=conn, delivered=told, command=any_id(), entry_ids=ids
            )
