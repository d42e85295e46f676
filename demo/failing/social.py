"""From child to adult: decisions and preparations that were not made."""

from datetime import timedelta

from demo.failing.kinds import Kind, Seen
from demo.handing import come_of_age
from demo.life import OF_AGE, Life
from demo.paths import disability, placed, psychiatry
from demo.paths.toward_adult import BEFORE_THE_DATE, apply_as_adult
from domain.events import (
    AdultSupportDecided,
    NetworkMeetingHeld,
    PsychiatryCourseEnding,
    TransitionPreparationBegun,
    YouthSupportDecided,
)


def placed_and_undecided(life: Life) -> None:
    """Placed, 17½ and more, and no decision on ungestøtte – not even a no."""
    life.born_when(life.until, 17.53, 17.97)
    life.never = {YouthSupportDecided: life.born_on}
    placed_on = life.day(life.turns(9), life.turns(16, 6))
    placed.childhood(life, placed_on)
    placed.transition(life, placed_on)
    life.plant(Kind.PLACED_AND_UNDECIDED, life.turns(OF_AGE, -6), Seen.WORKLIST, law="OVG-05")


def sixteen_and_not_prepared(life: Life) -> None:
    """In the target group of § 122, past 16, and the preparation has not begun."""
    life.born_when(life.until, 16.15, 16.7)
    life.never = {TransitionPreparationBegun: life.born_on}
    disability.childhood(life)
    disability.preparation(life)
    life.plant(Kind.SIXTEEN_AND_NOT_PREPARED, life.turns(16), Seen.WORKLIST, law="OVG-01")


def eighteen_without_decision(life: Life) -> None:
    """Prepared, 18, and nobody has decided on support as an adult."""
    life.born_when(life.until, 18.03, 18.25)
    life.never = {AdultSupportDecided: life.born_on}
    disability.childhood(life)
    disability.preparation(life)
    disability.adult(life)
    life.plant(Kind.EIGHTEEN_WITHOUT_DECISION, life.turns(OF_AGE), Seen.WORKLIST, law="OVG-03")


def psychiatry_and_no_meeting(life: Life) -> None:
    """Psychiatry has told that it ends at 18; nobody has met about what comes after."""
    life.born_when(life.until, 17.86, 17.98)
    life.never = {NetworkMeetingHeld: life.born_on}
    psychiatry.teens(life)
    life.tell(PsychiatryCourseEnding(on=life.turns(OF_AGE) - timedelta(days=100)), after=2)
    apply_as_adult(life)
    come_of_age(life, BEFORE_THE_DATE)
    life.plant(Kind.PSYCHIATRY_AND_NO_MEETING, life.turns(OF_AGE, -2), Seen.WORKLIST, law="OVG-12")
