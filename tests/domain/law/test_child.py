"""BAR-02 to BAR-12: concern, assessment, follow-up, youth plan, moving. Written from law.md 2a and 3. One case, one line."""

from datetime import UTC, date, datetime
from functools import partial

import pytest

from domain.choices import CloseReason, Measure
from domain.codes import DataClass, Matter, Party
from domain.events import JourneyClosed, MovedIn
from domain.rules import Kind
from tests.domain.law.happened import placed, support_ended, supported
from tests.domain.law.happened_to_children import (
    assessed,
    concern,
    finished,
    followed_up,
    in_target_group,
    moved_out,
    new_place_told,
    opened,
    place_ended,
    place_followed_up,
    plan_made,
    plan_needed,
    plan_revised,
    preliminary,
    receipt,
    youth_support,
)
from tests.domain.law.story import Case, Said, check, check_said, day, known

CHILD = Party.CHILD_SOCIAL
MENTOR = Measure.MENTORING
LEAP = date(2008, 2, 29)


def utc(*clock: int) -> datetime:
    year, month, in_month, hour, minute = clock
    return datetime(year, month, in_month, hour, minute, tzinfo=UTC)


# fmt: off
said = partial(Said, giver=CHILD, receiver=CHILD, holder=CHILD, matter=Matter.CHILD_SUPPORT, data_class=DataClass.SOCIAL, certain="bekræftet", valid="1.1.2024")

SAID = (
    said(rule="BAR-02", kind=Kind.HARD, data_class=DataClass.CONCERN, source="§ 136"),
    said(rule="BAR-03", kind=Kind.HARD, data_class=DataClass.CONCERN, certain="bekræftet på kommunale sider", source="6 hverdage", bases="law law"),
    said(rule="BAR-05.first", kind=Kind.HARD, source="§ 20, stk. 3"),
    said(rule="BAR-05.rest", kind=Kind.DUTY, source="§ 20, stk. 3"),
    said(rule="BAR-06.support", kind=Kind.HARD, source="§ 95, stk. 2", bases="law law"),
    said(rule="BAR-06.placement", kind=Kind.HARD, source="§ 95, stk. 2", bases="law law"),
    said(rule="BAR-06.youth-support", kind=Kind.HARD, source="§ 95, stk. 2", bases="law law"),
    said(rule="BAR-08", kind=Kind.DUTY, source="§ 108, stk. 1"),
    said(rule="BAR-09.decided", kind=Kind.HARD, source="§ 108, stk. 3"),
    said(rule="BAR-09.sixteen", kind=Kind.HARD, source="§ 108, stk. 3"),
    said(rule="BAR-12", kind=Kind.DUTY, source="§ 132", bases="proposal"),
)
ours = partial(Case, holder=CHILD, giver=CHILD, receiver=CHILD)

