"""One young person at Milepælen, and the talks of a week."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.milepaelen_young_page import goals_of, talks_of
from domain.choices import Attendance, Destination, Proposal
from domain.codes import ContactWay, Party
from domain.events import (
    AttendanceMarked,
    ContactAfterMilepaelen,
    GoalReached,
    GoalReworded,
    GoalSet,
    MilepaelenEnded,
    MilepaelenStarted,
    ProposalAnswered,
    ProposalSent,
    ReferredToMilepaelen,
    SubGoalSet,
    TalkHeld,
)
from domain.facts import life_of
from domain.journey import fold
from domain.text import FreeText
from tests.api.conftest import Browser, Clock, Youth
from tests.examples import fact

MAJA, KAREN, METTE = "maja-mentor", "karen-jobkonsulent", "mette-vejleder"
TODAY = date(2026, 11, 23)
BEGUN = MilepaelenStarted(on=date(2026, 9, 1))
WORDS, OTHERWISE, STEP, AGREED = "Jeg vil være gartner & <b>", "Jeg vil arbejde ude", "Komme tre dage", "Vi ses"
NEXT = {"next_on_day": "30", "next_on_month": "11", "next_on_year": "2026"}
ON = {"on_day": "23", "on_month": "11", "on_year": "2026"}

AsStaff = Callable[..., Browser]
NewYouth = Callable[..., Youth]


@pytest.fixture
def ida(youth: NewYouth) -> Youth:
    return youth("Ida Demogaard", born_on=date(2006, 5, 1), events=[BEGUN])


def path(one: Youth) -> str:
    return f"{one.path}/milepaelen"


def happened(one: Youth, *kinds: type) -> list[Any]:
    return [entry.event for entry in one.house.log.history(one.id).entries if isinstance(entry.event, kinds)]


def goal(browser: Browser, one: Youth, words: str, part_of: UUID | None = None) -> UUID:
    action = f"delmaal-{part_of}" if part_of else "maal"
    more = {"part_of": str(part_of)} if part_of else {}
    answer = browser.submit(f"{path(one)}/maal", **{f"words-{action}": words}, **more)
    assert answer.status_code == 303, answer.text
    found: UUID = happened(one, GoalSet, SubGoalSet)[-1].goal_id
    return found


# Goals


def test_goals_and_steps_are_set_reworded_and_reached_in_the_young_persons_words(as_staff: AsStaff, ida: Youth) -> None:
    browser = as_staff(MAJA)
    aim = goal(browser, ida, WORDS)
    step = goal(browser, ida, STEP, aim)
    page = browser.get(path(ida)).text
    assert "Jeg vil være gartner &amp; &lt;b&gt;" in page
    assert "0 af 1 delmål nået" in page
    answer = browser.submit(f"{path(ida)}/maal/{aim}/ordlyd", **{f"words-ordlyd-{aim}": OTHERWISE})
    assert answer.headers["location"] == f"{path(ida)}?besked=gemt"
    browser.submit(f"{path(ida)}/maal/{step}/naaet")
    page = browser.get(path(ida)).text
    assert "Tidligere ordlyd (1)" in page
    assert "Jeg vil være gartner &amp; &lt;b&gt;" in page.partition("Tidligere ordlyd (1)")[2]
    assert OTHERWISE in page
    assert "1 af 1 delmål nået" in page
    assert f"/maal/{step}/naaet" not in page
    assert happened(ida, GoalReached) == [GoalReached(on=TODAY, goal_id=step)]
    assert happened(ida, GoalReworded) == [GoalReworded(on=TODAY, goal_id=aim, words=FreeText(OTHERWISE))]


def test_a_reached_goal_comes_last_and_changes_no_more(as_staff: AsStaff, ida: Youth) -> None:
    browser = as_staff(MAJA)
    first, _ = goal(browser, ida, "Første mål"), goal(browser, ida, "Andet mål")
    browser.submit(f"{path(ida)}/maal/{first}/naaet")
    page = browser.get(path(ida)).text
    assert page.index("Andet mål") < page.index("Første mål")
    assert str(first) not in page


def test_the_same_form_twice_is_one_goal_and_changed_words_are_another(as_staff: AsStaff, ida: Youth) -> None:
    browser, command = as_staff(MAJA), str(uuid4())
    for words in (WORDS, WORDS, OTHERWISE):
        browser.submit(f"{path(ida)}/maal", command=command, **{"words-maal": words})
    assert [event.words for event in happened(ida, GoalSet)] == [WORDS, OTHERWISE]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Der mangler en tekst"),
        ("å" * 5_001, "højst være 5.000 tegn"),
        ("Ring til 010190-1234", "ligner et CPR-nummer"),
    ],
)
def test_words_that_cannot_be_kept_are_said_at_their_form_and_not_lost(
    as_staff: AsStaff, ida: Youth, words: str, said: str
) -> None:
    browser = as_staff(MAJA)
    aim = goal(browser, ida, WORDS)
    for where, name in (
        ("maal", "words-maal"),
        (f"maal/{aim}/ordlyd", f"words-ordlyd-{aim}"),
    ):
        answer = browser.submit(f"{path(ida)}/{where}", **{name: words})
        assert answer.status_code == 422
        assert said in answer.text
        assert f'id="{name}-error"' in answer.text
        assert words in answer.text
    assert len(happened(ida, GoalSet, GoalReworded)) == 1


def test_a_number_that_is_none_may_be_confirmed(as_staff: AsStaff, ida: Youth) -> None:
    browser = as_staff(MAJA)
    answer = browser.submit(f"{path(ida)}/maal", **{"words-maal": "Ring 010190-1234"})
    assert 'name="ikke_cpr"' in answer.text
    answer = browser.submit(f"{path(ida)}/maal", ikke_cpr="1", **{"words-maal": "Ring 010190-1234"})
    assert answer.status_code == 303


def test_a_goal_that_there_is_not_is_said(as_staff: AsStaff, ida: Youth) -> None:
    browser = as_staff(MAJA)
    answer = browser.submit(f"{path(ida)}/maal/{uuid4()}/naaet")
    assert answer.status_code == 422
    assert "Målet findes ikke" in answer.text
    assert browser.submit(f"{path(ida)}/maal/nej/naaet").status_code == 404
    step = goal(browser, ida, STEP, goal(browser, ida, WORDS))
    answer = browser.submit(f"{path(ida)}/maal", part_of=str(step), **{f"words-delmaal-{step}": "x"})
    assert answer.status_code == 422


# Talks


def test_a_talk_is_written_down_with_what_was_agreed_and_the_next_one(as_staff: AsStaff, ida: Youth) -> None:
    browser = as_staff(MAJA)
    answer = browser.submit(f"{path(ida)}/samtale", agreed=AGREED, **ON, **NEXT)
    assert answer.status_code == 303
    assert happened(ida, TalkHeld) == [
        TalkHeld(on=TODAY, next_on=date(2026, 11, 30), agreed=FreeText(AGREED)),
    ]
    page = browser.get(path(ida)).text
    assert AGREED in page
    assert "Den næste samtale er" in page
    assert "30.11.2026" in page


def test_a_talk_without_words_and_without_a_next_one_is_a_talk(as_staff: AsStaff, ida: Youth) -> None:
    browser = as_staff(MAJA)
    assert browser.submit(f"{path(ida)}/samtale", **ON).status_code == 303
    page = browser.get(path(ida)).text
    assert "Der blev ikke aftalt en næste samtale" in page
    assert "Ingen samtale er aftalt" in page


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"on_day": "24"}, "Datoen ligger i fremtiden"),
        ({"on_day": ""}, "Dagen mangler dag"),
        ({"next_on_day": "22"}, "kan tidligst være i dag"),
        ({"agreed": "010190-1234"}, "ligner et CPR-nummer"),
        ({"command": ""}, "Formularen var for gammel"),
    ],
)
def test_what_is_wrong_with_a_talk_is_said_and_what_was_written_is_kept(
    as_staff: AsStaff, ida: Youth, written: dict[str, str], said: str
) -> None:
    answer = as_staff(MAJA).submit(f"{path(ida)}/samtale", **{"agreed": "Vi ses"} | ON | NEXT | written)
    assert answer.status_code == 422
    assert said in answer.text
    assert written.get("agreed", "Vi ses") in answer.text
    assert f'value="{written.get("next_on_day", "30")}"' in answer.text
    assert happened(ida, TalkHeld) == []


# Who sees what


def test_free_text_is_for_those_who_may_read_employment_in_full(as_staff: AsStaff, ida: Youth) -> None:
    maja = as_staff(MAJA)
    aim = goal(maja, ida, WORDS)
    goal(maja, ida, STEP, aim)
    maja.submit(f"{path(ida)}/maal/{aim}/ordlyd", **{f"words-ordlyd-{aim}": OTHERWISE})
    maja.submit(f"{path(ida)}/samtale", agreed=AGREED, **ON)
    karen, mette = as_staff(KAREN).get(path(ida)).text, as_staff(METTE).get(path(ida)).text
    for text in ("Jeg vil være gartner", OTHERWISE, STEP, AGREED):
        assert text in karen
        assert text not in mette
    assert "vises ikke for din rolle" in mette
    assert "0 af 1 delmål nået" in mette
    assert "<form" not in karen.partition("<main")[2]


def test_words_are_taken_away_before_they_reach_a_template() -> None:
    aim, step = uuid4(), uuid4()
    journey = fold(
        [
            GoalSet(on=TODAY, goal_id=aim, words=FreeText(WORDS)),
            GoalReworded(on=TODAY, goal_id=aim, words=FreeText(OTHERWISE)),
            SubGoalSet(on=TODAY, goal_id=step, part_of=aim, words=FreeText(STEP)),
        ]
    )
    life = life_of([fact(1, TalkHeld(on=TODAY, agreed=FreeText(AGREED)))])
    for reads in (True, False):
        said = repr((goals_of(journey, reads=reads), talks_of(life, reads=reads)))
        assert [text in said for text in (WORDS, OTHERWISE, STEP, AGREED)] == [reads] * 4


@pytest.mark.parametrize("staff", [KAREN, METTE])
def test_who_does_not_work_at_milepaelen_writes_nothing_there(as_staff: AsStaff, ida: Youth, staff: str) -> None:
    aim, browser = goal(as_staff(MAJA), ida, WORDS), as_staff(staff)
    before = ida.house.log.position()
    for where, said in (
        ("samtale", ON),
        ("maal", {"words-maal": "x"}),
        (f"maal/{aim}/ordlyd", {f"words-ordlyd-{aim}": "x"}),
        (f"maal/{aim}/naaet", {}),
    ):
        assert browser.submit(f"{path(ida)}/{where}", **said).status_code == 404
    assert ida.house.log.position() == before


def test_who_was_never_sent_or_has_ended_has_a_page_without_forms(as_staff: AsStaff, youth: NewYouth) -> None:
    browser = as_staff(MAJA)
    bo = youth("Bo Fiktivholm", born_on=date(2006, 5, 1))
    page = browser.get(path(bo)).text
    assert "Den unge er ikke henvist til Milepælen." in page
    assert "<form" not in page.partition("<main")[2]
    assert browser.submit(f"{path(bo)}/samtale", **ON).status_code == 404
    gone = youth("Gone Fiktivholm", events=[BEGUN, MilepaelenEnded(on=TODAY, destination=Destination.JOB)])
    page = browser.get(path(gone)).text
    assert "Afsluttet 23.11.2026." in page
    assert "<form" not in page.partition("<main")[2]


def test_contact_after_the_stay_is_recorded_from_the_page_and_begins_no_new_one(
    as_staff: AsStaff, youth: NewYouth, ida: Youth
) -> None:
    gone = youth("Gone Fiktivholm", events=[BEGUN, MilepaelenEnded(on=date(2026, 10, 23), destination=Destination.JOB)])
    browser, asks = as_staff(MAJA), "haendelser/ny?slags=contact-after-milepaelen"
    assert f'href="{gone.path}/{asks}&amp;liste={path(gone)}"' in browser.get(path(gone)).text
    assert asks not in browser.get(path(ida)).text, "who is there still is talked with"
    assert asks not in as_staff(KAREN).get(path(gone)).text
    kind = "contact-after-milepaelen"
    answer = browser.submit(f"{gone.path}/haendelser/ny", slags=kind, way="phone", liste=path(gone), **ON)
    assert answer.status_code == 303, answer.text
    assert happened(gone, ContactAfterMilepaelen) == [ContactAfterMilepaelen(on=TODAY, way=ContactWay.PHONE)]
    assert "Afsluttet 23.10.2026." in browser.get(path(gone)).text


def test_the_page_says_how_far_somebody_has_come(as_staff: AsStaff, youth: NewYouth, ida: Youth) -> None:
    browser = as_staff(MAJA)
    referral = ReferredToMilepaelen(on=date(2026, 11, 19), by=Party.UU, purpose=FreeText("x"))
    bo = youth("Bo Fiktivholm", born_on=date(2006, 5, 1), events=[referral])
    page = browser.get(path(bo)).text
    assert "Henvist 19.11.2026, venter på at blive overtaget." in page
    assert f'href="{path(bo)}/overtag"' in page
    assert f"{path(bo)}/overtag" not in as_staff(KAREN).get(path(bo)).text
    assert "Begyndt 01.09.2026." in browser.get(path(ida)).text


def test_attendance_proposals_and_signs_stand_on_the_page(as_staff: AsStaff, ida: Youth) -> None:
    away = [AttendanceMarked(on=date(2026, 11, day), attendance=Attendance.STAYED_AWAY) for day in (18, 19, 20)]
    met = AttendanceMarked(on=date(2026, 11, 17), attendance=Attendance.MET)
    old = AttendanceMarked(on=date(2026, 8, 1), attendance=Attendance.MET)
    first = ProposalSent(on=date(2026, 10, 1), proposal=Proposal.WORK_PLACEMENT, why=FreeText("x"))
    second = ProposalSent(on=date(2026, 11, 2), proposal=Proposal.JOB, why=FreeText("x"))
    ida.happened(old, met, *away, first, ProposalAnswered(on=date(2026, 10, 8), followed=False), second)
    page = as_staff(MAJA).get(path(ida)).text
    assert "De sidste tre måneder er 4 dage markeret: mødt 1, udeblevet 3 (25 % mødt)." in page
    assert "Udeblevet 3 dage i træk" in page
    proposals = page.partition('id="indstillinger"')[2]
    assert re.findall(r"(Virksomhedspraktik|Job|Venter på svar|Ikke fulgt)", proposals) == [
        "Job",
        "Venter på svar",
        "Virksomhedspraktik",
        "Ikke fulgt",
    ]
    assert "slags=proposal-answered" not in proposals
    assert "slags=proposal-answered" in as_staff(KAREN).get(path(ida)).text
    assert "slags=proposal-sent" in proposals
    assert "slags=milepaelen-ended" in proposals


# The week


def test_who_has_no_talk_agreed_comes_first_then_what_has_passed_then_the_days(
    as_staff: AsStaff, youth: NewYouth
) -> None:
    def talk(next_on: date | None) -> TalkHeld:
        return TalkHeld(on=date(2026, 11, 2), next_on=next_on, agreed=FreeText("Hemmeligt"))

    youth("Anna Fiktivholm", events=[BEGUN, talk(date(2026, 11, 27))])
    youth("Bo Fiktivholm", events=[BEGUN, talk(date(2026, 11, 20))])
    youth("Carl Fiktivholm", events=[BEGUN, talk(None)])
    youth("Dan Fiktivholm", events=[BEGUN, talk(TODAY)])
    youth("Eva Fiktivholm", events=[BEGUN, talk(date(2026, 12, 1))])
    browser = as_staff(MAJA)
    page = browser.get("/milepaelen/samtaler").text
    order = ["Carl", "Bo", "Uge 48: 23.11.2026–29.11.2026", "Mandag 23. november 2026", "Dan", "Fredag 27.", "Anna"]
    assert [page.index(word) for word in order] == sorted(page.index(word) for word in order)
    assert "Eva" not in page
    assert "Hemmeligt" not in page
    nearest = re.search(r'href="([^"]+)" rel="next"', page)
    assert nearest
    later = browser.get(nearest[1]).text
    assert "Eva" in later
    assert "Tirsdag 1. december 2026" in later
    assert 'rel="prev"' in later
    assert 'rel="prev"' not in page


def test_goals_are_counted_and_a_held_talk_moves_its_day(as_staff: AsStaff, ida: Youth) -> None:
    browser = as_staff(MAJA)
    assert "ingen mål endnu" in browser.get("/milepaelen/samtaler").text
    goal(browser, ida, WORDS)
    assert "1 åbent mål" in browser.get("/milepaelen/samtaler").text
    browser.submit(f"{path(ida)}/samtale", **ON, **NEXT)
    page = browser.get("/milepaelen/samtaler?uge=2026-W49").text
    assert ida.name in page.partition("Uge 49")[2]


@pytest.mark.parametrize("week", ["2026-W54", "nej", "2026-W", "W48", "2026-48", "9999-W01", "٢٠٢٦-W48", "2026-W00"])
def test_a_week_that_there_is_not_is_this_week(as_staff: AsStaff, ida: Youth, week: str) -> None:
    answer = as_staff(MAJA).get("/milepaelen/samtaler", params={"uge": week})
    assert answer.status_code == 422
    assert "Ugen i adressen kan ikke læses" in answer.text
    assert "Uge 48" in answer.text
    assert ida.name in answer.text


def test_a_week_that_has_passed_and_an_empty_room_say_so(as_staff: AsStaff, youth: NewYouth, clock: Clock) -> None:
    browser = as_staff(MAJA)
    assert "Ingen er tilmeldt lige nu" in browser.get("/milepaelen/samtaler").text
    youth("Bo Fiktivholm", events=[BEGUN])
    assert "Ugen er gået" in browser.get("/milepaelen/samtaler?uge=2026-W40").text
    clock.forward(days=7)
    assert clock.now.date() - timedelta(days=7) == TODAY
    assert "Uge 49" in as_staff(MAJA).get("/milepaelen/samtaler").text
