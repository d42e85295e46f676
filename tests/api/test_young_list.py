"""De unge: the views of people, as each department meets them."""

import html
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from api.young_list import DOES
from api.young_views import CODES, NAMES, views_of
from database import Role
from domain.choices import CloseReason
from domain.codes import ContactWay, Matter, Party, PlacementForm, Programme, StartReason
from domain.decisions import close_journey
from domain.events import (
    ContactPersonNamed,
    ContactTried,
    EducationStarted,
    GuidanceTalkHeld,
    LeadCoordinatorNamed,
    PlacementStarted,
    ResponsibilityEstablished,
)
from domain.text import StaffId
from people.read_log import reads_of
from people.staff import demo_municipality, load_staff, read_municipality
from projections.caseload import View
from projections.occupation import Occupation
from tests.api.test_worklist import names_of, rows_of, text_of

UU, ANDERS, ULLA, SOCIAL, EMPLOYMENT = (
    "mette-vejleder",
    "anders-vejleder",
    "ulla-uddannelsesleder",
    "jens-raadgiver",
    "karen-jobkonsulent",
)
EVERYBODY = {
    "laila-laerer": Party.SCHOOL,
    UU: Party.UU,
    SOCIAL: Party.CHILD_SOCIAL,
    "vibeke-voksenraadgiver": Party.ADULT_SOCIAL,
    EMPLOYMENT: Party.EMPLOYMENT,
    "yrsa-ydelse": Party.BENEFITS,
    "pia-psykolog": Party.HEALTH,
    "maja-mentor": Party.MILEPAELEN,
    "katrine-koordinator": Party.MUNICIPALITY,
}
TODAY = date(2026, 11, 23)
Make = Callable[..., Any]


def heading_of(page: Any) -> str:
    return html.unescape(re.findall(r"<h1>(.*?)</h1>", page.text)[0])


def columns_of(page: Any) -> list[str]:
    return re.findall(r'<th scope="col">(.*?)</th>', page.text)


def views_in(page: Any) -> dict[str, tuple[int, str]]:
    """The named views: their number and where they lead."""
    listed = page.text.partition('class="active-filters views"')[2].partition("</ul>")[0]
    found = re.findall(r'<a href="([^"]+)"[^>]*>(.*?) <span class="meta">([\d.]+)</span>', listed)
    return {html.unescape(name): (int(count), html.unescape(href)) for href, name, count in found}


@pytest.fixture
def ida(youth: Make) -> Any:
    """17; Mette is the contact person, and talked with her last week."""
    return youth(
        "Ida Demogaard",
        born_on=date(2009, 5, 1),
        events=[
            EducationStarted(on=date(2025, 8, 11), programme=Programme.FGU),
            ContactPersonNamed(on=date(2026, 9, 1), staff=StaffId(UU)),
            GuidanceTalkHeld(on=date(2026, 11, 16), way=ContactWay.PHONE),
        ],
    )


@pytest.fixture
def bo(youth: Make) -> Any:
    """16, placed; nobody knows what he does. Tried in vain a week ago, heard of in August."""
    return youth(
        "Bo Prøvesen",
        born_on=date(2010, 3, 1),
        reason=StartReason.PLACED,
        started_on=date(2025, 8, 1),
        events=[
            PlacementStarted(on=date(2025, 8, 1), form=PlacementForm.FOSTER_FAMILY),
            GuidanceTalkHeld(on=date(2026, 8, 20), way=ContactWay.MEETING),
            ContactTried(on=date(2026, 11, 16), way=ContactWay.PHONE),
        ],
    )


# --- The views


def test_mine_are_named_and_the_list_says_what_they_do_and_when_they_were_heard_of(as_staff: Make, ida: Any) -> None:
    page = as_staff(UU).get("/unge")
    assert heading_of(page) == "Mine unge"
    assert columns_of(page) == ["Ung", "Alder", "Status", "Kontaktperson", "Tovholder", "Sidst hørt"]
    assert rows_of(page) == [
        [
            f"Ida Demogaard Sag {ida.case_number}",
            "17 år",
            "under uddannelse siden 11.08.2025",
            "Mette Vejleder",
            "ingen",
            "16.11.2026",
        ]
    ]
    assert rows_of(as_staff(ANDERS).get("/unge?vis=mine")) == []