# A concern is assessed within 24 hours of the instant it came.
within_24 = partial(ours, rule="BAR-02")
CAME = concern("4.3.2026 14.30")
BAR_02 = (
    within_24("24 hours, on a Wednesday", [CAME], "5.3.2026", due_at=utc(2026, 3, 5, 13, 30), open="5.3.2026", overdue="6.3.2026", shown="4.3.2026"),
    within_24("a weekend stops nothing", [concern("6.3.2026 15.45")], "7.3.2026", due_at=utc(2026, 3, 7, 14, 45), open="7.3.2026", overdue="8.3.2026"),
    within_24("nor Good Friday", [concern("3.4.2026 09.00")], "4.4.2026", due_at=utc(2026, 4, 4, 7, 0)),
    within_24("nor Christmas", [concern("24.12.2026 18.00")], "25.12.2026", due_at=utc(2026, 12, 25, 17, 0)),
    within_24("nor New Year", [concern("31.12.2025 23.59")], "1.1.2026", due_at=utc(2026, 1, 1, 22, 59)),
    within_24("the night when summer time begins: 24 hours, an hour later by the clock", [concern("28.3.2026 14.00")], "29.3.2026", due_at=utc(2026, 3, 29, 13, 0)),
    within_24("and the hour lost puts the end past midnight", [concern("28.3.2026 23.30")], "30.3.2026", due_at=utc(2026, 3, 29, 22, 30), open="30.3.2026"),
    within_24("the night when summer time ends: an hour earlier by the clock", [concern("24.10.2026 14.00")], "25.10.2026", due_at=utc(2026, 10, 25, 12, 0)),
    within_24("and the hour won keeps the end before midnight", [concern("25.10.2026 00.30")], "25.10.2026", due_at=utc(2026, 10, 25, 22, 30), overdue="26.10.2026"),
    within_24("29 February is a day", [concern("28.2.2028 10.00")], "29.2.2028", due_at=utc(2028, 2, 29, 9, 0)),
    within_24("assessed in the last minute", [CAME, assessed("5.3.2026 14.30")], "5.3.2026", open="4.3.2026", in_time="5.3.2026"),
    within_24("assessed a minute late", [CAME, assessed("5.3.2026 14.31")], "5.3.2026", late="5.3.2026"),
    within_24("assessed at once", [CAME, assessed("4.3.2026 14.45", acute=True)], "5.3.2026", in_time="4.3.2026"),
    within_24("across the night of summer time 24 hours are in time", [concern("28.3.2026 14.00"), assessed("29.3.2026 15.00")], "29.3.2026", in_time="29.3.2026"),
    within_24("and an hour later by winter's clock is late", [concern("24.10.2026 14.00"), assessed("25.10.2026 13.01")], "25.10.2026", late="25.10.2026"),
    within_24("an assessment from before it came was of another", [assessed("4.3.2026 14.29"), CAME], "5.3.2026", open="5.3.2026"),
    within_24("one assessment clears one of two: the first", [CAME, concern("4.3.2026 15.00"), assessed("4.3.2026 16.00")], "5.3.2026", in_time="4.3.2026", nth=1, times=2),
    within_24("and the second still waits", [CAME, concern("4.3.2026 15.00"), assessed("4.3.2026 16.00")], "5.3.2026", overdue="6.3.2026", nth=2, times=2),
    within_24("two assessments clear both", [CAME, concern("4.3.2026 15.00"), assessed("4.3.2026 16.00"), assessed("5.3.2026 09.00")], "5.3.2026", in_time="5.3.2026", nth=2, times=2),
    within_24("a receipt is no assessment", [CAME, receipt("4.3.2026")], "5.3.2026", overdue="6.3.2026"),
    within_24("known when the day was over", [known(CAME, "6.3.2026")], "5.3.2026", shown="6.3.2026", late_news=True),
    within_24("the act counts from 2024", [concern("31.12.2023 10.00")]),
    within_24("and from its first minute", [concern("1.1.2024 00.00")], "2.1.2024", due_at=utc(2024, 1, 1, 23, 0)),
    within_24("it came the day before 18 and is assessed all the same", [concern("13.3.2027 10.00")], "14.3.2027", open="14.3.2027", overdue="15.3.2027"),
    within_24("until 23", [CAME], "5.3.2026", overdue="13.3.2032", lapsed="14.3.2032"),
    within_24("nobody follows any longer", [CAME, JourneyClosed(on=day("9.3.2026"), reason=CloseReason.DEAD)], "5.3.2026", overdue="8.3.2026", lapsed="9.3.2026"),
)

