"""What other rules would change, on a real log: who becomes overdue, who drops off, and that nothing is written."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from database import Role
from domain.codes import ContactWay, DataClass, Party, PlacementForm, Programme
from domain.events import ConcernAssessed, ConcernReceived, ContactMade, PlacementStarted, ToldOfBreakOff
from domain.facts import life_of
from domain.obligations import Obligation, Standing, obligations
from domain.rules import RuleSet, as_if, laid_over, rule_set, shipped_rules
from projections import preview as module
from projections.preview import Fate, Preview, TookTooLong, overdue_between, preview
from tests.domain.test_rule_changes import next_version
from tests.examples import STARTED, fact
from tests.four import FOUR
from tests.projections.poison import spoil
from tests.projections.world import World, started

RULES = rule_set(FOUR, ())
TOLD = ToldOfBreakOff(on=date(2024, 4, 8), programme=Programme.VOCATIONAL)  # a Monday: due on 15.4.2024
REACHED = ContactMade(on=date(2024, 4, 11), way=ContactWay.PHONE)
PLACED = PlacementStarted(on=date(2024, 9, 2), form=PlacementForm.OTHER)  # born 3.4.2008: due on 3.10.2025
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def with_four(text: str) -> RuleSet:
    return rule_set(laid_over(FOUR, "ny.toml", text), ())


SOONER = with_four(
    '[[change]]\nid = "KUI-02"\nsays = "x"\n[[change.due]]\nlabel = "l"\nfrom = "known"\ndays = 2\nbasis = "local"\n'
)
OTHERS = with_four('[[change]]\nid = "KUI-02"\nsays = "x"\nholder = "school"\n')
OFF = with_four('[[off]]\nid = "KUI-02"\nreason = "x"\n')


def tried(world: World, after: RuleSet, days: tuple[date, date] = YEAR, **more: Any) -> Preview:
    return preview(world.db, world.log, RULES, after, first=days[0], last=days[1], **more)


def fates(found: Preview) -> list[tuple[Fate, UUID, str, Party, date]]:
    return [(one.fate, one.person_id, one.rule_id, one.holder, one.due_on) for one in found.touched]


def test_who_becomes_overdue_and_who_is_only_moved(world: World) -> None:
    late, in_time, other = world.people[:3]
    world.happens(late, started(), TOLD)
    world.happens(in_time, started(), TOLD, REACHED)
    world.happens(other, started(), PLACED)
    found = tried(world, SOONER)
    assert fates(found) == [
        (Fate.BECOMES, in_time, "KUI-02", Party.UU, date(2024, 4, 10)),
        (Fate.MOVES, late, "KUI-02", Party.UU, date(2024, 4, 10)),
    ]
    assert found.touched[1].was_due_on == date(2024, 4, 15)
    assert (found.people, found.unreadable, found.as_before, found.changed) == (3, 0, 0, {"KUI-02"})


def test_who_drops_off_and_who_gets_another_holder(world: World) -> None:
    world.happens(world.people[0], started(), TOLD)
    assert fates(tried(world, OFF)) == [(Fate.DROPS_OFF, world.people[0], "KUI-02", Party.UU, date(2024, 4, 15))]
    [moved] = tried(world, OTHERS).touched
    assert (moved.fate, moved.holder, moved.was_held_by) == (Fate.MOVES, Party.SCHOOL, Party.UU)


def test_what_is_as_before_is_counted_and_not_told(world: World) -> None:
    world.happens(world.people[0], started(), TOLD)
    longer = with_four(next_version("KUI-02", "2024-06-01", "2024-05-31", ("working_days = 5", "days = 30")))
    found = tried(world, longer)
    assert (found.changed, found.touched, found.as_before) == ({"KUI-02"}, (), 1)


def test_a_law_to_come_is_tried_on_what_has_happened(world: World) -> None:
    world.happens(world.people[0], started(), TOLD)
    coming = with_four(next_version("KUI-02", "2027-01-01", "2026-12-31", ("working_days = 5", "days = 300")))
    assert tried(world, coming).touched == ()
    tried_now = tried(world, as_if(RULES, coming, date(2024, 1, 1)))
    assert [one.fate for one in tried_now.touched] == [Fate.DROPS_OFF], "due in 2025, after the window"


def test_only_the_window_counts(world: World) -> None:
    world.happens(world.people[0], started(), TOLD, ContactMade(on=date(2024, 4, 10), way=ContactWay.PHONE))
    world.happens(world.people[1], started(), TOLD, ContactMade(on=date(2024, 4, 13), way=ContactWay.PHONE))
    day = timedelta(days=1)
    days = [date(2024, 4, 9) + n * day for n in range(7)]
    overdue_on = [one for one in days if tried(world, SOONER, (one, one)).touched]
    assert overdue_on == [date(2024, 4, 11), date(2024, 4, 12), date(2024, 4, 13)]


def test_nothing_is_told_of_classes_that_are_not_asked_for(world: World) -> None:
    world.happens(world.people[0], started(), TOLD)
    found = tried(world, OFF, classes=frozenset(DataClass) - {DataClass.EDUCATION})
    assert (found.touched, found.as_before) == ((), 0)


def test_somebody_who_cannot_be_read_is_left_out_and_counted(world: World) -> None:
    world.happens(world.people[0], started(), TOLD)
    world.happens(world.people[1], started(), TOLD)
    undo = spoil(world, world.log.position())
    found = tried(world, OFF)
    assert (found.people, found.unreadable, len(found.touched)) == (2, 1, 1)
    undo()
    assert tried(world, OFF).unreadable == 0


def test_everybody_is_read_however_many_there_are(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TOGETHER", 2)
    for person in world.people[:3]:
        world.happens(person, started(), TOLD)
    assert {one.person_id for one in tried(world, OFF).touched} == set(world.people[:3])


def test_it_gives_up_when_its_time_is_over(world: World) -> None:
    world.happens(world.people[0], started(), TOLD)
    with pytest.raises(TookTooLong):
        tried(world, OFF, give_up=monotonic() - 1)
    assert tried(world, OFF, give_up=monotonic() + 60).touched


def everything(world: World) -> dict[str, list[str]]:
    """Every row of every table of this log, as text, with the transaction that last wrote it."""
    with world.db.connection(Role.OWNER) as conn:
        tables = conn.execute(
            "select table_name from information_schema.tables where table_schema = current_schema order by 1"
        ).fetchall()
        return {
            name: sorted(str(row) for row in conn.execute(f"select xmin, ctid, t::text from {name} as t"))
            for (name,) in tables
        }


def test_the_whole_database_is_as_it_was(world: World) -> None:
    world.load_rules()
    world.happens(world.people[0], started(), TOLD, PLACED)
    world.follow()
    before = everything(world)
    assert sum(map(len, before.values())) > 5
    assert tried(world, OFF).touched
    assert everything(world) == before


def test_it_cannot_write_even_if_it_would(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.happens(world.people[0], started(), TOLD)

    def writes(conn: Any, *_: object) -> Iterator[Any]:
        conn.execute("update log_head set position = position")
        return iter(())

    monkeypatch.setattr(module, "_pasts", writes)
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        tried(world, OFF)


def test_it_sees_the_log_as_it_stood_when_it_began(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TOGETHER", 1)
    for person in world.people[:2]:
        world.happens(person, started(), TOLD)
    real = module.pasts

    def meanwhile(log: Any, people: Any, until: int, conn: Any) -> Any:
        world.happens(world.people[1], REACHED)
        return real(log, people, until, conn)

    monkeypatch.setattr(module, "pasts", meanwhile)
    assert len(tried(world, OFF).touched) == 2


DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@given(first=DAYS, last=DAYS, told=DAYS, reached=st.none() | DAYS)
def test_overdue_in_a_window_is_overdue_on_one_of_its_days(
    first: date, last: date, told: date, reached: date | None
) -> None:
    first, last = sorted((first, last))
    facts = [fact(1, STARTED), fact(2, ToldOfBreakOff(on=told, programme=Programme.FGU))]
    if reached is not None:
        facts.append(fact(3, ContactMade(on=reached, way=ContactWay.PHONE)))
    for one in obligations(life_of(facts), RULES):
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        was_late = any(one.shown_from <= day < one.ends_on and _is_late(one, day) for day in days)
        assert overdue_between(one, first, last) is was_late


def _is_late(one: Obligation, day: date) -> bool:
    standing = one.standing(day)
    return standing is Standing.OVERDUE or (standing is Standing.LATE and one.cleared_on == day)


def test_hours_can_be_late_on_the_very_day() -> None:
    received = datetime(2026, 3, 2, 8, tzinfo=UTC)
    facts = [
        fact(1, STARTED),
        fact(2, ConcernReceived(on=received.date(), at=received)),
        fact(3, ConcernAssessed(on=date(2026, 3, 3), at=received + timedelta(hours=25), acute=False)),
    ]
    [owed] = [one for one in obligations(life_of(facts), rule_set(shipped_rules(), ())) if one.rule_id == "BAR-02"]
    assert owed.due_on == owed.cleared_on
    assert overdue_between(owed, date(2026, 3, 3), date(2026, 3, 3))
    assert not overdue_between(owed, date(2026, 3, 4), date(2026, 12, 31))
