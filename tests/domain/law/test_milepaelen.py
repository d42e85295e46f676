"""MIL-01, 02 and 04: Milepælen, for 18-30-year-olds, written from law.md 2d and 3. One case, one line."""

from datetime import date
from functools import partial

import pytest

from domain.choices import Destination
from domain.codes import DataClass, Matter, Party
from domain.events import MilepaelenStarted
from domain.rules import Kind
from tests.domain.law.happened import contact_after, left_milepaelen, measured, referred, sent, taken_over
from tests.domain.law.story import Case, Said, check, check_said, day, known

MILEPAELEN, EMPLOYMENT, UU = Party.MILEPAELEN, Party.EMPLOYMENT, Party.UU
INCOME = Matter.INCOME_AND_WORK
ADULT = date(2007, 3, 14)
"""18 on 14.3.2025, 30 on 14.3.2037, 31 in 2038."""


def started(on: str) -> MilepaelenStarted:
    return MilepaelenStarted(on=day(on))


# fmt: off
said = partial(Said, kind=Kind.LOCAL, giver=MILEPAELEN, receiver=EMPLOYMENT, holder=MILEPAELEN, matter=INCOME, data_class=DataClass.EMPLOYMENT, valid="1.1.2019")

SAID = (
    Said(rule="MIL-01", kind=Kind.LOCAL, giver=None, receiver=MILEPAELEN, holder=MILEPAELEN, matter=INCOME, data_class=DataClass.EMPLOYMENT, certain="forslag", source="5 arbejdsdage er et forslag", valid="1.1.2019", bases="proposal"),
    said(rule="MIL-02.first", certain="fem faktorer", source="BIP", bases="local"),
    said(rule="MIL-02.next", certain="fem faktorer", source="BIP", bases="local"),
    said(rule="MIL-04.exit", certain="resten er et forslag", source="Lemvigs", bases="proposal"),
    said(rule="MIL-04.thirty", certain="aldersgrænsen er bekræftet", source="Lemvigs", bases="local"),
    said(rule="MIL-04.after-1", certain="resten er et forslag", source="forslag", bases="proposal"),
    said(rule="MIL-04.after-3", certain="resten er et forslag", source="forslag", bases="proposal"),
)

arrives = partial(Case, rule="MIL-01", holder=MILEPAELEN, giver=EMPLOYMENT, receiver=MILEPAELEN, born_on=ADULT)
FROM_WORK = sent("2.3.2026", INCOME, EMPLOYMENT, MILEPAELEN)
MIL_01 = (
    arrives("five working days are a proposal", [referred("2.3.2026")], "9.3.2026", open="9.3.2026", overdue="10.3.2026", shown="2.3.2026"),
    arrives("whoever refers is the giver", [referred("2.3.2026", UU)], "9.3.2026", giver=UU),
    arrives("over Easter 2026", [referred("1.4.2026")], "13.4.2026"),
    arrives("over Christmas; the 24th and the 31st are no public holidays", [referred("23.12.2026")], "31.12.2026"),
    arrives("over New Year", [referred("28.12.2026")], "5.1.2027"),
    arrives("from when Milepælen knew", [known(referred("2.3.2026"), "6.3.2026")], "13.3.2026", shown="6.3.2026"),
    arrives("taken over on the last day", [referred("2.3.2026"), FROM_WORK, taken_over("9.3.2026")], "9.3.2026", open="8.3.2026", in_time="9.3.2026"),
    arrives("taken over a day late", [referred("2.3.2026"), FROM_WORK, taken_over("10.3.2026")], "9.3.2026", late="10.3.2026"),
    arrives("sent is not taken over", [referred("2.3.2026"), FROM_WORK], "9.3.2026", overdue="10.3.2026"),
    arrives("guidance is another matter", [referred("2.3.2026"), sent("2.3.2026", Matter.GUIDANCE, UU, MILEPAELEN), taken_over("3.3.2026")], "9.3.2026", overdue="10.3.2026"),
    arrives("somebody else who takes over", [referred("2.3.2026"), sent("2.3.2026", INCOME, UU, EMPLOYMENT), taken_over("3.3.2026")], "9.3.2026", overdue="10.3.2026"),
    arrives("the first day there", [referred("2.3.2026"), started("5.3.2026")], "9.3.2026", in_time="5.3.2026"),
    arrives("a first day from before is of another stay", [started("1.3.2026"), referred("2.3.2026")], "9.3.2026", overdue="10.3.2026"),
    arrives("the day before 30", [referred("13.3.2037")], "20.3.2037", open="13.3.2037", lapsed="14.3.2037"),
    arrives("at 30 Milepælen is not for them", [referred("14.3.2037")]),
)

