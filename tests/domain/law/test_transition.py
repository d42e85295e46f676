"""OVG-01 to OVG-12: from child to adult, written from law.md 2b and 3. One case, one line."""

from datetime import date
from functools import partial

import pytest

from domain.choices import CloseReason, TargetGround, TransitionTopic
from domain.codes import DataClass, Matter, Party
from domain.events import BirthDateCorrected, JourneyClosed
from domain.obligations import Moved, MovedBy
from domain.rules import Kind
from tests.domain.law.happened import placed, prepared, support_ended, supported
from tests.domain.law.happened_to_children import (
    adult_support,
    adult_support_wanted,
    in_psychiatry,
    in_target_group,
    network_meeting,
    not_in_target_group,
    place_ended,
    plan_made,
    plan_revised,
    preparing,
    psychiatry_ends,
    transition_meeting,
    youth_support,
)
from tests.domain.law.story import Case, Said, check, check_said, day, known, owed, the_one

CHILD, ADULT, HEALTH = Party.CHILD_SOCIAL, Party.ADULT_SOCIAL, Party.HEALTH
SIX_TOPICS = tuple(TransitionTopic)
LEAP = date(2008, 2, 29)
"""16 on 29.2.2024, 18 on 28.2.2026 or 1.3.2026: the earlier warns."""

# fmt: off
said = partial(Said, giver=CHILD, receiver=ADULT, holder=CHILD, matter=Matter.CHILD_SUPPORT, data_class=DataClass.SOCIAL, certain="bekræftet", valid="1.1.2024")
prepare = partial(said, rule="OVG-01", kind=Kind.DUTY, matter=Matter.ADULT_SUPPORT)
decide = partial(said, rule="OVG-03", kind=Kind.HARD, matter=Matter.ADULT_SUPPORT, holder=ADULT)

SAID = (
    prepare(version=1, certain="teksten er ikke læst", source="§ 19 a", valid="1.1.2021 31.12.2023"),
    prepare(version=2, source="§§ 122 og 123"),
    decide(version=1, certain="teksten er ikke læst", source="§ 19 a", valid="1.1.2021 31.12.2023"),
    decide(version=2, source="§ 123, stk. 3"),
    said(rule="OVG-04", kind=Kind.HARD, receiver=CHILD, source="§ 111, stk. 2", bases="law law"),
    said(rule="OVG-05", kind=Kind.HARD, source="§ 111, stk. 1"),
    said(rule="OVG-07", kind=Kind.GUIDE, source="Holstebro"),
    said(rule="OVG-08", kind=Kind.DUTY, matter=Matter.ADULT_SUPPORT, certain="bekræftet på kommunale sider", source="Lejre"),
    said(rule="OVG-12", kind=Kind.GUIDE, giver=HEALTH, holder=HEALTH, matter=Matter.ADULT_SUPPORT, data_class=DataClass.HEALTH, certain="Region Midtjylland er ikke fundet", source="Region Nordjylland", valid="1.7.2020"),
)

