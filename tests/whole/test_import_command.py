"""`overgang demo` and `overgang import`, as somebody with files uses them."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import break_file, cut_file
from tests.demo.reading import told_by
from tests.intake.office import ANE, PEOPLE, UU, break_off, person
from tests.whole import program
from tests.whole.program import overgang

YOUTHS, LAST_DAY = 250, "2026-11-20"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    made = overgang(
        folder / "none", "demo", "--youths", str(YOUTHS), "--seed", "7", "--until", LAST_DAY, "--out", str(folder)
    )
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture
def data() -> Iterator[Path]:
    """An empty data folder for each test."""
    folder = Path(tempfile.mkdtemp(prefix="overgang-import-"))
    folder.chmod(0o711)
    yield folder / "data"
    shutil.rmtree(folder)


def _total(said: str) -> tuple[int, int, int]:
    found = re.search(r"I alt: (\d+) rækker læst, (\d+) hændelser skrevet, (\d+) rækker sat til side", said)
    assert found, said
    return int(found[1]), int(found[2]), int(found[3])


def test_counts_add_up_and_importing_again_adds_nothing(files: Path, data: Path) -> None:
    first = overgang(data, "import", str(files))
    rows, entries, aside = _total(first.stdout)
    assert rows == sum(told_by(path) for path in files.iterdir() if path.suffix != ".json")
    assert aside == 1, "there is one row about somebody who is in no extract"
    assert first.stdout.count("Ukendt person") == first.returncode == 1
    assert entries >= rows - aside

    again = overgang(data, "import", str(files))
    assert _total(again.stdout) == (rows, 0, aside)


def test_a_changed_row_is_a_correction_and_broken_rows_are_named(files: Path, data: Path, tmp_path: Path) -> None:
    people, events = files / "cpr.csv", tmp_path / "uu.csv"
    events.write_bytes((files / "uu.csv").read_bytes())
    assert _total(overgang(data, "import", str(people), str(events)).stdout)[2] == 1

    text = events.read_text("utf-8-sig" if events.read_bytes()[:3] == b"\xef\xbb\xbf" else "utf-8")
    # The second line is about somebody who is in no extract.
    line = next(line for line in text.splitlines()[2:] if "Telefon" in line)
    changed = re.sub("telefon", "brev", line, count=1, flags=re.IGNORECASE)
    events.write_text(text.replace(line, changed.replace("brev", "Brev")), "utf-8")
    corrected = overgang(data, "import", str(events))
    assert " 1 rettelser" in corrected.stdout, corrected.stdout
    assert _total(corrected.stdout)[1] == 1


def test_a_cut_file_and_one_with_broken_rows_import_the_rest_and_name_each(
    files: Path, data: Path, tmp_path: Path
) -> None:
    assert overgang(data, "import", str(files / "cpr.csv")).returncode == 0
    spoilt = tmp_path / "uu.csv"
    spoilt.write_bytes((files / "uu.csv").read_bytes())
    cut_file(spoilt)
    broken = break_file(spoilt, 0.05, 3)  # after the cut: a quote that is never closed makes one row of the rest
    done = overgang(data, "import", str(spoilt))
    assert done.returncode == 1
    rows, entries, aside = _total(done.stdout)
    assert aside >= len(broken)
    assert rows - aside - 20 < entries <= rows - aside, "some rows stand twice"
    named = {int(number) for number in re.findall(r"linje (\d+)", done.stdout)}
    assert len(named) == aside
    assert not re.search(r"\d{6}-?\d{4}", done.stdout), "no CPR number on the screen"


def test_a_file_that_is_not_ours_is_refused_with_what_was_found(data: Path, tmp_path: Path) -> None:
    other = tmp_path / "liste.csv"
    other.write_text("Navn;Adresse\nX;Y\n", "utf-8")
    done = overgang(data, "import", str(other))
    assert done.returncode == 1
    assert "Navn" in done.stdout
    missing = overgang(data, "import", str(tmp_path / "findes-ikke.csv"))
    assert missing.returncode == 2
    assert "findes-ikke.csv" in missing.stderr


def test_a_bad_setting_is_one_sentence(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "x.csv"
    other.write_text("x", "utf-8")
    monkeypatch.setattr(program, "LEFT_OUT", frozenset())
    monkeypatch.setenv("DATABASE_URL", "host=127.0.0.1 port=1 user=nobody dbname=none connect_timeout=2")
    done = overgang(data, "import", str(other))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Error: ")


def test_what_waits_is_counted_by_reason_and_never_shown(data: Path, tmp_path: Path) -> None:
    events, people = tmp_path / "uu.csv", tmp_path / "cpr.csv"
    events.write_text(
        "\n".join([UU, break_off(), break_off(number="2"), break_off(number="3", on="31-02-2026")]), "utf-8"
    )
    people.write_text("\n".join([PEOPLE, person(ANE)]), "utf-8")
    assert overgang(data, "import", str(events)).returncode == 1

    waits = overgang(data, "set-aside", "--try-again")
    assert waits.returncode == 1, waits.stderr
    lines = waits.stdout.splitlines()
    assert lines[0] == "Ingen af de rækker, der venter, kan læses ind endnu."
    assert "2 rækker. Ukendt person:" in lines[1]
    assert "1 række. Datoen findes ikke i kalenderen." in lines[2]
    assert lines[3] == "I alt: 3 rækker venter."
    assert ANE not in waits.stdout

    assert "Rækker, der ventede: 2 rækker, 2 nye" in overgang(data, "import", str(people)).stdout
    events.write_text("\n".join([UU, break_off(number="3", on="28-02-2026")]), "utf-8")
    assert overgang(data, "import", str(events)).returncode == 0
    none = overgang(data, "set-aside")
    assert (none.returncode, none.stdout) == (0, "Ingen rækker venter.\n")
