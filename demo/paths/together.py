"""What the parties do together with a young person, written on pages: goal, consent, coordinator, common plan."""

from datetime import date, timedelta
from itertools import count

from demo import words
from demo.life import NO_LONGER_KUI, OF_AGE, Life
from demo.staffing import staff_of
from demo.words import StepWords
from domain.catalogue import BY_TYPE
from domain.choices import Consenter, ConsentScope, ViewOnPlan
from domain.codes import ContactWay, DataClass, Party
from domain.events import (
    AgendaItemWished,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    ContactPersonNamed,
    EducationCompleted,
    EducationInterrupted,
    EducationStarted,
    GoalInOwnWords,
    GradeReached,
    GuidanceTalkHeld,
    JobStarted,
    LeadCoordinatorNamed,
    LeftSchool,
    PlanStepAgreed,
    PlanStepDone,
    PlanStepDropped,
    PlanStepMoved,
    PlanStepWaits,
    ToldOfBreakOff,
    ViewOnPlanGiven,
)
from domain.text import NOTHING_WRITTEN, FreeText, StaffId
from projections.young import NO_NEWS

_SOON_DUE, _LATE_DUE = 14, 60
_NOT_WORTH_IT = 120
"""Days before 25 in which guidance does not begin any more."""


def name_contact_person(life: Life) -> None:
    """Most of those under 25 have one, and everybody who has left school or broken off, within ten working days.

    Nobody gets one who is about to turn 25.
    """
    told = {type(one.event) for one in life.told}
    if ContactPersonNamed in told or life.turns(NO_LONGER_KUI) < life.since + timedelta(days=_NOT_WORTH_IT):
        return
    if life.chance(0.9) or told & {LeftSchool, ToldOfBreakOff, EducationInterrupted}:
        staff = StaffId(staff_of(Party.UU, life.number).staff_id)
        life.tell(ContactPersonNamed(on=life.after(life.since, 2, 10), staff=staff))


def accompany(life: Life, *, hears_from_them: bool = True) -> None:
    """Many have a coordinator; somebody hears from those under 25 now and then."""
    told = {type(one.event) for one in life.told}
    if life.closed_on is not None:
        return
    if LeadCoordinatorNamed not in told and life.chance(0.55):
        coordinator(life, life.after(life.since, 5, 60), Party.UU)
    if life.chance(0.03):
        why = FreeText(life.pick(*words.AGENDA))
        life.by_hand(AgendaItemWished(on=max(life.ago(1, 12), life.since), by=Party.UU, why=why), Party.UU)
    if hears_from_them and life.age(life.until) < NO_LONGER_KUI and life.chance(0.85 if _has_a_place(life) else 1):
        _talk_lately(life)


def _talk_lately(life: Life) -> None:
    """A talk in the last weeks, unless UU has heard of them in another way."""
    heard = max((one.event.on for one in life.told if _is_heard(type(one.event))), default=life.since)
    on = max(life.ago(2, 50), life.since)
    if (life.until - heard).days > _LONG:
        way = life.pick(*ContactWay)
        life.tell(GuidanceTalkHeld(on=on, way=way, agreed=FreeText(life.pick(*words.GUIDANCE_AGREED))))


def _is_heard(kind: type) -> bool:
    """Whether UU hears of them by it."""
    return BY_TYPE[kind].data_class in _HEARD and kind not in NO_NEWS


def _has_a_place(life: Life) -> bool:
    """Whether it is known what they do (a rough guess is enough: it only says how often somebody calls)."""
    places = [one.event.on for one in life.told if isinstance(one.event, EducationStarted | JobStarted | GradeReached)]
    left = [
        one.event.on for one in life.told if isinstance(one.event, EducationCompleted | ToldOfBreakOff | LeftSchool)
    ]
    return max(places, default=date.min) > max(left, default=date.min)


_LONG = 52
_HEARD = frozenset({DataClass.EDUCATION, DataClass.EMPLOYMENT, DataClass.VOICE, DataClass.PLAN, DataClass.SCHOOLING})
"""What UU reads."""


def coordinator(life: Life, on: date, party: Party) -> None:
    """Somebody keeps the whole together."""
    staff = StaffId(staff_of(party, life.number).staff_id)
    life.by_hand(LeadCoordinatorNamed(on=on, staff=staff, party=party), party)


