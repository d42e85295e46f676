"""A municipality that receives files: real tables, a real log, a folder to put files in."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from psycopg import sql

import eventlog
import intake
from database import Database, Role
from domain.events import Event
from eventlog import EventLog, Secrets
from intake import Report
from intake.profile import Profile
from intake.profiles import shipped_profiles
from people.cpr import fictional
from people.register import Register
from tests.servers import INTAKE, LOG, furnished_database
from tests.servers import PEOPLE as REGISTER

NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)
TODAY = date(2026, 11, 20)
PEOPLE = "CPR-nummer;Fornavn;Efternavn;Adressebeskyttelse;Fødselsdato;Årsag;Hjemmel;Følges fra"
UU = (
    "CPR-nummer;HændelsesId;Hændelse;Dato;Modtaget;Uddannelse;Måde;Aktivitet;Afsender;Modtager;Sag;Svarfrist;Bemærkning"
)
ANE = fictional(date(2009, 3, 14), 1).digits
BO = fictional(date(2007, 5, 1), 2).digits
STRANGER = fictional(date(2008, 1, 1), 3).digits


def person(cpr: str, first: str = "Ærø", last: str = "Testesen", **cells: str) -> str:
    """A row of a CPR extract, with a reason and a legal basis."""
    row = {"protected": "Nej", "born": "", "reason": "Uddannelsesbehov", "basis": "KUI-loven § 1", "since": ""} | cells
    return ";".join([cpr, first, last, *row.values()])


def told(cpr: str, number: str, event: str, on: str, **cells: str) -> str:
    """A row of the UU's export."""
    names = ["known", "programme", "way", "activity", "by", "receiver", "matter", "answer_by", "text"]
    return ";".join([cpr, number, event, on, *(cells.get(name, "") for name in names)])


def break_off(cpr: str = ANE, number: str = "1", on: str = "02-11-2026", **cells: str) -> str:
    return told(cpr, number, "Afbrud meldt", on, **({"programme": "FGU"} | cells))


@dataclass
class Office:
    db: Database
    log: EventLog
    register: Register
    secrets: Secrets
    folder: Path
    profiles: Sequence[Profile] = field(default_factory=shipped_profiles)

    def put(self, name: str, *lines: str, encoding: str = "utf-8", end: str = "\r\n") -> Path:
        """Put a file of these lines into the folder."""
        return self.put_bytes(name, "".join(line + end for line in lines).encode(encoding))

    def put_bytes(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def take(self, path: Path, **more: Any) -> Report:
        """Import one file."""
        return intake.import_file(self.receiving, path, **{"now": NOW} | more)

    def take_all(self, *paths: Path, **more: Any) -> list[Report]:
        """Import files and folders."""
        return intake.import_paths(self.receiving, paths or [self.folder], **{"now": NOW} | more)

    @property
    def receiving(self) -> intake.Office:
        """The same as the program knows it."""
        return intake.Office(self.db, self.log, self.register, self.secrets, self.profiles)

    def knows(self, *numbers: str) -> None:
        """These people are followed already."""
        self.take(self.put("cpr-before.csv", PEOPLE, *(person(cpr) for cpr in numbers)))

    def events(self, kind: type | None = None) -> list[Event]:
        """What stands in the log, of this type."""
        return [entry.event for entry in self.log.after(0) if kind is None or isinstance(entry.event, kind)]

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        with self.db.connection(Role.APPLICATION) as conn:
            return conn.execute(question.encode()).fetchall()

    def everything_stored(self) -> bytes:
        """The bytes of all columns of all tables, as somebody with a dump would have them."""
        with self.db.connection(Role.OWNER) as conn:
            tables = conn.execute(
                "select table_name from information_schema.tables where table_schema = current_schema()"
            ).fetchall()
            found = b""
            for (table,) in tables:
                name = sql.Identifier(table)
                for row in conn.execute(sql.SQL("select * from {}").format(name), binary=True).fetchall():
                    found += b"\n".join(
                        bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode() for cell in row
                    )
            return found


@contextmanager
def open_office(folder: Path, *, demo: bool = True) -> Iterator[Office]:
    with furnished_database(LOG, REGISTER, INTAKE) as db:
        eventlog.install(db, municipality="Demo", demo=demo)
        secrets = Secrets.for_tests()
        log = EventLog(db, secrets)
        yield Office(db, log, Register(db, log.keys, secrets), secrets, folder)
