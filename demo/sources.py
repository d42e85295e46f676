"""The systems of the fictional municipality: which of them tells what of whom, and how each writes its file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any

from domain.catalogue import BY_TYPE
from domain.codes import Party
from domain.events import JourneyEvent, ReferredToMilepaelen
from domain.facts import COPENHAGEN
from intake.days import written
from intake.profile import Kind, Profile, Shape
from intake.profiles import shipped_profiles
from intake.sorts import columns_of_event

_B = "-b"
_WORKBOOKS = frozenset({"milepaelen-attendance", "school-pupils-b", "benefits-list-b"})
"""Written as Excel files; everything else as text."""

_BOM = "cpr-extract"
"""One system marks its UTF-8."""


@dataclass(frozen=True, eq=False)
class FileKind:
    """One kind of file as its system writes it."""

    profile: Profile

    @property
    def is_b(self) -> bool:
        return self.profile.name.endswith(_B)

    @property
    def is_workbook(self) -> bool:
        return self.profile.name in _WORKBOOKS

    @property
    def is_grid(self) -> bool:
        return self.profile.shape is Shape.GRID

    @property
    def is_list(self) -> bool:
        """Whether it is written as all that stands now; what is gone has ended."""
        return bool(self.profile.vanished)

    @cached_property
    def file_name(self) -> str:
        """What its system calls it."""
        ending = ".xlsx" if self.is_workbook else ".csv"
        return (
            next(name for name in self.profile.file_names if name.endswith(ending)).replace("*", "").replace(" ", "-")
        )

    @property
    def delimiter(self) -> str:
        return ";" if self.profile.delimiter == "auto" else self.profile.delimiter

    @property
    def encoding(self) -> str:
        if self.profile.encoding == "windows-1252":
            return "cp1252"
        return "utf-8-sig" if self.profile.name == _BOM else "utf-8"

    @property
    def date_form(self) -> str:
        return self.profile.dates[0]

    @cached_property
    def _words(self) -> Mapping[str, Mapping[tuple[type, Any], str]]:
        """From code to the first word for it. With its type, because True is 1."""
        found: dict[str, dict[tuple[type, Any], str]] = {}
        for name, words in self.profile.values.items():
            for word, code in words.items():
                found.setdefault(name, {}).setdefault(_key(code), word)
        return found

    def cell(self, field: str, value: object) -> object:
        """The value in this system's words: text, a number, or a date that is yet to be written."""
        if isinstance(value, tuple):
            return "+".join(str(self.cell(field, one)) for one in value)
        if isinstance(value, datetime):
            return value.astimezone(COPENHAGEN).strftime("%H:%M")
        if isinstance(value, date):
            return value
        word = self._words.get(field, {}).get(_key(value))
        return "" if value is None else value if word is None and isinstance(value, int) else word or str(value)

    def text(self, cell: object) -> str:
        """The cell as it stands in a text file."""
        return written(cell, self.date_form) if isinstance(cell, date) else str(cell)

    def cells(self, said: Mapping[str, object]) -> list[object]:
        """What is said, column by column."""
        return [self.cell(field, said.get(field, "")) for field in self.profile.columns.values()]

    def cells_of_event(self, cpr: str, line: str, event: JourneyEvent, known_on: date) -> list[object]:
        """The row that tells this event."""
        code = BY_TYPE[type(event)].code
        said: dict[str, object] = {"cpr": cpr, "id": line, "event": code, "on": event.on, "known": known_on}
        for column, each in columns_of_event(code).items():
            said[column] = getattr(event, each.name)
        return self.cells(said)


def _key(code: object) -> tuple[type, object]:
    kind = bool if isinstance(code, bool) else int if isinstance(code, int) else str
    return kind, str(code) if kind is str else code


@cache
def file_kinds() -> tuple[FileKind, ...]:
    """Every kind of file that there is a profile for."""
    return tuple(FileKind(profile) for profile in shipped_profiles())


@cache
def people_kind(*, is_b: bool) -> FileKind:
    """The file that creates people."""
    return next(kind for kind in file_kinds() if kind.profile.kind is Kind.PEOPLE and kind.is_b is is_b)


def kind_telling(event: JourneyEvent, *, is_b: bool) -> FileKind | None:
    """The file in which this event is told; None when no system tells of such, and somebody writes it on a page."""
    by = event.by if isinstance(event, ReferredToMilepaelen) else None
    return _telling(BY_TYPE[type(event)].code, is_b, by)


@cache
def _telling(code: str, is_b: bool, by: Party | None) -> FileKind | None:  # noqa: FBT001 - a cache has no names
    found = [kind for kind in file_kinds() if kind.profile.kind is Kind.EVENTS and code in kind.profile.told]
    found.sort(key=lambda kind: (kind.is_b is not is_b, by is not None and kind.profile.party is not by))
    return found[0] if found else None


def end_of(kind: FileKind, event: JourneyEvent) -> str:
    """The code of what has happened when this row is gone from the list."""
    return kind.profile.vanished[BY_TYPE[type(event)].code]
