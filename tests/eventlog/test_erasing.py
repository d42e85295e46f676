"""Erasing: the log still stands, nobody can read it, nothing comes back, and every reader goes on."""

from datetime import UTC, date, datetime
from functools import partial
from threading import Thread
from uuid import UUID, uuid4

import psycopg
import pytest

from database import Database, Role
from domain.codes import KeyGroup, PlacementForm
from domain.decisions import record_fact
from domain.events import PlacementStarted
from domain.refused import Refused
from eventlog import Entry, Erased, EventLog, KeyMissing, OutcomeKind, Secrets, Source, Step, journey
from eventlog.keys import Forged
from eventlog.refusals import StreamErased
from tests.eventlog.test_log import BEGUN, START, UU, delivered, events, placed, record, tried
from tests.examples import ANE, BO, NOON
from tests.servers import superuser_conninfo

LATER = date(2026, 11, 21)
"""The day after the day of the erasure."""


def erase(log: EventLog, person: UUID, group: KeyGroup | None = None, erasure: UUID | None = None) -> int:
    with log.db.connection(Role.ERASER) as conn:
        return log.erase(conn, erasure or uuid4(), person, group, NOON)


def keys_of(log: EventLog, person: UUID) -> set[str]:
    with log.db.connection(Role.APPLICATION) as conn:
        return {
            group for (group,) in conn.execute("select distinct key_group from log_keys where stream = %s", [person])
        }


def placed_on(day: date) -> partial[list[object]]:
    event = PlacementStarted(on=day, form=PlacementForm.FOSTER_FAMILY)
    return partial(record_fact, event=event, today=date(2026, 11, 22))


@pytest.fixture
def two(log: EventLog) -> EventLog:
    """Two young people: Ane with a placement and a delivery, and Bo."""
    for person in (ANE, BO):
        record(log, person, START)
        record(log, person, placed())
        assert delivered(log, person, tried(), f"H-{person}") == "appended"
    return log


def test_an_erased_person_is_erased_to_every_reader_and_others_stand(two: EventLog) -> None:
    before = [entry for entry in two.after(0) if isinstance(entry, Entry) and entry.stream == BO]
    assert erase(two, ANE) == BEGUN + 2
    for reader in (two, EventLog(two.db, Secrets.for_tests())):
        assert reader.history(ANE).entries == []
        assert len(reader.history(ANE).erased) == len(reader.history(ANE, []).erased) == BEGUN + 2
        assert reader.history(ANE, []).closed == []
        assert list(reader.histories([ANE, BO])) == [BO]
        read = reader.after(0)
        assert [one.position for one in read] == list(range(1, reader.position() + 1))
        assert {type(one) for one in read if one.stream == ANE} == {Erased}
        assert [one for one in read if one.stream == BO] == before
    assert keys_of(two, ANE) == set()


def test_the_librarys_own_readers_meet_what_was_erased_as_erased(two: EventLog) -> None:
    erase(two, ANE)
    mapper, recorder = two.store.mapper, two.store.recorder
    read = [mapper.to_domain_event(one) for one in recorder.select_notifications(1, 100)]
    assert {type(one) for one in read} == {Entry, Erased}


def test_no_ciphertext_no_key_and_no_delivery_of_theirs_is_left(two: EventLog) -> None:
    erase(two, ANE)
    with two.db.connection(Role.APPLICATION) as conn:
        counts = conn.execute(
            "select (select count(*) from log_events where originator_id = %(who)s and state <> ''),"
            " (select count(*) from log_keys where stream = %(who)s),"
            " (select count(*) from log_sources where stream = %(who)s)",
            {"who": ANE},
        ).fetchone()
    assert counts == (0, 0, 0)


def test_late_news_of_an_erased_person_is_refused_and_no_key_is_made_again(two: EventLog) -> None:
    erase(two, ANE)
    position = two.position()
    for late in (two, EventLog(two.db, Secrets.for_tests())):
        with pytest.raises(Refused, match="erased"):
            record(late, ANE, tried())
        step = Step(stream=journey(ANE), decide=tried(), source=Source("uu", "late"))
        (outcome,) = late.record_many([step], by=UU, known_at=NOON)
        assert (outcome.kind, outcome.reason) == (OutcomeKind.REFUSED, "erased")
        with pytest.raises(StreamErased), late.db.connection(Role.APPLICATION) as conn:
            late.keys.create(conn, ANE, KeyGroup.IDENTITY)
    assert two.position() == position
    assert keys_of(two, ANE) == set()


def test_a_batch_goes_on_without_the_one_that_was_erased(two: EventLog) -> None:
    erase(two, ANE)
    steps = [Step(stream=journey(one), decide=tried(), source=Source("uu", f"new-{one}")) for one in (ANE, BO)]
    assert [one.kind for one in two.record_many(steps, by=UU, known_at=NOON)] == ["refused", "appended"]