# From 16, as soon as possible: who is in the target group is prepared for the transition.
begin = partial(Case, rule="OVG-01", holder=CHILD, giver=CHILD, receiver=ADULT, dated=False, version=2)
MEANT = in_target_group("10.1.2024")
BORN_2007, BORN_2005 = date(2007, 6, 1), date(2005, 6, 1)
FORMERLY_MEANT = in_target_group("10.1.2022")
OVG_01 = (
    begin("from the 16th birthday; no day is said", [MEANT], "14.3.2025", open="13.3.2027", shown="14.12.2024"),
    begin("for an illness too", [in_target_group("10.1.2024", TargetGround.CHRONIC_ILLNESS)], "14.3.2025", open="15.3.2025"),
    begin("not in the target group", [not_in_target_group("10.1.2024")]),
    begin("placed or supported is not the target group", [placed("10.1.2024"), supported("10.1.2024")]),
    begin("assessed at 17: asked for at once", [in_target_group("1.6.2026")], "14.3.2025", open="1.6.2026", shown="1.6.2026"),
    begin("known later", [known(MEANT, "1.6.2026")], "14.3.2025", open="1.6.2026", shown="1.6.2026"),
    begin("begun", [MEANT, preparing("1.4.2025")], "14.3.2025", open="31.3.2025", in_time="1.4.2025"),
    begin("begun after a year: no day was said", [MEANT, preparing("1.4.2026")], "14.3.2025", open="31.3.2026", in_time="1.4.2026"),
    begin("begun before 16", [MEANT, preparing("1.2.2025")], "14.3.2025", in_time="1.2.2025"),
    begin("finished is begun", [MEANT, prepared("1.4.2025", *SIX_TOPICS)], "14.3.2025", in_time="1.4.2025"),
    begin("a meeting is not the preparation", [MEANT, transition_meeting("1.4.2025")], "14.3.2025", open="1.4.2025"),
    begin("the target group is lost", [MEANT, not_in_target_group("1.6.2026")], "14.3.2025", open="31.5.2026", lapsed="1.6.2026"),
    begin("lost and found again", [MEANT, not_in_target_group("1.6.2025"), in_target_group("1.9.2026")], "14.3.2025", open="1.9.2026", nth=2, times=2),
    begin("another ground is the same target group", [MEANT, in_target_group("1.6.2025", TargetGround.CHRONIC_ILLNESS)], "14.3.2025", open="1.6.2025"),
    begin("assessed the day before 18", [in_target_group("13.3.2027")], "14.3.2025", open="13.3.2027"),
    begin("at 18 there is nothing to prepare", [in_target_group("14.3.2027")]),
    begin("at 18 it ends", [MEANT], "14.3.2025", open="13.3.2027", lapsed="14.3.2027"),
    begin("born on 29 February", [MEANT], "29.2.2024", shown="10.1.2024", born_on=LEAP),
    begin("16 on the first day of barnets lov", [in_target_group("10.1.2022")], "1.1.2024", born_on=date(2008, 1, 1)),
    begin("16 the day before: serviceloven", [in_target_group("10.1.2022")], "31.12.2023", version=1, open="1.6.2024", born_on=date(2007, 12, 31)),
    begin("by serviceloven: asked for three months before, until 18", [FORMERLY_MEANT], "1.6.2023", version=1, shown="1.3.2023", open="31.5.2025", lapsed="1.6.2025", born_on=BORN_2007),
    begin("by serviceloven: begun", [FORMERLY_MEANT, preparing("1.7.2023")], "1.6.2023", version=1, in_time="1.7.2023", born_on=BORN_2007),
    begin("by serviceloven: finished", [FORMERLY_MEANT, prepared("1.7.2023")], "1.6.2023", version=1, in_time="1.7.2023", born_on=BORN_2007),
    begin("16 on the first day of serviceloven § 19 a", [in_target_group("10.1.2019")], "1.1.2021", version=1, born_on=date(2005, 1, 1)),
    begin("16 the day before: no act asked", [in_target_group("10.1.2019")], born_on=date(2004, 12, 31)),
)

