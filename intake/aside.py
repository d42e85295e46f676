"""The rows that were set aside, and what they are recognised by."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from database import Database, Role
from domain.codes import KeyGroup
from eventlog import Key, KeyRing, Secrets
from eventlog.keys import key_id_of
from intake.profile import Profile
from intake.reading import UTF8
from intake.rows import Place, Row
from people.cpr import Cpr

SYSTEM_STREAM = UUID(int=0)
"""The stream whose system key closes what belongs to no young person."""


@dataclass(frozen=True, slots=True)
class Keys:
    """How rows and ids are recognised without being kept."""

    secrets: Secrets
    profile: Profile

    def row(self, raw: bytes) -> bytes:
        """Names this row of this kind of file. Line ends do not count."""
        return self.secrets.hmac("intake row", self.profile.name.encode() + b"\0" + raw.rstrip(b"\r\n"))

    def file(self, sha256: str) -> bytes:
        """Names the contents of a file. Not the bare hash: a short file could be guessed from that."""
        return self.secrets.hmac("intake file", sha256.encode())

    def source(self, source_id: str) -> bytes:
        return self.secrets.hmac("intake source", f"{self.profile.source}\0{source_id}".encode())

    def person(self, cpr: Cpr) -> bytes:
        return person_key(self.secrets, cpr)

    def handover(self, source_id: str) -> UUID:
        """The id of the handover that this line tells of; the same whenever it is asked."""
        data = f"{self.profile.source}\0{source_id}".encode()
        return UUID(bytes=self.secrets.hmac("intake handover", data)[:16], version=5)


def person_key(secrets: Secrets, cpr: Cpr) -> bytes:
    """By which an erasure finds the rows of a person that were set aside."""
    return secrets.hmac("intake person", cpr.digits.encode())


@dataclass(frozen=True, slots=True)
class Aside:
    """One row to set aside."""

    row: Row
    column: str
    reason: str
    expected: str = ""
    source_key: bytes | None = None
    person_key: bytes | None = None
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A row that waits for somebody; `raw` is opened, and stays out of `repr`.

    `header` is the heading of its file; a cell of a grid has its own in `place`.
    """

    row_key: bytes
    delivery_id: UUID
    line: int
    reason: str
    raw: bytes = field(repr=False)
    delimiter: str
    encoding: str
    header: tuple[str, ...]
    place: Place | None = None


def set_aside(
    conn: Connection[Any], key: Key, keys: Keys, delivery_id: UUID, asides: Iterable[Aside], now: datetime
) -> set[bytes]:
    """Keep these rows, sealed. Answers with the row keys of those that were waiting already.

    A row that comes again waits where it came last: rows that wait are taken in the order of their deliveries.
    """
    by_key = {keys.row(aside.row.raw): aside for aside in asides}
    if not by_key:
        return set()
    waiting = waiting_among(conn, by_key)
    conn.cursor().executemany(
        "insert into set_aside"
        " (row_key, delivery_id, line, column_name, reason, raw_sealed, source_key, person_key, own_header, at)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
        " on conflict (row_key) do update"
        " set delivery_id = excluded.delivery_id, line = excluded.line,"
        " reason = excluded.reason, column_name = excluded.column_name, resolved_at = null",
        [
            (
                row_key,
                delivery_id,
                aside.row.line,
                aside.column,
                aside.reason,
                key.seal(aside.row.raw, row_key),
                aside.source_key,
                aside.person_key,
                list(aside.row.place.header) if aside.row.place else None,
                now,
            )
            for row_key, aside in by_key.items()
        ],
    )
    return waiting


def drop(conn: Connection[Any], row_keys: Collection[bytes]) -> None:
    """Keep nothing of these rows, as the eraser: they are about somebody who was erased."""
    conn.execute("delete from set_aside where row_key = any(%s)", [list(row_keys)])


def corrected_among(conn: Connection[Any], row_keys: Collection[bytes]) -> set[bytes]:
    """Those of the rows that somebody put right by hand, or put away."""
    found = conn.execute(
        "select row_key from set_aside where row_key = any(%s) and coalesce(corrected_by, put_away_by) is not null",
        [list(row_keys)],
    )
    return {bytes(row_key) for (row_key,) in found}


