"""Many files written at once, a few lines each at a time: memory holds what has not been written yet, never more.

Text files get their lines as they come. Workbooks and sheets with a column for each day can only be written when all
of their lines are known; until then these lie in a file beside them.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from demo.sheets import write_workbook
from demo.sources import FileKind

_MOST_LINES = 40_000
_SPOOLED = ".spool"
_DAY = "on"


class _Echo:
    """Gives the writer of CSV a place to write that answers with the line."""

    @staticmethod
    def write(line: str) -> str:
        return line


class Spool:
    """The files of one folder. Use `row` and `marks`, then `finish`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kinds: dict[Path, FileKind] = {}
        self._days: dict[Path, set[date]] = {}
        self._waiting: dict[Path, list[str]] = {}
        self._count = 0
        self._writers = {mark: csv.writer(_Echo(), delimiter=mark, lineterminator="\r\n") for mark in ";,"}

    def row(self, path: Path, kind: FileKind, cells: list[object]) -> None:
        """One more row of a file, column by column."""
        self._begin(path, kind)
        self._add(path, _as_json(cells) if kind.is_workbook else self._line(kind, cells))

    def marks(self, path: Path, kind: FileKind, cells: list[object], days: dict[date, str]) -> None:
        """One more row of a sheet with a column for each day."""
        self._begin(path, kind)
        self._days.setdefault(path, set()).update(days)
        self._add(path, json.dumps([cells, {day.isoformat(): mark for day, mark in days.items()}]) + "\n")

    def finish(self) -> list[Path]:
        """Write what is still to be written; answers with the paths of all files, in the folder."""
        self._flush()
        for path, kind in self._kinds.items():
            if kind.is_grid or kind.is_workbook:
                self._convert(path, kind)
        return sorted(self._kinds)

    def _begin(self, path: Path, kind: FileKind) -> None:
        if path in self._kinds:
            return
        self._kinds[path] = kind
        (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
        if not (kind.is_grid or kind.is_workbook):
            self._add(path, self._line(kind, list(kind.profile.columns)))

    def _line(self, kind: FileKind, cells: list[object]) -> str:
        line: str = self._writers[kind.delimiter].writerow([kind.text(cell) for cell in cells])
        return line

    def _add(self, path: Path, line: str) -> None:
        self._waiting.setdefault(path, []).append(line)
        self._count += 1
        if self._count >= _MOST_LINES:
            self._flush()

    def _flush(self) -> None:
        for path, lines in self._waiting.items():
            kind = self._kinds[path]
            is_spooled = kind.is_grid or kind.is_workbook
            place = self._spooled(path) if is_spooled else self._folder / path
            # A mark of the encoding stands only at the very beginning.
            encoding = "utf-8" if is_spooled or (place.exists() and kind.encoding == "utf-8-sig") else kind.encoding
            with place.open("a", encoding=encoding, newline="") as file:
                file.writelines(lines)
        self._waiting = {}
        self._count = 0

    def _convert(self, path: Path, kind: FileKind) -> None:
        """From the lines that lie beside it to the file itself."""
        spooled = self._spooled(path)
        days = sorted(self._days.get(path, ()))
        heading: list[object] = [*kind.profile.columns, *days]
        with spooled.open(encoding="utf-8") as lines:
            rows = _grid_rows(lines, days) if kind.is_grid else map(_from_json, lines)
            if kind.is_workbook:
                write_workbook(self._folder / path, kind.profile.sheet, heading, rows)
            else:
                with (self._folder / path).open("w", encoding=kind.encoding, newline="") as file:
                    file.write(self._line(kind, heading))
                    file.writelines(self._line(kind, row) for row in rows)
        spooled.unlink()

    def _spooled(self, path: Path) -> Path:
        return self._folder / path.with_name(path.name + _SPOOLED)


def _grid_rows(lines: Iterable[str], days: list[date]) -> Iterator[list[object]]:
    for line in lines:
        cells, marks = json.loads(line)
        yield [*cells, *(marks.get(day.isoformat(), "") for day in days)]


def _as_json(cells: list[object]) -> str:
    return json.dumps([{_DAY: cell.isoformat()} if isinstance(cell, date) else cell for cell in cells]) + "\n"


def _from_json(line: str) -> list[object]:
    return [date.fromisoformat(cell[_DAY]) if isinstance(cell, dict) else cell for cell in json.loads(line)]
