"""Møder: the list, the agenda, one case on the screen, and the minutes."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.meeting_decisions import giver_of
from database import Role
from domain.choices import ViewOnPlan
from domain.codes import AgendaReason, DecisionKind, KeyGroup, Matter, Party, PlacementForm, Programme, StreamKind
from domain.decisions import agree_step, call_meeting, let_step_wait, put_on_agenda
from domain.events import (
    AgendaItemWished,
    DecisionTaken,
    Event,
    HandoverSent,
    MeetingCalled,
    PersonPutOnAgenda,
    PlacementStarted,
    PlanStepAgreed,
    ResponsibilityEstablished,
    ToldOfBreakOff,
    ViewOnPlanGiven,
)
from domain.journey import Journey
from domain.text import FreeText
from eventlog import meeting as meeting_stream
from people.read_log import reads_of
from tests.api.conftest import BY_IMPORT

TODAY = date(2026, 11, 23)
UU, CHILD, SCHOOL, BENEFITS, LEADER = (
    "mette-vejleder",
    "jens-raadgiver",
    "laila-laerer",
    "yrsa-ydelse",
    "katrine-koordinator",
)
THE_24TH = {"held_on_day": "24", "held_on_month": "11", "held_on_year": "2026"}
BY_DECEMBER = {"due_on_day": "4", "due_on_month": "12", "due_on_year": "26"}

Youths = Callable[..., Any]
AsStaff = Callable[..., Any]
BreakOff = partial(ToldOfBreakOff, programme=Programme.VOCATIONAL)


def text(answer: Any) -> str:
    """The page's main part as a reader has it."""
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def events_of(house: Any, stream: UUID) -> list[Event]:
    return [entry.event for entry in house.log.history(stream).entries]


def decisions_of(house: Any, meeting_id: UUID) -> list[DecisionTaken]:
    return [event for event in events_of(house, meeting_id) if isinstance(event, DecisionTaken)]


def of_kind(one: Any, kind: type) -> list[Any]:
    return [event for event in events_of(one.house, one.id) if isinstance(event, kind)]


def step(one: Any, **changed: Any) -> dict[str, Any]:
    """The form of a decision."""
    said = {"sag": one.case_number, "what": "UU ringer om FGU.", "who": "uu", "kind": "plan-step", "matter": ""}
    return said | BY_DECEMBER | changed


@pytest.fixture
def called(house: Any) -> Callable[..., UUID]:
    """`called(ida, bo)`: a meeting tomorrow with these on the agenda."""

    def made(*people: Any, held_on: date = date(2026, 11, 24)) -> UUID:
        meeting_id = uuid4()
        decisions: list[Any] = [partial(call_meeting, held_on=held_on, on=TODAY)]
        decisions += [
            partial(put_on_agenda, person=one.id, reasons=(AgendaReason.OVERDUE,), on=TODAY) for one in people
        ]
        for decide in decisions:
            house.log.record(meeting_stream(meeting_id), decide, by=BY_IMPORT, known_at=house.now, command_id=uuid4())
        return meeting_id

    return made


@pytest.fixture
def ida(youth: Youths) -> Any:
    return youth("Ida Demogaard", born_on=date(2009, 5, 1), events=[BreakOff(on=date(2026, 10, 5))])


@pytest.fixture
def bo(youth: Youths) -> Any:
    return youth("Bo Fiktivholm", born_on=date(2010, 8, 1), events=[BreakOff(on=date(2026, 11, 2))])


# The list


def test_there_are_no_meetings_yet(as_staff: AsStaff) -> None:
    page = as_staff(UU).get("/moeder")
    assert page.status_code == 200
    assert "Der er ikke indkaldt til noget møde." in text(page)


def test_a_meeting_is_called(as_staff: AsStaff, house: Any) -> None:
    browser = as_staff(UU)
    answer = browser.submit("/moeder", **THE_24TH)
    assert answer.status_code == 303
    meeting_id = UUID(answer.headers["location"].removeprefix("/moeder/").partition("?")[0])
    assert events_of(house, meeting_id) == [MeetingCalled(on=TODAY, held_on=date(2026, 11, 24))]
    assert "Tirsdag 24.11.2026" in text(browser.get("/moeder"))


def test_a_double_click_calls_one_meeting_and_another_day_another(as_staff: AsStaff) -> None:
    browser, command = as_staff(UU), str(uuid4())
    same = {browser.submit("/moeder", command=command, **THE_24TH).headers["location"] for _ in range(2)}
    assert len(same) == 1
    later = browser.submit("/moeder", command=command, **THE_24TH | {"held_on_day": "25"})
    assert later.headers["location"] not in same


