"""Who is away, and who stands in: a list of the substitute's also holds the absent colleague's young people.

It gives no right: what somebody may see follows from their own department. It is no fact about a young person either,
so it is not in the log.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psycopg import Connection


class AlreadyAway(Exception):  # noqa: N818 - a refusal
    """Somebody stands in for them on one of these days already. Nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Somebody is away from `first` to `last`, both counted in, and `substitute_id` stands in."""

    absence_id: UUID
    staff_id: str
    substitute_id: str
    first: date
    last: date


def name_substitute(conn: Connection, absence: Absence, *, by: str, at: datetime) -> None:
    """Write it down; asked twice with the same id is once. Raises AlreadyAway."""
    # Whoever writes about the same member of staff waits here, so that two absences never overlap.
    conn.execute("select 1 from staff where staff_id = %s for update", [absence.staff_id])
    overlapping = conn.execute(
        "select absence_id from staff_absence where staff_id = %s and first_day <= %s and last_day >= %s",
        [absence.staff_id, absence.last, absence.first],
    ).fetchall()
    if (absence.absence_id,) in overlapping:
        return
    if overlapping:
        raise AlreadyAway
    conn.execute(
        "insert into staff_absence (absence_id, staff_id, substitute_id, first_day, last_day, made_by, made_at)"
        " values (%s, %s, %s, %s, %s, %s, %s)",
        [absence.absence_id, absence.staff_id, absence.substitute_id, absence.first, absence.last, by, at],
    )


def take_away(conn: Connection, absence_id: UUID, of: Collection[str]) -> None:
    """Let it not be so, if it is about one of these; what is gone already is nothing."""
    conn.execute("delete from staff_absence where absence_id = %s and staff_id = any(%s)", [absence_id, list(of)])


def absences(
    conn: Connection, today: date, *, of: Collection[str] = (), covered_by: str | None = None
) -> list[Absence]:
    """Absences that last or are to come, of these or covered by that one, the first day first."""
    rows = conn.execute(
        "select absence_id, staff_id, substitute_id, first_day, last_day from staff_absence"
        " where last_day >= %s and (staff_id = any(%s) or substitute_id = %s) order by first_day, staff_id",
        [today, list(of), covered_by],
    )
    return [
        Absence(absence_id=absence_id, staff_id=staff_id, substitute_id=substitute_id, first=first, last=last)
        for absence_id, staff_id, substitute_id, first, last in rows
    ]


def stands_in_for(conn: Connection, staff_id: str, today: date) -> frozenset[str]:
    """For whom this member of staff stands in that day, also for those for whom an absent colleague did."""
    rows = conn.execute(_COVERED, {"me": staff_id, "today": today})
    return frozenset(colleague for (colleague,) in rows)


_COVERED = """
with recursive away as (
    select staff_id, substitute_id from staff_absence where %(today)s between first_day and last_day
),
covered as (
    select staff_id from away where substitute_id = %(me)s
    union
    select away.staff_id from away join covered on away.substitute_id = covered.staff_id
)
select staff_id from covered where staff_id <> %(me)s
"""
