"""Date arithmetic for deadlines. Where the law leaves a choice, the earlier day is taken (docs/rules.md)."""

import calendar
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache

SATURDAY, SUNDAY = 5, 6
FEBRUARY = 2
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later, or the month's last day where there is no such day."""
    year, month0 = divmod(12 * day.year + day.month - 1 + months, 12)
    month = month0 + 1
    # Asked for very often, and calendar.monthrange finds a weekday too.
    last = _LENGTHS[month0] + (month == FEBRUARY and calendar.isleap(year))
    return date(year, month, min(day.day, last))


@lru_cache(maxsize=10_000)
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


def is_working_day(day: date, closed_days: frozenset[date]) -> bool:
    """Monday to Friday, and not closed."""
    return day.weekday() < SATURDAY and day not in closed_days


def is_weekday(day: date, closed_days: frozenset[date]) -> bool:
    """Monday to Saturday, and not closed: a Danish *hverdag*, where a Saturday can be one."""
    return day.weekday() < SUNDAY and day not in closed_days


def counted_days(
    day: date, closed_days: frozenset[date], counts: Callable[[date, frozenset[date]], bool] = is_working_day
) -> Iterator[date]:
    """The days after `day` that count, working days unless told otherwise, for ever."""
    while True:
        day += timedelta(days=1)
        if counts(day, closed_days):
            yield day


def next_date(start: date, month: int, day: int) -> date:
    """The first such date on or after `start`. Not for 29 February, which does not come every year."""
    this_year = date(start.year, month, day)
    return this_year if this_year >= start else date(start.year + 1, month, day)


def end_of_quarter(year: int, quarter: int) -> date:
    """The last day of a calendar quarter, 1 to 4."""
    return months_after(date(year, 3 * quarter - 2, 1), 3) - timedelta(days=1)


def working_days_between(first: date, last: date, closed_days: frozenset[date]) -> int:
    """How many working days lie after `first`, up to and with `last`; 0 when `last` is not later."""
    days = range(1, (last - first).days + 1)
    return sum(is_working_day(first + timedelta(days=n), closed_days) for n in days)
