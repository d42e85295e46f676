"""`overgang slet-person` and `overgang noegler roter`, as an operator uses them, also with an old backup afterwards."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.house import House, open_house
from api.settings import Settings
from database import Role, open_database
from database.binaries import programs
from database.embedded import SUPERUSER
from people.cpr import Cpr
from tests.intake.office import ANE, BO, PEOPLE, UU, break_off, person
from tests.whole.program import overgang

NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)
REASON = ("--grund", "ret-til-sletning", "--arkiv", "maa-kasseres", "--henvisning", "Bestemmelse 7")


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """Two young people in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="overgang-erasing-"))
    folder.chmod(0o711)
    files = tmp_path / "files"
    files.mkdir()
    for name, lines in {
        "cpr.csv": (PEOPLE, person(ANE, first="Zqxnavn"), person(BO, first="Bodil")),
        "uu.csv": (UU, break_off(ANE, "1"), break_off(BO, "2")),
    }.items():
        (files / name).write_text("".join(f"{line}\r\n" for line in lines), "utf-8")
    assert overgang(folder / "data", "import", str(files)).returncode == 0
    yield folder / "data"
    shutil.rmtree(folder)


def opened(data: Path) -> House:
    return open_house(Settings(database_url=None, data=data, schema="demo", port=8000), lambda: NOW, demo=True)


def numbers(data: Path) -> dict[str, str]:
    """The case numbers of those who are still known, by CPR number."""
    house = opened(data)
    try:
        with house.db.connection(Role.APPLICATION) as conn:
            found = house.register.find_by_cpr(conn, [Cpr(ANE), Cpr(BO)])
            who = house.register.identities(conn, list(found.values()))
        return {cpr.digits: who[person_id].case_number for cpr, person_id in found.items()}
    finally:
        house.close()


def slet(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return overgang(data, "slet-person", *words)


def test_from_proposal_to_a_restored_backup(data: Path) -> None:
    ane = numbers(data)[ANE]
    backup = data.parent / "backup"
    subprocess.run(["cp", "-a", data / "postgresql", backup], check=True)

    proposed = slet(data, "foreslaa", ane, *REASON, "--af", "finn-familiechef")
    assert proposed.returncode == 0, proposed.stderr
    assert "Advarsel: " in proposed.stdout
    found = re.search(r"Id ([0-9a-f]{8})\.", proposed.stdout)
    assert found
    erasure_id = found[1]
    same = slet(data, "bekraeft", erasure_id, "--af", "finn-familiechef")
    assert (same.returncode, "kan ikke også bekræfte" in same.stderr) == (1, True)
    assert slet(data, "udfoer").stdout == "Ingen sletninger venter.\n"
    confirmed = slet(data, "bekraeft", erasure_id, "--af", "dorte-databeskytter")
    assert confirmed.returncode == 0, confirmed.stderr
    assert numbers(data).keys() == {ANE, BO}, "starting the program begins no erasure"
    done = slet(data, "udfoer", erasure_id)
    assert done.returncode == 0, done.stderr
    assert (
        f"Slettet: hele personen, retten til sletning (databeskyttelsesforordningens artikel 17). Id {erasure_id}"
        in (done.stdout)
    )
    assert numbers(data).keys() == {BO}
    listed = slet(data, "liste").stdout
    for word in (erasure_id, "udført", "finn-familiechef", "dorte-databeskytter", "Bestemmelse 7"):
        assert word in listed
    assert ane not in listed

    shutil.rmtree(data / "postgresql")
    subprocess.run(["cp", "-a", backup, data / "postgresql"], check=True)
    assert overgang(data, "set-aside").returncode == 0
    assert numbers(data).keys() == {BO}
    assert "henvisningen gik tabt" in slet(data, "liste").stdout

    rotated = overgang(data, "noegler", "roter")
    assert rotated.returncode == 0, rotated.stderr
    assert "master-2.key er i brug" in rotated.stdout
    assert "Slettet: master-1.key" in rotated.stdout
    assert sorted(path.name for path in (data / "keys").iterdir()) == ["erasures.jsonl", "index.key", "master-2.key"]
    assert numbers(data).keys() == {BO}


def test_an_old_dump_with_the_newest_keys_as_the_manual_says(data: Path) -> None:
    """docs/drift/noegler.md, word for word: dumps of data and of keys, an erasure and a rotation between them."""
    old, newest = data.parent / "data.dump", data.parent / "keys.dump"
    pg(data, "pg_dump", "--format=custom", "--schema=demo", "--exclude-table-data=demo.log_keys", f"--file={old}")
    proposed = slet(data, "foreslaa", numbers(data)[ANE], *REASON, "--af", "finn-familiechef")
    erasure_id = re.findall(r"Id ([0-9a-f]{8})\.", proposed.stdout)[0]
    assert slet(data, "bekraeft", erasure_id, "--af", "dorte-databeskytter").returncode == 0
    assert slet(data, "udfoer").returncode == 0
    assert overgang(data, "noegler", "roter").returncode == 0
    pg(data, "pg_dump", "--format=custom", "--table=demo.log_keys", "--data-only", f"--file={newest}")
    pg(data, "psql", "--command=drop schema demo cascade")
    pg(data, "pg_restore", str(old))
    pg(data, "pg_restore", "--data-only", str(newest))
    done = slet(data, "udfoer")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "1 sletning(er), der var begyndt, er gjort færdige.")
    assert numbers(data).keys() == {BO}
    with server(data) as conninfo:
        words = [sys.executable, "tools/stranger.py", conninfo, "demo", str(data / "keys")]
        read = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (read.returncode, "4 journey, open, erased" in read.stdout) == (0, True), read.stdout + read.stderr


