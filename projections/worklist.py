"""The questions of the worklist: what has slipped, what comes, who has the next move, across all people.

Every question takes the reader's data classes and answers with nothing else. Connections are those of
`Database.connection`; today is the Danish civil date.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection, sql
from psycopg.rows import TupleRow

from domain.codes import DataClass, Party
from domain.days import months_after
from projections.rows import Row, RowKind, RowState
from projections.spans import WORKLIST
from projections.tables import columns_sql, read_row, stood
from projections.young import born_by

SOON = 14
AHEAD = 6  # months
"""Days ahead that count as soon."""


class Side(StrEnum):
    """What the party is in the rows that are asked for."""

    ANY = "any"
    HOLDER = "holder"
    GIVER = "giver"
    RECEIVER = "receiver"
    WAITING = "waiting"
    """The party gave, or answers for it, and waits for somebody else's move."""


class Due(StrEnum):
    """Which deadlines are asked for."""

    ALL = "all"
    OVERDUE = "overdue"
    SOON = "soon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is asked for. Empty sets and None ask for everything, but `classes` is what may be seen at most.

    `from_age` and `to_age` are whole years on the day asked about, both counted in; `turning` is an age that is
    reached after that day and within `AHEAD` months. `soon` is in days.
    `since`: only rows that came or changed after that position of the log. `as_of`: the list as it was when
    the log had come to that position; None is now.
    `pairs`: of these classes an obligation and the handover sent for it are one row, the pair; of others they are two.
    `rests_for`: the party on whose list rows rest that it has looked at; `resting` asks for those rows only (True),
    for the others (False), or for both.
    """

    classes: frozenset[DataClass]
    pairs: frozenset[DataClass] = frozenset()
    party: Party | None = None
    side: Side = Side.ANY
    kind: RowKind | None = None
    states: frozenset[RowState] = frozenset()
    givers: frozenset[Party] = frozenset()
    receivers: frozenset[Party] = frozenset()
    rules: frozenset[str] = frozenset()
    due: Due = Due.ALL
    soon: int = SOON
    from_age: int | None = None
    to_age: int | None = None
    turning: int | None = None
    people: frozenset[UUID] | None = None
    since: int | None = None
    as_of: int | None = None
    rests_for: Party | None = None
    resting: bool | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A row on a list: whose it is, and from which position of the log it has stood as it is."""

    person_id: UUID
    from_position: int
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The numbers above the list; all count rows. `resting` are those of the rows that rest, None when none does."""

    all: int
    overdue: int
    due_soon: int
    waiting_for_me: int
    waiting_for_others: int
    handovers_to_me: int
    changed: int
    turning_18: int
    resting: "Counts | None" = None


def page(conn: Connection[TupleRow], wanted: Filter, today: date, *, offset: int = 0, limit: int = 50) -> list[Listed]:
    """The rows asked for, the earliest deadline first, then by person."""
    where, values = _where(wanted, today)
    query = sql.SQL(
        "select person_id, from_position, {} from worklist where {}"
        " order by due_on, asked_from, person_id, row_key offset {} limit {}"
    ).format(columns_sql(WORKLIST), where, sql.Placeholder("offset"), sql.Placeholder("limit"))
    return _listed(conn, query, values | {"offset": offset, "limit": limit})


def size(conn: Connection[TupleRow], wanted: Filter, today: date) -> int:
    """How many rows `page` has in all."""
    where, values = _where(wanted, today)
    row = conn.execute(sql.SQL("select count(*) from worklist where {}").format(where), values).fetchone()
    return 0 if row is None else int(row[0])


def counts(conn: Connection[TupleRow], wanted: Filter, today: date) -> Counts:
    """The numbers above the list, in one question.

    They follow the filter except for what they themselves ask: side, due and since. `changed` counts what
    came after `wanted.since`. Rows that rest count too: no deadline stops for a look.
    """
    where, values = _where(replace(wanted, side=Side.ANY, due=Due.ALL, since=None, resting=None), today)
    query = sql.SQL(
        "select {} as rests, count(*),"
        " count(*) filter (where due_on < %(today)s),"
        " count(*) filter (where due_on between %(today)s and %(soon_day)s),"
        " count(*) filter (where holder = %(me)s),"
        " count(*) filter (where (giver = %(me)s or responsible = %(me)s) and holder <> %(me)s),"
        " count(*) filter (where receiver = %(me)s and kind in ('handover', 'pair')),"
        " count(*) filter (where from_position > %(seen)s),"
        " count(*) filter (where born_on > %(of_age)s and born_on <= %(of_age_soon)s)"
        " from worklist where {} group by rests"
    ).format(_RESTS, where)
    more = {
        "today": today,
        "soon_day": today + timedelta(days=wanted.soon),
        "me": wanted.party,
        "seen": wanted.since if wanted.since is not None else 2**62,
        "of_age": born_by(18, today),
        "of_age_soon": born_by(18, months_after(today, AHEAD)),
    }
    found = {rests: _Numbers(*numbers) for rests, *numbers in conn.execute(query, values | more)}
    awake, resting = found.get(False, _Numbers()), found.get(True)
    if resting is None:
        return awake.counts()
    together = _Numbers(*map(sum, zip(awake, resting, strict=True)))
    return replace(together.counts(), resting=resting.counts())


class _Numbers(NamedTuple):
    """The numbers in the order of the question."""

    all: int = 0
    overdue: int = 0
    due_soon: int = 0
    waiting_for_me: int = 0
    waiting_for_others: int = 0
    handovers_to_me: int = 0
    changed: int = 0
    turning_18: int = 0

    def counts(self) -> Counts:
        return Counts(**self._asdict())


def rows_of_person(
    conn: Connection[TupleRow], person_id: UUID, classes: Iterable[DataClass], *, as_of: int | None = None
) -> list[Listed]:
    """One person's rows of these classes, also those that do not stand yet (`Row.stands_on`)."""
    wanted = Filter(classes=frozenset(classes), people=frozenset({person_id}), as_of=as_of)
    where, values = _stood_and_seen(wanted)
    query = sql.SQL(
        "select person_id, from_position, {} from worklist where {} and {} order by due_on, row_key"
    ).format(columns_sql(WORKLIST), where, _SINGLE)
    return _listed(conn, query, values)


