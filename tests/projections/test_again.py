"""Working people out again: they go on where they can, and nothing that was remembered of them counts any longer."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest

from database import Role
from domain.codes import ContactWay, Programme
from domain.events import BirthDateCorrected, ContactMade, ContactTried, ToldOfBreakOff
from projections import again
from projections.again import work_out_again
from projections.follow import Follower
from projections.rebuild import rebuild
from projections.spans import TABLES, WORKLIST, YOUNG
from projections.turns import RebuildRunning, alone, beside_others
from tests import servers
from tests.projections.poison import faulty, spoil
from tests.projections.test_follow import running, until
from tests.projections.world import World, at, open_world, started

ROOT = Path(__file__).parent.parent.parent
BROKE_OFF = ToldOfBreakOff(on=date(2026, 1, 5), programme=Programme.FGU)
TRIED = ContactTried(on=date(2026, 1, 6), way=ContactWay.PHONE)
CONTACT = ContactMade(on=date(2026, 1, 8), way=ContactWay.PHONE)
BORN_AGAIN = BirthDateCorrected(on=date(2026, 1, 9), born_on=date(2008, 5, 1))


@pytest.fixture
def two(world: World) -> World:
    world.load_rules()
    for person in world.people[:2]:
        world.happens(person, started(), BROKE_OFF)
    return world


def equals_a_rebuild(world: World) -> None:
    live = world.spans(), world.parked()
    assert rebuild(world.db, world.log).differences == 0
    assert (world.spans(), world.parked()) == live


def born(world: World, person: UUID) -> set[object]:
    rows = world.rows()
    return {row.born_on for name in ("young", "worklist") for owner, row, _ in rows[name] if owner == person}  # type: ignore[attr-defined]


class TestGoingOn:
    def test_whoever_can_be_read_again_goes_on_as_if_nothing_had_been(self, two: World) -> None:
        ida = two.people[0]
        two.happens(ida, CONTACT)
        put_right = spoil(two, two.log.position())
        two.happens(ida, BORN_AGAIN)
        follower = two.follow()
        two.load_rules(closed_days=())
        two.happens(two.people[1], CONTACT)
        while follower.catch_up():
            pass
        assert born(two, ida) == {date(2008, 4, 3)}

        put_right()
        assert two.parked(), "it does not go on by itself"
        done = work_out_again(two.db, two.log, [ida])
        assert (done.people, done.going_on, done.parked) == (1, 1, 0)
        assert two.parked() == set()
        assert born(two, ida) == {date(2008, 5, 1)}
        equals_a_rebuild(two)

    def test_whoever_still_cannot_be_read_is_parked_where_it_fails_now(self, two: World) -> None:
        ida, per = two.people[:2]
        for person in (ida, per):
            two.happens(person, CONTACT, TRIED, BORN_AGAIN)
        end = two.log.position()
        first, later = spoil(two, end - 5), spoil(two, end - 4)
        spoil(two, end - 2)
        two.follow()
        first()
        done = work_out_again(two.db, two.log, [ida, per])
        assert (done.people, done.going_on, done.parked) == (2, 0, 2)
        assert {(person, position) for person, _, position, _ in two.parked()} == {(ida, end - 4), (per, end - 2)}
        assert len(two.rows_of(ida)) == 1, "the contact counts, what came after it does not"
        later()
        assert work_out_again(two.db, two.log, [ida]).parked == 0
        assert {person for person, *_ in two.parked()} == {per}
        equals_a_rebuild(two)

    def test_a_table_that_can_make_their_rows_again_has_them_and_another_that_cannot_has_not(self, two: World) -> None:
        ida = two.people[0]
        with faulty(YOUNG, lambda life, _: ContactTried in life.by_type):
            with faulty(WORKLIST, lambda life, _: ContactTried in life.by_type):
                two.happens(ida, TRIED, BORN_AGAIN)
                two.follow()
            assert {name for _, name, *_ in two.parked()} == {"young", "worklist"}
            assert work_out_again(two.db, two.log, [ida]).parked == 1
            assert {name for _, name, *_ in two.parked()} == {"young"}
            assert {row.born_on for row in two.rows_of(ida)} == {date(2008, 5, 1)}
            equals_a_rebuild(two)

    def test_a_row_that_the_database_does_not_take_parks_again(self, two: World) -> None:
        from tests.projections.world import sent

        two.happens(two.people[0], sent(uuid4(), date(2026, 1, 7), rule="a\0b"))
        two.happens(two.people[0], BORN_AGAIN)
        two.follow()
        before = two.spans(), two.parked()
        assert work_out_again(two.db, two.log, two.people[:2]).parked == 1
        assert (two.spans(), two.parked()) == before
        equals_a_rebuild(two)

    def test_only_as_far_as_the_tables_have_come(self, two: World) -> None:
        follower = Follower(two.db, two.log)
        assert (follower.catch_up(1), follower.catch_up(2)) == (1, 2)
        two.happens(two.people[0], CONTACT)
        before = two.spans()
        work_out_again(two.db, two.log, two.people)
        assert two.spans() == before
        two.follow()
        equals_a_rebuild(two)

    def test_tables_that_nobody_has_followed_stay_empty_and_nobody_asked_for_is_nothing(self, two: World) -> None:
        assert work_out_again(two.db, two.log, two.people).people == 4
        assert two.spans() == {table.name: set() for table in TABLES}
        assert work_out_again(two.db, two.log, []).people == 0
        two.follow()
        equals_a_rebuild(two)

    def test_whoever_is_asked_for_twice_is_one_and_somebody_unknown_has_no_rows(self, two: World) -> None:
        two.follow()
        before = two.spans()
        assert work_out_again(two.db, two.log, [two.people[0], two.people[0], uuid4()]).people == 2
        assert two.spans() == before


class TestFollowers:
    def test_a_follower_that_remembers_them_as_they_were_does_not_write_it(self, two: World) -> None:
        ida = two.people[0]
        with faulty(WORKLIST, lambda life, _: ContactTried in life.by_type):
            two.happens(ida, TRIED)
            remembering = two.follow()
            assert two.parked()
        work_out_again(two.db, two.log, [ida])
        two.happens(ida, CONTACT)
        assert remembering.catch_up() == 0, "it has noticed"
        assert remembering.catch_up() == 1
        assert len(two.rows_of(ida)) == 1
        equals_a_rebuild(two)

    def test_nor_does_one_in_the_middle_of_a_batch(self, two: World, monkeypatch: pytest.MonkeyPatch) -> None:
        """It has read and folded, and only has to write."""
        two.follow()
        follower = Follower(two.db, two.log)
        two.happens(two.people[0], CONTACT)
        move = Follower._move

        def moving(*arguments: object) -> None:
            monkeypatch.setattr(Follower, "_move", move)
            work_out_again(two.db, two.log, two.people[:2])
            move(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(Follower, "_move", moving)
        assert follower.catch_up() == 0
        assert follower.catch_up() == 1
        equals_a_rebuild(two)

    def test_while_people_write_and_two_follow_and_some_are_worked_out_the_rows_are_the_fold(self, two: World) -> None:
        stop = threading.Event()
        faults: list[Exception] = []

        def work(seed: int) -> None:
            chosen = Random(seed)
            while not stop.is_set():
                try:
                    work_out_again(two.db, two.log, chosen.sample(two.people, 2), chunk=1)
                except Exception as fault:  # noqa: BLE001 - told below
                    faults.append(fault)

        workers = [threading.Thread(target=work, args=[seed]) for seed in (1, 2)]
        with running(two), running(two):
            for worker in workers:
                worker.start()
            for number in range(40):
                two.happens(two.people[number % 2], TRIED, CONTACT)
            stop.set()
            for worker in workers:
                worker.join(timeout=30)
            end = two.log.position()
            until(lambda: Follower(two.db, two.log).position == end)
        assert faults == []
        equals_a_rebuild(two)


class TestRebuilds:
    def test_while_somebody_rebuilds_it_waits_and_then_is_refused(self, two: World) -> None:
        two.follow()
        before = two.spans()
        with alone(two.db):
            began = time.perf_counter()
            with pytest.raises(RebuildRunning):
                work_out_again(two.db, two.log, two.people, patience=0.5)
            assert 0.5 <= time.perf_counter() - began < 5
        assert two.spans() == before
        assert work_out_again(two.db, two.log, two.people, patience=0).people == 4

    def test_nobody_rebuilds_meanwhile_but_others_may_work_people_out(self, two: World) -> None:
        two.follow()
        with beside_others(two.db, 0):
            with pytest.raises(RebuildRunning):
                rebuild(two.db, two.log)
            assert work_out_again(two.db, two.log, two.people, patience=0).people == 4
        rebuild(two.db, two.log)

    def test_what_a_rebuild_read_before_does_not_come_back_with_its_switch(self, two: World) -> None:
        """An entry is put right when the rebuild has read its person and not yet switched."""
        two.happens(two.people[0], BORN_AGAIN)
        put_right = spoil(two, two.log.position())
        two.follow()
        from projections import rebuild as rebuilding

        finish, workers = rebuilding._finish, []

        def finishing(*arguments: object) -> None:
            put_right()
            worker = threading.Thread(target=work_out_again, args=(two.db, two.log, two.people[:1]))
            worker.start()
            workers.append(worker)
            time.sleep(0.5)
            assert worker.is_alive(), "it waits"
            finish(*arguments)  # type: ignore[arg-type]

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(rebuilding, "_finish", finishing)
            assert rebuild(two.db, two.log).parked == 1
        workers[0].join(timeout=30)
        assert two.parked() == set()
        assert born(two, two.people[0]) == {date(2008, 5, 1)}
        equals_a_rebuild(two)


class TestErased:
    @pytest.fixture
    def own(self) -> Iterator[World]:
        """A world of its own: a ledger is not forgotten between tests."""
        with open_world() as world:
            world.begin_again()
            world.load_rules()
            for person in world.people[:3]:
                world.happens(person, started(), BROKE_OFF, CONTACT)
            yield world

    @staticmethod
    def erase(world: World, person: UUID) -> None:
        with world.db.connection(Role.ERASER) as conn:
            world.log.erase(conn, uuid4(), person, None, at(date(2026, 2, 1)))

    def people_with_rows(self, world: World) -> set[object]:
        return {span[0] for spans in world.spans().values() for span in spans}

    def test_an_erased_person_has_no_rows_and_others_have_theirs(self, own: World) -> None:
        ida, per, eva, _ = own.people
        follower = own.follow()
        before = own.spans()
        self.erase(own, ida)
        assert work_out_again(own.db, own.log, [ida]).parked == 0
        assert self.people_with_rows(own) == {per, eva}
        others = {name: {span for span in spans if span[0] != ida} for name, spans in before.items()}
        assert own.spans() == others
        own.load_rules(closed_days=())
        own.happens(per, BORN_AGAIN)
        while follower.catch_up() or follower.catch_up():
            pass
        assert self.people_with_rows(own) == {per, eva}
        assert own.parked() == set()
        equals_a_rebuild(own)

    def test_entries_that_were_erased_before_a_follower_came_are_passed_over(self, own: World) -> None:
        ida, per, eva, _ = own.people
        self.erase(own, ida)
        assert own.follow().position == own.log.position()
        assert self.people_with_rows(own) == {per, eva}
        assert own.parked() == set()
        equals_a_rebuild(own)

    def test_a_follower_in_the_middle_of_an_erased_person_goes_on(self, own: World) -> None:
        follower = Follower(own.db, own.log)
        assert (follower.catch_up(), follower.catch_up(2)) == (1, 2)
        self.erase(own, own.people[0])
        assert follower.catch_up() > 0
        work_out_again(own.db, own.log, own.people[:1])
        assert self.people_with_rows(own) == set(own.people[1:3])
        equals_a_rebuild(own)

    def test_somebody_who_was_parked_and_is_erased_is_parked_no_longer(self, own: World) -> None:
        spoil(own, 3)
        own.follow()
        assert own.parked()
        self.erase(own, own.people[0])
        work_out_again(own.db, own.log, own.people[:1])
        assert own.parked() == set()
        assert own.people[0] not in self.people_with_rows(own)
        equals_a_rebuild(own)


class TestBroken:
    """Whatever ends it, everybody has the old rows or the new ones; and asking again does the rest."""

    PEOPLE = 9

    @pytest.fixture
    def many(self, world: World) -> World:
        world.people = [UUID(int=5 * 10**37 + number) for number in range(self.PEOPLE)]
        world.load_rules()
        put_right = []
        for person in world.people:
            world.happens(person, started(), BROKE_OFF, BORN_AGAIN, CONTACT)
            put_right.append(spoil(world, world.log.position() - 1))
        world.follow()
        for undo in put_right:
            undo()
        return world

    @staticmethod
    def by_person(world: World) -> dict[UUID, object]:
        spans, parked = world.spans(), world.parked()
        return {
            person: (
                {name: frozenset(one for one in found if one[0] == person) for name, found in spans.items()},
                frozenset(one for one in parked if one[0] == person),
            )
            for person in world.people
        }

    @pytest.mark.parametrize("step", ["_clear", "_write", "rule_changes", "pasts"])
    def test_a_fault_at_any_step_leaves_everything_as_it_was(
        self, many: World, monkeypatch: pytest.MonkeyPatch, step: str
    ) -> None:
        before = self.by_person(many)
        real = getattr(again, step)

        def failing(*arguments: object) -> object:
            real(*arguments)
            raise ZeroDivisionError

        with monkeypatch.context() as broken:
            broken.setattr(again, step, failing)
            with pytest.raises(ZeroDivisionError):
                work_out_again(many.db, many.log, many.people)
        assert self.by_person(many) == before
        assert work_out_again(many.db, many.log, many.people).parked == 0
        equals_a_rebuild(many)

    def test_a_process_that_is_killed_leaves_the_old_or_the_new_of_everybody(self, many: World) -> None:
        old = self.by_person(many)
        self.keep(many)
        words = int(self.run(many, 0).stdout)
        new = self.by_person(many)
        assert all(new[person] != old[person] for person in many.people)
        states = set()
        for last in sorted(Random(11).sample(range(1, words + 1), 5)):
            self.bring_back(many)
            assert self.by_person(many) == old
            assert self.run(many, last).returncode == -9, "it was killed"
            now = self.by_person(many)
            assert all(now[person] in (old[person], new[person]) for person in many.people)
            states.add(sum(now[person] == new[person] for person in many.people))
            # Whose lock it held, and whose turn, is free again.
            assert work_out_again(many.db, many.log, many.people, patience=10).parked == 0
            assert self.by_person(many) == new
        assert len(states) > 1, "some were killed early, some late"
        many.happens(many.people[0], TRIED)
        many.follow()
        equals_a_rebuild(many)

    def run(self, world: World, last: int) -> subprocess.CompletedProcess[str]:
        url = servers._start().url or ""
        words = [str(servers.server_folder()), url, world.db.schema, str(last), "2", *map(str, world.people)]
        return subprocess.run(
            [sys.executable, "-m", "tests.projections.killed", *words],
            cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    NAMES = (*(table.name for table in TABLES), "parked")

    def keep(self, world: World) -> None:
        with world.db.connection(Role.OWNER) as conn:
            for name in self.NAMES:
                conn.execute(f"drop table if exists kept_{name}")
                conn.execute(f"create table kept_{name} as select * from {name}")

    def bring_back(self, world: World) -> None:
        with world.db.connection(Role.OWNER) as conn:
            for name in self.NAMES:
                conn.execute(f"delete from {name}")
                conn.execute(f"insert into {name} select * from kept_{name}")
