import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.timeline_svg import (
    COLOURS,
    RIGHT,
    WIDTH,
    Bar,
    Diamond,
    birthday,
    shortened,
    text_width,
    timeline_svg,
)
from tests.static import samples

LANES = [("school", "Skole"), ("uu", "UU"), ("employment", "Beskæftigelse")]
BORN_ON = date(2008, 4, 3)
TODAY = date(2026, 11, 21)
SVG = "{http://www.w3.org/2000/svg}"


def draw(bars: Sequence[Bar] = (), diamonds: Sequence[Diamond] = (), **more: Any) -> ET.Element:
    options = {
        "born_on": BORN_ON,
        "today": TODAY,
        "lanes": LANES,
        "bars": bars,
        "diamonds": diamonds,
        "title": "Forløb",
        "description": "Alt er i orden",
    }
    return ET.fromstring(timeline_svg(**options | more))  # noqa: S314  # our own output


def bar(label: str, start: str, end: str | None, **more: Any) -> Bar:
    last = date.fromisoformat(end) if end else None
    return Bar(**{"lane": "uu", "label": label, "start": date.fromisoformat(start), "end": last} | more)


def texts(drawing: ET.Element) -> dict[str, ET.Element]:
    return {text.text or "": text for text in drawing.iter(f"{SVG}text")}


def shapes(drawing: ET.Element, said: str) -> list[ET.Element]:
    for group in drawing.iter(f"{SVG}g"):
        if (group.findtext(f"{SVG}title") or "").startswith(said):
            return list(group)[1:]
    return []


def reach(shape: ET.Element) -> tuple[float, float]:
    left = float(shape.attrib["x"])
    return left, left + float(shape.attrib["width"])


def test_it_says_what_it_shows() -> None:
    drawing = draw(title='Emil & "Ida" <b>', description="Frist\x00 overskredet")
    assert drawing.attrib["role"] == "img"
    assert drawing.findtext(f"{SVG}title") == 'Emil & "Ida" <b>'
    assert drawing.findtext(f"{SVG}desc") == "Frist overskredet"
    assert {"13", "15 år", "18 år", "25 år", "30 år", "Skole", "UU", "Beskæftigelse", "I dag"} <= set(texts(drawing))


def test_it_is_painted_with_attributes_only() -> None:
    drawing = draw([bar("Vejledning", "2021-08-01", None)])
    for element in drawing.iter():
        assert not {"class", "style", "id"} & set(element.attrib)
        assert not any(name.startswith("on") for name in element.attrib)


def test_a_running_bar_ends_today() -> None:
    drawing = draw([bar("Vejledning", "2021-08-01", None)])
    [solid] = shapes(drawing, "Vejledning")
    today = next(line for line in drawing.iter(f"{SVG}line") if "stroke-dasharray" in line.attrib)
    assert reach(solid)[1] == pytest.approx(float(today.attrib["x1"]), abs=0.11)


def test_what_is_agreed_beyond_today_is_dashed() -> None:
    drawing = draw([bar("FGU", "2025-08-01", "2028-06-30")])
    dashed, solid = shapes(drawing, "FGU")
    assert "stroke-dasharray" in dashed.attrib
    assert "stroke-dasharray" not in solid.attrib
    [plan] = shapes(draw([bar("FGU", "2025-08-01", "2028-06-30", planned=True)]), "FGU")
    assert "stroke-dasharray" in plan.attrib


def test_bars_are_clipped_to_the_ages() -> None:
    drawing = draw([bar("Daginstitution", "2010-01-01", "2022-01-01"), bar("Pension", "2037-01-01", "2050-01-01")])
    assert reach(shapes(drawing, "Daginstitution")[0])[0] == 150
    assert reach(shapes(drawing, "Pension")[-1])[1] <= RIGHT
    outside = [bar("Vuggestue", "2009-01-01", "2011-01-01"), bar("Folkepension", "2075-01-01", None)]
    assert not shapes(draw(outside), "Vuggestue")
    assert not shapes(draw(outside), "Folkepension")


def test_the_third_bar_at_once_is_counted() -> None:
    at_once = [bar(f"Indsats {n}", f"2024-0{n}-01", "2026-01-01") for n in range(1, 6)]
    drawing = draw(at_once)
    assert shapes(drawing, "Indsats 1")
    assert shapes(drawing, "Indsats 2")
    assert not shapes(drawing, "Indsats 3")
    assert "+ 3 flere" in texts(drawing)
    assert "+ 1 mere" in texts(draw(at_once[:3]))
    after = [bar("A", "2024-01-01", "2025-01-01"), bar("B", "2025-01-01", "2026-01-01")]
    assert float(draw(at_once).attrib["height"]) > float(draw(after).attrib["height"])


