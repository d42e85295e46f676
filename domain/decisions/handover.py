"""Sendt, Set, then Overtaget or Returneret. Until the receiver takes over, the giver is responsible."""

from datetime import date
from uuid import UUID

from domain.choices import Outside
from domain.codes import Matter, Party, ReturnReason
from domain.decisions.journey import checked_text, must_be_followed
from domain.events import (
    HandedItem,
    HandoverPlanned,
    HandoverReplaced,
    HandoverReplacementExplained,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverSentOutside,
    HandoverTakenOver,
    HandoverWithdrawn,
    JourneyEvent,
    ResponsibilityEstablished,
)
from domain.journey import Handover, HandoverState, Journey, evolve
from domain.outside import PARTY_OF
from domain.refused import Refused
from domain.text import FreeText


def send_handover(
    journey: Journey,
    *,
    handover_id: UUID,
    matter: Matter,
    giver: Party,
    receiver: Party | Outside,
    answer_by: date,
    note: FreeText,
    on: date,
    items: tuple[HandedItem, ...] = (),
    salt: str = "",
    position: int = 0,
    rule: str | None = None,
) -> list[JourneyEvent]:
    """The giver asks the receiver to take over a matter.

    A matter that nobody holds is first established with the giver: whoever hands something over has it. With the id of
    a planned handover it is that one, and between the same two.
    """
    must_be_followed(journey)
    if handover_id in journey.handovers:
        return []
    party = PARTY_OF[receiver] if isinstance(receiver, Outside) else receiver
    if giver == party:
        raise Refused("same-party")
    _must_be_as_planned(journey, handover_id, (matter, giver, party))
    if journey.open_handover(matter):
        raise Refused("already-sent")
    holder = journey.responsible.get(matter)
    if holder not in (giver, None):
        raise Refused("not-the-holder")
    if answer_by < on:
        raise Refused("answer-before-sending")
    follows: list[JourneyEvent] = [] if holder else [ResponsibilityEstablished(on=on, matter=matter, holder=giver)]
    follows.append(
        HandoverSent(
            on=on,
            handover_id=handover_id,
            matter=matter,
            giver=giver,
            receiver=party,
            answer_by=answer_by,
            note=checked_text(note),
            items=items,
            salt=salt,
            position=position,
            rule=rule,
        )
    )
    if isinstance(receiver, Outside):
        follows.append(HandoverSentOutside(on=on, handover_id=handover_id, to=receiver))
    return follows


def plan_handover(
    journey: Journey, *, handover_id: UUID, matter: Matter, giver: Party, receiver: Party, send_by: date, on: date
) -> list[JourneyEvent]:
    """A handover is agreed for later. Sending it with the same id makes it a real one."""
    must_be_followed(journey)
    if handover_id in journey.planned or handover_id in journey.handovers:
        return []
    if handover_id in journey.given_up:
        raise Refused("handover-closed")
    if giver == receiver:
        raise Refused("same-party")
    if journey.responsible.get(matter) not in (giver, None):
        raise Refused("not-the-holder")
    if send_by < on:
        raise Refused("due-before-agreed")
    if journey.plan_of(matter, giver, receiver):
        raise Refused("already-planned")
    return [
        HandoverPlanned(on=on, handover_id=handover_id, matter=matter, giver=giver, receiver=receiver, send_by=send_by)
    ]


def send_instead(
    journey: Journey,
    *,
    replaces: UUID,
    words: FreeText,
    handover_id: UUID,
    giver: Party,
    receiver: Party | Outside,
    answer_by: date,
    note: FreeText,
    on: date,
    items: tuple[HandedItem, ...] = (),
    salt: str = "",
    position: int = 0,
) -> list[JourneyEvent]:
    """The giver sends another handover of the same matter instead of one that waits, and says why: both or neither."""
    replaced = replace_handover(
        journey, handover_id=replaces, replaced_by=handover_id, by=giver, on=on, words=checked_text(words)
    )
    if not replaced:
        return []
    for event in replaced:
        journey = evolve(journey, event)
    sent = send_handover(
        journey,
        handover_id=handover_id,
        matter=journey.handovers[replaces].sent.matter,
        giver=giver,
        receiver=receiver,
        answer_by=answer_by,
        note=note,
        on=on,
        items=items,
        salt=salt,
        position=position,
        rule=journey.handovers[replaces].sent.rule,
    )
    return [*replaced, *sent]


