"""Min profil: a substitute is named, seen by both, and taken away again."""

import html
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from database import Role
from people.absences import stands_in_for
from people.danish_order import sort_key
from people.staff import demo_municipality, read_municipality
from tests.api.test_worklist import text_of

UU, ANDERS, ULLA, SOCIAL = "mette-vejleder", "anders-vejleder", "ulla-uddannelsesleder", "jens-raadgiver"
TODAY = date(2026, 11, 23)
PATH = "/profil/afloeser"
Make = Callable[..., Any]


def form(substitute: str = ANDERS, first: date = TODAY, last: date = TODAY, **more: str) -> dict[str, str]:
    days = {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in (("fra", first), ("til", last))
        for part in ("day", "month", "year")
    }
    return {"afloeser": substitute} | days | more


def covered_by(house: Any, staff_id: str) -> set[str]:
    with house.db.connection(Role.APPLICATION) as conn:
        return set(stands_in_for(conn, staff_id, house.today))


def choices(page: Any, name: str) -> list[str]:
    select = page.text.partition(f'<select id="{name}"')[2].partition("</select>")[0]
    return [html.unescape(word) for word in re.findall(r"<option value=\"[^\"]+\"[^>]*>(.*?)</option>", select)]


def colleagues(staff_id: str) -> list[str]:
    """Everybody in the unit, in Danish order."""
    staff = read_municipality(demo_municipality()).staff
    [unit] = {one.unit_id for one in staff if one.staff_id == staff_id}
    return sorted((one.name for one in staff if one.unit_id == unit), key=sort_key)


def test_a_substitute_is_named_and_both_are_told(as_staff: Make, house: Any) -> None:
    mette = as_staff(UU)
    assert "Der er ikke valgt nogen afløser." in text_of(mette.get("/profil"))
    answer = mette.submit(PATH, **form(last=TODAY + timedelta(days=4)))
    assert (answer.status_code, answer.headers["location"]) == (303, "/profil?besked=gemt")
    assert "Anders Vejleder er afløser for Mette Vejleder 23.11.2026 til og med 27.11.2026 I gang" in text_of(
        mette.get("/profil")
    )
    assert "for Mette Vejleder 23.11.2026 til og med 27.11.2026 – se deres unge" in text_of(
        as_staff(ANDERS).get("/profil")
    )
    assert covered_by(house, ANDERS) == {UU}


def test_it_can_be_taken_away_by_the_absent_one_and_by_nobody_else(as_staff: Make, house: Any) -> None:
    mette = as_staff(UU)
    mette.submit(PATH, **form())
    [action] = re.findall(r'action="(/profil/afloeser/[^"]+/fjern)"', mette.get("/profil").text)
    for stranger in (ANDERS, SOCIAL):
        assert as_staff(stranger).submit(action).status_code == 303
        assert covered_by(house, ANDERS) == {UU}
    assert mette.submit(action).status_code == 303
    assert mette.submit(action).status_code == 303, "twice is once"
    assert covered_by(house, ANDERS) == set()


def test_a_double_press_is_one_absence(as_staff: Make) -> None:
    mette, command = as_staff(UU), str(uuid4())
    for _ in range(2):
        assert mette.submit(PATH, **form(command=command)).status_code == 303
    assert mette.get("/profil").text.count("/fjern") == 1


def test_colleagues_of_the_same_department_can_be_chosen_and_no_others(as_staff: Make) -> None:
    page = as_staff(UU).get("/profil")
    assert choices(page, "afloeser") == [name for name in colleagues(UU) if name != "Mette Vejleder"]
    assert 'name="hvem"' not in page.text, "only for herself"


def test_a_leader_names_one_for_the_unit_because_whoever_is_ill_cannot(as_staff: Make, house: Any) -> None:
    ulla = as_staff(ULLA)
    page = ulla.get("/profil")
    assert choices(page, "hvem") == colleagues(ULLA)
    assert ulla.submit(PATH, **form(ANDERS, hvem=UU)).status_code == 303
    assert covered_by(house, ANDERS) == {UU}
    [action] = re.findall(r'action="(/profil/afloeser/[^"]+/fjern)"', ulla.get("/profil").text)
    assert action in as_staff(UU).get("/profil").text
    ulla.submit(action)
    assert covered_by(house, ANDERS) == set()


WRONG = {
    "Vælg en kollega som afløser.": form(""),
    "Vælg en, der arbejder i din enhed.": form(hvem=ANDERS),
    "Den første dag findes ikke.": form() | {"fra_day": "31", "fra_month": "2"},
    "Den sidste dag mangler.": form() | {"til_day": "", "til_month": "", "til_year": ""},
    "Den sidste dag ligger før den første.": form(first=TODAY + timedelta(days=3), last=TODAY + timedelta(days=2)),
    "Den sidste dag er forbi.": form(first=TODAY - timedelta(days=3), last=TODAY - timedelta(days=1)),
    "Formularen var for gammel.": form(command="nej"),
}


def test_what_is_wrong_is_told_at_its_field_with_what_was_written(as_staff: Make, house: Any) -> None:
    mette = as_staff(UU)
    wrong = WRONG | {
        "Vælg en kollega som afløser. ": form(SOCIAL),
        " Vælg en kollega som afløser.": form(UU),
        "Vælg en kollega som afløser.  ": form("findes-ikke"),
    }
    for words, sent in wrong.items():
        page = mette.submit(PATH, **sent)
        assert page.status_code == 422, words
        assert words.strip() in text_of(page), words
        assert "<title>Fejl: Min profil" in page.text
        if sent["afloeser"] == ANDERS:
            assert f'value="{ANDERS}" selected' in page.text
    assert covered_by(house, ANDERS) == set()


def test_two_absences_do_not_overlap(as_staff: Make, house: Any) -> None:
    mette = as_staff(UU)
    mette.submit(PATH, **form(last=TODAY + timedelta(days=4)))
    page = mette.submit(PATH, **form(ULLA, first=TODAY + timedelta(days=4), last=TODAY + timedelta(days=9)))
    assert page.status_code == 422
    assert "Der er allerede en afløser på en af de dage." in text_of(page)
    assert covered_by(house, ULLA) == set()
    later = form(ULLA, first=TODAY + timedelta(days=5), last=TODAY + timedelta(days=9))
    assert mette.submit(PATH, **later).status_code == 303


def test_a_leader_cannot_stand_in_for_whoever_is_away_as_themselves(as_staff: Make) -> None:
    page = as_staff(ULLA).submit(PATH, **form(UU, hvem=UU))
    assert page.status_code == 422
    assert "kan ikke være sin egen afløser" in text_of(page)


def test_the_name_at_the_top_leads_there(as_staff: Make) -> None:
    assert '<a href="/profil">Mette Vejleder</a>' in as_staff(UU).get("/moeder").text
