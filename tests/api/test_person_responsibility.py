"""Ansvar: who had what, told in a table and a drawing; where nobody or several had it, in red and in words."""

import html
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.person_responsibility_svg import Trouble, responsibility_svg
from api.timeline_ink import COLOURS, RED
from api.timeline_measures import RIGHT, WIDTH, Scale, text_width
from api.timeline_svg import Bar
from database import Role
from domain.codes import Matter, Party, Programme
from domain.decisions import take_over
from domain.events import BirthDateCorrected, EducationStarted, JourneyStarted, ResponsibilityEstablished
from people.read_log import reads_of

UU, HEALTH, EMPLOYMENT = "mette-vejleder", "pia-psykolog", "karen-jobkonsulent"
BORN = date(2009, 5, 1)
TODAY = date(2026, 11, 23)
SVG = "{http://www.w3.org/2000/svg}"
Staff = Callable[..., Any]
Make = Callable[..., Any]


def read(marked_up: str) -> str:
    plain = html.unescape(re.sub(r"<[^>]+>", " ", marked_up))
    return re.sub(r" ([.,])", r"\1", re.sub(r"\s+", " ", plain)).strip()


def rows_of(page: Any) -> list[list[str]]:
    body = page.text.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [[read(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def red_box(page: Any) -> list[str]:
    box = page.text.partition('class="box box-overdue"')[2].partition("</ul>")[0]
    return [read(one) for one in re.findall(r"<li>(.*?)</li>", box, re.DOTALL)]


@pytest.fixture
def ida(youth: Make) -> Any:
    return youth("Ida Demogaard", born_on=BORN, started_on=date(2024, 8, 1))


def handed_over(one: Any) -> Any:
    """From UU to Milepælen, sent on 2 March 2026 and taken over on the 9th."""
    sent = one.sends(Party.UU, Party.MILEPAELEN, on=date(2026, 3, 2), answer_by=date(2026, 3, 16))
    one.record(partial(take_over, handover_id=sent, by=Party.MILEPAELEN, on=date(2026, 3, 9)))
    return sent


# The page


def test_each_holder_has_a_row_from_when_until_when_and_how(as_staff: Staff, ida: Any) -> None:
    sent = handed_over(ida)
    page = as_staff(UU).get(f"{ida.path}/ansvar")
    assert rows_of(page) == [
        ["Skolegang", "Skole", "01.08.2024", "nu", "Ansvar placeret"],
        ["Vejledning", "UU", "01.08.2024", "09.03.2026", "Ansvar placeret"],
        ["Vejledning", "Milepælen", "09.03.2026", "nu", "Overtaget fra UU"],
        ["Koordinering", "UU", "01.08.2024", "nu", "Ansvar placeret"],
    ]
    assert f'href="{ida.path}/overleveringer/{sent}"' in page.text
    assert "Hvert ansvar har hele tiden ligget hos én." in page.text
    assert red_box(page) == []


def test_nobody_is_told_with_how_long(as_staff: Staff, youth: Make, house: Any) -> None:
    """It turns out that the journey had begun twelve days before anybody was made responsible."""
    one = youth("Bo Demogaard", born_on=date(2008, 12, 1), started_on=date(2026, 11, 13))
    assert red_box(as_staff(UU).get(f"{one.path}/ansvar")) == []
    one.happened(JourneyStarted(on=date(2026, 11, 1), born_on=one.born_on))
    house.catch_up()
    page = as_staff(UU).get(f"{one.path}/ansvar")
    assert "Vejledning: Ingen havde ansvaret i 12 dage, fra 01.11.2026 til 13.11.2026." in red_box(page)
    assert ["Vejledning", "Ingen havde ansvaret i 12 dage", "01.11.2026", "13.11.2026", ""] in rows_of(page)
    assert "Ingen i 12 dage" in page.text.partition("<svg xmlns")[2]


def test_at_18_income_and_work_is_the_employment_services(as_staff: Staff, youth: Make) -> None:
    one = youth("Bo Demogaard", born_on=date(2008, 11, 1), started_on=date(2024, 8, 1))
    page = as_staff(UU).get(f"{one.path}/ansvar")
    assert red_box(page) == []
    assert ["Forsørgelse og arbejde", "Beskæftigelse", "01.11.2026", "nu", "Fra 18-årsdagen"] in rows_of(page)


def test_two_are_told_with_their_names(as_staff: Staff, ida: Any) -> None:
    ida.happened(ResponsibilityEstablished(on=date(2026, 11, 23), matter=Matter.GUIDANCE, holder=Party.MILEPAELEN))
    page = as_staff(UU).get(f"{ida.path}/ansvar")
    assert red_box(page) == [
        "Vejledning: Både UU og Milepælen har ansvaret, og det har varet i 1 dag, siden 23.11.2026."
    ]
    assert "Flere i 1 dag" in page.text
    ida.happened(ResponsibilityEstablished(on=date(2026, 11, 1), matter=Matter.GUIDANCE, holder=Party.EMPLOYMENT))
    assert red_box(as_staff(UU).get(f"{ida.path}/ansvar")) == [
        "Vejledning: Både UU og Beskæftigelse havde ansvaret i 22 dage, fra 01.11.2026 til 23.11.2026.",
        "Vejledning: UU, Beskæftigelse og Milepælen har ansvaret, og det har varet i 1 dag, siden 23.11.2026.",
    ]


def test_a_role_that_cannot_know_when_school_was_left_is_told_so_and_of_no_gap(as_staff: Staff, youth: Make) -> None:
    """Followed as an adult, who then turned out to be a child that nobody had given a school."""
    one = youth("Bo Demogaard", born_on=date(2008, 1, 1), started_on=date(2026, 11, 2))
    one.happened(BirthDateCorrected(on=date(2026, 11, 9), born_on=BORN))
    said = "Om skolegangen har manglet en ansvarlig, vises ikke for din rolle."
    page = as_staff(HEALTH).get(f"{one.path}/ansvar")
    assert said in page.text
    assert "Skolegang" not in {row[0] for row in rows_of(page)}
    page = as_staff(UU).get(f"{one.path}/ansvar")
    assert said not in page.text
    assert red_box(page) == ["Skolegang: Ingen har ansvaret, og det har varet i 22 dage, siden 02.11.2026."]


def test_what_a_role_may_not_know_leaves_no_trace_in_it(as_staff: Staff, ida: Any) -> None:
    before = as_staff(HEALTH).get(f"{ida.path}/ansvar").text
    ida.happened(EducationStarted(on=date(2025, 8, 11), programme=Programme.VOCATIONAL))
    after = as_staff(HEALTH).get(f"{ida.path}/ansvar").text
    hidden = r'name="csrf" value="[^"]+"|hændelse [\d.]+'
    assert re.sub(hidden, "", before) == re.sub(hidden, "", after)


def test_the_persons_page_leads_there_and_the_way_back_is_kept(as_staff: Staff, ida: Any) -> None:
    browser = as_staff(UU)
    person = browser.get(f"{ida.path}?liste=/overleveringer").text
    link = f"{ida.path}/ansvar?liste=%2Foverleveringer"
    assert f'<a href="{link}">Hvem har haft ansvaret?</a>' in person
    page = browser.get(link).text
    assert f'<a href="{ida.path}?liste=%2Foverleveringer">Tilbage til Ida Demogaard</a>' in page
    assert "<title>Hvem har haft ansvaret? – Ungeindsats</title>" in page


def test_a_look_is_written_down_and_a_number_that_nobody_has_is_not_found(
    as_staff: Staff, house: Any, ida: Any
) -> None:
    browser = as_staff(EMPLOYMENT)
    assert browser.get(f"{ida.path}/ansvar").status_code == 200
    with house.db.connection(Role.APPLICATION) as conn:
        assert [(one.category, one.route) for one in reads_of(conn, ida.id)] == [
            ("responsibility", "/unge/{case_number}/ansvar")
        ]
    assert browser.get("/unge/999999/ansvar").status_code == 404


# The drawing


def drawn(bars: list[Bar], troubles: list[Trouble], name: str = "Vejledning", today: date = TODAY) -> ET.Element:
    made = responsibility_svg([(name, bars, troubles)], born_on=BORN, today=today, title="Ansvar", description="Sådan")
    return ET.fromstring(made)  # noqa: S314 - our own drawing


def bar(start: date, end: date | None = None, holder: str = "uu", label: str = "UU") -> Bar:
    return Bar(lane=holder, label=label, start=start, end=end)


def filled(svg: ET.Element, colour: str) -> list[tuple[float, float]]:
    """Left edge and width of every shape of that colour."""
    return [
        (float(one.attrib["x"]), float(one.attrib["width"]))
        for one in svg.iter(f"{SVG}rect")
        if one.attrib["fill"] == colour
    ]


def test_a_bar_has_the_colour_of_its_holder_and_lasts_as_long_as_it_did() -> None:
    svg = drawn([bar(date(2024, 5, 1), date(2025, 5, 1)), bar(date(2025, 5, 1), None, "milepaelen", "Milepælen")], [])
    scale = Scale(born_on=BORN, from_age=13, to_age=30, left=150)
    [(left, width)] = filled(svg, COLOURS["uu"])
    assert left == pytest.approx(scale(date(2024, 5, 1)), abs=0.1)
    assert left + width == pytest.approx(scale(date(2025, 5, 1)), abs=1.2)
    [(left, width)] = filled(svg, COLOURS["milepaelen"])
    assert left + width == pytest.approx(scale(TODAY), abs=1.2), "what still lasts is drawn until today"
    assert filled(svg, RED) == []


def test_a_gap_is_a_red_block_with_its_words_and_is_never_too_small_to_see() -> None:
    gap = Trouble(start=date(2026, 1, 1), end=date(2026, 1, 2), said="Ingen i 1 dag", is_gap=True)
    svg = drawn([bar(date(2024, 5, 1), date(2026, 1, 1)), bar(date(2026, 1, 2))], [gap])
    [(_, width)] = filled(svg, RED)
    assert width >= 4
    assert "Ingen i 1 dag" in [one.text for one in svg.iter(f"{SVG}text") if one.attrib["fill"] == RED]


def test_an_overlap_is_a_red_frame_around_both() -> None:
    two = Trouble(start=date(2025, 1, 1), end=None, said="Flere i 692 dage", is_gap=False)
    svg = drawn([bar(date(2024, 5, 1)), bar(date(2025, 1, 1), None, "milepaelen", "Milepælen")], [two])
    [frame] = [one for one in svg.iter(f"{SVG}rect") if one.attrib.get("stroke") == RED]
    bars = [one for one in svg.iter(f"{SVG}rect") if one.attrib["fill"] in {COLOURS["uu"], COLOURS["milepaelen"]}]
    assert len({one.attrib["y"] for one in bars}) == 2, "two at once are in two rows"
    top, bottom = float(frame.attrib["y"]), float(frame.attrib["y"]) + float(frame.attrib["height"])
    assert all(top < float(one.attrib["y"]) and float(one.attrib["y"]) + 28 < bottom for one in bars)


DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
BARS = st.builds(
    lambda start, end, holder: Bar(
        lane=holder, label=holder, start=min(start, end or start), end=end and max(start, end)
    ),
    DAYS,
    st.none() | DAYS,
    st.sampled_from(list(COLOURS)),
)
TROUBLES = st.builds(
    lambda start, end, is_gap: Trouble(
        start=min(start, end or start), end=end and max(start, end), said="Ingen i 1.234 dage", is_gap=is_gap
    ),
    DAYS,
    st.none() | DAYS,
    st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(bars=st.lists(BARS, min_size=1, max_size=6), troubles=st.lists(TROUBLES, max_size=5), today=DAYS)
def test_whatever_is_drawn_stays_inside_and_no_red_words_meet(
    bars: list[Bar], troubles: list[Trouble], today: date
) -> None:
    svg = drawn(bars, sorted(troubles, key=lambda one: one.start), "<Støtte> & håb", today)
    height = float(svg.attrib["height"])
    for one in svg.iter(f"{SVG}rect"):
        left, top = float(one.attrib["x"]), float(one.attrib["y"])
        assert 0 <= left <= left + float(one.attrib["width"]) <= WIDTH + 0.1
        assert 0 <= top <= top + float(one.attrib["height"]) <= height
    words = sorted(
        (float(one.attrib["x"]), text_width(str(one.text), 13, "semibold"))
        for one in svg.iter(f"{SVG}text")
        if str(one.text).startswith("Ingen i")
    )
    for (left, width), (following, _) in pairwise(words):
        assert left + width < following
    assert all(left + width <= RIGHT + 0.1 for left, width in words)
    assert not {"class", "style"} & {name for one in svg.iter() for name in one.attrib}