@pytest.mark.usefixtures("ida", "bo")
def test_each_view_shows_those_it_is_about_and_as_many_as_its_number_says(as_staff: Make) -> None:
    mette = as_staff(UU)
    told = views_in(mette.get("/unge"))
    shown = {name: names_of(mette.get(href)) for name, (_, href) in told.items()}
    assert shown == {
        "Mine unge": ["Ida Demogaard"],
        "Status ukendt": ["Bo Prøvesen"],
        "Stille": ["Bo Prøvesen"],
        "Uden kontaktperson": ["Bo Prøvesen"],
        "Fylder 18 inden 6 mdr.": ["Ida Demogaard"],
    }
    assert {name: count for name, (count, _) in told.items()} == {name: len(names) for name, names in shown.items()}
    assert views_in(mette.get("/arbejdsliste")) == told, "the home has the same"


@pytest.mark.usefixtures("bo")
def test_a_try_in_vain_is_no_news_and_the_days_can_be_chosen(as_staff: Make, clock: Any) -> None:
    mette = as_staff(UU)
    assert rows_of(mette.get("/unge?vis=stille"))[0][-1] == "20.08.2026"
    assert names_of(mette.get("/unge?vis=stille&dage=90")) == ["Bo Prøvesen"]
    clock.now -= timedelta(days=5)
    mette = as_staff(UU)
    assert names_of(mette.get("/unge?vis=stille&dage=90")) == [], "the ninetieth day is not more than ninety"
    page = mette.get("/unge?vis=stille&dage=90")
    assert "I har hørt om alle jeres unge inden for de sidste 90 dage." in text_of(page)
    assert re.findall(r'<a href="([^"]+)" aria-current="true">90</a>', page.text)


def test_a_contact_person_who_has_left_is_none(as_staff: Make, house: Any, ida: Any) -> None:
    without = demo_municipality().replace(
        '  { id = "mette-vejleder", name = "Mette Vejleder", function = "worker" },\n', ""
    )
    anders = as_staff(ANDERS)
    assert names_of(anders.get("/unge?vis=uden-kontaktperson")) == []
    with house.db.connection(Role.APPLICATION) as conn:
        load_staff(conn, house.log.keys, read_municipality(without))
    page = anders.get("/unge?vis=uden-kontaktperson")
    assert names_of(page) == [ida.name]
    assert rows_of(page)[0][3] == "har forladt kommunen"


def test_a_closed_journey_is_on_no_list(as_staff: Make, ida: Any) -> None:
    ida.record(partial(close_journey, reason=CloseReason.MOVED_AWAY, on=TODAY))
    assert all(count == 0 for count, _ in views_in(as_staff(UU).get("/unge")).values())


def test_who_turns_18_is_told_with_the_day(as_staff: Make, ida: Any) -> None:
    [row] = rows_of(as_staff(UU).get("/unge?vis=fylder-18"))
    assert row[:2] == [f"{ida.name} Sag {ida.case_number}", "17 år 18 år 01.05.2027"]


# --- The substitute


def away(staff: Any, substitute: str, first: date = TODAY, last: date = TODAY + timedelta(days=4)) -> Any:
    days = {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in (("fra", first), ("til", last))
        for part in ("day", "month", "year")
    }
    return staff.submit("/profil/afloeser", afloeser=substitute, **days)


def test_the_substitute_has_the_absent_colleagues_young_people_marked_with_whose_they_are(
    as_staff: Make, clock: Any, youth: Make, ida: Any
) -> None:
    own = youth("Åse Holm", born_on=date(2008, 1, 1))
    own.happened(ContactPersonNamed(on=date(2026, 9, 1), staff=StaffId(ANDERS)))
    assert away(as_staff(UU), ANDERS).status_code == 303
    page = as_staff(ANDERS).get("/unge")
    assert "Du er afløser for Mette Vejleder." in text_of(page)
    assert {row[0] for row in rows_of(page)} == {
        f"Ida Demogaard Sag {ida.case_number} – du er afløser for Mette Vejleder",
        f"Åse Holm Sag {own.case_number}",
    }
    assert views_in(page)["Mine unge"][0] == 2
    assert names_of(as_staff(UU).get("/unge")) == [ida.name], "they are hers too"
    clock.forward(days=5)
    page = as_staff(ANDERS).get("/unge")
    assert names_of(page) == [own.name]
    assert "afløser for" not in text_of(page)


