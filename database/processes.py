"""The server and its watchdog, as child processes that end when we do.

A pipe to the watchdog closes when we end, in whichever way; then it asks the server to stop.
"""

import atexit
import os
import signal
import subprocess
from pathlib import Path
from typing import BinaryIO

from database.binaries import SystemUser, run_as
from database.places import Places

# Given on the command line, where neither a file nor ALTER SYSTEM can change them.
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # The text of an error can quote what was typed (“invalid input syntax for type date: …”), so errors
    # are told to the one who asked and not to the log: “log” leaves server messages, fatals and panics.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
}
_LONGEST_LOG = 10_000_000  # bytes; then it is put aside at the next start, one old log is kept

# The server writes its pid into the watchdog's pipe before it becomes `postgres`: there is no moment in
# which we could die with a server that the watchdog does not know.
_LAUNCH = 'echo "$$"; exec "$@" >&2'
_WATCHDOG = 'trap "" HUP INT TERM QUIT; read -r pid || exit; while read -r _; do :; done; kill -INT "$pid"'


class Processes:
    """A started server; `stop` ends it and reaps both."""

    def __init__(self, tools: Path, places: Places, user: SystemUser | None, lock: int, log: Path) -> None:
        self._parent = os.getpid()
        quoted = str(places.sockets).replace('"', '""')
        settings = {**_SETTINGS, "unix_socket_directories": f'"{quoted}"'}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        # A session of their own: Ctrl-C in the terminal must not stop the server before us.
        reader, self._pipe = os.pipe()
        with _open_log(log, user) as output:
            try:
                self._watchdog = subprocess.Popen(  # noqa: S603
                    ["/bin/sh", "-c", _WATCHDOG],
                    stdin=reader,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    cwd="/",
                    start_new_session=True,
                    **run_as(user),
                )
            finally:
                os.close(reader)
            self._server = subprocess.Popen(  # noqa: S603
                ["/bin/sh", "-c", _LAUNCH, "sh", tools / "postgres", "-D", places.data, *options],
                stdin=subprocess.DEVNULL,
                stdout=self._pipe,
                stderr=output,
                cwd="/",
                env=environment(),
                pass_fds=(lock,),
                start_new_session=True,
                **run_as(user),
            )
        atexit.register(self.stop)

    @property
    def alive(self) -> bool:
        return self._server.poll() is None

    def stop(self) -> None:
        if os.getpid() != self._parent:  # a fork inherits this object, but not the server
            return
        atexit.unregister(self.stop)
        if self._server.returncode is None:
            self._server.send_signal(signal.SIGINT)
            try:
                self._server.wait(60)
            except subprocess.TimeoutExpired:
                self._server.send_signal(signal.SIGQUIT)  # at once; the next start replays the log
                self._server.wait()
        # Only now: as long as the server was not reaped, its pid could be nobody else's.
        self._watchdog.kill()
        self._watchdog.wait()
        if self._pipe >= 0:
            os.close(self._pipe)
            self._pipe = -1


def _open_log(log: Path, user: SystemUser | None) -> BinaryIO:
    """Open the server's log to append to, readable by the server's user and root."""
    if log.exists() and log.stat().st_size > _LONGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
    output = log.open("ab")
    os.fchmod(output.fileno(), 0o600)
    if user is not None:
        os.fchown(output.fileno(), user.uid, user.gid)
    return output


def environment() -> dict[str, str]:
    # Not ours: PGDATA, PGOPTIONS or a locale of the operator must not reach the server.
    return {"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath)}
