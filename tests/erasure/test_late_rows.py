"""A source that goes on telling of somebody who was erased: nothing of it is taken in, nothing of it is kept."""

import logging
from typing import Any
from uuid import uuid4

import pytest

from database import Role
from intake import try_again
from intake.report import Report
from tests.erasure.town import ANE, BO, MARK, NOW, PLACED, SOCIAL, Town
from tests.intake.office import PEOPLE, UU, break_off, person, told


def erased_in_the_log_alone(town: Town) -> None:
    """As an import finds it that read the register a moment before the erasure."""
    with town.db.connection(Role.ERASER) as conn:
        town.log.erase(conn, uuid4(), town.id_of(ANE), None, NOW)


def delivered(town: Town, name: str, *lines: str) -> Report:
    report = town.another().take(town.put(name, *lines))
    assert report.adds_up
    return report


def test_rows_about_an_erased_person_are_counted_and_not_kept(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    erased_in_the_log_alone(town)
    waiting, position = town.count("set_aside"), town.log.position()
    with caplog.at_level(logging.WARNING):
        rows = (break_off(ANE, "88"), break_off(ANE, "89", on="03-11-2026"))
        report = delivered(town, "sent.csv", UU, *rows, break_off(BO, "90"))
    assert (report.erased, report.new, report.set_aside) == (2, 1, [])
    assert town.count("set_aside") == waiting
    assert town.log.position() == position + 1
    (line,) = [one.getMessage() for one in caplog.records if one.name == "intake.importing"]
    assert line == "uu-events: 2 row(s) about what was erased were not taken in"
    assert town.rows("select erased from delivery order by started_at desc, delivery_id") is not None
    assert (2,) in town.rows("select erased from delivery")


def test_a_person_row_too_when_the_erasure_comes_between_register_and_log(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    importing = town.another()
    real = importing.log.record_many

    def late(*args: Any, **named: Any) -> Any:
        town.erases()
        return real(*args, **named)

    monkeypatch.setattr(importing.log, "record_many", late)
    rows = (person(ANE, first=f"{MARK}ny"), person(BO, first="Bodil"))
    report = importing.take(town.put("cpr-igen.csv", PEOPLE, *rows))
    assert report.adds_up
    assert (report.erased, report.unchanged, report.set_aside) == (1, 1, [])
    assert MARK not in town.opened()


def test_a_group_that_has_ended(town: Town) -> None:
    town.erases(group=SOCIAL)
    report = delivered(town, "liste-igen.csv", PLACED, f"{ANE};06-01-2026;Hjem", f"{BO};05-01-2026;Familie")
    assert (report.erased, report.unchanged, report.set_aside) == (1, 1, [])
    same = delivered(town, "liste-gammel.csv", PLACED, f"{ANE};05-01-2026;Familie", f"{BO};05-01-2026;Familie")
    assert (same.unchanged, same.set_aside) == (2, [])
    assert town.left_of(town.id_of(ANE)).keys() & {"listed", "proposal"} == set()
    told_elsewhere = delivered(town, "uu-igen.csv", UU, break_off(ANE, "91"))
    assert told_elsewhere.new == 1


def test_a_row_that_waited_is_dropped_when_it_turns_out_to_be_about_what_was_erased(town: Town) -> None:
    ahead = told(ANE, "92", "Afbrud meldt", "01-12-2026", programme="FGU")
    assert len(delivered(town, "for-tidligt.csv", UU, ahead).set_aside) == 1
    waiting = town.count("set_aside")
    erased_in_the_log_alone(town)
    later = NOW.replace(month=12, day=2)
    report = try_again(town.another().receiving, now=later)
    assert report
    assert (report.erased, report.set_aside) == (1, [])
    assert town.count("set_aside") == waiting - 1


def test_a_number_that_comes_back_as_a_new_person_begins_a_new_file(town: Town) -> None:
    """No list of erased numbers is kept, so nothing can tell; the proposal warned of it."""
    before = town.id_of(ANE)
    town.erases()
    report = delivered(town, "cpr-ny.csv", PEOPLE, person(ANE, first="Ny"))
    assert report.people_new == 1
    assert town.id_of(ANE) != before
    assert len(town.another().log.history(town.id_of(ANE)).entries) > 0


def test_events_under_a_number_that_nobody_knows_wait_for_the_person_as_any_others(town: Town) -> None:
    town.erases()
    report = delivered(town, "sent.csv", UU, break_off(ANE, "93"))
    assert [one.reason for one in report.set_aside] == ["unknown-person"]


def test_what_came_after_an_erasure_goes_with_the_next_one(town: Town) -> None:
    town.erases()
    delivered(town, "sent.csv", UU, break_off(ANE, "94"), told(ANE, "95", f"{MARK} ukendt", "02-11-2026"))
    delivered(town, "cpr-ny.csv", PEOPLE, person(ANE, first=f"{MARK}igen"))
    assert MARK in town.opened()
    town.erases()
    assert MARK not in town.opened()
    assert town.count("set_aside") == 1
    assert town.count("log_erasures") == 2
