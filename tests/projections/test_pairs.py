"""An obligation and the handover sent for it are one thing to do, for whoever may read both."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from database import Role
from domain.codes import DataClass, Matter, Party, PlacementForm, Programme
from domain.events import (
    ContactMade,
    Event,
    HandoverSeen,
    HandoverTakenOver,
    MilepaelenStarted,
    PlacementStarted,
    ReferredToMilepaelen,
    ToldOfBreakOff,
)
from domain.rules import rule_set
from domain.text import FreeText
from projections.pairs import rows_of
from projections.parts import parts
from projections.rows import Row, RowKind
from projections.spans import Person, in_force, person_of, step
from projections.worklist import Counts, Due, Filter, Listed, Side, counts, page, rows_of_person, size
from tests.four import FOUR
from tests.projections.histories import DAYS, EVENTS
from tests.projections.world import (
    CLOSED_DAYS,
    World,
    entry,
    journey_after,
    life_after,
    responsible,
    sent,
    shipped,
    started,
    written,
)

HANDOVER, SECOND = UUID(int=99), UUID(int=98)
WORK = responsible(Matter.INCOME_AND_WORK, Party.EMPLOYMENT)
REFERRED = ReferredToMilepaelen(on=date(2026, 1, 5), by=Party.EMPLOYMENT, purpose=FreeText("ord"))  # due on the 12th
HANDED = sent(HANDOVER, date(2026, 1, 6), answer_by=date(2026, 1, 20))
TODAY = date(2026, 1, 14)
ALL = frozenset(DataClass)


def rows_after(*events: Event) -> dict[str, Row]:
    entries = written(started(), *events)
    return {row.row_key: row for row in rows_of(life_after(entries), journey_after(entries), shipped())}


def kinds_after(*events: Event) -> list[RowKind]:
    return sorted(row.kind for row in rows_after(*events).values())


def test_a_pair_stands_for_both_and_is_due_when_the_first_of_them_is() -> None:
    rows = rows_after(WORK, REFERRED, HANDED)
    assert sorted(row.kind for row in rows.values()) == [RowKind.HANDOVER, RowKind.OBLIGATION, RowKind.PAIR]
    pair = rows[f"pair:{HANDOVER}"]
    assert (pair.due_on, pair.rule_due_on, pair.answer_by) == (date(2026, 1, 12), date(2026, 1, 12), date(2026, 1, 20))
    assert (pair.rule_id, pair.data_class, pair.holder) == ("MIL-01", DataClass.EMPLOYMENT, Party.MILEPAELEN)
    early = sent(HANDOVER, date(2026, 1, 6), answer_by=date(2026, 1, 8))
    pair = rows_after(WORK, REFERRED, early)[f"pair:{HANDOVER}"]
    assert (pair.due_on, pair.rule_due_on, pair.answer_by) == (date(2026, 1, 8), date(2026, 1, 12), date(2026, 1, 8))


def test_a_pair_stands_only_while_both_do() -> None:
    rows = rows_after(WORK, REFERRED, HANDED)
    pair = rows[f"pair:{HANDOVER}"]
    assert (pair.stands_from, pair.stands_until) == (date(2026, 1, 6), date(2038, 4, 3))
    assert {(row.pair_class, row.pair_from, row.pair_until) for row in rows.values()} == {
        (DataClass.EMPLOYMENT, pair.stands_from, pair.stands_until)
    }


def test_there_is_no_pair_before_sending_or_after_the_answer() -> None:
    assert kinds_after(WORK, REFERRED) == [RowKind.OBLIGATION]
    assert kinds_after(WORK, REFERRED, HANDED, HandoverTakenOver(on=date(2026, 1, 8), handover_id=HANDOVER)) == []


def test_what_asks_two_things_stays_two_rows() -> None:
    placed = PlacementStarted(on=date(2024, 9, 1), form=PlacementForm.FOSTER_FAMILY)
    papers = sent(
        HANDOVER,
        date(2025, 9, 1),
        matter=Matter.CHILD_SUPPORT,
        giver=Party.CHILD_SOCIAL,
        receiver=Party.ADULT_SOCIAL,
        rule="OVG-05",
    )
    assert kinds_after(placed, papers) == [RowKind.HANDOVER, RowKind.OBLIGATION], "one decides, the other answers"
    from_another = sent(HANDOVER, date(2026, 1, 6), giver=Party.UU)
    assert RowKind.PAIR not in kinds_after(WORK, REFERRED, from_another), "a filter by giver finds one of them"
    other_matter = sent(HANDOVER, date(2026, 1, 6), matter=Matter.GUIDANCE, rule="MIL-01")
    assert RowKind.PAIR not in kinds_after(WORK, REFERRED, other_matter)


def test_a_handover_is_in_one_pair_with_the_obligation_that_is_due_first() -> None:
    again = ReferredToMilepaelen(on=date(2026, 1, 2), by=Party.EMPLOYMENT, purpose=FreeText("ord"))
    rows = rows_after(WORK, REFERRED, again, HANDED)
    assert sorted(row.kind for row in rows.values()) == ["handover", "obligation", "obligation", "pair"]
    assert rows[f"pair:{HANDOVER}"].rule_due_on == date(2026, 1, 9)
    assert sum(row.pair_class is None for row in rows.values()) == 1, "the later obligation is a row of its own"


def test_all_rules_that_taking_over_clears_are_worked_out_together() -> None:
    other = FOUR.partition('id = "MIL-01"')[2].replace("milepaelen-started", "education-started")
    rules = rule_set(f'{FOUR}\n[[rule]]\nid = "MIL-02"{other}', CLOSED_DAYS)
    assert parts(rules)[MilepaelenStarted].ids == {"MIL-01", "MIL-02"}
    assert parts(rules)[ContactMade].ids == {"KUI-02", "KUI-03"}


@pytest.fixture
def two(world: World) -> World:
    """Ida broke off; Emil is referred to Milepælen and handed over."""
    ida, emil = world.people[:2]
    world.load_rules()
    world.happens(ida, started(), ToldOfBreakOff(on=date(2026, 1, 5), programme=Programme.FGU))
    world.happens(emil, started(date(2001, 6, 1)), WORK, REFERRED, HANDED)
    world.follow()
    return world


def asked(world: World, today: date = TODAY, **wanted: object) -> list[str]:
    asking = Filter(**{"classes": ALL, "pairs": ALL, **wanted})  # type: ignore[arg-type]
    with world.db.connection(Role.APPLICATION) as conn:
        found = page(conn, asking, today)
        assert size(conn, asking, today) == len(found)
    return [one.row.rule_id or "" if one.row.kind is RowKind.OBLIGATION else one.row.kind.value for one in found]


def test_who_reads_the_class_sees_the_pair_and_who_does_not_sees_the_handover(two: World) -> None:
    assert asked(two) == ["KUI-02", "pair", "KUI-03"]
    assert asked(two, pairs=frozenset()) == ["KUI-02", "MIL-01", "handover", "KUI-03"]
    only_known_to_exist = ALL - {DataClass.EMPLOYMENT}
    assert asked(two, pairs=only_known_to_exist) == ["KUI-02", "MIL-01", "handover", "KUI-03"]
    assert asked(two, classes=only_known_to_exist, pairs=only_known_to_exist) == ["KUI-02", "handover", "KUI-03"]


def test_filters_find_the_pair_where_they_found_one_of_its_rows(two: World) -> None:
    assert asked(two, party=Party.MILEPAELEN) == ["pair"]
    assert asked(two, party=Party.EMPLOYMENT, side=Side.WAITING) == ["pair"]
    assert asked(two, party=Party.MILEPAELEN, kind=RowKind.HANDOVER) == ["pair"], "sent to us"
    assert asked(two, rules=frozenset({"MIL-01"})) == ["pair"]
    assert asked(two, due=Due.OVERDUE) == ["KUI-02", "pair"]
    assert asked(two, date(2026, 1, 12), due=Due.OVERDUE) == []
    assert asked(two, people=frozenset({two.people[0]})) == ["KUI-02", "KUI-03"]


def test_the_numbers_count_the_pair_once(two: World) -> None:
    with two.db.connection(Role.APPLICATION) as conn:
        found = counts(conn, Filter(classes=ALL, pairs=ALL, party=Party.MILEPAELEN), TODAY)
    assert found == Counts(
        all=1,
        overdue=1,
        due_soon=0,
        waiting_for_me=1,
        waiting_for_others=0,
        handovers_to_me=1,
        changed=0,
        turning_18=0,
    )


def test_one_person_has_the_two_rows_and_no_pair(two: World) -> None:
    with two.db.connection(Role.APPLICATION) as conn:
        found = rows_of_person(conn, two.people[1], ALL)
    assert [one.row.kind for one in found] == [RowKind.OBLIGATION, RowKind.HANDOVER]


def test_when_the_obligation_has_ended_the_handover_stands_alone(two: World) -> None:
    the_last_day, thirty = date(2031, 5, 31), date(2031, 6, 1)
    emil = frozenset({two.people[1]})
    assert asked(two, the_last_day, people=emil) == ["pair"]
    assert asked(two, thirty, people=emil) == ["handover"]
    assert asked(two, date(2026, 1, 5), people=emil) == ["MIL-01"], "not sent yet"


PAIRING: st.SearchStrategy[Event] = st.one_of(
    st.builds(ReferredToMilepaelen, on=DAYS, by=st.just(Party.EMPLOYMENT), purpose=st.just(FreeText("ord"))),
    st.builds(sent, st.sampled_from([HANDOVER, SECOND]), DAYS),
    st.builds(HandoverSeen, on=DAYS, handover_id=st.sampled_from([HANDOVER, SECOND])),
    EVENTS,
)
BEGINNING = [started(), WORK, REFERRED, HANDED]


@settings(max_examples=200, deadline=None)
@given(more=st.lists(PAIRING, max_size=12), order=st.randoms())
def test_after_every_entry_pairs_are_those_of_the_facts(more: list[Event], order: Random) -> None:
    events = [*BEGINNING[1:], *more]
    order.shuffle(events)
    entries = [entry(number, event) for number, event in enumerate([BEGINNING[0], *events], start=1)]
    rules, person = in_force(shipped()), Person(entries[0].stream)
    for number, one in enumerate(entries, start=1):
        person, _ = step(person, one, rules)
        assert person.standing == person_of(person.person_id, entries[:number], rules).standing


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(more=st.lists(PAIRING, max_size=8), party=st.sampled_from(Party), days=st.integers(0, 1500))
def test_every_row_is_on_the_list_once_alone_or_in_a_pair(
    world: World, more: list[Event], party: Party, days: int
) -> None:
    world.begin_again()
    world.load_rules()
    for person in world.people[:2]:
        world.happens(person, *BEGINNING, *more)
    world.follow()
    today = date(2024, 1, 1) + timedelta(days=days)
    for day in (TODAY, today):
        for side in Side:
            single, paired = (
                _listed(world, Filter(classes=ALL, pairs=pairs, party=party, side=side), day)
                for pairs in (frozenset[DataClass](), ALL)
            )
            pairs = [one for one in paired if one.row.kind is RowKind.PAIR]
            assert len(single) == len(paired) + len(pairs)
            alone = {_key(one) for one in paired} - {_key(one) for one in pairs}
            assert alone <= {_key(one) for one in single}
            in_pairs = {_key(one) for one in single} - alone
            for pair in pairs:
                handover = (pair.person_id, f"handover:{pair.row.handover_id}")
                assert handover in in_pairs
                in_pairs.remove(handover)
                assert any(who == pair.person_id and key.startswith("MIL-01:") for who, key in in_pairs)


def _key(one: Listed) -> tuple[UUID, str]:
    return one.person_id, one.row.row_key


def _listed(world: World, wanted: Filter, today: date) -> list[Listed]:
    with world.db.connection(Role.APPLICATION) as conn:
        return page(conn, wanted, today, limit=1000)
