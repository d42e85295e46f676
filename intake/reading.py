"""Files into rows, one row in memory at a time.

A broken row must cost no other row. So a quote that is never closed may not swallow the rest of the file: when a
row that goes over several lines turns out wrong, only its first line is given up and reading goes on at the next.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from math import inf
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from intake.report import FileRefused
from intake.rows import Row

BOM = b"\xef\xbb\xbf"
UTF8, CP1252 = "utf-8", "cp1252"
MAX_LINE = 1 << 20  # bytes; nothing a person wrote is longer
MAX_ROW_LINES = 500  # lines that one row may go over, in quoted text
_START = 256  # bytes that tell what kind of file it is
MAX_OFFICE = 64 << 20  # bytes of an old office file that are searched for its password
LOCKED = "Excel-mappen har en adgangskode. Gem den uden adgangskode, og prøv igen."
OLD = "Filen er en gammel Excel-mappe (.xls). Gem den som .xlsx eller CSV (UTF-8), og prøv igen."
ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_OTHER_FORMATS = {
    b"\xff\xfe": "tekst i UTF-16",
    b"\xfe\xff": "tekst i UTF-16",
    b"%PDF": "en PDF",
    b"\x1f\x8b": "en pakket fil (gzip)",
    b"7z\xbc\xaf": "en pakket fil (7z)",
    b"Rar!": "en pakket fil (rar)",
    b"{\\rtf": "et dokument (RTF)",
    b"<html": "en webside, som nogle systemer kalder en Excel-fil",
    b"<!doct": "en webside, som nogle systemer kalder en Excel-fil",
    b"<table": "en webside, som nogle systemer kalder en Excel-fil",
    b"<?xml": "en XML-fil",
}
_LOCKED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a first look through the whole file found."""

    sha256: str
    size: int
    encoding: str
    has_bom: bool
    is_workbook: bool = False


def look(path: Path, most: float = inf) -> Looked:
    """Hash the file and find its encoding, line by line; with `most`, only of about its first so many bytes.

    A file is UTF-8 when at least as many lines read as UTF-8 as do not: one broken byte, or a last letter cut in two,
    must not turn every æ, ø and å of the file into noise. Windows-1252 text practically never reads as UTF-8.
    Raises FileRefused when it is neither text nor a workbook, or empty.
    """
    digest, size, good, bad = sha256(), 0, 0, 0
    start = b""
    with path.open("rb") as stream:
        while size < most and (line := stream.readline(MAX_LINE)):
            start = (start + line)[:_START] if len(start) < _START else start
            digest.update(line)
            size += len(line)
            if not line.isascii():
                if _is_utf8(line):
                    good += 1
                else:
                    bad += 1
    is_workbook = start.startswith(ZIPS)
    if not is_workbook:
        _refuse_other_formats(path, start)
    if size <= len(BOM) and start in (b"", BOM):
        raise FileRefused("Filen er tom. Hent udtrækket igen i kildesystemet.")
    has_bom = start.startswith(BOM)
    is_utf8 = has_bom or bad == 0 or good >= max(bad, 1)
    return Looked(digest.hexdigest(), size, UTF8 if is_utf8 else CP1252, has_bom, is_workbook)


def _refuse_other_formats(path: Path, start: bytes) -> None:
    if start.startswith(_OLD_OFFICE):
        with path.open("rb") as stream:
            is_locked = _LOCKED in stream.read(MAX_OFFICE)
        if is_locked:
            raise FileRefused(LOCKED)
        raise FileRefused(OLD)
    known = start.lstrip(b" \t\r\n").lower()
    name = next((name for magic, name in _OTHER_FORMATS.items() if known.startswith(magic.lower())), None)
    # Without a mark, UTF-16 is known by the zero beside every letter of ASCII.
    if name is None and len(start) > 1 and not (any(start[::2]) and any(start[1::2])):
        name = "tekst i UTF-16"
    if name is not None:
        raise FileRefused(f"Filen er {name}. Gem den som CSV (UTF-8), og prøv igen.")


