"""SKO-01 to SKO-07: absence, special effort and applications, written from law.md 2a and 3. One case, one line."""

from functools import partial

import pytest

from domain.choices import ApplicationAnswer, CloseReason
from domain.codes import DataClass, Matter, Party, Programme
from domain.events import JourneyClosed, PprInvolved, WorryingAbsence
from domain.rules import Kind
from tests.domain.law.happened import FGU, VOCATIONAL, began, contact, left_school, talk, tried
from tests.domain.law.happened_to_children import (
    absent,
    answered,
    application,
    changed_school,
    concern,
    effort_agreed,
    effort_needed,
    enrolled,
    grade,
    notified,
    warned,
)
from tests.domain.law.story import Case, Said, check, check_said, day, known

SCHOOL, UU, CHILD, EDUCATION = Party.SCHOOL, Party.UU, Party.CHILD_SOCIAL, Party.EDUCATION
GYM, TENTH = Programme.GENERAL_UPPER_SECONDARY, Programme.TENTH_GRADE
NO, WAITING = ApplicationAnswer.REJECTED, ApplicationAnswer.WAITING_LIST

# fmt: off
absence = partial(Said, kind=Kind.DUTY, giver=SCHOOL, holder=SCHOOL, matter=Matter.SCHOOLING, data_class=DataClass.ABSENCE, certain="bekræftet", valid="1.8.2019")
answer = partial(Said, kind=Kind.HARD, giver=EDUCATION, receiver=UU, holder=UU, matter=Matter.GUIDANCE, data_class=DataClass.EDUCATION, certain="bekræftet for 2024", source="årshjul 2024", valid="1.1.2024")

SAID = (
    absence(rule="SKO-01", receiver=SCHOOL, source="Undervisningsministeriets fraværsregler"),
    absence(rule="SKO-02", receiver=CHILD, source="principmeddelelse 11-21"),
    Said(rule="SKO-05", kind=Kind.DUTY, giver=SCHOOL, receiver=UU, holder=SCHOOL, matter=Matter.SCHOOLING, data_class=DataClass.SCHOOLING, certain="bekræftet", source="§ 6, stk. 1", valid="1.8.2024"),
    Said(rule="SKO-06", kind=Kind.HARD, giver=SCHOOL, receiver=UU, holder=UU, matter=Matter.GUIDANCE, data_class=DataClass.EDUCATION, certain="bekræftet for 2024", source="Optagelse.dk", valid="1.8.2023"),
    answer(rule="SKO-07.upper-secondary"),
    answer(rule="SKO-07.vocational"),
    answer(rule="SKO-07.tenth-grade"),
    answer(rule="SKO-07.no-place", kind=Kind.DUTY),
)