def test_nobody_chooses_the_id_of_a_meeting(as_staff: AsStaff, house: Any, ida: Any) -> None:
    as_staff(UU).submit("/moeder", command=str(ida.id), **THE_24TH)
    assert {entry.kind for entry in house.log.history(ida.id).entries} == {StreamKind.JOURNEY}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"held_on_day": "22"}, "Mødet kan tidligst være i dag."),
        ({"held_on_day": "31"}, "Mødets dato findes ikke."),
        ({"held_on_year": "2036"}, "Mødet kan højst ligge et år frem."),
        ({"command": "x"}, "Formularen var for gammel."),
    ],
)
def test_no_meeting_is_called_when(as_staff: AsStaff, changed: dict[str, str], says: str) -> None:
    browser = as_staff(UU)
    answer = browser.submit("/moeder", **THE_24TH | changed)
    assert answer.status_code == 422
    assert says in text(answer)
    assert f'value="{changed.get("held_on_day", "24")}"' in answer.text
    assert "ikke indkaldt" in text(browser.get("/moeder"))


def test_coming_meetings_come_next_first_and_held_ones_latest_first(
    as_staff: AsStaff, called: Callable[..., UUID]
) -> None:
    for day in ((2026, 12, 8), (2026, 11, 10), (2026, 11, 23), (2026, 10, 27)):
        called(held_on=date(*day))
    days = re.findall(r"\d\d\.\d\d\.\d{4}", text(as_staff(UU).get("/moeder")))
    assert days == ["23.11.2026", "08.12.2026", "10.11.2026", "27.10.2026"]


def test_older_meetings_are_a_page_away(as_staff: AsStaff, called: Callable[..., UUID]) -> None:
    for days in range(51):
        called(held_on=TODAY - timedelta(days=400 - days))
    browser = as_staff(UU)
    first = browser.get("/moeder")
    assert 'href="/moeder?side=2"' in first.text
    second = browser.get("/moeder?side=2")
    assert len(re.findall(r'<th scope="row">', second.text)) == 1
    assert browser.get("/moeder?side=nul").status_code == 200


# The agenda


def test_the_agenda_shows_who_and_why(as_staff: AsStaff, called: Callable[..., UUID], ida: Any, bo: Any) -> None:
    page = as_staff(UU).get(f"/moeder/{called(ida, bo)}")
    assert page.status_code == 200
    assert re.search(r"1 Ida Demogaard Sag \d+ Frist overskredet – Den unges side.* 2 Bo Fiktivholm", text(page))
    assert "Ida" not in page.text.partition("</title>")[0]
    assert str(ida.id) not in page.text


def test_suggestions_say_why_and_the_oldest_deadline_comes_first(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any, bo: Any, youth: Youths
) -> None:
    soon_of_age = youth("Caja Opdigt", born_on=date(2009, 3, 1))
    youth("Dan Opdigt", born_on=date(2011, 3, 1))
    page = text(as_staff(UU).get(f"/moeder/{called()}"))
    shown = page.partition("Forslag")[2]
    assert [shown.index(one.name) for one in (ida, bo, soon_of_age)] == sorted(
        shown.index(one.name) for one in (ida, bo, soon_of_age)
    )
    assert "Dan Opdigt" not in shown
    assert "Viser 3 af 3" in shown
    assert re.search(r"Ida Demogaard Sag \d+ Frist overskredet, fylder snart 18 år", shown)
    assert re.search(r"Caja Opdigt Sag \d+ Fylder snart 18 år 01.03.2027", shown)


def test_suggestions_can_be_narrowed_to_one_reason(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any, youth: Youths
) -> None:
    youth("Caja Opdigt", born_on=date(2009, 3, 1))
    ida.sends(Party.UU, Party.MILEPAELEN, on=TODAY, answer_by=date(2027, 1, 4))
    meeting_id = called()
    page = text(as_staff(UU).get(f"/moeder/{meeting_id}?grund=handover-waiting"))
    assert "Ida Demogaard" in page
    assert "Caja" not in page
    assert "Viser 1 af 1" in page
    assert "Alle (2)" in page


