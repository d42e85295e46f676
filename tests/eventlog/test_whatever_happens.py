"""Whatever happens to the log, in whatever order, it is what a small model says (tests/eventlog/machine.py)."""

import os

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.eventlog.machine import LogMachine

RUNS = int(os.environ.get("OVERGANG_FUZZ_RUNS", "100"))
"""How many lives of a log are tried; `make fuzz` asks for 2,000."""


@pytest.mark.timeout(60 + RUNS)
def test_the_log_is_what_was_told_whatever_happens() -> None:
    run_state_machine_as_test(LogMachine, settings=settings(max_examples=RUNS, stateful_step_count=50))
