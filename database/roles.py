"""The four roles a connection can have: what a part of Overgang does not need, its role may not do."""

from enum import StrEnum
from typing import Any

from psycopg import Connection, sql


class Role(StrEnum):
    """A role in PostgreSQL; the value is its name there and never changes."""

    OWNER = "overgang_owner"
    """Owns the schema and makes the tables. Used by `install` and by rebuilds, not by requests."""
    APPLICATION = "overgang_application"
    """Serves requests: reads, and appends through what the rooms grant it."""
    FOLLOWER = "overgang_follower"
    """Reads the log and writes the lists."""
    ERASER = "overgang_eraser"
    """Destroys keys and ciphertext of an erased person; the only one that may."""


def create_roles(connection: Connection[Any]) -> None:
    """Create the roles that are missing, with login and no special right; asked twice is nothing."""
    found = {name for (name,) in connection.execute("select rolname from pg_roles")}
    for role in Role:
        if role.value not in found:
            connection.execute(
                sql.SQL("create role {} login nosuperuser nobypassrls nocreatedb nocreaterole noreplication").format(
                    sql.Identifier(role.value)
                )
            )
