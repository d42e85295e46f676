"""New in the country at 15 to 17, or as a young adult: language first, then school or work."""

from datetime import date, timedelta

from demo.days import open_day
from demo.handing import come_of_age
from demo.life import NO_LONGER_KUI, OF_AGE, Life
from demo.paths.benefit import job, on_benefit, work
from demo.paths.schooling import EIGHTH, NINTH, apply, study, talk
from demo.paths.straight import KUI_ACT
from demo.paths.together import goal, plan_together
from domain.choices import NewcomerGround
from domain.codes import ContactWay, Party, Programme, StartReason
from domain.events import (
    ActivityDutyJudged,
    ContactMade,
    EducationPlanMade,
    Enrolled,
    GradeReached,
    LeftSchool,
    NewcomerArrived,
)

_INTEGRATION = "Integrationsloven § 16"
_AT_A_COMPANY = (9, 23)
"""Days after they came in which grown-ups begin at a company: Lemvig's plan says four weeks."""


def newcomer(life: Life) -> None:
    """Came in the last eight years."""
    life.is_new = True
    came_on = life.until - timedelta(days=int(life.draw.triangular(5, 2_900, 300)))
    is_young = life.chance(0.7)
    life.born_when(came_on, *((15.1, 17.6) if is_young else (18.2, 24.0)))
    life.begin(came_on, StartReason.NEWCOMER, KUI_ACT if is_young else _INTEGRATION)
    came_on = life.since
    grounds = (
        (NewcomerGround.UNACCOMPANIED,)
        if is_young and life.chance(0.3)
        else (NewcomerGround.REFUGEE, NewcomerGround.FAMILY_REUNIFIED)
    )
    party = Party.UU if is_young else Party.EMPLOYMENT
    life.by_hand(NewcomerArrived(on=came_on, ground=life.pick(*grounds)), party)
    life.tell(ContactMade(on=life.after(came_on, 2, 12), way=ContactWay.MEETING))
    if life.chance(0.5):
        goal(life, life.after(came_on, 20, 90))
    if is_young:
        _school_first(life, came_on)
    else:
        _work_first(life, came_on)


def _school_first(life: Life, came_on: date) -> None:
    """A reception class, the 9th grade from August, the 10th, and then an education."""
    enrolled_on = life.after(came_on, 7, 20)
    ninth_on = open_day(date(enrolled_on.year, 8, life.draw.randint(8, 14)))
    life.tell(Enrolled(on=enrolled_on, grade=EIGHTH if enrolled_on < ninth_on else NINTH))
    if enrolled_on < ninth_on:
        life.tell(GradeReached(on=ninth_on, grade=NINTH), after=life.draw.randint(0, 6))
    life.tell(EducationPlanMade(on=life.after(came_on, 20, 60)))
    left_on = date(enrolled_on.year + 1, 6, 26)
    apply(life, Programme.TENTH_GRADE, left_on)
    life.tell(LeftSchool(on=left_on, grade=NINTH))
    if life.chance(0.5):
        plan_together(life, life.after(came_on, 40, 120), Party.UU)
    done_on = study(life, Programme.TENTH_GRADE, life.after(left_on, 40, 50))
    for _ in range(life.draw.randint(1, 4)):
        talk(life, life.day(came_on, done_on))
    life.detail(ActivityDutyJudged(on=life.after(came_on, 60, 100), met=True))
    come_of_age(life)
    done_on = study(life, life.pick(Programme.VOCATIONAL, Programme.FGU), life.after(done_on, 35, 55))
    job(life, life.after(done_on, 5, 40))
    if life.chance(0.8):
        life.close(max(life.after(done_on, 100, 200), life.turns(OF_AGE, 2)))


def _work_first(life: Life, came_on: date) -> None:
    """Language in the mornings and a company in the afternoons."""
    applied_on = life.after(came_on, 1, 10)
    ended_on = life.after(applied_on, 250, 700)
    on_benefit(life, applied_on, ended_on)
    work(life, came_on, ended_on, within=_AT_A_COMPANY)
    if life.age(life.until) < NO_LONGER_KUI and life.chance(0.5):
        talk(life, life.after(came_on, 30, 90))
    job(life, life.after(ended_on, 0, 5))
    life.close(life.after(ended_on, 100, 300))
