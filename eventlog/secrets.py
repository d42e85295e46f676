"""The keys that live outside the database: master keys by epoch, and the index key.

A database that leaks without these files is noise. A lost master key is lost data: the folder is backed up
apart from the database (docs/drift/noegler.md).
"""

import hmac
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
INDEX_FILE = "index.key"
MASTER_PREFIX = "master-"
_LEAVING = ".destroyed"


class SecretsRefused(Exception):  # noqa: N818 - the program refuses to start
    """The keys cannot be used. The text says what is wrong and what to do, in Danish."""


@dataclass(frozen=True)
class Secrets:
    """Master keys by epoch (the highest closes new keys), and the index key for look-ups.

    `folder` is where they came from; None when they were given, and cannot change.
    """

    masters: dict[int, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)
    folder: Path | None = None

    @classmethod
    def open(cls, folder: Path, *, create: bool = True) -> "Secrets":
        """Read the folder's keys, or make the first ones. Raises SecretsRefused when they are unsafe."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        paths = _paths(folder)
        index = folder / INDEX_FILE
        if not paths and not index.exists() and create:
            _make(folder / f"{MASTER_PREFIX}1.key")
            _make(index)
            paths = [folder / f"{MASTER_PREFIX}1.key"]
        if not paths or not index.exists():
            raise SecretsRefused(
                f"Nøglerne i mappen {folder.name} er ikke hele: der skal være en {INDEX_FILE} og mindst én "
                f"{MASTER_PREFIX}<nummer>.key. Hent dem fra sikkerhedskopien; uden dem kan loggen ikke læses."
            )
        return cls(_masters(paths), _read(index), folder)

    @classmethod
    def for_tests(cls) -> "Secrets":
        """Fixed keys, so that test vectors are the same everywhere. Never for people."""
        return cls({1: bytes(range(32))}, bytes(range(32, 64)))

    @property
    def epoch(self) -> int:
        """The epoch that new keys are wrapped under."""
        return max(self.masters)

    def refresh(self) -> None:
        """Read the master keys again: a rotation has made a new one, or destroyed an old one."""
        if self.folder is None:
            return
        now = _masters(_paths(self.folder))
        if now:  # a folder that is away for a moment is no reason to forget what it held
            object.__setattr__(self, "masters", now)  # at once: other threads are reading

    def add_epoch(self) -> int:
        """Make the next master key; it is on the disk before anything is closed with it. Raises ValueError."""
        if self.folder is None:
            raise ValueError("these keys are not kept in a folder")
        epoch = self.epoch + 1
        _make(self.folder / f"{MASTER_PREFIX}{epoch}.key")
        self.refresh()
        return epoch

    def destroy_before(self, epoch: int) -> list[int]:
        """Overwrite and remove older master keys; answers with which."""
        gone = []
        for path in _paths(self.folder) if self.folder else []:
            if _epoch(path) < epoch:
                path.rename(path.with_suffix(_LEAVING))  # nobody may read it while it is written over
                gone.append(_epoch(path))
        for path in self.folder.glob(f"{MASTER_PREFIX}*{_LEAVING}") if self.folder else []:
            _destroy(path)
        self.refresh()
        return gone

    def hmac(self, purpose: str, data: bytes) -> bytes:
        """32 bytes of HMAC-SHA-256 under a key derived for this purpose alone (HKDF-SHA-256)."""
        return hmac.digest(_derived(self.index_key, purpose), data, sha256)


@lru_cache(maxsize=64)
def _derived(index_key: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"overgang {purpose}".encode()).derive(index_key)


def _epoch(path: Path) -> int:
    number = path.stem.removeprefix(MASTER_PREFIX)
    if not number.isdecimal():
        raise SecretsRefused(f"Nøglefilen {path.name} skal hedde {MASTER_PREFIX}<nummer>.key.")
    return int(number)


def _paths(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{MASTER_PREFIX}*.key"))


def _masters(paths: Iterable[Path]) -> dict[int, bytes]:
    """Those that are there; one may be on its way out while we read."""
    found = {}
    for path in paths:
        with suppress(FileNotFoundError):
            key = _read(path)
            if path.exists():  # else it was on its way out, and what was read may have been written over
                found[_epoch(path)] = key
    return found


def _destroy(path: Path) -> None:
    """Random bytes over it before the name goes. What the disk itself keeps of it, nobody can promise."""
    with path.open("r+b") as file:
        file.write(os.urandom(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    _keep_names(path.parent)


def _keep_names(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _make(path: Path) -> None:
    """A file that is whole from the moment it has its name; raises FileExistsError."""
    begun = path.with_suffix(f".{os.getpid()}-{os.urandom(4).hex()}")
    handle = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(os.urandom(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(begun, path)  # unlike a rename it never takes the place of a key that is there
    finally:
        begun.unlink()
    _keep_names(path.parent)  # the name too must outlive a power cut, or what it closed is lost


def _read(path: Path) -> bytes:
    if path.stat().st_mode & 0o077:
        raise SecretsRefused(f"Nøglefilen {path.name} kan læses af andre. Giv den rettighederne 0600.")
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise SecretsRefused(f"Nøglefilen {path.name} er {len(key)} byte; den skal være {KEY_BYTES}.")
    return key
