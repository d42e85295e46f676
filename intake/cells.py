"""The cells of one row, read as what they are: dates, codes, words.

Nothing is guessed. A two-digit year, the 31st of February or an unknown word stops the row and names the column.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TypeVar

from domain.decisions.journey import checked_text
from domain.facts import COPENHAGEN
from domain.refused import Refused
from domain.text import FreeText
from intake.profiles import Profile, folded
from people.cpr import Cpr, CprFault

Code = TypeVar("Code", bound=StrEnum)

NOON = time(12)
FIRST_YEAR, LAST_YEAR = 1900, 2099
MAX_SHORT_TEXT = 200

_DATE_FORMS = {
    "dd-mm-yyyy": re.compile(r"(?P<d>\d{2})-(?P<m>\d{2})-(?P<y>\d{4})", re.ASCII),
    "iso": re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", re.ASCII),
}
_TWO_DIGIT_YEAR = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{2}", re.ASCII)
_TIME = re.compile(r"[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_LIKE_CPR = re.compile(r"(?<!\d)([0-3]\d|[6-9]\d)([0-3]\d)\d{2}[-‐‑– ]?\d{4}(?!\d)", re.ASCII)
_MONTHS = {*range(1, 13), *range(21, 33)}


class CellFault(Exception):  # noqa: N818 - an answer about a row, not an error
    """The row cannot be used. `reason` is a code of `intake.words`, `field` the guilty field, "" for the row.

    `expected` is what should have stood there, in Danish; never what did stand there.
    """

    def __init__(self, reason: str, field: str = "", expected: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Cells:
    """One row under its profile: field to text, without the space around it."""

    profile: Profile
    by_field: Mapping[str, str]

    def optional(self, field: str) -> str:
        """The text, empty when the cell or the whole column is."""
        return self.by_field.get(field, "")

    def needed(self, field: str) -> str:
        """The text. CellFault when there is none."""
        text = self.optional(field)
        if not text:
            raise CellFault("cell-missing", field)
        return text

    def short(self, field: str) -> str:
        """A line of at most `MAX_SHORT_TEXT` characters, without anything like a CPR number."""
        return _without_cpr(self.short_id(field), field)

    def short_id(self, field: str) -> str:
        """What the source calls something; it is only ever kept as an HMAC, so it may hold a CPR number."""
        text = self.needed(field)
        if len(text) > MAX_SHORT_TEXT:
            raise CellFault("too-long", field, f"højst {MAX_SHORT_TEXT} tegn")
        return text

    def words(self, field: str) -> FreeText:
        """Free text as it was written; what looks like a formula stays text."""
        text = self.needed(field)
        try:
            return checked_text(_without_cpr(text, field))
        except Refused as refusal:
            raise CellFault(refusal.reason, field) from None

    def day(self, field: str) -> date:
        """A civil date in one of the profile's forms."""
        return self._day(self.needed(field), field)

    def optional_day(self, field: str) -> date | None:
        text = self.optional(field)
        return self._day(text, field) if text else None

    def instant(self, field: str, now: datetime) -> datetime | None:
        """When something was received: a date with or without a time, Danish time unless it says otherwise.

        A date alone is taken as noon, so that it is that Danish date in every reading. Never later than `now`,
        unless it is another day: then it is wrong.
        """
        text = self.optional(field)
        if not text:
            return None
        found = _TIME.search(text)
        day = self._day(text[: found.start()] if found and found.end() == len(text) else text, field)
        instant = _at(day, found, field) if found else datetime.combine(day, NOON, COPENHAGEN)
        if instant.astimezone(COPENHAGEN).date() > now.astimezone(COPENHAGEN).date():
            raise CellFault("in-the-future", field)
        return min(instant.astimezone(UTC), now)

    def code(self, field: str, codes: type[Code]) -> Code:
        """One of the domain's codes, by the profile's word for it."""
        return codes(str(self._mapped(field, {code.value: code.value for code in codes})))

    def optional_code(self, field: str, codes: type[Code]) -> Code | None:
        return self.code(field, codes) if self.optional(field) else None

    def yes(self, field: str) -> bool:
        """Yes or no, by the profile's words."""
        return bool(self._mapped(field, {"ja": True, "nej": False}))

    def word(self, field: str) -> str:
        """What the profile's map says the word means."""
        return str(self._mapped(field, {}))

    def cpr(self, field: str, *, demo: bool) -> Cpr:
        """A CPR number; fictional ones in a demo, and only there."""
        try:
            return Cpr.parse(self.needed(field), demo=demo)
        except CprFault as fault:
            raise CellFault("cpr-wrong", field, str(fault)) from None

    def _mapped(self, field: str, own: Mapping[str, str | bool]) -> str | bool:
        text = self.needed(field)
        words = self.profile.values.get(field, own)
        found = {folded(word): code for word, code in words.items()}.get(folded(text))
        if found is None:
            raise CellFault("unknown-word", field, ", ".join(words))
        return found

    def _day(self, text: str, field: str) -> date:
        for form in self.profile.dates:
            if found := _DATE_FORMS[form].fullmatch(text):
                return _calendar_day(int(found["y"]), int(found["m"]), int(found["d"]), field)
        if _TWO_DIGIT_YEAR.fullmatch(text):
            raise CellFault("two-digit-year", field, _shown_forms(self.profile))
        raise CellFault("date-form", field, _shown_forms(self.profile))


def _calendar_day(year: int, month: int, day: int, field: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise CellFault("no-such-date", field) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellFault("no-such-date", field)
    return found


def _at(day: date, found: re.Match[str], field: str) -> datetime:
    hour, minute, second, offset = found.groups()
    try:
        clock = time(int(hour), int(minute), int(second or 0))
        zone = datetime.fromisoformat(f"2000-01-01T00:00:00{offset}").tzinfo if offset else COPENHAGEN
    except ValueError:
        raise CellFault("date-form", field, "et klokkeslæt som 08:15") from None
    return datetime.combine(day, clock, zone)


def _without_cpr(text: str, field: str) -> str:
    """Text that goes into the log: refused when it holds what must never get there."""
    if any(int(found[2]) in _MONTHS for found in _LIKE_CPR.finditer(text)):
        raise CellFault("cpr-in-text", field)
    return text


def _shown_forms(profile: Profile) -> str:
    shown = {"dd-mm-yyyy": "dd-mm-åååå, for eksempel 07-03-2026", "iso": "åååå-mm-dd, for eksempel 2026-03-07"}
    return " eller ".join(shown[form] for form in profile.dates)
