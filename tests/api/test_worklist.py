"""Min arbejdsliste and the search, as somebody at a desk meets them."""

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from psycopg import Connection

from api.words import PARTIES
from api.worklist_query import Age, Deadline, Move, Query, list_address, read_query
from api.worklist_rows import TO_COME, TO_DO, status_of
from database import Role
from domain.access import seen_classes
from domain.codes import Matter, Party, PlacementForm, Programme, StartReason
from domain.events import (
    BirthDateCorrected,
    ContactMade,
    HandoverSeen,
    HandoverTakenOver,
    PlacementStarted,
    ReferredToMilepaelen,
    ToldOfBreakOff,
)
from domain.text import FreeText
from people.read_log import reads_of, searches_by
from projections.rows import NextMove
from projections.worklist import Filter, size
from tests.four import FOUR

UU, SOCIAL, ADULT, MILEPAELEN = "mette-vejleder", "jens-raadgiver", "vibeke-voksenraadgiver", "maja-mentor"
TODAY = date(2026, 11, 23)
EDUCATION = PARTIES[Party.EDUCATION]
HOSTILE = '<script>alert(1)</script> "O\'Hara" & Søn'
Staff = Callable[..., Any]
Make = Callable[..., Any]


def text_of(page: Any) -> str:
    """What is read on the page, tags and doubled spaces away."""
    return _read(page.text.partition("<main")[2])


def _read(marked_up: str) -> str:
    plain = html.unescape(re.sub(r"<[^>]+>", " ", marked_up))
    return re.sub(r" ([.,])", r"\1", re.sub(r"\s+", " ", plain))


def rows_of(page: Any) -> list[list[str]]:
    """The cells of the table's rows, as they are read."""
    found = []
    for row in re.findall(r"<tr>(.*?)</tr>", page.text.partition("</thead>")[2], re.DOTALL):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        found.append([_read(cell).strip() for cell in cells])
    return found


def names_of(page: Any) -> list[str]:
    return [row[0].partition(" Sag ")[0] for row in rows_of(page)]


def tiles_of(page: Any) -> dict[str, tuple[int, str]]:
    """Each count above the list: its words, its number and where it leads."""
    found = re.findall(r'<a class="tile[^"]*" href="([^"]+)"[^>]*><b>([\d.]+)</b> <span>(.*?)</span>', page.text)
    return {html.unescape(label): (int(count.replace(".", "")), html.unescape(href)) for href, count, label in found}


def chips_of(page: Any) -> dict[str, str]:
    chips = page.text.partition('class="active-filters"')[2].partition("</ul>")[0]
    found = re.findall(r'href="([^"]+)">(.*?) <span', chips)
    return {html.unescape(label): html.unescape(href) for href, label in found}


def broke_off(on: date) -> ToldOfBreakOff:
    return ToldOfBreakOff(on=on, programme=Programme.VOCATIONAL)


def placed(on: date = date(2024, 2, 1)) -> PlacementStarted:
    return PlacementStarted(on=on, form=PlacementForm.FOSTER_FAMILY)


@pytest.fixture
def anna(youth: Make) -> Any:
    """17 years; broke off in May, and UU has had two deadlines since."""
    return youth("Anna Fiktivholm", born_on=date(2009, 5, 1), events=[broke_off(date(2026, 5, 4))])


@pytest.fixture
def bo(youth: Make) -> Any:
    """Placed outside home; turns 18 on 3 April 2027, so the decision was due on 3 October 2026."""
    return youth("Bo Demogaard", born_on=date(2009, 4, 3), reason=StartReason.PLACED, events=[placed()])


# --- Who sees what


def test_uu_sees_its_own_deadlines_with_oldest_first(as_staff: Staff, anna: Any) -> None:
    rows, who = rows_of(as_staff(UU).get("/arbejdsliste")), f"Anna Fiktivholm Sag {anna.case_number}"
    assert [row[:4] for row in rows] == [
        [who, "17 år", f"{EDUCATION} → til UU Kontakt efter afbrud", "11.05.2026 Lovfrist"],
        [who, "17 år", f"UU → til {EDUCATION} Ny aktivitet efter afbrud", "03.06.2026 Lovfrist"],
    ]  # fmt: skip
    assert [row[5:] for row in rows] == [["Få kontakt med den unge", "Os"], ["Tilbyd en ny aktivitet", "Os"]]


def test_two_departments_see_different_rows(as_staff: Staff, anna: Any, bo: Any) -> None:
    assert set(names_of(as_staff(UU).get("/arbejdsliste"))) == {anna.name}
    assert names_of(as_staff(SOCIAL).get("/arbejdsliste")) == [bo.name]


@pytest.mark.usefixtures("bo")
def test_giver_and_receiver_see_the_same_row_in_their_own_words(as_staff: Staff) -> None:
    [as_giver] = rows_of(as_staff(SOCIAL).get("/arbejdsliste"))
    [as_receiver] = rows_of(as_staff(ADULT).get("/arbejdsliste"))
    assert as_giver[:5] == as_receiver[:5]
    assert as_giver[5:] == ["Træf afgørelse om ungestøtte", "Os"]
    assert as_receiver[5:] == ["Afgørelse om ungestøtte", "Børn & Familie"]


