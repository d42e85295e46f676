"""KUI-01 to KUI-10: guidance, break-offs and the education plan, written from law.md 2c and 3. One case, one line."""

from datetime import date
from functools import partial

import pytest

from domain.codes import DataClass, Matter, Party, Programme
from domain.events import EducationPlanMade, EducationPlanRevised
from domain.rules import Kind
from tests.domain.law.happened import (
    FGU,
    at_risk,
    began,
    broke_off,
    completed,
    contact,
    contact_person,
    duty_met,
    exempted,
    interrupted,
    left_school,
    offered,
    paused,
    resumed,
    talk,
    tried,
)
from tests.domain.law.story import Case, Said, check, check_said, day, known

SCHOOL, UU, EDUCATION = Party.SCHOOL, Party.UU, Party.EDUCATION
OLDER = date(2007, 3, 14)
"""15 on 14.3.2022, 18 on 14.3.2025: of the right age while store bededag was a holiday, and after."""

# fmt: off
said = partial(Said, matter=Matter.GUIDANCE, data_class=DataClass.EDUCATION)

SAID = (
    said(rule="KUI-01", kind=Kind.DUTY, giver=SCHOOL, receiver=UU, holder=UU, certain="ældre", source="§ 2 a", valid="1.8.2019"),
    said(rule="KUI-02", kind=Kind.HARD, giver=EDUCATION, receiver=UU, holder=UU, certain="lørdag", source="§ 10: 5 arbejdsdage", valid="1.1.2017", bases="law law"),
    said(rule="KUI-03", kind=Kind.HARD, giver=UU, receiver=EDUCATION, holder=UU, certain="omstridt", source="§ 10: 30 dage", valid="1.1.2017", bases="law law"),
    said(rule="KUI-06", kind=Kind.DUTY, giver=EDUCATION, receiver=UU, holder=EDUCATION, certain="UU-side", source="§ 12 c", valid="1.1.2017"),
    said(rule="KUI-07", kind=Kind.DUTY, giver=EDUCATION, receiver=UU, holder=UU, certain="bekræftet", source="§ 12 c", valid="1.1.2017"),
    said(rule="KUI-09", kind=Kind.DUTY, giver=UU, receiver=UU, holder=UU, certain="bekræftet", source="Uddannelsesplan", valid="1.8.2019"),
    said(rule="KUI-10", kind=Kind.DUTY, giver=UU, receiver=UU, holder=UU, certain="forslag", source="paragraffen er ikke læst", valid="1.8.2019", bases="proposal"),
)

plan = partial(Case, rule="KUI-01", holder=UU, giver=SCHOOL, receiver=UU, dated=False)
KUI_01 = (
    plan("the act says no day, so it never is overdue", [left_school("26.6.2025")], "26.6.2025", open="26.6.2026"),
    plan("asked for from when the municipality knew", [known(left_school("26.6.2025"), "1.8.2025")], "1.8.2025", shown="1.8.2025"),
    plan("compulsory schooling is not over after 8th grade", [left_school("26.6.2025", grade=8)]),
    plan("10th grade comes after it", [left_school("26.6.2025", grade=10)], "26.6.2025", open="27.6.2025"),
    plan("at 14 there is no duty yet", [left_school("13.3.2024")]),
    plan("at 15 there is", [left_school("14.3.2024")], "14.3.2024", open="14.3.2024"),
    plan("the day before 18 there still is; on the birthday it ends", [left_school("13.3.2027")], "13.3.2027", open="13.3.2027", lapsed="14.3.2027"),
    plan("at 18 there is no duty", [left_school("14.3.2027")]),
    plan("a plan is what is asked for", [left_school("26.6.2025"), EducationPlanMade(on=day("1.9.2025"))], "26.6.2025", open="31.8.2025", in_time="1.9.2025"),
    plan("a plan from before school ended counts", [EducationPlanMade(on=day("1.2.2025")), left_school("26.6.2025")], "26.6.2025", in_time="26.6.2025"),
    plan("so does one gone through again", [left_school("26.6.2025"), EducationPlanRevised(on=day("1.9.2025"))], "26.6.2025", in_time="1.9.2025"),
    plan("who is in a job meets the duty", [left_school("26.6.2025"), duty_met("1.9.2025", met=True)], "26.6.2025", in_time="1.9.2025"),
    plan("who does not meet it still needs the plan", [left_school("26.6.2025"), duty_met("1.9.2025", met=False)], "26.6.2025", open="1.9.2025"),
    plan("who is exempted needs none", [left_school("26.6.2025"), exempted("1.9.2025")], "26.6.2025", in_time="1.9.2025"),
)

