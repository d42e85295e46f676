"""What Lemvig's own file adds: BES-06 and INT-02, written from law.md 2d and 2e. One case, one line."""

from datetime import date
from functools import partial

import pytest

from domain.choices import Benefit
from domain.codes import DataClass, Matter, Party
from domain.events import Event, WorkPlacementStarted
from domain.rules import Kind
from tests.domain.law.happened import applied, interview, job, newcomer, ordinary_hours, small_job
from tests.domain.law.story import LAW, LEMVIG, Case, Said, check, check_said, day, known, owed

EMPLOYMENT, UU = Party.EMPLOYMENT, Party.UU
ADULT = date(2007, 3, 14)

# fmt: off
said = partial(Said, version=2, kind=Kind.LOCAL, receiver=EMPLOYMENT, holder=EMPLOYMENT, matter=Matter.INCOME_AND_WORK, data_class=DataClass.EMPLOYMENT, certain="planen fra 2019", source="Beskæftigelsesplan 2019", valid="1.1.2019", bases="local")

SAID = (
    said(rule="BES-06", giver=UU),
    said(rule="INT-02", giver=Party.MUNICIPALITY),
)

together = partial(Case, rule="BES-06", version=2, holder=EMPLOYMENT, giver=UU, receiver=EMPLOYMENT, born_on=ADULT)
BES_06 = (
    together("at the first interview, a week from the first contact", [applied("2.3.2026")], "9.3.2026", open="9.3.2026", overdue="10.3.2026"),
    together("UU was there", [applied("2.3.2026"), interview("9.3.2026", UU)], "9.3.2026", open="8.3.2026", in_time="9.3.2026"),
    together("another benefit has no such interview", [applied("2.3.2026", Benefit.STUDENT_GRANT)]),
    together("among others", [applied("2.3.2026"), interview("9.3.2026", Party.MILEPAELEN, UU)], "9.3.2026", in_time="9.3.2026"),
    together("UU was not", [applied("2.3.2026"), interview("9.3.2026")], "9.3.2026", overdue="10.3.2026"),
    together("somebody else was", [applied("2.3.2026"), interview("9.3.2026", Party.MILEPAELEN)], "9.3.2026", overdue="10.3.2026"),
    together("UU was there a day late", [applied("2.3.2026"), interview("10.3.2026", UU)], "9.3.2026", late="10.3.2026"),
    together("whoever learns of it too late could not keep it", [known(applied("2.3.2026"), "10.3.2026")], "9.3.2026", late_news=True),
    together("at 17 there is no such interview", [applied("13.3.2025")]),
    together("at 18 there is", [applied("14.3.2025")], "21.3.2025"),
    together("under 30: the day before", [applied("13.3.2037")], "20.3.2037", open="13.3.2037", lapsed="14.3.2037"),
    together("at 30 not", [applied("14.3.2037")]),
)

company = partial(Case, rule="INT-02", version=2, holder=EMPLOYMENT, giver=Party.MUNICIPALITY, receiver=EMPLOYMENT, born_on=ADULT)
INT_02 = (
    company("four weeks from arrival", [newcomer("2.3.2026")], "30.3.2026", open="30.3.2026", overdue="31.3.2026"),
    company("over New Year", [newcomer("15.12.2026")], "12.1.2027"),
    company("over a leap day", [newcomer("15.2.2028")], "14.3.2028"),
    company("a work placement on the last day", [newcomer("2.3.2026"), WorkPlacementStarted(on=day("30.3.2026"))], "30.3.2026", open="29.3.2026", in_time="30.3.2026"),
    company("a small job a day late", [newcomer("2.3.2026"), small_job("31.3.2026")], "30.3.2026", late="31.3.2026"),
    company("ordinary hours", [newcomer("2.3.2026"), ordinary_hours("20.3.2026")], "30.3.2026", in_time="20.3.2026"),
    company("a job", [newcomer("2.3.2026"), job("20.3.2026")], "30.3.2026", in_time="20.3.2026"),
    company("a job from before does not count", [job("1.3.2026"), newcomer("2.3.2026")], "30.3.2026", overdue="31.3.2026"),
    company("whoever learns of it too late could not keep it", [known(newcomer("2.3.2026"), "31.3.2026")], "30.3.2026", late_news=True, shown="31.3.2026"),
    company("at 17 school and KUI see to it", [newcomer("13.3.2025")]),
    company("at 18 it is owed", [newcomer("14.3.2025")], "11.4.2025"),
    company("the day before 30; on the birthday it ends", [newcomer("13.3.2037")], "10.4.2037", open="13.3.2037", lapsed="14.3.2037"),
    company("at 30 not", [newcomer("14.3.2037")]),
)

CASES = (*BES_06, *INT_02)
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_asks_what_the_plan_says(case: Case) -> None:
    check(case, LEMVIG)


@pytest.mark.parametrize("said", SAID, ids=str)
def test_it_says_who_and_how_binding(said: Said) -> None:
    check_said(said, LEMVIG)


@pytest.mark.parametrize(("rule", "told"), [("BES-06", applied("2.3.2026")), ("INT-02", newcomer("2.3.2026"))])
def test_without_the_municipalitys_file_nobody_asks(rule: str, told: Event) -> None:
    assert owed(rule, told, born_on=ADULT, rules=LAW) == []
    assert len(owed(rule, told, born_on=ADULT, rules=LEMVIG)) == 1


@pytest.mark.parametrize("rule", ["BES-09", "MIL-02.first", "MIL-04.thirty"])
def test_its_policies_are_named_at_the_rules_they_are_about(rule: str) -> None:
    assert LAW.rule(rule, 1).municipal == ""
    assert "Lemvigs" in LEMVIG.rule(rule, 1).municipal
    assert LEMVIG.rule(rule, 1).readings == LAW.rule(rule, 1).readings
