"""Who cannot be read, folded or written stands still; nobody else does."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from uuid import UUID, uuid4

import pytest

from database import Role
from domain.codes import ContactWay, Matter, Party, Programme
from domain.events import (
    AgendaItemWished,
    BirthDateCorrected,
    ContactMade,
    ContactTried,
    Event,
    JourneyStarted,
    ToldOfBreakOff,
)
from domain.facts import Life
from domain.text import FreeText
from eventlog import SecretsRefused, Step, journey
from eventlog.keys import Forged
from projections import spans
from projections.again import work_out_again
from projections.follow import Follower
from projections.rebuild import rebuild
from projections.spans import MILEPAELEN, TABLES, WISH, WORKLIST, YOUNG
from tests.four import FOUR
from tests.projections.poison import UNREADABLE, faulty, spoil
from tests.projections.test_follow import running, until
from tests.projections.world import BY, World, at, responsible, sent, started

BROKE_OFF = ToldOfBreakOff(on=date(2026, 1, 5), programme=Programme.FGU)
TRIED = ContactTried(on=date(2026, 1, 6), way=ContactWay.PHONE)
CONTACT = ContactMade(on=date(2026, 1, 8), way=ContactWay.PHONE)
WISHED = AgendaItemWished(on=date(2026, 1, 9), by=Party.UU, why=FreeText("ord"))
BORN_AGAIN = BirthDateCorrected(on=date(2026, 1, 9), born_on=date(2008, 5, 1))
EVERYWHERE = {table.name for table in TABLES}


@pytest.fixture
def two(world: World) -> World:
    world.load_rules()
    for person in world.people[:2]:
        world.happens(person, started(), responsible(Matter.GUIDANCE, Party.UU), BROKE_OFF)
    return world


def parked(world: World, number: int = 0) -> dict[str, tuple[int, str]]:
    """In which tables one person is parked, from where on and why."""
    found = {(person, name): (position, reason) for person, name, position, reason in world.parked()}
    assert {person for person, _ in found} <= {world.people[number]}, "nobody else is parked"
    return {str(name): where for (_, name), where in found.items()}  # type: ignore[misc]


def of(world: World, number: int, table: str) -> set[tuple[object, ...]]:
    """All spans of one person in one table."""
    return {span for span in world.spans()[table] if span[0] == world.people[number]}


def born(world: World, number: int, table: str = "young") -> set[object]:
    rows = [row for owner, row, _ in world.rows()[table] if owner == world.people[number]]
    return {row.born_on for row in rows}  # type: ignore[attr-defined]


class TestUnreadable:
    @pytest.fixture
    def damaged(self, two: World) -> World:
        """The contact with Ida cannot be opened; what comes after it can."""
        two.happens(two.people[0], CONTACT)
        for person in two.people[:2]:
            two.happens(person, BORN_AGAIN)
        spoil(two, two.log.position() - 2)
        return two

    @pytest.mark.parametrize("kind", UNREADABLE)
    def test_whatever_is_wrong_with_it_parks_its_person_everywhere_and_nobody_else(self, two: World, kind: str) -> None:
        two.happens(two.people[0], CONTACT, BORN_AGAIN)
        two.happens(two.people[1], BORN_AGAIN)
        bad = two.log.position() - 2
        spoil(two, bad, kind)
        assert two.follow().position == two.log.position()
        assert parked(two) == dict.fromkeys(EVERYWHERE, (bad, UNREADABLE[kind][1]))
        assert born(two, 0) == {date(2008, 4, 3)}, "the rows are left as they stood"
        assert len(two.rows_of(two.people[0])) == 2
        assert born(two, 1) == born(two, 1, "worklist") == {date(2008, 5, 1)}

    def test_a_follower_that_starts_afresh_leaves_the_person_parked(self, damaged: World) -> None:
        damaged.follow()
        before = damaged.parked()
        damaged.happens(damaged.people[1], CONTACT)
        damaged.load_rules(closed_days=())
        assert damaged.follow().position == damaged.log.position()
        assert damaged.parked() == before

    def test_a_rebuild_parks_the_same_person_at_the_same_place(self, damaged: World) -> None:
        damaged.follow()
        rows, left_out = damaged.spans(), damaged.parked()
        figures = rebuild(damaged.db, damaged.log)
        assert (damaged.spans(), damaged.parked()) == (rows, left_out)
        assert (figures.parked, figures.differences) == (1, 0)

    def test_of_many_unreadable_entries_in_a_row_each_parks_its_own_person(self, two: World) -> None:
        two.happens(two.people[0], CONTACT, TRIED, TRIED)
        two.happens(two.people[1], CONTACT, TRIED, TRIED)
        two.happens(two.people[2], started())
        end = two.log.position()
        for position in range(end - 6, end):
            spoil(two, position)
        assert two.follow().position == end
        assert two.parked() == {(two.people[n], name, end - 6 + 3 * n, "Forged") for n in (0, 1) for name in EVERYWHERE}
        assert born(two, 2) == {date(2008, 4, 3)}

    def test_an_entry_that_cannot_be_folded_parks_its_person_everywhere_too(
        self, two: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def cannot_learn(life: Life, fact: object) -> Life:
            if any(one.event == BROKE_OFF for one in life.all()) and len(life.all()) == 3:
                raise ZeroDivisionError
            return real(life, fact)  # type: ignore[arg-type]

        real = spans.learn
        monkeypatch.setattr(spans, "learn", cannot_learn)
        two.happens(two.people[0], CONTACT, BORN_AGAIN)
        two.follow()
        bad = two.log.position() - 1
        assert parked(two) == dict.fromkeys(EVERYWHERE, (bad, "ZeroDivisionError"))
        live, left_out = two.spans(), two.parked()
        rebuild(two.db, two.log)
        assert (two.spans(), two.parked()) == (live, left_out)

    def test_who_is_parked_stays_so_until_worked_out_again_even_when_the_fault_is_gone(self, two: World) -> None:
        with faulty(YOUNG, lambda *_: True), faulty(WORKLIST, lambda *_: True):
            two.follow()
        two.happens(two.people[0], CONTACT)
        two.follow()
        assert two.spans()["young"] == two.spans()["worklist"] == set(), "a life with a hole in it is no life"
        assert rebuild(two.db, two.log).parked == 0
        assert len(two.rows_of(two.people[0])) == 1

    def test_rules_that_cannot_be_read_stop_the_lists_rather_than_make_wrong_ones(self, two: World) -> None:
        spoil(two, 1)
        with pytest.raises(Forged):
            two.follow()
        assert two.parked() == set()

    @pytest.mark.parametrize("fault", [OSError, SecretsRefused])
    def test_a_fault_of_the_house_parks_nobody(
        self, two: World, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
    ) -> None:
        """The folder of keys is away for a while: the lists stand still, and go on by themselves."""

        def away(*_: object) -> None:
            raise fault

        two.follow()
        two.happens(two.people[0], BORN_AGAIN)
        with monkeypatch.context() as broken:
            broken.setattr(two.log.keys, "find_many", away)
            follower = Follower(two.db, two.log)
            for catch_up in (follower.catch_up, lambda: work_out_again(two.db, two.log, two.people)):
                with pytest.raises(fault):
                    catch_up()
        assert two.parked() == set()
        while follower.catch_up():
            pass
        assert born(two, 0) == {date(2008, 5, 1)}

    def test_a_meeting_that_cannot_be_read_parks_nobody(self, two: World) -> None:
        two.call_meeting()
        spoil(two, two.log.position())
        two.happens(two.people[0], BORN_AGAIN)
        two.follow()
        assert two.parked() == set()
        assert born(two, 0) == {date(2008, 5, 1)}

    def test_an_entry_that_is_spoilt_later_parks_its_person_when_it_is_next_needed(self, two: World) -> None:
        """Where it stands; the rows stay as they were when it could be read."""
        two.happens(two.people[0], BORN_AGAIN)
        two.follow()
        spoil(two, 3)
        two.happens(two.people[0], CONTACT)
        two.happens(two.people[1], CONTACT)
        two.follow()
        assert parked(two) == dict.fromkeys(EVERYWHERE, (3, "Forged"))
        assert born(two, 0) == {date(2008, 5, 1)}
        assert len(two.rows_of(two.people[0])) == 2
        assert len(two.rows_of(two.people[1])) == 1


class TestOneTable:
    def test_a_fault_in_one_table_parks_there_and_the_other_tables_go_on(self, two: World) -> None:
        with faulty(WORKLIST, lambda life, _: TRIED in {fact.event for fact in life.all()}):
            two.happens(two.people[0], TRIED)
            bad = two.log.position()
            two.happens(two.people[0], WISHED, CONTACT, BORN_AGAIN)
            two.happens(two.people[1], CONTACT)
            follower = two.follow()
            assert parked(two) == {"worklist": (bad, "ZeroDivisionError")}
            assert len(two.rows_of(two.people[0])) == 2, "as it stood before"
            assert born(two, 0) == {date(2008, 5, 1)}
            assert len(of(two, 0, "wish")) == 1
            assert len(two.rows_of(two.people[1])) == 1

            two.load_rules(FOUR.replace("working_days = 5", "working_days = 10"))
            two.happens(two.people[0], JourneyStarted(on=date(2024, 8, 2), born_on=date(2009, 1, 1)))
            while follower.catch_up():
                pass
            afresh = two.spans(), two.parked()
            rebuild(two.db, two.log)
            assert (two.spans(), two.parked()) == afresh

    def test_an_unreadable_entry_later_parks_the_other_tables_where_it_stands(self, two: World) -> None:
        with faulty(MILEPAELEN, lambda life, _: len(life.all()) == 4):
            two.happens(two.people[0], BORN_AGAIN)
            first = two.log.position()
            two.happens(two.people[0], CONTACT, TRIED)
            spoil(two, first + 2)
            two.follow()
            others = dict.fromkeys(EVERYWHERE - {"milepaelen"}, (first + 2, "Forged"))
            assert parked(two) == others | {"milepaelen": (first, "ZeroDivisionError")}
            live = two.spans(), two.parked()
            assert rebuild(two.db, two.log).parked == 1
            assert (two.spans(), two.parked()) == live

    def test_rules_under_which_somebodys_rows_cannot_be_made_park_them_where_the_rules_were_loaded(
        self, two: World
    ) -> None:
        with faulty(WORKLIST, lambda life, rules: ContactMade in life.by_type and not rules.closed_days):
            two.happens(two.people[0], CONTACT)
            two.follow()
            two.load_rules(closed_days=())
            loaded = two.log.position()
            two.happens(two.people[0], BORN_AGAIN)
            two.happens(two.people[1], BORN_AGAIN)
            two.follow()
            assert parked(two) == {"worklist": (loaded, "ZeroDivisionError")}
            assert born(two, 0) == born(two, 1, "worklist") == {date(2008, 5, 1)}
            live = two.spans(), two.parked()
            rebuild(two.db, two.log)
            assert (two.spans(), two.parked()) == live

    def test_a_fault_that_no_entry_of_the_table_meets_parks_nobody_until_one_does(self, two: World) -> None:
        """Whoever is folded anew meets it sooner than whoever is remembered; both must park at the same place."""

        def has_tried(life: Life, _: object) -> bool:
            return ContactTried in life.by_type

        with faulty(WISH, has_tried):
            remembering = two.follow()
            two.happens(two.people[0], TRIED, CONTACT)
            while remembering.catch_up(1):
                pass
            two.follow()
            assert two.parked() == set()
            two.happens(two.people[0], CONTACT)
            two.follow()
            assert two.parked() == set(), "no entry of wishes"
            two.happens(two.people[0], WISHED)
            two.follow()
            assert parked(two) == {"wish": (two.log.position(), "ZeroDivisionError")}
            live = two.spans(), two.parked()
            rebuild(two.db, two.log)
            assert (two.spans(), two.parked()) == live


class TestWriting:
    """A row that the database does not take."""

    @pytest.fixture
    def with_zero_byte(self, two: World) -> tuple[World, int]:
        two.happens(two.people[0], TRIED)
        two.happens(two.people[0], sent(uuid4(), date(2026, 1, 7), rule="a\0b"))
        bad = two.log.position()
        two.happens(two.people[0], BORN_AGAIN)
        two.happens(two.people[1], CONTACT)
        return two, bad

    @pytest.mark.parametrize("batch", [1, 3, 1000])
    def test_it_parks_its_person_in_its_table_however_the_log_is_cut(
        self, with_zero_byte: tuple[World, int], batch: int
    ) -> None:
        world, bad = with_zero_byte
        follower = Follower(world.db, world.log)
        while follower.catch_up(batch):
            pass
        assert parked(world) == {"worklist": (bad, "DataError")}
        assert {row.tried_count for row in world.rows_of(world.people[0])} == {0, 1}, "what came before it is written"
        assert born(world, 0) == {date(2008, 5, 1)}
        assert len(world.rows_of(world.people[1])) == 1
        world.happens(world.people[0], CONTACT)
        follower.catch_up()
        live = world.spans(), world.parked()
        figures = rebuild(world.db, world.log)
        assert (world.spans(), world.parked()) == live
        assert (figures.parked, figures.differences) == (1, 0)

    def test_under_other_rules_too(self, two: World) -> None:
        two.load_rules("")
        two.follow()
        with two.db.connection(Role.OWNER) as conn:
            conn.execute(f"alter table worklist add constraint never check (person_id <> '{two.people[0]}') not valid")
        try:
            two.load_rules()
            two.follow()
            assert parked(two) == {"worklist": (two.log.position(), "CheckViolation")}
            assert len(two.rows_of(two.people[1])) == 2
        finally:
            with two.db.connection(Role.OWNER) as conn:
                conn.execute("alter table worklist drop constraint never")

    def test_a_row_that_somebody_took_away_parks_its_person_and_not_the_list(self, two: World) -> None:
        two.follow()
        with two.db.connection(Role.OWNER) as conn:
            conn.execute("delete from young where person_id = %s", [two.people[0]])
        for person in two.people[:2]:
            two.happens(person, BORN_AGAIN)
        two.follow()
        assert parked(two) == {"young": (two.log.position() - 1, "LookupError")}
        assert born(two, 1) == {date(2008, 5, 1)}
        assert work_out_again(two.db, two.log, [two.people[0]]).parked == 0
        assert born(two, 0) == {date(2008, 5, 1)}


class TestManyPeople:
    """One in ten is poisoned, each in another way, while a follower runs (security.md RE-11)."""

    PEOPLE = 120

    def test_the_others_go_on_at_once_and_nothing_is_lost_when_it_is_put_right(self, world: World) -> None:
        world.people = [UUID(int=6 * 10**37 + number) for number in range(self.PEOPLE)]
        world.load_rules()
        planted = self.plant(world)
        end = world.log.position()
        with ExitStack() as wrong:
            wrong.enter_context(faulty(YOUNG, lambda life, _: life.born_on == date(2007, 7, 7)))
            undo = [spoil(world, position, kind) for position, kind in planted.values() if kind in UNREADABLE]
            others = set(world.people) - planted.keys()
            with running(world):
                until(lambda: Follower(world.db, world.log).position == end)
                assert all(born(world, number) for number in self.numbers(world, others)), "others are on their lists"
                assert {(person, position) for person, _, position, _ in world.parked()} == {
                    (person, position) for person, (position, _) in planted.items()
                }
                write(world, {person: [CONTACT] for person in world.people})
                for put_right in undo:
                    put_right()
                wrong.close()
                done = work_out_again(world.db, world.log, list(planted), chunk=3)
                assert (done.people, done.parked) == (len(planted), 0)
                write(world, {person: [BORN_AGAIN] for person in world.people})
                end = world.log.position()
                until(lambda: Follower(world.db, world.log).position == end)
        assert world.parked() == set()
        assert all(born(world, number) == {date(2008, 5, 1)} for number in range(self.PEOPLE))
        live = world.spans()
        assert rebuild(world.db, world.log).differences == 0
        assert world.spans() == live

    def plant(self, world: World) -> dict[UUID, tuple[int, str]]:
        """Everybody's first entries; of every tenth it is said where it goes wrong, and how."""
        kinds = [*UNREADABLE, "in one table"]
        chosen = dict(zip(world.people[::10], [*kinds, *kinds], strict=False))
        write(world, {person: [started(), BROKE_OFF] for person in world.people})
        table_fault = BirthDateCorrected(on=date(2026, 1, 6), born_on=date(2007, 7, 7))
        huge = AgendaItemWished(on=date(2026, 1, 6), by=Party.UU, why=FreeText("Et meget langt ønske. " * 100_000))
        write(world, {person: [table_fault if kind == "in one table" else TRIED] for person, kind in chosen.items()})
        first = world.log.position() - len(chosen)
        planted = {person: (first + number, kind) for number, (person, kind) in enumerate(chosen.items(), start=1)}
        # Two megabytes that can be read are nothing to be parked for.
        write(world, {world.people[1]: [huge], world.people[2]: [TRIED]})
        return planted

    @staticmethod
    def numbers(world: World, people: set[UUID]) -> list[int]:
        return [number for number, person in enumerate(world.people) if person in people]


def write(world: World, events: dict[UUID, list[Event]]) -> None:
    """What happens to each, in one transaction."""
    steps = [
        Step(stream=journey(person), decide=just(event), known_at=at(event.on))
        for person, theirs in events.items()
        for event in theirs
    ]
    outcomes = world.log.record_many(steps, by=BY, known_at=at(date(2026, 1, 1)))
    assert len(outcomes) == len(steps)


def just(event: Event) -> Callable[[object], list[Event]]:
    return lambda _: [event]
