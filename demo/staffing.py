"""Who works in the fictional municipality: the people that the lives name as contact persons and writers."""

from dataclasses import replace
from functools import cache

from domain.codes import Party
from domain.text import StaffId
from people.staff import Function, Municipality, Staff, demo_municipality, read_municipality

LEFT = StaffId("tage-tidligere")
"""A counsellor who does not work here any more: the file is without him, some young people are not yet."""

AWAY, SUBSTITUTE, LEADER = "anders-vejleder", "viggo-vikar", "ulla-uddannelsesleder"
"""A counsellor who is away these weeks, the one who stands in and has nobody of his own, and who arranged it."""

_UU = "uu-nordvest"


@cache
def municipality() -> Municipality:
    """The municipality as it is now."""
    return read_municipality(demo_municipality())


@cache
def municipality_before() -> Municipality:
    """The same while the one who has left still worked there."""
    now = municipality()
    unit = next(one for one in now.units if one.unit_id == _UU)
    left = Staff(
        staff_id=LEFT,
        name="Tage Tidligere",
        unit_id=unit.unit_id,
        unit_name=unit.name,
        party=unit.party,
        function=Function.WORKER,
    )
    return replace(now, staff=(*now.staff, left))


@cache
def workers(party: Party) -> tuple[Staff, ...]:
    """Those who work with young people for this party; a party without anybody has its coordinator do it."""
    there = (one for one in municipality().staff if one.party is party and one.function is Function.WORKER)
    found = tuple(one for one in there if one.staff_id != SUBSTITUTE)
    return found or tuple(one for one in municipality().staff if one.function is Function.COORDINATOR)


def staff_of(party: Party, number: int) -> Staff:
    """Who this young person has there: always the same."""
    there = workers(party)
    return there[number % len(there)]