def test_an_erasure_between_decision_and_writing_is_seen(two: EventLog) -> None:
    """The writer has folded, decided and kept the keys when the eraser comes."""

    def slowly(so_far: object) -> list[object]:
        if not keys_gone:
            erase(EventLog(two.db, Secrets.for_tests()), ANE)
            keys_gone.append(True)
        return tried()(so_far)  # type: ignore[no-any-return]

    keys_gone: list[bool] = []
    with pytest.raises(Refused, match="erased"):
        record(two, ANE, slowly)
    assert len(two.history(ANE).erased) == BEGUN + 2


def test_one_group_alone_can_end(two: EventLog) -> None:
    assert erase(two, ANE, KeyGroup.SOCIAL) == 1
    past = EventLog(two.db, Secrets.for_tests()).history(ANE)
    assert {one.group for one in past.erased} == {KeyGroup.SOCIAL}
    assert len(past.entries) == BEGUN + 1
    assert "social" not in keys_of(two, ANE)
    assert len(two.history(BO).erased) == 0


def test_what_happened_before_its_group_ended_does_not_come_back_and_what_comes_after_is_new(two: EventLog) -> None:
    erase(two, ANE, KeyGroup.SOCIAL)
    with pytest.raises(Refused, match="erased"):
        record(two, ANE, placed_on(date(2026, 11, 19)))
    record(two, ANE, placed_on(LATER))
    for reader in (two, EventLog(two.db, Secrets.for_tests())):
        assert [one.group for one in reader.history(ANE).erased] == [KeyGroup.SOCIAL]
        assert PlacementStarted(on=LATER, form=PlacementForm.FOSTER_FAMILY) in events(reader, ANE)
    record(two, ANE, tried())


def test_a_delivery_whose_fact_is_erased_is_neither_repeated_nor_corrected(two: EventLog) -> None:
    step = Step(stream=journey(ANE), decide=placed_on(date(2026, 11, 19)), source=Source("social", "P-1"))
    two.record_many([step], by=UU, known_at=NOON)
    erase(two, ANE, KeyGroup.SOCIAL)
    other = Step(stream=journey(ANE), decide=placed_on(LATER), source=Source("social", "P-1"))
    assert [one.kind for one in two.record_many([step], by=UU, known_at=NOON)] == ["nothing"]
    assert [one.kind for one in two.record_many([other], by=UU, known_at=NOON)] == ["refused"]


def test_asked_twice_under_one_id_it_is_done_once(two: EventLog) -> None:
    erasure = uuid4()
    assert erase(two, ANE, KeyGroup.SOCIAL, erasure) == 1
    record(two, ANE, placed_on(LATER))
    assert erase(two, ANE, KeyGroup.SOCIAL, erasure) == 0, "what came after it stays"
    assert PlacementStarted(on=LATER, form=PlacementForm.FOSTER_FAMILY) in events(two, ANE)
    with two.db.connection(Role.APPLICATION) as conn:
        assert conn.execute("select count(*), max(number) from log_erasures").fetchone() == (1, 1)


def test_what_a_restored_backup_brings_back_is_erased_again(two: EventLog) -> None:
    erasure = uuid4()
    with two.db.connection(Role.APPLICATION) as conn:
        old = conn.execute("select notification_id, state from log_events where originator_id = %s", [ANE]).fetchall()
    erase(two, ANE, None, erasure)
    with psycopg.connect(superuser_conninfo()) as outside:
        outside.execute(f"set search_path to {two.db.schema}".encode())
        for position, state in old:
            outside.execute("update log_events set state = %s where notification_id = %s", [state, position])
    assert {type(one) for one in EventLog(two.db, Secrets.for_tests()).after(0) if one.stream == ANE} == {Erased}, (
        "its keys are gone all the same"
    )
    assert erase(two, ANE, None, erasure) == len(old)
    with two.db.connection(Role.APPLICATION) as conn:
        left = conn.execute("select count(*) from log_events where originator_id = %s and state <> ''", [ANE])
        assert left.fetchone() == (0,)


def test_a_key_that_is_gone_without_the_ledger_is_an_incident_and_so_is_an_empty_ciphertext(two: EventLog) -> None:
    erase(two, BO)
    with psycopg.connect(superuser_conninfo()) as outside:
        outside.execute(f"set search_path to {two.db.schema}".encode())
        outside.execute("delete from log_keys where stream = %s and key_group = 'social'", [ANE])
    fresh = EventLog(two.db, Secrets.for_tests())
    with pytest.raises(KeyMissing):
        fresh.history(ANE)
    with psycopg.connect(superuser_conninfo()) as outside:
        outside.execute(f"set search_path to {two.db.schema}".encode())
        outside.execute("update log_events set state = '' where originator_id = %s", [ANE])
    with pytest.raises(Forged):
        fresh.history(ANE)


