"""What other rules would change: who becomes overdue and who no longer does, in the history that there is.

Every life is read and folded once and judged twice, by the rules that differ alone. Nothing is written: all is read in
one transaction that cannot, and that sees the log as it stood when it began.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from time import monotonic
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow

from database import Database, Role
from domain.codes import DataClass, Party
from domain.facts import life_of
from domain.obligations import Obligation, obligations
from domain.rules import RuleSet, changed_names, only
from eventlog import Entry, EventLog
from projections.clear import journeys
from projections.past import Past, pasts

TOGETHER = 250
"""So many people are read at a time."""

_READ_ONLY = "set transaction isolation level repeatable read, read only"


class TookTooLong(Exception):  # noqa: N818 - it names what happened
    """The preview was not done in the time there was."""


class Fate(StrEnum):
    """What the other rules do to an overdue deadline."""

    BECOMES = "becomes"
    """It is overdue in the window by the new rules alone."""
    DROPS_OFF = "drops-off"
    """It is overdue in the window by today's rules alone."""
    MOVES = "moves"
    """It is overdue by both, with another day or another party that has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """One deadline that comes out differently. `was_due_on` and `was_held_by` are today's, where it moves."""

    fate: Fate
    person_id: UUID
    rule_id: str
    rule_part: str
    data_class: DataClass
    holder: Party
    due_on: date
    was_due_on: date | None = None
    was_held_by: Party | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What was found among so many people between two days, both counted in.

    `changed` are the names of the rules that judge differently; of those alone `touched` tells, and `as_before` counts
    the deadlines that are overdue by both and the same. `unreadable` people were left out: something about them cannot
    be read.
    """

    first: date
    last: date
    people: int
    unreadable: int
    changed: frozenset[str]
    touched: tuple[Touched, ...]
    as_before: int


def preview(
    db: Database,
    log: EventLog,
    before: RuleSet,
    after: RuleSet,
    *,
    first: date,
    last: date,
    classes: frozenset[DataClass] = frozenset(DataClass),
    give_up: float | None = None,
) -> Preview:
    """Every life under both, of deadlines of these classes alone; others are in no count either.

    `give_up`, on the monotonic clock, raises TookTooLong when it comes first.
    """
    names = changed_names(before, after)
    old, new = only(before, names), only(after, names)
    starts = frozenset(kind for rules in (old, new) for kinds, _ in rules.families for kind in kinds)
    people = unreadable = as_before = 0
    touched: list[Touched] = []
    with db.connection(Role.APPLICATION) as conn:
        conn.execute(_READ_ONLY)
        for person_id, past in _pasts(conn, log, give_up):
            people += 1
            entries = [one for one in past if isinstance(one, Entry)]
            if len(entries) < len(past):
                unreadable += 1
            elif not starts.isdisjoint({type(one.event) for one in entries}):
                life = life_of(one.fact() for one in entries)
                was, will = (_overdue(obligations(life, rules), first, last, classes) for rules in (old, new))
                found = list(_compared(person_id, was, will))
                touched += found
                as_before += len({*was} & {*will}) - sum(one.fate is Fate.MOVES for one in found)
    touched.sort(key=lambda one: (one.rule_id, one.rule_part, one.fate, one.due_on, one.person_id))
    return Preview(
        first=first,
        last=last,
        people=people,
        unreadable=unreadable,
        changed=names,
        touched=tuple(touched),
        as_before=as_before,
    )


def overdue_between(one: Obligation, first: date, last: date) -> bool:
    """Whether it was overdue on some day from `first` to `last`, as lists would have shown it by what is known now.

    The day on which it was cleared too late is such a day.
    """
    if not one.is_dated or one.paused_on is not None:
        return False
    ends = [day for day in (one.lapsed_on, one.ends_on) if day is not None]
    since = one.due_on + timedelta(days=1)
    if one.cleared_on is not None:
        if one.was_in_time:
            return False
        since = min(since, one.cleared_on)  # where hours count, it may be the same day
        ends.append(one.cleared_on + timedelta(days=1))
    since, until = max(since, one.shown_from), min(ends)
    return since < until and since <= last and until > first


def _pasts(conn: Connection[TupleRow], log: EventLog, give_up: float | None) -> Iterator[tuple[UUID, Past]]:
    row = conn.execute("select coalesce(max(notification_id), 0) from log_events").fetchone()
    until = int(row[0]) if row else 0
    everybody = journeys(conn, until)
    for start in range(0, len(everybody), TOGETHER):
        if give_up is not None and monotonic() > give_up:
            raise TookTooLong
        yield from pasts(log, everybody[start : start + TOGETHER], until, conn)


def _overdue(owed: list[Obligation], first: date, last: date, classes: frozenset[DataClass]) -> dict[str, Obligation]:
    return {one.key: one for one in owed if one.data_class in classes and overdue_between(one, first, last)}


def _compared(person_id: UUID, was: dict[str, Obligation], will: dict[str, Obligation]) -> Iterator[Touched]:
    for key, one in will.items():
        old = was.get(key)
        if old is None:
            yield _touched(Fate.BECOMES, person_id, one)
        elif (old.due_on, old.holder) != (one.due_on, one.holder):
            yield _touched(Fate.MOVES, person_id, one, old)
    yield from (_touched(Fate.DROPS_OFF, person_id, one) for key, one in was.items() if key not in will)


def _touched(fate: Fate, person_id: UUID, one: Obligation, old: Obligation | None = None) -> Touched:
    return Touched(
        fate=fate,
        person_id=person_id,
        rule_id=one.rule_id,
        rule_part=one.rule_part,
        data_class=one.data_class,
        holder=one.holder,
        due_on=one.due_on,
        was_due_on=old.due_on if old else None,
        was_held_by=old.holder if old else None,
    )
