"""The rules of deadlines, read strictly from TOML. What each key means stands in docs/rules.md."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeVar

from domain.catalogue import BY_CODE
from domain.codes import DataClass, Matter, Party

Code = TypeVar("Code", bound=StrEnum)


class Kind(StrEnum):
    """How binding a rule is. They look different everywhere; nothing local is presented as law."""

    HARD = "hard"
    DUTY = "duty"
    GUIDE = "guide"
    LOCAL = "local"
    DORMANT = "dormant"


class RuleFault(Exception):  # noqa: N818 - the name is the word operators see
    """The rules cannot be read. The text says where and what, in Danish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read when a rule is due.

    `start` is where the clock starts: "birth", "on" (the day it happened), "known" (the day the municipality
    knew), or the code of an event that must follow the trigger. Exactly one length is not zero, but years
    and months go together.
    """

    label: str
    start: str
    years: int = 0
    months: int = 0
    days: int = 0
    working_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of one rule."""

    id: str
    version: int
    title: str
    kind: Kind
    certainty: str
    source: str
    valid_from: date
    valid_until: date = date.max
    trigger: str
    while_not: str | None = None
    matter: Matter
    data_class: DataClass
    giver: Party | None
    receiver: Party
    holder: Party
    cleared_by: tuple[str, ...]
    from_age: int = 0
    ends_at_age: int
    shown_months_before: int | None = None
    what_to_do: str
    readings: tuple[Reading, ...]

    def held_on(self, day: date) -> bool:
        """Whether this version counted on that day."""
        return self.valid_from <= day <= self.valid_until

    @property
    def is_of_age(self) -> bool:
        """The clock starts at birth: what happened years before is judged by the law of the deadline's day."""
        return all(reading.start == "birth" for reading in self.readings)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules and the closed days they count with; `sha256` (hex) names exactly this content."""

    rules: tuple[Rule, ...]
    closed_days: frozenset[date]
    sha256: str

    def rule(self, rule_id: str, version: int) -> Rule:
        """That version; KeyError when there is none."""
        for rule in self.rules:
            if (rule.id, rule.version) == (rule_id, version):
                return rule
        raise KeyError((rule_id, version))


def rule_set(text: str, closed_days: tuple[date, ...]) -> RuleSet:
    """Rules and closed days as one thing with one hash. RuleFault when the text is not right."""
    return _rule_set(text, closed_days)


def shipped_rules() -> str:
    """The text of the rules that come with the program."""
    return files("domain").joinpath("rules.toml").read_text("utf-8")


def content_hash(text: str, closed_days: tuple[date, ...]) -> str:
    """SHA-256 in hex over the text and the days, so that rows can name the rules they were made under."""
    days = "\n".join(day.isoformat() for day in sorted(closed_days))
    return hashlib.sha256(f"{text}\0{days}".encode()).hexdigest()


@lru_cache(maxsize=8)
def _rule_set(text: str, closed_days: tuple[date, ...]) -> RuleSet:
    return RuleSet(parse(text), frozenset(closed_days), content_hash(text, closed_days))


def parse(text: str) -> tuple[Rule, ...]:
    """Read rules; an unknown, missing or repeated key is a RuleFault, never a default."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise RuleFault(f"Reglerne kan ikke læses: {fault}") from None
    _only_known_keys(tables, {"rule"}, "filen")
    _only_right_types(tables, "filen")
    rules = tuple(_rule(table, number) for number, table in enumerate(tables.get("rule", []), start=1))
    names = [(rule.id, rule.version) for rule in rules]
    for name in names:
        if names.count(name) > 1:
            raise RuleFault(f"Reglen {name[0]} version {name[1]} står der flere gange.")
    return rules


_RULE_KEYS = {field.name for field in fields(Rule)} - {"readings"} | {"reading"}
_READING_KEYS = {field.name for field in fields(Reading)} - {"start"} | {"from"}
_STARTS = {"birth", "on", "known"}
_NUMBERS = {"version", "from_age", "ends_at_age", "shown_months_before", "years", "months", "days", "working_days"}
_DATES = {"valid_from", "valid_until"}
_LISTS = {"rule", "reading", "cleared_by"}


def _rule(table: Mapping[str, Any], number: int) -> Rule:
    where = f"regel nr. {number} ({table.get('id', 'uden id')})"
    _only_known_keys(table, _RULE_KEYS, where)
    _only_right_types(table, where)
    plain = dict(table)
    readings = tuple(_reading(one, where) for one in plain.pop("reading", []))
    if not readings:
        raise RuleFault(f"I {where} mangler mindst én [[rule.reading]].")
    for key in ("trigger", "while_not"):
        if key in plain:
            _known_event(plain[key], where)
    for code in plain.get("cleared_by", []):
        _known_event(code, where)
    # The giver may be named by the trigger itself: MIL-01 is given by whoever referred.
    giver = plain.pop("giver", None)
    try:
        return Rule(
            **plain
            | {
                "kind": _code(Kind, plain.get("kind"), where),
                "matter": _code(Matter, plain.get("matter"), where),
                "data_class": _code(DataClass, plain.get("data_class"), where),
                "giver": None if giver == "by" else _code(Party, giver, where),
                "receiver": _code(Party, plain.get("receiver"), where),
                "holder": _code(Party, plain.get("holder"), where),
                "cleared_by": tuple(plain.get("cleared_by", ())),
                "readings": readings,
            }
        )
    except TypeError as fault:
        raise RuleFault(f"I {where} mangler en nøgle: {fault}") from None


def _reading(table: Mapping[str, Any], where: str) -> Reading:
    _only_known_keys(table, _READING_KEYS, where)
    _only_right_types(table, where)
    plain = dict(table)
    start = plain.pop("from", None)
    if start is None or "label" not in plain:
        raise RuleFault(f"I {where} mangler en læsning 'label' eller 'from'.")
    if start not in _STARTS:
        _known_event(start, where)
    reading = Reading(start=start, **plain)
    lengths = [reading.years or reading.months, reading.days, reading.working_days]
    if sum(bool(length) for length in lengths) != 1:
        raise RuleFault(f"I {where} skal læsningen “{reading.label}” have præcis én længde.")
    if reading.working_days < 0:
        raise RuleFault(f"I {where} kan “working_days” ikke være mindre end nul.")
    return reading


def _only_known_keys(table: Mapping[str, Any], known: set[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise RuleFault(f"I {where} står nøglen “{key}”, som ikke findes.")


def _only_right_types(table: Mapping[str, Any], where: str) -> None:
    """What got past here with a wrong type would stop every list when it is first counted with."""
    for key, value in table.items():
        kind, says = (
            (int, "et helt tal")
            if key in _NUMBERS
            else (date, "en dato uden anførselstegn, for eksempel 2026-03-07")
            if key in _DATES
            else (list, "en liste")
            if key in _LISTS
            else (str, "en tekst")
        )
        if type(value) is not kind:
            raise RuleFault(f"I {where} skal “{key}” være {says}.")


def _known_event(code: str, where: str) -> None:
    if code not in BY_CODE:
        raise RuleFault(f"I {where} nævnes hændelsen “{code}”, som ikke findes.")


def _code(codes: type[Code], value: object, where: str) -> Code:
    try:
        return codes(str(value))
    except ValueError:
        known = ", ".join(codes)
        raise RuleFault(f"I {where} står “{value}”; det skal være en af: {known}.") from None
