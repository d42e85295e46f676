"""Adds to the golden corpus, tests/eventlog/golden/: one stored example of every type of event, kept for ever.

python tools/golden.py            add what is missing; what is there is never changed

A file holds the canonical bytes of one entry (docs/log-format.md, section 4) in its first line, then the class and
key group that it is closed under, then field by field what it says. `codes.txt` holds every code that a field may
hold. A test reads all of it back: whoever renames a field or a code, or changes what one means, sees it red.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID, uuid5

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from domain.catalogue import class_of  # noqa: E402 - the project lies one folder up
from domain.codes import Party  # noqa: E402
from domain.text import FreeText, StaffId  # noqa: E402
from eventlog.codec import to_bytes  # noqa: E402
from eventlog.entry import Actor, ActorKind  # noqa: E402
from eventlog.names import STORED  # noqa: E402

FOLDER = ROOT / "tests" / "eventlog" / "golden"
CODES = "codes.txt"
SPACE = UUID("60d00000-0000-4000-8000-000000000000")
FIRST_DAY = date(2026, 4, 3)


def add_missing(folder: Path) -> list[str]:
    """Write an example of every stored name and code that has none. Answers with what was added."""
    added = []
    for name, kind in STORED.items():
        path = folder / f"{name}.txt"
        if not path.exists():
            path.write_text(example(name, kind), "utf-8")
            added.append(name)
    book = folder / CODES
    known = book.read_text("utf-8").splitlines() if book.exists() else []
    new = [line for line in codes() if line not in known]
    if new:
        book.write_text("\n".join([*known, *new]) + "\n", "utf-8")
    return added + new


def example(name: str, kind: type) -> str:
    """The text of one file of the corpus."""
    event = kind(**{one: _value(name, one, hint, turn) for turn, (one, hint) in enumerate(_hints(kind).items())})
    raw = to_bytes(
        entry_id=_id(name, "entry"),
        event=event,
        known_at=datetime(2026, 4, 9, 7, 30, 15, 250000, UTC),
        actor=Actor(kind=ActorKind.STAFF, id="staff-7", unit="unit-3", role=Party.UU),
        command_id=_id(name, "command"),
        caused_by=_id(name, "cause"),
        about=_id(name, "about"),
    )
    return "\n".join([raw.decode(), *said(event)]) + "\n"


def said(event: Any) -> list[str]:
    """What an event says, one line each: its class and key group, and its fields with their sorts."""
    data_class = class_of(event)
    told = [f"{name}: {sort(hint)} {_text(getattr(event, name))}" for name, hint in _hints(type(event)).items()]
    return [f"class {data_class}, group {data_class.group}", *told]


def codes() -> Iterator[str]:
    """Every code that a field may hold, a line each: the stored name, the field, the code."""
    for name, kind in STORED.items():
        for one, hint in _hints(kind).items():
            for code in _codes_of(hint) or ():
                yield f"{name} {one} {code.value}"


def sort(hint: Any) -> str:
    """What sort of value a field holds, in words that do not change when a class of ours gets another name."""
    if get_origin(hint) is tuple:
        return f"list of {sort(get_args(hint)[0])}"
    inside = [one for one in get_args(hint) if one is not NoneType]
    if inside:
        return f"{sort(inside[0])} or nothing"
    if hint in _SORTS:
        return _SORTS[hint]
    return "code" if issubclass(hint, StrEnum) else "part"


_SORTS: dict[Any, str] = {
    date: "day",
    datetime: "instant",
    UUID: "id",
    int: "number",
    bool: "yes-no",
    str: "text",
    FreeText: "free text",
    StaffId: "staff",
}


def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}


def _codes_of(hint: Any) -> type[StrEnum] | None:
    for one in (hint, *get_args(hint)):
        if isinstance(one, type) and issubclass(one, StrEnum):
            return one
    return None


def _id(name: str, part: str) -> UUID:
    return uuid5(SPACE, f"{name} {part}")


def _value(name: str, field: str, hint: Any, turn: int) -> Any:
    """A value that no other field of the event has, so that two fields that changed places are noticed."""
    if get_origin(hint) is tuple:
        return tuple(_value(name, f"{field} {n}", get_args(hint)[0], turn + n) for n in range(2))
    (of,) = [one for one in get_args(hint) if one is not NoneType] or [hint]
    if sort(of) == "code":
        return list(of)[(turn + 1) % len(of)]
    if sort(of) == "part":
        return of(**{one: _value(name, f"{field} {one}", its, turn) for one, its in _hints(of).items()})
    samples = {
        "day": FIRST_DAY + timedelta(days=turn),
        "instant": datetime(2026, 4, 3 + turn, 12, 45, 10, tzinfo=UTC),
        "id": _id(name, field),
        "number": turn + 2,
        "yes-no": True,
        "free text": f'Æblegrød, sagde {field}: “jo”.\nOg "nej" \\ på næste linje.',
    }
    return samples.get(sort(of), f"{field}-{turn}")


def _text(value: Any) -> str:  # noqa: PLR0911 - one answer per sort
    if isinstance(value, tuple):
        return "[" + ", ".join(_text(one) for one in value) + "]"
    if is_dataclass(value):
        return "{" + ", ".join(f"{one.name}: {_text(getattr(value, one.name))}" for one in fields(value)) + "}"
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case StrEnum() | UUID() | int():
            return str(value)
        case date():  # and instants, which are days with an hour
            return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    """Add what is missing, and say what."""
    for one in add_missing(FOLDER):
        print(f"added {one}")


if __name__ == "__main__":
    main()
