"""Which of a young person's entries count: for a reader, and as they were known on a day."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.access import Level
from domain.catalogue import class_of
from domain.codes import DataClass
from domain.facts import Life, civil_date, life_of
from domain.journey import Journey, fold
from eventlog import Entry, History

MayRead = Callable[[DataClass], Level]
"""How much the reader may see of a class: `functools.partial(domain.access.level, party)`."""


def shown_to(history: History, may: MayRead) -> list[Entry]:
    """The entries that the reader may see. A fact's corrections are all of its own class, so none is missed."""
    return [entry for entry in history.entries if may(class_of(entry.event)) >= Level.SUMMARY]


def known_on(entries: Iterable[Entry], day: date) -> list[Entry]:
    """The entries that the log had got by the end of that day in Denmark."""
    return [entry for entry in entries if civil_date(entry.recorded_at) <= day]


@dataclass(frozen=True, slots=True)
class Seen:
    """Some entries, and what they come to: the facts, and the journey folded in the order of the log."""

    entries: Sequence[Entry]
    life: Life
    journey: Journey


def seen_in(entries: Sequence[Entry]) -> Seen:
    """These entries folded, corrections applied: a correction takes the place of what it is about."""
    life = life_of(entry.fact() for entry in entries)
    return Seen(entries, life, fold(fact.event for fact in sorted(life.all(), key=lambda fact: fact.position)))
