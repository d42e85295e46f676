"""`make tour` walks from the form to the page, with nothing staged."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
STATIONS = ("What there is", "The form", "The row", "The entry", "The span", "The page")


@pytest.fixture(scope="module")
def told() -> str:
    left_out = {"DATABASE_URL", "OVERGANG_DATA", "OVERGANG_SCHEMA"}
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "tour.py"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        env={name: value for name, value in os.environ.items() if name not in left_out},
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout


def _station(told: str, number: int) -> str:
    parts = re.split(r"^─{100}\n", told, flags=re.MULTILINE)
    return parts[number + 1]


def test_every_station_is_visited_in_order(told: str) -> None:
    assert tuple(re.findall(r"^\d\. (.+?)    \[", told, re.MULTILINE)) == STATIONS


def test_the_row_does_not_say_what_the_entry_says(told: str) -> None:
    assert "contact-made" not in _station(told, 2)
    assert '"name": "contact-made-1"' in _station(told, 3)


def test_the_row_cannot_be_deleted(told: str) -> None:
    assert "permission denied for table log_events" in _station(told, 2)


def test_the_span_is_closed_where_the_entry_stands(told: str) -> None:
    position = re.search(r"notification_id = (\d+)", _station(told, 2))
    assert position
    (line,) = [line for line in _station(told, 4).splitlines() if "KUI-02" in line and "│" in line]
    assert line.split("│")[-1].strip() == position[1]


def test_the_page_shows_it_and_the_list_no_longer_asks(told: str) -> None:
    assert "Kontakt opnået" in _station(told, 5)
    asked = re.search(r"still asks for in case \d+: (.+)$", _station(told, 5), re.MULTILINE)
    assert asked
    assert set(re.findall(r"[A-Z]{3}-\d\d", asked[1])) == {"KUI-03", "KUI-09", "KUI-10"}, "contact alone is not enough"
