"""Who had which matter when: by the days on which it happened, and checked day by day."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import journey
from domain.access import level
from domain.choices import CloseReason
from domain.codes import Matter, Party, Programme, ReturnReason, StartReason
from domain.days import birthday
from domain.decisions import (
    close_journey,
    reopen_journey,
    return_handover,
    see_handover,
    send_handover,
    start_journey,
    take_over,
    withdraw_handover,
)
from domain.events import (
    BirthDateCorrected,
    EducationStarted,
    Event,
    HandoverReturned,
    HandoverSent,
    HandoverTakenOver,
    JoinedIntoOtherFile,
    JourneyClosed,
    JourneyReopened,
    JourneyStarted,
    LeftSchool,
    PartedFromOtherFile,
)
from domain.facts import Fact, Life, life_of
from domain.refused import Refused
from domain.text import FreeText
from eventlog import Entry
from projections.responsibility import (
    Gap,
    Held,
    How,
    Overlap,
    days,
    may_know_schooling,
    spans_of,
)
from tests.examples import fact
from tests.projections.histories import written_histories
from tests.projections.world import life_after, responsible, sent, started

BORN = date(2009, 3, 14)
START = date(2024, 9, 2)
EIGHTEEN = date(2027, 3, 14)
TODAY = date(2026, 11, 20)
FIRST, SECOND = UUID(int=1), UUID(int=2)
UU, SCHOOL, MIL, JOB = Party.UU, Party.SCHOOL, Party.MILEPAELEN, Party.EMPLOYMENT
BEGUN = (
    started(BORN, START),
    responsible(Matter.SCHOOLING, SCHOOL, START),
    responsible(Matter.GUIDANCE, UU, START),
    responsible(Matter.COORDINATION, UU, START),
)


def lived(*events: Event | Fact) -> Life:
    """These events as facts in the order of the log; a Fact is taken as it is."""
    return life_of(
        event if isinstance(event, Fact) else fact(number, event) for number, event in enumerate(events, start=1)
    )


def held(*events: Event | Fact, today: date = TODAY, **more: Any) -> dict[Matter, Held]:
    life = lived(*events)
    return {one.matter: one for one in spans_of(life, life.born_on, today, **more)}


def told(one: Held) -> list[tuple[Party, date, date | None, How]]:
    return [(span.holder, span.since, span.until, span.how) for span in one.spans]


def guided(giver: Party, receiver: Party, on: date, handover_id: UUID = FIRST) -> HandoverSent:
    return sent(handover_id, on, matter=Matter.GUIDANCE, giver=giver, receiver=receiver)


def taken(on: date, handover_id: UUID = FIRST) -> HandoverTakenOver:
    return HandoverTakenOver(on=on, handover_id=handover_id)


# Spans


def test_each_matter_tells_who_has_it_since_when_and_by_which_entry() -> None:
    found = held(*BEGUN)
    assert list(found) == [Matter.SCHOOLING, Matter.GUIDANCE, Matter.COORDINATION]
    assert told(found[Matter.GUIDANCE]) == [(UU, START, None, How.ESTABLISHED)]
    assert found[Matter.GUIDANCE].spans[0].entry_id == UUID(int=3)
    assert all(not one.gaps and not one.overlaps for one in found.values())


def test_who_takes_over_has_it_from_that_day_and_the_giver_until_then() -> None:
    guidance = held(*BEGUN, guided(UU, MIL, date(2026, 1, 5)), taken(date(2026, 1, 9)))[Matter.GUIDANCE]
    assert told(guidance) == [
        (UU, START, date(2026, 1, 9), How.ESTABLISHED),
        (MIL, date(2026, 1, 9), None, How.TAKEN_OVER),
    ]
    assert (guidance.spans[1].giver, guidance.spans[1].handover_id) == (UU, FIRST)
    assert not guidance.overlaps


@pytest.mark.parametrize("answer", [None, HandoverReturned])
def test_what_is_sent_or_returned_changes_nothing(answer: Any) -> None:
    why = {"reason": ReturnReason.OTHER, "words": FreeText("ord")}
    events = [answer(on=date(2026, 1, 9), handover_id=FIRST, **why)] if answer else []
    guidance = held(*BEGUN, guided(UU, MIL, date(2026, 1, 5)), *events)[Matter.GUIDANCE]
    assert told(guidance) == [(UU, START, None, How.ESTABLISHED)]


def test_an_answer_after_the_first_one_does_not_count() -> None:
    returned = HandoverReturned(
        on=date(2026, 1, 8), handover_id=FIRST, reason=ReturnReason.OTHER, words=FreeText("ord")
    )
    events = (guided(UU, MIL, date(2026, 1, 5)), returned, taken(date(2026, 1, 9)))
    assert told(held(*BEGUN, *events)[Matter.GUIDANCE]) == [(UU, START, None, How.ESTABLISHED)]


def test_what_came_late_stands_where_it_happened() -> None:
    later = (guided(MIL, JOB, date(2026, 6, 1), SECOND), taken(date(2026, 6, 2), SECOND))
    earlier = (guided(UU, MIL, date(2026, 1, 5)), taken(date(2026, 1, 9)))
    guidance = held(*BEGUN, *later, *earlier)[Matter.GUIDANCE]
    assert [(party, since) for party, since, *_ in told(guidance)] == [
        (UU, START),
        (MIL, date(2026, 1, 9)),
        (JOB, date(2026, 6, 2)),
    ]
    assert not guidance.overlaps


def test_a_correction_moves_the_day() -> None:
    handed = (guided(UU, MIL, date(2026, 1, 5)), taken(date(2026, 1, 9)))
    corrected = fact(7, taken(date(2026, 2, 2)), about=6)
    assert told(held(*BEGUN, *handed, corrected)[Matter.GUIDANCE])[1][1] == date(2026, 2, 2)


def test_nothing_is_taken_over_before_it_was_sent() -> None:
    found = held(*BEGUN, guided(UU, MIL, date(2026, 1, 5)), taken(date(2026, 1, 1)))
    assert told(found[Matter.GUIDANCE])[1][1] == date(2026, 1, 5)


def test_another_matter_is_another_story() -> None:
    found = held(*BEGUN, guided(UU, MIL, date(2026, 1, 5)), taken(date(2026, 1, 9)))
    assert told(found[Matter.COORDINATION]) == [(UU, START, None, How.ESTABLISHED)]


def test_in_a_closed_file_nobody_has_anything_until_it_is_opened_again() -> None:
    closed = JourneyClosed(on=date(2026, 2, 1), reason=CloseReason.MOVED_AWAY)
    guidance = held(*BEGUN, closed)[Matter.GUIDANCE]
    assert told(guidance) == [(UU, START, date(2026, 2, 1), How.ESTABLISHED)]
    assert not guidance.gaps
    again = held(*BEGUN, closed, JourneyReopened(on=date(2026, 5, 1), basis="KUI-loven § 1"))[Matter.GUIDANCE]
    assert told(again) == [(UU, START, None, How.ESTABLISHED)]
    assert not again.gaps


# Gaps


def test_a_matter_that_nobody_was_given_is_a_gap_from_the_start_of_the_journey() -> None:
    found = held(started(BORN, START))
    assert {matter: one.gaps for matter, one in found.items()} == {
        matter: (Gap(since=START, until=None),) for matter in (Matter.SCHOOLING, Matter.GUIDANCE, Matter.COORDINATION)
    }


def test_a_gap_ends_when_somebody_gets_it() -> None:
    guidance = held(started(BORN, START), responsible(Matter.GUIDANCE, UU, date(2024, 9, 14)))[Matter.GUIDANCE]
    assert guidance.gaps == (Gap(since=START, until=date(2024, 9, 14)),)
    assert days(START, date(2024, 9, 14), TODAY) == 12


def test_what_still_lasts_counts_today_too() -> None:
    assert days(TODAY, None, TODAY) == 1


def test_income_and_work_is_the_employment_services_from_18_without_anybody_doing_anything() -> None:
    assert Matter.INCOME_AND_WORK not in held(*BEGUN, today=EIGHTEEN - timedelta(days=1))
    work = held(*BEGUN, today=EIGHTEEN)[Matter.INCOME_AND_WORK]
    assert told(work) == [(Party.EMPLOYMENT, EIGHTEEN, None, How.CAME_OF_AGE)]
    assert work.gaps == ()


def test_who_has_it_by_age_has_it_until_somebody_else_got_it() -> None:
    given_to = EIGHTEEN + timedelta(days=40)
    uu = responsible(Matter.INCOME_AND_WORK, UU, given_to)
    work = held(*BEGUN, uu, today=given_to + timedelta(days=1))[Matter.INCOME_AND_WORK]
    assert told(work) == [
        (Party.EMPLOYMENT, EIGHTEEN, given_to, How.CAME_OF_AGE),
        (UU, given_to, None, How.ESTABLISHED),
    ]
    assert work.overlaps == ()


def test_nobody_has_it_by_age_where_somebody_had_it_that_day() -> None:
    uu = responsible(Matter.INCOME_AND_WORK, UU, EIGHTEEN)
    assert told(held(*BEGUN, uu, today=EIGHTEEN)[Matter.INCOME_AND_WORK]) == [(UU, EIGHTEEN, None, How.ESTABLISHED)]


def test_schooling_must_have_somebody_until_18() -> None:
    found = held(started(BORN, START), today=date(2028, 1, 1))
    assert found[Matter.SCHOOLING].gaps == (Gap(since=START, until=EIGHTEEN),)


@pytest.mark.parametrize(
    "left",
    [LeftSchool(on=date(2025, 6, 27), grade=9), EducationStarted(on=date(2025, 6, 27), programme=Programme.VOCATIONAL)],
)
def test_or_until_school_was_left(left: Event) -> None:
    assert held(started(BORN, START), left)[Matter.SCHOOLING].gaps == (Gap(since=START, until=left.on),)


def test_the_tenth_grade_is_school() -> None:
    tenth = EducationStarted(on=date(2025, 8, 11), programme=Programme.TENTH_GRADE)
    assert held(started(BORN, START), tenth)[Matter.SCHOOLING].gaps == (Gap(since=START, until=None),)


def test_guidance_must_have_somebody_until_25_and_the_rest_until_30() -> None:
    found = held(started(date(1995, 5, 1), date(2018, 1, 1)))
    assert found[Matter.GUIDANCE].gaps == (Gap(since=date(2018, 1, 1), until=date(2020, 5, 1)),)
    assert found[Matter.COORDINATION].gaps == (Gap(since=date(2018, 1, 1), until=date(2025, 5, 1)),)
    assert found[Matter.INCOME_AND_WORK].gaps == ()


def test_a_file_that_is_closed_needs_nobody() -> None:
    closed = JourneyClosed(on=date(2026, 2, 1), reason=CloseReason.MOVED_AWAY)
    reopened = JourneyReopened(on=date(2026, 5, 1), basis="KUI-loven § 1")
    guidance = held(started(BORN, START), closed, reopened)[Matter.GUIDANCE]
    assert guidance.gaps == (Gap(since=START, until=date(2026, 2, 1)), Gap(since=date(2026, 5, 1), until=None))


def test_support_that_was_never_established_is_no_gap() -> None:
    assert Matter.CHILD_SUPPORT not in held(*BEGUN)
    support = held(*BEGUN, responsible(Matter.CHILD_SUPPORT, Party.CHILD_SOCIAL, date(2025, 1, 1)))
    assert support[Matter.CHILD_SUPPORT].gaps == ()


def test_who_is_not_followed_needs_nobody() -> None:
    life = Life()
    assert spans_of(life, life.born_on, TODAY) == ()


def test_a_corrected_birth_date_moves_what_must_be() -> None:
    younger = BirthDateCorrected(on=date(2026, 1, 1), born_on=date(2009, 6, 1))
    assert Matter.INCOME_AND_WORK not in held(*BEGUN, younger, today=EIGHTEEN)


def test_who_may_not_know_when_school_was_left_is_told_of_no_gap_in_schooling() -> None:
    found = held(started(BORN, START), knows_schooling=False)
    assert Matter.SCHOOLING not in found
    assert found[Matter.GUIDANCE].gaps
    assert {party for party in Party if may_know_schooling(partial(level, party))} == {
        SCHOOL,
        UU,
        Party.MUNICIPALITY,
    }


# Overlaps


def test_two_who_each_were_given_it_overlap_until_one_hands_it_over() -> None:
    both = (*BEGUN, responsible(Matter.GUIDANCE, MIL, date(2026, 1, 5)))
    assert held(*both)[Matter.GUIDANCE].overlaps == (Overlap(since=date(2026, 1, 5), until=None, holders=(UU, MIL)),)
    solved = (guided(UU, MIL, date(2026, 2, 1)), taken(date(2026, 2, 3)))
    guidance = held(*both, *solved)[Matter.GUIDANCE]
    assert guidance.overlaps == (Overlap(since=date(2026, 1, 5), until=date(2026, 2, 3), holders=(UU, MIL)),)
    assert told(guidance)[1] == (MIL, date(2026, 1, 5), None, How.ESTABLISHED)


def test_three_are_told_apart_from_two() -> None:
    more = (
        responsible(Matter.GUIDANCE, MIL, date(2026, 1, 5)),
        responsible(Matter.GUIDANCE, JOB, date(2026, 3, 1)),
    )
    assert held(*BEGUN, *more)[Matter.GUIDANCE].overlaps == (
        Overlap(since=date(2026, 1, 5), until=date(2026, 3, 1), holders=(UU, MIL)),
        Overlap(since=date(2026, 3, 1), until=None, holders=(UU, JOB, MIL)),
    )


def test_what_somebody_gives_who_does_not_have_it_leaves_two() -> None:
    guidance = held(*BEGUN, guided(SCHOOL, MIL, date(2026, 1, 5)), taken(date(2026, 1, 9)))[Matter.GUIDANCE]
    assert guidance.overlaps == (Overlap(since=date(2026, 1, 9), until=None, holders=(UU, MIL)),)


def test_the_same_party_twice_is_no_overlap() -> None:
    assert not held(*BEGUN, responsible(Matter.GUIDANCE, UU, date(2026, 1, 5)))[Matter.GUIDANCE].overlaps


# What people do, and whatever the facts say

PARTIES = st.sampled_from([UU, MIL, JOB, SCHOOL])
HANDOVERS = st.sampled_from([UUID(int=n) for n in range(1, 5)])
MATTERS = st.sampled_from(list(Matter))
ATTEMPTS = st.one_of(
    st.tuples(
        st.just(send_handover),
        st.fixed_dictionaries(
            {
                "handover_id": HANDOVERS,
                "matter": MATTERS,
                "giver": PARTIES,
                "receiver": PARTIES,
                "answer_by": st.just(date(2040, 1, 1)),
                "note": st.just(FreeText("ord")),
            }
        ),
    ),
    st.tuples(
        st.sampled_from([see_handover, take_over, take_over]),
        st.fixed_dictionaries({"handover_id": HANDOVERS, "by": PARTIES}),
    ),
    st.tuples(
        st.just(return_handover),
        st.fixed_dictionaries(
            {
                "handover_id": HANDOVERS,
                "by": PARTIES,
                "reason": st.just(ReturnReason.OTHER),
                "words": st.just(FreeText("ord")),
            }
        ),
    ),
    st.tuples(
        st.just(withdraw_handover),
        st.fixed_dictionaries({"handover_id": HANDOVERS, "by": PARTIES, "words": st.just(FreeText("ord"))}),
    ),
    st.tuples(st.just(close_journey), st.just({"reason": CloseReason.MOVED_AWAY})),
    st.tuples(st.just(reopen_journey), st.just({"basis": "KUI-loven § 1"})),
)


def decided(
    begun: Callable[..., Iterable[Event]], tries: Iterable[tuple[int, tuple[Any, dict[str, Any]]]], on: date
) -> tuple[Life, date]:
    """What follows when people try this, each so many days after the one before; and the last day."""
    now, events = journey.Journey(), []
    attempts = [(0, (begun, {})), *tries]
    for later, (decision, details) in attempts:
        on += timedelta(days=later)
        try:
            follows = decision(now, **details, on=on)
        except Refused:
            continue
        for event in follows:
            now = journey.evolve(now, event)
            events.append(event)
    return lived(*events), on


@settings(max_examples=300)
@given(
    age=st.integers(13, 29),
    reason=st.sampled_from(StartReason),
    tries=st.lists(st.tuples(st.integers(0, 400), ATTEMPTS), max_size=20),
)
def test_with_our_decisions_from_the_start_nobody_is_missing_and_nobody_is_too_many(
    age: int, reason: StartReason, tries: list[Any]
) -> None:
    on = birthday(BORN, age)
    begin = partial(start_journey, born_on=BORN, reason=reason, basis="KUI-loven § 1")
    life, today = decided(begin, tries, on)
    for one in spans_of(life, BORN, today):
        assert one.overlaps == ()
        assert one.gaps == (), one.matter


@settings(max_examples=200)
@given(entries=written_histories(), past=st.integers(0, 3000))
def test_whatever_the_facts_say_every_day_is_told_right(entries: list[Entry], past: int) -> None:
    life = life_after(entries)
    today = date(2024, 1, 1) + timedelta(days=past)
    for one in spans_of(life, life.born_on, today):
        last = max(today, *(span.since for span in one.spans)) if one.spans else today
        for number in range(0, (last - date(2023, 12, 1)).days + 1, 7):
            day = date(2023, 12, 1) + timedelta(days=number)
            have = {span.holder for span in one.spans if span.since <= day < (span.until or date.max)}
            gaps = [gap for gap in one.gaps if gap.since <= day < (gap.until or today + timedelta(days=1))]
            several = [two for two in one.overlaps if two.since <= day < (two.until or date.max)]
            assert len(gaps) <= 1
            assert not (gaps and have)
            assert [set(two.holders) for two in several] == ([have] if len(have) > 1 else [])
            if not have and _must_be_held(one.matter, life, day) and day <= today:
                assert gaps, (one.matter, day)


def _must_be_held(matter: Matter, life: Life, day: date) -> bool:
    begun = [one.on for one in life.of(JourneyStarted)]
    born_on = life.born_on
    if life.of(JourneyClosed, JourneyReopened, JoinedIntoOtherFile, PartedFromOtherFile):
        return False  # then it is not told in one line here; the examples above do
    if not begun or born_on is None or not begun[0] <= day < birthday(born_on, 30):
        return False
    if matter is Matter.INCOME_AND_WORK:
        return day >= birthday(born_on, 18)
    if matter is Matter.GUIDANCE:
        return day < birthday(born_on, 25)
    return matter is Matter.COORDINATION
