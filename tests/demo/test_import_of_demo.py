import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from demo import break_file, cut_file, write, youths
from domain.facts import life_of
from domain.obligations import obligations
from eventlog import Entry
from intake import Report
from tests.demo.lives import RULES, life, overdue
from tests.intake.office import Office

UNTIL = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def rows_of(path: Path) -> int:
    encoding = "cp1252" if path.name == "social.csv" else "utf-8-sig"
    with path.open(encoding=encoding, newline="") as file:
        return sum(1 for _ in csv.reader(file, delimiter="," if path.name == "social.csv" else ";")) - 1


def total(reports: list[Report], name: str) -> int:
    return sum(getattr(report, name) for report in reports)


def journeys(office: Office) -> dict[object, list[Entry]]:
    found: dict[object, list[Entry]] = {}
    position = 0
    while entries := office.log.after(position):
        position = entries[-1].position
        for entry in entries:
            found.setdefault(entry.stream, []).append(entry)
    return found


def test_the_counts_add_up_to_the_files_lines(office: Office) -> None:
    paths = write(office.folder, 300, 7, UNTIL)
    reports = office.take_all(now=NOW)
    assert all(report.is_clean and report.adds_up and not report.ignored_columns for report in reports)
    assert total(reports, "rows") == total(reports, "new") == sum(rows_of(path) for path in paths)
    assert total(reports, "people_new") == 300
    assert total(reports, "entries") == office.log.position()
    again = office.take_all(now=NOW)
    assert total(again, "unchanged") == total(again, "rows") == total(reports, "rows")
    assert total(again, "entries") == 0


def test_what_stands_in_the_log_are_the_lives_that_were_made_up(office: Office) -> None:
    write(office.folder, 200, 7, UNTIL)
    office.take_all(now=NOW)
    expected = sorted(
        sorted((str(type(fact.event)), fact.on, fact.known_on) for fact in life(youth).all())
        for youth in youths(200, 7, UNTIL)
    )
    told = [
        sorted(
            (str(type(fact.event)), fact.on, fact.known_on)
            for fact in life_of(entry.fact() for entry in entries).all()
            if not any(word in str(type(fact.event)) for word in ("Responsibility", "ReasonGiven"))
        )
        for entries in journeys(office).values()
    ]
    # When a journey's beginning became known is the day of the import, not a date of the life.
    unknown = date.min
    assert [_without_beginnings(each, unknown) for each in sorted(told)] == [
        _without_beginnings(each, unknown) for each in expected
    ]


def _without_beginnings(facts: list[tuple[str, date, date]], unknown: date) -> list[tuple[str, date, date]]:
    return [(kind, on, unknown if "JourneyStarted" in kind else known) for kind, on, known in facts]


def test_two_years_of_deliveries_end_where_one_delivery_of_everything_ends(office: Office) -> None:
    write(office.folder, 150, 7, UNTIL, deliveries=True)
    reports = office.take_all(now=NOW)
    assert all(report.is_clean and report.adds_up for report in reports)
    assert total(reports, "corrected") > 0
    assert total(reports, "people_new") == 150
    slipped = [
        each.rule_id
        for entries in journeys(office).values()
        for each in obligations(life_of(entry.fact() for entry in entries), RULES)
        if each.is_open and each.shown_from <= UNTIL < each.ends_on and each.due_on < UNTIL
    ]
    expected = [each.rule_id for youth in youths(150, 7, UNTIL) for each in overdue(life(youth), UNTIL)]
    assert sorted(slipped) == sorted(expected)
    stamps = [entry.recorded_at for entries in journeys(office).values() for entry in entries]
    assert min(stamps).date() == date(2024, 11, 23)
    position = office.log.position()
    again = office.take_all(now=NOW)
    assert total(again, "unchanged") == total(again, "rows") == total(reports, "rows")
    assert office.log.position() == position


@pytest.mark.parametrize("file", ["cpr.csv", "uu.csv", "social.csv"])
@pytest.mark.parametrize("seed", [1, 2])
def test_one_broken_row_in_a_hundred_is_named_and_the_rest_is_kept(office: Office, file: str, seed: int) -> None:
    write(office.folder, 600, 7, UNTIL)
    whole = rows_of(office.folder / file)
    broken = break_file(office.folder / file, 0.01, seed)
    if file != "cpr.csv":
        assert office.take(office.folder / "cpr.csv", now=NOW).is_clean
    report = office.take(office.folder / file, now=NOW)
    assert [each.line for each in report.set_aside] == broken
    assert (report.new, report.rows, report.adds_up) == (whole - len(broken), whole, True)
    assert all(each.text for each in report.set_aside)


def test_a_file_cut_in_the_middle_of_a_row_keeps_the_rest_and_the_whole_file_completes_it(office: Office) -> None:
    write(office.folder, 100, 7, UNTIL)
    whole = (office.folder / "uu.csv").read_bytes()
    rows = rows_of(office.folder / "uu.csv")
    line = cut_file(office.folder / "uu.csv")
    people, *_, events = office.take_all(now=NOW)
    assert people.people_new == 100
    assert [(each.line, each.reason) for each in events.set_aside] == [(line, "cut-off")]
    assert events.new == rows - 1
    (office.folder / "uu.csv").write_bytes(whole)
    completed = office.take(office.folder / "uu.csv", now=NOW)
    assert (completed.new, completed.unchanged, completed.set_aside) == (1, rows - 1, [])
