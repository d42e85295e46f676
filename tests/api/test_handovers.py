"""Overleveringer: the form, the page of one handover, and the answers of the two whom it is between."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest

from database import Role
from domain.codes import ContactWay, KeyGroup, Matter, Party, PlacementForm, Programme
from domain.events import (
    ContactMade,
    Event,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverTakenOver,
    HandoverWithdrawn,
    PlacementStarted,
    ReferredToMilepaelen,
    ResponsibilityEstablished,
    ToldOfBreakOff,
)
from domain.text import FreeText
from people.read_log import reads_of

TODAY = date(2026, 11, 23)
UU, MILEPAELEN, CHILD, ADULT = "mette-vejleder", "maja-mentor", "jens-raadgiver", "vibeke-voksenraadgiver"
SCHOOL, BENEFITS, EMPLOYMENT = "laila-laerer", "yrsa-ydelse", "karen-jobkonsulent"
NEXT_WEEK = {"answer_by_day": "30", "answer_by_month": "11", "answer_by_year": "2026"}

Youths = Callable[..., Any]
AsStaff = Callable[..., Any]


def events_of(one: Any) -> list[Event]:
    return [entry.event for entry in one.house.log.history(one.id).entries]


def protocol(one: Any) -> list[type]:
    kinds = (HandoverSent, HandoverSeen, HandoverTakenOver, HandoverReturned, HandoverWithdrawn)
    return [type(event) for event in events_of(one) if isinstance(event, kinds)]


def only(one: Any, kind: type) -> Any:
    [found] = [event for event in events_of(one) if isinstance(event, kind)]
    return found


def text(answer: Any) -> str:
    """The page's main part as a reader has it."""
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def fields(**changed: Any) -> dict[str, Any]:
    return {"matter": "guidance", "receiver": "milepaelen", "note": "Vil gerne i praktik.", **NEXT_WEEK} | changed


def items_on(page: Any, *, ticked: bool | None = None) -> list[str]:
    boxes = re.findall(r'name="items" value="([^"]+)"( checked)?', page.text)
    return [value for value, on in boxes if ticked is None or bool(on) == ticked]


@pytest.fixture
def ida(youth: Youths) -> Any:
    return youth("Ida Demogaard", events=[ToldOfBreakOff(on=date(2026, 11, 2), programme=Programme.FGU)])


@pytest.fixture
def sent(ida: Any) -> Any:
    """UU has sent Ida's guidance to Milepælen."""
    on = date(2026, 11, 16)
    note = "Vil gerne i praktik hos en smed."
    return ida.sends(Party.UU, Party.MILEPAELEN, on=on, answer_by=date(2026, 11, 27), note=note)


# The form


def test_the_form_offers_what_the_department_has_or_nobody_has(as_staff: AsStaff, ida: Any) -> None:
    page = as_staff(UU).get(f"{ida.path}/overleveringer/ny")
    assert page.status_code == 200
    offered = re.findall(r'<option value="([a-z_]+)"', page.text.partition('id="receiver"')[0])
    assert offered == ["guidance", "child_support", "adult_support", "income_and_work", "coordination"]
    assert 'name="answer_by_day"' in page.text
    assert [*re.findall(r'name="answer_by_\w+"[^>]* value="(\d+)"', page.text)] == ["30", "11", "2026"]
    assert "Ida" not in page.text.partition("</title>")[0]


def test_the_receivers_are_those_who_can_see_it_and_answer(as_staff: AsStaff, ida: Any) -> None:
    page = as_staff(UU).get(f"{ida.path}/overleveringer/ny")
    receivers = re.findall(
        r'<option value="([a-z_]+)"', page.text.partition('id="receiver"')[2].partition("</select>")[0]
    )
    assert "uu" not in receivers
    assert "education" not in receivers
    assert "milepaelen" in receivers


