"""One file per young person: closed and reopened, two files of one person joined and parted."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain import journey
from domain.choices import CloseReason, WithdrawReason
from domain.codes import ContactWay, DataClass
from domain.decisions import (
    close_journey,
    facts_to_move,
    go_into_file,
    let_file_go,
    record_fact,
    reopen_journey,
    stand_alone_again,
    take_in_file,
)
from domain.events import (
    ContactTried,
    FactWithdrawn,
    HandoverWithdrawn,
    JoinedIntoOtherFile,
    JourneyClosed,
    JourneyReopened,
    OtherFileJoined,
    OtherFileParted,
    PartedFromOtherFile,
)
from domain.facts import life_of
from domain.text import FreeText
from tests.examples import ANE, BO, SENT, STARTED, TODAY, UU_GUIDES, fact
from tests.given import given

CLOSED = JourneyClosed(on=TODAY, reason=CloseReason.NO_LONGER_NEEDED)
REOPENED = JourneyReopened(on=TODAY, basis="KUI-loven § 1")
JOINED = JoinedIntoOtherFile(on=TODAY, into=BO)
PARTED = PartedFromOtherFile(on=TODAY, from_file=BO)
TOOK_IN = OtherFileJoined(on=TODAY, other=ANE)
LET_GO = OtherFileParted(on=TODAY, other=ANE)
CLOSE = {"reason": CloseReason.NO_LONGER_NEEDED, "on": TODAY}
REOPEN = {"basis": "KUI-loven § 1", "on": TODAY}
TRIED = ContactTried(on=date(2026, 11, 2), way=ContactWay.PHONE)
WITHDRAWN = HandoverWithdrawn(on=TODAY, handover_id=SENT.handover_id, words=FreeText("Sendt ved en fejl"))


def test_a_journey_is_closed_once_with_a_reason() -> None:
    given(STARTED).when(close_journey, **CLOSE).then(CLOSED)
    given(STARTED, CLOSED).when(close_journey, **CLOSE).then_nothing()
    given().when(close_journey, **CLOSE).then_refused("not-started")


@pytest.mark.parametrize(("decision", "asked"), [(close_journey, CLOSE), (go_into_file, {"into": BO, "on": TODAY})])
def test_nobody_is_let_go_while_a_handover_waits_for_its_answer(decision: object, asked: dict) -> None:
    given(STARTED, UU_GUIDES, SENT).when(decision, **asked).then_refused("handover-waits")
    assert given(STARTED, UU_GUIDES, SENT, WITHDRAWN).when(decision, **asked).decide()


def test_a_journey_is_reopened_with_a_legal_basis() -> None:
    given(STARTED, CLOSED).when(reopen_journey, **REOPEN).then(REOPENED)
    given(STARTED, CLOSED).when(reopen_journey, **REOPEN | {"basis": " "}).then_refused("no-reason")
    given(STARTED).when(reopen_journey, **REOPEN).then_nothing()
    given().when(reopen_journey, **REOPEN).then_refused("not-started")
    given(STARTED, JOINED).when(reopen_journey, **REOPEN).then_refused("file-joined")


def test_facts_that_come_late_are_still_recorded_on_a_closed_journey() -> None:
    given(STARTED, CLOSED).when(record_fact, event=TRIED, today=TODAY).then(TRIED)
    given(STARTED, JOINED).when(record_fact, event=TRIED, today=TODAY).then_refused("file-joined")


def test_a_file_is_taken_in_once() -> None:
    given(STARTED).when(take_in_file, other=ANE, on=TODAY).then(TOOK_IN)
    given(STARTED, TOOK_IN).when(take_in_file, other=ANE, on=TODAY).then_nothing()
    assert given(STARTED, TOOK_IN).when(take_in_file, other=BO, on=TODAY).decide(), "a third file"


def test_a_file_goes_into_another_once() -> None:
    given(STARTED).when(go_into_file, into=BO, on=TODAY).then(JOINED)
    given(STARTED, JOINED).when(go_into_file, into=BO, on=TODAY).then_nothing()
    given(STARTED, JOINED).when(go_into_file, into=ANE, on=TODAY).then_refused("file-joined")


@pytest.mark.parametrize(
    ("decision", "asked"),
    [(take_in_file, {"other": ANE, "on": TODAY}), (go_into_file, {"into": BO, "on": TODAY})],
)
def test_only_files_in_use_are_joined(decision: object, asked: dict) -> None:
    given().when(decision, **asked).then_refused("not-started")
    given(STARTED, CLOSED).when(decision, **asked).then_refused("journey-closed")
    elsewhere = JoinedIntoOtherFile(on=TODAY, into=UUID(int=0xC))
    given(STARTED, elsewhere).when(decision, **asked).then_refused("file-joined")


def test_two_files_are_parted_again_where_they_were_joined() -> None:
    given(STARTED, TOOK_IN).when(let_file_go, other=ANE, on=TODAY).then(LET_GO)
    given(STARTED).when(let_file_go, other=ANE, on=TODAY).then_nothing()
    given(STARTED, JOINED).when(stand_alone_again, from_file=BO, on=TODAY).then(PARTED)
    given(STARTED, JOINED).when(stand_alone_again, from_file=ANE, on=TODAY).then_nothing()
    given(STARTED).when(stand_alone_again, from_file=BO, on=TODAY).then_nothing()


def test_the_journey_knows_whether_it_is_followed_here() -> None:
    assert journey.fold([STARTED, CLOSED]).closed_on == TODAY
    assert journey.fold([STARTED, CLOSED, REOPENED]).closed_on is None
    gone = journey.fold([STARTED, JOINED])
    assert (gone.closed_on, gone.joined_into) == (TODAY, BO)
    back = journey.fold([STARTED, JOINED, PARTED])
    assert (back.closed_on, back.joined_into) == (None, None)
    assert journey.fold([STARTED, TOOK_IN, OtherFileJoined(on=TODAY, other=BO)]).joined == (ANE, BO)
    assert journey.fold([STARTED, TOOK_IN, LET_GO]).joined == ()


def test_what_goes_along_is_what_happened_and_not_how_this_file_was_handled() -> None:
    facts = [STARTED, UU_GUIDES, TRIED, SENT, WITHDRAWN, CLOSED, REOPENED]
    moved = facts_to_move(life_of(fact(number, event) for number, event in enumerate(facts, 1)))
    assert [one.event for one in moved] == [TRIED]


def test_what_was_withdrawn_does_not_go_along() -> None:
    withdrawn = FactWithdrawn(on=TODAY, of_class=DataClass.EDUCATION, reason=WithdrawReason.DID_NOT_HAPPEN)
    life = life_of([fact(1, STARTED), fact(2, TRIED), fact(3, withdrawn, about=2)])
    assert facts_to_move(life) == []


def test_what_was_corrected_goes_along_as_it_is_now() -> None:
    later = ContactTried(on=TRIED.on + timedelta(days=1), way=ContactWay.LETTER)
    life = life_of([fact(1, STARTED), fact(2, TRIED), fact(3, later, about=2)])
    [moved] = facts_to_move(life)
    assert (moved.event, moved.entry_id) == (later, UUID(int=2)), "under the id that its source is known by"
