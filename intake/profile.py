"""What one profile says: what a source system calls its columns and codes. What each key means: docs/intake.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatch

from domain.codes import Party
from intake.days import looks_like_a_date
from intake.sorts import EventField, columns_of_events

Word = str | bool | int
"""What a word of the source means: a code, yes or no, a number, or the id of a member of staff."""


class Kind(StrEnum):
    """What a file tells of."""

    PEOPLE = "people"
    EVENTS = "events"


class Mode(StrEnum):
    """Whether a file holds what has happened since the last one, or all there is."""

    EVENTS = "events"
    FULL_LIST = "full list"


class Shape(StrEnum):
    """Whether a row tells of one event, or of one person with a column for each day."""

    ROWS = "rows"
    GRID = "grid"


DAY, VALUE = "Dato", "Værdi"
"""What the two columns are called that a grid's day and cell become."""


@dataclass(frozen=True, slots=True)
class Grid:
    """What a filled cell under a day tells: this event, with the cell's word in this field."""

    event: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One kind of file from one source system.

    `source` is the system's name: together with a row's id it names a delivered line for ever, so it must never
    change. `party` is who sends the file. `columns` leads from heading to field, `values` from the source's
    words to codes. `identity` are the fields that together are a row's id. `sheet` is the sheet of a workbook,
    empty where workbooks are not taken. `event` is what every row tells, empty where a column says it. `vanished`
    leads from an event to the one that may have ended it when its row is gone from a full list.
    """

    name: str
    title: str
    source: str
    party: Party
    kind: Kind
    mode: Mode
    delimiter: str
    encoding: str
    dates: tuple[str, ...]
    file_names: tuple[str, ...]
    columns: Mapping[str, str]
    required: tuple[str, ...]
    identity: tuple[str, ...] = ("id",)
    values: Mapping[str, Mapping[str, Word]] = field(default_factory=dict)
    sheet: str = ""
    shape: Shape = Shape.ROWS
    grid: Grid | None = None
    event: str = ""
    vanished: Mapping[str, str] = field(default_factory=dict)
    by_word: Mapping[str, Mapping[str, Word]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Words are looked up in every cell of every row, so they are folded once."""
        by_word = {name: {folded(word): code for word, code in words.items()} for name, words in self.values.items()}
        object.__setattr__(self, "by_word", by_word)

    @property
    def only_event(self) -> str:
        """The code that every row tells of; empty when a column says it."""
        return self.grid.event if self.grid else self.event

    @property
    def told(self) -> frozenset[str]:
        """Every event that the file can tell of."""
        words = self.values.get("event", {}).values()
        return frozenset({self.only_event} if self.only_event else map(str, words))

    @property
    def takes(self) -> Mapping[str, frozenset[EventField]]:
        """The fields that the file's events have beside the day, with what each event wants there."""
        return columns_of_events(self.told)

    def heading(self, field_name: str) -> str:
        """What the file calls this field; the field's own name when the profile has no column for it."""
        return next((heading for heading, name in self.columns.items() if name == field_name), field_name)

    def fields_of(self, header: Sequence[str]) -> list[str | None]:
        """Which field each column holds; None where the profile does not use the column."""
        by_heading = {folded(heading): name for heading, name in self.columns.items()}
        return [by_heading.get(folded(heading)) for heading in header]

    def missing_in(self, header: Sequence[str]) -> list[str]:
        """The required headings that the file does not have."""
        there = {folded(heading) for heading in header}
        return [heading for heading in self.required if folded(heading) not in there]

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a file with this heading can be one of this kind."""
        return not self.missing_in(header) and (self.grid is None or any(self.days_in(header)))

    def days_in(self, header: Sequence[str]) -> list[bool]:
        """Of each column whether it is one of a grid's days, readable or not."""
        fields = self.fields_of(header)
        return [
            self.grid is not None and used is None and looks_like_a_date(heading)
            for heading, used in zip(header, fields, strict=True)
        ]

    def likes_name(self, file_name: str) -> bool:
        """Whether the file is called what such files are called."""
        return any(fnmatch(file_name.casefold(), pattern.casefold()) for pattern in self.file_names)


def folded(text: str) -> str:
    """Words are the same whatever their capitals and spaces."""
    return " ".join(text.split()).casefold()