soon = partial(Case, rule="MIL-02.first", holder=MILEPAELEN, giver=MILEPAELEN, receiver=EMPLOYMENT, born_on=ADULT)
then = partial(Case, rule="MIL-02.next", holder=MILEPAELEN, giver=MILEPAELEN, receiver=EMPLOYMENT, born_on=ADULT)
MIL_02 = (
    soon("three months from the first day", [started("5.3.2026")], "5.6.2026", open="5.6.2026", overdue="6.6.2026", shown="5.5.2026"),
    soon("a day the month does not have becomes its last", [started("30.11.2025")], "28.2.2026"),
    soon("measured on the last day", [started("5.3.2026"), measured("5.6.2026")], "5.6.2026", open="4.6.2026", in_time="5.6.2026"),
    soon("measured a day late", [started("5.3.2026"), measured("6.6.2026")], "5.6.2026", late="6.6.2026"),
    soon("measured before the stay is another stay", [measured("4.3.2026"), started("5.3.2026")], "5.6.2026", overdue="6.6.2026"),
    soon("the stay ends before", [started("5.3.2026"), left_milepaelen("5.6.2026")], "5.6.2026", open="4.6.2026", lapsed="5.6.2026"),
    soon("a day that has passed stays passed", [started("5.3.2026"), left_milepaelen("6.6.2026")], "5.6.2026", overdue="6.6.2026"),
    soon("known after the day could not be kept", [known(started("5.3.2026"), "6.6.2026")], "5.6.2026", late_news=True, shown="6.6.2026"),
    soon("not after 31", [started("1.12.2037")], "1.3.2038", overdue="13.3.2038", lapsed="14.3.2038"),
    then("three months after the last one", [started("5.3.2026"), measured("1.6.2026")], "1.9.2026", open="1.9.2026", overdue="2.9.2026", shown="1.8.2026"),
    then("however late the municipality knew", [started("5.3.2026"), known(measured("1.6.2026"), "1.7.2026")], "1.9.2026"),
    then("the next on its last day", [started("5.3.2026"), measured("1.6.2026"), measured("1.9.2026")], "1.9.2026", in_time="1.9.2026", times=2),
    then("the next a day late", [started("5.3.2026"), measured("1.6.2026"), measured("2.9.2026")], "1.9.2026", late="2.9.2026", times=2),
    then("and so it goes on", [started("5.3.2026"), measured("1.6.2026"), measured("1.9.2026")], "1.12.2026", open="1.12.2026", nth=2, times=2),
    then("the stay ends before", [started("5.3.2026"), measured("1.6.2026"), left_milepaelen("1.9.2026")], "1.9.2026", open="31.8.2026", lapsed="1.9.2026"),
    then("nobody measures after the stay", [started("5.3.2026"), left_milepaelen("1.5.2026"), measured("1.6.2026")]),
    then("not after 31", [started("1.10.2037"), measured("1.12.2037")], "1.3.2038", overdue="13.3.2038", lapsed="14.3.2038"),
)

