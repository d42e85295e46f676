"""Lists in workbooks, from the file to the log: every sort of field, and what could not be used."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from database import Role
from domain.choices import Measure, TransitionTopic
from domain.events import (
    ConcernAssessed,
    ContactPersonNamed,
    JobStarted,
    MeasureStarted,
    TalkHeld,
    TransitionPreparationFinished,
    UnlawfulAbsence,
)
from domain.text import FreeText, StaffId
from intake import FileRefused, Report
from intake.sorts import columns_of_event
from intake.words import SENTENCES
from people.staff import demo_municipality, load_staff, read_municipality
from tests.intake.books import Rows, book
from tests.intake.kinds import EVERYTHING, OURS
from tests.intake.office import ANE, PEOPLE, STRANGER, Office, person

HEADING = list(EVERYTHING.columns)
ON = date(2026, 3, 9)


@pytest.fixture
def social(office: Office) -> Office:
    office.profiles = OURS
    office.knows(ANE)
    return office


def row(number: int, event: str, **cells: object) -> list[object]:
    said = {"cpr": int(ANE), "id": number, "event": event, "on": ON} | cells
    return [said.get(name) for name in EVERYTHING.columns.values()]


def take(office: Office, *rows: list[object], name: str = "liste.xlsx") -> Report:
    report = office.take(put(office, [HEADING, *rows], name))
    assert report.adds_up
    return report


def put(office: Office, rows: Rows, name: str = "liste.xlsx") -> Path:
    return book(office.folder / name, {"Forside": [["Udtræk"]], "Hændelser": rows})


def test_every_sort_of_field_comes_out_of_excel_as_what_it_is(social: Office) -> None:
    with social.db.connection(Role.APPLICATION) as conn:
        load_staff(conn, social.log.keys, read_municipality(demo_municipality()))
    report = take(
        social,
        row(1, "Vurdering", at=time(8, 15), acute=True),
        row(2, "Overgang", topics="Bolig+Støtte"),
        row(3, "Job", hours_per_week=12.0),
        row(4, "Fravær", percent=17, quarter="1. kvt.", year=2026),
        row(5, "Samtale", next_on=date(2026, 3, 16), text="=Ring til skolen"),
        row(6, "Støtte", measure="Aflastning"),
        row(7, "Kontakt", staff="MV"),
        row(8, "Samtale"),
    )
    assert [(one.line, one.column, one.reason) for one in report.set_aside] == [(6, "Bemærkning", "formula")]
    assert social.events()[-7:] == [
        ConcernAssessed(on=ON, at=datetime(2026, 3, 9, 7, 15, tzinfo=UTC), acute=True),
        TransitionPreparationFinished(on=ON, topics=(TransitionTopic.SUPPORT, TransitionTopic.HOUSING)),
        JobStarted(on=ON, hours_per_week=12),
        UnlawfulAbsence(on=ON, year=2026, quarter=1, percent=17),
        MeasureStarted(on=ON, measure=Measure.RESPITE_CARE),
        ContactPersonNamed(on=ON, staff=StaffId("mette-vejleder")),
        TalkHeld(on=ON),
    ]


def test_free_text_keeps_its_words(social: Office) -> None:
    take(social, row(1, "Samtale", text="Ring til skolen; “snart”\nog hjem"))
    assert social.events(TalkHeld) == [TalkHeld(on=ON, agreed=FreeText("Ring til skolen; “snart”\nog hjem"))]


def test_the_same_rows_as_text_are_unchanged(social: Office) -> None:
    take(social, row(1, "Job", hours_per_week=12), row(2, "Vurdering", at=time(8, 15), acute=False))
    text = social.put(
        "liste.csv",
        "CPR;Løbenr;Type;Dag;Kl.;Akut;Timer",
        f"{ANE};1;job;2026-03-09;;;12",
        f"{ANE};2;vurdering;2026-03-09;09-03-2026 08:15;nej;",
    )
    report = social.take(text)
    assert (report.rows, report.unchanged) == (2, 2)


def test_what_is_wrong_is_named_by_sheet_and_cell(social: Office) -> None:
    report = take(
        social,
        row(1, "Job", hours_per_week=12.5),
        row(2, "Fravær", percent="=A1", quarter=5, year=2026),
        row(3, "Vurdering", at="i morges", acute=True),
        row(4, "Kontakt", staff="Mette"),
        row(5, "Job", hours_per_week=12, on="31-02-2026"),
        row(6, "Job", hours_per_week=12, cpr=STRANGER),
    )
    most_hours = columns_of_event("job-started")["hours_per_week"].most
    assert [one.in_file("l.xlsx").removeprefix("l.xlsx, arket “Hændelser”, ") for one in report.set_aside] == [
        f"celle H2, kolonnen “Timer”: {SENTENCES['not-whole']} Ventet: et helt tal fra 1 til {most_hours}.",
        *(
            f"celle {place}: {SENTENCES[reason]}{expected}"
            for place, reason, expected in (
                ("I3, kolonnen “Procent”", "formula", ""),
                ("E4, kolonnen “Kl.”", "time-form", " Ventet: et klokkeslæt som 08:15."),
                ("N5, kolonnen “Vejleder”", "unknown-staff", ""),
                ("D6, kolonnen “Dag”", "no-such-date", ""),
                ("A7, kolonnen “CPR”", "unknown-person", ""),
            )
        ),
    ]


def test_a_row_of_a_workbook_that_waited_comes_in_with_the_person(social: Office) -> None:
    take(social, row(1, "Job", hours_per_week=12, cpr=STRANGER))
    _, again = social.take_all(social.put("cpr.csv", PEOPLE, person(STRANGER)))
    assert (again.again, again.new) == (True, 1)
    assert social.events(JobStarted) == [JobStarted(on=ON, hours_per_week=12)]


def test_a_workbook_in_a_folder_is_read_and_one_that_excel_holds_open_is_not(social: Office) -> None:
    put(social, [HEADING, row(1, "Job", hours_per_week=12)], "ny/a.xlsx")
    put(social, [HEADING, row(2, "Job", hours_per_week=12)], "ny/~$a.xlsx")
    (report,) = social.take_all(social.folder / "ny")
    assert (report.file, report.new) == ("a.xlsx", 1)


def test_progress_is_told_for_every_byte_of_a_workbook(social: Office) -> None:
    path = put(social, [HEADING, *(row(n, "Job", hours_per_week=12) for n in range(1200))])
    told: list[int] = []
    social.take(path, progress=told.append)
    assert sum(told) == path.stat().st_size
    assert min(told) >= 0


def test_a_damaged_workbook_leaves_nothing(social: Office) -> None:
    path = put(social, [HEADING, *(row(n, "Job", hours_per_week=12) for n in range(100))])
    path.write_bytes(path.read_bytes()[:-200])
    before = social.log.position()
    with pytest.raises(FileRefused, match="skadet"):
        social.take(path)
    assert social.log.position() == before
    assert social.rows("select count(*) from delivery where profile = 'prøve'") == [(0,)]
