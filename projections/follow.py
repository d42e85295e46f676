"""Keeps the tables up with the log: rows and position move in one transaction, or not at all."""

import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import takewhile
from threading import Event as Stop
from uuid import UUID

from psycopg import Connection, sql
from psycopg.rows import TupleRow

from database import Database, Role
from domain.codes import StreamKind
from eventlog import Entry, Erased, EventLog
from projections.clear import journeys
from projections.coming import Coming, Reading, changes_rules, is_new, rule_changes, rules_of
from projections.past import Past, pasts
from projections.rows import NO_RULES
from projections.spans import (
    TABLES,
    InForce,
    Parked,
    Person,
    RuleChange,
    Spans,
    Told,
    Unreadable,
    in_force,
    person_of,
    step,
    story_of,
    under,
)
from projections.tables import PARKED, REFUSED, write, write_each

LIVE = "live"
"""The follower of the tables in use."""

KEPT = 5_000
"""Of so many people the folded facts are kept in memory, about 20 kB each."""

CHUNK = 500
"""So many people are folded at a time when the rules change."""

SHORTEST, LONGEST = 0.1, 10.0
"""Seconds between two tries when the database is away: doubled each time, and never more than this."""

NOWHERE: frozenset[str] = frozenset()

logger = logging.getLogger(__name__)


class Overtaken(Exception):  # noqa: N818 - it names a state
    """Somebody else has moved these tables on. What we remember of them no longer holds."""


@dataclass(slots=True)
class _Reached:
    """How far the tables have come, under which rules, and whom which tables do not follow."""

    position: int
    generation: int
    changes: list[RuleChange]
    parked: Mapping[UUID, frozenset[str]]
    rules: InForce

    def skips(self, person_id: UUID) -> bool:
        """Whether no table follows this person."""
        return len(self.parked.get(person_id, NOWHERE)) == len(TABLES)


@dataclass(slots=True)
class _Work:
    """What one batch comes to, before it is written."""

    told: list[Told] = field(default_factory=list)
    people: dict[UUID, Person] = field(default_factory=dict)
    parked: list[Parked] = field(default_factory=list)

    def spans(self) -> Spans:
        """All that is to be written."""
        spans = Spans()
        spans.add(self.told)
        self.parked = spans.parked
        return spans

    def refused(self, parked: Iterable[Parked]) -> None:
        """These tables did not take somebody's row."""
        for one in parked:
            self.parked.append(one)
            self.people[one.person_id] = self.people[one.person_id].parked_in([one.table.name])


