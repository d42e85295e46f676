"""Entries that cannot be read, and tables that cannot make somebody's rows; and how each is put right again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import TupleRow

from database import Database, Role
from domain.codes import KeyGroup
from domain.facts import Life
from domain.journey import Journey
from domain.rules import RuleSet
from eventlog import EventLog
from eventlog.keys import key_id_of
from eventlog.mapper import TOPIC, bound_to
from projections.spans import Table

Undo = Callable[[], None]
"""Puts right what was spoilt."""


class HasLog(Protocol):
    """A world of the tests, or a house."""

    @property
    def db(self) -> Database: ...
    @property
    def log(self) -> EventLog: ...


@dataclass(frozen=True)
class Row:
    """A row of the log, and what is needed to close another in its place."""

    world: HasLog
    conn: Connection[TupleRow]
    stream: UUID
    version: int
    state: bytes
    group: KeyGroup

    def closed_with(self, **fields: Any) -> bytes:
        """The entry with other fields, closed as it should be."""
        key = self.world.log.keys.get(self.conn, key_id_of(self.state))
        bound = bound_to(self.world.log.log_id, self.stream, self.version, TOPIC, self.group)
        return key.seal(msgspec.json.encode(msgspec.json.decode(key.open(self.state, bound)) | fields), bound)


def _altered(row: Row) -> bytes:
    """One bit of the ciphertext is another."""
    return row.state[:-1] + bytes([row.state[-1] ^ 1])


def _cut(row: Row) -> bytes:
    """Less is left of it than a key's name."""
    return row.state[:9]


def _emptied(_: Row) -> bytes:
    """As an erasure leaves it, but no ledger knows of one."""
    return b""


def _wrong_key(row: Row) -> bytes:
    """It names a key that is there, and is somebody else's."""
    found = row.conn.execute("select key_id from log_keys where stream <> %s limit 1", [row.stream]).fetchone()
    assert found, "there must be another key"
    return row.state[:1] + found[0].bytes + row.state[17:]


def _missing_key(row: Row) -> bytes:
    """It names a key that is not there."""
    return row.state[:1] + bytes(16) + row.state[17:]


def _unknown_name(row: Row) -> bytes:
    """An event that this program does not know."""
    return row.closed_with(name="event-of-tomorrow-1")


def _bad_fields(row: Row) -> bytes:
    """An event whose fields are not those of its name."""
    return row.closed_with(event={"on": "i går"})


def _huge(row: Row) -> bytes:
    """Five megabytes that are no event."""
    return row.closed_with(event="x" * 5_000_000)


UNREADABLE: dict[str, tuple[Callable[[Row], bytes], str]] = {
    "bytes altered": (_altered, "Forged"),
    "cut": (_cut, "Forged"),
    "emptied": (_emptied, "Forged"),
    "wrong key": (_wrong_key, "Forged"),
    "missing key": (_missing_key, "KeyMissing"),
    "unknown name": (_unknown_name, "Unreadable"),
    "bad fields": (_bad_fields, "Unreadable"),
    "huge and no entry": (_huge, "Unreadable"),
}
"""What may become of an entry, and the name of the fault that a reader meets."""


def spoil(world: HasLog, position: int, kind: str = "bytes altered") -> Undo:
    """Make the entry at this position one that cannot be read."""
    with world.db.connection(Role.OWNER) as conn:
        row = conn.execute(
            "select originator_id, originator_version, state, key_group from log_events where notification_id = %s",
            [position],
        ).fetchone()
        assert row, "nothing stands there"
        stream, version, state, group = row
        make, _ = UNREADABLE[kind]
        _put(conn, position, make(Row(world, conn, stream, version, bytes(state), KeyGroup(group))))

    def undo() -> None:
        with world.db.connection(Role.OWNER) as conn:
            _put(conn, position, bytes(state))

    return undo


def _put(conn: Connection[TupleRow], position: int, state: bytes) -> None:
    conn.execute("update log_events set state = %s where notification_id = %s", [state, position])


@contextmanager
def faulty(table: Table, cannot: Callable[[Life, RuleSet], bool]) -> Iterator[None]:
    """This table's function cannot make the rows of such lives under such rules."""
    real = table.rows_of

    def rows_of(life: Life, journey: Journey, rules: RuleSet) -> tuple[Any, ...]:
        if cannot(life, rules):
            raise ZeroDivisionError
        return real(life, journey, rules)

    object.__setattr__(table, "rows_of", rows_of)  # it is frozen, and the one that everybody has
    try:
        yield
    finally:
        object.__setattr__(table, "rows_of", real)
