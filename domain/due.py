"""When something is due, by each way to read the rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from domain.days import counted_days, end_of_quarter, is_weekday, is_working_day, months_after, next_date
from domain.facts import Fact, civil_date
from domain.lived import Lived, Pause
from domain.rules import Basis, Condition, Reading, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """One reading of the rule, computed. `start` is the day the clock started and is not counted itself.

    `due_at` is the instant where hours count, in UTC; `due_on` then is its Danish date.
    """

    label: str
    start: date
    due_on: date
    due_at: datetime | None = None
    basis: Basis = Basis.LAW


def due_dates(
    rule: Rule, trigger: Fact, born_on: date, lived: Lived, closed_days: frozenset[date], pauses: tuple[Pause, ...]
) -> Iterator[DueDate]:
    """Every reading whose clock has started."""
    for reading in rule.readings:
        start = _start(reading, trigger, born_on, lived)
        if start is not None:
            yield _due(reading, start, trigger, closed_days, pauses if reading.can_pause else ())


def _start(reading: Reading, trigger: Fact, born_on: date, lived: Lived) -> date | None:
    """The day the clock starts; None while the event that starts it has not happened."""
    match reading.start:
        case "birth":
            return born_on
        case "on" | "at":
            return trigger.on
        case "known":
            return trigger.known_on
        case Condition() as condition:
            return _started_by(condition, reading, trigger, lived)
    raise AssertionError(reading.start)


def _started_by(condition: Condition, reading: Reading, trigger: Fact, lived: Lived) -> date | None:
    facts = lived.of((condition,))
    first = next((fact.on for fact in facts if reading.can_start(fact.on, trigger.on)), None)
    if reading.earlier_counts and any(fact.on < trigger.on for fact in facts):
        return trigger.known_on if first is None else min(first, trigger.known_on)
    return first


def _due(
    reading: Reading, start: date, trigger: Fact, closed_days: frozenset[date], pauses: tuple[Pause, ...]
) -> DueDate:
    due_at = None
    if reading.hours:
        told: datetime = trigger.event.at  # type: ignore[union-attr]  # the rules are read so that it has one
        at = told.astimezone(UTC)  # 24 hours are 24 hours, also in the night when the clocks are changed
        due_at = at + timedelta(hours=reading.hours)
        due_on = civil_date(due_at)
        stood = _stood_still(civil_date(at), due_on, pauses)
        due_at, due_on = due_at + stood, due_on + stood
    elif reading.working_days or reading.weekdays:
        due_on = _counted(reading, start, closed_days, pauses)
    elif reading.fixed:
        due_on = next_date(start, *reading.fixed)
    elif reading.quarter_end:
        event = trigger.event
        due_on = end_of_quarter(getattr(event, "year", start.year), getattr(event, "quarter", (start.month + 2) // 3))
    else:
        # Years first: months before a birthday are counted from the birthday, which 29 February has not every year.
        due_on = months_after(months_after(start, 12 * reading.years), reading.months) + timedelta(days=reading.days)
        due_on += _stood_still(start, due_on, pauses)
    return DueDate(label=reading.label, start=start, due_on=due_on, due_at=due_at, basis=reading.basis)


def _stood_still(start: date, due_on: date, pauses: tuple[Pause, ...]) -> timedelta:
    """How long the clock stood still before it ran out: each pause can bring the next before the end."""
    stood = timedelta()
    for pause in pauses:
        if pause.until is not None and pause.since <= due_on + stood:
            stood += max(pause.until - max(pause.since, start), timedelta())
    return stood


def _counted(reading: Reading, start: date, closed_days: frozenset[date], pauses: tuple[Pause, ...]) -> date:
    """The last of the days that are counted."""
    length = reading.working_days or reading.weekdays
    counts = is_working_day if reading.working_days else is_weekday
    for day in counted_days(start, closed_days, counts):
        if not any(pause.holds(day) for pause in pauses):
            length -= 1
            if not length:
                return day
    raise AssertionError("days do not end")