# A receipt within 6 hverdage: with Saturdays and without; the earlier warns.
receive = partial(ours, rule="BAR-03")
ON_MONDAY = concern("2.3.2026 10.00")
BAR_03 = (
    receive("Saturday counted, and not", [ON_MONDAY], "9.3.2026 10.3.2026", open="9.3.2026", overdue="10.3.2026", shown="2.3.2026"),
    receive("came on a Saturday", [concern("7.3.2026 10.00")], "14.3.2026 16.3.2026", open="14.3.2026", overdue="15.3.2026"),
    receive("came on a Sunday", [concern("8.3.2026 10.00")], "14.3.2026 16.3.2026"),
    receive("over Easter", [concern("27.3.2026 10.00")], "7.4.2026 9.4.2026", open="7.4.2026", overdue="8.4.2026"),
    receive("over Christmas; the 24th and 31st are no public holidays", [concern("19.12.2025 10.00")], "29.12.2025 31.12.2025"),
    receive("over New Year", [concern("28.12.2026 10.00")], "5.1.2027 6.1.2027"),
    receive("over Ascension Day", [concern("11.5.2026 10.00")], "19.5.2026 20.5.2026"),
    receive("over Whitsun", [concern("20.5.2026 10.00")], "28.5.2026 29.5.2026"),
    receive("5 June is no public holiday", [concern("1.6.2026 10.00")], "8.6.2026 9.6.2026"),
    receive("store bededag is none from 2024", [concern("22.4.2024 10.00")], "29.4.2024 30.4.2024"),
    receive("sent on the sixth day", [ON_MONDAY, receipt("9.3.2026")], "9.3.2026 10.3.2026", open="8.3.2026", in_time="9.3.2026"),
    receive("sent the day after is late by the stricter reading", [ON_MONDAY, receipt("10.3.2026")], "9.3.2026 10.3.2026", late="10.3.2026"),
    receive("a receipt from before was for another", [receipt("1.3.2026"), ON_MONDAY], "9.3.2026 10.3.2026", overdue="10.3.2026"),
    receive("one receipt clears one of two: the first", [ON_MONDAY, concern("3.3.2026 10.00"), receipt("5.3.2026")], "9.3.2026 10.3.2026", in_time="5.3.2026", nth=1, times=2),
    receive("and the second still waits", [ON_MONDAY, concern("3.3.2026 10.00"), receipt("5.3.2026")], "10.3.2026 11.3.2026", open="10.3.2026", overdue="11.3.2026", nth=2, times=2),
    receive("to assess is not to answer", [ON_MONDAY, assessed("2.3.2026 11.00")], "9.3.2026 10.3.2026", overdue="10.3.2026"),
    receive("counted from when it came, whenever it was known", [known(ON_MONDAY, "10.3.2026")], "9.3.2026 10.3.2026", shown="10.3.2026", late_news=True),
    receive("the act counts from 2024", [concern("31.12.2023 10.00")]),
    receive("from its first day, New Year's Day", [concern("1.1.2024 10.00")], "8.1.2024 9.1.2024"),
    receive("until 23", [ON_MONDAY], "9.3.2026 10.3.2026", overdue="13.3.2032", lapsed="14.3.2032"),
)

# The assessment is finished 4 months after the municipality became aware, or a preliminary one is written.
four_months = partial(ours, rule="BAR-05.first")
rest = partial(ours, rule="BAR-05.rest", dated=False)
OPENED = opened("12.1.2026")
BAR_05 = (
    four_months("4 months", [OPENED], "12.5.2026", open="12.5.2026", overdue="13.5.2026", shown="12.1.2026"),
    four_months("counted from when the municipality became aware, which was before", [known(OPENED, "15.12.2025")], "15.4.2026", overdue="16.4.2026", shown="12.1.2026"),
    four_months("or after", [known(OPENED, "2.2.2026")], "2.6.2026", shown="2.2.2026"),
    four_months("31 October and 28 February", [opened("31.10.2025")], "28.2.2026", open="28.2.2026", overdue="1.3.2026"),
    four_months("30 October and a leap year's 29", [opened("30.10.2027")], "29.2.2028", overdue="1.3.2028"),
    four_months("31 December and 30 April", [opened("31.12.2026")], "30.4.2027"),
    four_months("a Sunday and a holiday are days: 25 December", [opened("25.8.2026")], "25.12.2026", overdue="26.12.2026"),
    four_months("finished on the last day", [OPENED, finished("12.5.2026")], "12.5.2026", open="11.5.2026", in_time="12.5.2026"),
    four_months("finished a day late", [OPENED, finished("13.5.2026")], "12.5.2026", late="13.5.2026"),
    four_months("a preliminary one is enough", [OPENED, preliminary("12.5.2026")], "12.5.2026", in_time="12.5.2026"),
    four_months("a preliminary one a day late", [OPENED, preliminary("13.5.2026")], "12.5.2026", late="13.5.2026"),
    four_months("what was finished before was another", [finished("11.1.2026"), OPENED], "12.5.2026", overdue="13.5.2026"),
    four_months("a second assessment has months of its own", [OPENED, finished("1.3.2026"), opened("1.6.2026")], "1.10.2026", open="1.10.2026", nth=2, times=2),
    four_months("the act counts from 2024", [opened("31.12.2023")]),
    four_months("from its first day", [opened("1.1.2024")], "1.5.2024"),
    four_months("until 23", [OPENED], "12.5.2026", overdue="13.3.2032", lapsed="14.3.2032"),
    rest("the rest soon after the preliminary one; no day is said", [OPENED, preliminary("12.5.2026")], "12.5.2026", open="12.5.2027", shown="12.5.2026"),
    rest("from when it was known", [OPENED, known(preliminary("12.5.2026"), "18.5.2026")], "18.5.2026", shown="18.5.2026"),
    rest("finished", [OPENED, preliminary("12.5.2026"), finished("1.9.2026")], "12.5.2026", open="31.8.2026", in_time="1.9.2026"),
    rest("what was finished before was another", [finished("11.1.2026"), OPENED, preliminary("12.5.2026")], "12.5.2026", open="12.5.2026"),
    rest("without a preliminary one there is no rest", [OPENED, finished("1.9.2026")]),
    rest("until 23", [OPENED, preliminary("12.5.2026")], "12.5.2026", open="13.3.2032", lapsed="14.3.2032"),
    rest("the act counts from 2024", [preliminary("31.12.2023")]),
)

