"""Who saw whom, when and why. Written in the transaction that reads, before a byte leaves.

It fails closed: nothing here catches an error, so a page whose look cannot be logged is not shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.codes import Party
from eventlog.keys import KeyRing
from people.sealing import house_key, keys_of, seal, unseal


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One look at one person; `person_id` is None when the page showed nobody.

    `category` is the kind of information, `purpose` why it was needed or what relation there was, `route` the
    address's pattern (never the address itself), `outcome` "shown", "refused" or another code of the page.
    """

    at: datetime
    staff_id: str
    unit_id: str
    party: Party
    person_id: UUID | None
    category: str
    purpose: str
    route: str
    outcome: str
    break_glass: bool


@dataclass(frozen=True, slots=True)
class Search:
    """One search, with what was asked for; it may be a name or a number, so it stays out of `repr`."""

    at: datetime
    route: str
    outcome: str
    criterion: str | None = field(repr=False)


def log_read(
    conn: Connection,
    *,
    at: datetime,
    staff_id: str,
    unit_id: str,
    party: Party,
    person_ids: Sequence[UUID],
    category: str,
    purpose: str,
    route: str,
    outcome: str,
    break_glass: bool = False,
) -> None:
    """Write a row for each person on the page, or one row without a person when it showed nobody."""
    _log(
        conn,
        person_ids,
        [at, staff_id, unit_id, party, category, purpose, route, outcome, break_glass, None],
    )


def log_search(
    conn: Connection,
    keys: KeyRing,
    *,
    at: datetime,
    staff_id: str,
    unit_id: str,
    party: Party,
    person_ids: Sequence[UUID],
    criterion: str,
    category: str,
    purpose: str,
    route: str,
    outcome: str,
) -> None:
    """Write down a search with its criterion, sealed, and whom it showed."""
    sealed = seal(house_key(conn, keys), criterion, "criterion", _place(staff_id, at))
    _log(
        conn,
        person_ids,
        [at, staff_id, unit_id, party, category, purpose, route, outcome, False, sealed],
    )


def reads_of(conn: Connection, person_id: UUID) -> list[Read]:
    """Every look at this person, the newest first."""
    rows = conn.execute(
        f"select {_READ} from read_log where person_id = %s order by at desc, id desc",  # noqa: S608 - our columns
        [person_id],
    )
    return [
        Read(
            at=at,
            staff_id=staff_id,
            unit_id=unit_id,
            party=Party(party),
            person_id=person,
            category=category,
            purpose=purpose,
            route=route,
            outcome=outcome,
            break_glass=break_glass,
        )
        for at, staff_id, unit_id, party, person, category, purpose, route, outcome, break_glass in rows
    ]


def searches_by(conn: Connection, keys: KeyRing, staff_id: str) -> list[Search]:
    """Every search somebody made, the newest first, opened for a check of the log."""
    rows = conn.execute(
        "select distinct on (at, criterion_sealed) at, route, outcome, criterion_sealed from read_log"
        " where staff_id = %s and criterion_sealed is not null order by at desc, criterion_sealed",
        [staff_id],
    ).fetchall()
    found = keys_of(conn, keys, [row[-1] for row in rows])
    return [
        Search(at, route, outcome, unseal(found, sealed, "criterion", _place(staff_id, at)))
        for at, route, outcome, sealed in rows
    ]


def forget_reads_before(conn: Connection, before: datetime) -> int:
    """Remove rows whose time is over, as the eraser; how many there were. The municipality sets how long."""
    return conn.execute("delete from read_log where at < %s", [before]).rowcount


_READ = "at, staff_id, unit_id, party, person_id, category, purpose, route, outcome, break_glass"

_INSERT = """
insert into read_log
    (person_id, at, staff_id, unit_id, party, category, purpose, route, outcome, break_glass, criterion_sealed)
select person, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s from unnest(%s::uuid[]) as shown (person)
"""


def _log(conn: Connection, person_ids: Sequence[UUID], columns: list[Any]) -> None:
    conn.execute(_INSERT, [*columns, list(person_ids) or [None]])


def _place(staff_id: str, at: datetime) -> str:
    """What a criterion is bound to: it cannot be put under another's name or another time."""
    return f"{staff_id}/{int(at.timestamp() * 1_000_000)}"
