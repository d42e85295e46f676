"""`overgang demo` and `overgang import`, as somebody with files uses them."""

import csv
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import break_file, cut_file
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


def _lines(path: Path) -> int:
    """Rows of data in the file; latin-1 reads every byte, and no other letter matters for counting."""
    with path.open(encoding="latin-1", newline="") as file:
        return sum(1 for _ in csv.reader(file, delimiter=";")) - 1


def _total(said: str) -> tuple[int, int, int]:
    found = re.search(r"I alt: (\d+) rækker læst, (\d+) hændelser skrevet, (\d+) rækker sat til side", said)
    assert found, said
    return int(found[1]), int(found[2]), int(found[3])


def test_counts_add_up_and_importing_again_adds_nothing(files: Path, data: Path) -> None:
    paths = sorted(files.glob("*.csv"))
    first = overgang(data, "import", *map(str, paths))
    assert first.returncode == 0, first.stdout + first.stderr
    rows, entries, aside = _total(first.stdout)
    assert rows == sum(_lines(path) for path in paths)
    assert aside == 0
    assert entries >= rows

    again = overgang(data, "import", *map(str, paths))
    assert again.returncode == 0
    assert _total(again.stdout) == (rows, 0, 0)


def test_a_changed_row_is_a_correction_and_broken_rows_are_named(files: Path, data: Path, tmp_path: Path) -> None:
    people, events = files / "cpr.csv", tmp_path / "uu.csv"
    events.write_bytes((files / "uu.csv").read_bytes())
    assert overgang(data, "import", str(people), str(events)).returncode == 0

    text = events.read_text("utf-8-sig" if events.read_bytes()[:3] == b"\xef\xbb\xbf" else "utf-8")
    line = next(line for line in text.splitlines() if "Telefon" in line or "telefon" in line)
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
    broken = break_file(spoilt, 0.05, 3)
    cut_file(spoilt)
    done = overgang(data, "import", str(spoilt))
    assert done.returncode == 1
    rows, entries, aside = _total(done.stdout)
    assert aside >= len(broken)
    assert entries == rows - aside
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