ends = partial(Case, rule="MIL-04.exit", holder=MILEPAELEN, giver=MILEPAELEN, receiver=EMPLOYMENT, born_on=ADULT)
thirty = partial(Case, rule="MIL-04.thirty", holder=MILEPAELEN, giver=MILEPAELEN, receiver=EMPLOYMENT, born_on=ADULT)
month = partial(Case, rule="MIL-04.after-1", holder=MILEPAELEN, giver=MILEPAELEN, receiver=EMPLOYMENT, born_on=ADULT)
quarter = partial(Case, rule="MIL-04.after-3", holder=MILEPAELEN, giver=MILEPAELEN, receiver=EMPLOYMENT, born_on=ADULT)
HERE = started("5.3.2026")
ONWARDS = sent("1.9.2026", INCOME, MILEPAELEN, EMPLOYMENT)
OUT = left_milepaelen("30.9.2026")
MIL_04 = (
    ends("a named receiver on the last day", [HERE, OUT], "30.9.2026", open="30.9.2026", overdue="1.10.2026", shown="30.9.2026"),
    *[
        ends(f"going on to {to.value}", [HERE, left_milepaelen("30.9.2026", to)], "30.9.2026")
        for to in (Destination.EDUCATION, Destination.OTHER_OFFER, Destination.ADULT_SUPPORT, Destination.UNKNOWN)
    ],
    ends("a job takes nothing over", [HERE, left_milepaelen("30.9.2026", Destination.JOB)]),
    ends("taken over that day", [HERE, ONWARDS, OUT, taken_over("30.9.2026")], "30.9.2026", in_time="30.9.2026"),
    ends("taken over before", [HERE, ONWARDS, taken_over("20.9.2026"), OUT], "30.9.2026", in_time="30.9.2026"),
    ends("half a year before at most", [HERE, sent("29.3.2026", INCOME, MILEPAELEN, EMPLOYMENT), taken_over("30.3.2026"), OUT], "30.9.2026", in_time="30.9.2026"),
    ends("longer ago was about something else", [HERE, sent("29.3.2026", INCOME, MILEPAELEN, EMPLOYMENT), taken_over("29.3.2026"), OUT], "30.9.2026", overdue="1.10.2026"),
    ends("taken over a day late", [HERE, ONWARDS, OUT, taken_over("1.10.2026")], "30.9.2026", late="1.10.2026"),
    ends("sent is not taken over", [HERE, ONWARDS, OUT], "30.9.2026", overdue="1.10.2026"),
    ends("guidance is another matter", [HERE, sent("1.9.2026", Matter.GUIDANCE, MILEPAELEN, UU), taken_over("2.9.2026"), OUT], "30.9.2026", overdue="1.10.2026"),
    ends("what somebody else gave", [HERE, sent("1.9.2026", INCOME, EMPLOYMENT, MILEPAELEN), taken_over("2.9.2026"), OUT], "30.9.2026", overdue="1.10.2026"),
    ends("known after the day could not be kept", [HERE, known(OUT, "1.10.2026")], "30.9.2026", late_news=True),
    ends("asked for until 31", [HERE, OUT], "30.9.2026", overdue="13.3.2038", lapsed="14.3.2038"),
    thirty("on the 30th birthday, asked for three months before", [HERE], "14.3.2037", open="14.3.2037", overdue="15.3.2037", shown="14.12.2036"),
    thirty("born on 29 February: the earlier day", [HERE], "28.2.2034", overdue="1.3.2034", born_on=date(2004, 2, 29)),
    thirty("taken over on the birthday", [HERE, sent("1.3.2037", INCOME, MILEPAELEN, EMPLOYMENT), taken_over("14.3.2037")], "14.3.2037", open="13.3.2037", in_time="14.3.2037"),
    thirty("taken over a day late", [HERE, sent("1.3.2037", INCOME, MILEPAELEN, EMPLOYMENT), taken_over("15.3.2037")], "14.3.2037", late="15.3.2037"),
    thirty("half a year before at most", [HERE, ONWARDS, taken_over("14.9.2036")], "14.3.2037", in_time="14.9.2036"),
    thirty("longer ago was about something else", [HERE, ONWARDS, taken_over("13.9.2036")], "14.3.2037", open="14.3.2037"),
    thirty("guidance is another matter", [HERE, sent("1.3.2037", Matter.GUIDANCE, MILEPAELEN, UU), taken_over("2.3.2037")], "14.3.2037", overdue="15.3.2037"),
    thirty("what somebody else gave", [HERE, sent("1.3.2037", INCOME, EMPLOYMENT, MILEPAELEN), taken_over("2.3.2037")], "14.3.2037", overdue="15.3.2037"),
    thirty("who left before is not there", [HERE, OUT], "14.3.2037", open="29.9.2026", lapsed="30.9.2026"),
    thirty("started the day before 30", [started("13.3.2037")], "14.3.2037", open="14.3.2037"),
    thirty("nobody starts at 30", [started("14.3.2037")]),
    thirty("asked for until 31", [HERE], "14.3.2037", overdue="13.3.2038", lapsed="14.3.2038"),
    month("contact after a month", [OUT], "30.10.2026", open="30.10.2026", overdue="31.10.2026", shown="30.9.2026"),
    month("however late the municipality knew", [known(OUT, "5.10.2026")], "30.10.2026", shown="5.10.2026"),
    month("a day the month does not have becomes its last", [left_milepaelen("31.1.2027")], "28.2.2027"),
    month("whatever comes after Milepælen", [left_milepaelen("30.9.2026", Destination.JOB)], "30.10.2026"),
    month("on the last day", [OUT, contact_after("30.10.2026")], "30.10.2026", in_time="30.10.2026"),
    month("a day late", [OUT, contact_after("31.10.2026")], "30.10.2026", late="31.10.2026"),
    month("who is back needs none", [OUT, started("30.10.2026")], "30.10.2026", open="29.10.2026", lapsed="30.10.2026"),
    month("a stay from before is not coming back", [HERE, OUT], "30.10.2026", overdue="31.10.2026"),
    month("asked for until 31", [OUT], "30.10.2026", overdue="13.3.2038", lapsed="14.3.2038"),
    quarter("and again after three", [OUT], "30.12.2026", open="30.12.2026", overdue="31.12.2026", shown="30.9.2026"),
    quarter("however late the municipality knew", [known(OUT, "5.10.2026")], "30.12.2026", shown="5.10.2026"),
    quarter("on the last day", [OUT, contact_after("30.12.2026")], "30.12.2026", in_time="30.12.2026"),
    quarter("a day late", [OUT, contact_after("31.12.2026")], "30.12.2026", late="31.12.2026"),
    quarter("two months before it is the second contact", [OUT, contact_after("30.10.2026")], "30.12.2026", in_time="30.10.2026"),
    quarter("earlier it was the first", [OUT, contact_after("29.10.2026")], "30.12.2026", open="30.12.2026"),
    quarter("who is back needs none", [OUT, started("30.12.2026")], "30.12.2026", open="29.12.2026", lapsed="30.12.2026"),
    quarter("asked for until 31", [OUT], "30.12.2026", overdue="13.3.2038", lapsed="14.3.2038"),
)

CASES = (*MIL_01, *MIL_02, *MIL_04)
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_asks_what_the_law_says(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("said", SAID, ids=str)
def test_it_says_who_and_how_binding(said: Said) -> None:
    check_said(said)
