"""A disability or long illness: target group at 16, preparation, STU, and support as an adult (barnets lov § 122)."""

from datetime import date, timedelta

from demo.handing import come_of_age
from demo.life import OF_AGE, Life
from demo.paths.benefit import CASH, interviews, special_review
from demo.paths.placed import hand_over_support
from demo.paths.schooling import TENTH, apply, guidance, school
from demo.paths.social import CHILD_CARE, support
from demo.paths.together import plan_together
from demo.paths.toward_adult import BEFORE_THE_DATE, apply_as_adult, transition_meeting, youth_plan
from domain.choices import Benefit, Measure, TargetGround, TransitionTopic
from domain.codes import Party, Programme, StartReason
from domain.days import months_after
from domain.events import (
    AdultPlanOffered,
    AdultSupportDecided,
    BenefitApplied,
    BenefitChanged,
    BenefitEnded,
    BenefitStarted,
    EducationCompleted,
    EducationStarted,
    NetworkMeetingHeld,
    OverallDescriptionMade,
    PprInvolved,
    SkillsTestTaken,
    SmallJobStarted,
    StuAssessed,
    StuCoursePlanAdjusted,
    StuOffered,
    TargetGroupAssessed,
    TransitionPreparationBegun,
    TransitionPreparationFinished,
)


def disability(life: Life) -> None:
    """Between 13 and 27 now."""
    life.born_when(life.until, 13.2, 27.5)
    childhood(life)
    preparation(life)
    adult(life)


def childhood(life: Life) -> None:
    """Known since 13 or soon after; support at home, and school to the 10th grade."""
    life.begin(life.day(life.turns(13), min(life.turns(14, 6), life.until)), StartReason.SOCIAL_SUPPORT, CHILD_CARE)
    life.detail(PprInvolved(on=life.after(life.since, 5, 60)))
    measure = life.pick(Measure.RESPITE_CARE, Measure.FAMILY_SUPPORT)
    supported_on = life.since - timedelta(days=life.draw.randint(0, 400))
    support(life, measure, supported_on, life.turns(OF_AGE))
    youth_plan(life, supported_on, needed=life.chance(0.5))
    apply(life, Programme.STU, school(life, trouble=0.1, last_grade=TENTH))
    guidance(life, max(life.since, life.turns(15)), life.turns(17), talks=2)


def preparation(life: Life) -> None:
    """From 16 to 18: the target group, the six topics, a place to go to, and the decision before 18."""
    sixteen = life.turns(16)
    ground = life.pick(TargetGround.DISABILITY, TargetGround.DISABILITY, TargetGround.CHRONIC_ILLNESS)
    life.tell(TargetGroupAssessed(on=sixteen - timedelta(days=life.draw.randint(20, 90)), ground=ground))
    begun = life.after(sixteen, 1, 18)
    life.tell(TransitionPreparationBegun(on=begun))
    if life.chance(0.7):
        plan_together(life, life.after(begun, 20, 150), Party.CHILD_SOCIAL, steps=4)
    offered_on = date(life.born_on.year + 17, 5, 12)
    life.tell(StuAssessed(on=min(life.after(begun, 60, 200), offered_on), in_target_group=True))
    has_choice = life.chance(0.85)
    life.tell(StuOffered(on=offered_on, choice_of_places=has_choice))
    if not has_choice:
        life.tell(StuOffered(on=life.after(offered_on, 14, 30), choice_of_places=True))
    topics = tuple(TransitionTopic)
    life.tell(
        TransitionPreparationFinished(on=life.turns(OF_AGE) - timedelta(days=life.draw.randint(66, 120)), topics=topics)
    )
    if life.chance(0.3):
        life.detail(NetworkMeetingHeld(on=life.turns(OF_AGE) - timedelta(days=80)))
    transition_meeting(life)
    apply_as_adult(life)
    life.tell(AdultSupportDecided(on=life.turns(OF_AGE) - timedelta(days=life.draw.randint(15, 50)), granted=True))
    hand_over_support(life)
    come_of_age(life, BEFORE_THE_DATE)


def adult(life: Life) -> None:
    """STU for three years with a plan that is adjusted once a year, then a pension or a small job."""
    of_age = life.turns(OF_AGE)
    begun = stu_begins(life.born_on.year + 17)
    life.tell(EducationStarted(on=begun, programme=Programme.STU), after=2)
    done_on = months_after(begun, 36)
    adjusted_on = begun
    while (adjusted_on := months_after(adjusted_on, 12) - timedelta(days=life.draw.randint(5, 40))) < done_on:
        life.tell(StuCoursePlanAdjusted(on=adjusted_on))
    life.tell(AdultPlanOffered(on=life.after(of_age, 10, 40)))
    support(
        life,
        life.pick(Measure.HOME_SUPPORT, Measure.MENTORING),
        life.after(of_age, 0, 10),
        life.turns(30),
        every=(300, 350),
    )
    life.tell(EducationCompleted(on=done_on, programme=Programme.STU), after=3)
    life.tell(BenefitApplied(on=of_age, benefit=CASH))
    life.tell(BenefitStarted(on=of_age, benefit=CASH), after=life.draw.randint(2, 9))
    life.tell(SkillsTestTaken(on=life.after(of_age, 10, 24)))
    pension_on = life.after(done_on, 260, 400) if life.chance(0.5) else date.max
    # Those in STU are spoken with four times, and then when there is something to speak about.
    interviews(life, of_age, life.turns(OF_AGE, 5), Party.ADULT_SOCIAL)
    special_review(life, of_age, pension_on)
    if pension_on < date.max:
        life.tell(OverallDescriptionMade(on=life.after(done_on, 30, 200)))
        _pension(life, pension_on)
        life.tell(SmallJobStarted(on=life.after(done_on, 300, 500), hours_per_week=life.draw.randint(2, 8)))
    else:
        life.tell(SmallJobStarted(on=life.after(done_on, 10, 90), hours_per_week=life.draw.randint(3, 12)))


def stu_begins(year: int) -> date:
    """The first day of STU that year."""
    return date(year, 8, 12)


def _pension(life: Life, on: date) -> None:
    """A list of who lives on what now knows no change: there one line is gone and another has come."""
    pension = Benefit.DISABILITY_PENSION
    if life.is_b:
        life.tell(BenefitEnded(on=on, benefit=CASH))
        life.tell(BenefitStarted(on=on, benefit=pension))
    else:
        life.tell(BenefitChanged(on=on, benefit=pension))
