"""The span tables in the database: making them, writing spans, reading rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from enum import Enum
from functools import cache
from importlib.resources import files
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

import psycopg
from psycopg import Connection, sql
from psycopg.rows import TupleRow

from database import Database
from projections.spans import TABLES, Keyed, Parked, Spans, Table, Told

INDEXES = "-- Indexes:"
"""The line of schema.sql where the indexes begin."""

PARKED = "parked"
"""The table of who is not followed by which table."""

REFUSED = (
    psycopg.DataError,
    psycopg.IntegrityError,
    psycopg.errors.ProgramLimitExceeded,
    LookupError,
    TypeError,
    ValueError,
)
"""Faults of a row and not of the database, as a zero byte in a text: they are about one person."""


def install(db: Database) -> None:
    """Make the tables that are missing."""
    db.install([("projections", schema())])


def schema(suffix: str = "") -> str:
    """The whole SQL of the tables with this suffix: all of it may be run again.

    Where the tables in use have another shape than this program's, or one is missing, all are thrown away first and
    the followers begin again: rows are made from the log, and never by guessing what an old one would have said.
    """
    shapes = {table.name: all_columns(table) for table in TABLES} | {PARKED: _PARKED_COLUMNS}
    wanted = ", ".join(f"('{name}', '{','.join(sorted(columns))}')" for name, columns in shapes.items())
    return _OTHER_SHAPE.format(shapes=wanted, names=", ".join(shapes)) + _text(suffix)


def schema_without_indexes(suffix: str) -> str:
    """The tables alone: rows are brought into them faster."""
    return _text(suffix).partition(INDEXES)[0]


def indexes(suffix: str) -> str:
    """The indexes of the tables with this suffix."""
    return INDEXES + _text(suffix).partition(INDEXES)[2]


def _text(suffix: str) -> str:
    return files("projections").joinpath("schema.sql").read_text("utf-8").replace("{suffix}", suffix)


_PARKED_COLUMNS = ("person_id", "table_name", "position", "reason")
_OTHER_SHAPE = """
do $$
begin
    if to_regclass('follower') is not null and exists (
        select from (values {shapes}) as wanted (name, columns)
        left join (
            select table_name, string_agg(column_name, ',' order by column_name collate "C") as columns
            from information_schema.columns where table_schema = current_schema group by table_name
        ) as found on found.table_name = wanted.name
        where found.columns is distinct from wanted.columns
    ) then
        drop table if exists {names};
        update follower set position = 0, rules_hash = '', generation = generation + 1;
    end if;
