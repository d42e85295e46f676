"""Sendt, Set, then Overtaget or Returneret. Until the receiver takes over, the giver is responsible."""

from datetime import date
from uuid import UUID

from domain.codes import Matter, Party, ReturnReason
from domain.decisions.journey import checked_text, must_be_followed
from domain.events import (
    HandedItem,
    HandoverPlanned,
    HandoverReplaced,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverTakenOver,
    HandoverWithdrawn,
    JourneyEvent,
    ResponsibilityEstablished,
)
from domain.journey import Handover, HandoverState, Journey
from domain.refused import Refused
from domain.text import FreeText


def send_handover(
    journey: Journey,
    *,
    handover_id: UUID,
    matter: Matter,
    giver: Party,
    receiver: Party,
    answer_by: date,
    note: FreeText,
    on: date,
    items: tuple[HandedItem, ...] = (),
    salt: str = "",
    position: int = 0,
    rule: str | None = None,
) -> list[JourneyEvent]:
    """The giver asks the receiver to take over a matter.

    A matter that nobody holds is first established with the giver: whoever hands something over has it.
    """
    must_be_followed(journey)
    if handover_id in journey.handovers:
        return []
    if giver == receiver:
        raise Refused("same-party")
    if journey.open_handover(matter):
        raise Refused("already-sent")
    holder = journey.responsible.get(matter)
    if holder not in (giver, None):
        raise Refused("not-the-holder")
    if answer_by < on:
        raise Refused("answer-before-sending")
    sent = HandoverSent(
        on=on,
        handover_id=handover_id,
        matter=matter,
        giver=giver,
        receiver=receiver,
        answer_by=answer_by,
        note=checked_text(note),
        items=items,
        salt=salt,
        position=position,
        rule=rule,
    )
    established = ResponsibilityEstablished(on=on, matter=matter, holder=giver)
    return [sent] if holder else [established, sent]


def plan_handover(
    journey: Journey, *, handover_id: UUID, matter: Matter, giver: Party, receiver: Party, send_by: date, on: date
) -> list[JourneyEvent]:
    """A handover is agreed for later. Sending it with the same id makes it a real one."""
    must_be_followed(journey)
    if handover_id in journey.planned or handover_id in journey.handovers:
        return []
    if giver == receiver:
        raise Refused("same-party")
    if journey.responsible.get(matter) not in (giver, None):
        raise Refused("not-the-holder")
    if send_by < on:
        raise Refused("due-before-agreed")
    return [
        HandoverPlanned(on=on, handover_id=handover_id, matter=matter, giver=giver, receiver=receiver, send_by=send_by)
    ]


def replace_handover(
    journey: Journey, *, handover_id: UUID, replaced_by: UUID, by: Party, on: date
) -> list[JourneyEvent]:
    """The giver sends another one instead of one that waits; decided together with `send_handover`, before it."""
    handover = _found(journey, handover_id)
    if handover.sent.giver != by:
        raise Refused("not-the-giver")
    if handover.state is HandoverState.REPLACED:
        return []
    if not handover.state.is_open:
        raise Refused("handover-closed")
    return [HandoverReplaced(on=on, handover_id=handover_id, replaced_by=replaced_by)]


def see_handover(journey: Journey, *, handover_id: UUID, by: Party, on: date) -> list[JourneyEvent]:
    """The receiver opened it. Looking as anybody else is not seeing."""
    handover = _found(journey, handover_id)
    if handover.state is not HandoverState.SENT or handover.sent.receiver != by:
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
    """The giver takes it back before it was answered."""
    handover = _found(journey, handover_id)
    if handover.sent.giver != by:
        raise Refused("not-the-giver")
    if handover.state is HandoverState.WITHDRAWN:
        return []
    if not handover.state.is_open:
        raise Refused("handover-closed")
    return [HandoverWithdrawn(on=on, handover_id=handover_id, words=checked_text(words))]


def _found(journey: Journey, handover_id: UUID) -> Handover:
    if handover_id not in journey.handovers:
        raise Refused("no-such-handover")
    return journey.handovers[handover_id]


def _answerable(journey: Journey, handover_id: UUID, by: Party, wanted: HandoverState) -> Handover | None:
    """The handover that the receiver may answer; None when it already has this answer."""
    handover = _found(journey, handover_id)
    if handover.sent.receiver != by:
        raise Refused("not-the-receiver")
    if handover.state is wanted:
        return None
    if not handover.state.is_open:
        raise Refused("handover-closed")
    return handover
