"""Every young person who is followed: a row each, for questions about people rather than deadlines.

Who turns 18 soon, who has no coordinator, about whom nothing has been heard.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow

from domain.codes import Matter, Party
from domain.days import birthday, months_after
from domain.facts import Life
from domain.journey import Journey
from domain.rules import RuleSet

KEY = "young"


@dataclass(frozen=True, slots=True, kw_only=True)
class Young:
    """One young person. `last_on` is the day of the latest thing that happened, as it is known."""

    row_key: str = KEY
    born_on: date
    coordinator: Party | None
    last_on: date


@dataclass(frozen=True, slots=True)
class ListedYoung:
    """A young person on a list."""

    person_id: UUID
    young: Young


def young_of(life: Life, journey: Journey, _rules: RuleSet) -> tuple[Young, ...]:
    """The row of a started journey; none before it is started."""
    if life.born_on is None:
        return ()
    latest = max(facts[-1].on for facts in life.by_type.values() if facts)
    coordinator = journey.responsible.get(Matter.COORDINATION)
    return (Young(born_on=life.born_on, coordinator=coordinator, last_on=latest),)


def born_by(age: int, day: date) -> date:
    """The latest date of birth of those who are at least `age` years old that day."""
    born_on = months_after(day, -12 * age)
    # Who is born on 29 February has turned on the 28th (domain.days), and no month arithmetic finds the 29th.
    next_day = date.fromordinal(born_on.toordinal() + 1)
    return next_day if birthday(next_day, age) <= day else born_on


def count_turning(conn: Connection[TupleRow], age: int, *, today: date, months: int = 6) -> int:
    """How many turn `age` after today and within so many months."""
    row = conn.execute(
        "select count(*) from young where to_position is null and born_on > %s and born_on <= %s",
        [born_by(age, today), born_by(age, months_after(today, months))],
    ).fetchone()
    return 0 if row is None else int(row[0])


def turning(
    conn: Connection[TupleRow], age: int, *, today: date, months: int = 6, offset: int = 0, limit: int = 50
) -> list[ListedYoung]:
    """Who turns `age` after today and within so many months, the earliest birthday first."""
    return _listed(
        conn,
        "born_on > %s and born_on <= %s order by born_on, person_id offset %s limit %s",
        [born_by(age, today), born_by(age, months_after(today, months)), offset, limit],
    )


def quiet_since(conn: Connection[TupleRow], day: date, *, offset: int = 0, limit: int = 50) -> list[ListedYoung]:
    """About whom nothing has happened since that day, the longest silence first."""
    return _listed(conn, "last_on < %s order by last_on, person_id offset %s limit %s", [day, offset, limit])


def coordinators(
    conn: Connection[TupleRow], people: list[UUID], *, as_of: int | None = None
) -> dict[UUID, Party | None]:
    """Who coordinates for each of these people, now or when the log had come to `as_of`."""
    if as_of is None:
        stands, values = "to_position is null", []
    else:
        stands, values = "from_position <= %s and (to_position is null or to_position > %s)", [as_of] * 2
    rows = conn.execute(
        f"select person_id, coordinator from young where person_id = any(%s) and {stands}".encode(),  # noqa: S608
        [people, *values],
    )
    return {person_id: Party(found) if found else None for person_id, found in rows}


def _listed(conn: Connection[TupleRow], which: str, values: list[object]) -> list[ListedYoung]:
    rows = conn.execute(
        "select person_id, born_on, coordinator, last_on from young"  # noqa: S608 - `which` is written above
        f" where to_position is null and {which}".encode(),
        values,
    )
    return [
        ListedYoung(
            person_id,
            Young(born_on=born_on, coordinator=Party(found) if found else None, last_on=last_on),
        )
        for person_id, born_on, found, last_on in rows
    ]