def test_at_most_twenty_are_suggested(as_staff: AsStaff, called: Callable[..., UUID], youth: Youths) -> None:
    for number in range(22):
        youth(f"Nr{number:02} Opdigt", born_on=date(2009, 1, 1) + timedelta(days=number))
    page = as_staff(UU).get(f"/moeder/{called()}")
    assert page.text.count('name="sagsnr" value=') == 20
    assert "Viser 20 af 22" in text(page)


def test_a_deadline_that_the_reader_may_not_know_of_suggests_nobody(
    as_staff: AsStaff, called: Callable[..., UUID], youth: Youths
) -> None:
    youth(born_on=date(2010, 4, 1), events=[PlacementStarted(on=date(2026, 3, 1), form=PlacementForm.OWN_ROOM)])
    one = youth("Eva Opdigt", born_on=date(2008, 12, 30))
    one.happened(PlacementStarted(on=date(2026, 3, 1), form=PlacementForm.OWN_ROOM))
    meeting_id = called()
    assert "Frist overskredet" in text(as_staff(CHILD).get(f"/moeder/{meeting_id}"))
    school = as_staff(SCHOOL)
    assert "Frist overskredet" not in text(school.get(f"/moeder/{meeting_id}"))
    school.submit(f"/moeder/{meeting_id}/dagsorden", sagsnr=one.case_number)
    [put] = [event for event in events_of(one.house, meeting_id) if isinstance(event, PersonPutOnAgenda)]
    assert put.reasons == (AgendaReason.TURNING_18,)


def test_one_button_puts_somebody_on_the_agenda_once(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any, bo: Any
) -> None:
    browser, meeting_id = as_staff(UU), called(bo)
    for _ in range(2):
        answer = browser.submit(f"/moeder/{meeting_id}/dagsorden", sagsnr=ida.case_number, grund="overdue")
        assert answer.headers["location"] == f"/moeder/{meeting_id}?besked=gemt&grund=overdue#forslag"
    put = [event for event in events_of(ida.house, meeting_id) if isinstance(event, PersonPutOnAgenda)]
    assert [event.person for event in put] == [bo.id, ida.id]
    assert put[1].reasons == (AgendaReason.OVERDUE, AgendaReason.TURNING_18)


def test_somebody_without_a_deadline_is_on_the_agenda_because_it_is_wished(
    as_staff: AsStaff, called: Callable[..., UUID], youth: Youths
) -> None:
    one, meeting_id = youth(born_on=date(2011, 3, 1)), called()
    as_staff(UU).submit(f"/moeder/{meeting_id}/dagsorden", sagsnr=one.case_number)
    assert "Ønsket af en afdeling" in text(as_staff(CHILD).get(f"/moeder/{meeting_id}"))


@pytest.mark.parametrize(
    ("number", "says"), [("999", "Der er ingen ung med det sagsnummer."), ("", "Skriv et sagsnummer.")]
)
def test_an_unknown_case_number_is_said_and_kept(
    as_staff: AsStaff, called: Callable[..., UUID], number: str, says: str
) -> None:
    answer = as_staff(UU).submit(f"/moeder/{called()}/dagsorden", sagsnr=number)
    assert answer.status_code == 422
    assert says in text(answer)
    assert f'value="{number}"' in answer.text


def test_a_protected_name_is_shown_nowhere(as_staff: AsStaff, called: Callable[..., UUID], youth: Youths) -> None:
    one = youth("Hemmelig Hansen", born_on=date(2009, 3, 1), protected=True)
    browser = as_staff(UU)
    assert "Hemmelig" not in browser.get(f"/moeder/{called()}").text
    path = f"/moeder/{called(one)}"
    for page in (path, f"{path}/sag/1?navn=1", f"{path}/referat?navn=1"):
        shown = browser.get(page)
        assert "Hemmelig" not in shown.text
        assert one.case_number in shown.text


@pytest.mark.parametrize("wrong", ["noget", str(uuid4())])
def test_an_unknown_meeting_is_not_there(as_staff: AsStaff, wrong: str) -> None:
    browser = as_staff(UU)
    for path in ("", "/sag/1", "/referat"):
        assert browser.get(f"/moeder/{wrong}{path}").status_code == 404


def test_the_id_of_another_stream_is_no_meeting(as_staff: AsStaff, ida: Any, house: Any) -> None:
    browser = as_staff(UU)
    for stream in (ida.id, house.log.municipality_stream.id):
        assert browser.get(f"/moeder/{stream}").status_code == 404
        answer = browser.submit(f"/moeder/{stream}/dagsorden", sagsnr=ida.case_number)
        assert answer.status_code == 404


