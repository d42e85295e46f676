"""KUI-12 to KUI-21: FGU, STU and the 25th birthday, written from law.md 2c and 3. One case, one line."""

from datetime import date
from functools import partial

import pytest

from domain.choices import CloseReason
from domain.codes import DataClass, Matter, Party, StartReason
from domain.events import EducationPlanMade, JourneyClosed, StuCoursePlanAdjusted
from domain.rules import Kind
from tests.domain.law.happened import (
    FGU,
    STU,
    began,
    broke_off,
    completed,
    contact_person,
    duty_met,
    for_fgu,
    for_stu,
    interrupted,
    left_school,
    needs_education,
    sent,
    stu_offered,
    taken_over,
)
from tests.domain.law.story import Case, Said, check, check_said, day, known

SCHOOL, UU, EDUCATION, EMPLOYMENT = Party.SCHOOL, Party.UU, Party.EDUCATION, Party.EMPLOYMENT
GUIDANCE = Matter.GUIDANCE
LEAP = date(2008, 2, 29)


def adjusted(on: str) -> StuCoursePlanAdjusted:
    return StuCoursePlanAdjusted(on=day(on))


# fmt: off
said = partial(Said, matter=Matter.GUIDANCE, data_class=DataClass.EDUCATION, receiver=UU, holder=UU)

SAID = (
    said(rule="KUI-12.15-17", kind=Kind.DUTY, giver=UU, certain="bekræftet", source="§§ 2 a, stk. 5, og 2 k", valid="1.8.2019"),
    said(rule="KUI-12.under-25", kind=Kind.DUTY, giver=UU, certain="bekræftet", source="§§ 2 a, stk. 5, og 2 k", valid="1.8.2019"),
    Said(rule="KUI-13", kind=Kind.DUTY, giver=UU, receiver=EDUCATION, holder=UU, matter=GUIDANCE, data_class=DataClass.EDUCATION, certain="datoen er et forslag", source="FGU", valid="1.8.2019", bases="proposal"),
    said(rule="KUI-16", kind=Kind.DUTY, giver=SCHOOL, certain="bekræftet", source="§§ 2, stk. 2, og 2 a", valid="1.8.2023"),
    said(rule="KUI-17.begin", kind=Kind.HARD, giver=UU, certain="bekræftet", source="§ 2, stk. 3 og 4", valid="1.8.2023"),
    said(rule="KUI-17.finish", kind=Kind.HARD, giver=UU, certain="bekræftet", source="§ 2, stk. 3 og 4", valid="1.8.2023"),
    said(rule="KUI-18.first", kind=Kind.HARD, giver=UU, certain="bekræftet", source="mindst én gang om året", valid="1.8.2023"),
    said(rule="KUI-18.next", kind=Kind.HARD, giver=UU, certain="bekræftet", source="mindst én gang om året", valid="1.8.2023"),
    Said(rule="KUI-21", kind=Kind.DUTY, giver=UU, receiver=EMPLOYMENT, holder=UU, matter=GUIDANCE, data_class=DataClass.EDUCATION, certain="bekræftet for oplysningerne", source="§ 15 d", valid="12.8.2024"),
)

