"""No rule that counts is without its table: what law.md says of each version of each part, and six cases at least."""

from collections import Counter

from domain.rules import Kind
from tests.domain.law.story import LAW
from tests.domain.law.test_mutation import CASES, SAID

COUNTING = [rule for rule in LAW.rules if rule.kind is not Kind.DORMANT]


def test_law_md_names_40_rules_for_a_first_release_and_they_count() -> None:
    """law.md section 2, the core set; the other 37 are kept dormant."""
    core = {
        *(f"SKO-{n:02}" for n in (1, 2, 5, 6, 7)),
        *(f"BAR-{n:02}" for n in (2, 3, 5, 6, 8, 9, 12)),
        *(f"OVG-{n:02}" for n in (1, 3, 4, 5, 7, 8, 12)),
        *(f"KUI-{n:02}" for n in (1, 2, 3, 6, 7, 9, 10, 12, 13, 16, 17, 18, 21)),
        *(f"BES-{n:02}" for n in (1, 2, 5, 7, 9)),
        *(f"MIL-{n:02}" for n in (1, 2, 4)),
    }
    assert {rule.id for rule in COUNTING} == core
    assert len({rule.id for rule in LAW.rules}) == 77


def test_every_version_of_every_part_is_told_as_law_md_tells_it() -> None:
    told = {(said.rule, said.version) for said in SAID}
    assert {(rule.name, rule.version) for rule in COUNTING} <= told


def test_every_rule_has_six_cases_and_each_of_its_parts_three() -> None:
    of_rule = Counter(case.rule.split(".")[0] for case in CASES)
    of_part = Counter(case.rule for case in CASES)
    assert {rule.id: of_rule[rule.id] for rule in COUNTING if of_rule[rule.id] < 6} == {}
    assert {rule.name: of_part[rule.name] for rule in COUNTING if of_part[rule.name] < 3} == {}
