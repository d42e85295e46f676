"""Registrér hændelse: each party records its own, nothing is lost, and what is wrong is said in the form."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.recordable import KINDS
from database import Role
from domain.catalogue import DECLARATIONS
from domain.choices import ViewOnPlan
from domain.codes import ContactWay, Matter, Party, Programme, StreamKind
from domain.events import (
    ChildAssessmentOpened,
    ConcernReceived,
    ConsentGiven,
    ContactMade,
    ContactTried,
    GoalInOwnWords,
    GuidanceTalkHeld,
    InterviewHeld,
    PlanStepAgreed,
    ToldOfBreakOff,
    ViewOnPlanGiven,
)
from people.cpr import fictional
from people.register import NewPerson

TODAY = date(2026, 11, 23)
STAFF = {
    Party.SCHOOL: "laila-laerer",
    Party.UU: "mette-vejleder",
    Party.CHILD_SOCIAL: "jens-raadgiver",
    Party.EMPLOYMENT: "karen-jobkonsulent",
    Party.BENEFITS: "yrsa-ydelse",
    Party.MILEPAELEN: "maja-mentor",
    Party.ADULT_SOCIAL: "vibeke-voksenraadgiver",
    Party.HEALTH: "pia-psykolog",
    Party.MUNICIPALITY: "katrine-koordinator",
}
UU = STAFF[Party.UU]


def day(name: str, on: date | None = TODAY) -> dict[str, str]:
    """The three fields of a date."""
    if on is None:
        return {}
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def send(client: Any, one: Any, kind: str, *, on: date | None = TODAY, **fields: Any) -> Any:
    return client.submit(f"{one.path}/haendelser/ny", slags=kind, **day("on", on), **fields)


def entries(one: Any, kind: type) -> list[Any]:
    return [entry for entry in one.house.log.history(one.id).entries if isinstance(entry.event, kind)]


def text_of(answer: Any) -> str:
    main = re.sub(r"(?s).*<main[^>]*>|</main>.*", "", answer.text)
    return " ".join(unescape(re.sub(r"(?s)<[^>]+>", " ", main)).split())


def noon(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 11, tzinfo=UTC)


# Choosing


def test_each_party_chooses_among_what_it_records_and_what_is_shared(as_staff: Any, youth: Any) -> None:
    ida = youth()
    offered = {}
    for party, staff in STAFF.items():
        page = as_staff(staff).get(f"{ida.path}/haendelser/ny")
        assert page.status_code == 200
        offered[party] = set(re.findall(r"slags=([a-z-]+)", page.text))
    shared = {kind.code for kind in KINDS if kind.form.shared}
    for party in STAFF:
        own = {kind.code for kind in KINDS if party in (kind.declared.party, *kind.form.also)}
        unseen = {"goal-in-own-words", "view-on-plan"} if party is Party.BENEFITS else set()
        assert offered[party] == own | shared - unseen, party
    assert {"told-of-break-off", "contact-tried", "referred-to-milepaelen", "job-started"} < offered[Party.UU]
    assert "placement-started" in offered[Party.CHILD_SOCIAL] - offered[Party.ADULT_SOCIAL]
    both = {"measure-started", "transition-meeting-held", "adult-support-applied"}
    assert both <= offered[Party.CHILD_SOCIAL] & offered[Party.ADULT_SOCIAL]
    assert "special-effort-needed" in offered[Party.SCHOOL] & offered[Party.UU]
    assert "absence-notified" in offered[Party.SCHOOL] - offered[Party.UU]
    assert "goal-in-own-words" not in offered[Party.BENEFITS], "who may not read a goal does not write it"
    assert offered[Party.MUNICIPALITY] == shared | {"newcomer-arrived"}


def test_what_can_be_recorded_stands_under_headings(as_staff: Any, youth: Any) -> None:
    page = as_staff(UU).get(f"{youth().path}/haendelser/ny")
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", page.text) == ["UU registrerer", "Alle i samarbejdet registrerer"]
    headings = re.findall(r"<h3>(.*?)</h3>", page.text)
    assert headings[:2] == ["Kontakt og samtaler", "Afbrud og ny aktivitet"]
    assert "Mål og plan" in headings[headings.index("Job, praktik og mentor") :], "what all record stands last"
    first = re.findall(r"<section>(.*?)</section>", page.text, re.DOTALL)[0]
    assert re.findall(r">([^<]+)</a>", first) == [
        "Vejledningssamtale holdt",
        "Kontakt forsøgt",
        "Kontakt opnået",
        "Kontaktperson udpeget",
    ]


def test_every_event_of_a_department_can_be_recorded() -> None:
    of_departments = {
        declared.code
        for declared in DECLARATIONS
        if declared.stream is StreamKind.JOURNEY and declared.party is not Party.MUNICIPALITY
    }
    on_pages_of_their_own = {"goal-set", "sub-goal-set", "goal-reworded", "goal-reached", "progression-measured"}
    assert of_departments - {kind.code for kind in KINDS} == on_pages_of_their_own


def test_the_birth_date_and_the_start_are_not_recorded_here(as_staff: Any, youth: Any) -> None:
    ida = youth()
    for kind in ("birth-date-corrected", "journey-started", "handover-sent", "no-such-thing"):
        assert send(as_staff("katrine-koordinator"), ida, kind).status_code == 404
        assert "Mål og plan" in text_of(as_staff(UU).get(f"{ida.path}/haendelser/ny?slags={kind}"))


def test_nobody_records_what_is_anothers(as_staff: Any, youth: Any, house: Any) -> None:
    ida = youth()
    before = house.log.position()
    assert send(as_staff(UU), ida, "placement-started", form="own-room").status_code == 404
    unknown = as_staff(UU).submit("/unge/100000/haendelser/ny", slags="contact-made", way="phone", **day("on"))
    assert unknown.status_code == 404
    assert house.log.position() == before


def test_the_form_names_whom_it_is_about_and_has_one_heading(as_staff: Any, youth: Any) -> None:
    ida = youth("Ida Demogaard")
    for kind in KINDS:
        staff = STAFF.get(kind.declared.party, UU)
        page = as_staff(staff).get(f"{ida.path}/haendelser/ny?slags={kind.code}")
        assert re.findall(r"<h1[^>]*>(.*?)</h1>", page.text) == [kind.declared.title]
        assert f"Ida Demogaard · sag {ida.case_number}" in text_of(page)
        assert "Ida" not in re.findall(r"<title>(.*?)</title>", page.text)[0]


# Recording


def test_what_may_be_left_out_can_be_left_out(as_staff: Any, youth: Any) -> None:
    ida = youth()
    send(as_staff(UU), ida, "guidance-talk-held", way="visit")
    send(as_staff(UU), ida, "consent-given", by="parent", scope="joint-plan")
    send(as_staff(STAFF[Party.EMPLOYMENT]), ida, "interview-held")
    assert entries(ida, GuidanceTalkHeld)[0].event == GuidanceTalkHeld(on=TODAY, way=ContactWay.VISIT)
    assert entries(ida, ConsentGiven)[0].event.until is None
    assert entries(ida, InterviewHeld)[0].event.also_there == ()
    assert "Jobsamtale; andre deltagere: ingen" in text_of(as_staff(STAFF[Party.EMPLOYMENT]).get(ida.path))


def test_who_could_not_answer_about_the_plan_was_asked_and_it_says_why(as_staff: Any, youth: Any) -> None:
    ida = youth()
    client = as_staff(UU)
    answer = send(client, ida, "view-on-plan", view="could-not-answer", why=" ")
    assert answer.status_code == 422
    assert '<a href="#why">Der mangler en tekst.</a>' in answer.text
    assert entries(ida, ViewOnPlanGiven) == []
    assert send(client, ida, "view-on-plan", view="agrees").status_code == 303
    assert send(client, ida, "view-on-plan", view="could-not-answer", why="Ville ikke tale i dag").status_code == 303
    assert [entry.event.view for entry in entries(ida, ViewOnPlanGiven)] == [
        ViewOnPlan.AGREES,
        ViewOnPlan.COULD_NOT_ANSWER,
    ]


def test_a_colleague_is_named_and_nobody_of_another_party(as_staff: Any, youth: Any) -> None:
    page = as_staff(UU).get(f"{youth().path}/haendelser/ny?slags=contact-person-named")
    listed = re.search(r'(?s)<select id="staff".*?</select>', page.text)
    assert listed
    named = set(re.findall(r'value="([^"]+)"', listed[0]))
    assert {"anders-vejleder", "mette-vejleder"} <= named
    assert not named & set(STAFF.values()) - {UU}


# Where hours count


def test_the_day_is_asked_before_its_hour(as_staff: Any, youth: Any) -> None:
    page = as_staff(STAFF[Party.CHILD_SOCIAL]).get(f"{youth().path}/haendelser/ny?slags=concern-received").text
    assert page.index('name="on_day"') < page.index('name="at"') < page.index('name="known_on_day"')
    assert page.count('name="on_day"') == 1
    page = as_staff(UU).get(f"{youth().path}/haendelser/ny?slags=contact-made").text
    assert page.index('name="way"') < page.index('name="on_day"')


def test_an_hour_is_of_the_day_it_happened_and_the_municipality_knew_then(as_staff: Any, youth: Any) -> None:
    ida = youth()
    client = as_staff(STAFF[Party.CHILD_SOCIAL])
    send(client, ida, "concern-received", on=date(2026, 7, 6), at="14.30")
    send(client, ida, "concern-received", on=date(2026, 11, 20), at="0905", **day("known_on", date(2026, 11, 22)))
    [summer, winter] = entries(ida, ConcernReceived)
    assert summer.event.at == datetime(2026, 7, 6, 12, 30, tzinfo=UTC)
    assert summer.known_at == summer.event.at, "24 hours run from here"
    assert winter.event.at == datetime(2026, 11, 20, 8, 5, tzinfo=UTC)
    assert winter.known_at == noon(date(2026, 11, 22))


# The plan


def test_a_step_of_the_plan_is_agreed(as_staff: Any, youth: Any) -> None:
    ida = youth()
    client = as_staff(UU)
    fields = {"what": "Besøg FGU", "responsible": "school", "matter": "guidance"} | day("due_on", date(2026, 12, 4))
    answer = send(client, ida, "plan-step-agreed", **fields)
    page = client.get(answer.headers["location"])
    assert "Gemt." in text_of(page)
    assert "Besøg FGU Skole 04.12.2026 Åbent" in text_of(page)
    [entry] = entries(ida, PlanStepAgreed)
    assert (entry.event.responsible, entry.event.matter) == (Party.SCHOOL, Matter.GUIDANCE)
    assert isinstance(entry.event.step_id, UUID)


def test_what_was_recorded_takes_the_deadline_off_the_page(as_staff: Any, youth: Any) -> None:
    ida, bo = youth("Ida Demogaard", born_on=date(2010, 5, 1)), youth("Bo Demogaard", born_on=date(2010, 5, 1))
    for one in (ida, bo):
        one.happened(ToldOfBreakOff(on=date(2026, 11, 2), programme=Programme.FGU))
    client = as_staff(UU)
    send(client, ida, "contact-made", way="phone")
    assert "Kontakt efter afbrud er" not in text_of(client.get(ida.path))
    assert "Kontakt efter afbrud – 10 arbejdsdage over fristen" in text_of(client.get(bo.path))


def test_pressed_twice_it_is_one_event(as_staff: Any, youth: Any) -> None:
    ida = youth()
    client, command = as_staff(UU), str(uuid4())
    answers = [send(client, ida, "contact-tried", way="phone", command=command) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(entries(ida, ContactTried)) == 1


def test_going_back_and_changing_the_answer_is_another_event(as_staff: Any, youth: Any) -> None:
    ida = youth()
    client, command = as_staff(UU), str(uuid4())
    for way in ("phone", "letter"):
        send(client, ida, "contact-tried", way=way, command=command)
    assert [entry.event.way for entry in entries(ida, ContactTried)] == [ContactWay.PHONE, ContactWay.LETTER]


def test_the_same_thing_may_happen_twice_on_a_day(as_staff: Any, youth: Any) -> None:
    ida = youth()
    client = as_staff(UU)
    for _ in range(2):
        send(client, ida, "contact-tried", way="phone")
    assert len(entries(ida, ContactTried)) == 2


def test_the_way_back_to_the_list_is_kept(as_staff: Any, youth: Any) -> None:
    ida = youth()
    answer = send(as_staff(UU), ida, "contact-tried", way="phone", liste="/arbejdsliste?frist=overskredet")
    assert answer.headers["location"] == f"{ida.path}?liste=%2Farbejdsliste%3Ffrist%3Doverskredet&besked=gemt"
    answer = send(as_staff(UU), ida, "contact-tried", way="phone", liste="//ondt.example")
    assert answer.headers["location"] == f"{ida.path}?besked=gemt"


# When the municipality knew


@pytest.mark.parametrize(
    ("kind", "fields", "event", "known_on"),
    [
        ("told-of-break-off", {"programme": "fgu"}, ToldOfBreakOff, None),
        ("contact-tried", {"way": "phone"}, ContactTried, date(2026, 11, 16)),
    ],
)
def test_news_is_known_today_and_own_doing_the_day_it_was_done(
    as_staff: Any, youth: Any, kind: str, fields: dict[str, str], event: type, known_on: date | None
) -> None:
    ida = youth()
    send(as_staff(UU), ida, kind, on=date(2026, 11, 16), **fields)
    [entry] = entries(ida, event)
    assert entry.known_at == (noon(known_on) if known_on else ida.house.now)


def test_the_day_the_municipality_was_told_becomes_the_start_of_the_clock(as_staff: Any, youth: Any) -> None:
    ida = youth(born_on=date(2010, 5, 1))
    client = as_staff(UU)
    told = day("known_on", date(2026, 11, 10))
    send(client, ida, "told-of-break-off", on=date(2026, 11, 2), programme="fgu", **told)
    [entry] = entries(ida, ToldOfBreakOff)
    assert entry.known_at == noon(date(2026, 11, 10))
    assert "kommunen fik det at vide 10.11.2026" in text_of(client.get(ida.path))
    assert "Fristen var 17. november 2026." in text_of(client.get(ida.path))


def test_an_assessment_runs_from_the_day_the_municipality_became_aware(as_staff: Any, youth: Any) -> None:
    ida = youth(born_on=date(2012, 5, 1))
    client = as_staff(STAFF[Party.CHILD_SOCIAL])
    form = text_of(client.get(f"{ida.path}/haendelser/ny?slags=child-assessment-opened"))
    assert "Hvornår blev kommunen opmærksom på et muligt behov? (kan udelades)" in form
    assert "Hvornår fik kommunen det at vide?" not in form
    aware = day("known_on", date(2026, 10, 27))
    assert send(client, ida, "child-assessment-opened", on=date(2026, 11, 16), **aware).status_code == 303
    [entry] = entries(ida, ChildAssessmentOpened)
    assert (entry.event.on, entry.known_at) == (date(2026, 11, 16), noon(date(2026, 10, 27)))


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (day("known_on", TODAY + timedelta(days=1)), "Datoen ligger i fremtiden."),
        (day("known_on", date(2026, 11, 1)), "Kommunen kan ikke have fået det at vide, før det skete."),
        ({"known_on_day": "3"}, "Dagen, da kommunen fik det at vide, mangler måned og år."),
    ],
)
def test_an_impossible_day_of_knowing_is_refused(as_staff: Any, youth: Any, known: dict[str, str], said: str) -> None:
    ida = youth()
    answer = send(as_staff(UU), ida, "told-of-break-off", on=date(2026, 11, 2), programme="fgu", **known)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert entries(ida, ToldOfBreakOff) == []


# What is wrong


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (TODAY + timedelta(days=1), "Datoen ligger i fremtiden."),
        (date(2009, 4, 30), "Datoen ligger før den unges fødsel."),
        (None, "Datoen mangler. Skriv dag, måned og år, for eksempel 23 11 2026."),
    ],
)
@pytest.mark.parametrize(
    ("kind", "fields"), [("contact-made", {"way": "phone"}), ("goal-in-own-words", {"words": "Kok"})]
)
def test_an_impossible_day_is_refused_with_the_reason(
    as_staff: Any, youth: Any, house: Any, on: date | None, said: str, kind: str, fields: dict[str, str]
) -> None:
    ida = youth(born_on=date(2009, 5, 1))
    before = house.log.position()
    answer = send(as_staff(UU), ida, kind, on=on, **fields)
    assert answer.status_code == 422
    assert answer.text.count(said) == 2, "in the summary and at the field"
    assert '<a href="#on">' in answer.text
    assert "<title>Fejl: " in answer.text
    assert house.log.position() == before


def test_what_was_written_is_kept_and_the_form_can_be_sent_again(as_staff: Any, youth: Any) -> None:
    ida = youth()
    client, command = as_staff(UU), str(uuid4())
    fields = {"what": "Besøg <FGU>", "responsible": "jobcenter", "due_on_day": "32", "due_on_month": "13"}
    answer = send(client, ida, "plan-step-agreed", command=command, **fields)
    assert answer.status_code == 422
    assert "Der er 3 fejl" in answer.text
    assert "Vælg et svar: Hvem er ansvarlig?" in text_of(answer)
    assert "Vælg et svar: Hvad handler det om?" in text_of(answer)
    assert "Svaret på “Hvornår skal det være gjort?” mangler år." in text_of(answer)
    assert "Besøg &lt;FGU&gt;</textarea>" in answer.text
    assert 'name="due_on_day" inputmode="numeric" autocomplete="off" value="32"' in answer.text
    assert f'name="command" value="{command}"' in answer.text
    right = fields | {"responsible": "uu", "matter": "guidance"} | day("due_on", TODAY)
    assert send(client, ida, "plan-step-agreed", command=command, **right).status_code == 303
    assert len(entries(ida, PlanStepAgreed)) == 1


def test_a_deadline_before_the_agreement_is_refused_at_its_field(as_staff: Any, youth: Any) -> None:
    ida = youth()
    fields = {"what": "Besøg FGU", "responsible": "uu", "matter": "guidance"} | day("due_on", date(2026, 11, 1))
    answer = send(as_staff(UU), ida, "plan-step-agreed", **fields)
    assert answer.status_code == 422
    assert '<a href="#due_on">Fristen ligger før den dag, skridtet blev aftalt.</a>' in answer.text
    assert entries(ida, PlanStepAgreed) == []


@pytest.mark.parametrize(("words", "said"), [("  \r\n ", "Der mangler en tekst."), ("x" * 5001, "Teksten er for lang")])
def test_a_text_must_be_there_and_not_too_long(as_staff: Any, youth: Any, words: str, said: str) -> None:
    ida = youth()
    answer = send(as_staff(UU), ida, "goal-in-own-words", words=words)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert words.strip() in answer.text
    assert entries(ida, GoalInOwnWords) == []


@pytest.mark.parametrize("number", ["010190-1234", "0101901234", "010190 1234", "010190–1234"])
def test_what_looks_like_a_cpr_number_must_be_confirmed(as_staff: Any, youth: Any, number: str) -> None:
    ida = youth()
    client = as_staff(UU)
    answer = send(client, ida, "goal-in-own-words", words=f"Ring på {number}.")
    assert answer.status_code == 422
    assert "Teksten ligner et CPR-nummer." in text_of(answer)
    assert 'name="ikke_cpr"' in answer.text
    assert entries(ida, GoalInOwnWords) == []
    assert send(client, ida, "goal-in-own-words", words=f"Ring på {number}.", ikke_cpr="1").status_code == 303
    assert len(entries(ida, GoalInOwnWords)) == 1


def test_other_numbers_need_no_confirmation(as_staff: Any, youth: Any) -> None:
    page = as_staff(UU).get(f"{youth().path}/haendelser/ny?slags=goal-in-own-words")
    assert "ikke_cpr" not in page.text
    assert "Kun det nødvendige. Skriv ikke diagnoser eller CPR-numre." in text_of(page)
    assert send(as_staff(UU), youth(), "goal-in-own-words", words="Ring 12 34 56 78, uge 47").status_code == 303


def test_a_form_without_its_command_saves_nothing_and_says_so(as_staff: Any, youth: Any) -> None:
    ida = youth()
    answer = send(as_staff(UU), ida, "contact-made", way="phone", command="x")
    assert answer.status_code == 422
    assert "Formularen var for gammel. Se den igennem, og gem igen." in text_of(answer)
    assert entries(ida, ContactMade) == []


def test_without_a_journey_nothing_is_recorded(as_staff: Any, house: Any) -> None:
    with house.db.connection(Role.APPLICATION) as conn:
        person = NewPerson(fictional(date(2010, 1, 1), 7), "Ny Demogaard")
        [entered] = house.register.register_people(conn, [person], house.now)
    before = house.log.position()
    path = f"/unge/{entered.case_number}/haendelser/ny"
    answer = as_staff(UU).submit(path, slags="contact-made", way="phone", **day("on"))
    assert answer.status_code == 422
    assert '<a href="#form">Der er ikke begyndt et forløb for den unge.</a>' in answer.text
    assert house.log.position() == before


def test_without_the_token_of_the_page_nothing_is_recorded(as_staff: Any, youth: Any) -> None:
    ida = youth()
    answer = send(as_staff(UU), ida, "contact-made", way="phone", csrf="x")
    assert answer.status_code == 403
    assert entries(ida, ContactMade) == []


@pytest.mark.parametrize("kind", ["contact-tried", "plan-step-agreed"])
def test_the_day_of_today_is_filled_in_only_where_it_is_the_rule(as_staff: Any, youth: Any, kind: str) -> None:
    page = as_staff(UU).get(f"{youth().path}/haendelser/ny?slags={kind}")
    filled = 'name="on_day" inputmode="numeric" autocomplete="off" value="23"' in page.text
    assert filled is (kind == "plan-step-agreed")
    assert 'data-today="2026-11-23"' in page.text
