"""Rows are moved to where they do not belong, by somebody who may do everything in the database; reading must refuse.

To another person, another version, another group, another topic, or from another log – also together with the row of
the key, relabelled to fit. Each is done in a transaction that is rolled back after the log has tried to read it.

The mutant binds nothing: its ciphertexts and wrapped keys have no associated data.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import UUID

from psycopg import Connection

from benchmarks.lives import begin
from domain.codes import KeyGroup
from eventlog import Entry, EventLog, KeyMissing, keys, mapper
from eventlog.keys import Forged
from faults.figures import Figures, all_of, at_least, counted, none
from faults.ground import as_superuser, house, room
from faults.verdict import everything

PEOPLE, HISTORY = 20, 15
HERE, THERE = "swaps", "swaps_of_another"
_GROUPS = [group for group in KeyGroup if group is not KeyGroup.IDENTITY]


@dataclass(frozen=True, kw_only=True)
class Swaps(Figures):
    """What came of it."""

    swaps: int = at_least(12)
    refused: int = all_of("swaps")
    to_another_person: int = counted()
    to_another_version: int = counted()
    to_another_group: int = counted()
    to_another_topic: int = counted()
    to_another_stream: int = counted()
    from_another_log: int = counted()
    untouched_rows_refused: int = none()
    other_errors: int = none()


def run(n: int, seed: int) -> Swaps:
    """`n` swaps, each kind in turn."""
    draw = Random(f"swaps/{seed}")
    with room() as folder, house(folder, HERE) as here, house(folder, THERE) as there:
        begin(here.log, PEOPLE, HISTORY)
        begin(there.log, PEOPLE, HISTORY, first=PEOPLE)
        log = here.another()
        table = Table(everything(log), everything(there.another()), draw)
        answers: Counter[tuple[str, str]] = Counter()
        with as_superuser(here) as conn:
            untouched = sum(
                _tried(conn, log, partial(UUID, str(one))) != _READ for one in {e.stream for e in table.here}
            )
            for name in islice(cycle(_KINDS), n):
                answers[name, _tried(conn, log, partial(_KINDS[name], table, conn))] += 1
    return Swaps(
        swaps=n,
        refused=sum(count for (_, answer), count in answers.items() if answer == _REFUSED),
        **{kind: sum(count for (name, _), count in answers.items() if name == kind) for kind in _KINDS},
        untouched_rows_refused=untouched,
        other_errors=sum(count for (_, answer), count in answers.items() if answer == _ELSE),
    )


def nothing_bound(n: int, seed: int) -> Swaps:
    """The mutant."""
    with patch.object(mapper, "bound_to", return_value=b""), patch.object(keys, "_wrapping", return_value=b""):
        return run(n, seed)


_READ, _REFUSED, _ELSE = "read", "refused", "another error"


def _tried(conn: Connection[Any], log: EventLog, swap: Callable[[], UUID]) -> str:
    """Swap, read the stream that it hit with nothing in memory, and take it back."""
    try:
        stream = swap()
        log.keys.forget()
        log.history(stream, conn=conn)
    except (Forged, KeyMissing):
        return _REFUSED
    except Exception as fault:  # noqa: BLE001 - whatever else it is, it is counted as a fault of ours
        print(f"a swapped row was answered with {type(fault).__name__}", file=sys.stderr)
        return _ELSE
    finally:
        conn.rollback()
    return _READ


class Table:
    """The rows of both logs, and ways to put one where it does not belong. Each answers with the stream to read."""

    def __init__(self, here: Sequence[Entry], there: Sequence[Entry], draw: Random) -> None:
        self.here, self._there, self._draw = here, there, draw
        self._by_place: dict[tuple[int, KeyGroup], list[Entry]] = defaultdict(list)
        self._by_key: dict[tuple[UUID, KeyGroup], list[Entry]] = defaultdict(list)
        for entry in here:
            self._by_place[entry.version, entry.group].append(entry)
            self._by_key[entry.stream, entry.group].append(entry)

    def to_another_person(self, conn: Connection[Any]) -> UUID:
        """Two people's entries of the same version and group change places."""
        return self._exchange(conn, self._by_place)

    def to_another_version(self, conn: Connection[Any]) -> UUID:
        """Two entries of one person, closed with the same key, change places."""
        return self._exchange(conn, self._by_key)

    def to_another_group(self, conn: Connection[Any]) -> UUID:
        """A row is passed off as one of another group, half of the time with its key."""
        one = self._draw.choice(self.here)
        group = self._draw.choice([other for other in _GROUPS if other is not one.group])
        if self._draw.random() < 0.5:
            conn.execute(f"update log_keys set key_group = %s where key_id = ({_KEY})", [group, one.position])
        conn.execute("update log_events set key_group = %s where notification_id = %s", [group, one.position])
        return one.stream

    def to_another_topic(self, conn: Connection[Any]) -> UUID:
        """A row is passed off as one of another format."""
        one = self._draw.choice(self.here)
        conn.execute("update log_events set topic = 'entry-2' where notification_id = %s", [one.position])
        return one.stream

    def to_another_stream(self, conn: Connection[Any]) -> UUID:
        """A row becomes that of somebody who has no other, half of the time with its key."""
        one = self._draw.choice(self.here)
        stranger = UUID(int=self._draw.getrandbits(128), version=4)
        if self._draw.random() < 0.5:
            conn.execute(f"update log_keys set stream = %s where key_id = ({_KEY})", [stranger, one.position])
        conn.execute("update log_events set originator_id = %s where notification_id = %s", [stranger, one.position])
        return stranger

    def from_another_log(self, conn: Connection[Any]) -> UUID:
        """What another municipality's log says stands in a row of ours, and its key among ours."""
        one, foreign = self._draw.choice(self.here), self._draw.choice(self._there)
        conn.execute(
            "insert into log_keys (key_id, stream, key_group, epoch, wrapped)"
            f" select key_id, %s, %s, epoch, wrapped from {THERE}.log_keys where key_id = ({_KEY_THERE})",
            [one.stream, one.group, foreign.position],
        )
        conn.execute(
            f"update log_events set state = (select state from {THERE}.log_events where notification_id = %s)"
            " where notification_id = %s",
            [foreign.position, one.position],
        )
        return one.stream

    def _exchange(self, conn: Connection[Any], alike: dict[Any, list[Entry]]) -> UUID:
        pairs = [some for some in alike.values() if len(some) > 1]
        one, other = self._draw.sample(self._draw.choice(pairs), 2)
        done = conn.execute(
            "update log_events e set state = o.state from log_events o"
            " where (e.notification_id, o.notification_id) in ((%(one)s, %(other)s), (%(other)s, %(one)s))",
            {"one": one.position, "other": other.position},
        )
        if done.rowcount != 2:
            raise LookupError("nothing was swapped")
        return one.stream


_KEY = "select encode(substr(state, 2, 16), 'hex')::uuid from log_events where notification_id = %s"
_KEY_THERE = _KEY.replace("log_events", f"{THERE}.log_events")
_KINDS: dict[str, Callable[[Table, Connection[Any]], UUID]] = {
    "to_another_person": Table.to_another_person,
    "to_another_version": Table.to_another_version,
    "to_another_group": Table.to_another_group,
    "to_another_topic": Table.to_another_topic,
    "to_another_stream": Table.to_another_stream,
    "from_another_log": Table.from_another_log,
}
