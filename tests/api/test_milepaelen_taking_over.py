"""A referral is read, and taken over with a first day: both or neither."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from domain.choices import CloseReason
from domain.codes import Matter, Party, ReturnReason
from domain.decisions import return_handover, take_over
from domain.events import (
    GoalInOwnWords,
    HandoverSeen,
    HandoverTakenOver,
    JourneyClosed,
    MilepaelenStarted,
    ReferredToMilepaelen,
)
from domain.text import FreeText
from projections.handover import journey_of
from tests.api.conftest import Browser, Youth

MAJA, OLE, KAREN = "maja-mentor", "ole-opstart", "karen-jobkonsulent"
TODAY = date(2026, 11, 23)
PURPOSE, NOTE = "At komme op om morgenen & <b>", "Bange for store hold."

AsStaff = Callable[..., Browser]
NewYouth = Callable[..., Youth]


@pytest.fixture
def ida(youth: NewYouth) -> Youth:
    referral = ReferredToMilepaelen(on=date(2026, 11, 19), by=Party.EMPLOYMENT, purpose=FreeText(PURPOSE))
    return youth("Ida Demogaard", born_on=date(2006, 5, 1), events=[referral])


def sent(one: Youth, giver: Party = Party.EMPLOYMENT, matter: Matter = Matter.INCOME_AND_WORK) -> Any:
    day = date(2026, 11, 19)
    return one.sends(giver, Party.MILEPAELEN, matter=matter, on=day, answer_by=date(2026, 11, 26), note=NOTE)


def form(browser: Browser, one: Youth) -> dict[str, str]:
    page = browser.get(f"{one.path}/milepaelen/overtag").text
    return dict(re.findall(r'name="(csrf|command|handover|first_day_\w+)"[^>]* value="([^"]*)"', page))


def send(browser: Browser, one: Youth, data: dict[str, str]) -> Any:
    return browser.post(f"{one.path}/milepaelen/overtag", data=data)


def happened(one: Youth, *kinds: type) -> list[Any]:
    return [entry for entry in one.house.log.history(one.id).entries if isinstance(entry.event, kinds)]


def responsible(one: Youth) -> Party | None:
    return journey_of(one.house.log.history(one.id).entries).responsible.get(Matter.INCOME_AND_WORK)


def test_the_purpose_the_handovers_words_and_the_young_persons_goal_are_read_in_one_place(
    as_staff: AsStaff, ida: Youth
) -> None:
    sent(ida)
    ida.happened(GoalInOwnWords(on=date(2026, 11, 1), words=FreeText("Jeg vil være gartner")))
    page = as_staff(MAJA).get(f"{ida.path}/milepaelen/overtag").text
    assert "At komme op om morgenen &amp; &lt;b&gt;" in page
    assert NOTE in page
    assert "Jeg vil være gartner" in page
    assert 'name="first_day_day"' in page
    assert 'value="23"' in page


def test_handover_and_first_day_are_one_command(as_staff: AsStaff, ida: Youth) -> None:
    handover = sent(ida)
    browser = as_staff(MAJA)
    answer = send(browser, ida, form(browser, ida))
    assert answer.status_code == 303
    entries = happened(ida, HandoverSeen, HandoverTakenOver, MilepaelenStarted)
    assert [type(entry.event) for entry in entries] == [HandoverSeen, HandoverTakenOver, MilepaelenStarted]
    assert len({entry.command_id for entry in entries}) == 1
    assert entries[1].event.handover_id == handover
    assert entries[2].event.on == TODAY
    assert responsible(ida) is Party.MILEPAELEN
    page = browser.get(answer.headers["location"]).text
    assert "Den unge er overtaget, og den første dag er aftalt." in page
    assert ida.name not in browser.get("/milepaelen").text.partition("Ventet i dag")[0]


def test_a_referral_without_a_handover_is_taken_over_too(as_staff: AsStaff, ida: Youth) -> None:
    browser = as_staff(MAJA)
    assert send(browser, ida, form(browser, ida) | {"first_day_day": "30"}).status_code == 303
    [entry] = happened(ida, MilepaelenStarted)
    assert entry.event.on == date(2026, 11, 30)
    assert "Begynder 30.11.2026." in browser.get(f"{ida.path}/milepaelen").text


def test_a_handover_without_a_referral_is_taken_over_too(as_staff: AsStaff, youth: NewYouth) -> None:
    bo = youth("Bo Fiktivholm", born_on=date(2006, 5, 1))
    sent(bo, Party.UU, Matter.GUIDANCE)
    browser = as_staff(MAJA)
    assert "Ingen har skrevet en henvisning" in browser.get(f"{bo.path}/milepaelen/overtag").text
    assert send(browser, bo, form(browser, bo)).status_code == 303
    assert len(happened(bo, HandoverTakenOver, MilepaelenStarted)) == 2


def test_taken_over_before_without_a_first_day_gets_one(as_staff: AsStaff, ida: Youth) -> None:
    handover = sent(ida)
    ida.record(partial(take_over, handover_id=handover, by=Party.MILEPAELEN, on=TODAY))
    browser = as_staff(MAJA)
    assert "mangler en første dag" in browser.get("/milepaelen").text
    assert send(browser, ida, form(browser, ida)).status_code == 303
    assert len(happened(ida, HandoverTakenOver)) == 1
    assert len(happened(ida, MilepaelenStarted)) == 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"first_day_day": "22"}, "kan tidligst være i dag"),
        ({"first_day_year": "2028"}, "højst ligge et år frem"),
        ({"first_day_month": "13"}, "findes ikke"),
        ({"first_day_day": "", "first_day_month": "", "first_day_year": ""}, "mangler"),
        ({"command": "nej"}, "Formularen var for gammel"),
    ],
)
def test_what_is_wrong_with_the_first_day_is_said_and_nothing_is_taken_over(
    as_staff: AsStaff, ida: Youth, written: dict[str, str], said: str
) -> None:
    sent(ida)
    browser = as_staff(MAJA)
    before = ida.house.log.position()
    answer = send(browser, ida, form(browser, ida) | written)
    assert answer.status_code == 422
    assert said in answer.text
    assert ida.house.log.position() == before


def test_who_comes_second_is_told_and_nothing_is_written(as_staff: AsStaff, ida: Youth) -> None:
    sent(ida)
    maja, ole = as_staff(MAJA), as_staff(OLE)
    first, second = form(maja, ida), form(ole, ida)
    send(maja, ida, first)
    before = ida.house.log.position()
    answer = send(ole, ida, second)
    assert answer.status_code == 409
    assert "En anden nåede det først" in answer.text
    assert "Den unges første dag er" in answer.text
    assert ida.house.log.position() == before
    assert send(maja, ida, first).status_code == 303  # a double click
    assert ida.house.log.position() == before


def test_a_handover_returned_meanwhile_takes_nobody_in(as_staff: AsStaff, ida: Youth) -> None:
    handover = sent(ida)
    browser = as_staff(MAJA)
    data = form(browser, ida)
    give_back = partial(return_handover, by=Party.MILEPAELEN, on=TODAY, reason=ReturnReason.OTHER)
    ida.record(partial(give_back, handover_id=handover, words=FreeText("Uden for målgruppen")))
    answer = send(browser, ida, data)
    assert answer.status_code == 409
    assert happened(ida, MilepaelenStarted) == []
    assert "Intet at overtage" in browser.get(f"{ida.path}/milepaelen/overtag").text


def test_nobody_is_taken_over_who_was_never_sent_or_is_followed_no_longer(
    as_staff: AsStaff, youth: NewYouth, ida: Youth
) -> None:
    bo = youth("Bo Fiktivholm", born_on=date(2006, 5, 1))
    browser = as_staff(MAJA)
    assert browser.get(f"{bo.path}/milepaelen/overtag").status_code == 404
    assert browser.submit(f"{bo.path}/milepaelen/overtag").status_code == 404
    data = form(browser, ida)
    ida.happened(JourneyClosed(on=TODAY, reason=CloseReason.MOVED_AWAY))
    answer = send(browser, ida, data)
    assert answer.status_code == 409
    assert happened(ida, MilepaelenStarted) == []


def test_a_handover_that_the_form_made_up_is_no_handover(as_staff: AsStaff, ida: Youth, youth: NewYouth) -> None:
    browser, other = as_staff(MAJA), sent(youth("Bo Fiktivholm", born_on=date(2006, 5, 1)))
    data = form(browser, ida)
    assert send(browser, ida, data | {"handover": "nej"}).status_code == 404
    assert send(browser, ida, data | {"handover": str(other)}).status_code == 409
    assert happened(ida, MilepaelenStarted) == []


@pytest.mark.parametrize("staff", [KAREN, "mette-vejleder", "jens-raadgiver", "katrine-koordinator"])
def test_only_milepaelen_takes_over_to_milepaelen(as_staff: AsStaff, ida: Youth, staff: str) -> None:
    sent(ida)
    browser, data = as_staff(staff), form(as_staff(MAJA), ida)
    assert browser.get(f"{ida.path}/milepaelen/overtag").status_code == 404
    assert send(browser, ida, data | {"csrf": browser.csrf}).status_code == 404
    assert happened(ida, MilepaelenStarted, HandoverTakenOver) == []
