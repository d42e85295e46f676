"""A course in psychiatry through the teens, and who is there when it ends at 18."""

from datetime import timedelta

from demo.handing import come_of_age, hand_over
from demo.life import OF_AGE, Life
from demo.paths.benefit import job, on_benefit
from demo.paths.schooling import NINTH, apply, guidance, school, study
from demo.paths.social import CHILD_CARE, assessment, childhood_support, concern, support
from demo.paths.together import plan_together
from demo.paths.toward_adult import BEFORE_THE_DATE, apply_as_adult, transition_meeting, youth_plan
from domain.choices import Measure
from domain.codes import Matter, Party, Programme, StartReason
from domain.events import (
    AdultPlanOffered,
    AdultSupportDecided,
    NetworkMeetingHeld,
    PsychiatryCourseEnding,
    PsychiatryCourseStarted,
)


def psychiatry(life: Life) -> None:
    """Between 14 and 26 now."""
    life.born_when(life.until, 14.2, 26.0)
    teens(life)
    ending(life)
    after(life)


def teens(life: Life) -> None:
    """Absence, a concern, support, and a course in psychiatry."""
    came_on = life.day(life.turns(13, 6), min(life.turns(15), life.until - timedelta(days=30)))
    life.begin(came_on, StartReason.SOCIAL_SUPPORT, CHILD_CARE)
    concern(life, life.since)
    finished_on = assessment(life, life.after(life.since, 3, 14))
    begun = life.after(finished_on, 5, 30)
    ended = childhood_support(life, begun)
    if ended > life.turns(16):
        youth_plan(life, begun, needed=life.chance(0.4))
    if ended > life.turns(OF_AGE, -6):
        transition_meeting(life)
    life.tell(PsychiatryCourseStarted(on=life.after(life.since, 60, 300)), after=life.draw.randint(1, 10))
    left_on = school(life, trouble=0.45, last_grade=NINTH)
    guidance(life, life.since, left_on, talks=2)
    if life.chance(0.6):
        plan_together(life, life.after(finished_on, 10, 200), Party.CHILD_SOCIAL)
    study(life, Programme.FGU, apply(life, Programme.FGU, left_on))


def ending(life: Life) -> None:
    """Told in good time, a meeting of all, and somebody who takes over before 18."""
    of_age = life.turns(OF_AGE)
    life.tell(PsychiatryCourseEnding(on=of_age - timedelta(days=life.draw.randint(95, 130))), after=2)
    life.tell(NetworkMeetingHeld(on=of_age - timedelta(days=life.draw.randint(66, 95))))
    apply_as_adult(life)
    life.holders.setdefault(Matter.ADULT_SUPPORT, Party.CHILD_SOCIAL)
    hand_over(life, Matter.ADULT_SUPPORT, Party.ADULT_SOCIAL, of_age - timedelta(days=life.draw.randint(35, 55)))
    life.tell(AdultSupportDecided(on=of_age - timedelta(days=life.draw.randint(5, 20)), granted=life.chance(0.7)))
    come_of_age(life, BEFORE_THE_DATE)


def after(life: Life) -> None:
    """A plan as an adult, benefit for a while, an education."""
    of_age = life.turns(OF_AGE)
    life.tell(AdultPlanOffered(on=life.after(of_age, 10, 40)))
    support(life, Measure.MENTORING, life.after(of_age, 5, 20), life.turns(21))
    applied_on = life.after(of_age, 200, 400)
    ended_on = life.after(applied_on, 200, 500)
    on_benefit(life, applied_on, ended_on)
    done_on = study(life, Programme.VOCATIONAL, life.after(ended_on, 0, 4))
    job(life, life.after(done_on, 5, 30))
    if life.chance(0.7):
        life.close(max(life.after(ended_on, 200, 500), life.turns(21, 2)))
