"""The days nobody works, and the rules that count now: what the municipality's own stream holds."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from uuid import uuid4

import holidays

from domain.decisions import load_rules
from domain.events import RulesLoaded
from domain.facts import civil_date
from domain.municipality import Municipality
from domain.rules import OwnDays, RuleSet, content_hash, parse, rule_set, shipped_rules, together
from eventlog import Actor, EventLog
from projections.rows import NO_RULES
from projections.rules_loaded import loadings

YEARS = range(2010, 2050)
"""The same years every year: a list that grew at New Year would make every row again for nothing."""


def danish_closed_days(years: Iterable[int], own: OwnDays = OwnDays()) -> tuple[date, ...]:  # noqa: B008 - frozen
    """The Danish public holidays of these years, and the municipality's own closing days, in order.

    Those of every year return. Constitution day, Christmas Eve and New Year's Eve
    (6, 5), (12, 24), (12, 31) are no public holidays; each municipality decides. Store bededag ended with 2023.
    """
    years = list(years)
    public = set(holidays.country_holidays("DK", years=years))
    yearly = {date(year, month, day) for year in years for month, day in own.yearly}
    return tuple(sorted(public | yearly | set(own.once)))


def why_closed(day: date, closed_days: frozenset[date]) -> str | None:
    """Why nobody works that day, in Danish: the holiday's name, or the day of the week; None on a working day."""
    return name_of_closed(day) if day in closed_days else _WEEKEND.get(day.weekday())


def name_of_closed(day: date) -> str:
    """The Danish name of a public holiday; other closed days are the municipality's own."""
    name = _public_holidays(day.year).get(day)
    return name[:1].lower() + name[1:] if name else "lukkedag"


@cache
def _public_holidays(year: int) -> Mapping[date, str]:
    return dict(holidays.country_holidays("DK", years=year, language="da"))


_WEEKEND = {5: "lørdag", 6: "søndag"}


def shipped_with_own(log: EventLog) -> str:
    """The text of the shipped rules, and of the municipality's own file as it was loaded last."""
    loaded = loadings(log)
    return shipped_rules() + together(loaded[-1].own_files if loaded else ())


def current_rules(log: EventLog) -> RuleSet:
    """The rules that were loaded last; `NO_RULES` before the first time."""
    entries = log.history(log.municipality_stream.id).entries
    loaded = [entry.event for entry in entries if isinstance(entry.event, RulesLoaded)]
    return rule_set(loaded[-1].rules, loaded[-1].closed_days) if loaded else NO_RULES


def rules_on(log: EventLog, day: date) -> RuleSet:
    """The rules that were loaded last at the end of that day in Denmark; `NO_RULES` before the first time."""
    loaded = [one for one in loadings(log) if civil_date(one.since) <= day]
    return loaded[-1].rules if loaded else NO_RULES


def ensure_rules(
    log: EventLog,
    actor: Actor,
    now: datetime,
    *,
    text: str | None = None,
    recorded_at: datetime | None = None,
) -> RuleSet:
    """Load these rules and closing days, unless they are what was loaded last; answers with what counts now.

    `text` None is the rules that come with the program, with the municipality's own file as it was loaded last.
    Raises RuleFault when the text is not right: then nothing is loaded. `recorded_at` is for demonstrations only.
    """
    text = shipped_with_own(log) if text is None else text
    days = danish_closed_days(YEARS, parse(text).own_days)
    rules = rule_set(text, days)

    def decide(municipality: Municipality) -> list[RulesLoaded]:
        return load_rules(
            municipality,
            on=civil_date(now),
            sha256=content_hash(text, days),
            rules=text,
            closed_days=days,
        )

    # A new command each time: the same rules may come back after others.
    log.record(
        log.municipality_stream,
        decide,
        by=actor,
        known_at=now,
        command_id=uuid4(),
        recorded_at=recorded_at,
    )
    return rules
