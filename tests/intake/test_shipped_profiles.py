"""The profiles that come with the program, each with a small file as its source would send it."""

from collections import Counter
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from database import Role
from domain.catalogue import BY_CODE
from domain.codes import StartReason
from domain.events import JourneyEvent
from intake.facts import ToldPerson, told_person
from intake.profile import Mode, folded
from intake.profiles import shipped_profiles
from intake.reading import CP1252, look
from intake.recognising import recognise
from intake.sorts import TELLABLE
from people.staff import demo_municipality, load_staff, read_municipality
from tests.intake.office import ANE, BO, TODAY, Office
from tests.intake.sampling import (
    OF_EVENTS,
    OF_PEOPLE,
    PROFILES,
    SAMPLES,
    SECOND_DIALECT,
    changed,
    code_of,
    events_of,
    expected,
    read,
    sample,
    told,
)

OWN_BUSINESS = {
    *("moved-in", "moved-out", "newcomer-arrived", "consent-given", "consent-refused", "consent-withdrawn"),
    *("view-on-plan", "lead-coordinator-named", "agenda-item-wished", "progression-measured"),
}
"""What files may tell, but no system of today is known to: it is said on the pages."""


def test_every_profile_has_a_sample_and_every_sample_a_profile() -> None:
    assert {path.stem for path in SAMPLES.iterdir()} == set(PROFILES)


@pytest.mark.parametrize("name", PROFILES)
def test_a_file_is_recognised_as_its_own_kind_and_as_no_other(name: str) -> None:
    path = sample(name)
    known = recognise(path, look(path), shipped_profiles())
    assert known.profile.name == name
    assert [each.name for each in shipped_profiles() if each.fits(known.header)] == [name]


@pytest.mark.parametrize("name", PROFILES)
def test_no_file_with_all_its_columns_could_be_another_kind(name: str) -> None:
    """Also the columns that a source may leave out: two kinds never fit one heading."""
    days = ["2026-06-01"] if PROFILES[name].grid else []
    assert [each.name for each in shipped_profiles() if each.fits([*PROFILES[name].columns, *days])] == [name]


@pytest.mark.parametrize("name", PROFILES)
def test_a_file_is_recognised_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    path = tmp_path / "udtræk.txt"
    path.write_bytes(sample(name).read_bytes())
    assert recognise(path, look(path), shipped_profiles()).profile.name == name


@pytest.mark.parametrize("name", SECOND_DIALECT)
def test_the_second_dialect_is_windows_1252_with_commas_and_other_headings(name: str) -> None:
    known = read(sample(name)).known
    assert (known.encoding, known.delimiter) == (CP1252, ",")
    with pytest.raises(UnicodeDecodeError):
        sample(name).read_text("utf-8")
    first = {folded(one) for each in PROFILES if each not in SECOND_DIALECT for one in PROFILES[each].required}
    assert len({folded(one) for one in known.profile.required} - first) > len(known.profile.required) / 2


@pytest.mark.parametrize("name", OF_EVENTS)
def test_a_file_tells_these_events_of_these_people(name: str) -> None:
    assert events_of(sample(name)) == expected(PROFILES[name])


@pytest.mark.parametrize("name", OF_EVENTS)
def test_every_event_that_a_profile_names_is_told_by_its_sample(name: str) -> None:
    assert {code_of(event) for _, event in events_of(sample(name))} == PROFILES[name].told


@pytest.mark.parametrize("name", OF_EVENTS)
def test_every_column_of_a_profile_is_used_by_its_sample(name: str) -> None:
    filled = {field for cells in read(sample(name)).rows for field, text in cells.by_field.items() if text}
    assert filled >= set(PROFILES[name].columns.values())


@pytest.mark.parametrize("name", OF_EVENTS)
def test_every_row_has_an_id_of_its_own_that_stays_the_same(name: str) -> None:
    once, again = ([told(cells).source_id for cells in read(sample(name)).rows] for _ in range(2))
    assert once == again
    assert max(Counter(once).values()) == 1


