"""Where the embedded server keeps its data, its socket, its lock and its log.

Normally everything lies in the data folder. Two things can force a part of it elsewhere: the path of a
socket may not exceed 107 bytes, and a server started by root runs as another user, who may not be able
to enter the folder. Then a file in the folder says where to look.
"""

import json
import os
import secrets
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from database.binaries import SystemUser, run_as
from database.refusal import DatabaseRefused

PORT = 5432
"""Only a part of the socket's name; no network port is opened."""

_LONGEST_SOCKET = 100  # bytes; the system's limit is 107 on Linux and 103 on macOS
_ELSEWHERE = Path("/var/lib/overgang")
_PRIVATE = stat.S_IFDIR | stat.S_IRWXU  # a folder, not a link to one, of mode 0700


@dataclass(frozen=True)
class Places:
    data: Path
    sockets: Path

    @property
    def socket(self) -> Path:
        return self.sockets / f".s.PGSQL.{PORT}"


def lock_file(folder: Path) -> Path:
    return folder / "postgresql.lock"


def log_file(folder: Path) -> Path:
    return folder / "postgresql.log"


def recorded_places(folder: Path) -> Places | None:
    """Where the last server on this folder was, or None when there was none."""
    try:
        recorded = json.loads(_record(folder).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Places(Path(recorded["data"]), Path(recorded["sockets"]))


def settle(folder: Path, user: SystemUser | None) -> Places:
    """Find or choose the places. The caller holds the lock."""
    recorded = recorded_places(folder)
    here = folder / "postgresql"
    if here.exists() or recorded is None:
        data = here if here.exists() or _can_enter(folder, user) else _elsewhere() / "postgresql"
    else:
        data = recorded.data
        if not data.exists():
            raise DatabaseRefused(  # a new, empty database in its place would hide the loss
                f"Databasen mangler: {_record(folder)} siger, at den ligger i {data}, men den findes ikke.\n"
                "Gendan den fra sikkerhedskopien, eller slet filen for at begynde med en tom database."
            )
    if not _can_enter(data.parent, user):
        raise DatabaseRefused(
            f"Databaseserverens bruger kan ikke komme ind i mappen {data.parent}.\n"
            f"Giv adgang til at gå igennem den og dens overmapper (chmod o+x), eller flyt datamappen."
        )
    return Places(data, _socket_folder(data.parent, recorded, user))


def record_places(folder: Path, places: Places, user: SystemUser | None) -> None:
    """Write down where the data is. Only when it is there: a record without data means a loss."""
    text = json.dumps({"data": str(places.data), "sockets": str(places.sockets)}, indent=1) + "\n"
    unfinished = folder / "postgresql.json.new"
    unfinished.write_text(text, encoding="utf-8")
    unfinished.chmod(0o600)
    if user is not None:
        os.chown(unfinished, user.uid, user.gid)
    unfinished.replace(_record(folder))


def make_private(folder: Path, user: SystemUser | None) -> None:
    """Make a folder that only the server's user (and root) can look into."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if user is not None:
        os.chown(folder, user.uid, user.gid)
    folder.chmod(0o700)


def _record(folder: Path) -> Path:
    return folder / "postgresql.json"


def _can_enter(folder: Path, user: SystemUser | None) -> bool:
    if user is None:
        return os.access(folder, os.X_OK)
    # Asked of the system, because modes alone do not tell of groups and access lists.
    command: list[str | Path] = ["/bin/sh", "-c", 'cd "$1"', "sh", folder]
    done = subprocess.run(command, check=False, capture_output=True, cwd="/", **run_as(user))  # noqa: S603
    return done.returncode == 0


def _elsewhere() -> Path:
    _ELSEWHERE.mkdir(parents=True, exist_ok=True)
    _ELSEWHERE.chmod(0o755)
    # A random name: a folder deleted and made again must not find the old data.
    home = _ELSEWHERE / secrets.token_hex(8)
    home.mkdir()
    home.chmod(0o711)
    return home


def _socket_folder(home: Path, recorded: Places | None, user: SystemUser | None) -> Path:
    near = home / "postgresql.sockets"
    short_enough = len(os.fsencode(near / f".s.PGSQL.{PORT}")) <= _LONGEST_SOCKET
    if short_enough and "," not in str(near):  # to libpq a comma separates two hosts
        make_private(near, user)
        return near
    if recorded is not None and _is_private(recorded.sockets, user):
        return recorded.sockets
    short = Path(tempfile.mkdtemp(prefix="overgang-", dir=_runtime_folder()))
    make_private(short, user)
    return short


def _is_private(folder: Path, user: SystemUser | None) -> bool:
    """Is the folder ours alone? In a shared temporary folder somebody else may have made it."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return False
    uid = os.geteuid() if user is None else user.uid
    return found.st_uid == uid and found.st_mode == _PRIVATE


def _runtime_folder() -> Path:
    for candidate in ("/run" if os.geteuid() == 0 else os.environ.get("XDG_RUNTIME_DIR", ""), "/tmp"):  # noqa: S108
        if candidate and len(candidate) < 40 and os.access(candidate, os.W_OK | os.X_OK):  # noqa: PLR2004
            return Path(candidate)
    return Path(tempfile.gettempdir())
