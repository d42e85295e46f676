"""Files as anybody else would read them: the standard library's CSV, and openpyxl."""

import csv
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from demo.sources import FileKind, file_kinds


def kind_of(path: Path) -> FileKind:
    """Which kind of file it is, by its name."""
    return next(
        kind for kind in file_kinds() if path.name == kind.file_name or path.stem.rpartition("-2")[0] == _stem(kind)
    )


def rows_of(path: Path) -> list[list[str]]:
    """The cells of all rows, the heading first."""
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        assert book.sheetnames == [kind_of(path).profile.sheet]
        return [[_text(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    kind = kind_of(path)
    with path.open(encoding=kind.encoding, newline="") as file:
        return list(csv.reader(file, delimiter=kind.delimiter))


def told_by(path: Path) -> int:
    """How many rows an import finds: in a sheet with a column for each day, every filled cell."""
    rows = rows_of(path)[1:]
    if not kind_of(path).is_grid:
        return len(rows)
    return sum(bool(cell) for row in rows for cell in row[1:])


def _stem(kind: FileKind) -> str:
    return kind.file_name.rpartition(".")[0]


def _text(cell: object) -> str:
    return f"{cell:%Y-%m-%d}" if isinstance(cell, date) else "" if cell is None else str(cell)