# On the 18th birthday support as an adult is decided, so that it begins that day.
at_18 = partial(Case, rule="OVG-03", holder=ADULT, giver=CHILD, receiver=ADULT, version=2)
OVG_03 = (
    at_18("on the 18th birthday, asked for half a year before", [MEANT], "14.3.2027", open="14.3.2027", overdue="15.3.2027", shown="14.9.2026"),
    at_18("not in the target group", [not_in_target_group("10.1.2024"), placed("10.1.2024")]),
    at_18("decided on the birthday", [MEANT, adult_support("14.3.2027")], "14.3.2027", open="13.3.2027", in_time="14.3.2027"),
    at_18("decided a day late", [MEANT, adult_support("15.3.2027")], "14.3.2027", late="15.3.2027"),
    at_18("decided half a year before", [MEANT, adult_support("14.9.2026")], "14.3.2027", in_time="14.9.2026"),
    at_18("a no is a decision too", [MEANT, adult_support("1.3.2027", yes=False)], "14.3.2027", in_time="1.3.2027"),
    at_18("to have prepared is not to have decided", [MEANT, prepared("1.12.2026", *SIX_TOPICS)], "14.3.2027", overdue="15.3.2027"),
    at_18("nor is an application", [MEANT, adult_support_wanted("1.12.2026")], "14.3.2027", overdue="15.3.2027"),
    at_18("ungestøtte is the child's act", [MEANT, youth_support("1.9.2026")], "14.3.2027", overdue="15.3.2027"),
    at_18("the target group is lost before", [MEANT, not_in_target_group("14.3.2027")], "14.3.2027", open="13.3.2027", lapsed="14.3.2027"),
    at_18("lost after it: that has passed", [MEANT, not_in_target_group("15.3.2027")], "14.3.2027", overdue="15.3.2027"),
    at_18("assessed the day before 18", [in_target_group("13.3.2027")], "14.3.2027", open="14.3.2027", shown="13.3.2027"),
    at_18("assessed at 18", [in_target_group("14.3.2027")]),
    at_18("known when the birthday was over", [known(MEANT, "15.3.2027")], "14.3.2027", shown="15.3.2027", late_news=True),
    at_18("born on 29 February: the earlier day", [MEANT], "28.2.2026", open="28.2.2026", overdue="1.3.2026", shown="28.8.2025", born_on=LEAP),
    at_18("18 on Christmas Day is 18 on Christmas Day", [MEANT], "25.12.2026", overdue="26.12.2026", born_on=date(2008, 12, 25)),
    at_18("18 on the first day of barnets lov", [in_target_group("10.1.2022")], "1.1.2024", overdue="2.1.2024", born_on=date(2006, 1, 1)),
    at_18("18 the day before: serviceloven", [in_target_group("10.1.2022")], "31.12.2023", version=1, overdue="1.1.2024", born_on=date(2005, 12, 31)),
    at_18("by serviceloven: asked for half a year before, until 23", [FORMERLY_MEANT], "1.6.2023", version=1, shown="1.12.2022", overdue="31.5.2028", lapsed="1.6.2028", born_on=BORN_2005),
    at_18("by serviceloven: assessed the day before 18", [in_target_group("31.5.2023")], "1.6.2023", version=1, born_on=BORN_2005),
    at_18("by serviceloven: assessed at 18", [in_target_group("1.6.2023")], born_on=BORN_2005),
    at_18("18 on the first day of serviceloven § 19 a", [in_target_group("10.1.2019")], "1.1.2021", version=1, born_on=date(2003, 1, 1)),
    at_18("18 the day before: no act asked", [in_target_group("10.1.2019")], born_on=date(2002, 12, 31)),
    at_18("until 23", [MEANT], "14.3.2027", overdue="13.3.2032", lapsed="14.3.2032"),
    at_18("nobody follows any longer", [MEANT, JourneyClosed(on=day("1.2.2027"), reason=CloseReason.MOVED_AWAY)], "14.3.2027", open="31.1.2027", lapsed="1.2.2027"),
)

