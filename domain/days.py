"""Date arithmetic for deadlines. Where the law leaves a choice, the earlier day is taken (docs/rules.md)."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

SATURDAY = 5


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later, or the month's last day where there is no such day."""
    year, month0 = divmod(12 * day.year + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def birthday(born_on: date, age: int) -> date:
    """The day a person turns `age` years. Born on 29 February: the 28th in common years, the earlier day."""
    return months_after(born_on, 12 * age)


def age_on(born_on: date, day: date) -> int:
    """Whole years on that day."""
    years = day.year - born_on.year
    return years if birthday(born_on, years) <= day else years - 1


def working_days_after(day: date, count: int, closed_days: frozenset[date]) -> date:
    """The `count`th working day after `day`, which is not counted itself.

    Monday to Friday, except closed days.
    """
    for reached, counted in enumerate(counted_days(day, closed_days), start=1):
        if reached == count:
            return counted
    raise AssertionError("days do not end")


def counted_days(day: date, closed_days: frozenset[date]) -> Iterator[date]:
    """The working days after `day`, for ever."""
    while True:
        day += timedelta(days=1)
        if is_working_day(day, closed_days):
            yield day


def is_working_day(day: date, closed_days: frozenset[date]) -> bool:
    """Monday to Friday, and not closed."""
    return day.weekday() < SATURDAY and day not in closed_days


def working_days_between(first: date, last: date, closed_days: frozenset[date]) -> int:
    """How many working days lie after `first`, up to and with `last`; 0 when `last` is not later."""
    days = range(1, (last - first).days + 1)
    return sum(is_working_day(first + timedelta(days=n), closed_days) for n in days)
