"""Connections that are kept open, and lent one at a time to whoever asks next."""

import select
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from time import monotonic

from psycopg import OperationalError
from psycopg.errors import IdleInTransactionSessionTimeout
from psycopg_pool import ConnectionPool, PoolTimeout

from database.bounded import BoundedConnection, NoAnswer
from database.limits import Limits, give_up

_TRUSTED = 1.0
"""Seconds after its last use in which a connection that has not been closed is believed to work."""


class NoneFree(PoolTimeout):
    """Every connection is lent out, or none can be made. Nothing was asked of the database."""


class Lender:
    """The connections of one role under the same limits. Safe to share between threads.

    The check of a loan is ours and not the pool's: the pool pauses a second or more after each dead connection it
    meets, so that after a restart of the server a handful of them would cost a request all its time.
    """

    def __init__(self, conninfo: str, *, name: str, limits: Limits, smallest: int, largest: int) -> None:
        self._limits = limits
        self._pool = ConnectionPool(
            conninfo,
            connection_class=BoundedConnection,
            configure=self._prepare,
            min_size=smallest,
            max_size=largest,
            timeout=limits.find,
            # Its pauses double up to this; longer ones would outlast the outage they wait for.
            reconnect_timeout=limits.retry,
            name=name,
            open=True,
        )

    @contextmanager
    def lend(self) -> Iterator[BoundedConnection]:
        """Lend a connection for one transaction: committed at the end, rolled back on an exception.

        Raises NoneFree, and NoAnswer when the database stops answering meanwhile.
        """
        connection = self._take()
        connection.until = self._from_now(self._limits.loan)
        try:
            with connection:
                yield connection
        except IdleInTransactionSessionTimeout:
            # The server took us for dead and undid what we had begun: as good as a line that broke.
            raise NoAnswer("the server ended an idle transaction") from None
        finally:
            connection.used_at = monotonic()
            self._pool.putconn(connection)

    def close(self) -> None:
        """Close them all; those on loan when they come back."""
        self._pool.close()

    def _take(self) -> BoundedConnection:
        until = self._from_now(self._limits.find)
        while True:
            try:
                connection = self._pool.getconn(timeout=until - monotonic())
            except PoolTimeout:
                raise NoneFree(f"no connection within {self._limits.find} s") from None
            if self._works(connection, until):
                return connection
            connection.close()
            self._pool.putconn(connection)  # which makes another, in the background

    @staticmethod
    def _from_now(seconds: float) -> float:
        return min(monotonic() + seconds, give_up() or inf)

    def _works(self, connection: BoundedConnection, until: float) -> bool:
        """Has the server not ended it? Then a restart costs nobody an error, and under load not even a round trip.

        An idle connection has nothing to be read unless the server has closed it. Asking the server itself finds
        also a line that was cut without a word; that is done when the connection has not answered for a while.
        """
        if connection.closed:
            return False
        if monotonic() - connection.used_at < _TRUSTED and not _has_news(connection):
            return True
        connection.until = until
        try:
            ConnectionPool.check_connection(connection)
        except OperationalError:
            return False
        return True

    def _prepare(self, connection: BoundedConnection) -> None:
        connection.answer = self._limits.answer


def _has_news(connection: BoundedConnection) -> bool:
    line = select.poll()
    line.register(connection.fileno(), select.POLLIN)
    return bool(line.poll(0))
