"""An import of the files of 3,000 fictional young people, end to end, into an empty house.

Ours reads and checks the files, registers the people (numbers, names and name prefixes sealed or HMACed), decides,
encrypts and appends, and remembers every delivery: everything that `overgang import` does. Beside it:

* COPY: what then lies in all the tables that the import fills, brought into empty tables with the same columns and
  indexes as ready binary, each table by one COPY in one transaction of all. It parses, decides and encrypts nothing.

Both in rows of the files a second.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from psycopg import sql

from benchmarks.ground import Ground, Rooms, one_row, owner
from benchmarks.lives import NOW
from benchmarks.rounds import Figure, Work, beside, in_turns
from benchmarks.size import Size
from database import Database
from demo import write
from domain.facts import civil_date
from intake import import_paths

OURS, COPY = "import, end to end", "COPY of the finished rows"
FILLED = (
    "log_events",
    "log_keys",
    "log_sources",
    "log_commands",
    "person",
    "person_name_prefix",
    "delivery",
    "set_aside",
)
"""What an import fills, and nothing else."""


def run(ground: Ground, size: Size) -> list[Figure]:
    """Also how many rows of the database a row of the files becomes."""
    folder = ground.folder / "files"
    write(folder, size.import_youths, seed=7, until=civil_date(NOW))
    rows: list[int] = []

    def importing(number: int) -> Work:
        rooms = ground.rooms(f"import_{number}")
        return lambda: _import(rooms, folder, rows)

    def copying(number: int) -> Work:
        done = ground.database(f"import_{number}")
        finished = {table: _binary(done, table) for table in FILLED}
        bare = ground.database(f"import_bare_{number}")
        made = "; ".join(f"create table {table} (like {done.schema}.{table} including all)" for table in FILLED)
        bare.install([("benchmark", made)])
        return partial(_copy, bare, finished, lambda: rows[-1])

    rates = in_turns(size.rounds, {OURS: importing, COPY: copying})
    kept = _count(ground.database("import_0")) / rows[0]
    return [
        *beside(rates, {OURS: (COPY,)}, unit="rows/s"),
        Figure(what="rows of the files", unit="rows", rounds=[rows[0]]),
        Figure(what="rows of the database for each", unit="rows", rounds=[kept]),
    ]


def _import(rooms: Rooms, folder: Path, rows: list[int]) -> int:
    reports = import_paths(rooms.office, [folder], now=NOW)
    assert all(report.adds_up and report.refused is None for report in reports)
    rows.append(sum(report.rows for report in reports if not report.again))
    return rows[-1]


def _copy(bare: Database, finished: dict[str, list[bytes]], rows: Callable[[], int]) -> int:
    with owner(bare, autocommit=False) as conn, conn.cursor() as cursor:
        for table, blocks in finished.items():
            with cursor.copy(_all(table, "from stdin")) as copy:
                for block in blocks:
                    copy.write(block)
    return rows()


def _binary(db: Database, table: str) -> list[bytes]:
    with owner(db) as conn, conn.cursor() as cursor, cursor.copy(_all(table, "to stdout")) as copy:
        return [bytes(block) for block in copy]


def _all(table: str, way: str) -> sql.Composed:
    return sql.SQL("copy {} " + way + " (format binary)").format(sql.Identifier(table))


def _count(db: Database) -> int:
    with owner(db) as conn:
        return sum(one_row(conn, f"select count(*) from {table}")[0] for table in FILLED)
