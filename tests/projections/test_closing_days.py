from datetime import UTC, date, datetime

import pytest

from domain.rules import OwnDays, RuleFault
from projections.closing_days import YEARS, current_rules, danish_closed_days, ensure_rules, why_closed
from projections.rows import NO_RULES
from tests.four import FOUR
from tests.projections.world import BY, World

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_the_public_holidays_of_a_year() -> None:
    days = danish_closed_days([2026])
    assert days == (
        date(2026, 1, 1),
        date(2026, 4, 2),
        date(2026, 4, 3),
        date(2026, 4, 5),
        date(2026, 4, 6),
        date(2026, 5, 14),
        date(2026, 5, 24),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    )


def test_store_bededag_ended_with_2023() -> None:
    assert date(2023, 5, 5) in danish_closed_days([2023])
    assert date(2024, 4, 26) not in danish_closed_days([2024])


def test_a_municipality_decides_about_its_own_days() -> None:
    own = OwnDays(yearly=((6, 5), (12, 24), (12, 31)))
    assert set(danish_closed_days([2026], own)) - set(danish_closed_days([2026])) == {
        date(2026, 6, 5),
        date(2026, 12, 24),
        date(2026, 12, 31),
    }


def test_rules_are_loaded_once_and_again_only_when_they_differ(world: World) -> None:
    assert current_rules(world.log) == NO_RULES
    rules = ensure_rules(world.log, BY, NOW, text=FOUR)
    assert current_rules(world.log) == rules
    assert (world.log.position(), len(rules.rules) > 0) == (1, True)
    ensure_rules(world.log, BY, NOW, text=FOUR)
    assert world.log.position() == 1, "the same once more is nothing"

    ensure_rules(world.log, BY, NOW, text=FOUR + '[municipality]\nname = "X"\nclosing_days = ["12-24"]\n')
    assert date(2026, 12, 24) in current_rules(world.log).closed_days
    ensure_rules(world.log, BY, NOW, text=FOUR)
    assert (world.log.position(), current_rules(world.log)) == (3, rules), "earlier rules may come back"


def test_the_closing_days_reach_from_the_first_cases_to_long_after_the_last() -> None:
    assert (YEARS.start, YEARS.stop) == (2010, 2050)


def test_wrong_rules_are_never_loaded(world: World) -> None:
    with pytest.raises(RuleFault):
        ensure_rules(world.log, BY, NOW, text=FOUR.replace("when =", "wen ="))
    assert world.log.position() == 0


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 11, 23), None),
        (date(2026, 11, 21), "lørdag"),
        (date(2026, 11, 22), "søndag"),
        (date(2026, 4, 6), "anden påskedag"),
        (date(2026, 12, 26), "anden juledag"),  # a Saturday too
        (date(2026, 12, 24), "lukkedag"),
    ],
)
def test_why_nobody_works_is_said_in_danish(day: date, why: str | None) -> None:
    closed_days = frozenset(danish_closed_days([2026], OwnDays(yearly=((12, 24),))))
    assert why_closed(day, closed_days) == why
