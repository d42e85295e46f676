import threading
from datetime import date
from typing import Any

import pytest
from psycopg.errors import LockNotAvailable

from database import Role
from domain.codes import ContactWay, Programme
from domain.events import ContactMade, ToldOfBreakOff
from projections import rebuild as rebuilding
from projections.follow import Follower
from projections.rebuild import rebuild
from projections.spans import TABLES
from projections.turns import RebuildRunning, alone
from tests.projections.world import World, started

BROKE_OFF = ToldOfBreakOff(on=date(2026, 1, 5), programme=Programme.FGU)
CONTACT = ContactMade(on=date(2026, 1, 8), way=ContactWay.PHONE)


@pytest.fixture
def two(world: World) -> World:
    world.load_rules()
    for person in world.people[:2]:
        world.happens(person, started(), BROKE_OFF)
    world.happens(world.people[0], CONTACT)
    return world


def names(world: World) -> set[tuple[str, str]]:
    """Every table, index and constraint of the room."""
    with world.db.connection(Role.OWNER) as conn:
        found = conn.execute(
            "select relkind::text, relname::text from pg_class"
            " where relnamespace = current_schema::regnamespace"
            " union select 'constraint', conname::text from pg_constraint"
            " where connamespace = current_schema::regnamespace"
        )
        return set(found.fetchall())


def test_a_rebuild_makes_the_same_rows_and_says_what_it_did(two: World) -> None:
    two.follow()
    before = two.spans()
    figures = rebuild(two.db, two.log, chunk=1)
    assert two.spans() == before
    assert (figures.position, figures.people, figures.entries) == (6, 2, 5)
    assert figures.rows == sum(map(len, before.values()))
    assert (figures.parked, figures.differences) == (0, 0)
    assert figures.seconds > 0


def test_it_fills_tables_that_nobody_has_followed(two: World) -> None:
    rebuild(two.db, two.log)
    rebuilt = two.spans()
    assert Follower(two.db, two.log).position == 6
    two.begin_again_tables()
    two.follow()
    assert two.spans() == rebuilt


def test_an_empty_log_can_be_rebuilt(world: World) -> None:
    assert rebuild(world.db, world.log).position == 0


def test_it_repairs_what_somebody_broke_and_counts_it(two: World) -> None:
    two.follow()
    right = two.spans()
    with two.db.connection(Role.OWNER) as conn:
        conn.execute("delete from worklist where to_position is not null")
        conn.execute("update young set born_on = '2000-01-01' where person_id = %s", [two.people[1]])
    figures = rebuild(two.db, two.log)
    assert two.spans() == right
    assert figures.differences > 0


def test_the_follower_goes_on_in_the_new_tables(two: World) -> None:
    follower = two.follow()
    rebuild(two.db, two.log)
    two.happens(two.people[1], CONTACT)
    assert follower.catch_up() == 0, "it has noticed that the tables are new"
    assert follower.catch_up() == 1
    assert len(two.rows_of(two.people[1])) == 1


def test_the_new_tables_have_the_old_names_rights_and_indexes(two: World) -> None:
    before = names(two)
    for _ in range(2):
        rebuild(two.db, two.log)
        assert names(two) == before
    with two.db.connection(Role.APPLICATION) as conn:
        conn.execute("select count(*) from worklist")
        with pytest.raises(Exception, match="permission denied"):
            conn.execute("delete from worklist")


def test_what_an_interrupted_rebuild_left_behind_is_cleared_away(two: World, monkeypatch: pytest.MonkeyPatch) -> None:
    two.follow()
    before, live = names(two), two.spans()
    with monkeypatch.context() as broken:
        broken.setattr(rebuilding, "_switch", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rebuild(two.db, two.log)
    assert two.spans() == live, "the tables in use were not touched"
    rebuild(two.db, two.log)
    assert (names(two), two.spans()) == (before, live)


def test_two_rebuilds_at_once_are_one_too_many(two: World) -> None:
    with alone(two.db), pytest.raises(RebuildRunning):
        rebuild(two.db, two.log)
    rebuild(two.db, two.log)


def test_nobody_moves_the_old_tables_while_they_are_compared(two: World, monkeypatch: pytest.MonkeyPatch) -> None:
    two.follow()
    compare, tried = rebuilding._differences, []

    def comparing(*arguments: Any) -> int:
        with two.db.connection(Role.FOLLOWER) as conn, pytest.raises(LockNotAvailable):
            tried.append("moved")
            conn.execute("select 1 from follower where name = 'live' for update nowait")
        return compare(*arguments)

    monkeypatch.setattr(rebuilding, "_differences", comparing)
    rebuild(two.db, two.log)
    assert tried == ["moved"] * len(TABLES), "once for each table"


def test_people_read_and_write_while_it_runs(two: World) -> None:
    stop, faults = threading.Event(), []
    follower = two.follow()
    following = threading.Thread(target=follower.run, args=(stop,), kwargs={"seconds": 0.1})

    def read() -> None:
        while not stop.is_set():
            try:
                assert len(two.rows()["young"]) == 2
            except Exception as fault:  # noqa: BLE001 - told below
                faults.append(fault)

    reading = threading.Thread(target=read)
    following.start()
    reading.start()
    try:
        for number in range(5):
            two.happens(two.people[number % 2], BROKE_OFF, CONTACT)
            rebuild(two.db, two.log)
    finally:
        stop.set()
        following.join(timeout=30)
        reading.join(timeout=30)
    assert faults == []
    two.follow()
    live = two.spans()
    assert rebuild(two.db, two.log).differences == 0
    assert two.spans() == live
