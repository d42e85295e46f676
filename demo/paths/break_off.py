"""Broke off, and back: told of the break-off, tried to reach, reached, something new, FGU, and on from there."""

from datetime import date, timedelta

from demo.days import grade_begins, last_school_day, open_day
from demo.handing import come_of_age, hand_over, hand_over_on_paper
from demo.life import NO_LONGER_KUI, OF_AGE, Life
from demo.paths.benefit import job
from demo.paths.schooling import EIGHTH, NINTH, apply, guidance, school, study, talk
from demo.paths.straight import KUI_ACT
from demo.paths.together import goal, plan_together
from domain.codes import Activity, ContactWay, Matter, Party, Programme, StartReason
from domain.days import birthday
from domain.events import (
    ActivityDutyExempted,
    ActivityDutyJudged,
    ActivityOffered,
    ContactMade,
    ContactTried,
    EducationInterrupted,
    FguAssessed,
    ToldOfBreakOff,
    ToldOfDropOutRisk,
)

_LONG_AGO = 150
"""Days ago from which it may have gone slowly: by now it has been put right."""

_YOUNGEST, _OLDEST = 15.6, 17.7
_FOLLOWED_TWICE = 400
"""Days before it broke off: time enough for a file to be closed and opened again."""

_ALL_WAYS = tuple(ContactWay)


def break_off(life: Life) -> None:
    """Broke off some time in the last ten years, most in the last three."""
    days_ago = int(life.draw.triangular(1, 3_600, 200))
    broken_on = life.until - timedelta(days=days_ago)
    programme = broke_off_on(life, broken_on)
    reached(life, broken_on, programme)
    on_from_there(life, broken_on)


def broke_off_on(life: Life, broken_on: date) -> Programme:
    """A life until an education is broken off on this day, between 15 and 18."""
    life.born_when(broken_on, _YOUNGEST, _OLDEST)
    noticed_on = life.after(grade_begins(life.draw, life.born_on, EIGHTH), 30, 200)
    life.begin(
        max(min(noticed_on, broken_on - timedelta(days=60)), birthday(life.born_on, 13)),
        StartReason.EDUCATION_NEED,
        KUI_ACT,
    )
    closes_on = life.after(life.since, 90, 180)
    if (
        life.chance(0.15)
        and (broken_on - life.since).days > _FOLLOWED_TWICE
        and closes_on < date(life.born_on.year + 15, 8, 1)  # who is in the 9th grade is followed until it is over
    ):
        life.close(closes_on)
        summer = last_school_day(life.born_on, NINTH) + timedelta(days=10)
        life.reopen(open_day(min(broken_on - timedelta(days=40), summer)), KUI_ACT)
    left_on = school(life, trouble=0.35, last_grade=NINTH)
    guidance(life, life.since, min(left_on, broken_on), talks=2)
    if broken_on < left_on + timedelta(days=60):
        apply(life, Programme.FGU, left_on)
        return Programme.LOWER_SECONDARY  # it is the 9th grade that was broken off
    programme = life.pick(Programme.VOCATIONAL, Programme.GENERAL_UPPER_SECONDARY, Programme.TENTH_GRADE)
    begun = apply(life, programme, left_on)
    study(life, programme, begun, until=broken_on)
    if life.chance(0.3):
        life.tell(ToldOfDropOutRisk(on=max(begun, broken_on - timedelta(days=30)), programme=programme), after=1)
    return programme


def told(life: Life, broken_on: date, programme: Programme, after: int) -> date:
    """The institution tells of it so many days later, which is the day that we know."""
    known_on = open_day(broken_on + timedelta(days=after))
    life.tell(ToldOfBreakOff(on=broken_on, programme=programme), after=(known_on - broken_on).days)
    if life.chance(0.3):
        life.detail(EducationInterrupted(on=broken_on, programme=programme), after=after + 1)
    return known_on


def tries(life: Life, first: date, last: date, most: int = 3) -> None:
    """Nobody answers."""
    for _ in range(life.draw.randint(0, most)):
        on = life.day(first, last)
        if on <= last:
            life.tell(ContactTried(on=on, way=life.pick(*_ALL_WAYS)))


def contact(life: Life, on: date) -> None:
    life.tell(ContactMade(on=on, way=life.pick(*_ALL_WAYS)))


def reached(life: Life, broken_on: date, programme: Programme) -> None:
    """Told, reached within five working days and offered something within thirty days; long ago not always."""
    is_slow = (life.until - broken_on).days > _LONG_AGO and life.chance(0.25)
    known_on = told(life, broken_on, programme, life.draw.randint(18, 40) if is_slow else life.draw.randint(0, 6))
    contact_on = life.after(known_on, 9, 25) if is_slow else life.after(known_on, 1, 4)
    tries(life, known_on, contact_on - timedelta(days=1))
    contact(life, contact_on)
    last = broken_on + timedelta(days=28)
    offered_on = life.after(contact_on, 25, 50) if is_slow else min(life.after(contact_on, 1, 12), last)
    activity = life.pick(Activity.FGU, Activity.FGU, Activity.JOB, Activity.WORK_PLACEMENT, Activity.GUIDANCE_COURSE)
    life.tell(ActivityOffered(on=offered_on, activity=activity))


def fgu_gets_the_plan(life: Life, assessed_on: date) -> date:
    """What it needs of the education plan, on paper, before the first day; answers with the day FGU took over."""
    if life.age(life.until) >= NO_LONGER_KUI and life.chance(0.7):
        return assessed_on  # nobody asks any longer; old files are thinner
    return hand_over_on_paper(life, Matter.GUIDANCE, Party.EDUCATION, life.after(assessed_on, 0, 3))


def on_from_there(life: Life, broken_on: date) -> None:
    """FGU or something like it, a new education, a job; closed when it holds."""
    if life.chance(0.5):
        plan_together(life, life.after(broken_on, 20, 60), Party.UU)
    elif life.chance(0.5):
        goal(life, life.after(broken_on, 10, 60))
    assessed_on = life.after(broken_on, 14, 40)
    if life.chance(0.15):
        life.tell(ActivityDutyExempted(on=assessed_on, review_on=assessed_on + timedelta(days=180)))
    else:
        life.detail(ActivityDutyJudged(on=life.after(broken_on, 6, 13), met=life.chance(0.8)))
    life.tell(FguAssessed(on=assessed_on, in_target_group=True))
    known_on = fgu_gets_the_plan(life, assessed_on)
    begun = max(life.after(assessed_on, 12, 40), known_on)
    fgu_done = study(life, Programme.FGU, begun)
    if life.holders[Matter.GUIDANCE] is Party.EDUCATION:
        hand_over(life, Matter.GUIDANCE, Party.UU, fgu_done - timedelta(days=life.draw.randint(15, 40)))
    day = begun
    while (day := life.after(day, 30, 75)) < fgu_done and day <= life.until:
        talk(life, day)
    come_of_age(life)
    if life.chance(0.25):
        job(life, life.after(fgu_done, 5, 20))
        life.close(max(life.after(fgu_done, 120, 300), life.turns(OF_AGE)))
        return
    begun = life.after(fgu_done, 20, 55)
    done_on = study(life, Programme.VOCATIONAL, begun)
    talk(life, life.after(begun, 20, 50))
    if life.chance(0.75) and life.close(max(life.after(begun, 200, 500), life.turns(OF_AGE, 1))):
        return
    job(life, life.after(done_on, 5, 40))
    life.close(life.after(done_on, 60, 200))
