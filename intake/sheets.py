"""A sheet of a workbook as rows of text, one row in memory at a time, like `intake.reading.Table`.

Excel keeps numbers, not what people see. A date, a percentage and a CPR number are all numbers; the style of the
cell says which. Here they become the text that the same cell would be in a CSV file, and what is no plain value –
a formula, an error, what lies under a merged cell – is named by its cell.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain
from types import TracebackType
from typing import Any, Self
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import CELL_TAG, FORMULA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from intake.days import written
from intake.profile import Profile
from intake.report import FileRefused, shown_sheet
from intake.rows import Row, canonical, cell_name
from intake.workbooks import Merged, Workbook

SEARCHED_FOR_HEADING = 20  # rows: a title and a few lines about the list may stand above
MOST_COLUMNS = 1_000
_DIGITS_KEPT = 15  # Excel forgets those behind
_CPR_DIGITS = 10
_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_FAULTS = {"f": "formula", "e": "excel-error", "broken": "excel-cell"}


@dataclass(frozen=True, slots=True)
class _Cell:
    column: int
    text: str
    fault: str | None = None
    is_number: bool = False

    @property
    def says(self) -> bool:
        """Whether there is anything in it. Under a merged cell there is not."""
        return bool(self.text.strip()) or self.fault not in (None, "merged")


@dataclass(slots=True)
class _Texts:
    """Cells into texts, in the date form that the profile reads."""

    book: Workbook
    date_form: str
    formats: dict[int, str] = field(default_factory=dict)

    def of(self, cell: dict[str, Any]) -> _Cell:
        """The cell as text, or with the reason why it cannot be read."""
        column, value, kind = cell["column"], cell["value"], cell["data_type"]
        if fault := _FAULTS.get(kind):
            return _Cell(column, str(value or ""), fault)
        if value is None:
            return _Cell(column, "")
        try:
            if kind == "n":
                return self._number(column, value, cell["style_id"])
            return _Cell(column, self._text(value))
        except (ValueError, OverflowError, TypeError):
            return _Cell(column, "", "excel-cell")

    def _text(self, value: object) -> str:
        match value:
            case bool():
                return "SAND" if value else "FALSK"
            case date() | time() | timedelta():
                return self._dated(value, with_time=isinstance(value, datetime))
            case _:
                return str(unescape(str(value)))

    def _number(self, column: int, value: float, style: int) -> _Cell:
        shown = self.formats.get(style)
        if shown is None:
            shown = self.formats[style] = self.book.number_format(style)
        if is_date_format(shown):
            try:
                found = from_excel(value, self.book.epoch)
            except (ValueError, OverflowError):
                return _Cell(column, "", "no-such-date")
            return _Cell(column, self._dated(found, with_time="h" in shown.lower()))
        if "%" in shown:
            return _Cell(column, f"{_plain(value * 100)} %")
        if not math.isfinite(value):
            return _Cell(column, "", "excel-cell")
        fault = "digits-lost" if abs(value) >= 10**_DIGITS_KEPT else None
        return _Cell(column, _plain(value), fault, is_number=True)

    def _dated(self, found: date | time | timedelta, *, with_time: bool) -> str:
        if isinstance(found, timedelta):
            found = (_SOME_DAY + found).time()
        if isinstance(found, time):
            return found.strftime("%H:%M:%S").removesuffix(":00")
        if isinstance(found, datetime):
            clock = f" {found:%H:%M:%S}".removesuffix(":00") if with_time else ""
            return written(found.date(), self.date_form) + clock
        return written(found, self.date_form)


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """openpyxl's reader of cells, asked for rows only; a cell that it cannot read costs only itself."""

    last_row = 0

    def rows(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                yield self._row_number(element.get("r")), [self._cell(one) for one in element if one.tag == CELL_TAG]
                element.clear()

    def _row_number(self, given: str | None) -> int:
        self.col_counter = 0
        self.last_row = int(given) if given and given.isdecimal() else self.last_row + 1
        return self.last_row

    def _cell(self, element: Element) -> dict[str, Any]:
        before = self.col_counter
        try:
            found: dict[str, Any] = self.parse_cell(element)
        except (ValueError, IndexError, KeyError, TypeError, OverflowError):
            self.col_counter = max(self.col_counter, before + 1)
            return {"column": self.col_counter, "value": None, "data_type": "broken", "style_id": 0}
        return found

    def parse_formula(self, element: Element) -> str:
        """That it is one is enough; shared ones would be worked out anew for each cell."""
        return f"={element.findtext(FORMULA_TAG) or ''}"


class Sheet:
    """The rows of one sheet under its heading. Use as a context manager; read once.

    Raises FileRefused when the sheet cannot be used.
    """

    def __init__(self, book: Workbook, profile: Profile) -> None:
        self._profile = profile
        self._stream, self._length, merged = book.open(profile.sheet)
        self._merged = _Covered(merged)
        self._texts = _Texts(book, profile.dates[0])
        # No styles are given along: what is a date is found out here, where a wrong one costs its own cell only.
        parser = _Parser(self._stream, book.strings, data_only=False, epoch=book.epoch)
        self._rows: Iterator[tuple[int, list[_Cell]]] = (
            (number, self._read(number, cells)) for number, cells in parser.rows()
        )
        self.header = self._read_header()
        self._fields = profile.fields_of(self.header)
        self._days = profile.days_in(self.header)

    @property
    def consumed(self) -> float:
        """How much of the sheet has been read, from 0 to 1."""
        return self._stream.tell() / max(self._length, 1)

    def rows(self) -> Iterator[Row]:
        """Every row that is not blank, whole or with its faults."""
        for number, cells in self._rows:
            if any(cell.says for cell in cells):
                yield self._row(number, cells)

    def close(self) -> None:
        self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, number: int, cells: Sequence[dict[str, Any]]) -> list[_Cell]:
        read = {cell["column"]: self._texts.of(cell) for cell in cells}
        for one in self._merged.in_row(number):
            for column in range(one.left, min(one.right, MOST_COLUMNS) + 1):
                if one.hides(number, column):
                    read[column] = _Cell(column, "", "merged")
        return list(read.values())

    def _read_header(self) -> tuple[str, ...]:
        """The first row that has every heading the profile needs; else the one most like it, for the message."""
        passed: list[tuple[int, list[_Cell]]] = []
        for number, cells in self._rows:
            if not any(cell.says for cell in cells):
                continue
            passed.append((number, cells))
            if not self._profile.missing_in(_headings(cells)):
                break
            if len(passed) == SEARCHED_FOR_HEADING:
                break
        if not passed:
            raise FileRefused(f"Arket “{shown_sheet(self._profile.sheet)}” er tomt. Hent udtrækket igen.")
        place = max(range(len(passed)), key=lambda index: (self._likeness(passed[index][1]), -index))
        self._rows = chain(passed[place + 1 :], self._rows)
        self._refuse_formulas(*passed[place])
        return _headings(passed[place][1])

    def _likeness(self, cells: Sequence[_Cell]) -> int:
        return sum(name is not None for name in self._profile.fields_of(_headings(cells)))

    def _refuse_formulas(self, number: int, cells: Sequence[_Cell]) -> None:
        for cell in cells:
            if cell.fault == "formula":
                raise FileRefused(
                    f"Arket “{shown_sheet(self._profile.sheet)}”, celle {cell_name(number, cell.column - 1)}: "
                    "Overskriften er en formel, så det er usikkert, hvad der står. Kopiér rækken med overskrifter, "
                    "indsæt den som værdier, og prøv igen."
                )

    def _row(self, number: int, cells: Sequence[_Cell]) -> Row:
        texts, faults = [""] * len(self.header), {}
        for cell in cells:
            index = cell.column - 1
            if index >= len(self.header):
                continue
            text, fault = cell.text, cell.fault
            if cell.is_number and self._fields[index] == "cpr" and len(text) == _CPR_DIGITS - 1:
                text = text.zfill(_CPR_DIGITS)  # a number that begins with a zero loses it
            texts[index] = text
            if "\0" in text:
                fault = "nul"
            if fault and (self._fields[index] is not None or self._days[index]):
                faults[index] = fault
        whole = next(((index, fault) for index, fault in sorted(faults.items()) if not self._days[index]), None)
        return Row(
            line=number,
            cells=tuple(texts),
            raw=canonical(texts),
            fault=whole[1] if whole else None,
            column=whole[0] if whole else None,
            faults=tuple(sorted(faults.items())),
        )


class _Covered:
    """Which merged cells reach into a row. Rows are asked for from the top."""

    def __init__(self, merged: Sequence[Merged]) -> None:
        self._coming = sorted(merged, key=lambda one: one.top, reverse=True)
        self._here: list[Merged] = []

    def in_row(self, number: int) -> list[Merged]:
        while self._coming and self._coming[-1].top <= number:
            self._here.append(self._coming.pop())
        if self._here:
            self._here = [one for one in self._here if one.bottom >= number]
        return self._here


def _headings(cells: Sequence[_Cell]) -> tuple[str, ...]:
    width = min(max((cell.column for cell in cells if cell.text.strip()), default=0), MOST_COLUMNS)
    texts = [""] * width
    for cell in cells:
        if cell.column <= width:
            texts[cell.column - 1] = " ".join(cell.text.split())
    return tuple(texts)


def _plain(value: float) -> str:
    """A number as a Danish sheet shows it, without what Excel's arithmetic leaves behind the 12th decimal."""
    if isinstance(value, int):
        return str(value)
    shown = format(Decimal(repr(round(value, 12))).normalize(), "f")
    return shown.replace(".", ",")
