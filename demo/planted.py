"""What has gone wrong on purpose, and for how many: so that it can be seen whether the lists find it.

Of every hundred young people the same places hold something that has gone wrong, whatever the seed; so it is known
beforehand how often each failure stands in a municipality of any size. How handovers fail is told in the sources
(Ombudsmanden, Rigsrevisionen, Ankestyrelsen; docs/demo.md).
"""

from collections.abc import Callable

from demo.failing import children, education, guidance, responsibility, school, social, work
from demo.failing.kinds import Kind
from demo.life import Life

__all__ = ["PLANTED", "Kind"]

PLANTED: dict[Kind, tuple[Callable[[Life], None], int]] = {
    Kind.HANDOVER_NEVER_ANSWERED: (responsibility.handover_never_answered, 2),
    Kind.BREAK_OFF_WITHOUT_CONTACT: (education.break_off_without_contact, 2),
    Kind.CONTACT_BUT_NO_ACTIVITY: (education.contact_but_no_activity, 2),
    Kind.PLACED_AND_UNDECIDED: (social.placed_and_undecided, 2),
    Kind.SIXTEEN_AND_NOT_PREPARED: (social.sixteen_and_not_prepared, 1),
    Kind.EIGHTEEN_WITHOUT_DECISION: (social.eighteen_without_decision, 1),
    Kind.FGU_AND_NOTHING_SENT: (guidance.fgu_and_nothing_sent, 1),
    Kind.INTERVIEW_LATE: (work.interview_late, 1),
    Kind.NO_TEST: (work.no_test, 1),
    Kind.REFERRAL_NOT_TAKEN_OVER: (work.referral_not_taken_over, 1),
    Kind.THREE_ABSENCES: (work.three_absences, 1),
    Kind.NO_PROGRESSION: (work.no_progression, 1),
    Kind.GONE_QUIET: (work.gone_quiet, 1),
    Kind.CONTACT_PERSON_LEFT: (guidance.contact_person_left, 1),
    Kind.RESPONSIBILITY_OVERLAPS: (responsibility.responsibility_overlaps, 1),
    Kind.EIGHTEEN_AND_NOTHING_HANDED_OVER: (responsibility.eighteen_and_nothing_handed_over, 1),
    Kind.LATE_NEWS: (education.late_news, 1),
    Kind.PSYCHIATRY_AND_NO_MEETING: (social.psychiatry_and_no_meeting, 1),
    Kind.NOT_APPLIED: (school.not_applied, 1),
    Kind.ABSENCE_NOT_NOTIFIED: (school.absence_not_notified, 1),
    Kind.NO_RECEIPT: (children.no_receipt, 1),
    Kind.NO_FOLLOW_UP: (children.no_follow_up, 1),
    Kind.NO_YOUTH_PLAN: (children.no_youth_plan, 1),
    Kind.NEW_MUNICIPALITY_NOT_TOLD: (children.new_municipality_not_told, 1),
    Kind.NO_CONTACT_PERSON: (guidance.no_contact_person, 1),
    Kind.STU_PLAN_NOT_ADJUSTED: (guidance.stu_plan_not_adjusted, 1),
    Kind.TWENTY_FIVE_AND_STILL_WITH_UU: (guidance.twenty_five_and_still_with_uu, 1),
    Kind.TOO_FEW_INTERVIEWS: (work.too_few_interviews, 1),
    Kind.NO_SPECIAL_REVIEW: (work.no_special_review, 1),
    Kind.LEFT_MILEPAELEN_WITHOUT_RECEIVER: (work.left_milepaelen_without_receiver, 1),
}
"""Who tells such a life, and how many of every hundred young people have it."""
