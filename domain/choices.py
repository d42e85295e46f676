"""What can be chosen in the fields of single types of events. Danish words for them live with the pages.

Codes are kept in the log for decades: add, never rename, never reuse.
"""

from enum import StrEnum


class NewcomerGround(StrEnum):
    """How a young person came to be new in Denmark."""

    REFUGEE = "refugee"
    FAMILY_REUNIFIED = "family-reunified"
    UNACCOMPANIED = "unaccompanied"
    OTHER = "other"


class CloseReason(StrEnum):
    """Why nobody follows the young person any longer."""

    NO_LONGER_NEEDED = "no-longer-needed"
    TURNED_30 = "turned-30"
    MOVED_AWAY = "moved-away"
    DEAD = "dead"


class WithdrawReason(StrEnum):
    """Why something that was recorded does not count."""

    DID_NOT_HAPPEN = "did-not-happen"
    RECORDED_TWICE = "recorded-twice"
    OTHER_PERSON = "other-person"
    FILES_JOINED = "files-joined"
    FILES_PARTED = "files-parted"


class ApplicationAnswer(StrEnum):
    """What came of an application."""

    PLACE_OFFERED = "place-offered"
    WAITING_LIST = "waiting-list"
    REJECTED = "rejected"


class Measure(StrEnum):
    """Support from a social department while the young person lives at home or alone."""

    CONTACT_PERSON = "contact-person"
    FAMILY_SUPPORT = "family-support"
    RESPITE_CARE = "respite-care"
    HOME_SUPPORT = "home-support"
    MENTORING = "mentoring"
    OTHER = "other"


class TargetGround(StrEnum):
    """Why somebody is in the target group for a prepared transition (barnets lov § 122)."""

    DISABILITY = "disability"
    CHRONIC_ILLNESS = "chronic-illness"
    NOT_IN_TARGET_GROUP = "not-in-target-group"


class TransitionTopic(StrEnum):
    """The six things that a prepared transition has considered (barnets lov § 123, stk. 2)."""

    SUPPORT = "support"
    EDUCATION = "education"
    WORK_AND_INCOME = "work-and-income"
    HOUSING = "housing"
    SOCIAL_MATTERS = "social-matters"
    OTHER = "other"


class Benefit(StrEnum):
    """What somebody lives on."""

    CASH_BENEFIT = "cash-benefit"
    UNEMPLOYMENT_BENEFIT = "unemployment-benefit"
    SICKNESS_BENEFIT = "sickness-benefit"
    STUDENT_GRANT = "student-grant"
    DISABILITY_PENSION = "disability-pension"
    OTHER = "other"


class Readiness(StrEnum):
    """How near somebody on cash benefit is to education or work (BEK 801/2025)."""

    READY_FOR_EDUCATION = "ready-for-education"
    PLAINLY_READY_FOR_EDUCATION = "plainly-ready-for-education"
    READY_FOR_JOB = "ready-for-job"
    READY_FOR_ACTIVITY = "ready-for-activity"


class Attendance(StrEnum):
    """Whether somebody came to Milepælen that day."""

    MET = "met"
    SICK = "sick"
    AGREED_ABSENCE = "agreed-absence"
    STAYED_AWAY = "stayed-away"


class Proposal(StrEnum):
    """What Milepælen proposes that comes next."""

    EDUCATION = "education"
    JOB = "job"
    WORK_PLACEMENT = "work-placement"
    SMALL_JOB = "small-job"
    LONGER_AT_MILEPAELEN = "longer-at-milepaelen"
    OTHER_SUPPORT = "other-support"


class Destination(StrEnum):
    """Where somebody goes from Milepælen."""

    EDUCATION = "education"
    JOB = "job"
    OTHER_OFFER = "other-offer"
    ADULT_SUPPORT = "adult-support"
    UNKNOWN = "unknown"


class ViewOnPlan(StrEnum):
    """What the young person says of the common plan."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    COULD_NOT_ANSWER = "could-not-answer"


class Consenter(StrEnum):
    """Who consents. A parent's consent ends on the young person's 18th birthday."""

    YOUNG_PERSON = "young-person"
    PARENT = "parent"


class ConsentScope(StrEnum):
    """What is consented to."""

    SHARING_BETWEEN_DEPARTMENTS = "sharing-between-departments"
    SHARING_WITH_SCHOOL = "sharing-with-school"
    SHARING_WITH_HEALTH = "sharing-with-health"
    JOINT_PLAN = "joint-plan"
    TRANSITION_MEETING = "transition-meeting"


class PauseReason(StrEnum):
    """Why a clock stands still for a while."""

    SUMMER_BREAK = "summer-break"
    ILLNESS = "illness"
    WAITING_FOR_COMPLAINT = "waiting-for-complaint"
    OTHER = "other"


class Outside(StrEnum):
    """Somebody outside the municipality who takes over and has no login here (domain/outside.py)."""

    EDUCATION_INSTITUTION = "education-institution"
    PSYCHIATRY = "psychiatry"


class Confirmer(StrEnum):
    """Who, at a place without a login, says that a handover has arrived: their work, never their name."""

    COUNSELLOR = "counsellor"
    TEACHER = "teacher"
    PRACTITIONER = "practitioner"
    OFFICE = "office"
    LEADER = "leader"


class ReceiptWay(StrEnum):
    """How it was confirmed that a handover has arrived."""

    LETTER = "letter"
    PHONE = "phone"
    MEETING = "meeting"
    SECURE_MAIL = "secure-mail"
