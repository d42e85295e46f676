"""What can happen.

These classes are kept for decades: `eventlog/names.py` says under which name, and `tests/eventlog/golden/` holds
each of them to the bytes it was first written with. Add a class. Never add, rename or reorder a field, and never
change what one means: a new shape is a new class under the next name.

`on` is the day it happened in the world. When the municipality knew, and when the log got it, belong to
the entry around the event. No names, no CPR numbers. What is said of a type stands above its class.
"""

from domain.events.handover import (
    HandedItem,
    HandoverPlanned,
    HandoverReceiptRecorded,
    HandoverReplaced,
    HandoverReplacementExplained,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverSentOutside,
    HandoverTakenOver,
    HandoverWithdrawn,
)
from domain.events.health import (
    NetworkMeetingHeld,
    PsychiatryCourseEnding,
    PsychiatryCourseStarted,
)
from domain.events.journey import (
    AddressProtectionLifted,
    AddressProtectionSet,
    BenefitReasonGiven,
    BirthDateCorrected,
    EducationReasonGiven,
    FactWithdrawn,
    JoinedIntoOtherFile,
    JourneyClosed,
    JourneyReopened,
    JourneyStarted,
    MovedIn,
    MovedOut,
    NewcomerArrived,
    OtherFileJoined,
    OtherFileParted,
    PartedFromOtherFile,
    ResponsibilityEstablished,
    SocialReasonGiven,
)
from domain.events.meeting import (
    DecisionTaken,
    MeetingCalled,
    PersonPutOnAgenda,
)
from domain.events.milepaelen import (
    AttendanceMarked,
    ContactAfterMilepaelen,
    GoalReached,
    GoalReworded,
    GoalSet,
    MilepaelenEnded,
    MilepaelenStarted,
    ProgressionMeasured,
    ProposalAnswered,
    ProposalSent,
    ReferredToMilepaelen,
    SubGoalSet,
    TalkHeld,
)
from domain.events.municipality import (
    RulesLoaded,
)
from domain.events.school import (
    AbsenceNotified,
    Enrolled,
    GradeReached,
    LeftSchool,
    ParentsWarned,
    PprInvolved,
    SchoolChanged,
    SpecialEffortNeeded,
    TargetedEffortAgreed,
    UnlawfulAbsence,
    WorryingAbsence,
)
from domain.events.shared import (
    AgendaItemWished,
    Checked,
    ClockPaused,
    ClockResumed,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    GoalInOwnWords,
    LeadCoordinatorNamed,
    PlanStepAgreed,
    PlanStepDone,
    PlanStepDropped,
    PlanStepMoved,
    PlanStepWaits,
    ViewOnPlanGiven,
)
from domain.events.social import (
    AdultPlanOffered,
    AdultSupportApplied,
    AdultSupportDecided,
    ChildAssessmentFinished,
    ChildAssessmentOpened,
    ConcernAssessed,
    ConcernReceiptSent,
    ConcernReceived,
    MeasureEnded,
    MeasureFollowedUp,
    MeasureStarted,
    NewMunicipalityNotified,
    PlacementEnded,
    PlacementFollowedUp,
    PlacementStarted,
    PreliminaryAssessmentMade,
    TargetGroupAssessed,
    TransitionMeetingHeld,
    TransitionPreparationBegun,
    TransitionPreparationFinished,
    YouthPlanMade,
    YouthPlanNeedJudged,
    YouthPlanRevised,
    YouthSupportDecided,
)
from domain.events.uu import (
    ActivityDutyExempted,
    ActivityDutyJudged,
    ActivityOffered,
    ApplicationAnswered,
    ApplicationSent,
    ContactMade,
    ContactPersonNamed,
    ContactTried,
    EducationCompleted,
    EducationInterrupted,
    EducationPlanMade,
    EducationPlanRevised,
    EducationStarted,
    FguAssessed,
    GuidanceTalkHeld,
    StuAssessed,
    StuCoursePlanAdjusted,
    StuOffered,
    ToldOfBreakOff,
    ToldOfDropOutRisk,
)
from domain.events.work import (
    BenefitApplied,
    BenefitChanged,
    BenefitEnded,
    BenefitStarted,
    InterviewHeld,
    JobEnded,
    JobStarted,
    MentorEnded,
    MentorGranted,
    OrdinaryHoursEnded,
    OrdinaryHoursStarted,
    OverallDescriptionMade,
    ReadinessJudged,
    SkillsTestTaken,
    SmallJobEnded,
    SmallJobStarted,
    SpecialReviewHeld,
    WorkPlacementEnded,
    WorkPlacementStarted,
)

