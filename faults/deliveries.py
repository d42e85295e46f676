"""Everything is delivered one to five times, in random order, by several processes, some of it with other content.

Two logs get the same deliveries in two orders of their own. Of a fact whose content changes, the last content comes
last; whatever came before it, both logs must say the same in the end: what the last content says, once.

The mutant delivers without a source, so nothing is known again.
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from benchmarks.lives import BY, NOW
from database import Unavailable
from domain.codes import ContactWay
from domain.events import ContactTried
from domain.facts import life_of
from eventlog import Contended, EventLog, OutcomeKind, Source, Step, journey
from faults.figures import Figures, at_least, counted, none
from faults.ground import House, all_at_once, give_up_by_itself, go_on, house, joined, process, room, say_ready
from faults.verdict import everything, judge

PROCESSES, PER_PERSON, MOST_TIMES, MOST_AT_ONCE = 3, 5, 5, 60
ORDERS = ("first_order", "other_order")
WITH_SOURCE, WITHOUT = "with-source", "without"
_CHANGED = 0.5
"""So much of what comes three times or more changes its content."""
_DAY = date(2026, 1, 5)
_WAYS = list(ContactWay)
_AT_ONCE = 500

Told = tuple[int, ContactWay]
"""A delivery: the number of the fact, and what is said of it."""
Said = Counter[tuple[UUID, date, ContactWay]]
"""What stands in the end: of whom, which fact (the day tells), and what."""


@dataclass(frozen=True, kw_only=True)
class Deliveries(Figures):
    """What came of it."""

    deliveries: int = at_least(100)
    facts: int = counted()
    facts_with_changed_content: int = at_least(5)
    told_contended: int = counted()
    refused: int = none()
    facts_that_stand_more_than_once: int = none()
    facts_missing: int = none()
    facts_with_other_than_their_last_content: int = none()
    differences_between_the_two_orders: int = none()
    gaps_in_positions: int = none()
    gaps_in_versions: int = none()
    other_errors: int = none()


def run(n: int, seed: int) -> Deliveries:
    """About `n` deliveries, half of them to each log."""
    return _run(n, seed, WITH_SOURCE)


def without_source(n: int, seed: int) -> Deliveries:
    """The mutant."""
    return _run(n, seed, WITHOUT)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is delivered, the same whoever draws it: first in any order, and what changes once more after that."""

    people: Sequence[UUID]
    facts: int
    first: list[Told]
    last: list[Told]

    def person(self, fact: int) -> UUID:
        return self.people[fact // PER_PERSON]

    @staticmethod
    def day(fact: int) -> date:
        """No two facts of one person are of the same day."""
        return _DAY + timedelta(days=fact % PER_PERSON)

    def expected(self) -> Said:
        """What must stand: of every fact the content that came last, once."""
        content = dict(self.first) | dict(self.last)
        return Counter((self.person(fact), self.day(fact), way) for fact, way in content.items())


def plan_of(n: int, seed: int) -> Plan:
    """About half of `n` deliveries: so many for each of the two logs."""
    draw = Random(f"deliveries/{seed}")
    first: list[Told] = []
    last: list[Told] = []
    fact = 0
    while len(first) + len(last) < n // 2:
        before, after = draw.sample(_WAYS, 2)
        times = draw.randint(1, MOST_TIMES)
        if times > 2 and draw.random() < _CHANGED:
            first += [(fact, before)] * (times - 2) + [(fact, after)]
            last.append((fact, after))
        else:
            first += [(fact, before)] * times
        fact += 1
    people = [UUID(int=draw.getrandbits(128), version=4) for _ in range(fact // PER_PERSON + 1)]
    return Plan(people, fact, first, last)


def _run(n: int, seed: int, mode: str) -> Deliveries:
    plan = plan_of(n, seed)
    with room() as folder, ExitStack() as until_then:
        houses = [until_then.enter_context(house(folder, schema)) for schema in ORDERS]
        answers = []
        for number, schema in enumerate(ORDERS):
            answers += _deliver_all(folder, schema, n, seed, number, mode)
        said = [_said(one.another(), plan) for one in houses]
        return _figures(plan, answers, said, houses)


def _deliver_all(folder: Path, schema: str, n: int, seed: int, order: int, mode: str) -> list[dict[str, int]]:
    """Let several processes deliver at the same time; what comes last waits until all of them are through."""
    with ExitStack() as until_then:
        children = [
            until_then.enter_context(process("faults.deliveries", folder, schema, n, seed, order, part, mode))
            for part in range(PROCESSES)
        ]
        go_on(children)
        return [json.loads(answer) for answer in all_at_once(children)]


def _said(log: EventLog, plan: Plan) -> Said:
    """What stands of everybody, corrections applied."""
    said: Said = Counter()
    for start in range(0, len(plan.people), _AT_ONCE):
        for person, entries in log.histories(plan.people[start : start + _AT_ONCE]).items():
            for fact in life_of(entry.fact() for entry in entries).of(ContactTried):
                if isinstance(fact.event, ContactTried):
                    said[person, fact.on, fact.event.way] += 1
    return said


def _figures(
    plan: Plan, answers: Sequence[dict[str, int]], said: Sequence[Said], houses: Sequence[House]
) -> Deliveries:
    expected = plan.expected()
    by_fact = [Counter((person, day) for person, day, _ in one.elements()) for one in said]
    facts = {(person, day) for person, day, _ in expected}
    verdicts = [judge(everything(one.log), one.log.position(), [], {}) for one in houses]
    return Deliveries(
        deliveries=sum(one["delivered"] for one in answers),
        facts=plan.facts * len(houses),
        facts_with_changed_content=len(plan.last) * len(houses),
        told_contended=sum(one["contended"] for one in answers),
        refused=sum(one["refused"] for one in answers),
        facts_that_stand_more_than_once=sum(times > 1 for one in by_fact for times in one.values()),
        facts_missing=sum(len(facts - one.keys()) for one in by_fact),
        facts_with_other_than_their_last_content=sum(len(one.keys() - expected.keys()) for one in said),
        differences_between_the_two_orders=((said[0] - said[1]) + (said[1] - said[0])).total(),
        gaps_in_positions=sum(one.gaps for one in verdicts),
        gaps_in_versions=sum(one.versions for one in verdicts),
        other_errors=sum(one["broken"] for one in answers),
    )


def _deliver(log: EventLog, plan: Plan, told: Sequence[Told], draw: Random, mode: str) -> Counter[str]:
    """Deliver these, in batches of any size, each until it is taken."""
    answers: Counter[str] = Counter()
    start = 0
    while start < len(told):
        batch = told[start : start + draw.randint(1, MOST_AT_ONCE)]
        try:
            outcomes = log.record_many([_step(plan, *one, mode) for one in batch], by=BY, known_at=NOW)
        except (Contended, Unavailable):
            answers["contended"] += 1
            continue
        answers["refused"] += sum(one.kind is OutcomeKind.REFUSED for one in outcomes)
        answers["delivered"] += len(batch)
        start += len(batch)
    return answers


def _step(plan: Plan, fact: int, way: ContactWay, mode: str) -> Step:
    event = ContactTried(on=plan.day(fact), way=way)
    source = Source("faults", str(fact)) if mode == WITH_SOURCE else None
    return Step(stream=journey(plan.person(fact)), decide=lambda _: [event], source=source)


def main(*words: Any) -> None:
    """One of the processes: its part of everything, in the order of its log."""
    give_up_by_itself()
    folder, schema, n, seed, order, part, mode = words
    plan, draw = plan_of(int(n), int(seed)), Random(f"deliveries/{seed}/{order}")
    for told in (plan.first, plan.last):
        draw.shuffle(told)
    answers = Counter({"delivered": 0, "contended": 0, "refused": 0, "broken": 0})
    with joined(Path(folder), schema, pool_max=3) as opened:
        for told in (plan.first, plan.last):
            say_ready()
            try:
                answers += _deliver(opened.log, plan, told[int(part) :: PROCESSES], draw, mode)
            except Exception as fault:  # noqa: BLE001 - whatever it is, it is counted as a fault of ours
                print(f"a delivery broke: {type(fault).__name__}", file=sys.stderr)
                answers["broken"] += 1
    print(json.dumps({name: answers[name] for name in ("delivered", "contended", "refused", "broken")}))


if __name__ == "__main__":
    main(*sys.argv[1:])