def test_only_the_eraser_may_erase(two: EventLog, db: Database) -> None:
    for role in (Role.APPLICATION, Role.FOLLOWER):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), db.connection(role) as conn:
            two.erase(conn, uuid4(), ANE, None, NOON)
        with pytest.raises(psycopg.errors.InsufficientPrivilege), db.connection(role) as conn:
            conn.execute("insert into log_erasures values (1, %s, %s, null, 1, now())", [uuid4(), ANE])
    with pytest.raises(psycopg.errors.InsufficientPrivilege), db.connection(Role.ERASER) as conn:
        conn.execute("update log_events set state = ''")
    assert two.history(ANE).erased == []


def test_an_erasure_that_is_rolled_back_has_not_happened(two: EventLog) -> None:
    with pytest.raises(RuntimeError), two.db.connection(Role.ERASER) as conn:
        two.erase(conn, uuid4(), ANE, None, NOON)
        raise RuntimeError
    assert len(two.history(ANE).entries) == BEGUN + 2
    record(two, ANE, tried())


def test_another_process_forgets_keys_and_states_when_it_hears_of_it(two: EventLog) -> None:
    other = EventLog(two.db, Secrets.for_tests())
    record(other, ANE, tried())
    held = [key for key in other.keys._opened.values() if key.stream == ANE]
    assert held
    erase(two, ANE)
    other.wait(other.position(), 0.01)
    assert [key for key in other.keys._opened.values() if key.stream == ANE] == []
    assert other._appender._remembered.of([ANE]) == {}


def test_the_ledger_says_when_and_up_to_where(two: EventLog) -> None:
    erase(two, ANE, KeyGroup.SOCIAL)
    with two.db.connection(Role.APPLICATION) as conn:
        row = conn.execute("select number, stream, key_group, position, at from log_erasures").fetchone()
    assert row == (1, ANE, "social", two.position(), datetime(2026, 11, 20, 11, tzinfo=UTC))


def test_whoever_reads_of_an_erasure_first_everything_of_it_is_forgotten(two: EventLog) -> None:
    """Not only by the one who waits for news: also by a writer to somebody else, and by a reader."""

    def write_to_bo(log: EventLog) -> None:
        record(log, BO, tried())

    def read_ane(log: EventLog) -> None:
        log.history(ANE)

    for turn, hears in enumerate((write_to_bo, read_ane)):
        person = ANE if turn == 0 else BO
        other = EventLog(two.db, Secrets.for_tests())
        record(other, person, tried())
        erase(two, person, KeyGroup.SOCIAL)
        hears(other) if turn == 0 else other.history(BO)
        assert [key for key in other.keys._opened.values() if key.stream == person] == []
        assert other._appender._remembered.of([person]) == {}


def test_an_erasure_in_the_middle_of_a_batch_refuses_one_row_only(two: EventLog) -> None:
    def slowly(so_far: object) -> list[object]:
        if not done:
            erase(EventLog(two.db, Secrets.for_tests()), ANE)
            done.append(True)
        return tried()(so_far)  # type: ignore[no-any-return]

    done: list[bool] = []
    steps = [Step(stream=journey(ANE), decide=slowly), Step(stream=journey(BO), decide=tried())]
    outcomes = two.record_many(steps, by=UU, known_at=NOON)
    assert [(one.kind, one.reason) for one in outcomes] == [("refused", "erased"), ("appended", None)]


def test_erasures_of_others_do_not_keep_a_writer_from_writing(two: EventLog) -> None:
    def slowly(so_far: object) -> list[object]:
        erase(two, uuid4())
        return tried()(so_far)  # type: ignore[no-any-return]

    before = two.position()
    record(two, ANE, slowly)
    assert two.position() == before + 1


def test_what_was_moved_to_somebody_who_is_erased_does_not_come_back_to_the_first(two: EventLog) -> None:
    fact = two.history(ANE).entries[-1]
    two.record_together(
        [Step(stream=journey(BO), decide=tried(), moved_from=fact.entry_id)],
        by=UU,
        known_at=NOON,
        command_id=uuid4(),
    )
    step = Step(stream=journey(ANE), decide=tried(), source=Source("uu", f"H-{ANE}"))
    for turn in range(2):
        (outcome,) = two.record_many([step], by=UU, known_at=NOON)
        assert (outcome.kind, outcome.reason) == ("refused", "delivered-for-another"), turn
        erase(two, BO)


def test_a_key_that_is_being_stored_is_found_by_an_erasure(two: EventLog) -> None:
    """The eraser waits for whoever is about to store a key, and destroys that too."""
    done: list[int] = []
    with two.db.connection(Role.APPLICATION) as conn:
        two.keys.create(conn, ANE, KeyGroup.IDENTITY)
        eraser = Thread(target=lambda: done.append(erase(two, ANE)))
        eraser.start()
        eraser.join(0.3)
        assert not done
    eraser.join()
    assert done
    assert keys_of(two, ANE) == set()
