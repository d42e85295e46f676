from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.days import age_on, birthday, months_after, working_days_after, working_days_between

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
EASTER_2026 = frozenset({date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 6)})


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2009, 8, 31), 18 * 12 - 6, date(2027, 2, 28)),
        (date(2008, 8, 31), 16 * 12 - 6, date(2024, 2, 29)),
        (date(2008, 2, 29), 12 * 18, date(2026, 2, 28)),
        (date(2008, 12, 15), -12, date(2007, 12, 15)),
    ],
)
def test_a_day_the_month_does_not_have_becomes_its_last(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


def test_born_on_29_february_one_is_18_on_the_28th() -> None:
    assert birthday(date(2008, 2, 29), 18) == date(2026, 2, 28)
    assert age_on(date(2008, 2, 29), date(2026, 2, 27)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 18


def test_working_days_skip_weekends_and_closed_days() -> None:
    assert working_days_after(date(2026, 4, 1), 5, EASTER_2026) == date(2026, 4, 13)
    assert working_days_after(date(2026, 11, 20), 1, frozenset()) == date(2026, 11, 23)


@given(days, st.integers(1, 40))
def test_counting_forward_and_between_agree(day: date, count: int) -> None:
    reached = working_days_after(day, count, EASTER_2026)
    assert working_days_between(day, reached, EASTER_2026) == count
    assert working_days_between(day, reached - timedelta(days=1), EASTER_2026) == count - 1
    assert working_days_between(reached, day, EASTER_2026) == 0


@given(days, days, st.integers(-40, 400))
def test_the_younger_is_never_due_first(one: date, other: date, months: int) -> None:
    first, second = sorted([one, other])
    assert months_after(first, months) <= months_after(second, months)


@given(days, st.integers(0, 40))
def test_age_changes_on_the_birthday(born_on: date, age: int) -> None:
    day = birthday(born_on, age)
    assert age_on(born_on, day) == age
    if age:
        assert age_on(born_on, day - timedelta(days=1)) == age - 1