@contextmanager
def server(data: Path) -> Iterator[str]:
    """How the superuser reaches the folder's server, for as long as this is open."""
    with open_database(url=None, folder=data, schema="demo") as db:
        assert db.server
        yield db.server.conninfo(SUPERUSER)


def pg(data: Path, tool: str, *words: str) -> None:
    """One of PostgreSQL's own tools, as a database administrator runs it."""
    with server(data) as conninfo:
        subprocess.run([programs(None) / tool, *words, f"--dbname={conninfo}"], check=True, capture_output=True)


def test_what_is_refused_is_said_in_danish_and_a_ledger_that_is_damaged_stops_the_program(data: Path) -> None:
    refused = slet(data, "foreslaa", "999999", *REASON, "--af", "finn-familiechef")
    assert (refused.returncode, refused.stderr) == (1, "Error: Ingen sag har det nummer.\n")
    assert slet(data, "udfoer", "abc").stderr.startswith("Error: Der er ingen sletning med det id.")
    assert slet(data, "foreslaa", "999999", *REASON, "--af", "x", "--gruppe", "alt").returncode == 2
    (data / "keys" / "erasures.jsonl").write_text("{}\n")
    stopped = overgang(data, "set-aside")
    assert stopped.returncode == 1
    assert stopped.stderr.startswith("Error: Linje 1 i erasures.jsonl")


def test_a_hold_from_the_command_line(data: Path) -> None:
    bo = numbers(data)[BO]
    assert slet(data, "tilbagehold", bo, "--henvisning", "Retten", "--af", "finn-familiechef").returncode == 0
    refused = slet(data, "foreslaa", bo, *REASON, "--af", "finn-familiechef")
    assert (refused.returncode, "tilbageholdt" in refused.stderr) == (1, True)
    assert slet(data, "frigiv", bo, "--af", "finn-familiechef").stdout == "Frigivet.\n"
    proposed = slet(data, "foreslaa", bo, *REASON, "--af", "finn-familiechef", "--gruppe", "uddannelse")
    assert proposed.stdout.startswith("Foreslået: uddannelse, skole og fravær, retten til sletning")
    erasure_id = re.findall(r"Id ([0-9a-f]{8})\.", proposed.stdout)[0]
    assert slet(data, "fortryd", erasure_id, "--af", "finn-familiechef").stdout == "Fortrudt. Intet er slettet.\n"
