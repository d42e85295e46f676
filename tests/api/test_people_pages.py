"""Den unge: what has slipped and why, the plan, the life, what happened – and what is kept from the reader."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import partial
from html import unescape
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest

from api.people_pages import way_back
from api.words import PARTIES
from database import Role
from domain.codes import ContactWay, KeyGroup, Matter, Party, PlacementForm, Programme, ReturnReason, StartReason
from domain.decisions import agree_step, record_fact, return_handover, say_goal, take_over
from domain.events import (
    ContactMade,
    ContactTried,
    EducationStarted,
    MilepaelenStarted,
    PlacementStarted,
    ReferredToMilepaelen,
    ToldOfBreakOff,
)
from domain.text import FreeText
from eventlog import Actor, ActorKind, Source, Step, journey
from people.cpr import fictional
from people.register import NewPerson
from projections.again import work_out_again

UU, CHILD, WORK, MILEPAELEN, BENEFITS = (
    "mette-vejleder",
    "jens-raadgiver",
    "karen-jobkonsulent",
    "maja-mentor",
    "yrsa-ydelse",
)
TODAY = date(2026, 11, 23)
BY_UU = Actor(kind=ActorKind.STAFF, id=UU, unit="uu-nordvest", role=Party.UU)


def text_of(answer: Any) -> str:
    """What a person reads on the page."""
    main = re.sub(r"(?s).*<main[^>]*>|</main>.*", "", answer.text)
    return " ".join(unescape(re.sub(r"(?s)<svg.*?</svg>|<[^>]+>", " ", main)).split())


def part(answer: Any, first: str, last: str | None = None) -> str:
    """What is read from one heading to the next."""
    said = text_of(answer)
    said = said[said.index(first) :]
    return said[: said.index(last)] if last else said


def broke_off(youth: Any, name: str = "Ida Demogaard", known_on: date = date(2026, 10, 20)) -> Any:
    return_on = date(2026, 10, 1)
    ida = youth(name, born_on=date(2009, 5, 1))
    ida.happened(EducationStarted(on=date(2025, 8, 10), programme=Programme.VOCATIONAL))
    ida.happened(ToldOfBreakOff(on=return_on, programme=Programme.VOCATIONAL), known_on=known_on)
    return ida


def agrees(one: Any, what: str, due_on: date, *, on: date = TODAY, responsible: Party = Party.UU) -> UUID:
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
    one.record(decide, by=BY_UU)
    return step_id


# Who it is


def test_the_page_says_who_it_is_about_and_the_title_does_not(as_staff: Any, youth: Any) -> None:
    ida, _ = youth("Ida Demogaard", born_on=date(2009, 5, 1)), youth("Åse Fiktivholm")
    page = as_staff(UU).get(ida.path)
    assert page.status_code == 200
    assert "<title>Den unge – Ungeindsats</title>" in page.text
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page.text) == ["Ida Demogaard"]
    assert f"17 år (f. 01.05.2009 ) Sag {ida.case_number} Koordinerer: UU" in text_of(page)
    assert "Skolegang: Skole siden" in text_of(page)
    assert "Vejledning: UU siden" in text_of(page)
    assert "Åse" not in page.text
    assert ida.cpr.digits not in page.text
    assert str(ida.id) not in page.text


def test_every_look_is_written_down(as_staff: Any, youth: Any, house: Any) -> None:
    ida, bo = youth("Ida Demogaard"), youth("Bo Demogaard")
    as_staff(UU).get(ida.path)
    with house.db.connection(Role.APPLICATION) as conn:
        rows = conn.execute("select person_id, staff_id, category, route from read_log where category = 'person'")
        assert rows.fetchall() == [(ida.id, UU, "person", "/unge/{case_number}")]
    assert bo.id != ida.id


def test_an_unknown_number_and_a_role_without_the_right_get_the_same_answer(as_staff: Any, youth: Any) -> None:
    youth()
    unknown = as_staff(UU).get("/unge/100000")
    assert unknown.status_code == 404
    assert "eller du har ikke adgang" in unknown.text
    assert as_staff(UU).get("/unge/ida-demogaard").status_code == 404


def test_a_name_of_200_characters_is_shown_whole_and_escaped(as_staff: Any, youth: Any) -> None:
    name = ("Maria-Louise Aleksandra <b>Østergaard</b> " * 6)[:195].strip()
    page = as_staff(UU).get(youth(name).path)
    assert name in unescape(page.text)
    assert "<b>Østergaard" not in page.text


def test_protection_of_name_and_address_is_said(as_staff: Any, youth: Any) -> None:
    hidden, other = youth("Ida Demogaard", protected=True), youth("Bo Demogaard")
    client = as_staff(UU)
    assert "Navne- og adressebeskyttelse" in text_of(client.get(hidden.path))
    assert "Navne- og adressebeskyttelse" not in text_of(client.get(other.path))


# What is overdue


def test_the_red_box_says_what_since_when_and_whose_move_it_is(as_staff: Any, youth: Any) -> None:
    ida, bo = broke_off(youth), youth("Bo Demogaard")
    page = as_staff(UU).get(ida.path)
    assert "Kontakt efter afbrud – 19 arbejdsdage over fristen" in text_of(page)
    assert "Fristen var 27. oktober 2026. Næste skridt: UU (din afdeling) – få kontakt med den unge." in text_of(page)
    assert f'href="{ida.path}/haendelser/ny?slags=contact-made"' in page.text
    assert "og 1 anden:" in text_of(page)
    assert page.text.count("box-overdue") == 1
    assert "box-overdue" not in as_staff(UU).get(bo.path).text


def test_the_box_says_to_others_whom_they_wait_for(as_staff: Any, youth: Any) -> None:
    ida = broke_off(youth)
    said = text_of(as_staff(WORK).get(ida.path))
    assert "Næste skridt: UU – kontakt med den unge." in said
    assert "din afdeling" not in said


def test_why_it_is_overdue_can_be_counted_again(as_staff: Any, youth: Any) -> None:
    ida = broke_off(youth)
    ida.happened(ContactTried(on=date(2026, 10, 23), way=ContactWay.PHONE))
    why = part(as_staff(UU).get(ida.path), "Hvorfor er den overskredet?", "og 1 anden")
    assert "KUI-02, version 1: Kontakt efter afbrud (Lovfrist)" in why
    assert "KUI-bekendtgørelsen § 10: 5 arbejdsdage" in why
    assert "Sikkerhed: bekræftet i en ældre kilde" in why
    assert "Afbrud meldt: skete 01.10.2026, kommunen fik det at vide 20.10.2026" in why
    assert "Talte dage: on. 21.10, to. 22.10, fr. 23.10, ma. 26.10, ti. 27.10." in why
    assert "Sprunget over: 2 weekenddage." in why
    assert "Hvem har den UU. Fra Uddannelsessted til UU. Det opfylder den “Kontakt opnået”." in why
    assert "Det er forsøgt Kontakt forsøgt: skete 23.10.2026." in why
    assert "Et forsøg stopper ikke fristen" in why


def test_both_readings_of_the_law_are_shown_and_the_earliest_counts(as_staff: Any, youth: Any) -> None:
    ida = broke_off(youth)
    ida.happened(ContactMade(on=date(2026, 10, 26), way=ContactWay.PHONE))
    why = part(as_staff(UU).get(ida.path), "KUI-03, version 1", "Fælles plan")
    first = "Læsning 1 af 2 30 dage efter at der blev skabt kontakt (lovens dato): 25.11.2026. Regnet fra 26.10.2026"
    assert first in why
    assert "Læsning 2 af 2 30 dage efter afbruddet (lovens dato): 31.10.2026 – den tidligste, så den gælder." in why


def test_a_reading_that_waits_for_something_says_for_what(as_staff: Any, youth: Any) -> None:
    why = part(as_staff(UU).get(broke_off(youth).path), "KUI-03, version 1")
    assert "Ikke begyndt: venter på “Kontakt opnået”." in why


def test_closed_days_are_named(as_staff: Any, youth: Any, clock: Any) -> None:
    clock.now = datetime(2027, 1, 11, 8, tzinfo=UTC)
    ida = broke_off(youth, known_on=date(2026, 12, 23))
    said = text_of(as_staff(UU).get(ida.path))
    assert "Sprunget over: fr. 25.12 (juledag), 2 weekenddage." in said


def test_nobody_is_blamed_for_what_could_not_be_known(as_staff: Any, youth: Any) -> None:
    late, early = broke_off(youth, known_on=date(2026, 11, 10)), broke_off(youth, "Bo Demogaard")
    client = as_staff(UU)
    said = "Fristen kunne ikke nås: kommunen fik det først at vide 10. november 2026."
    assert said in text_of(client.get(late.path))
    assert "kunne ikke nås" not in text_of(client.get(early.path))


def test_when_the_last_deadline_is_kept_the_box_is_gone(as_staff: Any, youth: Any) -> None:
    ida = broke_off(youth)
    ida.happened(ContactMade(on=date(2026, 10, 26), way=ContactWay.VISIT))
    ida.happened(EducationStarted(on=date(2026, 10, 30), programme=Programme.FGU))
    page = as_staff(UU).get(ida.path)
    assert "box-overdue" not in page.text
    assert "Ingen frister løber lige nu." in text_of(page)


# The common plan


def test_the_young_persons_own_goal_stands_on_top_in_their_words(as_staff: Any, youth: Any) -> None:
    ida, bo = youth("Ida Demogaard"), youth("Bo Demogaard")
    for on, words in ((date(2026, 9, 1), "Jeg vil være kok."), (date(2026, 11, 1), "Jeg vil\nvære <bager>.")):
        ida.record(partial(say_goal, words=FreeText(words), on=on), by=BY_UU)
    client = as_staff(UU)
    page = client.get(ida.path)
    assert "”Jeg vil<br>være &lt;bager&gt;.”" in page.text
    assert "Den unges eget mål, sagt 01.11.2026" in text_of(page)
    assert "Tidligere mål 01.09.2026 ”Jeg vil være kok.”" in text_of(page)
    assert "Den unges eget mål er ikke skrevet ned endnu." in text_of(client.get(bo.path))


def test_steps_show_who_by_when_and_how_they_stand(as_staff: Any, youth: Any) -> None:
    ida, bo = youth("Ida Demogaard"), youth("Bo Demogaard")
    agrees(ida, "Besøg FGU", date(2026, 12, 4))
    agrees(ida, "Ring til skolen", date(2026, 11, 13), on=date(2026, 11, 1), responsible=Party.SCHOOL)
    page = as_staff(UU).get(ida.path)
    plan = part(page, "Fælles plan", "Forløb 13–30")
    assert "Næste: Ring til skolen – Skole , frist 13.11.2026" in plan
    assert "Ring til skolen Skole 13.11.2026 Frist overskredet" in plan
    assert "Besøg FGU UU 04.12.2026 Åbent" in plan
    assert "Besøg FGU" not in as_staff(UU).get(bo.path).text
    assert page.text.index("Fælles plan") < page.text.index("Forløb 13–30") < page.text.index(">Hændelser<")


def test_a_step_is_done_by_one_press_and_pressed_twice_it_is_one_event(as_staff: Any, youth: Any, house: Any) -> None:
    ida = youth()
    step = agrees(ida, "Besøg FGU", date(2026, 12, 4))
    client, command = as_staff(UU), str(uuid4())
    before = house.log.position()
    for _ in range(2):
        answer = client.submit(f"{ida.path}/skridt/{step}/gjort", command=command)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{ida.path}?besked=gemt")
    assert house.log.position() == before + 1
    assert "Gjort og fravalgt (1) Besøg FGU UU , frist 04.12.2026 Gjort 23.11.2026" in text_of(client.get(ida.path))


def test_a_step_of_somebody_else_cannot_be_done_here(as_staff: Any, youth: Any, house: Any) -> None:
    ida, bo = youth("Ida Demogaard"), youth("Bo Demogaard")
    step = agrees(ida, "Besøg FGU", date(2026, 12, 4))
    before = house.log.position()
    answer = as_staff(UU).submit(f"{bo.path}/skridt/{step}/gjort")
    assert answer.status_code == 409
    assert "Skridtet findes ikke i planen." in answer.text
    assert as_staff(UU).submit(f"{bo.path}/skridt/intet/gjort").status_code == 422
    assert house.log.position() == before


def test_whoever_is_to_give_finds_the_way_to_send(as_staff: Any, youth: Any) -> None:
    frida = youth("Frida Demogaard", born_on=date(2003, 3, 1))
    frida.happened(ReferredToMilepaelen(on=date(2026, 11, 18), by=Party.EMPLOYMENT, purpose=FreeText("Hverdag.")))
    giver, receiver = as_staff(WORK).get(frida.path), as_staff(MILEPAELEN).get(frida.path)
    found = re.search(rf'href="({frida.path}/overleveringer/ny\?frist=MIL-01%3A[0-9a-f-]+)"', giver.text)
    assert found
    assert "overleveringer/ny?frist=" not in receiver.text
    assert f'href="{frida.path}/overleveringer/ny"' in receiver.text
    assert "Venter på Beskæftigelse" in text_of(receiver)


def test_open_handovers_stand_with_their_state_and_are_not_seen_by_looking_here(as_staff: Any, youth: Any) -> None:
    ida = youth()
    handover = ida.sends(
        Party.SCHOOL, Party.UU, matter=Matter.SCHOOLING, on=date(2026, 11, 2), answer_by=date(2026, 11, 16)
    )
    client = as_staff(UU)
    for _ in range(2):
        page = client.get(ida.path)
        assert "Skolegang, sendt 02.11.2026 , svar senest 16.11.2026 svar mangler Læs og svar" in text_of(page)
        assert ">Sendt</span>" in page.text
        assert f'href="{ida.path}/overleveringer/{handover}"' in page.text
    assert "Se overleveringen" in text_of(as_staff("laila-laerer").get(ida.path))


def test_answered_handovers_move_to_the_earlier_ones(as_staff: Any, youth: Any) -> None:
    ida = youth()
    for answer in (
        partial(take_over, on=TODAY),
        partial(return_handover, on=TODAY, reason=ReturnReason.OTHER, words=FreeText("Nej.")),
    ):
        handover = ida.sends(
            Party.SCHOOL if answer.func is return_handover else Party.UU,
            Party.UU if answer.func is return_handover else Party.CHILD_SOCIAL,
            matter=Matter.SCHOOLING if answer.func is return_handover else Matter.GUIDANCE,
            on=date(2026, 11, 18),
            answer_by=date(2026, 11, 25),
        )
        by = Party.UU if answer.func is return_handover else Party.CHILD_SOCIAL
        ida.record(partial(answer, handover_id=handover, by=by))
    said = text_of(as_staff(UU).get(ida.path))
    assert "Ingen overleveringer venter på svar." in said
    assert "Tidligere overleveringer (2)" in said
    assert "Vejledning: Børn & Familie siden 23.11.2026" in said


# The life


def test_the_timeline_is_a_drawing_and_a_table_that_say_the_same(as_staff: Any, youth: Any) -> None:
    page = as_staff(UU).get(broke_off(youth).path)
    assert "<title>Forløb fra 13 til 30 år</title>" in page.text
    assert "<desc>Overskredet: Kontakt efter afbrud, frist 27.10.2026.</desc>" in page.text
    assert "UU Erhvervsuddannelse 10.08.2025 01.10.2026 Afbrudt" in text_of(page)
    assert f"{PARTIES[Party.EDUCATION]} til UU Kontakt efter afbrud 27.10.2026 – Frist overskredet" in text_of(page)


@pytest.mark.parametrize(("zoom", "said"), [("13-18", "13 til 18"), ("18-30", "18 til 30"), ("../x", "13 til 30")])
def test_a_part_of_the_life_can_be_looked_at_closer(as_staff: Any, youth: Any, zoom: str, said: str) -> None:
    page = as_staff(UU).get(f"{youth().path}?alder={quote(zoom)}")
    assert f"<title>Forløb fra {said} år</title>" in page.text


def test_over_thirty_the_page_says_so_and_still_shows_everything(as_staff: Any, youth: Any) -> None:
    ole = youth("Ole Demogaard", born_on=date(1996, 3, 1), started_on=date(2020, 1, 5))
    ole.happened(MilepaelenStarted(on=date(2025, 1, 15)))
    page = as_staff(UU).get(ole.path)
    assert "Den unge fyldte 30 år den 01.03.2026" in text_of(page)
    assert "I dag: 30 år" in page.text
    assert "Første dag på Milepælen" in text_of(page)


# What happened


def test_events_stand_newest_first_with_the_times_that_differ(as_staff: Any, youth: Any) -> None:
    ida = broke_off(youth)
    events = part(as_staff(UU).get(ida.path), "Hændelser")
    assert "01.10.2026 kommunen fik det at vide 20.10.2026 (19 dage senere) UU Afbrudt: erhvervsuddannelse" in events
    assert events.index("Afbrudt") < events.index("Begyndte på erhvervsuddannelse")
    assert events.index("Begyndte på") < events.index("UU har ansvaret for vejledning")
    assert events.rindex("Forløbet begyndte") > events.index("UU har ansvaret for vejledning")


def test_what_was_recorded_late_says_when(as_staff: Any, youth: Any, house: Any) -> None:
    ida = youth()
    event = ContactTried(on=date(2026, 11, 16), way=ContactWay.LETTER)
    known_at = datetime(2026, 11, 16, 11, tzinfo=UTC)
    house.log.record(
        journey(ida.id),
        partial(record_fact, event=event, today=TODAY),
        by=BY_UU,
        known_at=known_at,
        command_id=uuid4(),
        recorded_at=datetime(2026, 11, 20, 11, tzinfo=UTC),
    )
    assert "16.11.2026 registreret 20.11.2026 UU Kontakt forsøgt (brev), ikke opnået" in text_of(
        as_staff(UU).get(ida.path)
    )


def test_a_correction_says_that_it_is_one_and_what_stood_before(as_staff: Any, youth: Any, house: Any) -> None:
    ida = youth()
    for programme, day in ((Programme.FGU, 2), (Programme.STU, 9)):
        event = EducationStarted(on=date(2026, 11, 1), programme=programme)
        at = datetime(2026, 11, day, 11, tzinfo=UTC)
        step = Step(
            stream=journey(ida.id),
            decide=partial(record_fact, event=event, today=TODAY),
            source=Source("uu", "4711"),
        )
        house.log.record_many([step], by=BY_UU, known_at=at, recorded_at=at)
    events = part(as_staff(UU).get(ida.path), "Hændelser")
    assert "Begyndte på STU Rettet 09.11.2026 Vis, hvad der stod før Begyndte på FGU" in events
    assert events.count("Begyndte på STU") == 1


def test_events_can_be_filtered_by_party(as_staff: Any, youth: Any) -> None:
    ida = broke_off(youth)
    client = as_staff(UU)
    assert "har ansvaret for" not in part(client.get(f"{ida.path}?part=uu"), "Hændelser")
    assert "Afbrudt" not in part(client.get(f"{ida.path}?part=municipality"), "Hændelser")
    assert "Ingen hændelser fra Skole. Vis alle" in text_of(client.get(f"{ida.path}?part=school"))
    assert "Afbrudt" in part(client.get(f"{ida.path}?part=jobcenter"), "Hændelser")


def test_there_are_fifty_events_on_a_page(as_staff: Any, youth: Any) -> None:
    ida = youth("Ida Demogaard", born_on=date(2009, 5, 1), started_on=date(2024, 8, 1))
    for number in range(60):
        ida.happened(ContactTried(on=date(2025, 1, 1) + timedelta(days=number), way=ContactWay.PHONE))
    client = as_staff(UU)
    first, second = client.get(ida.path), client.get(f"{ida.path}?side=2&part=uu")
    assert first.text.count("Kontakt forsøgt (telefon)") == 50
    assert "Viser 1–50 af 65" in text_of(first)
    assert second.text.count("Kontakt forsøgt (telefon)") == 10
    for strange in ("0", "-1", "99", "²", "to", "9" * 400):
        assert client.get(f"{ida.path}?side={strange}").status_code == 200, strange


def test_a_long_text_is_folded(as_staff: Any, youth: Any) -> None:
    frida = youth("Frida Demogaard", born_on=date(2003, 3, 1))
    long = "Ord " * 1200
    frida.happened(ReferredToMilepaelen(on=date(2026, 11, 18), by=Party.EMPLOYMENT, purpose=FreeText(long.strip())))
    page = as_staff(WORK).get(frida.path)
    assert page.text.count(long.strip()) == 1
    assert re.search(r"<summary>Vis teksten</summary><p>Ord Ord", page.text)


# What is kept from the reader


def test_uu_sees_nothing_of_social_facts_but_that_they_exist(as_staff: Any, youth: Any) -> None:
    placed = youth("Ida Demogaard", born_on=date(2009, 5, 1), reason=StartReason.PLACED)
    placed.happened(PlacementStarted(on=date(2024, 10, 7), form=PlacementForm.FOSTER_FAMILY))
    other = youth("Bo Demogaard")
    told, silent = as_staff(UU).get(placed.path), as_staff(UU).get(other.path)
    for word in ("plejefamilie", "anbragt", "anbringelse", "ungestøtte", "OVG-05", "07.10.2024", "2024-10-07"):
        assert word.lower() not in told.text.lower(), word
    assert "Oplysninger om sociale forhold vises ikke for din rolle." in text_of(told)
    assert not re.search(r"\d+ oplysninger", text_of(told))
    assert "sociale forhold" not in silent.text
    allowed = text_of(as_staff(CHILD).get(placed.path))
    assert "Anbragt uden for hjemmet: plejefamilie" in allowed
    assert "Grund til forløbet: anbragt uden for hjemmet" in allowed
    assert "Afgørelse om ungestøtte –" in allowed
    assert "Oplysninger om sociale forhold" not in allowed


def test_what_a_role_is_never_told_of_is_said_the_same_on_everybodys_page(as_staff: Any, youth: Any) -> None:
    placed, other = youth("Ida Demogaard"), youth("Bo Demogaard")
    placed.happened(PlacementStarted(on=date(2026, 11, 2), form=PlacementForm.OWN_ROOM))
    client = as_staff(MILEPAELEN)
    pages = [text_of(client.get(one.path)) for one in (placed, other)]
    said = [page[page.index("Din rolle omfatter ikke") :] for page in pages]
    assert said[0] == said[1]
    assert "sociale forhold" in said[0]
    assert "vises ikke for din rolle" not in pages[0]


def test_what_was_erased_is_said_to_those_who_may_know_that_it_was_there(as_staff: Any, youth: Any) -> None:
    placed = youth("Ida Demogaard", born_on=date(2009, 5, 1), reason=StartReason.PLACED)
    placed.happened(PlacementStarted(on=date(2024, 10, 7), form=PlacementForm.FOSTER_FAMILY))
    placed.house.catch_up()
    with placed.house.db.connection(Role.ERASER) as conn:
        placed.house.log.erase(conn, uuid4(), placed.id, KeyGroup.SOCIAL, placed.house.now)
    work_out_again(placed.house.db, placed.house.log, [placed.id])
    said = "Oplysninger om sociale forhold er slettet, fordi de ikke må opbevares længere."
    for reader in (UU, CHILD):
        page = as_staff(reader).get(placed.path)
        assert said in text_of(page)
        assert "plejefamilie" not in page.text
        assert "vises ikke for din rolle" not in text_of(page)
    assert said not in text_of(as_staff(MILEPAELEN).get(placed.path))


def test_free_text_is_shown_only_to_those_who_may_read_the_class_in_full(as_staff: Any, youth: Any) -> None:
    ida = youth("Ida Demogaard")
    ida.record(partial(say_goal, words=FreeText("MÆRKE-MÅL"), on=TODAY), by=BY_UU)
    agrees(ida, "MÆRKE-SKRIDT", date(2026, 12, 4))
    ida.sends(Party.UU, Party.CHILD_SOCIAL, on=TODAY, answer_by=date(2026, 12, 1), note="MÆRKE-NOTE")
    full, summary = as_staff(CHILD).get(ida.path), as_staff(BENEFITS).get(ida.path)
    assert {"MÆRKE-MÅL", "MÆRKE-SKRIDT", "MÆRKE-NOTE"} <= set(re.findall(r"MÆRKE-[A-ZÆØÅ]+", full.text))
    assert "MÆRKE" not in summary.text
    assert "Skridt om vejledning UU 04.12.2026 Åbent" in text_of(summary)


def test_a_box_that_cannot_be_explained_to_the_reader_says_so(as_staff: Any, youth: Any) -> None:
    ida = youth()
    ida.sends(Party.SCHOOL, Party.UU, matter=Matter.SCHOOLING, on=date(2026, 11, 2), answer_by=date(2026, 11, 16))
    said = text_of(as_staff(UU).get(ida.path))
    assert "Svar på overlevering: skolegang – 5 arbejdsdage over fristen" in said
    assert "Skole sendte overleveringen 02.11.2026 og bad om svar senest 16.11.2026 ." in said


# Nothing yet


def test_a_new_journey_has_two_first_actions(as_staff: Any, youth: Any) -> None:
    new, other = youth("Ida Demogaard"), broke_off(youth, "Bo Demogaard")
    client = as_staff(UU)
    page = client.get(new.path)
    assert "Ingen hændelser endnu." in text_of(page)
    assert f'href="{new.path}/haendelser/ny?slags=goal-in-own-words"' in page.text
    assert f'href="{new.path}/haendelser/ny?slags=plan-step-agreed"' in page.text
    assert "Ingen hændelser endnu" not in text_of(client.get(other.path))


def test_somebody_in_the_register_without_a_journey_has_a_page(as_staff: Any, house: Any) -> None:
    with house.db.connection(Role.APPLICATION) as conn:
        person = NewPerson(fictional(date(2010, 1, 1), 7), "Ny Demogaard")
        [entered] = house.register.register_people(conn, [person], house.now)
    page = as_staff(UU).get(f"/unge/{entered.case_number}")
    assert page.status_code == 200
    assert "Der er ikke begyndt et forløb for den unge." in text_of(page)
    assert "Ingen hændelser endnu." in text_of(page)
    assert "<svg xmlns" not in page.text


# The way back


def test_the_way_back_keeps_the_lists_own_view(as_staff: Any, youth: Any) -> None:
    page = as_staff(UU).get(f"{youth().path}?liste={quote('frist=overskredet&side=2')}")
    assert re.search(r'<a href="(/arbejdsliste\?[^"]+)">Tilbage til arbejdslisten</a>', page.text)
    assert re.search(r"alder=13-18[^\"]*#forloeb", page.text)
    assert re.search(r"haendelser/ny\?liste=", page.text)


@pytest.mark.parametrize("path", ["/arbejdsliste?frist=overskredet", "/moeder/7f/vis/2"])
def test_an_address_of_ours_leads_back(path: str) -> None:
    assert way_back(path).href == path


@pytest.mark.parametrize(
    "path",
    ["", "https://ondt.example/", "//ondt.example", "/\\ondt.example", "javascript:alert(1)", "/a\nb", "/" + "x" * 999],
)
def test_any_other_address_leads_to_the_list(path: str) -> None:
    assert way_back(path).href == "/arbejdsliste"


def test_the_page_runs_no_script_and_no_style_of_its_own(as_staff: Any, youth: Any) -> None:
    page = as_staff(UU).get(broke_off(youth).path)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", page.text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page.text)
