"""All processes of PostgreSQL are killed under four writers, again and again: what was acknowledged must be there.

The server is started again at once; the program that writes lives on, as it would. Each writer keeps a ledger of its
own that is flushed to disk after every acknowledgement. What was cut off is sent again as the same command until it is
answered, and must stand there once. What `kill -9` cannot show: that a write is on the disk itself, because the
system's page cache survives (docs/drift/faults.md).

The mutants are a server that confirms before its journal is written (`synchronous_commit = off`), and an append that
does not wait for the disk after it has given the log's lock back (eventlog/sharing.sql).
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from threading import Event as Stop
from time import monotonic, sleep
from uuid import UUID

from benchmarks.lives import BY, NOW
from database import Unavailable
from domain.codes import ContactWay
from domain.events import ContactTried
from eventlog import Contended, EventLog, Recorded, journey
from faults.figures import Figures, at_least, counted, none
from faults.ground import as_superuser, at_work, house, room, standing
from faults.verdict import Acknowledged, Verdict, everything, judge

WRITERS, PEOPLE = 4, 40
SHORTEST, LONGEST = 0.05, 0.35
"""Seconds that the writers have before the next kill."""
_PATIENCE = 30
"""Seconds that the writers may take to come back after a restart."""
_DAY = date(2026, 1, 5)


@dataclass(frozen=True, kw_only=True)
class Kills(Figures):
    """What came of it."""

    kills: int = counted()
    acknowledged_writes: int = at_least(50)
    told_unavailable: int = counted()
    told_so_but_committed: int = counted()
    entries: int = counted()
    lost: int = none()
    doubled: int = none()
    halved: int = none()
    gaps_in_positions: int = none()
    gaps_in_versions: int = none()
    other_errors: int = none()


def run(n: int, seed: int) -> Kills:
    """`n` kills."""
    return _run(n, seed)


def confirming_too_early(n: int, seed: int) -> Kills:
    """A mutant: the server."""
    return _run(n, seed, settings=("alter role overgang_application set synchronous_commit = off",))


def without_the_second_flush(n: int, seed: int) -> Kills:
    """A mutant: the append."""
    return _run(n, seed, settings=(_NOT_SETTLED,))


_NOT_SETTLED = "create or replace function log_settle() returns pg_lsn language sql as 'select null::pg_lsn'"


@dataclass(frozen=True, slots=True)
class Command:
    """One write: a command with its id, which is sent again until it is answered."""

    id: UUID
    person: UUID
    events: tuple[ContactTried, ...]


@dataclass(slots=True)
class Writer:
    """One writer, over all restarts of the server."""

    draw: Random
    ledger: Path
    people: list[UUID]
    decided: dict[UUID, int] = field(default_factory=dict)
    answered: int = 0
    cut_off: int = 0
    were_committed: int = 0
    broken: int = 0

    def write(self, log: EventLog, stop: Stop) -> None:
        """Write until told to stop. What was not answered is sent again."""
        with self.ledger.open("w", encoding="ascii") as ledger:
            command: Command | None = None
            while not stop.is_set() or command:
                again, command = command is not None, command or self._next()
                try:
                    answer = self._send(log, command)
                except (Unavailable, Contended):
                    self.cut_off += not again
                    if stop.is_set():
                        return  # the run was broken off while the server was away
                    continue
                except Exception:  # noqa: BLE001 - whatever else it is, it is counted as a fault of ours
                    self.broken += 1
                    return
                print(command.id, answer.position, *answer.entry_ids, file=ledger, flush=True)
                os.fsync(ledger.fileno())
                self.answered += 1
                self.were_committed += again and answer.already
                command = None

    @staticmethod
    def _send(log: EventLog, command: Command) -> Recorded:
        return log.record(journey(command.person), lambda _: command.events, by=BY, known_at=NOW, command_id=command.id)

    def acknowledged(self) -> Iterator[Acknowledged]:
        """What stands in the ledger. A last line without its end was never finished."""
        for line in self.ledger.read_text("ascii").splitlines():
            command, position, *entry_ids = line.split()
            yield Acknowledged(
                command=UUID(command), position=int(position), entry_ids=tuple(UUID(one) for one in entry_ids)
            )

    def _next(self) -> Command:
        events = tuple(
            ContactTried(on=_DAY + timedelta(days=self.draw.randrange(300)), way=self.draw.choice(list(ContactWay)))
            for _ in range(self.draw.choice((1, 1, 1, 3)))
        )
        command = Command(UUID(int=self.draw.getrandbits(128), version=4), self.draw.choice(self.people), events)
        self.decided[command.id] = len(events)
        return command


def _run(n: int, seed: int, settings: tuple[str, ...] = ()) -> Kills:
    draw = Random(f"kills/{seed}")
    people = [UUID(int=draw.getrandbits(128), version=4) for _ in range(PEOPLE)]
    with room() as folder, standing(folder) as server, house(folder) as opened:
        with as_superuser(opened) as conn:
            for setting in settings:
                conn.execute(setting.encode())
        writers = [
            Writer(Random(f"kills/{seed}/{number}"), folder / f"ledger-{number}", people) for number in range(WRITERS)
        ]
        with at_work() as begin:
            for writer in writers:
                begin(partial(writer.write, opened.another()))
            for _ in range(n):
                _wait_for_writes(writers)
                sleep(draw.uniform(SHORTEST, LONGEST))
                server.kill()
                server.start()
            _wait_for_writes(writers)
        return _figures(n, writers, _judge(writers, opened.another()))


def _wait_for_writes(writers: list[Writer]) -> None:
    """Until every writer has got something acknowledged again, or has broken down."""
    before = [writer.answered for writer in writers]
    give_up = monotonic() + _PATIENCE
    while any(writer.answered == then and not writer.broken for writer, then in zip(writers, before, strict=True)):
        if monotonic() > give_up:
            raise TimeoutError("the writers did not come back after the restart")
        sleep(0.005)


def _judge(writers: list[Writer], log: EventLog) -> Verdict:
    decided = {command: count for writer in writers for command, count in writer.decided.items()}
    told = [one for writer in writers for one in writer.acknowledged()]
    return judge(everything(log), log.position(), told, decided)


def _figures(n: int, writers: list[Writer], verdict: Verdict) -> Kills:
    return Kills(
        kills=n,
        acknowledged_writes=sum(1 for writer in writers for _ in writer.acknowledged()),
        told_unavailable=sum(writer.cut_off for writer in writers),
        told_so_but_committed=sum(writer.were_committed for writer in writers),
        entries=verdict.entries,
        lost=verdict.lost,
        doubled=verdict.doubled,
        halved=verdict.halved,
        gaps_in_positions=verdict.gaps,
        gaps_in_versions=verdict.versions,
        other_errors=sum(writer.broken for writer in writers),
    )
