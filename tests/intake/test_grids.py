"""One row per young person, one column per day: each filled cell is an event, whatever the sheet is kept as."""

from datetime import date
from pathlib import Path

import pytest

from domain.choices import Attendance
from domain.events import AttendanceMarked
from intake import FileRefused, Report
from tests.intake.books import book
from tests.intake.kinds import OURS
from tests.intake.office import ANE, BO, PEOPLE, STRANGER, Office, person

HEADING = "CPR-nummer;Navn;09-03-2026;10-03-2026;I alt"


@pytest.fixture
def milepaelen(office: Office) -> Office:
    office.profiles = OURS
    office.knows(ANE, BO)
    return office


def sheet(
    office: Office, *rows: list[object], name: str = "fremmøde.xlsx", heading: list[object] | None = None
) -> Path:
    days: list[object] = ["CPR-nummer", "Navn", date(2026, 3, 9), date(2026, 3, 10), "I alt"]
    return book(office.folder / name, {"Fremmøde": [heading or days, *rows]})


def marked(office: Office) -> list[tuple[date, Attendance]]:
    return [
        (event.on, event.attendance) for event in office.events(AttendanceMarked) if isinstance(event, AttendanceMarked)
    ]


def counts(report: Report) -> tuple[int, int, int, int]:
    assert report.adds_up
    return (report.new, report.unchanged, report.corrected, len(report.set_aside))


def test_each_filled_cell_is_an_event_on_its_day(milepaelen: Office) -> None:
    report = milepaelen.take(milepaelen.put("f.csv", HEADING, f"{ANE};Ane;M;s;1", f"{BO};Bo;;Mødt;1"))
    assert counts(report) == (3, 0, 0, 0)
    assert (report.rows, report.ignored_columns) == (3, ("Navn", "I alt"))
    assert marked(milepaelen) == [
        (date(2026, 3, 9), Attendance.MET),
        (date(2026, 3, 10), Attendance.SICK),
        (date(2026, 3, 10), Attendance.MET),
    ]


def test_a_workbook_and_a_text_file_of_the_same_sheet_say_the_same(milepaelen: Office) -> None:
    assert counts(milepaelen.take(sheet(milepaelen, [ANE, "Ane", "M", "S"], [BO, "Bo", None, "U"]))) == (3, 0, 0, 0)
    text = milepaelen.put("f.csv", "CPR-nummer;2026-03-10;2026-03-09", f"{ANE[:6]}-{ANE[6:]};Syg;m", f"{BO};u;")
    report = milepaelen.take(text)
    assert [(one.line, one.column, one.reason) for one in report.set_aside] == [(2, "2026-03-10", "unknown-word")]
    assert counts(report) == (0, 2, 0, 1)


def test_a_changed_cell_is_a_correction_and_an_emptied_one_says_nothing(milepaelen: Office) -> None:
    milepaelen.take(sheet(milepaelen, [ANE, "Ane", "M", "S"]))
    report = milepaelen.take(sheet(milepaelen, [ANE, "Ane", "U", None], name="f2.xlsx"))
    assert counts(report) == (0, 0, 1, 0)
    assert (report.proposed, marked(milepaelen)[-1]) == (0, (date(2026, 3, 9), Attendance.STAYED_AWAY))


def test_a_wrong_cell_costs_no_other_and_is_named_as_excel_names_it(milepaelen: Office) -> None:
    report = milepaelen.take(
        sheet(
            milepaelen,
            [ANE, "Ane", "M", "=C2"],
            [BO, "Bo", "Hvem?", "U"],
            ["123", "Cy", None, "M"],
            [STRANGER, "", "A"],
        )
    )
    assert counts(report) == (2, 0, 0, 4)
    assert [one.in_file("f.xlsx").split(":")[0] for one in report.set_aside] == [
        "f.xlsx, arket “Fremmøde”, celle D2, kolonnen “10-03-2026”",
        "f.xlsx, arket “Fremmøde”, celle C3, kolonnen “09-03-2026”",
        "f.xlsx, arket “Fremmøde”, celle A4, kolonnen “CPR-nummer”",
        "f.xlsx, arket “Fremmøde”, celle A5, kolonnen “CPR-nummer”",
    ]
    assert report.set_aside[1].text.endswith("Ventet: M, Mødt, S, A, U.")


