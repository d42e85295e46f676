"""The questions of Milepælen's staff across people. Today is the Danish civil date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection, sql
from psycopg.rows import TupleRow

from domain.codes import DataClass
from projections.milepaelen import Stay, StayState
from projections.spans import MILEPAELEN
from projections.tables import columns_sql, read_row


@dataclass(frozen=True, slots=True)
class Listed:
    """Whose row it is."""

    person_id: UUID
    stay: Stay


def now(conn: Connection[TupleRow], classes: Iterable[DataClass]) -> list[Listed]:
    """Everybody who waits, is taken over or is there; who has ended is left out."""
    return _listed(conn, classes, sql.SQL("state <> %(ended)s"), {"ended": StayState.ENDED})


def there_on(conn: Connection[TupleRow], classes: Iterable[DataClass], day: date) -> list[Listed]:
    """Who was at Milepælen that day, as it is known now; an earlier stay of somebody who came back is not kept."""
    condition = sql.SQL("started_on <= %(day)s and (ended_on is null or ended_on >= %(day)s)")
    return _listed(conn, classes, condition, {"day": day})


def of_person(conn: Connection[TupleRow], classes: Iterable[DataClass], person_id: UUID) -> Stay | None:
    """One person's row, also after the end."""
    found = _listed(conn, classes, sql.SQL("person_id = %(person)s"), {"person": person_id})
    return found[0].stay if found else None


def _listed(
    conn: Connection[TupleRow], classes: Iterable[DataClass], condition: sql.SQL, values: dict[str, Any]
) -> list[Listed]:
    rows = conn.execute(
        sql.SQL(
            "select person_id, {} from milepaelen where to_position is null and data_class = any(%(classes)s) and {}"
            " order by person_id"
        ).format(columns_sql(MILEPAELEN), condition),
        values | {"classes": list(classes)},
    )
    return [Listed(person_id, read_row(MILEPAELEN, row)) for person_id, *row in rows]
