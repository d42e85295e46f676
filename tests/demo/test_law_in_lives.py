"""What is owed in the fictional municipality by all rules that it has loaded."""

from datetime import date, timedelta

import pytest

from domain.days import months_after
from tests.demo.lives import MUNICIPALITIES, UNDATED, UNTIL, Lived, everybody, overdue, undated

LEFT_LYING = 90  # days
HANDFUL = 9
"""Of three hundred, so at most three of every hundred: docs/demo.md says so."""


@pytest.mark.parametrize(("seed", "until"), MUNICIPALITIES)
def test_the_domain_refuses_nothing_and_what_has_slipped_is_what_was_planted(seed: int, until: date) -> None:
    for one in everybody(300, seed, until):
        late = {(each.rule_id, each.due_on) for each in overdue(one.life, until)}
        assert late == {each for each in asked_of(one) if each[0] not in UNDATED}, one.youth.number
        assert len(one.life.all()) > len(one.youth.told)


@pytest.mark.parametrize(("seed", "until"), MUNICIPALITIES)
def test_of_what_no_act_says_a_day_for_only_the_planted_is_left_lying_and_the_rest_is_a_handful(
    seed: int, until: date
) -> None:
    lately = 0
    for one in everybody(300, seed, until):
        asked = {(each.rule_id, each.due_on) for each in undated(one.life, until)}
        planted = {each for each in asked_of(one) if each[0] in UNDATED}
        assert planted <= asked, one.youth.number
        assert all((until - since).days < LEFT_LYING for _, since in asked - planted), one.youth.number
        lately += len(asked - planted)
    assert lately <= HANDFUL


def asked_of(one: Lived) -> set[tuple[str, date]]:
    """The rules by which what was planted is to be seen, with its day."""
    return {(rule, each.due_on) for each in one.youth.planted for rule in each.rules}


@pytest.mark.parametrize("months", range(1, 13))
def test_whatever_day_it_is_begun_nobody_owes_what_was_not_planted(months: int) -> None:
    until = months_after(UNTIL, months) + timedelta(days=5 * months % 13)
    for one in everybody(200, months, until):
        late = {(each.rule_id, each.due_on) for each in overdue(one.life, until)}
        assert late == {each for each in asked_of(one) if each[0] not in UNDATED}, one.youth.number
