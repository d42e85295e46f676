"""A disk that is soon full: a small file system in memory, and ballast on it that can be thrown overboard."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from faults.ground import CannotRun

_SHARED = Path("/dev/shm")  # noqa: S108 - a folder of our own in it, of a random name
_MOST_SHARED = 512 << 20
"""Bytes: a shared memory larger than this is no small disk, and filling it would take the machine's memory."""


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A folder on a file system of its own."""

    folder: Path

    @property
    def free(self) -> int:
        """Bytes that are left."""
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize

    def leave(self, megabytes: int) -> None:
        """Take up all but so much with ballast."""
        with (self.folder / _BALLAST).open("wb") as ballast:
            os.posix_fallocate(ballast.fileno(), 0, max(1, self.free - (megabytes << 20)))

    def make_room(self) -> None:
        """Throw the ballast overboard."""
        (self.folder / _BALLAST).unlink(missing_ok=True)


_BALLAST = "ballast"


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[SmallDisk]:
    """A disk of this size in the folder `place`, gone at the end. Raises CannotRun where no such thing can be had."""
    place.mkdir(mode=0o711)
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0711", "overgang-faults", str(place)]
    try:
        done = subprocess.run(words, check=False, capture_output=True)
    except FileNotFoundError:
        mounted = False
    else:
        mounted = done.returncode == 0
    if mounted:
        try:
            yield SmallDisk(place)
        finally:
            # Lazily: whoever still has a file open there shall not keep it.
            subprocess.run(["umount", "-l", str(place)], check=False, capture_output=True)
        return
    with _in_shared_memory(megabytes) as folder:
        yield SmallDisk(folder)


@contextmanager
def _in_shared_memory(megabytes: int) -> Iterator[Path]:
    """The machine's shared memory is a small disk where a container has been given little of it."""
    try:
        total, free = shutil.disk_usage(_SHARED)[0], shutil.disk_usage(_SHARED)[2]
    except FileNotFoundError:
        total = free = 0
    if not (megabytes << 20) <= free <= total <= _MOST_SHARED:
        raise CannotRun(
            "a small disk is needed: either the right to mount one (root), or a shared memory"
            f" with {megabytes} MB free and at most {_MOST_SHARED >> 20} MB large"
        )
    folder = Path(tempfile.mkdtemp(prefix="overgang-faults-", dir=_SHARED))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