not_in_anything = partial(Case, rule="KUI-12.15-17", holder=UU, giver=UU, receiver=UU, dated=False)
with_need = partial(Case, rule="KUI-12.under-25", holder=UU, giver=UU, receiver=UU, dated=False)
KUI_12 = (
    not_in_anything("no day is said", [duty_met("1.9.2026", met=False)], "1.9.2026", open="13.3.2027"),
    not_in_anything("from when the municipality knew", [known(duty_met("1.9.2026", met=False), "1.10.2026")], "1.10.2026", shown="1.10.2026"),
    not_in_anything("who meets the duty needs none", [duty_met("1.9.2026", met=True)]),
    not_in_anything("assessed", [duty_met("1.9.2026", met=False), for_fgu("1.10.2026")], "1.9.2026", open="30.9.2026", in_time="1.10.2026"),
    not_in_anything("a no is an assessment too", [duty_met("1.9.2026", met=False), for_fgu("1.10.2026", yes=False)], "1.9.2026", in_time="1.10.2026"),
    not_in_anything("an assessment from before is none about it", [for_fgu("1.8.2026"), duty_met("1.9.2026", met=False)], "1.9.2026", open="1.9.2026"),
    not_in_anything("who begins an education needs none", [duty_met("1.9.2026", met=False), began("5.10.2026")], "1.9.2026", open="4.10.2026", lapsed="5.10.2026"),
    not_in_anything("at 14 nothing is asked", [duty_met("13.3.2024", met=False)]),
    not_in_anything("at 15 it is", [duty_met("14.3.2024", met=False)], "14.3.2024", open="14.3.2024"),
    not_in_anything("at 17 it is, and for as long as FGU can be offered", [duty_met("13.3.2027", met=False)], "13.3.2027", open="13.3.2034", lapsed="14.3.2034"),
    not_in_anything("at 18 the need decides", [duty_met("14.3.2027", met=False)]),
    with_need("no day is said", [interrupted("1.9.2027"), needs_education("3.9.2027")], "3.9.2027", open="3.9.2028"),
    with_need("from when the municipality knew", [interrupted("1.9.2027"), known(needs_education("3.9.2027"), "4.10.2027")], "4.10.2027", shown="4.10.2027"),
    with_need("followed for another reason", [interrupted("1.9.2027"), needs_education("3.9.2027", StartReason.NEWCOMER)]),
    with_need("in education there is no such need", [interrupted("1.9.2027"), began("2.9.2027"), needs_education("3.9.2027")]),
    with_need("assessed", [interrupted("1.9.2027"), needs_education("3.9.2027"), for_fgu("1.10.2027")], "3.9.2027", open="30.9.2027", in_time="1.10.2027"),
    with_need("who begins an education needs none", [interrupted("1.9.2027"), needs_education("3.9.2027"), began("5.10.2027")], "3.9.2027", open="4.10.2027", lapsed="5.10.2027"),
    with_need("at 17 the duty decides", [left_school("26.6.2026"), needs_education("13.3.2027")]),
    with_need("at 18 the need does", [left_school("26.6.2026"), needs_education("14.3.2027")], "14.3.2027", open="14.3.2027"),
    with_need("the day before 25 it is asked; on the birthday it ends", [left_school("26.6.2026"), needs_education("13.3.2034")], "13.3.2034", open="13.3.2034", lapsed="14.3.2034"),
    with_need("at 25 nothing is asked", [left_school("26.6.2026"), needs_education("14.3.2034")]),
)

to_fgu = partial(Case, rule="KUI-13", holder=UU, giver=UU, receiver=EDUCATION)
IN_GROUP = [for_fgu("1.6.2026"), began("10.8.2026", FGU)]
KUI_13 = (
    to_fgu("before the first day, as is proposed", IN_GROUP, "10.8.2026", open="10.8.2026", overdue="11.8.2026", shown="1.6.2026"),
    to_fgu("without a first day there is no day", [for_fgu("1.6.2026")]),
    to_fgu("not in the target group", [for_fgu("1.6.2026", yes=False), began("10.8.2026", FGU)]),
    to_fgu("another education is not FGU", [for_fgu("1.6.2026"), began("10.8.2026")]),
    to_fgu("a first day from before the assessment is of another stay", [began("11.8.2025", FGU), for_fgu("1.6.2026")]),
    to_fgu("taken over on the first day", [*IN_GROUP, sent("5.8.2026", GUIDANCE, UU, EDUCATION), taken_over("10.8.2026")], "10.8.2026", open="9.8.2026", in_time="10.8.2026"),
    to_fgu("taken over a day late", [*IN_GROUP, sent("5.8.2026", GUIDANCE, UU, EDUCATION), taken_over("11.8.2026")], "10.8.2026", late="11.8.2026"),
    to_fgu("sent is not taken over", [*IN_GROUP, sent("5.8.2026", GUIDANCE, UU, EDUCATION)], "10.8.2026", overdue="11.8.2026"),
    to_fgu("the school's matter is another", [*IN_GROUP, sent("5.8.2026", Matter.SCHOOLING, UU, EDUCATION), taken_over("6.8.2026")], "10.8.2026", open="10.8.2026"),
    to_fgu("another receiver is not FGU", [*IN_GROUP, sent("5.8.2026", GUIDANCE, UU, EMPLOYMENT), taken_over("6.8.2026")], "10.8.2026", open="10.8.2026"),
    to_fgu("the same day when a later beginning was recorded ahead", [for_fgu("1.6.2026"), known(began("10.8.2026", FGU), "1.6.2026")], "10.8.2026", open="2.6.2026"),
    to_fgu("whoever learns of the assessment too late could not keep it", [known(for_fgu("1.6.2026"), "12.8.2026"), began("10.8.2026", FGU)], "10.8.2026", late_news=True),
    to_fgu("on the 25th birthday it ends", [for_fgu("1.6.2033"), began("8.8.2033", FGU)], "8.8.2033", overdue="13.3.2034", lapsed="14.3.2034"),
)

