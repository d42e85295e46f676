"""What can go wrong, and the lists on which it is to be seen."""

from enum import StrEnum


class Kind(StrEnum):
    """What has gone wrong."""

    HANDOVER_NEVER_ANSWERED = "handover-never-answered"
    BREAK_OFF_WITHOUT_CONTACT = "break-off-without-contact"
    CONTACT_BUT_NO_ACTIVITY = "contact-but-no-activity"
    PLACED_AND_UNDECIDED = "placed-and-undecided"
    SIXTEEN_AND_NOT_PREPARED = "sixteen-and-not-prepared"
    EIGHTEEN_WITHOUT_DECISION = "eighteen-without-decision"
    FGU_AND_NOTHING_SENT = "fgu-and-nothing-sent"
    INTERVIEW_LATE = "interview-late"
    NO_TEST = "no-test"
    REFERRAL_NOT_TAKEN_OVER = "referral-not-taken-over"
    THREE_ABSENCES = "three-absences"
    NO_PROGRESSION = "no-progression"
    GONE_QUIET = "gone-quiet"
    CONTACT_PERSON_LEFT = "contact-person-left"
    RESPONSIBILITY_OVERLAPS = "responsibility-overlaps"
    EIGHTEEN_AND_NOTHING_HANDED_OVER = "eighteen-and-nothing-handed-over"
    LATE_NEWS = "late-news"
    PSYCHIATRY_AND_NO_MEETING = "psychiatry-and-no-meeting"
    NOT_APPLIED = "not-applied"
    ABSENCE_NOT_NOTIFIED = "absence-not-notified"
    NO_RECEIPT = "no-receipt"
    NO_FOLLOW_UP = "no-follow-up"
    NO_YOUTH_PLAN = "no-youth-plan"
    NEW_MUNICIPALITY_NOT_TOLD = "new-municipality-not-told"
    NO_CONTACT_PERSON = "no-contact-person"
    STU_PLAN_NOT_ADJUSTED = "stu-plan-not-adjusted"
    TWENTY_FIVE_AND_STILL_WITH_UU = "twenty-five-and-still-with-uu"
    TOO_FEW_INTERVIEWS = "too-few-interviews"
    NO_SPECIAL_REVIEW = "no-special-review"
    LEFT_MILEPAELEN_WITHOUT_RECEIVER = "left-milepaelen-without-receiver"


class Seen(StrEnum):
    """Where something that has gone wrong is to be seen."""

    WORKLIST = "worklist"
    LATE_NEWS = "late-news"
    """On the worklist, marked as something that could not be known in time."""

    QUIET = "quiet"
    WITHOUT_CONTACT_PERSON = "without-contact-person"
    ABSENCE = "absence"
    PROGRESSION = "progression"
    RESPONSIBILITY = "responsibility"
    """On the young person's own page of who answers for what."""
