"""The four verbs, on a real PostgreSQL."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.projection import ApplicationSubscription

import eventlog
from database import Database, DatabaseRefused, Role
from domain.codes import ContactWay, DecisionKind, KeyGroup, Party, PlacementForm, StartReason
from domain.decisions import (
    agree_step,
    call_meeting,
    put_on_agenda,
    record_fact,
    say_goal,
    start_journey,
    take_decision,
)
from domain.events import ContactTried, JourneyStarted, PlacementStarted, RulesLoaded
from domain.refused import Refused
from domain.text import FreeText
from eventlog import Actor, ActorKind, EventLog, OutcomeKind, Secrets, Source, Step, journey, meeting
from eventlog.keys import Forged
from eventlog.refusals import TimeGiven
from tests.examples import ANE, BO, NOON, TODAY
from tests.servers import superuser_conninfo

UU = Actor(kind=ActorKind.STAFF, id="uu-1", unit="uu", role=Party.UU)
START = partial(
    start_journey, born_on=date(2009, 3, 14), on=date(2024, 9, 2), reason=StartReason.EDUCATION_NEED, basis="§ 1"
)
DAY = date(2026, 11, 18)
BEGUN = 5
"""How many entries a journey begins with: the start, why, and three matters."""


def tried(way: ContactWay = ContactWay.PHONE, on: date = DAY) -> Callable:
    return partial(record_fact, event=ContactTried(on=on, way=way), today=TODAY)


def placed() -> Callable:
    event = PlacementStarted(on=DAY, form=PlacementForm.OWN_ROOM)
    return partial(record_fact, event=event, today=TODAY)


def record(log: EventLog, person: UUID, decide: Callable, command: UUID | None = None) -> eventlog.Recorded:
    return log.record(journey(person), decide, by=UU, known_at=NOON, command_id=command or uuid4())


def delivered(log: EventLog, person: UUID, decide: Callable, source_id: str) -> OutcomeKind:
    step = Step(stream=journey(person), decide=decide, source=Source("uu", source_id))
    (outcome,) = log.record_many([step], by=UU, known_at=NOON)
    return outcome.kind


def events(log: EventLog, person: UUID) -> list[object]:
    return [entry.event for entry in log.history(person).entries]


def test_what_was_recorded_is_read_back_with_its_times_and_its_writer(log: EventLog) -> None:
    command = uuid4()
    given_id = uuid4()
    log.record(journey(ANE), START, by=UU, known_at=NOON, command_id=command, caused_by=BO, entry_ids=[given_id])
    first = log.history(ANE).entries[0]
    assert isinstance(first.event, JourneyStarted)
    assert (first.entry_id, first.command_id, first.caused_by) == (given_id, command, BO)
    assert (first.actor, first.known_at, first.position, first.version) == (UU, NOON, 1, 1)
    assert first.recorded_at > NOON - timedelta(days=3650)


def test_each_person_has_their_own_history(log: EventLog) -> None:
    record(log, ANE, START)
    record(log, BO, START)
    record(log, BO, tried())
    assert len(events(log, ANE)) == BEGUN
    assert len(events(log, BO)) == BEGUN + 1
    assert {key: len(past) for key, past in log.histories([ANE, BO]).items()} == {ANE: BEGUN, BO: BEGUN + 1}


def test_the_same_command_is_carried_out_once(log: EventLog) -> None:
    record(log, ANE, START)
    command = uuid4()
    first = record(log, ANE, tried(), command)
    again = record(log, ANE, tried(), command)
    assert (first.already, again.already) == (False, True)
    assert again.entry_ids == first.entry_ids
    assert again.position == first.position
    assert len(events(log, ANE)) == BEGUN + 1


def test_the_same_command_from_two_at_once_is_carried_out_once(log: EventLog) -> None:
    record(log, ANE, START)
    command = uuid4()
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(record(log, ANE, tried(), command))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.already for answer in answers].count(False) == 1
    assert len(events(log, ANE)) == BEGUN + 1


def test_a_refused_decision_writes_nothing(log: EventLog) -> None:
    record(log, ANE, START)
    with pytest.raises(Refused, match="in-the-future"):
        record(log, ANE, tried(on=date(2027, 1, 1)))
    assert log.position() == BEGUN


def test_nothing_left_to_do_writes_nothing(log: EventLog) -> None:
    record(log, ANE, START)
    assert record(log, ANE, START).position == 0
    assert log.position() == BEGUN


def test_a_delivery_repeated_is_nothing_and_changed_is_a_correction(log: EventLog) -> None:
    record(log, ANE, START)
    kinds = [
        delivered(log, ANE, tried(way), "H-1")
        for way in (ContactWay.PHONE, ContactWay.PHONE, ContactWay.LETTER, ContactWay.LETTER, ContactWay.PHONE)
    ]
    assert kinds == ["appended", "nothing", "corrected", "nothing", "corrected"]
    past = log.history(ANE).entries
    assert [entry.about for entry in past[BEGUN:]] == [None, past[BEGUN].entry_id, past[BEGUN].entry_id]


def test_another_id_is_another_fact_even_with_the_same_content(log: EventLog) -> None:
    record(log, ANE, START)
    assert delivered(log, ANE, tried(), "H-1") == "appended"
    assert delivered(log, ANE, tried(), "H-2") == "appended"


def test_a_batch_sees_its_own_earlier_rows(log: EventLog) -> None:
    record(log, ANE, START)
    steps = [
        Step(stream=journey(ANE), decide=tried(way), source=Source("uu", "H-1"))
        for way in (ContactWay.PHONE, ContactWay.PHONE, ContactWay.VISIT)
    ]
    outcomes = log.record_many(steps, by=UU, known_at=NOON)
    assert [one.kind for one in outcomes] == ["appended", "nothing", "corrected"]
    assert [one.kind for one in log.record_many(steps[2:], by=UU, known_at=NOON)] == ["nothing"]


def test_in_a_batch_a_refused_row_does_not_stop_the_others(log: EventLog) -> None:
    steps = [
        Step(stream=journey(ANE), decide=START),
        Step(stream=journey(BO), decide=tried()),
        Step(stream=journey(ANE), decide=tried()),
    ]
    outcomes = log.record_many(steps, by=UU, known_at=NOON)
    assert [(one.kind, one.reason) for one in outcomes] == [
        ("appended", None),
        ("refused", "not-started"),
        ("appended", None),
    ]
    assert events(log, BO) == []


def test_one_delivery_cannot_be_about_two_people(log: EventLog) -> None:
    record(log, ANE, START)
    record(log, BO, START)
    delivered(log, ANE, tried(), "H-1")
    step = Step(stream=journey(BO), decide=tried(ContactWay.VISIT), source=Source("uu", "H-1"))
    (outcome,) = log.record_many([step], by=UU, known_at=NOON)
    assert (outcome.kind, outcome.reason) == ("refused", "delivered-for-another")


def test_a_row_knows_its_own_time_of_knowledge(log: EventLog) -> None:
    record(log, ANE, START)
    known = datetime(2026, 11, 19, 8, tzinfo=UTC)
    log.record_many([Step(stream=journey(ANE), decide=tried(), known_at=known)], by=UU, known_at=NOON)
    assert log.history(ANE).entries[-1].known_at == known


def _decision(on_agenda: UUID) -> list[Step]:
    entry = uuid4()
    step = partial(
        agree_step,
        step_id=uuid4(),
        what=FreeText("Ringe"),
        responsible=Party.UU,
        matter="guidance",
        due_on=TODAY,
        on=TODAY,
    )
    line = partial(
        take_decision,
        person=on_agenda,
        entry_id=entry,
        kind=DecisionKind.PLAN_STEP,
        responsible=Party.UU,
        due_on=TODAY,
        on=TODAY,
    )
    return [
        Step(stream=journey(on_agenda), decide=step, entry_ids=(entry,)),
        Step(stream=meeting(UUID(int=77)), decide=line),
    ]


def test_a_meetings_decision_stands_on_the_journey_and_in_the_minutes_or_on_neither(log: EventLog) -> None:
    record(log, ANE, START)
    record(log, BO, START)
    room = meeting(UUID(int=77))
    write = partial(log.record, room, by=UU, known_at=NOON)
    write(partial(call_meeting, held_on=TODAY, on=TODAY), command_id=uuid4())
    write(partial(put_on_agenda, person=ANE, reasons=(), on=TODAY), command_id=uuid4())

    before = log.position()
    with pytest.raises(Refused, match="not-on-the-agenda"):
        log.record_together(_decision(BO), by=UU, known_at=NOON, command_id=uuid4())
    assert log.position() == before

    steps = _decision(ANE)
    done = log.record_together(steps, by=UU, known_at=NOON, command_id=uuid4())
    line = log.history(room.id).entries[-1]
    assert line.event.entry_id == log.history(ANE).entries[-1].entry_id == steps[0].entry_ids[0]
    assert done.position == line.position == before + 2


def test_an_event_does_not_go_on_a_stream_of_another_kind(log: EventLog) -> None:
    with pytest.raises(TypeError, match="does not belong"):
        log.record(
            journey(ANE),
            lambda _: [RulesLoaded(on=TODAY, sha256="", rules="", closed_days=())],
            by=UU,
            known_at=NOON,
            command_id=uuid4(),
        )


def test_a_reader_opens_only_their_groups_and_is_told_what_is_closed(log: EventLog) -> None:
    record(log, ANE, START)
    record(log, ANE, tried())
    record(log, ANE, placed())
    seen = log.history(ANE, [KeyGroup.OPEN, KeyGroup.EDUCATION])
    assert [type(entry.event).__name__ for entry in seen.entries][-1] == "ContactTried"
    assert [(one.group, one.version) for one in seen.closed] == [(KeyGroup.SOCIAL, BEGUN + 2)]


def test_the_past_can_be_asked_for_by_position(log: EventLog) -> None:
    record(log, ANE, START)
    record(log, ANE, tried())
    assert len(log.history(ANE, until=BEGUN).entries) == BEGUN
    assert len(log.histories([ANE], until=2)[ANE]) == 2


def test_positions_are_gapless_and_pages_meet(log: EventLog) -> None:
    record(log, ANE, START)
    with pytest.raises(Refused):
        record(log, BO, tried())
    record(log, BO, START)
    assert [entry.position for entry in log.after(0)] == list(range(1, 2 * BEGUN + 1))
    assert [entry.position for entry in log.after(2, limit=3)] == [3, 4, 5]
    assert log.after(2 * BEGUN) == []


def test_many_writers_on_one_person_lose_nothing_and_readers_miss_nothing(log: EventLog) -> None:
    record(log, ANE, START)
    seen: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set() or log.position() > (seen[-1] if seen else 0):
            seen.extend(entry.position for entry in log.after(seen[-1] if seen else 0, 7))

    def write(person: UUID) -> None:
        for _ in range(10):
            while True:
                try:
                    record(log, person, START if person != ANE else tried())
                    record(log, person, tried())
                    break
                except eventlog.Contended:
                    continue

    reader = threading.Thread(target=read)
    writers = [threading.Thread(target=write, args=[ANE if n < 3 else uuid4()]) for n in range(5)]
    reader.start()
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()
    assert seen == list(range(1, log.position() + 1))
    versions = [entry.version for entry in log.history(ANE).entries]
    assert versions == list(range(1, len(versions) + 1))
    assert len(versions) >= BEGUN + 3 * 10


def test_a_lost_race_is_decided_again_on_what_the_other_wrote(log: EventLog) -> None:
    record(log, ANE, START)
    looked = []

    def slow(state: object) -> list:
        looked.append(state)
        if len(looked) == 1:
            record(log, ANE, partial(say_goal, words=FreeText("først"), on=TODAY))
        return say_goal(state, words=FreeText("sidst"), on=TODAY)

    record(log, ANE, slow)
    assert len(looked) == 2
    assert looked[1].goal.words == "først"
    assert events(log, ANE)[-1].words == "sidst"


def test_whoever_always_loses_is_told_and_nothing_is_written(log: EventLog) -> None:
    record(log, ANE, START)

    def never_first(state: object) -> list:
        record(log, ANE, tried())
        return say_goal(state, words=FreeText("aldrig"), on=TODAY)

    with pytest.raises(eventlog.Contended):
        record(log, ANE, never_first)
    assert not any(getattr(event, "words", "") == "aldrig" for event in events(log, ANE))


def test_waiting_ends_when_something_is_written(log: EventLog) -> None:
    record(log, ANE, START)
    assert log.wait(BEGUN, 0.05) == BEGUN
    waited: list[int] = []
    waiter = threading.Thread(target=lambda: waited.append(log.wait(BEGUN, 20)))
    waiter.start()
    record(log, ANE, tried())
    waiter.join(10)
    assert waited == [BEGUN + 1]


def test_the_librarys_own_subscription_reads_our_log(log: EventLog) -> None:
    record(log, ANE, START)
    with ApplicationSubscription(log.store, gt=2) as following:
        found = [next(following) for _ in range(2)]
    assert [entry.position for entry, _ in found] == [3, 4]
    assert [tracking.notification_id for _, tracking in found] == [3, 4]


def test_a_demonstration_may_be_given_a_time_that_never_runs_backwards(log: EventLog) -> None:
    early, late = datetime(2025, 1, 6, 6, tzinfo=UTC), datetime(2025, 1, 20, 6, tzinfo=UTC)
    write = partial(log.record, by=UU, known_at=NOON)
    write(journey(ANE), START, command_id=uuid4(), recorded_at=late)
    write(journey(BO), START, command_id=uuid4(), recorded_at=early)
    assert {entry.recorded_at for entry in log.after(0)} == {late}


def test_a_real_log_is_never_given_a_time(db: Database) -> None:
    with psycopg.connect(superuser_conninfo()) as conn:
        conn.execute(f"update {db.schema}.log_head set demo = false".encode())
    log = EventLog(db, Secrets.for_tests())
    with pytest.raises(TimeGiven):
        log.record(journey(ANE), START, by=UU, known_at=NOON, command_id=uuid4(), recorded_at=NOON)
    assert log.position() == 0


def test_a_demonstration_never_becomes_a_real_log(db: Database) -> None:
    with pytest.raises(DatabaseRefused, match="demonstration"):
        eventlog.install(db, municipality="Prøvekommune", demo=False)


def test_names_words_and_codes_are_not_in_the_rows(log: EventLog, db: Database) -> None:
    record(log, ANE, START)
    record(log, ANE, partial(say_goal, words=FreeText("hemmelighed-7391"), on=TODAY))
    with db.connection(Role.OWNER) as conn:
        tables = ["log_events", "log_keys", "log_sources", "log_commands", "log_head"]
        everything = "".join(str(conn.execute(f"select * from {table}".encode()).fetchall()) for table in tables)
    for word in ("hemmelighed", "goal", "journey-started", "2009-03-14", "uu-1"):
        assert word not in everything


@pytest.mark.parametrize(
    "statement",
    [
        "insert into log_events values (gen_random_uuid(), 1, 'entry-1', '', 99, 'journey', 'open', now())",
        "update log_events set state = ''",
        "delete from log_events",
        "update log_head set position = 0",
        "delete from log_keys",
        "update log_keys set wrapped = ''",
        "delete from log_sources",
    ],
)
@pytest.mark.parametrize("role", [Role.APPLICATION, Role.FOLLOWER])
def test_no_role_in_use_can_write_past_the_function_or_change_what_is_written(
    log: EventLog, role: Role, statement: str
) -> None:
    record(log, ANE, START)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), log.db.connection(role) as conn:
        conn.execute(statement.encode())


def test_rows_that_were_swapped_between_people_cannot_be_read(log: EventLog, db: Database) -> None:
    record(log, ANE, START)
    record(log, BO, START)
    with db.connection(Role.OWNER) as conn:
        conn.execute(
            "update log_events a set state = b.state from log_events b"
            " where a.originator_version = b.originator_version and a.originator_id <> b.originator_id"
        )
    with pytest.raises(Forged):
        log.history(ANE)


def test_a_key_of_a_transaction_that_was_rolled_back_is_not_used_again(log: EventLog, db: Database) -> None:
    class Undo(Exception):
        pass

    with pytest.raises(Undo), db.connection(Role.APPLICATION) as conn:
        made = log.keys.create(conn, ANE, KeyGroup.OPEN)
        assert log.keys.for_stream(conn, [(ANE, KeyGroup.OPEN)])[ANE, KeyGroup.OPEN].id == made.id
        raise Undo
    with db.connection(Role.APPLICATION) as conn:
        assert log.keys.for_stream(conn, [(ANE, KeyGroup.OPEN)]) == {}
    record(log, ANE, START)
    log.keys.forget()
    assert len(events(log, ANE)) == BEGUN
