"""Excel files, opened with care: what is too big, locked or damaged is refused before the first row is used.

A workbook is a zip of XML parts. Everything about it is checked first – sizes as they unfold, checksums, XML that is
whole and declares no entities – because a row once read is in the log, and a file must not be half-imported.
"""

import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from intake.reading import LOCKED
from intake.report import FileRefused

MAX_UNPACKED = 100 << 20
"""Bytes of all parts together. A year of a large municipality's lists is a tenth of it."""

MAX_PARTS = 5_000
_CHUNK = 1 << 16
_LOCKED_PART = 0x1

DAMAGED = "Excel-mappen er skadet og kan ikke læses. Hent udtrækket igen, eller åbn den i Excel og gem den på ny."
TOO_BIG = f"Excel-mappen fylder mere end {MAX_UNPACKED >> 20} MB, når den pakkes ud. Del den i flere, og prøv igen."
_KINDS = {
    "xl/workbook.bin": "en binær Excel-mappe (.xlsb). Gem den som .xlsx, og prøv igen.",
    "word/document.xml": "et Word-dokument. Gem tabellen som .xlsx eller CSV (UTF-8), og prøv igen.",
    "mimetype": "en OpenDocument-fil. Gem den som .xlsx eller CSV (UTF-8), og prøv igen.",
}


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that were merged into one: only the first, top left, holds the value. Numbers count from 1."""

    left: int
    top: int
    right: int
    bottom: int

    def hides(self, row: int, column: int) -> bool:
        """Whether this cell lies under the first one."""
        inside = self.top <= row <= self.bottom and self.left <= column <= self.right
        return inside and (row, column) != (self.top, self.left)


class Workbook:
    """An open workbook. Use as a context manager. Raises FileRefused when it cannot be used at all."""

    def __init__(self, path: Path) -> None:
        _check_archive(path)
        self._file = path.open("rb")  # openpyxl judges a path by its ending, and leaves it open when it fails
        try:
            # What it warns of (styles, drawings, rules for input) is nothing that is read here.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._book: Any = load_workbook(self._file, read_only=True, data_only=False, keep_links=False)
        except Exception:  # noqa: BLE001 - openpyxl lets out whatever its parsers met
            self._file.close()
            raise FileRefused(DAMAGED) from None

    @property
    def names(self) -> list[str]:
        """The names of the sheets that can be seen."""
        return [one.title for one in self._book.worksheets if one.sheet_state == "visible"]

    @property
    def epoch(self) -> Any:
        """The day that the workbook counts dates from."""
        return self._book.epoch

    @property
    def strings(self) -> list[str]:
        """The texts that cells point at."""
        return self._book.worksheets[0]._shared_strings if self._book.worksheets else []  # noqa: SLF001

    def has(self, sheet: str) -> bool:
        """Whether there is a sheet of rows by this name, hidden or not."""
        return any(one.title == sheet for one in self._sheets())

    def number_format(self, style: int) -> str:
        """How Excel shows a number of this style; "General" when the style is not there."""
        try:
            number = self._book._cell_styles[style].numFmtId  # noqa: SLF001 - as openpyxl's own cells ask
            if number < BUILTIN_FORMATS_MAX_SIZE:
                return str(BUILTIN_FORMATS.get(number, "General"))
            return str(self._book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])  # noqa: SLF001
        except IndexError:
            return "General"

    def open(self, sheet: str) -> tuple[IO[bytes], int, list[Merged]]:
        """The XML of this sheet, its length in bytes, and what is merged in it.

        Raises FileRefused when the sheet is hidden or not whole.
        """
        found = next(one for one in self._sheets() if one.title == sheet)
        if found.sheet_state != "visible":
            raise FileRefused(f"Arket “{sheet}” er skjult. Vis det i Excel, se det igennem, og gem mappen igen.")
        part = found._worksheet_path  # noqa: SLF001 - openpyxl's own reader of cells gives up at the first odd one
        archive = self._book._archive  # noqa: SLF001
        with archive.open(part) as stream:
            is_merged = _check_xml(stream)
        merged = _merged(archive.open(part)) if is_merged else []
        return archive.open(part), archive.getinfo(part).file_size, merged

    def close(self) -> None:
        self._book.close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _sheets(self) -> list[Any]:
        return [one for one in self._book.worksheets if isinstance(one, ReadOnlyWorksheet)]


def _check_archive(path: Path) -> None:
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise FileRefused(TOO_BIG)
            if any(part.flag_bits & _LOCKED_PART for part in parts):
                raise FileRefused(LOCKED)
            names = {part.filename for part in parts}
            for name, kind in _KINDS.items():
                if name in names:
                    raise FileRefused(f"Filen er {kind}")
            if "[Content_Types].xml" not in names:
                raise FileRefused("Filen er pakket (zip), men ingen Excel-mappe. Pak den ud, og læs filerne i den.")
            if archive.testzip() is not None:
                raise FileRefused(DAMAGED)
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise FileRefused(DAMAGED) from None


def _check_xml(stream: IO[bytes]) -> bool:
    """Read the XML to its end, keeping nothing. Answers whether cells are merged. Raises FileRefused.

    That it declares no entities was seen when the workbook was opened: openpyxl reads through defusedxml.
    """
    parser = ParserCreate()
    is_merged, tail = False, b""
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)  # noqa: FBT003 - expat's own call
            is_merged = is_merged or b"mergeCell " in tail + chunk
            tail = chunk[-16:]
        parser.Parse(b"", True)  # noqa: FBT003
    except ExpatError:
        raise FileRefused(DAMAGED) from None
    return is_merged


def _merged(stream: IO[bytes]) -> list[Merged]:
    found: list[Merged] = []
    parser = ParserCreate()

    def element(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "mergeCell":
            try:
                left, top, right, bottom = map(int, range_boundaries(attributes.get("ref", "")))
            except (ValueError, TypeError):
                return
            found.append(Merged(left, top, right, bottom))

    parser.StartElementHandler = element
    with stream:
        parser.ParseFile(stream)
    return found
