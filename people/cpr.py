"""CPR numbers: read strictly, shown masked, never in a text that somebody else may read.

A number is a value that hides itself: only `digits` tells it, so that a log line, an error or a page which
holds one by mistake shows a date and four dots.

Fictional numbers have 20 added to the month. Months 21-32 do not exist in CPR, so a fictional number can never
be anybody's, and it still tells birth date and century (docs/decisions/0003-register.md).
"""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from stdnum.dk import cpr as century_rule
from stdnum.exceptions import InvalidComponent

_WRITTEN = re.compile(r"([0-9]{6})[-‐‑–]?([0-9]{4})")
"""With or without a hyphen, also the ones that Word and web pages put there."""

_REPLACEMENT_DAYS = 60
_FICTIONAL_MONTHS = 20
_LENGTH = 10
_FIRST_SERIAL_OF_CENTURY = {19: 0, 20: 5000}
_SERIALS = 4000
_LAST_FICTIONAL_YEAR = 2057


class CprKind(StrEnum):
    """An ordinary number, or a replacement given to somebody without one (day + 60), often a young refugee."""

    ORDINARY = "ordinary"
    REPLACEMENT = "replacement"


class CprFault(ValueError):  # noqa: N818 - the name is the word of the import reports
    """The text is not a number we take. The message is Danish and never holds the text."""


@dataclass(frozen=True, slots=True)
class Cpr:
    """One number. `digits` is the whole of it, ten digits: to be sealed, hashed, or shown on "Vis CPR" only."""

    digits: str = field(repr=False)

    def __post_init__(self) -> None:
        if re.fullmatch(r"[0-9]{10}", self.digits) is None:
            raise CprFault("CPR-nummeret skal have ti cifre.")
        _birth_date(self.digits)

    @classmethod
    def parse(cls, text: str, *, demo: bool = False) -> Self:
        """Read a number as people write it. CprFault when it is impossible.

        A real database refuses fictional numbers, and a demo refuses all others: a demo has no sign-on, so
        nobody's real number may get into it.
        """
        found = _WRITTEN.fullmatch(text.strip().replace(" ", ""))
        if found is None:
            raise CprFault(_what_is_wrong(text))
        number = cls(found[1] + found[2])
        if number.is_fictional and not demo:
            raise CprFault("CPR-nummeret er et opdigtet nummer, som kun findes i en demo.")
        if demo and not number.is_fictional:
            raise CprFault("En demo tager kun opdigtede CPR-numre (måned + 20).")
        return number

    @property
    def kind(self) -> CprKind:
        return CprKind.REPLACEMENT if int(self.digits[:2]) > _REPLACEMENT_DAYS else CprKind.ORDINARY

    @property
    def is_fictional(self) -> bool:
        """Whether it is made up, so that it cannot be anybody's."""
        return int(self.digits[2:4]) > _FICTIONAL_MONTHS

    @property
    def birth_date(self) -> date:
        """The birth date that the number tells.

        On a replacement number it is the best guess, day minus 60: the number was given before the birth date
        was certain. A date from another source goes before it, and staff confirm it.
        """
        return _birth_date(self.digits)

    @property
    def shown(self) -> str:
        """The whole number with its hyphen, for "Vis CPR" after the look is logged."""
        return f"{self.digits[:6]}-{self.digits[6:]}"

    def __str__(self) -> str:
        return f"{self.digits[:6]}-••••"

    def __repr__(self) -> str:
        return f"Cpr({self})"


def fictional(born_on: date, serial: int, kind: CprKind = CprKind.ORDINARY) -> Cpr:
    """Build the fictional number of somebody born on this day, 1900-2057; `serial` 0-3999 tells people apart."""
    first = _FIRST_SERIAL_OF_CENTURY.get(born_on.year // 100)
    if first is None or born_on.year > _LAST_FICTIONAL_YEAR or not 0 <= serial < _SERIALS:
        raise ValueError("no fictional number for that year or serial")
    day = born_on.day + (_REPLACEMENT_DAYS if kind is CprKind.REPLACEMENT else 0)
    month = born_on.month + _FICTIONAL_MONTHS
    return Cpr(f"{day:02}{month:02}{born_on.year % 100:02}{first + serial:04}")


def _birth_date(digits: str) -> date:
    """Take the marks off day and month, then let stdnum read the century from the seventh digit."""
    day, month = int(digits[:2]), int(digits[2:4])
    day -= _REPLACEMENT_DAYS if day > _REPLACEMENT_DAYS else 0
    month -= _FICTIONAL_MONTHS if month > _FICTIONAL_MONTHS else 0
    try:
        born_on: date = century_rule.get_birth_date(f"{day:02}{month:02}{digits[4:]}")
    except InvalidComponent:
        raise CprFault("CPR-nummeret begynder ikke med en dato, der findes.") from None
    return born_on


def _what_is_wrong(text: str) -> str:
    digits = sum(character.isdigit() for character in text)
    if digits == _LENGTH - 1:
        return "CPR-nummeret har ni cifre. Har et regneark fjernet et nul foran?"
    if digits == _LENGTH:
        return "CPR-nummeret er ikke skrevet som ti cifre, eventuelt med en bindestreg efter de første seks."
    return "CPR-nummeret skal have ti cifre."