class Follower:
    """One reader of the log that writes the span tables. Several may run: all but one find nothing to do.

    Not to be shared between threads.
    """

    def __init__(self, db: Database, log: EventLog, *, name: str = LIVE, suffix: str = "", kept: int = KEPT) -> None:
        self._db, self._log = db, log
        self._name, self._suffix, self._kept = name, suffix, kept
        self._reading = Reading(db, log)
        self._reached: _Reached | None = None
        self._people: OrderedDict[UUID, Person] = OrderedDict()

    @property
    def position(self) -> int:
        """How far the tables have come."""
        return self._where().position

    def catch_up(self, limit: int = 1000) -> int:
        """Take in the next entries, at most `limit`, in one transaction; answers with how many.

        0 when there are none, or when another follower took them first.
        """
        try:
            reached = self._where()
            entries = self._reading.after(reached.position, limit)
            if not entries:
                return 0
            if rules := rules_of(entries[0]):
                self._take_rules(reached, (entries[0].position, rules))
                return 1
            batch = list(takewhile(lambda entry: not changes_rules(entry), entries))
            self._take(reached, batch)
        except Overtaken:
            self.forget()
            return 0
        return len(batch)

    def run(self, stop: Stop, *, seconds: float = 1.0) -> None:
        """Follow until told to stop; hears that at the latest after `seconds`.

        An outage of the database is waited out. Any other fault stops the lists, not the program: it is
        told, and tried again.
        """
        pause, woken = SHORTEST, False
        while not stop.is_set():
            try:
                taken = self.catch_up()
                if woken and not taken:
                    stop.wait(SHORTEST)  # another follower is at it
                woken = not taken and self._log.wait(self.position, seconds) > self.position
                pause = SHORTEST
            except Exception as fault:  # noqa: BLE001 - the lists must come back by themselves
                # The name alone: the text of a fault may quote what stood in an entry.
                logger.warning("the lists stand still: %s; next try in %.1f s", type(fault).__name__, pause)
                stop.wait(pause)
                pause = min(2 * pause, LONGEST)

    def forget(self) -> None:
        """Drop everything remembered; it is read again when it is needed."""
        self._reached = None
        self._people.clear()

    def _where(self) -> _Reached:
        if self._reached is None:
            with self._db.connection(Role.FOLLOWER) as conn:
                conn.execute("insert into follower (name) values (%s) on conflict do nothing", [self._name])
                row = conn.execute("select position, generation from follower where name = %s", [self._name]).fetchone()
                parked = conn.execute(
                    self._sql("select person_id, array_agg(table_name) from {} group by person_id", PARKED)
                )
                left_out = {person_id: frozenset(names) for person_id, names in parked}
            position, generation = row or (0, 1)
            changes = rule_changes(self._log, position)
            rules = changes[-1][1] if changes else in_force(NO_RULES)
            self._reached = _Reached(position, generation, changes, left_out, rules)
        return self._reached

    def _take(self, reached: _Reached, batch: Sequence[Coming]) -> None:
        by_person: dict[UUID, list[Entry | Unreadable]] = {}
        for entry in batch:
            if entry.kind is StreamKind.JOURNEY and not isinstance(entry, Erased) and not reached.skips(entry.stream):
                by_person.setdefault(entry.stream, []).append(entry)
        work = _Work()
        self._load(work, ((one, is_new(first)) for one, (first, *_) in by_person.items()), reached)
        for person_id, entries in by_person.items():
            for entry in entries:
                work.people[person_id], told = step(work.people[person_id], entry, reached.rules)
                work.told += told
        last = batch[-1].position
        try:
            with self._db.connection(Role.FOLLOWER) as conn:
                self._move(conn, reached, last, reached.rules)
                write(conn, work.spans(), self._suffix)
        except REFUSED:
            with self._db.connection(Role.FOLLOWER) as conn:
                self._move(conn, reached, last, reached.rules)
                work.refused(write_each(conn, work.told, self._suffix))
        self._arrived(reached, last, work.people, work.parked)

    def _take_rules(self, reached: _Reached, change: RuleChange) -> None:
        """Work out everybody's rows under other rules: some people at a time, but all in one transaction."""
        people: dict[UUID, Person] = {}
        parked: list[Parked] = []
        position, rules = change
        with self._db.connection(Role.FOLLOWER) as conn:
            self._move(conn, reached, position, rules)
            everybody = [one for one in journeys(conn, position) if not reached.skips(one)]
            for start in range(0, len(everybody), CHUNK):
                work = _Work()
                self._load(work, ((one, False) for one in everybody[start : start + CHUNK]), reached)
                for person_id, before in list(work.people.items()):
                    work.people[person_id], told = under(before, rules, position)
                    work.told += told
                try:
                    with conn.transaction():
                        write(conn, work.spans(), self._suffix)
                except REFUSED:
                    work.refused(write_each(conn, work.told, self._suffix))
                people.update((key, person) for key, person in work.people.items() if key in self._people)
                parked += work.parked
        self._arrived(reached, position, people, parked, change)

    def _load(self, work: _Work, wanted: Iterable[tuple[UUID, bool]], reached: _Reached) -> None:
        """The people as the tables know them: new, from memory, or folded from the log up to there."""
        missing = []
        for person_id, nothing_before in wanted:
            if person_id in self._people:
                work.people[person_id] = self._people[person_id]
            elif nothing_before:
                work.people[person_id] = Person(person_id)
            else:
                missing.append(person_id)
        if missing:
            for person_id, past in pasts(self._log, missing, reached.position):
                work.people[person_id] = _folded(work, person_id, past, reached)

    def _move(self, conn: Connection[TupleRow], reached: _Reached, position: int, rules: InForce) -> None:
        """Move the position first: it is the fence, and whoever comes second waits here and finds it moved."""
        done = conn.execute(
            "update follower set position = %s, rules_hash = %s where name = %s and position = %s and generation = %s",
            [position, rules.rules.sha256, self._name, reached.position, reached.generation],
        )
        if done.rowcount == 0:
            raise Overtaken

    def _arrived(
        self,
        reached: _Reached,
        position: int,
        people: Mapping[UUID, Person],
        parked: Sequence[Parked],
        change: RuleChange | None = None,
    ) -> None:
        """It is written: remember it, and of people only the most recent."""
        changes = [*reached.changes, change] if change else reached.changes
        rules = change[1] if change else reached.rules
        left_out = reached.parked if not parked else _with(reached.parked, parked)
        self._reached = _Reached(position, reached.generation, changes, left_out, rules)
        for where, reason in dict.fromkeys((one.position, one.reason) for one in parked):
            logger.warning("somebody is parked at position %d: %s", where, reason)
        for person_id, person in people.items():
            if person.is_parked:
                self._people.pop(person_id, None)
                continue
            self._people[person_id] = person
            self._people.move_to_end(person_id)
        while len(self._people) > self._kept:
            self._people.popitem(last=False)

    def _sql(self, query: str, *tables: str) -> sql.Composed:
        return sql.SQL(query).format(*(sql.Identifier(table + self._suffix) for table in tables))


def position(conn: Connection[TupleRow]) -> int:
    """How far the tables in use have come."""
    row = conn.execute("select position from follower where name = %s", [LIVE]).fetchone()
    return 0 if row is None else int(row[0])


def _folded(work: _Work, person_id: UUID, past: Past, reached: _Reached) -> Person:
    """The person as the tables know them. Where that cannot be worked out, it is found out from which position on."""
    already = reached.parked.get(person_id, NOWHERE)
    entries = [one for one in past if isinstance(one, Entry)]
    if len(entries) == len(past):
        with suppress(Exception):  # whatever it is, the story meets it again
            return person_of(person_id, entries, reached.rules, already)
    person = Person(person_id)
    for person, told in story_of(person_id, past, reached.changes):  # noqa: B007 - the last counts
        work.told += (one for one in told if isinstance(one, Parked) and one.table.name not in already)
    return person.parked_in(already)


def _with(before: Mapping[UUID, frozenset[str]], parked: Iterable[Parked]) -> dict[UUID, frozenset[str]]:
    found = dict(before)
    for one in parked:
        found[one.person_id] = found.get(one.person_id, NOWHERE) | {one.table.name}
    return found
