"""Several triggers of one duty, a part that is binding in another way, and what a part must not lack."""

from datetime import UTC, date, datetime
from itertools import permutations
from uuid import UUID

import pytest

from domain.events import Event, JourneyStarted, UnlawfulAbsence
from domain.facts import Fact, life_of
from domain.obligations import obligations
from domain.rules import Kind, RuleFault, parse, rule_set

ABSENCE = """
[[rule]]
id = "X-1"
version = 1
title = "T"
kind = "hard"
certainty = "c"
source = "s"
valid_from = 2024-01-01
giver = "school"
receiver = "school"
holder = "school"
matter = "schooling"
data_class = "absence"
[[rule.part]]
name = "warn"
kind = "duty"
when = ["unlawful-absence"]
cleared_by = ["parents-warned"]
same = ["year", "quarter"]
once = true
what_to_do = "w"
[[rule.part.due]]
label = "l"
from = "on"
quarter_end = true
"""
KNOWN = datetime(2026, 3, 2, 10, tzinfo=UTC)
TWELVE = UnlawfulAbsence(on=date(2026, 3, 2), year=2026, quarter=1, percent=12)
FOURTEEN = UnlawfulAbsence(on=date(2026, 3, 2), year=2026, quarter=1, percent=14)
SPRING = UnlawfulAbsence(on=date(2026, 3, 2), year=2026, quarter=2, percent=14)


def told(number: int, event: Event, position: int) -> Fact:
    return Fact(entry_id=UUID(int=number), event=event, known_at=KNOWN, recorded_at=KNOWN, position=position)


def test_which_trigger_names_the_one_duty_does_not_rest_on_who_arrived_first() -> None:
    started = told(1, JourneyStarted(on=date(2020, 1, 1), born_on=date(2012, 1, 1)), 1)
    absences = [(7, TWELVE), (8, FOURTEEN), (9, SPRING)]
    found = set()
    for order in permutations(absences):
        facts = [told(number, event, position) for position, (number, event) in enumerate(order, start=2)]
        found.add(tuple(one.key for one in obligations(life_of([started, *facts]), rule_set(ABSENCE, ()))))
    assert found == {(f"X-1.warn:{UUID(int=7)}", f"X-1.warn:{UUID(int=9)}")}


def test_a_part_can_be_binding_in_another_way_than_its_rule() -> None:
    [rule] = parse(ABSENCE).rules
    assert rule.kind is Kind.DUTY


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('what_to_do = "w"\n', ""), "linje 15: Reglen X-1.warn mangler “what_to_do”"),
        (('kind = "duty"', 'kind = "law"'), "linje 17: “law” kendes ikke"),
        (("once = true", 'once = "yes"'), "linje 21: “once” skal være true eller false"),
        (("once = true", "due_within_months = -1"), "linje 21: “due_within_months” skal være et helt tal"),
        (("once = true", "last_day_counts = 1"), "linje 21: “last_day_counts” skal være true eller false"),
        (('from = "on"', 'from = "on"\nlater = 2'), "linje 26: “later” skal være true eller false"),
    ],
)
def test_what_is_not_right_is_said_with_its_line(change: tuple[str, str], says: str) -> None:
    with pytest.raises(RuleFault, match=says):
        parse(ABSENCE.replace(*change))
