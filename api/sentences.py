"""What happened, as a Danish sentence: the catalogue's words with the event's codes and dates put in words.

Free text is never part of a sentence: it may be shown to fewer people, and stands by itself (`own_words`).
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from api import words
from domain import choices
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
from domain.declaration import Subject
from domain.events import Event
from domain.facts import COPENHAGEN
from domain.journey import HandoverState, StepState
from domain.text import FreeText, StaffId

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
    StepState: words.STEP_STATES,
    choices.NewcomerGround: words.NEWCOMER_GROUNDS,
    choices.CloseReason: words.CLOSE_REASONS,
    choices.WithdrawReason: words.WITHDRAW_REASONS,
    choices.ApplicationAnswer: words.APPLICATION_ANSWERS,
    choices.Measure: words.MEASURES,
    choices.TargetGround: words.TARGET_GROUNDS,
    choices.TransitionTopic: words.TRANSITION_TOPICS,
    choices.Benefit: words.BENEFITS,
    choices.Readiness: words.READINESS,
    choices.Attendance: words.ATTENDANCE,
    choices.Proposal: words.PROPOSALS,
    choices.Destination: words.DESTINATIONS,
    choices.ViewOnPlan: words.VIEWS_ON_PLAN,
    choices.Consenter: words.CONSENTERS,
    choices.ConsentScope: words.CONSENT_SCOPES,
    choices.PauseReason: words.PAUSE_REASONS,
    choices.Outside: words.OUTSIDE,
    choices.Confirmer: words.CONFIRMERS,
    choices.ReceiptWay: words.RECEIPT_WAYS,
    Subject: words.SUBJECTS,
}

_FREE_TEXT = {
    declared.type: tuple(name for name, hint in get_type_hints(declared.type).items() if hint is FreeText)
    for declared in DECLARATIONS
}


def sentence(event: Event) -> str:
    """How the event reads on the timeline."""
    said = BY_TYPE[type(event)].reads.format(**_in_words(event))
    return capital(said)


def own_words(event: Event) -> str | None:
    """The free text of the event, if it has any: only for those who may see its class in full."""
    texts = [str(getattr(event, name)) for name in _FREE_TEXT[type(event)]]
    return "\n".join(text for text in texts if text) or None


def in_words(value: object) -> str:  # noqa: PLR0911 - one answer per sort
    """A code or several, a date, a time, a number, or yes and no, in Danish. None is what was not decided."""
    match value:
        case None:
            return "ikke fastsat"
        case StrEnum():
            return WORDS[type(value)][value]
        case tuple():
            return ", ".join(in_words(one) for one in value) or "ingen"
        case bool():
            return "ja" if value else "nej"
        case datetime():
            return f"{value.astimezone(COPENHAGEN):%d.%m.%Y kl. %H.%M}"
        case date():
            return f"{value:%d.%m.%Y}"
        case int():
            return str(value)
        case _:
            raise TypeError(f"no Danish words for {type(value).__name__}")


def words_of(codes: type[StrEnum]) -> Mapping[Any, str]:
    """The Danish words for these codes."""
    return WORDS[codes]


def capital(text: str) -> str:
    """The text as the beginning of a sentence or a line."""
    return text[:1].upper() + text[1:]


_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


def weekday(day: date) -> str:
    """The name of the day: mandag."""
    return _WEEKDAYS[day.weekday()]


def long_day(day: date) -> str:
    """3. april 2026."""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def many(count: int, one: str, more: str) -> str:
    """1 arbejdsdag, 2 arbejdsdage."""
    return f"{count} {one if count == 1 else more}"


def _in_words(event: Event) -> dict[str, str]:
    return {name: in_words(getattr(event, name)) for name in _HAS_WORDS[type(event)]}


_WORDLESS = {UUID, FreeText, StaffId, str}


def _is_of_parts(hint: Any) -> bool:
    """Whether the field holds what has no word of its own, as the items of a handover."""
    return get_origin(hint) is tuple and not issubclass(get_args(hint)[0], StrEnum)


def _with_words(kind: type) -> tuple[str, ...]:
    """The fields that have words; a sentence that asks for an id or a text fails where it is written."""
    hints = get_type_hints(kind)
    return tuple(
        field.name
        for field in fields(kind)
        if not _WORDLESS & {hints[field.name], *get_args(hints[field.name])} and not _is_of_parts(hints[field.name])
    )


_HAS_WORDS = {declared.type: _with_words(declared.type) for declared in DECLARATIONS}