def test_social_matters_are_not_on_the_lists_of_uu_and_school(as_staff: Staff, bo: Any) -> None:
    for staff in (UU, "laila-laerer", MILEPAELEN):
        page = as_staff(staff).get("/arbejdsliste")
        assert bo.name not in page.text
        assert "ungestøtte" not in page.text


@pytest.mark.usefixtures("bo")
def test_a_class_that_may_only_be_known_to_exist_says_no_more(house: Any, as_staff: Staff) -> None:
    # As if the decision had to be sent to employment, which may know that something social is there, not what.
    house.load_rules(FOUR.replace('receiver = "adult_social"', 'receiver = "employment"'))
    page = as_staff("karen-jobkonsulent").get("/arbejdsliste")
    [row] = rows_of(page)
    assert row[2:] == [
        "Børn & Familie → til Beskæftigelse Noget om sociale forhold",
        "03.10.2026",
        "36 arbejdsdage over",
        "Vises ikke for din rolle",
        "Børn & Familie",
    ]
    assert "ngestøtte" not in page.text
    refused = as_staff("karen-jobkonsulent").get("/arbejdsliste?regel=OVG-05")
    assert refused.status_code == 422
    assert "Vælg en af de regler" in refused.text


def test_a_class_that_may_not_be_known_is_not_there(house: Any, as_staff: Staff, bo: Any) -> None:
    house.load_rules(FOUR.replace('receiver = "adult_social"', 'receiver = "milepaelen"'))
    page = as_staff(MILEPAELEN).get("/arbejdsliste")
    assert rows_of(page) == []
    assert bo.name not in page.text
    assert [count for count, _ in tiles_of(page).values()] == [0, 0, 0, 0, 0]


def test_who_is_not_signed_in_is_asked_to_do_so_and_comes_back(client: Any) -> None:
    answer = client.get("/arbejdsliste?frist=overskredet")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/log-ind?videre=/arbejdsliste%3Ffrist%3Doverskredet"


# --- Handovers


def test_a_handover_is_on_both_lists_until_it_is_answered(as_staff: Staff, youth: Make) -> None:
    one = youth("Carla Prøvesen", born_on=date(2008, 1, 1))
    sent = one.sends(Party.UU, Party.EMPLOYMENT, on=date(2026, 11, 16), answer_by=date(2026, 11, 30))
    [receiver] = rows_of(as_staff("karen-jobkonsulent").get("/arbejdsliste?hvem=sendt"))
    [giver] = rows_of(as_staff(UU).get("/arbejdsliste?hvem=andre"))
    assert receiver[2:] == [
        "UU → til Beskæftigelse Sendt: vejledning",
        "30.11.2026 Svarfrist",
        "om 5 arbejdsdage",
        "Læs overleveringen, og svar",
        "Os",
    ]
    assert giver[5:] == ["Svar på overleveringen", "Beskæftigelse"]

    one.record(lambda _: [HandoverSeen(on=date(2026, 11, 17), handover_id=sent)])
    [seen] = rows_of(as_staff("karen-jobkonsulent").get("/arbejdsliste"))
    assert seen[2].endswith("Set: vejledning")
    assert seen[5] == "Overtag eller returnér"

    one.record(lambda _: [HandoverTakenOver(on=date(2026, 11, 18), handover_id=sent)])
    assert rows_of(as_staff("karen-jobkonsulent").get("/arbejdsliste")) == []


# --- When it is due


def test_deadlines_are_told_in_working_days() -> None:
    closed = frozenset({date(2026, 12, 25)})
    told = {
        date(2026, 11, 20): ("overdue", "1 arbejdsdag over"),
        date(2026, 11, 16): ("overdue", "5 arbejdsdage over"),
        date(2026, 11, 22): ("overdue", "1 arbejdsdag over"),
        date(2026, 11, 23): ("soon", "i dag"),
        date(2026, 11, 24): ("soon", "i morgen"),
        date(2026, 11, 30): ("soon", "om 5 arbejdsdage"),
        date(2026, 12, 7): ("soon", "om 10 arbejdsdage"),
        date(2026, 12, 8): ("neutral", "om 11 arbejdsdage"),
        date(2026, 12, 28): ("neutral", "om 24 arbejdsdage"),
    }
    assert {due: status_of(due, TODAY, closed) for due in told} == told


def test_where_no_working_day_lies_between_days_are_told() -> None:
    friday, saturday, sunday = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)
    assert status_of(friday, saturday, frozenset()) == ("overdue", "1 dag over")
    assert status_of(friday, sunday, frozenset()) == ("overdue", "2 dage over")
    assert status_of(sunday, friday, frozenset()) == ("soon", "om 2 dage")
    assert status_of(date(2020, 1, 1), TODAY, frozenset())[1] == "1.798 arbejdsdage over"


def test_what_came_too_late_to_be_kept_says_when_it_was_known(as_staff: Staff, youth: Make) -> None:
    one = youth("Dan Testesen", born_on=date(2009, 6, 1))
    one.happened(broke_off(date(2026, 8, 3)), known_on=date(2026, 11, 2))
    late = next(row for row in rows_of(as_staff(UU).get("/arbejdsliste")) if "Ny aktivitet" in row[2])
    assert late[3].startswith("02.09.2026")
    assert late[4].endswith("over Først kendt 02.11.2026, efter fristen")