CourseEvent = (
    JourneyStarted
    | EducationReasonGiven
    | SocialReasonGiven
    | BenefitReasonGiven
    | BirthDateCorrected
    | MovedIn
    | MovedOut
    | NewcomerArrived
    | AddressProtectionSet
    | AddressProtectionLifted
    | ResponsibilityEstablished
    | JourneyClosed
    | JourneyReopened
    | OtherFileJoined
    | JoinedIntoOtherFile
    | OtherFileParted
    | PartedFromOtherFile
    | FactWithdrawn
)
SchoolEvent = (
    Enrolled
    | SchoolChanged
    | GradeReached
    | UnlawfulAbsence
    | WorryingAbsence
    | ParentsWarned
    | AbsenceNotified
    | SpecialEffortNeeded
    | TargetedEffortAgreed
    | PprInvolved
    | LeftSchool
)
UuEvent = (
    GuidanceTalkHeld
    | EducationPlanMade
    | EducationPlanRevised
    | ActivityDutyJudged
    | ActivityDutyExempted
    | ToldOfDropOutRisk
    | ToldOfBreakOff
    | ContactTried
    | ContactMade
    | ActivityOffered
    | FguAssessed
    | StuAssessed
    | StuOffered
    | StuCoursePlanAdjusted
    | ApplicationSent
    | ApplicationAnswered
    | EducationStarted
    | EducationInterrupted
    | EducationCompleted
    | ContactPersonNamed
)
SocialEvent = (
    ConcernReceived
    | ConcernAssessed
    | ConcernReceiptSent
    | ChildAssessmentOpened
    | PreliminaryAssessmentMade
    | ChildAssessmentFinished
    | MeasureStarted
    | MeasureFollowedUp
    | MeasureEnded
    | PlacementStarted
    | PlacementFollowedUp
    | PlacementEnded
    | YouthPlanNeedJudged
    | YouthPlanMade
    | YouthPlanRevised
    | TargetGroupAssessed
    | TransitionPreparationBegun
    | TransitionPreparationFinished
    | TransitionMeetingHeld
    | YouthSupportDecided
    | AdultPlanOffered
    | AdultSupportApplied
    | AdultSupportDecided
    | NewMunicipalityNotified
)
WorkEvent = (
    BenefitApplied
    | BenefitStarted
    | BenefitChanged
    | BenefitEnded
    | InterviewHeld
    | ReadinessJudged
    | SkillsTestTaken
    | WorkPlacementStarted
    | WorkPlacementEnded
    | SmallJobStarted
    | SmallJobEnded
    | OrdinaryHoursStarted
    | OrdinaryHoursEnded
    | MentorGranted
    | MentorEnded
    | SpecialReviewHeld
    | OverallDescriptionMade
    | JobStarted
    | JobEnded
)
HealthEvent = PsychiatryCourseStarted | PsychiatryCourseEnding | NetworkMeetingHeld
MilepaelenEvent = (
    ReferredToMilepaelen
    | MilepaelenStarted
    | AttendanceMarked
    | TalkHeld
    | GoalSet
    | SubGoalSet
    | GoalReworded
    | GoalReached
    | ProgressionMeasured
    | ProposalSent
    | ProposalAnswered
    | MilepaelenEnded
    | ContactAfterMilepaelen
)
SharedEvent = (
    GoalInOwnWords
    | ViewOnPlanGiven
    | ConsentGiven
    | ConsentRefused
    | ConsentWithdrawn
    | LeadCoordinatorNamed
    | PlanStepAgreed
    | PlanStepMoved
    | PlanStepWaits
    | PlanStepDone
    | PlanStepDropped
    | Checked
    | AgendaItemWished
    | ClockPaused
    | ClockResumed
)
HandoverEvent = (
    HandoverPlanned
    | HandoverSent
    | HandoverSeen
    | HandoverTakenOver
    | HandoverReturned
    | HandoverWithdrawn
    | HandoverReplaced
    | HandoverReplacementExplained
    | HandoverSentOutside
    | HandoverReceiptRecorded
)
JourneyEvent = (
    CourseEvent
    | SchoolEvent
    | UuEvent
    | SocialEvent
    | WorkEvent
    | HealthEvent
    | MilepaelenEvent
    | SharedEvent
    | HandoverEvent
)
ReasonGiven = EducationReasonGiven | SocialReasonGiven | BenefitReasonGiven
"""Why somebody is followed, in the class whose readers may know it."""

MeetingEvent = MeetingCalled | PersonPutOnAgenda | DecisionTaken
Event = JourneyEvent | MeetingEvent | RulesLoaded

