import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings

from domain.choices import Benefit, CloseReason, PauseReason
from domain.codes import ContactWay, DataClass, Matter, Party, PlacementForm, Programme, ReturnReason
from domain.events import (
    BenefitStarted,
    ClockPaused,
    ClockResumed,
    ConcernReceived,
    ContactMade,
    ContactTried,
    HandoverReturned,
    InterviewHeld,
    JourneyClosed,
    PlacementEnded,
    PlacementStarted,
    ReferredToMilepaelen,
    ToldOfBreakOff,
)
from domain.obligations import MovedBy, Standing, obligations
from domain.text import FreeText
from eventlog import Entry
from projections.explain import explain, explanations
from projections.explained import Explanation, Lapse, Skipped
from projections.explanation_json import as_json
from tests.domain.law.story import LAW
from tests.projections.histories import written_histories
from tests.projections.world import entry, life_after, sent, shipped, started, written
from tools import check_deadline as stranger

TODAY = date(2026, 4, 20)
BROKE_OFF = ToldOfBreakOff(on=date(2026, 3, 27), programme=Programme.FGU)  # the Friday before Easter week
HANDOVER = UUID(int=99)


def explained(entries: list[Entry], rule_id: str, today: date = TODAY) -> Explanation:
    life = life_after(entries)
    (key,) = [one.key for one in obligations(life, shipped()) if one.rule_id == rule_id]
    return explain(life, shipped(), key, today)


def check(explanation: Explanation) -> None:
    """By a stranger, from the data alone."""
    document = as_json("417203", explanation.day, [explanation])
    assert stranger.check(json.loads(json.dumps(document))) == {explanation.obligation.key: []}


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
    assert [(one.day, one.name) for one in reading.skipped if one.why is Skipped.CLOSED] == [
        (date(2026, 4, 2), "skærtorsdag"),
        (date(2026, 4, 3), "langfredag"),
        (date(2026, 4, 6), "anden påskedag"),
    ]
    assert [one.day.day for one in reading.skipped if one.why is Skipped.WEEKEND] == [28, 29, 4, 5]
    assert (reading.working_days, reading.weekdays) == (5, 7), "both counts, whichever the rule counts"
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
    assert [one.code for one in explanation.clearing.conditions] == ["contact-made"]


