"""What happened, as a Danish sentence: the catalogue's words with the event's codes and dates put in words.

Free text is never part of a sentence: it may be shown to fewer people, and stands by itself (`own_words`).
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any, get_type_hints

from api import words
from domain.catalogue import BY_TYPE, DECLARATIONS
from domain.codes import (
    Activity,
    AgendaReason,
    ContactWay,
    DataClass,
    DecisionKind,
    Matter,
    Party,
    PlacementForm,
    Programme,
    ReturnReason,
    StartReason,
)
from domain.events import Event
from domain.journey import HandoverState
from domain.text import FreeText

_MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)

# By type first: codes of different types may be the same word ("other"), and say different things in Danish.
WORDS: dict[type[StrEnum], Mapping[Any, str]] = {
    Party: words.PARTIES,
    Matter: words.MATTERS,
    DataClass: words.CLASSES,
    StartReason: words.START_REASONS,
    Programme: words.PROGRAMMES,
    ContactWay: words.WAYS,
    Activity: words.ACTIVITIES,
    PlacementForm: words.PLACEMENTS,
    ReturnReason: words.RETURN_REASONS,
    AgendaReason: words.AGENDA_REASONS,
    DecisionKind: words.DECISION_KINDS,
    HandoverState: words.STATES,
}

_FREE_TEXT = {
    declared.type: tuple(name for name, hint in get_type_hints(declared.type).items() if hint is FreeText)
    for declared in DECLARATIONS
}


def sentence(event: Event) -> str:
    """How the event reads on the timeline."""
    said = BY_TYPE[type(event)].reads.format(**_in_words(event))
    return said[:1].upper() + said[1:]


def own_words(event: Event) -> str | None:
    """The free text of the event, if it has any: only for those who may see its class in full."""
    texts = [str(getattr(event, name)) for name in _FREE_TEXT[type(event)]]
    return "\n".join(text for text in texts if text) or None


def in_words(value: object) -> str:
    """A code, a date, or yes and no, in Danish."""
    match value:
        case StrEnum():
            return WORDS[type(value)][value]
        case bool():
            return "ja" if value else "nej"
        case date():
            return f"{value:%d.%m.%Y}"
        case _:
            raise TypeError(f"no Danish words for {type(value).__name__}")


def long_day(day: date) -> str:
    """3. april 2026."""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def many(count: int, one: str, more: str) -> str:
    """1 arbejdsdag, 2 arbejdsdage."""
    return f"{count} {one if count == 1 else more}"


def _in_words(event: Event) -> dict[str, str]:
    # Ids, texts and tuples are left out: a sentence that asks for one fails where it is written.
    return {
        field.name: in_words(value)
        for field in fields(event)
        if isinstance(value := getattr(event, field.name), StrEnum | bool | date)
    }
