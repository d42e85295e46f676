"""Overleveringer to somebody without a login: on paper, with a slip, and recorded by the giver and by nobody else."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from database import Role
from domain.choices import Confirmer, Outside, ReceiptWay
from domain.codes import Party, Programme
from domain.events import (
    HandoverReceiptRecorded,
    HandoverReturned,
    HandoverSent,
    HandoverSentOutside,
    HandoverTakenOver,
    ToldOfBreakOff,
)
from people.read_log import reads_of
from tests.api.test_handover_list import cells_of, names_of, rows_of
from tests.api.test_handovers import events_of, fields, items_on, only, text

TODAY = date(2026, 11, 23)
UU, HEALTH, SCHOOL, MILEPAELEN = "mette-vejleder", "pia-psykolog", "laila-laerer", "maja-mentor"
RECEIPT = {"confirmed_by": "office", "way": "phone"}
WHY = "Holdet er fuldt til februar."

Youths = Callable[..., Any]
AsStaff = Callable[..., Any]


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def kinds(one: Any) -> list[type]:
    wanted = (HandoverSent, HandoverSentOutside, HandoverReceiptRecorded, HandoverTakenOver, HandoverReturned)
    return [type(event) for event in events_of(one) if isinstance(event, wanted)]


def path_of(one: Any) -> str:
    return f"{one.path}/overleveringer/{only(one, HandoverSent).handover_id}"


@pytest.fixture
def ida(youth: Youths) -> Any:
    return youth("Ida Demogaard", events=[ToldOfBreakOff(on=date(2026, 11, 2), programme=Programme.FGU)])


@pytest.fixture
def sent(ida: Any) -> str:
    """UU has sent Ida's guidance to an education institution a week ago; the address of its page."""
    note = "Begynder på hovedforløbet."
    sent: UUID = ida.sends(Party.UU, Party.EDUCATION, on=date(2026, 11, 16), answer_by=date(2026, 11, 27), note=note)
    return f"{ida.path}/overleveringer/{sent}"


def arrived(browser: Any, path: str, on: date = date(2026, 11, 18), **changed: str) -> Any:
    return browser.submit(f"{path}/kommet-frem", **RECEIPT | day("arrived_on", on) | changed)


# To send on paper


def test_the_form_offers_places_without_a_login_on_paper(as_staff: AsStaff, ida: Any) -> None:
    page = as_staff(UU).get(f"{ida.path}/overleveringer/ny")
    assert '<option value="education-institution">Uddannelsesstedet (på papir)</option>' in page.text
    assert '<option value="psychiatry">Psykiatrien (på papir)</option>' in page.text
    assert '<option value="health">Sundhed</option>' in page.text, "PPR has a login"
    own = as_staff(HEALTH).get(f"{ida.path}/overleveringer/ny")
    assert "Psykiatrien (på papir)" not in own.text, "the same party is no receiver"


def test_it_is_sent_and_leads_to_the_page_that_is_printed(as_staff: AsStaff, ida: Any) -> None:
    browser = as_staff(UU)
    answer = browser.submit(f"{ida.path}/overleveringer/ny", **fields(receiver="psychiatry"))
    assert answer.headers["location"] == f"{path_of(ida)}?besked=paa-papir"
    assert only(ida, HandoverSent).receiver is Party.HEALTH
    assert only(ida, HandoverSentOutside).to is Outside.PSYCHIATRY
    page = browser.get(answer.headers["location"])
    assert "På papir til psykiatrien" in text(page)
    assert "Psykiatrien kan ikke logge ind." in text(page)
    assert "Udskriv overleveringen med svarblanket" in text(page)


def test_facts_leave_the_house_only_when_somebody_says_that_they_may(as_staff: AsStaff, ida: Any) -> None:
    browser, path = as_staff(UU), f"{ida.path}/overleveringer/ny"
    chosen = items_on(browser.get(path))
    asked = fields(receiver="education-institution", items=chosen)
    answer = browser.submit(path, **asked)
    assert answer.status_code == 422
    assert "Bekræft, at de valgte oplysninger må følge med" in text(answer)
    assert 'name="maa_gives"' in answer.text
    assert items_on(answer, ticked=True) == chosen
    assert kinds(ida) == []
    assert browser.submit(path, **asked, maa_gives="1").status_code == 303
    assert kinds(ida) == [HandoverSent, HandoverSentOutside]