def test_both_readings_are_shown_and_the_one_that_has_not_begun_says_so() -> None:
    first = explained(written(started(), BROKE_OFF), "KUI-03")
    assert [(one.reading.start_code, one.due_on, one.is_earliest) for one in first.readings] == [
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
    assert (reading.start, reading.reading.years, reading.reading.months) == (date(2008, 8, 31), 18, -6)
    assert reading.due_on == date(2026, 2, 28)
    check(explanation)


def test_how_much_over_it_is_in_working_days() -> None:
    entries = written(started(date(2009, 5, 1)), BROKE_OFF)
    assert explained(entries, "KUI-02", date(2026, 4, 8)).working_days_over == 0
    over = explained(entries, "KUI-02", date(2026, 4, 13))
    assert (over.working_days_over, over.days_over) == (3, 5)


def test_once_cleared_it_grows_no_older() -> None:
    contact = ContactMade(on=date(2026, 4, 10), way=ContactWay.PHONE)
    explanation = explained(written(started(), BROKE_OFF, contact), "KUI-02", date(2026, 12, 1))
    assert explanation.clearing.cleared is not None
    assert (explanation.clearing.cleared.code, explanation.working_days_over) == ("contact-made", 2)
    assert (explanation.standing, explanation.lapsed) == (Standing.LATE, None)
    check(explanation)


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


def test_a_try_after_it_was_fulfilled_was_about_something_else() -> None:
    contact = ContactMade(on=date(2026, 4, 2), way=ContactWay.PHONE)
    later = ContactTried(on=date(2026, 4, 9), way=ContactWay.PHONE)
    assert explained(written(started(), BROKE_OFF, contact, later), "KUI-02").tried == ()


def test_the_state_in_which_it_stands_and_why_it_lapsed() -> None:
    placed, ended = PlacementStarted(on=date(2024, 9, 1), form=PlacementForm.OTHER), PlacementEnded(on=date(2025, 3, 3))
    explanation = explained(written(started(), placed, ended), "OVG-05")
    assert explanation.state is not None
    assert (explanation.state.name, explanation.state.until) == ("placed", date(2025, 3, 3))
    assert explanation.state.began.on == date(2024, 9, 1)
    assert explanation.lapsed is not None
    assert explanation.lapsed.by is not None
    lapsed = (explanation.lapsed.why, explanation.lapsed.on, explanation.lapsed.by.code)
    assert lapsed == (Lapse.STATE_ENDED, date(2025, 3, 3), "placement-ended")
    assert explanation.days_over == 0
    check(explanation)


def test_what_was_missed_and_then_nobodys_any_longer_says_how_long_it_was_over() -> None:
    explanation = explained(written(started(date(2008, 5, 1)), BROKE_OFF), "KUI-02", date(2027, 1, 1))
    assert explanation.lapsed is not None
    assert (explanation.lapsed.why, explanation.lapsed.on) == (Lapse.AGE, date(2026, 5, 1))
    assert explanation.days_over == (date(2026, 5, 1) - date(2026, 4, 8)).days
    check(explanation)


def test_who_is_not_followed_any_longer_owes_nothing_and_it_says_so() -> None:
    closed = JourneyClosed(on=date(2026, 4, 2), reason=CloseReason.MOVED_AWAY)
    explanation = explained(written(started(date(2009, 5, 1)), BROKE_OFF, closed), "KUI-02")
    assert explanation.lapsed is not None
    assert explanation.lapsed.by is not None
    assert (explanation.lapsed.why, explanation.lapsed.by.code) == (Lapse.CLOSED, "journey-closed")
    check(explanation)


def pauses(*days: date) -> list[ClockPaused | ClockResumed]:
    """The clock of what entry 2 began stands still from the first day, runs from the second, and so on."""
    about: dict[str, Any] = {"of_class": DataClass.EDUCATION, "rule": "KUI-02", "trigger": UUID(int=1002)}
    return [
        ClockResumed(on=day, **about) if place % 2 else ClockPaused(on=day, reason=PauseReason.SUMMER_BREAK, **about)
        for place, day in enumerate(days)
    ]


def test_a_clock_that_stood_still_names_the_days_and_the_day_it_was_due_before() -> None:
    stood = pauses(date(2026, 3, 31), date(2026, 4, 8))
    explanation = explained(written(started(date(2009, 5, 1)), BROKE_OFF, *stood), "KUI-02")
    (reading,) = explanation.readings
    assert explanation.due_on == date(2026, 4, 13)
    assert [one.day.day for one in reading.skipped if one.why is Skipped.PAUSED] == [31, 1, 7]
    assert [(one.since, one.until) for one in explanation.pauses] == [(date(2026, 3, 31), date(2026, 4, 8))]
    assert [(one.was_due_on, one.why) for one in explanation.moved] == [(date(2026, 4, 8), MovedBy.PAUSE)]
    check(explanation)


def test_while_it_stands_still_it_is_not_over() -> None:
    explanation = explained(written(started(date(2009, 5, 1)), BROKE_OFF, *pauses(date(2026, 3, 31))), "KUI-02")
    assert (explanation.standing, explanation.days_over) == (Standing.PAUSED, 0)
    check(explanation)


def test_how_many_of_how_many_have_happened() -> None:
    applied = BenefitStarted(on=date(2026, 8, 3), benefit=Benefit.CASH_BENEFIT)
    talks = [InterviewHeld(on=date(2026, month, 7)) for month in (8, 9)]
    life = life_after(written(started(date(2004, 5, 1)), applied, *talks))
    (explanation,) = explanations(life, LAW, date(2026, 11, 22), lambda duty: duty.rule_id == "BES-02")
    assert (explanation.clearing.needed, [one.on.month for one in explanation.clearing.counted]) == (4, [8, 9])
    assert explanation.clearing.cleared is None
    check(explanation)


def test_hours_count_from_the_instant_over_the_night_when_clocks_are_set_forward() -> None:
    at = datetime(2026, 3, 28, 20, tzinfo=UTC)
    received = ConcernReceived(on=date(2026, 3, 28), at=at)
    life = life_after(written(started(date(2010, 5, 1)), received))
    found = explanations(life, LAW, date(2026, 3, 29), lambda duty: duty.due_at is not None)
    assert [one.obligation.due_at for one in found] == [at + timedelta(hours=24)]
    assert found[0].due_on == date(2026, 3, 29)
    check(found[0])


def test_facts_are_told_with_their_three_times_and_without_free_text() -> None:
    late = entry(2, BROKE_OFF, known=date(2026, 3, 30), recorded=date(2026, 4, 1))
    told = explained([entry(1, started()), late], "KUI-02").trigger
    assert (told.on, told.known_on, told.recorded_at.date()) == (date(2026, 3, 27), date(2026, 3, 30), date(2026, 4, 1))


def test_an_obligation_that_is_not_there_has_no_explanation() -> None:
    with pytest.raises(KeyError):
        explain(life_after(written(started())), shipped(), "KUI-02:nothing", TODAY)


@settings(max_examples=100, deadline=None)
@given(entries=written_histories())
def test_any_explanation_can_be_recomputed_from_its_own_data(entries: list[Entry]) -> None:
    life = life_after(entries)
    for obligation in obligations(life, shipped()):
        for day in (TODAY, obligation.due_on, obligation.due_on + timedelta(days=1), date(2034, 1, 1)):
            explanation = explain(life, shipped(), obligation.key, day)
            check(explanation)
            assert (explanation.due_on, explanation.standing) == (obligation.due_on, obligation.standing(day))
            assert (explanation.lapsed is not None) == (explanation.standing is Standing.LAPSED)
