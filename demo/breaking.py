"""Spoils files on purpose, so that it can be seen that one broken row costs no other."""

import csv
import re
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from random import Random

_DATE = re.compile(r"\d{2}-\d{2}-\d{4}|\d{4}-\d{2}-\d{2}", re.ASCII)
_AS_BYTES = "latin-1"  # every byte is a character, so that any encoding goes through unchanged
NO_TEXT = "\x81"  # a byte that neither UTF-8 nor Windows-1252 knows


def break_file(path: Path, share: float, seed: int) -> list[int]:
    """Spoil this share of the file's rows, at least one; answer with the lines where they begin, from 1."""
    draw = Random(f"break/{seed}")
    records = [text for _, text in _records(path.read_bytes().decode(_AS_BYTES))]
    numbers = range(1, len(records))
    chosen = set(draw.sample(numbers, max(1, round(share * len(numbers)))))
    delimiter = ";" if ";" in records[0] else ","
    begun, lines = 1, []
    for number, text in enumerate(records):
        if number in chosen:
            cells = next(csv.reader([*text.splitlines(keepends=True)], delimiter=delimiter))
            records[number] = draw.choice(_WAYS)(cells, delimiter)
            lines.append(begun)
        begun += records[number].count("\n")
    path.write_bytes("".join(records).encode(_AS_BYTES))
    return lines


def cut_file(path: Path) -> int:
    """Cut the file in the middle of its last row; answer with the line where that row begins."""
    records = list(_records(path.read_bytes().decode(_AS_BYTES)))
    line, last = records[-1]
    kept = "".join(text for _, text in records[:-1]) + last[: len(last) // 3]
    path.write_bytes(kept.encode(_AS_BYTES))
    return line


def _records(text: str) -> Iterator[tuple[int, str]]:
    """Rows with the line where they begin; a row ends at the first line end outside quotes."""
    begun, record = 1, ""
    for number, line in enumerate(re.findall(r"[^\n]*\n|[^\n]+", text), start=1):
        record += line
        if record.count('"') % 2 == 0:
            yield begun, record
            begun, record = number + 1, ""
    if record:
        yield begun, record


def _row(cells: list[str], delimiter: str) -> str:
    text = StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return text.getvalue()


def _with(cells: list[str], index: int, text: str, delimiter: str) -> str:
    return _row([*cells[:index], text, *cells[index + 1 :]], delimiter)


def _wrong_date(cells: list[str], delimiter: str) -> str:
    return _change_date(cells, delimiter, lambda date: date[:4] + "-02-31" if date[4] == "-" else f"31-02{date[5:]}")


def _two_digit_year(cells: list[str], delimiter: str) -> str:
    return _change_date(cells, delimiter, lambda date: "07-03-26" if date else date)


def _change_date(cells: list[str], delimiter: str, change: Callable[[str], str]) -> str:
    for index, cell in enumerate(cells):
        if _DATE.fullmatch(cell):
            return _with(cells, index, change(cell), delimiter)
    return _wrong_number(cells, delimiter)


def _wrong_number(cells: list[str], delimiter: str) -> str:
    return _with(cells, 0, "ukendt", delimiter)


def _too_few(cells: list[str], delimiter: str) -> str:
    return _row(cells[:-1], delimiter)


def _too_many(cells: list[str], delimiter: str) -> str:
    return _row([*cells, "x"], delimiter)


def _no_text(cells: list[str], delimiter: str) -> str:
    return _with(cells, len(cells) - 1, cells[-1] + NO_TEXT, delimiter)


def _nul(cells: list[str], delimiter: str) -> str:
    return _with(cells, 1, "\0" + cells[1], delimiter)


def _open_quote(cells: list[str], delimiter: str) -> str:
    return (
        delimiter.join(cells[:-1]).replace("\n", " ")
        + delimiter
        + '"'
        + "åbent citat".encode().decode(_AS_BYTES)
        + "\r\n"
    )


_WAYS: tuple[Callable[[list[str], str], str], ...] = (
    _wrong_date,
    _two_digit_year,
    _wrong_number,
    _too_few,
    _too_many,
    _no_text,
    _nul,
    _open_quote,
)
