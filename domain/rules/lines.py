"""In which line of a TOML text something stands. Asked only when something is wrong, so it may take its time."""

import tomllib
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]
"""Where something stands in the tables: keys, and numbers of tables in a list, from 0."""


def line_of(text: str, path: Path) -> int | None:
    """The line, from 1, of the longest beginning of this path that a line of the text begins."""
    found = dict(_places(text))
    for length in range(len(path), 0, -1):
        # What is said of a list of tables is said of its first.
        line = found.get(path[:length], found.get((*path[:length], 0)))
        if line is not None:
            return line
    return None


def _places(text: str) -> Iterator[tuple[Path, int]]:
    """Every header and every key with its line."""
    counts: dict[Path, int] = {}
    table: Path = ()
    for first, statement in _statements(text):
        read = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            table = _header(read, counts)
            yield table, first
        else:
            for key in read:
                yield (*table, key), first


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """The lines that belong together – a list may run over several – with the number of the first."""
    pending, first = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if not pending and not line.split("#", 1)[0].strip():
            continue
        first = first if pending else number
        pending += line + "\n"
        try:
            tomllib.loads(pending)
        except tomllib.TOMLDecodeError:
            continue
        yield first, pending
        pending = ""


def _header(read: dict[str, Any], counts: dict[Path, int]) -> Path:
    """Where the table of a header stands: `[[rule.case]]` belongs to the rule that was begun last."""
    path: Path = ()
    inner: Any = read
    while inner:
        [(key, inner)] = inner.items()
        path = (*path, key)
        if isinstance(inner, list):
            inner = inner[0]
            if not inner:
                counts[path] = counts.get(path, -1) + 1
            path = (*path, counts.get(path, 0))
        elif inner and path in counts:
            path = (*path, counts[path])
    return path
