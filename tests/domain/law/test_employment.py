"""BES-01 to BES-09: the employment service, written from law.md 2d and 3. One case, one line."""

from datetime import date
from functools import partial

import pytest

from domain.choices import Benefit, Measure, TargetGround, TransitionTopic
from domain.codes import DataClass, Matter, Party, Programme
from domain.events import PlacementEnded, SkillsTestTaken, SpecialReviewHeld, TargetGroupAssessed
from domain.rules import Kind
from tests.domain.law.happened import (
    applied,
    changed_to,
    completed,
    interview,
    off_benefit,
    on_benefit,
    placed,
    prepared,
    sent,
    support_ended,
    supported,
    taken_over,
)
from tests.domain.law.story import Case, Said, check, check_said, day, known

CHILD_SOCIAL, EMPLOYMENT, BENEFITS = Party.CHILD_SOCIAL, Party.EMPLOYMENT, Party.BENEFITS
INCOME = Matter.INCOME_AND_WORK
ADULT = date(2007, 3, 14)
"""18 on 14.3.2025, 30 on 14.3.2037, 31 in 2038."""


def took_test(on: str) -> SkillsTestTaken:
    return SkillsTestTaken(on=day(on))


def reviewed(on: str) -> SpecialReviewHeld:
    return SpecialReviewHeld(on=day(on))


# fmt: off
said = partial(Said, receiver=EMPLOYMENT, holder=EMPLOYMENT, matter=INCOME, data_class=DataClass.EMPLOYMENT)

SAID = (
    said(rule="BES-01", kind=Kind.HARD, giver=BENEFITS, certain="LBK 280", source="§ 31, stk. 5", valid="1.3.2024 30.6.2026"),
    said(rule="BES-01", version=2, kind=Kind.HARD, giver=BENEFITS, certain="læses igen", source="§ 31, stk. 5", valid="1.7.2026"),
    said(rule="BES-02", kind=Kind.HARD, giver=EMPLOYMENT, certain="LBK 280", source="§ 31, stk. 3", valid="1.3.2024 30.6.2026"),
    said(rule="BES-02", version=2, kind=Kind.HARD, giver=EMPLOYMENT, certain="læses igen", source="§ 31, stk. 3", valid="1.7.2026"),
    said(rule="BES-05", kind=Kind.HARD, giver=EMPLOYMENT, certain="ældre", source="§ 48, stk. 2", valid="1.1.2022"),
    Said(rule="BES-07", kind=Kind.LOCAL, giver=CHILD_SOCIAL, receiver=EMPLOYMENT, holder=CHILD_SOCIAL, matter=INCOME, data_class=DataClass.SOCIAL, certain="forslag", source="§ 123, stk. 2", valid="1.1.2024", bases="proposal"),
    said(rule="BES-09", kind=Kind.LOCAL, giver=EMPLOYMENT, certain="2019", source="Jobcenter Lemvig", valid="1.1.2019", bases="local"),
)

first = partial(Case, rule="BES-01", holder=EMPLOYMENT, giver=BENEFITS, receiver=EMPLOYMENT, born_on=ADULT)
BES_01 = (
    first("a week from the first contact", [applied("2.3.2026")], "9.3.2026", open="9.3.2026", overdue="10.3.2026", shown="2.3.2026"),
    first("calendar days: Easter does not move it", [applied("30.3.2026")], "6.4.2026"),
    first("over New Year", [applied("28.12.2025")], "4.1.2026"),
    first("the last day of the old version", [applied("30.6.2026")], "7.7.2026"),
    first("the first day of the next", [applied("1.7.2026")], "8.7.2026", version=2, overdue="9.7.2026"),
    first("another benefit", [applied("2.3.2026", Benefit.STUDENT_GRANT)]),
    first("another benefit under the next version", [applied("1.7.2026", Benefit.STUDENT_GRANT)]),
    first("late news under the next version", [known(applied("1.7.2026"), "9.7.2026")], "8.7.2026", version=2, late_news=True),
    first("interview on the last day", [applied("2.3.2026"), interview("9.3.2026")], "9.3.2026", open="8.3.2026", in_time="9.3.2026"),
    first("interview a day late", [applied("2.3.2026"), interview("10.3.2026")], "9.3.2026", late="10.3.2026"),
    first("interview the same day", [applied("2.3.2026"), interview("2.3.2026")], "9.3.2026", in_time="2.3.2026"),
    first("an interview from before is not about it", [interview("1.3.2026"), applied("2.3.2026")], "9.3.2026", overdue="10.3.2026"),
    first("whoever learns of it too late could not keep it", [known(applied("2.3.2026"), "10.3.2026")], "9.3.2026", late_news=True, shown="10.3.2026"),
    first("under the next version too", [applied("1.7.2026"), interview("9.7.2026")], "8.7.2026", version=2, late="9.7.2026"),
    first("at 17 nobody is in the act's groups", [applied("13.3.2025")]),
    first("at 18 it is owed", [applied("14.3.2025")], "21.3.2025"),
    first("not for those of 30", [applied("14.3.2037")]),
    first("the day before 30 it is; on the birthday it ends", [applied("13.3.2037")], "20.3.2037", version=2, open="13.3.2037", lapsed="14.3.2037"),
    first("at 17 under the next version", [applied("13.3.2027")], born_on=date(2009, 3, 14)),
    first("at 18 under the next version", [applied("14.3.2027")], "21.3.2027", version=2, born_on=date(2009, 3, 14)),
    first("the old version ended at 30 too", [applied("1.3.2026")], "8.3.2026", open="1.3.2026", lapsed="2.3.2026", born_on=date(1996, 3, 2)),
)