def replace_handover(
    journey: Journey, *, handover_id: UUID, replaced_by: UUID, by: Party, on: date, words: FreeText | None = None
) -> list[JourneyEvent]:
    """The giver sends another one instead of one that waits; decided together with `send_handover`, before it."""
    handover = _found(journey, handover_id)
    if handover.sent.giver != by:
        raise Refused("not-the-giver")
    if isinstance(handover.answered, HandoverReplaced) and handover.answered.replaced_by == replaced_by:
        return []
    if not handover.state.is_open:
        raise Refused("handover-closed")
    replaced = HandoverReplaced(on=on, handover_id=handover_id, replaced_by=replaced_by)
    if words is None:
        return [replaced]
    return [replaced, HandoverReplacementExplained(on=on, handover_id=handover_id, words=words)]


def see_handover(journey: Journey, *, handover_id: UUID, by: Party, on: date) -> list[JourneyEvent]:
    """The receiver opened it. Looking as anybody else is not seeing, nor is looking at what went to others outside."""
    handover = _found(journey, handover_id)
    if handover.state is not HandoverState.SENT or handover.sent.receiver != by or handover.outside is not None:
        return []
    return [HandoverSeen(on=on, handover_id=handover_id)]


def take_over(
    journey: Journey, *, handover_id: UUID, by: Party, on: date, first_talk_on: date | None = None
) -> list[JourneyEvent]:
    """The receiver takes over, and is from now on responsible for the matter."""
    handover = _answerable(journey, handover_id, by, HandoverState.TAKEN_OVER)
    if handover is None:
        return []
    return [HandoverTakenOver(on=on, handover_id=handover_id, first_talk_on=first_talk_on)]


def return_handover(
    journey: Journey, *, handover_id: UUID, by: Party, on: date, reason: ReturnReason, words: FreeText
) -> list[JourneyEvent]:
    """The receiver does not take over, and says why; the giver still is responsible."""
    handover = _answerable(journey, handover_id, by, HandoverState.RETURNED)
    if handover is None:
        return []
    return [HandoverReturned(on=on, handover_id=handover_id, reason=reason, words=checked_text(words))]


def withdraw_handover(
    journey: Journey, *, handover_id: UUID, by: Party, on: date, words: FreeText
) -> list[JourneyEvent]:
    """The giver takes it back before it was answered; or gives up one that was planned."""
    if plan := journey.planned.get(handover_id):
        if plan.giver != by:
            raise Refused("not-the-giver")
        return [HandoverWithdrawn(on=on, handover_id=handover_id, words=checked_text(words))]
    if plan_given_up := journey.given_up.get(handover_id):
        if plan_given_up.planned.giver != by:
            raise Refused("not-the-giver")
        return []
    handover = _found(journey, handover_id)
    if handover.sent.giver != by:
        raise Refused("not-the-giver")
    if handover.state is HandoverState.WITHDRAWN:
        return []
    if not handover.state.is_open:
        raise Refused("handover-closed")
    return [HandoverWithdrawn(on=on, handover_id=handover_id, words=checked_text(words))]


def _must_be_as_planned(journey: Journey, handover_id: UUID, wanted: tuple[Matter, Party, Party]) -> None:
    if handover_id in journey.given_up:
        raise Refused("handover-closed")
    plan = journey.planned.get(handover_id)
    if plan is not None and (plan.matter, plan.giver, plan.receiver) != wanted:
        raise Refused("not-as-planned")


def _found(journey: Journey, handover_id: UUID) -> Handover:
    if handover_id not in journey.handovers:
        raise Refused("no-such-handover")
    return journey.handovers[handover_id]


def _answerable(journey: Journey, handover_id: UUID, by: Party, wanted: HandoverState) -> Handover | None:
    """The handover that the receiver may answer; None when it already has this answer."""
    handover = _found(journey, handover_id)
    if handover.sent.receiver != by:
        raise Refused("not-the-receiver")
    if handover.outside is not None:
        raise Refused("receiver-without-login")
    if handover.state is wanted:
        return None
    if not handover.state.is_open:
        raise Refused("handover-closed")
    return handover
