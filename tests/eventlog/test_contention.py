"""Several writers, and batches that correct: what was decided must be decided on what is really there."""

from collections.abc import Sequence
from datetime import date
from threading import Thread
from uuid import UUID, uuid4

import pytest

from domain.codes import ContactWay, Matter, Party
from domain.events import ContactTried, Event, ResponsibilityEstablished
from domain.journey import Journey
from domain.refused import Refused
from eventlog import EventLog, OutcomeKind, Secrets, Source, Step, journey
from tests.eventlog.test_log import START, UU, delivered, events, record, tried
from tests.examples import ANE, BO, NOON

DAY = date(2026, 11, 18)
TAKES_GUIDANCE = ResponsibilityEstablished(on=DAY, matter=Matter.GUIDANCE, holder=Party.EMPLOYMENT)


class Beaten:
    """A decision that somebody else is quicker than, the first time."""

    def __init__(self, other: EventLog, event: Event) -> None:
        self.other, self.event, self.tries = other, event, 0

    def __call__(self, _: Journey) -> Sequence[Event]:
        self.tries += 1
        if self.tries == 1:
            assert delivered(self.other, ANE, tried(), "H-1") == "appended"
        return [self.event]


def deliver_slowly(log: EventLog, person: UUID) -> tuple[OutcomeKind, str | None]:
    other = EventLog(log.db, Secrets.for_tests())
    decide = Beaten(other, ContactTried(on=DAY, way=ContactWay.VISIT))
    step = Step(stream=journey(person), decide=decide, source=Source("uu", "H-1"))
    (outcome,) = log.record_many([step], by=UU, known_at=NOON)
    assert decide.tries in {2, 3}, "once more when a correction reaches behind what is remembered"
    return outcome.kind, outcome.reason


def test_the_same_id_delivered_twice_at_once_is_one_fact(log: EventLog) -> None:
    record(log, ANE, START)
    assert deliver_slowly(log, ANE) == ("corrected", None)


def test_the_same_id_delivered_for_two_people_at_once_is_refused_to_the_second(log: EventLog) -> None:
    for person in (ANE, BO):
        record(log, person, START)
    before = len(events(log, BO))
    assert deliver_slowly(log, BO) == ("refused", "delivered-for-another")
    assert len(events(log, BO)) == before


def test_writers_to_different_people_wait_for_each_other_and_lose_nothing(log: EventLog) -> None:
    people = [UUID(int=1000 + number) for number in range(6)]
    decided: list[UUID] = []

    def write(person: UUID) -> None:
        def decide(so_far: Journey) -> Sequence[Event]:
            decided.append(person)
            return START(so_far) or tried()(so_far)

        for _ in range(10):
            record(log, person, decide)

    threads = [Thread(target=write, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(decided) == 6 * 10, "nobody had to decide again"


def test_after_a_correction_a_batch_still_decides_in_the_order_of_the_log(log: EventLog) -> None:
    record(log, ANE, START)
    delivered(log, ANE, tried(), "H-1")
    seen: list[Party] = []

    def look(so_far: Journey) -> list[Event]:
        seen.append(so_far.responsible[Matter.GUIDANCE])
        return []

    steps = [
        Step(stream=journey(ANE), decide=lambda _: [TAKES_GUIDANCE]),
        Step(stream=journey(ANE), decide=tried(ContactWay.VISIT), source=Source("uu", "H-1")),
        Step(stream=journey(ANE), decide=look),
    ]
    log.record_many(steps, by=UU, known_at=NOON)
    record(log, ANE, look)
    record(EventLog(log.db, Secrets.for_tests()), ANE, look)
    assert seen == [Party.EMPLOYMENT] * 3


def test_a_batch_may_correct_facts_of_more_people_than_there_are_tries(log: EventLog) -> None:
    people = [UUID(int=1000 + number) for number in range(15)]
    other = EventLog(log.db, Secrets.for_tests())

    def batch(way: ContactWay) -> list[Step]:
        return [Step(stream=journey(one), decide=tried(way), source=Source("uu", str(one))) for one in people]

    log.record_many([Step(stream=journey(one), decide=START) for one in people], by=UU, known_at=NOON)
    for writer, way, kind in [
        (log, ContactWay.PHONE, "appended"),
        (log, ContactWay.VISIT, "corrected"),
        (other, ContactWay.LETTER, "corrected"),
        (log, ContactWay.PHONE, "corrected"),
    ]:
        assert {outcome.kind for outcome in writer.record_many(batch(way), by=UU, known_at=NOON)} == {kind}


def test_what_must_come_before_a_delivered_fact_goes_with_it_or_not_at_all(log: EventLog) -> None:
    def step(person: UUID, way: ContactWay) -> Step:
        told = ContactTried(on=DAY, way=way)
        return Step(stream=journey(person), decide=lambda _: [TAKES_GUIDANCE, told], source=Source("uu", "H-1"))

    for person in (ANE, BO):
        record(log, person, START)
    before = log.position()
    steps = [step(ANE, ContactWay.PHONE), step(ANE, ContactWay.PHONE), step(BO, ContactWay.PHONE)]
    outcomes = log.record_many(steps, by=UU, known_at=NOON)
    assert [outcome.kind for outcome in outcomes] == ["appended", "nothing", "refused"]
    assert log.position() == before + 2

    log.record_many([step(ANE, ContactWay.VISIT)], by=UU, known_at=NOON)
    told = [entry for entry in log.history(ANE).entries if isinstance(entry.event, ContactTried)]
    assert [entry.about for entry in told] == [None, told[0].entry_id]
    assert log.history(ANE).entries[-2].about is None


def test_a_command_that_left_nothing_to_do_answers_again_as_it_did_the_first_time(log: EventLog) -> None:
    command = uuid4()
    first = record(log, ANE, START, command)
    again = record(log, ANE, START, command)
    assert (again.position, again.entry_ids, again.already) == (first.position, first.entry_ids, True)


def test_a_command_that_its_own_first_time_would_refuse_answers_as_it_did_then(log: EventLog) -> None:
    record(log, ANE, START)

    def once(so_far: Journey) -> list[Event]:
        if so_far.responsible[Matter.GUIDANCE] is Party.EMPLOYMENT:
            raise Refused("not-the-holder")
        return [TAKES_GUIDANCE]

    command = uuid4()
    first, again = record(log, ANE, once, command), record(log, ANE, once, command)
    assert (again.entry_ids, again.already) == (first.entry_ids, True)
    with pytest.raises(Refused):
        record(log, ANE, once)
