"""Stories that hypothesis makes up: events of every type that a rule speaks of, in any order, known sooner or later."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from hypothesis import strategies as st

from domain.catalogue import BY_CODE
from domain.days import birthday
from domain.events import Event
from domain.rules import Condition, Kind, Rule
from tests.domain.law.story import LEMVIG, Told
from tests.domain.law.telling import Story

RULES = [rule for rule in LEMVIG.rules if rule.kind is not Kind.DORMANT]
SPOKEN_OF = sorted({code for rule in RULES for code in rule.touched_by} | {"handover-sent", "contact-tried"})
"""The codes of the events that can change what is owed."""

NUMBERS = {"grade": (8, 9, 10), "percent": (9, 10, 14, 15, 16), "quarter": (1, 2, 3, 4), "year": (2024, 2025, 2026)}
HANDOVERS = tuple(UUID(int=0x4A00 + number) for number in range(3))


def births() -> st.SearchStrategy[date]:
    """Around 29 February as often as elsewhere."""
    return st.one_of(st.dates(date(2006, 1, 1), date(2010, 12, 31)), st.just(date(2008, 2, 29)))


def days_of(born_on: date) -> st.SearchStrategy[date]:
    """Most days between the 14th and the 19th birthday, where most rules are; some until 31."""
    year = 365
    return st.one_of(st.integers(14 * year, 19 * year), st.integers(18 * year, 31 * year)).map(
        lambda days: born_on + timedelta(days=days)
    )


@st.composite
def stories(draw: st.DrawFn, most: int = 8) -> Story:
    """A young person to whom a rule or two apply, and up to so many other events, half of them about those rules."""
    born_on = draw(births())
    rules = draw(st.lists(st.sampled_from(RULES), min_size=1, max_size=2))
    about = tuple(sorted({code for rule in rules for code in rule.touched_by}))
    told = [one for rule in rules for one in draw(beginnings(rule, born_on))]
    told += draw(st.lists(st.one_of(happened(about, born_on), happened(tuple(SPOKEN_OF), born_on)), max_size=most))
    return Story(born_on, tuple(later(one, number) for number, one in enumerate(told)))


@st.composite
def beginnings(draw: st.DrawFn, rule: Rule, born_on: date) -> list[Told]:
    """What makes the rule apply, at an age and on a day when it does."""
    youngest = birthday(born_on, max(rule.from_age, 14))
    oldest = birthday(born_on, rule.before_age or min(rule.ends_at_age, 26)) - timedelta(days=1)
    first = max(youngest, rule.valid_from)
    on = draw(st.dates(first, max(first, min(oldest, rule.valid_until))))
    told = [draw(meeting(draw(st.sampled_from(rule.when)), on))] if rule.when else []
    for state in rule.states[:1]:
        told.insert(0, draw(meeting(draw(st.sampled_from(state.began)), on)))
    return [known_later(event, draw(st.sampled_from((0, 0, 0, 3, 40)))) for event in told]


@st.composite
def meeting(draw: st.DrawFn, condition: Condition, on: date) -> Event:
    """An event that meets the condition."""
    event = draw(event_of(condition.type, on))
    # What stands on the event that sent a handover is not on its later ones.
    own = [test for test in condition.tests if hasattr(event, test.field)]
    chosen = {test.field: draw(st.sampled_from(test.values)) for test in own if test.values}
    bounds = {test.field: test.least or test.most for test in own if not test.values}
    return replace(event, **chosen, **bounds)


@st.composite
def happened(draw: st.DrawFn, codes: tuple[str, ...], born_on: date) -> Told:
    """One event of one of these types, known that day or up to two months later."""
    event = draw(event_of(BY_CODE[draw(st.sampled_from(codes))].type, draw(days_of(born_on))))
    return known_later(event, draw(st.one_of(st.just(0), st.integers(0, 60))))


def known_later(event: Event, days: int) -> Told:
    """Known so many days after it happened."""
    known_on = event.on + timedelta(days=days)
    return event, datetime(known_on.year, known_on.month, known_on.day, 8, tzinfo=UTC)


def later(told: Told, minutes: int) -> Told:
    """Known so many minutes later, so that no two are known at the same time."""
    assert isinstance(told, tuple)
    event, known_at = told
    return event, known_at + timedelta(minutes=minutes)


def event_of(kind: type, on: date) -> st.SearchStrategy[Event]:
    """An event of this type on this day, its other fields as they may be."""
    given = {name: strategy for name, strategy in _fields(kind) if name not in ("on", "at")}
    fixed: dict[str, Any] = {"on": on}
    if "at" in get_type_hints(kind):
        fixed["at"] = datetime(on.year, on.month, on.day, 7, 30, tzinfo=UTC)
    return st.fixed_dictionaries(given).map(lambda drawn: kind(**fixed, **drawn))


@cache
def _fields(kind: type) -> tuple[tuple[str, st.SearchStrategy[Any]], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, _values(field.name, hints[field.name])) for field in fields(kind))


def _values(name: str, hint: Any) -> st.SearchStrategy[Any]:
    if name in NUMBERS:
        return st.sampled_from(NUMBERS[name])
    if get_origin(hint) in (Union, UnionType):
        return st.none()
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        codes = st.lists(st.sampled_from(inner), max_size=2, unique=True) if issubclass(inner, Enum) else st.just([])
        return codes.map(tuple)
    plain: dict[Any, st.SearchStrategy[Any]] = {
        bool: st.booleans(),
        int: st.integers(1, 30),
        date: st.just(date(2030, 1, 1)),
        UUID: st.sampled_from(HANDOVERS),
    }
    if hint in plain:
        return plain[hint]
    return st.sampled_from(hint) if isinstance(hint, type) and issubclass(hint, Enum) else st.just("x")