def test_a_line_of_sums_under_the_list_is_nobody(milepaelen: Office) -> None:
    report = milepaelen.take(sheet(milepaelen, [ANE, "Ane", "M"], [None, "I alt", "=COUNTA(C2:C2)", "=COUNTA(D2:D2)"]))
    assert counts(report) == (1, 0, 0, 0)


def test_cells_of_somebody_unknown_wait_one_by_one_and_come_in_with_the_person(milepaelen: Office) -> None:
    sheet_file = sheet(milepaelen, [STRANGER, "", "M", "Hov"])
    assert counts(milepaelen.take(sheet_file)) == (0, 0, 0, 2)
    people, again = milepaelen.take_all(milepaelen.put("cpr.csv", PEOPLE, person(STRANGER)))
    assert (people.new, again.again, counts(again)) == (1, True, (1, 0, 0, 0))
    assert marked(milepaelen) == [(date(2026, 3, 9), Attendance.MET)]
    # The sheet of next week holds the same cells beside new ones; what was set aside is not set aside twice.
    wider = sheet(
        milepaelen, [STRANGER, "M", "M"], name="f2.xlsx", heading=["CPR-nummer", date(2026, 3, 9), date(2026, 3, 11)]
    )
    assert counts(milepaelen.take(wider)) == (1, 1, 0, 0)
    assert milepaelen.rows("select count(*) from set_aside") == [(2,)]


def test_names_in_the_sheet_are_not_kept_with_a_cell_that_was_set_aside(milepaelen: Office) -> None:
    milepaelen.take(sheet(milepaelen, [STRANGER, "Hemmeligsen", "M"]))
    (kept,) = milepaelen.rows("select own_header from set_aside")
    assert kept == (["CPR-nummer", "Dato", "Værdi"],)


def test_days_that_have_not_been_are_set_aside_where_something_is_written(milepaelen: Office) -> None:
    report = milepaelen.take(milepaelen.put("f.csv", "CPR-nummer;21-11-2026;22-11-2026", f"{ANE};M;"))
    assert [(one.column, one.reason) for one in report.set_aside] == [("21-11-2026", "in-the-future")]


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        ("CPR-nummer;09-03-26", "Kolonnen “09-03-26”: Årstallet har kun to cifre."),
        ("CPR-nummer;09-03-2026;9/3", "Kolonnen “9/3”: Datoen er ikke skrevet på en kendt måde."),
        ("CPR-nummer;31-02-2026", "Kolonnen “31-02-2026”: Datoen findes ikke i kalenderen."),
        ("CPR-nummer;09-03-2026;2026-03-09", "Kolonnen “2026-03-09” står der flere gange"),
        ("Navn;09-03-2026;10-03-2026", "“Fremmødeskema”, men mangler: “CPR-nummer”."),
        ("CPR-nummer;Mandag;Tirsdag", "mangler:"),
    ],
)
def test_a_day_that_cannot_be_read_would_lose_a_whole_column_and_refuses_the_file(
    milepaelen: Office, heading: str, says: str
) -> None:
    before = milepaelen.log.position()
    with pytest.raises(FileRefused) as refused:
        milepaelen.take(milepaelen.put("f.csv", heading, f"{ANE};M;M"))
    assert says in str(refused.value).replace("\n", " ")
    assert milepaelen.log.position() == before
    assert milepaelen.rows("select count(*) from delivery where profile = 'skema'") == [(0,)]


def test_a_row_that_cannot_be_read_at_all_stays_one_row(milepaelen: Office) -> None:
    report = milepaelen.take(milepaelen.put("f.csv", HEADING, f"{ANE};Ane;M", f"{BO};Bo;M;M;"))
    assert [(one.line, one.reason) for one in report.set_aside] == [(2, "too-few-cells")]
    assert counts(report) == (2, 0, 0, 1)