# The youth plan is revised before ungestøtte is decided: half a year before 18, or on the day of the decision.
revise = partial(Case, rule="OVG-04", holder=CHILD, giver=CHILD, receiver=CHILD)
PLACED = placed("10.1.2024")
OVG_04 = (
    revise("half a year before 18, asked for a quarter before", [PLACED], "14.9.2026", open="14.9.2026", overdue="15.9.2026", shown="14.6.2026"),
    revise("before the decision, which came first", [PLACED, youth_support("3.8.2026")], "14.9.2026 3.8.2026", open="3.8.2026", overdue="4.8.2026", shown="3.5.2026"),
    revise("the decision came too late; the plan is still due on its day", [PLACED, youth_support("1.10.2026")], "14.9.2026 1.10.2026", overdue="15.9.2026"),
    revise("a no has a plan before it too", [PLACED, youth_support("3.8.2026", yes=False)], "14.9.2026 3.8.2026", overdue="4.8.2026"),
    revise("a decision from before the placement is another", [youth_support("1.5.2026"), placed("1.6.2026")], "14.9.2026", open="14.9.2026"),
    revise("revised on the last day", [PLACED, plan_revised("14.9.2026")], "14.9.2026", open="13.9.2026", in_time="14.9.2026"),
    revise("revised a day late", [PLACED, plan_revised("15.9.2026")], "14.9.2026", late="15.9.2026"),
    revise("revised on the day of the decision", [PLACED, plan_revised("3.8.2026"), youth_support("3.8.2026")], "14.9.2026 3.8.2026", in_time="3.8.2026"),
    revise("revised the day after it", [PLACED, youth_support("3.8.2026"), plan_revised("4.8.2026")], "14.9.2026 3.8.2026", late="4.8.2026"),
    revise("a first plan is as good", [PLACED, plan_made("1.9.2026")], "14.9.2026", in_time="1.9.2026"),
    revise("at 17 it counts", [PLACED, plan_revised("14.3.2026")], "14.9.2026", in_time="14.3.2026"),
    revise("at 16 it does not", [PLACED, plan_revised("13.3.2026")], "14.9.2026", open="14.9.2026"),
    revise("the placement ended before", [PLACED, place_ended("14.9.2026")], "14.9.2026", open="13.9.2026", lapsed="14.9.2026"),
    revise("it ended after: that has passed", [PLACED, place_ended("15.9.2026")], "14.9.2026", overdue="15.9.2026"),
    revise("moved from one place to another", [PLACED, place_ended("1.6.2026"), placed("1.6.2026")], "14.9.2026", open="14.9.2026"),
    revise("support at home is no placement", [supported("10.1.2024")]),
    revise("placed after the day: nobody could", [placed("1.12.2026")], "14.9.2026", overdue="1.12.2026", shown="1.12.2026", late_news=True),
    revise("placed at 18", [placed("14.3.2027")]),
    revise("at 18 it ends", [PLACED], "14.9.2026", overdue="13.3.2027", lapsed="14.3.2027"),
    revise("known on the day after", [known(PLACED, "15.9.2026")], "14.9.2026", late_news=True),
    revise("judged by the law of its day: 30 December 2023 is before it", [placed("10.1.2020")], born_on=date(2006, 6, 30)),
    revise("1 January 2024 is not", [placed("10.1.2020")], "1.1.2024", overdue="2.1.2024", born_on=date(2006, 7, 1)),
)

