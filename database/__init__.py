"""The room that knows where PostgreSQL is, starts it when it is ours, and hands out connections by role."""

from psycopg import OperationalError as Unavailable

from database.database import Database, open_database
from database.refusal import DatabaseRefused
from database.roles import Role

__all__ = ["Database", "DatabaseRefused", "Role", "Unavailable", "open_database"]
