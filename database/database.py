"""One municipality's database: a schema, and connections to it by role.

Every connection is bounded in time – to connect, to wait for a lock, to run, to sit idle, to be answered – because a
call that hangs takes a whole pool with it. database/limits.py says how long.
"""

import hashlib
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg import Connection, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow

from database.bounded import BoundedConnection
from database.checks import refuse_unsafe
from database.embedded import DATABASE, SUPERUSER, EmbeddedServer
from database.lending import Lender
from database.limits import WORK, Limits, Pace, give_up
from database.refusal import DatabaseRefused
from database.roles import Role, create_roles

# How a dead server or a cut line is noticed by the kernel. Seconds, but tcp_user_timeout is in milliseconds.
_LINE = {
    "tcp_user_timeout": 4000,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
}
_INSTALL_WAIT = "60s"  # another process may be installing the same
_ALWAYS = {
    "timezone": "UTC",
    # What the log's functions count on: every statement sees what was committed before it.
    "default_transaction_isolation": r"read\ committed",
    # So that the server too notices a line that died without a word, and lets go of what it holds for it.
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "2",
}
"""Of every session, whatever the server's own settings are."""

_PREPARE_LOCK = 5_203_118_001  # any number that nothing else locks

_INSTALLED = """
create table if not exists installed (
    name   text primary key,
    sha256 text not null,
    at     timestamptz not null default now()
);
grant select on installed to overgang_application, overgang_follower, overgang_eraser;
"""


class Database:
    """The schema of one municipality. Made by `open_database`; safe to share between threads."""

    def __init__(
        self,
        *,
        address: Callable[[Role, Limits], str],
        schema: str,
        server: EmbeddedServer | None,
        pool_min: int = 1,
        pool_max: int = 8,
        pace: Pace | None = None,
    ) -> None:
        self.schema = schema
        self.server = server
        self.address = address
        """How libpq connects as a role under some limits. May hold a password: never log it."""
        self._pool_sizes = (pool_min, pool_max)
        self._pace = pace or Pace()
        self._lenders: dict[tuple[Role, bool], Lender] = {}
        self._lenders_lock = threading.Lock()

    def conninfo(self, role: Role) -> str:
        """How libpq and PostgreSQL's tools connect as this role. May hold a password: never log it."""
        return self.address(role, self._pace.of(role, hurried=False))

    def connection(self, role: Role) -> AbstractContextManager[Connection[TupleRow]]:
        """Lend a connection for one transaction: committed at the end, rolled back on an exception.

        Raises an OperationalError (`Unavailable`): NoneFree when none could be had in time, NoAnswer when the
        database stops answering. Inside `hurried()` the limits of requests hold.
        """
        return self._lender(role).lend()

    @contextmanager
    def statements(self, role: Role) -> Iterator[Connection[TupleRow]]:
        """Lend a connection on which every statement is a transaction of its own: no BEGIN and no COMMIT to wait for.

        Raises as `connection`.
        """
        with self.connection(role) as connection:
            connection.autocommit = True
            try:
                yield connection
            finally:
                if not connection.closed:
                    connection.autocommit = False

    @contextmanager
    def autocommit(self, role: Role) -> Iterator[Connection[TupleRow]]:
        """Open a connection outside the pool, where every statement is its own transaction: for LISTEN."""
        with self._open(role) as connection:
            connection.set_autocommit(True)
            yield connection

    def install(self, scripts: Sequence[tuple[str, str]]) -> None:
        """Run each room's (name, SQL) as the owner, all in one transaction, unless it was run before.

        A script is run again when its text changes, so it must be able to run over its own result.
        Raises DatabaseRefused when the owner may not make the schema.
        """
        wanted = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in scripts}
        with self._open(Role.OWNER) as connection:
            if wanted.items() <= _installed(connection).items():
                return
            # A new index over many rows may take longer than a request ever should.
            connection.execute("select set_config('lock_timeout', %s, true)", [_INSTALL_WAIT])
            connection.execute("set local statement_timeout = 0")
            connection.execute(
                "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"overgang install {self.schema}"]
            )
            self._create_schema(connection)
            installed = _installed(connection)  # again: somebody may have been before us at the lock
            for name, text in scripts:
                if installed.get(name) != wanted[name]:
                    connection.execute(text.encode())
                    connection.execute(
                        "insert into installed (name, sha256) values (%s, %s)"
                        " on conflict (name) do update set sha256 = excluded.sha256, at = now()",
                        [name, wanted[name]],
                    )

    def close(self) -> None:
        """Close all pools, and stop the embedded server if this process owns it."""
        with self._lenders_lock:
            lenders = list(self._lenders.values())
            self._lenders.clear()
        for lender in lenders:
            lender.close()
        if self.server is not None:
            self.server.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _lender(self, role: Role) -> Lender:
        hurried = role is not Role.OWNER and give_up() is not None
        with self._lenders_lock:
            lender = self._lenders.get((role, hurried))
            if lender is None:
                smallest, largest = self._pool_sizes
                limits = self._pace.of(role, hurried=hurried)
                address = self.address(role, limits)
                lender = Lender(address, name=role.value, limits=limits, smallest=smallest, largest=largest)
                self._lenders[role, hurried] = lender
            return lender

    def _open(self, role: Role) -> BoundedConnection:
        limits = self._pace.of(role, hurried=give_up() is not None)
        connection = BoundedConnection.connect(self.address(role, limits))
        connection.answer = limits.answer
        return connection

    def _create_schema(self, connection: Connection[TupleRow]) -> None:
        found = connection.execute("select 1 from pg_namespace where nspname = %s", [self.schema]).fetchone()
        schema = sql.Identifier(self.schema)
        try:
            if found is None:  # `if not exists` would ask for the right to create even when it exists
                connection.execute(sql.SQL("create schema {}").format(schema))
            for role in (Role.APPLICATION, Role.FOLLOWER, Role.ERASER):
                connection.execute(sql.SQL("grant usage on schema {} to {}").format(schema, sql.Identifier(role.value)))
            connection.execute(_INSTALLED)
        except psycopg.errors.InsufficientPrivilege as error:
            raise DatabaseRefused(
                f"Rollen {Role.OWNER} må ikke oprette eller ændre skemaet {self.schema}"
                f" i databasen {connection.info.dbname}.\n"
                f"Kør som databaseadministrator i den database:\n"
                f"  create schema if not exists {self.schema};\n"
                f"  alter schema {self.schema} owner to {Role.OWNER};"
            ) from error


