"""What an explanation says in Danish, of every duty that 300 fictional young people owe or owed, and of odd ones."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache

import pytest

from api.explanation_words import sections, status
from domain.choices import Benefit
from domain.codes import ContactWay, PlacementForm, Programme
from domain.events import (
    BenefitStarted,
    BirthDateCorrected,
    ConcernReceived,
    ContactMade,
    Event,
    LeftSchool,
    PlacementStarted,
    ToldOfBreakOff,
)
from domain.obligations import Standing
from projections.explain import explanations
from projections.explained import Explanation
from tests.demo.lives import RULES, everybody
from tests.domain.law.story import LAW, LEMVIG
from tests.projections.world import entry, life_after, started, written

UNTIL = date(2026, 11, 22)
ODD = re.compile(r"None|StrEnum|<|\{|\}|\.\.|  |datetime|[a-z]+_[a-z]+")
"""Codes, missing values and sentences that end twice."""


@cache
def everything() -> tuple[Explanation, ...]:
    return tuple(_everything())


def _everything() -> Iterator[Explanation]:
    for one in everybody(300, 7, UNTIL):
        yield from explanations(one.life, RULES, UNTIL)


def the_one(
    rule: str, *events: Event, born_on: date = date(2009, 5, 1), day: date = UNTIL, rules: object = LAW
) -> Explanation:
    life = life_after(written(started(born_on, on=date(2023, 8, 1)), *events))
    found = explanations(life, rules, day, lambda duty: duty.name == rule)  # type: ignore[arg-type]
    assert len(found) == 1, [one.obligation.key for one in found]
    return found[0]


def lines(it: Explanation, heading: str) -> str:
    return " ".join(line for one in sections(it) if one.heading.startswith(heading) for line in one.lines)


def test_every_duty_can_be_told() -> None:
    odd = [
        (it.obligation.key, line)
        for it in everything()
        for one in sections(it)
        for line in one.lines
        if ODD.search(line) or not line.strip()
    ]
    assert odd == []
    always = {
        "Sådan står den",
        "Regel",
        "Kilde",
        "Det startede den",
        "Hvem har den",
        "Det opfylder den",
        "Det er forsøgt",
    }
    for it in everything():
        headings = [one.heading for one in sections(it)]
        assert always <= set(headings)
        assert len(headings) == len(set(headings)), "each is said once"


def test_what_is_to_be_done_is_said_while_there_is_something_to_do() -> None:
    for it in everything():
        is_open = it.standing in (Standing.OPEN, Standing.OVERDUE, Standing.PAUSED)
        assert (lines(it, "Gør dette") != "") == is_open


def test_a_duty_without_a_day_is_asked_for_soon_and_never_overdue() -> None:
    it = the_one("KUI-01", LeftSchool(on=date(2025, 6, 20), grade=9))
    assert status(it) == "Snarest: loven sætter ingen dag. Der spørges til den fra 20.06.2025."
    assert "den kan ikke blive overskredet" in lines(it, "Sådan er den regnet ud")
    assert it.standing is Standing.OPEN


def test_hours_are_told_with_the_time_of_the_day() -> None:
    received = ConcernReceived(on=date(2026, 3, 28), at=datetime(2026, 3, 28, 20, tzinfo=UTC))
    it = the_one("BAR-02", received, born_on=date(2010, 5, 1), day=date(2026, 3, 29))
    assert status(it).startswith("Fristen er 29.03.2026 kl. 22.00."), "24 hours later, and the clocks were set forward"
    assert "24 timer" in lines(it, "Sådan er den regnet ud")
    assert lines(it, "Det startede den").startswith("Underretning kommet: skete 28.03.2026 kl. 21.00")


def test_both_readings_of_a_week_count_their_own_days() -> None:
    it = the_one("KUI-02", ToldOfBreakOff(on=date(2026, 11, 19), programme=Programme.FGU))
    assert "5 hverdage, lørdag regnet med (lovens dato): 25.11.2026 – den tidligste, så den gælder." in lines(
        it, "Læsning 1"
    )
    assert "lø. 21.11" in lines(it, "Læsning 1")
    assert "5 arbejdsdage (lovens dato): 26.11.2026." in lines(it, "Læsning 2")
    assert "Det er 5 arbejdsdage (mandag-fredag) og 6 hverdage (mandag-lørdag)" in lines(it, "Læsning 2")


def test_a_month_without_the_day_ends_on_its_last() -> None:
    applied = BenefitStarted(on=date(2026, 8, 31), benefit=Benefit.CASH_BENEFIT)
    it = the_one("BES-02", applied, born_on=date(2004, 5, 1))
    assert "Fristen er 28.02.2027." in status(it)
    assert "Måneden har ingen dag 31, så det er den sidste dag i måneden." in lines(it, "Sådan er den regnet ud")
    assert "4 gange “Jobsamtale holdt”: 0 af 4 er sket." in lines(it, "Det opfylder den")


def test_a_date_of_birth_that_was_put_right_moves_it_and_the_old_day_is_told() -> None:
    moved = [it for it in everything() if it.moved]
    assert all("Fristen var" in lines(it, "Flyttet") for it in moved)
    placed_on = PlacementStarted(on=date(2025, 6, 20), form=PlacementForm.OTHER)
    corrected = BirthDateCorrected(on=date(2026, 1, 5), born_on=date(2009, 6, 1))
    it = the_one("OVG-05", placed_on, corrected)
    assert lines(it, "Flyttet") == "Fristen var 01.11.2026 og er nu 01.12.2026: fødselsdatoen er rettet."


def test_what_the_municipality_says_stands_beside_the_law() -> None:
    applied = BenefitStarted(on=date(2026, 8, 3), benefit=Benefit.CASH_BENEFIT)
    it = the_one("BES-09", applied, born_on=date(2004, 5, 1), rules=LEMVIG)
    assert lines(it, "Kommunen siger").startswith("Lemvigs beskæftigelsesplan 2019")
    assert "Det er kommunens egen regel og ikke en lov." in lines(it, "Regel")


def test_late_news_is_told_as_late_and_when_it_was_written_down() -> None:
    broke_off = ToldOfBreakOff(on=date(2026, 9, 1), programme=Programme.FGU)
    late = entry(2, broke_off, known=date(2026, 10, 20), recorded=date(2026, 10, 22))
    life = life_after([entry(1, started(date(2009, 5, 1))), late])
    [it] = explanations(life, LAW, UNTIL, lambda duty: duty.name == "KUI-03")
    said = "skete 01.09.2026, kommunen fik det at vide 20.10.2026, det blev skrevet ind 22.10.2026."
    assert said in lines(it, "Det startede den")
    assert "kommunen fik det først at vide 20. oktober 2026" in lines(it, "Kunne den nås?")


@pytest.mark.parametrize(
    ("contact", "says"),
    [
        (date(2026, 11, 9), "Opfyldt 09.11.2026, inden fristen 09.11.2026."),
        (date(2026, 11, 10), "Opfyldt 10.11.2026, for sent: fristen var 09.11.2026, 1 arbejdsdag, 1 dag."),
    ],
)
def test_on_the_last_day_is_in_time_and_the_day_after_is_late(contact: date, says: str) -> None:
    events = (
        ToldOfBreakOff(on=date(2026, 11, 3), programme=Programme.FGU),
        ContactMade(on=contact, way=ContactWay.PHONE),
    )
    assert status(the_one("KUI-02", *events)) == says