choice = partial(Case, rule="KUI-16", holder=UU, giver=SCHOOL, receiver=UU)
SCHOOL_ENDS = [for_stu("1.2.2026"), left_school("26.6.2026")]
KUI_16 = (
    choice("at the end of compulsory schooling", SCHOOL_ENDS, "26.6.2026", open="26.6.2026", overdue="27.6.2026", shown="1.2.2026"),
    choice("or of the schooling that follows it", [for_stu("1.2.2026"), left_school("26.6.2026", grade=10)], "26.6.2026"),
    choice("the end of 8th grade is none", [for_stu("1.2.2026"), left_school("26.6.2026", grade=8)]),
    choice("while school goes on there is no day", [for_stu("1.2.2026")]),
    choice("not in the target group", [for_stu("1.2.2026", yes=False), left_school("26.6.2026")]),
    choice("assessed again: what the first one asked for stays", [for_stu("1.2.2026"), for_stu("1.4.2026"), left_school("26.6.2026")], "26.6.2026", overdue="27.6.2026", times=2, nth=1),
    choice("assessed after school: at once", [left_school("27.6.2025"), for_stu("1.10.2025")], "1.10.2025", overdue="2.10.2025"),
    choice("at once is when the municipality knew", [left_school("27.6.2025"), known(for_stu("1.10.2025"), "6.10.2025")], "6.10.2025", open="6.10.2025"),
    choice("offered with a choice on the last day", [*SCHOOL_ENDS, stu_offered("26.6.2026")], "26.6.2026", open="25.6.2026", in_time="26.6.2026"),
    choice("offered a day late", [*SCHOOL_ENDS, stu_offered("27.6.2026")], "26.6.2026", late="27.6.2026"),
    choice("one place is no choice", [*SCHOOL_ENDS, stu_offered("1.6.2026", choice=False)], "26.6.2026", overdue="27.6.2026"),
    choice("no longer in the target group", [*SCHOOL_ENDS, for_stu("1.6.2026", yes=False)], "26.6.2026", open="31.5.2026", lapsed="1.6.2026"),
    choice("a day that has passed stays passed", [*SCHOOL_ENDS, for_stu("1.9.2026", yes=False)], "26.6.2026", overdue="1.9.2026"),
    choice("whoever learns of it too late could not keep it", [known(for_stu("1.2.2026"), "1.7.2026"), left_school("26.6.2026")], "26.6.2026", late_news=True),
    choice("on the 25th birthday it ends", SCHOOL_ENDS, "26.6.2026", overdue="13.3.2034", lapsed="14.3.2034"),
)

