"""How one day went for one young person, and what a save of the whole list did to it: read live from the entries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.choices import Attendance
from domain.events import AttendanceMarked
from domain.facts import life_of
from eventlog import Entry
from projections.milepaelen import mark_by_day


@dataclass(frozen=True, slots=True)
class Mark:
    """`about` is the first entry about the day, which every later one corrects; `last` the one that was written last.

    `stands` is None where the day is not marked, or not any longer.
    """

    about: UUID | None = None
    stands: Attendance | None = None
    last: Entry | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What one save did to the day: how it stood before and after, and whether it has been changed since."""

    before: Attendance | None
    after: Attendance | None
    changed_since: bool


def mark_on(entries: Sequence[Entry], day: date) -> Mark:
    """How that day stands after these entries of one person."""
    life = life_of(entry.fact() for entry in entries)
    standing = mark_by_day(life.of(AttendanceMarked)).get(day)
    gone = mark_by_day(withdrawn.fact for withdrawn in life.withdrawn.values()).get(day)
    fact = standing or gone
    if fact is None:
        return Mark()
    written = [entry for entry in entries if life.stands_for[entry.entry_id] == fact.entry_id]
    event = standing.event if standing else None
    return Mark(
        about=fact.entry_id,
        stands=event.attendance if isinstance(event, AttendanceMarked) else None,
        last=max(written, key=lambda entry: entry.position),
    )


def saved(entries: Sequence[Entry], day: date, save: UUID) -> Saved | None:
    """What the save with this id did to that day; None when it did nothing to it."""
    mine = [entry for entry in entries if entry.caused_by == save]
    for entry in mine:
        until = [one for one in entries if one.position <= entry.position]
        after = mark_on(until, day)
        if after.last is entry:
            before = mark_on(until[:-1], day)
            return Saved(before.stands, after.stands, mark_on(entries, day).last is not entry)
    return None


def counted(entries: Sequence[Entry], since: date) -> Counter[Attendance]:
    """How many days from that day on went how."""
    life = life_of(entry.fact() for entry in entries)
    marks = mark_by_day(life.of(AttendanceMarked))
    return Counter(
        fact.event.attendance
        for day, fact in marks.items()
        if day >= since and isinstance(fact.event, AttendanceMarked)
    )