def test_without_facts_and_to_who_has_a_login_nobody_is_asked(as_staff: AsStaff, ida: Any) -> None:
    browser, path = as_staff(UU), f"{ida.path}/overleveringer/ny"
    chosen = items_on(browser.get(path))
    assert browser.submit(path, **fields(receiver="milepaelen", items=chosen)).status_code == 303
    again = browser.submit(path, **fields(matter="coordination", receiver="education-institution"))
    assert again.status_code == 303


# The giver's list


def test_it_is_the_givers_move_and_stands_on_the_givers_lists(as_staff: AsStaff, sent: str) -> None:
    browser = as_staff(UU)
    [row] = rows_of(browser.get("/overleveringer?vis=af-os"))
    assert row[7].startswith("Sendt på papir Registrér svaret")
    assert row[8] == "Os"
    worklist = text(browser.get("/arbejdsliste"))
    assert "Registrér, at den er kommet frem" in worklist
    arrived(browser, sent)
    assert "Registrér, hvad der blev svaret" in text(browser.get("/arbejdsliste"))
    [row] = rows_of(browser.get("/overleveringer?vis=af-os"))
    assert row[7].startswith("Set på papir Registrér svaret")
    assert cells_of(browser.get("/overleveringer")).keys() == {"UU til Uddannelsessted"}
    page = browser.get("/overleveringer?vis=af-os&til=education")
    assert 'name="til" value="education" checked' in page.text
    assert len(rows_of(page)) == 1


def test_an_answer_that_is_missing_is_said(as_staff: AsStaff, ida: Any, sent: str, clock: Any) -> None:
    clock.forward(days=7)
    browser = as_staff(UU)
    page = text(browser.get(sent))
    assert "Svar senest 27.11.2026 1 arbejdsdag over" in page
    assert "Svarfristen er overskredet. Spørg uddannelsesstedet, og registrér svaret." in page
    assert names_of(browser.get("/overleveringer?vis=af-os&tilstand=overskredet")) == [ida.name]


# What is recorded


def test_first_that_it_has_arrived_then_what_was_answered(as_staff: AsStaff, ida: Any, sent: str) -> None:
    browser = as_staff(UU)
    before = browser.get(sent)
    assert "Registrér, at den er kommet frem</button>" in before.text
    assert "registrer-overtaget" not in before.text
    answer = arrived(browser, sent)
    assert answer.headers["location"] == f"{sent}?besked=kommet-frem"
    receipt = only(ida, HandoverReceiptRecorded)
    assert (receipt.on, receipt.confirmed_by, receipt.way) == (date(2026, 11, 18), Confirmer.OFFICE, ReceiptWay.PHONE)
    page = browser.get(sent)
    assert "kommet-frem" not in page.text.partition("<main")[2]
    said = "Set: kommet frem, bekræftet af kontor eller sekretær, telefon registreret af afgiveren: Mette Vejleder"
    assert said in text(page)
    answer = browser.submit(f"{sent}/registrer-overtaget", **day("taken_on", date(2026, 11, 20)))
    assert answer.headers["location"] == f"{ida.path}?besked=overtaget"
    assert only(ida, HandoverTakenOver).on == date(2026, 11, 20)
    page = text(browser.get(sent))
    assert "Overtaget registreret af afgiveren: Mette Vejleder, UU Nordvest" in page
    assert rows_of(browser.get("/overleveringer?vis=af-os")) == []
    journey = ida.house.log.history(ida.id)
    assert {entry.actor.id for entry in journey.entries if isinstance(entry.event, HandoverTakenOver)} == {UU}


def test_a_return_is_recorded_with_its_reason(as_staff: AsStaff, ida: Any, sent: str) -> None:
    browser = as_staff(UU)
    arrived(browser, sent)
    asked = day("returned_on", date(2026, 11, 23))
    wrong = browser.submit(f"{sent}/registrer-returneret", **asked)
    assert wrong.status_code == 422
    assert "Vælg en grund." in text(wrong)
    assert "Skriv, hvad de svarede." in text(wrong)
    assert "<details open>" in wrong.text
    answer = browser.submit(f"{sent}/registrer-returneret", **asked, reason="other", words=WHY)
    assert answer.headers["location"] == f"{ida.path}?besked=returneret"
    assert only(ida, HandoverReturned).words == WHY
    assert "Returneret: anden grund registreret af afgiveren" in text(browser.get(sent))
    assert WHY not in as_staff(SCHOOL).get(sent).text


