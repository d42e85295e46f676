from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from psycopg import Connection, sql

from database.database import Database
from database.roles import Role
from eventlog.keys import KeyRing
from eventlog.secrets import Secrets
from people.cpr import Cpr, fictional
from people.register import NewPerson, Register, Registered

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


@dataclass
class House:
    """A municipality with real tables, and the staff of the demo."""

    db: Database
    keys: KeyRing
    secrets: Secrets
    register: Register

    @contextmanager
    def open(self, role: Role = Role.APPLICATION) -> Iterator[Connection]:
        with self.db.connection(role) as conn:
            yield conn

    def add(self, *names: str, protected: bool = False) -> list[Registered]:
        """Register people of these names, each with a number of their own."""
        with self.open() as conn:
            count = conn.execute("select count(*) from person").fetchone()
            first = count[0] if count else 0
            rows = [NewPerson(number(first + n), name, protected=protected) for n, name in enumerate(names)]
            return self.register.register_people(conn, rows, NOW)

    def find(self, text: str, **more: Any) -> list[str]:
        with self.open() as conn:
            return [identity.name for identity in self.register.search(conn, text, **more)]

    def everything_stored(self) -> str:
        """All columns of all tables as text, as somebody with a dump would read them."""
        with self.open(Role.OWNER) as conn:
            tables: Sequence[Any] = conn.execute(
                "select table_name from information_schema.tables where table_schema = current_schema()"
            ).fetchall()
            rows: list[Any] = []
            for (table,) in tables:
                rows += conn.execute(sql.SQL("select t::text from {} t").format(sql.Identifier(table))).fetchall()
                # bytea prints as hex; a name in it would read as its bytes.
                cells = conn.execute(sql.SQL("select to_jsonb(t) from {} t").format(sql.Identifier(table)))
                for (row,) in cells:
                    rows += [_readable(value) for value in row.values()]
            return "\n".join(map(str, rows))


def number(serial: int) -> Cpr:
    """The number of nobody, born on 3 April 2008."""
    return fictional(date(2008, 4, 3), serial)


def _readable(value: object) -> str:
    text = str(value)
    return bytes.fromhex(text[2:]).decode("utf-8", "ignore") if text.startswith("\\x") else text
