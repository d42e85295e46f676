"""What was acknowledged is there after the server was killed (`make faults` kills it more often)."""

from faults import kills

SEED = 1


def test_a_killed_server_has_everything_that_was_acknowledged_once() -> None:
    found = kills.run(3, SEED)
    assert found.holds, found
    assert found.kills == 3
    assert found.entries >= found.acknowledged_writes


def test_a_server_that_confirms_before_its_journal_is_written_loses() -> None:
    found = kills.confirming_too_early(3, SEED)
    assert found.caught, found
    assert found.lost
    assert not found.other_errors


def test_an_append_that_does_not_wait_for_the_disk_after_giving_the_lock_back_loses() -> None:
    found = kills.without_the_second_flush(3, SEED)
    assert found.caught, found
    assert found.lost
    assert not found.other_errors