def test_a_label_stands_in_its_bar_or_beside_it_or_is_shortened() -> None:
    inside = texts(draw([bar("Vejledning", "2021-08-01", "2026-01-01")]))["Vejledning"]
    assert inside.attrib["fill"] == "#fff"
    alone = [bar("Samtale om uddannelse", "2025-01-01", "2025-02-01")]
    drawing = draw(alone)
    [shape] = shapes(drawing, "Samtale")
    beside = texts(drawing)["Samtale om uddannelse"]
    assert float(beside.attrib["x"]) > reach(shape)[1]
    crowded = texts(draw([*alone, bar("Praktik", "2026-03-01", "2028-03-01", planned=True)]))
    assert any(text.startswith("Sam") and text.endswith("…") for text in crowded)


def test_a_label_never_crosses_a_diamond() -> None:
    handover = Diamond(from_lane="school", to_lane="uu", on=date(2025, 7, 1), label="Ikke overtaget", state="overdue")
    drawing = draw([bar("Et ganske langt navn", "2025-01-01", "2025-02-01", lane="school")], [handover])
    label = next(text for text in drawing.iter(f"{SVG}text") if (text.text or "").startswith("Et g"))
    baseline = float(label.attrib["y"])
    right = float(label.attrib["x"]) + text_width(label.text or "", 14)
    [sign, *_] = shapes(drawing, "Ikke overtaget")
    x, y = map(float, re.findall(r"[\d.]+", sign.attrib["d"])[:2])
    assert right < x - 11 or baseline + 4 < y


def test_handovers_side_by_side_do_not_hide_each_other() -> None:
    at_18 = [
        Diamond(from_lane="school", to_lane="uu", on=date(2026, 4, 3), label=f"Sag {n}", state="taken")
        for n in range(3)
    ]
    drawing = draw([], at_18)
    places = [float(re.findall(r"[\d.]+", shapes(drawing, f"Sag {n}")[0].attrib["d"])[0]) for n in range(3)]
    assert all(second - first >= 22 for first, second in pairwise(places))


def test_however_many_handovers_there_were_none_is_drawn_in_another_year() -> None:
    weekly = [
        Diamond(from_lane="school", to_lane="uu", on=date(2024, 8, 1) + timedelta(days=7 * n), label="", state="taken")
        for n in range(100)
    ]
    drawing = draw([], weekly)
    [today] = [float(text.attrib["x"]) for said, text in texts(drawing).items() if said == "I dag"]
    signs = [path.attrib["d"] for path in drawing.iter(f"{SVG}path")]
    places = [float(re.findall(r"[\d.]+", sign)[0]) for sign in signs]
    assert len(places) >= len(weekly)
    assert max(places) < today + 22


def test_overdue_is_said_in_words_and_by_a_sign() -> None:
    late = Diamond(
        from_lane="school", to_lane="employment", on=date(2026, 4, 3), label="Ikke overtaget", state="overdue"
    )
    drawing = draw([], [late])
    assert "Ikke overtaget" in texts(drawing)
    assert len(shapes(drawing, "Ikke overtaget")) == 2
    title = next(group.findtext(f"{SVG}title") for group in drawing.iter(f"{SVG}g"))
    assert title == "Ikke overtaget, 03.04.2026 (overskredet)"


def test_a_lane_that_is_not_shown_takes_its_bars_and_handovers_with_it() -> None:
    strange = Diamond(from_lane="health", to_lane="education", on=date(2025, 1, 1), label="X", state="taken")
    assert not shapes(draw([bar("Y", "2025-01-01", None, lane="health")], [strange]), "")


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2040, 1, 1), "I dag: 31 år"),
        (date(2018, 1, 1), "I dag: 9 år"),
        (date(2001, 1, 1), "I dag: ikke født"),
        (date(2038, 4, 3), "I dag"),
    ],
)
def test_before_13_and_after_30_it_says_where_today_is(today: date, said: str) -> None:
    assert said in texts(draw([bar("Vejledning", "2021-08-01", None)], today=today))


def test_ages_follow_the_calendar() -> None:
    assert birthday(date(2008, 2, 29), 18) == date(2026, 2, 28)
    assert birthday(date(2008, 2, 29), 16) == date(2024, 2, 29)
    on_the_day = draw([bar("A", "2026-02-28", "2027-02-28")], born_on=date(2008, 2, 29))
    left, right = reach(shapes(on_the_day, "A")[-1])
    grid = [float(line.attrib["x1"]) for line in on_the_day.iter(f"{SVG}line")]
    assert left == pytest.approx(grid[5], abs=1.1)
    assert right == pytest.approx(grid[6], abs=2.1) or len(shapes(on_the_day, "A")) == 2


