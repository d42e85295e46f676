"""The cells of one row, read as what they are: dates, codes, numbers, words.

Nothing is guessed. A two-digit year, the 31st of February or an unknown word stops the row and names the column.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from domain.decisions.journey import checked_text
from domain.refused import Refused
from domain.text import FreeText, StaffId
from intake.days import DayFault, day_of, moment_of, received_at
from intake.profile import Profile, Word, folded
from intake.sorts import EventField, Sort
from people.cpr import Cpr, CprFault

Code = TypeVar("Code", bound=StrEnum)

MAX_SHORT_TEXT = 200
NOBODY: frozenset[str] = frozenset()

_OWN_YES_OR_NO: Mapping[str, Word] = {"ja": True, "nej": False, "sand": True, "falsk": False}
"""As people write it, and as Excel does."""

_LIKE_CPR = re.compile(r"(?<!\d)([0-3]\d|[6-9]\d)([0-3]\d)\d{2}[-‐‑– ]?\d{4}(?!\d)", re.ASCII)
_MONTHS = {*range(1, 13), *range(21, 33)}
_WHOLE_NUMBER = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_NUMBER = re.compile(r"[+-]?[\d.]*\d(?:,\d+)?", re.ASCII)
_BETWEEN_CODES = re.compile(r"[+,]")


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

    def value(  # noqa: PLR0911 - one answer per sort
        self, each: EventField, column: str, *, on: date, now: datetime, staff: Collection[str]
    ) -> Any:
        """What this column says for this field of an event. CellFault when it does not say it."""
        codes = each.codes or StrEnum
        match each.sort:
            case Sort.CODE:
                return self.code(column, codes)
            case Sort.CODES:
                return self.codes(column, codes)
            case Sort.YES_NO:
                return self.yes(column)
            case Sort.DATE:
                return self.day(column)
            case Sort.MOMENT:
                return self._dated(column, lambda text: moment_of(text, on, self.profile.dates, now))
            case Sort.NUMBER:
                return self.number(column, each.least, each.most)
            case Sort.STAFF:
                return self.staff(column, staff)
            case Sort.TEXT:
                return self.words(column)

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
        found: date = self._dated(field, lambda text: day_of(text, self.profile.dates))
        return found

    def optional_day(self, field: str) -> date | None:
        return self.day(field) if self.optional(field) else None

    def instant(self, field: str, now: datetime) -> datetime | None:
        """When something was received (`intake.days.received_at`); None when the cell is empty."""
        if not self.optional(field):
            return None
        found: datetime = self._dated(field, lambda text: received_at(text, self.profile.dates, now))
        return found

    def code(self, field: str, codes: type[Code]) -> Code:
        """One of the domain's codes, by the profile's word for it."""
        return self._code_of(field, self._not_formula(field), codes)

    def optional_code(self, field: str, codes: type[Code]) -> Code | None:
        return self.code(field, codes) if self.optional(field) else None

    def codes(self, field: str, codes: type[Code]) -> tuple[Code, ...]:
        """Several codes with “+” or “,” between their words, each once, in the order of the domain."""
        parts = [part.strip() for part in _BETWEEN_CODES.split(self._not_formula(field))]
        found = {self._code_of(field, part, codes) for part in parts if part}
        if not found:
            raise CellFault("cell-missing", field)
        return tuple(code for code in codes if code in found)

    def yes(self, field: str) -> bool:
        """Yes or no, by the profile's words."""
        return bool(self._mapped(field, self._not_formula(field), _OWN_YES_OR_NO))

    def word(self, field: str) -> str:
        """What the profile's map says the word means."""
        return str(self._mapped(field, self._not_formula(field), {}))

    def number(self, field: str, least: int | None = None, most: int | None = None) -> int:
        """A whole number, also with a percent sign after it, or what the profile's word for it means."""
        text = self._not_formula(field)
        word = self._word_of(field, text)
        plain = text.removesuffix("%").strip()
        if isinstance(word, int) and not isinstance(word, bool):
            found = word
        elif _WHOLE_NUMBER.fullmatch(plain):
            found = int(plain)
        else:
            reason = "not-whole" if _NUMBER.fullmatch(plain) else "no-number"
            raise CellFault(reason, field, f"et helt tal{_range(least, most)}")
        if (least is not None and found < least) or (most is not None and found > most):
            raise CellFault("out-of-range", field, f"et helt tal{_range(least, most)}")
        return found

    def staff(self, field: str, known: Collection[str]) -> StaffId:
        """A member of staff, by the id in the municipality's own file or by the profile's word for it."""
        text = self._not_formula(field)
        word = self._word_of(field, text)
        found = word if isinstance(word, str) else text
        if found not in known:
            raise CellFault("unknown-staff", field)
        return StaffId(found)

    def cpr(self, field: str, *, demo: bool) -> Cpr:
        """A CPR number; fictional ones in a demo, and only there."""
        try:
            return Cpr.parse(self._not_formula(field), demo=demo)
        except CprFault as fault:
            raise CellFault("cpr-wrong", field, str(fault)) from None

    def _not_formula(self, field: str) -> str:
        """The text of a cell that is no free text: there a formula is a mistake."""
        text = self.needed(field)
        if text.startswith("="):
            raise CellFault("formula", field)
        return text

    def _word_of(self, field: str, text: str) -> Word | None:
        """What the profile's word means; None when it is none of them."""
        return self.profile.by_word.get(field, {}).get(folded(text))

    def _mapped(self, field: str, text: str, own: Mapping[str, Word]) -> Word:
        """What this word means, by `own` when the profile has no map for the field."""
        found = self.profile.by_word.get(field, own).get(folded(text))
        if found is None:
            raise CellFault("unknown-word", field, ", ".join(self.profile.values.get(field, own)))
        return found

    def _code_of(self, field: str, text: str, codes: type[Code]) -> Code:
        """The code for this word, among those that the field of this event takes: others may have the same name."""
        words = self.profile.by_word.get(field)
        found = folded(text) if words is None else words.get(folded(text))
        try:
            return codes(str(found))
        except ValueError:
            own = {code.value: code.value for code in codes}
            known = [word for word, code in self.profile.values.get(field, own).items() if code in own]
            raise CellFault("unknown-word", field, ", ".join(known)) from None

    def _dated(self, field: str, read: Callable[[str], Any]) -> Any:
        try:
            return read(self._not_formula(field))
        except DayFault as fault:
            raise CellFault(fault.reason, field, fault.expected) from None


def _range(least: int | None, most: int | None) -> str:
    if least is None or most is None:
        return "" if least is None else f", mindst {least}"
    return f" fra {least} til {most}"


def _without_cpr(text: str, field: str) -> str:
    """Text that goes into the log: refused when it holds what must never get there."""
    if any(int(found[2]) in _MONTHS for found in _LIKE_CPR.finditer(text)):
        raise CellFault("cpr-in-text", field)
    return text
