"""`overgang hvorfor`, as an operator uses it, and the checker that reads what it says."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from database import Role, open_database
from tests.intake.office import ANE, PEOPLE, UU, break_off, person
from tests.whole.program import overgang

CHECKER = Path(__file__).parents[2] / "tools" / "check_deadline.py"


@pytest.fixture
def data() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="overgang-why-"))
    folder.chmod(0o711)
    yield folder / "data"
    shutil.rmtree(folder)


def case_number(data: Path) -> str:
    with open_database(url=None, folder=data, schema="demo") as db, db.connection(Role.APPLICATION) as conn:
        [(number,)] = conn.execute("select case_number from person").fetchall()
    return str(number)


def test_a_deadline_is_explained_and_counted_again_by_a_stranger(data: Path, tmp_path: Path) -> None:
    people, events = tmp_path / "cpr.csv", tmp_path / "uu.csv"
    people.write_text("\n".join([PEOPLE, person(ANE)]), "utf-8")
    events.write_text(f"{UU}\n{break_off()}", "utf-8")
    assert overgang(data, "import", str(people), str(events)).returncode == 0
    case = case_number(data)

    words = overgang(data, "hvorfor", case, "KUI-02")
    assert (words.returncode, words.stderr) == (0, "")
    assert words.stdout.startswith(f"Sag {case}, KUI-02, pr. ")
    assert "KUI-02, version 1: Kontakt efter afbrud (Lovfrist)" in words.stdout

    told = overgang(data, "hvorfor", case, "KUI-02", "--json")
    [one] = json.loads(told.stdout)["explanations"]
    checked = subprocess.run(
        [sys.executable, "-I", str(CHECKER)],
        input=told.stdout,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert (checked.returncode, checked.stdout) == (0, f"{one['key']}: agrees\n"), checked.stderr

    before = overgang(data, "hvorfor", case, "KUI-02", "--pr", "2010-01-01")
    assert (before.returncode, before.stderr) == (1, "Error: Den 01.01.2010 var der ingen regler indlæst.\n")
    nobody = overgang(data, "hvorfor", "000000", "KUI-02")
    assert (nobody.returncode, nobody.stderr) == (1, "Error: Ingen ung har sagsnr. 000000.\n")
    unknown = overgang(data, "hvorfor", case, "KUI-99")
    assert unknown.returncode == 1
    assert "Reglen KUI-99 findes ikke" in unknown.stderr