four = partial(Case, rule="BES-02", holder=EMPLOYMENT, giver=EMPLOYMENT, receiver=EMPLOYMENT, born_on=ADULT)
CASH = on_benefit("15.1.2026")
THREE = [interview("22.1.2026"), interview("1.3.2026"), interview("1.5.2026")]
BES_02 = (
    four("six months from the start", [CASH], "15.7.2026", open="15.7.2026", overdue="16.7.2026", shown="15.5.2026"),
    four("a day the month does not have becomes its last", [on_benefit("31.8.2025")], "28.2.2026"),
    four("three are not enough", [CASH, *THREE], "15.7.2026", overdue="16.7.2026"),
    four("the fourth on the last day", [CASH, *THREE, interview("15.7.2026")], "15.7.2026", open="14.7.2026", in_time="15.7.2026"),
    four("the fourth a day late", [CASH, *THREE, interview("16.7.2026")], "15.7.2026", open="15.7.2026", late="16.7.2026"),
    four("an interview before the start does not count", [interview("14.1.2026"), CASH, *THREE], "15.7.2026", overdue="16.7.2026"),
    four("the last day of the old version", [on_benefit("30.6.2026")], "30.12.2026"),
    four("the first day of the next", [on_benefit("1.7.2026")], "1.1.2027", version=2, open="1.1.2027", overdue="2.1.2027", shown="1.11.2026"),
    four("four under the next version", [on_benefit("1.7.2026"), interview("8.7.2026"), interview("1.9.2026"), interview("1.10.2026")], "1.1.2027", version=2, overdue="2.1.2027"),
    four("the fourth under the next version", [on_benefit("1.7.2026"), interview("8.7.2026"), interview("1.9.2026"), interview("1.10.2026"), interview("2.11.2026")], "1.1.2027", version=2, in_time="2.11.2026"),
    four("the benefit ends before", [CASH, off_benefit("15.7.2026")], "15.7.2026", open="14.7.2026", lapsed="15.7.2026"),
    four("a day that has passed stays passed", [CASH, off_benefit("16.7.2026")], "15.7.2026", overdue="16.7.2026"),
    *[
        four(f"changed to {other.value}", [CASH, changed_to("1.4.2026", other)], "15.7.2026", open="31.3.2026", lapsed="1.4.2026")
        for other in (Benefit.UNEMPLOYMENT_BENEFIT, Benefit.SICKNESS_BENEFIT, Benefit.STUDENT_GRANT, Benefit.DISABILITY_PENSION, Benefit.OTHER)
    ],
    four("changed to cash benefit", [changed_to("15.1.2026", Benefit.CASH_BENEFIT)], "15.7.2026"),
    four("another benefit that ends", [CASH, off_benefit("1.4.2026", Benefit.OTHER)], "15.7.2026", overdue="16.7.2026"),
    four("another benefit", [on_benefit("15.1.2026", Benefit.STUDENT_GRANT)]),
    four("the benefit is on again: from then", [CASH, off_benefit("1.4.2026"), on_benefit("1.6.2026")], "1.12.2026", nth=2, times=2),
    four("known after the day could not be kept", [known(CASH, "16.7.2026")], "15.7.2026", late_news=True),
    four("late news under the next version", [known(on_benefit("1.7.2026"), "2.1.2027")], "1.1.2027", version=2, late_news=True),
    four("at 17 nobody is in the act's groups", [on_benefit("13.3.2025")]),
    four("at 18 it is owed", [on_benefit("14.3.2025")], "14.9.2025"),
    four("at 17 under the next version", [on_benefit("13.3.2027")], born_on=date(2009, 3, 14)),
    four("at 18 under the next version", [on_benefit("14.3.2027")], "14.9.2027", version=2, born_on=date(2009, 3, 14)),
    four("on the 30th birthday it ends", [on_benefit("1.2.2037")], "1.8.2037", version=2, open="13.3.2037", lapsed="14.3.2037"),
    four("so did the old version", [on_benefit("1.2.2026")], "1.8.2026", open="1.3.2026", lapsed="2.3.2026", born_on=date(1996, 3, 2)),
)

