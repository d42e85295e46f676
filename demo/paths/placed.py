"""Placed outside the home: concern, assessment, placement, youth plan, decision on ungestøtte, adult life."""

from datetime import date, timedelta

from demo.handing import come_of_age, hand_over
from demo.life import OF_AGE, Life
from demo.paths.benefit import job, on_benefit
from demo.paths.schooling import NINTH, TENTH, apply, guidance, school, study
from demo.paths.social import assessment, concern, support
from demo.paths.together import plan_together
from domain.choices import Measure
from domain.codes import Matter, Party, PlacementForm, Programme, StartReason
from domain.events import (
    AdultPlanOffered,
    AdultSupportDecided,
    PlacementEnded,
    PlacementStarted,
    YouthPlanMade,
    YouthPlanRevised,
    YouthSupportDecided,
)

PLACED = "Barnets lov § 46"
_UNTIL = 23
_DECIDED_LATE_LONG_AGO = 250


def placed(life: Life) -> None:
    """Between 13 and 27 now; placed between 9 and 16½."""
    life.born_when(life.until, 13.4, 27.5)
    done_on = childhood(life)
    transition(life)
    grown_up(life, done_on)


def childhood(life: Life) -> date:
    """The placement, school, and FGU after it; answers with the last day of that."""
    latest = min(life.turns(16, 6), life.until - timedelta(days=20))
    placed_on = life.day(life.turns(9), latest)
    came_on = max(placed_on - timedelta(days=life.draw.randint(90, 200)), life.turns(13))
    life.begin(came_on, StartReason.PLACED, PLACED)
    if placed_on > life.since + timedelta(days=60):
        concern(life, life.since)
        assessment(life, life.after(life.since, 3, 14))
    form = life.pick(*PlacementForm)
    life.tell(PlacementStarted(on=placed_on, form=form), before_start=True)
    if life.chance(0.1):
        moved_on = life.after(placed_on, 200, 600)
        if moved_on < life.turns(17):
            life.tell(PlacementEnded(on=moved_on))
            life.tell(PlacementStarted(on=moved_on, form=life.pick(*PlacementForm)))
    left_on = school(life, trouble=0.3, last_grade=life.pick(NINTH, TENTH))
    support(life, Measure.CONTACT_PERSON, life.after(max(placed_on, life.since), 10, 90), life.turns(OF_AGE))
    guidance(life, max(life.since, life.turns(14)), max(left_on, life.since), talks=2)
    return study(life, Programme.FGU, apply(life, Programme.FGU, left_on))


def transition(life: Life) -> None:
    """From 16 to 18: a youth plan, its revision, and a decision half a year before 18."""
    made_on = max(life.after(life.turns(16), 10, 80), life.since)
    life.tell(YouthPlanMade(on=made_on))
    if life.chance(0.7):
        plan_together(life, life.after(life.turns(16, 6), 0, 120), Party.CHILD_SOCIAL)
    life.tell(YouthPlanRevised(on=life.after(life.turns(17), 30, 100)))
    due_on = life.turns(OF_AGE, -6)
    is_late = (life.until - due_on).days > _DECIDED_LATE_LONG_AGO and life.chance(0.2)
    decided_on = life.after(due_on, 10, 60) if is_late else due_on - timedelta(days=life.draw.randint(5, 70))
    life.tell(YouthSupportDecided(on=decided_on, granted=life.chance(0.75)), after=life.draw.randint(0, 3))
    hand_over_support(life)
    come_of_age(life)


def hand_over_support(life: Life) -> None:
    """The child department had the support; the adult department has it from 18."""
    life.holders.setdefault(Matter.ADULT_SUPPORT, Party.CHILD_SOCIAL)
    on = life.turns(OF_AGE) - timedelta(days=life.draw.randint(30, 75))
    hand_over(life, Matter.ADULT_SUPPORT, Party.ADULT_SOCIAL, on)


def grown_up(life: Life, done_on: date) -> None:
    """Support as an adult, another education or benefit for a while, and the years after."""
    of_age = life.turns(OF_AGE)
    life.tell(PlacementEnded(on=of_age))
    life.tell(AdultSupportDecided(on=of_age - timedelta(days=life.draw.randint(5, 25)), granted=life.chance(0.8)))
    life.tell(AdultPlanOffered(on=life.after(of_age, 10, 50)))
    support(life, Measure.HOME_SUPPORT, life.after(of_age, 1, 20), life.turns(_UNTIL))
    if life.chance(0.5):
        done_on = study(life, Programme.VOCATIONAL, life.after(done_on, 20, 55))
        job(life, life.after(done_on, 10, 40))
    else:
        # Benefits are for those of age.
        applied_on = max(life.after(done_on, 5, 40), of_age + timedelta(days=10))
        ended_on = life.after(applied_on, 200, 700)
        on_benefit(life, applied_on, ended_on)
        job(life, life.after(ended_on, 0, 4))
        done_on = ended_on
    if life.chance(0.7):
        life.close(max(life.after(done_on, 90, 200), life.turns(_UNTIL)))
