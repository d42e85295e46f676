"""Whose turn it is to write whole tables or whole people: a rebuild has its turn alone, others may go together.

A rebuild reads a person once and puts its tables in the place of those in use much later. Whoever works people out anew
meanwhile, because they were erased or can be read again, would find the old rows back.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic, sleep

from psycopg import Connection
from psycopg.rows import TupleRow

from database import Database, Role, Unavailable

ASK_AGAIN = 0.2
"""Seconds between two looks at whether a rebuild has ended."""


class RebuildRunning(Exception):  # noqa: N818 - a refusal
    """Somebody else is rebuilding, or working people out anew. Nothing was done; asking again is harmless."""


@contextmanager
def alone(db: Database) -> Iterator[None]:
    """Hold the turn alone. Raises RebuildRunning at once when anybody has it.

    Given up when the connection ends, however the process does.
    """
    with db.autocommit(Role.OWNER) as conn:
        if conn.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", [_name(db)]).fetchone() != (True,):
            raise RebuildRunning("somebody else is rebuilding")
        try:
            yield
        finally:
            _give_up(conn, "select pg_advisory_unlock(hashtextextended(%s, 0))", db)


@contextmanager
def beside_others(db: Database, seconds: float) -> Iterator[None]:
    """Hold a turn that several may have at once. Raises RebuildRunning when a rebuild has not ended in `seconds`."""
    give_up = monotonic() + seconds
    with db.autocommit(Role.FOLLOWER) as conn:
        lock = "select pg_try_advisory_lock_shared(hashtextextended(%s, 0))"
        while conn.execute(lock, [_name(db)]).fetchone() != (True,):
            if monotonic() >= give_up:
                raise RebuildRunning("somebody is rebuilding")
            sleep(ASK_AGAIN)
        try:
            yield
        finally:
            _give_up(conn, "select pg_advisory_unlock_shared(hashtextextended(%s, 0))", db)


def _give_up(conn: Connection[TupleRow], unlock: str, db: Database) -> None:
    """At once, and not when the server notices that the connection has ended: the next one may be asking already."""
    with suppress(Unavailable):
        conn.execute(unlock.encode(), [_name(db)])


def _name(db: Database) -> str:
    return f"overgang rebuild {db.schema}"
