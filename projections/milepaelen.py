"""Every young person who is referred to Milepælen or is there: a row each, for the lists of its staff.

A pure function of one person's folded facts. Today is not an argument: a row holds days, and whoever asks compares.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.choices import Attendance, Proposal
from domain.codes import DataClass, Party
from domain.days import months_after
from domain.events import (
    AttendanceMarked,
    BirthDateCorrected,
    GoalReached,
    GoalReworded,
    GoalSet,
    HandoverReplaced,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverTakenOver,
    HandoverWithdrawn,
    JoinedIntoOtherFile,
    JourneyClosed,
    JourneyReopened,
    JourneyStarted,
    MilepaelenEnded,
    MilepaelenStarted,
    PartedFromOtherFile,
    ProgressionMeasured,
    ProposalAnswered,
    ProposalSent,
    ReferredToMilepaelen,
    SubGoalSet,
    TalkHeld,
)
from domain.facts import Fact, Life
from domain.journey import Handover, HandoverState, Journey
from domain.rules import RuleSet
from projections.rows import Part

KEY = "milepaelen"
A_SIGN = 3
"""So many days in a row on which somebody stayed away are a sign that they need a call."""
MONTHS_BETWEEN_MEASUREMENTS = 3
_STAY = (ReferredToMilepaelen, MilepaelenStarted, MilepaelenEnded)
_REFUSED = (HandoverState.RETURNED, HandoverState.WITHDRAWN)


class StayState(StrEnum):
    """How far somebody has come into Milepælen. The first day may be agreed ahead."""

    WAITING = "waiting"
    TAKEN_OVER = "taken-over"
    STARTED = "started"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Somebody's time at Milepælen, the last where there were several.

    `handover_id` is the handover to Milepælen that waits for its answer, due `answer_by`. `referred_on` is the day
    of the referral, or of that handover where nobody has referred. `absences_in_a_row` counts the last marked days
    that are *Udeblevet*: coming, being ill and being away by agreement each end the run and count for nothing
    themselves. `stayed_away_1` to `stayed_away_3` are the last three days of the run, the latest first. Talks,
    measurements and marks are those of this stay; a proposal is there until it is answered.
    """

    row_key: str = KEY
    data_class: DataClass = DataClass.EMPLOYMENT
    born_on: date
    state: StayState
    referred_on: date | None
    referred_by: Party | None
    handover_id: UUID | None
    answer_by: date | None
    started_on: date | None
    ended_on: date | None
    absences_in_a_row: int
    stayed_away_1: date | None
    stayed_away_2: date | None
    stayed_away_3: date | None
    last_marked_on: date | None
    last_mark: Attendance | None
    last_talk_on: date | None
    next_talk_on: date | None
    last_measured_on: date | None
    open_goals: int
    proposed_on: date | None
    proposal: Proposal | None

    @property
    def is_there(self) -> bool:
        """Has begun, or a first day is agreed, and has not ended."""
        return self.state is StayState.STARTED

    @property
    def is_waited_for(self) -> bool:
        """Milepælen must answer, or say when the first day is."""
        return self.state in (StayState.WAITING, StayState.TAKEN_OVER) or (
            self.is_there and self.handover_id is not None
        )

    @property
    def is_sign(self) -> bool:
        """Has stayed away so many days in a row that somebody should call."""
        return self.is_there and self.absences_in_a_row >= A_SIGN

    @property
    def stayed_away_on(self) -> tuple[date, ...]:
        """The last three days of the run, the earliest first."""
        return tuple(day for day in (self.stayed_away_3, self.stayed_away_2, self.stayed_away_1) if day)

    @property
    def measure_by(self) -> date | None:
        """The last day for the next measurement; None before the first day is known."""
        since = self.last_measured_on or self.started_on
        return months_after(since, MONTHS_BETWEEN_MEASUREMENTS) if since else None

    def was_there(self, day: date) -> bool:
        """Whether Milepælen expected them that day, if it was open."""
        begun = self.started_on is not None and self.started_on <= day
        return begun and (self.ended_on is None or day <= self.ended_on)

    def must_be_measured(self, day: date) -> bool:
        """Whether the measurement is overdue that day."""
        return self.is_there and self.measure_by is not None and self.measure_by < day