class Table:
    """The rows of one file under its heading. Use as a context manager; read once."""

    def __init__(self, stream: BinaryIO, *, delimiter: str, encoding: str, header: tuple[str, ...] = ()) -> None:
        """Without a `header`, the first line that is not blank is read as the heading."""
        self._lines = _Lines(stream, encoding)
        self._delimiter = delimiter
        self.header = header or self._read_header()

    @classmethod
    def open(cls, path: Path, *, delimiter: str, encoding: str) -> Self:
        """The table in this file."""
        stream = path.open("rb")
        try:
            return cls(stream, delimiter=delimiter, encoding=encoding)
        except BaseException:
            stream.close()
            raise

    @property
    def consumed(self) -> int:
        """How many bytes have been read."""
        return self._lines.consumed

    def rows(self) -> Iterator[Row]:
        """Every row that is not blank, whole or with its fault."""
        reader = self._reader()
        while True:
            self._lines.begin_row()
            try:
                cells = next(reader, None)
            except (csv.Error, _TooLong):
                yield self._give_up_first_line()
                reader = self._reader()
                continue
            if cells is None:
                return
            if cells:
                yield self._checked(tuple(cells))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lines.close()

    def _read_header(self) -> tuple[str, ...]:
        reader = self._reader()
        while True:
            self._lines.begin_row()
            try:
                cells = next(reader, None)
            except csv.Error:
                raise FileRefused(
                    "Den første linje kan ikke læses som kolonneoverskrifter: et anførselstegn lukkes ikke."
                ) from None
            except _TooLong:
                raise FileRefused("Den første linje er for lang til at være kolonneoverskrifter.") from None
            if cells is None:
                raise FileRefused("Filen er tom. Hent udtrækket igen i kildesystemet.")
            # Excel may be told the delimiter by a line of its own above the heading.
            is_hint = len(self._lines.pulled) == 1 and self._lines.pulled[0].lower().startswith(b"sep=")
            if any(cell.strip() for cell in cells) and not is_hint:
                return tuple(" ".join(cell.split()) for cell in cells)

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._lines, delimiter=self._delimiter, strict=True)

    def _checked(self, cells: tuple[str, ...]) -> Row:
        raw, line = b"".join(self._lines.pulled), self._lines.first
        if len(cells) != len(self.header):
            is_few = len(cells) < len(self.header)
            is_cut = is_few and not raw.endswith((b"\n", b"\r"))
            fault = "cut-off" if is_cut else "too-few-cells" if is_few else "too-many-cells"
            return Row(line, cells, raw, fault)
        for index, cell in enumerate(cells):
            if not cell.isascii() and any("\udc80" <= character <= "\udcff" for character in cell):
                return Row(line, cells, raw, "undecodable", index)
            if "\0" in cell:
                return Row(line, cells, raw, "nul", index)
        return Row(line, cells, raw)

    def _give_up_first_line(self) -> Row:
        """The row at hand cannot be read. Keep its first line as the wrong one; the others are read anew."""
        pulled, line = self._lines.pulled, self._lines.first
        if self._lines.is_cut and not any(self._is_row(other) for other in pulled[1:]):
            return Row(line, (), b"".join(pulled), "cut-off")
        self._lines.put_back(pulled[1:])
        return Row(line, (), pulled[0], "malformed")

    def _is_row(self, raw: bytes) -> bool:
        try:
            cells = next(csv.reader([raw.decode("latin-1")], delimiter=self._delimiter, strict=True), [])
        except csv.Error:
            return False
        return len(cells) == len(self.header)


class _TooLong(Exception):  # noqa: N818
    """No row is this long: a quote was never closed, or it is not a text file."""


class _Lines:
    """The physical lines of a file as text. Lines that a wrong row swallowed may be put back."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._encoding = encoding
        self._waiting: list[bytes] = []
        self._next_line = 1
        self.consumed = 0
        self._marks = 0
        self.is_cut = False
        self.pulled: list[bytes] = []
        self.first = 1

    def begin_row(self) -> None:
        """The next line is the first of a row."""
        self.pulled = []
        self.first = self._next_line
        self.is_cut = False

    def put_back(self, lines: list[bytes]) -> None:
        """These lines are read again."""
        self._waiting[:0] = lines
        self._next_line -= len(lines)

    def close(self) -> None:
        self._stream.close()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        if len(self.pulled) >= MAX_ROW_LINES:
            raise _TooLong
        raw = self._waiting.pop(0) if self._waiting else self._read()
        if not raw:
            # The end came inside a row when lines of it are already pulled.
            self.is_cut = bool(self.pulled)
            raise StopIteration
        if not self.pulled:
            self.first = self._next_line
        self.pulled.append(raw)
        self._next_line += 1
        if len(raw) >= MAX_LINE:
            raise _TooLong
        # Bytes that are no text become surrogates, so that the row can be named instead of the file given up.
        return raw.decode(self._encoding, "surrogateescape")

    def _read(self) -> bytes:
        raw = self._stream.readline(MAX_LINE)
        # Once more for every program that put its own mark before another's.
        while self.consumed == self._marks and raw.startswith(BOM):
            self.consumed = self._marks = self._marks + len(BOM)
            raw = raw.removeprefix(BOM) or self._stream.readline(MAX_LINE)
        self.consumed += len(raw)
        if len(raw) >= MAX_LINE:
            self._skip_to_line_end(raw)
        return raw

    def _skip_to_line_end(self, raw: bytes) -> None:
        while raw and not raw.endswith(b"\n"):
            raw = self._stream.readline(MAX_LINE)
            self.consumed += len(raw)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode(UTF8)
    except UnicodeDecodeError:
        return False
    return True
