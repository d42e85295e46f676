"""What the sample files tell: each list once, in the order of the files, whichever dialect they are written in.

A dialect that knows less than another (a list of how things are now) tells a part of its list.
"""

from datetime import UTC, date, datetime
from uuid import UUID

from domain.choices import (
    ApplicationAnswer,
    Attendance,
    Benefit,
    Destination,
    Measure,
    Proposal,
    Readiness,
    TargetGround,
    TransitionTopic,
)
from domain.codes import Activity, ContactWay, Matter, Party, PlacementForm, Programme
from domain.events import (
    ActivityDutyExempted,
    ActivityDutyJudged,
    ActivityOffered,
    AdultPlanOffered,
    AdultSupportDecided,
    ApplicationAnswered,
    ApplicationSent,
    AttendanceMarked,
    BenefitApplied,
    BenefitChanged,
    BenefitEnded,
    BenefitStarted,
    ChildAssessmentFinished,
    ChildAssessmentOpened,
    ConcernAssessed,
    ConcernReceiptSent,
    ConcernReceived,
    ContactMade,
    ContactPersonNamed,
    ContactTried,
    EducationCompleted,
    EducationInterrupted,
    EducationPlanMade,
    EducationPlanRevised,
    EducationStarted,
    Enrolled,
    FguAssessed,
    GoalInOwnWords,
    GradeReached,
    GuidanceTalkHeld,
    HandoverSent,
    InterviewHeld,
    JobEnded,
    JobStarted,
    JourneyEvent,
    LeftSchool,
    MeasureEnded,
    MeasureFollowedUp,
    MeasureStarted,
    MentorEnded,
    MentorGranted,
    MilepaelenEnded,
    MilepaelenStarted,
    NetworkMeetingHeld,
    OrdinaryHoursEnded,
    OrdinaryHoursStarted,
    OverallDescriptionMade,
    PlacementEnded,
    PlacementStarted,
    PprInvolved,
    ProposalAnswered,
    ProposalSent,
    PsychiatryCourseEnding,
    PsychiatryCourseStarted,
    ReadinessJudged,
    ReferredToMilepaelen,
    SchoolChanged,
    SkillsTestTaken,
    SmallJobEnded,
    SmallJobStarted,
    SpecialReviewHeld,
    StuAssessed,
    StuCoursePlanAdjusted,
    StuOffered,
    TalkHeld,
    TargetedEffortAgreed,
    TargetGroupAssessed,
    ToldOfBreakOff,
    ToldOfDropOutRisk,
    TransitionPreparationBegun,
    TransitionPreparationFinished,
    UnlawfulAbsence,
    WorkPlacementEnded,
    WorkPlacementStarted,
    WorryingAbsence,
    YouthPlanMade,
    YouthPlanRevised,
    YouthSupportDecided,
)
from domain.text import FreeText, StaffId
from tests.intake.office import ANE, BO

COUNSELLOR = StaffId("mette-vejleder")
HANDOVER = UUID(int=23)
"""What the tests call every handover; the program works its id out from the source's."""

_CARPENTRY = Programme.VOCATIONAL
_STEADY = FreeText("Mod på at møde fast.")

