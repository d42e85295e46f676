"""Two sets of rules beside each other: which rules count differently, and in which lines."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import unified_diff
from enum import StrEnum

from domain.rules.rule import Kind, Rule, RuleSet
from domain.rules.writing import rule_text

CONTEXT = 2
"""So many lines round a change are shown with it."""


class Became(StrEnum):
    """What became of a rule."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One rule that is not the same in both. `lines` are those of a diff: “+”, “-” or a blank before each."""

    id: str
    title: str
    became: Became
    lines: tuple[str, ...]


def differences(before: RuleSet, after: RuleSet) -> list[Difference]:
    """Every rule that differs, by the text that counts: after what ends, changes or switches it off."""
    old, new = _texts(before), _texts(after)
    return [
        Difference(
            id=rule_id,
            title=_of(after if rule_id in new else before, rule_id)[-1].title,
            became=Became.NEW if rule_id not in old else Became.GONE if rule_id not in new else Became.CHANGED,
            lines=tuple(_diff(old.get(rule_id, ""), new.get(rule_id, ""))),
        )
        for rule_id in dict.fromkeys([*old, *new])
        if old.get(rule_id) != new.get(rule_id)
    ]


def changed_names(before: RuleSet, after: RuleSet) -> frozenset[str]:
    """The names of the rules by which something else may be owed. Other closing days change all that count days."""
    old, new = _judging(before), _judging(after)
    names = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    if before.closed_days != after.closed_days:
        names |= {name for name, versions in new.items() if any(map(_counts_days, versions))}
    return frozenset(names)


def only(rules: RuleSet, names: Iterable[str]) -> RuleSet:
    """These rules of the set alone, counted by the same days."""
    wanted = frozenset(names)
    kept = tuple(rule for rule in rules.rules if rule.name in wanted)
    return RuleSet(kept, rules.closed_days, rules.sha256, rules.off)


def as_if(before: RuleSet, after: RuleSet, day: date) -> RuleSet:
    """`after`, with what is new in it counting from `day` already: to try a law to come on what has happened.

    A version that it brings begins on that day, and one that it ends or follows ends the day before.
    """
    known = {(rule.name, rule.version): rule for rule in before.rules}
    first: dict[str, int] = {}
    ended: set[str] = set()
    for rule in after.rules:
        was = known.get((rule.name, rule.version))
        if rule.kind is Kind.DORMANT:
            continue
        if was is None and rule.valid_from > day:
            first[rule.name] = min(rule.version, first.get(rule.name, rule.version))
        elif was is not None and rule.valid_until < was.valid_until:
            ended.add(rule.name)
    moved = []
    for rule in after.rules:
        is_known = (rule.name, rule.version) in known
        if first.get(rule.name) == rule.version:
            moved.append(replace(rule, valid_from=day))
        elif is_known and rule.kind is not Kind.DORMANT and rule.name in {*first, *ended}:
            until = min(rule.valid_until, day - timedelta(days=1))
            if until >= rule.valid_from:
                moved.append(replace(rule, valid_until=until))
        else:
            moved.append(rule)
    return RuleSet(tuple(moved), after.closed_days, after.sha256, after.off)


def _texts(rules: RuleSet) -> dict[str, str]:
    ids = dict.fromkeys(rule.id for rule in rules.rules)
    return {rule_id: _off(rules, rule_id) + rule_text(_of(rules, rule_id)) for rule_id in ids}


def _off(rules: RuleSet, rule_id: str) -> str:
    return f"# Slået fra af kommunen: {rules.off[rule_id]}\n" if rule_id in rules.off else ""


def _of(rules: RuleSet, rule_id: str) -> list[Rule]:
    return sorted((rule for rule in rules.rules if rule.id == rule_id), key=lambda rule: rule.version)


def _diff(old: str, new: str) -> list[str]:
    """Without the lines that name files; each hunk but the first begins with “@@”."""
    lines = list(unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=CONTEXT))[3:]
    return ["…" if line.startswith("@@") else line for line in lines]


def _judging(rules: RuleSet) -> dict[str, tuple[Rule, ...]]:
    """What can be owed by each rule: titles and sources are no part of that."""
    return {versions[0].name: tuple(map(_bare, versions)) for _, versions in rules.families}


def _bare(rule: Rule) -> Rule:
    readings = tuple(replace(one, label="") for one in rule.readings)
    return replace(rule, title="", certainty="", source="", what_to_do="", toward="", municipal="", readings=readings)


def _counts_days(rule: Rule) -> bool:
    return any(reading.working_days or reading.weekdays for reading in rule.readings)
