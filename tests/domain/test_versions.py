"""A case is judged by the law of its day, and nobody falls between two versions."""

from datetime import date, timedelta

import pytest

from domain.codes import PlacementForm
from domain.events import BirthDateCorrected, PlacementStarted
from domain.facts import life_of
from domain.obligations import Moved, MovedBy, Obligation, obligations
from domain.rules import rule_set
from tests.examples import STARTED, fact
from tests.four import FOUR

OLD = FOUR.partition('[[rule]]\nid = "KUI-02"')[0]
"""Decided 6 months before 18; STARTED is 18 on 14.3.2027."""


def changed(months: int, on: date) -> str:
    """The rule ends before that day, and goes on from it with other months before 18."""
    head, rule = OLD.split("[[rule]]", 1)
    last = on - timedelta(days=1)
    ended = rule.replace("valid_from = 2024-01-01", f"valid_from = 2024-01-01\nvalid_until = {last}")
    later = rule.replace("version = 1", "version = 2").replace("valid_from = 2024-01-01", f"valid_from = {on}")
    return f"{head}[[rule]]{ended}[[rule]]{later.replace('months = -6', f'months = {months}')}"


def owed(text: str) -> Obligation | None:
    placed = fact(2, PlacementStarted(on=date(2025, 1, 10), form=PlacementForm.FOSTER_FAMILY))
    found = obligations(life_of([fact(1, STARTED), placed]), rule_set(text, ()))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("months", "on", "version", "due_on"),
    [
        (-9, date(2027, 1, 1), 1, date(2026, 9, 14)),  # the old day came while the old version counted
        (-3, date(2026, 9, 14), 2, date(2026, 12, 14)),  # the new one counts on the old day already
        (-3, date(2026, 9, 15), 1, date(2026, 9, 14)),  # and here on the day after
        (-9, date(2026, 7, 1), 2, date(2026, 7, 1)),  # its day is gone when it begins to count: it binds from then on
    ],
)
def test_the_version_of_the_deadlines_day_judges(months: int, on: date, version: int, due_on: date) -> None:
    one = owed(changed(months, on))
    assert one is not None
    assert (one.rule_version, one.due_on) == (version, due_on)


def test_what_the_law_moved_says_so() -> None:
    one = owed(changed(-9, date(2026, 7, 1)))
    assert one is not None
    assert one.moved == (Moved(date(2026, 6, 14), MovedBy.LAW),)


def test_before_the_first_version_nothing_was_owed() -> None:
    assert owed(OLD.replace("valid_from = 2024-01-01", "valid_from = 2026-09-15")) is None
    assert owed(OLD.replace("valid_from = 2024-01-01", "valid_from = 2026-09-14")) is not None


def test_another_birth_date_keeps_the_day_that_was() -> None:
    placed = fact(2, PlacementStarted(on=date(2025, 1, 10), form=PlacementForm.FOSTER_FAMILY))
    corrected = fact(3, BirthDateCorrected(on=date(2026, 1, 1), born_on=date(2009, 5, 31)))
    [one] = obligations(life_of([fact(1, STARTED), placed, corrected]), rule_set(OLD, ()))
    assert (one.due_on, one.moved) == (date(2026, 11, 30), (Moved(date(2026, 9, 14), MovedBy.BIRTH_DATE),))