SCHOOL: list[tuple[str, JourneyEvent]] = [
    (ANE, Enrolled(on=date(2022, 8, 10), grade=7)),
    (ANE, SchoolChanged(on=date(2023, 8, 14), grade=8)),
    (ANE, GradeReached(on=date(2024, 8, 12), grade=9)),
    (ANE, TargetedEffortAgreed(on=date(2024, 10, 3))),
    (ANE, PprInvolved(on=date(2024, 11, 20))),
    (ANE, LeftSchool(on=date(2025, 6, 27), grade=9)),
    (BO, GradeReached(on=date(2023, 8, 14), grade=10)),
]
ABSENCE: list[tuple[str, JourneyEvent]] = [
    (ANE, UnlawfulAbsence(on=date(2025, 1, 6), year=2024, quarter=4, percent=18)),
    (ANE, WorryingAbsence(on=date(2025, 1, 7), year=2024, quarter=4, days=21)),
]
UU: list[tuple[str, JourneyEvent]] = [
    (ANE, ContactPersonNamed(on=date(2025, 9, 1), staff=COUNSELLOR)),
    (
        ANE,
        GuidanceTalkHeld(
            on=date(2025, 9, 3), way=ContactWay.MEETING, agreed=FreeText("Vi taler igen i oktober;\r\nring først.")
        ),
    ),
    (ANE, EducationPlanMade(on=date(2025, 9, 10))),
    (ANE, ActivityDutyJudged(on=date(2025, 9, 10), met=False)),
    (ANE, ActivityDutyExempted(on=date(2025, 9, 15), review_on=date(2025, 12, 1))),
    (ANE, ApplicationSent(on=date(2026, 3, 1), programme=_CARPENTRY)),
    (ANE, ApplicationAnswered(on=date(2026, 5, 1), programme=_CARPENTRY, answer=ApplicationAnswer.PLACE_OFFERED)),
    (ANE, EducationStarted(on=date(2026, 8, 10), programme=_CARPENTRY)),
    (ANE, ToldOfDropOutRisk(on=date(2026, 9, 14), programme=_CARPENTRY)),
    (ANE, ToldOfBreakOff(on=date(2026, 10, 1), programme=_CARPENTRY)),
    (ANE, EducationInterrupted(on=date(2026, 10, 1), programme=_CARPENTRY)),
    (ANE, ContactTried(on=date(2026, 10, 5), way=ContactWay.TEXT_MESSAGE)),
    (ANE, ContactMade(on=date(2026, 10, 7), way=ContactWay.PHONE)),
    (ANE, ActivityOffered(on=date(2026, 10, 12), activity=Activity.WORK_PLACEMENT)),
    (ANE, FguAssessed(on=date(2026, 10, 13), in_target_group=True)),
    (ANE, StuAssessed(on=date(2026, 10, 13), in_target_group=False)),
    (ANE, EducationPlanRevised(on=date(2026, 10, 14))),
    (ANE, GoalInOwnWords(on=date(2026, 10, 14), words=FreeText("Jeg vil være tømrer."))),
    (BO, StuOffered(on=date(2026, 6, 1), choice_of_places=True)),
    (BO, StuCoursePlanAdjusted(on=date(2026, 9, 2))),
    (BO, EducationCompleted(on=date(2026, 6, 26), programme=Programme.TENTH_GRADE)),
    (BO, ReferredToMilepaelen(on=date(2026, 10, 5), by=Party.UU, purpose=_STEADY)),
    (
        ANE,
        HandoverSent(
            on=date(2026, 11, 1),
            handover_id=HANDOVER,
            matter=Matter.GUIDANCE,
            giver=Party.UU,
            receiver=Party.EDUCATION,
            answer_by=date(2026, 11, 15),
            note=FreeText("Ring først."),
        ),
    ),
]
SOCIAL: list[tuple[str, JourneyEvent]] = [
    # In winter the Danish clock is one hour ahead of UTC.
    (ANE, ConcernReceived(on=date(2025, 2, 3), at=datetime(2025, 2, 3, 7, 15, tzinfo=UTC))),
    (ANE, ConcernAssessed(on=date(2025, 2, 3), at=datetime(2025, 2, 3, 13, 30, tzinfo=UTC), acute=False)),
    (ANE, ConcernReceiptSent(on=date(2025, 2, 5))),
    (ANE, ChildAssessmentOpened(on=date(2025, 2, 10))),
    (ANE, ChildAssessmentFinished(on=date(2025, 6, 2))),
    (ANE, MeasureStarted(on=date(2025, 6, 15), measure=Measure.CONTACT_PERSON)),
    (ANE, MeasureStarted(on=date(2025, 6, 15), measure=Measure.RESPITE_CARE)),
    (ANE, MeasureFollowedUp(on=date(2025, 9, 15), measure=Measure.CONTACT_PERSON, next_on=date(2026, 3, 15))),
    (ANE, MeasureEnded(on=date(2026, 6, 1), measure=Measure.RESPITE_CARE)),
    (ANE, PlacementStarted(on=date(2025, 7, 1), form=PlacementForm.FOSTER_FAMILY)),
    (BO, PlacementStarted(on=date(2020, 2, 1), form=PlacementForm.CHILDREN_AND_YOUTH_HOME)),
    (BO, PlacementEnded(on=date(2025, 5, 1))),
    (ANE, YouthPlanMade(on=date(2025, 8, 20))),
    (ANE, YouthPlanRevised(on=date(2026, 2, 20))),
    (ANE, TargetGroupAssessed(on=date(2025, 4, 1), ground=TargetGround.DISABILITY)),
    (ANE, TransitionPreparationBegun(on=date(2025, 4, 15))),
    (
        ANE,
        TransitionPreparationFinished(
            on=date(2026, 10, 1),
            topics=(TransitionTopic.EDUCATION, TransitionTopic.WORK_AND_INCOME, TransitionTopic.HOUSING),
        ),
    ),
    (BO, YouthSupportDecided(on=date(2024, 11, 1), granted=True)),
    (BO, AdultPlanOffered(on=date(2025, 5, 20))),
    (BO, AdultSupportDecided(on=date(2025, 6, 1), granted=False)),
]
EMPLOYMENT: list[tuple[str, JourneyEvent]] = [
    (BO, ReadinessJudged(on=date(2025, 6, 2), readiness=Readiness.READY_FOR_ACTIVITY)),
    (BO, SkillsTestTaken(on=date(2025, 6, 10))),
    (BO, InterviewHeld(on=date(2025, 6, 12), also_there=(Party.UU, Party.BENEFITS))),
    (BO, MentorGranted(on=date(2025, 6, 15))),
    (BO, WorkPlacementStarted(on=date(2025, 8, 1))),
    (BO, WorkPlacementEnded(on=date(2025, 9, 26))),
    (BO, SmallJobStarted(on=date(2025, 10, 1), hours_per_week=6)),
    (BO, SmallJobEnded(on=date(2025, 11, 30))),
    (BO, OrdinaryHoursStarted(on=date(2025, 12, 1), hours_per_week=12)),
    (BO, OrdinaryHoursEnded(on=date(2026, 1, 31))),
    (BO, MentorEnded(on=date(2026, 1, 31))),
    (BO, SpecialReviewHeld(on=date(2026, 2, 15))),
    (BO, OverallDescriptionMade(on=date(2026, 3, 1))),
    (BO, ReferredToMilepaelen(on=date(2026, 3, 15), by=Party.EMPLOYMENT, purpose=_STEADY)),
    (BO, ProposalAnswered(on=date(2026, 8, 20), followed=True)),
    (BO, JobStarted(on=date(2026, 9, 1), hours_per_week=37)),
    (BO, JobEnded(on=date(2026, 10, 31))),
]
BENEFITS: list[tuple[str, JourneyEvent]] = [
    (BO, BenefitApplied(on=date(2025, 5, 5), benefit=Benefit.CASH_BENEFIT)),
    (BO, BenefitStarted(on=date(2025, 5, 12), benefit=Benefit.CASH_BENEFIT)),
    (BO, BenefitChanged(on=date(2026, 3, 1), benefit=Benefit.SICKNESS_BENEFIT)),
    (BO, BenefitEnded(on=date(2026, 8, 31), benefit=Benefit.SICKNESS_BENEFIT)),
    (ANE, BenefitStarted(on=date(2026, 11, 1), benefit=Benefit.DISABILITY_PENSION)),
]
HEALTH: list[tuple[str, JourneyEvent]] = [
    (ANE, PsychiatryCourseStarted(on=date(2025, 12, 2))),
    (ANE, PsychiatryCourseEnding(on=date(2026, 10, 1))),
    (ANE, NetworkMeetingHeld(on=date(2026, 10, 20))),
]
MILEPAELEN: list[tuple[str, JourneyEvent]] = [
    (BO, MilepaelenStarted(on=date(2026, 4, 1))),
    (
        BO,
        TalkHeld(on=date(2026, 4, 15), next_on=date(2026, 4, 29), agreed=FreeText("Møder til tiden hver dag.")),
    ),
    (BO, TalkHeld(on=date(2026, 4, 29))),
    (
        BO,
        ProposalSent(
            on=date(2026, 8, 10), proposal=Proposal.WORK_PLACEMENT, why=FreeText("Klar til at prøve sig selv af.")
        ),
    ),
    (BO, MilepaelenEnded(on=date(2026, 8, 28), destination=Destination.JOB)),
]
ATTENDANCE: list[tuple[str, JourneyEvent]] = [
    (BO, AttendanceMarked(on=date(2026, 6, 1), attendance=Attendance.MET)),
    (BO, AttendanceMarked(on=date(2026, 6, 2), attendance=Attendance.SICK)),
    (BO, AttendanceMarked(on=date(2026, 6, 3), attendance=Attendance.STAYED_AWAY)),
    (ANE, AttendanceMarked(on=date(2026, 6, 3), attendance=Attendance.AGREED_ABSENCE)),
    (ANE, AttendanceMarked(on=date(2026, 6, 4), attendance=Attendance.MET)),
]

TOLD_BY = {
    "school-events": SCHOOL,
    "school-pupils-b": SCHOOL,
    "school-absence": ABSENCE,
    "school-unlawful-b": ABSENCE,
    "school-worrying-b": ABSENCE,
    "uu-events": UU,
    "uu-events-b": UU,
    "social-events": SOCIAL,
    "social-list-b": SOCIAL,
    "social-plans-b": SOCIAL,
    "social-adults-b": SOCIAL,
    "employment-events": EMPLOYMENT,
    "employment-events-b": EMPLOYMENT,
    "benefits-events": BENEFITS,
    "benefits-list-b": BENEFITS,
    "health-events": HEALTH,
    "health-events-b": HEALTH,
    "milepaelen-events": MILEPAELEN,
    "milepaelen-events-b": MILEPAELEN,
    "milepaelen-attendance": ATTENDANCE,
    "milepaelen-attendance-b": ATTENDANCE,
}