def test_a_deadline_fills_in_matter_and_receiver(as_staff: AsStaff, youth: Youths) -> None:
    one = youth("Bo Fiktivholm", born_on=date(2005, 5, 1))
    one.happened(ReferredToMilepaelen(on=date(2026, 11, 9), by=Party.EMPLOYMENT, purpose=FreeText("Praktik")))
    house = one.house
    house.catch_up()
    with house.db.connection(Role.APPLICATION) as conn:
        [key] = conn.execute("select row_key from worklist where rule_id = 'MIL-01'").fetchone()
    browser = as_staff(EMPLOYMENT)
    page = browser.get(f"{one.path}/overleveringer/ny", params={"frist": key})
    assert 'value="income_and_work" selected' in page.text
    assert 'value="milepaelen" selected' in page.text
    browser.submit(f"{one.path}/overleveringer/ny", **fields(matter="income_and_work", frist=key))
    assert only(one, HandoverSent).rule == "MIL-01"


def test_what_is_sent_otherwise_than_the_deadline_asks_is_not_sent_for_it(as_staff: AsStaff, youth: Youths) -> None:
    one = youth(born_on=date(2005, 5, 1))
    one.happened(ReferredToMilepaelen(on=date(2026, 11, 9), by=Party.EMPLOYMENT, purpose=FreeText("Praktik")))
    one.house.catch_up()
    with one.house.db.connection(Role.APPLICATION) as conn:
        [key] = conn.execute("select row_key from worklist where rule_id = 'MIL-01'").fetchone()
    changed = fields(matter="income_and_work", frist=key, receiver="benefits")
    as_staff(EMPLOYMENT).submit(f"{one.path}/overleveringer/ny", **changed)
    assert only(one, HandoverSent).rule is None


def test_a_deadline_of_others_says_whose_turn_it_is(as_staff: AsStaff, youth: Youths) -> None:
    one = youth(born_on=date(2005, 5, 1))
    one.happened(ReferredToMilepaelen(on=date(2026, 11, 9), by=Party.EMPLOYMENT, purpose=FreeText("Praktik")))
    one.house.catch_up()
    with one.house.db.connection(Role.APPLICATION) as conn:
        [key] = conn.execute("select row_key from worklist where rule_id = 'MIL-01'").fetchone()
    page = as_staff(MILEPAELEN).get(f"{one.path}/overleveringer/ny", params={"frist": key})
    assert "skal overleveres af Beskæftigelse" in text(page)


def test_sending_writes_one_event_and_leads_to_the_young_person(as_staff: AsStaff, ida: Any) -> None:
    answer = as_staff(UU).submit(f"{ida.path}/overleveringer/ny", **fields())
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ida.path}?besked=sendt")
    event = only(ida, HandoverSent)
    assert (event.giver, event.receiver, event.matter) == (Party.UU, Party.MILEPAELEN, Matter.GUIDANCE)
    assert (event.on, event.answer_by, event.note) == (TODAY, date(2026, 11, 30), "Vil gerne i praktik.")
    assert event.position < ida.house.log.history(ida.id).entries[-1].position


def test_the_chosen_facts_go_with_it_and_can_be_proved(as_staff: AsStaff, ida: Any) -> None:
    ida.happened(ContactMade(on=date(2026, 11, 5), way=ContactWay.PHONE))
    browser = as_staff(UU)
    chosen = items_on(browser.get(f"{ida.path}/overleveringer/ny"))
    assert len(chosen) == 2
    browser.submit(f"{ida.path}/overleveringer/ny", **fields(items=chosen[:1]))
    event = only(ida, HandoverSent)
    [item] = event.items
    entry = next(one for one in ida.house.log.history(ida.id).entries if one.entry_id == item.entry_id)
    assert isinstance(entry.event, ContactMade)
    assert item.digest == ida.house.log.digest(entry, event.salt)
    assert item.data_class.group is KeyGroup.EDUCATION


def test_only_the_latest_ten_facts_are_ticked_beforehand(as_staff: AsStaff, ida: Any) -> None:
    ida.happened(*(ContactMade(on=date(2026, 10, day), way=ContactWay.PHONE) for day in range(1, 16)))
    page = as_staff(UU).get(f"{ida.path}/overleveringer/ny")
    assert len(items_on(page, ticked=True)) == 10
    assert len(items_on(page, ticked=False)) == 6
    assert "Ældre oplysninger (6)" in page.text