def test_whoever_is_both_is_no_substitute_for_themselves(as_staff: Make, ida: Any) -> None:
    ida.happened(LeadCoordinatorNamed(on=date(2026, 9, 1), staff=StaffId(ANDERS), party=Party.UU))
    away(as_staff(UU), ANDERS)
    [row] = rows_of(as_staff(ANDERS).get("/unge"))
    assert row[0] == f"Ida Demogaard Sag {ida.case_number}"


# --- What each department may see


def test_every_view_and_everything_somebody_can_do_has_its_words() -> None:
    assert CODES.keys() == NAMES.keys() == set(View)
    assert DOES.keys() == set(Occupation)


def test_the_departments_have_the_views_that_make_sense_for_them() -> None:
    views = {party: {CODES[view] for view in views_of(party)} for party in Party}
    assert views[Party.EDUCATION] == set()
    assert {party for party, codes in views.items() if "status-ukendt" in codes} == {
        Party.UU,
        Party.EMPLOYMENT,
        Party.MUNICIPALITY,
    }
    assert {party for party, codes in views.items() if "uden-kontaktperson" in codes} == {Party.UU}
    assert all("mine" in codes for party, codes in views.items() if party is not Party.EDUCATION)


@pytest.mark.usefixtures("ida")
def test_everybody_gets_theirs_and_is_refused_the_others(as_staff: Make) -> None:
    for staff_id, party in EVERYBODY.items():
        browser = as_staff(staff_id)
        names = list(views_in(browser.get("/arbejdsliste")))
        assert len(names) == len(views_of(party))
        for view in View:
            answer = browser.get(f"/unge?vis={CODES[view]}")
            assert answer.status_code == (200 if view in views_of(party) else 422), (party, view)
            assert list(views_in(answer)) == names


def test_departments_see_those_they_answer_for_and_whoever_coordinates_everybody(
    as_staff: Make, ida: Any, bo: Any
) -> None:
    assert names_of(as_staff(SOCIAL).get("/unge?vis=stille")) == [bo.name], "heard of when he was placed"
    assert names_of(as_staff(EMPLOYMENT).get("/unge?vis=status-ukendt")) == []
    bo.happened(ResponsibilityEstablished(on=TODAY, matter=Matter.INCOME_AND_WORK, holder=Party.EMPLOYMENT))
    assert names_of(as_staff(EMPLOYMENT).get("/unge?vis=status-ukendt")) == [bo.name]
    assert set(names_of(as_staff("katrine-koordinator").get("/unge?vis=uden-tovholder"))) == {ida.name, bo.name}


def test_status_and_names_are_shown_to_those_who_may_read_them(as_staff: Make, ida: Any, bo: Any) -> None:
    for one in (ida, bo):
        one.happened(LeadCoordinatorNamed(on=date(2026, 9, 1), staff=StaffId("pia-psykolog"), party=Party.HEALTH))
    page = as_staff("pia-psykolog").get("/unge")
    assert columns_of(page) == ["Ung", "Alder", "Tovholder", "Sidst hørt"]
    assert "Mette Vejleder" not in page.text
    assert columns_of(as_staff(SOCIAL).get("/unge?vis=stille")) == [
        "Ung", "Alder", "Kontaktperson", "Tovholder", "Sidst hørt",
    ]  # fmt: skip


def test_silence_says_nothing_of_what_a_department_may_not_know(as_staff: Make, youth: Make) -> None:
    """Two lives differ by a placement alone: to UU the list says the same of both, to child social it does not."""
    people = [
        youth(name, born_on=date(2010, 3, 1), started_on=date(2025, 8, 1), reason=StartReason.SOCIAL_SUPPORT)
        for name in ("Ida Ens", "Eva Ens")
    ]
    people[0].happened(PlacementStarted(on=date(2026, 11, 2), form=PlacementForm.OTHER))
    first, second = rows_of(as_staff(UU).get("/unge?vis=stille"))
    assert first[1:] == second[1:]
    assert names_of(as_staff(SOCIAL).get("/unge?vis=stille")) == ["Eva Ens"]


# --- The list itself


