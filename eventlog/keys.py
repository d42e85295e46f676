"""One data key per person and group, kept only wrapped by a master key that lives outside the database.

A ciphertext names its key, so a stream and group may have several: two writers who both make the first one cannot
harm each other.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from uuid import UUID

import psycopg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.codes import KeyGroup
from eventlog.refusals import KeyOld, raise_refusal
from eventlog.secrets import KEY_BYTES, Secrets, SecretsRefused

FORMAT = b"\x01"
NONCE_BYTES = 12
_KEY_ID = slice(1, 17)
_NONCE = slice(17, 29)
_BODY = slice(29, None)
_SELECT = (
    "select key_id, stream, key_group, epoch, wrapped,"
    " written_in is distinct from pg_current_xact_id_if_assigned() from log_keys"
)
_OF_ENTRIES = tuple(group for group in KeyGroup if group is not KeyGroup.IDENTITY)
_CACHED = 40_000  # keys kept in memory, about 0.8 kB each


class KeyMissing(Exception):  # noqa: N818 - it names a state
    """There is no such key. Without a row in the erasure ledger that is an incident, not an erasure."""


class Forged(Exception):  # noqa: N818 - it names a state
    """The ciphertext was not made with this key for this place: altered, or moved from elsewhere."""


@dataclass(frozen=True, slots=True)
class Key:
    """An opened data key. `id` is the 16 bytes of its UUID, as they stand in every ciphertext.

    The cipher is made each time, in a microsecond: kept, it takes ten times the key's own room.
    """

    id: bytes
    stream: UUID
    group: KeyGroup
    _plain: bytes = field(repr=False)

    def seal(self, plain: bytes, bound: bytes, nonce: bytes | None = None) -> bytes:
        """Format byte, key id, nonce, ciphertext with tag; `bound` must be the same when it is opened.

        `nonce` is given by test vectors only; random 96 bits otherwise.
        """
        nonce = nonce or os.urandom(NONCE_BYTES)
        return FORMAT + self.id + nonce + AESGCM(self._plain).encrypt(nonce, plain, bound)

    def wrap(self, master: bytes, bound: bytes) -> bytes:
        """This key itself, closed under a master key."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(master).encrypt(nonce, self._plain, bound)

    def open(self, sealed: bytes, bound: bytes) -> bytes:
        """The plain bytes. Raises Forged."""
        try:
            return AESGCM(self._plain).decrypt(sealed[_NONCE], sealed[_BODY], bound)
        except InvalidTag:
            raise Forged("a ciphertext does not belong where it lies") from None


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that is not stored yet: it goes into the database with the entries it closes."""

    key: Key
    wrapped: bytes
    epoch: int


def key_id_of(sealed: bytes) -> bytes:
    """Which key a ciphertext names, 16 bytes. Raises Forged when the format is unknown."""
    if sealed[:1] != FORMAT or len(sealed) < _BODY.start:
        raise Forged("a ciphertext has an unknown format")
    return sealed[_KEY_ID]


class KeyRing:
    """Makes, stores and opens data keys; keeps the opened ones in memory, a bounded number of them."""

    def __init__(self, secrets: Secrets, log_id: UUID) -> None:
        self._secrets = secrets
        self._log_id = log_id
        self._opened: dict[bytes, Key] = {}
        self._newest: dict[tuple[UUID, KeyGroup], Key] = {}
        self._looked_up: set[UUID] = set()
        self._lock = Lock()

    def check(self, conn: psycopg.Connection) -> None:
        """Whether the keys of this log open under our master keys. Raises SecretsRefused when they do not.

        An empty folder gets new master keys: on a log that has entries, nothing could be read, and what is
        written meanwhile would be lost when the right ones come back.
        """
        try:
            self._read(conn.execute(_SELECT + " limit 1", binary=True))
        except (KeyMissing, Forged):
            raise SecretsRefused(
                "Nøglerne hører ikke til denne database: loggen kan ikke læses med dem. Hent de rigtige fra "
                "sikkerhedskopien; der er ikke skrevet noget."
            ) from None

    def make(self, stream: UUID, group: KeyGroup) -> NewKey:
        """A new key, not yet stored."""
        return make_key(self._secrets, self._log_id, stream, group)

    def create(self, conn: psycopg.Connection, stream: UUID, group: KeyGroup) -> Key:
        """A new key, stored in the caller's transaction."""
        return self.create_many(conn, [(stream, group)])[stream, group]

    def create_many(
        self, conn: psycopg.Connection, wanted: Iterable[tuple[UUID, KeyGroup]]
    ) -> dict[tuple[UUID, KeyGroup], Key]:
        """New keys, stored in one round trip in the caller's transaction; not remembered until read back.

        Raises StreamErased; KeyOld when the folder of the master keys has not got the newest.
        """
        pairs = list(wanted)
        new = self._store(conn, pairs)
        if new is None:
            self._secrets.refresh()  # a rotation was announced a moment ago
            new = self._store(conn, pairs)
        if new is None:
            raise KeyOld("the newest master key is not here")
        return {(one.key.stream, one.key.group): one.key for one in new}

    def get(self, conn: psycopg.Connection, key_id: bytes) -> Key:
        """The key with this id. Raises KeyMissing."""
        return self.get_many(conn, [key_id])[key_id]

    def get_many(self, conn: psycopg.Connection, key_ids: Iterable[bytes]) -> dict[bytes, Key]:
        """The keys with these ids, in at most one round trip. Raises KeyMissing when one is not there."""
        found = self.find_many(conn, key_ids)
        missing = [key_id for key_id in key_ids if key_id not in found]
        if missing:
            raise KeyMissing(f"{len(missing)} key(s) missing, first {missing[0].hex()}")
        return found

    def find_many(self, conn: psycopg.Connection, key_ids: Iterable[bytes]) -> dict[bytes, Key]:
        """Those of the keys that exist."""
        found = {key_id: key for key_id in set(key_ids) if (key := self._opened.get(key_id))}
        rest = [UUID(bytes=key_id) for key_id in set(key_ids) - found.keys()]
        if rest:
            rows = conn.execute(_SELECT + " where key_id = any(%b)", [rest], binary=True)
            found.update((key.id, key) for key in self._read(rows))
        return found

    def for_stream(
        self, conn: psycopg.Connection, wanted: Iterable[tuple[UUID, KeyGroup]]
    ) -> dict[tuple[UUID, KeyGroup], Key]:
        """A key for each stream and group that has one, in at most one round trip."""
        pairs = set(wanted)
        found = {pair: key for pair in pairs if (key := self._newest.get(pair))}
        rest = pairs - found.keys()
        if rest:
            streams = list({stream for stream, _ in rest})
            rows = conn.execute(_SELECT + " where stream = any(%b)", [streams], binary=True)
            for key in self._read(rows):
                if (key.stream, key.group) in rest:
                    found[key.stream, key.group] = key
        return found

    def for_writing(self, conn: psycopg.Connection, streams: Iterable[UUID]) -> dict[tuple[UUID, KeyGroup], Key]:
        """The keys that entries of these streams can be closed with; asks the database once for each stream.

        A group that got its first key elsewhere meanwhile gets a second one here, which is as good.
        """
        new = [stream for stream in streams if stream not in self._looked_up]
        if new:
            self._read(conn.execute(_SELECT + " where stream = any(%b)", [new], binary=True))
            with self._lock:
                self._looked_up.update(new)
        pairs = [(stream, group) for stream in streams for group in _OF_ENTRIES]
        return {pair: key for pair in pairs if (key := self._newest.get(pair))}

    def remember(self, new: Iterable[NewKey]) -> None:
        """These keys have been committed; entries may be closed with them again."""
        with self._lock:
            for one in new:
                self._keep(one.key)

    def forget(self) -> None:
        """Empty the memory; what is still in the database is read again when it is needed."""
        with self._lock:
            self._opened.clear()
            self._newest.clear()
            self._looked_up.clear()

    def forget_streams(self, streams: Iterable[UUID]) -> None:
        """Keep no key of these in memory: they were erased."""
        gone = set(streams)
        if not gone:
            return
        with self._lock:
            for key_id in [key_id for key_id, key in self._opened.items() if key.stream in gone]:
                del self._opened[key_id]
            for pair in [pair for pair in self._newest if pair[0] in gone]:
                del self._newest[pair]
            self._looked_up -= gone

    def _store(self, conn: psycopg.Connection, pairs: Iterable[tuple[UUID, KeyGroup]]) -> list[NewKey] | None:
        """New keys, stored; None when our newest master key is no longer used."""
        new = [self.make(stream, group) for stream, group in pairs]
        columns = [
            [UUID(bytes=one.key.id) for one in new],
            [one.key.stream for one in new],
            [str(one.key.group) for one in new],
            [one.epoch for one in new],
            [one.wrapped for one in new],
        ]
        try:
            row = conn.execute("select log_add_keys(%b, %b, %s, %b, %b)", columns).fetchone()
        except psycopg.DatabaseError as error:
            raise_refusal(error)
            raise
        return new if row == (True,) else None

    def _read(self, rows: Iterable[tuple[UUID, UUID, str, int, bytes, bool]]) -> list[Key]:
        keys = []
        with self._lock:
            for key_id, stream, group, epoch, wrapped, to_stay in rows:
                key = unwrap(self._secrets, self._log_id, key_id.bytes, stream, KeyGroup(group), epoch, bytes(wrapped))
                keys.append(key)
                # A key of an open transaction may be rolled back; what is closed with it later would be lost.
                if to_stay:
                    self._keep(key)
        return keys

    def _keep(self, key: Key) -> None:
        if len(self._opened) >= _CACHED:
            self._opened.clear()
            self._newest.clear()
            self._looked_up.clear()
        self._opened[key.id] = key
        self._newest[key.stream, key.group] = key


