from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from database import Role
from demo import Youth, break_file, cut_file, write, youths
from demo.filling import load_staff_of
from demo.telling import at_once, dated, lines_of
from domain.events import GradeReached, ResponsibilityEstablished
from domain.facts import Life, life_of
from eventlog import Entry
from intake import Report
from tests.demo.lives import life, overdue, undated
from tests.demo.reading import kind_of, told_by
from tests.intake.office import Office

UNTIL = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def staffed(office: Office) -> Office:
    load_staff_of(office.receiving, before=True)
    return office


def total(reports: list[Report], name: str) -> int:
    return sum(getattr(report, name) for report in reports)


def reasons(reports: list[Report]) -> Counter[str]:
    return Counter(wrong.reason for report in reports for wrong in report.set_aside)


def lives(office: Office) -> dict[str, Life]:
    """What the log tells of everybody, by their number."""
    found: dict[object, list[Entry]] = {}
    position = 0
    while entries := office.log.after(position):
        position = entries[-1].position
        for entry in entries:
            found.setdefault(entry.stream, []).append(entry)
    people = list(youths(600, 7, UNTIL))
    with office.db.connection(Role.APPLICATION) as conn:
        ids = office.register.find_by_cpr(conn, [youth.cpr for youth in people])
    return {
        youth.cpr.digits: life_of(entry.fact() for entry in found[ids[youth.cpr]])
        for youth in people
        if youth.cpr in ids
    }


def test_the_counts_add_up_to_what_stands_in_the_files(staffed: Office) -> None:
    paths = [path for path in write(staffed.folder, 150, 7, UNTIL) if path.suffix != ".json"]
    reports = staffed.take_all(now=NOW)
    assert all(report.refused is None and report.adds_up and not report.ignored_columns for report in reports)
    assert reasons(reports) == {"unknown-person": 1}
    assert total(reports, "rows") == sum(told_by(path) for path in paths)
    assert total(reports, "people_new") == 150
    assert total(reports, "entries") == staffed.log.position()
    again = staffed.take_all(now=NOW)
    assert total(again, "unchanged") + 1 == total(again, "rows") == total(reports, "rows")
    assert total(again, "entries") == 0


def test_what_stands_in_the_log_are_the_lives_that_were_made_up(staffed: Office) -> None:
    write(staffed.folder, 120, 7, UNTIL)
    staffed.take_all(now=NOW)
    told = lives(staffed)
    for youth in youths(120, 7, UNTIL):
        expected: Counter[Any] = Counter()
        for line in lines_of(youth, at_once(UNTIL)):
            has_known = "known" in line.kind.profile.columns.values()
            expected[type(line.event).__name__, line.event.on, line.told.known_on if has_known else UNTIL] += 1
        log: Counter[Any] = Counter(
            (type(fact.event).__name__, fact.on, fact.known_on)
            for fact in told[youth.cpr.digits].all()
            if not isinstance(fact.event, ResponsibilityEstablished)
        )
        beginning = log - expected
        assert not expected - log, youth.number
        assert {name for name, _, _ in beginning} <= {
            "JourneyStarted",
            "EducationReasonGiven",
            "SocialReasonGiven",
            "BenefitReasonGiven",
        }


def test_two_years_of_deliveries_end_where_one_delivery_of_everything_ends(staffed: Office) -> None:
    write(staffed.folder, 150, 7, UNTIL, deliveries=True)
    reports = staffed.take_all(now=NOW)
    assert all(report.refused is None and report.adds_up for report in reports)
    assert reasons(reports) == {"unknown-person": 6}
    assert total(reports, "corrected") > 0
    assert total(reports, "proposed") > 0
    assert total(reports, "people_new") == 150
    told = lives(staffed)
    made_up = {youth.cpr.digits: as_files_tell(youth) for youth in youths(150, 7, UNTIL)}
    slipped, expected = (
        [(cpr, each.name) for cpr, one in lived.items() for each in (*overdue(one, UNTIL), *undated(one, UNTIL))]
        for lived in (told, made_up)
    )
    assert len(expected) > 40
    assert sorted(slipped) == sorted(expected)
    stamps = [entry.recorded_at for entry in entries_of(staffed)]
    assert min(stamps).date() == date(2024, 11, 23)
    position = staffed.log.position()
    again = staffed.take_all(now=NOW)
    assert total(again, "unchanged") + len(reasons(again)) <= total(again, "rows") == total(reports, "rows")
    assert staffed.log.position() == position


