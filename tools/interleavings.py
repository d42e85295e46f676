"""Everything that two givers, two receivers and the clock can do to each other, in every order.

The decisions of the program are asked for every action in every state that can be reached; what they refuse leads
nowhere. `explore` hands out every step: to the test that looks for a state that must not be, and to the document that
is made of it (docs/overlevering.md). One receiver has a login and the other has none, so that both ways are walked.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import product
from typing import NamedTuple
from uuid import UUID

from domain.choices import Confirmer, ReceiptWay
from domain.codes import Matter, Party, ReturnReason
from domain.decisions import handover, handover_outside
from domain.events import JourneyEvent, JourneyStarted
from domain.handover import Handover
from domain.journey import Journey, evolve
from domain.refused import Refused
from domain.text import FreeText

GIVERS = (Party.UU, Party.EMPLOYMENT)
RECEIVERS = (Party.MILEPAELEN, Party.EDUCATION)
"""The first has a login, the second has none."""
PARTIES = (*GIVERS, *RECEIVERS)
FIRST_DAY = date(2026, 11, 2)
A_DAY = TO_ANSWER = timedelta(days=1)
WORDS = FreeText("Aftalt med den unge.")
BEGUN = JourneyStarted(on=FIRST_DAY, born_on=date(2008, 3, 1))


class Verb(StrEnum):
    """What somebody does."""

    PLAN = "plan"
    SEND = "send"
    SEE = "see"
    TAKE_OVER = "take over"
    RETURN = "return"
    WITHDRAW = "withdraw"
    REPLACE = "replace"
    RECORD_RECEIPT = "record receipt"
    RECORD_TAKING_OVER = "record taking over"
    RECORD_RETURN = "record return"
    WAIT = "a day passes"


TO_WHAT_WAS_SENT = (Verb.SEE, Verb.TAKE_OVER, Verb.RETURN, Verb.WITHDRAW)
RECORDED = (Verb.RECORD_RECEIPT, Verb.RECORD_TAKING_OVER, Verb.RECORD_RETURN)


class Action(NamedTuple):
    """Somebody does something to a handover; nobody lets a day pass.

    `matter` and `to` are set where it is planned or sent, `instead_of` where it takes the place of another. `days_ago`:
    what is recorded for somebody may have happened yesterday.
    """

    verb: Verb
    by: Party = PARTIES[0]
    handover_id: UUID = UUID(int=0)
    matter: Matter = Matter.GUIDANCE
    to: Party = RECEIVERS[0]
    instead_of: UUID | None = None
    days_ago: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """Where things stand: the journey as it is folded, what day it is, and one story that leads there."""

    journey: Journey
    today: date
    events: tuple[JourneyEvent, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """An action that was not refused, and what followed; nothing, where there was nothing left to do."""

    before: State
    action: Action
    events: Sequence[JourneyEvent]
    after: State


def begin() -> State:
    """Somebody is followed, and nobody has any matter yet."""
    return State(evolve(Journey(), BEGUN), FIRST_DAY, (BEGUN,))


def explore(depth: int, matters: Sequence[Matter], key: Callable[[State], object] | None = None) -> Iterator[Step]:
    """Every step from every state that can be reached in fewer than `depth` steps; each state, by its key, once."""
    key = key or standing
    layer, known = [begin()], {key(begin())}
    for _ in range(depth):
        following: list[State] = []
        for state in layer:
            for action in actions(state, matters):
                step = attempt(state, action)
                if step is None:
                    continue
                yield step
                if step.after is not state:
                    found = key(step.after)
                    if found not in known:
                        known.add(found)
                        following.append(step.after)
        layer = following


def actions(state: State, matters: Sequence[Matter]) -> Iterator[Action]:
    """Everything that anybody could try, also what is not theirs to do and what is long over."""
    yield Action(Verb.WAIT)
    so_far = state.journey
    new = UUID(int=1 + len(so_far.planned) + len(so_far.given_up) + len(so_far.handovers))
    for matter, giver, to in product(matters, GIVERS, RECEIVERS):
        yield Action(Verb.PLAN, giver, new, matter, to)
        yield Action(Verb.SEND, giver, new, matter, to)
    for plan, party in product(so_far.planned.values(), PARTIES):
        yield Action(Verb.SEND, party, plan.handover_id, plan.matter, plan.receiver)
    for one, party in product((*so_far.planned, *so_far.given_up, *so_far.handovers), PARTIES):
        for verb in TO_WHAT_WAS_SENT:
            yield Action(verb, party, one)
        for verb, days_ago in product(RECORDED, (0, 1)):
            yield Action(verb, party, one, days_ago=days_ago)
        for to in RECEIVERS:
            yield Action(Verb.REPLACE, party, new, to=to, instead_of=one)


def attempt(state: State, action: Action) -> Step | None:
    """What follows; None when it is refused."""
    if action.verb is Verb.WAIT:
        return Step(state, action, (), replace(state, today=state.today + A_DAY))
    try:
        events = _DECISIONS[action.verb](state.journey, action, state.today)
    except Refused:
        return None
    if not events:
        return Step(state, action, (), state)
    journey = state.journey
    for event in events:
        journey = evolve(journey, event)
    return Step(state, action, events, State(journey, state.today, (*state.events, *events)))


def standing(state: State) -> object:
    """What tells two states apart for every decision that is still to come.

    Of what is open days count as how long ago they are: a decision only compares them, and after two days the answer is
    overdue and stays so. Of what is over it counts what it was and how it ended, not in which order and how often.
    """
    journey = state.journey
    return (
        frozenset(journey.responsible.items()),
        frozenset((plan.matter, plan.giver, plan.receiver) for plan in journey.planned.values()),
        frozenset((one.planned.matter, one.planned.giver) for one in journey.given_up.values()),
        frozenset(_sent(one, state.today) for one in journey.handovers.values()),
    )


def _sent(one: Handover, today: date) -> tuple[object, ...]:
    sent, receipt = one.sent, one.receipt
    what = (sent.matter, sent.giver, sent.receiver, one.state)
    if not one.state.is_open:
        return what
    return (*what, min((today - sent.on).days, 2), min((today - receipt.on).days, 1) if receipt else None)


Decide = Callable[[Journey, Action, date], Sequence[JourneyEvent]]


def _plan(so_far: Journey, action: Action, today: date) -> Sequence[JourneyEvent]:
    between = {"matter": action.matter, "giver": action.by, "receiver": action.to}
    return handover.plan_handover(
        so_far, handover_id=action.handover_id, send_by=today + TO_ANSWER, on=today, **between
    )


def _send(so_far: Journey, action: Action, today: date) -> Sequence[JourneyEvent]:
    return handover.send_handover(
        so_far,
        handover_id=action.handover_id,
        matter=action.matter,
        giver=action.by,
        receiver=action.to,
        answer_by=today + TO_ANSWER,
        note=WORDS,
        on=today,
    )


def _replace(so_far: Journey, action: Action, today: date) -> Sequence[JourneyEvent]:
    return handover.send_instead(
        so_far,
        replaces=action.instead_of or action.handover_id,
        words=WORDS,
        handover_id=action.handover_id,
        giver=action.by,
        receiver=action.to,
        answer_by=today + TO_ANSWER,
        note=WORDS,
        on=today,
    )


def _answer(decision: Callable[..., Sequence[JourneyEvent]], **said: object) -> Decide:
    return lambda so_far, action, today: decision(
        so_far, handover_id=action.handover_id, by=action.by, on=today, **said
    )


def _record(decision: Callable[..., Sequence[JourneyEvent]], **said: object) -> Decide:
    return lambda so_far, action, today: decision(
        so_far,
        handover_id=action.handover_id,
        by=action.by,
        on=today - action.days_ago * A_DAY,
        today=today,
        **said,
    )


_BACK = {"reason": ReturnReason.OTHER, "words": WORDS}
_ARRIVED = {"confirmed_by": Confirmer.OFFICE, "way": ReceiptWay.PHONE}
_DECISIONS: Mapping[Verb, Decide] = {
    Verb.PLAN: _plan,
    Verb.SEND: _send,
    Verb.REPLACE: _replace,
    Verb.SEE: _answer(handover.see_handover),
    Verb.TAKE_OVER: _answer(handover.take_over),
    Verb.RETURN: _answer(handover.return_handover, **_BACK),
    Verb.WITHDRAW: _answer(handover.withdraw_handover, words=WORDS),
    Verb.RECORD_RECEIPT: _record(handover_outside.record_receipt, **_ARRIVED),
    Verb.RECORD_TAKING_OVER: _record(handover_outside.record_taking_over),
    Verb.RECORD_RETURN: _record(handover_outside.record_return, **_BACK),
}
