"""How this room seals: each person under their own key, what belongs to the house under one key of its own.

Everything sealed is bound to the column and the row it lies in, so that it cannot be moved to another.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from psycopg import Connection

from domain.codes import KeyGroup
from eventlog.keys import Key, KeyRing, key_id_of

HOUSE = UUID(int=0)
"""Stands for the municipality itself where a key needs a stream: units, staff, and what was searched for."""

_HOUSE_KEY = (HOUSE, KeyGroup.IDENTITY)


def house_key(conn: Connection, keys: KeyRing) -> Key:
    """The key of the house; made the first time it is asked for."""
    return keys.for_stream(conn, [_HOUSE_KEY]).get(_HOUSE_KEY) or keys.create(conn, *_HOUSE_KEY)


def keys_of(conn: Connection, keys: KeyRing, sealed: Iterable[bytes]) -> dict[bytes, Key]:
    """The keys that these were sealed with, in one round trip. Destroyed ones are not in it."""
    return keys.find_many(conn, {key_id_of(one) for one in sealed})


def seal(key: Key, text: str, column: str, row: UUID | str) -> bytes:
    """Close a text for this place."""
    return key.seal(text.encode(), _bound(column, row))


def unseal(found: Mapping[bytes, Key], sealed: bytes, column: str, row: UUID | str) -> str | None:
    """Open a text with one of the keys found; None when its key is destroyed. Forged when it was moved here."""
    key = found.get(key_id_of(sealed))
    return None if key is None else key.open(sealed, _bound(column, row)).decode()


def _bound(column: str, row: UUID | str) -> bytes:
    return f"people/{column}/{row}".encode()
