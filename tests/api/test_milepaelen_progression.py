"""Progression: measured without seeing what was measured before, then as small lines."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest

from api.milepaelen_curves import (
    HEIGHT,
    WIDTH,
    change_in_words,
    count_in_words,
    curve_svg,
    gap_in_words,
    step_in_words,
)
from api.timeline_measures import text_width
from domain.events import MilepaelenStarted, ProgressionMeasured
from domain.text import FreeText
from projections.progression import FACTORS
from tests.api.conftest import Browser, Youth

MAJA, KAREN, METTE = "maja-mentor", "karen-jobkonsulent", "mette-vejleder"
TODAY = date(2026, 11, 23)
BEGUN = MilepaelenStarted(on=date(2026, 1, 5))
ON = {"on_day": "23", "on_month": "11", "on_year": "2026"}
SCORES = dict(zip(FACTORS, "123454", strict=True))
DAYS = (date(2026, 2, 2), date(2026, 5, 4), date(2026, 8, 3))

AsStaff = Callable[..., Browser]
NewYouth = Callable[..., Youth]


@pytest.fixture
def ida(youth: NewYouth) -> Youth:
    return youth("Ida Demogaard", born_on=date(2006, 5, 1), events=[BEGUN])


def path(one: Youth) -> str:
    return f"{one.path}/milepaelen/progression"


def measured(on: date, score: int, remark: str = "") -> ProgressionMeasured:
    return ProgressionMeasured(on=on, remark=FreeText(remark), **dict.fromkeys(FACTORS, score))


def happened(one: Youth) -> list[Any]:
    events = (entry.event for entry in one.house.log.history(one.id).entries)
    return [event for event in events if isinstance(event, ProgressionMeasured)]


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


# Measuring


def test_who_measures_does_not_see_what_was_measured_before(as_staff: AsStaff, ida: Youth) -> None:
    ida.happened(measured(DAYS[0], 2, "Gik godt"))
    page = main_of(as_staff(MAJA).get(path(ida)).text)
    assert "Ny måling" in page
    assert "<svg" not in page
    assert "målinger" in page
    assert "Gik godt" not in page
    assert " checked" not in page
    assert "2, målt én gang" not in page
    assert len(re.findall(r'type="radio"', page)) == 6 * 5


def test_after_the_save_old_and_new_are_shown(as_staff: AsStaff, ida: Youth) -> None:
    ida.happened(measured(DAYS[2], 2))
    browser = as_staff(MAJA)
    answer = browser.submit(path(ida), **SCORES, **ON, remark="Mødte hver dag")
    assert answer.headers["location"] == f"{path(ida)}?vis=1&besked=gemt"
    [_, new] = happened(ida)
    assert [getattr(new, factor) for factor in FACTORS] == [1, 2, 3, 4, 5, 4]
    page = main_of(browser.get(answer.headers["location"]).text)
    assert page.count("<svg") >= 6
    for said in ("2 → 1 over to målinger", "uændret 2 over to målinger", "2 → 5 over to målinger"):
        assert said in page
    assert "Mødte hver dag" in page


def test_the_form_twice_is_one_measurement(as_staff: AsStaff, ida: Youth) -> None:
    browser, command = as_staff(MAJA), str(uuid4())
    for _ in range(2):
        assert browser.submit(path(ida), command=command, **SCORES, **ON).status_code == 303
    assert len(happened(ida)) == 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"network": ""}, "Vælg en score fra 1 til 5: Netværk"),
        ({"network": "6"}, "Vælg en score fra 1 til 5: Netværk"),
        ({"own_judgement": "0"}, "Vælg en score fra 1 til 5: Medarbejderens vurdering"),
        ({"cooperation": "²"}, "Vælg en score fra 1 til 5: Samarbejde"),
        ({"on_day": "24"}, "Datoen ligger i fremtiden"),
        ({"on_month": "13"}, "findes ikke"),
        ({"remark": "010190-1234"}, "ligner et CPR-nummer"),
        ({"remark": "å" * 5_001}, "højst være 5.000 tegn"),
        ({"command": ""}, "Formularen var for gammel"),
        ({"on_year": "1999"}, "ligger før den unges fødsel"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_set_is_kept(
    as_staff: AsStaff, ida: Youth, written: dict[str, str], said: str
) -> None:
    ida.happened(measured(DAYS[0], 2, "Gik godt"))
    answer = as_staff(MAJA).submit(path(ida), **SCORES | ON | written)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'name="belief_in_own_ability" value="1" checked' in answer.text
    assert "Gik godt" not in answer.text
    assert len(happened(ida)) == 1


@pytest.mark.parametrize("staff", [KAREN, METTE])
def test_who_does_not_measure_sees_the_curves_and_cannot_measure(as_staff: AsStaff, ida: Youth, staff: str) -> None:
    ida.happened(measured(DAYS[0], 2, "Gik godt"), measured(DAYS[1], 4))
    browser = as_staff(staff)
    page = main_of(browser.get(path(ida)).text)
    assert "2 → 4 over to målinger" in page
    assert "<form" not in page
    assert ("Gik godt" in page) == (staff == KAREN)
    assert browser.submit(path(ida), **SCORES, **ON).status_code == 404
    assert len(happened(ida)) == 2


def test_only_who_is_there_is_measured(as_staff: AsStaff, youth: NewYouth) -> None:
    bo, browser = youth("Bo Fiktivholm", born_on=date(2006, 5, 1)), as_staff(MAJA)
    assert "Der er ikke målt endnu." in browser.get(path(bo)).text
    answer = browser.submit(path(bo), **SCORES, **ON)
    assert answer.status_code == 422
    assert "Den unge er ikke på Milepælen." in answer.text
    assert happened(bo) == []


def test_the_table_says_where_a_measurement_was_left_out(as_staff: AsStaff, ida: Youth) -> None:
    ida.happened(measured(date(2026, 1, 12), 2), measured(date(2026, 8, 3), 3))
    page = main_of(as_staff(MAJA).get(f"{path(ida)}?vis=1").text)
    assert "7 måneder siden den forrige" in page
    days = re.findall(r'<th scope="row"><time datetime="([^"]+)"', page)
    assert days == ["2026-08-03", "2026-01-12"]


# The list


def test_the_list_has_the_last_value_its_change_and_who_is_overdue_first(
    as_staff: AsStaff, youth: NewYouth, ida: Youth
) -> None:
    ida.happened(measured(DAYS[1], 2), measured(date(2026, 11, 2), 4))
    youth("Bo Fiktivholm", events=[MilepaelenStarted(on=date(2026, 7, 1)), measured(DAYS[2], 3)])
    youth("Carl Fiktivholm", events=[MilepaelenStarted(on=date(2026, 11, 2))])
    page = main_of(as_staff(MAJA).get("/milepaelen/progression").text)
    bo, carl, one = re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", page, re.DOTALL)
    assert "Bo Fiktivholm" in bo
    assert "Skulle være målt" in bo
    assert "03.11.2026" in bo
    assert "Carl Fiktivholm" in carl
    assert "senest" in carl
    assert "op 2" in one
    assert "<strong>4</strong>" in one
    assert "<strong>1</strong> mangler en måling" in page
    assert ">Mål<" in page
    assert ">Se kurver<" in main_of(as_staff(KAREN).get("/milepaelen/progression").text)


def test_an_empty_list_says_why(as_staff: AsStaff) -> None:
    assert "Ingen er tilmeldt lige nu" in as_staff(MAJA).get("/milepaelen/progression").text


# Words


@pytest.mark.parametrize(
    ("scores", "said", "step"),
    [
        ([], "ikke målt", ""),
        ([3], "3, målt én gang", ""),
        ([3, 3], "uændret 3 over to målinger", "uændret"),
        ([2, 5, 3, 4], "2 → 4 over fire målinger", "op 1"),
        ([5, 1], "5 → 1 over to målinger", "ned 4"),
    ],
)
def test_the_change_is_said_in_words(scores: list[int], said: str, step: str) -> None:
    points = [(date(2026, month, 1), score) for month, score in enumerate(scores, start=1)]
    assert (change_in_words(points), step_in_words(points)) == (said, step)


def test_small_numbers_are_words() -> None:
    assert [count_in_words(count) for count in (1, 2, 12, 13)] == ["én", "to", "tolv", "13"]


def test_a_gap_is_more_than_six_months() -> None:
    assert gap_in_words(None, DAYS[0]) == ""
    assert gap_in_words(date(2026, 1, 31), date(2026, 7, 31)) == ""
    assert gap_in_words(date(2026, 1, 31), date(2026, 8, 1)) == "7 måneder siden den forrige"


# The drawing


def shapes(svg: str, tag: str) -> list[dict[str, str]]:
    root = ET.fromstring(svg)  # noqa: S314 - ours
    return [dict(one.attrib) for one in root.iter(f"{{http://www.w3.org/2000/svg}}{tag}")]


def texts(svg: str) -> list[str]:
    root = ET.fromstring(svg)  # noqa: S314 - ours
    return [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text")]


def drawn(*points: tuple[date, int]) -> str:
    return curve_svg(points, first=points[0][0], last=points[-1][0], title="Netværk & <mere>")


def lines(svg: str) -> list[dict[str, str]]:
    return [line for line in shapes(svg, "line") if line["stroke-width"] == "2.5"]


def test_a_line_goes_from_the_first_to_the_last_with_both_values() -> None:
    svg = drawn((DAYS[0], 2), (DAYS[1], 5), (DAYS[2], 4))
    assert len(shapes(svg, "circle")) == 3
    assert len(lines(svg)) == 2
    assert texts(svg) == ["1", "5", "2", "4", "02.02.2026", "03.08.2026"]
    assert "<title>Netværk &amp; &lt;mere&gt;</title>" in svg
    assert "2 → 4 over tre målinger, 02.02.2026 til 03.08.2026" in svg


def test_higher_scores_are_higher_and_days_are_apart_as_they_lie() -> None:
    svg = drawn((date(2026, 1, 1), 1), (date(2026, 1, 11), 5), (date(2026, 4, 1), 3))
    places = [(float(dot["cx"]), float(dot["cy"])) for dot in shapes(svg, "circle")]
    assert places[1][1] < places[2][1] < places[0][1]
    assert (places[1][0] - places[0][0]) / (places[2][0] - places[0][0]) == pytest.approx(10 / 90, abs=0.01)


def test_a_lone_measurement_is_a_dot_with_its_day() -> None:
    svg = drawn((DAYS[0], 3))
    assert len(shapes(svg, "circle")) == 1
    assert lines(svg) == []
    assert texts(svg) == ["1", "5", "3", "02.02.2026"]


def test_a_gap_stays_a_gap() -> None:
    svg = drawn((date(2025, 1, 1), 3), (date(2025, 4, 1), 3), (date(2026, 4, 1), 4), (date(2026, 7, 1), 4))
    assert len(lines(svg)) == 2
    assert len(shapes(svg, "circle")) == 4


def test_two_measurements_of_one_day_are_drawn() -> None:
    assert len(shapes(drawn((DAYS[0], 3), (DAYS[0], 4)), "circle")) == 2


def test_nothing_is_styled_and_nothing_lies_outside() -> None:
    svg = drawn((DAYS[0], 1), (DAYS[2], 5))
    assert "style" not in svg
    assert "class" not in svg
    root = ET.fromstring(svg)  # noqa: S314 - ours
    for one in root.iter("{http://www.w3.org/2000/svg}text"):
        wide = text_width(one.text or "", float(one.attrib["font-size"]), "semibold")
        x, anchor = float(one.attrib["x"]), one.attrib.get("text-anchor", "start")
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        assert left >= 0
        assert left + wide <= WIDTH
        assert 0 < float(one.attrib["y"]) < HEIGHT


def test_nothing_measured_is_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        curve_svg([], first=TODAY, last=TODAY, title="Netværk")
