"""At Milepælen: referred, taken over, there most weekdays, talks and goals, progression, a proposal, and on."""

from collections.abc import Iterator
from datetime import date, timedelta

from demo import words
from demo.days import milepaelen_is_open, open_day
from demo.handing import hand_over
from demo.life import DAYS, Life
from demo.paths.benefit import job, on_benefit
from demo.paths.schooling import study
from demo.paths.straight import LAB_ACT
from demo.paths.together import plan_together
from domain.choices import Attendance, Destination, Proposal
from domain.codes import ContactWay, Matter, Party, Programme, StartReason
from domain.events import (
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
    WorkPlacementEnded,
    WorkPlacementStarted,
)
from domain.text import FreeText

HERE = Party.MILEPAELEN
_MEASURED_EVERY = (74, 84)
"""Days: every third month, with a few to spare."""

_LEAST_STAY, _MOST_STAY = 90, 300
_WAYS_ON = (
    *(Destination.EDUCATION, Destination.JOB) * 3,
    *(Destination.OTHER_OFFER, Destination.ADULT_SUPPORT, Destination.UNKNOWN),
)
"""Where they go: most to an education or a job."""


def milepaelen(life: Life) -> None:
    """Referred within the last two years; a third are there now."""
    is_there = life.chance(0.34)
    referred_on = life.ago(1, 250) if is_there else life.ago(_LEAST_STAY + 40, DAYS - 70)
    on_benefit_before(life, referred_on)
    referred(life, referred_on)
    started_on = taken_over(life, referred_on)
    stay = _MOST_STAY if is_there else life.draw.randint(_LEAST_STAY, _MOST_STAY)
    ended_on = life.after(started_on, stay, stay + 10)
    destination = life.pick(*_WAYS_ON)
    stayed(life, started_on, ended_on, destination)
    on_from_there(life, ended_on, destination)


def on_benefit_before(life: Life, referred_on: date) -> None:
    """Of age and on cash benefit for some months when the referral comes."""
    life.born_when(referred_on, 18.6, 27.8)
    applied_on = max(life.after(referred_on, -420, -60), open_day(life.turns(18) + timedelta(days=20)))
    life.begin(applied_on, StartReason.CASH_BENEFIT, LAB_ACT)
    on_benefit(life, life.since, referred_on + timedelta(days=420))
    if life.chance(0.5):
        plan_together(life, life.after(life.since, 20, 60), Party.EMPLOYMENT)


def referred(life: Life, on: date) -> None:
    """Asked to take the person in."""
    said = FreeText(life.pick(*words.PURPOSES))
    life.tell(ReferredToMilepaelen(on=on, by=Party.EMPLOYMENT, purpose=said))


def taken_over(life: Life, referred_on: date) -> date:
    """Milepælen reads and takes over within a week; answers with the first day there."""
    hand_over(life, Matter.INCOME_AND_WORK, HERE, referred_on)
    return life.after(referred_on, 2, 5)


def stayed(life: Life, started_on: date, ended_on: date, destination: Destination) -> None:
    """Everything from the first day to the last."""
    life.tell(MilepaelenStarted(on=started_on))
    attendance(life, started_on, min(ended_on, life.until))
    talks_and_goals(life, started_on, ended_on)
    progression(life, started_on, ended_on)
    proposed_on = ended_on - timedelta(days=life.draw.randint(15, 30))
    why = FreeText(life.pick(*words.PROPOSAL_REASONS))
    life.tell(ProposalSent(on=open_day(proposed_on), proposal=life.pick(*Proposal), why=why))
    life.tell(ProposalAnswered(on=life.after(proposed_on, 4, 9), followed=life.chance(0.85)))
    life.tell(MilepaelenEnded(on=ended_on, destination=destination))


def attendance(life: Life, first: date, last: date) -> None:
    """The days that were agreed; never three of them in a row without a word."""
    for day, mark in marks(life, first, last):
        life.tell(AttendanceMarked(on=day, attendance=mark))


