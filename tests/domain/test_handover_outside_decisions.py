"""Receivers without a login: the giver records for them, and for nobody else."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain import journey
from domain.access import Level, level
from domain.choices import Confirmer, Outside, ReceiptWay
from domain.codes import DataClass, Matter, Party, ReturnReason
from domain.decisions import (
    record_receipt,
    record_return,
    record_taking_over,
    return_handover,
    see_handover,
    send_handover,
    take_over,
    withdraw_handover,
)
from domain.events import (
    HandoverReceiptRecorded,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverSentOutside,
    HandoverTakenOver,
    HandoverWithdrawn,
)
from domain.journey import HandoverState
from domain.outside import PARTY_OF, WITHOUT_LOGIN
from domain.text import FreeText
from tests.examples import STARTED, UU_GUIDES
from tests.given import given

ID = UUID(int=0x4C)
SENT_ON, ARRIVED_ON, ANSWERED_ON, TODAY = (date(2026, 11, day) for day in (2, 4, 6, 9))
WHY = FreeText("Der er ikke plads i år.")
ASKED = {
    "handover_id": ID,
    "matter": Matter.GUIDANCE,
    "giver": Party.UU,
    "answer_by": date(2026, 11, 16),
    "note": FreeText("Begynder den 1. december."),
    "on": SENT_ON,
}
TO_PPR = HandoverSent(**ASKED, receiver=Party.HEALTH)
OUTSIDE = HandoverSentOutside(on=SENT_ON, handover_id=ID, to=Outside.PSYCHIATRY)
PSYCHIATRY = (STARTED, UU_GUIDES, TO_PPR, OUTSIDE)
RECEIPT = HandoverReceiptRecorded(
    on=ARRIVED_ON, handover_id=ID, confirmed_by=Confirmer.PRACTITIONER, way=ReceiptWay.PHONE
)
RECORD = {"handover_id": ID, "by": Party.UU, "today": TODAY}
ARRIVED = RECORD | {"confirmed_by": Confirmer.PRACTITIONER, "way": ReceiptWay.PHONE, "on": ARRIVED_ON}
ANSWERED = RECORD | {"on": ANSWERED_ON}
BACK = ANSWERED | {"reason": ReturnReason.OTHER, "words": WHY}
TAKEN = HandoverTakenOver(on=ANSWERED_ON, handover_id=ID)
RETURNED = HandoverReturned(on=ANSWERED_ON, handover_id=ID, reason=ReturnReason.OTHER, words=WHY)


def test_what_goes_outside_says_to_whom() -> None:
    given(STARTED, UU_GUIDES).when(send_handover, **ASKED, receiver=Outside.PSYCHIATRY).then(TO_PPR, OUTSIDE)
    assert journey.fold(PSYCHIATRY).handovers[ID].outside is Outside.PSYCHIATRY
    assert journey.fold(PSYCHIATRY[:-1]).handovers[ID].outside is None, "PPR has a login and answers itself"


def test_an_education_institution_never_has_a_login_whoever_tells_of_the_handover() -> None:
    told_by_file = HandoverSent(**ASKED, receiver=Party.EDUCATION)
    assert journey.fold([STARTED, told_by_file]).handovers[ID].outside is Outside.EDUCATION_INSTITUTION


def test_who_never_has_a_login_is_who_may_see_no_handover() -> None:
    blind = {party for party in Party if level(party, DataClass.HANDOVER) < Level.SUMMARY}
    assert set(WITHOUT_LOGIN) == blind
    assert PARTY_OF.keys() == set(Outside)
    assert all(PARTY_OF[outside] is party for party, outside in WITHOUT_LOGIN.items())


def test_the_giver_records_that_it_has_arrived_which_counts_as_seen() -> None:
    given(*PSYCHIATRY).when(record_receipt, **ARRIVED).then(RECEIPT)
    given(*PSYCHIATRY, RECEIPT).when(record_receipt, **ARRIVED | {"on": TODAY}).then_nothing()
    handover = journey.fold([*PSYCHIATRY, RECEIPT]).handovers[ID]
    assert (handover.state, handover.seen_on, handover.receipt) == (HandoverState.SEEN, ARRIVED_ON, RECEIPT)
    assert journey.fold([*PSYCHIATRY, RECEIPT]).responsible[Matter.GUIDANCE] == Party.UU


def test_it_arrives_after_it_was_sent_and_not_tomorrow() -> None:
    early = ARRIVED | {"on": SENT_ON - timedelta(days=1)}
    given(*PSYCHIATRY).when(record_receipt, **early).then_refused("before-sending")
    given(*PSYCHIATRY).when(record_receipt, **ARRIVED | {"on": TODAY + timedelta(days=1)}).then_refused("in-the-future")
    assert given(*PSYCHIATRY).when(record_receipt, **ARRIVED | {"on": SENT_ON}).decide()
    assert given(*PSYCHIATRY).when(record_receipt, **ARRIVED | {"on": TODAY}).decide()


def test_then_the_giver_records_what_they_answered() -> None:
    given(*PSYCHIATRY, RECEIPT).when(record_taking_over, **ANSWERED).then(TAKEN)
    given(*PSYCHIATRY, RECEIPT).when(record_return, **BACK).then(RETURNED)
    given(*PSYCHIATRY, RECEIPT).when(record_return, **BACK | {"words": FreeText(" ")}).then_refused("text-missing")
    after = journey.fold([*PSYCHIATRY, RECEIPT, TAKEN])
    assert after.responsible[Matter.GUIDANCE] == Party.HEALTH
    assert journey.fold([*PSYCHIATRY, RECEIPT, RETURNED]).responsible[Matter.GUIDANCE] == Party.UU


@pytest.mark.parametrize(("decision", "asked"), [(record_taking_over, ANSWERED), (record_return, BACK)])
def test_an_answer_comes_after_the_receipt_and_once(decision: object, asked: dict) -> None:
    given(*PSYCHIATRY).when(decision, **asked).then_refused("receipt-missing")
    arrived = given(*PSYCHIATRY, RECEIPT)
    early = asked | {"on": ARRIVED_ON - timedelta(days=1)}
    arrived.when(decision, **early).then_refused("answered-before-receipt")
    arrived.when(decision, **asked | {"on": TODAY + timedelta(days=1)}).then_refused("in-the-future")
    mine, other = (TAKEN, RETURNED) if decision is record_taking_over else (RETURNED, TAKEN)
    given(*PSYCHIATRY, RECEIPT, mine).when(decision, **asked).then_nothing()
    given(*PSYCHIATRY, RECEIPT, other).when(decision, **asked).then_refused("handover-closed")


@pytest.mark.parametrize(
    ("decision", "asked"), [(record_receipt, ARRIVED), (record_taking_over, ANSWERED), (record_return, BACK)]
)
def test_nobody_records_for_who_has_a_login_nor_anybody_but_the_giver(decision: object, asked: dict) -> None:
    seen = HandoverSeen(on=ARRIVED_ON, handover_id=ID)
    given(STARTED, UU_GUIDES, TO_PPR, seen).when(decision, **asked).then_refused("receiver-answers-itself")
    for other in (Party.HEALTH, Party.SCHOOL):
        given(*PSYCHIATRY, RECEIPT).when(decision, **asked | {"by": other}).then_refused("not-the-giver")
    given(STARTED).when(decision, **asked).then_refused("no-such-handover")
    withdrawn = HandoverWithdrawn(on=ARRIVED_ON, handover_id=ID, words=WHY)
    given(*PSYCHIATRY, withdrawn).when(decision, **asked).then_refused("handover-closed")


def test_nobody_of_the_party_with_a_login_answers_what_went_outside() -> None:
    ppr = {"handover_id": ID, "by": Party.HEALTH, "on": ANSWERED_ON}
    back = ppr | {"reason": ReturnReason.OTHER, "words": WHY}
    for happened in (PSYCHIATRY, (*PSYCHIATRY, RECEIPT)):
        given(*happened).when(see_handover, **ppr).then_nothing()
        given(*happened).when(take_over, **ppr).then_refused("receiver-without-login")
        given(*happened).when(return_handover, **back).then_refused("receiver-without-login")
        given(*happened).when(take_over, **ppr | {"by": Party.UU}).then_refused("not-the-receiver")


def test_its_words_are_read_by_the_giver_alone() -> None:
    outside = journey.fold(PSYCHIATRY).handovers[ID]
    assert [party for party in Party if outside.words_are_read_by(party)] == [Party.UU]
    inside = journey.fold(PSYCHIATRY[:-1]).handovers[ID]
    assert [party for party in Party if inside.words_are_read_by(party)] == [Party.UU, Party.HEALTH]


def test_it_can_be_withdrawn_until_it_is_answered() -> None:
    asked = {"handover_id": ID, "by": Party.UU, "on": TODAY, "words": WHY}
    withdrawn = HandoverWithdrawn(on=TODAY, handover_id=ID, words=WHY)
    given(*PSYCHIATRY, RECEIPT).when(withdraw_handover, **asked).then(withdrawn)
    given(*PSYCHIATRY, RECEIPT, TAKEN).when(withdraw_handover, **asked).then_refused("handover-closed")
