"""Ret og prøv igen: a row put right by hand goes the way of every row, and stays stored as it came."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from database import Role
from domain.choices import Attendance
from domain.events import AttendanceMarked, JourneyStarted, PlacementStarted, ToldOfBreakOff
from eventlog import Actor, ActorKind
from intake import Report
from intake.correcting import NOT_THERE, cells_of, correct_row, headings_of
from intake.waiting import (
    SetAsideRow,
    WaitingGroup,
    count_deliveries,
    delivery_lines,
    open_row,
    waiting_groups,
    waiting_lines,
)
from tests.intake.kinds import OURS
from tests.intake.office import ANE, BO, NOW, PEOPLE, STRANGER, UU, Office, break_off, person

LINE = Actor(kind=ActorKind.STAFF, id="ulla-uddannelsesleder", unit="uu-nordvest")
NAMES = [profile.name for profile in OURS]


@pytest.fixture
def known(office: Office) -> Office:
    office.profiles = OURS
    office.knows(ANE, BO)
    return office


def opened(office: Office, row_id: UUID | None = None) -> SetAsideRow:
    """This row, or the one that waits."""
    with office.db.connection(Role.APPLICATION) as conn:
        if row_id is None:
            ((row_id,),) = office.rows("select row_id from set_aside where resolved_at is null")
        found = open_row(conn, office.log.keys, row_id, NAMES)
    assert found is not None
    return found


def corrected(office: Office, row: SetAsideRow, **changes: str) -> Report:
    """The row with other words under these headings."""
    cells, _ = cells_of(row.waiting)
    headings = headings_of(row.waiting)
    said = [changes.get(heading, cell) for heading, cell in zip(headings, cells, strict=True)]
    profile = next(one for one in OURS if one.name == row.profile)
    return correct_row(office.receiving, profile, row.waiting, said, by=LINE, now=NOW)


def counts(report: Report) -> tuple[int, int, int, list[str]]:
    assert report.adds_up
    return (report.new, report.unchanged, report.corrected, [one.reason for one in report.set_aside])


def waits(office: Office) -> int:
    ((count,),) = office.rows("select count(*) from set_aside where resolved_at is null")
    return int(count)


def test_a_row_put_right_is_in_the_log_under_the_name_of_whoever_did_it(known: Office) -> None:
    known.take(known.put("uu.csv", UU, break_off(on="31-02-2026")))
    row = opened(known)
    assert counts(corrected(known, row, Dato="28-02-2026")) == (1, 0, 0, [])
    entry = known.log.after(0)[-1]
    assert isinstance(entry.event, ToldOfBreakOff)
    assert (entry.event.on, entry.actor, entry.caused_by) == (date(2026, 2, 28), LINE, row.waiting.delivery_id)
    assert waits(known) == 0


def test_the_row_stays_stored_as_it_came(known: Office) -> None:
    known.take(known.put("uu.csv", UU, break_off(on="31-02-2026")))
    before = opened(known)
    corrected(known, before, Dato="28-02-2026")
    after = opened(known, before.row_id)
    assert after.waiting.raw == before.waiting.raw == (break_off(on="31-02-2026") + "\r\n").encode()
    assert after.resolved_at == NOW


def test_what_is_still_wrong_is_told_and_nothing_changes(known: Office) -> None:
    known.take(known.put("uu.csv", UU, break_off(on="31-02-2026", programme="Hvad?")))
    row, position = opened(known), known.log.position()
    report = corrected(known, row, Dato="28-02-2026")
    assert [(one.column, one.reason) for one in report.set_aside] == [("Uddannelse", "unknown-word")]
    assert (waits(known), known.log.position(), opened(known)) == (1, position, row)
    assert known.rows("select count(*) from set_aside") == [(1,)]


def test_put_right_twice_is_put_right_once(known: Office) -> None:
    known.take(known.put("uu.csv", UU, break_off(on="31-02-2026")))
    row = opened(known)
    corrected(known, row, Dato="28-02-2026")
    assert counts(corrected(known, row, Dato="28-02-2026")) == (0, 1, 0, [])
    assert len(known.events(ToldOfBreakOff)) == 1


def test_an_emptied_row_is_no_row(known: Office) -> None:
    known.take(known.put("uu.csv", UU, break_off(on="31-02-2026")))
    row = opened(known)
    profile = next(one for one in OURS if one.name == row.profile)
    report = correct_row(known.receiving, profile, row.waiting, [" "] * len(row.waiting.header), by=LINE, now=NOW)
    assert [one.text for one in report.set_aside] == [NOT_THERE]
    assert waits(known) == 1


def test_the_same_wrong_row_in_the_next_export_is_not_set_aside_again(known: Office) -> None:
    known.take(known.put("uu.csv", UU, break_off(on="31-02-2026")))
    corrected(known, opened(known), Dato="28-02-2026")
    report = known.take(known.put("uu2.csv", UU, break_off(on="31-02-2026"), break_off(number="2")))
    assert counts(report) == (1, 1, 0, [])
    assert [event.on for event in known.events(ToldOfBreakOff)] == [date(2026, 2, 28), date(2026, 11, 2)]


def test_what_was_delivered_of_the_same_id_before_it_need_not_wait_and_what_came_after_does(known: Office) -> None:
    for number, on in enumerate(["01-12-2026", "31-02-2026", "32-02-2026"]):
        known.take(known.put(f"uu{number}.csv", UU, break_off(on=on)), now=NOW + timedelta(minutes=number))
    with known.db.connection(Role.APPLICATION) as conn:
        (line, _) = waiting_lines(conn, "uu-events", "no-such-date", 10)[::-1]
    corrected(known, opened(known, line.row_id), Dato="28-02-2026")
    assert known.rows("select reason, corrected_by from set_aside order by resolved_at nulls last, reason") == [
        ("in-the-future", None),
        ("no-such-date", LINE.id),
        ("no-such-date", None),
    ]


def test_somebody_elses_id_stays_somebody_elses(known: Office) -> None:
    known.take(known.put("uu.csv", UU, break_off(STRANGER, "7")))
    known.take(known.put("uu2.csv", UU, break_off(BO, "8")))
    report = corrected(known, opened(known), **{"CPR-nummer": ANE, "HændelsesId": "8"})
    assert [one.reason for one in report.set_aside] == ["delivered-for-another"]


def test_a_row_about_a_person_is_put_right_too(known: Office) -> None:
    known.take(known.put("cpr.csv", PEOPLE, person(STRANGER, basis="")))
    assert counts(corrected(known, opened(known), Hjemmel="KUI-loven § 1")) == (1, 0, 0, [])
    assert len(known.events(JourneyStarted)) == 3


@pytest.mark.parametrize(
    ("broken", "cells", "besides"),
    [
        (f"{ANE};1;Afbrud meldt", [ANE, "1", "Afbrud meldt", *[""] * 10], []),
        (break_off() + ";mere;endnu", break_off().split(";"), ["mere", "endnu"]),
        ('x;"aldrig lukket', ["x", "aldrig lukket", *[""] * 11], []),
        ("x;\0y" + ";" * 11, ["x", "y", *[""] * 11], []),
    ],
)
def test_a_broken_row_is_split_as_well_as_it_can_be(
    known: Office, broken: str, cells: list[str], besides: list[str]
) -> None:
    known.take(known.put("uu.csv", UU, broken))
    assert cells_of(opened(known).waiting) == (cells, besides)


def test_bytes_that_are_no_text_are_shown_as_such(known: Office) -> None:
    known.take(known.put_bytes("uu.csv", f"{UU}\nÆ;Ø{';' * 11}\n".encode() + b"x;\xff" + b";" * 11 + b"\n"))
    lines = known.rows("select row_id from set_aside where reason = 'undecodable'")
    assert cells_of(opened(known, lines[0][0]).waiting)[0][:2] == ["x", "�"]


def test_one_cell_of_a_grid_is_put_right_by_itself(known: Office) -> None:
    known.take(known.put("f.csv", "CPR-nummer;Navn;09-03-2026;10-03-2026", f"{ANE};Ane;M;Hov"))
    row = opened(known)
    assert headings_of(row.waiting) == ("CPR-nummer", "Dato", "Værdi")
    assert counts(corrected(known, row, Værdi="U")) == (1, 0, 0, [])
    assert known.events(AttendanceMarked)[-1] == AttendanceMarked(
        on=date(2026, 3, 10), attendance=Attendance.STAYED_AWAY
    )


def test_a_whole_row_of_a_grid_becomes_its_cells_when_it_is_put_right(known: Office) -> None:
    known.take(known.put("f.csv", "CPR-nummer;09-03-2026;10-03-2026", f"{ANE};M"))
    assert counts(corrected(known, opened(known), **{"10-03-2026": "S"})) == (2, 0, 0, [])
    assert waits(known) == 0


def test_a_row_of_a_list_put_right_stands_on_the_list(known: Office) -> None:
    heading = "CPR-nr.;Fra;Sted"
    known.take(known.put("l1.csv", heading, f"{ANE};05-01-2026;Et sted", f"{BO};05-01-2026;Hjem"))
    corrected(known, opened(known), Sted="Familie")
    report = known.take(known.put("l2.csv", heading, f"{BO};05-01-2026;Hjem"))
    assert (report.proposed, len(known.events(PlacementStarted))) == (1, 2)


def test_only_rows_of_the_kinds_that_one_may_open_are_opened(known: Office) -> None:
    known.take(known.put("uu.csv", UU, break_off(STRANGER)))
    row = opened(known)
    with known.db.connection(Role.APPLICATION) as conn:
        assert open_row(conn, known.log.keys, row.row_id, ["skema"]) is None
        assert open_row(conn, known.log.keys, uuid4(), NAMES) is None
    assert STRANGER not in repr(row)


def test_what_was_delivered_and_what_waits_is_listed_without_a_word_of_it(known: Office) -> None:
    rows = [break_off(STRANGER), break_off(STRANGER, "2"), break_off(on="31-02-2026")]
    known.take(known.put("uu.csv", UU, *rows), now=NOW + timedelta(minutes=1))
    with known.db.connection(Role.APPLICATION) as conn:
        assert count_deliveries(conn) == 2
        newest, _ = delivery_lines(conn, 10)
        assert [one.profile for one in delivery_lines(conn, 1, 1)] == ["cpr-extract"]
        groups = waiting_groups(conn)
        lines = waiting_lines(conn, "uu-events", "unknown-person", 10)
        assert [one.line for one in waiting_lines(conn, "uu-events", "unknown-person", 10, 1)] == [3]
    assert (newest.profile, newest.rows, newest.new, newest.set_aside, newest.waiting) == ("uu-events", 3, 0, 3, 3)
    assert groups == [
        WaitingGroup(profile="uu-events", reason="unknown-person", count=2),
        WaitingGroup(profile="uu-events", reason="no-such-date", count=1),
    ]
    assert [(one.line, one.column) for one in lines] == [(2, "CPR-nummer"), (3, "CPR-nummer")]
    assert STRANGER not in repr((newest, groups, lines))
