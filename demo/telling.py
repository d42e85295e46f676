"""What of a life stands in which file of which delivery, and what somebody writes on a page instead."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from demo.life import DAYS, OF_AGE, Told
from demo.lives import Youth
from demo.sources import FileKind, end_of, kind_telling
from domain.catalogue import BY_TYPE
from domain.days import age_on
from domain.events import GradeReached, JourneyEvent, MeasureEnded

BETWEEN = 14
"""Days from one delivery to the next."""

LISTS_EVERY = 4
"""Every so many deliveries hold the lists of how it is now."""

_UNCONFIRMED_ONE_IN = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """On which days files are delivered; `lists` those with the lists of how it is now."""

    days: tuple[date, ...]
    lists: tuple[date, ...]

    def delivery_of(self, day: date) -> date:
        """The delivery that has what became known on this day."""
        back = max(0, min((self.days[-1] - day).days // BETWEEN, len(self.days) - 1))
        return self.days[len(self.days) - 1 - back]


def dated(until: date) -> Calendar:
    """Every other week for two years."""
    days = tuple(until - timedelta(days=ago) for ago in range(DAYS, -1, -BETWEEN))
    return Calendar(days, tuple(days[::-1][::LISTS_EVERY][::-1]))


def at_once(until: date) -> Calendar:
    """Everything in one delivery."""
    return Calendar((until,), (until,))


@dataclass(frozen=True, slots=True)
class Line:
    """One row: in the file of this kind, delivered on that day."""

    kind: FileKind
    delivered: date
    told: Told
    event: JourneyEvent


def lines_of(youth: Youth, calendar: Calendar) -> Iterator[Line]:
    """Every row about this person; a row of a list comes in each delivery in which it still stands."""
    for told, kind, days in _placed(youth, calendar):
        if kind is None:
            continue
        if days:
            yield from (Line(kind, day, told, told.event) for day in days)
        elif told.first_told and told.changed_on and len(calendar.days) > 1:
            yield Line(kind, calendar.delivery_of(told.delivered_on), told, told.first_told)
            yield Line(kind, calendar.delivery_of(told.changed_on), told, told.event)
        else:
            yield Line(kind, calendar.delivery_of(told.delivered_on), told, told.event)


def on_pages(youth: Youth, calendar: Calendar) -> list[Told]:
    """What no file tells: somebody wrote it at their desk."""
    return [told for told, kind, _ in _placed(youth, calendar) if kind is None and not _is_unconfirmed(youth, told)]


def _placed(youth: Youth, calendar: Calendar) -> Iterator[tuple[Told, FileKind | None, Sequence[date]]]:
    """Each thing told with its file, if any, and with the deliveries in which it stands, if that is a list."""
    confirmed: set[str] = set()
    for told in youth.told:
        kind = None if told.by_hand else kind_telling(told.event, is_b=youth.is_b)
        if kind is None or told.id in confirmed:
            yield told, None, ()
        elif not kind.is_list:
            yield told, kind, ()
        else:
            end = _end(kind, told, youth.told)
            gone_on = end.delivered_on if end else date.max
            days = [day for day in calendar.lists if told.delivered_on <= day < gone_on]
            if end and days and not isinstance(end.event, GradeReached):
                confirmed.add(end.id)
            # What came and went between two lists is told by the system that tells of everything.
            yield told, kind if days else kind_telling(told.event, is_b=not youth.is_b), days


def _end(kind: FileKind, told: Told, others: Sequence[Told]) -> Told | None:
    """What takes the row off its list: its end, or the next grade."""
    code = end_of(kind, told.event)
    about = {name: getattr(told.event, name) for name in ("measure", "benefit") if hasattr(told.event, name)}
    for one in others:
        is_end = BY_TYPE[type(one.event)].code == code and one.event.on >= told.event.on
        is_next = (
            isinstance(told.event, GradeReached)
            and isinstance(one.event, GradeReached)
            and one.event.on > told.event.on
        )
        if is_next or (is_end and all(getattr(one.event, name) == value for name, value in about.items())):
            return one
    return None


def _is_unconfirmed(youth: Youth, told: Told) -> bool:
    """An adult's measure that is gone from its list, and of which nobody has said yet that it ended."""
    is_measure = isinstance(told.event, MeasureEnded) and not told.by_hand
    is_measure &= age_on(youth.born_on, told.event.on) >= OF_AGE
    return is_measure and not youth.planted and youth.number % _UNCONFIRMED_ONE_IN == 0
