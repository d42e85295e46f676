"""`overgang parkerede` and `overgang genoptag`, as an operator uses them."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from database import Role, open_database
from tests.intake.office import ANE, PEOPLE, UU, break_off, person
from tests.whole.program import overgang


@pytest.fixture
def data() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="overgang-parking-"))
    folder.chmod(0o711)
    yield folder / "data"
    shutil.rmtree(folder)


def alter(data: Path, command: str) -> None:
    """Somebody writes in the database, past the program."""
    with open_database(url=None, folder=data, schema="demo") as db, db.connection(Role.OWNER) as conn:
        conn.execute(command.encode())


def test_somebody_who_cannot_be_read_is_found_and_goes_on_when_that_is_put_right(data: Path, tmp_path: Path) -> None:
    people, events = tmp_path / "cpr.csv", tmp_path / "uu.csv"
    people.write_text("\n".join([PEOPLE, person(ANE)]), "utf-8")
    events.write_text(f"{UU}\n{break_off()}", "utf-8")
    assert overgang(data, "import", str(people), str(events)).returncode == 0
    nobody = overgang(data, "parkerede")
    assert (nobody.returncode, nobody.stdout) == (0, "Ingen unge er parkeret.\n")

    change = "update log_events set state = set_byte(state, 40, get_byte(state, 40) # 1) where stream_kind = 'journey'"
    alter(data, change)
    assert "Parkeret, fordi noget ikke kunne læses: 1." in overgang(data, "rebuild").stdout
    found = overgang(data, "parkerede")
    line = re.match(
        r"(\d{6,7}): alle lister, fra hændelse \d+ af \d\d\.\d\d\.\d{4} kl\. \d\d\.\d\d: .* \(Forged\)\.\n",
        found.stdout,
    )
    assert found.returncode == 1, found.stderr
    assert line, found.stdout

    still = overgang(data, "genoptag")
    assert (still.returncode, still.stdout.splitlines()[0]) == (1, "0 unge følges igen af alle lister.")
    unknown = overgang(data, "genoptag", "000000")
    assert (unknown.returncode, unknown.stderr) == (
        1,
        "Error: Ingen ung har sagsnr. 000000. Der er ikke ændret noget.\n",
    )

    alter(data, change)
    again = overgang(data, "genoptag", line[1])
    assert (again.returncode, again.stdout) == (0, "1 ung følges igen af alle lister.\n")
    assert overgang(data, "parkerede").returncode == 0