# 10 % unlawful absence in a calendar quarter: the parents are warned in the same quarter.
warn = partial(Case, rule="SKO-01", holder=SCHOOL, giver=SCHOOL, receiver=SCHOOL)
SKO_01 = (
    warn("10 % is enough: before the quarter ends", [absent("2.2.2026", 10)], "31.3.2026", open="31.3.2026", overdue="1.4.2026", shown="2.2.2026"),
    warn("9 % is not", [absent("2.2.2026", 9)]),
    warn("all of it", [absent("2.2.2026", 100)], "31.3.2026"),
    warn("the second quarter", [absent("4.5.2026", 12, quarter=2)], "30.6.2026", open="30.6.2026", overdue="1.7.2026"),
    warn("the third", [absent("1.9.2026", 12, quarter=3)], "30.9.2026", overdue="1.10.2026"),
    warn("the fourth ends with the year", [absent("30.11.2026", 12, quarter=4)], "31.12.2026", open="31.12.2026", overdue="1.1.2027"),
    warn("a quarter on its own: nothing carries over", [absent("31.3.2026", 6), absent("30.6.2026", 6, quarter=2)]),
    warn("warned on the last day", [absent("2.2.2026", 12), warned("31.3.2026")], "31.3.2026", open="30.3.2026", in_time="31.3.2026"),
    warn("warned a day late", [absent("2.2.2026", 12), warned("1.4.2026")], "31.3.2026", late="1.4.2026"),
    warn("warned before it was counted", [warned("10.2.2026"), absent("2.3.2026", 12)], "31.3.2026", in_time="2.3.2026"),
    warn("a warning about the next quarter is another", [absent("2.2.2026", 12), warned("1.4.2026", quarter=2)], "31.3.2026", overdue="1.4.2026"),
    warn("a warning about the year before is another", [warned("10.2.2025", 2025), absent("2.2.2026", 12)], "31.3.2026", overdue="1.4.2026"),
    warn("more of the same quarter is the same duty", [absent("2.2.2026", 12), absent("2.3.2026", 16)], "31.3.2026", shown="2.2.2026"),
    warn("and is cleared as one", [absent("2.2.2026", 12), warned("9.2.2026"), absent("2.3.2026", 16)], "31.3.2026", in_time="2.3.2026"),
    warn("another quarter is another duty", [absent("2.2.2026", 12), absent("4.5.2026", 12, quarter=2), warned("9.2.2026")], "30.6.2026", open="30.6.2026", nth=2, times=2),
    warn("the same quarter of another year is too", [absent("3.2.2025", 12, 2025), absent("2.2.2026", 12)], "31.3.2026", nth=2, times=2),
    warn("counted up when the quarter was over: nobody could warn in it", [absent("7.4.2026", 12)], "31.3.2026", overdue="7.4.2026", late_news=True),
    warn("known when the quarter was over", [known(absent("2.2.2026", 12), "1.4.2026")], "31.3.2026", shown="1.4.2026", late_news=True),
    warn("known on its last day", [known(absent("2.2.2026", 12), "31.3.2026")], "31.3.2026", shown="31.3.2026"),
    warn("worrying absence is not unlawful", [WorryingAbsence(on=day("2.2.2026"), year=2026, quarter=1, days=15)]),
    warn("not law yet", [absent("31.7.2019", 12, 2019, 3)]),
    warn("law from the school year of 2019", [absent("1.8.2019", 12, 2019, 3)], "30.9.2019"),
    warn("at 18 it ends", [absent("2.2.2027", 12, 2027)], "31.3.2027", open="13.3.2027", lapsed="14.3.2027"),
    warn("at 18 it does not begin", [absent("14.3.2027", 12, 2027)]),
    warn("nobody follows the pupil any longer", [absent("2.2.2026", 12), JourneyClosed(on=day("2.3.2026"), reason=CloseReason.MOVED_AWAY)], "31.3.2026", open="1.3.2026", lapsed="2.3.2026"),
)

