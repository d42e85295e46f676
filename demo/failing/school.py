"""School: an application that was not sent, absence of which the municipality was not told."""

from datetime import date, timedelta

from demo.days import grade_begins, quarters
from demo.failing.kinds import Kind, Seen
from demo.life import Life
from demo.paths.schooling import EIGHTH, NINTH, apply, guidance, school, unlawful_absence, youth_education
from demo.paths.straight import KUI_ACT
from domain.codes import StartReason
from domain.days import next_date
from domain.events import AbsenceNotified, ApplicationSent

_LAST_DAY = (3, 1)


def not_applied(life: Life) -> None:
    """The 1st of March in the 9th grade went by without an application, and there is no place to go to."""
    due_on = next_date(life.until - timedelta(days=365), *_LAST_DAY)
    life.born_on = date(due_on.year - 16, 1, 1) + timedelta(days=life.draw.randint(0, 360))
    life.never = {ApplicationSent: life.born_on}
    life.begin(grade_begins(life.draw, life.born_on, EIGHTH) + timedelta(days=90), StartReason.EDUCATION_NEED, KUI_ACT)
    guidance(life, life.since, school(life, last_grade=NINTH), talks=2)
    life.plant(Kind.NOT_APPLIED, due_on, Seen.WORKLIST, law="SKO-06")


def absence_not_notified(life: Life) -> None:
    """A fifth of a quarter away without leave; the parents were warned, and the municipality was not told."""
    life.born_when(life.until, 14.2, 15.2)
    life.is_b = False  # a file that says when it became known
    life.never = {AbsenceNotified: life.born_on}
    life.begin(life.turns(13, 2), StartReason.EDUCATION_NEED, KUI_ACT)
    guidance(life, life.since, life.until, talks=1)
    apply(life, youth_education(life), school(life, trouble=0, last_grade=NINTH))
    *_, (year, quarter, made_up_on) = quarters(life.since, life.until - timedelta(days=40))
    unlawful_absence(life, year, quarter, made_up_on, life.draw.randint(17, 28))
    life.plant(Kind.ABSENCE_NOT_NOTIFIED, made_up_on, Seen.WORKLIST, law="SKO-02")
