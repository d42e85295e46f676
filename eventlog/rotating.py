"""Changing the master key: a new epoch closes every data key again, and the old one is destroyed.

With the old master key goes everything that an erasure left behind on disks and in backups: wrapped keys that nobody
can open any more. Each step is on the disk before the next begins, and all of it may be run again.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import psycopg

from database import Database, Role, Unavailable
from domain.codes import KeyGroup
from eventlog.keys import rewrap, unwrap
from eventlog.secrets import Secrets

BATCH = 5_000  # keys in one transaction, some 50 ms


class RotationRunning(Exception):  # noqa: N818 - a refusal
    """Somebody else is changing the master key. Nothing was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotated:
    """What a rotation came to: the epoch in use now, how many keys were closed again, which epochs are destroyed."""

    epoch: int
    rewrapped: int
    destroyed: tuple[int, ...]


def rotate(db: Database, secrets: Secrets, log_id: UUID, *, done: Callable[[str], None] = lambda _: None) -> Rotated:
    """Make a new master key, close all data keys under it, destroy the older ones.

    A rotation that broke off is finished instead of begun again. `done` is told each step, for tests that end there.
    The program may be running: it reads the keys again when it meets the new epoch. Raises KeyMissing or Forged when
    a data key cannot be opened, and then destroys nothing; RotationRunning.
    """
    with db.autocommit(Role.OWNER) as alone:
        lock = "select 1 where pg_try_advisory_lock(hashtextextended(%s, 0))"
        if not _one(alone, lock, f"overgang rotate {db.schema}"):
            raise RotationRunning("somebody else is changing the master key")
        try:
            return _rotate(db, secrets, log_id, done)
        finally:
            with suppress(Unavailable):  # at once, and not when the server notices that the connection has ended
                alone.execute("select pg_advisory_unlock_all()")


def _rotate(db: Database, secrets: Secrets, log_id: UUID, done: Callable[[str], None]) -> Rotated:
    secrets.refresh()
    with db.connection(Role.OWNER) as conn:
        in_use = _one(conn, "select epoch from log_head")
    epoch = secrets.epoch if len(secrets.masters) > 1 and secrets.epoch >= in_use else secrets.add_epoch()
    done("made")
    with db.connection(Role.OWNER) as conn:
        conn.execute("update log_head set epoch = %s where epoch < %s", [epoch, epoch])
    done("announced")
    with db.connection(Role.OWNER) as conn:
        # Whoever was storing a key under the old epoch is through after this, or is refused.
        conn.execute("lock table log_keys in share row exclusive mode")
    rewrapped = 0
    while count := _some(db, secrets, log_id, epoch):
        rewrapped += count
        done("some rewrapped")
    done("rewrapped")
    with db.connection(Role.OWNER) as conn:
        if _one(conn, "select count(*) from log_keys where epoch < %s", epoch):
            raise RuntimeError("a data key is still closed under an old master key")
    _all_open(db, secrets, log_id, epoch)
    destroyed = secrets.destroy_before(epoch)
    done("destroyed")
    with db.autocommit(Role.OWNER) as conn:
        conn.execute("vacuum log_keys")
    return Rotated(epoch=epoch, rewrapped=rewrapped, destroyed=tuple(destroyed))


def _some(db: Database, secrets: Secrets, log_id: UUID, epoch: int) -> int:
    with db.connection(Role.OWNER) as conn:
        rows = conn.execute(
            "select key_id, stream, key_group, epoch, wrapped from log_keys where epoch < %s limit %s for update",
            [epoch, BATCH],
            binary=True,
        ).fetchall()
        again = [
            rewrap(secrets, log_id, key_id.bytes, stream, KeyGroup(group), old, wrapped, epoch)
            for key_id, stream, group, old, wrapped in rows
        ]
        conn.execute(
            "update log_keys set epoch = %s, wrapped = again.wrapped"
            " from unnest(%b::uuid[], %b::bytea[]) as again (key_id, wrapped) where log_keys.key_id = again.key_id",
            [epoch, [row[0] for row in rows], again],
        )
    return len(rows)


def _all_open(db: Database, secrets: Secrets, log_id: UUID, epoch: int) -> None:
    """The last look before the old key is gone for good: every data key opens under the new one, and no other."""
    alone = Secrets({epoch: secrets.masters[epoch]}, secrets.index_key)
    with db.connection(Role.OWNER) as conn, conn.cursor("keys", binary=True) as cursor:
        cursor.itersize = BATCH
        cursor.execute("select key_id, stream, key_group, epoch, wrapped from log_keys")
        for key_id, stream, group, under, wrapped in cursor:
            unwrap(alone, log_id, key_id.bytes, stream, KeyGroup(group), under, wrapped)


def _one(conn: psycopg.Connection, query: str, *values: object) -> int:
    row = conn.execute(query.encode(), values).fetchone()
    return 0 if row is None else int(row[0])