# 15 %: the municipality is told; no act says a day.
tell = partial(Case, rule="SKO-02", holder=SCHOOL, giver=SCHOOL, receiver=CHILD, dated=False)
SKO_02 = (
    tell("15 % is enough: at once, and never overdue", [absent("2.2.2026", 15)], "2.2.2026", open="13.3.2027", shown="2.2.2026"),
    tell("14 % is not", [absent("2.2.2026", 14)]),
    tell("from when the school knew", [known(absent("2.2.2026", 15), "6.2.2026")], "6.2.2026", shown="6.2.2026"),
    tell("told", [absent("2.2.2026", 15), notified("4.2.2026")], "2.2.2026", open="3.2.2026", in_time="4.2.2026"),
    tell("told after months: no day was said", [absent("2.2.2026", 15), notified("1.9.2026")], "2.2.2026", open="31.8.2026", in_time="1.9.2026"),
    tell("told before it was counted up", [notified("4.2.2026"), absent("2.3.2026", 15)], "2.3.2026", in_time="2.3.2026"),
    tell("another quarter was told of", [absent("2.2.2026", 15), notified("4.5.2026", quarter=2)], "2.2.2026", open="4.5.2026"),
    tell("another year was told of", [notified("4.2.2025", 2025), absent("2.2.2026", 15)], "2.2.2026", open="2.2.2026"),
    tell("to warn the parents is not to tell", [absent("2.2.2026", 15), warned("4.2.2026")], "2.2.2026", open="4.2.2026"),
    tell("a concern is another matter, with a clock of its own", [absent("2.2.2026", 15), concern("4.2.2026 10.00")], "2.2.2026", open="5.2.2026"),
    tell("more of the same quarter is the same duty", [absent("2.2.2026", 15), absent("2.3.2026", 20)], "2.2.2026", open="2.3.2026"),
    tell("from 10 to 15 % it begins with the 15", [absent("2.2.2026", 10), absent("2.3.2026", 15)], "2.3.2026", shown="2.3.2026"),
    tell("another quarter is another duty", [absent("2.2.2026", 15), notified("4.2.2026"), absent("4.5.2026", 15, quarter=2)], "4.5.2026", open="4.5.2026", nth=2, times=2),
    tell("not law yet", [absent("31.7.2019", 15, 2019, 3)]),
    tell("law from the school year of 2019", [absent("1.8.2019", 15, 2019, 3)], "1.8.2019"),
    tell("at 18 it ends", [absent("2.2.2027", 15, 2027)], "2.2.2027", open="13.3.2027", lapsed="14.3.2027"),
)

# A special effort is agreed in writing; the municipality's own plan sets the day.
agree = partial(Case, rule="SKO-05", holder=SCHOOL, giver=SCHOOL, receiver=UU, dated=False)
SKO_05 = (
    agree("no national day: never overdue", [effort_needed("1.10.2024")], "1.10.2024", open="13.3.2027", shown="1.10.2024"),
    agree("from when the school knew", [known(effort_needed("1.10.2024"), "7.10.2024")], "7.10.2024", shown="7.10.2024"),
    agree("agreed", [effort_needed("1.10.2024"), effort_agreed("1.11.2024")], "1.10.2024", open="31.10.2024", in_time="1.11.2024"),
    agree("agreed the same day", [effort_needed("1.10.2024"), effort_agreed("1.10.2024")], "1.10.2024", in_time="1.10.2024"),
    agree("an effort from before is not about it", [effort_agreed("1.9.2024"), effort_needed("1.10.2024")], "1.10.2024", open="1.10.2024"),
    agree("PPR is not an agreement", [effort_needed("1.10.2024"), PprInvolved(on=day("1.11.2024"))], "1.10.2024", open="1.11.2024"),
    agree("who has left school has nothing to agree", [effort_needed("1.10.2024"), left_school("26.6.2025")], "1.10.2024", open="25.6.2025", lapsed="26.6.2025"),
    agree("agreed on the last school day", [effort_needed("1.10.2024"), effort_agreed("26.6.2025"), left_school("26.6.2025")], "1.10.2024", in_time="26.6.2025"),
    agree("who left another school before is a pupil now", [left_school("20.9.2024", grade=8), effort_needed("1.10.2024")], "1.10.2024", open="1.10.2024"),
    agree("before the school year of 2024 there was the old judgement of readiness", [effort_needed("31.7.2024")]),
    agree("law from the school year of 2024", [effort_needed("1.8.2024")], "1.8.2024", open="1.8.2024"),
    agree("at 18 it ends", [effort_needed("1.2.2027")], "1.2.2027", open="13.3.2027", lapsed="14.3.2027"),
)

