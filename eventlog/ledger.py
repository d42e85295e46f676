"""What was erased, as the ledger in the database says it; read once, and again when it has grown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import Protocol
from uuid import UUID

import psycopg

from domain.codes import KeyGroup
from domain.facts import civil_date


class Placed(Protocol):
    """A row of the log, as far as the ledger asks about it."""

    @property
    def originator_id(self) -> UUID | str: ...
    @property
    def group(self) -> KeyGroup: ...
    @property
    def id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Gone:
    """What of one stream is erased: all of it up to a position, or groups, each up to a position and a day."""

    whole: int | None = None
    groups: Mapping[KeyGroup, tuple[int, date]] = field(default_factory=dict)

    def holds(self, group: KeyGroup, position: int) -> bool:
        """Whether the entry of this group at this position is erased."""
        ended, _ = self.groups.get(group, (0, None))
        return position <= max(ended, self.whole or 0)

    def refuses(self, group: KeyGroup, on: date) -> bool:
        """Whether nothing that happened then is taken in any more."""
        _, ended_on = self.groups.get(group, (0, None))
        return self.whole is not None or (ended_on is not None and on <= ended_on)


NOTHING = Gone()


class Ledger:
    """The erasures of one log. Safe to share between threads.

    `forget` is told the streams of every erasure that is new here, whoever came to read of it.
    """

    def __init__(self, forget: Callable[[Sequence[UUID]], None]) -> None:
        self._number = 0
        self._gone: dict[UUID, Gone] = {}
        self._lock = Lock()
        self._forget = forget

    @property
    def number(self) -> int:
        """How many rows were read."""
        return self._number

    def of(self, stream: UUID) -> Gone:
        """What of this stream is erased, as far as it was read."""
        return self._gone.get(stream, NOTHING)

    def all_gone(self, rows: Iterable[Placed]) -> bool:
        """Whether every one of these rows is erased, as far as it was read."""
        return all(self.of(_uuid(row.originator_id)).holds(row.group, row.id) for row in rows)

    def read(self, conn: psycopg.Connection, number: int | None = None) -> bool:
        """Read what is new in the ledger, unless it has no more than `number` rows; whether there was any."""
        if number is not None and number <= self._number:
            return False
        rows = conn.execute(
            "select number, stream, key_group, position, at from log_erasures where number > %s order by number",
            [self._number],
        ).fetchall()
        with self._lock:  # not while the database is asked: every writer comes by here
            for count, stream, group, position, at in rows:
                if count > self._number:
                    self._gone[stream] = _and(self.of(stream), group, position, at)
                    self._number = count
        self._forget([stream for _, stream, *_ in rows])
        return bool(rows)


def _and(before: Gone, group: str | None, position: int, at: datetime) -> Gone:
    if group is None:
        return Gone(position, before.groups)
    return Gone(before.whole, {**before.groups, KeyGroup(group): (position, civil_date(at))})


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
