from datetime import date, timedelta
from uuid import UUID

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings

from domain.codes import ContactWay, Matter, Party, PlacementForm, Programme, ReturnReason
from domain.events import (
    ContactMade,
    ContactTried,
    HandoverReturned,
    PlacementStarted,
    ReferredToMilepaelen,
    ToldOfBreakOff,
)
from domain.obligations import obligations
from domain.text import FreeText
from eventlog import Entry
from projections.explain import Explanation, ReadingExplained, Skipped, explain
from tests.projections.histories import written_histories
from tests.projections.world import entry, life_after, sent, shipped, started, written

TODAY = date(2026, 4, 20)
BROKE_OFF = ToldOfBreakOff(on=date(2026, 3, 27), programme=Programme.FGU)  # the Friday before Easter week
HANDOVER = UUID(int=99)


def explained(entries: list[Entry], rule_id: str, today: date = TODAY) -> Explanation:
    life = life_after(entries)
    (key,) = [one.key for one in obligations(life, shipped()) if one.rule_id == rule_id]
    return explain(life, shipped(), key, today)


def recomputed(reading: ReadingExplained) -> date:
    """The due date from the explanation's data alone, by other means than the domain's."""
    assert reading.start is not None
    if reading.working_days:
        assert reading.due_on is not None
        skipped = [day for day, _ in reading.skipped]
        assert len(reading.counted) == reading.working_days
        assert not set(reading.counted) & set(skipped)
        every = {reading.start + timedelta(days=n) for n in range(1, (reading.due_on - reading.start).days + 1)}
        assert every == {*reading.counted, *skipped}, "every day is accounted for"
        assert all(day.isoweekday() <= 5 for day in reading.counted)
        assert all((day.isoweekday() > 5) == (why is Skipped.WEEKEND) for day, why in reading.skipped)
        return max(reading.counted)
    if reading.days:
        return date.fromordinal(reading.start.toordinal() + reading.days)
    return reading.start + relativedelta(years=reading.years, months=reading.months)


def check(explanation: Explanation) -> None:
    found = []
    for reading in explanation.readings:
        if reading.start is None:
            assert (reading.due_on, reading.is_earliest) == (None, False)
            continue
        assert recomputed(reading) == reading.due_on
        found.append(reading.due_on)
    assert min(found) == explanation.due_on
    assert {one.due_on for one in explanation.readings if one.is_earliest} == {explanation.due_on}


def test_counted_days_and_skipped_days_are_named_over_easter() -> None:
    explanation = explained(written(started(), BROKE_OFF), "KUI-02")
    (reading,) = explanation.readings
    assert reading.counted == (
        date(2026, 3, 30),
        date(2026, 3, 31),
        date(2026, 4, 1),
        date(2026, 4, 7),
        date(2026, 4, 8),
    )
    assert [day for day, why in reading.skipped if why is Skipped.CLOSED] == [
        date(2026, 4, 2),
        date(2026, 4, 3),
        date(2026, 4, 6),
    ]
    assert [day.day for day, why in reading.skipped if why is Skipped.WEEKEND] == [28, 29, 4, 5]
    assert explanation.due_on == date(2026, 4, 8)
    check(explanation)


def test_it_names_rule_source_trigger_and_holder() -> None:
    explanation = explained(written(started(), BROKE_OFF, known=date(2026, 3, 28)), "KUI-02")
    rule, trigger = explanation.rule, explanation.trigger
    assert rule == shipped().rule("KUI-02", 1)
    assert "KUI-bekendtgørelsen § 10" in rule.source
    assert (trigger.code, trigger.on, trigger.known_on) == (
        "told-of-break-off",
        date(2026, 3, 27),
        date(2026, 3, 28),
    )
    assert explanation.holder is Party.UU
    assert explanation.clears == ("Kontakt opnået",)


