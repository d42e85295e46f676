"""Edits of the shipped rules, each wrong in one small way: the tables of the law must notice them.

An edit is a place in the tables of one TOML file and what stands there instead. It is written as TOML again and read
as strictly as any municipality's file; what the strict reading refuses never reaches a table.
"""

import tomllib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from domain.codes import DataClass, Matter, Party
from domain.rules import AREAS, RuleSet, law_file, rule_set, together
from tests.domain.law.story import LAW

Path = tuple[str | int, ...]

FILES = (*AREAS, "lemvig")
DROPPED = object()

LENGTHS = ("years", "months", "days", "working_days", "weekdays", "hours")
OTHER_DAYS = {"days": "working_days", "working_days": "weekdays", "weekdays": "days"}
AGES = ("from_age", "before_age", "ends_at_age")
COUNTS = ("count", "counts_months_before", "shown_months_before", "due_within_months")
SAYS_YES = ("once", "last_day_counts", "later")
MAY_GO = (
    *COUNTS,
    *AGES,
    "until",
    "unless",
    "only_after",
    "same",
    "earlier_counts",
    "each_clears_one",
    "soon",
    "by",
    *SAYS_YES,
)
CONDITIONS = ("when", "until", "unless", "only_after", "cleared_by", "began", "ended")
OTHERS = {
    "giver": tuple(Party),
    "receiver": tuple(Party),
    "holder": tuple(Party),
    "matter": tuple(Matter),
    "data_class": tuple(DataClass),
    "kind": ("hard", "duty", "guide", "local"),
    "basis": ("law", "local", "proposal"),
}


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands at a place of one file instead. `rule` is the id it is about, "" where it is a state's."""

    file: str
    rule: str
    place: str
    path: Path
    was: Any
    instead: Any

    def __str__(self) -> str:
        was, instead = self.was, self.instead
        if isinstance(instead, dict) and "label" in instead:
            was, instead = [
                {key: one[key] for key in one if key not in other} for one, other in ((was, instead), (instead, was))
            ]
        return f"{self.file}.toml, {self.place}: {_value(was)} → {'dropped' if instead is DROPPED else _value(instead)}"


def edits() -> list[Edit]:
    """Every edit that is made, in the order of the files."""
    return [edit for file in FILES for edit in _of_file(file, tomllib.loads(law_file(file)))]


def mutant(edit: Edit) -> RuleSet:
    """All rules with this edit in them. RuleFault where the strict reading refuses it."""
    files = [(f"{name}.toml", _written(edit) if name == edit.file else law_file(name)) for name in FILES]
    return rule_set(together(files), tuple(LAW.closed_days))


def _written(edit: Edit) -> str:
    read = deepcopy(tomllib.loads(law_file(edit.file)))
    inner: Any = read
    for step in edit.path[:-1]:
        inner = inner[step]
    if edit.instead is DROPPED:
        del inner[edit.path[-1]]
    else:
        inner[edit.path[-1]] = edit.instead
    return "\n".join(f"{key} = {_value(value)}" for key, value in read.items())


def _value(value: Any) -> str:
    """The value as TOML."""
    match value:
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case list():
            return "[" + ", ".join(map(_value, value)) + "]"
        case dict():
            return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    return str(value)


def _of_file(file: str, read: dict[str, Any]) -> Iterator[Edit]:
    for key in ("state", "rule", "add"):
        for at, table in enumerate(read.get(key, [])):
            if table.get("kind") == "dormant":
                continue
            rule = table.get("id", "")
            called = f"{rule} version {table['version']}" if table.get("version", 1) > 1 else rule
            for place, path, was, instead in _of_table(table, (key, at), called or table["name"]):
                yield Edit(file, rule, place, path, was, instead)


Found = tuple[str, Path, Any, Any]


def _of_table(table: dict[str, Any], path: Path, name: str) -> Iterator[Found]:
    """Every edit of one table, and of those inside it."""
    for key, value in table.items():
        here, place = (*path, key), f"{name} {key}"
        for instead in _instead(key, value):
            yield place, here, value, instead
        if key in MAY_GO or (key == "while" and "when" in table):
            yield place, here, value, DROPPED
        if key in CONDITIONS:
            yield from _of_conditions(value, here, place)
        if key == "while" and len(value) > 1:
            yield from ((place, (*here, at), one, DROPPED) for at, one in enumerate(value))
        if key in ("due", "part"):
            yield from _of_tables(value, here, name)


def _of_tables(inner: list[dict[str, Any]], path: Path, name: str) -> Iterator[Found]:
    for at, table in enumerate(inner):
        called = f"{name}.{table['name']}" if "name" in table else f"{name} due.{at}"
        if len(inner) > 1:
            yield called, (*path, at), table.get("label", called), DROPPED
        yield from _of_table(table, (*path, at), called)
        if "label" in table:
            yield from _of_reading(table, (*path, at), called)


def _of_reading(reading: dict[str, Any], path: Path, name: str) -> Iterator[Found]:
    """Days of another calendar; and, where the clock starts with an event, whether an earlier one counts."""
    for key, other in OTHER_DAYS.items():
        if key in reading:
            yield name, path, reading, {other if one == key else one: value for one, value in reading.items()}
    if reading["from"] not in ("birth", "on", "known", "at") and not reading.get("earlier_counts"):
        yield f"{name} earlier_counts", (*path, "earlier_counts"), False, True


def _instead(key: str, value: Any) -> Iterator[Any]:
    """What could stand there instead, each a small slip."""
    if key in (*LENGTHS, *AGES, *COUNTS):
        yield from (value - 1, value + 1)
    elif key in ("valid_from", "valid_until"):
        yield from (value - timedelta(days=1), value + timedelta(days=1))
    elif key == "fixed":
        on = date.fromisoformat(f"2023-{value}")
        yield from (f"{on + timedelta(days=by):%m-%d}" for by in (-1, 1))
    elif key == "from":
        yield from (start for start in ("on", "known") if start != value)
    elif key in OTHERS:
        others = [one for one in OTHERS[key] if one != value]
        yield str(others[len(value) % len(others)])


def _of_conditions(conditions: list[Any], path: Path, place: str) -> Iterator[Found]:
    for at, condition in enumerate(conditions):
        here = (*path, at)
        if len(conditions) > 1:
            yield place, here, condition, DROPPED
        if not isinstance(condition, dict):
            continue
        for field, wanted in condition.items():
            if field == "event":
                continue
            yield place, here, condition, {key: one for key, one in condition.items() if key != field}
            yield from ((place, here, condition, condition | {field: other}) for other in _wanted_instead(wanted))


def _wanted_instead(wanted: Any) -> Iterator[Any]:
    match wanted:
        case bool():
            yield not wanted
        case list():
            yield from (wanted[:at] + wanted[at + 1 :] for at in range(len(wanted)))
        case dict():
            yield from ({**wanted, bound: number + by} for bound, number in wanted.items() for by in (-1, 1))
