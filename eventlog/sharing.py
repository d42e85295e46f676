"""The statement that appends: what a click writes shares its flush with others, a batch does not.

sharing.sql says why that is safe, docs/decisions/0013-appending.md what it is worth.
"""

from collections.abc import Sequence
from typing import Any

from eventlog.mapper import StoredEntry

FEW = 20
"""What a click writes, in entries. More holds the lock for longer than the disk takes, and waits for the disk there."""

_UNDER_THE_LOCK = b"select log_append("
_SHARING = b"call log_append_sharing(null, "
_MANY = b"%b, %b, %s, %b, %s, %s, "
# The lists are made in the database: to write six of them costs a client more than everything else together.
_ONE = b"array[%b::uuid], array[%b::bigint], array[%s], array[%b::bytea], array[%s], array[%s], "
_REST = b"%b, %b, %s, %b, %b, %b, %b, %b, %b, %b, %b, %s, %s)"


def statement(rows: Sequence[StoredEntry], rest: Sequence[Any], *, by_itself: bool) -> tuple[bytes, list[Any]]:
    """What to execute, and its values; `rest` are those that come after the rows.

    `by_itself`: in no transaction of the caller's, so that its answer says that it is stored.
    """
    columns: list[list[Any]] = [
        [row.originator_id for row in rows],
        [row.originator_version for row in rows],
        [row.topic for row in rows],
        [row.state for row in rows],
        [str(row.kind) for row in rows],
        [str(row.group) for row in rows],
    ]
    begin = _SHARING if by_itself and len(rows) <= FEW else _UNDER_THE_LOCK
    if len(rows) == 1:
        return begin + _ONE + _REST, [*(column[0] for column in columns), *rest]
    return begin + _MANY + _REST, [*columns, *rest]
