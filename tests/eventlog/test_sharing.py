"""Writers share a flush of the journal; what anybody is told is stored is on disk by then (eventlog/sharing.sql).

That it also survives: `faults/kills.py`.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Thread
from time import monotonic
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

import eventlog
from database import Database, Role, Unavailable
from database.limits import WORK, Limits, Pace
from eventlog import EventLog, OutcomeKind, Secrets
from tests.eventlog.test_log import BEGUN, START, delivered, events, record, tried
from tests.examples import ANE
from tests.servers import fresh_database

_TIMES = 10
_SETTLING = """
create sequence settlings;
grant usage on settlings to overgang_application;
create or replace function log_settle() returns pg_lsn language plpgsql as $$
begin
    {}
    return pg_logical_emit_message(true, 'overgang', '');
end $$;
"""


@pytest.fixture
def db() -> Iterator[Database]:
    """One of its own: some of these tests put another function in its place."""
    with fresh_database() as database:
        eventlog.install(database, municipality="Prøvekommune", demo=True)
        yield database


@pytest.fixture
def hasty(db: Database) -> Iterator[EventLog]:
    """A writer who waits for no disk, so that all it wrote is as everybody's is for a moment: seen, and not on disk."""

    def address(role: Role, limits: Limits) -> str:
        line = conninfo_to_dict(db.address(role, limits))
        return make_conninfo(**{**line, "options": f"{line['options']} -c synchronous_commit=off"})

    with Database(address=address, schema=db.schema, server=None) as careless:
        yield EventLog(careless, Secrets.for_tests())


def put_in_place_of_settling(db: Database, first: str) -> None:
    """Do something else before what two transactions of one append settle with."""
    with db.connection(Role.OWNER) as conn:
        conn.execute(_SETTLING.format(first).encode())


def one(conn: psycopg.Connection, query: str, *values: object) -> object:
    [(found,)] = conn.execute(query.encode(), values).fetchall()
    return found


@pytest.mark.parametrize("decide", [tried(), lambda _: [*tried()(_), *tried()(_)]], ids=["one entry", "two entries"])
def test_what_was_answered_is_on_disk(log: EventLog, db: Database, decide: Callable) -> None:
    record(log, ANE, START)
    with db.statements(Role.OWNER) as conn:
        on_disk = 0
        for _ in range(_TIMES):
            record(log, ANE, decide)
            on_disk += bool(one(conn, "select pg_current_wal_flush_lsn() >= pg_current_wal_insert_lsn()"))
    assert on_disk > _TIMES // 2, "somebody else may have written to the journal in between, but not every time"


Asking = Callable[[EventLog], None]
"""What a second writer does after a first."""


def a_command_again(first: EventLog) -> Asking:
    command = uuid4()
    record(first, ANE, tried(), command)

    def ask(second: EventLog) -> None:
        assert record(second, ANE, tried(), command).already

    return ask


def something_that_is_so_already(first: EventLog) -> Asking:
    person = uuid4()
    record(first, person, START)

    def ask(second: EventLog) -> None:
        assert record(second, person, START).position == 0

    return ask


def a_delivery_again(first: EventLog) -> Asking:
    source_id = str(uuid4())
    assert delivered(first, ANE, tried(), source_id) == OutcomeKind.APPENDED

    def ask(second: EventLog) -> None:
        assert delivered(second, ANE, tried(), source_id) == OutcomeKind.NOTHING

    return ask


@pytest.mark.parametrize("what", [a_command_again, something_that_is_so_already, a_delivery_again])
def test_who_is_told_that_it_is_stored_already_is_told_of_what_is_on_disk(
    log: EventLog, hasty: EventLog, db: Database, what: Callable[[EventLog], Asking]
) -> None:
    record(log, ANE, START)
    with db.statements(Role.OWNER) as conn:
        for _ in range(_TIMES):
            ask = what(hasty)
            written = one(conn, "select pg_current_wal_insert_lsn()::text")
            ask(log)
            assert one(conn, "select pg_current_wal_flush_lsn() >= %s::pg_lsn", written)


def test_the_others_do_not_wait_while_one_waits_for_the_disk(log: EventLog, db: Database) -> None:
    people = [uuid4() for _ in range(5)]
    for person in people:
        record(log, person, START)
    put_in_place_of_settling(db, "perform pg_sleep(0.4);")
    threads = [Thread(target=record, args=[log, person, tried()]) for person in people]
    began = monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert monotonic() - began < 4 * 0.4, "one after the other it would be five times"
    assert [len(events(log, person)) for person in people] == [BEGUN + 1] * 5


def test_who_has_a_transaction_of_their_own_cannot_share_by_mistake(log: EventLog, db: Database) -> None:
    record(log, ANE, START)
    rows = "'{}', '{}', '{}', '{}', '{}', '{}'" + 12 * ", null" + ", 0"
    with pytest.raises(psycopg.errors.InvalidTransactionTermination), db.connection(Role.APPLICATION) as conn:
        conn.execute(f"call log_append_sharing(null, {rows})".encode())
    assert log.position() == BEGUN


def test_who_is_cut_off_while_waiting_for_the_disk_finds_that_it_is_stored(log: EventLog, db: Database) -> None:
    record(log, ANE, START)
    put_in_place_of_settling(db, "if nextval('settlings') = 1 then raise exception using errcode = '57014'; end if;")
    answer = record(log, ANE, tried())
    assert (answer.position, answer.already) == (BEGUN + 1, False)
    assert answer.entry_ids == (log.history(ANE).entries[-1].entry_id,)
    assert len(events(log, ANE)) == BEGUN + 1


def test_who_is_cut_off_before_it_is_stored_is_told_so_at_once(db: Database) -> None:
    with fresh_database(db.schema, Pace(work=replace(WORK, statement=0.3))) as short:
        log = EventLog(short, Secrets.for_tests())
        record(log, ANE, START)
        with db.connection(Role.OWNER) as holder:
            holder.execute("select from log_head for update")
            began = monotonic()
            with pytest.raises(Unavailable):
                record(log, ANE, tried())
            assert monotonic() - began < 2
        assert len(events(log, ANE)) == BEGUN
        assert record(log, ANE, tried()).position == BEGUN + 1