# Pupils of 9th and 10th grade apply before 1 March, 23.59.
apply = partial(Case, rule="SKO-06", holder=UU, giver=SCHOOL, receiver=UU)
NINTH = grade("11.8.2025", 9)
SKO_06 = (
    apply("in 9th grade: before the end of 1 March", [NINTH], "1.3.2026", open="1.3.2026", overdue="2.3.2026", shown="1.1.2026"),
    apply("in 10th grade", [grade("10.8.2026", 10)], "1.3.2027", open="1.3.2027", overdue="2.3.2027"),
    apply("in 8th grade nobody applies", [grade("11.8.2025", 8), enrolled("11.8.2025", 8), changed_school("11.8.2025", 8)]),
    apply("enrolled in the middle of the year", [enrolled("2.2.2026", 9)], "1.3.2026", shown="2.2.2026", open="1.3.2026"),
    apply("enrolled in 10th grade", [enrolled("2.2.2026", 10)], "1.3.2026", shown="2.2.2026", open="1.3.2026"),
    apply("to another school for 9th grade", [changed_school("11.8.2025", 9)], "1.3.2026", open="1.3.2026"),
    apply("to another school for 10th grade", [changed_school("10.8.2026", 10)], "1.3.2027", open="1.3.2027"),
    apply("another school in the same grade is no second duty", [NINTH, changed_school("3.11.2025", 9)], "1.3.2026", shown="1.1.2026"),
    apply("sent on 1 March, a Sunday", [NINTH, application("1.3.2026", GYM)], "1.3.2026", open="28.2.2026", in_time="1.3.2026"),
    apply("sent a day late", [NINTH, application("2.3.2026", GYM)], "1.3.2026", late="2.3.2026"),
    apply("whatever they apply for", [NINTH, application("20.1.2026", TENTH)], "1.3.2026", in_time="20.1.2026"),
    apply("sent before they changed school", [application("20.1.2026", GYM), enrolled("2.2.2026", 9)], "1.3.2026", in_time="2.2.2026"),
    apply("what was sent in the autumn is of no round", [NINTH, application("31.12.2025", FGU)], "1.3.2026", open="1.3.2026"),
    apply("what was sent from January on is of this one", [NINTH, application("1.1.2026", GYM)], "1.3.2026", in_time="1.1.2026"),
    apply("an answer is no application", [NINTH, answered("20.2.2026", GYM)], "1.3.2026", overdue="2.3.2026"),
    apply("who leaves school before 1 March", [NINTH, left_school("20.2.2026")], "1.3.2026", open="19.2.2026", lapsed="20.2.2026"),
    apply("who leaves on 1 March", [NINTH, left_school("1.3.2026")], "1.3.2026", lapsed="1.3.2026"),
    apply("who leaves after it has not applied for all that", [NINTH, left_school("2.3.2026")], "1.3.2026", overdue="2.3.2026"),
    apply("a new round in 10th grade", [NINTH, application("20.1.2026", TENTH), grade("10.8.2026", 10)], "1.3.2027", open="1.3.2027", nth=2, times=2),
    apply("the first round stays as it was", [NINTH, application("20.1.2026", TENTH), grade("10.8.2026", 10)], "1.3.2026", in_time="20.1.2026", nth=1, times=2),
    apply("a pupil from 1 March on has that day", [enrolled("1.3.2026", 9)], "1.3.2026", open="1.3.2026"),
    apply("a pupil from 2 March on has the next year's", [enrolled("2.3.2026", 9)], "1.3.2027", shown="1.1.2027"),
    apply("who is known too late could not", [known(enrolled("2.2.2026", 9), "2.3.2026")], "1.3.2026", shown="2.3.2026", late_news=True),
    apply("the year of 2022 was another round", [grade("31.7.2023", 9)]),
    apply("confirmed from the round of 2024, a leap year", [grade("1.8.2023", 9)], "1.3.2024", open="1.3.2024", overdue="2.3.2024", shown="1.1.2024"),
    apply("at 19 it ends", [grade("10.8.2027", 10)], "1.3.2028", overdue="13.3.2028", lapsed="14.3.2028"),
)

