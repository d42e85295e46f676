"""The log against a small model of it, whatever happens in whatever order: for hypothesis to search.

The model is a dictionary of lists. It knows nothing of versions, keys, streams or SQL; it knows what a caseworker would
say must be there. `make test` searches a little, `make fuzz` a lot.
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from time import sleep
from uuid import UUID, uuid4

import psycopg
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

import eventlog
from database import Database, Role
from domain.codes import ContactWay, KeyGroup, PlacementForm, StartReason
from domain.decisions import record_fact, start_journey
from domain.events import ContactTried, Event, PlacementStarted
from domain.refused import Refused
from eventlog import Actor, ActorKind, Entry, Erased, EventLog, OutcomeKind, Secrets, Source, Step, journey
from eventlog.rotating import rotate
from tests.servers import fresh_database, server_folder, superuser_conninfo

BY = Actor(kind=ActorKind.STAFF, id="uu-1", unit="uu")
NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)
TODAY = date(2027, 11, 20)
RUNS_PER_LOG = 50
BEGIN = partial(
    start_journey, born_on=date(2009, 3, 14), on=date(2024, 9, 2), reason=StartReason.EDUCATION_NEED, basis="§ 1"
)

WAYS = st.sampled_from(list(ContactWay))
FORMS = st.sampled_from(list(PlacementForm))
WHO = st.integers(0, 2)
IDS = st.integers(0, 3)


@dataclass
class Person:
    """What should be there of one person: facts in the order told, by group, and what was delivered under which id."""

    id: UUID = field(default_factory=uuid4)
    begun: bool = False
    erased: bool = False
    facts: list[Event] = field(default_factory=list)
    lost: int = 0
    delivered: dict[int, Event] = field(default_factory=dict)
    gone_ids: set[int] = field(default_factory=set)
    ended: date | None = None

    def takes(self, event: Event) -> bool:
        ended = self.ended is not None and isinstance(event, PlacementStarted) and event.on <= self.ended
        return self.begun and not self.erased and not ended


class Ground:
    """One log after another, each for some runs: what piles up in it is part of the search."""

    def __init__(self) -> None:
        self._runs = 0
        self._db: Database | None = None
        self.folder = Path()

    def log(self) -> EventLog:
        if self._db is None or self._runs % RUNS_PER_LOG == 0:
            if self._db is not None:
                self._db.close()  # or its connections are kept until none is left for the next
            self._db = fresh_database()
            eventlog.install(self._db, municipality="Prøvekommune", demo=True)
            self.folder = Path(tempfile.mkdtemp(prefix="keys-", dir=server_folder()))
        self._runs += 1
        return self.open()

    def open(self) -> EventLog:
        assert self._db is not None
        return EventLog(self._db, Secrets.open(self.folder))


GROUND = Ground()


class LogMachine(RuleBasedStateMachine):
    """Two processes write to one log about three people."""

    def __init__(self) -> None:
        super().__init__()
        self.logs = [GROUND.log(), GROUND.open()]
        self.from_position = self.logs[0].position()
        self.people = [Person() for _ in range(3)]
        self.days = 0
        self.breaks = self.rotations = 0

    @rule(who=WHO, writer=st.integers(0, 1))
    def begin(self, who: int, writer: int) -> None:
        person = self.people[who]
        answer = self._record(writer, person, BEGIN)
        if person.erased:
            assert answer == "erased"
        elif not person.begun:
            person.begun = True
            assert answer is None

    @rule(who=WHO, writer=st.integers(0, 1), way=WAYS, times=st.integers(1, 3))
    def record(self, who: int, writer: int, way: ContactWay, times: int) -> None:
        """One command, sent once or several times, perhaps through both processes."""
        person, command = self.people[who], uuid4()
        event = ContactTried(on=self._day(), way=way)
        for turn in range(times):
            answer = self._record((writer + turn) % 2, person, partial(record_fact, event=event, today=TODAY), command)
            assert (answer is None) == person.takes(event)
        if person.takes(event):
            person.facts.append(event)

    @rule(writer=st.integers(0, 1), told=st.lists(st.tuples(WHO, IDS, WAYS | FORMS), min_size=1, max_size=6))
    def deliver(self, writer: int, told: list[tuple[int, int, ContactWay | PlacementForm]]) -> None:
        """A file's rows: known ones, changed ones, twice in one file, of people who are not there."""
        # A source's id is of one kind of fact: social ones are even.
        facts = [(self.people[who], one, self._fact(one, says)) for who, one, says in told]
        expected = [self._deliver(person, one, event) for person, one, event in facts]
        steps = [
            Step(
                stream=journey(person.id),
                decide=partial(record_fact, event=event, today=TODAY),
                source=Source("file", f"{person.id}-{one}"),
            )
            for person, one, event in facts
        ]
        outcomes = self.logs[writer].record_many(steps, by=BY, known_at=NOW)
        assert [one.kind for one in outcomes] == expected

    def _fact(self, one: int, says: ContactWay | PlacementForm) -> Event:
        number = list(type(says)).index(says)  # type: ignore[arg-type]
        if one % 2:
            return ContactTried(on=date(2026, 10, 1), way=list(ContactWay)[number % len(ContactWay)])
        return PlacementStarted(on=date(2026, 10, 1), form=list(PlacementForm)[number % len(PlacementForm)])

    def _deliver(self, person: Person, one: int, event: Event) -> OutcomeKind:
        """What the model says of one row, and keeps of it."""
        before = person.delivered.get(one)
        if person.erased or not person.begun:
            return OutcomeKind.REFUSED
        if before == event:
            return OutcomeKind.NOTHING
        if not person.takes(event) or one in person.gone_ids:
            return OutcomeKind.REFUSED
        person.delivered[one] = event
        person.facts.append(event)
        return OutcomeKind.APPENDED if before is None else OutcomeKind.CORRECTED

    @rule(who=WHO, writer=st.integers(0, 1), way=WAYS)
    def die_while_deciding(self, who: int, writer: int, way: ContactWay) -> None:
        """The process ends between reading and writing: nothing happened."""

        class Killed(Exception):
            pass

        def die(_: object) -> Sequence[Event]:
            raise Killed(way)

        try:
            self.logs[writer].record(journey(self.people[who].id), die, by=BY, known_at=NOW, command_id=uuid4())
        except (Killed, Refused):
            return
        raise AssertionError("it should have died")

    @rule(writer=st.integers(0, 1))
    def restart(self, writer: int) -> None:
        """Everything in memory is gone."""
        self.logs[writer] = GROUND.open()

    @precondition(lambda self: self.breaks < 2)
    @rule()
    def lines_break(self) -> None:
        """The database ends every connection of ours; whoever writes next finds a dead line."""
        self.breaks += 1
        with psycopg.connect(superuser_conninfo(), autocommit=True) as outside:
            ended = outside.execute(
                "select pid, pg_terminate_backend(pid) from pg_stat_activity where usename = %s and state = 'idle'",
                [Role.APPLICATION.value],
            ).fetchall()
            gone = "select from pg_stat_activity where pid = any(%s)"
            while outside.execute(gone, [[pid for pid, _ in ended]]).fetchone() is not None:
                sleep(0.001)
        sleep(0.05)  # gone from the list, a backend still has to close its socket

    @precondition(lambda self: any(person.begun for person in self.people))
    @rule(who=WHO, again=st.booleans())
    def erase(self, who: int, *, again: bool) -> None:
        person, erasure = self.people[who], uuid4()
        for _ in range(1 + again):
            self._erase(person, erasure, None)
        person.lost += len(person.facts)
        person.facts.clear()
        person.erased = True

    @rule(who=WHO)
    def end_group(self, who: int) -> None:
        """The social group of one person ends; what is told of later days is taken in again."""
        person = self.people[who]
        if person.erased:
            return
        self._erase(person, uuid4(), KeyGroup.SOCIAL)
        gone = [event for event in person.facts if isinstance(event, PlacementStarted)]
        person.facts = [event for event in person.facts if not isinstance(event, PlacementStarted)]
        person.lost += len(gone)
        person.gone_ids |= {one for one in person.delivered if one % 2 == 0}
        person.ended = NOW.date()

    @precondition(lambda self: self.rotations < 2)
    @rule()
    def rotate(self) -> None:
        """A new master key, while both processes are running."""
        self.rotations += 1
        rotate(self.logs[0].db, Secrets.open(GROUND.folder), self.logs[0].log_id)

    @invariant()
    def the_log_is_what_the_model_says(self) -> None:
        self._read_by(self.logs[self.days % 2])

    def teardown(self) -> None:
        """Also for somebody who has nothing in memory."""
        self._read_by(GROUND.open())

    def _read_by(self, log: EventLog) -> None:
        read = log.after(self.from_position, 10_000)
        positions = [one.position for one in read]
        assert positions == list(range(self.from_position + 1, self.from_position + 1 + len(read)))
        for person in self.people:
            self._is_as_told(person, [one for one in read if one.stream == person.id])

    def _is_as_told(self, person: Person, theirs: Sequence[Entry | Erased]) -> None:
        assert [one.version for one in theirs] == list(range(1, len(theirs) + 1))
        entries = [one for one in theirs if isinstance(one, Entry)]
        told = [one.event for one in entries if isinstance(one.event, ContactTried | PlacementStarted)]
        assert told == person.facts
        if person.erased:
            assert entries == []
        if not person.begun:
            assert not theirs

    def _record(
        self, writer: int, person: Person, decide: Callable[..., Sequence[Event]], command: UUID | None = None
    ) -> str | None:
        """None when it is in the log, else the reason of the refusal."""
        try:
            self.logs[writer].record(journey(person.id), decide, by=BY, known_at=NOW, command_id=command or uuid4())
        except Refused as refusal:
            return refusal.reason
        return None

    def _erase(self, person: Person, erasure: UUID, group: KeyGroup | None) -> None:
        with self.logs[0].db.connection(Role.ERASER) as conn:
            self.logs[0].erase(conn, erasure, person.id, group, NOW)

    def _day(self) -> date:
        """Each fact has a day of its own, so that two are never the same by chance."""
        self.days += 1
        return date(2026, 11, 1) + timedelta(days=self.days)