def test_protected_people_are_a_line_of_their_own(as_staff: Make, ida: Any, youth: Make, house: Any) -> None:
    hidden = youth("Lone Skjultsen", born_on=date(2009, 7, 1), protected=True)
    hidden.happened(ContactPersonNamed(on=date(2026, 9, 1), staff=StaffId(UU)))
    mette = as_staff(UU)
    page = mette.get("/unge")
    assert "1 sag med adressebeskyttelse vises ikke her." in text_of(page)
    assert names_of(page) == [ida.name]
    assert hidden.case_number not in page.text
    [href] = re.findall(r'href="([^"]+)">Vis dem uden navn', page.text)
    page = mette.get(html.unescape(href))
    assert set(names_of(page)) == {ida.name, "Navnet er beskyttet"}
    assert "Lone" not in page.text
    with house.db.connection(Role.APPLICATION) as conn:
        assert [read.category for read in reads_of(conn, hidden.id)] == ["young"]
        assert len(reads_of(conn, ida.id)) == 2


def test_120_are_shown_50_at_a_time(as_staff: Make, youth: Make) -> None:
    made = [youth(f"Nummer{chr(97 + n // 26)}{chr(97 + n % 26)} Mængde") for n in range(120)]
    mette = as_staff(UU)
    pages = [mette.get(f"/unge?vis=uden-kontaktperson&side={n}") for n in (1, 2, 3)]
    assert [len(rows_of(page)) for page in pages] == [50, 50, 20]
    assert sorted(name for page in pages for name in names_of(page)) == sorted(one.name for one in made)
    assert "Viser 101–120 af 120" in text_of(pages[2])
    assert len(rows_of(mette.get("/unge?vis=uden-kontaktperson&antal=100&side=9"))) == 20
    [href] = set(re.findall(r'href="(/unge\?[^"]+)" rel="next"', pages[0].text))
    assert html.unescape(href) == "/unge?vis=uden-kontaktperson&side=2"


def test_the_way_back_from_a_person_is_the_list(as_staff: Make, ida: Any) -> None:
    mette = as_staff(UU)
    [href] = re.findall(r'href="(/unge/\d[^"]+)"', mette.get("/unge").text)
    person = mette.get(html.unescape(href))
    assert person.status_code == 200
    assert ida.name in person.text
    assert 'href="/unge?vis=mine"' in person.text
    assert "Tilbage til de unge" in person.text


def test_each_empty_view_says_why_and_what_next(as_staff: Make) -> None:
    mette = as_staff(UU)
    said = {
        "mine": "Du er ikke kontaktperson eller tovholder for nogen.",
        "status-ukendt": "Det vides, hvad alle jeres unge laver.",
        "stille": "I har hørt om alle jeres unge inden for de sidste 60 dage.",
        "uden-kontaktperson": "Alle jeres unge under 25 år har en kontaktperson, som arbejder her.",
        "fylder-18": "Ingen af jeres unge fylder 18 de næste 6 måneder.",
    }
    for code, words in said.items():
        page = mette.get(f"/unge?vis={code}")
        assert words in text_of(page)
        assert "<table" not in page.text
        assert re.search(r'class="empty".*?<a href="/', page.text, re.DOTALL), code
    page = as_staff("katrine-koordinator").get("/unge?vis=uden-tovholder")
    assert "Alle unge har en tovholder, som arbejder her." in text_of(page)


NOT_UNDERSTOOD = (
    "vis=alle", "vis=%00", "vis=uden-tovholder", "vis=stille&dage=7", "vis=stille&dage=x", "antal=7", "side=0",
    "side=x", "side=%D9%A3", "side=9999999999",
)  # fmt: skip


@pytest.mark.usefixtures("ida", "bo")
def test_bad_addresses_are_told_in_danish_and_the_rest_is_shown(as_staff: Make) -> None:
    mette = as_staff(UU)
    for asked in NOT_UNDERSTOOD:
        page = mette.get(f"/unge?{asked}")
        shown = ["Bo Prøvesen"] if "stille" in asked else ["Ida Demogaard"]
        assert (page.status_code, names_of(page)) == (422, shown), asked
        assert "Der er 1 fejl" in page.text
        [target] = re.findall(r'<li><a href="#([a-z]+)">', page.text)
        assert f'id="{target}"' in page.text, asked


@pytest.mark.usefixtures("ida", "bo")
def test_no_name_stands_in_an_address_or_a_title(as_staff: Make) -> None:
    mette = as_staff(UU)
    for code in ("mine", "stille", "uden-kontaktperson"):
        page = mette.get(f"/unge?vis={code}")
        places = re.findall(r'(?:href|action)="([^"]*)"|<title>(.*?)</title>', page.text)
        assert not any(word in place for pair in places for place in pair for word in ("Ida", "Demogaard", "Prøvesen"))
