"""The page of one young person at Milepælen, in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from api.form_texts import like_cpr
from api.milepaelen_room import ROOM, RoomPage
from api.sentences import in_words, many
from domain.choices import Attendance
from domain.events import ProposalAnswered, ProposalSent, TalkHeld
from domain.facts import Life
from domain.journey import Journey, PersonalGoal
from domain.text import NOTHING_WRITTEN
from people.register import Identity
from projections.milepaelen import Stay, StayState


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal with its steps. Where the reader may not read them, all wordings are empty."""

    goal: PersonalGoal
    steps: Sequence[PersonalGoal]

    @property
    def reached(self) -> str:
        """How many of the steps were reached."""
        return f"{sum(step.reached_on is not None for step in self.steps)} af {len(self.steps)} delmål nået"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What Milepælen proposed, and what came of it; `answered_on` None while nobody has answered."""

    on: date
    what: str
    answered_on: date | None = None
    followed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class YoungAtMilepaelenPage(RoomPage):
    """One young person. `is_open`: there is a stay to write about. `action` is the form that failed, `said` its texts.

    `counts` are the marked days of the last months; `answers`: the visitor works where proposals are answered.
    """

    template: ClassVar[str] = "milepaelen/young.html"
    who: Identity
    stay: Stay | None
    is_open: bool
    reads_words: bool
    goals: Sequence[Goal]
    talks: Sequence[TalkHeld]
    proposals: Sequence[Proposal]
    counts: Counter[Attendance]
    answers: bool
    action: str
    said: Mapping[str, str]
    dates: Mapping[str, Any]
    carried: str

    @property
    def path(self) -> str:
        return f"/unge/{self.who.case_number}{ROOM}"

    @property
    def standing(self) -> str:
        """How far the young person has come into Milepælen, as a sentence."""
        stay = self.stay
        if stay is None:
            return "Den unge er ikke henvist til Milepælen."
        if stay.state is StayState.ENDED and stay.ended_on:
            return f"Afsluttet {in_words(stay.ended_on)}."
        if stay.state is StayState.STARTED and stay.started_on:
            begun = "Begyndt" if stay.started_on <= self.today else "Begynder"
            return f"{begun} {in_words(stay.started_on)}."
        said = f"Henvist {in_words(stay.referred_on)}" if stay.referred_on else "Henvist"
        if stay.state is StayState.TAKEN_OVER:
            return f"{said} og overtaget. Den første dag mangler."
        return f"{said}, venter på at blive overtaget."

    @property
    def attendance(self) -> str:
        """The marked days of the last months, in words."""
        days = self.counts.total()
        if not days:
            return "Ingen dage er markeret de sidste tre måneder."
        parts = [f"{in_words(mark)} {self.counts[mark]}" for mark in Attendance if self.counts[mark]]
        share = round(100 * self.counts[Attendance.MET] / days)
        return f"De sidste tre måneder er {many(days, 'dag', 'dage')} markeret: {', '.join(parts)} ({share} % mødt)."

    @property
    def may_answer(self) -> bool:
        """Whether a proposal waits for the visitor's answer."""
        return self.answers and bool(self.proposals) and self.proposals[0].answered_on is None

    def command(self, action: str) -> str:
        """Each form has a command of its own; the one that failed keeps it, because nothing was written."""
        return self.carried if self.carried and action == self.action else str(uuid4())

    def written(self, name: str, otherwise: str = "") -> str:
        """What was written in that field of the form that failed."""
        return self.said.get(name, otherwise)

    def maybe_cpr(self, name: str) -> bool:
        return like_cpr(self.said.get(name, ""))


def goals_of(journey: Journey, *, reads: bool) -> list[Goal]:
    """The goals in the order they were set, open ones first."""
    every = [one if reads else _closed(one) for one in journey.goals.values()]
    goals = [one for one in every if one.part_of is None]
    goals.sort(key=lambda one: one.reached_on is not None)
    return [Goal(one, [step for step in every if step.part_of == one.goal_id]) for one in goals]


def talks_of(life: Life, *, reads: bool) -> list[TalkHeld]:
    """The talks, the last first."""
    held = [fact.event for fact in reversed(life.of(TalkHeld)) if isinstance(fact.event, TalkHeld)]
    return held if reads else [replace(one, agreed=NOTHING_WRITTEN) for one in held]


def proposals_of(life: Life) -> list[Proposal]:
    """The proposals with their answers, the last first; an answer is one to the last proposal before it."""
    found: list[Proposal] = []
    for fact in life.of(ProposalSent, ProposalAnswered):
        event = fact.event
        if isinstance(event, ProposalSent):
            found.append(Proposal(event.on, in_words(event.proposal)))
        elif isinstance(event, ProposalAnswered) and found and found[-1].answered_on is None:
            found[-1] = replace(found[-1], answered_on=event.on, followed=event.followed)
    return found[::-1]


def _closed(goal: PersonalGoal) -> PersonalGoal:
    return replace(goal, words=NOTHING_WRITTEN, earlier=tuple((on, NOTHING_WRITTEN) for on, _ in goal.earlier))
