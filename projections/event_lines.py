"""What happened to one young person as data for sentences: codes and dates, never free text."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from domain.catalogue import BY_TYPE, class_of
from domain.codes import DataClass, Party
from domain.facts import Fact, Life, civil_date
from eventlog import Actor, Entry

LATE_DAYS = 14
"""News that is more days old than this, when it is known or recorded, is shown as late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """Something that happened, as data for a sentence: `reads` is filled with `values` (codes and dates only).

    `known_late` and `recorded_late` are days between, 0 when within `LATE_DAYS`. `corrected_on` is the day when
    the log got the last correction. `about` is the handover or the plan step that it belongs to.
    """

    entry_id: UUID
    code: str
    title: str
    reads: str
    values: dict[str, Any]
    party: Party
    data_class: DataClass
    on: date
    known_at: datetime
    recorded_at: datetime
    known_late: int
    recorded_late: int
    corrected_on: date | None
    position: int
    actor: Actor
    about: UUID | None


def event_lines(life: Life, entries: Sequence[Entry]) -> tuple[EventLine, ...]:
    """Every fact that stands, the newest first. `entries` are those that `life` was made of."""
    written = {entry.entry_id: entry for entry in entries}
    return tuple(_line(fact, written[fact.entry_id]) for fact in reversed(life.all()))


def _line(fact: Fact, first: Entry) -> EventLine:
    declared = BY_TYPE[type(fact.event)]
    return EventLine(
        entry_id=fact.entry_id,
        code=declared.code,
        title=declared.title,
        reads=declared.reads,
        values=_values(fact.event),
        party=declared.party,
        data_class=class_of(fact.event),
        on=fact.on,
        known_at=fact.known_at,
        recorded_at=fact.recorded_at,
        known_late=_late(fact.on, fact.known_on),
        recorded_late=_late(fact.on, civil_date(fact.recorded_at)),
        corrected_on=civil_date(fact.corrected_at) if fact.corrected_at else None,
        position=fact.position,
        actor=first.actor,
        about=_about(fact),
    )


def _about(fact: Fact) -> UUID | None:
    found = getattr(fact.event, "step_id", None) or getattr(fact.event, "handover_id", None)
    return found if isinstance(found, UUID) else None


def _values(event: object) -> dict[str, Any]:
    """The codes, dates and answers of an event: what a sentence may use. Never free text."""
    values = {one.name: getattr(event, one.name) for one in fields(event)}  # type: ignore[arg-type]
    return {name: value for name, value in values.items() if isinstance(value, Enum | date | bool)}


def _late(on: date, day: date) -> int:
    days = (day - on).days
    return days if days > LATE_DAYS else 0
