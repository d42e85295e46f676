"""What the domain says of the fictional lives, without any file or database."""

from datetime import date, datetime, time
from uuid import UUID

from demo import Youth
from domain.events import HandoverSent, JourneyStarted
from domain.facts import COPENHAGEN, Fact, Life, life_of
from domain.obligations import Obligation, obligations
from domain.rules import rule_set, shipped_rules

RULES = rule_set(shipped_rules(), ())


def life(youth: Youth) -> Life:
    """The life as the log would tell it."""
    started = JourneyStarted(on=youth.since, born_on=youth.born_on)
    told = [(started, youth.since), *((one.event, one.known_on) for one in youth.told)]
    return life_of(
        Fact(
            entry_id=UUID(int=youth.number * 1000 + place),
            event=event,
            known_at=_noon(known_on),
            recorded_at=_noon(known_on),
            position=place + 1,
        )
        for place, (event, known_on) in enumerate(told)
    )


def overdue(life_: Life, on: date) -> list[Obligation]:
    """What should have happened before this day, and has not."""
    return [
        each
        for each in obligations(life_, RULES)
        if each.is_open and each.shown_from <= on < each.ends_on and each.due_on < on
    ]


def sent(youth: Youth) -> list[HandoverSent]:
    """The handovers; none is answered, because no file can answer one."""
    return [one.event for one in youth.told if isinstance(one.event, HandoverSent)]


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), COPENHAGEN)
