"""The keys that live outside the database: master keys by epoch, and the index key.

A database that leaks without these files is noise. A lost master key is lost data: the folder is backed up
apart from the database (docs/drift/noegler.md).
"""

import hmac
import os
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
INDEX_FILE = "index.key"
MASTER_PREFIX = "master-"


class SecretsRefused(Exception):  # noqa: N818 - the program refuses to start
    """The keys cannot be used. The text says what is wrong and what to do, in Danish."""


@dataclass(frozen=True)
class Secrets:
    """Master keys by epoch (the highest closes new keys), and the index key for look-ups."""

    masters: dict[int, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)

    @classmethod
    def open(cls, folder: Path, *, create: bool = True) -> "Secrets":
        """Read the folder's keys, or make the first ones. Raises SecretsRefused when they are unsafe."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        paths = sorted(folder.glob(f"{MASTER_PREFIX}*.key"))
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
        masters = {int(path.stem.removeprefix(MASTER_PREFIX)): _read(path) for path in paths}
        return cls(masters, _read(index))

    @classmethod
    def for_tests(cls) -> "Secrets":
        """Fixed keys, so that test vectors are the same everywhere. Never for people."""
        return cls({1: bytes(range(32))}, bytes(range(32, 64)))

    @property
    def epoch(self) -> int:
        """The epoch that new keys are wrapped under."""
        return max(self.masters)

    def hmac(self, purpose: str, data: bytes) -> bytes:
        """32 bytes of HMAC-SHA-256 under a key derived for this purpose alone (HKDF-SHA-256)."""
        return hmac.digest(_derived(self.index_key, purpose), data, sha256)


@lru_cache(maxsize=64)
def _derived(index_key: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"overgang {purpose}".encode()).derive(index_key)


def _make(path: Path) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(os.urandom(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the name too must outlive a power cut, or what it closed is lost
    finally:
        os.close(folder)


def _read(path: Path) -> bytes:
    if path.stat().st_mode & 0o077:
        raise SecretsRefused(f"Nøglefilen {path.name} kan læses af andre. Giv den rettighederne 0600.")
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise SecretsRefused(f"Nøglefilen {path.name} er {len(key)} byte; den skal være {KEY_BYTES}.")
    return key
