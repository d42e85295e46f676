"""Handovers of a fictional life: sent by whoever has the matter, and answered, or not."""

from datetime import date, timedelta
from enum import StrEnum

from demo import words
from demo.days import open_day
from demo.life import NO_LONGER_KUI, OF_AGE, Life
from domain.choices import Confirmer, ReceiptWay
from domain.codes import Matter, Party, ReturnReason
from domain.events import (
    HandoverPlanned,
    HandoverReceiptRecorded,
    HandoverReplaced,
    HandoverReplacementExplained,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverTakenOver,
    HandoverWithdrawn,
)
from domain.text import FreeText

_ANSWER_DAYS = 14
_AROUND_18 = 75
"""Days before and after the birthday in which responsibility is being moved."""

_KUI_DATA_ACT = date(2024, 8, 12)
"""Those who turned 25 before this stayed where they were."""


class End(StrEnum):
    """What becomes of a handover."""

    TAKEN_OVER = "taken-over"
    SEEN = "seen"
    SENT = "sent"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


def hand_over(life: Life, matter: Matter, receiver: Party, on: date, end: End = End.TAKEN_OVER) -> date:
    """Send a matter to somebody who answers in time; answers with the day they took it over, or will.

    What is returned, withdrawn or replaced is sent once more and then taken over.
    """
    giver = life.holders.get(matter, Party.UU)
    on = open_day(max(on, life.since))
    sent = _sent(life, matter, giver, receiver, on)
    if not life.by_hand(sent, giver):
        return on
    seen_on = life.after(on, 0, 3)
    life.holders.setdefault(matter, giver)
    if end is not End.SENT:
        life.by_hand(HandoverSeen(on=seen_on, handover_id=sent.handover_id), receiver)
    if end in (End.SENT, End.SEEN):
        return on
    if end is not End.TAKEN_OVER:
        return _not_this_time(life, sent, end, seen_on)
    taken_on = life.after(seen_on, 0, 6)
    taken = HandoverTakenOver(
        on=taken_on,
        handover_id=sent.handover_id,
        first_talk_on=life.after(taken_on, 2, 12) if life.chance(0.6) else None,
    )
    if life.by_hand(taken, receiver):
        life.holders[matter] = receiver
    return taken_on


def hand_over_on_paper(life: Life, matter: Matter, receiver: Party, on: date) -> date:
    """To somebody without a login: the giver writes down that the papers have arrived, and then what was answered."""
    giver = life.holders[matter]
    sent = _sent(life, matter, giver, receiver, open_day(on))
    if not life.by_hand(sent, giver):
        return sent.on
    arrived_on = life.after(sent.on, 0, 2)
    confirmed_by, way = life.pick(*Confirmer), life.pick(*ReceiptWay)
    arrived = HandoverReceiptRecorded(on=arrived_on, handover_id=sent.handover_id, confirmed_by=confirmed_by, way=way)
    life.by_hand(arrived, giver)
    taken_on = life.after(arrived_on, 0, 4)
    if life.by_hand(HandoverTakenOver(on=taken_on, handover_id=sent.handover_id), giver):
        life.holders[matter] = receiver
    return taken_on


def leave_kui(life: Life) -> None:
    """At 25 UU hands the guidance over: from then on it may only keep what the act names (§ 15 d)."""
    no_longer = life.turns(NO_LONGER_KUI)
    if no_longer < _KUI_DATA_ACT or life.holders.get(Matter.GUIDANCE) is not Party.UU:
        return
    on = no_longer - timedelta(days=life.draw.randint(35, 75))
    if life.since <= on and (life.closed_on is None or life.closed_on >= no_longer):
        receiver = life.pick(Party.EMPLOYMENT, Party.EMPLOYMENT, Party.ADULT_SOCIAL)
        hand_over(life, Matter.GUIDANCE, receiver, on)


def lately(life: Life) -> None:
    """A handover of the last days that has not been answered yet, or one that is agreed and not sent yet."""
    moves = [
        (Matter.GUIDANCE, Party.UU, Party.EMPLOYMENT),
        (Matter.ADULT_SUPPORT, Party.EMPLOYMENT, Party.ADULT_SOCIAL),
        (Matter.INCOME_AND_WORK, Party.EMPLOYMENT, Party.MILEPAELEN),
    ]
    if life.age(life.until) < OF_AGE:
        moves = [
            (Matter.SCHOOLING, Party.SCHOOL, Party.UU),
            (Matter.CHILD_SUPPORT, Party.UU, Party.CHILD_SOCIAL),
            (Matter.GUIDANCE, Party.UU, Party.CHILD_SOCIAL),
        ]
    sent = {one.event.matter for one in life.told if isinstance(one.event, HandoverSent)}
    matter, giver, receiver = life.pick(*moves)
    on = life.ago(1, 9)
    if life.closed_on or matter in sent or life.holders.get(matter, giver) is not giver or on < life.since:
        return
    if life.chance(0.3):
        send_by = life.until + timedelta(days=life.draw.randint(5, 40))
        planned = HandoverPlanned(
            on=on, handover_id=life.uuid(), matter=matter, giver=giver, receiver=receiver, send_by=send_by
        )
        life.by_hand(planned, giver)
    else:
        life.holders[matter] = giver
        hand_over(life, matter, receiver, on, life.pick(End.SENT, End.SEEN))