# The first follow-up: when the assessment is finished or 3 months after the start, whichever comes first.
support = partial(ours, rule="BAR-06.support")
placement = partial(ours, rule="BAR-06.placement")
after_18 = partial(ours, rule="BAR-06.youth-support")
HELPED, PLACED = supported("12.1.2026"), placed("12.1.2026")
GRANTED = [youth_support("1.9.2026"), supported("1.4.2027")]
BAR_06 = (
    support("3 months", [HELPED], "12.4.2026", open="12.4.2026", overdue="13.4.2026", shown="12.1.2026"),
    support("the assessment is finished before that", [HELPED, finished("20.2.2026")], "20.2.2026 12.4.2026", open="20.2.2026", overdue="21.2.2026"),
    support("or after that", [HELPED, finished("20.5.2026")], "20.5.2026 12.4.2026", open="12.4.2026", overdue="13.4.2026"),
    support("it was finished when the support began", [finished("12.1.2026"), HELPED], "12.4.2026", open="12.4.2026"),
    support("or long before", [finished("12.12.2025"), HELPED], "12.4.2026", open="12.4.2026"),
    support("finished the day after", [HELPED, finished("13.1.2026")], "13.1.2026 12.4.2026", overdue="14.1.2026"),
    support("30 November and 28 February", [supported("30.11.2025")], "28.2.2026", overdue="1.3.2026"),
    support("29 November of a leap year's winter", [supported("29.11.2027")], "29.2.2028", born_on=date(2012, 3, 14)),
    support("followed up on the last day", [HELPED, followed_up("12.4.2026")], "12.4.2026", open="11.4.2026", in_time="12.4.2026"),
    support("followed up a day late", [HELPED, followed_up("13.4.2026")], "12.4.2026", late="13.4.2026"),
    support("followed up on the day the assessment was finished", [HELPED, finished("20.2.2026"), followed_up("20.2.2026")], "20.2.2026 12.4.2026", in_time="20.2.2026"),
    support("within 3 months, but after the assessment", [HELPED, finished("20.2.2026"), followed_up("1.4.2026")], "20.2.2026 12.4.2026", late="1.4.2026"),
    support("another support was followed up", [HELPED, followed_up("1.4.2026", MENTOR)], "12.4.2026", overdue="13.4.2026"),
    support("a placement was", [HELPED, place_followed_up("1.4.2026")], "12.4.2026", overdue="13.4.2026"),
    support("followed up before it began", [followed_up("11.1.2026"), HELPED], "12.4.2026", open="12.4.2026"),
    support("it ended before", [HELPED, support_ended("1.3.2026")], "12.4.2026", open="28.2.2026", lapsed="1.3.2026"),
    support("on the last day", [HELPED, support_ended("12.4.2026")], "12.4.2026", lapsed="12.4.2026"),
    support("after the day: that has passed", [HELPED, support_ended("13.4.2026")], "12.4.2026", overdue="13.4.2026"),
    support("another support ended", [HELPED, supported("1.2.2026", MENTOR), support_ended("1.3.2026", MENTOR)], "12.4.2026", open="12.4.2026", nth=1, times=2),
    support("two kinds of support are two follow-ups", [HELPED, supported("1.2.2026", MENTOR)], "1.5.2026", open="1.5.2026", nth=2, times=2),
    support("begun anew it is followed up anew", [HELPED, followed_up("1.3.2026"), support_ended("1.5.2026"), supported("1.6.2026")], "1.9.2026", open="1.9.2026", nth=2, times=2),
    support("at 17", [supported("13.3.2027")], "13.6.2027", open="13.6.2027"),
    support("at 18 it is no support of the child's act", [supported("14.3.2027")]),
    support("known too late", [known(HELPED, "13.4.2026")], "12.4.2026", shown="13.4.2026", late_news=True),
    support("the act counts from 2024", [supported("31.12.2023")]),
    support("from its first day", [supported("1.1.2024")], "1.4.2024"),
    support("until 23", [HELPED], "12.4.2026", overdue="13.3.2032", lapsed="14.3.2032"),
    placement("3 months", [PLACED], "12.4.2026", open="12.4.2026", overdue="13.4.2026", shown="12.1.2026"),
    placement("the assessment is finished before that", [PLACED, finished("20.2.2026")], "20.2.2026 12.4.2026", overdue="21.2.2026"),
    placement("it was finished that day", [finished("12.1.2026"), PLACED], "12.4.2026", open="12.4.2026"),
    placement("or long before", [finished("12.12.2025"), PLACED], "12.4.2026", open="12.4.2026"),
    placement("followed up on the last day", [PLACED, place_followed_up("12.4.2026")], "12.4.2026", open="11.4.2026", in_time="12.4.2026"),
    placement("followed up a day late", [PLACED, place_followed_up("13.4.2026")], "12.4.2026", late="13.4.2026"),
    placement("a support was followed up", [PLACED, supported("1.2.2026"), followed_up("1.4.2026")], "12.4.2026", overdue="13.4.2026"),
    placement("it ended before", [PLACED, place_ended("1.3.2026")], "12.4.2026", open="28.2.2026", lapsed="1.3.2026"),
    placement("it ended after the day", [PLACED, place_ended("13.4.2026")], "12.4.2026", overdue="13.4.2026"),
    placement("moved to another place: the first follow-up stands", [PLACED, place_ended("1.2.2026"), placed("1.2.2026")], "12.4.2026", open="12.4.2026", nth=1, times=2),
    placement("and the new place has one of its own", [PLACED, place_ended("1.2.2026"), placed("1.2.2026")], "1.5.2026", open="1.5.2026", nth=2, times=2),
    placement("one follow-up of the new place is enough for both", [PLACED, place_ended("1.2.2026"), placed("1.2.2026"), place_followed_up("1.3.2026")], "12.4.2026", in_time="1.3.2026", nth=1, times=2),
    placement("31 May and 31 August", [placed("31.5.2026")], "31.8.2026"),
    placement("at 17", [placed("13.3.2027")], "13.6.2027", open="13.6.2027"),
    placement("at 18 nobody is placed", [placed("14.3.2027")]),
    placement("known too late", [known(PLACED, "13.4.2026")], "12.4.2026", late_news=True),
    placement("the act counts from 2024", [placed("31.12.2023")]),
    after_18("3 months after the support of an 18-year-old began", GRANTED, "1.7.2027", open="1.7.2027", overdue="2.7.2027", shown="1.4.2027"),
    after_18("an assessment is finished before that", [*GRANTED, finished("1.5.2027")], "1.5.2027 1.7.2027", overdue="2.5.2027"),
    after_18("it was finished that day", [*GRANTED, finished("1.4.2027")], "1.7.2027", open="1.7.2027"),
    after_18("or long before", [finished("1.3.2027"), *GRANTED], "1.7.2027", open="1.7.2027"),
    after_18("followed up on the last day", [*GRANTED, followed_up("1.7.2027")], "1.7.2027", open="30.6.2027", in_time="1.7.2027"),
    after_18("another support was followed up", [*GRANTED, followed_up("1.7.2027", MENTOR)], "1.7.2027", overdue="2.7.2027"),
    after_18("refused: what began is an adult's support", [youth_support("1.9.2026", yes=False), supported("1.4.2027")]),
    after_18("never decided", [supported("1.4.2027")]),
    after_18("decided after it began", [supported("1.4.2027"), youth_support("2.4.2027")]),
    after_18("decided the same day", [youth_support("1.4.2027"), supported("1.4.2027")], "1.7.2027"),
    after_18("on the 18th birthday", [youth_support("1.9.2026"), supported("14.3.2027")], "14.6.2027", open="14.6.2027"),
    after_18("before 18 it is the child's support", [youth_support("1.9.2026"), supported("13.3.2027")]),
    after_18("it ended before", [*GRANTED, support_ended("1.6.2027")], "1.7.2027", open="31.5.2027", lapsed="1.6.2027"),
    after_18("counted from when it began, whenever it was known", [youth_support("1.9.2026"), known(supported("1.4.2027"), "2.7.2027")], "1.7.2027", shown="2.7.2027", late_news=True),
    after_18("until 23", GRANTED, "1.7.2027", overdue="13.3.2032", lapsed="14.3.2032"),
)

