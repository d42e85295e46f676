"""The embedded server is killed and started again at once, with what it left behind in the way of the next start.

By turns: the postmaster alone is killed, or all its processes; and its two lock files are as it left them, or say that
their pid belongs to another program by now, which runs as the server's user. The killed ones stay zombies until the
end: in a container nobody reaps them. Every start must find every committed entry.

The mutant believes what the lock files say.
"""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic
from unittest.mock import patch
from uuid import UUID, uuid4

from benchmarks.lives import BY, NOW
from database import DatabaseRefused, embedded
from database.binaries import run_as, server_user
from database.embedded import EmbeddedServer
from database.places import recorded_places
from eventlog import journey
from faults.figures import Figures, all_of, at_least, counted, none
from faults.ground import house, kill_server, room
from faults.verdict import everything
from faults.writers import passed_on

_PERSON = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
LONGEST = 30
"""Seconds that a start may take."""
_STALE = 0.5
"""So often the pid in the lock files belongs to another program."""


@dataclass(frozen=True, kw_only=True)
class Starts(Figures):
    """What came of it."""

    kills: int = at_least(4)
    starts: int = all_of("kills")
    starts_beside_a_lock_file_of_another_program: int = counted()
    slowest_start_in_milliseconds: int = counted()
    starts_slower_than_they_may_be: int = none()
    committed_entries_missing: int = none()


def run(n: int, seed: int) -> Starts:
    """`n` kills."""
    draw = Random(f"postmaster/{seed}")
    with room() as folder, _stranger() as stranger, ExitStack() as until_then:
        took: list[float] = []
        stale = refused = missing = 0
        server = until_then.enter_context(EmbeddedServer.start(folder))
        written = _write(folder, 0)[0]
        for number in range(n):
            _KILL[number % len(_KILL)](server)
            if draw.random() < _STALE:
                stale += 1
                _give_away(folder, server, stranger)
            began = monotonic()
            try:
                server = EmbeddedServer.start(folder, patience=2 * LONGEST)
                took.append(monotonic() - began)
            except DatabaseRefused:
                refused += 1
                server = _by_hand(folder)
            until_then.enter_context(server)  # not stopped before the end: it stays a zombie
            new, gone = _write(folder, written)
            written, missing = written + new, missing + gone
    return Starts(
        kills=n,
        starts=n - refused,
        starts_beside_a_lock_file_of_another_program=stale,
        slowest_start_in_milliseconds=round(1000 * max(took, default=0)),
        starts_slower_than_they_may_be=sum(one > LONGEST for one in took),
        committed_entries_missing=missing,
    )


def believing_lock_files(n: int, seed: int) -> Starts:
    """The mutant."""
    with patch.object(embedded, "_clear_away", lambda _: None):
        return run(n, seed)


def _postmaster_alone(server: EmbeddedServer) -> None:
    os.kill(server.pid, signal.SIGKILL)


_KILL: tuple[Callable[[EmbeddedServer], None], ...] = (_postmaster_alone, lambda server: kill_server(server.pid))


def _write(folder: Path, written: int) -> tuple[int, int]:
    """Write one more entry; how many that was, and how many of those from before are not there."""
    with house(folder) as opened:
        log = opened.another()
        missing = written - len(everything(log))
        log.record(journey(_PERSON), passed_on, by=BY, known_at=NOW, command_id=uuid4())
        return 1, missing


@contextmanager
def _stranger() -> Iterator[int]:
    """The pid of a program that has nothing to do with us, and runs as the user that the server runs as."""
    with subprocess.Popen(["sleep", "3600"], cwd="/", **run_as(server_user())) as other:
        try:
            yield other.pid
        finally:
            other.kill()


def _give_away(folder: Path, server: EmbeddedServer, stranger: int) -> None:
    """Let both lock files say that the killed server is this program."""
    for path in _lock_files(folder):
        path.write_text(f"{stranger}\n{server.data}\n1\n5432\n", "ascii")


def _by_hand(folder: Path) -> EmbeddedServer:
    """What an operator would do: remove the lock files, and start again."""
    for path in _lock_files(folder):
        path.unlink(missing_ok=True)
    return EmbeddedServer.start(folder, patience=2 * LONGEST)


def _lock_files(folder: Path) -> tuple[Path, Path]:
    places = recorded_places(folder)
    if places is None:
        raise LookupError("no server has been started in the folder")
    return places.data / "postmaster.pid", places.socket.with_name(places.socket.name + ".lock")
