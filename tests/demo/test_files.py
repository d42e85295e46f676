from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from demo import FolderInUse, break_file, cut_file, write
from intake.cells import _LIKE_CPR

UNTIL = date(2026, 11, 21)


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("deliveries", [False, True])
def test_the_same_arguments_give_the_same_bytes(tmp_path: Path, deliveries: bool) -> None:
    first = write(tmp_path / "a", 120, 7, UNTIL, deliveries=deliveries)
    write(tmp_path / "b", youths=120, seed=7, until=UNTIL, deliveries=deliveries)
    write(tmp_path / "c", 120, 8, UNTIL, deliveries=deliveries)
    assert hashes(tmp_path / "a") == hashes(tmp_path / "b") != hashes(tmp_path / "c")
    assert len(hashes(tmp_path / "a")) == len(first)


def test_each_system_writes_in_its_own_way(tmp_path: Path) -> None:
    write(tmp_path / "x", 300, 7, UNTIL)
    files = {path.name: path.read_bytes() for path in (tmp_path / "x").iterdir()}
    assert set(files) == {"cpr.csv", "uu.csv", "social.csv", "milepaelen.csv"}
    assert files["cpr.csv"].startswith(b"\xef\xbb\xbfCPR-nummer;")
    assert files["uu.csv"].decode("utf-8").startswith("CPR-nummer;HændelsesId;")
    assert files["social.csv"].decode("cp1252").startswith("CPR-nummer,HændelsesId,Hændelse,")
    assert b"2026-" in files["social.csv"]
    assert b"-2026;" in files["uu.csv"]


def test_deliveries_come_every_other_week_for_two_years(tmp_path: Path) -> None:
    write(tmp_path / "x", 600, 7, UNTIL, deliveries=True)
    days = sorted(date.fromisoformat(path.name) for path in (tmp_path / "x").iterdir())
    assert days == [UNTIL - timedelta(days=14 * back) for back in range(52, -1, -1)]


def test_a_source_puts_rows_right_in_a_later_delivery(tmp_path: Path) -> None:
    paths = write(tmp_path / "x", 300, 7, UNTIL, deliveries=True)
    ids = [
        line.split(";")[1]
        for path in paths
        if path.name == "uu.csv"
        for line in path.read_text("utf-8").splitlines()
        if line.count(";") > 8 and line[:4].isdigit()
    ]
    assert len(ids) > len(set(ids))


def test_only_the_number_column_holds_anything_like_a_number(tmp_path: Path) -> None:
    for path in write(tmp_path / "x", 300, 7, UNTIL):
        text = path.read_bytes().decode("cp1252" if path.name == "social.csv" else "utf-8-sig")
        assert all(found.start() == 0 for line in text.splitlines() for found in _LIKE_CPR.finditer(line))


def test_writing_again_is_harmless_and_writing_something_else_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "x", 20, 7, UNTIL)
    before = hashes(tmp_path / "x")
    assert len(write(tmp_path / "x", 20, 7, UNTIL)) == 4
    with pytest.raises(FolderInUse, match="ikke tom"):
        write(tmp_path / "x", 20, 8, UNTIL)
    assert hashes(tmp_path / "x") == before
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_breaking_spoils_the_share_asked_for_and_the_same_rows_each_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / name, 300, 7, UNTIL)
    before = (tmp_path / "a" / "uu.csv").read_bytes()
    lines = break_file(tmp_path / "a" / "uu.csv", 0.05, 1)
    assert break_file(tmp_path / "b" / "uu.csv", 0.05, 1) == lines
    assert hashes(tmp_path / "a") == hashes(tmp_path / "b")
    assert (tmp_path / "a" / "uu.csv").read_bytes() != before
    assert len(lines) == len(set(lines)) > 30


def test_cutting_leaves_part_of_the_last_row(tmp_path: Path) -> None:
    write(tmp_path / "a", 50, 7, UNTIL)
    path = tmp_path / "a" / "uu.csv"
    before = path.read_bytes()
    line = cut_file(path)
    after = path.read_bytes()
    assert before.startswith(after)
    assert 0 < len(before) - len(after) < 500
    assert not after.endswith(b"\n")
    assert line <= before.count(b"\n")
