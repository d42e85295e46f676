"""Fifty writers on one young person lose nothing and write nothing twice."""

from faults import writers


def test_fifty_writers_on_one_young_person_lose_no_update() -> None:
    found = writers.run(2, 1)
    assert found.holds, found
    assert (found.commands, found.accepted, found.entries) == (100, 100, 101)


def test_an_append_without_a_lock_is_found() -> None:
    found = writers.without_the_lock(4, 1)
    assert found.caught, found
    assert found.gaps_in_positions
    assert found.lost_updates
