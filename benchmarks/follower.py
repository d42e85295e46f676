"""Keeping the lists up with the log: a backlog of people who each have 30 entries of history before it; and a rebuild.

Ours: the follower that has just started (it reads the history of everybody it meets), the one that has been running
(it remembers people), both in batches of 1,000; and `rebuild` of the whole log beside the tables in use. Beside them:

* reading: the same rows of the log fetched in binary, decrypted and decoded by the library that knows their types, and
  thrown away. Whoever makes rows from the log must at least do this. Cold, the keys of the people have to be fetched
  and unwrapped first; warm, they are at hand.
* `EventLog.after`: the same through our own reader, which also builds the entries.
* runner: a `ProjectionRunner` of the library, with a view on a `PostgresTrackingRecorder` that works out the same rows
  with the same code and writes them into tables of its own, one entry in a transaction: the library has no other way.
  It remembers people, who are loaded before its clock starts, and does the first entries of the backlog only.
"""

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

import msgspec
from psycopg import Connection

from benchmarks.ground import Ground, Rooms, owner
from benchmarks.library_runner import LibraryRunner
from benchmarks.lives import BY, NOW, begin, go_on
from benchmarks.rounds import Figure, Work, beside, in_turns
from benchmarks.size import Size
from database import Role
from eventlog import EventLog
from eventlog.codec import Envelope
from eventlog.keys import key_id_of
from eventlog.mapper import bound_to
from eventlog.names import STORED
from projections import tables
from projections.closing_days import ensure_rules
from projections.follow import LIVE, Follower
from projections.rebuild import NAMES, rebuild

COLD, WARM, RUNNER = "follower, just started", "follower, running", "library's ProjectionRunner"
READ_COLD, READ_WARM, AFTER = "reading, cold", "reading, warm", "EventLog.after, warm"
REBUILD, READ_ALL = "rebuild of the whole log", "reading the whole log, cold"
_PAIRS = {COLD: (READ_COLD, RUNNER), WARM: (READ_WARM, RUNNER), AFTER: (READ_WARM,), REBUILD: (READ_ALL,)}
_BATCH = 1_000


def run(ground: Ground, size: Size) -> list[Figure]:
    """All in entries of the log a second. Every follower has tables of its own; at the end they must be alike."""
    rooms = ground.rooms("follower")
    log = rooms.log
    ensure_rules(log, BY, NOW)
    lives = begin(log, size.followed, size.history)
    rebuild(rooms.db, log)
    cold, warm, behind = (_follower(rooms, name) for name in ("cold", "warm", "runner"))
    go_on(log, lives)
    _catch_up(cold)
    _catch_up(warm)  # now it remembers everybody
    starts: list[int] = []

    def backlog(number: int) -> int:
        """Where the backlog of this round starts; made when somebody first asks for it."""
        if number == len(starts):
            _catch_up(behind)
            starts.append(log.position())
            go_on(log, Random(number).choices(lives, k=size.backlog))
        return starts[number]

    def read_cold(number: int) -> Work:
        start = backlog(number)
        log.keys.forget()
        return partial(_read, log, conn, start)

    def follow_cold(_: int) -> Work:
        cold.forget()
        log.keys.forget()
        return partial(_catch_up, cold)

    def read_warm(number: int) -> Work:
        _all_keys(log)
        return partial(_read, log, conn, backlog(number))

    def read_all(_: int) -> Work:
        log.keys.forget()
        return partial(_read, log, conn, 0)

    def build(_: int) -> Work:
        log.keys.forget()
        return partial(_rebuild, rooms)

    with (
        owner(rooms.db) as conn,
        LibraryRunner(rooms.db, log, suffix="_runner", entries=size.runner) as library,
    ):

        def follow_by_library(number: int) -> Work:
            behind.forget()
            return library.ready(backlog(number), name="runner")

        rates = in_turns(
            size.rounds,
            {
                READ_COLD: read_cold,
                COLD: follow_cold,
                READ_WARM: read_warm,
                AFTER: lambda number: partial(_after, log, backlog(number)),
                WARM: lambda _: partial(_catch_up, warm),
                RUNNER: follow_by_library,
                READ_ALL: read_all,
                REBUILD: build,
            },
        )
    _catch_up(behind)
    _must_be_alike(rooms, ("", "_cold", "_warm", "_runner"))
    return beside(rates, _PAIRS)


def _follower(rooms: Rooms, name: str) -> Follower:
    """A follower with tables of its own, which stand where the tables in use do."""
    suffix = f"_{name}"
    rooms.db.install([(f"benchmark {name}", tables.schema(suffix))])
    with owner(rooms.db) as conn:
        for table in NAMES:
            conn.execute(f"insert into {table}{suffix} select * from {table}")
        conn.execute(
            "insert into follower (name, position, rules_hash) select %s, position, rules_hash from follower"
            " where name = %s",
            [name, LIVE],
        )
    return Follower(rooms.db, rooms.log, name=name, suffix=suffix)


def _catch_up(follower: Follower) -> int:
    taken = 0
    while some := follower.catch_up(_BATCH):
        taken += some
    return taken


def _rebuild(rooms: Rooms) -> int:
    rebuilt = rebuild(rooms.db, rooms.log)
    assert (rebuilt.differences, rebuilt.parked) == (0, 0)
    return rebuilt.entries


_envelope = msgspec.json.Decoder(Envelope).decode
_EVENT: dict[str, Callable[[bytes | msgspec.Raw], Any]] = {
    name: msgspec.json.Decoder(kind).decode for name, kind in STORED.items()
}


def _read(log: EventLog, conn: Connection[Any], start: int) -> int:
    """Fetch, decrypt, decode, throw away."""
    cursor = conn.execute(
        "select state, originator_id, originator_version, topic, key_group from log_events"
        " where notification_id > %s order by notification_id",
        [start],
        binary=True,
    )
    count = 0
    while rows := cursor.fetchmany(_BATCH):
        keys = log.keys.find_many(conn, {key_id_of(row[0]) for row in rows})
        for state, stream, version, topic, group in rows:
            plain = keys[key_id_of(state)].open(state, bound_to(log.log_id, stream, version, topic, group))
            envelope = _envelope(plain)
            _EVENT[envelope.name](envelope.event)
        count += len(rows)
    return count


def _after(log: EventLog, start: int) -> int:
    position = start
    while entries := log.after(position, _BATCH):
        position = entries[-1].position
    return position - start


def _all_keys(log: EventLog) -> None:
    with log.db.connection(Role.FOLLOWER) as conn:
        log.keys.get_many(conn, [key_id.bytes for (key_id,) in conn.execute("select key_id from log_keys")])


def _must_be_alike(rooms: Rooms, suffixes: tuple[str, ...]) -> None:
    """Whoever wrote the rows, they are the same: else it was not the same work."""
    with owner(rooms.db) as conn:
        for table in NAMES:
            sums = {
                conn.execute(f"select count(*), sum(hashtextextended(t::text, 0)) from {table}{suffix} t").fetchone()
                for suffix in suffixes
            }
            assert len(sums) == 1, f"{table}: {sums}"
