"""A real log and real tables on a real server, and short ways to let things happen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import eventlog
from database import Database, Role
from domain.catalogue import class_of
from domain.codes import Matter, Party, StreamKind
from domain.events import (
    Event,
    HandoverSent,
    JourneyStarted,
    MeetingCalled,
    ResponsibilityEstablished,
    RulesLoaded,
)
from domain.facts import Life, life_of
from domain.journey import Journey, fold
from domain.rules import RuleSet, content_hash, rule_set
from domain.text import FreeText
from eventlog import Actor, ActorKind, Entry, EventLog, Secrets, Source, Step, journey, meeting
from eventlog.folding import state_of
from projections import tables
from projections.coming import rule_changes
from projections.follow import Follower
from projections.rows import NO_RULES, Row
from projections.spans import TABLES, Keyed
from tests.four import FOUR
from tests.servers import LISTS, LOG, furnished_database

BY = Actor(kind=ActorKind.SYSTEM, id="test")
BORN = date(2008, 4, 3)
CLOSED_DAYS = (date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 6))


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def started(born_on: date = BORN, on: date = date(2024, 8, 1)) -> JourneyStarted:
    return JourneyStarted(on=on, born_on=born_on)


def responsible(matter: Matter, holder: Party, on: date = date(2024, 8, 1)) -> ResponsibilityEstablished:
    return ResponsibilityEstablished(on=on, matter=matter, holder=holder)


def sent(
    handover_id: UUID,
    on: date,
    *,
    matter: Matter = Matter.INCOME_AND_WORK,
    giver: Party = Party.EMPLOYMENT,
    receiver: Party = Party.MILEPAELEN,
    answer_by: date | None = None,
    rule: str | None = None,
) -> HandoverSent:
    return HandoverSent(
        on=on,
        handover_id=handover_id,
        matter=matter,
        giver=giver,
        receiver=receiver,
        answer_by=answer_by or on + timedelta(days=7),
        note=FreeText("En hemmelig note"),
        rule=rule,
    )


def written(*events: Event, known: date | None = None) -> list[Entry]:
    """These events as the entries of one person's stream, from position 1, all opened."""
    return [entry(number, event, known=known) for number, event in enumerate(events, start=1)]


def entry(
    number: int,
    event: Event,
    *,
    known: date | None = None,
    recorded: date | None = None,
    about: int | None = None,
) -> Entry:
    """The log's entry number so-and-so, about the entry with another number when it corrects one."""
    known_at = at(known or event.on)
    return Entry(
        stream=UUID(int=1),
        version=number,
        kind=StreamKind.JOURNEY,
        group=class_of(event).group,
        position=number,
        recorded_at=at(recorded) if recorded else known_at,
        entry_id=UUID(int=1000 + number),
        event=event,
        known_at=known_at,
        actor=BY,
        about=UUID(int=1000 + about) if about else None,
    )


def life_after(entries: Sequence[Entry]) -> Life:
    return life_of(entry.fact() for entry in entries)


def journey_after(entries: Sequence[Entry]) -> Journey:
    return fold(entry.event for entry in entries)


def shipped(closed_days: tuple[date, ...] = CLOSED_DAYS) -> RuleSet:
    return rule_set(FOUR, closed_days)


def loaded(text: str | None = None, closed_days: tuple[date, ...] = CLOSED_DAYS) -> RulesLoaded:
    text = FOUR if text is None else text
    return RulesLoaded(on=date(2024, 1, 1), sha256=content_hash(text, closed_days), rules=text, closed_days=closed_days)