# At 16 a position is taken on whether a youth plan is needed.
position = partial(ours, rule="BAR-08")
SINCE_14 = placed("10.1.2024")
BAR_08 = (
    position("on the 16th birthday, asked for three months before", [SINCE_14], "14.3.2025", open="14.3.2025", overdue="15.3.2025", shown="14.12.2024"),
    position("who has support at home too", [supported("10.1.2024")], "14.3.2025", open="14.3.2025", overdue="15.3.2025"),
    position("nothing began", [in_target_group("10.1.2024")]),
    position("yes", [SINCE_14, plan_needed("14.3.2025")], "14.3.2025", open="13.3.2025", in_time="14.3.2025"),
    position("no is a position too", [SINCE_14, plan_needed("14.3.2025", yes=False)], "14.3.2025", in_time="14.3.2025"),
    position("a day late", [SINCE_14, plan_needed("15.3.2025")], "14.3.2025", late="15.3.2025"),
    position("a plan says yes by itself", [SINCE_14, plan_made("1.3.2025")], "14.3.2025", in_time="1.3.2025"),
    position("taken at 15 it counts", [SINCE_14, plan_needed("14.3.2024")], "14.3.2025", in_time="14.3.2024"),
    position("taken at 14 it does not", [SINCE_14, plan_needed("13.3.2024")], "14.3.2025", open="14.3.2025"),
    position("begun the day before 16", [placed("13.3.2025")], "14.3.2025", open="14.3.2025", shown="13.3.2025"),
    position("who is helped first from 16 on did not turn 16 with it", [placed("14.3.2025")]),
    position("it ended before 16", [SINCE_14, place_ended("1.3.2025")], "14.3.2025", open="28.2.2025", lapsed="1.3.2025"),
    position("on the birthday", [SINCE_14, place_ended("14.3.2025")], "14.3.2025", lapsed="14.3.2025"),
    position("after it: that has passed", [SINCE_14, place_ended("15.3.2025")], "14.3.2025", overdue="15.3.2025"),
    position("moved from one place to another: one duty", [SINCE_14, place_ended("1.6.2024"), placed("1.6.2024")], "14.3.2025", open="14.3.2025"),
    position("home with support, that began before: one duty", [SINCE_14, supported("1.5.2024"), place_ended("1.6.2024")], "14.3.2025", open="14.3.2025"),
    position("home without: the first duty ended", [SINCE_14, place_ended("1.6.2024"), supported("1.9.2024")], "14.3.2025", lapsed="1.6.2024", nth=1, times=2),
    position("and the next help brings another", [SINCE_14, place_ended("1.6.2024"), supported("1.9.2024")], "14.3.2025", open="14.3.2025", nth=2, times=2),
    position("one of two kinds of support ended", [supported("10.1.2024"), supported("1.2.2024", MENTOR), support_ended("1.6.2024", MENTOR)], "14.3.2025", open="14.3.2025"),
    position("born on 29 February: 16 on a leap day", [SINCE_14], "29.2.2024", overdue="1.3.2024", born_on=LEAP),
    position("judged by the law of the 16th birthday: 2023 is before it", [placed("10.1.2021")], born_on=date(2007, 12, 31)),
    position("New Year's Day of 2024 is not", [placed("10.1.2021")], "1.1.2024", overdue="2.1.2024", born_on=date(2008, 1, 1)),
    position("known after the birthday", [known(SINCE_14, "15.3.2025")], "14.3.2025", shown="15.3.2025", late_news=True),
    position("at 18 it ends", [SINCE_14], "14.3.2025", overdue="13.3.2027", lapsed="14.3.2027"),
)