def stays_of(life: Life, journey: Journey, _rules: RuleSet) -> tuple[Stay, ...]:
    """The row of somebody who is followed and was referred, handed over or taken in; else none."""
    if life.born_on is None or life.closed_on is not None:
        return ()
    stay = _last_stay(life)
    handovers = [one for one in journey.handovers.values() if one.sent.receiver is Party.MILEPAELEN]
    waiting = [one for one in handovers if one.state.is_open]
    state = _state(stay, handovers, waiting)
    if state is None:
        return ()
    if state is StayState.WAITING and (not stay or isinstance(stay[-1].event, MilepaelenEnded)):
        stay = []
    asked = waiting[0].sent if waiting else None
    referral = next((fact.event for fact in reversed(stay) if isinstance(fact.event, ReferredToMilepaelen)), None)
    started = [fact.on for fact in stay if isinstance(fact.event, MilepaelenStarted)]
    since = min((fact.on for fact in stay), default=date.max)
    marks, talks = _marks(life, since), [fact.event for fact in life.of(TalkHeld) if fact.on >= since]
    talk = talks[-1] if talks and isinstance(talks[-1], TalkHeld) else None
    run = marks.stayed_away
    proposal = _proposal(life)
    return (
        Stay(
            born_on=life.born_on,
            state=state,
            referred_on=referral.on if referral else asked.on if asked else None,
            referred_by=referral.by if referral else asked.giver if asked else None,
            handover_id=asked.handover_id if asked else None,
            answer_by=asked.answer_by if asked else None,
            started_on=min(started, default=None),
            ended_on=stay[-1].on if state is StayState.ENDED else None,
            absences_in_a_row=len(run),
            stayed_away_1=run[-1] if run else None,
            stayed_away_2=run[-2] if len(run) > 1 else None,
            stayed_away_3=run[-3] if len(run) > 2 else None,  # noqa: PLR2004 - the third
            last_marked_on=marks.last_on,
            last_mark=marks.last,
            last_talk_on=talk.on if talk else None,
            next_talk_on=talk.next_on if talk else None,
            last_measured_on=max((fact.on for fact in life.of(ProgressionMeasured) if fact.on >= since), default=None),
            open_goals=sum(goal.reached_on is None and goal.part_of is None for goal in journey.goals.values()),
            proposed_on=proposal.on if proposal else None,
            proposal=proposal.proposal if proposal else None,
        ),
    )


def parts(rules: RuleSet) -> dict[type, Part]:
    """The row is worked out again after these events; nothing else changes it, and no rule does."""
    return dict.fromkeys(_CHANGING, Part(rules))


def mark_by_day(facts: Iterable[Fact]) -> dict[date, Fact]:
    """The mark of each day that counts: where there are several for one day, the one that the log got last."""
    found: dict[date, Fact] = {}
    for fact in sorted(facts, key=lambda fact: fact.position):
        if isinstance(fact.event, AttendanceMarked):
            found[fact.on] = fact
    return found


def _last_stay(life: Life) -> list[Fact]:
    """The referrals, first days and last day of the last stay, in the order in which they were known or happened.

    A first day that is agreed for later comes before what ended the stay in the meantime.
    """

    def order(fact: Fact) -> tuple[date, datetime, int]:
        return (min(fact.on, fact.known_on), fact.known_at, fact.position)

    stay: list[Fact] = []
    for fact in sorted(life.of(*_STAY), key=order):
        if stay and isinstance(stay[-1].event, MilepaelenEnded):
            stay = []
        stay.append(fact)
    return stay


def _state(stay: Sequence[Fact], handovers: Sequence[Handover], waiting: Sequence[Handover]) -> StayState | None:
    """None where nobody asks for a place: the referral was returned or taken back, or there never was one."""
    if stay and isinstance(stay[-1].event, MilepaelenEnded):
        return StayState.WAITING if waiting else StayState.ENDED
    if any(isinstance(fact.event, MilepaelenStarted) for fact in stay):
        return StayState.STARTED
    if waiting or not stay:
        return StayState.WAITING if waiting else None
    since = [one for one in handovers if one.sent.on >= stay[-1].on]
    if since and since[-1].state in _REFUSED:
        return None
    return StayState.TAKEN_OVER if since else StayState.WAITING


@dataclass(frozen=True, slots=True)
class _Marks:
    """The run of days stayed away at the end, the earliest first, and the last mark of all."""

    stayed_away: list[date] = field(default_factory=list)
    last_on: date | None = None
    last: Attendance | None = None


def _marks(life: Life, since: date) -> _Marks:
    marks = mark_by_day(fact for fact in life.of(AttendanceMarked) if fact.on >= since)
    run: list[date] = []
    last: Attendance | None = None
    for day in sorted(marks):
        event = marks[day].event
        last = event.attendance if isinstance(event, AttendanceMarked) else None
        run = [*run, day] if last is Attendance.STAYED_AWAY else []
    return _Marks(run, max(marks, default=None), last)


def _proposal(life: Life) -> ProposalSent | None:
    """The last proposal, as long as nobody has answered it."""
    facts = life.of(ProposalSent, ProposalAnswered)
    last = facts[-1].event if facts else None
    return last if isinstance(last, ProposalSent) else None


_CHANGING = (
    JourneyStarted,
    BirthDateCorrected,
    JourneyClosed,
    JourneyReopened,
    JoinedIntoOtherFile,
    PartedFromOtherFile,
    HandoverSent,
    HandoverSeen,
    HandoverTakenOver,
    HandoverReturned,
    HandoverWithdrawn,
    HandoverReplaced,
    ReferredToMilepaelen,
    MilepaelenStarted,
    MilepaelenEnded,
    AttendanceMarked,
    TalkHeld,
    GoalSet,
    SubGoalSet,
    GoalReworded,
    GoalReached,
    ProgressionMeasured,
    ProposalSent,
    ProposalAnswered,
)