def test_all_that_files_may_tell_has_a_profile_in_the_first_dialect() -> None:
    named = {code for name in OF_EVENTS if name not in SECOND_DIALECT for code in PROFILES[name].told}
    assert named == TELLABLE - OWN_BUSINESS


def test_two_dialects_tell_the_same_of_the_same_life() -> None:
    first = events_of(sample("uu-events"))
    assert first == events_of(sample("uu-events-b"))
    assert len(first) == len(PROFILES["uu-events"].told)


def test_the_social_systems_of_the_second_dialect_tell_of_all_measures_plans_and_decisions() -> None:
    second = [PROFILES[name] for name in ("social-list-b", "social-plans-b", "social-adults-b")]
    told_by_second = {code for each in second for code in (*each.told, *each.vanished.values())}
    assert PROFILES["social-events"].told - told_by_second == {
        *("concern-received", "concern-assessed", "concern-receipt-sent"),
        *("child-assessment-opened", "preliminary-assessment-made", "child-assessment-finished"),
        *("measure-followed-up", "placement-followed-up", "new-municipality-notified"),
    }
    assert told_by_second <= PROFILES["social-events"].told


@pytest.mark.parametrize("name", ["social-list-b", "social-plans-b", "social-adults-b"])
def test_the_social_department_that_decides_is_the_one_that_puts_its_rows_right(name: str) -> None:
    """In the first dialect one system writes for both; in the second the adults have their own."""
    assert {BY_CODE[code].party for code in PROFILES[name].told} == {PROFILES[name].party}


def test_two_dialects_of_the_register_tell_of_the_same_people() -> None:
    people = [people_of(sample(name)) for name in OF_PEOPLE]
    assert people[0] == people[1]
    ane, bo = people[0]
    assert (ane.new.name, ane.new.protected, ane.born_on, ane.since) == (
        "Ærø Testesen",
        True,
        date(2009, 3, 14),
        date(2024, 8, 1),
    )
    assert (bo.new.name, bo.reason, bo.basis) == ("Åge Prøve Testesen", StartReason.PLACED, "Barnets lov § 46")


def people_of(path: Path) -> list[ToldPerson]:
    return [told_person(cells, today=TODAY, demo=True) for cells in read(path).rows]


def test_when_it_was_known_is_read_too() -> None:
    for name in ("uu-events", "uu-events-b"):
        known = {told(cells).event.on: told(cells).known_at for cells in read(sample(name)).rows}
        assert known[date(2026, 9, 14)] == datetime(2026, 9, 15, 6, 15, tzinfo=UTC)
        assert known[date(2026, 8, 10)] is None


@pytest.mark.parametrize("name", OF_EVENTS)
def test_no_two_profiles_share_a_source(name: str) -> None:
    """The source is a part of a row's name for ever: two systems that both count from 1 must not meet."""
    assert [each for each in OF_EVENTS if PROFILES[each].source == PROFILES[name].source] == [name]


@pytest.mark.parametrize("name", PROFILES)
def test_a_title_names_the_source_and_the_dialect(name: str) -> None:
    assert ("dialekt B" if name in SECOND_DIALECT else "dialekt A") in PROFILES[name].title
    assert len({each.title for each in PROFILES.values()}) == len(PROFILES)


def test_a_pupil_who_begins_a_new_grade_is_told_of_anew_and_not_corrected() -> None:
    row = read(sample("school-pupils-b")).rows[0]
    later = told(changed(changed(row, "grade", "10. klasse"), "on", "2025-08-11"))
    assert later.source_id != told(row).source_id


@pytest.mark.parametrize(
    ("name", "field", "text"), [("school-unlawful-b", "percent", "19"), ("school-worrying-b", "days", "22")]
)
def test_the_same_quarter_counted_again_is_the_same_row(name: str, field: str, text: str) -> None:
    row = read(sample(name)).rows[0]
    again = changed(changed(row, field, text), "on", "2025-01-09")
    assert told(again).source_id == told(row).source_id
    assert told(changed(row, "quarter", "4")).source_id == told(row).source_id
    assert told(changed(row, "quarter", "3. kvartal")).source_id != told(row).source_id


