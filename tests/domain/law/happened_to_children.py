"""What happens in school and with the social departments, for the tables of the law; its day as in Danish."""

from datetime import UTC, datetime

from domain.choices import ApplicationAnswer, Measure, TargetGround
from domain.codes import Programme
from domain.events import (
    AbsenceNotified,
    AdultSupportApplied,
    AdultSupportDecided,
    ApplicationAnswered,
    ApplicationSent,
    ChildAssessmentFinished,
    ChildAssessmentOpened,
    ConcernAssessed,
    ConcernReceiptSent,
    ConcernReceived,
    Enrolled,
    GradeReached,
    MeasureFollowedUp,
    MovedOut,
    NetworkMeetingHeld,
    NewMunicipalityNotified,
    ParentsWarned,
    PlacementEnded,
    PlacementFollowedUp,
    PreliminaryAssessmentMade,
    PsychiatryCourseEnding,
    PsychiatryCourseStarted,
    SchoolChanged,
    SpecialEffortNeeded,
    TargetedEffortAgreed,
    TargetGroupAssessed,
    TransitionMeetingHeld,
    TransitionPreparationBegun,
    UnlawfulAbsence,
    YouthPlanMade,
    YouthPlanNeedJudged,
    YouthPlanRevised,
    YouthSupportDecided,
)
from domain.facts import COPENHAGEN, civil_date
from tests.domain.law.story import day


def absent(on: str, percent: int, year: int = 2026, quarter: int = 1) -> UnlawfulAbsence:
    return UnlawfulAbsence(on=day(on), year=year, quarter=quarter, percent=percent)


def warned(on: str, year: int = 2026, quarter: int = 1) -> ParentsWarned:
    return ParentsWarned(on=day(on), year=year, quarter=quarter)


def notified(on: str, year: int = 2026, quarter: int = 1) -> AbsenceNotified:
    return AbsenceNotified(on=day(on), year=year, quarter=quarter)


def effort_needed(on: str) -> SpecialEffortNeeded:
    return SpecialEffortNeeded(on=day(on))


def effort_agreed(on: str) -> TargetedEffortAgreed:
    return TargetedEffortAgreed(on=day(on))


def grade(on: str, number: int) -> GradeReached:
    return GradeReached(on=day(on), grade=number)


def enrolled(on: str, number: int) -> Enrolled:
    return Enrolled(on=day(on), grade=number)


def changed_school(on: str, number: int) -> SchoolChanged:
    return SchoolChanged(on=day(on), grade=number)


def application(on: str, programme: Programme) -> ApplicationSent:
    return ApplicationSent(on=day(on), programme=programme)


def answered(
    on: str, programme: Programme, answer: ApplicationAnswer = ApplicationAnswer.PLACE_OFFERED
) -> ApplicationAnswered:
    return ApplicationAnswered(on=day(on), programme=programme, answer=answer)


def instant(text: str) -> datetime:
    """The instant of a Danish clock: "28.3.2026 14.30"."""
    on, clock = text.split()
    hour, minute = map(int, clock.split("."))
    told = day(on)
    return datetime(told.year, told.month, told.day, hour, minute, tzinfo=COPENHAGEN).astimezone(UTC)


def concern(text: str) -> ConcernReceived:
    return ConcernReceived(on=civil_date(instant(text)), at=instant(text))


def assessed(text: str, *, acute: bool = False) -> ConcernAssessed:
    return ConcernAssessed(on=civil_date(instant(text)), at=instant(text), acute=acute)


def receipt(on: str) -> ConcernReceiptSent:
    return ConcernReceiptSent(on=day(on))


def opened(on: str) -> ChildAssessmentOpened:
    return ChildAssessmentOpened(on=day(on))


def finished(on: str) -> ChildAssessmentFinished:
    return ChildAssessmentFinished(on=day(on))


def preliminary(on: str) -> PreliminaryAssessmentMade:
    return PreliminaryAssessmentMade(on=day(on))


def followed_up(on: str, measure: Measure = Measure.CONTACT_PERSON) -> MeasureFollowedUp:
    return MeasureFollowedUp(on=day(on), measure=measure, next_on=day("1.1.2030"))


def place_followed_up(on: str) -> PlacementFollowedUp:
    return PlacementFollowedUp(on=day(on), next_on=day("1.1.2030"))


def place_ended(on: str) -> PlacementEnded:
    return PlacementEnded(on=day(on))


def plan_needed(on: str, *, yes: bool = True) -> YouthPlanNeedJudged:
    return YouthPlanNeedJudged(on=day(on), needed=yes)


def plan_made(on: str) -> YouthPlanMade:
    return YouthPlanMade(on=day(on))


def plan_revised(on: str) -> YouthPlanRevised:
    return YouthPlanRevised(on=day(on))


def moved_out(on: str) -> MovedOut:
    return MovedOut(on=day(on))


def new_place_told(on: str) -> NewMunicipalityNotified:
    return NewMunicipalityNotified(on=day(on))


def in_target_group(on: str, ground: TargetGround = TargetGround.DISABILITY) -> TargetGroupAssessed:
    return TargetGroupAssessed(on=day(on), ground=ground)


def not_in_target_group(on: str) -> TargetGroupAssessed:
    return TargetGroupAssessed(on=day(on), ground=TargetGround.NOT_IN_TARGET_GROUP)


def preparing(on: str) -> TransitionPreparationBegun:
    return TransitionPreparationBegun(on=day(on))


def transition_meeting(on: str, *, took_part: bool = True) -> TransitionMeetingHeld:
    return TransitionMeetingHeld(on=day(on), took_part=took_part)


def youth_support(on: str, *, yes: bool = True) -> YouthSupportDecided:
    return YouthSupportDecided(on=day(on), granted=yes)


def adult_support(on: str, *, yes: bool = True) -> AdultSupportDecided:
    return AdultSupportDecided(on=day(on), granted=yes)


def adult_support_wanted(on: str) -> AdultSupportApplied:
    return AdultSupportApplied(on=day(on))


def in_psychiatry(on: str) -> PsychiatryCourseStarted:
    return PsychiatryCourseStarted(on=day(on))


def psychiatry_ends(on: str) -> PsychiatryCourseEnding:
    return PsychiatryCourseEnding(on=day(on))


def network_meeting(on: str) -> NetworkMeetingHeld:
    return NetworkMeetingHeld(on=day(on))