@pytest.mark.parametrize(
    ("on", "says"),
    [
        (date(2026, 11, 15), "Datoen ligger, før overleveringen blev sendt."),
        (date(2026, 11, 24), "Datoen ligger i fremtiden."),
    ],
)
def test_the_day_of_the_receipt_is_between_sending_and_today(
    as_staff: AsStaff, ida: Any, sent: str, on: date, says: str
) -> None:
    answer = arrived(as_staff(UU), sent, on)
    assert answer.status_code == 422
    assert says in text(answer)
    assert f'value="{on.day}"' in answer.text
    assert '<option value="office" selected>' in answer.text
    assert kinds(ida) == [HandoverSent]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"confirmed_by": ""}, "Vælg, hvem der har bekræftet det."),
        ({"confirmed_by": "Hans Hansen"}, "Vælg, hvem der har bekræftet det."),
        ({"way": "carrier-pigeon"}, "Vælg, hvordan det blev bekræftet."),
        ({"arrived_on_day": ""}, "Dagen mangler dag."),
        ({"command": "x"}, "Formularen var for gammel."),
    ],
)
def test_a_receipt_is_not_recorded_when(
    as_staff: AsStaff, ida: Any, sent: str, changed: dict[str, str], says: str
) -> None:
    answer = arrived(as_staff(UU), sent, **changed)
    assert answer.status_code == 422
    assert says in text(answer)
    assert "Hans Hansen" not in answer.text
    assert kinds(ida) == [HandoverSent]


@pytest.mark.parametrize("action", ["registrer-overtaget", "registrer-returneret"])
def test_an_answer_is_given_after_the_receipt_and_not_tomorrow(
    as_staff: AsStaff, ida: Any, sent: str, action: str
) -> None:
    browser, name = as_staff(UU), {"registrer-overtaget": "taken_on"}.get(action, "returned_on")
    more = {"reason": "other", "words": WHY}
    early = browser.submit(f"{sent}/{action}", **day(name, TODAY), **more)
    assert early.status_code == 409
    assert "Registrér først, at overleveringen er kommet frem." in text(early)
    arrived(browser, sent)
    for on, says in ((date(2026, 11, 17), "før overleveringen kom frem"), (date(2026, 11, 24), "i fremtiden")):
        answer = browser.submit(f"{sent}/{action}", **day(name, on), **more)
        assert answer.status_code == 422
        assert says in text(answer)
    assert kinds(ida) == [HandoverSent, HandoverReceiptRecorded]


def test_a_double_click_is_one_receipt_and_a_second_is_told(as_staff: AsStaff, ida: Any, sent: str) -> None:
    browser, command = as_staff(UU), str(uuid4())
    assert [arrived(browser, sent, command=command).status_code for _ in range(2)] == [303, 303]
    assert arrived(browser, sent).status_code == 409
    assert kinds(ida) == [HandoverSent, HandoverReceiptRecorded]


# Nobody for who has a login, and nobody but the giver


@pytest.mark.parametrize("staff", [SCHOOL, HEALTH, MILEPAELEN])
def test_nobody_but_the_giver_records(as_staff: AsStaff, ida: Any, sent: str, staff: str) -> None:
    browser = as_staff(staff)
    assert arrived(browser, sent).status_code == 409
    assert browser.submit(f"{sent}/overtag").status_code == 409
    assert "kommet-frem" not in browser.get(sent).text
    assert kinds(ida) == [HandoverSent]


