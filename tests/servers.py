"""One PostgreSQL for a whole test session; every test gets a schema of its own.

    with fresh_database() as db:
        db.install([...])

    with furnished_database(LOG, PEOPLE) as db:  # the tables of these rooms are there, and empty
        eventlog.install(db, ...)

Close what you open: a database left open holds its connections until `stop_all`.
"""

import atexit
import fcntl
import itertools
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

import erasure
import eventlog
import intake
import people
from database.database import Database, _conninfo, open_database
from database.embedded import DATABASE, EmbeddedServer
from database.limits import WORK, Pace
from database.roles import Role, create_roles
from projections import tables
from tests.database.foreign import ForeignServer, binaries
from tests.shelf import Shelf

DEBIAN = os.environ.get("OVERGANG_TEST_SERVER") == "15"
"""Run the tests on Debian's PostgreSQL 15 instead of the embedded 18."""

LOGIN = "overgang_login"

ENOUGH = 4 * 1024**3
"""Bytes for the servers of the parts that run side by side; a container often has 64 MB."""


def LOG(db: Database) -> None:  # noqa: N802 - a room, as those below
    eventlog.install(db, municipality="Prøvekommune", demo=True)


PEOPLE, LISTS, INTAKE = people.install, tables.install, intake.install


def ERASURE(db: Database) -> None:  # noqa: N802
    db.install([("erasure", erasure.schema())])


EVERY_ROOM = (LOG, PEOPLE, LISTS, INTAKE, ERASURE)


def _superuser() -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(superuser_conninfo(), autocommit=True)


@dataclass
class _Shared:
    folder: Path
    server: EmbeddedServer | ForeignServer
    url: str | None
    shelf: Shelf = field(default_factory=lambda: Shelf(_superuser))


_shared: _Shared | None = None
_opened: list[Database] = []
_numbers = itertools.count(1)
_lock = threading.RLock()


UNHURRIED = Pace(requests=WORK)
"""How fast the machine is today is no part of a test, unless it says so."""


def fresh_database(schema: str | None = None, pace: Pace = UNHURRIED) -> Database:
    """Open a database on the session's server, in a schema of a new name unless one is given."""
    with _lock:
        shared = _start()
        name = schema or _new_name()
        # No connection is kept for nobody: many tests share the server's 60.
        db = open_database(url=shared.url, folder=shared.folder, schema=name, pool_min=0, pool_max=8, pace=pace)
        _opened.append(db)
        return db


@contextmanager
def furnished_database(*rooms: Callable[[Database], object], pace: Pace = UNHURRIED) -> Iterator[Database]:
    """Open a database in which these rooms' tables stand and are all empty, until the end of the block."""
    with _lock:
        shelf = _start().shelf
        schema = shelf.take(rooms)
    if schema is None:
        with fresh_database() as db:
            for install in rooms:
                install(db)
        schema = shelf.new(db.schema, _new_name())
    with _beside(schema, pace) as db:
        yield db
    with _lock:
        shelf.give_back(db.schema, rooms, _new_name())


def _beside(schema: str, pace: Pace) -> Database:
    """Open a schema of the session's server, about which nothing has to be found out any more."""
    with _lock:
        shared = _start()
        login = conninfo_to_dict(shared.url or shared.server.conninfo("postgres", DATABASE))
        address = partial(_conninfo, login, schema, change_role=shared.url is not None)
        db = Database(address=address, schema=schema, server=None, pool_min=0, pool_max=8, pace=pace)
        _opened.append(db)
        return db


def _new_name() -> str:
    return f"test_{os.getpid()}_{next(_numbers)}"


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
            _shared.shelf.close()
            _shared.server.stop()
            shutil.rmtree(_shared.folder, ignore_errors=True)
            _shared = None


def _start() -> _Shared:
    global _shared  # noqa: PLW0603
    if _shared is None:
        atexit.register(stop_all)  # should nobody else call it
        folder = _folder(quick_place() or Path(tempfile.gettempdir()))
        if DEBIAN:
            tools = binaries("15")
            if tools is None:
                raise RuntimeError("OVERGANG_TEST_SERVER=15, but Debian's postgresql-15 is not installed")
            debian = ForeignServer.start(folder / "debian", tools)
            _shared = _Shared(folder, debian, prepare_login(debian))
        else:
            _shared = _Shared(folder, EmbeddedServer.start(folder), None)
    return _shared


def _folder(place: Path) -> Path:
    """Make the server's folder; those of test sessions that were killed are removed."""
    for left in place.glob("overgang-test-*"):
        with suppress(OSError), (left / "session.lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # whose session lives, holds it
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="overgang-test-", dir=place))
    folder.chmod(0o711)  # as root the server is another user, who must get through
    held = os.open(folder / "session.lock", os.O_CREAT | os.O_RDONLY)  # until this process ends
    fcntl.flock(held, fcntl.LOCK_EX)
    return folder


def quick_place() -> Path | None:
    """Find memory that looks like a disk, where making a file costs next to nothing; None when there is too little.

    For servers of tests that are not about disks: it is emptied when they end.
    """
    memory = Path("/dev/shm")  # noqa: S108 - as wide open as /tmp, and mkdtemp is made for that
    return memory if memory.is_dir() and shutil.disk_usage(memory).free >= ENOUGH else None


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
