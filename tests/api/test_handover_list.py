"""Overleveringer, as somebody asks where things stop: who sees which, the matrix, the tabs, and what was answered."""

import html
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest

from api.handover_list_query import Query, Standing, Tab, read_query
from database import Role
from domain.codes import Matter, Party, ReturnReason
from domain.decisions import return_handover, see_handover, take_over, withdraw_handover
from domain.text import FreeText
from people.read_log import reads_of
from tests.four import FOUR

UU, SOCIAL, JOB, MILEPAELEN, BENEFITS, COORDINATOR, LEADER = (
    "mette-vejleder",
    "jens-raadgiver",
    "karen-jobkonsulent",
    "maja-mentor",
    "yrsa-ydelse",
    "katrine-koordinator",
    "ulla-uddannelsesleder",
)
Staff = Callable[..., Any]
Make = Callable[..., Any]


def read(marked_up: str) -> str:
    plain = html.unescape(re.sub(r"<[^>]+>", " ", marked_up))
    return re.sub(r" ([.,])", r"\1", re.sub(r"\s+", " ", plain)).strip()


def text_of(page: Any) -> str:
    return read(page.text.partition("<main")[2].partition("</main>")[0])


def rows_of(page: Any) -> list[list[str]]:
    """The cells of every row of the list, below the matrix."""
    listed = page.text.partition('<section aria-labelledby="list"')[2]
    bodies = "".join(re.findall(r"<tbody>(.*?)</tbody>", listed, re.DOTALL))
    rows = re.findall(r"<tr>(.*?)</tr>", bodies, re.DOTALL)
    return [[read(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def names_of(page: Any) -> list[str]:
    return [row[0].partition(" Sag ")[0] for row in rows_of(page)]


def groups_of(page: Any) -> list[str]:
    return [read(one) for one in re.findall(r"<h3>(.*?)</h3>", page.text, re.DOTALL)]


def cells_of(page: Any) -> dict[str, tuple[str, str]]:
    """The matrix: from whom to whom, what stands there, and where it leads."""
    matrix = page.text.partition('class="matrix"')[2].partition("</table>")[0]
    found = re.findall(r'<a href="([^"]+)"[^>]*><span class="sr">(.*?): </span>(.*?)</a>', matrix, re.DOTALL)
    return {html.unescape(pair): (read(said), html.unescape(href)) for href, pair, said in found}


def tabs_of(page: Any) -> list[str]:
    tabs = page.text.partition('class="pages tabs"')[2].partition("</nav>")[0]
    return [read(one) for one in re.findall(r"<a [^>]*>(.*?)</a>", tabs, re.DOTALL)]


@pytest.fixture
def sent(youth: Make) -> dict[str, Any]:
    """Four between three departments: two over the deadline, one of them seen."""
    people = {
        name: youth(f"{name} Demogaard", born_on=date(2009, month, 1))
        for month, name in enumerate(("Anna", "Bo", "Carla", "Dan"), start=1)
    }
    handovers = {
        "Anna": people["Anna"].sends(Party.UU, Party.EMPLOYMENT, on=date(2026, 11, 2), answer_by=date(2026, 11, 9)),
        "Bo": people["Bo"].sends(Party.UU, Party.EMPLOYMENT, on=date(2026, 11, 16), answer_by=date(2026, 11, 30)),
        "Carla": people["Carla"].sends(Party.UU, Party.MILEPAELEN, on=date(2026, 11, 3), answer_by=date(2026, 11, 10)),
        "Dan": people["Dan"].sends(
            Party.SCHOOL, Party.UU, matter=Matter.SCHOOLING, on=date(2026, 11, 4), answer_by=date(2026, 12, 1)
        ),
    }
    seen = partial(see_handover, handover_id=handovers["Carla"], by=Party.MILEPAELEN, on=date(2026, 11, 5))
    people["Carla"].record(seen)
    return {"people": people, "handovers": handovers}


def answer(sent: dict[str, Any], name: str, decide: Any, **more: Any) -> None:
    one = sent["people"][name]
    one.record(partial(decide, handover_id=sent["handovers"][name], **more))


# Who sees which


@pytest.mark.usefixtures("sent")
def test_the_receiver_sees_what_was_sent_to_them_and_that_they_are_waited_for(as_staff: Staff) -> None:
    page = as_staff(JOB).get("/overleveringer")
    assert [row[1:] for row in rows_of(page)] == [
        ["17 år", "Vejledning", "UU → til Beskæftigelse", "02.11.2026", "09.11.2026", "10 arbejdsdage over",
         row_end("Sendt", "Læs og svar", page, 0), "Os"],
        ["17 år", "Vejledning", "UU → til Beskæftigelse", "16.11.2026", "30.11.2026", "om 5 arbejdsdage",
         row_end("Sendt", "Læs og svar", page, 1), "Os"],
    ]  # fmt: skip
    assert groups_of(page) == ["Fra UU: 2 venter på svar, 1 over svarfristen"]
    assert tabs_of(page) == ["Sendt til os (2)", "Sendt af os (0)", "Planlagt (0)", "Besvaret"]


def row_end(state: str, link: str, page: Any, number: int) -> str:
    case_number = re.findall(r"Sag (\d+)</span>", page.text)[number]
    return f"{state} {link}, overlevering i sag {case_number}"


@pytest.mark.usefixtures("sent")
def test_the_giver_sees_them_by_receiver_those_with_most_overdue_first(as_staff: Staff) -> None:
    page = as_staff(UU).get("/overleveringer?vis=af-os")
    assert groups_of(page) == [
        "Til Beskæftigelse: 2 venter på svar, 1 over svarfristen",
        "Til Milepælen: 1 venter på svar, 1 over svarfristen",
    ]
    assert names_of(page) == ["Anna Demogaard", "Bo Demogaard", "Carla Demogaard"]
    assert [row[8] for row in rows_of(page)] == ["Beskæftigelse", "Beskæftigelse", "Milepælen"]
    assert rows_of(page)[2][7].startswith("Set Se")


@pytest.mark.usefixtures("sent")
def test_a_leader_sees_their_own_department_and_no_other(as_staff: Staff) -> None:
    assert names_of(as_staff(LEADER).get("/overleveringer")) == ["Dan Demogaard"]
    page = as_staff(SOCIAL).get("/overleveringer")
    assert "Demogaard" not in page.text
    assert cells_of(page) == {}


@pytest.mark.usefixtures("sent")
def test_the_municipality_sees_what_all_send_each_other(as_staff: Staff) -> None:
    page = as_staff(COORDINATOR).get("/overleveringer")
    assert tabs_of(page) == ["Alle afdelinger (4)", "Sendt til os (0)", "Sendt af os (0)", "Planlagt (0)", "Besvaret"]
    assert len(rows_of(page)) == 4
    assert cells_of(page).keys() == {"UU til Beskæftigelse", "UU til Milepælen", "Skole til UU"}
    assert cells_of(as_staff(UU).get("/overleveringer")).keys() == cells_of(page).keys()
    assert cells_of(as_staff(MILEPAELEN).get("/overleveringer")).keys() == {"UU til Milepælen"}


@pytest.mark.usefixtures("sent")
def test_nobody_but_the_municipality_asks_for_all(as_staff: Staff) -> None:
    assert names_of(as_staff(JOB).get("/overleveringer?vis=alle")) == ["Anna Demogaard", "Bo Demogaard"]


def test_who_is_shown_is_in_the_read_log(as_staff: Staff, house: Any, sent: dict[str, Any]) -> None:
    as_staff(JOB).get("/overleveringer")
    with house.db.connection(Role.APPLICATION) as conn:
        for name, looks in (("Anna", 1), ("Bo", 1), ("Carla", 0), ("Dan", 0)):
            found = [look for look in reads_of(conn, sent["people"][name].id) if look.route == "/overleveringer"]
            assert [look.category for look in found] == ["handovers"] * looks, name


# The matrix, filters and pages


@pytest.mark.usefixtures("sent")
def test_each_cell_leads_to_exactly_its_rows(as_staff: Staff) -> None:
    for staff in (UU, JOB, COORDINATOR):
        browser = as_staff(staff)
        cells = cells_of(browser.get("/overleveringer"))
        assert cells
        for pair, (said, href) in cells.items():
            page = browser.get(href.partition("#")[0])
            counts = [int(number) for number in re.findall(r"(\d+) (?:over fristen|i tide)", said)]
            assert len(rows_of(page)) == sum(counts), (staff, pair)
            assert all(row[3] == pair.replace(" til ", " → til ") for row in rows_of(page))
            assert page.text.count('aria-current="true"') == 1, "the cell that is shown says so"
    assert cells["UU til Beskæftigelse"][0] == "1 over fristen, 1 i tide"


FILTERED = {
    "": ["Anna", "Bo", "Carla", "Dan"],
    "tilstand=overskredet": ["Anna", "Carla"],
    "tilstand=i-tide": ["Bo", "Dan"],
    "tilstand=sendt": ["Anna", "Bo", "Dan"],
    "tilstand=set": ["Carla"],
    "fra=school": ["Dan"],
    "fra=uu&til=milepaelen": ["Carla"],
    "til=milepaelen&til=uu": ["Carla", "Dan"],
    "fra=health": [],
}


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize("asked", FILTERED)
def test_filters(as_staff: Staff, asked: str) -> None:
    page = as_staff(COORDINATOR).get(f"/overleveringer?{asked}")
    assert sorted(name.partition(" ")[0] for name in names_of(page)) == FILTERED[asked]
    assert len(cells_of(page)) == 3, "the matrix stands as it is"
    assert ("Ingen passer til filtrene." in page.text) == (not FILTERED[asked])


@pytest.mark.usefixtures("sent")
def test_every_filter_that_is_on_can_be_taken_off(as_staff: Staff) -> None:
    page = as_staff(COORDINATOR).get("/overleveringer?fra=uu&til=milepaelen&tilstand=set&beskyttede=1")
    chips = page.text.partition('class="active-filters"')[2].partition("</ul>")[0]
    labels = dict(re.findall(r'href="([^"]+)">(.*?) <span', chips))
    assert {html.unescape(href): label for href, label in labels.items()} == {
        "/overleveringer?fra=uu&til=milepaelen&beskyttede=1": "Set, men ikke besvaret",
        "/overleveringer?til=milepaelen&tilstand=set&beskyttede=1": "Fra UU",
        "/overleveringer?fra=uu&tilstand=set&beskyttede=1": "Til Milepælen",
        "/overleveringer?fra=uu&til=milepaelen&tilstand=set": "Også med adressebeskyttelse",
    }


@pytest.mark.parametrize("asked", ["side=0", "side=x", "antal=7", "vis=x", "fra=jobcenter", "til=1", "tilstand=nej"])
def test_what_cannot_be_understood_is_said_and_never_repeated(as_staff: Staff, asked: str) -> None:
    page = as_staff(COORDINATOR).get(f"/overleveringer?{asked}")
    assert page.status_code == 422
    [field] = re.findall(r'<li><a href="#(\w+)">', page.text)
    assert field == asked.partition("=")[0]
    assert f'id="{field}"' in page.text, "the summary leads to it"
    assert "jobcenter" not in page.text


def test_pages_follow_each_other_through_the_groups(as_staff: Staff, youth: Make) -> None:
    for number in range(53):
        one = youth(f"Person{number} Testesen", born_on=date(2008, 1, 1))
        receiver = Party.EMPLOYMENT if number < 30 else Party.MILEPAELEN
        one.sends(Party.UU, receiver, on=date(2026, 11, 2), answer_by=date(2026, 11, 27))
    browser = as_staff(UU)
    first, second = (browser.get(f"/overleveringer?vis=af-os&side={side}") for side in (1, 99))
    assert "Viser 1–50 af 53" in text_of(first)
    assert groups_of(first) == ["Til Beskæftigelse: 30 venter på svar", "Til Milepælen: 23 venter på svar"]
    assert "Viser 51–53 af 53" in text_of(second)
    assert groups_of(second) == ["Til Milepælen: 23 venter på svar"]
    assert (len(rows_of(first)), len(rows_of(second))) == (50, 3)
    assert len({*names_of(first), *names_of(second)}) == 53
    assert len(rows_of(browser.get("/overleveringer?vis=af-os&antal=500"))) == 53


def test_who_is_protected_is_counted_and_shown_without_a_name_when_asked_for(as_staff: Staff, youth: Make) -> None:
    one = youth("Eva Fiktivholm", born_on=date(2009, 1, 1), protected=True)
    one.sends(Party.UU, Party.EMPLOYMENT, on=date(2026, 11, 2), answer_by=date(2026, 11, 9))
    browser = as_staff(JOB)
    page = browser.get("/overleveringer")
    assert "1 sag med adressebeskyttelse vises ikke her." in page.text
    assert one.case_number not in page.text
    page = browser.get("/overleveringer?beskyttede=1")
    assert [row[0] for row in rows_of(page)] == [f"Navnet er beskyttet Sag {one.case_number}"]
    assert one.name not in page.text


def test_the_person_has_a_way_back_to_the_view(as_staff: Staff, sent: dict[str, Any]) -> None:
    browser = as_staff(UU)
    page = browser.get("/overleveringer?vis=af-os&til=milepaelen")
    path = re.escape(sent["people"]["Carla"].path)
    [href] = re.findall(rf'<th scope="row"><a href="({path}\?liste=[^"]+)"', page.text)
    person = browser.get(html.unescape(href)).text
    assert '<a href="/overleveringer?vis=af-os&amp;til=milepaelen">Tilbage til overleveringerne</a>' in person


@pytest.mark.parametrize("asked", ["til=1", "vis=af-os&fra=1", "vis=besvaret&tilstand=1", "vis=af-os&fra=school"])
def test_what_a_tab_cannot_be_asked_is_passed_over(as_staff: Staff, asked: str) -> None:
    page = as_staff(UU).get(f"/overleveringer?{asked}")
    assert page.status_code == 200
    assert "Ingen passer til filtrene." not in page.text


# What was answered


def test_what_was_answered_lately_says_what_became_of_it(as_staff: Staff, sent: dict[str, Any]) -> None:
    words = FreeText("Ordene.")
    answer(sent, "Anna", take_over, by=Party.EMPLOYMENT, on=date(2026, 11, 20))
    answer(
        sent,
        "Carla",
        return_handover,
        by=Party.MILEPAELEN,
        on=date(2026, 11, 10),
        reason=ReturnReason.OTHER,
        words=words,
    )
    answer(sent, "Dan", withdraw_handover, by=Party.SCHOOL, on=date(2026, 11, 23), words=words)
    page = as_staff(COORDINATOR).get("/overleveringer?vis=besvaret")
    assert [(row[0].split()[0], *row[5:7], row[7].split(" Se ")[0]) for row in rows_of(page)] == [
        ("Dan", "01.12.2026", "23.11.2026 i tide", "Trukket tilbage"),
        ("Carla", "10.11.2026", "10.11.2026 i tide", "Returneret"),
        ("Anna", "09.11.2026", "20.11.2026 efter svarfristen", "Overtaget"),
    ]
    assert "Ordene." not in page.text
    assert names_of(as_staff(JOB).get("/overleveringer?vis=besvaret")) == ["Anna Demogaard"]
    assert names_of(as_staff(COORDINATOR).get("/overleveringer?vis=besvaret&til=milepaelen")) == ["Carla Demogaard"]
    assert names_of(as_staff(SOCIAL).get("/overleveringer?vis=besvaret")) == []
    assert names_of(as_staff(COORDINATOR).get("/overleveringer")) == ["Bo Demogaard"]


def test_what_was_answered_longer_ago_is_no_longer_in_sight(as_staff: Staff, youth: Make) -> None:
    for name, day in (("Gammel", date(2026, 10, 23)), ("Ny", date(2026, 10, 24))):
        one = youth(f"{name} Testesen", born_on=date(2009, 1, 1))
        sent_id = one.sends(Party.UU, Party.EMPLOYMENT, on=date(2026, 10, 1), answer_by=date(2026, 10, 30))
        at = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
        one.record(partial(take_over, handover_id=sent_id, by=Party.EMPLOYMENT, on=day), at)
    assert names_of(as_staff(UU).get("/overleveringer?vis=besvaret")) == ["Ny Testesen"]


def test_seen_is_not_answered_and_new_rules_answer_nothing(as_staff: Staff, house: Any, sent: dict[str, Any]) -> None:
    house.load_rules(FOUR.replace("working_days = 5", "working_days = 10"))
    page = as_staff(COORDINATOR).get("/overleveringer?vis=besvaret")
    assert rows_of(page) == []
    assert "Intet svar er registreret de sidste 30 dage." in text_of(page)
    assert sent


# Empty


@pytest.mark.parametrize(
    ("staff", "asked", "said"),
    [
        (UU, "", "Der er ikke sendt noget til jer, som venter på svar."),
        (UU, "?vis=af-os", "I venter ikke på svar fra andre."),
        (COORDINATOR, "", "Ingen overleveringer venter på svar."),
    ],
)
def test_empty_says_why_and_what_next(as_staff: Staff, staff: str, asked: str, said: str) -> None:
    page = as_staff(staff).get(f"/overleveringer{asked}")
    assert said in text_of(page)
    assert 'href="/arbejdsliste">Gå til arbejdslisten' in page.text
    assert "Hvem venter på hvem?" not in page.text


def test_the_menu_leads_there(as_staff: Staff) -> None:
    page = as_staff(UU).get("/overleveringer")
    assert '<a href="/overleveringer" aria-current="page">Overleveringer</a>' in page.text


@pytest.mark.usefixtures("sent")
def test_every_department_has_a_foot_that_says_whose_copy_it_is(as_staff: Staff) -> None:
    page = as_staff(UU).get("/overleveringer?vis=af-os")
    feet = re.findall(r'<tfoot class="printed">(.*?)</tfoot>', page.text, re.DOTALL)
    whose = "Fortroligt, personoplysninger. Hentet 23.11.2026 kl. 09.00 af Mette Vejleder, UU Nordvest."
    assert [read(one) for one in feet] == [whose, whose]


# Addresses


def test_each_view_has_one_address() -> None:
    assert Query().address == "/overleveringer"
    whole = Query(vis=Tab.FROM_US, til=(Party.UU,), tilstand=Standing.SEEN, beskyttede=True, antal=100, side=2)
    assert whole.address == "/overleveringer?vis=af-os&til=uu&tilstand=set&beskyttede=1&antal=100&side=2"
    given = [tuple(pair.split("=")) for pair in whole.address.partition("?")[2].split("&")]
    assert read_query(given, Party.UU) == (whole, {})  # type: ignore[arg-type]
    assert read_query([("vis", "til-os")], Party.UU)[0] == Query()
    assert read_query([("vis", "alle")], Party.MUNICIPALITY)[0] == Query()
    assert read_query([("vis", "til-os")], Party.MUNICIPALITY)[0] == Query(vis=Tab.TO_US)
