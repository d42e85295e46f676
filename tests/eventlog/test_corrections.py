"""Corrected, withdrawn, moved to the right person: by more entries, and by nothing else."""

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import UUID, uuid4

import psycopg
import pytest

import eventlog
from database import Database, Role
from domain.choices import WithdrawReason
from domain.codes import ContactWay, DataClass, KeyGroup, Matter, Party, PlacementForm, StartReason
from domain.decisions import agree_step, correct_fact, finish_step, record_fact, start_journey, withdraw_fact
from domain.events import ContactMade, ContactTried, Event, FactWithdrawn, PlacementStarted
from domain.facts import Life, life_of
from domain.journey import Journey
from domain.refused import Refused
from domain.text import FreeText
from eventlog import Actor, ActorKind, EventLog, OutcomeKind, Secrets, Source, Step, journey
from tests.examples import ANE, BO, NOON, STEP, TODAY

UU = Actor(kind=ActorKind.STAFF, id="uu-1", unit="uu", role=Party.UU)
DAY = date(2026, 11, 18)
TRIED = ContactTried(on=DAY, way=ContactWay.PHONE)
BY_LETTER = ContactTried(on=DAY, way=ContactWay.LETTER)
MADE = ContactMade(on=DAY, way=ContactWay.PHONE)
PLACED = PlacementStarted(on=DAY, form=PlacementForm.OWN_ROOM)


@pytest.fixture
def log(db: Database) -> EventLog:
    """A log with two young people who are followed."""
    log = EventLog(db, Secrets.for_tests())
    start = partial(
        start_journey, born_on=date(2009, 3, 14), on=date(2024, 9, 2), reason=StartReason.EDUCATION_NEED, basis="§ 1"
    )
    for person in (ANE, BO):
        log.record(journey(person), start, by=UU, known_at=NOON, command_id=uuid4())
    return log


def that(event: Event) -> Callable:
    return partial(record_fact, event=event, today=TODAY)


def recorded(log: EventLog, person: UUID, event: Event) -> UUID:
    return log.record(journey(person), that(event), by=UU, known_at=NOON, command_id=uuid4()).entry_ids[-1]


def delivered(log: EventLog, person: UUID, event: Event, source_id: str = "H-1") -> eventlog.Outcome:
    step = Step(stream=journey(person), decide=that(event), source=Source("uu", source_id))
    [outcome] = log.record_many([step], by=UU, known_at=NOON)
    return outcome


def together(log: EventLog, *steps: Step, command: UUID | None = None) -> eventlog.Recorded:
    return log.record_together(steps, by=UU, known_at=NOON, command_id=command or uuid4())


def correction(person: UUID, about: UUID, was: Event, event: Event) -> Step:
    decide = partial(correct_fact, was=was, event=event, today=TODAY)
    return Step(stream=journey(person), decide=decide, about=about)


def withdrawal(person: UUID, about: UUID, was: Event, reason: WithdrawReason = WithdrawReason.DID_NOT_HAPPEN) -> Step:
    decide = partial(withdraw_fact, was=was, reason=reason, on=TODAY)
    return Step(stream=journey(person), decide=decide, about=about)


def move(log: EventLog, entry_id: UUID, was: Event, source: UUID, target: UUID, **named: UUID) -> eventlog.Recorded:
    """As a page does it: it does not count for the one, and it happened to the other."""
    here = withdrawal(source, entry_id, was, WithdrawReason.OTHER_PERSON)
    return together(log, here, Step(stream=journey(target), decide=that(was), moved_from=entry_id), **named)


def life(log: EventLog, person: UUID) -> Life:
    return life_of(entry.fact() for entry in log.history(person).entries)


def facts(log: EventLog, person: UUID) -> list[Event]:
    return [one.event for one in life(log, person).of(ContactTried, ContactMade, PlacementStarted)]


def state_of(log: EventLog, person: UUID) -> Journey:
    """What decisions see."""
    seen: list[Journey] = []

    def look(so_far: Journey) -> list[Event]:
        seen.append(so_far)
        return []

    log.record(journey(person), look, by=UU, known_at=NOON, command_id=uuid4())
    return seen[0]


def test_a_correction_stands_beside_the_entry_that_it_is_about(log: EventLog) -> None:
    first = recorded(log, ANE, TRIED)
    again = together(log, correction(ANE, first, TRIED, BY_LETTER))
    [old, new] = log.history(ANE).entries[-2:]
    assert (old.event, old.about) == (TRIED, None)
    assert (new.event, new.about, new.group) == (BY_LETTER, first, KeyGroup.EDUCATION)
    assert (new.entry_id, new.position) == (again.entry_ids[0], again.position)
    assert facts(log, ANE) == [BY_LETTER]
    assert facts(log, BO) == []