def test_two_measures_of_one_day_are_two_rows() -> None:
    rows = [told(cells) for cells in read(sample("social-list-b")).rows]
    assert rows[0].event.on == rows[1].event.on
    assert len({row.source_id for row in rows}) == len(rows)


@pytest.mark.parametrize("name", ["milepaelen-attendance", "milepaelen-attendance-b"])
def test_the_attendance_sheet_tells_the_same_as_a_workbook(tmp_path: Path, name: str) -> None:
    """With a line above the heading and with real dates, as people make such sheets."""
    sheet = read(sample(name)).known
    book = Workbook()
    page = book.active
    page.title = sheet.profile.sheet
    page.append(["Fremmøde i uge 23"])
    lines = sample(name).read_bytes().decode(sheet.encoding).splitlines()
    for number, line in enumerate(lines):
        cells = line.split(sheet.delimiter)
        days = [datetime(2026, 6, day) for day in range(1, 5)] if number == 0 else cells[2:]  # noqa: DTZ001 - Excel's
        page.append([*cells[:2], *days])
    book.save(tmp_path / "ark.xlsx")
    assert events_of(tmp_path / "ark.xlsx") == expected(PROFILES[name])


@pytest.mark.parametrize("name", [name for name in PROFILES if PROFILES[name].sheet and not PROFILES[name].grid])
def test_a_list_tells_the_same_as_a_workbook(tmp_path: Path, name: str) -> None:
    known = read(sample(name)).known
    book = Workbook()
    page = book.active
    page.title = known.profile.sheet
    for line in sample(name).read_bytes().decode(known.encoding).splitlines():
        page.append(line.split(known.delimiter))
    book.save(tmp_path / "ark.xlsx")
    assert events_of(tmp_path / "ark.xlsx") == expected(PROFILES[name])


@pytest.mark.parametrize("dialect", ["A", "B"])
def test_a_municipality_of_one_dialect_imports_all_its_files_and_nothing_is_set_aside(
    office: Office, dialect: str
) -> None:
    names = [name for name in PROFILES if (name in SECOND_DIALECT) == (dialect == "B")]
    with office.db.connection(Role.APPLICATION) as conn:
        load_staff(conn, office.log.keys, read_municipality(demo_municipality()))
    reports = office.take_all(*(sample(name) for name in names))
    assert [wrong.text for report in reports for wrong in report.set_aside] == []
    assert {report.profile for report in reports} == set(names)
    told_of = [event for name in names if name in OF_EVENTS for _, event in expected(PROFILES[name])]
    assert sum(report.new for report in reports) == len(told_of) + 2
    in_log = office.events()
    missing = [event for event in told_of if not _is_among(event, in_log)]
    assert missing == []


def _is_among(event: JourneyEvent, events: list[object]) -> bool:
    """Whether it stands in the log; a handover has been given its real id there."""
    return any(
        type(one) is type(event)
        and all(
            getattr(one, each.name) == getattr(event, each.name)
            for each in fields(event)
            if each.name not in ("handover_id", "items", "salt", "position")
        )
        for one in events
    )


def test_a_sample_that_comes_again_changes_nothing(office: Office) -> None:
    office.knows(ANE, BO)
    office.take(sample("benefits-list-b"))
    page = sample("benefits-list-b").read_bytes()
    again = office.take(office.put_bytes("igen.csv", page + b"\r\n"))
    assert (again.new, again.corrected, again.unchanged) == (0, 0, 2)


def test_full_lists_say_which_rows_may_have_ended() -> None:
    lists = {name for name in OF_EVENTS if PROFILES[name].mode is Mode.FULL_LIST and PROFILES[name].vanished}
    assert lists == {"school-pupils-b", "social-list-b", "benefits-list-b"}
