"""An import of the files of 3,000 fictional young people from all sources, end to end, into an empty house.

Ours reads and checks the files (CSV and Excel, two dialects of each kind), registers the people (numbers, names and
name prefixes sealed or HMACed), decides, encrypts and appends, remembers every delivery and what stands on full lists,
and then brings the lists up to the log: everything that happens between the files and the first page. Beside it:

* COPY: what then lies in all the tables that this fills, brought into empty tables with the same columns and indexes
  as ready binary, each table by one COPY in one transaction of all. It parses, decides and encrypts nothing.

Both in rows of the files a second. The most memory that the import takes is that of a process of its own.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

from psycopg import sql

from benchmarks.ground import Ground, Rooms, one_row, owner
from benchmarks.lives import NOW
from benchmarks.memory import peak_of_import
from benchmarks.rounds import Figure, Work, beside, in_turns
from benchmarks.size import Size
from database import Database
from demo import write
from demo.filling import load_staff_of
from domain.facts import civil_date
from intake import import_paths
from projections.follow import Follower

OURS, COPY = "files to log to lists, end to end", "COPY of the finished rows"
_NOTED = "installed"
"""Which texts of SQL have been run: every schema has one of its own."""

READ, FOLLOWED = "  of it files to log", "  of it log to lists"


def run(ground: Ground, size: Size) -> list[Figure]:
    """Also how many rows of the database a row of the files becomes."""
    folder = ground.folder / "files"
    write(folder, size.import_youths, seed=7, until=civil_date(NOW))
    done: list[_Done] = []

    def importing(number: int) -> Work:
        rooms = ground.rooms(f"import_{number}")
        load_staff_of(rooms.office, before=True)
        return lambda: _import(rooms, folder, done)

    def copying(number: int) -> Work:
        finished = ground.database(f"import_{number}")
        blocks = {table: _binary(finished, table) for table in _filled(finished)}
        bare = ground.database(f"import_bare_{number}")
        made = "; ".join(f"create table {table} (like {finished.schema}.{table} including all)" for table in blocks)
        bare.install([("benchmark", made)])
        return partial(_copy, bare, blocks, lambda: done[-1].rows)

    rates = in_turns(size.rounds, {OURS: importing, COPY: copying})
    first = ground.database("import_0")
    kept = sum(_count(first, table) for table in _filled(first)) / done[0].rows
    peak = peak_of_import(ground, "import_peak", size.import_youths)
    return [
        *beside(rates, {OURS: (COPY,)}, unit="rows/s"),
        Figure(what=READ, unit="rows/s", rounds=[one.rows / one.reading for one in done]),
        Figure(what=FOLLOWED, unit="entries/s", rounds=[one.entries / one.following for one in done]),
        Figure(what="end to end", unit="entries/s", rounds=[one.entries / one.seconds for one in done]),
        Figure(what="rows of the files", unit="rows", rounds=[done[0].rows]),
        Figure(what="rows of the database for each", unit="rows", rounds=[kept]),
        Figure(what="the most memory it takes", unit="MB", rounds=[peak]),
    ]


class _Done:
    """One import: rows of the files, entries of the log, and seconds for the log and for the lists."""

    def __init__(self, rows: int, entries: int, reading: float, following: float) -> None:
        self.rows, self.entries, self.reading, self.following = rows, entries, reading, following

    @property
    def seconds(self) -> float:
        return self.reading + self.following


def _import(rooms: Rooms, folder: Path, done: list[_Done]) -> int:
    began = perf_counter()
    reports = import_paths(rooms.office, [folder], now=NOW)
    read = perf_counter()
    follower = Follower(rooms.db, rooms.log)
    while follower.catch_up():
        pass
    followed = perf_counter()
    assert all(report.adds_up and report.refused is None for report in reports)
    rows = sum(report.rows for report in reports if not report.again)
    done.append(_Done(rows, rooms.log.position(), read - began, followed - read))
    return rows


def _copy(bare: Database, finished: dict[str, list[bytes]], rows: Callable[[], int]) -> int:
    with owner(bare, autocommit=False) as conn, conn.cursor() as cursor:
        for table, blocks in finished.items():
            with cursor.copy(_all(table, "from stdin")) as copy:
                for block in blocks:
                    copy.write(block)
    return rows()


def _filled(db: Database) -> list[str]:
    """The tables in which there is anything."""
    with owner(db) as conn:
        names = conn.execute(
            "select table_name from information_schema.tables"
            " where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name"
        ).fetchall()
    return [name for (name,) in names if name != _NOTED and _count(db, name)]


def _binary(db: Database, table: str) -> list[bytes]:
    with owner(db) as conn, conn.cursor() as cursor, cursor.copy(_all(table, "to stdout")) as copy:
        return [bytes(block) for block in copy]


def _all(table: str, way: str) -> sql.Composed:
    return sql.SQL("copy {} " + way + " (format binary)").format(sql.Identifier(table))


def _count(db: Database, table: str) -> int:
    with owner(db) as conn:
        return int(one_row(conn, f"select count(*) from {table}")[0])
