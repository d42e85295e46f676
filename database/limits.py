"""How long one may wait for the database, by who waits.

The server's own limits (statement, lock, idle) end what takes too long. They cannot help when its answer never
arrives: a firewall or a proxy that swallows packets, or lets one byte through a second, keeps the line alive as far as
both kernels can see. So whoever asks has a limit of their own, a little longer, after which the line is given up.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic

from database.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """All in seconds."""

    find: float
    """To be lent a connection, its check included."""
    connect: int
    """To open a connection; whole seconds, at least 2 (libpq). Waited out in the background, not by who asks."""
    retry: float
    """The longest pause between two tries to connect, so that an outage is not outlasted by it."""
    statement: float
    """What the server gives one statement; waiting for locks counts."""
    lock: float
    """What the server lets one statement wait for a lock."""
    idle: float
    """How long the server keeps a transaction, and its locks, that says nothing: whoever held it may be cut off.

    For requests shorter than `lock`, so that those who wait behind one get through."""
    answer: float
    """One question, from its first byte to the last of its answer. One row or block of a COPY or a `stream`."""
    loan: float
    """All questions of one loan together. It bounds a COPY that trickles in, row by row."""

    def of_session(self) -> dict[str, str]:
        """The server's part of it, as settings of a session in milliseconds."""
        return {
            "statement_timeout": _milliseconds(self.statement),
            "lock_timeout": _milliseconds(self.lock),
            "idle_in_transaction_session_timeout": _milliseconds(self.idle),
        }


REQUESTS = Limits(find=0.8, connect=2, retry=1.0, statement=3.0, lock=2.5, idle=2.0, answer=3.5, loan=8.0)
"""Somebody waits for a page: told within a second that nothing is free, and within ten that an answer got lost."""

WORK = Limits(find=5.0, connect=5, retry=2.0, statement=30.0, lock=5.0, idle=60.0, answer=35.0, loan=3600.0)
"""Imports, the follower, commands."""

UPKEEP = Limits(find=5.0, connect=5, retry=2.0, statement=30.0, lock=5.0, idle=60.0, answer=3600.0, loan=6 * 3600.0)
"""The owner's: an index over a million rows is made in silence, and lifts the server's limit itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The limits of a database. Tests shorten or lengthen them; nobody else should have to."""

    requests: Limits = REQUESTS
    work: Limits = WORK
    upkeep: Limits = UPKEEP

    def of(self, role: Role, *, hurried: bool) -> Limits:
        """What holds for this role, in a hurry or not. The owner is never in one."""
        if role is Role.OWNER:
            return self.upkeep
        return self.requests if hurried else self.work


LONGEST = 9.0
"""Seconds that one request may wait for the database in all, so that it is answered within ten."""

_give_up: ContextVar[float | None] = ContextVar("give_up", default=None)


@contextmanager
def hurried(seconds: float = LONGEST) -> Iterator[None]:
    """In here somebody waits for a page: the limits of requests hold for every loan, and this one for all together.

    Threads that work for the same request take it along (they run in its context); the follower's own does not.
    """
    token = _give_up.set(monotonic() + seconds)
    try:
        yield
    finally:
        _give_up.reset(token)


def give_up() -> float | None:
    """On the monotonic clock: when whoever waits for a page has waited long enough. None when nobody does."""
    return _give_up.get()


def _milliseconds(seconds: float) -> str:
    return str(round(seconds * 1000))
