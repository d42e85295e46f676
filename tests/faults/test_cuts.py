"""A line that is cut costs nobody a fact, a double, a false refusal or ten seconds (`make faults` cuts a thousand)."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from faults import cuts

CUTS = 16
"""Two of each of eight kinds, one of them by each of two writers."""
SEED = 4


@pytest.fixture(scope="module")
def unlimited() -> Iterator["Future[cuts.Cuts]"]:
    """The mutant that waits for ever, beside the others: it does nothing but wait."""
    with ThreadPoolExecutor(1) as beside:
        yield beside.submit(cuts.without_a_limit, 3, SEED)


@pytest.mark.usefixtures("unlimited")
def test_nothing_is_lost_doubled_or_falsely_refused_and_no_call_hangs() -> None:
    found = cuts.run(CUTS, SEED)
    assert found.holds, found
    assert found.cuts == CUTS
    assert found.cuts_in_silence


def test_a_resend_under_a_new_command_doubles() -> None:
    found = cuts.resent_under_a_new_id(3, SEED)
    assert found.caught, found
    assert found.doubled


def test_without_a_resend_what_was_stored_is_told_to_have_failed() -> None:
    found = cuts.not_resent(3, SEED)
    assert found.caught, found
    assert found.failed_though_stored
    assert not found.doubled


def test_without_a_limit_of_the_clients_own_a_call_waits_as_long_as_the_line_is_silent(
    unlimited: "Future[cuts.Cuts]",
) -> None:
    found = unlimited.result()
    assert found.caught, found
    assert found.slowest_call_ms > 10_000
