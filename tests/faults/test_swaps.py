"""A row that was moved to where it does not belong is refused."""

from faults import swaps


def test_rows_moved_anywhere_are_refused() -> None:
    found = swaps.run(60, 1)
    assert found.holds, found
    assert [line.found for line in found.lines if line.what.startswith(("to ", "from "))] == [10] * 6


def test_with_nothing_bound_they_are_read() -> None:
    found = swaps.nothing_bound(12, 1)
    assert found.caught, found
    assert found.refused == 0
    assert not found.other_errors
