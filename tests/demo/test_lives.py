from collections import Counter
from datetime import date

import pytest

from demo import youths
from domain.days import age_on
from domain.events import BirthDateCorrected, JourneyStarted, PlacementStarted
from domain.rules import shipped_rules
from people.cpr import Cpr, CprFault, CprKind
from tests.demo.lives import life, overdue, sent

UNTIL = date(2026, 11, 21)
SEEDS = [1, 2, 7, 2026]


def test_nobody_has_a_number_that_anybody_could_have() -> None:
    everybody = list(youths(600, 7, UNTIL))
    assert len({youth.cpr for youth in everybody}) == 600
    for youth in everybody:
        assert youth.cpr.is_fictional
        assert youth.cpr.birth_date == youth.born_on
        with pytest.raises(CprFault):
            Cpr.parse(youth.cpr.digits, demo=False)


def test_some_newcomers_have_a_replacement_number_and_a_birth_date_beside_it() -> None:
    replacements = [youth for youth in youths(600, 7, UNTIL) if youth.cpr.kind is CprKind.REPLACEMENT]
    assert replacements
    assert all(youth.says_birth_date for youth in replacements)


def test_asking_for_more_people_changes_nobody() -> None:
    assert list(youths(300, 7, UNTIL))[:100] == list(youths(100, 7, UNTIL))
    assert list(youths(100, 7, UNTIL)) != list(youths(100, 8, UNTIL))


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_is_13_to_29_when_they_are_first_followed_and_most_are_today(seed: int) -> None:
    everybody = list(youths(600, seed, UNTIL))
    for youth in everybody:
        assert 13 <= age_on(youth.born_on, youth.since) < 30
        assert youth.since <= UNTIL
    ages = Counter(age_on(youth.born_on, UNTIL) for youth in everybody)
    assert min(ages) >= 13
    assert sum(count for age, count in ages.items() if age < 30) > 590
    assert len(ages) >= 16


def test_nothing_happens_before_birth_or_after_the_last_day_or_is_known_before_it_happens() -> None:
    for youth in youths(600, 7, UNTIL):
        for one in youth.told:
            assert youth.born_on < one.event.on <= one.known_on <= one.delivered_on <= UNTIL


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("until", [UNTIL, date(2026, 6, 1), date(2027, 3, 1)])
def test_most_are_fine_and_some_deadlines_have_slipped(seed: int, until: date) -> None:
    everybody = list(youths(600, seed, until))
    slipped = [(youth.number, each.rule_id) for youth in everybody for each in overdue(life(youth), until)]
    assert 40 <= len(slipped) <= 70
    assert len({number for number, _ in slipped}) < 60
    rules = Counter(rule for _, rule in slipped)
    assert set(rules) == {"OVG-05", "KUI-02", "KUI-03", "MIL-01"}
    assert all(f'id = "{rule}"' in shipped_rules() for rule in rules)


@pytest.mark.parametrize("seed", SEEDS)
def test_some_handovers_wait_for_an_answer_and_some_of_them_too_long(seed: int) -> None:
    handovers = [each for youth in youths(600, seed, UNTIL) for each in sent(youth)]
    assert 10 <= len(handovers) <= 30
    assert 0 < sum(each.answer_by < UNTIL for each in handovers) < len(handovers)


def test_news_comes_late_too_and_sources_put_things_right() -> None:
    everybody = list(youths(600, 7, UNTIL))
    told = [one for youth in everybody for one in youth.told]
    assert sum((one.known_on - one.event.on).days > 14 for one in told) > 5
    assert sum(one.first_told is not None for one in told) > 5
    assert any(youth.renamed_on for youth in everybody)
    assert any(youth.protected for youth in everybody)


def test_the_lives_are_told_in_the_domains_own_events() -> None:
    kinds = {type(one.event) for youth in youths(600, 7, UNTIL) for one in youth.told}
    assert len(kinds) == 12
    assert PlacementStarted in kinds
    assert not kinds & {JourneyStarted, BirthDateCorrected}