@dataclass
class World:
    db: Database
    log: EventLog
    people: list[UUID] = field(default_factory=list)

    def begin_again(self) -> None:
        """An empty log and empty tables: cheaper than a new schema."""
        with self.db.connection(Role.OWNER) as conn:
            conn.execute("truncate log_events, log_keys, log_sources, log_commands")
            conn.execute("update log_head set position = 0, recorded_at = '-infinity'")
        self.begin_again_tables()
        self.log.keys.forget()
        self.people = [UUID(int=4 * 10**37 + number) for number in range(4)]

    def begin_again_tables(self) -> None:
        """Tables that nobody has followed."""
        with self.db.connection(Role.OWNER) as conn:
            conn.execute("truncate follower, worklist, young, milepaelen, wish, parked")

    def parked(self) -> set[tuple[object, ...]]:
        """Who is not followed by which table, from where on and why."""
        with self.db.connection(Role.APPLICATION) as conn:
            return set(conn.execute("select person_id, table_name, position, reason from parked").fetchall())

    def happens(self, person: UUID, *events: Event, known: date | None = None, source: str | None = None) -> None:
        """Each event is an entry of its own; known on the day it happened unless another is given."""
        for event in events:
            known_at = at(known or event.on)
            named = Source("test", f"{person} {source}") if source else None
            step = Step(stream=journey(person), decide=_just(event), source=named, known_at=known_at)
            self.log.record_many([step], by=BY, known_at=known_at)

    def writes(self, *steps: Step) -> None:
        """These steps together, as a page writes them."""
        self.log.record_together(steps, by=BY, known_at=at(date(2026, 6, 30)), command_id=uuid4())

    def load_rules(self, text: str | None = None, closed_days: tuple[date, ...] = CLOSED_DAYS) -> None:
        event = loaded(text, closed_days)
        self.log.record(
            self.log.municipality_stream,
            _just(event),
            by=BY,
            known_at=at(event.on),
            command_id=uuid4(),
        )

    def call_meeting(self) -> None:
        called = MeetingCalled(on=date(2026, 1, 5), held_on=date(2026, 1, 12))
        self.log.record(meeting(uuid4()), _just(called), by=BY, known_at=at(called.on), command_id=uuid4())

    def follow(self) -> Follower:
        follower = Follower(self.db, self.log)
        while follower.catch_up():
            pass
        return follower

    def rows(self, as_of: int | None = None) -> dict[str, set[tuple[UUID, Keyed, int]]]:
        with self.db.connection(Role.APPLICATION) as conn:
            return {table.name: tables.standing(conn, table, as_of=as_of) for table in TABLES}

    def rows_of(self, person: UUID) -> list[Row]:
        found = [row for owner, row, _ in self.rows()["worklist"] if owner == person]
        rows = [row for row in found if isinstance(row, Row)]
        return sorted(rows, key=lambda row: (row.due_on, row.row_key))

    def folded(self, as_of: int) -> dict[str, set[tuple[UUID, Keyed]]]:
        """What the tables must hold, from the facts alone: no spans, no steps, no follower."""
        changes = rule_changes(self.log, as_of)
        rules = changes[-1][1].rules if changes else NO_RULES
        found: dict[str, set[tuple[UUID, Keyed]]] = {table.name: set() for table in TABLES}
        for person, entries in self.histories(as_of).items():
            life = life_of(entry.fact() for entry in entries)
            folded = state_of(entries[0].kind, entries)
            for table in TABLES:
                found[table.name] |= {(person, row) for row in table.rows_of(life, folded, rules)}  # type: ignore[arg-type]
        return found

    def histories(self, as_of: int) -> dict[UUID, list[Entry]]:
        return self.log.histories(self.people, until=as_of)

    def spans(self) -> dict[str, set[tuple[object, ...]]]:
        """Every span that was ever written, as the database has it."""
        with self.db.connection(Role.APPLICATION) as conn:
            return {table.name: set(map(_plain, conn.execute(f"select * from {table.name}"))) for table in TABLES}


def _plain(row: Sequence[object]) -> tuple[object, ...]:
    """The row with its arrays as tuples, which can be in a set."""
    return tuple(tuple(value) if isinstance(value, list) else value for value in row)


def without_positions(
    rows: dict[str, set[tuple[UUID, Keyed, int]]],
) -> dict[str, set[tuple[UUID, Keyed]]]:
    return {name: {(person, row) for person, row, _ in found} for name, found in rows.items()}


@contextmanager
def open_world() -> Iterator[World]:
    with furnished_database(LOG, LISTS) as db:
        eventlog.install(db, municipality="Testkommune", demo=True)
        yield World(db, EventLog(db, Secrets.for_tests()))


def _just(event: Event) -> "_Just":
    return _Just(event)


@dataclass(frozen=True)
class _Just:
    """A decision that lets this happen, whatever was before."""

    event: Event

    def __call__(self, _state: object) -> Sequence[Event]:
        return [self.event]
