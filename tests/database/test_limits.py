"""No call hangs, and no outage outlasts itself: the limits of a connection, of a loan and of a request."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import product
from time import monotonic

import psycopg
import pytest
from psycopg import Connection

from database import Database, NoAnswer, Role, Unavailable, hurried
from database.lending import NoneFree
from database.limits import LONGEST, REQUESTS, UPKEEP, WORK, Pace
from faults.proxy import Cut, Proxy, socket_of, through
from tests.servers import fresh_database, superuser_conninfo

QUICK = replace(REQUESTS, find=0.5, answer=0.4, loan=5.0)
MARGIN = 1.0
"""Seconds that a busy machine may be late."""

Ask = Callable[[Connection], object]


def read_copy(conn: Connection) -> object:
    with conn.cursor().copy("copy (select generate_series(1, 2000)) to stdout") as copy:
        return list(copy.rows())


def write_copy(conn: Connection) -> object:
    conn.execute("create temporary table taken (x int) on commit drop")
    with conn.cursor().copy("copy taken from stdin") as copy:
        copy.write_row([1])
    return None


def end_copy(conn: Connection) -> object:
    conn.execute("create temporary table taken (x int) on commit drop")
    with conn.cursor().copy("copy taken from stdin") as copy:
        copy.write_row([1])
    conn.execute("select 'the end'")
    return None


ASKED: dict[str, tuple[str, Ask]] = {
    "a query": ("select 'here'", lambda conn: conn.execute("select 'here'").fetchall()),
    "many rows": ("generate_series", lambda conn: conn.execute("select generate_series(1, 5000)").fetchall()),
    "a stream": ("generate_series", lambda conn: list(conn.cursor().stream("select generate_series(1, 5000)"))),
    "a COPY out": ("copy", read_copy),
    "a COPY in": ("copy taken", write_copy),
    "what follows a COPY": ("select 'the end'", end_copy),
    "the end of a transaction": ("COMMIT", lambda conn: conn.execute("select 1")),
}


@pytest.fixture
def line(db: Database) -> Iterator[Proxy]:
    with Proxy(socket_of(db), hold=10) as proxy:
        yield proxy


def ask(db: Database, what: Ask) -> object:
    with hurried(), db.connection(Role.APPLICATION) as conn:
        return what(conn)


@pytest.mark.parametrize(
    ("cut", "asked"),
    [
        *product((Cut.BLACK_HOLE, Cut.ONE_BYTE), ASKED),
        *product((Cut.SWALLOWED_REPLY, Cut.HALF_CLOSE), ("a query", "the end of a transaction")),
    ],
)
def test_whatever_is_asked_of_a_silent_line_ends_in_time(db: Database, line: Proxy, cut: Cut, asked: str) -> None:
    statement, what = ASKED[asked]
    with through(db, line, pace=Pace(requests=QUICK)) as cut_off:
        ask(cut_off, what)
        line.next(cut, statement)
        began = monotonic()
        with pytest.raises(NoAnswer):
            ask(cut_off, what)
        assert QUICK.answer <= monotonic() - began < QUICK.answer + MARGIN
        assert line.done == 1
        ask(cut_off, what)


def test_rows_that_drip_in_time_are_bounded_all_together(db: Database, line: Proxy) -> None:
    limits = replace(QUICK, answer=30.0, loan=1.5)
    with through(db, line, pace=Pace(requests=limits)) as cut_off:
        line.next(Cut.ONE_BYTE, "copy")
        began = monotonic()
        with pytest.raises(NoAnswer):
            ask(cut_off, read_copy)
        assert 1.4 < monotonic() - began < 1.5 + MARGIN


def test_all_that_one_request_asks_is_bounded_together(db: Database) -> None:
    began = monotonic()
    with pytest.raises(Unavailable), hurried(0.7):
        while True:
            with db.connection(Role.APPLICATION) as conn:
                conn.execute("select pg_sleep(0.1)")
    assert 0.6 < monotonic() - began < 0.7 + MARGIN


def test_a_request_is_answered_within_ten_seconds_whatever_becomes_of_the_line() -> None:
    assert LONGEST < 10
    assert REQUESTS.find < 1
    assert REQUESTS.statement < REQUESTS.answer, "the server's own word comes first, and the connection lives on"
    assert REQUESTS.idle < REQUESTS.lock < REQUESTS.statement, "whoever waits behind a dead request gets through"
    assert WORK.statement < WORK.answer


def test_requests_and_work_have_limits_of_their_own_on_the_server_too() -> None:
    def shown(db: Database, role: Role) -> list[str]:
        names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        with db.connection(role) as conn:
            return [str(conn.execute("select current_setting(%s)", [name]).fetchone()) for name in names]

    with fresh_database(pace=Pace()) as db:
        usual = shown(db, Role.OWNER)
        with hurried():
            assert shown(db, Role.APPLICATION) == ["('3s',)", "('2500ms',)", "('2s',)"]
            assert shown(db, Role.OWNER) == usual, "the owner is never in a hurry"
        assert shown(db, Role.APPLICATION) == usual == ["('30s',)", "('5s',)", "('1min',)"]


def test_what_is_made_in_silence_takes_its_time_but_not_for_ever() -> None:
    assert Pace().of(Role.OWNER, hurried=True) is UPKEEP
    assert WORK.answer < UPKEEP.answer < UPKEEP.loan < 24 * 3600


def test_a_request_that_finds_nothing_free_is_told_within_a_second() -> None:
    with fresh_database(pace=Pace()) as db, ExitStack() as loans, hurried():
        for _ in range(8):
            loans.enter_context(db.connection(Role.APPLICATION))
        began = monotonic()
        with pytest.raises(NoneFree), db.connection(Role.APPLICATION):
            pass
        assert monotonic() - began < 1
        assert issubclass(NoneFree, Unavailable)


def test_a_server_that_ended_every_connection_costs_a_request_no_error() -> None:
    with fresh_database(pace=Pace()) as db, hurried():
        with ExitStack() as loans:
            pids = [loans.enter_context(db.connection(Role.APPLICATION)).info.backend_pid for _ in range(8)]
        with psycopg.connect(superuser_conninfo(), autocommit=True) as superuser:
            for pid in pids:
                superuser.execute("select pg_terminate_backend(%s, 1000)", [pid])
        for _ in pids:
            assert ask(db, lambda conn: conn.execute("select 1").fetchone()) == (1,)


def test_after_an_outage_the_first_calls_work_within_five_seconds(db: Database, line: Proxy) -> None:
    with through(db, line, pace=Pace()) as cut_off:
        with hurried(), ExitStack() as loans:
            for _ in range(4):
                loans.enter_context(cut_off.connection(Role.APPLICATION))
        told = []
        with line.outage():
            for _ in range(3):
                began = monotonic()
                with pytest.raises(Unavailable):
                    ask(cut_off, ASKED["a query"][1])
                told.append(monotonic() - began)
        assert told[0] < REQUESTS.find + REQUESTS.answer + MARGIN
        assert max(told[1:]) < 1 + MARGIN, "those after it do not wait for an answer on a line that is in doubt"
        began = monotonic()
        while True:
            try:
                ask(cut_off, ASKED["a query"][1])
            except Unavailable:
                assert monotonic() - began < 5
            else:
                break
        assert monotonic() - began < 5


def test_waiting_for_news_has_a_limit_of_its_own_and_keeps_the_connection(db: Database) -> None:
    with db.autocommit(Role.FOLLOWER) as listener:
        listener.execute("listen news")
        assert list(listener.notifies(timeout=0.1)) == []
        assert listener.execute("select 1").fetchone() == (1,)
