"""A program written from docs/log-format.md alone reads what we write, and sees what was tampered with."""

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

import eventlog
from database import Database, Role
from domain.codes import KeyGroup
from domain.decisions import say_goal, start_journey
from domain.text import FreeText
from eventlog import Actor, ActorKind, EventLog, Secrets, journey
from eventlog.rotating import rotate
from tests.examples import ANE, BO, NOON, STARTED, TODAY
from tests.servers import LOG, furnished_database, superuser_conninfo

SYSTEM = Actor(kind=ActorKind.SYSTEM, id="x")
WORDS = "Jeg vil på æfterskole"


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def db(keys: Path) -> Iterator[Database]:
    with furnished_database(LOG) as database:
        eventlog.install(database, municipality="Prøvekommune", demo=True)
        log = EventLog(database, Secrets.open(keys))
        for person in (ANE, BO):
            for decide in (
                partial(start_journey, born_on=STARTED.born_on, on=STARTED.on, reason="education-need", basis="§ 1"),
                partial(say_goal, words=FreeText(WORDS), on=TODAY),
            ):
                log.record(journey(person), decide, by=SYSTEM, known_at=NOON, command_id=uuid4())
        yield database


def _read(db: Database, keys: Path, *stream: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "tools/stranger.py", superuser_conninfo(), db.schema, str(keys), *stream]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_it_imports_nothing_of_the_project() -> None:
    text = Path("tools/stranger.py").read_text("utf-8")
    for room in ("domain", "eventlog", "database", "people", "projections", "api"):
        assert f"from {room}" not in text
        assert f"import {room}" not in text


def test_it_finds_the_log_in_order_and_opens_every_entry(db: Database, keys: Path) -> None:
    read = _read(db, keys)
    assert read.returncode == 0, read.stdout + read.stderr
    assert "2 journey, open, goal-in-own-words-1" in read.stdout
    assert "2 journey, education, education-reason-given-1" in read.stdout


def test_it_tells_one_persons_story(db: Database, keys: Path) -> None:
    lines = _read(db, keys, str(ANE)).stdout.splitlines()
    last = json.loads(lines[-1].split(" ", 2)[2])
    assert (last["name"], last["event"]["words"]) == ("goal-in-own-words-1", WORDS)
    assert len(lines) == 6


@pytest.mark.parametrize(
    ("tampering", "says"),
    [
        ("delete from log_events where notification_id = 3", "position 3 is missing"),
        ("update log_events set state = set_byte(state, 40, get_byte(state, 40) # 1) where notification_id = 4", "4:"),
        (
            (
                "update log_events a set state = b.state from log_events b"
                " where a.notification_id = 1 and b.notification_id = 7"
            ),
            "position 1: cannot be opened",
        ),
        ("update log_events set recorded_at = recorded_at - interval '1 year' where notification_id = 5", "before it"),
        ("update log_events set key_group = 'open' where notification_id = 2", "position 2: cannot be opened"),
    ],
)
def test_it_sees_what_was_tampered_with(db: Database, keys: Path, tampering: str, says: str) -> None:
    with db.connection(Role.OWNER) as conn:
        conn.execute(tampering.encode())
    read = _read(db, keys)
    assert read.returncode == 1
    assert says in read.stdout


def _erase(db: Database, keys: Path, group: KeyGroup | None = None) -> None:
    log = EventLog(db, Secrets.open(keys))
    with db.connection(Role.ERASER) as conn:
        log.erase(conn, uuid4(), ANE, group, NOON)


def test_what_was_erased_is_normal_and_counted_for_each_group(db: Database, keys: Path) -> None:
    _erase(db, keys, KeyGroup.EDUCATION)
    read = _read(db, keys)
    assert read.returncode == 0, read.stdout
    assert "1 journey, education, erased" in read.stdout
    assert "journey, open, erased" not in read.stdout
    _erase(db, keys)
    read = _read(db, keys)
    assert read.returncode == 0, read.stdout
    assert "5 journey, open, erased" in read.stdout
    assert [line.split(" ", 2)[2] for line in _read(db, keys, str(ANE)).stdout.splitlines()] == ["erased"] * 6


def test_a_text_or_a_key_that_is_gone_without_the_ledger_is_not(db: Database, keys: Path) -> None:
    _erase(db, keys)
    with db.connection(Role.OWNER) as conn:
        conn.execute("update log_events set state = '' where originator_id = %s and key_group = 'education'", [BO])
    read = _read(db, keys)
    assert (read.returncode, "its text is gone, and the ledger does not know" in read.stdout) == (1, True)
    with db.connection(Role.OWNER) as conn:
        conn.execute("delete from log_keys where stream = %s and key_group = %s", [BO, KeyGroup.OPEN])
    assert "its key is gone, and the ledger does not know" in _read(db, keys).stdout


@pytest.mark.parametrize(
    ("tampering", "says"),
    [
        ("delete from log_erasures", "FAULT: the head says 1 erasures; the ledger has 0"),
        ("delete from log_erasures", "the ledger does not know of it"),
        ("update log_erasures set number = 7", "the last is number 7"),
        ("update log_erasures set position = position - 1", "the ledger does not know of it"),
        ("update log_erasures set key_group = 'health'", "the ledger does not know of it"),
        ("delete from log_events where notification_id = (select position from log_head)", "its last entry is 11"),
    ],
)
def test_a_ledger_that_was_tampered_with_is_seen(db: Database, keys: Path, tampering: str, says: str) -> None:
    log = EventLog(db, Secrets.open(keys))
    with db.connection(Role.ERASER) as conn:
        log.erase(conn, uuid4(), BO, None, NOON)
    assert _read(db, keys).returncode == 0
    with db.connection(Role.OWNER) as conn:
        conn.execute(tampering.encode())
    read = _read(db, keys)
    assert (read.returncode, says in read.stdout) == (1, True), read.stdout


def test_what_the_ledger_calls_erased_must_not_be_readable(db: Database, keys: Path) -> None:
    with db.connection(Role.OWNER) as conn:
        conn.execute("insert into log_erasures values (1, %s, %s, null, 2, now())", [uuid4(), ANE])
        conn.execute("update log_head set erasures = 1")
    read = _read(db, keys)
    assert read.stdout.count("the ledger says that it is erased, and it can be read") == 2


def test_after_a_rotation_it_reads_on_and_says_which_key_file_is_missing(db: Database, keys: Path) -> None:
    old = keys / "master-1.key"
    kept = old.read_bytes()
    rotate(db, Secrets.open(keys), EventLog(db, Secrets.open(keys)).log_id)
    assert _read(db, keys).returncode == 0
    (keys / "master-2.key").rename(keys / "elsewhere")
    old.write_bytes(kept)
    read = _read(db, keys)
    assert (read.returncode, "master-2.key is not in the folder" in read.stdout) == (2, True)