def test_everybody_who_is_shown_is_in_the_read_log(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any, bo: Any, house: Any
) -> None:
    browser, path = as_staff(UU), f"/moeder/{called(ida)}"
    browser.get(path)
    browser.get(f"{path}/sag/1")
    browser.get(f"{path}/referat")
    with house.db.connection(Role.APPLICATION) as conn:
        seen = {one.name: [(read.category, read.route) for read in reads_of(conn, one.id)] for one in (ida, bo)}
    assert {category for category, _ in seen[ida.name]} == {"meeting"}
    assert len(seen[ida.name]) == 3
    assert seen[bo.name] == [("meeting", "/moeder/{meeting_id}")]  # suggested


# One case


def test_a_case_is_shown_without_the_name(as_staff: AsStaff, called: Callable[..., UUID], ida: Any, bo: Any) -> None:
    browser, path = as_staff(UU), f"/moeder/{called(ida, bo)}/sag"
    page = browser.get(f"{path}/1")
    assert page.status_code == 200
    assert 'class="meeting"' in page.text
    assert f"Sag {ida.case_number} · 17 år" in text(page)
    assert "Sag 1 af 2" in text(page)
    assert "Ida" not in page.text
    assert "Ida Demogaard" in text(browser.get(f"{path}/1?navn=1"))
    assert "Bo Fiktivholm" not in browser.get(f"{path}/1?navn=1").text


def test_the_cases_lead_to_each_other(as_staff: AsStaff, called: Callable[..., UUID], ida: Any, bo: Any) -> None:
    browser, path = as_staff(UU), f"/moeder/{called(ida, bo)}/sag"
    first, last = browser.get(f"{path}/1").text, browser.get(f"{path}/2").text
    assert f'href="{path}/2" rel="next"' in first
    assert "Forrige sag" not in first
    assert f'href="{path}/1" rel="prev"' in last
    assert "Næste sag" not in last
    for wrong in ("0", "3", "x"):
        assert browser.get(f"{path}/{wrong}").status_code == 404


def test_the_case_says_how_it_stands_and_who_does_what(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any
) -> None:
    ida.sends(Party.UU, Party.MILEPAELEN, on=TODAY, answer_by=date(2026, 11, 30))
    page = as_staff(UU).get(f"/moeder/{called(ida)}/sag/1")
    assert "2 frister overskredet" in text(page)
    assert "1 frist inden 14 dage" in text(page)
    assert "1 overlevering venter på svar" in text(page)
    assert "Svar på overlevering: vejledning Svar på overleveringen Milepælen 30.11.2026" in text(page)
    assert "Kontakt efter afbrud Kontakt med den unge UU 12.10.2026" in text(page)
    assert "<svg" in page.text


def test_what_the_reader_may_not_see_is_not_on_the_screen(
    as_staff: AsStaff, called: Callable[..., UUID], youth: Youths
) -> None:
    one = youth(born_on=date(2009, 3, 1))
    one.happened(PlacementStarted(on=date(2026, 3, 1), form=PlacementForm.FOSTER_FAMILY))
    path = f"/moeder/{called(one)}/sag/1"
    assert "Afgørelse om ungestøtte" in text(as_staff(CHILD).get(path))
    uu, school = as_staff(UU).get(path), as_staff(SCHOOL).get(path)
    assert "ungestøtte" not in uu.text
    assert "Noget om sociale forhold" in text(uu)
    assert "Noget om" not in text(school)
    for page in (uu, school):
        assert "plejefamilie" not in page.text


# Decisions


def test_a_decision_becomes_a_step_of_the_plan_and_a_line_of_the_minutes(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any
) -> None:
    browser, meeting_id = as_staff(UU), called(ida)
    answer = browser.submit(f"/moeder/{meeting_id}/sag/1", **step(ida))
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/moeder/{meeting_id}/sag/1?besked=beslutning"

    [agreed] = of_kind(ida, PlanStepAgreed)
    assert (agreed.what, agreed.responsible, agreed.due_on) == ("UU ringer om FGU.", Party.UU, date(2026, 12, 4))
    assert agreed.matter is Matter.GUIDANCE
    [line] = decisions_of(ida.house, meeting_id)
    entry = next(one for one in ida.house.log.history(ida.id).entries if one.event == agreed)
    assert (line.entry_id, line.person, line.kind) == (entry.entry_id, ida.id, DecisionKind.PLAN_STEP)

    shown = text(browser.get(answer.headers["location"]))
    assert "Beslutningen er gemt." in shown
    assert shown.count("UU ringer om FGU.") == 2
    assert "UU ringer om FGU." in text(browser.get(ida.path))


