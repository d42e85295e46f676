"""Overleveringer that are planned: listed until they are sent or withdrawn; and one sent instead of another."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.codes import Matter, Party, Programme
from domain.decisions import plan_handover
from domain.events import (
    HandoverPlanned,
    HandoverReplaced,
    HandoverReplacementExplained,
    HandoverSent,
    HandoverTakenOver,
    HandoverWithdrawn,
    ToldOfBreakOff,
)
from tests.api.test_handover_list import groups_of, names_of, rows_of, tabs_of
from tests.api.test_handovers import events_of, fields, items_on, only, protocol, text

UU, MILEPAELEN, SCHOOL, CHILD = "mette-vejleder", "maja-mentor", "laila-laerer", "jens-raadgiver"
AGREED_ON, SEND_BY = date(2026, 11, 16), date(2026, 12, 1)
SEND_BY_FIELDS = {"send_by_day": "1", "send_by_month": "12", "send_by_year": "2026"}
WHY = "Den unge vil hellere noget andet."

Youths = Callable[..., Any]
AsStaff = Callable[..., Any]


def kinds(one: Any) -> list[type]:
    protocol_kinds = (HandoverPlanned, HandoverSent, HandoverWithdrawn, HandoverReplaced, HandoverReplacementExplained)
    return [type(event) for event in events_of(one) if isinstance(event, protocol_kinds)]


@pytest.fixture
def ida(youth: Youths) -> Any:
    return youth("Ida Demogaard", events=[ToldOfBreakOff(on=date(2026, 11, 2), programme=Programme.FGU)])


@pytest.fixture
def planned(ida: Any) -> UUID:
    """UU is to send Ida's guidance to Milepælen by 1 December."""
    handover_id = uuid4()
    decide = partial(
        plan_handover,
        handover_id=handover_id,
        matter=Matter.GUIDANCE,
        giver=Party.UU,
        receiver=Party.MILEPAELEN,
        send_by=SEND_BY,
        on=AGREED_ON,
    )
    ida.record(decide)
    return handover_id


# To plan


def test_it_is_planned_with_three_answers_and_nobody_has_to_answer(as_staff: AsStaff, ida: Any) -> None:
    browser = as_staff(UU)
    page = browser.get(f"{ida.path}/overleveringer/planlaeg")
    assert page.status_code == 200
    assert "Planlæg en til senere" in browser.get(ida.path).text, "there is a way there"
    asked = {"matter": "guidance", "receiver": "milepaelen", **SEND_BY_FIELDS}
    answer = browser.submit(f"{ida.path}/overleveringer/planlaeg", **asked)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ida.path}?besked=planlagt")
    event = only(ida, HandoverPlanned)
    assert (event.giver, event.receiver, event.matter) == (Party.UU, Party.MILEPAELEN, Matter.GUIDANCE)
    assert event.send_by == SEND_BY
    assert protocol(ida) == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"matter": ""}, "Vælg, hvad der skal overleveres."),
        ({"matter": "schooling"}, "Kun den, der har ansvaret, kan overlevere det."),
        ({"receiver": "uu"}, "Vælg, hvem der skal overtage."),
        ({"send_by_day": "22", "send_by_month": "11"}, "Dagen kan tidligst være i dag."),
        ({"send_by_day": "31"}, ""),
        ({"send_by_day": "40"}, "Dagen findes ikke."),
        ({"command": "noget"}, "Formularen var for gammel."),
    ],
)
def test_it_is_not_planned_when(as_staff: AsStaff, ida: Any, changed: dict[str, str], says: str) -> None:
    asked = {"matter": "guidance", "receiver": "milepaelen", **SEND_BY_FIELDS} | changed
    answer = as_staff(UU).submit(f"{ida.path}/overleveringer/planlaeg", **asked)
    assert answer.status_code == (422 if says else 303)
    assert says in text(answer)
    assert kinds(ida) == ([] if says else [HandoverPlanned])


def test_the_same_is_not_planned_twice(as_staff: AsStaff, ida: Any, planned: UUID) -> None:
    asked = {"matter": "guidance", "receiver": "milepaelen", **SEND_BY_FIELDS}
    answer = as_staff(UU).submit(f"{ida.path}/overleveringer/planlaeg", **asked)
    assert "Den samme overlevering er allerede planlagt." in text(answer)
    assert kinds(ida) == [HandoverPlanned]
    assert planned


# Where it stands


def test_it_stands_on_the_givers_worklist_until_it_is_sent(as_staff: AsStaff, ida: Any, planned: UUID) -> None:
    browser = as_staff(UU)
    row = text(browser.get(f"/arbejdsliste?sag={ida.case_number}"))
    assert "Planlagt: vejledning" in row
    assert "01.12.2026 Send senest" in row
    assert "Send en overlevering" in row
    assert "Planlagt: vejledning" in text(as_staff(MILEPAELEN).get("/arbejdsliste")), "the receiver can prepare"
    assert "Planlagt: vejledning" not in text(as_staff(CHILD).get("/arbejdsliste"))
    browser.submit(f"{ida.path}/overleveringer/ny", **fields())
    assert only(ida, HandoverSent).handover_id == planned
    assert "Planlagt: vejledning" not in text(browser.get("/arbejdsliste"))