five_days = partial(Case, rule="KUI-02", holder=UU, giver=EDUCATION, receiver=UU)
KUI_02 = (
    five_days("from a Monday: the Saturday counts as hverdag", [broke_off("2.3.2026")], "7.3.2026 9.3.2026", open="7.3.2026", overdue="8.3.2026", shown="2.3.2026"),
    five_days("from a Friday both end in the next week", [broke_off("6.3.2026")], "12.3.2026 13.3.2026", open="12.3.2026", overdue="13.3.2026"),
    five_days("over Easter 2026", [broke_off("1.4.2026")], "10.4.2026 13.4.2026", open="10.4.2026", overdue="11.4.2026"),
    five_days("store bededag 2023 is a holiday", [broke_off("1.5.2023")], "8.5.2023 9.5.2023", born_on=OLDER),
    five_days("store bededag 2024 is none", [broke_off("22.4.2024")], "27.4.2024 29.4.2024", born_on=OLDER),
    five_days("over Christmas; the 24th is no public holiday", [broke_off("18.12.2026")], "24.12.2026 28.12.2026"),
    five_days("over New Year", [broke_off("28.12.2026")], "4.1.2027 5.1.2027"),
    five_days("the clock starts when KUI learned of it", [known(broke_off("2.2.2026"), "2.3.2026")], "7.3.2026 9.3.2026", open="7.3.2026", shown="2.3.2026"),
    five_days("contact on the last day", [broke_off("2.3.2026"), contact("7.3.2026")], "7.3.2026 9.3.2026", open="6.3.2026", in_time="7.3.2026"),
    five_days("contact after the stricter reading is late", [broke_off("2.3.2026"), contact("9.3.2026")], "7.3.2026 9.3.2026", overdue="8.3.2026", late="9.3.2026"),
    five_days("a try in vain is no contact", [broke_off("2.3.2026"), tried("3.3.2026")], "7.3.2026 9.3.2026", overdue="8.3.2026"),
    five_days("contact before it broke off is none about it", [contact("1.3.2026"), broke_off("2.3.2026")], "7.3.2026 9.3.2026", open="7.3.2026", overdue="8.3.2026"),
    five_days("contact on the very day counts", [broke_off("2.3.2026"), contact("2.3.2026")], "7.3.2026 9.3.2026", in_time="2.3.2026"),
    five_days("at 14 nothing is owed", [broke_off("13.3.2024")]),
    five_days("at 15 it is", [broke_off("14.3.2024")], "20.3.2024 21.3.2024"),
    five_days("it ends on the 18th birthday", [broke_off("13.3.2027")], "19.3.2027 19.3.2027", open="13.3.2027", lapsed="14.3.2027"),
    five_days("at 18 nothing is owed", [broke_off("14.3.2027")]),
)

