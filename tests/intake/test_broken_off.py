"""A file that broke off goes on from where it came to, and what it told before is not told once more."""

from datetime import date
from pathlib import Path

import pytest

import intake.importing
from database import Role
from domain.events import ToldOfBreakOff
from intake import Report
from people.cpr import fictional
from tests.intake.kinds import OURS
from tests.intake.office import ANE, BO, PEOPLE, STRANGER, UU, Office, break_off, person

CHILDREN = [fictional(date(2010, 3, 1 + n), n).digits for n in range(6)]


class Stopped(Exception):
    pass


def counts(report: Report) -> tuple[int, int, int, int]:
    assert report.adds_up
    return (report.new, report.unchanged, report.corrected, len(report.set_aside))


def told_on(office: Office) -> list[date]:
    return [event.on for event in office.events(ToldOfBreakOff)]


def break_after(office: Office, path: Path, batches: int) -> None:
    """Import the file, and stop when so many batches of it are carried through."""
    left = [batches]

    def stop(_: int) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Stopped

    with pytest.raises(Stopped):
        office.take(path, progress=stop)


@pytest.fixture(autouse=True)
def two_rows_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake.importing, "BATCH", 2)


def test_what_was_done_before_counts_as_unchanged_and_what_waits_still_waits(office: Office) -> None:
    office.knows(ANE, BO)
    rows = [break_off(ANE, "1"), break_off(STRANGER, "2"), break_off(BO, "3"), break_off(ANE, "4"), break_off(BO, "5")]
    path = office.put("uu.csv", UU, *rows)
    break_after(office, path, 1)
    break_after(office, path, 2)
    report = office.take(path)
    assert counts(report) == (1, 3, 0, 1)
    assert [(one.line, one.known) for one in report.set_aside] == [(3, True)]
    assert len(told_on(office)) == 4
    assert office.rows("select carried from delivery where profile = 'uu-events' order by carried") == [
        (2,),
        (4,),
        (5,),
    ]


def test_a_file_that_goes_on_does_not_undo_a_newer_one(office: Office) -> None:
    office.knows(ANE, BO)
    old = office.put("uu.csv", UU, break_off(ANE, "1", on="02-11-2026"), break_off(BO, "2"), break_off(BO, "3"))
    break_after(office, old, 1)
    office.take(office.put("uu2.csv", UU, break_off(ANE, "1", on="03-11-2026")))
    assert counts(office.take(old)) == (1, 2, 0, 0)
    assert told_on(office).count(date(2026, 11, 3)) == 1
    assert told_on(office)[-1] == date(2026, 11, 2)  # BO's, that was not told before
    assert len(told_on(office)) == 4


def test_under_another_heading_rows_are_counted_from_the_beginning(office: Office) -> None:
    office.knows(ANE, BO)
    path = office.put("uu.csv", UU, break_off(ANE, "1"), break_off(BO, "2"), break_off(BO, "3"))
    break_after(office, path, 1)
    with office.db.connection(Role.OWNER) as conn:
        conn.execute("update delivery set header = header[2:], carried = 3 where finished_at is null")
    assert counts(office.take(path)) == (1, 2, 0, 0)


@pytest.mark.parametrize("by_itself", [False, True])
def test_of_two_rows_of_one_id_that_waited_the_last_holds(office: Office, by_itself: bool) -> None:
    """They come in two batches, and the first does not make it needless to tell the second."""
    told = [("1", "02-11-2026"), ("2", "01-11-2026"), ("1", "03-11-2026")]
    path = office.put("uu.csv", UU, *(break_off(STRANGER, number, on=on) for number, on in told))
    assert counts(office.take(path)) == (0, 0, 0, 3)
    people = office.put("cpr.csv", PEOPLE, person(STRANGER))
    if by_itself:
        _, again = office.take_all(people)
    else:
        office.take(people)
        again = office.take(path)
    assert counts(again) == (2, 0, 1, 0)
    assert told_on(office) == [date(2026, 11, 2), date(2026, 11, 1), date(2026, 11, 3)]
    assert office.rows("select count(*) from set_aside where resolved_at is null") == [(0,)]


def test_what_a_broken_off_attempt_put_on_a_full_list_is_new_on_it(office: Office) -> None:
    office.profiles = OURS
    office.take(office.put("cpr.csv", PEOPLE, *(person(cpr, reason="Anbragt") for cpr in CHILDREN)))
    heading, rows = "CPR-nr.;Fra;Sted", [f"{cpr};05-01-2026;Familie" for cpr in CHILDREN]
    office.take(office.put("liste 1.csv", heading, *rows[:4]))
    path = office.put("liste 2.csv", heading, *rows[4:])
    break_after(office, path, 1)
    report = office.take(path)
    # Had the two been counted among what stood there before, the list would seem to have shrunk by more than half.
    assert (counts(report), report.proposed, report.remark) == ((0, 2, 0, 0), 4, "")
