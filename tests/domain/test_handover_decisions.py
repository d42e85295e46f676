from datetime import date
from uuid import UUID

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from domain import journey
from domain.choices import CloseReason
from domain.codes import Matter, Party, ReturnReason
from domain.decisions import (
    plan_handover,
    replace_handover,
    return_handover,
    see_handover,
    send_handover,
    send_instead,
    take_over,
    withdraw_handover,
)
from domain.events import (
    HandoverPlanned,
    HandoverReplaced,
    HandoverReplacementExplained,
    HandoverReturned,
    HandoverSeen,
    HandoverTakenOver,
    HandoverWithdrawn,
    JoinedIntoOtherFile,
    JourneyClosed,
    ResponsibilityEstablished,
)
from domain.journey import HandoverState
from domain.refused import Refused
from domain.text import FreeText
from tests.examples import BO, HANDOVER, SENT, STARTED, UU_GUIDES
from tests.given import given

ON = date(2026, 11, 5)
ASKED = {
    "handover_id": HANDOVER,
    "matter": SENT.matter,
    "giver": SENT.giver,
    "receiver": SENT.receiver,
    "answer_by": SENT.answer_by,
    "note": SENT.note,
    "on": SENT.on,
}
SEEN = HandoverSeen(on=ON, handover_id=HANDOVER)
TAKEN = HandoverTakenOver(on=ON, handover_id=HANDOVER)
WHY = FreeText("Skal til Voksen")
RETURNED = HandoverReturned(on=ON, handover_id=HANDOVER, reason=ReturnReason.WRONG_RECEIVER, words=WHY)
WITHDRAWN = HandoverWithdrawn(on=ON, handover_id=HANDOVER, words=WHY)
ANSWER = {"handover_id": HANDOVER, "by": Party.MILEPAELEN, "on": ON}
PLAN = {
    "handover_id": HANDOVER,
    "matter": SENT.matter,
    "giver": SENT.giver,
    "receiver": SENT.receiver,
    "send_by": date(2026, 12, 1),
    "on": date(2026, 10, 1),
}
PLANNED = HandoverPlanned(**PLAN)
INSTEAD = UUID(int=0x4B)
REPLACED = HandoverReplaced(on=ON, handover_id=HANDOVER, replaced_by=INSTEAD)
REPLACE = {"handover_id": HANDOVER, "replaced_by": INSTEAD, "by": Party.UU, "on": ON}


def test_the_holder_sends() -> None:
    given(STARTED, UU_GUIDES).when(send_handover, **ASKED).then(SENT)


def test_what_nobody_holds_is_first_established_with_the_giver() -> None:
    held = ResponsibilityEstablished(on=SENT.on, matter=Matter.GUIDANCE, holder=Party.UU)
    given(STARTED).when(send_handover, **ASKED).then(held, SENT)


def test_nobody_hands_over_what_another_holds() -> None:
    asked = ASKED | {"giver": Party.SCHOOL}
    given(STARTED, UU_GUIDES).when(send_handover, **asked).then_refused("not-the-holder")


def test_nobody_hands_over_to_themselves() -> None:
    asked = ASKED | {"receiver": Party.UU}
    given(STARTED, UU_GUIDES).when(send_handover, **asked).then_refused("same-party")


def test_the_same_handover_is_sent_once() -> None:
    given(STARTED, UU_GUIDES, SENT).when(send_handover, **ASKED).then_nothing()


def test_a_matter_waits_for_one_answer_at_a_time() -> None:
    again = ASKED | {"handover_id": UUID(int=9)}
    given(STARTED, UU_GUIDES, SENT).when(send_handover, **again).then_refused("already-sent")


def test_a_returned_matter_may_be_sent_again() -> None:
    again = ASKED | {"handover_id": UUID(int=9)}
    assert given(STARTED, UU_GUIDES, SENT, RETURNED).when(send_handover, **again).decide()


def test_an_answer_cannot_be_due_before_it_was_sent() -> None:
    asked = ASKED | {"answer_by": date(2026, 11, 1)}
    given(STARTED, UU_GUIDES).when(send_handover, **asked).then_refused("answer-before-sending")


def test_only_the_receiver_sees() -> None:
    given(STARTED, UU_GUIDES, SENT).when(see_handover, **ANSWER).then(SEEN)
    given(STARTED, UU_GUIDES, SENT).when(see_handover, **ANSWER | {"by": Party.UU}).then_nothing()
    given(STARTED, UU_GUIDES, SENT, SEEN).when(see_handover, **ANSWER).then_nothing()


