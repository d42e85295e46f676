"""What is told of who is parked."""

from datetime import date

from database import Role
from domain.codes import ContactWay, Programme
from domain.events import ContactMade, ToldOfBreakOff
from projections.parked import Freshness, freshness, left_out, parked_people
from projections.spans import TABLES, WORKLIST
from tests.projections.poison import faulty, spoil
from tests.projections.world import World, started

BROKE_OFF = ToldOfBreakOff(on=date(2026, 1, 5), programme=Programme.FGU)
CONTACT = ContactMade(on=date(2026, 1, 8), way=ContactWay.PHONE)


def test_each_place_where_somebody_is_parked_is_a_line_with_when_it_was_recorded(world: World) -> None:
    world.load_rules()
    for person in world.people[:3]:
        world.happens(person, started(), BROKE_OFF, CONTACT)
    spoil(world, 7)
    with faulty(WORKLIST, lambda life, _: ContactMade in life.by_type):
        world.follow()
    with world.db.connection(Role.APPLICATION) as conn:
        found = left_out(conn)
        recorded = dict(conn.execute("select notification_id, recorded_at from log_events").fetchall())
        assert parked_people(conn) == sorted(world.people[:3])
        assert freshness(conn) == Freshness(world.log.position(), 3)
    every = tuple(sorted(table.name for table in TABLES))
    assert [(one.person_id, one.tables, one.position, one.reason) for one in found] == [
        (world.people[0], ("worklist",), 4, "ZeroDivisionError"),
        (world.people[1], every, 7, "Forged"),
        (world.people[2], ("worklist",), 10, "ZeroDivisionError"),
    ]
    assert [one.since for one in found] == [recorded[position] for position in (4, 7, 10)]


def test_before_anybody_has_followed_the_lists_have_come_nowhere(world: World) -> None:
    with world.db.connection(Role.APPLICATION) as conn:
        assert freshness(conn) == Freshness(0, 0)
        assert left_out(conn) == parked_people(conn) == []
