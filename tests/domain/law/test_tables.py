"""No rule without its table: the core set of law.md, section 2."""

import pytest

from domain.rules import Kind
from tests.domain.law.story import LAW, LEMVIG
from tests.domain.law.tables import CASES, SAID

NUMBERS = {
    "SKO": (1, 2, 5, 6, 7),
    "BAR": (2, 3, 5, 6, 8, 9, 12),
    "OVG": (1, 3, 4, 5, 7, 8, 12),
    "KUI": (1, 2, 3, 6, 7, 9, 10, 12, 13, 16, 17, 18, 21),
    "BES": (1, 2, 5, 7, 9),
    "MIL": (1, 2, 4),
}
CORE = [f"{area}-{number:02}" for area, numbers in NUMBERS.items() for number in numbers]
LEMVIGS_OWN = ["BES-06", "INT-02"]


def test_exactly_the_core_set_is_awake() -> None:
    assert len(CORE) == 40
    assert {rule.id for rule in LAW.rules if rule.kind is not Kind.DORMANT} == set(CORE)
    assert {rule.id for rule in LEMVIG.rules if rule.kind is not Kind.DORMANT} == {*CORE, *LEMVIGS_OWN}


def test_the_other_37_sleep_and_say_what_they_lack() -> None:
    asleep = [rule for rule in LAW.rules if rule.kind is Kind.DORMANT]
    assert len({rule.id for rule in asleep}) == 37
    assert all(rule.missing for rule in asleep)


@pytest.mark.parametrize("rule", [*CORE, *LEMVIGS_OWN])
def test_every_rule_has_a_table_of_at_least_six_cases(rule: str) -> None:
    about = [case for case in CASES if case.rule.split(".")[0] == rule]
    assert len(about) >= 6
    assert any(not case.due for case in about) or any(case.lapsed for case in about), "where it is not owed"
    assert any(case.in_time for case in about), "what clears it"
    assert any(case.overdue or case.late or not case.dated for case in about), "what is too late"


def test_every_part_and_version_is_said_by_the_law() -> None:
    awake = {(rule.name, rule.version) for rule in LEMVIG.rules if rule.kind is not Kind.DORMANT}
    assert {(said.rule, said.version) for said in SAID} == awake
    assert {case.rule for case in CASES} >= {name for name, _ in awake}


def test_no_case_is_there_twice() -> None:
    said = [str(case) for case in CASES]
    assert len(said) == len(set(said)), sorted({one for one in said if said.count(one) > 1})
