"""Between the parties: handovers, and who answers for what."""

from datetime import date, timedelta

from demo import words
from demo.failing.kinds import Kind, Seen
from demo.handing import hand_over, told_by_file
from demo.life import OF_AGE, Life
from demo.paths.schooling import NINTH, apply, guidance, school
from demo.paths.social import CHILD_CARE, support
from demo.paths.straight import KUI_ACT
from demo.paths.toward_adult import apply_as_adult, transition_meeting, youth_plan
from domain.choices import Measure
from domain.codes import Matter, Party, Programme, StartReason
from domain.events import (
    EducationPlanMade,
    EducationStarted,
    HandoverSent,
    HandoverTakenOver,
    YouthPlanMade,
)
from domain.text import FreeText


def handover_never_answered(life: Life) -> None:
    """Sent, and nobody ever looked at it (Ombudsmanden: the receiver did not read the case)."""
    life.born_when(life.until, 16.2, 17.6)
    life.begin(life.turns(14, 6), StartReason.EDUCATION_NEED, KUI_ACT)
    left_on = school(life, last_grade=NINTH)
    guidance(life, life.since, left_on, talks=2)
    apply(life, Programme.FGU, left_on)
    life.tell(EducationStarted(on=life.ago(60, 90), programme=Programme.FGU))
    matter, giver, receiver = life.pick(
        (Matter.SCHOOLING, Party.SCHOOL, Party.UU),
        (Matter.GUIDANCE, Party.UU, Party.EMPLOYMENT),
        (Matter.INCOME_AND_WORK, Party.UU, Party.EMPLOYMENT),
        (Matter.CHILD_SUPPORT, Party.UU, Party.CHILD_SOCIAL),
        (Matter.ADULT_SUPPORT, Party.UU, Party.ADULT_SOCIAL),
    )
    due_on = told_by_file(life, matter, giver, receiver, life.ago(25, 55), life.pick(7, 14, 21))
    life.plant(Kind.HANDOVER_NEVER_ANSWERED, due_on, Seen.WORKLIST)


def responsibility_overlaps(life: Life) -> None:
    """Two plans and two parties that both have the guidance: the second handover was dated before the first."""
    life.born_when(life.until, 16.6, 17.5)
    life.begin(life.turns(14, 6), StartReason.SOCIAL_SUPPORT, "Barnets lov § 32")
    left_on = school(life, last_grade=NINTH)
    guidance(life, life.since, left_on, talks=1)
    apply(life, Programme.VOCATIONAL, left_on)
    life.tell(EducationPlanMade(on=life.after(life.turns(16), 20, 40)))
    life.tell(YouthPlanMade(on=life.after(life.turns(16), 30, 70)))
    life.tell(EducationStarted(on=life.ago(60, 90), programme=Programme.VOCATIONAL))
    first = life.ago(50, 70)
    taken_on = hand_over(life, Matter.GUIDANCE, Party.CHILD_SOCIAL, first)
    wrong_on = first - timedelta(days=life.draw.randint(10, 25))
    _dated_back(life, Matter.GUIDANCE, Party.EMPLOYMENT, wrong_on, (taken_on - wrong_on).days + 5)
    life.plant(Kind.RESPONSIBILITY_OVERLAPS, wrong_on, Seen.RESPONSIBILITY)


def eighteen_and_nothing_handed_over(life: Life) -> None:
    """Supported as a child, now 18, and the employment service has the income by age alone: nobody told it anything."""
    life.born_when(life.until, 18.05, 18.4)
    life.begin(life.turns(15), StartReason.SOCIAL_SUPPORT, CHILD_CARE)
    left_on = school(life, last_grade=NINTH)
    guidance(life, life.since, left_on, talks=2)
    apply(life, Programme.VOCATIONAL, left_on)
    supported_on = life.after(life.since, 20, 90)
    support(life, Measure.CONTACT_PERSON, supported_on, life.turns(OF_AGE))
    youth_plan(life, supported_on, needed=False)
    transition_meeting(life)
    apply_as_adult(life)
    life.tell(EducationStarted(on=life.ago(100, 300), programme=Programme.VOCATIONAL))
    life.plant(Kind.EIGHTEEN_AND_NOTHING_HANDED_OVER, life.turns(OF_AGE, -2), Seen.WORKLIST, law="BES-07")


def _dated_back(life: Life, matter: Matter, receiver: Party, on: date, after: int) -> None:
    """A handover that was written down so many days after the day that it says."""
    giver = life.holders[matter]
    handover_id = life.uuid()
    sent = HandoverSent(
        on=on,
        handover_id=handover_id,
        matter=matter,
        giver=giver,
        receiver=receiver,
        answer_by=on + timedelta(days=14),
        note=FreeText(life.pick(*words.NOTES)),
    )
    life.by_hand(sent, giver, after=after)
    life.by_hand(HandoverTakenOver(on=on + timedelta(days=1), handover_id=handover_id), receiver, after=after)