def handover_matrix(
    conn: Connection[TupleRow], wanted: Filter, today: date
) -> dict[tuple[Party, Party], tuple[int, int]]:
    """From giver and receiver to how many rows are overdue, and how many there are."""
    where, values = _where(wanted, today)
    rows = conn.execute(
        sql.SQL(
            "select giver, receiver, count(*) filter (where due_on < %(today)s), count(*)"
            " from worklist where {} group by giver, receiver order by giver, receiver"
        ).format(where),
        values | {"today": today},
    )
    return {(Party(giver), Party(receiver)): (late, every) for giver, receiver, late, every in rows}


Condition = tuple[sql.Composable, dict[str, Any]]


def _listed(conn: Connection[TupleRow], query: sql.Composed, values: dict[str, Any]) -> list[Listed]:
    return [
        Listed(person_id, from_position, read_row(WORKLIST, row))
        for person_id, from_position, *row in conn.execute(query, values)
    ]


def _where(wanted: Filter, today: date) -> Condition:
    """The filter as a condition on the worklist's columns."""
    stood_and_seen, values = _stood_and_seen(wanted)
    values |= {
        "today": today,
        "last": today + timedelta(days=wanted.soon),
        "party": wanted.party,
        "kinds": [wanted.kind, RowKind.PAIR],
        "states": list(wanted.states),
        "pairs": list(wanted.pairs),
        "givers": list(wanted.givers),
        "receivers": list(wanted.receivers),
        "rules": list(wanted.rules),
        "at_least": None if wanted.from_age is None else born_by(wanted.from_age, today),
        "too_old": None if wanted.to_age is None else born_by(wanted.to_age + 1, today),
        "since": wanted.since,
        "rests_for": wanted.rests_for,
        "has_turned": None if wanted.turning is None else born_by(wanted.turning, today),
        "will_turn": None if wanted.turning is None else born_by(wanted.turning, months_after(today, AHEAD)),
    }
    asked = [
        (wanted.party is not None, _SIDES[wanted.side]),
        (wanted.kind is not None, "kind = any(%(kinds)s)"),
        (bool(wanted.states), "state = any(%(states)s)"),
        (bool(wanted.givers), "giver = any(%(givers)s)"),
        (bool(wanted.receivers), "receiver = any(%(receivers)s)"),
        (bool(wanted.rules), "rule_id = any(%(rules)s)"),
        (wanted.due is Due.OVERDUE, "due_on < %(today)s"),
        (wanted.due is Due.SOON, "due_on between %(today)s and %(last)s"),
        (wanted.from_age is not None, "born_on <= %(at_least)s"),
        (wanted.to_age is not None, "born_on > %(too_old)s"),
        (wanted.since is not None, "from_position > %(since)s"),
        (wanted.turning is not None, "born_on > %(has_turned)s and born_on <= %(will_turn)s"),
        (wanted.resting is True, _RESTING),
        (wanted.resting is False, f"not {_RESTING}"),
    ]
    standing = sql.SQL("stands_from <= %(today)s and stands_until > %(today)s")
    conditions = [sql.SQL(condition) for is_asked, condition in asked if is_asked]
    one_or_two = _PAIRED if wanted.pairs else _SINGLE
    return sql.SQL(" and ").join([stood_and_seen, standing, one_or_two, *conditions]), values


_RESTING = "coalesce(ask_again_on[array_position(checked_by, %(rests_for)s::text)] > %(today)s, false)"
_RESTS = sql.SQL(_RESTING)
_SINGLE = sql.SQL("kind <> 'pair'")
_PAIRED = sql.SQL(
    "(kind = 'pair')"
    " = coalesce(pair_class = any(%(pairs)s) and pair_from <= %(today)s and pair_until > %(today)s, false)"
)
"""Where there is a pair for this reader today it takes the place of its two rows; else they stand and it does not."""

_SIDES = {
    Side.ANY: "%(party)s in (holder, giver, receiver, responsible)",
    Side.HOLDER: "holder = %(party)s",
    Side.GIVER: "giver = %(party)s",
    Side.RECEIVER: "receiver = %(party)s",
    Side.WAITING: "(giver = %(party)s or responsible = %(party)s) and holder <> %(party)s",
}


def _stood_and_seen(wanted: Filter) -> Condition:
    """What stood then, and may be seen."""
    people, values = _people(wanted)
    values["classes"] = list(wanted.classes)
    return sql.SQL("{} and data_class = any(%(classes)s)").format(people), values


def _people(wanted: Filter) -> Condition:
    """What stood then of the people asked for; right for both tables."""
    values: dict[str, Any] = {}
    condition: sql.Composable = stood(then=wanted.as_of is not None)
    if wanted.as_of is not None:
        values["as_of"] = wanted.as_of
    if wanted.people is not None:
        condition = sql.SQL("{} and person_id = any(%(people)s)").format(condition)
        values["people"] = list(wanted.people)
    return condition, values