skills = partial(Case, rule="BES-05", holder=EMPLOYMENT, giver=EMPLOYMENT, receiver=EMPLOYMENT, born_on=ADULT)
YOUTH_EDUCATIONS = (Programme.GENERAL_UPPER_SECONDARY, Programme.VOCATIONAL, Programme.HIGHER)
BES_05 = (
    skills("a month from the first contact", [applied("2.3.2026")], "2.4.2026", open="2.4.2026", overdue="3.4.2026", shown="2.3.2026"),
    skills("a day the month does not have becomes its last", [applied("31.1.2026")], "28.2.2026"),
    skills("in a leap year the 29th", [applied("31.1.2028")], "29.2.2028"),
    skills("tested on the last day", [applied("2.3.2026"), took_test("2.4.2026")], "2.4.2026", open="1.4.2026", in_time="2.4.2026"),
    skills("tested a day late", [applied("2.3.2026"), took_test("3.4.2026")], "2.4.2026", late="3.4.2026"),
    skills("the month is unbroken: the benefit ends", [applied("2.3.2026"), off_benefit("1.4.2026")], "2.4.2026", open="31.3.2026", lapsed="1.4.2026"),
    skills("a day that has passed stays passed", [applied("2.3.2026"), off_benefit("3.4.2026")], "2.4.2026", overdue="3.4.2026"),
    skills("another benefit that ends", [applied("2.3.2026"), off_benefit("1.4.2026", Benefit.OTHER)], "2.4.2026", overdue="3.4.2026"),
    *[skills(f"who has completed {done.value} needs none", [completed("26.6.2025", done), applied("2.3.2026")]) for done in YOUTH_EDUCATIONS],
    skills("who completes before the day needs none", [applied("2.3.2026"), completed("1.4.2026")], "2.4.2026", open="31.3.2026", lapsed="1.4.2026"),
    skills("FGU is no youth education", [completed("26.6.2025", Programme.FGU), applied("2.3.2026")], "2.4.2026"),
    skills("another benefit", [applied("2.3.2026", Benefit.STUDENT_GRANT)]),
    skills("whoever learns of it too late could not keep it", [known(applied("2.3.2026"), "3.4.2026")], "2.4.2026", late_news=True),
    skills("at 17 nobody is on cash help", [applied("13.3.2025")]),
    skills("at 18 it is owed", [applied("14.3.2025")], "14.4.2025"),
    skills("under 30: the day before", [applied("13.3.2037")], "13.4.2037", open="13.3.2037", lapsed="14.3.2037"),
    skills("at 30 it is not", [applied("14.3.2037")]),
)