until_25 = partial(Case, rule="KUI-17.begin", holder=UU, giver=UU, receiver=UU)
five_years = partial(Case, rule="KUI-17.finish", holder=UU, giver=UU, receiver=UU)
IN_STU = [began("10.8.2026", STU)]
KUI_17 = (
    until_25("can be taken until 25", [for_stu("1.2.2026")], "14.3.2034", open="14.3.2034", overdue="15.3.2034", shown="14.3.2033"),
    until_25("born on 29 February: the earlier day", [for_stu("1.2.2026")], "28.2.2033", overdue="1.3.2033", born_on=LEAP),
    until_25("begun on the birthday", [for_stu("1.2.2026"), began("14.3.2034", STU)], "14.3.2034", open="13.3.2034", in_time="14.3.2034"),
    until_25("begun a day late", [for_stu("1.2.2026"), began("15.3.2034", STU)], "14.3.2034", late="15.3.2034"),
    until_25("FGU is not STU", [for_stu("1.2.2026"), began("10.8.2026", FGU)], "14.3.2034", open="14.3.2034"),
    until_25("no longer in the target group", [for_stu("1.2.2026"), for_stu("1.6.2028", yes=False)], "14.3.2034", open="31.5.2028", lapsed="1.6.2028"),
    until_25("not in the target group", [for_stu("1.2.2026", yes=False)]),
    until_25("assessed again: what the first one asked for stays", [for_stu("1.2.2026"), for_stu("1.4.2026")], "14.3.2034", open="14.3.2034", times=2, nth=1),
    until_25("assessed the day before 25; nobody asks after 26", [for_stu("13.3.2034")], "14.3.2034", open="14.3.2034", overdue="13.3.2035", lapsed="14.3.2035"),
    until_25("at 25 the right is over", [for_stu("14.3.2034")]),
    until_25("nobody follows the young person any longer", [for_stu("1.2.2026"), JourneyClosed(on=day("1.1.2030"), reason=CloseReason.MOVED_AWAY)], "14.3.2034", open="31.12.2029", lapsed="1.1.2030"),
    until_25("an age deadline judged by the law of its own day", [for_stu("1.2.2020")], "14.3.2034", open="14.3.2034"),
    five_years("from the day it began", IN_STU, "10.8.2031", open="10.8.2031", overdue="11.8.2031", shown="10.8.2030"),
    five_years("begun on a leap day: the earlier day", [began("29.2.2028", STU)], "28.2.2033"),
    five_years("another education has no such end", [began("10.8.2026")]),
    five_years("not even one that begins beside it", [*IN_STU, began("1.9.2027")], "10.8.2031"),
    five_years("however late the municipality knew", [known(began("10.8.2026", STU), "1.10.2026")], "10.8.2031"),
    five_years("completed on the last day", [*IN_STU, completed("10.8.2031", STU)], "10.8.2031", open="9.8.2031", in_time="10.8.2031"),
    five_years("completed a day late", [*IN_STU, completed("11.8.2031", STU)], "10.8.2031", late="11.8.2031"),
    five_years("completing FGU is not completing STU", [*IN_STU, completed("1.6.2028", FGU)], "10.8.2031", open="2.6.2028"),
    five_years("interrupted", [*IN_STU, interrupted("1.3.2028", STU)], "10.8.2031", open="29.2.2028", lapsed="1.3.2028"),
    five_years("told that it broke off", [*IN_STU, broke_off("1.3.2028", STU)], "10.8.2031", open="29.2.2028", lapsed="1.3.2028"),
    five_years("something else that broke off", [*IN_STU, broke_off("1.3.2028"), interrupted("1.3.2028")], "10.8.2031", open="1.3.2028"),
    five_years("a day that has passed stays passed", [*IN_STU, interrupted("1.9.2031", STU)], "10.8.2031", overdue="1.9.2031"),
    five_years("not counted after 31", [began("13.3.2034", STU)], "13.3.2039", overdue="13.3.2040", lapsed="14.3.2040"),
    five_years("STU from before the act of 2023 had other words", [began("31.7.2023", STU)]),
    five_years("the first day of the act", [began("1.8.2023", STU)], "1.8.2028"),
)

once = partial(Case, rule="KUI-18.first", holder=UU, giver=UU, receiver=UU)
again = partial(Case, rule="KUI-18.next", holder=UU, giver=UU, receiver=UU)
KUI_18 = (
    once("within a year of the beginning", IN_STU, "10.8.2027", open="10.8.2027", overdue="11.8.2027", shown="10.6.2027"),
    once("begun on a leap day: the earlier day", [began("29.2.2028", STU)], "28.2.2029"),
    once("other educations have no such plan", [began("10.8.2026")]),
    once("not even one that begins beside it", [*IN_STU, began("1.9.2026")], "10.8.2027"),
    once("however late the municipality knew", [known(began("10.8.2026", STU), "1.10.2026")], "10.8.2027"),
    once("whoever learns of it after the day could not keep it", [known(began("10.8.2026", STU), "11.8.2027")], "10.8.2027", late_news=True),
    once("adjusted on the last day", [*IN_STU, adjusted("10.8.2027")], "10.8.2027", open="9.8.2027", in_time="10.8.2027"),
    once("adjusted a day late", [*IN_STU, adjusted("11.8.2027")], "10.8.2027", late="11.8.2027"),
    once("interrupted before", [*IN_STU, interrupted("10.8.2027", STU)], "10.8.2027", open="9.8.2027", lapsed="10.8.2027"),
    once("a day that has passed stays passed", [*IN_STU, completed("1.9.2027", STU)], "10.8.2027", overdue="1.9.2027"),
    once("another education that is completed ends nothing", [*IN_STU, completed("1.6.2027", FGU)], "10.8.2027", open="10.8.2027", overdue="11.8.2027"),
    once("not counted after 31", [began("13.3.2039", STU)], "13.3.2040", open="13.3.2040", lapsed="14.3.2040"),
    again("a year after the last one", [*IN_STU, adjusted("1.6.2027")], "1.6.2028", open="1.6.2028", overdue="2.6.2028", shown="1.4.2028"),
    again("however late the municipality knew", [*IN_STU, known(adjusted("1.6.2027"), "1.7.2027")], "1.6.2028"),
    again("other educations have no such plan", [began("10.8.2026"), adjusted("1.6.2027")]),
    again("the next on its last day", [*IN_STU, adjusted("1.6.2027"), adjusted("1.6.2028")], "1.6.2028", in_time="1.6.2028", times=2),
    again("the next a day late", [*IN_STU, adjusted("1.6.2027"), adjusted("2.6.2028")], "1.6.2028", late="2.6.2028", times=2),
    again("and so it goes on", [*IN_STU, adjusted("1.6.2027"), adjusted("1.6.2028")], "1.6.2029", open="1.6.2029", nth=2, times=2),
    again("completed before", [*IN_STU, adjusted("1.6.2027"), completed("1.6.2028", STU)], "1.6.2028", open="31.5.2028", lapsed="1.6.2028"),
    again("nothing to adjust in an education that has ended", [*IN_STU, completed("1.5.2027", STU), adjusted("1.6.2027")]),
    again("not counted after 31", [began("1.2.2039", STU), adjusted("13.3.2039")], "13.3.2040", open="13.3.2040", lapsed="14.3.2040"),
)