# The youth plan is there 3 months after the decision, or after the 16th birthday.
decided = partial(ours, rule="BAR-09.decided")
sixteen = partial(ours, rule="BAR-09.sixteen")
NEEDED = plan_needed("20.3.2025")
BAR_09 = (
    decided("3 months after the decision", [NEEDED], "20.6.2025", open="20.6.2025", overdue="21.6.2025", shown="20.3.2025"),
    decided("30 November and 28 February", [plan_needed("30.11.2025")], "28.2.2026"),
    decided("decided that none is needed", [plan_needed("20.3.2025", yes=False)]),
    decided("made on the last day", [NEEDED, plan_made("20.6.2025")], "20.6.2025", open="19.6.2025", in_time="20.6.2025"),
    decided("made a day late", [NEEDED, plan_made("21.6.2025")], "20.6.2025", late="21.6.2025"),
    decided("it existed before", [plan_made("19.3.2025"), NEEDED], "20.6.2025", in_time="20.3.2025"),
    decided("to revise one is not to make it", [NEEDED, plan_revised("1.6.2025")], "20.6.2025", overdue="21.6.2025"),
    decided("decided on the 16th birthday", [plan_needed("14.3.2025")], "14.6.2025"),
    decided("decided before 16: the months run from the birthday, in the other part", [plan_needed("13.3.2025")]),
    decided("known too late", [known(NEEDED, "21.6.2025")], "20.6.2025", late_news=True),
    decided("the act counts from 2024", [plan_needed("31.12.2023")], born_on=date(2007, 6, 1)),
    decided("from its first day", [plan_needed("1.1.2024")], "1.4.2024", born_on=date(2007, 6, 1)),
    decided("until 23", [NEEDED], "20.6.2025", overdue="13.3.2032", lapsed="14.3.2032"),
    sixteen("3 months after the 16th birthday", [SINCE_14], "14.6.2025", open="14.6.2025", overdue="15.6.2025", shown="14.3.2025"),
    sixteen("who has support at home too", [supported("10.1.2024")], "14.6.2025", open="14.6.2025"),
    sixteen("born on 30 November: the last of February", [placed("10.1.2024")], "28.2.2025", overdue="1.3.2025", born_on=date(2008, 11, 30)),
    sixteen("born on 29 February: 29 May", [placed("10.1.2024")], "29.5.2024", born_on=LEAP),
    sixteen("decided before 16 that it is needed: still from the birthday", [SINCE_14, plan_needed("1.2.2025")], "14.6.2025", open="14.6.2025"),
    sixteen("decided at 16 that none is needed", [SINCE_14, plan_needed("20.3.2025", yes=False)], "14.6.2025", open="19.3.2025", lapsed="20.3.2025"),
    sixteen("decided that when the day had passed", [SINCE_14, plan_needed("15.6.2025", yes=False)], "14.6.2025", overdue="15.6.2025"),
    sixteen("made on the last day", [SINCE_14, plan_made("14.6.2025")], "14.6.2025", open="13.6.2025", in_time="14.6.2025"),
    sixteen("made a day late", [SINCE_14, plan_made("15.6.2025")], "14.6.2025", late="15.6.2025"),
    sixteen("the placement ended before", [SINCE_14, place_ended("14.6.2025")], "14.6.2025", open="13.6.2025", lapsed="14.6.2025"),
    sixteen("it ended after the day: that has passed", [SINCE_14, place_ended("15.6.2025")], "14.6.2025", overdue="15.6.2025"),
    sixteen("begun the day before 16", [placed("13.3.2025")], "14.6.2025"),
    sixteen("begun at 16: it must be decided first", [placed("14.3.2025")]),
    sixteen("judged by the law of its day: 30 December 2023 is before it", [placed("10.1.2021")], born_on=date(2007, 9, 30)),
    sixteen("1 January 2024 is not", [placed("10.1.2021")], "1.1.2024", born_on=date(2007, 10, 1)),
    sixteen("known too late", [known(SINCE_14, "15.6.2025")], "14.6.2025", late_news=True),
    sixteen("until 23", [SINCE_14], "14.6.2025", overdue="13.3.2032", lapsed="14.3.2032"),
    ours("decided at 16: both months are told, the birthday's first", [SINCE_14, NEEDED], "14.6.2025", rule="BAR-09", nth=1, times=2),
    ours("and the decision's", [SINCE_14, NEEDED], "20.6.2025", rule="BAR-09", nth=2, times=2),
)

