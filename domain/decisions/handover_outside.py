"""Receivers without a login: the giver records that the papers have arrived, and then what was answered.

It is written as a taking over or a return like any other, so that everything that follows from one follows from this.
Nobody does it for a receiver with a login: those answer themselves.
"""

from datetime import date
from uuid import UUID

from domain.choices import Confirmer, ReceiptWay
from domain.codes import Party, ReturnReason
from domain.decisions.journey import checked_text
from domain.events import HandoverReceiptRecorded, HandoverReturned, HandoverTakenOver, JourneyEvent
from domain.journey import Handover, HandoverState, Journey
from domain.refused import Refused
from domain.text import FreeText


def record_receipt(
    journey: Journey, *, handover_id: UUID, by: Party, confirmed_by: Confirmer, way: ReceiptWay, on: date, today: date
) -> list[JourneyEvent]:
    """Somebody there told the giver on this day that the papers have arrived. Once is enough."""
    handover = _outside(journey, handover_id, by)
    if handover.receipt is not None:
        return []
    if not handover.state.is_open:
        raise Refused("handover-closed")
    if on < handover.sent.on:
        raise Refused("before-sending")
    if on > today:
        raise Refused("in-the-future")
    return [HandoverReceiptRecorded(on=on, handover_id=handover_id, confirmed_by=confirmed_by, way=way)]


def record_taking_over(
    journey: Journey, *, handover_id: UUID, by: Party, on: date, today: date, first_talk_on: date | None = None
) -> list[JourneyEvent]:
    """They took over on this day, as they told the giver; from that day they are responsible for the matter."""
    handover = _answerable(journey, handover_id, by, HandoverState.TAKEN_OVER)
    if handover is None:
        return []
    _on_a_day_after_the_receipt(handover, on, today)
    return [HandoverTakenOver(on=on, handover_id=handover_id, first_talk_on=first_talk_on)]


def record_return(
    journey: Journey, *, handover_id: UUID, by: Party, on: date, today: date, reason: ReturnReason, words: FreeText
) -> list[JourneyEvent]:
    """They do not take over, as they told the giver on this day; the giver still is responsible."""
    handover = _answerable(journey, handover_id, by, HandoverState.RETURNED)
    if handover is None:
        return []
    _on_a_day_after_the_receipt(handover, on, today)
    return [HandoverReturned(on=on, handover_id=handover_id, reason=reason, words=checked_text(words))]


def _outside(journey: Journey, handover_id: UUID, by: Party) -> Handover:
    """The handover, if it went to somebody without a login and the giver asks."""
    if handover_id not in journey.handovers:
        raise Refused("no-such-handover")
    handover = journey.handovers[handover_id]
    if handover.outside is None:
        raise Refused("receiver-answers-itself")
    if handover.sent.giver != by:
        raise Refused("not-the-giver")
    return handover


def _answerable(journey: Journey, handover_id: UUID, by: Party, wanted: HandoverState) -> Handover | None:
    """The handover of which the giver may record the answer; None when it already has this answer."""
    handover = _outside(journey, handover_id, by)
    if handover.state is wanted:
        return None
    if not handover.state.is_open:
        raise Refused("handover-closed")
    if handover.receipt is None:
        raise Refused("receipt-missing")
    return handover


def _on_a_day_after_the_receipt(handover: Handover, on: date, today: date) -> None:
    if handover.receipt is not None and on < handover.receipt.on:
        raise Refused("answered-before-receipt")
    if on > today:
        raise Refused("in-the-future")
