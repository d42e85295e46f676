"""Somebody who writes to the log on a line that is cut, sends everything again until it is answered, and counts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, count
from random import Random
from time import monotonic, sleep
from uuid import UUID, uuid4

from benchmarks.lives import BY, NOW
from database import Unavailable, hurried
from database.limits import LONGEST
from domain.codes import ContactWay
from domain.events import ContactTried
from domain.refused import Refused
from eventlog import Contended, EventLog, OutcomeKind, Source, Step, journey
from faults.proxy import IN_SILENCE, Cut, Proxy

WRITERS = 8
"""At once, each with a line of their own, because a call on a silent line takes seconds."""
EVERYBODY = 2 * WRITERS
"""They, and those who write while nothing passes."""

AIMS = (
    *(("fact", "log_head as head"), ("fact", "log_append")),
    *(("batch", "log_head as head"), ("batch", "log_append")),
    *(("move", "log_append"), ("move", "COMMIT"), ("move", "COMMIT")),
)
"""What is written, and the statement that is cut: the reading before it, the writing, the end of a transaction."""

_MOST_TIMES = 8
_PATIENCE = 0.2
"""Seconds until somebody who was told that the database does not answer asks again, at most so often."""
_BEGINNING = date(2001, 1, 1)
_WAYS = list(ContactWay)


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """How it is cut, and what of us is broken in a mutant."""

    kinds: tuple[Cut, ...] = tuple(Cut)
    aims: tuple[tuple[str, str], ...] = AIMS
    resends: bool = True
    new_ids: bool = False
    limits: bool = True


@dataclass(slots=True)
class Writer:
    """One writer with a line of their own, and what they counted. `sight` is the same log on a line that is whole."""

    log: EventLog
    sight: EventLog
    proxy: Proxy
    draw: Random
    number: int
    play: Play
    expected: Counter[date] = field(default_factory=Counter)
    acknowledged: set[date] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    in_outage: bool = False
    _days: Iterator[int] = field(default_factory=count)
    _moving: UUID = field(default_factory=uuid4)

    @property
    def people(self) -> list[UUID]:
        """Whom they write about, and nobody else."""
        return [UUID(int=one * EVERYBODY + self.number + 1) for one in range(5)]

    def cut(self, times: int) -> None:
        """Write so often, cut each time."""
        for turn in range(times):
            what, statement = self.draw.choice(self.play.aims)
            # Every kind comes as often as the others, and the silent ones, which take seconds, at every second turn.
            kind = self.play.kinds[(self.number + 4 * turn + turn // 2) % len(self.play.kinds)]
            self.proxy.next(kind, statement, self.draw.random())
            self.write(what)
            made = not self.proxy.calm()
            self.counts["cuts"] += made
            self.counts["cuts_in_silence"] += made and kind in IN_SILENCE

    def write(self, what: str = "fact") -> None:
        """One command, sent again until it is answered. Every command has a day of its own, by which it is known."""
        day = _BEGINNING + timedelta(days=next(self._days) * EVERYBODY + self.number)
        send = {"fact": self._fact, "batch": self._batch, "move": self._move}[what]
        command = uuid4()
        self.expected[day] = 3 if what == "batch" else 1
        for turn in range(_MOST_TIMES):
            began = monotonic()
            try:
                with hurried(LONGEST if self.play.limits else 1000.0):
                    send(day, uuid4() if self.play.new_ids else command, turn)
            except Unavailable:
                self._took(began)
                self.counts["told_unavailable"] += 1
                self.counts["failed_though_stored"] += not self.in_outage and self._is_stored(day)
                sleep(_PATIENCE)
            except (Contended, Refused):
                self.counts["false_conflicts"] += 1
                break
            except Exception:  # noqa: BLE001 - whatever else it is, it is counted as a fault of ours
                self.counts["other_errors"] += 1
                break
            else:
                self._took(began)
                self.acknowledged.add(day)
                return
        self.counts["given_up"] += 1

    def _took(self, began: float) -> None:
        self.slowest = max(self.slowest, monotonic() - began)

    def _is_stored(self, day: date) -> bool:
        entries = chain.from_iterable(self.sight.histories(self.people).values())
        return any(entry.event.on == day for entry in entries if isinstance(entry.event, ContactTried))

    def _fact(self, day: date, command: UUID, _: int) -> None:
        stream = journey(self._of(day))
        told = self.log.record(stream, lambda _: [_tried(day, 0)], by=BY, known_at=NOW, command_id=command)
        self._moving = told.entry_ids[-1]

    def _move(self, day: date, command: UUID, _: int) -> None:
        step = Step(stream=journey(self._of(day)), decide=lambda _: [_tried(day, 0)], moved_from=self._moving)
        self.log.record_together([step], by=BY, known_at=NOW, command_id=command)

    def _batch(self, day: date, _: UUID, turn: int) -> None:
        steps = [
            Step(
                stream=journey(self._of(day, one)),
                decide=lambda _, one=one: [_tried(day, one)],  # type: ignore[misc]
                source=Source("cuts", f"{day} {one}"),
            )
            for one in range(3)
        ]
        outcomes = {outcome.kind for outcome in self.log.record_many(steps, by=BY, known_at=NOW)}
        fair = {OutcomeKind.APPENDED, OutcomeKind.NOTHING} if turn else {OutcomeKind.APPENDED}
        if not outcomes <= fair:
            raise Contended("a fact that was new was told to be known")

    def _of(self, day: date, other: int = 0) -> UUID:
        return self.people[(day.toordinal() // EVERYBODY + other) % len(self.people)]


def _tried(day: date, way: int) -> ContactTried:
    return ContactTried(on=day, way=_WAYS[way])