thirty_days = partial(Case, rule="KUI-03", holder=UU, giver=UU, receiver=EDUCATION)
KUI_03 = (
    thirty_days("no contact yet: from the interruption", [broke_off("1.9.2026")], "1.10.2026", open="1.10.2026", overdue="2.10.2026"),
    thirty_days("both readings; the earlier warns", [broke_off("1.9.2026"), contact("10.9.2026")], "10.10.2026 1.10.2026", open="1.10.2026", overdue="2.10.2026"),
    thirty_days("contact before it broke off starts no clock", [contact("1.8.2026"), broke_off("1.9.2026")], "1.10.2026"),
    thirty_days("offered on the last day", [broke_off("1.9.2026"), offered("1.10.2026")], "1.10.2026", open="30.9.2026", in_time="1.10.2026"),
    thirty_days("offered a day late", [broke_off("1.9.2026"), contact("10.9.2026"), offered("2.10.2026")], "10.10.2026 1.10.2026", late="2.10.2026"),
    thirty_days("calendar days run over New Year", [broke_off("15.12.2026")], "14.1.2027"),
    thirty_days("and over a leap day", [broke_off("30.1.2024")], "29.2.2024", born_on=OLDER),
    thirty_days("a summer break is shown, not computed", [broke_off("1.7.2026")], "31.7.2026"),
    thirty_days("whoever learns of it too late could not keep it", [known(broke_off("1.9.2026"), "5.10.2026")], "1.10.2026", late_news=True, shown="5.10.2026"),
    thirty_days("on the last day one still could", [known(broke_off("1.9.2026"), "1.10.2026")], "1.10.2026", late_news=False),
    thirty_days("a new education is an activity", [broke_off("1.9.2026"), began("20.9.2026", FGU)], "1.10.2026", in_time="20.9.2026"),
    thirty_days("the education that broke off on its first day is none", [began("1.9.2026"), broke_off("1.9.2026")], "1.10.2026", overdue="2.10.2026"),
    thirty_days("paused ten days, due ten days later", [broke_off("1.9.2026"), paused("10.9.2026", "KUI-03"), resumed("20.9.2026", "KUI-03")], "11.10.2026", open="11.10.2026", overdue="12.10.2026"),
    thirty_days("while paused it is never overdue", [broke_off("1.9.2026"), paused("10.9.2026", "KUI-03")], "1.10.2026", open="9.9.2026", paused="1.12.2026"),
    thirty_days("done while it stands still is in time", [broke_off("1.9.2026"), paused("10.9.2026", "KUI-03"), offered("5.11.2026")], "1.10.2026", paused="4.11.2026", in_time="5.11.2026"),
    thirty_days("what had run out does not stand still", [broke_off("1.9.2026"), paused("2.10.2026", "KUI-03")], "1.10.2026", overdue="1.12.2026"),
    thirty_days("at 14 nothing is owed", [broke_off("13.3.2024")]),
    thirty_days("at 15 it is", [broke_off("14.3.2024")], "13.4.2024"),
    thirty_days("it ends on the 18th birthday", [broke_off("1.3.2027")], "31.3.2027", open="13.3.2027", lapsed="14.3.2027"),
    thirty_days("at 18 nothing is owed", [broke_off("14.3.2027")]),
)

tell_us = partial(Case, rule="KUI-06", holder=EDUCATION, giver=EDUCATION, receiver=UU, dated=False)
KUI_06 = (
    tell_us("the register says so, and nobody has told", [interrupted("1.10.2026")], "1.10.2026", open="1.10.2027"),
    tell_us("as soon as it is available", [known(interrupted("1.10.2026"), "9.11.2026")], "9.11.2026", shown="9.11.2026"),
    tell_us("told afterwards", [interrupted("1.10.2026"), broke_off("5.10.2026")], "1.10.2026", open="4.10.2026", in_time="5.10.2026"),
    tell_us("told about another education", [interrupted("1.10.2026"), broke_off("5.10.2026", FGU)], "1.10.2026", open="5.10.2026"),
    tell_us("told before the register knew", [broke_off("20.9.2026"), interrupted("1.10.2026")], "1.10.2026", in_time="1.10.2026"),
    tell_us("told at most two months before", [broke_off("1.8.2026"), interrupted("1.10.2026")], "1.10.2026", in_time="1.10.2026"),
    tell_us("longer ago it was another break-off", [broke_off("31.7.2026"), interrupted("1.10.2026")], "1.10.2026", open="1.10.2026"),
    tell_us("at 14 nothing is asked", [interrupted("13.3.2024")]),
    tell_us("at 15 it is", [interrupted("14.3.2024")], "14.3.2024", open="14.3.2024"),
    tell_us("the day before 25 it is; on the birthday it ends", [interrupted("13.3.2034")], "13.3.2034", open="13.3.2034", lapsed="14.3.2034"),
    tell_us("at 25 nothing is asked", [interrupted("14.3.2034")]),
)