def test_a_decision_becomes_a_handover_from_who_holds_the_matter(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any
) -> None:
    browser, meeting_id = as_staff(LEADER), called(ida)
    handed = step(ida, kind="handover", who="milepaelen", matter="guidance", navn="1")
    answer = browser.submit(f"/moeder/{meeting_id}/sag/1", **handed)
    assert answer.headers["location"] == f"/moeder/{meeting_id}/sag/1?besked=beslutning&navn=1"
    [sent] = of_kind(ida, HandoverSent)
    assert (sent.giver, sent.receiver, sent.matter) == (Party.UU, Party.MILEPAELEN, Matter.GUIDANCE)
    assert (sent.answer_by, sent.note) == (date(2026, 12, 4), "UU ringer om FGU.")
    [line] = decisions_of(ida.house, meeting_id)
    entry = next(one for one in ida.house.log.history(ida.id).entries if one.event == sent)
    assert (line.entry_id, line.kind, line.responsible) == (entry.entry_id, DecisionKind.HANDOVER, Party.MILEPAELEN)
    assert entry.actor.id == LEADER


def test_what_nobody_holds_is_placed_with_its_first_holder_and_the_minutes_point_at_the_handover(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any
) -> None:
    meeting_id = called(ida)
    handed = step(ida, kind="handover", who="milepaelen", matter="income_and_work")
    as_staff(UU).submit(f"/moeder/{meeting_id}/sag/1", **handed)
    placed = of_kind(ida, ResponsibilityEstablished)[-1]
    assert (placed.matter, placed.holder) == (Matter.INCOME_AND_WORK, Party.EMPLOYMENT)
    [sent] = of_kind(ida, HandoverSent)
    assert sent.giver is Party.EMPLOYMENT
    [line] = decisions_of(ida.house, meeting_id)
    entry = next(one for one in ida.house.log.history(ida.id).entries if one.entry_id == line.entry_id)
    assert entry.event == sent


@pytest.mark.parametrize(
    ("held", "matter", "receiver", "giver"),
    [
        ({Matter.GUIDANCE: Party.MILEPAELEN}, Matter.GUIDANCE, Party.UU, Party.MILEPAELEN),
        ({}, Matter.ADULT_SUPPORT, Party.ADULT_SOCIAL, Party.CHILD_SOCIAL),
        ({}, Matter.INCOME_AND_WORK, Party.MILEPAELEN, Party.EMPLOYMENT),
        ({Matter.COORDINATION: Party.UU}, Matter.INCOME_AND_WORK, Party.EMPLOYMENT, Party.UU),
        ({}, Matter.SCHOOLING, Party.SCHOOL, Party.SCHOOL),
    ],
)
def test_the_giver_at_a_meeting_is(held: dict[Matter, Party], matter: Matter, receiver: Party, giver: Party) -> None:
    assert giver_of(Journey(responsible=held), matter, receiver) is giver


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"what": " "}, "Skriv, hvad der skal ske."),
        ({"what": "x" * 5001}, "Teksten er for lang"),
        ({"who": "education"}, "Vælg, hvem der gør det."),
        ({"due_on_day": "31", "due_on_month": "11"}, "Fristen findes ikke."),
        ({"due_on_day": "22", "due_on_month": "11"}, "Fristen kan tidligst være i dag."),
        ({"kind": "noget"}, "Vælg, hvad beslutningen er."),
        ({"kind": "handover"}, "Vælg, hvilket ansvar der overleveres."),
        ({"kind": "handover", "matter": "guidance"}, "Afdelingen har allerede ansvaret."),
        ({"what": "Ring 010101-1234"}, "ligner et CPR-nummer"),
        ({"command": ""}, "Formularen var for gammel."),
    ],
)
def test_no_decision_is_kept_when(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any, changed: dict[str, str], says: str
) -> None:
    browser, meeting_id = as_staff(UU), called(ida)
    before = ida.house.log.position()
    answer = browser.submit(f"/moeder/{meeting_id}/sag/1", **step(ida, **changed))
    assert answer.status_code == 422
    assert says in text(answer)
    assert 'value="26"' in answer.text
    assert changed.get("what", "UU ringer om FGU.").strip() in unescape(answer.text)
    assert ida.house.log.position() == before


