"""The codes that events, rules and rows share. Danish words for them live with the pages.

Codes are kept in the log for decades: add, never rename, never reuse.
"""

from enum import StrEnum


class Party(StrEnum):
    """A role in the coordinated effort. Units and names come from the municipality's own file."""

    SCHOOL = "school"
    UU = "uu"
    CHILD_SOCIAL = "child_social"
    ADULT_SOCIAL = "adult_social"
    EMPLOYMENT = "employment"
    BENEFITS = "benefits"
    HEALTH = "health"
    MILEPAELEN = "milepaelen"
    EDUCATION = "education"
    MUNICIPALITY = "municipality"


class Matter(StrEnum):
    """What somebody always is responsible for. Until a receiver takes over, the giver still is."""

    SCHOOLING = "schooling"
    GUIDANCE = "guidance"
    CHILD_SUPPORT = "child_support"
    ADULT_SUPPORT = "adult_support"
    INCOME_AND_WORK = "income_and_work"
    COORDINATION = "coordination"


class KeyGroup(StrEnum):
    """Which key closes an entry: a role that may not open a group cannot decrypt it."""

    OPEN = "open"
    EDUCATION = "education"
    SOCIAL = "social"
    HEALTH = "health"
    WORK = "work"
    IDENTITY = "identity"
    SYSTEM = "system"


class DataClass(StrEnum):
    """What kind of information a fact is; the access table speaks of these."""

    MASTER = "master"
    SCHOOLING = "schooling"
    ABSENCE = "absence"
    EDUCATION = "education"
    CONCERN = "concern"
    SOCIAL = "social"
    HEALTH = "health"
    EMPLOYMENT = "employment"
    BENEFIT = "benefit"
    HANDOVER = "handover"
    PLAN = "plan"
    VOICE = "voice"
    SYSTEM = "system"

    @property
    def group(self) -> KeyGroup:
        """The key group that every fact of this class is closed with."""
        return _GROUP_OF[self]


_GROUP_OF = {
    DataClass.MASTER: KeyGroup.OPEN,
    DataClass.HANDOVER: KeyGroup.OPEN,
    DataClass.PLAN: KeyGroup.OPEN,
    DataClass.VOICE: KeyGroup.OPEN,
    DataClass.SCHOOLING: KeyGroup.EDUCATION,
    DataClass.ABSENCE: KeyGroup.EDUCATION,
    DataClass.EDUCATION: KeyGroup.EDUCATION,
    DataClass.CONCERN: KeyGroup.SOCIAL,
    DataClass.SOCIAL: KeyGroup.SOCIAL,
    DataClass.HEALTH: KeyGroup.HEALTH,
    DataClass.EMPLOYMENT: KeyGroup.WORK,
    DataClass.BENEFIT: KeyGroup.WORK,
    DataClass.SYSTEM: KeyGroup.SYSTEM,
}


class StreamKind(StrEnum):
    """The three kinds of streams in the log."""

    JOURNEY = "journey"
    MEETING = "meeting"
    MUNICIPALITY = "municipality"


class StartReason(StrEnum):
    """Why a young person is followed. Nobody is registered for their age alone."""

    EDUCATION_NEED = "education-need"
    SOCIAL_SUPPORT = "social-support"
    PLACED = "placed"
    CASH_BENEFIT = "cash-benefit"
    NEWCOMER = "newcomer"


class Programme(StrEnum):
    """An education or course that a young person is in."""

    LOWER_SECONDARY = "lower-secondary"
    TENTH_GRADE = "tenth-grade"
    GENERAL_UPPER_SECONDARY = "general-upper-secondary"
    VOCATIONAL = "vocational"
    FGU = "fgu"
    STU = "stu"
    HIGHER = "higher"
    OTHER = "other"


class ContactWay(StrEnum):
    """How contact was tried or made."""

    PHONE = "phone"
    TEXT_MESSAGE = "text-message"
    LETTER = "letter"
    VISIT = "visit"
    MEETING = "meeting"


class Activity(StrEnum):
    """What a 15-17-year-old can do instead of the activity that broke off (KUI-lov § 2 a)."""

    EDUCATION = "education"
    FGU = "fgu"
    JOB = "job"
    WORK_PLACEMENT = "work-placement"
    GUIDANCE_COURSE = "guidance-course"
    OTHER = "other"


class PlacementForm(StrEnum):
    """Where a young person lives who is placed outside the home."""

    FOSTER_FAMILY = "foster-family"
    CHILDREN_AND_YOUTH_HOME = "children-and-youth-home"
    OWN_ROOM = "own-room"
    OTHER = "other"


class ReturnReason(StrEnum):
    """Why a receiver does not take over."""

    WRONG_RECEIVER = "wrong-receiver"
    MISSING_INFORMATION = "missing-information"
    NOT_IN_TARGET_GROUP = "not-in-target-group"
    OTHER = "other"


class AgendaReason(StrEnum):
    """Why a young person is on the agenda of a meeting."""

    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    HANDOVER_WAITING = "handover-waiting"
    TURNING_18 = "turning-18"
    WISHED = "wished"


class DecisionKind(StrEnum):
    """What a meeting's decision became on the journey."""

    PLAN_STEP = "plan-step"
    HANDOVER = "handover"
