"""The disk runs full under writers – that of the data, that of the journal, or one for both – and gets room again.

Everything written until then is acknowledged or refused, and what was acknowledged is there. With the data's disk full
the server goes on: histories are read, and a page is answered, or refused with 503 and Retry-After (a page of a person
is not shown when the look cannot be logged). With the journal's disk full PostgreSQL stops itself; it is started again
when there is room. After that the same program writes on.

The mutant takes a refusal for an acknowledgement.
"""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from random import Random
from threading import Event as Stop
from time import monotonic
from uuid import UUID

from benchmarks.lives import BY, NOW
from database import Unavailable
from database.binaries import server_user
from database.embedded import EmbeddedServer
from database.places import make_private
from domain.events import GoalInOwnWords
from domain.text import FreeText
from eventlog import Contended, EventLog, journey
from faults.desk import Desk, open_desk
from faults.figures import Figures, at_least, counted, none
from faults.ground import House, Standing, at_work, house, room
from faults.small_disk import SmallDisk, small_disk
from faults.verdict import Acknowledged, Verdict, everything, judge

WRITERS, PEOPLE = 2, 10
SIZE = 192
"""MB: a new cluster with its journal takes about half of it."""
LEFT = 12
"""MB that are left to write."""
JOURNAL = 16
"""MB of one file of the journal."""
MOST_SECONDS = 30
"""A disk that has room again must be written to within this."""
_ENTRIES, _LONG = 10, 4_000
_REFUSED_OFTEN = 3
_LOOKS = 40


class Full(StrEnum):
    """Which disk it is."""

    DATA = "data"
    JOURNAL = "journal"
    BOTH = "both"


@dataclass(frozen=True, kw_only=True)
class Disks(Figures):
    """What came of it."""

    full_disks: int = counted()
    acknowledged_writes: int = at_least(50)
    refused_writes: int = at_least(2)
    lost: int = none()
    doubled: int = none()
    halved: int = none()
    gaps_in_positions: int = none()
    gaps_in_versions: int = none()
    histories_read_while_full: int = at_least(1)
    reads_that_failed_or_missed_something: int = none()
    pages_answered_while_full: int = counted()
    pages_refused_with_503_and_retry_after: int = at_least(1)
    pages_answered_otherwise: int = none()
    servers_that_had_to_be_started_again: int = counted()
    writes_after_room_was_made: int = at_least(1)
    slowest_to_write_again_in_milliseconds: int = counted()
    slower_than_30_seconds: int = none()
    other_errors: int = none()


def run(n: int, seed: int) -> Disks:
    """`n` full disks, each kind in turn. Raises CannotRun where no small disk can be had."""
    return _run(n, seed)


def believing_refusals(n: int, seed: int) -> Disks:
    """The mutant."""
    return _run(n, seed, believing=True)


@dataclass(slots=True)
class Writer:
    """One writer of long texts. `believes` makes it the mutant."""

    number: int
    seed: str
    people: Sequence[UUID]
    believes: bool = False
    acknowledged: list[Acknowledged] = field(default_factory=list)
    decided: dict[UUID, int] = field(default_factory=dict)
    refused: int = 0
    broken: int = 0

    def write_until_full(self, log: EventLog, stop: Stop) -> None:
        """Write until it is refused some times in a row."""
        draw, in_a_row = Random(f"{self.seed}/{self.number}"), 0
        while in_a_row < _REFUSED_OFTEN and not self.broken and not stop.is_set():
            in_a_row = 0 if self.write(log, draw) else in_a_row + 1

    def write(self, log: EventLog, draw: Random) -> bool:
        """One command of some long entries; whether it was acknowledged."""
        command = UUID(int=draw.getrandbits(128), version=4)
        ids = tuple(UUID(int=draw.getrandbits(128), version=4) for _ in range(_ENTRIES))
        events = [GoalInOwnWords(on=_DAY, words=FreeText("".join(draw.choices(_LETTERS, k=_LONG)))) for _ in ids]
        self.decided[command] = len(ids)
        try:
            answer = log.record(
                journey(draw.choice(self.people)),
                lambda _: events,
                by=BY,
                known_at=NOW,
                command_id=command,
                entry_ids=ids,
            )
        except (Unavailable, Contended):
            self.refused += 1
            if self.believes:
                self.acknowledged.append(Acknowledged(command=command, position=0, entry_ids=ids))
            return False
        except Exception as fault:  # noqa: BLE001 - whatever else it is, it is counted as a fault of ours
            print(f"a write broke: {type(fault).__name__}", file=sys.stderr)
            self.broken += 1
            return False
        self.acknowledged.append(
            Acknowledged(command=command, position=answer.position, entry_ids=tuple(answer.entry_ids))
        )
        return True


