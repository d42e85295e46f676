"""What has gone wrong on purpose, and for how many: so that it can be seen whether the lists find it.

Of every hundred young people the same places hold something that has gone wrong, whatever the seed; so it is known
beforehand how often each failure stands in a municipality of any size. How handovers fail is told in the sources
(Ombudsmanden, Rigsrevisionen, Ankestyrelsen; docs/demo.md).
"""

from collections.abc import Callable

from demo.failing import education, responsibility, social, work
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
    Kind.FGU_AND_NOTHING_SENT: (education.fgu_and_nothing_sent, 1),
    Kind.INTERVIEW_LATE: (work.interview_late, 1),
    Kind.NO_TEST: (work.no_test, 1),
    Kind.REFERRAL_NOT_TAKEN_OVER: (work.referral_not_taken_over, 1),
    Kind.THREE_ABSENCES: (work.three_absences, 1),
    Kind.NO_PROGRESSION: (work.no_progression, 1),
    Kind.GONE_QUIET: (work.gone_quiet, 1),
    Kind.CONTACT_PERSON_LEFT: (education.contact_person_left, 1),
    Kind.RESPONSIBILITY_OVERLAPS: (responsibility.responsibility_overlaps, 1),
    Kind.EIGHTEEN_AND_NOTHING_HANDED_OVER: (responsibility.eighteen_and_nothing_handed_over, 1),
    Kind.LATE_NEWS: (education.late_news, 1),
    Kind.PSYCHIATRY_AND_NO_MEETING: (social.psychiatry_and_no_meeting, 1),
}
"""Who tells such a life, and how many of every hundred young people have it."""
