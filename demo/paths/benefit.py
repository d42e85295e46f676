"""A chapter: on cash benefit, with interviews, a test, a judgement of readiness, and something to do."""

from datetime import date, timedelta

from demo.days import open_day_before
from demo.life import Life
from demo.paths.together import goal
from domain.choices import Benefit, Readiness
from domain.codes import Party
from domain.days import months_after
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
_SPECIAL_REVIEW = 30
"""Months: two and a half years."""


def on_benefit(life: Life, applied_on: date, ended_on: date) -> None:
    """From the first request to the last day on the benefit, everything in time."""
    life.tell(BenefitApplied(on=applied_on, benefit=CASH), after=life.draw.randint(0, 1))
    # It is paid from the day of the request, however many days later that is decided.
    life.tell(BenefitStarted(on=applied_on, benefit=CASH), after=life.draw.randint(2, 9))
    interviews(life, applied_on, ended_on)
    life.tell(SkillsTestTaken(on=life.after(applied_on, 7, 24)))
    readiness = life.pick(Readiness.READY_FOR_EDUCATION, Readiness.READY_FOR_ACTIVITY, Readiness.READY_FOR_ACTIVITY)
    life.tell(ReadinessJudged(on=life.after(applied_on, 10, 35), readiness=readiness))
    if life.chance(0.3):
        goal(life, life.after(applied_on, 5, 60))
    special_review(life, applied_on, ended_on)
    _mentor(life, applied_on, ended_on)
    life.tell(BenefitEnded(on=ended_on, benefit=CASH), after=life.draw.randint(0, 2))


def interviews(life: Life, applied_on: date, ended_on: date, *also_first: Party) -> None:
    """The first within a week, with a counsellor of UU; four within half a year, then one in a while."""
    life.tell(InterviewHeld(on=life.after(applied_on, 1, 4), also_there=(Party.UU, *also_first)))
    day = applied_on
    for least, most in ((25, 40), (35, 45), (35, 45)):
        day = life.after(day, least, most)
        if day < ended_on:
            life.tell(InterviewHeld(on=day))
    while (day := life.after(day, 60, 130)) < ended_on:
        also = (Party.MILEPAELEN,) if life.chance(0.1) else ()
        life.detail(InterviewHeld(on=day, also_there=also))


def special_review(life: Life, applied_on: date, ended_on: date) -> None:
    """After two and a half years on the benefit everything is gone through once more."""
    due_on = months_after(applied_on, _SPECIAL_REVIEW)
    if ended_on > due_on:
        life.tell(SpecialReviewHeld(on=open_day_before(due_on - timedelta(days=life.draw.randint(5, 40)))))


def work(life: Life, first: date, last: date, within: tuple[int, int] = (30, 110)) -> None:
    """A placement at a company (`within` days), then perhaps some hours with pay; all of it between these days."""
    begun = life.after(first, *within)
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
