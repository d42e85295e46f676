"""What the domain says of the fictional lives, without any file or database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from uuid import UUID

from demo import Told, Youth, rules_of_the_municipality, youths
from demo.desk import decision
from domain.decisions import record_fact, send_handover, start_journey
from domain.events import HandoverSent, JourneyEvent
from domain.facts import COPENHAGEN, Fact, Life, life_of
from domain.journey import Journey, evolve, fold
from domain.obligations import Obligation, Standing, obligations
from domain.rules import rule_set
from projections.closing_days import YEARS, danish_closed_days

UNTIL = date(2026, 11, 21)
MUNICIPALITIES = [
    (7, UNTIL),
    (1, UNTIL),
    (2026, UNTIL),
    (7, date(2026, 6, 1)),
    (2, date(2026, 12, 27)),  # between Christmas and New Year
    (3, date(2027, 4, 6)),  # just after Easter
    (4, date(2028, 2, 29)),
]
"""Seeds and days on which nothing may be found that was not planted."""

RULES = rule_set(rules_of_the_municipality(), danish_closed_days(YEARS))
UNDATED = frozenset(rule.id for rule in RULES.rules if rule.readings and not rule.is_dated)
"""The rules for which no act says a day."""


@dataclass(frozen=True, slots=True)
class Lived:
    """One fictional young person as the domain sees them."""

    youth: Youth
    life: Life
    journey: Journey

    @property
    def kinds(self) -> set[str]:
        """What was planted."""
        return {one.kind for one in self.youth.planted}


@lru_cache(maxsize=12)
def everybody(count: int, seed: int, until: date) -> tuple[Lived, ...]:
    """A whole municipality, lived once for all tests."""
    return tuple(
        Lived(youth, life(youth), fold(event for event, _, _ in said(youth))) for youth in youths(count, seed, until)
    )


def said(youth: Youth) -> Iterator[tuple[JourneyEvent, date, date]]:
    """Every event as the log gets it, with the days on which it was known and recorded. Raises Refused."""
    journey = Journey()
    began = start_journey(journey, born_on=youth.born_on, on=youth.since, reason=youth.reason, basis=youth.basis)
    journey = fold(began)
    yield from ((event, youth.since, youth.since) for event in began)
    for told in youth.told:
        decided = _decided(journey, told)
        for event in decided:
            journey = evolve(journey, event)
        yield from ((event, told.known_on, told.delivered_on) for event in decided)


def _decided(journey: Journey, told: Told) -> list[JourneyEvent]:
    event = told.event
    if told.by_hand:
        return list(decision(told, told.delivered_on)(journey))
    if isinstance(event, HandoverSent):
        names = ("handover_id", "matter", "giver", "receiver", "answer_by", "note", "on")
        return send_handover(journey, **{name: getattr(event, name) for name in names})
    return record_fact(journey, event=event, today=told.delivered_on)


def life(youth: Youth) -> Life:
    """The life as the log would tell it."""
    return life_of(
        Fact(
            entry_id=UUID(int=youth.number * 10_000 + place),
            event=event,
            known_at=_noon(known_on),
            recorded_at=_noon(recorded_on),
            position=place + 1,
        )
        for place, (event, known_on, recorded_on) in enumerate(said(youth))
    )


def overdue(life_: Life, on: date) -> list[Obligation]:
    """What should have happened before this day, and has not."""
    return [each for each in shown(life_, on) if each.standing(on) is Standing.OVERDUE]


def undated(life_: Life, on: date) -> list[Obligation]:
    """What is to be done soon: no act says a day."""
    return [each for each in shown(life_, on) if each.standing(on) is Standing.OPEN and not each.is_dated]


def shown(life_: Life, on: date) -> list[Obligation]:
    """Everything that stands on that day, whether open or not."""
    return [each for each in obligations(life_, RULES) if each.shown_from <= on < each.ends_on]


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), COPENHAGEN)
