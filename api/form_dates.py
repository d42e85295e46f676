"""Dates as forms send them: three fields name_day, name_month and name_year (the macro date_field).

What was written is never changed behind the writer's back: a date that cannot be read comes back as it was
written, with a Danish sentence that says what is wrong.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

EARLIEST, LATEST = 1900, 2199
_PARTS = ("day", "month", "year")
_NUMBER = re.compile(r"[0-9]{1,4}")
_WHOLE = (
    re.compile(r"(?P<day>[0-9]{1,2})[./\- ]+(?P<month>[0-9]{1,2})[./\- ]+(?P<year>[0-9]{4}|[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4}|[0-9]{2})"),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
)
_WRITTEN_LENGTH = 40
_YEARS_BACK = 56
LONGEST_AHEAD = timedelta(days=366)


def read_date(  # noqa: PLR0911 - one answer per fault
    form: Mapping[str, Any], name: str, today: date, *, what: str = "Datoen"
) -> date | str:
    """The date in these three fields, or a Danish sentence that says why it is none.

    A whole date in the field of the day counts (21.11.2026, 21-11-26, 211126, 2026-11-21). A year of two digits
    is the one from 56 years back to 43 years ahead of today. `what` names the date in the sentence.
    """
    day, month, year = (part.strip(" .,/") for part in written(form, name))
    if not (day or month or year):
        return f"{what} mangler. Skriv dag, måned og år, for eksempel {_example(today)}."
    if day and not month and not year:
        for way in _WHOLE:
            if found := way.fullmatch(day):
                day, month, year = found["day"], found["month"], found["year"]
                break
    missing = [word for word, part in (("dag", day), ("måned", month), ("år", year)) if not part]
    if missing:
        return f"{what} mangler {' og '.join(missing)}."
    if not all(_NUMBER.fullmatch(part) for part in (day, month, year)):
        return f"{what} skal skrives med tal, for eksempel {_example(today)}."
    if len(year) not in {2, 4}:
        return f"Årstallet i {_inside(what)} skal have fire cifre, for eksempel {today.year}."
    wanted = _full_year(int(year), today) if len(year) == 2 else int(year)  # noqa: PLR2004
    if not EARLIEST <= wanted <= LATEST:
        return f"Årstallet i {_inside(what)} skal ligge mellem {EARLIEST} og {LATEST}."
    try:
        return date(wanted, int(month), int(day))
    except ValueError:
        return f"{what} findes ikke. Se efter, om dag og måned er rigtige."


def read_optional_date(form: Mapping[str, Any], name: str, today: date, *, what: str = "Datoen") -> date | str | None:
    """As `read_date`, but None when nothing is written."""
    return read_date(form, name, today, what=what) if any(written(form, name)) else None


def day_fault(day: date | str, today: date, what: str) -> str | None:
    """What is wrong with a day that something is to happen on: today or later, and within a year."""
    if isinstance(day, str):
        return day
    if day < today:
        return f"{what} kan tidligst være i dag."
    return f"{what} kan højst ligge et år frem." if day - today > LONGEST_AHEAD else None


def written(form: Mapping[str, Any], name: str) -> tuple[str, str, str]:
    """What was written in the three fields, to be shown again."""
    day, month, year = (_text(form.get(f"{name}_{part}")) for part in _PARTS)
    return day, month, year


def _text(value: object) -> str:
    # A file where a text should be is nobody's date.
    return value.strip()[:_WRITTEN_LENGTH] if isinstance(value, str) else ""


def _full_year(short: int, today: date) -> int:
    """The year with these two last digits in the hundred years around today; static/app.js fills in the same."""
    first = today.year - _YEARS_BACK
    return first + (short - first) % 100


def _example(today: date) -> str:
    return f"{today.day} {today.month} {today.year}"


def _inside(what: str) -> str:
    return what[:1].lower() + what[1:]
