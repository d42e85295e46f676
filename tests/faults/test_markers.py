"""No text is found on any disk, and a copy of an erased person opens nothing once the master key is changed."""

from faults import markers


def test_no_text_is_found_and_nothing_of_the_erased_opens() -> None:
    found = markers.run(600, 1)
    assert found.holds, found


def test_entries_that_are_not_encrypted_are_found() -> None:
    found = markers.without_encryption(600, 1)
    assert found.caught, found
    assert found.hits > found.entries


def test_without_a_new_master_key_an_old_copy_opens() -> None:
    found = markers.without_rotation(600, 1)
    assert found.caught, found
    assert found.entries_opened == found.entries_kept_by_the_intruder
    assert not found.hits
