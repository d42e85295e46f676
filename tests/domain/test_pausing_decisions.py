"""To let a clock stand still, and to let it run again."""

from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from domain.choices import CloseReason, PauseReason
from domain.codes import DataClass, Party, PlacementForm, Programme
from domain.decisions import pause_clock, resume_clock
from domain.events import (
    ClockPaused,
    ClockResumed,
    ContactMade,
    Event,
    JourneyClosed,
    PlacementStarted,
    ToldOfBreakOff,
)
from domain.facts import life_of
from domain.journey import Journey, fold
from domain.obligations import Obligation, Standing, obligations
from domain.refused import Refused
from domain.rules import Rule
from tests.projections.world import at, entry, shipped, started

RULES = shipped()
BROKE_OFF = ToldOfBreakOff(on=date(2026, 3, 16), programme=Programme.FGU)
"""A Monday: KUI-02 is due on Monday the 23rd."""
TUESDAY = datetime(2026, 3, 17, 9, tzinfo=UTC)
UU = Party.UU
STARTED = started(date(2009, 5, 1))


def after(*events: Event, rule_id: str = "KUI-02") -> tuple[Journey, Obligation, Rule]:
    """The journey, and what is owed by the rule, after these events."""
    entries = [entry(number, event) for number, event in enumerate((STARTED, *events), start=1)]
    [duty] = [one for one in obligations(life_of(one.fact() for one in entries), RULES) if one.rule_id == rule_id]
    return fold(one.event for one in entries), duty, RULES.rule(duty.name, duty.rule_version)


def paused(on: date) -> ClockPaused:
    return ClockPaused(
        on=on, of_class=DataClass.EDUCATION, rule="KUI-02", trigger=UUID(int=1002), reason=PauseReason.ILLNESS
    )


def resumed(on: date) -> ClockResumed:
    return ClockResumed(on=on, of_class=DataClass.EDUCATION, rule="KUI-02", trigger=UUID(int=1002))


def refuses(reason: str, decide: Any) -> None:
    with pytest.raises(Refused) as refused:
        decide()
    assert refused.value.reason == reason


def pausing(*events: Event, by: Party = UU, now: datetime = TUESDAY, rule_id: str = "KUI-02") -> Any:
    so_far, duty, rule = after(*events, rule_id=rule_id)
    return partial(pause_clock, so_far, duty=duty, rule=rule, by=by, reason=PauseReason.ILLNESS, at=now)


def test_the_holder_lets_it_stand_still_with_a_reason() -> None:
    assert pausing(BROKE_OFF)() == [paused(date(2026, 3, 17))]


def test_while_it_stands_still_it_is_not_overdue_and_afterwards_it_is_due_later() -> None:
    _, duty, _ = after(BROKE_OFF, paused(date(2026, 3, 17)))
    assert duty.standing(date(2027, 3, 17)) is Standing.PAUSED
    _, duty, _ = after(BROKE_OFF, paused(date(2026, 3, 17)), resumed(date(2026, 3, 24)))
    assert duty.due_on == date(2026, 3, 30), "five working days stood still"
    assert duty.standing(date(2026, 3, 31)) is Standing.OVERDUE


def test_to_stop_and_let_run_again_on_the_same_day_changes_nothing() -> None:
    _, before, _ = after(BROKE_OFF)
    _, duty, _ = after(BROKE_OFF, paused(date(2026, 3, 17)), resumed(date(2026, 3, 17)))
    assert duty.due_on == before.due_on


@pytest.mark.parametrize("by", [one for one in Party if one is not UU])
def test_nobody_else_can_stop_it_or_let_it_run(by: Party) -> None:
    refuses("not-the-duty-holder", pausing(BROKE_OFF, by=by))
    so_far, duty, _ = after(BROKE_OFF, paused(date(2026, 3, 17)))
    refuses("not-the-duty-holder", partial(resume_clock, so_far, duty=duty, by=by, on=date(2026, 3, 18)))


