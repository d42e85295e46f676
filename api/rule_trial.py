"""One change of the rules, tried on what has happened, for the page and the command."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from api.house import House
from api.sentences import long_day, many
from domain.codes import DataClass, Party
from domain.rules import Difference, Draft, Kind, RuleSet, as_if, differences, draft_of, laid_over, parse, rule_set
from projections.closing_days import YEARS, danish_closed_days
from projections.preview import Fate, Preview, Touched, preview
from projections.rules_loaded import loadings


class TrialRefused(Exception):  # noqa: N818 - a refusal
    """It cannot be tried so; the text says why, in Danish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfRule:
    """What the change does to one rule, or one part of it."""

    name: str
    title: str
    fates: Sequence[tuple[Fate, Sequence[Touched]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a change would do. `found` holds only what may be shown; `remarks` are Danish sentences about the trial.

    `draft` says that the change is one, in Danish; empty where it is none.

    `hidden` are the classes of which nothing is told to this reader.
    """

    found: Preview
    differences: Sequence[Difference]
    before: RuleSet
    after: RuleSet
    as_if_from: date | None
    draft: str
    remarks: Sequence[str]
    hidden: frozenset[DataClass] = frozenset()

    def count(self, fate: Fate) -> int:
        """How many deadlines."""
        return sum(one.fate is fate for one in self.found.touched)

    @property
    def by_rule(self) -> list[OfRule]:
        """The touched deadlines rule by rule, in the order of their ids."""
        titles = {rule.name: rule.title for rule in (*self.before.rules, *self.after.rules)}
        return [
            OfRule(
                name=name,
                title=titles[name],
                fates=[(fate, list(few)) for fate, few in groupby(each, key=lambda one: one.fate)],
            )
            for name, each in groupby(self.found.touched, key=_name)
        ]

    @property
    def by_party(self) -> list[tuple[Party, list[tuple[Fate, int]]]]:
        """How many by the party that has them, whose change is greatest first."""
        counts: dict[Party, Counter[Fate]] = {}
        for one in self.found.touched:
            counts.setdefault(one.holder, Counter())[one.fate] += 1
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1].total(), pair[0]))
        return [(party, [(fate, each[fate]) for fate in Fate if each[fate]]) for party, each in ordered]


def start_of_year_before(today: date) -> date:
    """The first day of the window when nobody says another."""
    return date(today.year - 1, 1, 1)


def try_change(
    house: House,
    name: str,
    content: str,
    *,
    first: date,
    last: date,
    as_if_from: date | None = None,
    shown: frozenset[DataClass] = frozenset(DataClass),
    give_up: float | None = None,
) -> Trial:
    """The rules in force beside the same with this file. Nothing is written.

    `shown` are the classes of which may be told; deadlines of others are left out, also of every count. Raises
    RuleFault, TrialRefused, and TookTooLong after `give_up`.
    """
    if last < first:
        raise TrialRefused("Den sidste dag i vinduet ligger før den første.")
    loaded = loadings(house.log)
    if not loaded:
        raise TrialRefused("Der er ikke indlæst regler endnu.")
    before = loaded[-1].rules
    text = laid_over(loaded[-1].event.rules, name, content)
    after = rule_set(text, danish_closed_days(YEARS, parse(text).own_days))
    differ = differences(before, after)
    counted = as_if(before, after, as_if_from) if as_if_from else after
    found = preview(house.db, house.log, before, counted, first=first, last=last, classes=shown, give_up=give_up)
    judged = (rule for rule in (*before.rules, *counted.rules) if rule.name in found.changed)
    return Trial(
        found=found,
        differences=differ,
        before=before,
        after=counted,
        as_if_from=as_if_from,
        draft=_about(draft_of(name, content)),
        remarks=list(_remarks(before, counted, found, as_if_from)),
        hidden=frozenset(rule.data_class for rule in judged) - shown,
    )


def _about(draft: Draft | None) -> str:
    if draft is None:
        return ""
    read = "læst af en jurist" if draft.read_by_lawyer else "ikke læst af en jurist"
    return f"“{draft.title}” er et udkast: {read} og ikke i kraft. Kilder: {draft.source}."


def _remarks(before: RuleSet, after: RuleSet, found: Preview, as_if_from: date | None) -> Iterator[str]:
    if not found.changed:
        yield "Ingen frist regnes anderledes efter ændringen."
    if as_if_from:
        yield f"Regnet, som om ændringen gjaldt fra {long_day(as_if_from)}."
    begins = _begins(before, after, found.changed)
    if begins is not None and begins > found.last:
        yield (
            f"Ændringen gælder først fra {long_day(begins)}, efter vinduets sidste dag. "
            "Lad, som om den gjaldt fra en tidligere dag, for at se, hvad den ville have gjort."
        )
    if found.unreadable:
        yield f"{many(found.unreadable, 'ung', 'unge')} er ikke med: noget om dem kan ikke læses."


def _begins(before: RuleSet, after: RuleSet, changed: frozenset[str]) -> date | None:
    """The first day on which a case can be judged differently; None where nothing is."""
    versions = {(rule.name, rule.version): rule for rule in before.rules}
    days = []
    for rule in after.rules:
        if rule.name in changed and rule.kind is not Kind.DORMANT:
            was = versions.get((rule.name, rule.version))
            if was is None:
                days.append(rule.valid_from)
            elif was.valid_until != rule.valid_until:
                days.append(min(was.valid_until, rule.valid_until) + timedelta(days=1))
            elif was != rule:
                days.append(date.min)
    return min(days, default=date.min if changed else None)


def _name(one: Touched) -> str:
    return f"{one.rule_id}.{one.rule_part}" if one.rule_part else one.rule_id