def test_part_of_a_life_can_be_shown() -> None:
    words = texts(draw(from_age=16, to_age=25))
    assert {"16", "25 år"} <= set(words)
    assert "15 år" not in words
    with pytest.raises(ValueError, match="higher age"):
        draw(from_age=18, to_age=18)


def test_the_colours_are_those_of_the_pages() -> None:
    css = (samples.ROOT / "static" / "app.css").read_text(encoding="utf-8")
    for code, colour in COLOURS.items():
        assert f"--{code.replace('_', '-')}: {colour};" in css


def test_a_text_is_shortened_to_the_room() -> None:
    assert shortened("Skole", 5, len) == "Skole"
    assert shortened("Vejledning", 6, len) == "Vejle…"
    assert shortened("Vejledning", 2, len) == ""


days = st.dates(date(1990, 1, 1), date(2060, 1, 1))
names = st.text(max_size=40)
bars = st.builds(
    Bar,
    lane=st.sampled_from(["school", "uu", "employment", "health"]),
    label=names,
    start=days,
    end=st.none() | days,
    planned=st.booleans(),
)
diamonds = st.builds(
    Diamond,
    from_lane=st.sampled_from(["school", "uu", "employment", "health"]),
    to_lane=st.sampled_from(["school", "uu", "employment", "health"]),
    on=days,
    label=names,
    state=st.sampled_from(["taken", "open", "overdue"]),
)


@given(
    born_on=days,
    today=days,
    bars=st.lists(bars, max_size=12),
    diamonds=st.lists(diamonds, max_size=6),
    name=names,
)
def test_any_life_can_be_drawn_within_the_picture(
    born_on: date, today: date, bars: list[Bar], diamonds: list[Diamond], name: str
) -> None:
    drawing = draw(bars, diamonds, born_on=born_on, today=today, lanes=[*LANES, ("other", name)], title=name)
    for shape in drawing.iter(f"{SVG}rect"):
        left, right = reach(shape)
        assert left >= 0
        assert right <= WIDTH + 0.1 or shape.attrib["fill"] == "#f4f4f4"
    for text in drawing.iter(f"{SVG}text"):
        if text.attrib.get("text-anchor") is None:
            assert float(text.attrib["x"]) >= 0


@given(born_on=days, age=st.integers(0, 40))
def test_a_birthday_is_the_last_day_before_the_next_age(born_on: date, age: int) -> None:
    turned = birthday(born_on, age)
    assert (turned.month, turned.day) == (born_on.month, born_on.day) or turned + timedelta(days=1) == date(
        turned.year, 3, 1
    )


def signs(drawing: ET.Element, said: str) -> list[ET.Element]:
    return [shape for shape in shapes(drawing, said) if shape.tag == f"{SVG}circle"]


@pytest.mark.parametrize(("ended", "word"), [("completed", "gennemført"), ("broken-off", "afbrudt")])
def test_how_something_ended_is_a_sign_at_its_end_and_a_word_in_its_title(ended: Any, word: str) -> None:
    drawing = draw([bar("FGU", "2023-08-14", "2025-06-27", ended=ended)])
    (sign,) = signs(drawing, f"FGU, 14.08.2023–27.06.2025 ({word})")
    edge = reach(shapes(drawing, "FGU")[0])[1]
    assert edge - 25 < float(sign.get("cx", 0)) < edge
    words = texts(drawing)["FGU"]
    assert float(words.get("x", 0)) + text_width("FGU", 14) < float(sign.get("cx", 0)) - 8


def test_where_there_is_no_room_for_both_the_name_stays_and_the_sign_goes() -> None:
    """The bar is a year long: 62 units, and the name needs all but a few of them."""
    narrow = bar("Praktik", "2024-04-03", "2025-04-03", ended="completed")
    drawing = draw([narrow])
    assert text_width("Praktik", 14) + 14 < 62 < text_width("Praktik", 14) + 14 + 19
    assert signs(drawing, "Praktik") == []
    assert "Praktik" in texts(drawing)
    assert signs(draw([bar("Praktik", "2024-04-03", "2024-05-03", ended="completed")]), "Praktik") == [], "a dot"


def test_what_goes_on_or_ended_without_a_word_has_no_sign() -> None:
    drawing = draw([bar("FGU", "2021-08-14", "2023-06-27"), bar("STU", "2024-04-03", None)])
    assert signs(drawing, "FGU") == signs(drawing, "STU") == []
