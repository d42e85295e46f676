"""A wrong edit of the shipped rules is noticed by the tables of the law. All of them: `make mutants`."""

import os
import random
import re
from collections.abc import Callable, Iterator

from domain.rules import Kind, RuleFault, RuleSet
from tests.domain.law.mutants import DROPPED, Edit, edits, mutant
from tests.domain.law.story import LEMVIG, check, check_said
from tests.domain.law.tables import CASES, SAID

WANTED = os.environ.get("OVERGANG_MUTANTS", "40")
"""How many edits are tried: a number, or "all"."""
AT_LEAST = 0.95

SAME = {
    r"SKO-01 due.0 from": "the quarter that was told of ends when it ends",
    r"ends_at_age: 31 → dropped": "31 is what counts without it",
    r"\{ days = 0 \} → \{ working_days = 0 \}": "none of any kind of days is the day itself",
    r"in-target-group ended: .* → \{ event = \"target-group-assessed\" \}": "the other grounds begin the state on that day",
    r"on-cash-benefit ended: .* → \{ event = \"benefit-changed\" \}": "a change to cash benefit begins the state on that day",
}
"""Edits that change nothing anybody could see, with the reason."""


def why_same(edit: Edit) -> str | None:
    """Why the edit changes nothing; None where it does."""
    if edit.path[-1] == "before_age" and (edit.instead is DROPPED or edit.instead > edit.was):
        name = edit.place.split()[0]
        about = [rule for rule in LEMVIG.rules if name in (rule.id, rule.name) and rule.kind is not Kind.DORMANT]
        if all(rule.ends_at_age <= edit.was for rule in about):
            return "from the birthday of ends_at_age on nothing is owed anyhow"
    return next((why for pattern, why in SAME.items() if re.search(pattern, str(edit))), None)


def checks_of(rule: str) -> Iterator[Callable[[RuleSet], None]]:
    """What the tables check about the rule; about all of them where it is a state that was edited."""
    for said in SAID:
        if said.rule.split(".")[0] == rule or not rule:
            yield lambda rules, said=said: check_said(said, rules)
    for case in CASES:
        if case.rule.split(".")[0] == rule or not rule:
            yield lambda rules, case=case: check(case, rules)


def is_noticed(edit: Edit, rules: RuleSet) -> bool:
    for holds in checks_of(edit.rule):
        try:
            holds(rules)
        except (AssertionError, KeyError):
            return True
    return False


def tried() -> Iterator[tuple[Edit, RuleSet]]:
    """As many edits as are wanted, spread over everything, without those that the strict reading refuses."""
    every = edits()
    random.Random(2027).shuffle(every)
    left = len(every) if WANTED == "all" else int(WANTED)
    for edit in every:
        try:
            rules = mutant(edit)
        except RuleFault:
            continue
        yield edit, rules
        left -= 1
        if not left:
            return


def test_wrong_edits_of_the_rules_are_noticed() -> None:
    number, same, survivors = 0, [], []
    for edit, rules in tried():
        number += 1
        if is_noticed(edit, rules):
            continue
        if why := why_same(edit):
            same.append(f"{edit} – the same: {why}")
        else:
            survivors.append(f"{edit} – NOT NOTICED")
    caught = number - len(same) - len(survivors)
    print(f"\n{caught} of {number} edits noticed, {len(same)} change nothing", *same, *survivors, sep="\n  ")  # noqa: T201 - asked for
    assert number
    assert len(survivors) <= (1 - AT_LEAST) * (number - len(same)), survivors