def told_by_file(life: Life, matter: Matter, giver: Party, receiver: Party, on: date, answer_days: int) -> date:
    """A handover that a source tells of, and that nobody has looked at; answers with the day of its answer."""
    sent = _sent(life, matter, giver, receiver, on, answer_days)
    life.tell(sent, by=giver)
    life.holders.setdefault(matter, giver)
    return sent.answer_by


def come_of_age(life: Life, before: tuple[int, int] = (28, 60)) -> None:
    """Income and work are handed over to the employment service so many days before 18, so that nobody is without."""
    of_age = life.turns(OF_AGE)
    if life.since >= of_age:
        return
    on = max(life.since, of_age - timedelta(days=life.draw.randint(*before)))
    while open_day(on) >= of_age and on > life.since:
        on -= timedelta(days=1)  # a long weekend before the birthday would be a gap
    life.holders.setdefault(Matter.INCOME_AND_WORK, Party.UU)
    ends = life.draw.choices((End.TAKEN_OVER, End.RETURNED, End.REPLACED, End.WITHDRAWN), (82, 8, 5, 5))
    hand_over(life, Matter.INCOME_AND_WORK, Party.EMPLOYMENT, on, ends[0])


def close_well(life: Life, on: date) -> bool:
    """Close the file from that day on, but not while it is being handed over; answers whether it has come to that.

    Who is followed past 18 has had income and work handed over before it is closed.
    """
    of_age = life.turns(OF_AGE)
    if on >= of_age - timedelta(days=_AROUND_18):
        come_of_age(life)
        on = max(on, of_age + timedelta(days=_AROUND_18))
    return life.close(on)


def _sent(
    life: Life, matter: Matter, giver: Party, receiver: Party, on: date, answer_days: int = _ANSWER_DAYS
) -> HandoverSent:
    return HandoverSent(
        on=on,
        handover_id=life.uuid(),  # a file's handover gets another one from the import
        matter=matter,
        giver=giver,
        receiver=receiver,
        answer_by=on + timedelta(days=answer_days),
        note=FreeText(life.pick(*words.NOTES)),
    )


def _not_this_time(life: Life, sent: HandoverSent, end: End, seen_on: date) -> date:
    on = life.after(seen_on, 0, 3)
    handover_id = sent.handover_id
    match end:
        case End.RETURNED:
            reason = life.pick(*ReturnReason)
            said = FreeText(life.pick(*words.RETURNED))
            life.by_hand(HandoverReturned(on=on, handover_id=handover_id, reason=reason, words=said), sent.receiver)
            on = life.after(on, 1, 4)
        case End.WITHDRAWN:
            said = FreeText(life.pick(*words.TAKEN_BACK))
            life.by_hand(HandoverWithdrawn(on=on, handover_id=handover_id, words=said), sent.giver)
            on = life.after(on, 1, 4)
        case _:
            return _replaced(life, sent, on)
    return hand_over(life, sent.matter, sent.receiver, on)


def _replaced(life: Life, sent: HandoverSent, on: date) -> date:
    """The giver wrote it anew the same day; the new one is taken over."""
    new = _sent(life, sent.matter, sent.giver, sent.receiver, on)
    if not life.by_hand(HandoverReplaced(on=on, handover_id=sent.handover_id, replaced_by=new.handover_id), sent.giver):
        return on
    words_of_it = FreeText(life.pick(*words.REPLACED))
    explained = HandoverReplacementExplained(on=on, handover_id=sent.handover_id, words=words_of_it)
    life.by_hand(explained, sent.giver)
    life.by_hand(new, sent.giver)
    seen_on = life.after(on, 0, 2)
    life.by_hand(HandoverSeen(on=seen_on, handover_id=new.handover_id), sent.receiver)
    taken_on = life.after(seen_on, 0, 5)
    if life.by_hand(HandoverTakenOver(on=taken_on, handover_id=new.handover_id), sent.receiver):
        life.holders[sent.matter] = sent.receiver
    return taken_on
