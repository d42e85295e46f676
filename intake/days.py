"""Dates and times as sources write them. Nothing is guessed: what can be read in two ways is not read."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from domain.facts import COPENHAGEN, civil_date

NOON = time(12)
FIRST_YEAR, LAST_YEAR = 1900, 2099

DATE_FORMS = {
    "dd-mm-yyyy": re.compile(r"(?P<d>\d{2})-(?P<m>\d{2})-(?P<y>\d{4})", re.ASCII),
    "iso": re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", re.ASCII),
}
_WRITTEN = {"dd-mm-yyyy": "%d-%m-%Y", "iso": "%Y-%m-%d"}
_SHOWN = {"dd-mm-yyyy": "dd-mm-åååå, for eksempel 07-03-2026", "iso": "åååå-mm-dd, for eksempel 2026-03-07"}
_TWO_DIGIT_YEAR = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{2}", re.ASCII)
_LIKE_A_DATE = re.compile(r"\d{1,4}[-./ ]+\d{1,2}([-./ ]+\d{1,4}\.?)?|\d{8}", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_DATE_AND_TIME = re.compile(r"(\S+?)[T ]+(\d{1,2}[:.].*)")
_MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?$", re.ASCII)
A_TIME = "et klokkeslæt som 08:15"


class DayFault(Exception):  # noqa: N818 - an answer about a cell, not an error
    """The text cannot be used. `reason` is a code of `intake.words`; `expected` what should have stood there."""

    def __init__(self, reason: str, expected: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.expected = expected


def day_of(text: str, forms: Sequence[str]) -> date:
    """A civil date in one of these forms; midnight behind it, which many systems write, says nothing more.

    Raises DayFault.
    """
    text = _MIDNIGHT.sub("", text)
    for form in forms:
        if found := DATE_FORMS[form].fullmatch(text):
            return _calendar_day(int(found["y"]), int(found["m"]), int(found["d"]))
    if _TWO_DIGIT_YEAR.fullmatch(text):
        raise DayFault("two-digit-year", shown_forms(forms))
    raise DayFault("date-form", shown_forms(forms))


def looks_like_a_date(text: str) -> bool:
    """Whether somebody meant a date by it, readable or not."""
    return _LIKE_A_DATE.fullmatch(_MIDNIGHT.sub("", text)) is not None


def written(day: date, form: str) -> str:
    """The date as a file of this form has it."""
    return day.strftime(_WRITTEN[form])


def shown_forms(forms: Sequence[str]) -> str:
    """The forms for a message, with an example each."""
    return " eller ".join(_SHOWN[form] for form in forms)


def received_at(text: str, forms: Sequence[str], now: datetime) -> datetime:
    """When something was received: a date with or without a time, Danish time unless it says otherwise.

    A date alone is taken as noon, so that it is that Danish date in every reading. Never later than `now`,
    unless it is another day: then it is wrong. Raises DayFault.
    """
    found = _DATE_AND_TIME.fullmatch(text)
    if found and _TIME.fullmatch(found[2]):
        instant = _instant(day_of(found[1], forms), found[2])
    else:
        instant = datetime.combine(day_of(text, forms), NOON, COPENHAGEN).astimezone(UTC)
    if civil_date(instant) > civil_date(now):
        raise DayFault("in-the-future")
    return min(instant, now)


def moment_of(text: str, on: date, forms: Sequence[str], now: datetime) -> datetime:
    """When it happened, to the minute: a time on the day `on`, or a date and time that must be that day.

    Danish time unless it says otherwise. A time that the clocks skip in spring does not exist; of one that they
    show twice in autumn the first is meant. Raises DayFault.
    """
    day, clock = on, text
    if found := _DATE_AND_TIME.fullmatch(text):
        day, clock = day_of(found[1], forms), found[2]
    elif any(form.fullmatch(text) for form in DATE_FORMS.values()):
        raise DayFault("time-missing", A_TIME)
    instant = _instant(day, clock)
    if civil_date(instant) != on:
        raise DayFault("another-day")
    if instant > now:
        raise DayFault("in-the-future")
    return instant


def _instant(day: date, clock: str) -> datetime:
    found = _TIME.fullmatch(clock)
    if found is None:
        raise DayFault("time-form", A_TIME)
    hour, minute, second, offset = found.groups()
    try:
        at = time(int(hour), int(minute), int(second or 0))
        zone = datetime.fromisoformat(f"2000-01-01T00:00:00{offset}").tzinfo if offset else COPENHAGEN
    except ValueError:
        raise DayFault("time-form", A_TIME) from None
    instant = datetime.combine(day, at, zone).astimezone(UTC)
    if zone is COPENHAGEN and instant.astimezone(COPENHAGEN).replace(tzinfo=None) != datetime.combine(day, at):
        raise DayFault("no-such-time")
    return instant


def _calendar_day(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise DayFault("no-such-date") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DayFault("no-such-date")
    return found