def test_a_deadline_is_overdue_the_day_after_and_not_before(
    house: Any, clock: Any, as_staff: Staff, youth: Make
) -> None:
    youth("Eva Eksempelsen", born_on=date(2009, 6, 1), events=[broke_off(date(2026, 11, 16))])
    mette = as_staff(UU)
    assert rows_of(mette.get("/arbejdsliste"))[0][4] == "i dag"
    assert rows_of(mette.get("/arbejdsliste?frist=overskredet")) == []
    clock.forward(hours=14, minutes=59)
    assert house.today == TODAY
    clock.forward(minutes=2)
    assert house.today == date(2026, 11, 24)
    assert rows_of(as_staff(UU).get("/arbejdsliste?frist=overskredet"))[0][4] == "1 arbejdsdag over"


# --- Counts and filters


@pytest.fixture
def many(youth: Make) -> list[Any]:
    """Overdue, soon, later, sent to UU, sent by UU; 14 to 24 years; some turn 18 within half a year, some do not."""
    made = [
        youth("Emil Testesen", born_on=date(2009, 2, 1), events=[broke_off(date(2026, 5, 4))]),
        youth("Freja Demogaard", born_on=date(2010, 3, 1), events=[broke_off(date(2026, 11, 16))]),
        youth("Gustav Prøvesen", born_on=date(2009, 5, 23), events=[broke_off(date(2026, 11, 20))]),
        youth("Hanne Fiktivholm", born_on=date(2009, 5, 24), events=[broke_off(date(2026, 11, 20))]),
        youth("Ib Eksempelsen", born_on=date(2012, 3, 1)),
        youth("Jonna Testesen", born_on=date(2002, 3, 1)),
        youth("Karl Fiktivholm", born_on=date(2008, 3, 1)),
    ]
    ib, jonna, karl = made[-3:]
    ib.sends(Party.SCHOOL, Party.UU, matter=Matter.SCHOOLING, on=date(2026, 11, 2), answer_by=date(2026, 11, 9))
    jonna.sends(Party.UU, Party.EMPLOYMENT, on=date(2026, 11, 2), answer_by=date(2026, 11, 27))
    karl.sends(Party.UU, Party.MILEPAELEN, on=date(2026, 11, 2), answer_by=date(2027, 1, 29))
    return made


@pytest.mark.usefixtures("many")
def test_every_count_leads_to_exactly_so_many_rows(as_staff: Staff) -> None:
    mette = as_staff(UU)
    for address in ("/arbejdsliste", "/arbejdsliste?alder=15-17", "/arbejdsliste?fra=uu", "/arbejdsliste?regel=KUI-02",
                    "/arbejdsliste?frist=snart&hvem=sendt", "/arbejdsliste?alder=fylder-18"):  # fmt: skip
        page = mette.get(address)
        tiles = tiles_of(page)
        assert len(tiles) == 5
        for label, (count, href) in tiles.items():
            if f'href="{html.escape(href)}" aria-current="true"' not in page.text:
                assert len(rows_of(mette.get(href))) == count, (address, label, href)


@pytest.mark.usefixtures("many")
def test_the_counts_are_those_of_the_department(as_staff: Staff) -> None:
    assert {label: count for label, (count, _) in tiles_of(as_staff(UU).get("/arbejdsliste")).items()} == {
        "overskredne frister": 3,
        "frister inden 14 dage": 4,
        "sendt til os": 1,
        "vi venter på andre": 2,
        "linjer om unge, der fylder 18 inden 6 mdr.": 4,
    }
    assert tiles_of(as_staff(MILEPAELEN).get("/arbejdsliste"))["sendt til os"][0] == 1


@pytest.mark.usefixtures("many")
def test_turning_18_within_six_months_counts_the_last_day_and_not_the_next(as_staff: Staff) -> None:
    page = as_staff(UU).get("/arbejdsliste?alder=fylder-18")
    assert set(names_of(page)) == {"Emil Testesen", "Gustav Prøvesen"}
    assert '<h2 id="list">Linjer om unge, der fylder 18 inden 6 mdr.</h2>' in page.text


@pytest.mark.usefixtures("many")
def test_lines_and_young_people_are_counted_apart_and_each_count_says_what_it_counts(as_staff: Staff) -> None:
    mette = as_staff(UU)
    home = mette.get("/arbejdsliste")
    lines, href = tiles_of(home)["linjer om unge, der fylder 18 inden 6 mdr."]
    views = re.search(r'<nav aria-labelledby="unge">(.*?)</nav>', home.text, re.DOTALL)
    assert views
    assert re.search(r'id="unge">Antal unge:</li>', views[1])
    people = re.search(r'href="([^"]+)">Fylder 18 inden 6 mdr. <span class="meta">(\d+)</span>', views[1])
    assert people
    assert (lines, len(rows_of(mette.get(href)))) == (4, 4)
    assert len(set(names_of(mette.get(href)))) == int(people[2]) == 2
    assert len(rows_of(mette.get(html.unescape(people[1])))) == 2


