"""No entry may be closed with a key that cannot open it again."""

from dataclasses import replace
from threading import Timer

import pytest

import eventlog
from database import Database, Role
from domain.codes import KeyGroup
from domain.events import PlacementStarted
from eventlog import EventLog, KeyMissing, Secrets, SecretsRefused
from tests.eventlog.test_log import BEGUN, START, events, placed, record
from tests.examples import ANE
from tests.servers import fresh_database


def test_a_key_that_was_destroyed_or_lost_in_a_restore_is_not_used_again(log: EventLog, db: Database) -> None:
    record(log, ANE, START)
    record(log, ANE, placed())
    with db.connection(Role.OWNER) as conn:
        conn.execute("delete from log_events where key_group = 'social'")
        conn.execute("update log_head set position = %s", [BEGUN])
        conn.execute("delete from log_keys where key_group = 'social'")
    record(log, ANE, placed())
    log.keys.forget()
    assert isinstance(events(log, ANE)[-1], PlacementStarted)


def test_keys_of_another_log_are_refused_before_anything_is_written_with_them(log: EventLog, db: Database) -> None:
    ours = Secrets.for_tests()
    strange = replace(ours, masters={1: bytes(32)})
    EventLog(db, strange)  # nothing is closed yet
    record(log, ANE, START)
    with pytest.raises(SecretsRefused, match="sikkerhedskopien"):
        EventLog(db, strange)
    EventLog(db, replace(ours, masters=ours.masters | {2: bytes(32)}))  # a new epoch beside the old one


def test_a_missing_key_of_a_group_that_is_not_asked_for_hinders_nobody(log: EventLog, db: Database) -> None:
    record(log, ANE, START)
    record(log, ANE, placed())
    with db.connection(Role.OWNER) as conn:
        conn.execute("delete from log_keys where key_group = 'social'")
    log.keys.forget()
    seen = log.history(ANE, [KeyGroup.OPEN, KeyGroup.EDUCATION])
    assert (len(seen.entries), len(seen.closed)) == (BEGUN, 1)
    with pytest.raises(KeyMissing):
        log.history(ANE, [KeyGroup.SOCIAL])


def test_a_schema_may_have_the_longest_name_there_is() -> None:
    with fresh_database("a" * 63) as db:
        eventlog.install(db, municipality="Prøvekommune", demo=True)
        log = EventLog(db, Secrets.for_tests())
        Timer(0.2, record, [log, ANE, START]).start()
        assert log.wait(0, 10) == BEGUN


def test_a_person_has_one_key_for_each_group_however_much_is_written(log: EventLog, db: Database) -> None:
    for decide in [START, placed(), placed()]:
        record(log, ANE, decide)
    record(EventLog(db, Secrets.for_tests()), ANE, placed())
    with db.connection(Role.APPLICATION) as conn:
        groups = conn.execute("select key_group from log_keys where stream = %s", [ANE]).fetchall()
    assert sorted(group for (group,) in groups) == ["education", "open", "social"]