income = partial(Case, rule="BES-07", holder=CHILD_SOCIAL, giver=CHILD_SOCIAL, receiver=EMPLOYMENT)
TO_WORK = sent("1.12.2026", INCOME, CHILD_SOCIAL, EMPLOYMENT)
BES_07 = (
    income("two months before 18 is a proposal", [placed("1.9.2024")], "14.1.2027", open="14.1.2027", overdue="15.1.2027", shown="14.11.2026"),
    income("who has support is known too", [supported("1.9.2024")], "14.1.2027"),
    income("so is who is in the target group", [TargetGroupAssessed(on=day("1.9.2025"), ground=TargetGround.DISABILITY)], "14.1.2027"),
    income("or on the ground of chronic illness", [TargetGroupAssessed(on=day("1.9.2025"), ground=TargetGround.CHRONIC_ILLNESS)], "14.1.2027"),
    income("who is not in it is not", [TargetGroupAssessed(on=day("1.9.2025"), ground=TargetGround.NOT_IN_TARGET_GROUP)]),
    income("born on 30 April: two months before is the last of February", [placed("1.9.2024")], "28.2.2027", born_on=date(2009, 4, 30)),
    income("applied on the last day", [placed("1.9.2024"), applied("14.1.2027")], "14.1.2027", open="13.1.2027", in_time="14.1.2027"),
    income("applied a day late", [placed("1.9.2024"), applied("15.1.2027")], "14.1.2027", late="15.1.2027"),
    income("a benefit that runs", [placed("1.9.2024"), on_benefit("1.1.2027", Benefit.OTHER)], "14.1.2027", in_time="1.1.2027"),
    income("employment took over", [placed("1.9.2024"), TO_WORK, taken_over("2.1.2027")], "14.1.2027", in_time="2.1.2027"),
    income("or benefits", [placed("1.9.2024"), sent("1.12.2026", INCOME, CHILD_SOCIAL, BENEFITS), taken_over("2.1.2027")], "14.1.2027", in_time="2.1.2027"),
    income("UU pays nobody", [placed("1.9.2024"), sent("1.12.2026", INCOME, CHILD_SOCIAL, Party.UU), taken_over("2.1.2027")], "14.1.2027", overdue="15.1.2027"),
    income("guidance is another matter", [placed("1.9.2024"), sent("1.12.2026", Matter.GUIDANCE, CHILD_SOCIAL, EMPLOYMENT), taken_over("2.1.2027")], "14.1.2027", overdue="15.1.2027"),
    income("sent is not taken over", [placed("1.9.2024"), TO_WORK], "14.1.2027", overdue="15.1.2027"),
    income("prepared, income among the topics", [placed("1.9.2024"), prepared("2.1.2027", TransitionTopic.HOUSING, TransitionTopic.WORK_AND_INCOME)], "14.1.2027", in_time="2.1.2027"),
    income("prepared without it", [placed("1.9.2024"), prepared("2.1.2027", TransitionTopic.HOUSING)], "14.1.2027", overdue="15.1.2027"),
    income("at most a year before", [placed("1.9.2024"), applied("14.1.2026")], "14.1.2027", in_time="14.1.2026"),
    income("longer ago says nothing", [placed("1.9.2024"), applied("13.1.2026")], "14.1.2027", open="14.1.2027"),
    income("the placement ends before", [placed("1.9.2024"), PlacementEnded(on=day("14.1.2027"))], "14.1.2027", open="13.1.2027", lapsed="14.1.2027"),
    income("support goes on after the placement", [placed("1.9.2024"), supported("1.9.2026"), PlacementEnded(on=day("1.12.2026"))], "14.1.2027", overdue="15.1.2027"),
    income("another measure ends", [supported("1.9.2024"), support_ended("1.12.2026", Measure.RESPITE_CARE)], "14.1.2027", overdue="15.1.2027"),
    income("the measure itself ends", [supported("1.9.2024"), support_ended("1.12.2026")], "14.1.2027", lapsed="1.12.2026"),
    income("no longer in the target group", [TargetGroupAssessed(on=day("1.9.2025"), ground=TargetGround.DISABILITY), TargetGroupAssessed(on=day("1.10.2026"), ground=TargetGround.NOT_IN_TARGET_GROUP)], "14.1.2027", lapsed="1.10.2026"),
    income("placed the day before 18 could not be kept", [placed("13.3.2027")], "14.1.2027", late_news=True, overdue="13.3.2027"),
    income("at 18 it is the adults'", [placed("14.3.2027")]),
    income("asked for until 19", [placed("1.9.2024")], "14.1.2027", overdue="13.3.2028", lapsed="14.3.2028"),
)

review = partial(Case, rule="BES-09", holder=EMPLOYMENT, giver=EMPLOYMENT, receiver=EMPLOYMENT, born_on=ADULT)
BES_09 = (
    review("two years and a half on cash benefit", [CASH], "15.7.2028", open="15.7.2028", overdue="16.7.2028", shown="15.4.2028"),
    review("a day the month does not have becomes its last", [on_benefit("31.8.2025")], "29.2.2028"),
    review("reviewed on the last day", [CASH, reviewed("15.7.2028")], "15.7.2028", open="14.7.2028", in_time="15.7.2028"),
    review("reviewed a day late", [CASH, reviewed("16.7.2028")], "15.7.2028", late="16.7.2028"),
    review("the benefit ends before", [CASH, off_benefit("15.7.2028")], "15.7.2028", open="14.7.2028", lapsed="15.7.2028"),
    review("a day that has passed stays passed", [CASH, off_benefit("16.7.2028")], "15.7.2028", overdue="16.7.2028"),
    review("changed to student grant", [CASH, changed_to("1.8.2027", Benefit.STUDENT_GRANT)], "15.7.2028", open="31.7.2027", lapsed="1.8.2027"),
    review("a new period counts from its own start", [CASH, off_benefit("1.8.2027"), on_benefit("1.10.2027")], "1.4.2030", nth=2, times=2),
    review("ended and begun the same day is no break", [CASH, off_benefit("1.8.2027"), on_benefit("1.8.2027")], "15.7.2028", overdue="16.7.2028"),
    review("another benefit", [on_benefit("15.1.2026", Benefit.SICKNESS_BENEFIT)]),
    review("known after the day could not be kept", [known(CASH, "16.7.2028")], "15.7.2028", late_news=True),
    review("not asked for after 31", [on_benefit("1.9.2035")], "1.3.2038", open="1.3.2038", overdue="13.3.2038", lapsed="14.3.2038"),
)

CASES = (*BES_01, *BES_02, *BES_05, *BES_07, *BES_09)
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_asks_what_the_law_says(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("said", SAID, ids=str)
def test_it_says_who_and_how_binding(said: Said) -> None:
    check_said(said)
