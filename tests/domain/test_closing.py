"""What is owed ends the day nobody follows the young person any longer, and stands again when somebody does."""

from datetime import date
from uuid import UUID

import pytest

from domain.choices import CloseReason
from domain.codes import ContactWay, Programme
from domain.events import (
    ContactMade,
    Event,
    JoinedIntoOtherFile,
    JourneyClosed,
    JourneyReopened,
    PartedFromOtherFile,
    ToldOfBreakOff,
)
from domain.facts import life_of
from domain.obligations import Obligation, obligations
from domain.rules import rule_set
from tests.examples import BO, STARTED, fact
from tests.four import FOUR

RULES = rule_set(FOUR, ())
TOLD = ToldOfBreakOff(on=date(2026, 4, 1), programme=Programme.VOCATIONAL)
REACHED = ContactMade(on=date(2026, 4, 3), way=ContactWay.PHONE)
CLOSING_DAY = date(2026, 4, 20)
ENDS = [JourneyClosed(on=CLOSING_DAY, reason=CloseReason.MOVED_AWAY), JoinedIntoOtherFile(on=CLOSING_DAY, into=BO)]
GOES_ON = [JourneyReopened(on=date(2026, 5, 1), basis="§ 1"), PartedFromOtherFile(on=date(2026, 5, 1), from_file=BO)]


def contact_after_break_off(*events: Event) -> list[Obligation]:
    life = life_of([fact(number, event) for number, event in enumerate([STARTED, *events], 1)])
    return [one for one in obligations(life, RULES) if one.rule_id == "KUI-02"]


@pytest.mark.parametrize("end", ENDS)
def test_what_was_owed_ends_the_day_the_journey_does(end: Event) -> None:
    [before] = contact_after_break_off(TOLD)
    [after] = contact_after_break_off(TOLD, end)
    assert before.ends_on > CLOSING_DAY
    assert after.ends_on == CLOSING_DAY
    assert (after.due_on, after.is_open) == (before.due_on, True), "it ended; nobody did it"


@pytest.mark.parametrize("end", ENDS)
def test_what_happens_after_the_end_is_no_duty_of_ours(end: Event) -> None:
    assert contact_after_break_off(end, TOLD) != [], "it was before the end, and only told of later"
    later = ToldOfBreakOff(on=CLOSING_DAY, programme=Programme.FGU)
    assert contact_after_break_off(end, later) == []


@pytest.mark.parametrize(("end", "again"), list(zip(ENDS, GOES_ON, strict=True)))
def test_it_stands_again_as_if_it_had_never_ended(end: Event, again: Event) -> None:
    assert contact_after_break_off(TOLD, end, again) == contact_after_break_off(TOLD)
    late = ToldOfBreakOff(on=date(2026, 5, 2), programme=Programme.FGU)
    [_, second] = contact_after_break_off(TOLD, end, again, late)
    assert second.trigger == UUID(int=5)


@pytest.mark.parametrize("end", ENDS)
def test_what_was_done_before_the_end_stays_done(end: Event) -> None:
    [done] = contact_after_break_off(TOLD, REACHED, end)
    assert (done.is_open, done.cleared_on) == (False, REACHED.on)
