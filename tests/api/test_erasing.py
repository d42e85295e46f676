"""Somebody is erased: their pages are not there any more, and every page on which they stood goes on."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.routing import iter_route_contexts

from api.app import ROOMS
from api.importing import office_of
from database import Role
from domain.codes import AgendaReason, DecisionKind, KeyGroup, Matter, Party, Programme
from domain.decisions import agree_step, call_meeting, put_on_agenda, take_decision
from domain.events import ToldOfBreakOff
from domain.text import FreeText
from erasure import Archive, Ground
from eventlog import meeting as meeting_stream
from intake import import_file
from people.read_log import reads_of
from tests.api.conftest import BY_IMPORT, Browser, StillHouse, Youth
from tests.intake.office import UU as UU_HEADING
from tests.intake.office import break_off

TODAY = date(2026, 11, 23)
UU, LEADER, DPO = "mette-vejleder", "finn-familiechef", "dorte-databeskytter"
LISTS = ("/arbejdsliste", "/unge", "/moeder", "/overleveringer")
AsStaff = Callable[..., Browser]
Erase = Callable[..., UUID]


@pytest.fixture
def ida(youth: Callable[..., Youth]) -> Youth:
    return youth("Ida Demogaard", events=[ToldOfBreakOff(on=date(2026, 10, 5), programme=Programme.FGU)])


@pytest.fixture
def bo(youth: Callable[..., Youth]) -> Youth:
    return youth("Bo Fiktivholm", events=[ToldOfBreakOff(on=date(2026, 10, 5), programme=Programme.FGU)])


@pytest.fixture
def erase(house: StillHouse) -> Callable[..., UUID]:
    def done(one: Youth, group: KeyGroup | None = None) -> UUID:
        deciding = house.eraser.deciding
        erasure_id = deciding.propose(
            one.case_number,
            ground=Ground.RIGHT_TO_ERASURE,
            archive=Archive.HANDED_OVER,
            reference="Aflevering 7",
            by=LEADER,
            now=house.now,
            group=group,
        ).erasure.erasure_id
        deciding.confirm(erasure_id, by=DPO, now=house.now)
        house.eraser.carry_out(erasure_id, now=house.now)
        return erasure_id

    return done


def paths_of(number: str) -> list[str]:
    """Every page under a young person's own address."""
    return sorted(
        {
            re.sub(r"\{[a-z_]+_id\}", str(uuid4()), route.path.replace("{case_number}", number))
            for room in ROOMS
            for route in iter_route_contexts(room.router.routes)
            if route.path and "{case_number}" in route.path and "GET" in (route.methods or ())
        }
    )


def test_before_it_the_pages_are_there(as_staff: AsStaff, ida: Youth) -> None:
    assert as_staff(LEADER).get(ida.path).status_code == 200
    assert len(paths_of(ida.case_number)) > 15


@pytest.mark.parametrize("staff_id", [UU, LEADER, DPO])
def test_no_page_of_an_erased_person_is_found_and_none_says_that_there_was_one(
    as_staff: AsStaff, ida: Youth, erase: Erase, staff_id: str
) -> None:
    browser = as_staff(staff_id)
    erase(ida)
    for path in paths_of(ida.case_number):
        answer, never = browser.get(path), browser.get(path.replace(ida.case_number, "999999"))
        assert answer.status_code == 404, path
        assert answer.status_code == never.status_code
        assert "Demogaard" not in answer.text
        assert without_numbers(answer.text) == without_numbers(never.text), path
    for form in ("haendelser/ny", "afslut", "overleveringer/ny"):
        assert browser.submit(f"{ida.path}/{form}").status_code == 404


def without_numbers(text: str) -> str:
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|value=\"[^\"]*\"|\d{6}|Reference [^<]*", "", text)