risk = partial(Case, rule="KUI-07", holder=UU, giver=EDUCATION, receiver=UU, dated=False)
KUI_07 = (
    risk("no day is said", [at_risk("2.3.2026")], "2.3.2026", open="2.3.2027"),
    risk("asked for from when the municipality knew", [known(at_risk("2.3.2026"), "9.3.2026")], "9.3.2026", shown="9.3.2026"),
    risk("a talk", [at_risk("2.3.2026"), talk("5.3.2026")], "2.3.2026", open="4.3.2026", in_time="5.3.2026"),
    risk("contact", [at_risk("2.3.2026"), contact("5.3.2026")], "2.3.2026", in_time="5.3.2026"),
    risk("a try in vain is none", [at_risk("2.3.2026"), tried("5.3.2026")], "2.3.2026", open="5.3.2026"),
    risk("a talk from before is none about it", [talk("1.3.2026"), at_risk("2.3.2026")], "2.3.2026", open="2.3.2026"),
    risk("once it broke off, there are other deadlines", [at_risk("2.3.2026"), broke_off("20.3.2026")], "2.3.2026", open="19.3.2026", lapsed="20.3.2026"),
    risk("who completes needs no more", [at_risk("2.3.2026"), completed("26.6.2026")], "2.3.2026", open="25.6.2026", lapsed="26.6.2026"),
    risk("an education that broke off before is another", [broke_off("1.3.2026"), at_risk("2.3.2026")], "2.3.2026", open="2.3.2026"),
    risk("at 14 nothing is asked", [at_risk("13.3.2024")]),
    risk("at 15 it is", [at_risk("14.3.2024")], "14.3.2024", open="14.3.2024"),
    risk("the day before 25 it is; on the birthday it ends", [at_risk("13.3.2034")], "13.3.2034", open="13.3.2034", lapsed="14.3.2034"),
    risk("at 25 nothing is asked", [at_risk("14.3.2034")]),
)

one_plan = partial(Case, rule="KUI-09", holder=UU, giver=UU, receiver=UU, dated=False)
KUI_09 = (
    one_plan("neither in education nor through one", [left_school("26.6.2026")], "26.6.2026", open="26.6.2027"),
    one_plan("asked for from when the municipality knew", [known(interrupted("1.9.2026"), "1.10.2026")], "1.10.2026", shown="1.10.2026"),
    one_plan("told of a break-off", [broke_off("1.9.2026")], "1.9.2026", open="1.9.2026"),
    one_plan("told of what the register also says: one duty", [interrupted("1.9.2026"), broke_off("3.9.2026")], "1.9.2026", open="3.9.2026"),
    one_plan("the duty ends where education begins", [left_school("26.6.2026"), began("10.8.2026")], "26.6.2026", open="9.8.2026", lapsed="10.8.2026"),
    one_plan("a plan", [left_school("26.6.2026"), EducationPlanMade(on=day("1.7.2026"))], "26.6.2026", open="30.6.2026", in_time="1.7.2026"),
    one_plan("a plan gone through again", [left_school("26.6.2026"), EducationPlanRevised(on=day("1.7.2026"))], "26.6.2026", in_time="1.7.2026"),
    one_plan("a plan that there was", [EducationPlanMade(on=day("1.2.2026")), left_school("26.6.2026")], "26.6.2026", in_time="26.6.2026"),
    one_plan("who completed a vocational education is through", [completed("26.6.2026"), interrupted("1.9.2026")]),
    *[
        one_plan(f"through {done.value} later", [left_school("26.6.2026"), completed("30.6.2028", done)], "26.6.2026", open="29.6.2028", lapsed="30.6.2028")
        for done in (Programme.GENERAL_UPPER_SECONDARY, Programme.VOCATIONAL, Programme.STU, Programme.HIGHER)
    ],
    one_plan("FGU is no youth education", [completed("26.6.2026", FGU), interrupted("1.9.2026")], "1.9.2026", open="1.9.2026"),
    one_plan("at 14 nothing is asked", [left_school("13.3.2024")]),
    one_plan("at 15 it is", [left_school("14.3.2024")], "14.3.2024", open="14.3.2024"),
    one_plan("the day before 25 it is; on the birthday it ends", [interrupted("13.3.2034")], "13.3.2034", open="13.3.2034", lapsed="14.3.2034"),
    one_plan("at 25 nothing is asked", [interrupted("14.3.2034")]),
)

