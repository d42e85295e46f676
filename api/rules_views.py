"""What the page about the rules shows of each rule: its versions, its parts, and what the municipality says of it."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from api.rule_words import any_of
from api.rules_in_words import (
    AREAS,
    OWN_AREA,
    ages_in_words,
    clearing_in_words,
    reading_in_words,
    starting_in_words,
    state_in_words,
    validity_in_words,
)
from api.words import CLASSES, MATTERS
from domain.codes import Party
from domain.rules import Kind, Rule, RuleSet, apart


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """A rule, or one of its parts, named by its first deadline. `kind` is said where it is another than the rule's."""

    name: str
    kind: Kind | None
    starts: str
    states: Sequence[str]
    also: Sequence[str]
    ages: str
    clears: str
    counts: Sequence[str]
    due: Sequence[str]
    what_to_do: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One version. `standing` says in Danish whether it counts today."""

    version: int
    title: str
    kind: Kind
    standing: str
    validity: str
    certainty: str
    source: str
    giver: Party | None
    receiver: Party
    toward: str
    holder: Party
    matter: str
    data_class: str
    missing: str
    what_to_do: str
    says: str
    parts: Sequence[PartView]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A rule: the version that stands for it today, and the others, the latest first. `off` is why it is off."""

    id: str
    now: VersionView
    others: Sequence[VersionView]
    off: str

    @property
    def versions(self) -> Sequence[VersionView]:
        """All of them, the one that stands for it today first."""
        return [self.now, *self.others]

    @property
    def kind(self) -> Kind:
        """How binding it is today; what is off binds nobody."""
        return Kind.DORMANT if self.off else self.now.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """The rules of one file."""

    key: str
    title: str
    rules: Sequence[RuleView]


def areas(whole: str, rules: RuleSet, today: date) -> list[Area]:
    """All rules by the file that brought them first; a municipality's other version of one stands with it."""
    found: dict[str, list[str]] = {}
    placed: set[str] = set()
    for name, content in apart(whole):
        for rule_id in _ids(content):
            if rule_id not in placed:
                placed.add(rule_id)
                found.setdefault(AREAS.get(name, OWN_AREA), []).append(rule_id)
    return [
        Area(key=f"omraade-{number}", title=title, rules=[rule_view(rules, one, today) for one in ids])
        for number, (title, ids) in enumerate(found.items(), start=1)
    ]


def rule_view(rules: RuleSet, rule_id: str, today: date) -> RuleView:
    """One rule. KeyError when there is none."""
    versions = sorted((rule for rule in rules.rules if rule.id == rule_id), key=lambda one: one.version)
    if not versions:
        raise KeyError(rule_id)
    views = [_version(list(parts), today) for _, parts in groupby(versions, key=lambda one: one.version)]
    now = min(views, key=lambda one: (_ORDER.index(one.standing), -one.version))
    return RuleView(
        id=rule_id,
        now=now,
        others=[one for one in reversed(views) if one is not now],
        off=rules.off.get(rule_id, ""),
    )


COUNTS, COMES, ENDED, DORMANT = "gælder nu", "kommer", "er ophørt", "er ikke i kraft"
_ORDER = (COUNTS, COMES, ENDED, DORMANT)


def _ids(content: str) -> Iterator[str]:
    read = tomllib.loads(content)
    for key in ("rule", "add"):
        yield from (table["id"] for table in read.get(key, []))


def _version(parts: Sequence[Rule], today: date) -> VersionView:
    first = parts[0]
    same_says = first.municipal if len({rule.municipal for rule in parts}) == 1 else ""
    return VersionView(
        version=first.version,
        title=first.title,
        kind=first.kind,
        standing=_standing(first, today),
        validity=validity_in_words(first),
        certainty=first.certainty,
        source=first.source,
        giver=first.giver,
        receiver=first.receiver,
        toward=first.toward,
        holder=first.holder,
        matter=MATTERS[first.matter],
        data_class=CLASSES[first.data_class],
        missing=first.missing,
        what_to_do=first.what_to_do,
        says=same_says,
        parts=[_part(rule, first, same_says) for rule in parts] if first.kind is not Kind.DORMANT else [],
    )


def _standing(rule: Rule, today: date) -> str:
    if rule.kind is Kind.DORMANT:
        return DORMANT
    if rule.held_on(today):
        return COUNTS
    return COMES if rule.valid_from > today else ENDED


def _part(rule: Rule, first: Rule, same_says: str) -> PartView:
    return PartView(
        name=rule.readings[0].label,
        kind=rule.kind if rule.kind is not first.kind else None,
        starts=any_of(rule.when) if rule.when else "",
        states=[state_in_words(state) for state in rule.states],
        also=list(starting_in_words(rule)),
        ages=ages_in_words(rule),
        clears=any_of(rule.clears),
        counts=list(clearing_in_words(rule)),
        due=[reading_in_words(reading) for reading in rule.readings],
        what_to_do=rule.what_to_do,
        says="" if rule.municipal == same_says else rule.municipal,
    )
