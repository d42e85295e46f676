"""What happens in the tables of the law, each told in one short call with its day as in Danish: "14.3.2027"."""

from uuid import UUID

from domain.choices import Benefit, Destination, Measure, NewcomerGround, PauseReason, TransitionTopic
from domain.codes import Activity, ContactWay, DataClass, Matter, Party, PlacementForm, Programme, StartReason
from domain.events import (
    ActivityDutyExempted,
    ActivityDutyJudged,
    ActivityOffered,
    BenefitApplied,
    BenefitChanged,
    BenefitEnded,
    BenefitStarted,
    ClockPaused,
    ClockResumed,
    ContactAfterMilepaelen,
    ContactMade,
    ContactPersonNamed,
    ContactTried,
    EducationCompleted,
    EducationInterrupted,
    EducationReasonGiven,
    EducationStarted,
    FguAssessed,
    GuidanceTalkHeld,
    HandoverSent,
    HandoverTakenOver,
    InterviewHeld,
    JobStarted,
    LeftSchool,
    MeasureEnded,
    MeasureStarted,
    MilepaelenEnded,
    NewcomerArrived,
    OrdinaryHoursStarted,
    PlacementStarted,
    ProgressionMeasured,
    ReferredToMilepaelen,
    SmallJobStarted,
    StuAssessed,
    StuOffered,
    ToldOfBreakOff,
    ToldOfDropOutRisk,
    TransitionPreparationFinished,
)
from domain.text import FreeText, StaffId
from tests.domain.law.story import day

PHONE = ContactWay.PHONE
VOCATIONAL, FGU, STU = Programme.VOCATIONAL, Programme.FGU, Programme.STU


def left_school(on: str, grade: int = 9) -> LeftSchool:
    return LeftSchool(on=day(on), grade=grade)


def broke_off(on: str, programme: Programme = VOCATIONAL) -> ToldOfBreakOff:
    return ToldOfBreakOff(on=day(on), programme=programme)


def at_risk(on: str) -> ToldOfDropOutRisk:
    return ToldOfDropOutRisk(on=day(on), programme=VOCATIONAL)


def began(on: str, programme: Programme = VOCATIONAL) -> EducationStarted:
    return EducationStarted(on=day(on), programme=programme)


def interrupted(on: str, programme: Programme = VOCATIONAL) -> EducationInterrupted:
    return EducationInterrupted(on=day(on), programme=programme)


def completed(on: str, programme: Programme = VOCATIONAL) -> EducationCompleted:
    return EducationCompleted(on=day(on), programme=programme)


def contact(on: str) -> ContactMade:
    return ContactMade(on=day(on), way=PHONE)


def tried(on: str) -> ContactTried:
    return ContactTried(on=day(on), way=PHONE)


def talk(on: str) -> GuidanceTalkHeld:
    return GuidanceTalkHeld(on=day(on), way=PHONE)


def offered(on: str) -> ActivityOffered:
    return ActivityOffered(on=day(on), activity=Activity.JOB)


def duty_met(on: str, *, met: bool) -> ActivityDutyJudged:
    return ActivityDutyJudged(on=day(on), met=met)


def exempted(on: str) -> ActivityDutyExempted:
    return ActivityDutyExempted(on=day(on), review_on=day("1.1.2030"))


def needs_education(on: str, reason: StartReason = StartReason.EDUCATION_NEED) -> EducationReasonGiven:
    return EducationReasonGiven(on=day(on), reason=reason, basis="KUI-loven § 1")


def contact_person(on: str) -> ContactPersonNamed:
    return ContactPersonNamed(on=day(on), staff=StaffId("staff-1"))


def for_fgu(on: str, *, yes: bool = True) -> FguAssessed:
    return FguAssessed(on=day(on), in_target_group=yes)


def for_stu(on: str, *, yes: bool = True) -> StuAssessed:
    return StuAssessed(on=day(on), in_target_group=yes)


