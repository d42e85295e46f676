"""The days of a fictional year: when offices are open, school begins and ends, Milepælen has people in."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random

from domain.days import SATURDAY, counted_days, is_weekday, months_after
from projections.closing_days import YEARS, danish_closed_days

CLOSED_DAYS = frozenset(danish_closed_days(YEARS))
"""The same days as the lists count with."""

MONTHS = 12
_FIRST_GRADE_AGE = 6  # nobody's school year depends on the month they were born in
_QUARTER = 3


def open_day(day: date) -> date:
    """This day, or the next on which an office is open."""
    while day.weekday() >= SATURDAY or day in CLOSED_DAYS:
        day += timedelta(days=1)
    return day


def open_day_before(day: date) -> date:
    """This day, or the last before it on which an office was open."""
    while day.weekday() >= SATURDAY or day in CLOSED_DAYS:
        day -= timedelta(days=1)
    return day


def grade_begins(draw: Random, born_on: date, grade: int) -> date:
    """The day in August on which somebody born then begins that grade."""
    return open_day(date(born_on.year + _FIRST_GRADE_AGE + grade, 8, draw.randint(8, 14)))


def last_school_day(born_on: date, grade: int) -> date:
    """The last day of that grade, in June of the year after it began."""
    return date(born_on.year + _FIRST_GRADE_AGE + grade + 1, 6, 26)


def august_after(draw: Random, day: date) -> date:
    """The day on which educations begin, the first August after this day."""
    begins = open_day(date(day.year, 8, draw.randint(4, 14)))
    return begins if begins > day else open_day(date(day.year + 1, 8, draw.randint(4, 14)))


def weekdays_after(day: date, count: int) -> date:
    """The `count`th day after `day`, Saturdays counted too: the strict way to read *hverdage*."""
    return next(islice(counted_days(day, CLOSED_DAYS, is_weekday), count - 1, None))


def quarters(first: date, last: date) -> Iterator[tuple[int, int, date]]:
    """Year and number of the quarters that ended between these days, and the day they were made up."""
    day = date(first.year, first.month - (first.month - 1) % _QUARTER, 1)
    while (ended := months_after(day, _QUARTER)) <= last:
        if day >= first:
            yield day.year, (day.month - 1) // _QUARTER + 1, open_day(ended + timedelta(days=4))
        day = ended


def milepaelen_is_open(day: date) -> bool:
    """Not at weekends, on holidays, in the last weeks of July, or between Christmas and New Year."""
    is_summer = (7, 10) <= (day.month, day.day) <= (7, 31)
    is_christmas = (day.month, day.day) >= (12, 23)
    return day.weekday() < SATURDAY and day not in CLOSED_DAYS and not is_summer and not is_christmas