def test_a_correction_can_be_about_a_correction(log: EventLog) -> None:
    first = recorded(log, ANE, TRIED)
    [second] = together(log, correction(ANE, first, TRIED, BY_LETTER)).entry_ids
    together(log, correction(ANE, second, BY_LETTER, MADE))
    assert facts(log, ANE) == [MADE]
    [fact] = life(log, ANE).of(ContactMade)
    assert (fact.entry_id, fact.earlier) == (first, (TRIED, BY_LETTER))


def test_only_the_last_event_of_a_decision_is_about_it(log: EventLog) -> None:
    first = recorded(log, ANE, TRIED)
    step = Step(stream=journey(ANE), decide=lambda _: [MADE, BY_LETTER], about=first)
    together(log, step)
    assert [entry.about for entry in log.history(ANE).entries[-2:]] == [None, first]
    assert sorted(facts(log, ANE), key=str) == sorted([MADE, BY_LETTER], key=str)


def test_nothing_to_correct_writes_nothing(log: EventLog) -> None:
    first = recorded(log, ANE, TRIED)
    before = log.position()
    assert together(log, correction(ANE, first, TRIED, TRIED)).position == 0
    assert log.position() == before


@pytest.mark.parametrize("decide", [partial(correct_fact, was=TRIED, event=PLACED, today=TODAY), that(PLACED)])
def test_another_class_is_refused_whatever_the_decision_thought(log: EventLog, decide: Callable) -> None:
    first = recorded(log, ANE, TRIED)
    before = log.position()
    with pytest.raises(Refused, match="corrected-as-another-class"):
        together(log, Step(stream=journey(ANE), decide=decide, about=first))
    assert log.position() == before


def test_what_is_on_another_stream_is_not_corrected_here(log: EventLog) -> None:
    first = recorded(log, ANE, TRIED)
    before = log.position()
    with pytest.raises(LookupError, match="not on this stream"):
        together(log, correction(BO, first, TRIED, BY_LETTER))
    with pytest.raises(LookupError, match="not on this stream"):
        together(log, withdrawal(BO, first, TRIED))
    assert log.position() == before


@pytest.mark.parametrize(("event", "group"), [(TRIED, KeyGroup.EDUCATION), (PLACED, KeyGroup.SOCIAL)])
def test_a_withdrawal_is_closed_with_the_key_of_what_it_withdraws(log: EventLog, event: Event, group: KeyGroup) -> None:
    first = recorded(log, ANE, event)
    together(log, withdrawal(ANE, first, event))
    last = log.history(ANE).entries[-1]
    assert isinstance(last.event, FactWithdrawn)
    assert (last.about, last.group) == (first, group)
    assert facts(log, ANE) == []
    [gone] = life(log, ANE).withdrawn.values()
    assert (gone.fact.event, gone.reason) == (event, WithdrawReason.DID_NOT_HAPPEN)
    readable = log.history(ANE, groups={KeyGroup.OPEN})
    assert group in {closed.group for closed in readable.closed}


def test_a_withdrawal_that_says_another_class_is_refused(log: EventLog) -> None:
    first = recorded(log, ANE, PLACED)
    open_to_all = FactWithdrawn(on=TODAY, of_class=DataClass.MASTER, reason=WithdrawReason.DID_NOT_HAPPEN)
    with pytest.raises(Refused, match="corrected-as-another-class"):
        together(log, Step(stream=journey(ANE), decide=lambda _: [open_to_all], about=first))
    assert facts(log, ANE) == [PLACED]


def test_decisions_see_the_story_without_what_was_withdrawn(log: EventLog) -> None:
    agree = partial(
        agree_step,
        step_id=STEP,
        what=FreeText("Besøge FGU"),
        responsible=Party.UU,
        matter=Matter.GUIDANCE,
        due_on=TODAY,
        on=TODAY,
    )
    first = log.record(journey(ANE), agree, by=UU, known_at=NOON, command_id=uuid4()).entry_ids[0]
    agreed = state_of(log, ANE).steps[STEP].agreed
    together(log, withdrawal(ANE, first, agreed))
    assert state_of(log, ANE).steps == {}
    with pytest.raises(Refused, match="no-such-step"):
        together(log, Step(stream=journey(ANE), decide=partial(finish_step, step_id=STEP, on=TODAY)))
    together(log, Step(stream=journey(ANE), decide=that(agreed), about=first))
    assert state_of(log, ANE).steps[STEP].agreed == agreed


