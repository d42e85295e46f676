"""Guidance: contact persons, FGU and STU, and the 25th birthday."""

from datetime import date, timedelta

from demo.days import CLOSED_DAYS, open_day
from demo.failing.kinds import Kind, Seen
from demo.life import NO_LONGER_KUI, Life
from demo.paths import break_off, disability
from demo.paths.benefit import on_benefit
from demo.paths.schooling import NINTH, apply, guidance, school, talk
from demo.paths.straight import KUI_ACT, LAB_ACT
from demo.staffing import LEFT
from domain.codes import Activity, ContactWay, Programme, StartReason
from domain.days import months_after, working_days_after
from domain.events import (
    ActivityOffered,
    ContactPersonNamed,
    EducationPlanMade,
    EducationStarted,
    FguAssessed,
    GuidanceTalkHeld,
    StuCoursePlanAdjusted,
    ToldOfBreakOff,
)


def fgu_and_nothing_sent(life: Life) -> None:
    """Assessed for FGU, begun there, and FGU has heard nothing."""
    begun = life.ago(8, 30)
    on = open_day(begun - timedelta(days=life.draw.randint(20, 40)))
    life.born_when(on, 16.0, 17.3)
    life.begin(life.turns(14, 6), StartReason.EDUCATION_NEED, KUI_ACT)
    left_on = school(life, trouble=0.3, last_grade=NINTH)
    guidance(life, life.since, left_on, talks=2)
    apply(life, Programme.FGU, left_on)
    life.tell(GuidanceTalkHeld(on=on, way=life.pick(*ContactWay)))
    life.tell(FguAssessed(on=on, in_target_group=True))
    life.tell(EducationStarted(on=begun, programme=Programme.FGU))
    life.plant(Kind.FGU_AND_NOTHING_SENT, begun, Seen.WORKLIST, law="KUI-13")


def contact_person_left(life: Life) -> None:
    """The contact person does not work here any more, and no other has been named."""
    life.born_when(life.until, 15.2, 17.4)
    life.begin(life.turns(14, 2), StartReason.EDUCATION_NEED, KUI_ACT)
    left_on = school(life, trouble=0.2, last_grade=NINTH)
    guidance(life, life.since, min(left_on, life.until), talks=2)
    apply(life, Programme.VOCATIONAL, left_on)
    life.tell(ContactPersonNamed(on=life.after(life.since, 10, 90), staff=LEFT))
    life.tell(EducationStarted(on=open_day(left_on + timedelta(days=45)), programme=Programme.VOCATIONAL))
    life.plant(Kind.CONTACT_PERSON_LEFT, life.until, Seen.WITHOUT_CONTACT_PERSON, law="KUI-11")


def no_contact_person(life: Life) -> None:
    """Broke off, was reached and offered something in time; but whom to turn to was never said."""
    on = life.ago(26, 50)
    life.born_when(on, 16.9, 17.7)
    life.never = {ContactPersonNamed: life.born_on}
    life.begin(on - timedelta(days=75), StartReason.EDUCATION_NEED, KUI_ACT)
    begun = EducationStarted(on=life.since - timedelta(days=20), programme=Programme.VOCATIONAL)
    life.tell(begun, before_start=True)
    life.tell(EducationPlanMade(on=life.after(life.since, 5, 25)))
    known_on = open_day(on + timedelta(days=life.draw.randint(0, 2)))
    told = ToldOfBreakOff(on=on, programme=Programme.VOCATIONAL)
    life.tell(told, after=(known_on - on).days)
    break_off.contact(life, life.after(known_on, 1, 3))
    life.tell(ActivityOffered(on=life.after(known_on, 5, 15), activity=Activity.JOB))
    due_on = working_days_after(known_on, 10, CLOSED_DAYS)
    life.plant(Kind.NO_CONTACT_PERSON, due_on, Seen.WORKLIST, law="KUI-10")


def stu_plan_not_adjusted(life: Life) -> None:
    """In STU for more than a year, and the plan is as it was on the first day."""
    a_year_ago = months_after(life.until, -12) - timedelta(days=20)
    begun = disability.stu_begins(a_year_ago.year)
    if begun > a_year_ago:
        begun = disability.stu_begins(a_year_ago.year - 1)
    life.born_on = date(begun.year - 17, 1, 1) + timedelta(days=life.draw.randint(0, 240))
    life.never = {StuCoursePlanAdjusted: life.born_on}
    disability.childhood(life)
    disability.preparation(life)
    disability.adult(life)
    life.plant(Kind.STU_PLAN_NOT_ADJUSTED, months_after(begun, 12), Seen.WORKLIST, law="KUI-18")


def twenty_five_and_still_with_uu(life: Life) -> None:
    """25, and UU guides as before: nobody has taken the guidance over."""
    life.born_when(life.until, NO_LONGER_KUI + 0.04, NO_LONGER_KUI + 0.3)
    life.begin(life.ago(400, 560), StartReason.CASH_BENEFIT, LAB_ACT)
    on_benefit(life, life.since, life.until + timedelta(days=200))
    life.tell(EducationPlanMade(on=life.after(life.since, 10, 60)))
    talk(life, life.ago(20, 60))
    life.plant(Kind.TWENTY_FIVE_AND_STILL_WITH_UU, life.turns(NO_LONGER_KUI), Seen.WORKLIST, law="KUI-21")