def test_lists_and_searches_do_not_have_them_and_have_everybody_else(
    as_staff: AsStaff, ida: Youth, bo: Youth, erase: Erase
) -> None:
    browser = as_staff(UU)
    erase(ida)
    for path in LISTS:
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert ida.case_number not in answer.text
    for asked in ("Demogaard", ida.case_number, ida.cpr.shown):
        assert browser.submit("/soeg", q=asked).status_code == 200, "nobody is found"
    assert browser.submit("/soeg", q="Fiktivholm").headers["location"] == bo.path


def test_a_meeting_goes_on_and_its_minutes_say_that_somebody_was_erased(
    as_staff: AsStaff, house: StillHouse, ida: Youth, bo: Youth, erase: Erase
) -> None:
    meeting_id, step_id = uuid4(), uuid4()
    agreed = ida.record(
        partial(
            agree_step,
            step_id=step_id,
            what=FreeText("Ring til Ida"),
            matter=Matter.GUIDANCE,
            responsible=Party.UU,
            due_on=date(2026, 12, 1),
            on=TODAY,
        )
    )
    decisions: list[Any] = [
        partial(call_meeting, held_on=date(2026, 11, 24), on=TODAY),
        *(partial(put_on_agenda, person=one.id, reasons=(AgendaReason.OVERDUE,), on=TODAY) for one in (ida, bo)),
        partial(
            take_decision,
            person=ida.id,
            entry_id=agreed.entry_ids[-1],
            kind=DecisionKind.PLAN_STEP,
            responsible=Party.UU,
            due_on=date(2026, 12, 1),
            on=TODAY,
        ),
    ]
    for decide in decisions:
        house.log.record(meeting_stream(meeting_id), decide, by=BY_IMPORT, known_at=house.now, command_id=uuid4())
    browser = as_staff(UU)
    assert "Ring til Ida" in browser.get(f"/moeder/{meeting_id}/referat").text
    erase(ida)
    minutes = browser.get(f"/moeder/{meeting_id}/referat")
    assert minutes.status_code == 200
    assert minutes.text.count("En ung, hvis oplysninger er slettet") == 1
    assert "Ring til Ida" not in minutes.text
    assert f"Sag {bo.case_number}" in minutes.text
    for path in ("", "/udskrift"):
        page = browser.get(f"/moeder/{meeting_id}{path}")
        assert page.status_code == 200
        assert "1 sag vises ikke, fordi den er slettet." in page.text
    erase(bo)
    assert browser.get(f"/moeder/{meeting_id}/referat").text.count("En ung, hvis oplysninger er slettet") == 2


def test_who_looked_at_them_is_still_known_by_id(
    as_staff: AsStaff, house: StillHouse, ida: Youth, erase: Erase
) -> None:
    as_staff(UU).get(ida.path)
    erase(ida)
    with house.db.connection(Role.APPLICATION) as conn:
        found = reads_of(conn, ida.id)
    assert {one.staff_id for one in found} == {UU}


def test_when_one_group_ended_the_rest_of_the_page_stands(as_staff: AsStaff, ida: Youth, erase: Erase) -> None:
    browser = as_staff(UU)
    assert "afbrud" in browser.get(ida.path).text.casefold()
    erase(ida, KeyGroup.EDUCATION)
    for path in (ida.path, f"{ida.path}/plan", f"{ida.path}/ansvar", f"{ida.path}/haendelser/ny", *LISTS):
        assert browser.get(path).status_code == 200, path
    assert "Demogaard" in browser.get(ida.path).text
    assert "Meldt afbrud" not in browser.get(ida.path).text


def test_the_delivery_page_tells_of_rows_that_were_not_taken_in(
    as_staff: AsStaff, house: StillHouse, ida: Youth, erase: Erase, tmp_path: Path
) -> None:
    erase(ida, KeyGroup.EDUCATION)
    path = tmp_path / "uu.csv"
    path.write_text(f"{UU_HEADING}\r\n{break_off(ida.cpr.digits, '7', on='05-10-2026')}\r\n", "utf-8")
    report = import_file(office_of(house), path, now=house.now)
    assert (report.erased, report.set_aside) == (1, [])
    page = as_staff(LEADER).get("/indlaesning").text
    assert "1 række handler om noget, der er slettet, og blev ikke læst ind." in page
