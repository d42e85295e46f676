"""A connection on which no call hangs, whatever becomes of the line."""

from math import inf
from time import monotonic
from typing import TypeVar

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen
from psycopg.errors import _WaitTimeout
from psycopg.pq.abc import PGconn
from psycopg.rows import TupleRow

from database.limits import WORK

_Answer = TypeVar("_Answer")


class NoAnswer(OperationalError):  # noqa: N818 - it names what happened
    """The database did not answer in time, and the connection is closed.

    Whether it did what it was asked is not known: a write must be asked for again under the same command id.
    """


class BoundedConnection(Connection[TupleRow]):
    """Every wait of the driver's goes through `wait`: queries, COMMIT, each block of a COPY, each row of a stream."""

    answer: float = WORK.answer
    """Seconds for one question."""
    until: float = inf
    """On the monotonic clock: when the whole loan is over."""

    def __init__(self, pgconn: PGconn) -> None:
        super().__init__(pgconn)
        self.used_at = monotonic()

    def wait(self, gen: PQGen[_Answer], interval: float = 0.1, timeout: float | None = None) -> _Answer:
        """Wait for what was asked. Raises NoAnswer, and closes the connection: what it would say next is unknown.

        A `timeout` of the caller's is left to the caller, who expects to hear of it (`notifies`).
        """
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        left = min(self.answer, self.until - monotonic())
        try:
            return super().wait(gen, interval, left)
        except _WaitTimeout:
            self.close()
            raise NoAnswer(f"the database did not answer within {max(left, 0):.1f} s") from None
