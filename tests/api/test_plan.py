"""Fælles plan: what the young person wants and says, the steps through time, consent, as it was, and on paper."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest

from database import Role
from domain.choices import CloseReason, Consenter, ConsentScope, ViewOnPlan
from domain.codes import AgendaReason, Matter, Party
from domain.decisions import (
    agree_step,
    call_meeting,
    close_journey,
    drop_step,
    finish_step,
    let_step_wait,
    move_step,
    put_on_agenda,
    say_goal,
)
from domain.events import (
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    ContactPersonNamed,
    GoalInOwnWords,
    LeadCoordinatorNamed,
    PlanStepAgreed,
    PlanStepDone,
    PlanStepDropped,
    PlanStepMoved,
    PlanStepWaits,
    ViewOnPlanGiven,
)
from domain.text import FreeText, StaffId
from eventlog import meeting as meeting_stream
from people.read_log import reads_of
from people.staff import demo_municipality, load_staff, read_municipality
from tests.api.conftest import BY_IMPORT, StillHouse, Youth

UU, CHILD, BENEFITS, LEADER, HEALTH = (
    "mette-vejleder",
    "jens-raadgiver",
    "yrsa-ydelse",
    "katrine-koordinator",
    "pia-psykolog",
)
TODAY = date(2026, 11, 23)
AsStaff = Callable[..., Any]
Youths = Callable[..., Youth]


def text_of(answer: Any) -> str:
    """What a person reads on the page."""
    main = re.sub(r"(?s).*<main[^>]*>|</main>.*", "", answer.text)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def part(answer: Any, first: str, last: str) -> str:
    """What is read from one heading to the next."""
    said = text_of(answer)
    return said[said.index(first) : said.index(last)]


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def agrees(one: Youth, what: str, due_on: date, *, on: date = TODAY, responsible: Party = Party.UU) -> UUID:
    step_id = uuid4()
    decide = partial(
        agree_step,
        step_id=step_id,
        what=FreeText(what),
        responsible=responsible,
        matter=Matter.GUIDANCE,
        due_on=due_on,
        on=on,
    )
    one.record(decide, noon(on))
    return step_id


def noon(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 11, tzinfo=UTC)


def events_of(one: Youth, *kinds: type) -> list[Any]:
    return [entry.event for entry in one.house.log.history(one.id).entries if isinstance(entry.event, kinds)]


def meets(house: StillHouse, held_on: date, *people: Youth) -> None:
    meeting_id, on = uuid4(), held_on - timedelta(days=3)
    decisions: list[Any] = [partial(call_meeting, held_on=held_on, on=on)]
    decisions += [partial(put_on_agenda, person=one.id, reasons=(AgendaReason.WISHED,), on=on) for one in people]
    for decide in decisions:
        house.log.record(
            meeting_stream(meeting_id),
            decide,
            by=BY_IMPORT,
            known_at=noon(on),
            command_id=uuid4(),
            recorded_at=noon(on),
        )


@pytest.fixture
def ida(youth: Youths) -> Youth:
    return youth("Ida Demogaard", born_on=date(2009, 5, 1), started_on=date(2024, 8, 1))


@pytest.fixture
def bo(youth: Youths) -> Youth:
    return youth("Bo Demogaard", born_on=date(2009, 5, 2), started_on=date(2024, 8, 1))


# Who may come, and what stands in the frame


def test_the_page_says_whose_plan_it_is_and_its_title_does_not(as_staff: AsStaff, ida: Youth, bo: Youth) -> None:
    agrees(bo, "Bos eget skridt", date(2026, 12, 1))
    page = as_staff(UU).get(f"{ida.path}/plan")
    assert page.status_code == 200
    assert "<title>Fælles plan – Ungeindsats</title>" in page.text
    assert f"Ida Demogaard, 17 år Sag {ida.case_number}" in text_of(page)
    assert "Bos eget skridt" not in page.text
    assert str(ida.id) not in page.text


def test_every_look_is_written_down(as_staff: AsStaff, house: StillHouse, ida: Youth) -> None:
    step = agrees(ida, "Besøg FGU", date(2026, 12, 1))
    browser = as_staff(UU)
    for path in ("/plan", f"/plan/skridt/{step}", "/plan/udskrift"):
        browser.get(ida.path + path)
    with house.db.connection(Role.APPLICATION) as conn:
        assert [look.category for look in reads_of(conn, ida.id)] == ["plan"] * 3


def test_who_may_not_know_of_it_gets_the_same_answer_as_for_nobody(as_staff: AsStaff, ida: Youth) -> None:
    step = agrees(ida, "Besøg FGU", date(2026, 12, 1))
    browser = as_staff(UU)
    for path in ("/unge/100000/plan", f"/unge/100000/plan/skridt/{step}", f"{ida.path}/plan/skridt/{uuid4()}"):
        assert browser.get(path).status_code == 404, path
    assert browser.get(f"{ida.path}/plan/skridt/intet").status_code == 422


def test_the_way_back_is_carried_through_the_plan(as_staff: AsStaff, ida: Youth) -> None:
    step = agrees(ida, "Besøg FGU", date(2026, 12, 1))
    browser, way = as_staff(UU), "?liste=%2Fmoeder%2F7f"
    page = browser.get(f"{ida.path}/plan{way}")
    assert f'href="{ida.path}{way}"' in page.text
    assert f'href="{ida.path}/plan/skridt/{step}{way}"' in page.text
    answer = browser.submit(f"{ida.path}/plan", gem="maal", words="Jeg vil være kok.", liste="/moeder/7f")
    assert answer.headers["location"] == f"{ida.path}/plan{way}&besked=gemt"


# Nothing yet


def test_an_empty_plan_has_two_steps_to_begin_with(as_staff: AsStaff, ida: Youth) -> None:
    page = as_staff(UU).get(f"{ida.path}/plan")
    said = text_of(page)
    assert "Planen er tom. Begynd her:" in said
    assert said.index("Skriv den unges mål") < said.index("Aftal det første skridt")
    assert re.search(r"(?s)<ol>\s*<li>.*?</li>\s*<li>.*?</ol>", page.text)
    assert "Hvad siger den unge om planen?" not in said, "there is nothing to ask about yet"


def test_who_may_not_hear_the_young_person_begins_with_a_step(as_staff: AsStaff, ida: Youth) -> None:
    said = text_of(as_staff(BENEFITS).get(f"{ida.path}/plan"))
    assert "Skriv den unges mål" not in said
    assert "Aftal det første skridt" in said


# The goal and the view


def test_the_goal_is_written_and_the_earlier_wordings_stay_folded(as_staff: AsStaff, ida: Youth) -> None:
    browser = as_staff(UU)
    for words in ("Jeg vil være kok.", "Jeg vil\nvære <bager>."):
        answer = browser.submit(f"{ida.path}/plan", gem="maal", words=words)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{ida.path}/plan?besked=gemt")
    assert events_of(ida, GoalInOwnWords)[-1] == GoalInOwnWords(on=TODAY, words=FreeText("Jeg vil\nvære <bager>."))
    page = browser.get(f"{ida.path}/plan")
    assert "”Jeg vil<br>være &lt;bager&gt;.”" in page.text
    assert "Tidligere mål (1) 23.11.2026 ”Jeg vil være kok.”" in text_of(page)


def test_the_same_form_sent_twice_is_one_event(as_staff: AsStaff, ida: Youth) -> None:
    browser, command = as_staff(UU), str(uuid4())
    step = {"gem": "skridt", "what": "Besøg FGU", "responsible": "uu", "matter": "guidance"}
    for _ in range(2):
        form = step | day("due_on", date(2026, 12, 1)) | {"command": command}
        assert browser.submit(f"{ida.path}/plan", **form).status_code == 303
    assert len(events_of(ida, PlanStepAgreed)) == 1


def test_the_view_is_recorded_with_the_day_of_asking_and_why(as_staff: AsStaff, ida: Youth) -> None:
    agrees(ida, "Besøg FGU", date(2026, 12, 1))
    browser = as_staff(UU)
    assert "Den unge er ikke spurgt endnu." in text_of(browser.get(f"{ida.path}/plan"))
    form = {"gem": "syn", "view": "disagrees", "why": "I spurgte mig ikke."} | day("asked_on", date(2026, 11, 20))
    assert browser.submit(f"{ida.path}/plan", **form).status_code == 303
    assert events_of(ida, ViewOnPlanGiven) == [
        ViewOnPlanGiven(on=date(2026, 11, 20), view=ViewOnPlan.DISAGREES, why=FreeText("I spurgte mig ikke."))
    ]
    said = part(browser.get(f"{ida.path}/plan"), "Hvad siger den unge", "Skridt")
    assert "Nej Den unge blev spurgt 20.11.2026 . ”I spurgte mig ikke.”" in said
    browser.submit(f"{ida.path}/plan", gem="syn", view="could-not-answer", why="Kom ikke.", **day("asked_on", TODAY))
    said = part(browser.get(f"{ida.path}/plan"), "Hvad siger den unge", "Skridt")
    assert "Kunne ikke svare Den unge blev spurgt 23.11.2026 ." in said
    assert "Tidligere svar (1) 20.11.2026 Nej: ”I spurgte mig ikke.”" in said


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"gem": "maal", "words": " "}, "Skriv målet med den unges egne ord."),
        ({"gem": "maal", "words": "x" * 5_001}, "Teksten er for lang; den må højst være 5.000 tegn."),
        ({"gem": "maal", "words": "Mit nummer er 010190-1234"}, "Teksten ligner et CPR-nummer."),
        ({"gem": "syn"} | day("asked_on", TODAY), "Vælg, hvad den unge siger om planen."),
        ({"gem": "syn", "view": "maybe"} | day("asked_on", TODAY), "Vælg, hvad den unge siger om planen."),
        ({"gem": "syn", "view": "agrees"}, "Datoen mangler."),
        ({"gem": "syn", "view": "agrees"} | day("asked_on", date(2026, 11, 24)), "Datoen ligger i fremtiden."),
        ({"gem": "syn", "view": "agrees"} | day("asked_on", date(2008, 1, 1)), "Datoen ligger før den unges fødsel."),
        (
            {"gem": "syn", "view": "agrees", "why": "010190-1234"} | day("asked_on", TODAY),
            "Teksten ligner et CPR-nummer.",
        ),
        ({"gem": "skridt"}, "Skriv, hvad der skal ske."),
        ({"gem": "skridt", "what": "x"}, "Vælg, hvem der er ansvarlig."),
        ({"gem": "skridt", "what": "x", "responsible": "uu"}, "Vælg, hvad skridtet handler om."),
        ({"gem": "skridt", "what": "x"} | day("due_on", date(2026, 11, 22)), "Fristen kan tidligst være i dag."),
        ({"gem": "skridt", "what": "x"} | day("due_on", date(2028, 11, 22)), "Fristen kan højst ligge et år frem."),
        ({"gem": "andet"}, "Formularen var for gammel."),
        ({"gem": "maal", "words": "x", "command": "nej"}, "Formularen var for gammel."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    as_staff: AsStaff, house: StillHouse, ida: Youth, form: dict[str, str], says: str
) -> None:
    browser, before = as_staff(UU), house.log.position()
    answer = browser.submit(f"{ida.path}/plan", **form)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert answer.text.startswith("<!doctype html>")
    assert "<title>Fejl: Fælles plan" in answer.text
    assert house.log.position() == before


def test_what_was_written_stands_in_the_form_that_opens_again(as_staff: AsStaff, ida: Youth) -> None:
    form = {"gem": "skridt", "what": "Ring til FGU", "responsible": "school", "matter": "guidance"}
    answer = as_staff(UU).submit(f"{ida.path}/plan", **form | day("due_on", date(2026, 11, 1)))
    opened = re.search(r"(?s)<details[^>]* open>.*?</details>", answer.text)
    assert opened
    assert "\nRing til FGU</textarea>" in opened[0]
    assert '<option value="school" selected>' in opened[0]
    assert 'name="due_on_month" inputmode="numeric" autocomplete="off" value="11"' in opened[0]
    assert answer.text.count('id="form"') == 1


def test_a_number_that_is_no_cpr_number_can_be_confirmed(as_staff: AsStaff, ida: Youth) -> None:
    browser, form = as_staff(UU), {"gem": "maal", "words": "Jeg vil løbe 010190-1234 meter."}
    answer = browser.submit(f"{ida.path}/plan", **form)
    assert 'name="ikke_cpr"' in answer.text
    assert browser.submit(f"{ida.path}/plan", **form, ikke_cpr="1").status_code == 303


def test_who_may_not_hear_the_young_person_writes_nothing_that_they_said(as_staff: AsStaff, ida: Youth) -> None:
    browser = as_staff(BENEFITS)
    for form in ({"gem": "maal", "words": "x"}, {"gem": "syn", "view": "agrees"} | day("asked_on", TODAY)):
        assert browser.submit(f"{ida.path}/plan", **form).status_code == 404
    assert events_of(ida, GoalInOwnWords, ViewOnPlanGiven) == []


# Steps


def test_a_step_has_one_party_that_answers_for_it_and_says_whom_it_waits_for(as_staff: AsStaff, ida: Youth) -> None:
    browser = as_staff(UU)
    form = {"gem": "skridt", "what": "Søg SU", "responsible": "benefits", "matter": "income_and_work"}
    assert browser.submit(f"{ida.path}/plan", **form | day("due_on", date(2026, 12, 4))).status_code == 303
    (event,) = events_of(ida, PlanStepAgreed)
    assert (event.responsible, event.matter, event.due_on) == (
        Party.BENEFITS,
        Matter.INCOME_AND_WORK,
        date(2026, 12, 4),
    )
    page = browser.get(f"{ida.path}/plan")
    assert "Søg SU Ydelse Ydelse 04.12.2026 Åbent Gjort" in text_of(page)
    waits = browser.submit(f"{ida.path}/plan/skridt/{event.step_id}", gem="venter", waits_for="education")
    assert waits.status_code == 303
    assert "Søg SU Ydelse Uddannelsessted 04.12.2026 Åbent" in text_of(browser.get(f"{ida.path}/plan"))
    browser.submit(f"{ida.path}/plan/skridt/{event.step_id}", gem="venter", waits_for="benefits")
    assert "Søg SU Ydelse Ydelse 04.12.2026 Åbent" in text_of(browser.get(f"{ida.path}/plan"))
    assert [one.waits_for for one in events_of(ida, PlanStepWaits)] == [Party.EDUCATION, Party.BENEFITS]


def test_a_deadline_is_moved_with_a_reason_and_the_old_one_stays(as_staff: AsStaff, ida: Youth) -> None:
    step = agrees(ida, "Besøg FGU", date(2026, 11, 20), on=date(2026, 11, 1))
    browser = as_staff(UU)
    assert "20.11.2026 Åbent Frist overskredet" in text_of(browser.get(f"{ida.path}/plan"))
    form = {"gem": "flyt", "reason": "Bussen kørte ikke."} | day("due_on", date(2026, 12, 1))
    answer = browser.submit(f"{ida.path}/plan/skridt/{step}", **form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ida.path}/plan?besked=gemt")
    assert [one.due_on for one in events_of(ida, PlanStepMoved)] == [date(2026, 12, 1)]
    said = text_of(browser.get(f"{ida.path}/plan"))
    assert (
        "01.12.2026 Flyttet : se, hvornår og hvorfor 23.11.2026 : fra 20.11.2026 til 01.12.2026 . ”Bussen kørte ikke.”"
        in said
    )
    assert "Frist overskredet" not in said
    shown = text_of(browser.get(f"{ida.path}/plan/skridt/{step}"))
    assert "23.11.2026 : fra 20.11.2026 til 01.12.2026 . ”Bussen kørte ikke.”" in shown


def test_a_step_is_dropped_with_a_reason_and_folded_with_those_that_are_done(as_staff: AsStaff, ida: Youth) -> None:
    dropped, done = (agrees(ida, what, date(2026, 12, 1)) for what in ("Kursus i truck", "Besøg FGU"))
    browser = as_staff(UU)
    answer = browser.submit(f"{ida.path}/plan/skridt/{dropped}", gem="fravaelg", drop_reason="Der er intet hold.")
    assert answer.status_code == 303
    answer = browser.submit(f"{ida.path}/skridt/{done}/gjort", fra="plan")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ida.path}/plan?besked=gemt")
    assert len(events_of(ida, PlanStepDropped, PlanStepDone)) == 2
    page = browser.get(f"{ida.path}/plan")
    said = text_of(page)
    assert "Ingen åbne skridt: alt er gjort eller fravalgt." in said
    folded = said[said.index("Gjort og fravalgt (2)") :]
    assert "Kursus i truck UU 01.12.2026 Fravalgt 23.11.2026 ”Der er intet hold.”" in folded
    assert "Besøg FGU UU 01.12.2026 Gjort 23.11.2026" in folded


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"gem": "flyt", "reason": "x"}, "Den nye frist mangler."),
        ({"gem": "flyt", "reason": "x"} | day("due_on", date(2026, 11, 22)), "Den nye frist kan tidligst være i dag."),
        ({"gem": "flyt"} | day("due_on", date(2026, 12, 2)), "Skriv, hvorfor fristen flyttes."),
        ({"gem": "flyt", "reason": "010190-1234"} | day("due_on", date(2026, 12, 2)), "Teksten ligner et CPR-nummer."),
        ({"gem": "venter"}, "Vælg, hvem der skal gøre noget først."),
        ({"gem": "venter", "waits_for": "jobcenter"}, "Vælg, hvem der skal gøre noget først."),
        ({"gem": "fravaelg"}, "Skriv, hvorfor skridtet fravælges."),
        ({"gem": "slet"}, "Formularen var for gammel."),
        ({"gem": "venter", "waits_for": "uu", "command": ""}, "Formularen var for gammel."),
    ],
)
def test_a_step_is_not_changed_when(
    as_staff: AsStaff, house: StillHouse, ida: Youth, form: dict[str, str], says: str
) -> None:
    step = agrees(ida, "Besøg FGU", date(2026, 12, 1))
    browser, before = as_staff(UU), house.log.position()
    answer = browser.submit(f"{ida.path}/plan/skridt/{step}", **form)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert house.log.position() == before


def test_a_step_that_another_closed_meanwhile_is_not_changed(as_staff: AsStaff, ida: Youth) -> None:
    step = agrees(ida, "Besøg FGU", date(2026, 12, 1))
    ida.record(partial(finish_step, step_id=step, on=TODAY))
    answer = as_staff(UU).submit(f"{ida.path}/plan/skridt/{step}", gem="fravaelg", drop_reason="x")
    assert answer.status_code == 422
    assert "Skridtet er allerede gjort eller fravalgt." in text_of(answer)
    assert 'name="gem"' not in answer.text, "nothing is left to do about it"


def test_a_step_of_somebody_else_is_not_changed_here(as_staff: AsStaff, ida: Youth, bo: Youth) -> None:
    step = agrees(ida, "Besøg FGU", date(2026, 12, 1))
    answer = as_staff(UU).submit(f"{bo.path}/plan/skridt/{step}", gem="venter", waits_for="school")
    assert answer.status_code == 404
    assert events_of(ida, PlanStepWaits) == []


def test_forty_steps_stand_by_deadline_with_the_closed_ones_folded(as_staff: AsStaff, ida: Youth) -> None:
    for number in range(40):
        step = agrees(ida, f"Skridt nr. {number:02}", date(2026, 12, 30) - timedelta(days=number % 30))
        if number % 4 == 0:
            ida.record(partial(finish_step, step_id=step, on=TODAY))
    page = as_staff(UU).get(f"{ida.path}/plan")
    said = text_of(page)
    assert "30 åbne skridt, tidligste frist først." in said
    assert "Gjort og fravalgt (10)" in said
    table = page.text[page.text.index("plan-steps") : page.text.index("Gjort og fravalgt")]
    days = re.findall(r'data-label="Frist"><div><time datetime="([^"]+)"', table)
    assert (len(days), days) == (30, sorted(days))
    assert len(page.content) < 120_000
    person = as_staff(UU).get(ida.path)
    assert "Se 22 skridt mere i planen" in text_of(person)


def test_long_texts_are_folded_and_never_cut(as_staff: AsStaff, ida: Youth) -> None:
    long, unbroken = ("Ord " * 1_250).strip(), "Uafbrudt" * 25
    step = agrees(ida, long, date(2026, 12, 1))
    ida.record(partial(move_step, step_id=step, due_on=date(2026, 12, 2), reason=FreeText(long), on=TODAY))
    agrees(ida, unbroken, date(2026, 12, 3))
    ida.record(partial(say_goal, words=FreeText(long), on=TODAY))
    page = as_staff(UU).get(f"{ida.path}/plan")
    assert page.text.count(long) == 3, "the goal, the step, and why it was moved"
    assert re.search(r"<details><summary>Ord Ord[^<]{200,700}…</summary>Ord Ord", page.text)
    assert unbroken in page.text
    assert long in as_staff(UU).get(f"{ida.path}/plan/skridt/{step}").text


# As it was


def test_the_plan_is_shown_as_it_was_at_the_end_of_a_day(as_staff: AsStaff, ida: Youth) -> None:
    step = agrees(ida, "Besøg FGU", date(2026, 6, 30), on=date(2026, 5, 20))
    ida.record(
        partial(move_step, step_id=step, due_on=date(2026, 12, 1), reason=FreeText("Ferie."), on=date(2026, 6, 2)),
        noon(date(2026, 6, 2)),
    )
    agrees(ida, "Ring til skolen", date(2026, 12, 1), on=date(2026, 6, 3))
    browser = as_staff(UU)
    page = browser.get(f"{ida.path}/plan?pr_day=1&pr_month=6&pr_year=2026")
    said = text_of(page)
    assert "Du ser planen, som den så ud 01.06.2026 . Vis planen i dag" in said
    assert "Besøg FGU UU UU 30.06.2026 Åbent" in said
    assert "Ring til skolen" not in said
    assert "Flyttet" not in said
    assert 'method="post" action="/unge' not in page.text
    assert f'href="{ida.path}/plan"' in page.text
    then = text_of(browser.get(f"{ida.path}/plan?pr_day=2&pr_month=6&pr_year=2026"))
    assert "01.12.2026 Flyttet" in then
    assert "Ring til skolen" not in then
    now = text_of(browser.get(f"{ida.path}/plan?pr_day=23&pr_month=11&pr_year=2026"))
    assert "Du ser planen" not in now
    assert "Ring til skolen" in now


def test_a_deadline_is_overdue_on_the_day_that_is_looked_at_and_not_today(as_staff: AsStaff, ida: Youth) -> None:
    agrees(ida, "Besøg FGU", date(2026, 6, 30), on=date(2026, 5, 20))
    browser = as_staff(UU)
    for path, late in (("?pr_day=30&pr_month=6&pr_year=2026", False), ("?pr_day=1&pr_month=7&pr_year=2026", True)):
        assert ("Frist overskredet" in text_of(browser.get(f"{ida.path}/plan{path}"))) is late, path


def test_before_anything_was_known_there_was_no_plan(as_staff: AsStaff, ida: Youth) -> None:
    agrees(ida, "Besøg FGU", date(2026, 12, 1))
    said = text_of(as_staff(UU).get(f"{ida.path}/plan?pr_day=1&pr_month=1&pr_year=2020"))
    assert "Der var ingen plan 01.01.2020 . Det første, der vides om den unge, er registreret 01.08.2024 ." in said


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("?pr_day=24&pr_month=11&pr_year=2026", "Vælg en dag, der har været."),
        ("?pr_day=31&pr_month=6&pr_year=2026", "Datoen findes ikke."),
        ("?pr_day=1", "Datoen mangler måned og år."),
    ],
)
def test_a_day_that_has_not_been_is_refused(as_staff: AsStaff, ida: Youth, asked: str, says: str) -> None:
    agrees(ida, "Besøg FGU", date(2026, 12, 1))
    answer = as_staff(UU).get(f"{ida.path}/plan{asked}")
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert "Besøg FGU" in text_of(answer), "the plan of today stands there meanwhile"


# Since the last meeting


def test_changes_since_the_last_meeting_are_said_in_words(
    as_staff: AsStaff, house: StillHouse, ida: Youth, bo: Youth
) -> None:
    before, after = date(2026, 11, 5), date(2026, 11, 12)
    steps = [agrees(ida, f"Skridt {number}", date(2026, 12, 1), on=before) for number in range(5)]
    agrees(bo, "Bos", date(2026, 12, 1), on=before)
    meets(house, date(2026, 11, 10), ida)
    meets(house, date(2026, 11, 17), bo)
    meets(house, date(2026, 11, 24), ida)
    for decide in (
        partial(move_step, step_id=steps[0], due_on=date(2026, 12, 24), reason=FreeText("x"), on=after),
        partial(let_step_wait, step_id=steps[1], waits_for=Party.SCHOOL, on=after),
        partial(finish_step, step_id=steps[2], on=after),
        partial(drop_step, step_id=steps[3], reason=FreeText("x"), on=after),
        partial(say_goal, words=FreeText("Jeg vil være kok."), on=after),
    ):
        ida.record(decide, noon(after))
    agrees(ida, "Det nye", date(2026, 12, 1), on=after)
    browser = as_staff(UU)
    page = browser.get(f"{ida.path}/plan")
    assert (
        "Siden mødet 10.11.2026: den unge har sagt sit mål, 1 nyt skridt, 1 skridt med ny frist, "
        "1 skridt venter på en anden, 1 skridt gjort, 1 skridt fravalgt." in text_of(page)
    )
    marked = dict(re.findall(r'<th scope="row">([^<]+) <span class="chip chip-new">([^<]+)</span>', page.text))
    assert marked == {
        "Skridt 0": "Ny frist",
        "Skridt 1": "Venter på en anden",
        "Skridt 2": "Gjort",
        "Skridt 3": "Fravalgt",
        "Det nye": "Nyt",
    }
    assert "Intet er ændret i planen siden mødet 17.11.2026." in text_of(browser.get(f"{bo.path}/plan"))


def test_without_a_meeting_nothing_is_marked(as_staff: AsStaff, ida: Youth) -> None:
    agrees(ida, "Besøg FGU", date(2026, 12, 1))
    page = as_staff(UU).get(f"{ida.path}/plan")
    assert "siden mødet" not in text_of(page).lower()
    assert "chip-new" not in page.text


# Consent, tovholder, kontaktperson


def test_consents_say_who_what_how_it_stands_and_until_when(as_staff: AsStaff, youth: Youths) -> None:
    grown = youth("Emil Demogaard", born_on=date(2008, 4, 3), started_on=date(2024, 8, 1))
    young, parent = Consenter.YOUNG_PERSON, Consenter.PARENT
    grown.happened(
        ConsentGiven(on=date(2025, 9, 1), by=parent, scope=ConsentScope.SHARING_WITH_SCHOOL),
        ConsentGiven(on=date(2026, 1, 5), by=young, scope=ConsentScope.TRANSITION_MEETING),
        ConsentWithdrawn(on=date(2026, 2, 5), by=young, scope=ConsentScope.TRANSITION_MEETING),
        ConsentRefused(on=date(2026, 2, 6), by=young, scope=ConsentScope.SHARING_WITH_HEALTH),
        ConsentGiven(
            on=date(2026, 2, 7), by=young, scope=ConsentScope.SHARING_BETWEEN_DEPARTMENTS, until=date(2027, 2, 7)
        ),
    )
    browser = as_staff(UU)
    said = part(browser.get(f"{grown.path}/plan"), "Samtykke Samtykker, dem", "Planen, som den så ud")
    assert said.index("Deling mellem kommunens afdelinger") < said.index("Overgangsmøde"), "what counts comes first"
    assert "Den unge Givet givet 07.02.2026, gælder til og med 07.02.2027" in said
    assert "Den unge Trukket tilbage trukket tilbage 05.02.2026 Før Givet: givet 05.01.2026" in said
    assert "Den unge Afslået afslået 06.02.2026" in said
    assert "En forælder Ophørt ved 18 år givet 01.09.2025, gjaldt til den unge fyldte 18 år" in said
    assert "1 samtykke gælder" in text_of(browser.get(grown.path))
    # Before the birthday it counted.
    before = text_of(browser.get(f"{grown.path}/plan?pr_day=2&pr_month=4&pr_year=2026"))
    assert "En forælder Givet givet 01.09.2025, gælder til og med 02.04.2026" in before


def test_tovholder_and_kontaktperson_are_named_and_who_has_left_is_said_to_have(
    as_staff: AsStaff, house: StillHouse, ida: Youth, bo: Youth
) -> None:
    ida.happened(
        LeadCoordinatorNamed(on=date(2026, 9, 1), staff=StaffId("maja-mentor"), party=Party.MILEPAELEN),
        ContactPersonNamed(on=date(2026, 9, 2), staff=StaffId("anders-vejleder")),
    )
    browser = as_staff(UU)
    for path in (ida.path, f"{ida.path}/plan"):
        said = text_of(browser.get(path))
        assert "Tovholder: Maja Mentor , Milepælen" in said
        assert "Kontaktperson: Anders Vejleder , UU Nordvest" in said
        assert "arbejder her ikke længere" not in said.lower()
    assert "Tovholder: ingen endnu" in text_of(browser.get(bo.path))
    without = demo_municipality().replace(
        '  { id = "anders-vejleder", name = "Anders Vejleder", function = "worker" },\n', ""
    )
    with house.db.connection(Role.APPLICATION) as conn:
        load_staff(conn, house.log.keys, read_municipality(without))
    assert "Anders Vejleder , UU Nordvest Arbejder her ikke længere" in text_of(browser.get(f"{ida.path}/plan"))
    # Who does not see education does not learn whether there is a contact person.
    assert "Kontaktperson" not in text_of(as_staff(HEALTH).get(ida.path))


# What is kept from the reader


def test_words_are_shown_to_those_who_read_the_whole_of_their_class(as_staff: AsStaff, ida: Youth) -> None:
    step = agrees(ida, "MÆRKE-SKRIDT", date(2026, 12, 1))
    gone = agrees(ida, "MÆRKE-FRAVALGT", date(2026, 12, 1))
    for decide in (
        partial(say_goal, words=FreeText("MÆRKE-MÅL"), on=TODAY),
        partial(move_step, step_id=step, due_on=date(2026, 12, 2), reason=FreeText("MÆRKE-FLYT"), on=TODAY),
        partial(drop_step, step_id=gone, reason=FreeText("MÆRKE-GRUND"), on=TODAY),
    ):
        ida.record(decide)
    ida.happened(ViewOnPlanGiven(on=TODAY, view=ViewOnPlan.AGREES, why=FreeText("MÆRKE-SYN")))
    words = {"MÆRKE-SKRIDT", "MÆRKE-FRAVALGT", "MÆRKE-MÅL", "MÆRKE-FLYT", "MÆRKE-GRUND", "MÆRKE-SYN"}

    def read(staff_id: str) -> tuple[set[str], str]:
        browser = as_staff(staff_id)
        pages = [browser.get(f"{ida.path}/plan{path}") for path in ("", f"/skridt/{step}", f"/skridt/{gone}")]
        return set(re.findall(r"MÆRKE-[A-ZÆØÅ]+", "".join(page.text for page in pages))), text_of(pages[0])

    assert read(CHILD)[0] == words
    found, said = read(LEADER)
    assert found == set()
    assert "Den unge har sagt sit mål 23.11.2026 . Ordene vises ikke for din rolle." in said
    assert "Ja Den unge blev spurgt 23.11.2026 . Den unges egne ord vises ikke for din rolle." in said
    assert "Skridt om vejledning UU UU 02.12.2026" in said
    found, said = read(BENEFITS)
    assert found == set()
    assert "Den unges mål" not in said
    assert "Hvad siger den unge" not in said
    assert read(HEALTH)[0] == {"MÆRKE-MÅL", "MÆRKE-SYN"}


# Closed


def test_the_plan_of_a_closed_file_is_read_and_not_changed(as_staff: AsStaff, ida: Youth) -> None:
    step = agrees(ida, "Besøg FGU", date(2026, 11, 1), on=date(2026, 10, 1))
    ida.record(partial(close_journey, reason=CloseReason.MOVED_AWAY, on=TODAY))
    browser = as_staff(UU)
    for path in ("/plan", f"/plan/skridt/{step}"):
        page = browser.get(ida.path + path)
        assert "Forløbet blev afsluttet 23.11.2026: den unge er flyttet." in text_of(page)
        assert 'name="gem"' not in page.text
        assert "/gjort" not in page.text
        assert "Frist overskredet" not in text_of(page)
    answer = browser.submit(f"{ida.path}/plan", gem="maal", words="Jeg vil være kok.")
    assert answer.status_code == 422
    assert "Forløbet er afsluttet. Genåbn det først." in text_of(answer)


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("skridt/{}/gjort", {}, 409),
        ("plan/skridt/{}", {"gem": "venter", "waits_for": "education"}, 422),
        ("plan/skridt/{}", {"gem": "fravaelg", "drop_reason": "x"}, 422),
        (
            "plan/skridt/{}",
            {"gem": "flyt", "reason": "x", "due_on_day": "1", "due_on_month": "2", "due_on_year": "2027"},
            422,
        ),
    ],
)
def test_a_step_is_not_changed_by_a_page_that_stood_open_while_the_file_was_closed(
    as_staff: AsStaff, ida: Youth, house: StillHouse, path: str, form: dict[str, str], status: int
) -> None:
    step = agrees(ida, "Besøg FGU", date(2026, 12, 1))
    ida.record(partial(close_journey, reason=CloseReason.MOVED_AWAY, on=TODAY))
    browser, before = as_staff(UU), house.log.position()
    answer = browser.submit(f"{ida.path}/{path.format(step)}", **form)
    assert answer.status_code == status
    assert "Forløbet er afsluttet. Genåbn det først." in text_of(answer)
    assert house.log.position() == before


# On paper


def test_min_plan_says_it_all_in_plain_words(as_staff: AsStaff, ida: Youth) -> None:
    ida.happened(
        LeadCoordinatorNamed(on=date(2026, 9, 1), staff=StaffId("maja-mentor"), party=Party.MILEPAELEN),
        ContactPersonNamed(on=date(2026, 9, 2), staff=StaffId("anders-vejleder")),
        ViewOnPlanGiven(on=date(2026, 11, 20), view=ViewOnPlan.AGREES, why=FreeText("Det er mit eget valg.")),
    )
    ida.record(partial(say_goal, words=FreeText("Jeg vil være kok."), on=TODAY))
    visit = agrees(ida, "Besøge FGU", date(2026, 12, 4))
    done, dropped = agrees(ida, "Ringe til skolen", date(2026, 12, 1)), agrees(ida, "Kursus i truck", date(2026, 12, 1))
    for decide in (
        partial(let_step_wait, step_id=visit, waits_for=Party.EDUCATION, on=TODAY),
        partial(move_step, step_id=visit, due_on=date(2026, 12, 18), reason=FreeText("Intern grund"), on=TODAY),
        partial(finish_step, step_id=done, on=TODAY),
        partial(drop_step, step_id=dropped, reason=FreeText("Anden intern grund"), on=TODAY),
    ):
        ida.record(decide)
    page = as_staff(UU).get(f"{ida.path}/plan/udskrift")
    said = text_of(page)
    assert "<title>Min plan – Ungeindsats</title>" in page.text
    assert "Min plan Ida Demogaard, 23. november 2026 Det vil jeg ”Jeg vil være kok.”" in said
    assert (
        "Det har vi aftalt Besøge FGU Din vejleder fra UU sørger for det. "
        "Det skal være gjort senest 18. december 2026. Først skal dit uddannelsessted gøre noget." in said
    )
    assert "Det er gjort Ringe til skolen Gjort 23. november 2026." in said
    assert "Det skal vi ikke længere Kursus i truck" in said
    assert "Du sagde ja til planen den 20. november 2026. Du sagde: ”Det er mit eget valg.”" in said
    assert "Din kontaktperson er Anders Vejleder , UU Nordvest." in said
    assert "Din tovholder er Maja Mentor , Milepælen." in said
    assert "Fortroligt, personoplysninger. Hentet 23.11.2026 kl. 09.00 af Mette Vejleder, UU Nordvest." in said
    for inside in ("Intern grund", "Anden intern grund", ida.case_number, "guidance", "2026-12-18"):
        assert inside not in said, inside


def test_min_plan_of_somebody_new_says_what_comes_next(as_staff: AsStaff, ida: Youth) -> None:
    said = text_of(as_staff(UU).get(f"{ida.path}/plan/udskrift"))
    assert "Dit mål er ikke skrevet ned endnu. Sig det til os" in said
    assert "Der er ikke aftalt noget lige nu." in said
    assert "Du er ikke blevet spurgt endnu. Du må sige ja, og du må sige nej." in said
    assert "Hvem kan du spørge?" not in said


@pytest.mark.parametrize("staff_id", [BENEFITS, LEADER, HEALTH])
def test_min_plan_is_printed_by_those_who_read_all_of_it(as_staff: AsStaff, ida: Youth, staff_id: str) -> None:
    browser = as_staff(staff_id)
    assert browser.get(f"{ida.path}/plan/udskrift").status_code == 404
    assert "Udskriv Min plan" not in browser.get(f"{ida.path}/plan").text


def test_the_pages_run_no_script_and_no_style_of_their_own(as_staff: AsStaff, ida: Youth) -> None:
    step = agrees(ida, "Besøg FGU", date(2026, 12, 1))
    browser = as_staff(UU)
    for path in ("/plan", f"/plan/skridt/{step}", "/plan/udskrift"):
        page = browser.get(ida.path + path)
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", page.text), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", page.text), path


def test_ids_are_told_apart_on_a_page_with_every_form(as_staff: AsStaff, ida: Youth) -> None:
    agrees(ida, "Besøg FGU", date(2026, 12, 1))
    ids = re.findall(r'\sid="([^"]+)"', as_staff(UU).get(f"{ida.path}/plan").text)
    assert len(ids) == len(set(ids))
