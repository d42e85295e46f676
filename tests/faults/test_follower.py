"""A follower that is killed leaves rows that equal a rebuild."""

from faults import follower


def test_a_killed_follower_leaves_what_a_rebuild_would_make() -> None:
    found = follower.run(10, 1)
    assert found.holds, found
    assert found.kills == 10


def test_a_position_that_moves_without_its_rows_is_found() -> None:
    found = follower.torn(15, 1)
    assert found.caught, found
    assert found.differences_to_a_rebuild or found.could_not_go_on or found.parked_people