# The answer: a place at upper secondary school on 8 May, vocational and 10th grade on 1 June; else KUI makes contact.
gym = partial(Case, rule="SKO-07.upper-secondary", holder=UU, giver=EDUCATION, receiver=UU)
eud = partial(Case, rule="SKO-07.vocational", holder=UU, giver=EDUCATION, receiver=UU)
tenth = partial(Case, rule="SKO-07.tenth-grade", holder=UU, giver=EDUCATION, receiver=UU)
no_place = partial(Case, rule="SKO-07.no-place", holder=UU, giver=EDUCATION, receiver=UU, dated=False)
SENT = application("20.1.2026", GYM)
SENT_EUD = application("20.1.2026", VOCATIONAL)
REJECTED = answered("20.4.2026", GYM, NO)
SKO_07 = (
    gym("a place before the end of 8 May", [SENT], "8.5.2026", open="8.5.2026", overdue="9.5.2026", shown="8.4.2026"),
    gym("8 May on a Saturday is 8 May", [application("20.1.2027", GYM)], "8.5.2027", overdue="9.5.2027"),
    gym("answered on the day", [SENT, answered("8.5.2026", GYM)], "8.5.2026", open="7.5.2026", in_time="8.5.2026"),
    gym("answered a day late", [SENT, answered("9.5.2026", GYM)], "8.5.2026", late="9.5.2026"),
    gym("a no is an answer (and asks for contact)", [SENT, REJECTED], "8.5.2026", in_time="20.4.2026"),
    gym("an answer to another application", [SENT, answered("8.5.2026", VOCATIONAL)], "8.5.2026", overdue="9.5.2026"),
    gym("an answer from before", [answered("19.1.2026", GYM), SENT], "8.5.2026", open="8.5.2026"),
    gym("who begins elsewhere waits no more", [SENT, began("10.8.2026", VOCATIONAL)], "8.5.2026", overdue="9.8.2026", late="10.8.2026"),
    gym("sent twice is one answer", [SENT, application("21.1.2026", GYM)], "8.5.2026", shown="8.4.2026"),
    gym("the next year's application is another", [SENT, answered("1.5.2026", GYM, NO), application("20.1.2027", GYM)], "8.5.2027", open="8.5.2027", nth=2, times=2),
    gym("sent on the day itself", [application("8.5.2026", GYM)], "8.5.2026", open="8.5.2026"),
    gym("sent after it: no day is said, and not the next year's", [application("9.5.2026", GYM)]),
    gym("sent five months before", [application("8.12.2025", GYM)], "8.5.2026"),
    gym("what was sent in the autumn is of no round", [application("7.12.2025", GYM)]),
    gym("vocational is another part", [SENT_EUD, application("20.1.2026", TENTH)]),
    gym("known too late", [known(SENT, "9.5.2026")], "8.5.2026", shown="9.5.2026", late_news=True),
    gym("not confirmed before the round of 2024", [application("31.12.2023", GYM)]),
    gym("confirmed for the round of 2024", [application("1.1.2024", GYM)], "8.5.2024"),
    gym("at 25 it ends", [application("20.1.2033", GYM)], "8.5.2033", overdue="13.3.2034", lapsed="14.3.2034"),
    eud("an answer before the end of 1 June", [SENT_EUD], "1.6.2026", open="1.6.2026", overdue="2.6.2026", shown="1.5.2026"),
    eud("answered on the day", [SENT_EUD, answered("1.6.2026", VOCATIONAL, WAITING)], "1.6.2026", open="31.5.2026", in_time="1.6.2026"),
    eud("answered a day late", [SENT_EUD, answered("2.6.2026", VOCATIONAL)], "1.6.2026", late="2.6.2026"),
    eud("an answer to another application", [SENT_EUD, answered("1.6.2026", GYM), answered("1.6.2026", TENTH)], "1.6.2026", overdue="2.6.2026"),
    eud("who begins elsewhere waits no more", [SENT_EUD, began("10.8.2026", FGU)], "1.6.2026", late="10.8.2026"),
    eud("sent on New Year's Day", [application("1.1.2026", VOCATIONAL)], "1.6.2026"),
    eud("sent on New Year's Eve", [application("31.12.2025", VOCATIONAL)]),
    eud("sent on the day itself", [application("1.6.2026", VOCATIONAL)], "1.6.2026", open="1.6.2026"),
    eud("sent after it", [application("2.6.2026", VOCATIONAL)]),
    eud("sent twice is one answer", [SENT_EUD, application("1.2.2026", VOCATIONAL)], "1.6.2026"),
    eud("known too late", [known(SENT_EUD, "2.6.2026")], "1.6.2026", late_news=True),
    tenth("an answer before the end of 1 June", [application("20.1.2026", TENTH)], "1.6.2026", open="1.6.2026", overdue="2.6.2026", shown="1.5.2026"),
    tenth("answered on the day", [application("20.1.2026", TENTH), answered("1.6.2026", TENTH)], "1.6.2026", open="31.5.2026", in_time="1.6.2026"),
    tenth("answered a day late", [application("20.1.2026", TENTH), answered("2.6.2026", TENTH)], "1.6.2026", late="2.6.2026"),
    tenth("an answer to another application", [application("20.1.2026", TENTH), answered("1.6.2026", VOCATIONAL)], "1.6.2026", overdue="2.6.2026"),
    tenth("who begins elsewhere waits no more", [application("20.1.2026", TENTH), began("10.8.2026", FGU)], "1.6.2026", late="10.8.2026"),
    tenth("known too late", [known(application("20.1.2026", TENTH), "2.6.2026")], "1.6.2026", late_news=True),
    tenth("sent after it", [application("2.6.2026", TENTH)]),
    tenth("sent on New Year's Eve", [application("31.12.2025", TENTH)]),
    tenth("sent on New Year's Day", [application("1.1.2026", TENTH)], "1.6.2026"),
    tenth("sent twice is one answer", [application("20.1.2026", TENTH), application("1.2.2026", TENTH)], "1.6.2026"),
    no_place("contact, at once; no day is said", [SENT, REJECTED], "20.4.2026", open="31.12.2026", shown="20.4.2026"),
    no_place("a waiting list is no place", [SENT, answered("20.4.2026", GYM, WAITING)], "20.4.2026", open="20.4.2026"),
    no_place("who has a place needs none", [SENT, answered("20.4.2026", GYM)]),
    no_place("from when KUI knew", [known(REJECTED, "27.4.2026")], "27.4.2026", shown="27.4.2026"),
    no_place("contact was made", [REJECTED, contact("22.4.2026")], "20.4.2026", open="21.4.2026", in_time="22.4.2026"),
    no_place("or a talk held", [REJECTED, talk("22.4.2026")], "20.4.2026", in_time="22.4.2026"),
    no_place("to try is not contact", [REJECTED, tried("22.4.2026")], "20.4.2026", open="22.4.2026"),
    no_place("a talk from before was about something else", [talk("2.3.2026"), REJECTED], "20.4.2026", open="20.4.2026"),
    no_place("a place elsewhere", [REJECTED, answered("30.4.2026", VOCATIONAL)], "20.4.2026", open="29.4.2026", in_time="30.4.2026"),
    no_place("another no is not a place", [REJECTED, answered("30.4.2026", VOCATIONAL, NO)], "20.4.2026", open="30.4.2026", nth=1, times=2),
    no_place("begun after all", [REJECTED, began("10.8.2026", GYM)], "20.4.2026", in_time="10.8.2026"),
    no_place("a no of another year is another", [REJECTED, contact("22.4.2026"), answered("20.4.2027", GYM, NO)], "20.4.2027", open="20.4.2027", nth=2, times=2),
    no_place("a no that is known after months counts all the same", [known(REJECTED, "1.12.2026")], "1.12.2026", open="1.12.2026"),
    Case("FGU answers on no such day", [application("20.1.2026", FGU)], rule="SKO-07", holder=UU, giver=EDUCATION, receiver=UU),
)

CASES = (*SKO_01, *SKO_02, *SKO_05, *SKO_06, *SKO_07)
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_asks_what_the_law_says(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("said", SAID, ids=str)
def test_it_says_who_and_how_binding(said: Said) -> None:
    check_said(said)
