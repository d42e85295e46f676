"""A chapter: from support as a child to an adult. A youth plan at 16, a meeting at 17½, an application before 18."""

from datetime import date, timedelta

from demo.days import open_day_before
from demo.life import OF_AGE, Life
from domain.choices import Consenter, ConsentScope
from domain.codes import Party
from domain.events import (
    AdultSupportApplied,
    ConsentGiven,
    TransitionMeetingHeld,
    YouthPlanMade,
    YouthPlanNeedJudged,
)

BEFORE_THE_DATE = (95, 130)
"""Days before 18 at which income is handed over where support ends: it is clear two months before the birthday."""


def youth_plan(life: Life, supported_from: date, *, needed: bool = True) -> None:
    """Whether one is needed is decided at 16, or when support comes later than that; made within three months."""
    shortly_before = open_day_before(life.turns(16) - timedelta(days=life.draw.randint(5, 30)))
    judged_on = max(shortly_before, supported_from)
    life.tell(YouthPlanNeedJudged(on=judged_on, needed=needed), before_start=True)
    if needed:
        life.tell(YouthPlanMade(on=max(life.after(judged_on, 20, 75), life.since)))


def transition_meeting(life: Life) -> None:
    """Half a year before 18 those who have the young person now meet those who will; the parents agree to it first."""
    on = open_day_before(life.turns(OF_AGE, -6) - timedelta(days=life.draw.randint(3, 60)))
    asked_on = open_day_before(on - timedelta(days=life.draw.randint(7, 21)))
    if asked_on >= life.since:
        scope = ConsentScope.SHARING_BETWEEN_DEPARTMENTS
        consent = ConsentGiven(on=asked_on, by=Consenter.PARENT, scope=scope, until=life.turns(OF_AGE))
        life.by_hand(consent, Party.CHILD_SOCIAL)
    life.tell(TransitionMeetingHeld(on=on, took_part=life.chance(0.85)))


def apply_as_adult(life: Life) -> None:
    """What the parents were granted ends at 18: the young person applies in their own name."""
    life.tell(AdultSupportApplied(on=open_day_before(life.turns(OF_AGE) - timedelta(days=life.draw.randint(60, 100)))))