def make_key(secrets: Secrets, log_id: UUID, stream: UUID, group: KeyGroup) -> NewKey:
    """A new random key, wrapped under the newest master key."""
    key = Key(UUID(bytes=os.urandom(16), version=4).bytes, stream, group, os.urandom(KEY_BYTES))
    epoch = secrets.epoch  # once: another thread may learn of a new one at any moment
    return NewKey(key, _wrap(secrets, log_id, key, epoch), epoch)


def rewrap(
    secrets: Secrets, log_id: UUID, key_id: bytes, stream: UUID, group: KeyGroup, old: int, wrapped: bytes, epoch: int
) -> bytes:
    """A stored key wrapped under another master key. Raises as `unwrap`."""
    return _wrap(secrets, log_id, unwrap(secrets, log_id, key_id, stream, group, old, wrapped), epoch)


def _wrap(secrets: Secrets, log_id: UUID, key: Key, epoch: int) -> bytes:
    return key.wrap(secrets.masters[epoch], _wrapping(log_id, key.id, key.stream, key.group, epoch))


def unwrap(
    secrets: Secrets, log_id: UUID, key_id: bytes, stream: UUID, group: KeyGroup, epoch: int, wrapped: bytes
) -> Key:
    """Open a stored key. Raises KeyMissing when its master key is not here, Forged when it was altered."""
    if epoch not in secrets.masters:
        secrets.refresh()
    master = secrets.masters.get(epoch)
    if master is None:
        raise KeyMissing(f"the master key of epoch {epoch} is not here")
    bound = _wrapping(log_id, key_id, stream, group, epoch)
    try:
        plain = AESGCM(master).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], bound)
    except InvalidTag:
        raise Forged(f"the wrapped key {key_id.hex()} does not belong where it lies") from None
    return Key(key_id, stream, group, plain)


def _wrapping(log_id: UUID, key_id: bytes, stream: UUID, group: KeyGroup, epoch: int) -> bytes:
    """What a wrapped key is bound to, so that no key can be passed off as another's."""
    return b"overgang-key-1" + log_id.bytes + key_id + stream.bytes + epoch.to_bytes(4) + group.encode()