def waiting_among(conn: Connection[Any], row_keys: Collection[bytes]) -> set[bytes]:
    """Those of the rows that wait."""
    found = conn.execute(
        "select row_key from set_aside where row_key = any(%s) and resolved_at is null", [list(row_keys)]
    )
    return {bytes(row_key) for (row_key,) in found}


def anything_waits(conn: Connection[Any]) -> bool:
    """Whether there is any row that a later one could resolve."""
    found = conn.execute("select 1 from set_aside where resolved_at is null limit 1")
    return found.fetchone() is not None


def resolve(
    conn: Connection[Any],
    row_keys: Collection[bytes],
    lines: Mapping[bytes, int],
    delivery_id: UUID,
    now: datetime,
) -> None:
    """These rows are in the log now, so rows with their ids need not wait. `lines`: by source key, where they stood.

    What the same file tells of the same id further down still does: it says something else, and its turn comes.
    """
    conn.execute(
        "update set_aside set resolved_at = %s where resolved_at is null and row_key = any(%s)", [now, list(row_keys)]
    )
    conn.execute(
        "update set_aside set resolved_at = %s"
        " from unnest(%s::bytea[], %s::integer[]) as good (source_key, line), delivery as its, delivery as mine"
        " where resolved_at is null and set_aside.source_key = good.source_key"
        " and its.delivery_id = set_aside.delivery_id and mine.delivery_id = %s"
        " and (its.content <> mine.content or its.profile <> mine.profile or set_aside.line <= good.line)",
        [now, list(lines), list(lines.values()), delivery_id],
    )


def resolve_by_hand(
    conn: Connection[Any], waiting: Waiting, source_keys: Collection[bytes], staff_id: str, now: datetime
) -> None:
    """Somebody put this row right, so what was delivered of the same ids before it need not wait either.

    What was delivered after it still does: it may say something else.
    """
    conn.execute(
        "update set_aside set resolved_at = coalesce(resolved_at, %s), corrected_by = %s where row_key = %s",
        [now, staff_id, waiting.row_key],
    )
    conn.execute(
        "update set_aside set resolved_at = %s from delivery as its, delivery as mine"
        " where its.delivery_id = set_aside.delivery_id and mine.delivery_id = %s and resolved_at is null"
        " and source_key = any(%s) and (its.started_at, set_aside.line) <= (mine.started_at, %s)",
        [now, waiting.delivery_id, list(source_keys), waiting.line],
    )


def waiting_rows(conn: Connection[Any], ring: KeyRing, profile: Profile, reasons: Collection[str]) -> list[Waiting]:
    """The rows of this kind of file that wait for one of these reasons, opened, oldest first."""
    found = conn.execute(
        "select row_key, delivery_id, line, reason, raw_sealed, delimiter, encoding, header, own_header"
        " from set_aside join delivery using (delivery_id)"
        " where resolved_at is null and profile = %s and reason = any(%s) order by started_at, delivery_id, line",
        [profile.name, list(reasons)],
    ).fetchall()
    return [
        Waiting(
            row_key=bytes(row_key),
            delivery_id=delivery_id,
            line=line,
            reason=reason,
            raw=_opened(conn, ring, bytes(sealed), bytes(row_key)),
            delimiter=delimiter if own_header is None else ";",
            encoding=encoding if own_header is None else UTF8,
            header=tuple(header),
            place=None if own_header is None else Place(tuple(own_header)),
        )
        for row_key, delivery_id, line, reason, sealed, delimiter, encoding, header, own_header in found
    ]


def staff_ids(conn: Connection[Any]) -> frozenset[str]:
    """Everybody whom a row may name, also those who have left."""
    return frozenset(str(staff_id) for (staff_id,) in conn.execute("select staff_id from staff"))


def system_key(db: Database, ring: KeyRing) -> Key:
    """The key that closes raw rows and file names; made the first time."""
    place = (SYSTEM_STREAM, KeyGroup.SYSTEM)
    with db.connection(Role.APPLICATION) as conn:
        return ring.for_stream(conn, [place]).get(place) or ring.create(conn, *place)


def _opened(conn: Connection[Any], ring: KeyRing, sealed: bytes, bound: bytes) -> bytes:
    return ring.get(conn, key_id_of(sealed)).open(sealed, bound)