def open_database(
    *, url: str | None, folder: Path, schema: str, pool_min: int = 1, pool_max: int = 8, pace: Pace | None = None
) -> Database:
    """Open the municipality's database: on the server at `url`, or on our own in `folder`.

    `pool_max` connections for each role, and as many again for requests; `pace` says how long each kind of work waits.
    Raises DatabaseRefused when the server is not safe to write to or not set up.
    """
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", schema) or schema.startswith("pg_"):
        raise DatabaseRefused(
            f"“{schema}” kan ikke være navn på et skema.\n"
            "Brug små bogstaver a-z, tal og understreg, højst 63 tegn, og begynd med et bogstav."
        )
    if url is not None:
        login = _read_url(url)
        _refuse_or_accept(login, schema)
        address = partial(_conninfo, login, schema, change_role=True)
        return Database(address=address, schema=schema, server=None, pool_min=pool_min, pool_max=pool_max, pace=pace)
    server = EmbeddedServer.start(folder)
    try:
        _prepare(server)
        login = conninfo_to_dict(server.conninfo(SUPERUSER))  # with the role's name in place of this
        address = partial(_conninfo, login, schema, change_role=False)
        return Database(address=address, schema=schema, server=server, pool_min=pool_min, pool_max=pool_max, pace=pace)
    except BaseException:
        server.stop()
        raise


def _read_url(url: str) -> dict[str, Any]:
    try:
        given = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        # Without the cause: its text quotes the URL, password and all.
        raise DatabaseRefused(
            "DATABASE_URL kan ikke læses.\n"
            "Den skal se sådan ud: postgresql://bruger:adgangskode@server:5432/database?sslmode=verify-full"
        ) from None
    # Never a standby: a decision taken on yesterday's log could contradict today's.
    return {"client_encoding": "UTF8", "target_session_attrs": "read-write", **given}


def _refuse_or_accept(login: dict[str, Any], schema: str) -> None:
    try:
        address = make_conninfo(**{**_LINE, "connect_timeout": WORK.connect, **login})
        with BoundedConnection.connect(address) as connection:
            refuse_unsafe(connection, schema)
    except psycopg.OperationalError as error:
        raise DatabaseRefused(
            f"Databasen i DATABASE_URL svarer ikke eller afviser brugeren: {error}\n"
            "Er serveren startet, er adressen rigtig, og er det den primære server (ikke en kopi)?"
        ) from error


def _conninfo(login: dict[str, Any], schema: str, role: Role, limits: Limits, *, change_role: bool) -> str:
    # How the session behaves, whatever the server's own settings are. pg_temp last, or a temporary table could stand
    # in for a real one.
    session = {**limits.of_session(), **_ALWAYS, "search_path": f"{schema},pg_temp"}
    who = {} if change_role else {"user": role.value}
    if change_role:
        session["role"] = role.value
    options = [f"-c {name}={value}" for name, value in session.items()]
    if login.get("options"):
        options.insert(0, str(login["options"]))
    name = role.value.replace("_", "-")
    line = {**_LINE, "connect_timeout": limits.connect, **login, **who}
    return make_conninfo(**{**line, "options": " ".join(options), "application_name": name})


def _prepare(server: EmbeddedServer) -> None:
    """Create the roles and the database on our own server. The only time the superuser is used."""
    with BoundedConnection.connect(server.conninfo(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [_PREPARE_LOCK])  # until the connection closes
        create_roles(connection)
        if connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone() is None:
            name, owner = sql.Identifier(DATABASE), sql.Identifier(Role.OWNER.value)
            connection.execute(sql.SQL("create database {} owner {}").format(name, owner))


def _installed(connection: Connection[TupleRow]) -> dict[str, str]:
    """What is installed in this schema: hash by name."""
    if connection.execute("select to_regclass('installed')").fetchone() == (None,):
        return {}
    return dict(connection.execute("select name, sha256 from installed").fetchall())