# Ungestøtte is decided half a year before 18, where a placement ends then.
ungestoette = partial(Case, rule="OVG-05", holder=CHILD, giver=CHILD, receiver=ADULT)
OVG_05 = (
    ungestoette("half a year before 18, asked for half a year before", [PLACED], "14.9.2026", open="14.9.2026", overdue="15.9.2026", shown="14.3.2026"),
    ungestoette("decided on the last day", [PLACED, youth_support("14.9.2026")], "14.9.2026", open="13.9.2026", in_time="14.9.2026"),
    ungestoette("decided a day late", [PLACED, youth_support("15.9.2026")], "14.9.2026", late="15.9.2026"),
    ungestoette("a no is a decision too", [PLACED, youth_support("1.9.2026", yes=False)], "14.9.2026", in_time="1.9.2026"),
    ungestoette("support as an adult is another decision", [PLACED, adult_support("1.9.2026")], "14.9.2026", overdue="15.9.2026"),
    ungestoette("a revised plan is no decision", [PLACED, plan_revised("1.9.2026")], "14.9.2026", overdue="15.9.2026"),
    ungestoette("a contact person is no placement", [supported("10.1.2024")]),
    ungestoette("home before the day", [PLACED, place_ended("14.9.2026")], "14.9.2026", open="13.9.2026", lapsed="14.9.2026"),
    ungestoette("home after it: that has passed", [PLACED, place_ended("15.9.2026")], "14.9.2026", overdue="15.9.2026"),
    ungestoette("moved from one place to another: one duty", [PLACED, place_ended("1.6.2026"), placed("1.6.2026")], "14.9.2026", open="14.9.2026", overdue="15.9.2026"),
    ungestoette("what was decided before the move is decided", [PLACED, youth_support("1.5.2026"), place_ended("1.6.2026"), placed("1.6.2026")], "14.9.2026", in_time="1.5.2026"),
    ungestoette("home for a while: the first duty ended", [PLACED, place_ended("1.5.2026"), placed("1.6.2026")], "14.9.2026", lapsed="1.5.2026", nth=1, times=2),
    ungestoette("and the next placement brings another", [PLACED, place_ended("1.5.2026"), placed("1.6.2026")], "14.9.2026", open="14.9.2026", nth=2, times=2),
    ungestoette("placed after the day: nobody could", [placed("1.12.2026")], "14.9.2026", overdue="1.12.2026", shown="1.12.2026", late_news=True),
    ungestoette("placed the day before 18", [placed("13.3.2027")], "14.9.2026", late_news=True),
    ungestoette("placed at 18", [placed("14.3.2027")]),
    ungestoette("known on the last day", [known(PLACED, "14.9.2026")], "14.9.2026", shown="14.9.2026", open="14.9.2026"),
    ungestoette("known the day after", [known(PLACED, "15.9.2026")], "14.9.2026", late_news=True),
    ungestoette("born on 31 August: the last of February", [PLACED], "28.2.2026", open="28.2.2026", overdue="1.3.2026", born_on=date(2008, 8, 31)),
    ungestoette("born on 30 August: in a leap year the 29th", [PLACED], "29.2.2028", overdue="1.3.2028", born_on=date(2010, 8, 30)),
    ungestoette("born on 31 October: the last of April", [PLACED], "30.4.2026", born_on=date(2008, 10, 31)),
    ungestoette("born on 29 February: half a year before the earlier birthday", [PLACED], "28.8.2025", overdue="29.8.2025", shown="28.2.2025", born_on=LEAP),
    ungestoette("the day is Christmas Day", [PLACED], "25.12.2026", overdue="26.12.2026", born_on=date(2009, 6, 25)),
    ungestoette("judged by the law of its day: 30 December 2023 is before it", [placed("10.1.2020")], born_on=date(2006, 6, 30)),
    ungestoette("1 January 2024 is not", [placed("10.1.2020")], "1.1.2024", overdue="2.1.2024", born_on=date(2006, 7, 1)),
    ungestoette("until 23", [PLACED], "14.9.2026", overdue="13.3.2032", lapsed="14.3.2032"),
)

