"""The server that everything is measured on: started for one run, and gone after it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import Connection, sql
from psycopg.conninfo import conninfo_to_dict

import eventlog
import intake
import people
from database import Database, Role, open_database
from eventlog import EventLog, Secrets
from people.register import Register
from projections import tables


@dataclass(frozen=True, slots=True)
class Ground:
    """One server; every benchmark gets schemas of its own on it."""

    folder: Path
    databases: list[Database]

    def database(self, schema: str) -> Database:
        """A database on the server; closed with it."""
        # Several are open at a time, and the server has 60 connections.
        db = open_database(url=None, folder=self.folder, schema=schema, pool_min=0, pool_max=6)
        self.databases.append(db)
        return db

    def clear(self) -> None:
        """Close and drop what was made here: the next has the server, its connections and its disk to itself."""
        first, *others = self.databases
        del self.databases[1:]
        for db in others:
            db.close()
        with owner(first) as conn:
            for schema in {db.schema for db in others}:
                conn.execute(sql.SQL("drop schema {} cascade").format(sql.Identifier(schema)))

    def rooms(self, schema: str, keys: str = "keys") -> "Rooms":
        """A house in a schema of its own, with everything installed; `keys` is the folder of its master keys."""
        db = self.database(schema)
        eventlog.install(db, municipality="Benchmark", demo=True)
        people.install(db)
        tables.install(db)
        intake.install(db)
        secrets = Secrets.open(self.folder / keys)
        log = EventLog(db, secrets)
        return Rooms(db, secrets, log, Register(db, log.keys, secrets))


@dataclass(frozen=True, slots=True)
class Rooms:
    """What one house works with."""

    db: Database
    secrets: Secrets
    log: EventLog
    register: Register

    @property
    def office(self) -> intake.Office:
        """Where files come in."""
        return intake.Office(self.db, self.log, self.register, self.secrets)


@contextmanager
def ground() -> Iterator[Ground]:
    """A server in a folder of its own; stopped and removed at the end, whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="overgang-benchmark-"))
    folder.chmod(0o711)  # as root the server is another user, who must get through
    databases: list[Database] = []
    try:
        # The first one starts the server, and stops it when it is closed.
        databases.append(open_database(url=None, folder=folder, schema="first", pool_min=0))
        yield Ground(folder, databases)
    finally:
        for db in reversed(databases):
            db.close()
        shutil.rmtree(folder, ignore_errors=True)


def owner(db: Database, *, autocommit: bool = True) -> Connection[Any]:
    """A plain connection of psycopg's own, with prepared statements: what is as fast as it gets."""
    return Connection.connect(db.conninfo(Role.OWNER), autocommit=autocommit, prepare_threshold=1)


def one_row(conn: Connection[Any], query: str) -> tuple[Any, ...]:
    """The only row of a question that always has one."""
    row: tuple[Any, ...] | None = conn.execute(query.encode()).fetchone()
    assert row is not None
    return row


@contextmanager
def library_env(db: Database) -> Iterator[dict[str, str]]:
    """The library's settings for this schema. It knows no search path, so that comes by libpq's own variable."""
    parts = conninfo_to_dict(db.conninfo(Role.OWNER))
    before = os.environ.get("PGOPTIONS")
    os.environ["PGOPTIONS"] = f"-c search_path={db.schema}"
    try:
        yield {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": str(parts["dbname"]),
            "POSTGRES_HOST": str(parts["host"]),
            "POSTGRES_PORT": str(parts.get("port", "5432")),
            "POSTGRES_USER": str(parts["user"]),
            "POSTGRES_PASSWORD": "",
            "POSTGRES_SCHEMA": db.schema,
        }
    finally:
        if before is None:
            del os.environ["PGOPTIONS"]
        else:
            os.environ["PGOPTIONS"] = before
