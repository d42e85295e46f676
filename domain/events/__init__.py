"""What can happen.

These classes are kept for decades: `eventlog/names.py` says under which name. Add a class, or add a field
with a default. Never rename a field and never change what one means.

`on` is the day it happened in the world. When the municipality knew, and when the log got it, belong to
the entry around the event. No names, no CPR numbers.
"""

from domain.events.handover import (
    HandedItem,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverTakenOver,
    HandoverWithdrawn,
)
from domain.events.journey import (
    BenefitReasonGiven,
    BirthDateCorrected,
    EducationReasonGiven,
    JourneyStarted,
    ResponsibilityEstablished,
    SocialReasonGiven,
)
from domain.events.meeting import DecisionTaken, MeetingCalled, PersonPutOnAgenda
from domain.events.milepaelen import MilepaelenStarted, ReferredToMilepaelen
from domain.events.municipality import RulesLoaded
from domain.events.shared import GoalInOwnWords, PlanStepAgreed, PlanStepDone
from domain.events.social import PlacementEnded, PlacementStarted, YouthSupportDecided
from domain.events.uu import ActivityOffered, ContactMade, ContactTried, EducationStarted, ToldOfBreakOff

JourneyEvent = (
    JourneyStarted
    | EducationReasonGiven
    | SocialReasonGiven
    | BenefitReasonGiven
    | BirthDateCorrected
    | ResponsibilityEstablished
    | ToldOfBreakOff
    | ContactTried
    | ContactMade
    | ActivityOffered
    | EducationStarted
    | PlacementStarted
    | PlacementEnded
    | YouthSupportDecided
    | ReferredToMilepaelen
    | MilepaelenStarted
    | GoalInOwnWords
    | PlanStepAgreed
    | PlanStepDone
    | HandoverSent
    | HandoverSeen
    | HandoverTakenOver
    | HandoverReturned
    | HandoverWithdrawn
)
ReasonGiven = EducationReasonGiven | SocialReasonGiven | BenefitReasonGiven
"""Why somebody is followed, in the class whose readers may know it."""

MeetingEvent = MeetingCalled | PersonPutOnAgenda | DecisionTaken
Event = JourneyEvent | MeetingEvent | RulesLoaded

__all__ = [
    "ActivityOffered",
    "BenefitReasonGiven",
    "BirthDateCorrected",
    "ContactMade",
    "ContactTried",
    "DecisionTaken",
    "EducationReasonGiven",
    "EducationStarted",
    "Event",
    "GoalInOwnWords",
    "HandedItem",
    "HandoverReturned",
    "HandoverSeen",
    "HandoverSent",
    "HandoverTakenOver",
    "HandoverWithdrawn",
    "JourneyEvent",
    "JourneyStarted",
    "MeetingCalled",
    "MeetingEvent",
    "MilepaelenStarted",
    "PersonPutOnAgenda",
    "PlacementEnded",
    "PlacementStarted",
    "PlanStepAgreed",
    "PlanStepDone",
    "ReasonGiven",
    "ReferredToMilepaelen",
    "ResponsibilityEstablished",
    "RulesLoaded",
    "SocialReasonGiven",
    "ToldOfBreakOff",
    "YouthSupportDecided",
]
