"""The rows on lists: deleted with the person, whatever a follower remembers and a rebuild has left."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from psycopg import Connection, sql

from projections.rebuild import SUFFIX
from projections.spans import TABLES
from projections.tables import PARKED

READ_TABLES = (*(one.name for one in TABLES), PARKED)


def drop_rows(conn: Connection[Any], people: Collection[UUID]) -> None:
    """Delete these people's rows. Every follower that remembers them finds the generation changed, and forgets.

    The caller sees to it that nobody is rebuilding; what an interrupted rebuild left behind is deleted too.
    """
    conn.execute("update follower set generation = generation + 1")
    for name in (*READ_TABLES, *(one + SUFFIX for one in READ_TABLES)):
        if conn.execute("select to_regclass(%s)", [name]).fetchone() != (None,):
            query = sql.SQL("delete from {} where person_id = any(%s)").format(sql.Identifier(name))
            conn.execute(query, [list(people)])