def as_files_tell(youth: Youth) -> Life:
    """The life without what is done on pages: handovers, and ends of what is gone from a list."""
    in_files = {line.told.id for line in lines_of(youth, dated(UNTIL))}
    return life(replace(youth, told=tuple(one for one in youth.told if one.id in in_files)))


def entries_of(office: Office) -> Iterator[Entry]:
    position = 0
    while entries := office.log.after(position):
        position = entries[-1].position
        yield from entries


def test_pupils_of_the_second_dialect_reach_their_grades_by_the_list(staffed: Office) -> None:
    write(staffed.folder, 150, 7, UNTIL, deliveries=True)
    for path in sorted(staffed.folder.glob("*/*")):
        if path.name in ("cpr.csv", "personer.csv", "skole.csv", "elever.xlsx"):
            staffed.take(path, now=NOW)
    told = lives(staffed)
    pupils = [youth for youth in youths(150, 7, UNTIL) if youth.is_b]
    grades = [
        fact.event.grade
        for youth in pupils
        for fact in told[youth.cpr.digits].of(GradeReached)
        if isinstance(fact.event, GradeReached)
    ]
    made_up = [one.event.grade for youth in pupils for one in youth.told if isinstance(one.event, GradeReached)]
    assert Counter(grades) == Counter(made_up)


@pytest.mark.parametrize(
    ("file", "seed"),
    [("cpr.csv", 1), ("uu.csv", 1), ("social.csv", 2), ("vejledning.csv", 1), ("foranstaltninger.csv", 2)],
)
def test_one_broken_row_in_a_hundred_is_named_and_the_rest_is_kept(staffed: Office, file: str, seed: int) -> None:
    write(staffed.folder, 300, 7, UNTIL)
    whole = told_by(staffed.folder / file)
    kind = kind_of(staffed.folder / file)
    broken = break_file(staffed.folder / file, 0.01, seed)
    if kind.profile.kind != "people":
        for people in ("cpr.csv", "personer.csv"):
            assert staffed.take(staffed.folder / people, now=NOW).is_clean
    report = staffed.take(staffed.folder / file, now=NOW)
    strangers = [each.line for each in report.set_aside if each.reason == "unknown-person"]
    assert sorted({*broken, *strangers}) == [each.line for each in report.set_aside]
    assert len(strangers) <= 2
    assert (report.rows, report.adds_up) == (whole, True)
    assert report.new + report.unchanged == whole - len(report.set_aside)
    assert all(each.text for each in report.set_aside)


def test_a_file_cut_in_the_middle_of_a_row_keeps_the_rest_and_the_whole_file_completes_it(staffed: Office) -> None:
    write(staffed.folder, 100, 7, UNTIL)
    for people in ("cpr.csv", "personer.csv"):
        assert staffed.take(staffed.folder / people, now=NOW).is_clean
    whole = (staffed.folder / "social.csv").read_bytes()
    rows = told_by(staffed.folder / "social.csv")
    line = cut_file(staffed.folder / "social.csv")
    events = staffed.take(staffed.folder / "social.csv", now=NOW)
    assert [(each.line, each.reason) for each in events.set_aside] == [(line, "cut-off")]
    assert events.new + events.unchanged == rows - 1
    (staffed.folder / "social.csv").write_bytes(whole)
    completed = staffed.take(staffed.folder / "social.csv", now=NOW)
    assert (completed.new, completed.unchanged, completed.set_aside) == (1, rows - 1, [])


def test_the_answer_key_is_never_read_in(staffed: Office) -> None:
    write(staffed.folder, 30, 7, UNTIL)
    assert not any("facit" in report.file for report in staffed.take_all(now=NOW))
    assert Path(staffed.folder / "facit.json").exists()