def test_what_was_withdrawn_is_delivered_again_as_a_correction_and_counts(log: EventLog) -> None:
    [first] = delivered(log, ANE, TRIED).entry_ids
    together(log, withdrawal(ANE, first, TRIED))
    assert delivered(log, ANE, TRIED).kind is OutcomeKind.NOTHING, "the sender says nothing new"
    assert facts(log, ANE) == []
    assert delivered(log, ANE, BY_LETTER).kind is OutcomeKind.CORRECTED
    assert facts(log, ANE) == [BY_LETTER]


# To the right person


def test_a_fact_is_moved_to_the_right_person_in_one_go(log: EventLog) -> None:
    first = recorded(log, ANE, TRIED)
    command = uuid4()
    moved = move(log, first, TRIED, ANE, BO, command=command)
    assert (facts(log, ANE), facts(log, BO)) == ([], [TRIED])
    last = log.history(BO).entries[-1]
    assert (last.entry_id, last.caused_by, last.about) == (moved.entry_ids[-1], first, None)
    assert move(log, first, TRIED, ANE, BO, command=command).already
    assert facts(log, BO) == [TRIED]


def test_delivered_again_after_a_move_it_is_corrected_where_it_stands_now(log: EventLog) -> None:
    [first] = delivered(log, ANE, TRIED).entry_ids
    moved = move(log, first, TRIED, ANE, BO)
    assert delivered(log, BO, TRIED).kind is OutcomeKind.NOTHING
    outcome = delivered(log, BO, BY_LETTER)
    assert outcome.kind is OutcomeKind.CORRECTED
    assert (facts(log, ANE), facts(log, BO)) == ([], [BY_LETTER])
    assert log.history(BO).entries[-1].about == moved.entry_ids[-1]


def test_delivered_for_the_wrong_person_again_after_a_move_it_is_refused(log: EventLog) -> None:
    [first] = delivered(log, ANE, TRIED).entry_ids
    move(log, first, TRIED, ANE, BO)
    outcome = delivered(log, ANE, BY_LETTER)
    assert (outcome.kind, outcome.reason) == (OutcomeKind.REFUSED, "delivered-for-another")
    assert (facts(log, ANE), facts(log, BO)) == ([], [TRIED])


def test_other_deliveries_stay_where_they_are(log: EventLog) -> None:
    [first] = delivered(log, ANE, TRIED, "H-1").entry_ids
    delivered(log, ANE, MADE, "H-2")
    move(log, first, TRIED, ANE, BO)
    assert delivered(log, ANE, ContactMade(on=DAY, way=ContactWay.VISIT), "H-2").kind is OutcomeKind.CORRECTED
    assert facts(log, ANE) == [ContactMade(on=DAY, way=ContactWay.VISIT)]


def test_a_fact_can_be_moved_back(log: EventLog) -> None:
    [first] = delivered(log, ANE, TRIED).entry_ids
    there = move(log, first, TRIED, ANE, BO).entry_ids[-1]
    move(log, there, TRIED, BO, ANE)
    assert (facts(log, ANE), facts(log, BO)) == ([TRIED], [])
    assert delivered(log, ANE, BY_LETTER).kind is OutcomeKind.CORRECTED
    assert facts(log, ANE) == [BY_LETTER]


def test_a_move_that_is_refused_moves_nothing(log: EventLog) -> None:
    [first] = delivered(log, ANE, TRIED).entry_ids
    nobody = UUID(int=0xDEAD)
    before = log.position()
    with pytest.raises(Refused, match="not-started"):
        move(log, first, TRIED, ANE, nobody)
    assert log.position() == before
    assert delivered(log, ANE, BY_LETTER).kind is OutcomeKind.CORRECTED


def test_a_move_that_lost_a_race_is_decided_again_and_moves_the_source_once(log: EventLog, db: Database) -> None:
    [first] = delivered(log, ANE, TRIED).entry_ids
    other = EventLog(db, Secrets.for_tests())
    raced = []

    def decide(so_far: Journey) -> list[Event]:
        if not raced:
            raced.append(recorded(other, BO, MADE))
        return [*that(TRIED)(so_far)]

    here = withdrawal(ANE, first, TRIED, WithdrawReason.OTHER_PERSON)
    together(log, here, Step(stream=journey(BO), decide=decide, moved_from=first))
    assert facts(log, ANE) == []
    assert sorted(facts(log, BO), key=str) == sorted([MADE, TRIED], key=str)
    assert delivered(log, BO, BY_LETTER).kind is OutcomeKind.CORRECTED


def test_only_who_writes_entries_moves_what_was_delivered(log: EventLog, db: Database) -> None:
    [first] = delivered(log, ANE, TRIED).entry_ids
    asked = "select log_move_sources(%s, %s, %s)", [[first], [uuid4()], [BO]]
    with db.connection(Role.FOLLOWER) as conn, pytest.raises(psycopg.errors.InsufficientPrivilege):
        conn.execute(*asked)