def test_it_has_a_list_of_its_own_and_nobody_waits_for_an_answer(as_staff: AsStaff, ida: Any, planned: UUID) -> None:
    browser = as_staff(UU)
    assert tabs_of(browser.get("/overleveringer")) == [
        "Sendt til os (0)", "Sendt af os (0)", "Planlagt (1)", "Besvaret",
    ]  # fmt: skip
    page = browser.get("/overleveringer?vis=planlagt")
    assert names_of(page) == [ida.name]
    assert groups_of(page) == ["Til Milepælen: 1 planlagt, ikke sendt"]
    [row] = rows_of(page)
    assert row[4:8] == ["16.11.2026", "01.12.2026", "om 6 arbejdsdage",
                        f"Planlagt Send, eller træk tilbage, overlevering i sag {ida.case_number}"]  # fmt: skip
    assert f'href="{ida.path}/overleveringer/{planned}"' in page.text
    assert "Hvem venter på hvem?" not in page.text
    assert names_of(as_staff(SCHOOL).get("/overleveringer?vis=planlagt")) == []
    assert names_of(as_staff("katrine-koordinator").get("/overleveringer?vis=planlagt")) == [ida.name]


def test_a_day_that_has_passed_is_said_everywhere(as_staff: AsStaff, ida: Any, planned: UUID, clock: Any) -> None:
    clock.forward(days=9)
    browser = as_staff(UU)
    said = groups_of(browser.get("/overleveringer?vis=planlagt"))
    assert said == ["Til Milepælen: 1 planlagt, ikke sendt, 1 overskredet"]
    assert "1 arbejdsdag over" in text(browser.get(f"{ida.path}/overleveringer/{planned}"))
    assert "1 arbejdsdag over" in text(browser.get(f"/arbejdsliste?sag={ida.case_number}&frist=overskredet"))


def test_its_page_says_what_is_agreed_and_leads_to_the_form(as_staff: AsStaff, ida: Any, planned: UUID) -> None:
    browser, path = as_staff(UU), f"{ida.path}/overleveringer/{planned}"
    page = browser.get(path)
    assert "Send senest 01.12.2026" in text(page)
    assert "Den ændrer ikke, hvem der har ansvaret." in text(page)
    [link] = re.findall(r'href="([^"]+)">Skriv og send', page.text)
    form = browser.get(link)
    assert 'value="guidance" selected' in form.text
    assert 'value="milepaelen" selected' in form.text
    other = as_staff(MILEPAELEN).get(path)
    assert "Send senest 01.12.2026" in text(other)
    assert "traek-tilbage" not in other.text
    assert "Planlagt overlevering: vejledning" in text(browser.get(ida.path))


def test_what_is_sent_to_another_leaves_the_plan_as_it_is(as_staff: AsStaff, ida: Any, planned: UUID) -> None:
    as_staff(UU).submit(f"{ida.path}/overleveringer/ny", **fields(receiver="employment", frist=f"planned:{planned}"))
    assert only(ida, HandoverSent).handover_id != planned
    assert names_of(as_staff(UU).get("/overleveringer?vis=planlagt")) == [ida.name]


def test_a_plan_is_not_answered(as_staff: AsStaff, ida: Any, planned: UUID) -> None:
    path = f"{ida.path}/overleveringer/{planned}"
    for action in ("overtag", "set", "returner", "kommet-frem", "erstat"):
        data = {"reason": "other", "words": "Nej"}
        assert as_staff(MILEPAELEN).submit(f"{path}/{action}", **data).status_code in {404, 409, 422}, action
    assert as_staff(UU).get(f"{path}/udskrift").status_code == 404
    assert as_staff(UU).get(f"{path}/erstat").status_code == 404
    assert kinds(ida) == [HandoverPlanned]


# To give it up


def test_the_giver_gives_it_up_with_a_reason(as_staff: AsStaff, ida: Any, planned: UUID) -> None:
    browser, path = as_staff(UU), f"{ida.path}/overleveringer/{planned}"
    assert browser.submit(f"{path}/traek-tilbage").status_code == 422
    answer = browser.submit(f"{path}/traek-tilbage", withdraw_words=WHY)
    assert answer.headers["location"] == f"{ida.path}?besked=trukket"
    assert kinds(ida) == [HandoverPlanned, HandoverWithdrawn]
    page = browser.get(path)
    assert "Den blev aldrig sendt." in text(page)
    assert WHY in text(page)
    assert "traek-tilbage" not in page.text
    assert names_of(browser.get("/overleveringer?vis=planlagt")) == []
    assert "Planlagt: vejledning" not in text(browser.get("/arbejdsliste"))
    assert browser.submit(f"{path}/traek-tilbage", withdraw_words="Igen").status_code == 409


