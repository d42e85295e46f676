"""Keeps the tables up with the log: rows and position move in one transaction, or not at all."""

import logging
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from threading import Event as Stop
from uuid import UUID

import psycopg
from psycopg import Connection, sql
from psycopg.rows import TupleRow

from database import Database, Role
from domain.codes import StreamKind
from domain.events import RulesLoaded
from domain.rules import RuleSet, rule_set
from eventlog import Entry, EventLog
from projections.clear import Unreadable, unreadable_at
from projections.rows import NO_RULES
from projections.spans import InForce, Person, RuleChange, Spans, in_force, person_of, step, under
from projections.tables import write

LIVE = "live"
"""The follower of the tables in use."""

KEPT = 5_000
"""Of so many people the folded facts are kept in memory, about 20 kB each."""

CHUNK = 500
"""So many people are folded at a time when the rules change."""

SHORTEST, LONGEST = 0.1, 10.0
"""Seconds between two tries when the database is away: doubled each time, and never more than this."""

logger = logging.getLogger(__name__)


class Overtaken(Exception):  # noqa: N818 - it names a state
    """Somebody else has moved these tables on. What we remember of them no longer holds."""


@dataclass(slots=True)
class _Reached:
    """How far the tables have come, under which rules, and who is left out."""

    position: int
    generation: int
    rules: InForce
    parked: set[UUID]


@dataclass(slots=True)
class _Work:
    """What one batch comes to, before it is written."""

    spans: Spans = field(default_factory=Spans)
    people: dict[UUID, Person] = field(default_factory=dict)
    parked: dict[UUID, tuple[int, str]] = field(default_factory=dict)

    def park(self, person_id: UUID, position: int, fault: Exception) -> None:
        self.parked[person_id] = (position, type(fault).__name__)
        self.people.pop(person_id, None)