def test_nobody_can_hand_over_what_they_may_not_see(as_staff: AsStaff, ida: Any) -> None:
    ida.happened(PlacementStarted(on=date(2026, 9, 1), form=PlacementForm.FOSTER_FAMILY))
    placed = next(entry for entry in ida.house.log.history(ida.id).entries if isinstance(entry.event, PlacementStarted))
    browser = as_staff(UU)
    assert str(placed.entry_id) not in browser.get(f"{ida.path}/overleveringer/ny").text
    answer = browser.submit(f"{ida.path}/overleveringer/ny", **fields(items=[str(placed.entry_id)]))
    assert answer.status_code == 422
    assert protocol(ida) == []


def test_faults_are_said_and_what_was_written_is_kept(as_staff: AsStaff, ida: Any) -> None:
    browser = as_staff(UU)
    chosen = items_on(browser.get(f"{ida.path}/overleveringer/ny"))
    wrong = fields(matter="", receiver="uu", answer_by_day="31", answer_by_month="2", items=chosen)
    answer = browser.submit(f"{ida.path}/overleveringer/ny", **wrong)
    assert answer.status_code == 422
    assert "Der er 3 fejl" in text(answer)
    assert "Vælg, hvad der skal overleveres." in text(answer)
    assert "Svarfristen findes ikke." in text(answer)
    assert "Vil gerne i praktik." in answer.text
    assert 'value="31"' in answer.text
    assert items_on(answer, ticked=True) == chosen
    assert protocol(ida) == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"note": "  "}, "Skriv, hvad modtageren skal vide."),
        ({"note": "x" * 5001}, "Teksten er for lang"),
        ({"answer_by_day": "20"}, "Svarfristen kan tidligst være i dag."),
        ({"answer_by_year": "2126"}, "Svarfristen kan højst ligge et år frem."),
        ({"command": "noget andet"}, "Formularen var for gammel."),
    ],
)
def test_it_is_not_sent_when(as_staff: AsStaff, ida: Any, changed: dict[str, str], says: str) -> None:
    answer = as_staff(UU).submit(f"{ida.path}/overleveringer/ny", **fields(**changed))
    assert answer.status_code == 422
    assert says in text(answer)
    assert protocol(ida) == []


def test_what_looks_like_a_cpr_number_must_be_confirmed(as_staff: AsStaff, ida: Any) -> None:
    browser = as_staff(UU)
    note = "Telefon til kontoret: 010101-1234"
    answer = browser.submit(f"{ida.path}/overleveringer/ny", **fields(note=note))
    assert answer.status_code == 422
    assert "ligner et CPR-nummer" in text(answer)
    assert 'name="ikke_cpr"' in answer.text
    assert browser.submit(f"{ida.path}/overleveringer/ny", **fields(note=note, ikke_cpr="1")).status_code == 303