_DAY = date(2026, 1, 5)
_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå "


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What came of one full disk."""

    writers: Sequence[Writer]
    verdict: Verdict
    desk: Desk
    read: int
    wrong: int
    started_again: bool
    written_after: int
    seconds: float


def _run(n: int, seed: int, *, believing: bool = False) -> Disks:
    kinds = list(Full)
    told = [_one_full_disk(kinds[number % len(kinds)], f"disk/{seed}/{number}", believing) for number in range(n)]
    writers = [writer for one in told for writer in one.writers]
    return Disks(
        full_disks=n,
        acknowledged_writes=sum(len(writer.acknowledged) for writer in writers),
        refused_writes=sum(writer.refused for writer in writers),
        lost=sum(one.verdict.lost for one in told),
        doubled=sum(one.verdict.doubled for one in told),
        halved=sum(one.verdict.halved for one in told),
        gaps_in_positions=sum(one.verdict.gaps for one in told),
        gaps_in_versions=sum(one.verdict.versions for one in told),
        histories_read_while_full=sum(one.read for one in told),
        reads_that_failed_or_missed_something=sum(one.wrong for one in told),
        pages_answered_while_full=sum(one.desk.answers["done"] for one in told),
        pages_refused_with_503_and_retry_after=sum(one.desk.answers["unavailable"] for one in told),
        pages_answered_otherwise=sum(one.desk.answers["else"] for one in told),
        servers_that_had_to_be_started_again=sum(one.started_again for one in told),
        writes_after_room_was_made=sum(one.written_after for one in told),
        slowest_to_write_again_in_milliseconds=round(1000 * max(one.seconds for one in told)),
        slower_than_30_seconds=sum(one.seconds > MOST_SECONDS for one in told),
        other_errors=sum(writer.broken for writer in writers),
    )


def _one_full_disk(kind: Full, seed: str, believing: bool) -> _Told:  # noqa: FBT001 - the mutant or not
    draw = Random(seed)
    people = [UUID(int=draw.getrandbits(128), version=4) for _ in range(PEOPLE)]
    writers = [Writer(number, seed, people, believing) for number in range(WRITERS)]
    with _server(kind) as (disk, folder, server), house(folder) as opened:
        desk = open_desk(opened.db, folder, opened.secrets)
        disk.leave(LEFT if kind is Full.DATA else LEFT + JOURNAL)
        with at_work() as begin:
            for thread in [begin(partial(writer.write_until_full, opened.another())) for writer in writers]:
                thread.join()
        desk.answers.clear()
        read, wrong = _look_around(opened, desk, writers, kind)
        disk.make_room()
        began = monotonic()
        started_again = not server.answers()
        if started_again:
            server.start()
        after = _write_again(opened, writers, began)
        seconds = monotonic() - began
        log = opened.another()
        told = [one for writer in writers for one in writer.acknowledged]
        decided = {command: count for writer in writers for command, count in writer.decided.items()}
        verdict = judge(everything(log), log.position(), told, decided)
        return _Told(
            writers=writers,
            verdict=verdict,
            desk=desk,
            read=read,
            wrong=wrong,
            started_again=started_again,
            written_after=after,
            seconds=seconds,
        )


def _look_around(opened: House, desk: Desk, writers: Sequence[Writer], kind: Full) -> tuple[int, int]:
    """While it is full: read everybody, and use the pages. How many histories were read, and what was not right.

    Where the server has stopped itself nobody can read, and that is right.
    """
    there: set[UUID] = set()
    read = 0
    for person in writers[0].people:
        try:
            there |= {entry.entry_id for entry in opened.log.history(person).entries}
        except Unavailable:
            break
        read += 1
    for _ in range(_LOOKS):
        desk.read()
        if desk.write() == "unavailable":
            break
    if read < len(writers[0].people):
        return read, int(kind is Full.DATA)
    told = {one for writer in writers for told in writer.acknowledged for one in told.entry_ids}
    return read, len(told - there)


def _write_again(opened: House, writers: Sequence[Writer], began: float) -> int:
    """Every writer once more; how many got something written in time."""
    done = 0
    for writer in writers:
        draw = Random(f"{writer.seed}/{writer.number}/after")
        while monotonic() - began < MOST_SECONDS and not writer.broken:
            if writer.write(opened.log, draw):
                done += 1
                break
    return done


@contextmanager
def _server(kind: Full) -> Iterator[tuple[SmallDisk, Path, Standing]]:
    """A server whose data, or journal, or both, lie on a small disk."""
    with room() as large, small_disk(large / "disk", SIZE) as disk:
        folder = large / "house" if kind is Full.JOURNAL else disk.folder / "house"
        with EmbeddedServer.start(folder) as first:
            data = first.data
        if kind is not Full.BOTH:
            _move_journal(data, (disk.folder if kind is Full.JOURNAL else large) / "journal")
        server = Standing(folder)
        try:
            yield disk, folder, server
        finally:
            disk.make_room()
            server.stop()


def _move_journal(data: Path, to: Path) -> None:
    """To another disk, as an operator would: moved, and a link in its place."""
    user = server_user()
    make_private(to, user)
    for path in (data / "pg_wal").iterdir():
        shutil.move(path, to)
    for path in to.rglob("*"):
        if user is not None:
            os.chown(path, user.uid, user.gid)
    (data / "pg_wal").rmdir()
    (data / "pg_wal").symlink_to(to)
