"""School and guidance: break-offs, FGU, a contact person who has gone."""

from datetime import timedelta

from demo.days import CLOSED_DAYS, open_day
from demo.failing.kinds import Kind, Seen
from demo.life import Life
from demo.paths import break_off
from demo.paths.schooling import NINTH, guidance, school
from demo.paths.straight import KUI_ACT
from demo.staffing import LEFT
from domain.codes import ContactWay, Programme, StartReason
from domain.days import working_days_after
from domain.events import (
    ContactPersonNamed,
    EducationStarted,
    FguAssessed,
    GuidanceTalkHeld,
)


def break_off_without_contact(life: Life) -> None:
    """Told of it, tried a few times, never reached."""
    on = life.ago(14, 26)
    programme = break_off.broke_off_on(life, on)
    known_on = break_off.told(life, on, programme, 0)
    break_off.tries(life, known_on, life.until)
    due_on = working_days_after(known_on, 5, CLOSED_DAYS)
    life.plant(Kind.BREAK_OFF_WITHOUT_CONTACT, due_on, Seen.WORKLIST, law="KUI-02", rule="KUI-02")


def contact_but_no_activity(life: Life) -> None:
    """Reached in time, and then nothing was offered."""
    on = life.ago(34, 58)
    programme = break_off.broke_off_on(life, on)
    break_off.contact(life, life.after(break_off.told(life, on, programme, life.draw.randint(0, 3)), 1, 3))
    life.plant(Kind.CONTACT_BUT_NO_ACTIVITY, on + timedelta(days=30), Seen.WORKLIST, law="KUI-03", rule="KUI-03")


def late_news(life: Life) -> None:
    """The institution told of it when the thirty days had passed; nobody could have kept them."""
    on = life.ago(38, 56)
    programme = break_off.broke_off_on(life, on)
    known_on = life.ago(1, 3)
    break_off.told(life, on, programme, (known_on - on).days)
    life.plant(Kind.LATE_NEWS, on + timedelta(days=30), Seen.WORKLIST, Seen.LATE_NEWS, law="KUI-03", rule="KUI-03")


def fgu_and_nothing_sent(life: Life) -> None:
    """Assessed for FGU, and FGU has heard nothing."""
    on = life.ago(20, 50)
    life.born_when(on, 16.0, 17.4)
    life.begin(life.turns(14, 6), StartReason.EDUCATION_NEED, KUI_ACT)
    guidance(life, life.since, school(life, trouble=0.3, last_grade=NINTH), talks=2)
    life.tell(GuidanceTalkHeld(on=on, way=life.pick(*ContactWay)))
    life.tell(FguAssessed(on=on, in_target_group=True))
    life.plant(Kind.FGU_AND_NOTHING_SENT, on + timedelta(days=14), law="KUI-13")


def contact_person_left(life: Life) -> None:
    """The contact person does not work here any more, and no other has been named."""
    life.born_when(life.until, 15.2, 17.4)
    life.begin(life.turns(14, 2), StartReason.EDUCATION_NEED, KUI_ACT)
    left_on = school(life, trouble=0.2, last_grade=NINTH)
    guidance(life, life.since, min(left_on, life.until), talks=2)
    named_on = life.after(life.since, 10, 90)
    life.tell(ContactPersonNamed(on=named_on, staff=LEFT))
    life.tell(EducationStarted(on=open_day(left_on + timedelta(days=45)), programme=Programme.VOCATIONAL))
    life.plant(Kind.CONTACT_PERSON_LEFT, life.until, Seen.WITHOUT_CONTACT_PERSON, law="KUI-11")
