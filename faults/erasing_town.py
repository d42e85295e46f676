"""What the erasing scenario erases: fictional people of whom every room keeps something, and what is left of them."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from psycopg import sql

import erasure
import intake
import people
from benchmarks.lives import NOW
from database import Role
from erasure import Archive, Eraser, Ground, Intents
from erasure.lists import READ_TABLES
from eventlog import Entry
from faults.ground import House, as_superuser
from intake import Office
from people.cpr import fictional
from people.register import Register
from people.relatives import Relation, add_relative
from people.staff import demo_municipality, load_staff, read_municipality
from projections.follow import Follower

MARK = "Zqxmærke"
"""Stands in every name and text of those who are to be erased."""

PROPOSER, CONFIRMER = "finn-familiechef", "dorte-databeskytter"
_PEOPLE = "CPR-nummer;Fornavn;Efternavn;Adressebeskyttelse;Fødselsdato;Årsag;Hjemmel;Følges fra"
_UU = (
    "CPR-nummer;HændelsesId;Hændelse;Dato;Modtaget;Uddannelse;Måde;Aktivitet;Afsender;Modtager;Sag;Svarfrist;Bemærkning"
)
_OF = {"log_events": "originator_id = any(%s) and state <> ''", "log_keys": "stream = any(%s)"} | dict.fromkeys(
    ("person", "person_name_prefix", "relative", "listed", "proposal", *READ_TABLES), "person_id = any(%s)"
)


def furnish(opened: House) -> None:
    """The tables of every room, and the staff."""
    rooms = (("people", people.schema()), ("intake", intake.schema()), ("erasure", erasure.schema()))
    opened.db.install(rooms)
    with opened.db.connection(Role.APPLICATION) as conn:
        load_staff(conn, opened.log.keys, read_municipality(demo_municipality()))


def office(opened: House) -> Office:
    """As a process of its own has it."""
    log = opened.another()
    return Office(opened.db, log, Register(opened.db, log.keys, opened.secrets), opened.secrets)


def eraser(opened: House) -> Eraser:
    """The same, and the ledger file beside the keys."""
    return Eraser(office(opened), Intents(opened.folder / "keys"))


def move_in(opened: House, count: int, first: int, mark: str) -> list[UUID]:
    """So many people by files, each with a row that waits, a relative, and rows on lists."""
    numbers = [fictional(date(2008, 1, 1) + timedelta(days=n), n % 4000) for n in range(first, first + count)]
    extract = [f"{cpr.digits};{mark}navn;Testesen;Nej;;Uddannelsesbehov;KUI-loven § 1;" for cpr in numbers]
    told = [
        row
        for n, cpr in enumerate(numbers, start=first)
        for row in (
            f"{cpr.digits};{n};Afbrud meldt;02-11-2026;;FGU;;;;;;;",
            f"{cpr.digits};{n}-x;{mark} ukendt;02-11-2026;;;;;;;;;",
        )
    ]
    ours = office(opened)
    for name, head, rows in (("cpr", _PEOPLE, extract), ("uu", _UU, told)):
        path = opened.folder / f"{name}-{first}.csv"
        path.write_text("\r\n".join([head, *rows, ""]), encoding="utf-8")
        intake.import_file(ours, path, now=NOW)
        path.unlink()
    with opened.db.connection(Role.APPLICATION) as conn:
        found = ours.register.find_by_cpr(conn, numbers)
        for person_id in found.values():
            add_relative(conn, ours.log.keys, person_id, f"{mark} mor", Relation.PARENT, NOW)
    follower = Follower(opened.db, opened.another())
    while follower.catch_up():
        pass
    return [found[cpr] for cpr in numbers]


def decide(opened: House, person_id: UUID) -> UUID:
    """Two people decide to erase this person."""
    deciding = eraser(opened).deciding
    with opened.db.connection(Role.APPLICATION) as conn:
        number = deciding.office.register.identities(conn, [person_id])[person_id].case_number
    proposed = deciding.propose(
        number,
        ground=Ground.COURT_ORDER,
        archive=Archive.HANDED_OVER,
        reference="Aflevering 1",
        by=PROPOSER,
        now=NOW,
    )
    return deciding.confirm(proposed.erasure.erasure_id, by=CONFIRMER, now=NOW).erasure_id


def rows_left(opened: House, gone: Collection[UUID]) -> int:
    """How many rows of all rooms still are about these people."""
    with opened.db.connection(Role.OWNER) as conn:
        counts = [
            conn.execute(f"select count(*) from {name} where {which}".encode(), [list(gone)]).fetchone()
            for name, which in _OF.items()
        ]
    return sum(int(row[0]) for row in counts if row)


def waiting_rows(opened: House) -> int:
    """How many rows are set aside."""
    with opened.db.connection(Role.OWNER) as conn:
        row = conn.execute("select count(*) from set_aside").fetchone()
    return int(row[0]) if row else 0


def stories(opened: House, of: Collection[UUID]) -> dict[UUID, list[Entry]]:
    """What the log tells of these people."""
    return opened.another().histories(list(of))


@contextmanager
def backup(opened: House) -> Iterator[Callable[[], None]]:
    """Copies of all tables as they are now; the answer puts them back, as from an old backup."""
    schema, copies = opened.db.schema, f"{opened.db.schema}_copy"
    with as_superuser(opened) as conn:
        conn.execute(sql.SQL("create schema {}").format(sql.Identifier(copies)))
        tables = [name for (name,) in conn.execute("select tablename from pg_tables where schemaname = %s", [schema])]
        for name in tables:
            conn.execute(
                sql.SQL("create table {} as select * from {}").format(
                    sql.Identifier(copies, name), sql.Identifier(schema, name)
                )
            )

    def restore() -> None:
        with as_superuser(opened) as conn:
            conn.execute("set session_replication_role = replica")
            for name in tables:
                there, copy = sql.Identifier(schema, name), sql.Identifier(copies, name)
                conn.execute(sql.SQL("delete from {}").format(there))
                conn.execute(sql.SQL("insert into {} overriding system value select * from {}").format(there, copy))

    yield restore


def ledger_file(folder: Path) -> Path:
    """Where the ledger file lies."""
    return Intents(folder / "keys").path