__all__ = [
    "AbsenceNotified",
    "ActivityDutyExempted",
    "ActivityDutyJudged",
    "ActivityOffered",
    "AddressProtectionLifted",
    "AddressProtectionSet",
    "AdultPlanOffered",
    "AdultSupportApplied",
    "AdultSupportDecided",
    "AgendaItemWished",
    "ApplicationAnswered",
    "ApplicationSent",
    "AttendanceMarked",
    "BenefitApplied",
    "BenefitChanged",
    "BenefitEnded",
    "BenefitReasonGiven",
    "BenefitStarted",
    "BirthDateCorrected",
    "Checked",
    "ChildAssessmentFinished",
    "ChildAssessmentOpened",
    "ClockPaused",
    "ClockResumed",
    "ConcernAssessed",
    "ConcernReceiptSent",
    "ConcernReceived",
    "ConsentGiven",
    "ConsentRefused",
    "ConsentWithdrawn",
    "ContactAfterMilepaelen",
    "ContactMade",
    "ContactPersonNamed",
    "ContactTried",
    "CourseEvent",
    "DecisionTaken",
    "EducationCompleted",
    "EducationInterrupted",
    "EducationPlanMade",
    "EducationPlanRevised",
    "EducationReasonGiven",
    "EducationStarted",
    "Enrolled",
    "Event",
    "FactWithdrawn",
    "FguAssessed",
    "GoalInOwnWords",
    "GoalReached",
    "GoalReworded",
    "GoalSet",
    "GradeReached",
    "GuidanceTalkHeld",
    "HandedItem",
    "HandoverEvent",
    "HandoverPlanned",
    "HandoverReceiptRecorded",
    "HandoverReplaced",
    "HandoverReplacementExplained",
    "HandoverReturned",
    "HandoverSeen",
    "HandoverSent",
    "HandoverSentOutside",
    "HandoverTakenOver",
    "HandoverWithdrawn",
    "HealthEvent",
    "InterviewHeld",
    "JobEnded",
    "JobStarted",
    "JoinedIntoOtherFile",
    "JourneyClosed",
    "JourneyEvent",
    "JourneyReopened",
    "JourneyStarted",
    "LeadCoordinatorNamed",
    "LeftSchool",
    "MeasureEnded",
    "MeasureFollowedUp",
    "MeasureStarted",
    "MeetingCalled",
    "MeetingEvent",
    "MentorEnded",
    "MentorGranted",
    "MilepaelenEnded",
    "MilepaelenEvent",
    "MilepaelenStarted",
    "MovedIn",
    "MovedOut",
    "NetworkMeetingHeld",
    "NewMunicipalityNotified",
    "NewcomerArrived",
    "OrdinaryHoursEnded",
    "OrdinaryHoursStarted",
    "OtherFileJoined",
    "OtherFileParted",
    "OverallDescriptionMade",
    "ParentsWarned",
    "PartedFromOtherFile",
    "PersonPutOnAgenda",
    "PlacementEnded",
    "PlacementFollowedUp",
    "PlacementStarted",
    "PlanStepAgreed",
    "PlanStepDone",
    "PlanStepDropped",
    "PlanStepMoved",
    "PlanStepWaits",
    "PprInvolved",
    "PreliminaryAssessmentMade",
    "ProgressionMeasured",
    "ProposalAnswered",
    "ProposalSent",
    "PsychiatryCourseEnding",
    "PsychiatryCourseStarted",
    "ReadinessJudged",
    "ReasonGiven",
    "ReferredToMilepaelen",
    "ResponsibilityEstablished",
    "RulesLoaded",
    "SchoolChanged",
    "SchoolEvent",
    "SharedEvent",
    "SkillsTestTaken",
    "SmallJobEnded",
    "SmallJobStarted",
    "SocialEvent",
    "SocialReasonGiven",
    "SpecialEffortNeeded",
    "SpecialReviewHeld",
    "StuAssessed",
    "StuCoursePlanAdjusted",
    "StuOffered",
    "SubGoalSet",
    "TalkHeld",
    "TargetGroupAssessed",
    "TargetedEffortAgreed",
    "ToldOfBreakOff",
    "ToldOfDropOutRisk",
    "TransitionMeetingHeld",
    "TransitionPreparationBegun",
    "TransitionPreparationFinished",
    "UnlawfulAbsence",
    "UuEvent",
    "ViewOnPlanGiven",
    "WorkEvent",
    "WorkPlacementEnded",
    "WorkPlacementStarted",
    "WorryingAbsence",
    "YouthPlanMade",
    "YouthPlanNeedJudged",
    "YouthPlanRevised",
    "YouthSupportDecided",
]
