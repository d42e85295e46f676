"""What it costs to forget: the erasure of one person with 33 entries in a log of 100,000, and a new master key.

All entries came by files, so that what makes their deliveries known again must go too.

Ours is `EventLog.erase` with the commit of its transaction: under the log's lock the ledger's row, the keys, the
ciphertext of every entry, what was delivered. The house does more around it (`erasure/`), which is not measured here.
Beside it:

* raw: somebody else's keys and deliveries deleted and 33 ciphertexts emptied by one plain statement in autocommit,
  without a ledger.

A rotation (`eventlog.rotating`) makes a new master key, closes every data key again under it and destroys the old one.
Beside it: the same keys closed again in memory, and thrown away. The aim is what was found possible before it was
built: 20,000 keys in 0.6-1.5 s.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from psycopg import Connection

from benchmarks.filling import fill
from benchmarks.ground import Ground, Rooms, owner
from benchmarks.lives import NOW
from benchmarks.ready import any_id
from benchmarks.rounds import Contestant, Figure, Work, beside, in_turns
from benchmarks.size import Size
from database import Role
from domain.codes import KeyGroup
from eventlog.keys import rewrap
from eventlog.rotating import rotate

ERASE, RAW = "one person erased", "raw, without a ledger"
ROTATE, IN_MEMORY = "rotation", "the same in memory alone"
KEYS, MOST_SECONDS = 20_000, 1.5
_RAW = (
    "with keys as (delete from log_keys where stream = %(person)b),"
    " sources as (delete from log_sources where stream = %(person)b)"
    " update log_events set state = '' where originator_id = %(person)b"
)


def run(ground: Ground, size: Size) -> list[Figure]:
    """Of a house with master keys of its own, because they are destroyed."""
    rooms = ground.rooms("erasing", keys="keys-erasing")
    history = size.growth_history
    people = iter([life.person for life in fill(rooms.log, size.erasing // history, history, delivered=True)])
    with closing(owner(rooms.db)) as raw:
        raw.execute("analyze log_events")
        raw.execute("analyze log_sources")
        erased = in_turns(
            size.rounds,
            {
                ERASE: _each(people, size.erased, partial(_erase, rooms, history)),
                RAW: _each(people, size.erased, partial(_raw, raw, history)),
            },
        )
        turned = in_turns(
            size.rounds, {ROTATE: lambda _: partial(_rotate, rooms), IN_MEMORY: partial(_keys, rooms, raw)}
        )
    again, alone = beside(turned, {ROTATE: (IN_MEMORY,)}, unit="keys/s")
    ours, theirs = (
        Figure(what=what, unit="ms", rounds=[1000 / rate for rate in erased[what]]) for what in (ERASE, RAW)
    )
    return [
        replace(ours, beside={RAW: ours.median / theirs.median}),
        theirs,
        replace(again, target=f"{KEYS:,} keys within {MOST_SECONDS} s", met=again.median >= KEYS / MOST_SECONDS),
        alone,
    ]


def _each(people: Iterator[UUID], count: int, erase: Callable[[UUID], None]) -> Contestant:
    """The next so many people, one after the other."""

    def make_ready(_: int) -> Work:
        return partial(work, [next(people) for _ in range(count)])

    def work(some: list[UUID]) -> int:
        for person in some:
            erase(person)
        return len(some)

    return make_ready


def _erase(rooms: Rooms, history: int, person: UUID) -> None:
    with rooms.db.connection(Role.ERASER) as conn:
        emptied = rooms.log.erase(conn, any_id(), person, None, NOW)
    assert emptied == history


def _raw(conn: Connection[Any], history: int, person: UUID) -> None:
    assert conn.execute(_RAW, {"person": person}, prepare=True).rowcount == history


def _rotate(rooms: Rooms) -> int:
    return rotate(rooms.db, rooms.secrets, rooms.log.log_id).rewrapped


def _keys(rooms: Rooms, conn: Connection[Any], _: int) -> Work:
    """Fetched before the clock starts."""
    rows = conn.execute("select key_id, stream, key_group, epoch, wrapped from log_keys", binary=True).fetchall()

    def work() -> int:
        for key_id, stream, group, epoch, wrapped in rows:
            rewrap(rooms.secrets, rooms.log.log_id, key_id.bytes, stream, KeyGroup(group), epoch, wrapped, epoch)
        return len(rows)

    return work
