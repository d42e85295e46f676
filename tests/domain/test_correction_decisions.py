"""What was recorded wrongly is corrected or withdrawn; how we handled it has ways back of its own."""

from datetime import date, timedelta
from typing import get_args

import pytest

from domain.catalogue import BY_CODE, class_of
from domain.choices import CloseReason, WithdrawReason
from domain.codes import ContactWay, DataClass, Matter, Party, PlacementForm
from domain.decisions import correct_fact, let_count_again, may_be_corrected, withdraw_fact
from domain.events import (
    Checked,
    ContactMade,
    ContactTried,
    FactWithdrawn,
    HandoverEvent,
    JoinedIntoOtherFile,
    JourneyClosed,
    PlacementStarted,
    PlanStepAgreed,
    ResponsibilityEstablished,
)
from domain.text import FreeText
from tests.examples import BO, SENT, STARTED, STEP, TODAY
from tests.given import given

TRIED = ContactTried(on=date(2026, 11, 2), way=ContactWay.PHONE)
BY_LETTER = ContactTried(on=date(2026, 11, 2), way=ContactWay.LETTER)
PLACED = PlacementStarted(on=date(2026, 11, 2), form=PlacementForm.OTHER)
HELD = ResponsibilityEstablished(on=TODAY, matter=Matter.GUIDANCE, holder=Party.UU)
CHECKED = Checked(
    on=TODAY,
    of_class=DataClass.EDUCATION,
    rule="KUI-02",
    trigger=STEP,
    by=Party.UU,
    ask_again_on=TODAY + timedelta(days=7),
)
STEP_AGREED = PlanStepAgreed(
    on=TODAY,
    step_id=STEP,
    what=FreeText("Besøge FGU"),
    responsible=Party.UU,
    matter=Matter.GUIDANCE,
    due_on=TODAY,
)
JOINED = JoinedIntoOtherFile(on=TODAY, into=BO)


def test_a_fact_is_corrected_by_what_was_so() -> None:
    given(STARTED, TRIED).when(correct_fact, was=TRIED, event=BY_LETTER, today=TODAY).then(BY_LETTER)
    given(STARTED, TRIED).when(correct_fact, was=TRIED, event=TRIED, today=TODAY).then_nothing()


def test_a_correction_may_say_that_it_was_another_thing_of_the_same_class() -> None:
    made = ContactMade(on=TRIED.on, way=ContactWay.PHONE)
    given(STARTED, TRIED).when(correct_fact, was=TRIED, event=made, today=TODAY).then(made)


def test_a_correction_stays_with_those_who_could_read_what_it_corrects() -> None:
    then = given(STARTED, TRIED).when(correct_fact, was=TRIED, event=PLACED, today=TODAY)
    then.then_refused("corrected-as-another-class")


def test_a_correction_lies_between_birth_and_today() -> None:
    for on, reason in ((TODAY + timedelta(days=1), "in-the-future"), (date(2009, 3, 13), "before-birth")):
        event = ContactTried(on=on, way=ContactWay.PHONE)
        given(STARTED, TRIED).when(correct_fact, was=TRIED, event=event, today=TODAY).then_refused(reason)
    given().when(correct_fact, was=TRIED, event=BY_LETTER, today=TODAY).then_refused("not-started")


def test_what_went_into_another_file_is_corrected_there() -> None:
    then = given(STARTED, TRIED, JOINED).when(correct_fact, was=TRIED, event=BY_LETTER, today=TODAY)
    then.then_refused("file-joined")


def test_a_closed_journey_can_still_be_put_right() -> None:
    closed = JourneyClosed(on=TODAY, reason=CloseReason.NO_LONGER_NEEDED)
    then = given(STARTED, TRIED, closed).when(correct_fact, was=TRIED, event=BY_LETTER, today=TODAY)
    then.then(BY_LETTER)


@pytest.mark.parametrize("protocol", [STARTED, SENT, HELD, CHECKED, JOINED])
def test_how_we_handled_it_is_not_corrected_as_a_fact(protocol: object) -> None:
    given(STARTED).when(correct_fact, was=protocol, event=TRIED, today=TODAY).then_refused("not-correctable")
    given(STARTED).when(correct_fact, was=TRIED, event=protocol, today=TODAY).then_refused("not-correctable")
    given(STARTED).when(let_count_again, withdrawn=protocol, today=TODAY).then_refused("not-correctable")
    asked = {"was": protocol, "reason": WithdrawReason.DID_NOT_HAPPEN, "on": TODAY}
    given(STARTED).when(withdraw_fact, **asked).then_refused("not-correctable")


def test_no_part_of_a_handovers_protocol_may_be_corrected() -> None:
    for kind in get_args(HandoverEvent):
        assert not may_be_corrected(object.__new__(kind)), kind


def test_what_happened_to_the_young_person_may_be_corrected() -> None:
    assert may_be_corrected(TRIED)
    assert may_be_corrected(PLACED)
    assert may_be_corrected(STEP_AGREED)


@pytest.mark.parametrize("was", [TRIED, PLACED, STEP_AGREED])
def test_a_withdrawal_has_the_class_and_so_the_readers_of_what_it_withdraws(was: object) -> None:
    asked = {"was": was, "reason": WithdrawReason.RECORDED_TWICE, "on": TODAY}
    withdrawn = FactWithdrawn(on=TODAY, of_class=class_of(was), reason=WithdrawReason.RECORDED_TWICE)
    given(STARTED, was).when(withdraw_fact, **asked).then(withdrawn)
    assert class_of(withdrawn) is class_of(was)


def test_a_fact_is_withdrawn_also_from_a_file_that_goes_into_another() -> None:
    asked = {"was": TRIED, "reason": WithdrawReason.FILES_JOINED, "on": TODAY}
    assert given(STARTED, TRIED, JOINED).when(withdraw_fact, **asked).decide()
    given().when(withdraw_fact, **asked).then_refused("not-started")


def test_what_was_withdrawn_counts_again() -> None:
    withdrawn = FactWithdrawn(on=TODAY, of_class=DataClass.EDUCATION, reason=WithdrawReason.DID_NOT_HAPPEN)
    given(STARTED, TRIED, withdrawn).when(let_count_again, withdrawn=TRIED, today=TODAY).then(TRIED)
    given(STARTED, JOINED).when(let_count_again, withdrawn=TRIED, today=TODAY).then_refused("file-joined")


def test_what_is_about_something_else_must_say_of_which_class() -> None:
    of_others = [one for one in BY_CODE.values() if one.data_class is None]
    assert {one.code for one in of_others} == {"fact-withdrawn", "checked", "clock-paused", "clock-resumed"}
    for one in of_others:
        assert one.type.__annotations__["of_class"] is DataClass, one.code
