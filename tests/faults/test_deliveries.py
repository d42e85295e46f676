"""What is delivered several times counts once, and the order does not matter."""

from collections import Counter

from faults import deliveries


def test_deliveries_that_come_again_in_any_order_count_once() -> None:
    found = deliveries.run(1_500, 1)
    assert found.holds, found
    assert found.deliveries >= 1_500


def test_steps_without_a_source_count_each_time() -> None:
    found = deliveries.without_source(400, 1)
    assert found.caught, found
    assert found.facts_that_stand_more_than_once


def test_the_plan_delivers_everything_one_to_five_times_and_ends_on_the_last_content() -> None:
    plan = deliveries.plan_of(2_000, 1)
    assert len(plan.first) + len(plan.last) >= 1_000
    times = Counter(fact for fact, _ in plan.first + plan.last)
    assert set(times) == set(range(plan.facts))
    assert set(times.values()) == {1, 2, 3, 4, 5}
    expected = plan.expected()
    assert set(expected.values()) == {1}
    assert len(expected) == plan.facts
    for fact, way in plan.last:
        assert (plan.person(fact), plan.day(fact), way) in expected
        assert {said for number, said in plan.first if number == fact} > {way}