def test_a_confirmed_number_is_no_cpr_number(as_staff: AsStaff, called: Callable[..., UUID], ida: Any) -> None:
    meeting_id = called(ida)
    said = step(ida, what="Ring 010101-1234", ikke_cpr="1")
    assert as_staff(UU).submit(f"/moeder/{meeting_id}/sag/1", **said).status_code == 303


def test_a_double_click_is_one_decision(as_staff: AsStaff, called: Callable[..., UUID], ida: Any) -> None:
    browser, meeting_id, command = as_staff(UU), called(ida), str(uuid4())
    said = step(ida, kind="handover", who="milepaelen", matter="guidance", command=command)
    answers = [browser.submit(f"/moeder/{meeting_id}/sag/1", **said) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(decisions_of(ida.house, meeting_id)) == len(of_kind(ida, HandoverSent)) == 1


def test_clicks_at_the_same_moment_are_one_decision(as_staff: AsStaff, called: Callable[..., UUID], ida: Any) -> None:
    meeting_id = called(ida)
    said = step(ida, kind="handover", who="milepaelen", matter="guidance", command=str(uuid4()))
    browsers = [as_staff(UU) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda one: one.submit(f"/moeder/{meeting_id}/sag/1", **said), browsers))
    assert 303 in {answer.status_code for answer in answers}
    assert {answer.status_code for answer in answers} <= {303, 422}
    assert len(decisions_of(ida.house, meeting_id)) == len(of_kind(ida, HandoverSent)) == 1


def test_other_words_in_the_same_form_are_another_decision(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any
) -> None:
    browser, meeting_id, command = as_staff(UU), called(ida), str(uuid4())
    for what in ("Ring", "Skriv"):
        browser.submit(f"/moeder/{meeting_id}/sag/1", **step(ida, what=what, command=command))
    assert [agreed.what for agreed in of_kind(ida, PlanStepAgreed)] == ["Ring", "Skriv"]


def test_two_who_decide_at_the_same_moment_are_both_kept(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any
) -> None:
    meeting_id = called(ida)
    browsers = [as_staff(UU), as_staff(CHILD), as_staff(LEADER)]

    def decide(number: int) -> int:
        answer = browsers[number].submit(f"/moeder/{meeting_id}/sag/1", **step(ida, what=f"Skridt {number}"))
        return int(answer.status_code)

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(decide, range(3))) == [303, 303, 303]
    assert len(of_kind(ida, PlanStepAgreed)) == len(decisions_of(ida.house, meeting_id)) == 3


def test_a_decision_is_about_the_one_who_was_on_the_screen(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any, bo: Any, youth: Youths
) -> None:
    browser, meeting_id = as_staff(UU), called(ida, bo)
    answer = browser.submit(f"/moeder/{meeting_id}/sag/1", **step(bo))
    assert answer.headers["location"].startswith(f"/moeder/{meeting_id}/sag/2")
    assert [line.person for line in decisions_of(ida.house, meeting_id)] == [bo.id]
    assert browser.submit(f"/moeder/{meeting_id}/sag/1", **step(youth())).status_code == 404


@contextmanager
def broken_for(house: Any, kind: StreamKind) -> Iterator[None]:
    """The database refuses entries of one kind of stream, as it would when it fails halfway."""
    with house.db.connection(Role.OWNER) as conn:
        conn.execute("create function fail() returns trigger language plpgsql as $$ begin raise 'broken'; end $$")
        conn.execute(
            "create trigger fail before insert on log_events for each row"
            f" when (new.stream_kind = '{kind}') execute function fail()"
        )
    try:
        yield
    finally:
        with house.db.connection(Role.OWNER) as conn:
            conn.execute("drop function fail cascade")


@pytest.mark.parametrize("kind", [StreamKind.MEETING, StreamKind.JOURNEY])
def test_a_failure_leaves_neither_the_journey_nor_the_minutes_half_written(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any, kind: StreamKind
) -> None:
    meeting_id, house = called(ida), ida.house
    browser = as_staff(UU, raising=False)
    said = step(ida, command=str(uuid4()))
    before = house.log.position()
    with broken_for(house, kind):
        assert browser.submit(f"/moeder/{meeting_id}/sag/1", **said).status_code >= 500
    assert house.log.position() == before
    assert (of_kind(ida, PlanStepAgreed), decisions_of(house, meeting_id)) == ([], [])

    assert browser.submit(f"/moeder/{meeting_id}/sag/1", **said).status_code == 303
    assert len(of_kind(ida, PlanStepAgreed)) == len(decisions_of(house, meeting_id)) == 1