def test_nobody_records_for_who_has_a_login(as_staff: AsStaff, ida: Any) -> None:
    handover = ida.sends(Party.UU, Party.MILEPAELEN, on=date(2026, 11, 16), answer_by=date(2026, 11, 27))
    path, browser = f"{ida.path}/overleveringer/{handover}", as_staff(UU)
    assert "kommet-frem" not in browser.get(path).text
    for answer in (
        arrived(browser, path),
        browser.submit(f"{path}/registrer-overtaget", **day("taken_on", TODAY)),
        browser.submit(f"{path}/registrer-returneret", **day("returned_on", TODAY), reason="other", words=WHY),
    ):
        assert answer.status_code == 409
        assert "svarer selv her i Overgang" in text(answer)
    assert kinds(ida) == [HandoverSent]


def test_what_went_to_psychiatry_is_not_for_ppr(as_staff: AsStaff, ida: Any) -> None:
    as_staff(UU).submit(f"{ida.path}/overleveringer/ny", **fields(receiver="psychiatry", note="Om indlæggelsen."))
    path, ppr = path_of(ida), as_staff(HEALTH)
    page = ppr.get(path)
    assert "Om indlæggelsen." not in page.text
    assert "Teksten vises ikke for din rolle." in text(page)
    assert "/overtag" not in page.text
    assert "Om indlæggelsen." not in ppr.get(ida.path).text
    assert ppr.get(f"{path}/udskrift").status_code == 404
    assert ppr.submit(f"{path}/set").status_code == 303
    for action, more in (("overtag", {}), ("returner", {"reason": "other", "words": "Nej"})):
        answer = ppr.submit(f"{path}/{action}", **more)
        assert answer.status_code == 409
        assert "Det er afgiveren, der registrerer svaret." in text(answer)
    assert kinds(ida) == [HandoverSent, HandoverSentOutside]


# The sheet


def test_the_sheet_has_the_words_the_facts_and_a_slip(as_staff: AsStaff, ida: Any) -> None:
    browser, path = as_staff(UU), f"{ida.path}/overleveringer/ny"
    chosen = items_on(browser.get(path))
    browser.submit(path, **fields(receiver="psychiatry", items=chosen, maa_gives="1"))
    answer = browser.get(f"{path_of(ida)}/udskrift")
    sheet = text(answer)
    assert "Fra UU til psykiatrien. Sendt 23. november 2026." in sheet
    assert f"Om {ida.name}, sag {ida.case_number}." in sheet
    assert "Vil gerne i praktik." in sheet
    assert "2. november 2026: " in sheet
    assert "Svarblanket" in sheet
    assert "Send den til UU Nordvest senest 30. november 2026." in sheet
    assert "Vi overtager ansvaret for vejledning" in sheet
    assert "Uden for målgruppen" in sheet
    assert "Fortroligt, personoplysninger. Hentet 23.11.2026 kl. 09.00 af Mette Vejleder, UU Nordvest." in sheet
    title = re.search(r"<title>(.*?)</title>", answer.text)
    assert title
    assert ida.name not in title[1]
    assert "kvitt" not in answer.text.lower()


def test_who_may_print_it(as_staff: AsStaff, ida: Any, sent: str) -> None:
    for staff, status in ((UU, 200), (SCHOOL, 404), ("yrsa-ydelse", 404), ("katrine-koordinator", 404)):
        assert as_staff(staff).get(f"{sent}/udskrift").status_code == status, staff
    with ida.house.db.connection(Role.APPLICATION) as conn:
        assert UU in {look.staff_id for look in reads_of(conn, ida.id) if look.category == "handover"}


def test_who_answers_here_prints_it_without_a_slip(as_staff: AsStaff, ida: Any) -> None:
    handover = ida.sends(Party.UU, Party.MILEPAELEN, on=TODAY, answer_by=date(2026, 11, 30), note="Om praktik.")
    for staff in (UU, MILEPAELEN):
        sheet = text(as_staff(staff).get(f"{ida.path}/overleveringer/{handover}/udskrift"))
        assert "Om praktik." in sheet
        assert "Svarblanket" not in sheet


def test_once_it_is_answered_there_is_no_slip(as_staff: AsStaff, sent: str) -> None:
    browser = as_staff(UU)
    arrived(browser, sent)
    assert "Svarblanket" in text(browser.get(f"{sent}/udskrift"))
    browser.submit(f"{sent}/registrer-overtaget", **day("taken_on", TODAY))
    assert "Svarblanket" not in text(browser.get(f"{sent}/udskrift"))
