"""What became of a file: every row is new, unchanged, corrected or set aside, and nothing else."""

import re
from dataclasses import dataclass, field

_LONG_NUMBER = re.compile(r"\d{6,}")
_SHOWN_SHEET = 31  # letters; Excel takes no longer names


class FileRefused(Exception):  # noqa: N818 - an answer to the operator, not an error
    """Nothing of the file was read in. The text says what, where and what to do, in Danish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """One row that was set aside. Holds no word of the row itself: it is found by its line.

    `line` is where the row starts, from 1. `column` is the file's own heading, empty when the whole row is
    wrong. `known` says that the same row was set aside before, so that nobody looks at it twice. In a workbook
    `sheet` is the sheet and `cell` what Excel calls the guilty cell.
    """

    line: int
    column: str
    reason: str
    text: str
    known: bool = False
    sheet: str = ""
    cell: str = ""

    def in_file(self, file: str) -> str:
        """The sentence for the screen: where, what, and what to do."""
        place = file
        if self.sheet:
            place += f", arket “{self.sheet}”"
        if self.cell:
            place += f", celle {self.cell}"
        else:
            place += f", {'række' if self.sheet else 'linje'} {self.line}"
        if self.column:
            place += f", kolonnen “{self.column}”"
        return f"{place}: {self.text}"


@dataclass(slots=True, kw_only=True)
class Report:
    """What an import did. `rows` counts rows of data; `entries` the entries they became in the log.

    `file` is the name with anything that looks like a CPR number covered. `refused` is set when the file
    could not be read at all. `erased` counts rows about what was erased: nothing of them was kept. `again` marks rows
    that were set aside earlier and were tried once more. `proposed` and `withdrawn` count proposals about rows that
    vanished from a full list or came back; `remark` says in Danish why none were made.
    """

    file: str
    profile: str = ""
    rows: int = 0
    new: int = 0
    unchanged: int = 0
    corrected: int = 0
    erased: int = 0
    set_aside: list[Wrong] = field(default_factory=list)
    people_new: int = 0
    people_renamed: int = 0
    entries: int = 0
    ignored_columns: tuple[str, ...] = ()
    proposed: int = 0
    withdrawn: int = 0
    remark: str = ""
    refused: str | None = None
    again: bool = False

    @property
    def is_clean(self) -> bool:
        """Nothing needs a person's attention."""
        return self.refused is None and not self.set_aside

    @property
    def adds_up(self) -> bool:
        """Every row has one fate."""
        return self.rows == self.new + self.unchanged + self.corrected + self.erased + len(self.set_aside)


def shown_sheet(name: str) -> str:
    """A sheet's name for a message: people call sheets by numbers that nobody else may see."""
    return _LONG_NUMBER.sub("••••••", name[:_SHOWN_SHEET])
