"""The child department: a concern, support, a youth plan, a family that moves."""

from datetime import timedelta

from demo.days import weekdays_after
from demo.failing.kinds import Kind, Seen
from demo.life import Life
from demo.paths import placed
from demo.paths.schooling import NINTH, apply, guidance, school, youth_education
from demo.paths.social import CHILD_CARE, assessment, concern, support
from demo.paths.toward_adult import youth_plan
from domain.choices import Measure
from domain.codes import Party, StartReason
from domain.days import months_after
from domain.events import (
    ConcernReceiptSent,
    MeasureFollowedUp,
    MovedOut,
    NewMunicipalityNotified,
    YouthPlanMade,
    YouthPlanNeedJudged,
)


def no_receipt(life: Life) -> None:
    """A concern that was assessed the same day, and whoever sent it has heard nothing."""
    on = life.ago(14, 40)
    life.born_when(on, 13.6, 15.2)
    life.never = {ConcernReceiptSent: life.born_on}
    life.begin(on, StartReason.SOCIAL_SUPPORT, CHILD_CARE)
    _at_school(life)
    concern(life, life.since)
    assessment(life, life.after(life.since, 3, 10))
    life.plant(Kind.NO_RECEIPT, weekdays_after(life.since, 6), Seen.WORKLIST, law="BAR-03")


def no_follow_up(life: Life) -> None:
    """Support has run for more than three months, and nobody has asked whether it helps."""
    begun = life.ago(110, 170)
    life.born_when(life.until, 14.4, 15.3)
    life.never = {MeasureFollowedUp: life.born_on}
    life.begin(begun - timedelta(days=260), StartReason.SOCIAL_SUPPORT, CHILD_CARE)
    _at_school(life)
    concern(life, life.since)
    assessment(life, life.after(life.since, 3, 10))
    support(life, life.pick(Measure.CONTACT_PERSON, Measure.FAMILY_SUPPORT), begun, life.turns(17))
    life.plant(Kind.NO_FOLLOW_UP, months_after(begun, 3), Seen.WORKLIST, law="BAR-06")


def no_youth_plan(life: Life) -> None:
    """Placed after 16, decided that there is to be a youth plan, and there is none."""
    life.born_when(life.until, 16.62, 17.15)
    life.never = {YouthPlanMade: life.born_on}
    placed_on = life.after(life.turns(16), 5, 40)
    placed.childhood(life, placed_on)
    youth_plan(life, placed_on)
    judged_on = next(one.event.on for one in life.told if isinstance(one.event, YouthPlanNeedJudged))
    life.plant(Kind.NO_YOUTH_PLAN, months_after(judged_on, 3), Seen.WORKLIST, law="BAR-09")


def new_municipality_not_told(life: Life) -> None:
    """Placed, and the family moved; the new municipality knows nothing of it."""
    life.born_when(life.until, 13.8, 15.4)
    life.never = {NewMunicipalityNotified: life.born_on}
    placed.childhood(life, life.ago(200, 500))
    moved_on = life.ago(8, 40)
    life.by_hand(MovedOut(on=moved_on), Party.CHILD_SOCIAL)
    life.plant(Kind.NEW_MUNICIPALITY_NOT_TOLD, moved_on, Seen.WORKLIST, law="BAR-12")


def _at_school(life: Life) -> None:
    left_on = school(life, trouble=0.2, last_grade=NINTH)
    guidance(life, life.since, left_on, talks=1)
    apply(life, youth_education(life), left_on)
