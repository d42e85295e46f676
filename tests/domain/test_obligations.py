"""The four rules, each through the front door: facts in, obligations out."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.codes import Activity, ContactWay, Matter, Party, PlacementForm, Programme
from domain.events import (
    ActivityOffered,
    BirthDateCorrected,
    ContactMade,
    ContactTried,
    EducationStarted,
    HandoverSent,
    HandoverTakenOver,
    MilepaelenStarted,
    PlacementEnded,
    PlacementStarted,
    ReferredToMilepaelen,
    ToldOfBreakOff,
    YouthSupportDecided,
)
from domain.facts import Fact, Life, life_of
from domain.obligations import Obligation, obligations
from domain.rules import rule_set
from domain.text import FreeText
from tests.examples import HANDOVER, SENT, STARTED, fact
from tests.four import FOUR

CLOSED = (date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 6))
RULES = rule_set(FOUR, CLOSED)
START = fact(1, STARTED)  # born 14.3.2009: 17½ on 14.9.2026, 18 on 14.3.2027


def life(*facts: Fact) -> Life:
    return life_of([START, *facts])


def of_rule(rule_id: str, *facts: Fact) -> list[Obligation]:
    return [one for one in obligations(life(*facts), RULES) if one.rule_id == rule_id]


PLACED = fact(2, PlacementStarted(on=date(2025, 1, 10), form=PlacementForm.FOSTER_FAMILY))
BROKE_OFF = fact(2, ToldOfBreakOff(on=date(2026, 3, 27), programme=Programme.VOCATIONAL), known=date(2026, 4, 1))
REFERRED = fact(
    2, ReferredToMilepaelen(on=date(2027, 4, 1), by=Party.EMPLOYMENT, purpose=FreeText("x")), known=date(2027, 4, 1)
)


def test_a_life_without_triggers_owes_nothing() -> None:
    assert obligations(life(), RULES) == []
    assert obligations(Life(), RULES) == []


# OVG-05 (barnets lov § 111): placed outside the home; decision on ungestøtte 6 months before 18


def test_ungestoette_is_decided_6_months_before_18() -> None:
    (owed,) = of_rule("OVG-05", PLACED)
    assert owed.due_on == date(2026, 9, 14)
    assert (owed.holder, owed.receiver) == (Party.CHILD_SOCIAL, Party.ADULT_SOCIAL)
    assert owed.shown_from == date(2026, 3, 14)
    assert owed.ends_on == date(2032, 3, 14)
    assert owed.is_open


@pytest.mark.parametrize("granted", [True, False])
def test_a_no_is_a_decision_too(granted: bool) -> None:
    (owed,) = of_rule("OVG-05", PLACED, fact(3, YouthSupportDecided(on=date(2026, 8, 1), granted=granted)))
    assert (owed.cleared_by, owed.cleared_on) == (UUID(int=3), date(2026, 8, 1))


def test_a_placement_that_ends_before_the_deadline_owes_nothing() -> None:
    (owed,) = of_rule("OVG-05", PLACED, fact(3, PlacementEnded(on=date(2026, 9, 14))))
    assert (owed.is_open, owed.lapsed_on, owed.cleared_by) == (False, date(2026, 9, 14), None)


def test_a_placement_that_ends_after_the_deadline_still_owes_the_decision() -> None:
    (owed,) = of_rule("OVG-05", PLACED, fact(3, PlacementEnded(on=date(2026, 9, 15))))
    assert owed.is_open


def test_who_moves_from_one_place_to_another_is_placed_all_along() -> None:
    moved = date(2026, 3, 1)
    move = [
        fact(3, PlacementEnded(on=moved)),
        fact(4, PlacementStarted(on=moved, form=PlacementForm.OWN_ROOM)),
    ]
    (owed,) = of_rule("OVG-05", PLACED, *move)
    assert (owed.trigger, owed.triggered_on, owed.is_open) == (UUID(int=2), PLACED.on, True)
    (owed,) = of_rule("OVG-05", PLACED, *move, fact(5, YouthSupportDecided(on=date(2026, 2, 1), granted=True)))
    assert owed.cleared_on == date(2026, 2, 1), "what was decided before the move is decided"
    (owed,) = of_rule("OVG-05", PLACED, *move, fact(5, PlacementEnded(on=date(2026, 6, 1))))
    assert owed.lapsed_on == date(2026, 6, 1)


def test_a_place_that_nobody_ended_is_no_second_duty_and_a_pause_is() -> None:
    again = fact(3, PlacementStarted(on=date(2026, 3, 1), form=PlacementForm.OWN_ROOM))
    assert [owed.trigger for owed in of_rule("OVG-05", PLACED, again)] == [UUID(int=2)]
    home = fact(4, PlacementEnded(on=date(2026, 2, 1)))
    owed = [(one.trigger, one.lapsed_on) for one in of_rule("OVG-05", PLACED, home, again)]
    assert owed == [(UUID(int=2), date(2026, 2, 1)), (UUID(int=3), None)]


def test_another_birth_date_moves_the_deadline() -> None:
    corrected = fact(3, BirthDateCorrected(on=date(2026, 1, 1), born_on=date(2009, 5, 31)))
    (owed,) = of_rule("OVG-05", PLACED, corrected)
    assert owed.due_on == date(2026, 11, 30)


def test_a_placement_we_learn_of_too_late_could_not_be_known() -> None:
    (owed,) = of_rule("OVG-05", fact(2, PLACED.event, known=date(2026, 10, 1)))
    assert owed.could_not_be_known
    assert owed.due_on == date(2026, 9, 14)


def test_a_duty_of_age_is_judged_by_the_law_of_the_deadlines_day_not_of_the_placements() -> None:
    long_ago = fact(2, PlacementStarted(on=date(2012, 5, 1), form=PlacementForm.FOSTER_FAMILY))
    assert len(of_rule("OVG-05", long_ago)) == 1
    for born_on, judged in [(date(2006, 6, 30), 0), (date(2006, 7, 1), 1)]:  # due on 30.12.2023 and 1.1.2024
        older = life_of([fact(1, replace(STARTED, born_on=born_on)), long_ago])
        assert len([one for one in obligations(older, RULES) if one.rule_id == "OVG-05"]) == judged


def test_a_duty_of_an_event_is_judged_by_the_law_of_the_events_day() -> None:
    before = fact(2, ToldOfBreakOff(on=date(2016, 12, 31), programme=Programme.VOCATIONAL))
    older = life_of([fact(1, replace(STARTED, born_on=date(2000, 5, 1))), before])
    assert obligations(older, RULES) == []


# KUI-02: contact within 5 working days of the municipality's knowledge


def test_contact_is_due_5_working_days_after_we_knew_not_after_it_happened() -> None:
    (owed,) = of_rule("KUI-02", BROKE_OFF)
    assert owed.due_on == date(2026, 4, 13)  # Easter is not counted
    assert owed.shown_from == date(2026, 4, 1)


def test_an_attempt_does_not_clear_but_contact_does() -> None:
    tried = fact(3, ContactTried(on=date(2026, 4, 7), way=ContactWay.PHONE))
    made = fact(4, ContactMade(on=date(2026, 4, 8), way=ContactWay.VISIT))
    assert of_rule("KUI-02", BROKE_OFF, tried)[0].is_open
    assert of_rule("KUI-02", BROKE_OFF, tried, made)[0].cleared_by == UUID(int=4)


def test_contact_before_the_break_off_does_not_clear() -> None:
    before = fact(3, ContactMade(on=date(2026, 3, 26), way=ContactWay.PHONE))
    assert of_rule("KUI-02", BROKE_OFF, before)[0].is_open


def test_the_duty_is_about_15_to_17_year_olds() -> None:
    at_14 = fact(2, ToldOfBreakOff(on=date(2024, 3, 13), programme=Programme.LOWER_SECONDARY))
    at_15 = fact(2, ToldOfBreakOff(on=date(2024, 3, 14), programme=Programme.LOWER_SECONDARY))
    at_18 = fact(2, ToldOfBreakOff(on=date(2027, 3, 14), programme=Programme.VOCATIONAL))
    assert of_rule("KUI-02", at_14) == []
    assert of_rule("KUI-02", at_15)[0].ends_on == date(2027, 3, 14)
    assert of_rule("KUI-02", at_18) == []


def test_two_break_offs_are_two_duties() -> None:
    again = fact(5, ToldOfBreakOff(on=date(2026, 5, 1), programme=Programme.FGU))
    assert len({owed.key for owed in of_rule("KUI-02", BROKE_OFF, again)}) == 2


# KUI-03: a new activity within 30 days; from contact, or from the break-off: both are computed


def test_without_contact_only_the_break_off_starts_the_30_days() -> None:
    (owed,) = of_rule("KUI-03", BROKE_OFF)
    assert [(one.start, one.due_on) for one in owed.readings] == [(date(2026, 3, 27), date(2026, 4, 26))]


def test_with_contact_both_readings_are_there_and_the_earlier_warns() -> None:
    made = fact(3, ContactMade(on=date(2026, 4, 8), way=ContactWay.VISIT))
    (owed,) = of_rule("KUI-03", BROKE_OFF, made)
    assert [one.due_on for one in owed.readings] == [date(2026, 5, 8), date(2026, 4, 26)]
    assert owed.due_on == date(2026, 4, 26)


@pytest.mark.parametrize(
    "event",
    [
        ActivityOffered(on=date(2026, 4, 20), activity=Activity.FGU),
        EducationStarted(on=date(2026, 4, 20), programme=Programme.FGU),
    ],
)
def test_an_offer_or_a_start_clears(event: ActivityOffered | EducationStarted) -> None:
    assert of_rule("KUI-03", BROKE_OFF, fact(3, event))[0].cleared_on == date(2026, 4, 20)


def test_contact_on_the_day_of_the_break_off_starts_the_clock_too() -> None:
    (owed,) = of_rule("KUI-03", BROKE_OFF, fact(3, ContactMade(on=BROKE_OFF.on, way=ContactWay.VISIT)))
    assert [one.start for one in owed.readings] == [BROKE_OFF.on, BROKE_OFF.on]


def test_the_beginning_of_what_was_broken_off_the_same_day_clears_nothing() -> None:
    told = BROKE_OFF.event
    assert isinstance(told, ToldOfBreakOff)
    began = EducationStarted(on=told.on, programme=told.programme)
    assert of_rule("KUI-03", BROKE_OFF, fact(3, began))[0].is_open
    assert not of_rule("KUI-03", BROKE_OFF, fact(3, replace(began, programme=Programme.FGU)))[0].is_open
    assert not of_rule("KUI-03", BROKE_OFF, fact(3, replace(began, on=date(2026, 3, 28))))[0].is_open


def test_nothing_is_owed_while_the_only_clock_has_not_started() -> None:
    text = FOUR.split("[[rule]]")[3]
    only = rule_set("[[rule]]" + text.rsplit("[[rule.due]]", 1)[0], CLOSED)
    made = fact(3, ContactMade(on=date(2026, 4, 8), way=ContactWay.VISIT))
    assert obligations(life(BROKE_OFF), only) == []
    assert [owed.due_on for owed in obligations(life(BROKE_OFF, made), only)] == [date(2026, 5, 8)]


# MIL-01: Milepælen takes over within 5 working days of the referral


def test_milepaelen_takes_over_within_5_working_days() -> None:
    (owed,) = of_rule("MIL-01", REFERRED)
    assert owed.due_on == date(2027, 4, 8)
    assert (owed.giver, owed.receiver, owed.matter) == (Party.EMPLOYMENT, Party.MILEPAELEN, Matter.INCOME_AND_WORK)


def test_the_giver_of_a_referral_is_whoever_referred() -> None:
    by_uu = fact(2, replace(REFERRED.event, by=Party.UU))
    assert of_rule("MIL-01", by_uu)[0].giver == Party.UU


def test_starting_at_milepaelen_clears() -> None:
    started = fact(3, MilepaelenStarted(on=date(2027, 4, 5)))
    assert not of_rule("MIL-01", REFERRED, started)[0].is_open


def _handed(receiver: Party, matter: Matter) -> list[Fact]:
    sent = replace(SENT, on=date(2027, 4, 2), receiver=receiver, matter=matter)
    taken = HandoverTakenOver(on=date(2027, 4, 3), handover_id=HANDOVER)
    assert isinstance(sent, HandoverSent)
    return [fact(3, sent), fact(4, taken)]


def test_only_this_receiver_taking_over_this_matter_clears() -> None:
    assert not of_rule("MIL-01", REFERRED, *_handed(Party.MILEPAELEN, Matter.INCOME_AND_WORK))[0].is_open
    assert of_rule("MIL-01", REFERRED, *_handed(Party.UU, Matter.INCOME_AND_WORK))[0].is_open
    assert of_rule("MIL-01", REFERRED, *_handed(Party.MILEPAELEN, Matter.GUIDANCE))[0].is_open
    assert of_rule("MIL-01", REFERRED, _handed(Party.MILEPAELEN, Matter.INCOME_AND_WORK)[1])[0].is_open


# All rules


STORY = [
    PLACED,
    fact(3, ToldOfBreakOff(on=date(2026, 3, 27), programme=Programme.VOCATIONAL), known=date(2026, 4, 1)),
    fact(4, ContactTried(on=date(2026, 4, 2), way=ContactWay.PHONE)),
    fact(5, ContactMade(on=date(2026, 4, 8), way=ContactWay.VISIT)),
    fact(6, ActivityOffered(on=date(2026, 5, 1), activity=Activity.JOB)),
    fact(7, ToldOfBreakOff(on=date(2026, 6, 1), programme=Programme.FGU)),
    fact(8, YouthSupportDecided(on=date(2026, 8, 1), granted=True)),
    fact(9, replace(SENT, on=date(2026, 9, 1))),
]


@given(st.permutations(STORY))
def test_the_order_of_arrival_changes_nothing(arrived: list[Fact]) -> None:
    assert obligations(life(*arrived), RULES) == obligations(life(*STORY), RULES)


def test_earliest_deadline_first() -> None:
    due = [owed.due_on for owed in obligations(life(*STORY), RULES)]
    assert due == sorted(due)
    assert len(due) == 5
