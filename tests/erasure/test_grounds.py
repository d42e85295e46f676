"""All combinations of ground, archive, hold, whole or group, closed or not: only the listed ones are allowed."""

from itertools import product

import pytest

from erasure.grounds import LETS_GO, MAY_END_ALONE, Archive, Ground, obstacles
from erasure.words import ARCHIVES, GROUNDS, GROUPS, REFUSALS

# ground, archive, whole person, journey closed – each without a legal hold.
ALLOWED = {
    (ground, archive, whole, closed)
    for archive in ("handed-over", "may-be-discarded")
    for ground, whole, closed in (
        ("registered-in-error", True, True),
        ("registered-in-error", True, False),
        ("registered-in-error", False, True),
        ("registered-in-error", False, False),
        ("right-to-erasure", True, True),
        ("right-to-erasure", True, False),
        ("right-to-erasure", False, True),
        ("right-to-erasure", False, False),
        ("court-order", True, True),
        ("court-order", True, False),
        ("court-order", False, True),
        ("court-order", False, False),
        ("retention-over", True, True),
        ("retention-over", False, True),
        ("retention-over", False, False),
    )
}
ALL = list(product(Ground, Archive, (True, False), (True, False), (True, False)))


def test_there_are_128_combinations_and_30_of_them_are_allowed() -> None:
    assert len(ALL) == 128
    assert len(ALLOWED) == 30


@pytest.mark.parametrize(("ground", "archive", "whole", "closed", "held"), ALL)
def test_only_the_listed_combinations_are_allowed(
    ground: Ground, archive: Archive, whole: bool, closed: bool, held: bool
) -> None:
    found = obstacles(ground, archive, is_whole=whole, is_closed=closed, is_held=held)
    assert (not found) == (not held and (ground, archive, whole, closed) in ALLOWED)
    assert ("held" in found) is held
    assert set(found) <= REFUSALS.keys()


def test_every_ground_answer_and_group_has_words() -> None:
    assert set(GROUNDS) == set(Ground)
    assert set(ARCHIVES) == set(Archive)
    assert set(GROUPS) == set(MAY_END_ALONE)
    for words in (GROUNDS, ARCHIVES, GROUPS):
        typed = [word for word, _ in words.values()]  # type: ignore[attr-defined]
        assert len(set(typed)) == len(typed)


def test_the_table_takes_what_the_gate_lets_go_and_nothing_else() -> None:
    assert {str(one) for one in LETS_GO} == {"handed-over", "may-be-discarded"}
