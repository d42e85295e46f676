"""What may be asked of the log without opening anything: the clear columns of its rows."""

from datetime import datetime
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow

from domain.codes import StreamKind
from projections.spans import Unreadable


def journeys(conn: Connection[TupleRow], until: int) -> list[UUID]:
    """Every young person with an entry up to and with this position."""
    rows = conn.execute(
        "select distinct originator_id from log_events"
        " where stream_kind = 'journey' and notification_id <= %s order by originator_id",
        [until],
    )
    return [person_id for (person_id,) in rows]


def unreadable_at(conn: Connection[TupleRow], position: int, reason: str) -> Unreadable | None:
    """Whose entry stands there; None when the log has not come so far."""
    row = conn.execute(
        "select originator_id, stream_kind from log_events where notification_id = %s", [position]
    ).fetchone()
    if row is None:
        return None
    return Unreadable(stream=row[0], kind=StreamKind(row[1]), position=position, reason=reason)


def position_before(conn: Connection[TupleRow], instant: datetime) -> int:
    """How far the log had come before that instant; 0 when it had not begun.

    It is looked for from the end, because it is asked for what happened lately: the cost is the entries since then.
    """
    row = conn.execute(
        "select notification_id from log_events where recorded_at < %s order by notification_id desc limit 1", [instant]
    ).fetchone()
    return 0 if row is None else int(row[0])
