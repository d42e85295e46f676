"""What no file tells: somebody did it on a page. Carried out by the same decisions as the pages use."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any
from uuid import UUID

from demo.life import Told
from demo.staffing import staff_of
from domain import decisions
from domain.events import (
    GoalInOwnWords,
    GoalReached,
    GoalReworded,
    GoalSet,
    HandoverPlanned,
    HandoverReceiptRecorded,
    HandoverReplaced,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverTakenOver,
    HandoverWithdrawn,
    JourneyClosed,
    JourneyEvent,
    JourneyReopened,
    PlanStepAgreed,
    PlanStepDone,
    PlanStepDropped,
    PlanStepMoved,
    PlanStepWaits,
    ProgressionMeasured,
    SubGoalSet,
)
from domain.journey import Journey
from domain.outside import WITHOUT_LOGIN
from eventlog import Actor, ActorKind, EventLog, OutcomeKind, Source, Step, journey

AT = time(11, tzinfo=UTC)
"""When in the day it is written down: after the deliveries of the morning."""

_SOURCE = "demo"

Decide = Callable[[Journey], Sequence[JourneyEvent]]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that somebody did for one young person, written down on `recorded_on`."""

    person: UUID
    number: int
    told: Told
    recorded_on: date


def carry_out(log: EventLog, deeds: Iterable[Deed], now: datetime) -> int:
    """Do these, each on its day; answers with how many were refused. What was done before is not done again."""
    refused = 0
    ordered = sorted(deeds, key=lambda deed: (deed.recorded_on, deed.told.known_on))
    for day, of_day in groupby(ordered, key=lambda deed: deed.recorded_on):
        stamp = datetime.combine(day, AT)
        for actor, batch in _batches(list(of_day)):
            outcomes = log.record_many(
                [_step(deed, day) for deed in batch],
                by=actor,
                known_at=min(stamp, now),
                recorded_at=stamp if stamp < now else None,
            )
            refused += sum(outcome.kind is OutcomeKind.REFUSED for outcome in outcomes)
    return refused


def _batches(deeds: Sequence[Deed]) -> Iterator[tuple[Actor, list[Deed]]]:
    """What one writer did goes together, and nothing overtakes what was done for the same person before it."""
    left = list(deeds)
    while left:
        first: dict[UUID, Actor] = {}
        now: dict[Actor, list[Deed]] = {}
        later: list[Deed] = []
        for deed in left:
            actor = actor_of(deed.told, deed.number)
            if first.setdefault(deed.person, actor) == actor:
                now.setdefault(actor, []).append(deed)
            else:
                later.append(deed)
                first[deed.person] = _NOBODY
        yield from now.items()
        left = later


_NOBODY = Actor(kind=ActorKind.SYSTEM, id="")


def actor_of(told: Told, number: int) -> Actor:
    """Who wrote it: the one whom this young person has with that party."""
    staff = staff_of(told.by, number)
    return Actor(kind=ActorKind.STAFF, id=staff.staff_id, unit=staff.unit_id, role=staff.party)


def _step(deed: Deed, today: date) -> Step:
    known_at = datetime.combine(deed.told.known_on, AT)
    return Step(
        stream=journey(deed.person),
        decide=decision(deed.told, today),
        # A demonstration that is begun again must not do anything twice.
        source=Source(_SOURCE, deed.told.id),
        known_at=known_at if deed.told.known_on < today else None,
    )


def decision(told: Told, today: date) -> Decide:  # noqa: PLR0911 - one answer per kind of event
    """What the page would have decided."""
    event = told.event
    match event:
        case HandoverPlanned() | HandoverSent() | HandoverSeen() | HandoverTakenOver():
            return lambda journey: _handing_over(journey, told, today)
        case HandoverReceiptRecorded():
            return lambda journey: decisions.record_receipt(journey, by=told.by, today=today, **_fields(event))
        case HandoverReturned() | HandoverWithdrawn() | HandoverReplaced():
            return lambda journey: _handing_back(journey, told)
        case PlanStepAgreed() | PlanStepMoved() | PlanStepWaits() | PlanStepDone() | PlanStepDropped():
            return lambda journey: _stepping(journey, event)
        case GoalSet() | SubGoalSet() | GoalReworded() | GoalReached():
            return lambda journey: _aiming(journey, event)
        case GoalInOwnWords():
            return lambda journey: decisions.say_goal(journey, words=event.words, on=event.on)
        case ProgressionMeasured():
            return lambda journey: decisions.measure_progression(journey, measured=event, today=today)
        case JourneyClosed():
            return lambda journey: decisions.close_journey(journey, reason=event.reason, on=event.on)
        case JourneyReopened():
            return lambda journey: decisions.reopen_journey(journey, basis=event.basis, on=event.on)
        case _:
            return lambda journey: decisions.record_fact(journey, event=event, today=today)


def _handing_over(journey: Journey, told: Told, today: date) -> Sequence[JourneyEvent]:
    match told.event:
        case HandoverPlanned() as event:
            return decisions.plan_handover(journey, **_fields(event))
        case HandoverSent() as event:
            receiver = WITHOUT_LOGIN.get(event.receiver, event.receiver)
            return decisions.send_handover(journey, **_fields(event) | {"receiver": receiver})
        case HandoverSeen() as event:
            return decisions.see_handover(journey, by=told.by, **_fields(event))
        case HandoverTakenOver(handover_id=handover_id) as event if _is_on_paper(journey, handover_id):
            return decisions.record_taking_over(journey, by=told.by, today=today, **_fields(event))
        case HandoverTakenOver() as event:
            return decisions.take_over(journey, by=told.by, **_fields(event))
        case other:
            raise TypeError(type(other).__name__)


def _is_on_paper(journey: Journey, handover_id: UUID) -> bool:
    return handover_id in journey.handovers and journey.handovers[handover_id].outside is not None


def _handing_back(journey: Journey, told: Told) -> Sequence[JourneyEvent]:
    match told.event:
        case HandoverReturned() as event:
            return decisions.return_handover(journey, by=told.by, **_fields(event))
        case HandoverWithdrawn() as event:
            return decisions.withdraw_handover(journey, by=told.by, **_fields(event))
        case HandoverReplaced() as event:
            return decisions.replace_handover(journey, by=told.by, **_fields(event))
        case other:
            raise TypeError(type(other).__name__)


def _stepping(journey: Journey, event: JourneyEvent) -> Sequence[JourneyEvent]:
    match event:
        case PlanStepAgreed():
            return decisions.agree_step(journey, **_fields(event))
        case PlanStepMoved():
            return decisions.move_step(journey, **_fields(event))
        case PlanStepWaits():
            return decisions.let_step_wait(journey, **_fields(event))
        case PlanStepDone():
            return decisions.finish_step(journey, **_fields(event))
        case PlanStepDropped():
            return decisions.drop_step(journey, **_fields(event))
        case other:
            raise TypeError(type(other).__name__)


def _aiming(journey: Journey, event: JourneyEvent) -> Sequence[JourneyEvent]:
    match event:
        case GoalSet():
            return decisions.set_goal(journey, **_fields(event))
        case SubGoalSet():
            return decisions.set_sub_goal(journey, **_fields(event))
        case GoalReworded():
            return decisions.reword_goal(journey, **_fields(event))
        case GoalReached():
            return decisions.reach_goal(journey, **_fields(event))
        case other:
            raise TypeError(type(other).__name__)


def _fields(event: JourneyEvent) -> dict[str, Any]:
    """The decisions take what their events say, by the same names."""
    return {name: getattr(event, name) for name in event.__dataclass_fields__}