def marks(life: Life, first: date, last: date) -> Iterator[tuple[date, Attendance]]:
    agreed = life.draw.sample(range(5), life.pick(3, 4, 4, 5, 5))
    away, day = 0, first
    while day <= last:
        if day.weekday() in agreed and milepaelen_is_open(day):
            mark = life.draw.choices(list(Attendance), (80, 7, 7, 6))[0]
            if mark in (Attendance.SICK, Attendance.STAYED_AWAY) and away == 2:  # noqa: PLR2004
                mark = Attendance.MET
            away = away + 1 if mark in (Attendance.SICK, Attendance.STAYED_AWAY) else 0
            yield day, mark
        day += timedelta(days=1)


def talks_and_goals(life: Life, first: date, last: date) -> None:
    """A talk every second or third week; a goal with steps, said in other words once, and some of it reached."""
    goal, steps, other_words = life.pick(*words.MILEPAELEN_GOALS)
    goal_id, day = life.uuid(), life.after(first, 3, 9)
    life.by_hand(GoalSet(on=day, goal_id=goal_id, words=FreeText(goal)), HERE)
    for step in steps:
        step_id, set_on = life.uuid(), life.after(day, 0, 45)
        if set_on < last and life.by_hand(
            SubGoalSet(on=set_on, goal_id=step_id, part_of=goal_id, words=FreeText(step)), HERE
        ):
            reached_on = life.after(set_on, 20, 90)
            if reached_on < last and life.chance(0.7):
                life.by_hand(GoalReached(on=reached_on, goal_id=step_id), HERE)
    reworded_on = life.after(day, 50, 120)
    if reworded_on < last and life.chance(0.5):
        life.by_hand(GoalReworded(on=reworded_on, goal_id=goal_id, words=FreeText(other_words)), HERE)
    if life.chance(0.5):
        life.by_hand(GoalReached(on=last - timedelta(days=life.draw.randint(1, 14)), goal_id=goal_id), HERE)
    while day < last:
        next_on = life.after(day, 12, 24)
        agreed = FreeText(life.pick(*words.TALK_AGREED))
        life.tell(TalkHeld(on=day, next_on=next_on if next_on < last else None, agreed=agreed))
        day = next_on


def progression(life: Life, first: date, last: date) -> None:
    """The five factors and the worker's own judgement, better as a rule from time to time."""
    scores = [life.draw.randint(1, 3) for _ in range(6)]
    day = life.after(first, 7, 14)
    while day < last:
        belief, health, identity, cooperation, network, own = scores
        measured = ProgressionMeasured(
            on=day,
            belief_in_own_ability=belief,
            health_mastery=health,
            labour_market_identity=identity,
            cooperation=cooperation,
            network=network,
            own_judgement=own,
            remark=FreeText(life.pick(*words.REMARKS)),
        )
        life.by_hand(measured, HERE)
        scores = [min(max(score + life.pick(-1, 0, 0, 1, 1), 1), 5) for score in scores]
        day = open_day(day + timedelta(days=life.draw.randint(*_MEASURED_EVERY)))


def on_from_there(life: Life, ended_on: date, destination: Destination) -> None:
    """A placement, an education or a job; somebody has accepted to be there, and Milepælen asks how it goes."""
    if life.holders.get(Matter.INCOME_AND_WORK) is HERE:
        receiver = Party.ADULT_SOCIAL if destination is Destination.ADULT_SUPPORT else Party.EMPLOYMENT
        hand_over(life, Matter.INCOME_AND_WORK, receiver, ended_on - timedelta(days=life.draw.randint(25, 32)))
    for least, most in ((12, 22), (58, 80)):
        life.tell(ContactAfterMilepaelen(on=life.after(ended_on, least, most), way=life.pick(*ContactWay)))
    next_on = life.after(ended_on, 1, 6)
    match destination:
        case Destination.EDUCATION:
            study(life, life.pick(Programme.VOCATIONAL, Programme.FGU), next_on)
        case Destination.JOB:
            job(life, next_on)
        case _:
            life.tell(WorkPlacementStarted(on=next_on))
            life.tell(WorkPlacementEnded(on=life.after(next_on, 40, 90)))
            job(life, life.after(next_on, 41, 95))
