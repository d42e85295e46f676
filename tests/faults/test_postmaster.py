"""A killed server starts again, whatever it left in the way."""

from faults import postmaster


def test_a_killed_server_starts_again_with_everything() -> None:
    found = postmaster.run(5, 3)
    assert found.holds, found
    assert 0 < found.starts_beside_a_lock_file_of_another_program < 5


def test_a_start_that_believes_the_lock_files_is_found() -> None:
    found = postmaster.believing_lock_files(4, 1)
    assert found.caught, found
    assert found.starts < 4
    assert not found.committed_entries_missing