def test_a_refusal_of_the_minutes_leaves_the_journey_as_it_was(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any
) -> None:
    meeting_id = called(ida)
    ida.sends(Party.UU, Party.SCHOOL, on=TODAY, answer_by=TODAY)
    said = step(ida, kind="handover", who="milepaelen", matter="guidance")
    answer = as_staff(UU).submit(f"/moeder/{meeting_id}/sag/1", **said)
    assert answer.status_code == 422
    assert "venter allerede en overlevering" in text(answer)
    assert decisions_of(ida.house, meeting_id) == []
    assert len(of_kind(ida, HandoverSent)) == 1


def test_the_meeting_itself_holds_no_words(as_staff: AsStaff, called: Callable[..., UUID], ida: Any) -> None:
    meeting_id = called(ida)
    as_staff(UU).submit(f"/moeder/{meeting_id}/sag/1", **step(ida))
    entries = ida.house.log.history(meeting_id).entries
    assert {entry.group for entry in entries} == {KeyGroup.SYSTEM}
    assert "ringer" not in repr(entries)


# The minutes


def test_the_minutes_read_the_words_on_the_journey(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any, bo: Any
) -> None:
    browser, meeting_id = as_staff(UU), called(ida, bo)
    browser.submit(f"/moeder/{meeting_id}/sag/1", **step(ida))
    browser.submit(
        f"/moeder/{meeting_id}/sag/2",
        **step(bo, what="Milepælen ser på det.", kind="handover", who="milepaelen", matter="guidance"),
    )
    page = browser.get(f"/moeder/{meeting_id}/referat")
    shown = text(page)
    assert "2 beslutninger i 2 sager." in shown
    assert "UU ringer om FGU. Skridt i planen UU 04.12.2026 Ikke gjort endnu" in shown
    assert "Milepælen ser på det. Overlevering af vejledning fra UU Milepælen 04.12.2026 Sendt" in shown
    assert "Ida" not in page.text
    assert "Ida Demogaard" in text(browser.get(f"/moeder/{meeting_id}/referat?navn=1"))


def test_the_minutes_tell_what_became_of_a_handover(as_staff: AsStaff, called: Callable[..., UUID], ida: Any) -> None:
    meeting_id = called(ida)
    said = step(ida, kind="handover", who="milepaelen", matter="guidance")
    as_staff(UU).submit(f"/moeder/{meeting_id}/sag/1", **said)
    [sent] = of_kind(ida, HandoverSent)
    as_staff("maja-mentor").submit(f"{ida.path}/overleveringer/{sent.handover_id}/overtag")
    assert "04.12.2026 Overtaget" in text(as_staff(UU).get(f"/moeder/{meeting_id}/referat"))


def test_the_minutes_keep_the_words_from_who_may_not_read_them(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any
) -> None:
    meeting_id = called(ida)
    as_staff(UU).submit(f"/moeder/{meeting_id}/sag/1", **step(ida))
    benefits = as_staff(BENEFITS)
    for path in ("referat", "sag/1"):
        page = benefits.get(f"/moeder/{meeting_id}/{path}")
        assert "ringer om" not in page.text
        assert "eksten vises ikke for din rolle" in text(page)


def test_a_meeting_without_decisions_has_minutes_that_say_so(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any
) -> None:
    assert "ikke truffet beslutninger endnu" in text(as_staff(UU).get(f"/moeder/{called(ida)}/referat"))
    assert "ingen på dagsordenen" in text(as_staff(UU).get(f"/moeder/{called()}/referat"))


def test_who_has_been_erased_leaves_a_line_and_no_case(
    as_staff: AsStaff, called: Callable[..., UUID], ida: Any, bo: Any, house: Any
) -> None:
    meeting_id = called(ida, bo)
    with house.db.connection(Role.ERASER) as conn:
        house.register.forget(conn, ida.id)
    browser = as_staff(UU)
    page = text(browser.get(f"/moeder/{meeting_id}"))
    assert "1 sag vises ikke, fordi den er slettet." in page
    assert "1 Bo Fiktivholm" in page
    assert bo.case_number in browser.get(f"/moeder/{meeting_id}/sag/1").text


# Wishes, and the plan on the screen


def wishes(one: Any, by: Party, on: date, why: str) -> None:
    one.happened(AgendaItemWished(on=on, by=by, why=FreeText(why)))