def test_the_receiver_takes_over_and_is_then_responsible() -> None:
    given(STARTED, UU_GUIDES, SENT).when(take_over, **ANSWER).then(TAKEN)
    after = journey.fold([STARTED, UU_GUIDES, SENT, TAKEN])
    assert after.responsible[Matter.GUIDANCE] == Party.MILEPAELEN


def test_until_the_receiver_answers_the_giver_is_responsible() -> None:
    for answer in ([], [SEEN], [RETURNED], [WITHDRAWN]):
        after = journey.fold([STARTED, UU_GUIDES, SENT, *answer])
        assert after.responsible[Matter.GUIDANCE] == Party.UU


def test_nobody_else_takes_over_or_returns() -> None:
    by_school = ANSWER | {"by": Party.SCHOOL}
    given(STARTED, UU_GUIDES, SENT).when(take_over, **by_school).then_refused("not-the-receiver")
    words = {"reason": ReturnReason.OTHER, "words": WHY}
    given(STARTED, UU_GUIDES, SENT).when(return_handover, **by_school, **words).then_refused("not-the-receiver")


def test_an_answer_is_given_once() -> None:
    given(STARTED, UU_GUIDES, SENT, TAKEN).when(take_over, **ANSWER).then_nothing()
    given(STARTED, UU_GUIDES, SENT, RETURNED).when(take_over, **ANSWER).then_refused("handover-closed")
    given(STARTED, UU_GUIDES, SENT, WITHDRAWN).when(take_over, **ANSWER).then_refused("handover-closed")
    words = {"reason": RETURNED.reason, "words": WHY}
    given(STARTED, UU_GUIDES, SENT).when(return_handover, **ANSWER, **words).then(RETURNED)
    given(STARTED, UU_GUIDES, SENT, TAKEN).when(return_handover, **ANSWER, **words).then_refused("handover-closed")


def test_only_the_giver_withdraws_and_only_what_is_unanswered() -> None:
    asked = {"handover_id": HANDOVER, "by": Party.UU, "on": ON, "words": WHY}
    given(STARTED, UU_GUIDES, SENT).when(withdraw_handover, **asked).then(WITHDRAWN)
    given(STARTED, UU_GUIDES, SENT, WITHDRAWN).when(withdraw_handover, **asked).then_nothing()
    given(STARTED, UU_GUIDES, SENT, TAKEN).when(withdraw_handover, **asked).then_refused("handover-closed")
    by_receiver = asked | {"by": Party.MILEPAELEN}
    given(STARTED, UU_GUIDES, SENT).when(withdraw_handover, **by_receiver).then_refused("not-the-giver")


def test_what_was_never_sent_cannot_be_answered() -> None:
    given(STARTED).when(take_over, **ANSWER).then_refused("no-such-handover")


def test_what_is_sent_has_words_that_may_be_kept() -> None:
    given(STARTED, UU_GUIDES).when(send_handover, **ASKED | {"note": FreeText(" ")}).then_refused("text-missing")
    too_long = ASKED | {"note": FreeText("x" * 5001)}
    given(STARTED, UU_GUIDES).when(send_handover, **too_long).then_refused("text-too-long")


@pytest.mark.parametrize(("decision", "asked"), [(send_handover, ASKED), (plan_handover, PLAN)])
def test_only_whoever_is_followed_is_handed_over(decision: object, asked: dict) -> None:
    given().when(decision, **asked).then_refused("not-started")
    closed = JourneyClosed(on=ON, reason=CloseReason.MOVED_AWAY)
    given(STARTED, UU_GUIDES, closed).when(decision, **asked).then_refused("journey-closed")
    gone = JoinedIntoOtherFile(on=ON, into=BO)
    given(STARTED, UU_GUIDES, gone).when(decision, **asked).then_refused("file-joined")


def test_a_handover_is_planned_once_and_is_not_sent_by_that() -> None:
    given(STARTED, UU_GUIDES).when(plan_handover, **PLAN).then(PLANNED)
    given(STARTED).when(plan_handover, **PLAN).then(PLANNED)
    given(STARTED, UU_GUIDES, PLANNED).when(plan_handover, **PLAN).then_nothing()
    after = journey.fold([STARTED, UU_GUIDES, PLANNED])
    assert (dict(after.planned), after.handovers) == ({HANDOVER: PLANNED}, {})
    given(STARTED, UU_GUIDES, PLANNED).when(take_over, **ANSWER).then_refused("no-such-handover")