FILTERED = {
    "frist=overskredet": ["Emil Testesen", "Emil Testesen", "Ib Eksempelsen"],
    "hvem=sendt": ["Ib Eksempelsen"],
    "hvem=andre": ["Jonna Testesen", "Karl Fiktivholm"],
    "hvem=os&frist=overskredet": ["Emil Testesen", "Emil Testesen", "Ib Eksempelsen"],
    "hvem=os&alder=13-14": ["Ib Eksempelsen"],
    "alder=18-24": ["Jonna Testesen", "Karl Fiktivholm"],
    "alder=25-29": [],
    "fra=school": ["Ib Eksempelsen"],
    "fra=school&fra=uu&hvem=andre": ["Jonna Testesen", "Karl Fiktivholm"],
    "til=milepaelen&til=employment": ["Jonna Testesen", "Karl Fiktivholm"],
    "fra=uu&til=milepaelen": ["Karl Fiktivholm"],
    "regel=KUI-02&frist=overskredet": ["Emil Testesen"],
    "regel=KUI-02&regel=KUI-03&frist=overskredet": ["Emil Testesen", "Emil Testesen"],
}


@pytest.mark.usefixtures("many")
def test_filters(as_staff: Staff) -> None:
    mette = as_staff(UU)
    assert {asked: names_of(mette.get(f"/arbejdsliste?{asked}")) for asked in FILTERED} == FILTERED


@pytest.mark.usefixtures("many")
def test_the_boxes_of_the_filter_say_how_many_rows_each_would_show(as_staff: Staff) -> None:
    mette = as_staff(UU)
    page = mette.get("/arbejdsliste?alder=18-24&fra=uu")
    boxes = re.findall(r'name="til" value="(\w+)"(?: checked)?> .*?<span class="meta">\((\d+)\)', page.text)
    assert boxes == [("employment", "1"), ("milepaelen", "1")]
    for code, count in boxes:
        assert len(rows_of(mette.get(f"/arbejdsliste?alder=18-24&fra=uu&til={code}"))) == int(count)
    assert 'name="fra" value="uu" checked' in page.text


def test_a_case_number_finds_one_persons_rows(as_staff: Staff, many: list[Any]) -> None:
    emil = many[0]
    page = as_staff(UU).get(f"/arbejdsliste?sag={emil.case_number}")
    assert names_of(page) == ["Emil Testesen", "Emil Testesen"]
    assert f"Sag {emil.case_number}" in chips_of(page)
    nobody = as_staff(UU).get("/arbejdsliste?sag=999999")
    assert "Ingen passer til filtrene" in nobody.text


def test_each_active_filter_can_be_taken_away_alone(as_staff: Staff, many: list[Any]) -> None:
    mette = as_staff(UU)
    asked = f"frist=overskredet&hvem=os&fra=education&fra=uu&til=uu&regel=KUI-02&alder=15-17&sag={many[0].case_number}"
    chips = chips_of(mette.get(f"/arbejdsliste?{asked}"))
    assert list(chips) == [
        "Overskredne frister", "Vores næste skridt", "Fra UU", f"Fra {EDUCATION}", "Til UU",
        "Kontakt efter afbrud", "15–17 år", f"Sag {many[0].case_number}",
    ]  # fmt: skip
    before = set(parse_pairs(f"/arbejdsliste?{asked}"))
    for label, href in chips.items():
        after = set(parse_pairs(href))
        assert len(before - after) == 1, label
        assert label not in chips_of(mette.get(href))
    assert ">Nulstil</a>" in mette.get(f"/arbejdsliste?{asked}").text


def parse_pairs(address: str) -> list[tuple[str, str]]:
    return [(key, value) for key, values in parse_qs(urlsplit(address).query).items() for value in values]


def test_the_address_holds_all_of_the_view_and_comes_back_the_same() -> None:
    query = Query(
        frist=Deadline.SOON,
        hvem=Move.SENT_TO_US,
        fra=(Party.SCHOOL, Party.UU),
        til=(Party.MILEPAELEN,),
        regel=("KUI-02", "KUI-03"),
        alder=Age.TO_17,
        sag="123456",
        beskyttede=True,
        antal=100,
        side=3,
    )
    assert list_address(query.text) == query.address
    assert read_query([]) == (Query(), {})
    assert Query().address == "/arbejdsliste"
    assert query.but(alder=Age.ALL).side == 1


@pytest.mark.usefixtures("many")
def test_the_form_comes_back_as_it_was_sent(as_staff: Staff) -> None:
    page = as_staff(UU).get("/arbejdsliste?frist=snart&hvem=os&alder=15-17&antal=100&beskyttede=1&sag=123456&side=1")
    for sent in ('value="snart" checked', 'value="os" checked', 'value="15-17" checked', 'value="100" selected',
                 'name="beskyttede" value="1" checked', 'name="sag" value="123456"'):  # fmt: skip
        assert sent in page.text


def test_links_to_people_carry_the_list_and_lead_back_to_it(as_staff: Staff, many: list[Any]) -> None:
    page = as_staff(UU).get("/arbejdsliste?frist=overskredet&fra=uu&fra=education")
    [href] = {html.unescape(found) for found in re.findall(r'href="(/unge/[^"]+)"', page.text)}
    assert urlsplit(href).path == many[0].path
    [liste] = parse_qs(urlsplit(href).query)["liste"]
    assert list_address(liste) == "/arbejdsliste?frist=overskredet&fra=uu&fra=education"


@pytest.mark.parametrize(
    "given", ["", "//example.org", "https://example.org/?frist=snart", "\r\nset-cookie: x", "&" * 500, "frist=%00"]
)
def test_the_way_back_never_leads_elsewhere(given: str) -> None:
    assert re.fullmatch(r"/arbejdsliste(\?frist=snart)?", list_address(given))


