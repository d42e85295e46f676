"""A fictional municipality's two years: deliveries imported day by day, and between them what was done on pages."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from database import Role
from demo.desk import Deed, carry_out
from demo.life import Told
from demo.lives import Youth, youths
from demo.staffing import AWAY, LEADER, LEFT, SUBSTITUTE, municipality, municipality_before
from demo.telling import Calendar, dated, on_pages
from intake import Office, Report, import_each
from people.absences import Absence, name_substitute
from people.cpr import Cpr
from people.staff import load_staff, staff_by_id


def fill(
    office: Office,
    folder: Path,
    *,
    count: int,
    seed: int,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[Report]:
    """Import the deliveries that `write` made for these arguments, and carry out what was done on pages meanwhile.

    A filling that broke off is completed by filling again, also on a later day. Answers with the report of every file.
    """
    load_staff_of(office, before=True)
    calendar = dated(last_day_of(folder))
    waiting = _by_delivery(count, seed, calendar)
    for day in calendar.days:
        if (folder / day.isoformat()).is_dir():
            yield from import_each(office, [folder / day.isoformat()], now=now, progress=progress)
        did = waiting.get(day, [])
        people = _people(office, {one.youth.cpr for one in did})
        deeds = [Deed(people[one.youth.cpr], one.youth.number, one.told, one.on) for one in did]
        carry_out(office.log, deeds, now)
    load_staff_of(office, before=False)
    _name_substitute(office, calendar.days[-1], now)


def last_day_of(folder: Path) -> date:
    """The day of the last delivery; every municipality has something delivered that day."""
    return max(date.fromisoformat(path.name) for path in folder.iterdir() if path.is_dir())


def introduce_staff(office: Office) -> None:
    """Those who work there, and the one who did: rows may name them all. Asked twice is nothing."""
    with office.db.connection(Role.APPLICATION) as conn:
        is_known = staff_by_id(conn, office.log.keys, LEFT) is not None
    if not is_known:
        load_staff_of(office, before=True)
    load_staff_of(office, before=False)


def load_staff_of(office: Office, *, before: bool) -> None:
    """The fictional municipality's units and staff, now or before somebody left."""
    with office.db.connection(Role.APPLICATION) as conn:
        load_staff(conn, office.log.keys, municipality_before() if before else municipality())


def _name_substitute(office: Office, today: date, now: datetime) -> None:
    """One counsellor is away for two weeks."""
    absence = Absence(
        absence_id=uuid5(office.log.log_id, AWAY),
        staff_id=AWAY,
        substitute_id=SUBSTITUTE,
        first=today - timedelta(days=3),
        last=today + timedelta(days=11),
    )
    with office.db.connection(Role.APPLICATION) as conn:
        name_substitute(conn, absence, by=LEADER, at=now)


_LATELY = 56


@dataclass(frozen=True, slots=True)
class _Did:
    """Something that was done for one young person, and the day on which it was written down."""

    youth: Youth
    told: Told
    on: date


def _by_delivery(count: int, seed: int, calendar: Calendar) -> dict[date, list[_Did]]:
    """What was done on pages, by the delivery after which it was: everybody is known from theirs on."""
    found: dict[date, list[_Did]] = defaultdict(list)
    for youth in youths(count, seed, calendar.days[-1]):
        known_from = calendar.delivery_of(youth.since)
        for told in on_pages(youth, calendar):
            day = max(told.delivered_on, known_from)
            after = calendar.days[bisect_right(calendar.days, day) - 1]
            found[after].append(_Did(youth, told, _written_on(day, after, calendar.days[-1])))
    return found


def _written_on(day: date, delivered: date, today: date) -> date:
    """Of late everything was written down the same day; before that at the end of the week, which is less to write."""
    if (today - day).days < _LATELY:
        return day
    return day + timedelta(days=6 - (day - delivered).days % 7)


def _people(office: Office, numbers: set[Cpr]) -> Mapping[Cpr, UUID]:
    with office.db.connection(Role.APPLICATION) as conn:
        return office.register.find_by_cpr(conn, list(numbers))
