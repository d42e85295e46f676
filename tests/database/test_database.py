"""One municipality's schema, and connections by role."""

import threading
import time

import psycopg
import pytest
from psycopg_pool import PoolTimeout

from database.database import Database, open_database
from database.refusal import DatabaseRefused
from database.roles import Role
from tests.servers import fresh_database, server_folder, superuser_conninfo

NOTES = (
    "notes",
    """
    create table if not exists notes (id int primary key, text text);
    grant select, insert on notes to overgang_application;
    grant select on notes to overgang_follower;
    """,
)


@pytest.fixture
def notes(db: Database) -> Database:
    db.install([NOTES])
    return db


def count(db: Database) -> int:
    with db.connection(Role.FOLLOWER) as connection:
        row = connection.execute("select count(*) from notes").fetchone()
    assert row is not None
    return int(row[0])


def show(db: Database, role: Role, name: str) -> str:
    with db.connection(role) as connection:
        row = connection.execute("select current_setting(%s)", [name]).fetchone()
    assert row is not None
    return str(row[0])


@pytest.mark.parametrize("role", Role)
def test_no_role_is_powerful(db: Database, role: Role) -> None:
    with db.connection(role) as connection:
        found = connection.execute(
            "select current_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
            " from pg_roles where rolname = current_user"
        ).fetchone()
    assert found == (role.value, False, False, False, False, False)


@pytest.mark.parametrize("role", Role)
def test_every_session_is_bounded(db: Database, role: Role) -> None:
    assert show(db, role, "statement_timeout") == "30s"
    assert show(db, role, "lock_timeout") == "5s"
    assert show(db, role, "idle_in_transaction_session_timeout") == "1min"
    assert show(db, role, "search_path") == f"{db.schema},pg_temp"
    assert show(db, role, "application_name") == role.value.replace("_", "-")
    assert show(db, role, "timezone") == "UTC"
    assert show(db, role, "synchronous_commit") == "on"


def test_a_loan_is_one_transaction(notes: Database) -> None:
    with notes.connection(Role.APPLICATION) as connection:
        connection.execute("insert into notes values (1, 'a')")
        assert count(notes) == 0
    assert count(notes) == 1

    def fail() -> None:
        with notes.connection(Role.APPLICATION) as connection:
            connection.execute("insert into notes values (2, 'b')")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert count(notes) == 1


def test_only_the_owner_makes_tables_and_roles_may_what_they_were_granted(notes: Database) -> None:
    for role in (Role.APPLICATION, Role.FOLLOWER, Role.ERASER):
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            notes.connection(role) as connection,
        ):
            connection.execute(f"create table {notes.schema}.mine (x int)".encode())
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        notes.connection(Role.FOLLOWER) as connection,
    ):
        connection.execute("insert into notes values (9, '')")
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        notes.connection(Role.ERASER) as connection,
    ):
        connection.execute("select * from notes")


def test_a_temporary_table_cannot_stand_in_for_a_real_one(notes: Database) -> None:
    with notes.connection(Role.APPLICATION) as connection:
        connection.execute("create temporary table notes (id int, text text) on commit drop")
        connection.execute("insert into notes values (1, 'real')")
    assert count(notes) == 1


def test_two_municipalities_do_not_meet() -> None:
    with fresh_database() as here, fresh_database() as there:
        here.install([NOTES])
        there.install([NOTES])
        with here.connection(Role.APPLICATION) as connection:
            connection.execute("insert into notes values (1, '')")
        assert (count(here), count(there)) == (1, 0)


def test_installing_twice_is_nothing_and_a_changed_script_is_run(notes: Database) -> None:
    with notes.connection(Role.OWNER) as connection:
        first = connection.execute("select name, sha256, at from installed").fetchall()
    notes.install([NOTES])
    with notes.connection(Role.OWNER) as connection:
        assert connection.execute("select name, sha256, at from installed").fetchall() == first
    notes.install([NOTES, ("more", "create table if not exists more (x int)")])
    notes.install([(NOTES[0], NOTES[1] + "alter table notes add if not exists late text;")])
    with notes.connection(Role.OWNER) as connection:
        connection.execute("select late from notes, more")
        names = connection.execute("select name from installed order by name").fetchall()
    assert names == [("more",), ("notes",)]


def test_a_script_that_fails_leaves_nothing(db: Database) -> None:
    with pytest.raises(psycopg.errors.SyntaxError):
        db.install([NOTES, ("broken", "create tabel x ()")])
    with db.connection(Role.OWNER) as connection:
        found = connection.execute("select 1 from pg_namespace where nspname = %s", [db.schema])
        assert found.fetchone() is None


def test_installing_at_once_is_done_once(db: Database) -> None:
    errors: list[BaseException] = []
    slow = ("slow", "create table slow (x int); select pg_sleep(0.2);")  # would fail a second time

    def install() -> None:
        try:
            db.install([NOTES, slow])
        except BaseException as error:  # noqa: BLE001 - handed to the test
            errors.append(error)

    threads = [threading.Thread(target=install) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_a_full_pool_says_so_after_five_seconds(db: Database) -> None:
    def wait() -> None:
        with db.connection(Role.APPLICATION):
            pass

    loans = [db.connection(Role.APPLICATION) for _ in range(8)]
    for loan in loans:
        loan.__enter__()
    begun = time.monotonic()
    with pytest.raises(PoolTimeout):
        wait()
    assert 4.5 < time.monotonic() - begun < 7
    for loan in loans:
        loan.__exit__(None, None, None)
    wait()


def test_a_connection_cut_between_two_loans_costs_nobody_an_error(db: Database) -> None:
    with db.connection(Role.APPLICATION) as connection:
        pid = connection.info.backend_pid
    with psycopg.connect(superuser_conninfo(), autocommit=True) as superuser:
        superuser.execute("select pg_terminate_backend(%s, 1000)", [pid])
    assert show(db, Role.APPLICATION, "application_name") == "overgang-application"


def test_listening_needs_no_transaction(db: Database) -> None:
    with db.autocommit(Role.FOLLOWER) as listener:
        listener.execute("listen news")
        with db.connection(Role.APPLICATION) as connection:
            connection.execute("notify news, 'hello'")
        heard = next(iter(listener.notifies(timeout=5, stop_after=1)))
    assert heard.payload == "hello"


@pytest.mark.parametrize("name", ["", "Lemvig", "a-b", "a,b", "pg_x", "1a", "a" * 64, 'a"b', "a b"])
def test_a_schema_name_that_would_need_quoting_is_refused(name: str) -> None:
    with pytest.raises(DatabaseRefused, match="skema"):
        open_database(url=None, folder=server_folder(), schema=name)
