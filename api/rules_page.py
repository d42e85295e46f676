"""Regler: what the program obeys, for whoever must answer for it – a lawyer, a leader, a colleague in doubt."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.errors import NotForYou
from api.pages import Page, frame, render
from api.policy import SIGNED_IN, policy
from api.rules_in_words import MEANINGS, own_days_in_words
from api.rules_views import Area, RuleView, areas, rule_view
from api.sentences import in_words, long_day, weekday
from api.visitor import Me, TheHouse, Visitor
from domain.rules import Kind, rule_text
from people.staff import Function
from projections.closing_days import why_closed
from projections.rules_loaded import loadings

router = APIRouter()

PATH = "/regler"


def may_try(me: Visitor) -> bool:
    """Who tries what a change would do: leaders and coordinators, who decide about them."""
    return me.staff.function in (Function.LEADER, Function.COORDINATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesPage(Page):
    """All rules in force, by area. `areas` is empty until rules have been loaded."""

    template: ClassVar[str] = "rules/list.html"
    areas: Sequence[Area] = ()
    since: str = ""
    by: str = ""
    sha256: str = ""
    own_file: str = ""
    own_days: Sequence[str] = ()
    closed_days: Sequence[tuple[int, Sequence[str]]] = ()
    counts: Mapping[Kind, int] = field(default_factory=Counter)
    off: Sequence[RuleView] = ()
    may_try: bool = False
    meanings: Mapping[Kind, str] = field(default_factory=lambda: MEANINGS)

    @property
    def counting(self) -> int:
        """How many rules count."""
        return sum(count for kind, count in self.counts.items() if kind is not Kind.DORMANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePage(Page):
    """One rule with all its versions. `text` is the TOML that counts, after what the municipality says."""

    template: ClassVar[str] = "rules/rule.html"
    rule: RuleView
    text: str


@router.get(PATH, name="rules")
@policy(SIGNED_IN)
def show(request: Request, house: TheHouse, me: Me) -> HTMLResponse:
    """What is in force now."""
    loaded = loadings(house.log)
    shared = frame(request, "Regler", "rules")
    if not loaded:
        return render(request, RulesPage(**shared))
    last, today = loaded[-1], house.today
    rules = last.rules
    found = areas(last.event.rules, rules, today)
    every = [rule for area in found for rule in area.rules]
    return render(
        request,
        RulesPage(
            **shared,
            areas=found,
            since=in_words(last.since),
            by=last.by.id,
            sha256=last.event.sha256,
            own_file=", ".join(name for name, _ in last.own_files),
            own_days=own_days_in_words(last.own_days),
            closed_days=[(year, _closed(year, rules.closed_days)) for year in (today.year, today.year + 1)],
            counts=Counter(rule.kind for rule in every),
            off=[rule for rule in every if rule.off],
            may_try=may_try(me),
        ),
    )


@router.get(PATH + "/{rule_id}", name="rule")
@policy(SIGNED_IN)
def one(request: Request, house: TheHouse, rule_id: str) -> HTMLResponse:
    """One rule, and every version of it."""
    loaded = loadings(house.log)
    try:
        view = rule_view(loaded[-1].rules, rule_id, house.today)
    except (IndexError, KeyError):
        raise NotForYou from None
    versions = sorted((rule for rule in loaded[-1].rules.rules if rule.id == rule_id), key=lambda rule: rule.version)
    page = RulePage(**frame(request, f"Regel {view.id}", "rules"), rule=view, text=rule_text(versions))
    return render(request, page)


def _closed(year: int, days: frozenset[date]) -> list[str]:
    """The closed days of a year, with why."""
    mine = sorted(day for day in days if day.year == year)
    return [f"{weekday(day)} {long_day(day).rsplit(' ', 1)[0]}: {why_closed(day, days)}" for day in mine]
