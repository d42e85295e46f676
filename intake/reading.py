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

BOM = b"\xef\xbb\xbf"
UTF8, CP1252 = "utf-8", "cp1252"
MAX_LINE = 1 << 20  # bytes; nothing a person wrote is longer
MAX_ROW_LINES = 500  # lines that one row may go over, in quoted text
_OTHER_FORMATS = {
    b"PK\x03\x04": "en Excel-mappe",
    b"\xd0\xcf\x11\xe0": "en gammel Excel-mappe",
    b"\xff\xfe": "tekst i UTF-16",
    b"\xfe\xff": "tekst i UTF-16",
    b"%PDF": "en PDF",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What a first look through the whole file found."""

    sha256: str
    size: int
    encoding: str
    has_bom: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it starts (line, from 1), its cells, and the bytes it was read from.

    `fault` is a reason code of `intake.words` when the row cannot be used; `column` then is the index of the
    guilty cell, or None when the whole row is wrong.
    """

    line: int
    cells: tuple[str, ...]
    raw: bytes
    fault: str | None = None
    column: int | None = None


def look(path: Path, most: float = inf) -> Looked:
    """Hash the file and find its encoding, line by line; with `most`, only of about its first so many bytes.

    A file is UTF-8 when more lines read as UTF-8 than not: one broken byte must not turn every æ, ø and å of the
    file into noise. Windows-1252 text practically never reads as UTF-8.
    Raises FileRefused when it is no text file, or empty.
    """
    digest, size, good, bad = sha256(), 0, 0, 0
    start = b""
    with path.open("rb") as stream:
        while size < most and (line := stream.readline(MAX_LINE)):
            start = start or line[:8]
            digest.update(line)
            size += len(line)
            if not line.isascii():
                if _is_utf8(line):
                    good += 1
                else:
                    bad += 1
    for magic, name in _OTHER_FORMATS.items():
        if start.startswith(magic):
            raise FileRefused(f"Filen er {name}. Gem den som CSV (UTF-8), og prøv igen.")
    if size <= len(BOM) and start in (b"", BOM):
        raise FileRefused("Filen er tom. Hent udtrækket igen i kildesystemet.")
    has_bom = start.startswith(BOM)
    is_utf8 = has_bom or bad == 0 or good > bad
    return Looked(digest.hexdigest(), size, UTF8 if is_utf8 else CP1252, has_bom)


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
            except (csv.Error, _TooLong):
                raise FileRefused(
                    "Den første linje kan ikke læses som kolonneoverskrifter: et anførselstegn lukkes ikke."
                ) from None
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
        if self.consumed == 0 and raw.startswith(BOM):
            self.consumed = len(BOM)
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
