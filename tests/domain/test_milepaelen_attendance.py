"""Milepælen: the first day, and how each day went – marked, corrected, cleared and counted again."""

from datetime import date, timedelta

from domain.choices import Attendance, CloseReason, Destination, WithdrawReason
from domain.codes import DataClass
from domain.decisions import begin_at_milepaelen, mark_attendance
from domain.events import AttendanceMarked, FactWithdrawn, JourneyClosed, MilepaelenEnded, MilepaelenStarted
from tests.examples import STARTED, TODAY
from tests.given import given

MET, SICK, AWAY = Attendance.MET, Attendance.SICK, Attendance.STAYED_AWAY
DAY = date(2026, 11, 18)
WAS_MET = AttendanceMarked(on=DAY, attendance=MET)
BEGUN = MilepaelenStarted(on=date(2026, 9, 1))


def test_the_first_day_may_be_agreed_ahead() -> None:
    monday = TODAY + timedelta(days=3)
    given(STARTED).when(begin_at_milepaelen, on=monday).then(MilepaelenStarted(on=monday))


def test_who_is_there_does_not_begin_again_before_the_end() -> None:
    given(STARTED, BEGUN).when(begin_at_milepaelen, on=TODAY).then_refused("already-at-milepaelen")
    ended = MilepaelenEnded(on=date(2026, 10, 1), destination=Destination.JOB)
    given(STARTED, BEGUN, ended).when(begin_at_milepaelen, on=TODAY).then(MilepaelenStarted(on=TODAY))


def test_only_who_is_followed_begins_and_not_before_birth() -> None:
    given().when(begin_at_milepaelen, on=TODAY).then_refused("not-started")
    given(STARTED).when(begin_at_milepaelen, on=date(2001, 1, 1)).then_refused("before-birth")
    closed = JourneyClosed(on=TODAY, reason=CloseReason.MOVED_AWAY)
    given(STARTED, closed).when(begin_at_milepaelen, on=TODAY).then_refused("journey-closed")


def test_a_day_is_marked_and_marked_again_is_nothing() -> None:
    asked = {"day": DAY, "attendance": MET, "shown": None, "today": TODAY}
    given(STARTED, BEGUN).when(mark_attendance, **asked).then(WAS_MET)
    given(STARTED, BEGUN, WAS_MET).when(mark_attendance, **asked).then_nothing()


def test_a_day_that_is_marked_is_corrected_or_cleared() -> None:
    asked = {"day": DAY, "shown": MET, "today": TODAY}
    given(STARTED, WAS_MET).when(mark_attendance, **asked, attendance=SICK).then(
        AttendanceMarked(on=DAY, attendance=SICK)
    )
    given(STARTED, WAS_MET).when(mark_attendance, **asked, attendance=None).then(
        FactWithdrawn(on=TODAY, of_class=DataClass.EMPLOYMENT, reason=WithdrawReason.DID_NOT_HAPPEN)
    )
    given(STARTED).when(mark_attendance, **asked | {"shown": None}, attendance=None).then_nothing()


def test_what_somebody_else_marked_meanwhile_is_not_overwritten() -> None:
    asked = {"day": DAY, "attendance": AWAY, "today": TODAY}
    given(STARTED, WAS_MET).when(mark_attendance, **asked, shown=None).then_refused("marked-meanwhile")
    given(STARTED, WAS_MET).when(mark_attendance, **asked, shown=SICK).then_refused("marked-meanwhile")
    given(STARTED).when(mark_attendance, **asked, shown=MET).then_refused("marked-meanwhile")
    given(STARTED, WAS_MET).when(mark_attendance, **asked | {"attendance": MET}, shown=None).then_nothing()


def test_no_day_to_come_is_marked() -> None:
    asked = {"day": TODAY + timedelta(days=1), "attendance": MET, "shown": None, "today": TODAY}
    given(STARTED).when(mark_attendance, **asked).then_refused("in-the-future")
