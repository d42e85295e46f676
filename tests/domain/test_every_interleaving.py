"""Two givers, two receivers and the clock, in every order to depth 8: somebody always has the matter, and only one.

What can be tried stands in tools/interleavings.py. The rules of the protocol are said here once more, and otherwise
than the decisions say them: who may do what, from the events alone.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from domain import journey
from domain.codes import Matter, Party
from domain.events import (
    HandoverPlanned,
    HandoverReceiptRecorded,
    HandoverReplaced,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverTakenOver,
    HandoverWithdrawn,
    JourneyEvent,
    ResponsibilityEstablished,
)
from tools.interleavings import GIVERS, RECEIVERS, Action, State, Step, Verb, attempt, begin, explore, standing

DEPTH, DEPTH_OF_TWO_MATTERS, EXACT_DEPTH = 8, 4, 4
MATTER, OTHER = Matter.ADULT_SUPPORT, Matter.COORDINATION
NO_LOGIN = Party.EDUCATION
OF_THE_RECEIVER = (HandoverSeen, HandoverTakenOver, HandoverReturned)
OF_THE_GIVER = (HandoverPlanned, HandoverSent, HandoverWithdrawn, HandoverReplaced, HandoverReceiptRecorded)


@dataclass
class Told:
    """What the events say, read by nobody's leave: who sent what to whom, and everybody who holds a matter."""

    holders: dict[Matter, list[Party]] = field(default_factory=dict)
    sent: dict[UUID, HandoverSent | HandoverPlanned] = field(default_factory=dict)
    open: set[UUID] = field(default_factory=set)

    def hear(self, event: JourneyEvent) -> None:
        match event:
            case ResponsibilityEstablished():
                self.holders.setdefault(event.matter, []).append(event.holder)
            case HandoverPlanned():
                self.sent[event.handover_id] = event
            case HandoverSent():
                self.sent[event.handover_id] = event
                self.open.add(event.handover_id)
            case HandoverTakenOver():
                sent = self.sent[event.handover_id]
                holding = self.holders[sent.matter]
                if sent.giver in holding:
                    holding.remove(sent.giver)
                holding.append(sent.receiver)
                self.open.remove(event.handover_id)
            case HandoverReturned() | HandoverReplaced() | HandoverWithdrawn():
                self.open.discard(event.handover_id)


def told(events: Sequence[JourneyEvent]) -> Told:
    found = Told()
    for event in events:
        found.hear(event)
    return found


# What must hold


def faults_of(state: State) -> Iterator[str]:
    """What is wrong with where things stand."""
    heard = told(state.events)
    if {matter: [holder] for matter, holder in state.journey.responsible.items()} != heard.holders:
        yield f"a matter with none, several or another holder: {heard.holders}"
    waiting = [heard.sent[one] for one in heard.open]
    if len({one.matter for one in waiting}) != len(waiting):
        yield "a matter waits for two answers"
    if any(heard.holders[one.matter] != [one.giver] for one in waiting):
        yield "somebody gives what is not theirs"
    if {key for key, one in state.journey.handovers.items() if one.state.is_open} != heard.open:
        yield "open is not what the events say"
    if journey.fold(state.events) != state.journey:
        yield "the events told again are another state"


def faults_in(step: Step) -> Iterator[str]:
    """What is wrong with what somebody was allowed to do."""
    before, after, action = step.before.journey, step.after.journey, step.action
    if action.verb is Verb.WAIT and after is not before:
        yield "the clock did something"
    if not before.responsible.keys() <= after.responsible.keys():
        yield "nobody has the matter any longer"
    heard = told((*step.before.events, *step.events))
    for event in step.events:
        if isinstance(event, (*OF_THE_RECEIVER, *OF_THE_GIVER)):
            sent = heard.sent[event.handover_id]
            is_receivers = isinstance(event, OF_THE_RECEIVER) and sent.receiver is not NO_LOGIN
            if action.by is not (sent.receiver if is_receivers else sent.giver):
                yield f"{action.by} did what is not theirs: {type(event).__name__}"
            if isinstance(event, HandoverReceiptRecorded) and sent.receiver is not NO_LOGIN:
                yield "somebody spoke for a receiver who has a login"
    taken = [heard.sent[event.handover_id] for event in step.events if isinstance(event, HandoverTakenOver)]
    begun = {event.matter: event.holder for event in step.events if isinstance(event, ResponsibilityEstablished)}
    if after.responsible != {**before.responsible, **begun, **{sent.matter: sent.receiver for sent in taken}}:
        yield "a matter moved, and nobody took it over"
    if step.events:
        again = attempt(step.after, action)
        if again is None or again.events:
            yield "the same asked again is not nothing"
        yield from _mixed(step)