end $$;
"""


def write(conn: Connection[TupleRow], spans: Spans, suffix: str = "") -> None:
    """Close and open rows and park people, in the caller's transaction. Raises one of REFUSED when a row is wrong.

    Closing goes first: a key may be opened again.
    """
    for table in TABLES:
        name = sql.Identifier(table.name + suffix)
        _close(conn, name, spans.closed[table.name])
        if spans.opened[table.name]:
            columns = sql.SQL(", ").join(map(sql.Identifier, all_columns(table)))
            with (
                conn.cursor() as cursor,
                cursor.copy(sql.SQL("copy {} ({}) from stdin").format(name, columns)) as copy,
            ):
                for span in spans.opened[table.name]:
                    values = row_values(table, span.row)
                    copy.write_row((span.person_id, *values, span.from_position, span.to_position))
    if spans.parked:
        _park(conn, spans.parked, suffix)


def write_each(conn: Connection[TupleRow], told: Iterable[Told], suffix: str = "") -> list[Parked]:
    """What `write` does, for each person alone, after it was refused: somebody's row is not taken.

    That person is parked in that table, at the position of that row; answers with who was, beside those of `told`.
    """
    by_person: dict[UUID, list[Told]] = {}
    for one in told:
        by_person.setdefault(one.person_id, []).append(one)
    parked: list[Parked] = []
    for theirs in by_person.values():
        if _refused(conn, theirs, suffix):
            parked += _write_one_by_one(conn, theirs, suffix)
    return parked


def _write_one_by_one(conn: Connection[TupleRow], told: Sequence[Told], suffix: str) -> list[Parked]:
    parked: dict[str, Parked] = {}
    for one in told:
        if one.table.name not in parked and (fault := _refused(conn, [one], suffix)):
            parked[one.table.name] = Parked(one.table, one.person_id, one.position, fault)
    _park(conn, list(parked.values()), suffix)
    return list(parked.values())


def _refused(conn: Connection[TupleRow], told: Sequence[Told], suffix: str) -> str | None:
    """Write it, or nothing of it; answers with the name of the fault."""
    spans = Spans()
    spans.add(told)
    try:
        with conn.transaction():
            write(conn, spans, suffix)
    except REFUSED as fault:
        return type(fault).__name__
    return None


def _park(conn: Connection[TupleRow], parked: Sequence[Parked], suffix: str) -> None:
    """Whoever is parked in a table already stays so, where it was first."""
    rows = [(one.person_id, one.table.name, one.position, one.reason) for one in parked]
    people, names, positions, reasons = (list(column) for column in zip(*rows, strict=True))
    conn.execute(
        sql.SQL(
            "insert into {} (person_id, table_name, position, reason)"
            " select * from unnest(%s::uuid[], %s::text[], %s::bigint[], %s::text[]) on conflict do nothing"
        ).format(sql.Identifier(PARKED + suffix)),
        [people, names, positions, reasons],
    )


def _close(conn: Connection[TupleRow], name: sql.Identifier, closed: Sequence[tuple[UUID, str, int]]) -> None:
    if not closed:
        return
    people, keys, positions = (list(column) for column in zip(*closed, strict=True))
    done = conn.execute(
        sql.SQL(
            "update {} as t set to_position = c.position"
            " from unnest(%s::uuid[], %s::text[], %s::bigint[]) as c (person_id, row_key, position)"
            " where t.person_id = c.person_id and t.row_key = c.row_key and t.to_position is null"
        ).format(name),
        [people, keys, positions],
    )
    if done.rowcount != len(closed):
        raise LookupError("a row that should be closed does not stand: the tables must be built again")


def standing(
    conn: Connection[TupleRow], table: Table, suffix: str = "", as_of: int | None = None
) -> set[tuple[UUID, Keyed, int]]:
    """All rows that stand, or stood when the log had come to `as_of`: person, row, from which position."""
    query = sql.SQL("select person_id, from_position, {} from {} where {}").format(
        columns_sql(table), sql.Identifier(table.name + suffix), stood(then=as_of is not None)
    )
    rows = conn.execute(query, {"as_of": as_of})
    return {(person_id, read_row(table, row), first) for person_id, first, *row in rows}


def stood(*, then: bool) -> sql.SQL:
    """The condition for rows that stand now, or stood when the log had come to the value `as_of`."""
    if then:
        return sql.SQL("from_position <= %(as_of)s and (to_position is null or to_position > %(as_of)s)")
    return sql.SQL("to_position is null")


def columns_sql(table: Table) -> sql.Composed:
    """The columns of a row, in the order that `read_row` wants them."""
    return sql.SQL(", ").join(map(sql.Identifier, row_columns(table)))


@cache
def row_columns(table: Table) -> tuple[str, ...]:
    return tuple(one.name for one in fields(table.row))


@cache
def all_columns(table: Table) -> tuple[str, ...]:
    return ("person_id", *row_columns(table), "from_position", "to_position")


def row_values(table: Table, row: Keyed) -> Iterable[Any]:
    values = (getattr(row, column) for column in row_columns(table))
    return (list(value) if isinstance(value, tuple) else value for value in values)


def read_row(table: Table, values: Sequence[Any]) -> Any:
    """The row with these column values."""
    makers = _makers(table)
    return table.row(**{name: make(value) for (name, make), value in zip(makers, values, strict=True)})


@cache
def _makers(table: Table) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    hints = get_type_hints(table.row)
    return tuple((name, _maker(hints[name])) for name in row_columns(table))


def _maker(hint: Any) -> Callable[[Any], Any]:
    """From a column's value to a field's: codes become their enumerations, arrays tuples, the rest is as it comes."""
    if get_origin(hint) is tuple:
        one = _maker(get_args(hint)[0])
        return lambda values: tuple(map(one, values))
    kinds = [kind for kind in get_args(hint) if kind is not NoneType] or [hint]
    kind = kinds[0]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda value: None if value is None else kind(value)
    return lambda value: value