# Who moves with a child in need: the new municipality is told. No day is said; the moving day is ours.
told = partial(ours, rule="BAR-12")
MOVED = moved_out("1.6.2026")
BAR_12 = (
    told("on the moving day", [SINCE_14, MOVED], "1.6.2026", open="1.6.2026", overdue="2.6.2026", shown="1.6.2026"),
    told("who has support at home too", [supported("10.1.2024"), MOVED], "1.6.2026", overdue="2.6.2026"),
    told("a child without help is not meant", [MOVED]),
    told("nor one whose help ended before", [SINCE_14, place_ended("31.5.2026"), MOVED]),
    told("help that ends because they move is help", [SINCE_14, place_ended("1.6.2026"), MOVED], "1.6.2026", open="1.6.2026", overdue="2.6.2026"),
    told("support that ends because they move is too", [supported("10.1.2024"), support_ended("1.6.2026"), MOVED], "1.6.2026", overdue="2.6.2026"),
    told("ended the day after it is still to be told", [SINCE_14, MOVED, place_ended("2.6.2026")], "1.6.2026", overdue="2.6.2026"),
    told("help that began when they had moved is the new municipality's", [MOVED, placed("2.6.2026")]),
    told("told on the day", [SINCE_14, MOVED, new_place_told("1.6.2026")], "1.6.2026", in_time="1.6.2026"),
    told("told a day later", [SINCE_14, MOVED, new_place_told("2.6.2026")], "1.6.2026", late="2.6.2026"),
    told("told before they moved", [SINCE_14, new_place_told("1.3.2026"), MOVED], "1.6.2026", in_time="1.6.2026"),
    told("told long before: about another move", [SINCE_14, new_place_told("28.2.2026"), MOVED], "1.6.2026", overdue="2.6.2026"),
    told("moved back and away again: told again", [SINCE_14, MOVED, new_place_told("1.6.2026"), MovedIn(on=day("1.9.2026")), moved_out("1.12.2026")], "1.12.2026", overdue="2.12.2026", nth=2, times=2),
    told("known later: nobody could tell on the day", [SINCE_14, known(MOVED, "2.6.2026")], "1.6.2026", shown="2.6.2026", late_news=True),
    told("moved at 17", [SINCE_14, moved_out("13.3.2027")], "13.3.2027", open="13.3.2027", lapsed="14.3.2027"),
    told("at 18 they are told by nobody but themselves", [SINCE_14, moved_out("14.3.2027")]),
    told("the act counts from 2024", [placed("10.1.2023"), moved_out("31.12.2023")]),
    told("from its first day", [placed("10.1.2023"), moved_out("1.1.2024")], "1.1.2024"),
)

CASES = (*BAR_02, *BAR_03, *BAR_05, *BAR_06, *BAR_08, *BAR_09, *BAR_12)
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_asks_what_the_law_says(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("said", SAID, ids=str)
def test_it_says_who_and_how_binding(said: Said) -> None:
    check_said(said)
