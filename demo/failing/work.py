"""Employment, benefits and Milepælen."""

from datetime import date, timedelta

from demo.days import CLOSED_DAYS, open_day_before
from demo.failing.kinds import Kind, Seen
from demo.life import Life
from demo.paths import milepaelen
from demo.paths.benefit import on_benefit
from demo.paths.straight import LAB_ACT
from domain.choices import Attendance, Destination
from domain.codes import StartReason
from domain.days import months_after, working_days_after
from domain.events import (
    AttendanceMarked,
    InterviewHeld,
    MilepaelenStarted,
    SkillsTestTaken,
    SpecialReviewHeld,
)


def interview_late(life: Life) -> None:
    """Asked for help, and the first interview was not held within the week."""
    on = life.ago(10, 35)
    life.born_when(on, 18.1, 28.0)
    life.never = {InterviewHeld: life.born_on}
    life.begin(on, StartReason.CASH_BENEFIT, LAB_ACT)
    on_benefit(life, life.since, life.until + timedelta(days=300))
    life.plant(Kind.INTERVIEW_LATE, life.since + timedelta(days=7), Seen.WORKLIST, law="BES-01", also=("BES-06",))


def no_test(life: Life) -> None:
    """On benefit for months, and no test of reading, writing and mathematics."""
    on = life.ago(45, 150)
    life.born_when(on, 18.1, 28.0)
    life.never = {SkillsTestTaken: life.born_on}
    life.begin(on, StartReason.CASH_BENEFIT, LAB_ACT)
    on_benefit(life, life.since, life.until + timedelta(days=300))
    life.plant(Kind.NO_TEST, months_after(life.since, 1), Seen.WORKLIST, law="BES-05")


def too_few_interviews(life: Life) -> None:
    """Half a year on benefit, and after the first two interviews nobody called."""
    on = life.ago(190, 250)
    life.born_when(on, 18.1, 28.0)
    life.never = {InterviewHeld: on + timedelta(days=50)}
    life.begin(on, StartReason.CASH_BENEFIT, LAB_ACT)
    on_benefit(life, life.since, life.until + timedelta(days=300))
    life.plant(Kind.TOO_FEW_INTERVIEWS, months_after(life.since, 6), Seen.WORKLIST, law="BES-02")


def no_special_review(life: Life) -> None:
    """Two and a half years on benefit, and nobody has gone through it all once more (Lemvig's plan)."""
    on = life.ago(930, 1_050)
    life.born_when(on, 18.1, 26.5)
    life.never = {SpecialReviewHeld: life.born_on}
    life.begin(on, StartReason.CASH_BENEFIT, LAB_ACT)
    on_benefit(life, life.since, life.until + timedelta(days=300))
    life.plant(Kind.NO_SPECIAL_REVIEW, months_after(life.since, 30), Seen.WORKLIST, law="BES-09")


def gone_quiet(life: Life) -> None:
    """Under 25, in nothing that we know of, and no word for more than sixty days."""
    last = life.ago(75, 140)
    life.born_when(last, 19.3, 23.5)
    life.begin(last - timedelta(days=life.draw.randint(200, 400)), StartReason.CASH_BENEFIT, LAB_ACT)
    on_benefit(life, life.since, last)
    life.plant(Kind.GONE_QUIET, last + timedelta(days=60), Seen.QUIET, law="KUI-08")


def referral_not_taken_over(life: Life) -> None:
    """Referred to Milepælen, and it has neither begun there nor been taken over."""
    on = life.ago(13, 60)
    life.never = {MilepaelenStarted: on}
    milepaelen.on_benefit_before(life, on)
    milepaelen.referred(life, on)
    due_on = working_days_after(on, 5, CLOSED_DAYS)
    life.plant(Kind.REFERRAL_NOT_TAKEN_OVER, due_on, Seen.WORKLIST, law="MIL-01")


def three_absences(life: Life) -> None:
    """The last three days at Milepælen: stayed away, without a word."""
    started_on = _at_milepaelen(life, 60, 150)
    attended = [(day, mark) for day, mark in milepaelen.marks(life, started_on, life.until)]
    for day, mark in attended[:-3]:
        life.tell(AttendanceMarked(on=day, attendance=mark))
    for day, _ in attended[-3:]:
        life.tell(AttendanceMarked(on=day, attendance=Attendance.STAYED_AWAY))
    milepaelen.talks_and_goals(life, started_on, life.until + timedelta(days=200))
    milepaelen.progression(life, started_on, life.until + timedelta(days=200))
    life.plant(Kind.THREE_ABSENCES, attended[-1][0], Seen.ABSENCE, law="MIL-03")


def no_progression(life: Life) -> None:
    """At Milepælen for months, and nobody has measured progression for more than three of them."""
    started_on = _at_milepaelen(life, 118, 170)
    milepaelen.attendance(life, started_on, life.until)
    milepaelen.talks_and_goals(life, started_on, life.until + timedelta(days=100))
    milepaelen.progression(life, started_on, started_on + timedelta(days=30))
    measured_on = life.told[-1].event.on
    life.plant(Kind.NO_PROGRESSION, months_after(measured_on, 3), Seen.WORKLIST, Seen.PROGRESSION, law="MIL-02")


def left_milepaelen_without_receiver(life: Life) -> None:
    """Left for something that Milepælen does not know, and nobody has taken over: it still has the matter."""
    ended_on = life.ago(4, 24)
    referred_on = life.after(ended_on, -160, -100)
    milepaelen.on_benefit_before(life, referred_on)
    milepaelen.referred(life, referred_on)
    milepaelen.stayed(life, milepaelen.taken_over(life, referred_on), ended_on, Destination.UNKNOWN)
    life.plant(Kind.LEFT_MILEPAELEN_WITHOUT_RECEIVER, ended_on, Seen.WORKLIST, law="MIL-04")


def _at_milepaelen(life: Life, least: int, most: int) -> date:
    """Taken over so many days ago, and there since."""
    started_on = life.ago(least, most)
    referred_on = open_day_before(started_on - timedelta(days=4))
    milepaelen.on_benefit_before(life, referred_on)
    milepaelen.referred(life, referred_on)
    life.tell(MilepaelenStarted(on=started_on))
    return started_on
