"""What a scenario stands on: a folder, a server in it that nobody else uses, and processes; all gone at the end."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event as Stop
from threading import Thread
from time import monotonic, sleep

import psycopg

import eventlog
from database import Database, open_database
from database.embedded import SUPERUSER, EmbeddedServer
from eventlog import EventLog, Secrets
from projections import tables

ROOT = Path(__file__).parent.parent
Child = subprocess.Popen[str]
"""A Python process of ours."""
_LONGEST = 900
"""Seconds after which a process of ours ends by itself, should nobody be left to end it."""


class CannotRun(Exception):  # noqa: N818 - it names a state
    """This machine does not let the scenario run; the text says why."""


@dataclass(frozen=True, slots=True)
class House:
    """A log, its keys and its lists, in a schema of its own on the folder's server."""

    folder: Path
    db: Database
    secrets: Secrets
    log: EventLog

    @property
    def server(self) -> EmbeddedServer:
        """The server in the folder."""
        if self.db.server is None:
            raise TypeError("the scenarios bring their own server")
        return self.db.server

    def another(self) -> EventLog:
        """The same log with a memory of its own, as another process has it."""
        return EventLog(self.db, self.secrets)


@contextmanager
def room() -> Iterator[Path]:
    """A folder for a server; removed at the end, whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="overgang-faults-"))
    folder.chmod(0o711)  # as root the server is another user, who must get through
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def house(folder: Path, schema: str = "faults", *, pool_max: int = 8) -> Iterator[House]:
    """The house in this folder. Whoever opens it first starts the server, and stops it at the end."""
    db = open_database(url=None, folder=folder, schema=schema, pool_min=0, pool_max=pool_max)
    try:
        eventlog.install(db, municipality="Faults", demo=True)
        tables.install(db)
        secrets = Secrets.open(folder / "keys")
        yield House(folder, db, secrets, EventLog(db, secrets))
    finally:
        db.close()


@contextmanager
def joined(folder: Path, schema: str = "faults", *, pool_max: int = 8) -> Iterator[House]:
    """The house that another process has opened."""
    with open_database(url=None, folder=folder, schema=schema, pool_min=0, pool_max=pool_max) as db:
        secrets = Secrets.open(folder / "keys", create=False)
        yield House(folder, db, secrets, EventLog(db, secrets))


class Standing:
    """A server that is killed and started again; whoever has joined it finds it at the same place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._now = EmbeddedServer.start(folder)

    def kill(self) -> None:
        """SIGKILL to all of its processes."""
        kill_server(self._now.pid)
        self._now.stop()  # reaps it

    def answers(self, *, patience: float = 3.0) -> bool:
        """Is it there, or back within so many seconds?"""
        give_up = monotonic() + patience
        while monotonic() < give_up:
            with suppress(psycopg.OperationalError):
                psycopg.connect(self._now.conninfo(SUPERUSER), connect_timeout=2).close()
                return True
            sleep(0.05)
        return False

    def start(self) -> None:
        """Again, after it was killed or has ended by itself."""
        self._now.stop()
        self._now = EmbeddedServer.start(self._folder)
        if not self._now.owned:
            raise TypeError("somebody else has started it")

    def stop(self) -> None:
        self._now.stop()


@contextmanager
def standing(folder: Path) -> Iterator[Standing]:
    """The server of this folder, stopped at the end."""
    server = Standing(folder)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def as_superuser(opened: House) -> Iterator[psycopg.Connection]:
    """What no part of the program is: somebody who may do everything. In a transaction of their own."""
    path = f"-c search_path={opened.db.schema}"
    with psycopg.connect(opened.server.conninfo(SUPERUSER), options=path) as conn:
        yield conn


@contextmanager
def at_work() -> Iterator[Callable[[Callable[[Stop], object]], Thread]]:
    """Begins work in threads; at the end they are told to stop, and waited for."""
    stop, threads = Stop(), list[Thread]()

    def begin(work: Callable[[Stop], object]) -> Thread:
        threads.append(Thread(target=work, args=[stop]))
        threads[-1].start()
        return threads[-1]

    try:
        yield begin
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@contextmanager
def process(module: str, *words: object) -> Iterator[Child]:
    """A Python process of ours that runs this module; killed at the end, if it has not ended by itself."""
    child = subprocess.Popen(
        [sys.executable, "-m", module, *map(str, words)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield child
    finally:
        child.kill()
        with suppress(BrokenPipeError):
            child.communicate()


def go_on(children: Sequence[Child]) -> None:
    """Wait until all of them are ready, and let them begin at the same moment."""
    for child in children:
        assert child.stdout is not None
        child.stdout.readline()
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go on\n")
        child.stdin.flush()


def all_at_once(children: Sequence[Child]) -> list[str]:
    """The same, and then wait for what each of them has to tell."""
    go_on(children)
    return [child.communicate()[0] for child in children]


def say_ready() -> None:
    """Called by such a process: it waits until all the others are ready too."""
    print("ready", flush=True)
    sys.stdin.readline()


def give_up_by_itself(seconds: int = _LONGEST) -> None:
    """Called by such a process: it ends after a while, also when nobody is left to kill it."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds)


def kill_server(postmaster: int) -> None:
    """SIGKILL to a server and all its processes at once: nothing gets to say goodbye."""
    for pid in [postmaster, *_children(postmaster)]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _children(parent: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            stat = (folder / "stat").read_text("ascii", errors="replace")
            if int(stat.rpartition(")")[2].split()[1]) == parent:
                found.append(int(folder.name))
    return found
