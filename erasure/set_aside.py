"""What intake holds of a person: rows that were set aside, rows of full lists, and what was proposed from them."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from psycopg import Connection, sql

from domain.catalogue import BY_CODE
from domain.codes import KeyGroup
from intake import Office
from intake.aside import person_key
from intake.correcting import cells_of, person_in
from intake.profile import Kind, Profile
from intake.waiting import open_row


def forget_rows(conn: Connection[Any], office: Office, streams: list[UUID], group: KeyGroup | None) -> None:
    """Delete the rows that were set aside, of one group those of the files that tell of it.

    Before the register and the keys go: rows are known by the person's number.
    """
    only = None if group is None else [one.name for one in office.profiles if _tells(one, group)]
    conn.execute(
        "delete from set_aside using delivery where delivery.delivery_id = set_aside.delivery_id"
        " and person_key = any(%s) and (%s::text[] is null or profile = any(%s))",
        [_person_keys(conn, office, streams), only, only],
    )


def drop_from_lists(conn: Connection[Any], streams: list[UUID], group: KeyGroup | None) -> None:
    """Delete what stood on full lists and what was proposed from them; of one group what no key opens any more."""
    for name in ("listed", "proposal"):
        conn.execute(
            sql.SQL(
                "delete from {name} where person_id = any(%s) and (%s or not exists (select from log_keys"
                " where key_id = encode(substr({name}.sealed, 2, 16), 'hex')::uuid))"
            ).format(name=sql.Identifier(name)),
            [streams, group is None],
        )


def _person_keys(conn: Connection[Any], office: Office, streams: list[UUID]) -> list[bytes]:
    """By which these people's rows are known, also under a number that was exchanged, as far as a list had it."""
    found = conn.execute("select distinct person_key from listed where person_id = any(%s)", [streams])
    keys = {bytes(key) for (key,) in found}
    numbers = [office.register.number_of(conn, stream) for stream in streams]
    keys |= {person_key(office.secrets, number) for number in numbers if number}
    if None in numbers:
        keys |= _read_in_rows(conn, office, streams)
    return list(keys)


def _read_in_rows(conn: Connection[Any], office: Office, streams: Collection[UUID]) -> set[bytes]:
    """The same when a number cannot be opened: an old database under newer keys, after a restore.

    The register still says which HMAC the number has, and the rows themselves which number they are about.
    """
    by_name = {profile.name: profile for profile in office.profiles}
    wanted = set(streams)
    found = set()
    one_of_each = "select distinct on (person_key) row_id from set_aside where person_key is not null"
    for (row_id,) in conn.execute(one_of_each).fetchall():
        row = open_row(conn, office.log.keys, row_id, list(by_name))
        number = row and person_in(by_name[row.profile], row.waiting, cells_of(row.waiting)[0], demo=office.log.is_demo)
        if row and number and row.person_key and _holders(conn, office, number) & wanted:
            found.add(row.person_key)
    return found


def _holders(conn: Connection[Any], office: Office, number: Any) -> set[UUID]:
    return set(office.register.find_by_cpr(conn, [number]).values())


def _tells(profile: Profile, group: KeyGroup) -> bool:
    """Whether such a file can tell something of the group."""
    if profile.kind is Kind.PEOPLE:
        return False
    classes = (BY_CODE[code].data_class for code in profile.told)
    return any(one is not None and one.group is group for one in classes)
