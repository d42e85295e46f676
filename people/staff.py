"""The municipality's units and staff, as its own file names them.

The file is read strictly, because a misspelt key would otherwise be a person without a right, or with one too many.
"""

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.resources import files
from typing import Any, TypeVar

from psycopg import Connection

from domain.codes import Party
from eventlog.keys import KeyRing
from people.danish_order import sort_key
from people.names import NameFault, clean_name
from people.sealing import house_key, keys_of, seal, unseal

Code = TypeVar("Code", bound=StrEnum)

_ID = re.compile(r"[a-z0-9-]{1,40}")


class Function(StrEnum):
    """What somebody does in their unit; rights follow from it and from the unit's party."""

    WORKER = "worker"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    DPO = "dpo"


class StaffFault(Exception):  # noqa: N818 - the name is the word operators see
    """The municipality's file cannot be used. The text says where and what, in Danish."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the municipality, or of somebody it works with, and the role it has in the effort."""

    unit_id: str
    party: Party
    name: str


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works here. Those who have left stay, `active` false: old entries still name them."""

    staff_id: str
    name: str = field(repr=False)
    unit_id: str
    unit_name: str
    party: Party
    function: Function
    active: bool = True


@dataclass(frozen=True, slots=True)
class Municipality:
    """What the file says."""

    name: str
    units: tuple[Unit, ...]
    staff: tuple[Staff, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading changed."""

    units: int
    staff: int
    left: int


def demo_municipality() -> str:
    """The text of the fictional municipality's file."""
    return files("people").joinpath("municipality-demo.toml").read_text("utf-8")


def read_municipality(text: str) -> Municipality:
    """Read the file. StaffFault names what is unknown, missing or there twice."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise StaffFault(f"Kommunens fil kan ikke læses: {fault}") from None
    where = "kommunens fil"
    _only_known_keys(tables, {"municipality", "unit"}, where)
    units: list[Unit] = []
    staff: list[Staff] = []
    for number, table in enumerate(_tables(tables, "unit", where), start=1):
        where = f"enhed nr. {number} ({table.get('id', 'uden id')})"
        _only_known_keys(table, {"id", "party", "name", "staff"}, where)
        unit = Unit(_id(table, where), _code(Party, table, "party", where), _name(table, "name", where))
        units.append(unit)
        staff += [_staff(person, unit) for person in _tables(table, "staff", where)]
    _each_once([unit.unit_id for unit in units], "Enheden")
    _each_once([person.staff_id for person in staff], "Medarbejderen")
    return Municipality(_name(tables, "municipality", "kommunens fil"), tuple(units), tuple(staff))


def load_staff(conn: Connection, keys: KeyRing, municipality: Municipality) -> Loaded:
    """Make the tables say what the file says; asked twice is nothing.

    Staff who are no longer in the file have left: they keep their row and lose their sessions.
    """
    known_units = {unit.unit_id: unit for unit in units(conn, keys)}
    known = {person.staff_id: person for person in _all_staff(conn, keys)}
    new_units = [unit for unit in municipality.units if known_units.get(unit.unit_id) != unit]
    # A unit's new name or party is no change of those who work there.
    new_staff = [
        person
        for person in municipality.staff
        if (old := known.get(person.staff_id)) is None or _own(old) != _own(person)
    ]
    left = [staff_id for staff_id, person in known.items() if person.active]
    left = sorted(set(left) - {person.staff_id for person in municipality.staff})
    if new_units or new_staff or left:
        key = house_key(conn, keys)
        conn.execute(
            _UPSERT_UNITS,
            _columns([(unit.unit_id, unit.party, seal(key, unit.name, "unit", unit.unit_id)) for unit in new_units], 3),
        )
        conn.execute(
            _UPSERT_STAFF,
            _columns(
                [
                    (one.staff_id, one.unit_id, one.function, seal(key, one.name, "staff", one.staff_id))
                    for one in new_staff
                ],
                4,
            ),
        )
        conn.execute("update staff set active = false where staff_id = any(%s)", [left])
        conn.execute("delete from session where staff_id = any(%s)", [left])
    return Loaded(len(new_units), len(new_staff), len(left))


def units(conn: Connection, keys: KeyRing) -> list[Unit]:
    """All units, by party and then by name in Danish order."""
    rows = conn.execute("select unit_id, party, name_sealed from unit").fetchall()
    found = keys_of(conn, keys, [sealed for _, _, sealed in rows])
    opened = [
        Unit(unit_id, Party(party), unseal(found, sealed, "unit", unit_id) or "") for unit_id, party, sealed in rows
    ]
    parties = list(Party)
    return sorted(opened, key=lambda unit: (parties.index(unit.party), sort_key(unit.name)))


def staff_list(conn: Connection, keys: KeyRing) -> list[Staff]:
    """Everybody who works here now, in Danish order of their names."""
    return [person for person in _all_staff(conn, keys) if person.active]


def who_works_here(conn: Connection) -> frozenset[str]:
    """The ids of everybody who works here now; no name is opened."""
    return frozenset(staff_id for (staff_id,) in conn.execute("select staff_id from staff where active"))


def staff_by_id(conn: Connection, keys: KeyRing, staff_id: str) -> Staff | None:
    """This person, also when they have left; None when nobody ever had the id."""
    return next(iter(_read(conn, keys, [staff_id])), None) if _ID.fullmatch(staff_id) else None


def staff_by_ids(conn: Connection, keys: KeyRing, staff_ids: Collection[str]) -> dict[str, Staff]:
    """These people, also those who have left; who was never here is not in it."""
    found = _read(conn, keys, list(staff_ids)) if staff_ids else []
    return {person.staff_id: person for person in found}


def _all_staff(conn: Connection, keys: KeyRing) -> list[Staff]:
    return _read(conn, keys, None)


def _read(conn: Connection, keys: KeyRing, staff_ids: Sequence[str] | None) -> list[Staff]:
    rows = conn.execute(_SELECT, [staff_ids, staff_ids]).fetchall()
    found = keys_of(conn, keys, [sealed for row in rows for sealed in row[-2:]])
    people = [
        Staff(
            staff_id=staff_id,
            name=unseal(found, name, "staff", staff_id) or "",
            unit_id=unit_id,
            unit_name=unseal(found, unit_name, "unit", unit_id) or "",
            party=Party(party),
            function=Function(function),
            active=active,
        )
        for staff_id, unit_id, function, active, party, name, unit_name in rows
    ]
    return sorted(people, key=lambda person: (sort_key(person.name), person.staff_id))


_SELECT = """
select staff_id, unit_id, function, active, party, staff.name_sealed, unit.name_sealed
from staff join unit using (unit_id)
where %s::text[] is null or staff_id = any(%s)
"""

_UPSERT_UNITS = """
insert into unit (unit_id, party, name_sealed)
select * from unnest(%s::text[], %s::text[], %s::bytea[])
on conflict (unit_id) do update set party = excluded.party, name_sealed = excluded.name_sealed
"""

_UPSERT_STAFF = """
insert into staff (staff_id, unit_id, function, name_sealed, active)
select *, true from unnest(%s::text[], %s::text[], %s::text[], %s::bytea[])
on conflict (staff_id) do update set
    unit_id = excluded.unit_id, function = excluded.function, name_sealed = excluded.name_sealed, active = true
