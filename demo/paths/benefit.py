"""A chapter: on cash benefit, with interviews, a test, a judgement of readiness, and something to do."""

from datetime import date, timedelta

from demo.life import Life
from demo.paths.together import goal
from domain.choices import Benefit, Readiness
from domain.codes import Party
from domain.events import (
    BenefitApplied,
    BenefitEnded,
    BenefitStarted,
    InterviewHeld,
    JobEnded,
    JobStarted,
    MentorEnded,
    MentorGranted,
    OrdinaryHoursEnded,
    OrdinaryHoursStarted,
    ReadinessJudged,
    SkillsTestTaken,
    SmallJobEnded,
    SmallJobStarted,
    SpecialReviewHeld,
    WorkPlacementEnded,
    WorkPlacementStarted,
)

CASH = Benefit.CASH_BENEFIT
_UU_UNTIL = 25
_SPECIAL_REVIEW = 912
"""Days: two and a half years."""


def on_benefit(life: Life, applied_on: date, ended_on: date) -> None:
    """From the first request to the last day on the benefit, everything in time."""
    life.tell(BenefitApplied(on=applied_on, benefit=CASH), after=life.draw.randint(0, 1))
    life.tell(BenefitStarted(on=life.after(applied_on, 2, 9), benefit=CASH))
    interviews(life, applied_on, ended_on)
    life.tell(SkillsTestTaken(on=life.after(applied_on, 7, 24)))
    readiness = life.pick(Readiness.READY_FOR_EDUCATION, Readiness.READY_FOR_ACTIVITY, Readiness.READY_FOR_ACTIVITY)
    life.tell(ReadinessJudged(on=life.after(applied_on, 10, 35), readiness=readiness))
    if life.chance(0.3):
        goal(life, life.after(applied_on, 5, 60))
    if (ended_on - applied_on).days > _SPECIAL_REVIEW:
        life.tell(SpecialReviewHeld(on=applied_on + timedelta(days=_SPECIAL_REVIEW - life.draw.randint(5, 40))))
    _mentor(life, applied_on, ended_on)
    life.tell(BenefitEnded(on=ended_on, benefit=CASH), after=life.draw.randint(0, 2))


def interviews(life: Life, applied_on: date, ended_on: date) -> None:
    """The first within a week, four within half a year, then one in a while."""
    uu = (Party.UU,) if life.age(applied_on) < _UU_UNTIL and life.chance(0.6) else ()
    life.tell(InterviewHeld(on=life.after(applied_on, 1, 4), also_there=uu))
    day = applied_on
    for least, most in ((25, 40), (35, 45), (35, 45)):
        day = life.after(day, least, most)
        if day < ended_on:
            life.tell(InterviewHeld(on=day))
    while (day := life.after(day, 60, 130)) < ended_on:
        also = (Party.MILEPAELEN,) if life.chance(0.1) else ()
        life.detail(InterviewHeld(on=day, also_there=also))


def work(life: Life, first: date, last: date) -> None:
    """A placement at a company, then perhaps some hours with pay; all of it between these days."""
    begun = life.after(first, 30, 110)
    ended = min(life.after(begun, 28, 91), last)
    if begun >= last:
        return
    life.tell(WorkPlacementStarted(on=begun))
    life.tell(WorkPlacementEnded(on=ended))
    hours_on = life.after(ended, 1, 30)
    if hours_on >= last or life.chance(0.5):
        return
    if life.chance(0.6):
        life.tell(SmallJobStarted(on=hours_on, hours_per_week=life.draw.randint(2, 8)))
        life.tell(SmallJobEnded(on=last))
    else:
        life.tell(OrdinaryHoursStarted(on=hours_on, hours_per_week=life.draw.randint(4, 18)))
        life.tell(OrdinaryHoursEnded(on=last))


def job(life: Life, on: date) -> None:
    """An ordinary job."""
    life.tell(JobStarted(on=on, hours_per_week=life.pick(25, 30, 37, 37, 37)), after=life.draw.randint(0, 6))
    if life.chance(0.12):
        ended_on = life.after(on, 90, 400)
        life.tell(JobEnded(on=ended_on), after=life.draw.randint(0, 3))
        life.tell(JobStarted(on=life.after(ended_on, 3, 20), hours_per_week=life.pick(20, 30, 37)))


def _mentor(life: Life, applied_on: date, ended_on: date) -> None:
    granted_on = life.after(applied_on, 30, 150)
    if life.chance(0.2) and granted_on < ended_on:
        life.tell(MentorGranted(on=granted_on))
        life.tell(MentorEnded(on=min(life.after(granted_on, 90, 180), ended_on)))
