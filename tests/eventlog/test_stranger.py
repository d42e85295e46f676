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
from tests.examples import ANE, BO, NOON, STARTED, TODAY
from tests.servers import fresh_database, superuser_conninfo

SYSTEM = Actor(kind=ActorKind.SYSTEM, id="x")
WORDS = "Jeg vil på æfterskole"


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def db(keys: Path) -> Iterator[Database]:
    with fresh_database() as database:
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


def test_an_erased_entry_is_normal_and_a_missing_key_is_not(db: Database, keys: Path) -> None:
    with db.connection(Role.OWNER) as conn:
        conn.execute("update log_events set state = '' where notification_id = 1")
    read = _read(db, keys)
    assert (read.returncode, "1 erased" in read.stdout) == (0, True)
    with db.connection(Role.OWNER) as conn:
        conn.execute("delete from log_keys where stream = %s and key_group = %s", [BO, KeyGroup.OPEN])
    assert _read(db, keys).returncode == 1
