"""Milepælen, I dag: what stands on it, for whom, and when it is closed."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from database import Role
from domain.choices import Attendance, Destination, Proposal
from domain.codes import Matter, Party
from domain.events import (
    AttendanceMarked,
    MilepaelenEnded,
    MilepaelenStarted,
    ProgressionMeasured,
    ProposalAnswered,
    ProposalSent,
    ReferredToMilepaelen,
    TalkHeld,
)
from domain.text import FreeText
from tests.api.conftest import Browser, Clock, StillHouse, Youth

MAJA, KAREN, METTE, VIBEKE = "maja-mentor", "karen-jobkonsulent", "mette-vejleder", "vibeke-voksenraadgiver"
TODAY = date(2026, 11, 23)
BEGUN = MilepaelenStarted(on=date(2026, 9, 1))
READERS = [METTE, VIBEKE, KAREN, "yrsa-ydelse", MAJA, "katrine-koordinator"]
OTHERS = ["laila-laerer", "jens-raadgiver", "pia-psykolog"]
TILE = 'class="tile'

AsStaff = Callable[..., Browser]
NewYouth = Callable[..., Youth]


def away(*days: int) -> list[AttendanceMarked]:
    return [AttendanceMarked(on=date(2026, 11, day), attendance=Attendance.STAYED_AWAY) for day in days]


def referred(on: date = date(2026, 11, 19), purpose: str = "At komme op.") -> ReferredToMilepaelen:
    return ReferredToMilepaelen(on=on, by=Party.EMPLOYMENT, purpose=FreeText(purpose))


def table(page: str, heading: str) -> str:
    """The part of the page under that heading."""
    after = page.partition(f">{heading}<")[2]
    assert after, f"no heading {heading}"
    return after.partition("<h2")[0]


def tile(page: str, label: str) -> int:
    found = re.search(rf"<b>(\d+)</b> <span>[^<]*{label}", page)
    assert found, label
    return int(found[1])


@pytest.fixture
def ida(youth: NewYouth) -> Youth:
    return youth("Ida Demogaard", born_on=date(2006, 5, 1), events=[BEGUN])


@pytest.mark.parametrize("staff", READERS)
def test_who_may_know_of_employment_has_the_room_in_the_menu(as_staff: AsStaff, ida: Youth, staff: str) -> None:
    page = as_staff(staff).get("/milepaelen")
    assert page.status_code == 200
    assert 'href="/milepaelen" aria-current="page"' in page.text
    assert ida.name in page.text


@pytest.mark.parametrize("staff", OTHERS)
def test_who_may_not_finds_neither_the_room_nor_its_menu(as_staff: AsStaff, ida: Youth, staff: str) -> None:
    browser = as_staff(staff)
    for path in ("", "/fremmoede", "/samtaler", "/progression"):
        assert browser.get(f"/milepaelen{path}").status_code == 404
    assert browser.get(f"{ida.path}/milepaelen").status_code == 404
    assert 'href="/milepaelen"' not in browser.get("/arbejdsliste").text


def test_milepaelens_own_first_page_is_today(as_staff: AsStaff) -> None:
    assert as_staff(MAJA).get("/").headers["location"] == "/milepaelen"
    assert as_staff(METTE).get("/").headers["location"] == "/arbejdsliste"
    menu = re.findall(r'<li><a href="(/[a-z]+)"', as_staff(MAJA).get("/arbejdsliste").text)
    assert menu[0] == "/milepaelen"


def test_nobody_there_says_how_somebody_gets_on_the_list(as_staff: AsStaff) -> None:
    page = as_staff(MAJA).get("/milepaelen").text
    assert "Ingen er tilmeldt lige nu" in page
    assert TILE not in page


def test_who_is_expected_stands_with_what_today_has_brought(as_staff: AsStaff, youth: NewYouth, ida: Youth) -> None:
    ida.happened(AttendanceMarked(on=TODAY, attendance=Attendance.SICK), TalkHeld(on=TODAY))
    youth("Bo Fiktivholm", born_on=date(2006, 5, 1), events=[BEGUN, TalkHeld(on=date(2026, 11, 16), next_on=TODAY)])
    youth("Gone Fiktivholm", events=[BEGUN, MilepaelenEnded(on=date(2026, 11, 20), destination=Destination.JOB)])
    page = as_staff(MAJA).get("/milepaelen").text
    lines = re.findall(r"<tr>.*?</tr>", table(page, "Ventet i dag"), re.DOTALL)[1:]
    assert [("Bo" in line, "Ida" in line) for line in lines] == [(True, False), (False, True)]
    bo, one = lines
    assert "Syg" in one
    assert "Holdt i dag" in one
    assert "Ikke markeret" in bo
    assert ">I dag<" in bo
    assert "Gone" not in page
    assert (tile(page, "ventet i dag, 0 mødt"), tile(page, "ikke markeret"), tile(page, "samtaler i dag")) == (2, 1, 2)


def test_three_days_away_are_a_sign_with_the_three_days(as_staff: AsStaff, youth: NewYouth, ida: Youth) -> None:
    ida.happened(*away(18, 19, 20))
    two = youth("Bo Fiktivholm", events=[BEGUN, *away(19, 20)])
    page = as_staff(MAJA).get("/milepaelen").text
    sign = table(page, "Ring i dag")
    assert ida.name in sign
    assert two.name not in sign
    assert re.findall(r"\?dag=(\d{4}-\d\d-\d\d)", sign) == ["2026-11-18", "2026-11-19", "2026-11-20"]
    assert "#samtale" in sign
    assert "Kun “udeblevet” tæller med" in sign
    assert "#samtale" not in table(as_staff(KAREN).get("/milepaelen").text, "Ring i dag")
    ida.happened(AttendanceMarked(on=TODAY, attendance=Attendance.MET))
    assert "Ring i dag" not in as_staff(MAJA).get("/milepaelen").text


def test_who_waits_can_be_taken_over_from_here(as_staff: AsStaff, youth: NewYouth, ida: Youth) -> None:
    sent = {"matter": Matter.INCOME_AND_WORK, "on": date(2026, 11, 19), "answer_by": date(2026, 11, 20)}
    bo = youth("Bo Fiktivholm", born_on=date(2006, 5, 1), events=[referred()])
    bo.sends(Party.EMPLOYMENT, Party.MILEPAELEN, **sent)
    alone = youth("Carl Fiktivholm", born_on=date(2006, 5, 1), events=[referred()])
    handover = ida.sends(Party.UU, Party.MILEPAELEN, on=TODAY, answer_by=TODAY)
    page = table(as_staff(MAJA).get("/milepaelen").text, "Venter på at blive overtaget")
    assert f'href="{bo.path}/milepaelen/overtag"' in page
    assert f'href="{alone.path}/milepaelen/overtag"' in page
    assert f'href="{ida.path}/overleveringer/{handover}"' in page
    assert page.count("Svarfristen er overskredet") == 1
    assert "At komme op" not in page
    assert "overtag" not in re.findall(r'href="([^"]+)"', as_staff(KAREN).get("/milepaelen").text)


def test_what_is_missing_and_what_waits_for_an_answer_is_counted(as_staff: AsStaff, youth: NewYouth) -> None:
    measured = ProgressionMeasured(
        on=date(2026, 11, 2),
        belief_in_own_ability=1,
        health_mastery=1,
        labour_market_identity=1,
        cooperation=1,
        network=1,
        own_judgement=1,
    )
    proposed = ProposalSent(on=date(2026, 11, 2), proposal=Proposal.SMALL_JOB, why=FreeText("Klar"))
    old = MilepaelenStarted(on=date(2026, 8, 1))
    youth("Anna Fiktivholm", events=[old, TalkHeld(on=date(2026, 11, 2), next_on=date(2026, 12, 1)), measured])
    youth("Bo Fiktivholm", events=[old, TalkHeld(on=date(2026, 11, 2), next_on=date(2026, 11, 20)), proposed])
    youth("Carl Fiktivholm", events=[old, proposed, ProposalAnswered(on=TODAY, followed=False)])
    page = as_staff(MAJA).get("/milepaelen").text
    assert tile(page, "uden aftalt samtale") == 2
    assert tile(page, "mangler en måling") == 2
    assert tile(page, "indstilling uden svar") == 1
    assert "småjob, sendt" in table(page, "Indstillinger uden svar")
    assert "Bo Fiktivholm" in table(page, "Indstillinger uden svar")


def test_who_begins_later_is_not_expected_yet(as_staff: AsStaff, youth: NewYouth, clock: Clock) -> None:
    bo = youth("Bo Fiktivholm", born_on=date(2006, 5, 1), events=[referred()])
    answer = as_staff(MAJA).submit(
        f"{bo.path}/milepaelen/overtag", first_day_day="24", first_day_month="11", first_day_year="2026"
    )
    assert answer.status_code == 303
    page = as_staff(MAJA).get("/milepaelen").text
    assert "Bo Fiktivholm" in table(page, "Begynder snart")
    clock.forward(days=1)
    page = as_staff(MAJA).get("/milepaelen").text
    assert "Bo Fiktivholm" in table(page, "Ventet i dag")
    assert "Begynder snart" not in page


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (datetime(2026, 11, 22, 9, tzinfo=UTC), "søndag"),
        (datetime(2026, 4, 6, 9, tzinfo=UTC), "anden påskedag"),
    ],
)
def test_on_a_closed_day_nobody_is_expected(
    as_staff: AsStaff, youth: NewYouth, clock: Clock, now: datetime, why: str
) -> None:
    clock.now = now
    youth("Bo Fiktivholm", born_on=date(2006, 5, 1), events=[MilepaelenStarted(on=date(2026, 1, 5))])
    page = as_staff(MAJA).get("/milepaelen").text
    assert f"Lukket i dag: {why}." in page
    assert "Ventet i dag" not in page


def test_who_is_protected_is_shown_without_a_name(as_staff: AsStaff, youth: NewYouth) -> None:
    one = youth("Skjult Navnesen", born_on=date(2006, 5, 1), protected=True, events=[BEGUN, *away(18, 19, 20)])
    for path in ("", "/fremmoede", "/samtaler", "/progression"):
        page = as_staff(MAJA).get(f"/milepaelen{path}").text
        assert "Skjult" not in page
        assert "Navnet er beskyttet" in page
        assert one.case_number in page


def test_every_look_at_the_room_is_written_down(as_staff: AsStaff, house: StillHouse, ida: Youth) -> None:
    as_staff(MAJA).get("/milepaelen/fremmoede")
    with house.db.connection(Role.APPLICATION) as conn:
        rows = conn.execute("select person_id, route from read_log where category = 'milepaelen'").fetchall()
    assert rows == [(ida.id, "/milepaelen/fremmoede")]