def stu_offered(on: str, *, choice: bool = True) -> StuOffered:
    return StuOffered(on=day(on), choice_of_places=choice)


def sent(on: str, matter: Matter, giver: Party, receiver: Party, number: int = 1) -> HandoverSent:
    return HandoverSent(
        on=day(on),
        handover_id=UUID(int=0x4A00 + number),
        matter=matter,
        giver=giver,
        receiver=receiver,
        answer_by=day(on),
        note=FreeText("x"),
    )


def taken_over(on: str, number: int = 1) -> HandoverTakenOver:
    return HandoverTakenOver(on=day(on), handover_id=UUID(int=0x4A00 + number))


def applied(on: str, benefit: Benefit = Benefit.CASH_BENEFIT) -> BenefitApplied:
    return BenefitApplied(on=day(on), benefit=benefit)


def on_benefit(on: str, benefit: Benefit = Benefit.CASH_BENEFIT) -> BenefitStarted:
    return BenefitStarted(on=day(on), benefit=benefit)


def changed_to(on: str, benefit: Benefit) -> BenefitChanged:
    return BenefitChanged(on=day(on), benefit=benefit)


def off_benefit(on: str, benefit: Benefit = Benefit.CASH_BENEFIT) -> BenefitEnded:
    return BenefitEnded(on=day(on), benefit=benefit)


def interview(on: str, *also_there: Party) -> InterviewHeld:
    return InterviewHeld(on=day(on), also_there=also_there)


def job(on: str) -> JobStarted:
    return JobStarted(on=day(on), hours_per_week=37)


def small_job(on: str) -> SmallJobStarted:
    return SmallJobStarted(on=day(on), hours_per_week=5)


def ordinary_hours(on: str) -> OrdinaryHoursStarted:
    return OrdinaryHoursStarted(on=day(on), hours_per_week=10)


def placed(on: str) -> PlacementStarted:
    return PlacementStarted(on=day(on), form=PlacementForm.FOSTER_FAMILY)


def supported(on: str, measure: Measure = Measure.CONTACT_PERSON) -> MeasureStarted:
    return MeasureStarted(on=day(on), measure=measure)


def support_ended(on: str, measure: Measure = Measure.CONTACT_PERSON) -> MeasureEnded:
    return MeasureEnded(on=day(on), measure=measure)


def prepared(on: str, *topics: TransitionTopic) -> TransitionPreparationFinished:
    return TransitionPreparationFinished(on=day(on), topics=topics)


def referred(on: str, by: Party = Party.EMPLOYMENT) -> ReferredToMilepaelen:
    return ReferredToMilepaelen(on=day(on), by=by, purpose=FreeText("x"))


def left_milepaelen(on: str, destination: Destination = Destination.EDUCATION) -> MilepaelenEnded:
    return MilepaelenEnded(on=day(on), destination=destination)


def measured(on: str) -> ProgressionMeasured:
    return ProgressionMeasured(
        on=day(on),
        belief_in_own_ability=3,
        health_mastery=3,
        labour_market_identity=3,
        cooperation=3,
        network=3,
        own_judgement=3,
    )


def contact_after(on: str) -> ContactAfterMilepaelen:
    return ContactAfterMilepaelen(on=day(on), way=PHONE)


def newcomer(on: str, ground: NewcomerGround = NewcomerGround.REFUGEE) -> NewcomerArrived:
    return NewcomerArrived(on=day(on), ground=ground)


def paused(on: str, rule: str, reason: PauseReason = PauseReason.SUMMER_BREAK) -> ClockPaused:
    """The clock of what the first event told began stands still."""
    return ClockPaused(on=day(on), of_class=DataClass.EDUCATION, rule=rule, trigger=UUID(int=1), reason=reason)


def resumed(on: str, rule: str) -> ClockResumed:
    return ClockResumed(on=day(on), of_class=DataClass.EDUCATION, rule=rule, trigger=UUID(int=1))