# --- Pages of the list


@pytest.fixture
def crowd(youth: Make) -> list[Any]:
    return [
        youth(f"Nummer{chr(97 + n // 26)}{chr(97 + n % 26)} Mængde", born_on=date(2009, 6, 1 + n % 20),
              events=[placed(date(2025, 1, 1 + n % 28))])
        for n in range(120)
    ]  # fmt: skip


def test_120_rows_are_shown_50_or_100_at_a_time(as_staff: Staff, crowd: list[Any]) -> None:
    jens = as_staff(SOCIAL)
    pages = [jens.get(f"/arbejdsliste?side={n}") for n in (1, 2, 3)]
    assert [len(rows_of(page)) for page in pages] == [50, 50, 20]
    assert sorted(name for page in pages for name in names_of(page)) == sorted(one.name for one in crowd)
    deadlines = [row[3][6:10] + row[3][3:5] + row[3][:2] for page in pages for row in rows_of(page)]
    assert deadlines == sorted(deadlines)
    assert "Viser 101–120 af 120" in text_of(pages[2])
    assert 'href="/arbejdsliste?side=2" rel="prev"' in pages[2].text
    hundred = jens.get("/arbejdsliste?antal=100&side=2")
    assert len(rows_of(hundred)) == 20
    assert 'href="/arbejdsliste?antal=100" rel="prev"' in hundred.text


@pytest.mark.usefixtures("crowd")
def test_a_page_behind_the_end_is_the_last_page(as_staff: Staff) -> None:
    page = as_staff(SOCIAL).get("/arbejdsliste?side=999999999")
    assert page.status_code == 200
    assert "Viser 101–120 af 120" in text_of(page)


