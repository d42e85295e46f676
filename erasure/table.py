"""The rows of erasures and holds: reading and writing them, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.codes import KeyGroup
from erasure.grounds import Archive, Ground

STALE = timedelta(days=30)
"""How long what was proposed may wait for the second person, and then for being carried out."""


class Stage(StrEnum):
    """How far an erasure has come."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    STALE = "stale"
    WITHDRAWN = "withdrawn"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """One erasure as the table has it. `group` None: the whole person; `streams` begins with the person."""

    erasure_id: UUID
    person_id: UUID
    streams: tuple[UUID, ...]
    group: KeyGroup | None
    ground: Ground
    archive: Archive
    reference: str
    content: bytes | None
    proposed_by: str
    proposed_at: datetime
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    finished_at: datetime | None = None

    def stage(self, now: datetime) -> Stage:
        """How far it has come at that moment."""
        if self.finished_at:
            return Stage.FINISHED
        if self.withdrawn_at:
            return Stage.WITHDRAWN
        if now - (self.confirmed_at or self.proposed_at) > STALE:
            return Stage.STALE
        return Stage.CONFIRMED if self.confirmed_at else Stage.PROPOSED


def add(conn: Connection[Any], one: Erasure) -> None:
    """Write down a new one."""
    conn.execute(_INSERT, _values(one))


def decided(conn: Connection[Any], one: Erasure) -> None:
    """Write down that it was decided; what is there of it before keeps its reference."""
    conn.execute(
        _INSERT + " on conflict (erasure_id) do update set confirmed_by = excluded.confirmed_by,"
        " confirmed_at = excluded.confirmed_at, withdrawn_by = null, withdrawn_at = null",
        _values(one),
    )


def find(conn: Connection[Any], erasure_id: UUID, *, locked: bool = False) -> Erasure | None:
    """The erasure with this id; `locked` until the end of the caller's transaction."""
    query = f"select {_COLUMNS} from erasure where erasure_id = %s" + (" for update" if locked else "")  # noqa: S608
    row = conn.execute(query, [erasure_id]).fetchone()
    return _erasure(row) if row else None


def beginning_with(conn: Connection[Any], text: str) -> list[Erasure]:
    """The erasures whose ids begin so, at most two."""
    rows = conn.execute(
        f"select {_COLUMNS} from erasure where starts_with(erasure_id::text, %s) limit 2",  # noqa: S608
        [text.strip().lower()],
    )
    return [_erasure(row) for row in rows]


def everything(conn: Connection[Any]) -> list[Erasure]:
    """All of them, the newest first."""
    return [_erasure(row) for row in conn.execute(f"select {_COLUMNS} from erasure order by proposed_at desc")]  # noqa: S608


def open_ones(conn: Connection[Any], person_id: UUID) -> list[Erasure]:
    """What is proposed or confirmed about this person, and neither done nor withdrawn."""
    rows = conn.execute(
        f"select {_COLUMNS} from erasure where person_id = %s and withdrawn_at is null and finished_at is null",  # noqa: S608
        [person_id],
    )
    return [_erasure(row) for row in rows]


def confirm(conn: Connection[Any], erasure_id: UUID, by: str, now: datetime) -> None:
    conn.execute("update erasure set confirmed_by = %s, confirmed_at = %s where erasure_id = %s", [by, now, erasure_id])


def withdraw(conn: Connection[Any], erasure_ids: Sequence[UUID], by: str, now: datetime) -> None:
    conn.execute(
        "update erasure set withdrawn_by = %s, withdrawn_at = %s where erasure_id = any(%s)",
        [by, now, list(erasure_ids)],
    )


def finish(conn: Connection[Any], erasure_id: UUID, now: datetime) -> None:
    """It is done."""
    conn.execute("update erasure set finished_at = %s where erasure_id = %s", [now, erasure_id])


def is_held(conn: Connection[Any], person_id: UUID) -> bool:
    """Whether a legal hold stands."""
    found = conn.execute("select 1 from erasure_hold where person_id = %s and lifted_at is null", [person_id])
    return found.fetchone() is not None


def content_of(conn: Connection[Any], streams: Sequence[UUID]) -> bytes:
    """How far these streams have come, as 32 bytes; what is erased of them counts as before."""
    rows = conn.execute(
        "select originator_id, max(originator_version) from log_events where originator_id = any(%s)"
        " group by originator_id order by originator_id",
        [list(streams)],
    )
    return sha256(b"".join(stream.bytes + version.to_bytes(8) for stream, version in rows)).digest()


_COLUMNS = (
    "erasure_id, person_id, streams, key_group, ground, archive, reference, content, proposed_by, proposed_at,"
    " confirmed_by, confirmed_at, withdrawn_by, withdrawn_at, finished_at"
)
_INSERT = f"insert into erasure ({_COLUMNS}) values ({', '.join(['%s'] * len(_COLUMNS.split(',')))})"  # noqa: S608


def _values(one: Erasure) -> list[Any]:
    return [
        one.erasure_id,
        one.person_id,
        list(one.streams),
        one.group,
        one.ground,
        one.archive,
        one.reference,
        one.content,
        one.proposed_by,
        one.proposed_at,
        one.confirmed_by,
        one.confirmed_at,
        one.withdrawn_by,
        one.withdrawn_at,
        one.finished_at,
    ]


def _erasure(row: Sequence[Any]) -> Erasure:
    erasure_id, person_id, streams, group, ground, archive, reference, content, *rest = row
    proposed_by, proposed_at, confirmed_by, confirmed_at, withdrawn_by, withdrawn_at, finished_at = rest
    return Erasure(
        erasure_id=erasure_id,
        person_id=person_id,
        streams=tuple(streams),
        group=None if group is None else KeyGroup(group),
        ground=Ground(ground),
        archive=Archive(archive),
        reference=reference,
        content=None if content is None else bytes(content),
        proposed_by=proposed_by,
        proposed_at=proposed_at,
        confirmed_by=confirmed_by,
        confirmed_at=confirmed_at,
        withdrawn_by=withdrawn_by,
        withdrawn_at=withdrawn_at,
        finished_at=finished_at,
    )
