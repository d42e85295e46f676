"""Histories that are long enough: what happens to one young person, drawn from a seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from domain.codes import Activity, ContactWay, Matter, Party, PlacementForm, Programme, StartReason
from domain.decisions import start_journey
from domain.events import (
    ActivityOffered,
    ContactMade,
    ContactTried,
    EducationStarted,
    GoalInOwnWords,
    HandoverSeen,
    HandoverSent,
    HandoverTakenOver,
    JourneyEvent,
    PlacementEnded,
    PlacementStarted,
    PlanStepAgreed,
    PlanStepDone,
    ToldOfBreakOff,
)
from domain.journey import Journey
from domain.text import FreeText
from eventlog import Actor, ActorKind, EventLog, Source, Step, journey

BY = Actor(kind=ActorKind.STAFF, id="mette-vejleder", unit="uu-nordvest", role=Party.UU)
BEGINNING = date(2024, 1, 8)
WORDS = FreeText("Aftalt med den unge: ring først, skriv ikke. Aftaler holdes bedst om formiddagen.")


@dataclass(slots=True)
class Life:
    """One fictional young person whose life goes on for as long as it is asked to."""

    number: int
    draw: Random = field(init=False)
    person: UUID = field(init=False)
    day: date = BEGINNING
    _coming: Iterator[JourneyEvent] = field(init=False)

    def __post_init__(self) -> None:
        self.draw = Random(f"benchmark/{self.number}")
        self.person = self._id()
        self._coming = self._events()

    def next(self) -> JourneyEvent:
        """What happens next."""
        return next(self._coming)

    def step(self, source: str | None = None) -> Step:
        """What happens next, as the import would bring it; nothing stands in its way."""
        event = self.next()
        return Step(
            stream=journey(self.person),
            decide=lambda _: [event],
            source=Source("benchmark", source) if source else None,
            known_at=noon(event.on),
        )

    def skip_beginning(self) -> None:
        """Of somebody who is followed already: only what comes after that."""
        for _ in self._beginning():
            next(self._coming)

    def _beginning(self) -> Sequence[JourneyEvent]:
        born_on = date(2007, 1, 1) + timedelta(days=self.number % 900)
        reason = StartReason.EDUCATION_NEED
        return start_journey(Journey(), born_on=born_on, on=BEGINNING, reason=reason, basis="KUI-loven § 1")

    def _events(self) -> Iterator[JourneyEvent]:
        yield from self._beginning()
        while True:
            yield from self.draw.choice((self._break_off, self._placement, self._handover, self._plan))()

    def _break_off(self) -> Iterator[JourneyEvent]:
        yield EducationStarted(on=self._later(), programme=Programme.VOCATIONAL)
        yield ToldOfBreakOff(on=self._later(), programme=Programme.VOCATIONAL)
        yield ContactTried(on=self._later(), way=ContactWay.PHONE)
        yield ContactMade(on=self._later(), way=ContactWay.VISIT)
        yield ActivityOffered(on=self._later(), activity=Activity.JOB)

    def _placement(self) -> Iterator[JourneyEvent]:
        yield PlacementStarted(on=self._later(), form=PlacementForm.FOSTER_FAMILY)
        yield ContactMade(on=self._later(), way=ContactWay.MEETING)
        yield PlacementEnded(on=self._later())

    def _handover(self) -> Iterator[JourneyEvent]:
        handover = self._id()
        sent_on = self._later()
        yield HandoverSent(
            on=sent_on,
            handover_id=handover,
            matter=Matter.INCOME_AND_WORK,
            giver=Party.EMPLOYMENT,
            receiver=Party.MILEPAELEN,
            answer_by=sent_on + timedelta(days=14),
            note=WORDS,
        )
        yield HandoverSeen(on=self._later(), handover_id=handover)
        yield HandoverTakenOver(on=self._later(), handover_id=handover)

    def _plan(self) -> Iterator[JourneyEvent]:
        step = self._id()
        yield GoalInOwnWords(on=self._later(), words=FreeText("Jeg vil gerne være tømrer ligesom min farfar."))
        agreed_on = self._later()
        yield PlanStepAgreed(
            on=agreed_on,
            step_id=step,
            what=WORDS,
            responsible=Party.UU,
            matter=Matter.GUIDANCE,
            due_on=agreed_on + timedelta(days=30),
        )
        yield PlanStepDone(on=self._later(), step_id=step)

    def _later(self) -> date:
        self.day += timedelta(days=self.draw.randrange(12))
        return self.day

    def _id(self) -> UUID:
        return UUID(int=self.draw.getrandbits(128), version=4)


PEOPLE, AT_ONCE = 100, 5
"""A batch holds so many people, and so many things that happen to each of them in turn."""


def begin(log: EventLog, count: int, history: int, first: int = 0) -> list[Life]:
    """So many people, each with a history in the log; mixed, as in a municipality. `first` is the first one's seed."""
    lives = [Life(first + number) for number in range(count)]
    for done in range(0, history, AT_ONCE):
        for start in range(0, count, PEOPLE):
            some = lives[start : start + PEOPLE]
            go_on(log, [life for _ in range(min(AT_ONCE, history - done)) for life in some])
    return lives


def go_on(log: EventLog, lives: Sequence[Life]) -> None:
    """Let one more thing happen to each of these, in this order; somebody may come several times."""
    for start in range(0, len(lives), PEOPLE * AT_ONCE):
        steps = [life.step() for life in lives[start : start + PEOPLE * AT_ONCE]]
        log.record_many(steps, by=BY, known_at=NOW)


def noon(day: date) -> datetime:
    """Noon in UTC on that day."""
    return datetime.combine(day, time(12), UTC)


NOW = noon(date(2026, 11, 2))