def test_both_readings_are_shown_and_the_one_that_has_not_begun_says_so() -> None:
    first = explained(written(started(), BROKE_OFF), "KUI-03")
    assert [(one.starts_with, one.due_on, one.is_earliest) for one in first.readings] == [
        ("contact-made", None, False),
        ("on", date(2026, 4, 26), True),
    ]
    contact = ContactMade(on=date(2026, 3, 30), way=ContactWay.PHONE)
    second = explained(written(started(), BROKE_OFF, contact), "KUI-03")
    assert [one.due_on for one in second.readings] == [date(2026, 4, 29), date(2026, 4, 26)]
    check(first)
    check(second)


def test_months_before_a_birthday() -> None:
    placed = PlacementStarted(on=date(2024, 9, 1), form=PlacementForm.OTHER)
    explanation = explained(written(started(date(2008, 8, 31)), placed), "OVG-05")
    (reading,) = explanation.readings
    assert (reading.start, reading.years, reading.months) == (date(2008, 8, 31), 18, -6)
    assert reading.due_on == date(2026, 2, 28)
    check(explanation)


def test_how_much_over_it_is_in_working_days() -> None:
    entries = written(started(), BROKE_OFF)
    assert explained(entries, "KUI-02", date(2026, 4, 8)).working_days_over == 0
    over = explained(entries, "KUI-02", date(2026, 4, 13))
    assert (over.working_days_over, over.days_over) == (3, 5)


def test_once_cleared_it_grows_no_older() -> None:
    contact = ContactMade(on=date(2026, 4, 10), way=ContactWay.PHONE)
    explanation = explained(written(started(), BROKE_OFF, contact), "KUI-02", date(2026, 12, 1))
    assert explanation.cleared is not None
    assert (explanation.cleared.code, explanation.working_days_over) == ("contact-made", 2)


def test_what_was_tried_is_told_and_what_came_before_is_not() -> None:
    early = ContactTried(on=date(2026, 3, 2), way=ContactWay.PHONE)
    tried = ContactTried(on=date(2026, 4, 1), way=ContactWay.TEXT_MESSAGE)
    explanation = explained(written(started(), early, BROKE_OFF, tried), "KUI-02")
    assert [(one.title, one.on) for one in explanation.tried] == [("Kontakt forsøgt", date(2026, 4, 1))]


def test_handovers_sent_and_returned_are_tries_too() -> None:
    referred = ReferredToMilepaelen(on=date(2026, 3, 27), by=Party.EMPLOYMENT, purpose=FreeText("ord"))
    other = sent(UUID(int=98), date(2026, 3, 30), matter=Matter.GUIDANCE, receiver=Party.EMPLOYMENT)
    handed = sent(HANDOVER, date(2026, 3, 30))
    returned = HandoverReturned(
        on=date(2026, 4, 1),
        handover_id=HANDOVER,
        reason=ReturnReason.MISSING_INFORMATION,
        words=FreeText("hemmeligt"),
    )
    explanation = explained(written(started(), referred, other, handed, returned), "MIL-01")
    assert [one.code for one in explanation.tried] == ["handover-sent", "handover-returned"]
    assert "hemmeligt" not in repr(explanation), "free text stays where it is"


def test_nobody_is_blamed_for_what_could_not_be_known() -> None:
    late = explained([entry(1, started()), entry(2, BROKE_OFF, known=date(2026, 3, 31))], "KUI-03")
    assert not late.could_not_be_known
    too_late = explained([entry(1, started()), entry(2, BROKE_OFF, known=date(2026, 4, 30))], "KUI-03")
    assert too_late.could_not_be_known


def test_an_obligation_that_is_not_there_has_no_explanation() -> None:
    with pytest.raises(KeyError):
        explain(life_after(written(started())), shipped(), "KUI-02:nothing", TODAY)


@settings(max_examples=200, deadline=None)
@given(entries=written_histories())
def test_any_explanation_can_be_recomputed_from_its_own_data(entries: list[Entry]) -> None:
    life = life_after(entries)
    for obligation in obligations(life, shipped()):
        explanation = explain(life, shipped(), obligation.key, TODAY)
        check(explanation)
        assert explanation.due_on == obligation.due_on
