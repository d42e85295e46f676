"""What comes after somebody is erased is refused, also from writers who still have the keys in memory."""

from faults import late


def test_late_events_of_the_erased_are_refused_and_no_key_comes_back() -> None:
    found = late.run(200, 1)
    assert found.holds, found
    assert found.people_erased == late.ERASED


def test_where_only_the_groups_were_ended_they_are_written_again() -> None:
    found = late.ending_groups_alone(60, 1)
    assert found.caught, found
    assert found.keys_made_again
    assert found.ciphertexts_of_the_erased
