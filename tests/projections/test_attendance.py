"""How one day stands, and what one save did to it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.choices import Attendance, WithdrawReason
from domain.codes import DataClass
from domain.events import AttendanceMarked, FactWithdrawn
from eventlog import Entry
from projections.attendance import Mark, Saved, counted, mark_on, saved
from tests.projections.world import entry, started

MET, SICK, AWAY = Attendance.MET, Attendance.SICK, Attendance.STAYED_AWAY
DAY, OTHER_DAY = date(2026, 11, 2), date(2026, 11, 3)
MORNING, NOON = UUID(int=1), UUID(int=2)
BEGINNING = entry(1, started())


def marked(number: int, how: Attendance, *, about: int | None = None, save: UUID | None = None) -> Entry:
    return replace(entry(number, AttendanceMarked(on=DAY, attendance=how), about=about), caused_by=save)


def cleared(number: int, *, about: int, save: UUID | None = None) -> Entry:
    gone = FactWithdrawn(on=DAY, of_class=DataClass.EMPLOYMENT, reason=WithdrawReason.DID_NOT_HAPPEN)
    return replace(entry(number, gone, about=about), caused_by=save)


def test_a_day_without_a_mark_has_nothing_to_be_about() -> None:
    other = entry(2, AttendanceMarked(on=OTHER_DAY, attendance=MET))
    assert mark_on([BEGINNING, other], DAY) == Mark()


def test_a_mark_is_about_its_first_entry_however_often_it_was_corrected() -> None:
    first, second, third = marked(2, MET), marked(3, SICK, about=2), marked(4, AWAY, about=2)
    assert mark_on([BEGINNING, first], DAY) == Mark(first.entry_id, MET, first)
    assert mark_on([BEGINNING, first, second, third], DAY) == Mark(first.entry_id, AWAY, third)


def test_a_cleared_mark_can_still_be_pointed_at() -> None:
    first, gone = marked(2, MET), cleared(3, about=2)
    assert mark_on([BEGINNING, first, gone], DAY) == Mark(first.entry_id, None, gone)
    again = marked(4, SICK, about=2)
    assert mark_on([BEGINNING, first, gone, again], DAY) == Mark(first.entry_id, SICK, again)


def test_a_save_is_what_it_did_and_whether_it_still_stands() -> None:
    first = marked(2, MET, save=MORNING)
    assert saved([BEGINNING, first], DAY, MORNING) == Saved(None, MET, changed_since=False)
    second = marked(3, SICK, about=2, save=NOON)
    assert saved([BEGINNING, first, second], DAY, NOON) == Saved(MET, SICK, changed_since=False)
    assert saved([BEGINNING, first, second], DAY, MORNING) == Saved(None, MET, changed_since=True)
    gone = cleared(3, about=2, save=NOON)
    assert saved([BEGINNING, first, gone], DAY, NOON) == Saved(MET, None, changed_since=False)
    assert saved([BEGINNING, first], DAY, NOON) is None
    assert saved([BEGINNING, first], OTHER_DAY, MORNING) is None


def test_days_are_counted_once_and_from_a_day_on() -> None:
    entries = [BEGINNING, marked(2, MET), marked(3, SICK, about=2), marked(4, SICK)]
    entries.append(entry(5, AttendanceMarked(on=OTHER_DAY, attendance=AWAY)))
    assert counted(entries, DAY) == {SICK: 1, AWAY: 1}
    assert counted(entries, OTHER_DAY) == {AWAY: 1}
