"""One PostgreSQL for a whole test session; every test gets a schema of its own.

    with fresh_database() as db:
        db.install([...])

Close what you open: a database left open holds its connections until `stop_all`.
"""

import atexit
import itertools
import os
import shutil
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

import psycopg

from database.database import Database, open_database
from database.embedded import EmbeddedServer
from database.limits import WORK, Pace
from database.roles import Role, create_roles
from tests.database.foreign import ForeignServer, binaries

DEBIAN = os.environ.get("OVERGANG_TEST_SERVER") == "15"
"""Run the tests on Debian's PostgreSQL 15 instead of the embedded 18."""

LOGIN = "overgang_login"


@dataclass
class _Shared:
    folder: Path
    server: EmbeddedServer | ForeignServer
    url: str | None


_shared: _Shared | None = None
_opened: list[Database] = []
_numbers = itertools.count(1)
_lock = threading.Lock()


UNHURRIED = Pace(requests=WORK)
"""How fast the machine is today is no part of a test, unless it says so."""


def fresh_database(schema: str | None = None, pace: Pace = UNHURRIED) -> Database:
    """Open a database on the session's server, in a schema of a new name unless one is given."""
    with _lock:
        shared = _start()
        name = schema or f"test_{os.getpid()}_{next(_numbers)}"
        # No connection is kept for nobody: many tests share the server's 60.
        db = open_database(url=shared.url, folder=shared.folder, schema=name, pool_min=0, pool_max=8, pace=pace)
        _opened.append(db)
        return db


def server_folder() -> Path:
    """The folder of the session's server."""
    with _lock:
        return _start().folder


def superuser_conninfo() -> str:
    """Connect as the superuser: only for looking from outside and for faults, never in place of a role."""
    with _lock:
        return _start().server.conninfo("postgres", "overgang")


def stop_all() -> None:
    """Close every database and stop the server; the root conftest calls it when the session ends."""
    global _shared  # noqa: PLW0603 - one server per session is the point
    with _lock:
        for db in _opened:
            db.close()
        _opened.clear()
        if _shared is not None:
            _shared.server.stop()
            shutil.rmtree(_shared.folder, ignore_errors=True)
            _shared = None


def _start() -> _Shared:
    global _shared  # noqa: PLW0603
    if _shared is None:
        atexit.register(stop_all)  # should nobody else call it
        folder = Path(tempfile.mkdtemp(prefix="overgang-test-"))
        folder.chmod(0o711)  # as root the server is another user, who must get through
        if DEBIAN:
            tools = binaries("15")
            if tools is None:
                raise RuntimeError("OVERGANG_TEST_SERVER=15, but Debian's postgresql-15 is not installed")
            debian = ForeignServer.start(folder / "debian", tools)
            _shared = _Shared(folder, debian, prepare_login(debian))
        else:
            _shared = _Shared(folder, EmbeddedServer.start(folder), None)
    return _shared


def prepare_login(server: ForeignServer, database: str = "overgang") -> str:
    """Set up somebody else's server as docs/drift/postgresql.md says, and return the URL of the login."""
    with psycopg.connect(server.conninfo("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(f"create database {database} encoding 'UTF8' template template0".encode())
    with psycopg.connect(server.conninfo("postgres", database), autocommit=True) as connection:
        create_roles(connection)
        connection.execute(f"create role {LOGIN} login nosuperuser nobypassrls".encode())
        connection.execute(f"grant {', '.join(Role)} to {LOGIN}".encode())
        connection.execute(f"grant create on database {database} to {Role.OWNER}".encode())
    return server.conninfo(LOGIN, database)
