"""To look at a duty and look again later: nothing is cleared by looking."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.catalogue import class_of
from domain.choices import CloseReason
from domain.codes import DataClass, Party
from domain.decisions import check_duty
from domain.events import Checked, JoinedIntoOtherFile, JourneyClosed
from tests.examples import BO, STARTED, TODAY
from tests.given import given

TOMORROW = TODAY + timedelta(days=1)
ASKED = {
    "rule": "KUI-02",
    "trigger": UUID(int=0x77),
    "of_class": DataClass.EDUCATION,
    "by": Party.UU,
    "ask_again_on": TOMORROW,
    "on": TODAY,
}
CHECKED = Checked(**ASKED)


def test_a_duty_is_looked_at_and_asked_about_again_on_a_later_day() -> None:
    given(STARTED).when(check_duty, **ASKED).then(CHECKED)
    assert class_of(CHECKED) is DataClass.EDUCATION


@pytest.mark.parametrize("days", [0, -1])
def test_today_or_earlier_is_no_day_to_ask_again(days: int) -> None:
    asked = ASKED | {"ask_again_on": TODAY + timedelta(days=days)}
    given(STARTED).when(check_duty, **asked).then_refused("ask-again-too-early")


def test_it_can_be_put_off_once_more() -> None:
    given(STARTED, CHECKED).when(check_duty, **ASKED).then(CHECKED)


def test_only_duties_of_somebody_who_is_followed_are_looked_at() -> None:
    given().when(check_duty, **ASKED).then_refused("not-started")
    closed = JourneyClosed(on=TODAY, reason=CloseReason.TURNED_30)
    given(STARTED, closed).when(check_duty, **ASKED).then_refused("journey-closed")
    given(STARTED, JoinedIntoOtherFile(on=TODAY, into=BO)).when(check_duty, **ASKED).then_refused("file-joined")