class Follower:
    """One reader of the log that writes the span tables. Several may run: all but one find nothing to do.

    Not to be shared between threads.
    """

    def __init__(self, db: Database, log: EventLog, *, name: str = LIVE, suffix: str = "", kept: int = KEPT) -> None:
        self._db, self._log = db, log
        self._name, self._suffix, self._kept = name, suffix, kept
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
            entries = self._read(reached.position, limit)
            if not entries:
                return 0
            first = entries[0]
            if isinstance(first, Entry) and isinstance(first.event, RulesLoaded):
                self._take_rules(reached, first.position, in_force(_rules(first.event)))
                return 1
            batch = list(takewhile(lambda entry: not _changes_rules(entry), entries))
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
                parked = conn.execute(self._sql("select person_id from {}", "parked"))
                people = {person_id for (person_id,) in parked}
            position, generation = row or (0, 1)
            changes = rule_changes(self._log, position)
            rules = changes[-1][1] if changes else in_force(NO_RULES)
            self._reached = _Reached(position, generation, rules, people)
        return self._reached

    def _read(self, position: int, limit: int) -> Sequence[Entry | Unreadable]:
        """The next entries; when one of them cannot be opened, those before it, or it alone."""
        try:
            return self._log.after(position, limit)
        except psycopg.Error:
            raise
        except Exception as fault:  # whatever is wrong with one entry holds up one person only
            if limit > 1:
                return self._read(position, limit // 2)
            with self._db.connection(Role.FOLLOWER) as conn:
                found = unreadable_at(conn, position + 1, type(fault).__name__)
            if found is None or found.kind is StreamKind.MUNICIPALITY:
                raise  # without the rules there are no right rows for anybody
            return [found]

    def _take(self, reached: _Reached, batch: Sequence[Entry | Unreadable]) -> None:
        by_person: dict[UUID, list[Entry | Unreadable]] = {}
        for entry in batch:
            if entry.kind is StreamKind.JOURNEY and entry.stream not in reached.parked:
                by_person.setdefault(entry.stream, []).append(entry)
        work = _Work()
        self._load(work, ((one, _is_new(first)) for one, (first, *_) in by_person.items()), reached)
        for person_id, entries in by_person.items():
            if person_id in work.people:
                _fold(work, person_id, entries, reached.rules)
        last = batch[-1].position
        with self._db.connection(Role.FOLLOWER) as conn:
            self._move(conn, reached, last, reached.rules)
            self._write(conn, work)
        self._arrived(reached, last, reached.rules, work)

    def _take_rules(self, reached: _Reached, position: int, rules: InForce) -> None:
        """Work out everybody's rows under other rules: some people at a time, but all in one transaction."""
        all_work = _Work()
        with self._db.connection(Role.FOLLOWER) as conn:
            self._move(conn, reached, position, rules)
            everybody = self._everybody(conn, reached.parked)
            for start in range(0, len(everybody), CHUNK):
                chunk = everybody[start : start + CHUNK]
                work = _Work()
                self._load(work, ((one, False) for one in chunk), reached)
                for person_id, before in list(work.people.items()):
                    try:
                        work.people[person_id], changes = under(before, rules, position)
                    except Exception as fault:  # noqa: BLE001 - one person's rows hold up nobody else's
                        work.park(person_id, position, fault)
                    else:
                        work.spans.add(changes)
                self._write(conn, work)
                kept = {key: person for key, person in work.people.items() if key in self._people}
                all_work.people.update(kept)
                all_work.parked.update(work.parked)
        self._arrived(reached, position, rules, all_work)

    def _everybody(self, conn: Connection[TupleRow], parked: set[UUID]) -> list[UUID]:
        """Everybody who was ever followed, or has a row that stands: nobody else can have one under other rules."""
        query = self._sql(
            "select person_id from {} union select person_id from {} where to_position is null",
            "young",
            "worklist",
        )
        return sorted(person_id for (person_id,) in conn.execute(query) if person_id not in parked)

    def _load(self, work: _Work, wanted: Iterable[tuple[UUID, bool]], reached: _Reached) -> None:
        """The people as the tables know them: new, from memory, or folded from the log up to there."""
        missing = []
        for person_id, is_new in wanted:
            if person_id in self._people:
                work.people[person_id] = self._people[person_id]
            elif is_new:
                work.people[person_id] = Person(person_id)
            else:
                missing.append(person_id)
        if missing:
            self._load_from_log(work, missing, reached)

    def _load_from_log(self, work: _Work, people: list[UUID], reached: _Reached) -> None:
        """Read and fold these people in one call; when that fails, one by one, and park who cannot be."""
        try:
            found = self._log.histories(people, until=reached.position)
            folded = {one: person_of(one, found.get(one, []), reached.rules) for one in people}
        except psycopg.Error:
            raise
        except Exception as fault:  # noqa: BLE001 - one person's entries hold up nobody else
            if len(people) == 1:
                work.park(people[0], reached.position + 1, fault)
                return
            for person_id in people:
                self._load_from_log(work, [person_id], reached)
        else:
            work.people.update(folded)

    def _move(self, conn: Connection[TupleRow], reached: _Reached, position: int, rules: InForce) -> None:
        """Move the position first: it is the fence, and whoever comes second waits here and finds it moved."""
        done = conn.execute(
            "update follower set position = %s, rules_hash = %s where name = %s and position = %s and generation = %s",
            [position, rules.rules.sha256, self._name, reached.position, reached.generation],
        )
        if done.rowcount == 0:
            raise Overtaken

    def _write(self, conn: Connection[TupleRow], work: _Work) -> None:
        write(conn, work.spans, self._suffix)
        for person_id, (position, reason) in work.parked.items():
            conn.execute(
                self._sql("insert into {} values (%s, %s, %s) on conflict do nothing", "parked"),
                [person_id, position, reason],
            )

    def _arrived(self, reached: _Reached, position: int, rules: InForce, work: _Work) -> None:
        """It is written: remember it, and of people only the most recent."""
        self._reached = _Reached(position, reached.generation, rules, reached.parked | work.parked.keys())
        for person_id in work.parked:
            self._people.pop(person_id, None)
            logger.warning("a person is parked at position %d: %s", *work.parked[person_id])
        for person_id, person in work.people.items():
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


def rule_changes(log: EventLog, until: int) -> list[RuleChange]:
    """Which rules counted from which position of the log, up to and with `until`."""
    history = log.history(log.municipality_stream.id, until=until)
    return [
        (entry.position, in_force(_rules(entry.event)))
        for entry in history.entries
        if isinstance(entry.event, RulesLoaded)
    ]


def _fold(work: _Work, person_id: UUID, entries: Iterable[Entry | Unreadable], rules: InForce) -> None:
    for entry in entries:
        if isinstance(entry, Unreadable):
            work.parked[person_id] = (entry.position, entry.reason)
            del work.people[person_id]
            return
        try:
            work.people[person_id], changes = step(work.people[person_id], entry, rules)
        except Exception as fault:  # noqa: BLE001 - one person's entries hold up nobody else
            work.park(person_id, entry.position, fault)
            return
        work.spans.add(changes)


def _is_new(first: Entry | Unreadable) -> bool:
    """Whether nothing is known of a person before this entry."""
    return isinstance(first, Entry) and first.version == 1


def _rules(event: RulesLoaded) -> RuleSet:
    return rule_set(event.rules, event.closed_days)


def _changes_rules(entry: Entry | Unreadable) -> bool:
    return isinstance(entry, Entry) and isinstance(entry.event, RulesLoaded)
