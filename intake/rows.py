"""One row of a file, whatever the file is kept as, and how it is kept itself when it has to wait."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row of our own making stood in the file: a cell of a grid, with what its row and column say.

    `header` is the row's own heading, `columns` the index of the column that each of its cells came from.
    """

    header: tuple[str, ...]
    columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it starts (line, from 1), its cells, and the bytes it was read from.

    `fault` is a reason code of `intake.words` when the row cannot be used; `column` then is the index of the
    guilty cell, or None when the whole row is wrong. `faults` are those of single cells, by column, where a row
    can be used without them (a grid).
    """

    line: int
    cells: tuple[str, ...]
    raw: bytes
    fault: str | None = None
    column: int | None = None
    faults: tuple[tuple[int, str], ...] = ()
    place: Place | None = None


def cell_name(line: int, column: int) -> str:
    """What Excel calls this cell; columns count from 0."""
    letters, number = "", column + 1
    while number:
        number, last = divmod(number - 1, 26)
        letters = chr(ord("A") + last) + letters
    return f"{letters}{line}"


def canonical(cells: Sequence[str]) -> bytes:
    """The row as bytes: every cell in quotes, “;” between, UTF-8, a line feed at the end. Readable as CSV again."""
    text = StringIO(newline="")
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(cells)
    return text.getvalue().encode()
