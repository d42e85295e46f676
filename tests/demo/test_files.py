import itertools
import json
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from demo import KEY_FILE, FolderInUse, answer_key, break_file, cut_file, write
from demo.sources import file_kinds
from intake.cells import _LIKE_CPR
from tests.demo.reading import kind_of, rows_of

UNTIL = date(2026, 11, 21)
DELIVERED = [UNTIL - timedelta(days=14 * back) for back in range(52, -1, -1)]
LISTED = DELIVERED[::-1][::4][::-1]
"""The days on which there are lists of how it is now."""


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "deliveries"
    write(folder, 400, 7, UNTIL, deliveries=True)
    return folder


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "at-once"
    write(folder, 600, 7, UNTIL)
    return folder


@pytest.mark.parametrize("deliveries", [False, True])
def test_the_same_arguments_give_the_same_bytes(tmp_path: Path, deliveries: bool) -> None:
    first = write(tmp_path / "a", 120, 7, UNTIL, deliveries=deliveries)
    write(tmp_path / "b", youths=120, seed=7, until=UNTIL, deliveries=deliveries)
    write(tmp_path / "c", 120, 8, UNTIL, deliveries=deliveries)
    assert hashes(tmp_path / "a") == hashes(tmp_path / "b") != hashes(tmp_path / "c")
    assert len(hashes(tmp_path / "a")) == len(first)


def test_every_kind_of_file_is_written_in_the_words_of_its_system(at_once: Path) -> None:
    kinds = {kind_of(path) for path in at_once.iterdir() if path.name != KEY_FILE}
    assert kinds == set(file_kinds())
    for path in at_once.iterdir():
        if path.name != KEY_FILE:
            heading, *rows = rows_of(path)
            assert set(kind_of(path).profile.required) <= set(heading)
            assert rows
            assert all(len(row) == len(heading) for row in rows)


def test_each_system_has_its_own_encoding_delimiter_and_form_of_dates(at_once: Path) -> None:
    assert (at_once / "cpr.csv").read_bytes().startswith(b"\xef\xbb\xbfCPR-nummer;")
    assert (at_once / "uu.csv").read_text("utf-8").startswith("CPR-nummer;HændelsesId;")
    assert (at_once / "vejledning.csv").read_text("cp1252").startswith("Personnummer,Løbenummer,Handling,")
    assert b"-2026;" in (at_once / "uu.csv").read_bytes()
    assert b"2026-" in (at_once / "vejledning.csv").read_bytes()
    assert (at_once / "elever.xlsx").read_bytes().startswith(b"PK")


