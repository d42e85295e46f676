"""Case numbers and the files they are of, without opening who that is."""

from collections.abc import Collection
from uuid import UUID

from psycopg import Connection


def case_numbers_of(conn: Connection, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """The case number of each of these; who is not in the register is not in it."""
    found = conn.execute("select person_id, case_number from person where person_id = any(%s)", [list(person_ids)])
    return dict(found.fetchall())


def files_with(conn: Connection, numbers: Collection[str]) -> dict[str, UUID]:
    """The file that has each of these numbers, also when it goes on in another; unknown numbers are not in it."""
    found = conn.execute("select case_number, person_id from person where case_number = any(%s)", [list(numbers)])
    return dict(found.fetchall())
