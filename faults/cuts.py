"""The line to the database is cut in the middle of writing, in every way that a line can be: see `faults.proxy.Cut`.

Single facts, batches with sources, and facts that move (a transaction with a COMMIT of its own) are written as requests
write them, each cut once. Whoever is told that the database does not answer sends the same command again, as a person
would. Then everything must be there once, nobody may have been told of a conflict that was none or of a failure of what
was stored, and no call may have taken ten seconds. At the end the whole line is a black hole for a while.

The mutants: a resend under a new command id; no resend at all; a client without a limit of its own.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import count
from random import Random
from threading import Thread
from time import monotonic, sleep

from database.limits import REQUESTS, Pace
from domain.events import ContactTried
from eventlog import EventLog, appending
from faults.cut_writers import WRITERS, Play, Writer
from faults.figures import Figures, at_least, counted, none, under
from faults.ground import House, house, room
from faults.proxy import Cut, Proxy, socket_of, through
from faults.verdict import everything

OUTAGE = 3.0
"""Seconds in which nothing passes."""
_HOLD = 11.0
"""Seconds after which a silent line is closed after all: so long would a client wait that has no limit."""

_LAST_WORDS = (("fact", "log_append"), ("move", "COMMIT"))
"""Those after which it is stored. A batch is left out: its sources would hide what a mutant does."""


@dataclass(frozen=True, kw_only=True)
class Cuts(Figures):
    """What came of it. `told_unavailable` is a fair answer when nothing was stored; the same command then worked."""

    cuts: int = at_least(3)
    cuts_in_silence: int = counted()
    entries: int = counted()
    told_unavailable: int = counted()
    lost: int = none()
    doubled: int = none()
    false_conflicts: int = none()
    failed_though_stored: int = none()
    given_up: int = none()
    other_errors: int = none()
    slowest_call_ms: int = under(10_000)
    healthy_again_ms: int = under(5_000)


def run(n: int, seed: int) -> Cuts:
    """`n` cuts of every kind."""
    return _run(n, seed, Play())


_REPLY_LOST = Play(kinds=(Cut.LOST_REPLY, Cut.MID_ROW), aims=_LAST_WORDS, resends=False)


def resent_under_a_new_id(n: int, seed: int) -> Cuts:
    """A mutant: whoever gets no answer sends the same as a new command."""
    return _run(n, seed, replace(_REPLY_LOST, new_ids=True))


def not_resent(n: int, seed: int) -> Cuts:
    """A mutant: a lost reply is told as a failure."""
    return _run(n, seed, _REPLY_LOST)


def without_a_limit(n: int, seed: int) -> Cuts:
    """A mutant: only the server and the kernel watch the time. It takes as long as a silent line is held."""
    return _run(n, seed, Play(kinds=(Cut.BLACK_HOLE, Cut.SWALLOWED_REPLY), limits=False))


def _run(n: int, seed: int, play: Play) -> Cuts:
    with room() as folder, house(folder) as opened, ExitStack() as stack:
        stack.enter_context(_resending(within=None if play.resends else -1.0))
        writers = [
            _writer(opened, stack, number, Random(f"cuts/{seed}/{number}"), play) for number in range(min(n, WRITERS))
        ]
        shares = [n // len(writers) + (one < n % len(writers)) for one in range(len(writers))]
        _all_at_once([partial(one.cut, share) for one, share in zip(writers, shares, strict=True)])
        waiting, healthy = _outage(writers) if play == Play() else ([], 0.0)
        return _figures(writers + waiting, opened.log, healthy)


def _writer(opened: House, stack: ExitStack, number: int, draw: Random, play: Play) -> Writer:
    proxy = stack.enter_context(Proxy(socket_of(opened.db), hold=_HOLD))
    limits = REQUESTS if play.limits else replace(REQUESTS, answer=1000.0, loan=1000.0)
    db = stack.enter_context(through(opened.db, proxy, pace=Pace(requests=limits)))
    writer = Writer(EventLog(db, opened.secrets), opened.log, proxy, draw, number, play)
    writer.write()
    return writer


def _outage(writers: list[Writer]) -> tuple[list[Writer], float]:
    """Nothing passes for a while, with everybody writing; seconds from its end until everybody can write again."""
    waiting = [
        replace(
            one,
            number=WRITERS + one.number,
            in_outage=True,
            expected=Counter(),
            acknowledged=set(),
            counts=Counter(),
            slowest=0.0,
            _days=count(),
        )
        for one in writers
    ]
    with ExitStack() as lines:
        for writer in writers:
            lines.enter_context(writer.proxy.outage())
        threads = [Thread(target=one.write) for one in waiting]
        for thread in threads:
            thread.start()
        sleep(OUTAGE)
    began = monotonic()
    _all_at_once([writer.write for writer in writers])
    took = monotonic() - began
    for thread in threads:
        thread.join()
    return waiting, took


@contextmanager
def _resending(within: float | None) -> Iterator[None]:
    """How long a call tries to find out what became of what it sent; below zero not at all."""
    usual = appending.RESOLVED_WITHIN
    appending.RESOLVED_WITHIN = usual if within is None else within
    try:
        yield
    finally:
        appending.RESOLVED_WITHIN = usual


def _all_at_once(work: list[Callable[[], object]]) -> None:
    threads = [Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _figures(writers: list[Writer], log: EventLog, healthy: float) -> Cuts:
    entries = everything(log)
    there = Counter(entry.event.on for entry in entries if isinstance(entry.event, ContactTried))
    counts = sum((writer.counts for writer in writers), Counter[str]())
    expected = sum((writer.expected for writer in writers), Counter[date]())
    return Cuts(
        cuts=counts["cuts"],
        cuts_in_silence=counts["cuts_in_silence"],
        entries=len(entries),
        told_unavailable=counts["told_unavailable"],
        lost=sum(there[day] < expected[day] for writer in writers for day in writer.acknowledged),
        doubled=sum(there[day] > often for day, often in expected.items()),
        false_conflicts=counts["false_conflicts"],
        failed_though_stored=counts["failed_though_stored"],
        given_up=counts["given_up"],
        other_errors=counts["other_errors"],
        slowest_call_ms=round(1000 * max(writer.slowest for writer in writers)),
        healthy_again_ms=round(1000 * healthy),
    )
