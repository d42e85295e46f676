"""The questions about young people rather than deadlines: whose they are, who has gone quiet, what is not known.

Each answers with what the reader's classes let them read, and is counted and sorted by nothing else. Connections are
those of `Database.connection`; today is the Danish civil date.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from psycopg import Connection, sql
from psycopg.rows import TupleRow

from domain.codes import DataClass, Party
from domain.days import months_after
from projections.occupation import Occupation
from projections.responsibility import NO_LONGER_GUIDED
from projections.worklist import AHEAD
from projections.young import born_by, heard_column

OF_AGE = 18


class View(StrEnum):
    """Which young people are asked for."""

    MINE = "mine"
    UNKNOWN = "unknown"
    QUIET = "quiet"
    WITHOUT_CONTACT_PERSON = "without-contact-person"
    WITHOUT_COORDINATOR = "without-coordinator"
    TURNING_18 = "turning-18"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who asks. `classes` may be read by them, not only known of.

    `party`: but for their own, they are shown those for whom it answers for something; None is everybody. `staff`:
    the reader, and those whose substitute they are. `working`: everybody who works here now. Of whom nothing was heard
    for more than `quiet_days` days they have gone quiet.
    """

    classes: frozenset[DataClass]
    party: Party | None
    staff: frozenset[str]
    working: frozenset[str]
    quiet_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One young person. What the reader may not read is None, as what nobody knows."""

    person_id: UUID
    born_on: date
    status: Occupation | None
    status_since: date | None
    contact_person: str | None
    lead_coordinator: str | None
    heard_on: date | None


NEEDED = {
    View.UNKNOWN: frozenset({DataClass.EDUCATION, DataClass.EMPLOYMENT}),
    View.WITHOUT_CONTACT_PERSON: frozenset({DataClass.EDUCATION}),
    View.WITHOUT_COORDINATOR: frozenset({DataClass.PLAN}),
}
"""What one must be able to read to ask: the answer tells it, also when it is nobody."""


def may_ask(view: View, classes: Collection[DataClass]) -> bool:
    """Whether somebody who may read these classes may ask this."""
    return NEEDED.get(view, frozenset()) <= frozenset(classes)


def page(
    conn: Connection[TupleRow], view: View, reader: Reader, today: date, *, offset: int = 0, limit: int = 50
) -> list[Line]:
    """One page, the longest silence first; birthdays by their day. Raises ValueError unless they `may_ask`.

    Of those who have gone quiet, those come first of whom the reader may know that nobody knows what they do.
    """
    query = sql.SQL("select {} from young where to_position is null and {} order by {}, person_id").format(
        sql.SQL(", ").join(_columns(reader.classes)), _where(view, reader), _order(view, reader.classes)
    )
    whole = sql.SQL("{} offset %(offset)s limit %(limit)s").format(query)
    found = conn.execute(whole, _values(reader, today) | {"offset": offset, "limit": limit})
    return [
        Line(
            person_id=person_id,
            born_on=born_on,
            status=Occupation(status) if status else None,
            status_since=since,
            contact_person=contact,
            lead_coordinator=lead,
            heard_on=heard_on,
        )
        for person_id, born_on, status, since, contact, lead, heard_on in found
    ]


def numbers(conn: Connection[TupleRow], views: Collection[View], reader: Reader, today: date) -> dict[View, int]:
    """How many each of these has, in one question."""
    asked = list(views)
    if not asked:
        return {}
    counts = sql.SQL(", ").join(sql.SQL("count(*) filter (where {})").format(_where(view, reader)) for view in asked)
    row = conn.execute(
        sql.SQL("select {} from young where to_position is null").format(counts), _values(reader, today)
    ).fetchone()
    if row is None:
        raise LookupError("a count without an answer")
    return dict(zip(asked, map(int, row), strict=True))


_NOTHING = sql.SQL("null")


def _order(view: View, classes: frozenset[DataClass]) -> sql.Composable:
    if view is View.QUIET and may_ask(View.UNKNOWN, classes):
        return sql.SQL("({} = 'unknown') desc, heard_on").format(_status(classes)[0])
    return {View.TURNING_18: sql.SQL("born_on"), View.UNKNOWN: sql.SQL("status_since")}.get(view, sql.SQL("heard_on"))


def _columns(classes: frozenset[DataClass]) -> list[sql.Composable]:
    status, since = _status(classes) if may_ask(View.UNKNOWN, classes) else (_NOTHING, _NOTHING)
    contact = sql.Identifier("contact_person") if may_ask(View.WITHOUT_CONTACT_PERSON, classes) else _NOTHING
    lead = sql.Identifier("lead_coordinator") if may_ask(View.WITHOUT_COORDINATOR, classes) else _NOTHING
    return [
        sql.SQL("person_id"),
        sql.SQL("born_on"),
        sql.SQL("{} as status").format(status),
        sql.SQL("{} as status_since").format(since),
        sql.SQL("{} as contact_person").format(contact),
        sql.SQL("{} as lead_coordinator").format(lead),
        sql.SQL("{} as heard_on").format(_heard(classes)),
    ]


def _status(classes: frozenset[DataClass]) -> tuple[sql.Identifier, sql.Identifier]:
    """What somebody does, from all facts or, for who may not read what schools tell, from the others."""
    prefix = "" if DataClass.SCHOOLING in classes else "plain_"
    return sql.Identifier(f"{prefix}status"), sql.Identifier(f"{prefix}status_since")


def _heard(classes: frozenset[DataClass]) -> sql.Composable:
    """The day of the latest news that the reader may read."""
    columns = [
        sql.Identifier(name) for data_class in DataClass if data_class in classes and (name := heard_column(data_class))
    ]
    return sql.SQL("greatest({})").format(sql.SQL(", ").join([_NOTHING_ON, *columns]))


_NOTHING_ON = sql.SQL("null::date")


def _where(view: View, reader: Reader) -> sql.Composable:
    if not may_ask(view, reader.classes):
        raise ValueError(f"the view {view} tells of what the reader may not read")
    if view is View.MINE:
        return _mine(reader.classes)
    conditions: dict[View, sql.Composable] = {
        View.UNKNOWN: sql.SQL("{} = 'unknown'").format(_status(reader.classes)[0]),
        View.QUIET: sql.SQL("coalesce({} < %(quiet_since)s, true)").format(_heard(reader.classes)),
        View.WITHOUT_CONTACT_PERSON: sql.SQL(
            "coalesce(contact_person <> all(%(working)s), true) and born_on > %(guided)s"
        ),
        View.WITHOUT_COORDINATOR: sql.SQL("coalesce(lead_coordinator <> all(%(working)s), true)"),
        View.TURNING_18: sql.SQL("born_on > %(of_age)s and born_on <= %(of_age_soon)s"),
    }
    ours = sql.SQL("true") if reader.party is None else sql.SQL("%(party)s = any(holders)")
    return sql.SQL("({} and {})").format(conditions[view], ours)


def _mine(classes: frozenset[DataClass]) -> sql.Composable:
    """Those whose contact person or coordinator is one of the staff, as far as the reader may read who that is."""
    said = [
        sql.SQL("coalesce({} = any(%(staff)s), false)").format(sql.Identifier(column))
        for column, view in (
            ("contact_person", View.WITHOUT_CONTACT_PERSON),
            ("lead_coordinator", View.WITHOUT_COORDINATOR),
        )
        if may_ask(view, classes)
    ]
    return sql.SQL("({})").format(sql.SQL(" or ").join([sql.SQL("false"), *said]))


def _values(reader: Reader, today: date) -> dict[str, Any]:
    return {
        "party": reader.party,
        "staff": sorted(reader.staff),
        "working": sorted(reader.working),
        "quiet_since": today - timedelta(days=reader.quiet_days),
        "guided": born_by(NO_LONGER_GUIDED, today),
        "of_age": born_by(OF_AGE, today),
        "of_age_soon": born_by(OF_AGE, months_after(today, AHEAD)),
    }