# About half a year before 18: those who have the young person now and those who will meet.
meet = partial(Case, rule="OVG-07", holder=CHILD, giver=CHILD, receiver=ADULT)
OVG_07 = (
    meet("about half a year before 18, asked for a quarter before", [PLACED], "14.9.2026", open="14.9.2026", overdue="15.9.2026", shown="14.6.2026"),
    meet("with support at home", [supported("10.1.2024")], "14.9.2026", open="14.9.2026"),
    meet("in the target group", [MEANT], "14.9.2026", open="14.9.2026"),
    meet("with neither there is no adviser to change", [not_in_target_group("10.1.2024")]),
    meet("all three at once is one meeting", [PLACED, supported("10.1.2024"), MEANT], "14.9.2026", open="14.9.2026"),
    meet("held on the last day", [PLACED, transition_meeting("14.9.2026")], "14.9.2026", open="13.9.2026", in_time="14.9.2026"),
    meet("held a day late", [PLACED, transition_meeting("15.9.2026")], "14.9.2026", late="15.9.2026"),
    meet("held without the young person, who may not manage a meeting", [PLACED, transition_meeting("1.9.2026", took_part=False)], "14.9.2026", in_time="1.9.2026"),
    meet("a network meeting with psychiatry is another", [PLACED, network_meeting("1.9.2026")], "14.9.2026", overdue="15.9.2026"),
    meet("all help ended before", [supported("10.1.2024"), support_ended("1.6.2026")], "14.9.2026", open="31.5.2026", lapsed="1.6.2026"),
    meet("one help goes on", [PLACED, supported("1.3.2026"), place_ended("1.6.2026")], "14.9.2026", open="14.9.2026"),
    meet("help at 18 is the adult department's", [supported("14.3.2027")]),
    meet("at 18 it ends", [PLACED], "14.9.2026", overdue="13.3.2027", lapsed="14.3.2027"),
    meet("born on 29 February", [PLACED], "28.8.2025", born_on=LEAP),
    meet("known the day after", [known(PLACED, "15.9.2026")], "14.9.2026", late_news=True),
    meet("not before 2024", [placed("10.1.2020")], born_on=date(2006, 6, 30)),
    meet("from 2024", [placed("10.1.2020")], "1.1.2024", born_on=date(2006, 7, 1)),
)

# On the 18th birthday what the parents were granted ends: the young person has applied as an adult.
apply = partial(Case, rule="OVG-08", holder=CHILD, giver=CHILD, receiver=ADULT)
OVG_08 = (
    apply("on the 18th birthday, asked for a quarter before", [PLACED], "14.3.2027", open="14.3.2027", overdue="15.3.2027", shown="14.12.2026"),
    apply("with support at home", [supported("10.1.2024")], "14.3.2027", open="14.3.2027"),
    apply("in the target group", [MEANT], "14.3.2027", open="14.3.2027"),
    apply("without help there is nothing to go on with", [not_in_target_group("10.1.2024")]),
    apply("applied on the birthday", [MEANT, adult_support_wanted("14.3.2027")], "14.3.2027", open="13.3.2027", in_time="14.3.2027"),
    apply("applied a day late", [MEANT, adult_support_wanted("15.3.2027")], "14.3.2027", late="15.3.2027"),
    apply("decided without an application of its own", [MEANT, adult_support("1.3.2027", yes=False)], "14.3.2027", in_time="1.3.2027"),
    apply("who gets ungestøtte goes on with that", [PLACED, youth_support("1.9.2026")], "14.3.2027", in_time="1.9.2026"),
    apply("who is refused it has the more to apply for", [PLACED, youth_support("1.9.2026", yes=False)], "14.3.2027", overdue="15.3.2027"),
    apply("the preparation is no application", [MEANT, prepared("1.12.2026", *SIX_TOPICS)], "14.3.2027", overdue="15.3.2027"),
    apply("all help ended before", [supported("10.1.2024"), support_ended("13.3.2027")], "14.3.2027", open="12.3.2027", lapsed="13.3.2027"),
    apply("help that ends at 18 is what it is about", [supported("10.1.2024"), support_ended("14.3.2027")], "14.3.2027", overdue="15.3.2027"),
    apply("it ended after: that has passed", [supported("10.1.2024"), support_ended("15.3.2027")], "14.3.2027", overdue="15.3.2027"),
    apply("help from the day before 18", [supported("13.3.2027")], "14.3.2027", shown="13.3.2027"),
    apply("help at 18 is an adult's already", [supported("14.3.2027")]),
    apply("born on 29 February: the earlier day", [PLACED], "28.2.2026", born_on=LEAP),
    apply("known when the birthday was over", [known(MEANT, "15.3.2027")], "14.3.2027", late_news=True),
    apply("at 19 it ends", [MEANT], "14.3.2027", overdue="13.3.2028", lapsed="14.3.2028"),
    apply("not before 2024", [placed("10.1.2020")], born_on=date(2005, 12, 31)),
    apply("from 2024", [placed("10.1.2020")], "1.1.2024", born_on=date(2006, 1, 1)),
)

