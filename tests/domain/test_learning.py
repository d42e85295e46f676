"""Learning one fact after another, and all at once, gives the same life: the follower does the one, pages the other."""

from datetime import date, timedelta
from functools import reduce
from random import Random

import pytest

from domain.choices import WithdrawReason
from domain.codes import ContactWay, DataClass
from domain.events import ContactMade, ContactTried, FactWithdrawn
from domain.facts import Fact, Life, learn, life_of
from tests.examples import STARTED, fact

DAY = date(2026, 4, 1)


def _told(draw: Random, number: int) -> Fact:
    on = DAY + timedelta(days=draw.randrange(5))
    about = draw.randrange(1, number) if draw.random() < 0.5 else None
    if about and draw.random() < 0.4:
        gone = FactWithdrawn(on=on, of_class=DataClass.EDUCATION, reason=WithdrawReason.DID_NOT_HAPPEN)
        return fact(number, gone, about=about)
    event = draw.choice([ContactTried, ContactMade])(on=on, way=draw.choice(list(ContactWay)))
    return fact(number, event, known=on + timedelta(days=draw.randrange(3)), about=about)


@pytest.mark.parametrize("seed", range(60))
def test_one_by_one_or_all_at_once_is_the_same_life(seed: int) -> None:
    draw = Random(f"life/{seed}")
    told = [fact(1, STARTED), *(_told(draw, number) for number in range(2, 30))]
    assert reduce(learn, told, Life()) == life_of(told)
