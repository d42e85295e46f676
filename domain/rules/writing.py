"""A rule as TOML again, as it counts after everything that was said of it: to be read, and compared with another."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import groupby
from typing import Any

from domain.rules import strict
from domain.rules.rule import Condition, FieldTest, Kind, Reading, Rule

HEADER = tuple(key for key in strict.HEADER if key != "part")
CASE = tuple(key for key in strict.CASE if key != "due")
_LEFT_OUT = {"count": 1, "from_age": 0, "valid_until": date.max}
"""What a key means when it is not there; any other key that holds nothing is left out too."""


def rule_text(versions: Sequence[Rule]) -> str:
    """All versions and parts of one rule, each version a `[[rule]]`. What the municipality says is a comment."""
    return "\n".join(line for _, parts in groupby(versions, lambda one: one.version) for line in _version(list(parts)))


def _version(parts: Sequence[Rule]) -> Iterator[str]:
    first = parts[0]
    yield "[[rule]]"
    yield from _keys(first, HEADER)
    if not first.part:
        yield from _case(first, "rule")
        return
    if len({rule.municipal for rule in parts}) == 1 and first.municipal:
        yield f"# Kommunen: {first.municipal}"
        parts = [replace(rule, municipal="") for rule in parts]
    for rule in parts:
        yield ""
        yield "[[rule.part]]"
        yield f"name = {_text(rule.part)}"
        for line in _keys(rule, HEADER):
            if line not in _keys(first, HEADER):
                # What a municipality changed of one part alone has no key there.
                yield line if line.startswith("kind = ") else f"# {line}"
        yield from _case(rule, "rule.part")


def _case(rule: Rule, table: str) -> Iterator[str]:
    yield from _keys(rule, CASE)
    if rule.municipal:
        yield f"# Kommunen: {rule.municipal}"
    for reading in rule.readings:
        yield ""
        yield f"[[{table}.due]]"
        yield from _reading(reading)
    yield ""


def _keys(rule: Rule, keys: Sequence[str]) -> Iterator[str]:
    for key in keys:
        value = _value(rule, key)
        if value not in ("", (), None, False, _LEFT_OUT.get(key)):
            yield f"{key} = {_written(value)}"


def _value(rule: Rule, key: str) -> object:
    if key == "giver":
        return rule.giver or "by"
    if key == "while":
        return tuple(state.name for state in rule.states)
    if key == "valid_from" and rule.kind is Kind.DORMANT and rule.valid_from == date.max:
        return None
    if key == "ends_at_age" and rule.kind is Kind.DORMANT:
        return None
    return getattr(rule, strict.FIELDS.get(key, key))


def _reading(reading: Reading) -> Iterator[str]:
    has_length = False
    for key in strict.DUE:
        value: Any = reading.start if key == "from" else getattr(reading, key)
        if value != _UNSAID.get(key):
            has_length = has_length or key in _LENGTHS
            yield f"{key} = {_month_day(value) if key == 'fixed' else _written(value)}"
    if not has_length:
        yield "days = 0"


_UNSAID = {one.name: one.default for one in fields(Reading)}
_LENGTHS = frozenset().union(*strict.LENGTHS) | {"soon"}


def _month_day(value: tuple[int, int]) -> str:
    return f'"{value[0]:02}-{value[1]:02}"'


def _written(value: object) -> str:  # noqa: PLR0911 - one answer per kind
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return _text(value)
        case date():
            return value.isoformat()
        case Condition():
            tests = ", ".join(f"{test.field} = {_tested(test)}" for test in value.tests)
            return f"{{ event = {_text(value.code)}, {tests} }}" if tests else _text(value.code)
        case (one,):
            return f"[{_written(one)}]"
        case tuple():
            return "[\n" + "".join(f"  {_written(one)},\n" for one in value) + "]"
    raise TypeError(type(value).__name__)


def _tested(test: FieldTest) -> str:
    if len(test.values) == 1:
        return _written(test.values[0])
    if test.values:
        return f"[{', '.join(map(_written, test.values))}]"
    bounds = (("least", test.least), ("most", test.most))
    return f"{{ {', '.join(f'{key} = {bound}' for key, bound in bounds if bound is not None)} }}"


def _text(value: str) -> str:
    return json.dumps(str(value), ensure_ascii=False)