def goal(life: Life, on: date) -> None:
    """What they want, as they say it."""
    life.tell(GoalInOwnWords(on=on, words=FreeText(life.pick(*words.GOALS))))


def plan_together(life: Life, on: date, lead: Party, steps: int = 3) -> None:
    """Consent, coordinator, goal, a plan of some steps, and what the young person says of it."""
    if on < life.since or on > life.until:
        return
    _consent(life, on, lead)
    coordinator(life, on, lead)
    goal(life, on)
    fitting = [step for step in words.STEPS if _fits(life, step, on, lead)]
    for step in life.draw.sample(fitting, min(steps, len(fitting))):
        _step(life, step, life.after(on, 0, 40))
    asked_on = life.after(on, 10, 50)
    view = life.pick(ViewOnPlan.AGREES, ViewOnPlan.AGREES, ViewOnPlan.DISAGREES, ViewOnPlan.COULD_NOT_ANSWER)
    why = FreeText(life.pick(*words.VIEWS)) if life.chance(0.6) else NOTHING_WRITTEN
    life.by_hand(ViewOnPlanGiven(on=asked_on, view=view, why=why), lead)


def _fits(life: Life, step: StepWords, on: date, lead: Party) -> bool:
    """Whether those who would carry it out have anything to do with somebody of that age."""
    match step.by:
        case Party.SCHOOL | Party.CHILD_SOCIAL:
            return life.age(on) < OF_AGE
        case Party.EMPLOYMENT | Party.BENEFITS | Party.ADULT_SOCIAL:
            return life.turns(OF_AGE, -6) <= on
        case Party.MILEPAELEN:
            return lead is Party.EMPLOYMENT
        case _:
            return True


def _consent(life: Life, on: date, lead: Party) -> None:
    by = Consenter.YOUNG_PERSON if life.age(on) >= OF_AGE or life.chance(0.3) else Consenter.PARENT
    scope = life.pick(
        ConsentScope.SHARING_BETWEEN_DEPARTMENTS, ConsentScope.JOINT_PLAN, ConsentScope.SHARING_WITH_SCHOOL
    )
    if life.chance(0.1):
        life.by_hand(ConsentRefused(on=on, by=by, scope=scope), lead)
        return
    until = on + timedelta(days=365) if life.chance(0.4) else None
    life.by_hand(ConsentGiven(on=on, by=by, scope=scope, until=until), lead)
    if life.chance(0.08):
        life.by_hand(ConsentWithdrawn(on=life.after(on, 40, 200), by=by, scope=scope), lead)


def _step(life: Life, step: StepWords, on: date) -> None:
    """A step that is carried out in time, or moved, or dropped; what is still to come is open."""
    step_id, due_on = life.uuid(), life.after(on, _SOON_DUE, _LATE_DUE)
    agreed = PlanStepAgreed(
        on=on, step_id=step_id, what=FreeText(step.what), responsible=step.by, matter=step.matter, due_on=due_on
    )
    if not life.by_hand(agreed, step.by):
        return
    fate = life.fate(done=70, moved=15, waits=7, dropped=8)
    if fate == "waits":
        waits_for = life.pick(*(party for party in (Party.UU, Party.EMPLOYMENT, Party.HEALTH) if party != step.by))
        life.by_hand(PlanStepWaits(on=life.after(on, 1, 6), step_id=step_id, waits_for=waits_for), step.by)
    for _ in count() if fate == "moved" else ():
        moved_on = due_on - timedelta(days=life.draw.randint(0, 5))
        due_on = life.after(due_on, 10, 30)
        reason = FreeText(life.pick(*words.MOVED))
        life.by_hand(PlanStepMoved(on=moved_on, step_id=step_id, due_on=due_on, reason=reason), step.by)
        if life.chance(0.8):
            break
    ends_on = due_on - timedelta(days=life.draw.randint(0, 7))
    if fate == "dropped":
        reason = FreeText(life.pick(*words.DROPPED))
        life.by_hand(PlanStepDropped(on=ends_on, step_id=step_id, reason=reason), step.by)
    else:
        life.by_hand(PlanStepDone(on=ends_on, step_id=step_id), step.by)
