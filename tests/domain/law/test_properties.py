"""What holds in every story. One that fails is told as a Danish given-when-then."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.catalogue import BY_CODE
from domain.choices import PauseReason
from domain.codes import DataClass
from domain.days import is_weekday, is_working_day
from domain.due import DueDate
from domain.events import ClockPaused, ClockResumed, JourneyStarted
from domain.facts import Fact, Life, life_of
from domain.obligations import Obligation, Standing, obligations
from domain.rules import Reading, Rule
from tests.domain.law.lives import RULES, event_of, later, stories
from tests.domain.law.story import LEMVIG
from tests.domain.law.telling import Story, in_danish, owes, stands
from tests.examples import at


def facts_of(story: Story) -> list[Fact]:
    """The entry of the nth event has id n."""
    started = JourneyStarted(on=date(2013, 1, 1), born_on=story.born_on)
    pairs = [one if isinstance(one, tuple) else (one, at(one.on)) for one in (started, *story.told)]
    return [
        Fact(entry_id=UUID(int=number), event=event, known_at=known_at, recorded_at=known_at, position=number + 1)
        for number, (event, known_at) in enumerate(pairs)
    ]


def owed_in(story: Story) -> dict[str, Obligation]:
    """Everything that is owed, by its key."""
    return by_key(life_of(facts_of(story)))


def by_key(life: Life) -> dict[str, Obligation]:
    return {one.key: one for one in obligations(life, LEMVIG)}


def rule_of(one: Obligation) -> Rule:
    return LEMVIG.rule(one.name, one.rule_version)


def days_about(*found: Obligation) -> set[date]:
    """The days on which something can change, and those beside them."""
    told = [
        day
        for one in found
        for day in (one.due_on, one.cleared_on, one.lapsed_on, one.ends_on, one.triggered_on, one.paused_on)
        if day is not None and day.year < date.max.year
    ]
    return {day + timedelta(days=by) for day in told for by in (-1, 0, 1, 400)}


def nothing_new_is_overdue(after: Story, about: Iterable[Obligation]) -> None:
    """Of what was owed before, nothing is overdue on a day on which it was not."""
    now = owed_in(after)
    for old in about:
        new = now.get(old.key)
        if new is None:
            continue
        for day in days_about(old, new):
            if new.standing(day) is Standing.OVERDUE:
                was = old.standing(day)
                assert was in (Standing.OVERDUE, Standing.LATE), after.then(
                    stands(new, day), f"men før det sidste skete: {stands(old, day)}"
                )


@given(stories(), st.integers(1, 3 * 365))
def test_the_younger_of_two_with_the_same_story_is_never_due_first(story: Story, days: int) -> None:
    younger = Story(story.born_on + timedelta(days=days), story.told)
    first, second = owed_in(story), owed_in(younger)
    for key in first.keys() & second.keys():
        if rule_of(first[key]).is_of_age and first[key].is_dated:
            assert first[key].due_on <= second[key].due_on, story.then(
                *owes([first[key]]), f"men født {in_danish(younger.born_on)}: {owes([second[key]])[0]}"
            )


@given(stories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(story: Story, chance: object) -> None:
    as_it_happened = facts_of(story)
    arrived = list(as_it_happened)
    chance.shuffle(arrived)  # type: ignore[attr-defined]
    again = [
        Fact(
            entry_id=fact.entry_id, event=fact.event, known_at=fact.known_at, recorded_at=fact.known_at, position=number
        )
        for number, fact in enumerate(arrived, start=1)
    ]
    first, second = by_key(life_of(as_it_happened)), by_key(life_of(again))
    assert first == second, story.then(*owes(first.values()), "men i en anden rækkefølge:", *owes(second.values()))


@given(stories())
def test_a_duty_without_a_day_is_never_overdue(story: Story) -> None:
    for one in owed_in(story).values():
        for day in days_about(one):
            if not one.is_dated:
                assert one.standing(day) not in (Standing.OVERDUE, Standing.LATE), story.then(stands(one, day))


@given(stories())
def test_nothing_is_overdue_on_its_last_day_nor_before_anybody_asks(story: Story) -> None:
    for one in owed_in(story).values():
        assert one.standing(one.due_on) is not Standing.OVERDUE, story.then(stands(one, one.due_on))
        assert one.shown_from >= one.known_on, story.then(*owes([one]))
        assert one.cleared_on is None or one.lapsed_on is None, story.then(*owes([one]))


@given(stories())
def test_age_deadlines_stand_from_the_first_day(story: Story) -> None:
    facts = facts_of(story)
    for one in owed_in(story).values():
        of_age = {reading.label for reading in rule_of(one).readings if reading.start == "birth"}
        if not of_age:
            continue
        on = one.triggered_on
        then = by_key(life_of(fact for fact in facts if fact.on <= on or isinstance(fact.event, JourneyStarted)))
        assert one.key in then, story.then(*owes([one]), "men ikke på dagen, da det begyndte")
        first, last = ([due for due in told.readings if due.label in of_age] for told in (then[one.key], one))
        assert first == last, story.then(*owes([one]), "men på den første dag:", *owes([then[one.key]]))


@given(stories(), st.data())
def test_a_paused_clock_never_runs(story: Story, data: st.DataObject) -> None:
    can_pause = sorted(key for key, one in owed_in(story).items() if rule_of(one).can_pause and one.is_dated)
    assume(can_pause)
    key = data.draw(st.sampled_from(can_pause))
    before = owed_in(story)[key]
    start = min(reading.start for reading in before.readings)
    since = data.draw(st.dates(start, before.due_on)) if start < before.due_on else before.due_on
    paused = story.also(pause(before, since))
    still = owed_in(paused)[key]
    for day in days_about(still, before):
        if day >= since:
            assert still.standing(day) not in (Standing.OVERDUE, Standing.LATE), paused.then(stands(still, day))

    until = since + timedelta(days=data.draw(st.integers(0, 90)))
    resumed = paused.also(resume(before, until))
    again = owed_in(resumed).get(key)
    assert again is not None, resumed.then(*owes([before]), "men ikke længere")
    readings = {reading.label: reading for reading in rule_of(before).readings}
    for old, new in zip(before.readings, again.readings, strict=True):
        moved_as_it_should(resumed, readings[old.label], old, new, since, until)


def moved_as_it_should(story: Story, reading: Reading, old: DueDate, new: DueDate, since: date, until: date) -> None:
    """Whatever can pause moves by the days that the clock stood still; counted days are as many as before."""
    says = story.then(f"“{reading.label}” {in_danish(old.due_on)} blev {in_danish(new.due_on)}")
    if not reading.can_pause or since > old.due_on:
        assert new == old, says
    elif reading.working_days or reading.weekdays:
        counts = is_working_day if reading.working_days else is_weekday
        days = (old.start + timedelta(days=n) for n in range(1, (new.due_on - old.start).days + 1))
        counted = [day for day in days if counts(day, LEMVIG.closed_days) and not since <= day < until]
        assert (len(counted), counted[-1]) == (reading.working_days or reading.weekdays, new.due_on), says
    else:
        assert new.due_on == old.due_on + max(until - max(since, old.start), timedelta()), says


def pause(one: Obligation, on: date) -> ClockPaused:
    return ClockPaused(on=on, of_class=DataClass.PLAN, rule=one.name, trigger=one.trigger, reason=PauseReason.ILLNESS)


def resume(one: Obligation, on: date) -> ClockResumed:
    return ClockResumed(on=on, of_class=DataClass.PLAN, rule=one.name, trigger=one.trigger)


@given(stories(), st.data())
def test_what_clears_it_never_makes_it_overdue(story: Story, data: st.DataObject) -> None:
    before = owed_in(story)
    assume(before)
    one = before[data.draw(st.sampled_from(sorted(before)))]
    code = data.draw(st.sampled_from(rule_of(one).cleared_by))
    on = data.draw(st.dates(one.triggered_on - timedelta(days=100), one.triggered_on + timedelta(days=900)))
    event = data.draw(event_of(BY_CODE[code].type, on))
    after = story.also(later((event, at(on)), 100))
    nothing_new_is_overdue(after, [old for old in before.values() if old.name == one.name])


@given(stories(), st.data())
def test_a_condition_that_ends_never_makes_anything_overdue(story: Story, data: st.DataObject) -> None:
    before = {key: one for key, one in owed_in(story).items() if rule_of(one).ended_by}
    assume(before)
    one = before[data.draw(st.sampled_from(sorted(before)))]
    code = data.draw(st.sampled_from(rule_of(one).ended_by))
    on = data.draw(st.dates(one.triggered_on, one.triggered_on + timedelta(days=900)))
    event = data.draw(event_of(BY_CODE[code].type, on))
    after = story.also(later((event, at(on)), 100))
    nothing_new_is_overdue(after, [old for old in before.values() if old.name == one.name])


def test_the_stories_reach_nearly_every_rule() -> None:
    """The properties say something of a rule only if it is owed in some story."""
    reached: set[str] = set()

    @settings(max_examples=300)
    @given(stories())
    def look(story: Story) -> None:
        reached.update(one.name for one in owed_in(story).values())

    look()
    never = {rule.name for rule in RULES} - reached
    assert len(never) <= 15, sorted(never)


def test_a_failing_property_tells_the_story() -> None:
    with pytest.raises(AssertionError, match=r"GIVET en ung født .*\n +NÅR "):
        _impossible()


@given(stories())
def _impossible(story: Story) -> None:
    assert owed_in(story) == {"x": None}, story.then("er alt godt")
