"""Each question is asked with two people in the tables, and must answer with the right one."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from database import Role
from domain.codes import ContactWay, DataClass, Matter, Party, PlacementForm, Programme
from domain.days import age_on
from domain.events import Checked, ContactMade, HandoverSeen, PlacementStarted, ReferredToMilepaelen, ToldOfBreakOff
from domain.text import FreeText
from projections import young
from projections.rows import RowKind
from projections.worklist import (
    Counts,
    Due,
    Filter,
    Side,
    counts,
    handover_matrix,
    page,
    rows_of_person,
    size,
)
from tests.projections.world import World, responsible, sent, started

TODAY = date(2026, 1, 20)
ALL = frozenset(DataClass)
HANDOVER = UUID(int=99)


@pytest.fixture
def two(world: World) -> World:
    """Ida, 17, broke off and was told of twice; Emil, 24, is referred and handed over, with his answer due soon."""
    ida, emil = world.people[:2]
    world.load_rules()
    world.happens(ida, started(), responsible(Matter.COORDINATION, Party.UU))
    world.happens(ida, ToldOfBreakOff(on=date(2026, 1, 5), programme=Programme.FGU))
    world.happens(emil, started(date(2001, 6, 1)), responsible(Matter.INCOME_AND_WORK, Party.EMPLOYMENT))
    referred = ReferredToMilepaelen(on=date(2026, 1, 16), by=Party.EMPLOYMENT, purpose=FreeText("ord"))
    world.happens(emil, referred, sent(HANDOVER, date(2026, 1, 16), answer_by=date(2026, 1, 30)))
    world.follow()
    return world


def asked(world: World, today: date = TODAY, **wanted: object) -> list[tuple[str, str]]:
    """Who and what the filter finds, in order."""
    names = dict(zip(world.people, ["Ida", "Emil"], strict=False))
    asking = Filter(**{"classes": ALL, **wanted})  # type: ignore[arg-type]
    with world.db.connection(Role.APPLICATION) as conn:
        found = page(conn, asking, today)
        assert size(conn, asking, today) == len(found)
    return [(names[one.person_id], one.row.rule_id or one.row.kind) for one in found]


IDA_2, IDA_3, EMIL_1, EMIL_H = ("Ida", "KUI-02"), ("Ida", "KUI-03"), ("Emil", "MIL-01"), ("Emil", "handover")


def test_the_earliest_deadline_stands_first(two: World) -> None:
    assert asked(two) == [IDA_2, EMIL_1, EMIL_H, IDA_3]


def test_each_party_sees_what_it_has_a_part_in(two: World) -> None:
    assert asked(two, party=Party.UU) == [IDA_2, IDA_3]
    assert asked(two, party=Party.MILEPAELEN) == [EMIL_1, EMIL_H]
    assert asked(two, party=Party.SCHOOL) == []


def test_who_has_the_next_move_who_gave_and_who_waits(two: World) -> None:
    assert asked(two, party=Party.UU, side=Side.HOLDER) == [IDA_2, IDA_3]
    assert asked(two, party=Party.EMPLOYMENT, side=Side.HOLDER) == []
    assert asked(two, party=Party.EMPLOYMENT, side=Side.GIVER) == [EMIL_1, EMIL_H]
    assert asked(two, party=Party.EMPLOYMENT, side=Side.WAITING) == [EMIL_1, EMIL_H]
    assert asked(two, party=Party.MILEPAELEN, side=Side.RECEIVER) == [EMIL_1, EMIL_H]
    assert asked(two, party=Party.MILEPAELEN, side=Side.WAITING) == []


def test_overdue_and_soon(two: World) -> None:
    assert asked(two, due=Due.OVERDUE) == [IDA_2]
    assert asked(two, due=Due.SOON) == [EMIL_1, EMIL_H]
    assert asked(two, due=Due.SOON, soon=3) == [EMIL_1]
    assert asked(two, date(2026, 1, 12), due=Due.OVERDUE) == [], "the last day is in time"


def test_only_what_may_be_seen_is_ever_found(two: World) -> None:
    handovers = frozenset({DataClass.HANDOVER})
    assert asked(two, classes=handovers) == [EMIL_H]
    assert asked(two, classes=frozenset()) == []
    with two.db.connection(Role.APPLICATION) as conn:
        (one,) = rows_of_person(conn, two.people[1], handovers)
        assert one.row.kind is RowKind.HANDOVER
        assert rows_of_person(conn, two.people[0], handovers) == []
        assert counts(conn, Filter(classes=handovers), TODAY).all == 1


def test_by_rule_kind_giver_receiver_and_person(two: World) -> None:
    assert asked(two, rules=frozenset({"KUI-03", "MIL-01"})) == [EMIL_1, IDA_3]
    assert asked(two, kind=RowKind.HANDOVER) == [EMIL_H]
    assert asked(two, givers=frozenset({Party.EDUCATION})) == [IDA_2]
    assert asked(two, receivers=frozenset({Party.MILEPAELEN})) == [EMIL_1, EMIL_H]
    assert asked(two, people=frozenset({two.people[0]})) == [IDA_2, IDA_3]
    assert asked(two, people=frozenset()) == [], "a name that nobody has"


def test_by_age_with_both_ends_counted_in(two: World) -> None:
    assert asked(two, from_age=17, to_age=17) == [IDA_2, IDA_3]
    assert asked(two, from_age=18) == [EMIL_1, EMIL_H]
    assert asked(two, to_age=23) == [IDA_2, IDA_3]
    assert asked(two, to_age=24) == asked(two)


def test_a_row_leaves_the_list_at_midnight_without_anything_running(two: World) -> None:
    the_day_before, turning_18 = date(2026, 4, 2), date(2026, 4, 3)
    assert IDA_2 in asked(two, the_day_before)
    assert IDA_2 not in asked(two, turning_18)


def test_pages_follow_each_other_without_gap_or_repetition(two: World) -> None:
    asking = Filter(classes=ALL)
    with two.db.connection(Role.APPLICATION) as conn:
        one_by_one = [page(conn, asking, TODAY, offset=n, limit=1)[0] for n in range(4)]
        assert one_by_one == page(conn, asking, TODAY)
        assert page(conn, asking, TODAY, offset=4) == []


def test_the_numbers_above_the_list_are_the_lists(two: World) -> None:
    with two.db.connection(Role.APPLICATION) as conn:
        uu = counts(conn, Filter(classes=ALL, party=Party.UU), TODAY)
        milepaelen = counts(conn, Filter(classes=ALL, party=Party.MILEPAELEN), TODAY)
        employment = counts(conn, Filter(classes=ALL, party=Party.EMPLOYMENT, due=Due.OVERDUE), TODAY)
    assert uu == Counts(
        all=2,
        overdue=1,
        due_soon=0,
        waiting_for_me=2,
        waiting_for_others=0,
        handovers_to_me=0,
        changed=0,
        turning_18=2,
    )
    assert (milepaelen.all, milepaelen.waiting_for_me, milepaelen.handovers_to_me) == (2, 2, 1)
    assert (employment.all, employment.overdue, employment.waiting_for_others) == (2, 0, 2)


def test_what_changed_since_i_was_here_goes_by_position(two: World) -> None:
    before = two.log.position()
    two.happens(two.people[1], HandoverSeen(on=date(2026, 1, 19), handover_id=HANDOVER))
    two.follow()
    assert asked(two, since=before) == [EMIL_1, EMIL_H]
    with two.db.connection(Role.APPLICATION) as conn:
        assert counts(conn, Filter(classes=ALL, since=before), TODAY).changed == 2


def test_a_list_as_it_was(two: World) -> None:
    then = two.log.position()
    before = asked(two)
    two.happens(two.people[0], ContactMade(on=date(2026, 1, 19), way=ContactWay.PHONE))
    two.follow()
    assert asked(two) == [EMIL_1, EMIL_H, IDA_3]
    assert asked(two, as_of=then) == before
    with two.db.connection(Role.APPLICATION) as conn:
        assert counts(conn, Filter(classes=ALL, as_of=then), TODAY).overdue == 1
        assert counts(conn, Filter(classes=ALL), TODAY).overdue == 0
        assert len(rows_of_person(conn, two.people[0], ALL, as_of=then)) == 2


def test_a_persons_rows_include_those_that_do_not_stand_yet(world: World) -> None:
    ida = world.people[0]
    world.load_rules()
    world.happens(ida, started(date(2010, 6, 1)))
    world.happens(ida, PlacementStarted(on=date(2025, 9, 1), form=PlacementForm.OTHER))
    world.follow()
    assert asked(world) == []
    with world.db.connection(Role.APPLICATION) as conn:
        (one,) = rows_of_person(conn, ida, ALL)
    assert one.row.stands_from == date(2027, 6, 1), "six months before the deadline"


def test_how_much_is_overdue_between_which_parties(two: World) -> None:
    with two.db.connection(Role.APPLICATION) as conn:
        assert handover_matrix(conn, Filter(classes=ALL), TODAY) == {
            (Party.EDUCATION, Party.UU): (1, 1),
            (Party.UU, Party.EDUCATION): (0, 1),
            (Party.EMPLOYMENT, Party.MILEPAELEN): (0, 2),
        }


def checks(world: World, person: UUID, key: str, party: Party, again: date, on: date = TODAY) -> None:
    """The party looks at this row, and asks again."""
    rule, _, trigger = key.partition(":")
    of_class = next(row.data_class for row in world.rows_of(person) if row.row_key == key)
    look = Checked(on=on, of_class=of_class, rule=rule, trigger=UUID(trigger), by=party, ask_again_on=again)
    world.happens(person, look)
    world.follow()


def test_a_row_rests_for_the_party_that_looked_until_it_asks_again(two: World) -> None:
    [key] = [row.row_key for row in two.rows_of(two.people[0]) if row.rule_id == "KUI-02"]
    checks(two, two.people[0], key, Party.UU, date(2026, 1, 23))
    hides = {"rests_for": Party.UU, "resting": False}
    assert asked(two, **hides) == [EMIL_1, EMIL_H, IDA_3]
    assert asked(two, rests_for=Party.UU, resting=True) == [IDA_2]
    assert asked(two, rests_for=Party.UU) == [IDA_2, EMIL_1, EMIL_H, IDA_3]
    assert asked(two, rests_for=Party.EDUCATION, resting=False) == asked(two), "it rests on nobody else's list"
    assert asked(two, resting=False) == asked(two), "where nobody is asked for, nothing rests"
    assert IDA_2 not in asked(two, date(2026, 1, 22), **hides)
    assert IDA_2 in asked(two, date(2026, 1, 23), **hides), "on the day itself it is asked about"


def test_what_rests_is_counted_all_the_same(two: World) -> None:
    [key] = [row.row_key for row in two.rows_of(two.people[0]) if row.rule_id == "KUI-02"]
    checks(two, two.people[0], key, Party.UU, date(2026, 1, 23))
    asking = Filter(classes=ALL, party=Party.UU, rests_for=Party.UU, resting=False)
    with two.db.connection(Role.APPLICATION) as conn:
        found = counts(conn, asking, TODAY)
        later = counts(conn, asking, date(2026, 1, 23))
    assert (found.all, found.overdue, found.waiting_for_me) == (2, 1, 2)
    assert found.resting is not None
    assert (found.resting.all, found.resting.overdue, found.resting.waiting_for_others) == (1, 1, 0)
    assert later.resting is None
    assert (later.all, later.overdue) == (2, 1)


def test_two_parties_look_at_one_row_and_each_rests_on_its_own_list(two: World) -> None:
    emil, key = two.people[1], f"handover:{HANDOVER}"
    checks(two, emil, key, Party.EMPLOYMENT, date(2026, 1, 27))
    checks(two, emil, key, Party.MILEPAELEN, date(2026, 1, 22))
    for party, until in ((Party.EMPLOYMENT, 27), (Party.MILEPAELEN, 22)):
        for day in (until - 1, until):
            found = asked(two, date(2026, 1, day), party=party, rests_for=party, resting=False)
            assert (EMIL_H in found) == (day == until), (party, day)


@settings(max_examples=300)
@given(
    born_on=st.dates(date(1996, 1, 1), date(2012, 12, 31)),
    day=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    age=st.integers(10, 30),
)
def test_born_by_draws_the_line_where_the_domain_counts_years(born_on: date, day: date, age: int) -> None:
    line = young.born_by(age, day)
    for birth in (born_on, line, line + timedelta(days=1)):
        assert (birth <= line) == (age_on(birth, day) >= age)


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ({"due": Due.OVERDUE}, "worklist_due"),
        ({"party": Party.UU, "side": Side.HOLDER}, "worklist_holder"),
        ({"party": Party.UU, "side": Side.GIVER}, "worklist_giver"),
        ({"party": Party.UU, "side": Side.RECEIVER}, "worklist_receiver"),
    ],
)
def test_each_question_has_its_index(two: World, wanted: dict[str, object], index: str) -> None:
    asking = Filter(**{"classes": ALL, **wanted})  # type: ignore[arg-type]
    with two.db.connection(Role.OWNER) as conn:
        conn.execute("set local enable_seqscan = off")
        conn.execute("set local enable_bitmapscan = off")
        conn.execute("set local enable_sort = off")
        plan = _plan(conn, asking)
    assert index in plan


def _plan(conn: object, asking: Filter) -> str:
    class Explaining:
        """Asks the database how it would find the rows instead of for the rows."""

        text = ""

        def execute(self, query: object, values: object) -> list[object]:
            text = query.as_string(conn)  # type: ignore[attr-defined]
            rows = conn.execute("explain " + text, values)  # type: ignore[attr-defined]
            Explaining.text = "\n".join(line for (line,) in rows)
            return []

    page(Explaining(), asking, TODAY)  # type: ignore[arg-type]
    return Explaining.text
