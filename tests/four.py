"""Four rules that never change: what the tests of lists and pages count with, whatever the law becomes."""

from pathlib import Path

FOUR = Path(__file__).with_name("four_rules.toml").read_text("utf-8")
"""Their text."""
