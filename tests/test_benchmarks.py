"""The benchmarks still run: a tiny run of all of them, whose figures mean nothing."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.rounds import Figure, beside, in_turns
from benchmarks.table import table


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


def _fails(*_: object) -> list[Figure]:
    raise ZeroDivisionError
