import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import uuid4

import psycopg
import pytest

from database import Role
from domain.choices import CloseReason
from domain.codes import ContactWay, Matter, Party, Programme
from domain.days import birthday
from domain.events import (
    BirthDateCorrected,
    ContactMade,
    ContactTried,
    EducationPlanMade,
    JourneyClosed,
    ToldOfBreakOff,
)
from projections import follow
from projections.follow import Follower, position
from projections.rebuild import rebuild
from projections.rows import NextMove, RowState
from tests.four import FOUR
from tests.projections.world import CLOSED_DAYS, World, responsible, sent, started, without_positions
from tests.servers import superuser_conninfo

BROKE_OFF = ToldOfBreakOff(on=date(2026, 1, 5), programme=Programme.FGU)
CONTACT = ContactMade(on=date(2026, 1, 8), way=ContactWay.PHONE)


@pytest.fixture
def two(world: World) -> World:
    world.load_rules()
    for person in world.people[:2]:
        world.happens(person, started(), responsible(Matter.GUIDANCE, Party.UU), BROKE_OFF)
    return world


def moves(world: World, number: int) -> list[NextMove]:
    return [row.next_move for row in world.rows_of(world.people[number])]


BOTH = [NextMove.MAKE_CONTACT, NextMove.OFFER_ACTIVITY]


def test_a_break_off_puts_two_rows_on_the_list_and_contact_takes_one_away(two: World) -> None:
    two.follow()
    assert moves(two, 0) == BOTH

    two.happens(two.people[0], CONTACT)
    two.follow()
    assert moves(two, 0) == [NextMove.OFFER_ACTIVITY]
    assert moves(two, 1) == BOTH


def test_a_sent_handover_is_a_row_of_the_receiver(world: World) -> None:
    world.happens(world.people[0], started(), sent(uuid4(), date(2026, 1, 5)))
    world.follow()
    (row,) = world.rows_of(world.people[0])
    assert (row.holder, row.state, row.next_move) == (
        Party.MILEPAELEN,
        RowState.SENT,
        NextMove.ANSWER_HANDOVER,
    )


def test_a_meeting_moves_the_position_and_nothing_else(two: World) -> None:
    two.follow()
    before = two.spans()
    two.call_meeting()
    two.follow()
    assert two.spans() == before
    with two.db.connection(Role.APPLICATION) as conn:
        assert position(conn) == two.log.position()


def test_other_rules_give_rows_also_to_whom_nobody_follows_any_longer(world: World) -> None:
    """They are on no list of people, and stood under these rules until they were closed."""
    world.load_rules("")
    ida = world.people[0]
    closed = JourneyClosed(on=date(2026, 2, 2), reason=CloseReason.MOVED_AWAY)
    world.happens(ida, started(), BROKE_OFF, closed)
    world.follow()
    assert world.rows_of(ida) == []
    world.load_rules()
    world.follow()
    assert {row.stands_until for row in world.rows_of(ida)} == {date(2026, 2, 2)}
    assert without_positions(world.rows()) == world.folded(world.log.position())


def test_what_no_rule_names_writes_no_row_of_the_worklist(two: World) -> None:
    two.follow()
    before = two.spans()["worklist"]
    two.happens(two.people[0], EducationPlanMade(on=date(2026, 1, 6)))
    two.follow()
    assert two.spans()["worklist"] == before


def test_a_try_writes_anew_the_rows_that_tell_of_it_and_no_others(two: World) -> None:
    two.follow()
    before = {row.row_key: row for row in two.rows_of(two.people[0])}
    two.happens(two.people[0], ContactTried(on=date(2026, 1, 6), way=ContactWay.PHONE))
    two.follow()
    changed = [row for row in two.rows_of(two.people[0]) if row != before[row.row_key]]
    assert [(row.rule_id, row.tried_count) for row in changed] == [("KUI-02", 1)]
    spans = two.spans()["worklist"]
    assert len(spans) == len({span[:2] for span in spans}) + 1, "one row has a span more"


def test_a_row_that_came_and_went_inside_one_batch_is_a_span_all_the_same(two: World) -> None:
    two.happens(two.people[0], CONTACT)
    two.follow()  # one batch
    made, ida = two.log.position(), two.people[0]
    then = {row.next_move for owner, row, _ in two.rows(as_of=made - 1)["worklist"] if owner == ida}  # type: ignore[attr-defined]
    assert then == set(BOTH)
    assert moves(two, 0) == [NextMove.OFFER_ACTIVITY]


def test_a_correction_moves_the_row_and_the_old_one_is_still_known(two: World) -> None:
    two.follow()
    before = two.log.position()
    ida = two.people[0]
    two.happens(ida, BirthDateCorrected(on=date(2026, 1, 6), born_on=date(2009, 1, 1)))
    two.follow()
    assert {row.stands_until for row in two.rows_of(ida)} == {birthday(date(2009, 1, 1), 18)}
    then = [row for owner, row, _ in two.rows(as_of=before)["worklist"] if owner == ida]
    assert {row.stands_until for row in then} == {date(2026, 4, 3)}  # type: ignore[attr-defined]