def test_a_handover_is_planned_by_whoever_has_the_matter_and_for_another() -> None:
    given(STARTED, UU_GUIDES).when(plan_handover, **PLAN | {"giver": Party.SCHOOL}).then_refused("not-the-holder")
    given(STARTED, UU_GUIDES).when(plan_handover, **PLAN | {"receiver": Party.UU}).then_refused("same-party")


def test_a_planned_handover_is_not_sent_before_it_was_planned() -> None:
    asked = PLAN | {"send_by": date(2026, 9, 30)}
    given(STARTED, UU_GUIDES).when(plan_handover, **asked).then_refused("due-before-agreed")
    assert given(STARTED, UU_GUIDES).when(plan_handover, **PLAN | {"send_by": PLAN["on"]}).decide()


def test_sending_what_was_planned_makes_it_a_handover() -> None:
    given(STARTED, UU_GUIDES, PLANNED).when(send_handover, **ASKED).then(SENT)
    after = journey.fold([STARTED, UU_GUIDES, PLANNED, SENT])
    assert (after.planned, list(after.handovers)) == ({}, [HANDOVER])
    given(STARTED, UU_GUIDES, PLANNED, SENT).when(plan_handover, **PLAN).then_nothing()


WITHDRAW = {"handover_id": HANDOVER, "by": Party.UU, "on": ON, "words": WHY}


def test_the_giver_gives_up_what_was_planned_and_says_why() -> None:
    given(STARTED, UU_GUIDES, PLANNED).when(withdraw_handover, **WITHDRAW).then(WITHDRAWN)
    no_words = WITHDRAW | {"words": FreeText(" ")}
    given(STARTED, UU_GUIDES, PLANNED).when(withdraw_handover, **no_words).then_refused("text-missing")
    by_receiver = WITHDRAW | {"by": Party.MILEPAELEN}
    for happened in ([PLANNED], [PLANNED, WITHDRAWN]):
        given(STARTED, UU_GUIDES, *happened).when(withdraw_handover, **by_receiver).then_refused("not-the-giver")
    given_up = given(STARTED, UU_GUIDES, PLANNED, WITHDRAWN)
    given_up.when(withdraw_handover, **WITHDRAW).then_nothing()
    given_up.when(send_handover, **ASKED).then_refused("handover-closed")
    given_up.when(plan_handover, **PLAN).then_refused("handover-closed")
    after = journey.fold([STARTED, UU_GUIDES, PLANNED, WITHDRAWN])
    assert (after.planned, after.handovers) == ({}, {})
    assert (after.given_up[HANDOVER].planned, after.given_up[HANDOVER].withdrawn) == (PLANNED, WITHDRAWN)
    assert given_up.when(plan_handover, **PLAN | {"handover_id": INSTEAD}).decide(), "it may be planned anew"


def test_the_same_is_planned_once_however_often_it_is_asked() -> None:
    again = PLAN | {"handover_id": INSTEAD}
    given(STARTED, UU_GUIDES, PLANNED).when(plan_handover, **again).then_refused("already-planned")
    for_another = again | {"receiver": Party.EMPLOYMENT}
    assert given(STARTED, UU_GUIDES, PLANNED).when(plan_handover, **for_another).decide()


def test_what_is_sent_as_planned_is_what_was_planned() -> None:
    otherwise = (
        {"receiver": Party.EMPLOYMENT},
        {"matter": Matter.COORDINATION},
        {"giver": Party.SCHOOL},
    )
    for change in otherwise:
        asked = given(STARTED, UU_GUIDES, PLANNED).when(send_handover, **ASKED | change)
        asked.then_refused("not-as-planned")