def _mixed(step: Step) -> Iterator[str]:
    """Whether what is done to one matter touches another."""
    before, after = step.before.journey, step.after.journey
    [matter] = {
        one.matter
        for event in step.events
        if (one := told(step.after.events).sent.get(getattr(event, "handover_id", None) or UUID(int=0))) is not None
    }
    for key in before.handovers:
        if before.handovers[key].sent.matter is not matter and after.handovers[key] is not before.handovers[key]:
            yield "another matter was touched"
    for one in before.responsible:
        if one is not matter and after.responsible[one] is not before.responsible[one]:
            yield "another matter moved"


def what_may_be_sent(state: State, matter: Matter) -> set[Party]:
    """Who may send this matter now, asked of the decision."""
    new = UUID(int=999)
    return {
        giver
        for giver in GIVERS
        if attempt(state, Action(Verb.SEND, giver, handover_id=new, matter=matter, to=RECEIVERS[0])) is not None
    }


def may_send(state: State, matter: Matter) -> set[Party]:
    """The same by the rule: who has it, or anybody where nobody has, unless it waits; whatever is planned."""
    heard = told(state.events)
    if any(heard.sent[one].matter is matter for one in heard.open):
        return set()
    return set(GIVERS) & set(heard.holders.get(matter, GIVERS))


def story(step: Step) -> str:
    """What was done, the way it would be told."""
    lines = [f"  {event.on} {type(event).__name__}" for event in step.before.events]
    lines.append(f"then {step.action.by} did: {step.action.verb}")
    return "\n".join(lines)


# Every order of everything


def walk(depth: int, matters: Sequence[Matter]) -> tuple[int, int]:
    """How many states and steps there are. Fails with the shortest story that ends wrong."""
    seen, steps = {standing(begin())}, 0
    for step in explore(depth, matters):
        steps += 1
        wrong = [*faults_in(step)]
        if step.after is not step.before and (key := standing(step.after)) not in seen:
            seen.add(key)
            wrong += faults_of(step.after)
            wrong += [
                f"who may send {matter}"
                for matter in matters
                if what_may_be_sent(step.after, matter) != may_send(step.after, matter)
            ]
        if wrong:
            pytest.fail("\n".join([story(step), *wrong]))
    return len(seen), steps


def test_one_matter_between_four_to_depth_eight() -> None:
    states, steps = walk(DEPTH, [MATTER])
    sys.stdout.write(f"depth {DEPTH}: {states} states, {steps} steps that were not refused\n")
    assert states > 5_000, "the decisions refuse so much that nothing was tried"
    assert steps > 100_000


def test_two_matters_do_not_mix() -> None:
    states, steps = walk(DEPTH_OF_TWO_MATTERS, [MATTER, OTHER])
    sys.stdout.write(f"two matters, depth {DEPTH_OF_TWO_MATTERS}: {states} states, {steps} steps\n")
    assert states > 2_000


def test_no_state_is_lost_by_what_is_taken_for_the_same() -> None:
    """Told apart by all that is in them, the states come to the same as when they are told apart by `standing`."""

    def whole(state: State) -> object:
        return repr((state.journey.responsible, state.journey.planned, state.journey.given_up,
                     state.journey.handovers, state.today))  # fmt: skip

    exact = {standing(step.after) for step in explore(EXACT_DEPTH, [MATTER], whole)}
    assert exact == {standing(step.after) for step in explore(EXACT_DEPTH, [MATTER])}


def test_every_verb_leads_somewhere_and_both_receivers_take_over() -> None:
    done = {(step.action.verb, type(event)) for step in explore(4, [MATTER]) for event in step.events}
    assert {verb for verb, _ in done} == set(Verb) - {Verb.WAIT}
    holders = {step.after.journey.responsible.get(MATTER) for step in explore(4, [MATTER])}
    assert holders == {None, *GIVERS, *RECEIVERS}
