"""Somebody else's server: accepted when it is safe and set up, refused with a way out when it is not."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from database.database import Database, open_database
from database.refusal import DatabaseRefused
from database.roles import Role
from tests.database.foreign import ForeignServer, binaries
from tests.servers import LOGIN, prepare_login


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="og-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module", params=["15", "18"])
def server(home: Path, request: pytest.FixtureRequest) -> Iterator[ForeignServer]:
    tools = binaries(request.param)
    if tools is None:
        assert "CI" not in os.environ, "CI must have Debian's postgresql-15"
        pytest.skip(f"PostgreSQL {request.param} is not installed in /usr/lib/postgresql")
    started = ForeignServer.start(home / request.param, tools)
    prepare_login(started)
    yield started
    started.stop()


@pytest.fixture
def superuser(server: ForeignServer) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    with psycopg.connect(server.conninfo("postgres", "overgang"), autocommit=True) as connection:
        yield connection


def open_as(server: ForeignServer, login: str = LOGIN, database: str = "overgang") -> Database:
    return open_database(url=server.conninfo(login, database), folder=Path("/nowhere"), schema="lemvig")


def refusal(server: ForeignServer, login: str = LOGIN, database: str = "overgang") -> str:
    with pytest.raises(DatabaseRefused) as refused:
        open_as(server, login, database)
    return str(refused.value)


def reload(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    connection.execute("select pg_reload_conf()")
    connection.execute("select pg_sleep(0.2)")


def test_a_safe_server_that_is_set_up_serves_every_role(server: ForeignServer) -> None:
    with open_as(server) as db:
        assert db.server is None
        db.install([("a", "create table if not exists a (x int); grant insert on a to overgang_application")])
        db.install([("a", "create table if not exists a (x int); grant insert on a to overgang_application")])
        with db.connection(Role.APPLICATION) as connection:
            connection.execute("insert into a values (1)")
        for role in Role:
            with db.connection(role) as connection:
                row = connection.execute("select session_user, current_user").fetchone()
            assert row == (LOGIN, role.value)


@pytest.mark.parametrize(
    ("name", "unsafe"),
    [
        ("fsync", "off"),
        ("full_page_writes", "off"),
        ("synchronous_commit", "off"),
        ("synchronous_commit", "local"),
        ("synchronous_commit", "remote_write"),
    ],
)
def test_a_server_that_could_forget_is_refused(
    server: ForeignServer,
    superuser: "psycopg.Connection[tuple[object, ...]]",
    name: str,
    unsafe: str,
) -> None:
    superuser.execute(f"alter system set {name} = {unsafe}".encode())
    reload(superuser)
    message = refusal(server)
    assert f"{name} er {unsafe}" in message
    remedy = re.search(r"alter system set \w+ = on;", message)
    assert remedy is not None
    superuser.execute(remedy.group().encode())
    reload(superuser)
    open_as(server).close()


def test_a_login_that_could_forget_is_refused(
    server: ForeignServer, superuser: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    superuser.execute(f"alter role {LOGIN} set synchronous_commit = off".encode())
    assert "alter role" in refusal(server)
    superuser.execute(f"alter role {LOGIN} reset synchronous_commit".encode())


def test_a_stronger_promise_is_accepted(
    server: ForeignServer, superuser: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    superuser.execute(f"alter role {LOGIN} set synchronous_commit = remote_apply".encode())
    open_as(server).close()
    superuser.execute(f"alter role {LOGIN} reset synchronous_commit".encode())


@pytest.mark.parametrize("major", ["15", "18"])
def test_a_server_without_checksums_is_refused(folder: Path, major: str) -> None:
    tools = binaries(major)
    if tools is None:
        pytest.skip(f"PostgreSQL {major} is not installed in /usr/lib/postgresql")
    careless = ForeignServer.start(folder / "pg", tools, checksums=False)
    prepare_login(careless)
    assert "pg_checksums --enable" in refusal(careless)
    careless.stop()


def test_a_superuser_is_refused(server: ForeignServer, superuser: "psycopg.Connection[tuple[object, ...]]") -> None:
    assert "postgres er superbruger" in refusal(server, login="postgres")
    superuser.execute("create role hidden login; grant postgres to hidden")
    assert "postgres er superbruger" in refusal(server, login="hidden")
    superuser.execute("drop role hidden")


def test_a_role_that_row_security_does_not_bind_is_refused(
    server: ForeignServer, superuser: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    superuser.execute("alter role overgang_application bypassrls")
    assert "overgang_application" in refusal(server)
    superuser.execute("alter role overgang_application nobypassrls")


def test_another_encoding_is_refused(
    server: ForeignServer, superuser: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    superuser.execute("create database latin encoding 'LATIN1' template template0")
    assert "LATIN1" in refusal(server, database="latin")
    superuser.execute("drop database latin with (force)")


def test_what_the_message_says_is_enough_to_set_a_server_up(folder: Path) -> None:
    tools = binaries("15") or binaries("18")
    assert tools is not None
    fresh = ForeignServer.start(folder / "pg", tools)
    with psycopg.connect(fresh.conninfo("postgres", "postgres"), autocommit=True) as superuser:
        superuser.execute('create role "Overgang-Login" login')
        superuser.execute("create database overgang encoding 'UTF8' template template0")
    with psycopg.connect(fresh.conninfo("postgres", "overgang"), autocommit=True) as superuser:
        message = refusal(fresh, login="Overgang-Login")
        for statement in message.splitlines()[2:]:
            superuser.execute(statement.encode())
    with open_as(fresh, login="Overgang-Login") as db:
        db.install([("a", "create table a (x int)")])
    fresh.stop()


def test_an_owner_without_a_schema_is_told_how_to_get_one(
    server: ForeignServer, superuser: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    with open_database(url=server.conninfo(LOGIN, "overgang"), folder=Path("/nowhere"), schema="struer") as db:
        superuser.execute("revoke create on database overgang from overgang_owner")
        with pytest.raises(DatabaseRefused) as refused:
            db.install([("a", "create table a (x int)")])
        for statement in str(refused.value).splitlines()[2:]:
            superuser.execute(statement.encode())
        db.install([("a", "create table a (x int)")])
        superuser.execute("grant create on database overgang to overgang_owner")


def test_a_password_is_never_repeated(server: ForeignServer) -> None:
    with pytest.raises(DatabaseRefused) as refused:
        open_database(url="postgresql://u:hemmelig@[host/db", folder=Path("/nowhere"), schema="lemvig")
    assert "hemmelig" not in str(refused.value)
    assert refused.value.__suppress_context__
    url = f"{server.conninfo('postgres', 'overgang')} password=hemmelig"
    with pytest.raises(DatabaseRefused) as refused:
        open_database(url=url, folder=Path("/nowhere"), schema="lemvig")
    assert "hemmelig" not in str(refused.value)


def test_a_server_that_is_not_there_is_told_in_plain_words() -> None:
    with pytest.raises(DatabaseRefused, match="svarer ikke"):
        open_database(url="host=/nowhere dbname=x", folder=Path("/nowhere"), schema="lemvig")
