"""People around a young person: the log knows them only as `relative-1`; here is who that is."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from psycopg import Connection

from eventlog.keys import KeyRing, key_id_of
from people.names import clean_name
from people.sealing import keys_of, seal, unseal


class Relation(StrEnum):
    """What somebody is to the young person."""

    PARENT = "parent"
    CUSTODIAN = "custodian"
    SIBLING = "sibling"
    FOSTER_PARENT = "foster-parent"
    PARTNER = "partner"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Relative:
    """One of the people around a young person, opened to be shown."""

    reference: str
    relation: Relation
    name: str = field(repr=False)


def add_relative(conn: Connection, keys: KeyRing, person_id: UUID, name: str, relation: Relation, now: datetime) -> str:
    """Write a relative down and return the reference that events may use. KeyError when nobody has that id.

    The name lies under the young person's own key, so that it is erased with them.
    """
    # The person's row is locked, so that two relatives added at once get two references.
    row = conn.execute("select name_sealed from person where person_id = %s for update", [person_id]).fetchone()
    if row is None:
        raise KeyError(person_id)
    key = keys.get(conn, key_id_of(row[0]))
    count = conn.execute("select count(*) from relative where person_id = %s", [person_id]).fetchone()
    reference = f"relative-{(count[0] if count else 0) + 1}"
    sealed = seal(key, clean_name(name), "relative", f"{person_id}/{reference}")
    conn.execute(
        "insert into relative (person_id, reference, relation, name_sealed, created_at) values (%s, %s, %s, %s, %s)",
        [person_id, reference, relation, sealed, now],
    )
    return reference


def relatives(conn: Connection, keys: KeyRing, person_id: UUID) -> list[Relative]:
    """The people around this young person, in the order they were written down."""
    rows = conn.execute(
        "select reference, relation, name_sealed from relative where person_id = %s"
        " order by length(reference), reference",
        [person_id],
    ).fetchall()
    found = keys_of(conn, keys, [sealed for _, _, sealed in rows])
    names = [unseal(found, sealed, "relative", f"{person_id}/{reference}") for reference, _, sealed in rows]
    return [
        Relative(reference, Relation(relation), name)
        for (reference, relation, _), name in zip(rows, names, strict=True)
        if name is not None
    ]