def test_a_birthday_comes_whatever_stands_still() -> None:
    placed = PlacementStarted(on=date(2024, 9, 1), form=PlacementForm.OTHER)
    refuses("clock-cannot-pause", pausing(placed, by=Party.CHILD_SOCIAL, now=at(date(2025, 1, 7)), rule_id="OVG-05"))


def test_on_the_last_day_it_can_still_be_stopped_and_the_day_after_it_is_overdue() -> None:
    assert pausing(BROKE_OFF, now=at(date(2026, 3, 23)))() == [paused(date(2026, 3, 23))]
    refuses("clock-ran-out", pausing(BROKE_OFF, now=at(date(2026, 3, 24))))


def test_the_day_is_the_danish_one() -> None:
    before_midnight = datetime(2026, 3, 23, 22, 59, tzinfo=UTC)
    assert pausing(BROKE_OFF, now=before_midnight)() == [paused(date(2026, 3, 23))]
    refuses("clock-ran-out", pausing(BROKE_OFF, now=datetime(2026, 3, 23, 23, tzinfo=UTC)))


def test_it_cannot_be_stopped_twice_nor_started_twice() -> None:
    refuses("clock-paused-already", pausing(BROKE_OFF, paused(date(2026, 3, 17)), now=at(date(2026, 3, 18))))
    so_far, duty, _ = after(BROKE_OFF)
    refuses("clock-not-paused", partial(resume_clock, so_far, duty=duty, by=UU, on=date(2026, 3, 18)))
    so_far, duty, _ = after(BROKE_OFF, paused(date(2026, 3, 17)), resumed(date(2026, 3, 18)))
    refuses("clock-not-paused", partial(resume_clock, so_far, duty=duty, by=UU, on=date(2026, 3, 19)))


def test_who_stopped_it_lets_it_run_again_also_long_after_the_day_it_was_due() -> None:
    so_far, duty, _ = after(BROKE_OFF, paused(date(2026, 3, 17)))
    on = date(2026, 6, 1)
    assert resume_clock(so_far, duty=duty, by=UU, on=on) == [resumed(on)]


def test_it_can_be_stopped_again_once_it_has_run() -> None:
    events = BROKE_OFF, paused(date(2026, 3, 17)), resumed(date(2026, 3, 18))
    assert pausing(*events, now=at(date(2026, 3, 19)))() == [paused(date(2026, 3, 19))]


def test_what_is_fulfilled_or_gone_has_no_clock() -> None:
    contact = ContactMade(on=date(2026, 3, 16), way="phone")  # type: ignore[arg-type]
    refuses("duty-not-open", pausing(BROKE_OFF, contact))
    so_far, _, rule = after(BROKE_OFF)
    none = partial(pause_clock, so_far, duty=None, rule=rule, by=UU, reason=PauseReason.OTHER, at=TUESDAY)
    refuses("duty-not-open", none)
    so_far, duty, _ = after(BROKE_OFF, contact, paused(date(2026, 3, 17)))
    refuses("duty-not-open", partial(resume_clock, so_far, duty=duty, by=UU, on=date(2026, 3, 18)))


def test_of_who_is_not_followed_nothing_stands_still() -> None:
    closed = JourneyClosed(on=date(2026, 3, 16), reason=CloseReason.MOVED_AWAY)
    _, duty, rule = after(BROKE_OFF)
    so_far = fold([STARTED, BROKE_OFF, closed])
    decide = partial(pause_clock, so_far, duty=duty, rule=rule, by=UU, reason=PauseReason.OTHER, at=TUESDAY)
    refuses("journey-closed", decide)


def test_the_journey_knows_which_clocks_stand_still() -> None:
    other = ClockPaused(
        on=date(2026, 3, 17), of_class=DataClass.SOCIAL, rule="X", trigger=UUID(int=5), reason=PauseReason.OTHER
    )
    so_far = fold([STARTED, BROKE_OFF, paused(date(2026, 3, 17)), other])
    assert so_far.paused == {f"KUI-02:{UUID(int=1002)}", f"X:{UUID(int=5)}"}
    assert fold([STARTED, paused(date(2026, 3, 17)), other, resumed(date(2026, 3, 18))]).paused == {f"X:{UUID(int=5)}"}
