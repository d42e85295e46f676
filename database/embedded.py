"""PostgreSQL started by us in the data folder, when no server is given.

Three things hold it together:

* **The lock is held by the server itself.** The open lock file is handed down to `postgres` and all its
  processes. Whoever gets the lock knows that nothing of a former server is left, whatever its pid file
  says – also when the old pid is a zombie or belongs to another program by now.
* **The server is our direct child**, so it is reaped.
* **A watchdog outlives us.** A pipe closes when we end, in whichever way, also by `kill -9`; the watchdog
  then asks the server to stop. (Linux could signal the server when its parent dies, but it means the
  parent *thread*.)
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg.conninfo import make_conninfo

from database.binaries import MAJOR, SystemUser, programs, run_as, server_user
from database.places import PORT, Places, lock_file, log_file, make_private, record_places, recorded_places, settle
from database.processes import Processes, environment
from database.refusal import DatabaseRefused
from database.roles import Role

SUPERUSER = "postgres"
"""Used for set-up and backup; nothing that serves a request connects as it."""

DATABASE = "overgang"

_ACCESS = f"""\
# Written by Overgang at every start. The socket lies in a folder that only the server's user can enter.
local all         {SUPERUSER} trust
local replication {SUPERUSER} trust
local {DATABASE}    {",".join(Role)} trust
"""


class EmbeddedServer:
    """A running server on a data folder: ours, or one that another process owns and we joined."""

    def __init__(self, places: Places, processes: Processes | None) -> None:
        self._places = places
        self._processes = processes

    @classmethod
    def start(cls, folder: Path, *, patience: float = 600.0) -> "EmbeddedServer":
        """Start the server of this folder, or join the one that runs.

        `patience` is in seconds; replaying the log after a crash takes what it takes.
        Raises DatabaseRefused when it cannot be started.
        """
        folder = folder.resolve()
        user = server_user()
        _make_folder(folder)
        deadline = time.monotonic() + patience
        while True:
            lock = _take_lock(folder, user)
            if lock is not None:
                try:
                    return cls._start_own(folder, user, lock, deadline)
                finally:
                    os.close(lock)  # the server has its own copy
            joined = cls._join(folder)
            if joined is not None:
                return joined
            if time.monotonic() > deadline:
                raise DatabaseRefused(f"Databasen i {folder} svarer ikke.\nSe {log_file(folder)}.")
            time.sleep(0.02)

    @property
    def owned(self) -> bool:
        """Did this process start it? Then it ends with this process."""
        return self._processes is not None

    @property
    def data(self) -> Path:
        return self._places.data

    @property
    def pid(self) -> int:
        """The process id of the server. Raises FileNotFoundError when it is not running."""
        return int((self.data / "postmaster.pid").read_bytes().split()[0])

    def conninfo(self, role_name: str, dbname: str = DATABASE) -> str:
        return make_conninfo(host=str(self._places.sockets), port=PORT, user=role_name, dbname=dbname)

    def stop(self) -> None:
        """Stop the server if it is ours: sessions end, what was committed is on disk. Twice is nothing."""
        if self._processes is not None:
            self._processes.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @classmethod
    def _start_own(cls, folder: Path, user: SystemUser | None, lock: int, deadline: float) -> "EmbeddedServer":
        places = settle(folder, user)
        _clear_away(places)
        tools = programs(user)
        if not places.data.exists():
            _create_cluster(tools, places.data, user, lock)
        _check_version(places.data)
        record_places(folder, places, user)
        (places.data / "pg_hba.conf").write_text(_ACCESS, encoding="utf-8")
        processes = Processes(tools, places, user, lock, log_file(folder))
        server = cls(places, processes)
        try:
            while processes.alive and time.monotonic() < deadline:
                if _answers(server):
                    return server
                time.sleep(0.01)
        except BaseException:
            server.stop()
            raise
        server.stop()
        raise DatabaseRefused(f"Databasen i {places.data} kunne ikke startes.\n{_last_lines(log_file(folder))}")

    @classmethod
    def _join(cls, folder: Path) -> "EmbeddedServer | None":
        places = recorded_places(folder)
        if places is None:
            return None
        if places.sockets.exists() and not os.access(places.sockets, os.X_OK):
            raise DatabaseRefused(
                f"Databasen i {folder} kører allerede som en anden bruger på maskinen.\n"
                "Kør Overgangs kommandoer som samme bruger (eller som root)."
            )
        server = cls(places, None)
        return server if _answers(server) else None


def _make_folder(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # As root the server runs as somebody else, who must be able to pass through – not to look.
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)


def _take_lock(folder: Path, user: SystemUser | None) -> int | None:
    lock = os.open(lock_file(folder), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if user is not None:
            os.fchown(lock, user.uid, user.gid)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    except BaseException:
        os.close(lock)
        raise
    return lock


def _clear_away(places: Places) -> None:
    """Remove what a killed server left behind. Holding the lock proves that it is dead."""
    pid_file = places.data / "postmaster.pid"
    with contextlib.suppress(FileNotFoundError, IndexError):
        pid = pid_file.read_text(encoding="utf-8").split()[0]
        # The lock does not know a server that somebody started by hand.
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/cwd").samefile(places.data):
                raise DatabaseRefused(
                    f"En PostgreSQL, som Overgang ikke har startet (proces {pid}), bruger {places.data}.\n"
                    "Stop den først."
                )
    for path in (pid_file, places.socket, places.socket.with_name(places.socket.name + ".lock")):
        path.unlink(missing_ok=True)


def _create_cluster(tools: Path, data: Path, user: SystemUser | None, lock: int) -> None:
    # Made beside and renamed, so that a half-made cluster is never taken for a whole one.
    unfinished = data.with_name("postgresql.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    make_private(unfinished, user)
    command: list[str | Path] = [
        *(tools / "initdb", "-D", unfinished, "-U", SUPERUSER, "--auth=trust", "--data-checksums"),
        # PostgreSQL's own C.UTF-8: an upgrade of the machine's locales cannot change the order of an index.
        *("--encoding=UTF8", "--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    ]
    done = subprocess.run(  # noqa: S603
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        env=environment(),
        pass_fds=(lock,),  # should we die, nobody else begins before it has ended
        **run_as(user),
    )
    if done.returncode != 0:
        raise DatabaseRefused(f"Databasen i {data} kunne ikke oprettes.\n{done.stderr[-2000:]}")
    unfinished.rename(data)
    parent = os.open(data.parent, os.O_RDONLY)
    try:
        os.fsync(parent)
    finally:
        os.close(parent)


def _check_version(data: Path) -> None:
    found = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    if found != str(MAJOR):
        raise DatabaseRefused(
            f"Databasen i {data} er skrevet af PostgreSQL {found}; denne udgave af Overgang har {MAJOR}.\n"
            "Se docs/drift/postgresql.md om opgradering."
        )


def _answers(server: EmbeddedServer) -> bool:
    try:
        psycopg.connect(server.conninfo(SUPERUSER, "postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _last_lines(log: Path) -> str:
    return "".join(log.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)[-5:])