def test_no_time_of_day_gets_into_a_workbook(at_once: Path) -> None:
    with ZipFile(at_once / "elever.xlsx") as book:
        assert {part.date_time for part in book.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert b"20" not in book.read("docProps/core.xml").replace(b"2006", b"")


def test_both_dialects_of_everything_are_about_half_of_the_people(at_once: Path) -> None:
    people = [len(rows_of(at_once / name)) - 1 for name in ("cpr.csv", "personer.csv")]
    assert sum(people) == 600
    assert min(people) > 240


def test_deliveries_come_every_other_week_for_two_years(two_years: Path) -> None:
    days = sorted(date.fromisoformat(path.name) for path in two_years.iterdir() if path.is_dir())
    assert days == DELIVERED


def test_the_first_delivery_holds_everything_that_was_before(two_years: Path) -> None:
    first = sum(len(rows_of(path)) for path in (two_years / DELIVERED[0].isoformat()).iterdir())
    others = sum(len(rows_of(path)) for path in (two_years / DELIVERED[1].isoformat()).iterdir())
    assert first > 20 * others
    dates = {row[2] for row in rows_of(two_years / DELIVERED[0].isoformat() / "skole.csv")[1:]}
    assert dates


def test_lists_of_how_it_is_now_come_every_eighth_week_and_rows_vanish_from_them(two_years: Path) -> None:
    for name in ("elever.xlsx", "foranstaltninger.csv", "ydelser.xlsx"):
        days = [date.fromisoformat(path.parent.name) for path in sorted(two_years.glob(f"*/{name}"))]
        assert days == LISTED
        lists = [{tuple(row) for row in rows_of(path)} for path in sorted(two_years.glob(f"*/{name}"))]
        kept = [len(before & after) for before, after in itertools.pairwise(lists)]
        assert any(before - after for before, after in itertools.pairwise(lists))
        assert all(kept)


def test_a_source_puts_rows_right_in_a_later_delivery_and_some_come_twice(two_years: Path) -> None:
    lines: dict[str, set[tuple[str, ...]]] = {}
    times: Counter[tuple[str, ...]] = Counter()
    twice_in_one_file = 0
    for path in two_years.glob("*/uu.csv"):
        rows = [tuple(row) for row in rows_of(path)[1:]]
        twice_in_one_file += len(rows) - len(set(rows))
        times.update(set(rows))
        for row in rows:
            lines.setdefault(row[1], set()).add(row)
    assert any(len(versions) > 1 for versions in lines.values())
    assert twice_in_one_file
    assert any(count > 1 for count in times.values())


def test_rows_stand_out_of_order_too(two_years: Path) -> None:
    rows = rows_of(two_years / DELIVERED[0].isoformat() / "skole.csv")[1:]
    days = [(row[0], date(int(row[3][6:]), int(row[3][3:5]), int(row[3][:2]))) for row in rows]
    pairs = [(a[1], b[1]) for a, b in itertools.pairwise(days) if a[0] == b[0]]
    assert any(a > b for a, b in pairs)
    assert sum(a <= b for a, b in pairs) > sum(a > b for a, b in pairs)


def test_now_and_then_there_is_a_row_about_somebody_who_is_in_no_extract(two_years: Path) -> None:
    known = {
        row[0] for name in ("cpr.csv", "personer.csv") for path in two_years.glob(f"*/{name}") for row in rows_of(path)
    }
    files = [*two_years.glob("*/uu.csv"), *two_years.glob("*/vejledning.csv")]
    unknown = [(row[0], row[1]) for path in files for row in rows_of(path)[1:] if row[0] not in known]
    assert len(set(unknown)) == 6


def test_marks_of_attendance_are_put_right_in_a_later_sheet(two_years: Path) -> None:
    marks: dict[tuple[str, str], set[str]] = {}
    for path in two_years.glob("*/fremmøde.xlsx"):
        heading, *rows = rows_of(path)
        for row in rows:
            for day, mark in zip(heading[1:], row[1:], strict=True):
                if mark:
                    marks.setdefault((row[0], day), set()).add(mark)
    assert any(len(said) > 1 for said in marks.values())


def test_without_deliveries_attendance_is_a_sheet_for_each_month(at_once: Path) -> None:
    for path in at_once.glob("fremmøde-*.xlsx"):
        assert {day[:7] for day in rows_of(path)[0][1:]} == {path.stem[-7:]}
    assert len(list(at_once.glob("fremmøde-*.xlsx"))) > 15


def test_only_the_number_column_holds_anything_like_a_number(at_once: Path) -> None:
    for path in at_once.iterdir():
        if path.name != KEY_FILE:
            assert not any(_LIKE_CPR.search(cell) for row in rows_of(path) for cell in row[1:])
            assert all(_LIKE_CPR.fullmatch(row[0]) for row in rows_of(path)[1:])


@pytest.mark.parametrize("deliveries", [False, True])
def test_the_answer_key_lies_beside_the_files(tmp_path: Path, deliveries: bool) -> None:
    write(tmp_path / "x", 100, 7, UNTIL, deliveries=deliveries)
    told = json.loads((tmp_path / "x" / KEY_FILE).read_text("utf-8"))
    answers = list(answer_key(100, 7, UNTIL))
    assert [(one["fejl"], one["person"], one["cpr"]) for one in told] == [
        (answer.planted.kind, answer.number, answer.cpr.digits) for answer in answers
    ]
    assert told[0].keys() == {"fejl", "person", "cpr", "lov", "regler", "lister", "frist"}
    assert all(date.fromisoformat(one["frist"]) <= UNTIL for one in told)


def test_writing_again_is_harmless_and_writing_something_else_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "x", 20, 7, UNTIL)
    before = hashes(tmp_path / "x")
    write(tmp_path / "x", 20, 7, UNTIL)
    with pytest.raises(FolderInUse, match="ikke tom"):
        write(tmp_path / "x", 20, 8, UNTIL)
    assert hashes(tmp_path / "x") == before
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


_PEAK = """
import sys
from datetime import date
from pathlib import Path
from demo import write
write(Path(sys.argv[1]), int(sys.argv[2]), 7, date(2026, 11, 21), deliveries=sys.argv[3] == "True")
(line,) = (line for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(line.split()[1])
"""


@pytest.mark.parametrize("deliveries", [False, True])
def test_memory_does_not_grow_with_the_number_of_people(tmp_path: Path, deliveries: bool) -> None:
    peaks = []
    for count in (1_000, 6_000):
        done = subprocess.run(
            [sys.executable, "-c", _PEAK, str(tmp_path / str(count)), str(count), str(deliveries)],
            check=True,
            capture_output=True,
            timeout=240,
            cwd=Path(__file__).parents[2],
        )
        peaks.append(int(done.stdout))
    assert peaks[1] < 1.2 * peaks[0]
    assert peaks[1] < 200_000  # kB


def test_breaking_spoils_the_share_asked_for_and_the_same_rows_each_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / name, 200, 7, UNTIL)
    before = (tmp_path / "a" / "uu.csv").read_bytes()
    lines = break_file(tmp_path / "a" / "uu.csv", 0.05, 1)
    assert break_file(tmp_path / "b" / "uu.csv", 0.05, 1) == lines
    assert hashes(tmp_path / "a") == hashes(tmp_path / "b")
    assert (tmp_path / "a" / "uu.csv").read_bytes() != before
    assert len(lines) == len(set(lines)) > 20


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