"""


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [[row[column] for row in rows] for column in range(width)]


def _own(person: Staff) -> tuple[str, str, Function, bool]:
    return (person.name, person.unit_id, person.function, person.active)


def _staff(table: Mapping[str, Any], unit: Unit) -> Staff:
    where = f"medarbejderen {table.get('id', 'uden id')} i enheden {unit.unit_id}"
    _only_known_keys(table, {"id", "name", "function"}, where)
    return Staff(
        staff_id=_id(table, where),
        name=_name(table, "name", where),
        unit_id=unit.unit_id,
        unit_name=unit.name,
        party=unit.party,
        function=_code(Function, table, "function", where),
    )


def _tables(table: Mapping[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise StaffFault(f"I {where} skal “{key}” skrives som [[{key}]].")
    return found


def _only_known_keys(table: Mapping[str, Any], known: set[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise StaffFault(f"I {where} står nøglen “{key}”, som ikke findes.")


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str):
        raise StaffFault(f"I {where} mangler “{key}”, eller den er ikke en tekst.")
    return value


def _id(table: Mapping[str, Any], where: str) -> str:
    value = _text(table, "id", where)
    if _ID.fullmatch(value) is None:
        raise StaffFault(f"I {where} må “id” kun have små bogstaver a-z, tal og bindestreg, højst 40 tegn.")
    return value


def _name(table: Mapping[str, Any], key: str, where: str) -> str:
    try:
        return clean_name(_text(table, key, where))
    except NameFault as fault:
        raise StaffFault(f"I {where} kan “{key}” ikke bruges: {fault}") from None


def _code(codes: type[Code], table: Mapping[str, Any], key: str, where: str) -> Code:
    value = _text(table, key, where)
    try:
        return codes(value)
    except ValueError:
        raise StaffFault(f"I {where} står “{value}” som “{key}”; det skal være en af: {', '.join(codes)}.") from None


def _each_once(ids: Sequence[str], what: str) -> None:
    for one in ids:
        if ids.count(one) > 1:
            raise StaffFault(f"{what} “{one}” står der flere gange.")
