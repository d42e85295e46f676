"""The library's `ProjectionRunner`, made to write the rows that our follower writes.

It gets the best there is: the people it meets are folded before its clock starts, its connections are open, and rows
are worked out and written by the same code as ours.
"""

from contextlib import ExitStack, suppress
from threading import Event as Signal
from typing import Any, Self
from uuid import UUID

from eventsourcing.persistence import InfrastructureFactory, Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from eventsourcing.utils import Environment

from benchmarks.ground import library_env, owner
from benchmarks.rounds import Work
from database import Database, Role
from domain.codes import StreamKind
from eventlog import Entry, EventLog
from eventlog.log import Store
from eventlog.mapper import EntryMapper, StoredEntry, key_ids
from eventlog.recorder import LogRecorder
from projections import tables
from projections.coming import rule_changes
from projections.spans import InForce, Person, Spans, person_of, step

_PATIENCE = 120
"""Seconds until the runner must be done."""


class LibraryRunner:
    """Lets a runner take the first entries of a backlog; a new one each time."""

    def __init__(self, db: Database, log: EventLog, *, suffix: str, entries: int) -> None:
        self._db, self._log, self._suffix, self._entries = db, log, suffix, entries
        self._running = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    def ready(self, start: int, name: str) -> Work:
        """A runner that waits for the start; its tables stand at `start`, as the follower `name` says."""
        self._running.close()
        env = self._running.enter_context(library_env(self._db))
        rules = rule_changes(self._log, start)[-1][1]
        coming = self._log.after(start, self._entries)
        folded = {
            person: person_of(person, entries, rules)
            for person, entries in self._log.histories(list({one.stream for one in coming}), until=start).items()
        }
        work = _Work(folded, rules, self._suffix, len(coming))
        projection, application = _projection(work), _application(self._log, start, len(coming))
        _stand_at(projection.name, env, Tracking(application.name, start))
        runner = ProjectionRunner(application_class=application, projection_class=projection, view_class=_View, env=env)
        self._running.enter_context(suppress(_Enough))
        self._running.enter_context(runner)

        def run() -> int:
            work.go.set()
            assert work.done.wait(_PATIENCE), "the library's runner was not done"
            return len(coming)

        # Afterwards the rows stand where the runner left them, and the follower of this name must know it.
        with owner(self._db) as conn:
            conn.execute("update follower set position = %s where name = %s", [start + len(coming), name])
        return run


class _Enough(Exception):  # noqa: N818 - it ends the runner's thread
    """All entries that were wanted are done."""


class _Work:
    """What the runner's thread works on, and how it is told to begin."""

    def __init__(self, people: dict[UUID, Person], rules: InForce, suffix: str, entries: int) -> None:
        self.people, self.rules, self.suffix, self.left = people, rules, suffix, entries
        self.go, self.done = Signal(), Signal()


class _View(PostgresTrackingRecorder):
    """Writes rows and position in one transaction, as the library's documentation shows it."""

    def write(self, spans: Spans, suffix: str, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            tables.write(cursor.connection, spans, suffix)
            self._insert_tracking(cursor, tracking)


def _projection(work: _Work) -> type[Projection[_View]]:
    """The runner makes its projection itself, so what it works on is put into the class."""

    class Rows(Projection[_View]):
        name = "runner"

        def process_event(self, domain_event: Any, tracking: Tracking) -> None:
            work.go.wait(_PATIENCE)
            entry: Entry = domain_event
            spans = Spans()
            if entry.kind is StreamKind.JOURNEY:
                before = work.people.get(entry.stream) or Person(entry.stream)
                work.people[entry.stream], changes = step(before, entry, work.rules)
                spans.add(changes)
            self.view.write(spans, work.suffix, tracking)
            work.left -= 1
            if work.left == 0:
                work.done.set()
                raise _Enough

    return Rows


def _application(log: EventLog, start: int, entries: int) -> type[Store]:
    """The runner makes its application itself too: one that reads our log, with all keys at hand."""
    with log.db.connection(Role.FOLLOWER) as conn:
        keys = log.keys.get_many(conn, key_ids(LogRecorder(log.db).select_after(conn, start, entries)))

    def read(row: StoredEntry) -> Entry:
        return mapper.open(row, keys)

    mapper = EntryMapper(log.log_id, read)

    class Reading(Store):
        name = "log"

        def __init__(self, _: object = None) -> None:
            super().__init__(mapper, LogRecorder(log.db))

    return Reading


def _stand_at(projection: str, env: dict[str, str], tracking: Tracking) -> None:
    """Say from where the runner is to go on."""
    factory = InfrastructureFactory[_View].construct(Environment(projection, env))
    try:
        factory.tracking_recorder(_View).insert_tracking(tracking)
    finally:
        factory.close()
