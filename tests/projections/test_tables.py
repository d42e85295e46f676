"""The tables when a program of another version made them: they are thrown away, and made again from the log."""

from datetime import date

import pytest

from database import Role
from domain.codes import Programme
from domain.events import ToldOfBreakOff
from projections import tables
from tests.projections.world import World, started

BROKE_OFF = ToldOfBreakOff(on=date(2026, 1, 5), programme=Programme.FGU)


def alter(world: World, command: str) -> None:
    """As if another version had made the tables; then this one starts."""
    with world.db.connection(Role.OWNER) as conn:
        conn.execute(command.encode())
        conn.execute("delete from installed where name = 'projections'")
    tables.install(world.db)


@pytest.fixture
def one(world: World) -> World:
    world.load_rules()
    world.happens(world.people[0], started(), BROKE_OFF)
    world.follow()
    return world


@pytest.mark.parametrize(
    "command",
    [
        "alter table worklist drop column tried_count",
        "alter table young add column last_on date",
        "drop table young",
        "alter table milepaelen rename column state to standing",
        "alter table parked rename column table_name to list",
    ],
)
def test_tables_of_another_shape_are_made_again_from_the_log(one: World, command: str) -> None:
    before = one.spans()
    alter(one, command)
    assert {name: len(rows) for name, rows in one.spans().items()} == dict.fromkeys(before, 0)
    one.follow()
    assert one.spans() == before


def test_tables_of_our_own_shape_stay(one: World) -> None:
    before, position = one.spans(), one.follow().position
    alter(one, "create index if not exists of_another_version on worklist (due_on)")
    assert one.spans() == before
    assert one.follow().position == position > 0


def test_arrays_and_codes_come_back_as_they_were_written(one: World) -> None:
    assert one.rows() == {name: {*rows} for name, rows in one.rows().items()}, "they can be in a set"
    [row] = [row for row in one.rows_of(one.people[0]) if row.rule_id == "KUI-02"]
    assert (row.checked_by, row.ask_again_on, row.tried_way) == ((), (), None)
