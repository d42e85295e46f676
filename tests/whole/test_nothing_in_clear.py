"""What an intruder finds on the disk: no number, no name, no words of the young people."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from api.demonstration import fill
from api.house import House, open_house
from api.settings import Settings
from database import Role
from database.binaries import programs, run_as, server_user
from demo import youths
from domain.decisions import say_goal
from domain.text import FreeText
from eventlog import Actor, ActorKind, journey
from people.read_log import log_search

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
YOUTHS, SEED = 120, 5
SAID = "Jeg vil være dyrepasser i Thyborøn"


@pytest.fixture(scope="module")
def house(room: Path) -> Iterator[House]:
    folder = room
    settings = Settings(database_url=None, data=folder / "data", schema="demo", port=8000)
    opened = open_house(settings, lambda: NOW, demo=True)
    fill(opened, folder / "files", YOUTHS, SEED, say=lambda _: None)
    _use(opened)
    yield opened
    opened.close()


def _use(house: House) -> None:
    """Somebody speaks, somebody searches, and the database refuses something with words in it."""
    with house.db.connection(Role.APPLICATION) as conn:
        person = conn.execute("select person_id from young where to_position is null limit 1").fetchone()[0]
        log_search(
            conn,
            house.log.keys,
            at=NOW,
            staff_id="uu-1",
            unit_id="uu",
            party="uu",
            person_ids=[person],
            criterion=SAID,
            category="search",
            purpose="coordination",
            route="/soeg",
            outcome="shown",
        )
    actor = Actor(kind=ActorKind.STAFF, id="uu-1")
    house.log.record(
        journey(person),
        lambda state: say_goal(state, words=FreeText(SAID), on=date(2026, 11, 20)),
        by=actor,
        known_at=NOW,
        command_id=uuid4(),
    )
    with pytest.raises(psycopg.Error), house.db.connection(Role.APPLICATION) as conn:
        conn.execute("insert into log_keys (key_id, wrapped) values (%s, %s)", [SAID, SAID])


@pytest.fixture(scope="module")
def markers() -> set[bytes]:
    """Everything that must not be found. Short words are left out: they are found in any noise."""
    texts = {SAID, "dyrepasser"}
    for youth in youths(YOUTHS, SEED, NOW.date()):
        digits = youth.cpr.digits
        texts |= {digits, f"{digits[:6]}-{digits[6:]}", youth.first_name + " " + youth.last_name}
        texts |= {word for word in (youth.last_name, youth.first_name) if len(word) >= 7}
        for told in youth.told:
            texts |= {getattr(told.event, field, "") for field in ("words", "note", "purpose")}
    return {text.encode(encoding, "ignore") for text in texts if len(text) >= 7 for encoding in ("utf-8", "cp1252")}


def _found(paths: list[Path], markers: set[bytes]) -> list[str]:
    hits = []
    for path in paths:
        content = path.read_bytes()
        hits.extend(f"{path.name}: {marker[:3]!r}…" for marker in markers if marker in content)
    return hits


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".key"]


def test_the_markers_are_in_the_files_that_were_imported(house: House, markers: set[bytes]) -> None:
    imported = _files(house.settings.data.parent / "files")
    text = b"".join(path.read_bytes() for path in imported)
    assert sum(marker in text for marker in markers) > YOUTHS


def test_nothing_is_in_clear_in_data_files_wal_or_server_log(house: House, markers: set[bytes]) -> None:
    server = house.db.server
    assert server is not None
    with psycopg.connect(server.conninfo("postgres", "overgang"), autocommit=True) as conn:
        conn.execute("checkpoint")
    files = _files(house.settings.data)
    assert any("pg_wal" in str(path) for path in files)
    assert any(path.name == "postgresql.log" for path in files)
    assert _found(files, markers) == []


def test_nothing_is_in_clear_in_a_dump_or_a_base_backup(house: House, markers: set[bytes], room: Path) -> None:
    server = house.db.server
    assert server is not None
    room.chmod(0o777)  # the tools run as the server's user, who writes the backup here
    user = server_user()
    tools = programs(user)
    conninfo = server.conninfo("postgres", "overgang")
    dump = subprocess.run(
        [tools / "pg_dump", "--dbname", conninfo], capture_output=True, check=True, cwd="/", **run_as(user)
    ).stdout
    assert b"log_events" in dump
    assert [marker for marker in markers if marker in dump] == []
    backup = room / "backup"
    subprocess.run(
        [
            tools / "pg_basebackup",
            "--dbname",
            conninfo,
            "--pgdata",
            str(backup),
            "--wal-method=stream",
            "--checkpoint=fast",
        ],
        capture_output=True,
        check=True,
        cwd="/",
        **run_as(user),
    )
    assert _found(_files(backup), markers) == []
    shutil.rmtree(backup)