def test_who_is_wished_for_is_suggested_with_who_wished_it_and_why(
    as_staff: AsStaff, called: Callable[..., UUID], youth: Youths
) -> None:
    caja, dan = (youth(name, born_on=date(2011, 3, 1)) for name in ("Caja Opdigt", "Dan Opdigt"))
    wishes(caja, Party.MILEPAELEN, date(2026, 11, 20), "MÆRKE-ØNSKE")
    wishes(caja, Party.UU, date(2026, 11, 21), "Hvem følger op?")
    meeting_id = called()
    browser = as_staff(UU)
    page = browser.get(f"/moeder/{meeting_id}")
    shown = text(page).partition("Forslag")[2]
    assert "Ønsket af en afdeling (1)" in shown
    assert re.search(r"Caja Opdigt Sag \d+ Ønsket af Milepælen og UU Milepælen, 20.11.2026 : ”MÆRKE-ØNSKE”", shown)
    assert "UU, 21.11.2026 : ”Hvem følger op?” –" in shown, "no deadline of her own"
    assert dan.name not in shown
    assert "MÆRKE-ØNSKE" not in as_staff(LEADER).get(f"/moeder/{meeting_id}").text
    assert "Milepælen, 20.11.2026" in text(as_staff(LEADER).get(f"/moeder/{meeting_id}"))
    answer = browser.submit(f"/moeder/{meeting_id}/dagsorden", sagsnr=caja.case_number, grund="wished")
    assert answer.status_code == 303
    after = text(browser.get(f"/moeder/{meeting_id}"))
    assert "Ønsket af" in after.partition("Forslag")[0]
    assert "Caja Opdigt" not in after.partition("Forslag")[2]
    assert "Caja Opdigt" not in text(browser.get(f"/moeder/{called()}")), "another meeting has taken it up"


def test_a_wish_after_the_meeting_is_a_suggestion_to_the_next(
    as_staff: AsStaff, called: Callable[..., UUID], youth: Youths
) -> None:
    caja = youth("Caja Opdigt", born_on=date(2011, 3, 1))
    called(caja, held_on=date(2026, 11, 10))
    assert "Caja Opdigt" not in text(as_staff(UU).get(f"/moeder/{called()}"))
    wishes(caja, Party.UU, date(2026, 11, 20), "Hvem følger op?")
    assert "Ønsket af UU" in text(as_staff(UU).get(f"/moeder/{called()}"))


def test_the_screen_shows_what_is_wished_whom_steps_wait_for_and_what_the_young_person_says(
    as_staff: AsStaff, called: Callable[..., UUID], youth: Youths
) -> None:
    caja, step_id = youth("Caja Opdigt", born_on=date(2011, 3, 1)), uuid4()
    wishes(caja, Party.SCHOOL, date(2026, 11, 1), "Den forrige")
    called(caja, held_on=date(2026, 11, 10))
    agreed = partial(agree_step, step_id=step_id, what=FreeText("Søg FGU"), responsible=Party.UU)
    caja.record(partial(agreed, matter=Matter.GUIDANCE, due_on=date(2026, 12, 1), on=TODAY))
    path = f"/moeder/{called(caja)}/sag/1"
    browser = as_staff(UU)
    assert "Den unge er ikke spurgt om planen" in text(browser.get(path))
    wishes(caja, Party.MILEPAELEN, date(2026, 11, 20), "MÆRKE-ØNSKE")
    caja.record(partial(let_step_wait, step_id=step_id, waits_for=Party.EDUCATION, on=TODAY))
    caja.happened(ViewOnPlanGiven(on=TODAY, view=ViewOnPlan.DISAGREES, why=FreeText("MÆRKE-HVORFOR")))
    page = browser.get(path)
    said = text(page)
    assert "Søg FGU Venter på Uddannelsessted UU 01.12.2026" in said
    assert "Den unge siger nej til planen (23.11.2026)" in said
    assert "Ønsket af Milepælen 20.11.2026 : ”MÆRKE-ØNSKE”" in said
    assert "Den forrige" not in said, "the meeting on the tenth has had it"
    assert "MÆRKE-HVORFOR" not in page.text, "the young person's reasons are not for the screen"
    assert f'href="/unge/{caja.case_number}/plan?liste={path}"' in page.text
    benefits = as_staff(BENEFITS).get(path)
    assert "Den unge siger" not in text(benefits)
    assert "MÆRKE" not in benefits.text
    assert "Ønsket af Milepælen 20.11.2026" in text(benefits)
