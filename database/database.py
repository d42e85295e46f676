"""One municipality's database: a schema, and connections to it by role.

Every connection is bounded in time – to connect, to wait for a lock, to run, to sit idle – because a call
that hangs takes a whole pool with it.
"""

import hashlib
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg import Connection, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from database.checks import refuse_unsafe
from database.embedded import DATABASE, SUPERUSER, EmbeddedServer
from database.refusal import DatabaseRefused
from database.roles import Role, create_roles

# How a session behaves, whatever the server's own settings are. Times in milliseconds.
_SESSION = {
    "statement_timeout": "30000",
    "lock_timeout": "5000",
    "idle_in_transaction_session_timeout": "60000",
    "timezone": "UTC",
}
# How a dead server or a cut line is noticed. Seconds, but tcp_user_timeout is in milliseconds.
_LINE = {
    "connect_timeout": 5,
    "tcp_user_timeout": 4000,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
}
_POOL_WAIT = 5.0  # seconds a request waits for a free connection
_INSTALL_WAIT = "60s"  # another process may be installing the same
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
        conninfos: dict[Role, str],
        schema: str,
        server: EmbeddedServer | None,
        pool_min: int = 1,
        pool_max: int = 8,
    ) -> None:
        self.schema = schema
        self.server = server
        self._conninfos = conninfos
        self._pool_sizes = (pool_min, pool_max)
        self._pools: dict[Role, ConnectionPool[Connection[TupleRow]]] = {}
        self._pools_lock = threading.Lock()

    def conninfo(self, role: Role) -> str:
        """How libpq and PostgreSQL's tools connect as this role. May hold a password: never log it."""
        return self._conninfos[role]

    @contextmanager
    def connection(self, role: Role) -> Iterator[Connection[TupleRow]]:
        """Lend a connection for one transaction: committed at the end, rolled back on an exception.

        Raises psycopg_pool.PoolTimeout (an OperationalError) when none is free within 5 seconds.
        """
        with self._pool(role).connection() as connection:
            yield connection

    @contextmanager
    def autocommit(self, role: Role) -> Iterator[Connection[TupleRow]]:
        """Open a connection outside the pool, where every statement is its own transaction: for LISTEN."""
        with psycopg.connect(self._conninfos[role], autocommit=True) as connection:
            yield connection

    def install(self, scripts: Sequence[tuple[str, str]]) -> None:
        """Run each room's (name, SQL) as the owner, all in one transaction, unless it was run before.

        A script is run again when its text changes, so it must be able to run over its own result.
        Raises DatabaseRefused when the owner may not make the schema.
        """
        wanted = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in scripts}
        with psycopg.connect(self._conninfos[Role.OWNER]) as connection:
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
        with self._pools_lock:
            pools = list(self._pools.values())
            self._pools.clear()
        for pool in pools:
            pool.close()
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

    def _pool(self, role: Role) -> ConnectionPool[Connection[TupleRow]]:
        with self._pools_lock:
            if role not in self._pools:
                smallest, largest = self._pool_sizes
                self._pools[role] = ConnectionPool(
                    self._conninfos[role],
                    connection_class=Connection[TupleRow],
                    min_size=smallest,
                    max_size=largest,
                    timeout=_POOL_WAIT,
                    # Its pauses double up to this; longer ones would outlast the outage they wait for.
                    reconnect_timeout=_POOL_WAIT,
                    # One question per loan, so that a restarted server costs nobody an error.
                    check=ConnectionPool.check_connection,
                    name=role.value,
                    open=True,
                )
            return self._pools[role]

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


def open_database(*, url: str | None, folder: Path, schema: str, pool_min: int = 1, pool_max: int = 8) -> Database:
    """Open the municipality's database: on the server at `url`, or on our own in `folder`.

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
        conninfos = {role: _conninfo(login, role, schema, change_role=True) for role in Role}
        return Database(conninfos=conninfos, schema=schema, server=None, pool_min=pool_min, pool_max=pool_max)
    server = EmbeddedServer.start(folder)
    try:
        _prepare(server)
        conninfos = {
            role: _conninfo(conninfo_to_dict(server.conninfo(role)), role, schema, change_role=False) for role in Role
        }
        return Database(conninfos=conninfos, schema=schema, server=server, pool_min=pool_min, pool_max=pool_max)
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
    return {"client_encoding": "UTF8", "target_session_attrs": "read-write", **_LINE, **given}


def _refuse_or_accept(login: dict[str, Any], schema: str) -> None:
    try:
        with psycopg.connect(make_conninfo(**login)) as connection:
            refuse_unsafe(connection, schema)
    except psycopg.OperationalError as error:
        raise DatabaseRefused(
            f"Databasen i DATABASE_URL svarer ikke eller afviser brugeren: {error}\n"
            "Er serveren startet, er adressen rigtig, og er det den primære server (ikke en kopi)?"
        ) from error


def _conninfo(login: dict[str, Any], role: Role, schema: str, *, change_role: bool) -> str:
    # pg_temp last, or a temporary table could stand in for a real one.
    session = {**_SESSION, "search_path": f"{schema},pg_temp"}
    if change_role:
        session["role"] = role.value
    options = [f"-c {name}={value}" for name, value in session.items()]
    if login.get("options"):
        options.insert(0, str(login["options"]))
    name = role.value.replace("_", "-")
    return make_conninfo(**{**_LINE, **login, "options": " ".join(options), "application_name": name})


def _prepare(server: EmbeddedServer) -> None:
    """Create the roles and the database on our own server. The only time the superuser is used."""
    with psycopg.connect(server.conninfo(SUPERUSER, "postgres"), autocommit=True) as connection:
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