named = partial(Case, rule="KUI-10", holder=UU, giver=UU, receiver=UU)
KUI_10 = (
    named("ten working days are a proposal", [left_school("26.6.2026")], "10.7.2026", open="10.7.2026", overdue="11.7.2026", shown="26.6.2026"),
    named("over Easter 2026", [interrupted("25.3.2026")], "13.4.2026"),
    named("over Ascension and Whit Monday 2026", [broke_off("11.5.2026")], "27.5.2026"),
    named("from when the municipality knew", [known(interrupted("1.9.2026"), "1.10.2026")], "15.10.2026", shown="1.10.2026"),
    named("named on the last day", [left_school("26.6.2026"), contact_person("10.7.2026")], "10.7.2026", open="9.7.2026", in_time="10.7.2026"),
    named("named a day late", [left_school("26.6.2026"), contact_person("11.7.2026")], "10.7.2026", late="11.7.2026"),
    named("one that there was", [contact_person("1.2.2026"), left_school("26.6.2026")], "10.7.2026", in_time="26.6.2026"),
    named("education begins before the day", [left_school("26.6.2026"), began("10.7.2026")], "10.7.2026", open="9.7.2026", lapsed="10.7.2026"),
    named("a day that has passed stays passed", [left_school("26.6.2026"), began("10.8.2026")], "10.7.2026", overdue="10.8.2026"),
    named("while the clock stands still no day passes", [left_school("26.6.2026"), paused("1.7.2026", "KUI-10"), began("10.8.2026")], "10.7.2026", paused="9.8.2026", lapsed="10.8.2026"),
    named("who completed a vocational education is through", [completed("26.6.2026"), interrupted("1.9.2026")]),
    *[
        named(f"through {done.value} before the day", [left_school("26.6.2026"), completed("30.6.2026", done)], "10.7.2026", open="29.6.2026", lapsed="30.6.2026")
        for done in (Programme.GENERAL_UPPER_SECONDARY, Programme.VOCATIONAL, Programme.STU, Programme.HIGHER)
    ],
    named("FGU is no youth education", [completed("26.6.2026", FGU), interrupted("1.9.2026")], "15.9.2026"),
    named("at 14 nothing is asked", [left_school("13.3.2024")]),
    named("at 15 it is", [left_school("14.3.2024")], "2.4.2024"),
    named("the day before 25 it is; on the birthday it ends", [interrupted("13.3.2034")], "27.3.2034", open="13.3.2034", lapsed="14.3.2034"),
    named("at 25 nothing is asked", [interrupted("14.3.2034")]),
)

CASES = (*KUI_01, *KUI_02, *KUI_03, *KUI_06, *KUI_07, *KUI_09, *KUI_10)
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_asks_what_the_law_says(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("said", SAID, ids=str)
def test_it_says_who_and_how_binding(said: Said) -> None:
    check_said(said)
