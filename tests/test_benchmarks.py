"""The benchmarks still run: a tiny run of all of them, whose figures mean nothing."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from benchmarks import growth
from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.copying import Copying
from benchmarks.filling import fill
from benchmarks.ground import Ground, ground
from benchmarks.lives import go_on
from benchmarks.ready import Shelf, any_id, delivered_with
from benchmarks.rounds import Figure, at_least, beside, in_turns
from benchmarks.stock import MOST_BYTES, safe_calls
from benchmarks.table import table
from domain.codes import KeyGroup, StreamKind
from eventlog.keys import FORMAT
from eventlog.mapper import TOPIC, StoredEntry
from eventlog.recorder import Delivered


def test_every_benchmark_runs_and_leaves_its_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "figures.json"
    assert main(["--tiny", "--json", str(kept)]) == 0
    told = capsys.readouterr().out
    figures = json.loads(kept.read_text("utf-8"))["figures"]
    assert {one["benchmark"] for one in figures} == set(BENCHMARKS)
    assert all(one["median"] > 0 for one in figures)
    assert all(one["what"] in told for one in figures)


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder that the server's own user can pass through, as pytest's folders of root are not."""
    folder = Path(tempfile.mkdtemp(prefix="overgang-benchmarks-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def test_a_run_leaves_no_folder_behind(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(room))
    monkeypatch.setitem(BENCHMARKS, "import", _fails)
    with pytest.raises(ZeroDivisionError):
        main(["--tiny", "--only", "import"])
    assert list(room.iterdir()) == []


def test_contestants_take_turns() -> None:
    order: list[str] = []

    def one(name: str, number: int) -> object:
        return lambda: order.append(f"{name}{number}") or 1

    in_turns(2, {"a": lambda number: one("a", number), "b": lambda number: one("b", number)})  # type: ignore[arg-type]
    assert order == ["a0", "b0", "a1", "b1"]


def test_a_ratio_is_taken_round_by_round() -> None:
    slow, _ = beside({"slow": [1.0, 2.0, 30.0], "fast": [10.0, 10.0, 100.0]}, {"slow": ["fast"]})
    assert slow.median == 2.0
    assert slow.beside == {"fast": 0.2}


def test_the_table_says_which_target_was_missed() -> None:
    late = Figure(what="worklist, p95", unit="ms", rounds=[80.0, 90.0, 70.0], target="under 60 ms", met=False)
    line = table({"pages": [late]}).splitlines()[-1]
    assert line.split() == ["worklist,", "p95", "80", "ms", "70–90", "under", "60", "ms:", "NO"]


@pytest.mark.parametrize(("theirs", "met"), [(10.0, "yes"), (12.0, "NO")])
def test_an_aim_is_met_by_the_ratio_and_not_by_the_rate(theirs: float, met: str) -> None:
    ours, _ = beside({"ours": [17.0, 17.0, 17.0], "stock": [theirs] * 3}, {"ours": ["stock"]})
    line = table({"append": [at_least(ours, 1.7, "stock")]}).splitlines()[-1]
    assert line.endswith(f"{17 / theirs:.2f} × stock; at least 1.7 ×: {met}")


def test_the_librarys_recorder_never_gets_more_than_it_survives() -> None:
    rows = [_row(number, MOST_BYTES // 4 + 1) for number in range(10)]
    calls = safe_calls(rows)
    assert [len(call) for call in calls] == [3, 3, 3, 1]
    assert [one.originator_version for call in calls for one in call] == [row.originator_version for row in rows]


@pytest.fixture
def server() -> Iterator[Ground]:
    with ground() as server:
        yield server


def test_a_filled_log_is_a_log_like_any_other(server: Ground) -> None:
    log = server.rooms("filled").log
    lives = fill(log, 3, 12)
    histories = log.histories([life.person for life in lives])
    assert [[one.version for one in histories[life.person]] for life in lives] == [list(range(1, 13))] * 3
    assert log.position() == 36
    # Somebody of the process that filled it, and of another one, goes on where it ends.
    go_on(log, lives)
    assert {len(one) for one in log.histories(list(histories)).values()} == {13}


@pytest.mark.parametrize("way", [Copying.beside, Copying.straight])
def test_the_other_ways_in_check_what_ours_checks(
    server: Ground, way: Callable[[Copying, Sequence[StoredEntry], Sequence[Delivered]], None]
) -> None:
    rooms = server.rooms("copied")
    lives = fill(rooms.log, 2, 5)
    copying, shelf = Copying(rooms.db), Shelf(rooms.log, lives, 5)
    rows = shelf.rows(lives)
    told = delivered_with(rows)
    way(copying, rows, told)
    assert [one.version for one in rooms.log.history(lives[0].person).entries] == [1, 2, 3, 4, 5, 6]
    refused = {
        "OG001": (rows, delivered_with(rows)),  # the versions are taken
        "OG004": ([_row(1, 40)], delivered_with(rows)[:1]),  # a key that is not stored
    }
    again = shelf.rows(lives)
    refused["OG001, delivered"] = (again, [replace(one, entry_id=any_id()) for one in told])
    for code, (batch, deliveries) in refused.items():
        with pytest.raises(psycopg.DatabaseError) as caught:
            way(copying, batch, deliveries)
        assert caught.value.sqlstate == code[:5]
    assert rooms.log.position() == 12
    copying.must_be_whole()


def _rebuilt(each: float, peak: float) -> growth.Rebuilt:
    return growth.Rebuilt(seconds=each * 1_000, entries=1_000_000_000, peak=peak)


@pytest.mark.parametrize(("more", "met"), [(12.0, True), (13.0, False)])
def test_growth_is_told_for_each_entry_and_each_process(more: float, met: bool) -> None:
    less, longer = [_rebuilt(10, 100)] * 3, [_rebuilt(more, 10 * more)]
    assert growth.time_of(1_000_000, longer, 100_000, less).met is met
    assert growth.memory_of(1_000_000, longer, 100_000, less).met is met
    # A log that is folded in one part says nothing about the bound.
    assert growth.memory_of(100_000, longer, 10_000, less).met is None
    assert growth.time_of(10_000, less, None, []).rounds == [10, 10, 10]


def _row(version: int, size: int) -> StoredEntry:
    """A row whose bytes mean nothing, closed with a key that nobody has."""
    state = FORMAT + bytes(size - 1)
    return StoredEntry(any_id(), version, TOPIC, state, StreamKind.JOURNEY, KeyGroup.OPEN)


def _fails(*_: object) -> list[Figure]:
    raise ZeroDivisionError