def test_a_double_click_is_one_handover(as_staff: AsStaff, ida: Any) -> None:
    browser, command = as_staff(UU), str(uuid4())
    answers = [browser.submit(f"{ida.path}/overleveringer/ny", command=command, **fields()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert protocol(ida) == [HandoverSent]


def test_nobody_hands_over_what_others_have(as_staff: AsStaff, ida: Any) -> None:
    answer = as_staff(UU).submit(f"{ida.path}/overleveringer/ny", **fields(matter="schooling"))
    assert answer.status_code == 422
    assert "Kun den, der har ansvaret, kan overlevere det." in text(answer)
    assert protocol(ida) == []


def test_a_matter_that_is_on_its_way_cannot_be_sent_again(as_staff: AsStaff, ida: Any, sent: UUID) -> None:
    browser = as_staff(UU)
    assert 'value="guidance"' not in browser.get(f"{ida.path}/overleveringer/ny").text
    assert browser.submit(f"{ida.path}/overleveringer/ny", **fields()).status_code == 422
    assert protocol(ida) == [HandoverSent]
    assert sent


def test_who_has_nothing_to_give_is_told_so(as_staff: AsStaff, youth: Youths) -> None:
    one = youth()
    one.happened(*(ResponsibilityEstablished(on=TODAY, matter=matter, holder=Party.UU) for matter in Matter))
    page = as_staff(SCHOOL).get(f"{one.path}/overleveringer/ny")
    assert "ikke noget ansvar, som kan overleveres" in text(page)


# The page


def test_the_receiver_reads_it_and_opening_it_writes_nothing(as_staff: AsStaff, ida: Any, sent: UUID) -> None:
    before = ida.house.log.position()
    page = as_staff(MILEPAELEN).get(f"{ida.path}/overleveringer/{sent}")
    assert page.status_code == 200
    assert "Vil gerne i praktik hos en smed." in text(page)
    assert "Svar senest 27.11.2026" in text(page)
    for button in ("Overtag", "Returnér", "Markér som set"):
        assert f">{button}</button>" in page.text
    assert "Træk tilbage" not in page.text
    assert ida.house.log.position() == before


def test_the_giver_can_take_it_back_and_others_can_do_nothing(as_staff: AsStaff, ida: Any, sent: UUID) -> None:
    giver = as_staff(UU).get(f"{ida.path}/overleveringer/{sent}")
    assert ">Træk tilbage</button>" in giver.text
    assert ">Overtag</button>" not in giver.text
    other = as_staff(SCHOOL).get(f"{ida.path}/overleveringer/{sent}")
    assert "/overtag" not in other.text
    assert "/traek-tilbage" not in other.text


def test_who_reads_dates_only_does_not_get_the_words(as_staff: AsStaff, ida: Any, sent: UUID) -> None:
    page = as_staff(BENEFITS).get(f"{ida.path}/overleveringer/{sent}")
    assert "smed" not in page.text
    assert "Teksten vises ikke for din rolle." in text(page)


def test_who_is_asked_to_answer_reads_the_words_whatever_their_role(as_staff: AsStaff, ida: Any) -> None:
    sent = ida.sends(
        Party.UU, Party.BENEFITS, matter=Matter.COORDINATION, on=TODAY, answer_by=TODAY, note="Om ydelsen."
    )
    assert "Om ydelsen." in text(as_staff(BENEFITS).get(f"{ida.path}/overleveringer/{sent}"))


def test_the_facts_that_go_with_it_are_shown_only_to_those_who_may_see_them(as_staff: AsStaff, ida: Any) -> None:
    ida.happened(PlacementStarted(on=date(2026, 9, 1), form=PlacementForm.FOSTER_FAMILY))
    child = as_staff(CHILD)
    chosen = items_on(child.get(f"{ida.path}/overleveringer/ny"))
    assert len(chosen) == 2
    child.submit(
        f"{ida.path}/overleveringer/ny", **fields(matter="adult_support", receiver="adult_social", items=chosen)
    )
    path = f"{ida.path}/overleveringer/{only(ida, HandoverSent).handover_id}"

    receiver = text(as_staff(ADULT).get(path))
    assert "Anbragt uden for hjemmet: plejefamilie" in receiver
    assert "vises ikke" not in receiver

    uu = text(as_staff(UU).get(path))
    assert "Anbragt" not in uu
    assert "1 oplysning om sociale forhold vises ikke for din rolle." in uu

    school = text(as_staff(SCHOOL).get(path))
    assert "Anbragt" not in school
    assert "sociale forhold" not in school
    assert "oplysning " not in school  # how many there are would tell that there is something


def test_an_overdue_answer_is_said(as_staff: AsStaff, ida: Any) -> None:
    sent = ida.sends(Party.UU, Party.MILEPAELEN, on=date(2026, 11, 2), answer_by=date(2026, 11, 9))
    assert "Svarfristen er overskredet" in text(as_staff(UU).get(f"{ida.path}/overleveringer/{sent}"))


@pytest.mark.parametrize("wrong", ["noget", str(uuid4())])
def test_an_unknown_handover_is_not_there(as_staff: AsStaff, ida: Any, wrong: str) -> None:
    assert as_staff(UU).get(f"{ida.path}/overleveringer/{wrong}").status_code == 404


def test_a_handover_of_somebody_else_is_not_there(as_staff: AsStaff, youth: Youths, sent: UUID) -> None:
    other = youth("Bo Fiktivholm")
    assert as_staff(UU).get(f"{other.path}/overleveringer/{sent}").status_code == 404


def test_every_look_is_logged(as_staff: AsStaff, ida: Any, sent: UUID) -> None:
    as_staff(MILEPAELEN).get(f"{ida.path}/overleveringer/{sent}")
    as_staff(UU).get(f"{ida.path}/overleveringer/ny")
    with ida.house.db.connection(Role.APPLICATION) as conn:
        reads = reads_of(conn, ida.id)
    assert {(read.staff_id, read.category) for read in reads} == {(MILEPAELEN, "handover"), (UU, "handover")}


# The answers


def test_seen_is_said_with_a_button_and_once(as_staff: AsStaff, ida: Any, sent: UUID) -> None:
    browser, path = as_staff(MILEPAELEN), f"{ida.path}/overleveringer/{sent}"
    assert browser.submit(f"{path}/set").headers["location"] == f"{path}?besked=gemt"
    assert browser.submit(f"{path}/set").status_code == 303
    assert protocol(ida) == [HandoverSent, HandoverSeen]
    page = browser.get(path)
    assert "Markér som set" not in page.text
    assert "Set Maja Mentor, Milepælen" in text(page)


def test_looking_as_another_department_is_not_seeing(as_staff: AsStaff, ida: Any, sent: UUID) -> None:
    as_staff(SCHOOL).submit(f"{ida.path}/overleveringer/{sent}/set")
    assert protocol(ida) == [HandoverSent]


def test_taking_over_makes_it_seen_too_and_it_leaves_the_list(as_staff: AsStaff, ida: Any, sent: UUID) -> None:
    browser = as_staff(MILEPAELEN)
    assert ida.case_number in browser.get("/arbejdsliste").text
    talk = {"first_talk_on_day": "1", "first_talk_on_month": "12", "first_talk_on_year": "2026"}
    answer = browser.submit(f"{ida.path}/overleveringer/{sent}/overtag", **talk)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ida.path}?besked=overtaget")
    assert protocol(ida) == [HandoverSent, HandoverSeen, HandoverTakenOver]
    assert only(ida, HandoverTakenOver).first_talk_on == date(2026, 12, 1)
    page = browser.get(f"{ida.path}/overleveringer/{sent}")
    assert "Overtaget; første samtale 01.12.2026" in text(page)
    assert "/overtag" not in page.text
    with ida.house.db.connection(Role.APPLICATION) as conn:
        row = conn.execute("select count(*) from worklist where handover_id = %s and to_position is null", [sent])
        assert row.fetchone() == (0,)


def test_the_first_talk_may_be_left_out_but_not_be_wrong(as_staff: AsStaff, ida: Any, sent: UUID) -> None:
    browser, path = as_staff(MILEPAELEN), f"{ida.path}/overleveringer/{sent}"
    wrong = browser.submit(
        f"{path}/overtag", first_talk_on_day="40", first_talk_on_month="1", first_talk_on_year="2027"
    )
    assert wrong.status_code == 422
    assert 'value="40"' in wrong.text
    assert protocol(ida) == [HandoverSent]
    assert browser.submit(f"{path}/overtag").status_code == 303


def test_returning_needs_a_reason_and_words(as_staff: AsStaff, ida: Any, sent: UUID) -> None:
    browser, path = as_staff(MILEPAELEN), f"{ida.path}/overleveringer/{sent}"
    answer = browser.submit(f"{path}/returner", words="Hvem er kontaktperson?")
    assert answer.status_code == 422
    assert "Vælg en grund." in text(answer)
    assert "Hvem er kontaktperson?" in answer.text
    assert "<details open>" in answer.text

    answer = browser.submit(f"{path}/returner", reason="missing-information", words="Hvem er kontaktperson?")
    assert answer.headers["location"] == f"{ida.path}?besked=returneret"
    assert protocol(ida) == [HandoverSent, HandoverSeen, HandoverReturned]
    giver = text(as_staff(UU).get(path))
    assert "Returneret: der mangler oplysninger" in giver
    assert "Hvem er kontaktperson?" in giver


def test_the_giver_takes_it_back_with_words(as_staff: AsStaff, ida: Any, sent: UUID) -> None:
    browser, path = as_staff(UU), f"{ida.path}/overleveringer/{sent}"
    assert browser.submit(f"{path}/traek-tilbage").status_code == 422
    answer = browser.submit(f"{path}/traek-tilbage", withdraw_words="Sendt ved en fejl.")
    assert answer.headers["location"] == f"{ida.path}?besked=trukket"
    assert protocol(ida) == [HandoverSent, HandoverWithdrawn]


def test_words_of_an_answer_that_look_like_a_cpr_number_must_be_confirmed(
    as_staff: AsStaff, ida: Any, sent: UUID
) -> None:
    browser, path = as_staff(UU), f"{ida.path}/overleveringer/{sent}"
    answer = browser.submit(f"{path}/traek-tilbage", withdraw_words="Se 0101011234")
    assert answer.status_code == 422
    assert 'name="ikke_cpr"' in answer.text
    assert browser.submit(f"{path}/traek-tilbage", withdraw_words="Se 0101011234", ikke_cpr="1").status_code == 303


@pytest.mark.parametrize(
    ("staff", "action", "more"),
    [
        (SCHOOL, "overtag", {}),
        (UU, "overtag", {}),
        (SCHOOL, "returner", {"reason": "other", "words": "Nej"}),
        (MILEPAELEN, "traek-tilbage", {"withdraw_words": "Nej"}),
    ],
)
def test_nobody_answers_for_another_department(
    as_staff: AsStaff, ida: Any, sent: UUID, staff: str, action: str, more: dict[str, str]
) -> None:
    answer = as_staff(staff).submit(f"{ida.path}/overleveringer/{sent}/{action}", **more)
    assert answer.status_code == 409
    assert protocol(ida) == [HandoverSent]


def test_who_answers_second_is_told_and_keeps_the_text(as_staff: AsStaff, ida: Any, sent: UUID) -> None:
    path = f"{ida.path}/overleveringer/{sent}"
    maja, ole = as_staff(MILEPAELEN), as_staff("ole-opstart")
    assert maja.submit(f"{path}/overtag").status_code == 303
    answer = ole.submit(f"{path}/returner", reason="other", words="Vi har ikke plads.")
    assert answer.status_code == 409
    assert "allerede besvaret" in text(answer)
    assert "Vi har ikke plads." in text(answer)
    assert "Overtaget Maja Mentor, Milepælen" in text(answer)
    assert ole.submit(f"{path}/overtag").status_code == 409
    assert protocol(ida) == [HandoverSent, HandoverSeen, HandoverTakenOver]


def test_a_double_click_on_take_over_is_one_answer(as_staff: AsStaff, ida: Any, sent: UUID) -> None:
    browser, command = as_staff(MILEPAELEN), str(uuid4())
    path = f"{ida.path}/overleveringer/{sent}/overtag"
    assert [browser.submit(path, command=command).status_code for _ in range(2)] == [303, 303]
    assert protocol(ida) == [HandoverSent, HandoverSeen, HandoverTakenOver]


def test_two_answers_at_the_same_moment_are_one_answer(as_staff: AsStaff, ida: Any, sent: UUID) -> None:
    path = f"{ida.path}/overleveringer/{sent}"
    maja, ole, mette = as_staff(MILEPAELEN), as_staff("ole-opstart"), as_staff(UU)
    tries = [
        lambda: maja.submit(f"{path}/overtag"),
        lambda: ole.submit(f"{path}/returner", reason="other", words="Nej"),
        lambda: mette.submit(f"{path}/traek-tilbage", withdraw_words="Fejl"),
    ]
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda one: one(), tries))
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409]
    answered = [kind for kind in protocol(ida) if kind not in {HandoverSent, HandoverSeen}]
    assert len(answered) == 1
