"""Rows that can never be used: put away by somebody with a reason, counted, and fetched back when that was wrong.

A row that was put away does not come back when its file comes again. It stays stored as it came.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from psycopg import Connection


class PutAwayReason(StrEnum):
    """Why the row is not to be used. Kept in the database: add codes, never rename one."""

    NOT_FOLLOWED = "not-followed"
    SENT_BY_MISTAKE = "sent-by-mistake"
    RECORDED_OTHERWISE = "recorded-otherwise"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAwayLine:
    """One row that was put away: where it stood, when and why it was put away, and nothing of what stood in it."""

    row_id: UUID
    profile: str
    line: int
    at: datetime
    reason: PutAwayReason


def put_away(conn: Connection[Any], row_id: UUID, reason: PutAwayReason, staff_id: str, now: datetime) -> bool:
    """The row waits no longer; False when it did not wait."""
    done = conn.execute(
        "update set_aside set resolved_at = %s, put_away_by = %s, put_away_reason = %s"
        " where row_id = %s and resolved_at is null",
        [now, staff_id, reason, row_id],
    )
    return done.rowcount > 0


def fetch_back(conn: Connection[Any], row_id: UUID) -> bool:
    """The row waits again as it did; False when it had not been put away."""
    done = conn.execute(
        "update set_aside set resolved_at = null, put_away_by = null, put_away_reason = null"
        " where row_id = %s and put_away_by is not null",
        [row_id],
    )
    return done.rowcount > 0


def count_put_away(conn: Connection[Any]) -> int:
    row = conn.execute("select count(*) from set_aside where put_away_by is not null").fetchone()
    return int(row[0]) if row else 0


def put_away_lines(conn: Connection[Any], limit: int, offset: int = 0) -> Sequence[PutAwayLine]:
    """The rows that were put away, the latest first."""
    found = conn.execute(
        "select row_id, profile, line, resolved_at, put_away_reason from set_aside join delivery using (delivery_id)"
        " where put_away_by is not null order by resolved_at desc, row_id limit %s offset %s",
        [limit, offset],
    )
    return [
        PutAwayLine(row_id=row_id, profile=profile, line=line, at=at, reason=PutAwayReason(reason))
        for row_id, profile, line, at, reason in found
    ]
