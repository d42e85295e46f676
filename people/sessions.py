"""Server-side sessions: the browser holds a random token, the table only its hash.

A stolen table opens no session, and ending one here ends it everywhere at once.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from psycopg import Connection

from eventlog.secrets import Secrets

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
TOUCHED_EVERY = timedelta(minutes=1)

_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody is signed in."""

    staff_id: str
    created_at: datetime
    last_seen_at: datetime


def start(conn: Connection, staff_id: str, now: datetime) -> str:
    """Begin a session and return its token, the only time it is ever told. Every sign-in gets a new one."""
    conn.execute("delete from session where last_seen_at <= %s or created_at <= %s", [now - IDLE, now - LONGEST])
    token = token_urlsafe(_TOKEN_BYTES)
    conn.execute(
        "insert into session (token_hash, staff_id, created_at, last_seen_at) values (%s, %s, %s, %s)",
        [_hash(token), staff_id, now, now],
    )
    return token


def find(conn: Connection, token: str, now: datetime) -> Session | None:
    """The session of this token; None when it is unknown, over, or of somebody who has left.

    Being seen is written down at most once a minute, so that reading pages is not writing to the database.
    """
    row = conn.execute(_FIND, [_hash(token), now - IDLE, now - LONGEST]).fetchone()
    if row is None:
        return None
    session = Session(*row)
    if now - session.last_seen_at >= TOUCHED_EVERY:
        conn.execute(
            "update session set last_seen_at = greatest(last_seen_at, %s) where token_hash = %s",
            [now, _hash(token)],
        )
        session = Session(session.staff_id, session.created_at, now)
    return session


def end(conn: Connection, token: str) -> None:
    """End the session; ending it twice is nothing."""
    conn.execute("delete from session where token_hash = %s", [_hash(token)])


def end_all(conn: Connection, staff_id: str) -> None:
    """End every session of this person, wherever they are signed in."""
    conn.execute("delete from session where staff_id = %s", [staff_id])


def csrf_token(secrets: Secrets, token: str) -> str:
    """What forms of this session carry: derived, so it need not be kept, and it does not tell the token."""
    return secrets.hmac("csrf", token.encode()).hex()


def csrf_matches(secrets: Secrets, token: str, given: str) -> bool:
    """Whether a form came from a page of this session; compared in constant time."""
    return hmac.compare_digest(csrf_token(secrets, token).encode(), given.encode("utf-8", "replace"))


_FIND = """
select session.staff_id, created_at, last_seen_at
from session join staff using (staff_id)
where token_hash = %s and last_seen_at > %s and created_at > %s and staff.active
"""


def _hash(token: str) -> bytes:
    # Plain SHA-256 is enough: there are 256 random bits to guess.
    return sha256(token.encode("utf-8", "replace")).digest()