def test_the_same_source_with_other_content_takes_the_first_ones_place(world: World) -> None:
    ida = world.people[0]
    world.load_rules()
    world.happens(ida, started())
    world.happens(ida, BROKE_OFF, source="42")
    world.follow()
    world.happens(ida, ToldOfBreakOff(on=date(2026, 1, 7), programme=Programme.FGU), source="42")
    world.follow()
    rows = {row.rule_id: row for row in world.rows_of(ida)}
    assert rows["KUI-03"].triggered_on == date(2026, 1, 7)
    assert rows["KUI-02"].due_on == date(2026, 1, 12), "the clock runs from when it was first known"


def test_other_rules_make_everybodys_rows_again_from_their_position_on(two: World) -> None:
    two.follow()
    slower = FOUR.replace("working_days = 5", "working_days = 10")
    two.load_rules(slower)
    two.happens(two.people[1], CONTACT)
    two.follow()
    loaded_at = two.log.position() - 1
    due = {row.rule_id: row.due_on for row in two.rows_of(two.people[0])}
    assert due["KUI-02"] == date(2026, 1, 19)
    assert {first for owner, _, first in two.rows()["worklist"] if owner == two.people[0]} == {loaded_at}
    before = {row.rules_hash for _, row, _ in two.rows(as_of=loaded_at - 1)["worklist"]}  # type: ignore[attr-defined]
    after = {row.rules_hash for _, row, _ in two.rows(as_of=loaded_at)["worklist"]}  # type: ignore[attr-defined]
    assert (len(before), len(after)) == (1, 1)
    assert before != after


def test_who_is_remembered_is_remembered_under_the_new_rules(two: World) -> None:
    follower = two.follow()
    two.load_rules(FOUR.replace("working_days = 5", "working_days = 10"))
    two.happens(two.people[0], CONTACT)
    while follower.catch_up():
        pass
    live = two.spans()
    rebuild(two.db, two.log)
    assert two.spans() == live


def test_a_change_of_rules_takes_people_some_at_a_time(two: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "CHUNK", 1)
    two.follow()
    two.load_rules("", CLOSED_DAYS)
    two.follow()
    assert two.rows()["worklist"] == set()


def test_of_two_followers_at_once_nothing_is_written_twice(two: World) -> None:
    first, second = Follower(two.db, two.log), Follower(two.db, two.log)
    assert (first.position, second.position) == (0, 0)
    assert first.catch_up() == 1, "the rules are a batch of their own"
    assert second.catch_up(3) == 0, "it was overtaken, and has noticed"
    assert second.catch_up() > 0
    assert first.catch_up() == 0
    live = two.spans()
    rebuild(two.db, two.log)
    assert two.spans() == live


def test_many_followers_racing_leave_the_same_rows_as_one(two: World) -> None:
    for number in range(30):
        two.happens(two.people[number % 4], *([started()] if number in (2, 3) else []), BROKE_OFF, CONTACT)
    end = two.log.position()

    def race() -> None:
        follower = Follower(two.db, two.log)
        while follower.position < end:
            follower.catch_up(3)

    threads = [threading.Thread(target=race) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    live = two.spans()
    rebuild(two.db, two.log)
    assert two.spans() == live


def test_only_the_most_recent_people_are_remembered(two: World) -> None:
    follower = Follower(two.db, two.log, kept=1)
    while follower.catch_up():
        pass
    assert list(follower._people) == [two.people[1]]


class TestRunning:
    def test_it_follows_until_it_is_told_to_stop(self, two: World) -> None:
        with running(two):
            until(lambda: bool(two.rows()["worklist"]))
            assert moves(two, 0) == BOTH
            started_at = time.perf_counter()
            two.happens(two.people[0], CONTACT)
            until(lambda: moves(two, 0) == [NextMove.OFFER_ACTIVITY])
            assert time.perf_counter() - started_at < 2

    def test_it_survives_that_the_database_goes_away(self, two: World) -> None:
        with running(two):
            until(lambda: bool(two.rows()["worklist"]))
            with psycopg.connect(superuser_conninfo(), autocommit=True) as conn:
                conn.execute("alter role overgang_follower nologin")
                try:
                    for _ in range(10):
                        conn.execute(
                            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'overgang_follower'"
                        )
                        time.sleep(0.05)
                    two.happens(two.people[0], CONTACT)
                finally:
                    conn.execute("alter role overgang_follower login")
            until(lambda: moves(two, 0) == [NextMove.OFFER_ACTIVITY])


@contextmanager
def running(world: World) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=Follower(world.db, world.log).run, args=(stop,), kwargs={"seconds": 0.2})
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=30)
    assert not thread.is_alive()


def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    end = time.perf_counter() + seconds
    while not holds():
        assert time.perf_counter() < end, "it never came to hold"
        time.sleep(0.01)
