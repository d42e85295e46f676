"""Placed outside the home: concern, assessment, placement, youth plan, decision on ungestøtte, adult life."""

from datetime import date, timedelta

from demo.days import open_day_before
from demo.handing import come_of_age, hand_over
from demo.life import OF_AGE, Life
from demo.paths.benefit import job, on_benefit
from demo.paths.schooling import NINTH, TENTH, apply, guidance, school, study
from demo.paths.social import assessment, concern, placement, support
from demo.paths.together import plan_together
from demo.paths.toward_adult import BEFORE_THE_DATE, apply_as_adult, transition_meeting, youth_plan
from domain.choices import CloseReason, Measure
from domain.codes import Matter, Party, PlacementForm, Programme, StartReason
from domain.events import (
    AdultPlanOffered,
    AdultSupportDecided,
    MovedOut,
    NewMunicipalityNotified,
    PlacementEnded,
    YouthPlanRevised,
    YouthSupportDecided,
)

PLACED = "Barnets lov § 46"
_UNTIL = 23
_DECIDED_LATE_LONG_AGO = 250


def placed(life: Life) -> None:
    """Between 13 and 27 now; placed between 9 and 16½."""
    life.born_when(life.until, 13.4, 27.5)
    placed_on = life.day(life.turns(9), min(life.turns(16, 6), life.until - timedelta(days=20)))
    done_on = childhood(life, placed_on)
    if life.chance(0.12) and _moves_away(life, placed_on):
        return
    transition(life, placed_on)
    grown_up(life, done_on)


def childhood(life: Life, placed_on: date) -> date:
    """The placement, school, and FGU after it; answers with the last day of that."""
    came_on = max(placed_on - timedelta(days=life.draw.randint(90, 200)), life.turns(13))
    life.begin(came_on, StartReason.PLACED, PLACED)
    assessed_on = None
    if placed_on > life.since + timedelta(days=60):
        concern(life, life.since)
        assessed_on = assessment(life, life.after(life.since, 3, 14))
    moved_on = life.after(placed_on, 200, 600)
    if life.chance(0.1) and max(moved_on, life.since) < life.turns(17):
        placement(life, life.pick(*PlacementForm), placed_on, moved_on, assessed_on)
        life.tell(PlacementEnded(on=moved_on), before_start=True)
        placement(life, life.pick(*PlacementForm), moved_on, life.turns(OF_AGE))
    else:
        placement(life, life.pick(*PlacementForm), placed_on, life.turns(OF_AGE), assessed_on)
    left_on = school(life, trouble=0.3, last_grade=life.pick(NINTH, TENTH))
    supported_on = life.after(max(placed_on, life.since), 10, 90)
    every = (230, 300)
    support(life, Measure.CONTACT_PERSON, supported_on, life.turns(OF_AGE), every=every, assessed_on=assessed_on)
    guidance(life, max(life.since, life.turns(14)), max(left_on, life.since), talks=2)
    return study(life, Programme.FGU, apply(life, Programme.FGU, left_on))


def _moves_away(life: Life, placed_on: date) -> bool:
    """To another municipality, which is told and gets the case; answers whether it has come to that."""
    on = life.after(max(life.since, placed_on), 90, 500)
    if on >= life.turns(15, 6):
        return False
    life.tell(NewMunicipalityNotified(on=open_day_before(on - timedelta(days=life.draw.randint(1, 20)))))
    life.by_hand(MovedOut(on=on), Party.CHILD_SOCIAL)
    return life.close(on, CloseReason.MOVED_AWAY)


def transition(life: Life, placed_on: date) -> None:
    """From 16 to 18: a youth plan, its revision, a meeting, and a decision half a year before 18."""
    youth_plan(life, placed_on)
    if life.chance(0.7):
        plan_together(life, life.after(life.turns(16, 6), 0, 120), Party.CHILD_SOCIAL)
    life.tell(YouthPlanRevised(on=life.after(life.turns(17), 30, 100)))
    due_on = life.turns(OF_AGE, -6)
    is_late = (life.until - due_on).days > _DECIDED_LATE_LONG_AGO and life.chance(0.2)
    decided_on = life.after(due_on, 10, 60) if is_late else due_on - timedelta(days=life.draw.randint(5, 70))
    life.tell(YouthSupportDecided(on=decided_on, granted=life.chance(0.75)), after=life.draw.randint(0, 3))
    transition_meeting(life)
    apply_as_adult(life)
    hand_over_support(life)
    come_of_age(life, BEFORE_THE_DATE)


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
    support(life, Measure.HOME_SUPPORT, life.after(of_age, 1, 20), life.turns(_UNTIL), every=(300, 350))
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