@pytest.mark.usefixtures("crowd")
def test_a_page_asks_the_database_the_same_number_of_times_however_many_rows_it_has(
    house: Any, as_staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    jens, asked, execute = as_staff(SOCIAL), [], Connection.execute

    def counted(self: Any, query: Any, *more: Any, **named: Any) -> Any:
        asked.append(query)
        return execute(self, query, *more, **named)

    jens.get("/arbejdsliste")
    house.log.keys.forget()
    monkeypatch.setattr(Connection, "execute", counted)
    counts = []
    for address in ("/arbejdsliste?sag=999999", "/arbejdsliste?antal=100"):
        asked.clear()
        jens.get(address)
        counts.append(len(asked))
    assert counts[1] <= 20
    assert abs(counts[1] - counts[0]) <= 3


# --- Nothing, and one


def test_nothing_at_all_is_said_in_words(as_staff: Staff) -> None:
    page = as_staff(UU).get("/arbejdsliste")
    assert "I har ingen frister eller overleveringer lige nu." in page.text
    assert "Viser" not in text_of(page)
    assert "<table" not in page.text


def test_nothing_overdue_says_when_the_next_is(as_staff: Staff, youth: Make) -> None:
    youth("Ida Demogaard", born_on=date(2009, 6, 1), events=[broke_off(date(2026, 11, 20))])
    page = as_staff(UU).get("/arbejdsliste?frist=overskredet")
    assert "Ingen frister er overskredet. Den næste frist er 27.11.2026. Vis frister inden 14 dage" in text_of(page)
    assert names_of(as_staff(UU).get("/arbejdsliste?frist=snart")) == ["Ida Demogaard"]


def test_nothing_in_14_days_says_when_the_next_is(as_staff: Staff, youth: Make) -> None:
    one = youth("Ida Demogaard", born_on=date(2008, 1, 1))
    one.sends(Party.UU, Party.EMPLOYMENT, on=date(2026, 11, 2), answer_by=date(2027, 2, 1))
    page = as_staff(UU).get("/arbejdsliste?frist=snart")
    assert "Der er ingen frister de næste 14 dage. Den næste frist er 01.02.2027. Vis hele listen" in text_of(page)


NOTHING_THERE = {
    "hvem=sendt": "Der er ikke sendt noget til jer, som venter på svar.",
    "hvem=andre": "I venter ikke på andre lige nu.",
    "hvem=os": "Ingen næste skridt er jeres lige nu.",
    "alder=fylder-18": "Ingen unge med frister eller overleveringer hos jer fylder 18 de næste 6 måneder.",
    "frist=overskredet&alder=13-14": "Ingen passer til filtrene. Nulstil",
}


def test_each_empty_view_says_why(as_staff: Staff) -> None:
    mette = as_staff(UU)
    for asked, words in NOTHING_THERE.items():
        assert words in text_of(mette.get(f"/arbejdsliste?{asked}"))


@pytest.mark.usefixtures("bo")
def test_one_is_told_as_one(as_staff: Staff) -> None:
    page = as_staff(SOCIAL).get("/arbejdsliste")
    assert "Viser 1 af 1, ældste frist først." in text_of(page)
    assert tiles_of(page)["overskredet frist"][0] == 1


# --- Protected people


def test_protected_people_are_a_line_of_their_own(as_staff: Staff, anna: Any, youth: Make, house: Any) -> None:
    hidden = youth("Lone Skjultsen", born_on=date(2009, 7, 1), protected=True, events=[broke_off(date(2026, 5, 4))])
    page = as_staff(UU).get("/arbejdsliste")
    assert "1 sag med adressebeskyttelse vises ikke her." in text_of(page)
    assert "Viser 1–4 af 4" in text_of(page)
    assert "Lone" not in page.text
    assert hidden.case_number not in page.text
    assert set(names_of(page)) == {anna.name}
    with house.db.connection(Role.APPLICATION) as conn:
        assert reads_of(conn, hidden.id) == []


def test_protected_people_can_be_worked_with_by_case_number_alone(as_staff: Staff, youth: Make, house: Any) -> None:
    hidden = youth("Lone Skjultsen", born_on=date(2009, 7, 1), protected=True, events=[placed()])
    jens = as_staff(SOCIAL)
    youth("Lars Skjultsen", born_on=date(2009, 7, 1), protected=True, events=[placed()])
    page = jens.get("/arbejdsliste?antal=100")
    assert "2 sager med adressebeskyttelse vises ikke her." in text_of(page)
    page = jens.get(f"/arbejdsliste?sag={hidden.case_number}")
    assert "1 sag med adressebeskyttelse vises ikke her." in text_of(page)
    [href] = re.findall(r'href="([^"]+)">Vis dem uden navn', page.text)
    assert html.unescape(href) == f"/arbejdsliste?sag={hidden.case_number}&beskyttede=1"
    page = jens.get(html.unescape(href))
    assert [row[0] for row in rows_of(page)] == [f"Navnet er beskyttet Sag {hidden.case_number}"]
    assert "Lone" not in page.text
    assert "vises ikke her" not in page.text
    with house.db.connection(Role.APPLICATION) as conn:
        assert len(reads_of(conn, hidden.id)) == 1


# --- What cannot be understood


NOT_UNDERSTOOD = [
    "side=abc", "side=-1", "side=0", "side=1.5", "side=9999999999", "side=%D9%A3", "side=" + "9" * 6000,
    "antal=7", "antal=1000000000", "antal=-50", "antal=abc", "frist=i-morgen", "hvem=mig", "fra=jobcenter", "til=%00",
    "regel=XYZ-99", "regel=%27%3B--", "regel=" + "A" * 200, "alder=17", "alder=%F0%9F%98%80", "sag=abc", "sag=12",
    "sag=%00", "sag=Anna+Fiktivholm", "sag=0101901234",
]  # fmt: skip


@pytest.mark.usefixtures("anna")
def test_bad_addresses_are_told_in_danish_and_the_rest_is_shown(as_staff: Staff) -> None:
    mette = as_staff(UU)
    for asked in NOT_UNDERSTOOD:
        page = mette.get(f"/arbejdsliste?{asked}")
        assert (page.status_code, len(rows_of(page))) == (422, 2), asked
        assert "Der er 1 fejl" in page.text, asked
        assert "<title>Fejl: Min arbejdsliste" in page.text, asked
        [target] = re.findall(r'<li><a href="#([a-z]+)">', page.text)
        assert f'id="{target}"' in page.text, asked


@pytest.mark.usefixtures("anna")
def test_what_was_typed_in_the_wrong_place_is_never_repeated(as_staff: Staff) -> None:
    page = as_staff(UU).get("/arbejdsliste?sag=0101901234&frist=Fiktivnavn&regel=Hemmelig&fra=Gaadenavn")
    for typed in ("0101901234", "Fiktivnavn", "Hemmelig", "Gaadenavn"):
        assert typed not in page.text


@pytest.mark.usefixtures("anna")
def test_what_is_empty_or_unknown_is_passed_over(as_staff: Staff) -> None:
    mette = as_staff(UU)
    for asked in ("x=1", "besked=gemt", "side=", "frist=&hvem=&alder=&sag=&antal=50", "sag=+", "&&&=&"):
        page = mette.get(f"/arbejdsliste?{asked}")
        assert (page.status_code, len(rows_of(page))) == (200, 2), asked


# --- Words, names and addresses


def test_every_next_step_has_words_for_both_sides() -> None:
    assert TO_DO.keys() == TO_COME.keys() == set(NextMove)


@pytest.mark.usefixtures("many", "bo")
def test_no_code_and_no_english_is_read_on_the_page(as_staff: Staff) -> None:
    for staff in (UU, SOCIAL, MILEPAELEN):
        read = text_of(as_staff(staff).get("/arbejdsliste"))
        for code in ("KUI-0", "OVG-", "MIL-", "child_social", "handover", "hard", "local", "None", "overdue", "sent"):
            assert code not in read, code


def test_hostile_names_are_text(as_staff: Staff, youth: Make) -> None:
    one = youth(HOSTILE, born_on=date(2009, 6, 1), events=[broke_off(date(2026, 5, 4))])
    youth("Script Demogaard")
    mette = as_staff(UU)
    for page in (mette.get("/arbejdsliste"), mette.submit("/soeg", q="script")):
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert html.escape(HOSTILE, quote=False)[:20] in page.text
        assert one.case_number in page.text


def test_long_names_are_whole(as_staff: Staff, youth: Make) -> None:
    name = " ".join(["Maria-Louise"] * 15)
    youth(name, born_on=date(2009, 6, 1), events=[broke_off(date(2026, 5, 4))])
    assert name in as_staff(UU).get("/arbejdsliste").text


def test_no_name_stands_in_an_address_or_a_title(as_staff: Staff, many: list[Any]) -> None:
    mette = as_staff(UU)
    for page in (mette.get("/arbejdsliste"), mette.get("/arbejdsliste?side=2"), mette.submit("/soeg", q="te")):
        places = re.findall(r'(?:href|action|src|hx-get)="([^"]*)"', page.text)
        places += re.findall(r"<title>(.*?)</title>", page.text)
        for one in many:
            for word in one.name.split():
                assert not any(word.lower() in place.lower() for place in places)
        assert not any(re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", place) for place in places)


def test_the_list_follows_a_corrected_birth_date(as_staff: Staff, bo: Any) -> None:
    bo.happened(BirthDateCorrected(on=date(2026, 11, 20), born_on=date(2010, 4, 3)))
    assert rows_of(as_staff(SOCIAL).get("/arbejdsliste")) == []


def test_what_is_done_leaves_the_list(as_staff: Staff, anna: Any) -> None:
    anna.happened(ContactMade(on=date(2026, 11, 20), way="phone"))
    assert [row[2] for row in rows_of(as_staff(UU).get("/arbejdsliste"))] == [
        f"UU → til {EDUCATION} Ny aktivitet efter afbrud"
    ]


def test_a_local_agreement_is_not_presented_as_law(as_staff: Staff, youth: Make) -> None:
    one = youth("Mia Demogaard", born_on=date(2005, 1, 1))
    one.happened(ReferredToMilepaelen(on=date(2026, 11, 16), by=Party.EMPLOYMENT, purpose=FreeText("Afklaring")))
    [row] = rows_of(as_staff(MILEPAELEN).get("/arbejdsliste"))
    assert row[3] == "23.11.2026 Lokal aftale"
    assert row[5:] == ["En overlevering", "Beskæftigelse"]
    [giver] = rows_of(as_staff("karen-jobkonsulent").get("/arbejdsliste"))
    assert giver[5:] == ["Send en overlevering", "Os"]


# --- The read log


def test_everybody_on_the_page_is_written_down_once_and_nobody_else(
    as_staff: Staff, house: Any, anna: Any, bo: Any
) -> None:
    as_staff(UU).get("/arbejdsliste")
    with house.db.connection(Role.APPLICATION) as conn:
        [read] = reads_of(conn, anna.id)
        assert (read.staff_id, read.unit_id, read.party) == (UU, "uu-nordvest", Party.UU)
        assert (read.category, read.route, read.outcome) == ("worklist", "/arbejdsliste", "shown")
        assert read.at == house.now
        assert reads_of(conn, bo.id) == []


def test_an_empty_list_is_written_down_too(as_staff: Staff, house: Any) -> None:
    as_staff(UU).get("/arbejdsliste")
    with house.db.connection(Role.APPLICATION) as conn:
        assert conn.execute("select staff_id, person_id from read_log").fetchall() == [(UU, None)]


@pytest.fixture
def broken_read_log(house: Any) -> None:
    with house.db.connection(Role.OWNER) as conn:
        conn.execute("revoke insert on read_log from overgang_application")


@pytest.mark.usefixtures("broken_read_log")
def test_when_a_look_cannot_be_written_down_nobody_is_shown(as_staff: Staff, anna: Any, youth: Make) -> None:
    youth("Anna Demogaard")
    mette = as_staff(UU, raising=False)
    csrf = mette.csrf
    answers = [
        mette.get("/arbejdsliste"),
        mette.get("/arbejdsliste?side=abc"),
        mette.post("/soeg", data={"csrf": csrf, "q": "anna"}),
        mette.post("/soeg", data={"csrf": csrf, "q": anna.case_number}),
        mette.post("/soeg", data={"csrf": csrf, "q": anna.cpr.digits}),
    ]
    for answer in answers:
        assert answer.status_code == 500
        assert "referencenummeret" in answer.text
        assert "Anna" not in answer.text
        assert anna.case_number not in answer.text
        assert "location" not in answer.headers


# --- Search


@pytest.fixture
def people(youth: Make) -> list[Any]:
    return [youth(name) for name in ("Åse Holm", "Anna Holm", "Øjvind Holm", "Ærling Holm", "Zita Holm", "Bo Holmgård")]


def test_names_are_found_by_their_beginnings_in_danish_order(as_staff: Staff, people: list[Any]) -> None:
    page = as_staff(UU).submit("/soeg", q="hol")
    assert page.status_code == 200
    assert [row[0] for row in rows_of(page)] == [
        "Anna Holm", "Bo Holmgård", "Zita Holm", "Ærling Holm", "Øjvind Holm", "Åse Holm",
    ]  # fmt: skip
    assert rows_of(page)[0][1:] == [people[1].case_number, "17 år"]
    assert "6 passer" in text_of(page)


def test_one_hit_leads_straight_to_the_person(as_staff: Staff, people: list[Any]) -> None:
    mette = as_staff(UU)
    for asked in ("zita", "  Zita   HOLM ", "zit holm", "holm z"):
        answer = mette.submit("/soeg", q=asked)
        assert (answer.status_code, answer.headers["location"]) == (303, people[4].path)


def test_a_case_number_leads_to_the_person_however_it_is_written(as_staff: Staff, people: list[Any]) -> None:
    number = people[0].case_number
    for asked in (number, f" {number} ", f"Sag {number}", f"sagsnr. {number}", f"Sag nr. {number}"):
        assert as_staff(UU).submit("/soeg", q=asked).headers["location"] == people[0].path


def test_a_cpr_number_leads_to_the_person_and_is_never_repeated(as_staff: Staff, people: list[Any], house: Any) -> None:
    cpr = people[0].cpr
    for asked in (cpr.digits, cpr.shown, f"{cpr.digits[:6]} {cpr.digits[6:]}"):
        answer = as_staff(UU).submit("/soeg", q=asked)
        assert answer.headers["location"] == people[0].path
    with house.db.connection(Role.APPLICATION) as conn:
        assert len(reads_of(conn, people[0].id)) == 3
        found = searches_by(conn, house.log.keys, UU)
        assert {search.outcome for search in found} == {"shown"}
        stored = conn.execute("select criterion_sealed from read_log where criterion_sealed is not null").fetchall()
    assert all(cpr.digits.encode() not in sealed for (sealed,) in stored)


NOT_SEARCHED_FOR = {
    "": "Skriv et navn, et sagsnummer eller et CPR-nummer.",
    "   ": "Skriv et navn, et sagsnummer eller et CPR-nummer.",
    "123": "Et sagsnummer har 6 eller 7 cifre, og et CPR-nummer har 10.",
    "03.04.2008": "Et sagsnummer har 6 eller 7 cifre, og et CPR-nummer har 10.",
    "010190123": "CPR-nummeret har ni cifre. Har et regneark fjernet et nul foran?",
    "9999991234": "CPR-nummeret begynder ikke med en dato, der findes.",
    "0101901234": "En demo tager kun opdigtede CPR-numre",
    "???": "Der er ingen bogstaver eller tal i det, du skrev.",
    "\x00": "Der er ingen bogstaver eller tal i det, du skrev.",
    "x" * 201: "Søgningen må højst være 200 tegn.",
}


@pytest.mark.usefixtures("people")
def test_what_cannot_be_searched_for_is_told_in_danish(as_staff: Staff) -> None:
    mette = as_staff(UU)
    for asked, words in NOT_SEARCHED_FOR.items():
        page = mette.submit("/soeg", q=asked)
        assert page.status_code == 422, asked
        assert words in page.text
        assert "<title>Fejl: Søg" in page.text
        if asked.isdigit() and len(asked) > 7:
            assert asked not in page.text


@pytest.mark.usefixtures("people")
def test_nobody_found_says_so_and_keeps_what_was_written(as_staff: Staff, house: Any) -> None:
    page = as_staff(UU).submit("/soeg", q="Findesikke")
    assert page.status_code == 200
    assert "Ingen passer" in page.text
    assert 'value="Findesikke"' in page.text
    with house.db.connection(Role.APPLICATION) as conn:
        [search] = searches_by(conn, house.log.keys, UU)
    assert (search.criterion, search.outcome, search.route) == ("Findesikke", "nothing", "/soeg")


@pytest.mark.usefixtures("people")
def test_an_unknown_number_is_not_repeated(as_staff: Staff) -> None:
    page = as_staff(UU).submit("/soeg", q="0121901234")
    assert "Ingen passer" in page.text
    assert "0121901234" not in page.text
    assert "012190" not in page.text


def test_more_than_50_hits_ask_for_a_narrower_search(as_staff: Staff, youth: Make) -> None:
    for n in range(51):
        youth(f"Maja Mængde{chr(97 + n % 26)}{chr(97 + n // 26)}")
    page = as_staff(UU).submit("/soeg", q="maja")
    assert len(rows_of(page)) == 50
    assert "Mere end 50 passer" in text_of(page)
    assert "Indsnævr søgningen" in text_of(page)


def test_protected_people_are_found_and_marked(as_staff: Staff, youth: Make) -> None:
    youth("Nora Holm")
    youth("Nina Holm", protected=True)
    rows = rows_of(as_staff(UU).submit("/soeg", q="holm"))
    assert [row[0] for row in rows] == ["Nina Holm Navne- og adressebeskyttelse", "Nora Holm"]


@pytest.mark.usefixtures("people")
def test_a_search_comes_from_our_own_page_or_not_at_all(as_staff: Staff) -> None:
    mette = as_staff(UU)
    assert mette.post("/soeg", data={"q": "anna"}).status_code == 403
    assert (
        mette.post("/soeg", data={"q": "anna", "csrf": mette.csrf}, headers={"origin": "http://x"}).status_code == 403
    )
    assert mette.get("/soeg?q=anna").status_code == 200
    assert "Anna" not in mette.get("/soeg?q=anna").text


def test_the_search_page_can_be_opened_empty(as_staff: Staff) -> None:
    page = as_staff(UU).get("/soeg")
    assert page.status_code == 200
    assert "Ingen passer" not in page.text
    assert 'action="/soeg"' in page.text


@pytest.mark.usefixtures("many")
def test_the_lists_and_the_tables_agree(as_staff: Staff, house: Any) -> None:
    house.catch_up()
    with house.db.connection(Role.APPLICATION) as conn:
        in_table = size(conn, Filter(classes=seen_classes(Party.UU), party=Party.UU), house.today)
    assert f"af {in_table}" in text_of(as_staff(UU).get("/arbejdsliste"))