def test_another_is_sent_instead_with_the_reason_both_or_neither() -> None:
    new = {
        "replaces": HANDOVER,
        "words": FreeText("Skal til Beskæftigelse"),
        "handover_id": INSTEAD,
        "giver": Party.UU,
        "receiver": Party.EMPLOYMENT,
        "answer_by": date(2026, 12, 1),
        "note": SENT.note,
        "on": ON,
    }
    explained = HandoverReplacementExplained(on=ON, handover_id=HANDOVER, words=new["words"])
    given_sent = given(STARTED, UU_GUIDES, SENT)
    replaced, why, sent = given_sent.when(send_instead, **new).decide()
    assert (replaced, why) == (REPLACED, explained)
    assert (sent.handover_id, sent.matter, sent.receiver) == (INSTEAD, SENT.matter, Party.EMPLOYMENT)
    given(STARTED, UU_GUIDES, SENT, replaced, why, sent).when(send_instead, **new).then_nothing()
    given_sent.when(send_instead, **new | {"receiver": Party.UU}).then_refused("same-party")
    given_sent.when(send_instead, **new | {"giver": Party.SCHOOL}).then_refused("not-the-giver")
    given_sent.when(send_instead, **new | {"words": FreeText("")}).then_refused("text-missing")
    given_sent.when(send_instead, **new | {"answer_by": date(2026, 11, 1)}).then_refused("answer-before-sending")
    given(STARTED, UU_GUIDES, SENT, TAKEN).when(send_instead, **new).then_refused("handover-closed")


def test_the_giver_replaces_an_unanswered_handover_by_another() -> None:
    given(STARTED, UU_GUIDES, SENT).when(replace_handover, **REPLACE).then(REPLACED)
    given(STARTED, UU_GUIDES, SENT, REPLACED).when(replace_handover, **REPLACE).then_nothing()
    another = REPLACE | {"replaced_by": UUID(int=0x4D)}
    given(STARTED, UU_GUIDES, SENT, REPLACED).when(replace_handover, **another).then_refused("handover-closed")
    after = journey.fold([STARTED, UU_GUIDES, SENT, REPLACED])
    assert after.handovers[HANDOVER].state is HandoverState.REPLACED
    assert after.handovers[HANDOVER].answered == REPLACED
    assert after.responsible[Matter.GUIDANCE] == Party.UU
    new = ASKED | {"handover_id": INSTEAD, "receiver": Party.EMPLOYMENT}
    assert given(STARTED, UU_GUIDES, SENT, REPLACED).when(send_handover, **new).decide(), "the matter is free again"


def test_only_the_giver_replaces_and_only_what_is_unanswered() -> None:
    by_receiver = REPLACE | {"by": Party.MILEPAELEN}
    given(STARTED, UU_GUIDES, SENT).when(replace_handover, **by_receiver).then_refused("not-the-giver")
    for answer in (TAKEN, RETURNED, WITHDRAWN):
        given(STARTED, UU_GUIDES, SENT, answer).when(replace_handover, **REPLACE).then_refused("handover-closed")
    given(STARTED).when(replace_handover, **REPLACE).then_refused("no-such-handover")


def test_what_was_replaced_can_no_longer_be_answered() -> None:
    given(STARTED, UU_GUIDES, SENT, REPLACED).when(take_over, **ANSWER).then_refused("handover-closed")
    late = journey.fold([STARTED, UU_GUIDES, SENT, REPLACED, TAKEN])
    assert late.responsible[Matter.GUIDANCE] == Party.UU


parties = st.sampled_from([Party.UU, Party.MILEPAELEN, Party.EMPLOYMENT])
handovers = st.sampled_from([UUID(int=n) for n in range(3)])
attempts = st.one_of(
    st.tuples(
        st.just(send_handover),
        st.fixed_dictionaries(
            {
                "handover_id": handovers,
                "matter": st.sampled_from([Matter.GUIDANCE, Matter.INCOME_AND_WORK]),
                "giver": parties,
                "receiver": parties,
                "answer_by": st.just(date(2026, 12, 1)),
                "note": st.just(FreeText("x")),
                "on": st.just(ON),
            }
        ),
    ),
    st.tuples(
        st.sampled_from([see_handover, take_over]),
        st.fixed_dictionaries({"handover_id": handovers, "by": parties, "on": st.just(ON)}),
    ),
    st.tuples(
        st.just(withdraw_handover),
        st.fixed_dictionaries({"handover_id": handovers, "by": parties, "on": st.just(ON), "words": st.just(WHY)}),
    ),
)


@for_any(st.lists(attempts, max_size=25))
def test_whatever_people_try_a_matter_once_held_is_never_without_a_holder(tries: list) -> None:
    now = journey.fold([STARTED, UU_GUIDES])
    for decision, details in tries:
        held = set(now.responsible)
        try:
            follows = decision(now, **details)
        except Refused:
            continue
        for event in follows:
            now = journey.evolve(now, event)
        assert held <= set(now.responsible)
        assert decision(now, **details) == [], "asking again must change nothing"
        waiting = [one.sent.matter for one in now.handovers.values() if one.state.is_open]
        assert len(waiting) == len(set(waiting)), "a matter waits for one answer at a time"