until_birthday = partial(Case, rule="KUI-21", holder=UU, giver=UU, receiver=EMPLOYMENT)
GUIDED = contact_person("1.9.2026")
KUI_21 = (
    until_birthday("handed over before 25, asked for three months before", [GUIDED], "14.3.2034", open="14.3.2034", overdue="15.3.2034", shown="14.12.2033"),
    until_birthday("who has a plan is guided too", [EducationPlanMade(on=day("1.9.2026"))], "14.3.2034", open="14.3.2034"),
    until_birthday("born on 29 February: the earlier day", [GUIDED], "28.2.2033", overdue="1.3.2033", born_on=LEAP),
    until_birthday("nobody guides", [left_school("26.6.2026")]),
    until_birthday("taken over on the birthday", [GUIDED, sent("1.3.2034", GUIDANCE, UU, EMPLOYMENT), taken_over("14.3.2034")], "14.3.2034", open="13.3.2034", in_time="14.3.2034"),
    until_birthday("or by adult social", [GUIDED, sent("1.3.2034", GUIDANCE, UU, Party.ADULT_SOCIAL), taken_over("2.3.2034")], "14.3.2034", in_time="2.3.2034"),
    until_birthday("taken over a day late", [GUIDED, sent("1.3.2034", GUIDANCE, UU, EMPLOYMENT), taken_over("15.3.2034")], "14.3.2034", late="15.3.2034"),
    until_birthday("sent is not taken over", [GUIDED, sent("1.3.2034", GUIDANCE, UU, EMPLOYMENT)], "14.3.2034", overdue="15.3.2034"),
    until_birthday("income is another matter", [GUIDED, sent("1.3.2034", Matter.INCOME_AND_WORK, UU, EMPLOYMENT), taken_over("2.3.2034")], "14.3.2034", overdue="15.3.2034"),
    until_birthday("what the school gave was not UU's", [GUIDED, sent("1.3.2034", GUIDANCE, SCHOOL, UU), taken_over("2.3.2034")], "14.3.2034", overdue="15.3.2034"),
    until_birthday("guided again after a handover", [GUIDED, sent("1.6.2028", GUIDANCE, UU, EMPLOYMENT), taken_over("3.6.2028"), contact_person("1.9.2030")], "14.3.2034", open="14.3.2034", times=2, nth=2),
    until_birthday("what the first handover cleared stays so", [GUIDED, sent("1.6.2028", GUIDANCE, UU, EMPLOYMENT), taken_over("3.6.2028"), contact_person("1.9.2030")], "14.3.2034", in_time="3.6.2028", times=2, nth=1),
    until_birthday("named on the last day before 25", [contact_person("13.3.2034")], "14.3.2034", shown="13.3.2034", open="14.3.2034"),
    until_birthday("at 25 KUI guides nobody", [contact_person("14.3.2034")]),
    until_birthday("overdue until 30", [GUIDED], "14.3.2034", overdue="13.3.2039", lapsed="14.3.2039"),
    until_birthday("known after the birthday could not be kept", [known(GUIDED, "15.3.2034")], "14.3.2034", late_news=True, shown="15.3.2034"),
)

CASES = (*KUI_12, *KUI_13, *KUI_16, *KUI_17, *KUI_18, *KUI_21)
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_asks_what_the_law_says(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("said", SAID, ids=str)
def test_it_says_who_and_how_binding(said: Said) -> None:
    check_said(said)
