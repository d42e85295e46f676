"""A story as a Danish given-when-then, so that whoever knows the law can say whether a failing property is right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from typing import Any

from domain.catalogue import BY_TYPE
from domain.events import Event
from domain.facts import civil_date
from domain.obligations import Obligation, Standing
from tests.domain.law.story import Told
from tests.examples import at

STANDS = {
    Standing.OPEN: "åben",
    Standing.OVERDUE: "overskredet",
    Standing.PAUSED: "på pause",
    Standing.IN_TIME: "opfyldt i tide",
    Standing.LATE: "opfyldt for sent",
    Standing.LAPSED: "bortfaldet",
}


@dataclass(frozen=True, slots=True, repr=False)
class Story:
    """A young person and what happened."""

    born_on: date
    told: tuple[Told, ...]

    def __repr__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> Iterator[str]:
        yield f"GIVET en ung født {in_danish(self.born_on)}"
        for one in self.told:
            yield f"  NÅR {_happened(one)}"

    def then(self, *what: str) -> str:
        """The story, and what came or should have come of it."""
        return "\n".join([*self.lines(), *(f"   SÅ {one}" for one in what)])

    def also(self, *told: Told) -> "Story":
        """The same, and this happened too."""
        return Story(self.born_on, (*self.told, *told))


def stands(one: Obligation, on: date) -> str:
    """How an obligation stands on a day."""
    due = in_danish(one.due_on) if one.is_dated else "uden dato"
    return f"{in_danish(on)}: {one.name} (frist {due}) er {STANDS[one.standing(on)]}"


def owes(found: Iterable[Obligation]) -> list[str]:
    """What is owed, one line for each."""
    return [
        f"{one.name} skal {one.holder.value} opfylde "
        + (" / ".join(f"senest {in_danish(reading.due_on)}" for reading in one.readings) if one.is_dated else "snarest")
        for one in found
    ]


def in_danish(on: date) -> str:
    """The day as it is written in Danish."""
    return f"{on.day}.{on.month}.{on.year}"


def _happened(told: Told) -> str:
    event, known_at = told if isinstance(told, tuple) else (told, at(told.on))
    names = [field.name for field in fields(event) if field.name not in ("on", "of_class")]
    says = [said for name in names if (said := _said(getattr(event, name)) or (name == "rule" and event.rule))]
    known_on = civil_date(known_at)
    late = f" (kendt {in_danish(known_on)})" if known_on != event.on else ""
    return f"{in_danish(event.on)}: {_title(event)}" + (f": {', '.join(says)}" if says else "") + late


def _title(event: Event) -> str:
    return BY_TYPE[type(event)].title


def _said(value: Any) -> str:
    """What a field holds, where it can matter to a rule."""
    match value:
        case Enum():
            return str(value.value)
        case bool():
            return "ja" if value else "nej"
        case int():
            return str(value)
        case date():
            return in_danish(value) + (f" kl. {value:%H:%M} UTC" if isinstance(value, datetime) else "")
        case tuple():
            return " og ".join(map(_said, value))
    return ""
