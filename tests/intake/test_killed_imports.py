"""An import that is killed, again and again at random places, ends where one ends that nobody disturbed."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from database import Role
from domain.access import open_groups
from domain.codes import Party
from eventlog import journey
from intake.proposals import proposals_for
from people.cpr import Cpr, fictional
from tests import servers
from tests.intake.books import book
from tests.intake.kinds import OURS
from tests.intake.office import PEOPLE, STRANGER, UU, Office, break_off, open_office, person, told

ROOT = Path(__file__).parent.parent.parent
CHILDREN = [fictional(date(2009, 1 + number % 12, 1 + number % 28), number).digits for number in range(40)]
KILLS = 9


def files(folder: Path) -> list[Path]:
    """People, events with mistakes and handovers, a grid, and a list that comes twice."""
    first = date(2026, 3, 2)
    texts = {
        "cpr.csv": [PEOPLE, *(person(cpr, reason="Anbragt") for cpr in CHILDREN), person("123"), person(CHILDREN[0])],
        "uu.csv": [
            UU,
            *(
                break_off(cpr, f"{turn}-{number}", on=f"{1 + turn:02}-10-2026")
                for turn in range(3)
                for number, cpr in enumerate([*CHILDREN, STRANGER])
            ),
            break_off(CHILDREN[0], "0-0", on="09-10-2026"),
            break_off(CHILDREN[1], "x", on="31-02-2026"),
            *(
                told(
                    cpr, f"h{cpr}", "Overlevering sendt", "02-11-2026",
                    receiver="Milepælen", matter="Indkomst og arbejde", answer_by="16-11-2026", text="Tak",
                )
                for cpr in CHILDREN[:9]
            ),
        ],
        "z-liste 1.csv": ["CPR-nr.;Fra;Sted", *(f"{cpr};05-01-2026;Familie" for cpr in CHILDREN)],
        "z-liste 2.csv": ["CPR-nr.;Fra;Sted", *(f"{cpr};05-01-2026;Familie" for cpr in CHILDREN[12:])],
    }  # fmt: skip
    for name, lines in texts.items():
        (folder / name).write_text("".join(f"{line}\r\n" for line in lines), "utf-8")
    days = [first + timedelta(days=number) for number in range(5)]
    marks = [[cpr, *"MSAU", None] for cpr in CHILDREN[:20]]
    book(folder / "fremmøde.xlsx", {"Fremmøde": [["CPR-nummer", *days], *marks, [CHILDREN[0], "Hvad?"]]})
    return sorted(folder.iterdir())


@dataclass
class Imports:
    office: Office
    files: list[Path]

    def run(self, last: int) -> subprocess.CompletedProcess[str]:
        """Import everything in a process of its own, killed at its word number `last`; below 0 at that mark."""
        url = servers._start().url or ""
        words = [str(servers.server_folder()), url, self.office.db.schema, str(last), *map(str, self.files)]
        return subprocess.run(
            [sys.executable, "-m", "tests.intake.killed", *words],
            cwd=ROOT, capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip

    def state(self) -> dict[str, Any]:
        """All that the files led to, without what is drawn anew each time."""
        office = self.office
        with office.db.connection(Role.APPLICATION) as conn:
            found = office.register.find_by_cpr(conn, [Cpr(cpr) for cpr in CHILDREN])
            proposed = proposals_for(office.receiving, conn, Party.CHILD_SOCIAL, open_groups(Party.CHILD_SOCIAL))
        numbers = {person_id: cpr.digits for cpr, person_id in found.items()}
        streams = {numbers[person_id]: office.log.history(journey(person_id).id).entries for person_id in numbers}
        return {
            "people": office.rows("select count(*) from person"),
            "entries": office.log.position(),
            "told": {
                cpr: [(entry.event, entry.known_at, entry.actor, entry.about is None) for entry in entries]
                for cpr, entries in streams.items()
            },
            "set aside": sorted(office.rows("select line, column_name, reason, resolved_at is null from set_aside")),
            "proposed": sorted((numbers[one.person_id], one.began.on, one.end) for one in proposed),
            "on the list": office.rows("select count(*) filter (where gone_at is null), count(*) from listed"),
        }


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Imports, Imports]]:
    folder = tmp_path / "in"
    folder.mkdir()
    made = files(folder)
    with open_office(tmp_path) as one, open_office(tmp_path) as other:
        one.profiles = other.profiles = OURS
        yield Imports(one, made), Imports(other, made)


def test_a_killed_import_resumes_without_loss_and_without_doubling(both: tuple[Imports, Imports]) -> None:
    undisturbed, killed = both
    done = undisturbed.run(0)
    assert done.returncode == 0, done.stderr
    words, random, died, reached = int(done.stdout), Random(2026), 0, set()
    assert words > 100
    for _ in range(KILLS):
        ended = killed.run(random.randint(1, words // 3))
        assert ended.returncode in (-signal.SIGKILL, 0), ended.stderr
        died += ended.returncode != 0
        reached.add(killed.office.log.position())
    assert died >= KILLS - 2, "it must die in the middle, or nothing is shown"
    assert len(reached) > KILLS // 2, "it must die at different places"
    assert killed.run(0).returncode == 0
    assert killed.state() == undisturbed.state()
    assert undisturbed.state()["entries"] > 400
    assert len(undisturbed.state()["proposed"]) == 12
    # And once more is nothing.
    position = killed.office.log.position()
    assert killed.run(0).returncode == 0
    assert (killed.office.log.position(), killed.state()) == (position, undisturbed.state())


def test_what_is_in_the_log_and_not_remembered_is_not_told_twice(both: tuple[Imports, Imports], tmp_path: Path) -> None:
    undisturbed, killed = both
    ane, bo = CHILDREN[:2]
    texts = {
        "cpr.csv": [PEOPLE, person(ane, born="01-01-2009"), person(ane, born="02-01-2009"), person(bo)],
        "uu.csv": [
            UU,
            break_off(ane, "1", on="01-10-2026"),
            break_off(ane, "1", on="09-10-2026"),
            break_off(bo, "2"),
            break_off(ane, "1", on="05-10-2026"),
        ],
    }
    for name, lines in texts.items():
        (tmp_path / name).write_text("".join(f"{line}\r\n" for line in lines), "utf-8")
    undisturbed.files = killed.files = [tmp_path / name for name in texts]
    assert undisturbed.run(0).returncode == 0
    # Each run carries one piece further: the first piece of a file is done when the next one is not yet remembered.
    reached, ended = [], killed.run(-1)
    while ended.returncode == -signal.SIGKILL:
        reached.append(killed.office.log.position())
        assert len(reached) < 10, "it must come further each time"
        ended = killed.run(-2)
    assert ended.returncode == 0, ended.stderr
    assert len(reached) == len(set(reached)) == 5
    assert killed.state() == undisturbed.state()