# 3 to 2 months before 18: psychiatry and the municipality meet.
network = partial(Case, rule="OVG-12", holder=HEALTH, giver=HEALTH, receiver=ADULT)
COURSE = in_psychiatry("10.1.2025")
OVG_12 = (
    network("from 3 months before 18 until 2", [COURSE], "14.1.2027", open="14.1.2027", overdue="15.1.2027", shown="14.12.2026"),
    network("not in psychiatry", [PLACED, MEANT]),
    network("held on the last day", [COURSE, network_meeting("14.1.2027")], "14.1.2027", open="13.1.2027", in_time="14.1.2027"),
    network("held a day late", [COURSE, network_meeting("15.1.2027")], "14.1.2027", late="15.1.2027"),
    network("half a year before it is this transition's", [COURSE, network_meeting("14.7.2026")], "14.1.2027", in_time="14.7.2026"),
    network("earlier it was about something else", [COURSE, network_meeting("13.7.2026")], "14.1.2027", open="14.1.2027"),
    network("the municipality's own meeting is another", [COURSE, transition_meeting("1.12.2026")], "14.1.2027", overdue="15.1.2027"),
    network("psychiatry told that it ends: the more reason to meet", [COURSE, psychiatry_ends("1.12.2026")], "14.1.2027", open="14.1.2027"),
    network("a course that began after the day", [in_psychiatry("1.2.2027")], "14.1.2027", shown="1.2.2027", late_news=True),
    network("a course that began at 18 is the adult psychiatry's", [in_psychiatry("14.3.2027")]),
    network("known the day after", [known(COURSE, "15.1.2027")], "14.1.2027", late_news=True),
    network("two courses are one meeting", [COURSE, in_psychiatry("1.6.2026")], "14.1.2027", open="14.1.2027"),
    network("born on 29 February: two months before the earlier birthday", [COURSE], "28.12.2025", born_on=LEAP),
    network("born on 30 April: the last of February", [COURSE], "28.2.2027", born_on=date(2009, 4, 30)),
    network("at 19 it ends", [COURSE], "14.1.2027", overdue="13.3.2028", lapsed="14.3.2028"),
    network("not before July 2020", [in_psychiatry("10.1.2019")], born_on=date(2002, 8, 31)),
    network("from July 2020", [in_psychiatry("10.1.2019")], "1.7.2020", born_on=date(2002, 9, 1)),
)

CASES = (*OVG_01, *OVG_03, *OVG_04, *OVG_05, *OVG_07, *OVG_08, *OVG_12)
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_asks_what_the_law_says(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("said", SAID, ids=str)
def test_it_says_who_and_how_binding(said: Said) -> None:
    check_said(said)


@pytest.mark.parametrize("rule", ["OVG-01", "OVG-03", "OVG-04", "OVG-05", "OVG-07", "OVG-08"])
def test_a_deadline_of_age_stands_from_the_first_day(rule: str) -> None:
    help_begins = [placed("5.1.2013"), in_target_group("5.1.2013")]
    assert len(owed(rule, *help_begins)) == 1, "14 years before it is due"


def test_another_birth_date_moves_the_deadline_and_the_old_day_is_kept() -> None:
    one = the_one("OVG-05", PLACED, BirthDateCorrected(on=day("1.2.2026"), born_on=date(2009, 5, 31)))
    assert one.due_on == day("30.11.2026")
    assert one.moved == (Moved(day("14.9.2026"), MovedBy.BIRTH_DATE),)