def test_nobody_else_gives_it_up_and_nobody_else_reads_why(as_staff: AsStaff, ida: Any, planned: UUID) -> None:
    path = f"{ida.path}/overleveringer/{planned}"
    for other in (MILEPAELEN, SCHOOL):
        assert as_staff(other).submit(f"{path}/traek-tilbage", withdraw_words="Nej").status_code == 409
    as_staff(UU).submit(f"{path}/traek-tilbage", withdraw_words=WHY)
    for reader, reads in ((MILEPAELEN, True), (SCHOOL, False), (CHILD, False), ("katrine-koordinator", False)):
        assert (WHY in as_staff(reader).get(path).text) == reads
        assert (WHY in as_staff(reader).get(ida.path).text) == reads, "nor among the events"


# Another instead


@pytest.fixture
def sent(ida: Any) -> UUID:
    return ida.sends(Party.UU, Party.MILEPAELEN, on=AGREED_ON, answer_by=date(2026, 11, 27), note="Vil i praktik.")


def test_the_giver_sends_another_instead_and_says_why(as_staff: AsStaff, ida: Any, sent: UUID) -> None:
    browser, path = as_staff(UU), f"{ida.path}/overleveringer/{sent}"
    assert f'href="{path}/erstat"' in browser.get(path).text
    form = browser.get(f"{path}/erstat")
    assert "Erstat overleveringen af vejledning" in text(form)
    assert "Vil i praktik." in form.text
    assert 'value="milepaelen" selected' in form.text
    chosen = items_on(form)
    answer = browser.submit(f"{path}/erstat", **fields(receiver="employment", why=WHY, items=chosen))
    assert answer.status_code == 303
    assert kinds(ida) == [HandoverSent, HandoverReplaced, HandoverReplacementExplained, HandoverSent]
    new = [event for event in events_of(ida) if isinstance(event, HandoverSent)][-1]
    assert answer.headers["location"] == f"{ida.path}/overleveringer/{new.handover_id}?besked=erstattet"
    assert (new.matter, new.receiver, len(new.items)) == (Matter.GUIDANCE, Party.EMPLOYMENT, len(chosen))
    old = browser.get(path)
    assert "Erstattet" in text(old)
    assert WHY in text(old)
    assert f'href="{ida.path}/overleveringer/{new.handover_id}"' in old.text
    assert WHY in as_staff(MILEPAELEN).get(path).text, "who had it reads why it is gone"
    assert WHY not in as_staff(SCHOOL).get(path).text
    assert WHY not in as_staff("karen-jobkonsulent").get(path).text, "nor does the new one"


def test_it_is_replaced_once(as_staff: AsStaff, ida: Any, sent: UUID) -> None:
    browser, command, path = as_staff(UU), str(uuid4()), f"{ida.path}/overleveringer/{sent}/erstat"
    answers = [browser.submit(path, command=command, **fields(why=WHY)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert kinds(ida).count(HandoverSent) == 2
    again = browser.submit(path, **fields(why=WHY))
    assert again.status_code == 409
    assert "Andre nåede det først" in text(again)
    assert browser.get(path).status_code == 409


def test_what_is_answered_is_not_replaced(as_staff: AsStaff, ida: Any, sent: UUID) -> None:
    as_staff(MILEPAELEN).submit(f"{ida.path}/overleveringer/{sent}/overtag")
    answer = as_staff(UU).submit(f"{ida.path}/overleveringer/{sent}/erstat", **fields(why=WHY))
    assert answer.status_code == 409
    assert kinds(ida) == [HandoverSent]
    assert only(ida, HandoverTakenOver)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"why": " "}, "Skriv, hvorfor overleveringen erstattes."),
        ({"why": "Se 010101-1234"}, "ligner et CPR-nummer"),
        ({"note": ""}, "Skriv, hvad modtageren skal vide."),
        ({"receiver": "uu"}, "Vælg, hvem der skal overtage."),
        ({"answer_by_day": "20"}, "Svarfristen kan tidligst være i dag."),
    ],
)
def test_it_is_not_replaced_when(as_staff: AsStaff, ida: Any, sent: UUID, changed: dict[str, str], says: str) -> None:
    browser, path = as_staff(UU), f"{ida.path}/overleveringer/{sent}/erstat"
    answer = browser.submit(path, **fields(why=WHY) | changed)
    assert answer.status_code == 422
    assert says in text(answer)
    assert f'action="{path}"' in answer.text, "the form is sent to where it came from"
    assert kinds(ida) == [HandoverSent]


@pytest.mark.parametrize("staff", [MILEPAELEN, SCHOOL])
def test_only_the_giver_replaces(as_staff: AsStaff, ida: Any, sent: UUID, staff: str) -> None:
    path = f"{ida.path}/overleveringer/{sent}/erstat"
    assert as_staff(staff).get(path).status_code == 404
    assert as_staff(staff).submit(path, **fields(why=WHY)).status_code == 404
    assert kinds(ida) == [HandoverSent]
