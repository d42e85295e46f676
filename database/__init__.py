"""The room that knows where PostgreSQL is, starts it when it is ours, and hands out connections by role."""

from psycopg import DatabaseError as DatabaseFault
from psycopg import OperationalError as Unavailable

from database.bounded import NoAnswer
from database.database import Database, open_database
from database.limits import hurried
from database.refusal import DatabaseRefused
from database.roles import Role

__all__ = [
    "Database",
    "DatabaseFault",
    "DatabaseRefused",
    "NoAnswer",
    "Role",
    "Unavailable",
    "hurried",
    "open_database",
]
