"""What is printed, what counts as good, and that nothing is left behind."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.codes import ContactWay, KeyGroup, StreamKind
from domain.events import ContactTried
from eventlog import Actor, ActorKind, Entry
from faults.__main__ import main
from faults.figures import Figures, all_of, at_least, counted, none
from faults.ground import CannotRun, process
from faults.scenarios import SCENARIOS, Mutant, Scenario
from faults.verdict import Acknowledged, judge

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
ANE, BO = UUID(int=1), UUID(int=2)


@dataclass(frozen=True, kw_only=True)
class Counts(Figures):
    writes: int = at_least(10)
    read_again: int = all_of("writes")
    lost: int = none()
    slowest: int = counted()


GOOD = Counts(writes=12, read_again=12, lost=0, slowest=1_500)
LOST = Counts(writes=12, read_again=11, lost=1, slowest=3)
NOTHING_DONE = Counts(writes=0, read_again=0, lost=0, slowest=0)
LOST_OF_FEW = Counts(writes=9, read_again=8, lost=1, slowest=3)


def test_counts_hold_when_enough_has_happened_and_nothing_that_must_not() -> None:
    assert (GOOD.holds, GOOD.caught) == (True, False)
    assert (LOST.holds, LOST.caught) == (False, True)


def test_a_run_in_which_nothing_happened_neither_holds_nor_catches_a_mutant() -> None:
    assert (NOTHING_DONE.holds, NOTHING_DONE.caught) == (False, False)
    assert (LOST_OF_FEW.holds, LOST_OF_FEW.caught) == (False, False)


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_has_a_mutant_and_shows_something_at_the_smallest_share(name: str) -> None:
    scenario = SCENARIOS[name]
    assert scenario.mutants
    assert scenario.count(200) == scenario.full
    assert 1 <= scenario.count(1) <= scenario.full


def planned(monkeypatch: pytest.MonkeyPatch, real: Figures | Exception, mutant: Figures | Exception) -> None:
    def answer(what: Figures | Exception) -> object:
        def run(_n: int, _seed: int) -> Figures:
            if isinstance(what, Exception):
                raise what
            return what

        return run

    one = Scenario(
        run=answer(real),  # type: ignore[arg-type]
        full=200,
        of="made up",
        mutants={"broken": Mutant(run=answer(mutant), n=1)},  # type: ignore[arg-type]
    )
    for name in list(SCENARIOS):
        monkeypatch.delitem(SCENARIOS, name)
    monkeypatch.setitem(SCENARIOS, "made-up", one)


def test_all_is_good_when_the_scenario_holds_and_its_mutant_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    planned(monkeypatch, GOOD, LOST)
    assert main(["--n", "20", "--json", str(tmp_path / "kept.json")]) == 0
    told = capsys.readouterr().out
    assert "20 × made up" in told
    assert [line.split() for line in told.splitlines() if "writes" in line] == [
        ["writes", "12", "at", "least", "10", "yes"]
    ]
    assert "NO" not in told
    assert "read again 11, lost 1" in told
    kept = json.loads((tmp_path / "kept.json").read_text("utf-8"))
    assert [(run["mutant"], run["good"], run["counts"]["lost"]) for run in kept["runs"]] == [
        ("", True, 0),
        ("broken", True, 1),
    ]


@pytest.mark.parametrize(
    ("real", "mutant"),
    [
        pytest.param(LOST, LOST, id="something was lost"),
        pytest.param(NOTHING_DONE, LOST, id="nothing was done"),
        pytest.param(GOOD, GOOD, id="the mutant got through"),
        pytest.param(GOOD, LOST_OF_FEW, id="the mutant did too little to tell"),
        pytest.param(GOOD, ZeroDivisionError(), id="the mutant broke by itself"),
        pytest.param(ZeroDivisionError(), LOST, id="the scenario broke"),
    ],
)
def test_anything_else_is_red(
    real: Figures | Exception,
    mutant: Figures | Exception,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    planned(monkeypatch, real, mutant)
    assert main([]) == 1
    assert "NO" in capsys.readouterr().out


def test_what_this_machine_cannot_do_is_said_and_not_red(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    planned(monkeypatch, CannotRun("no disk to be had"), GOOD)
    assert main([]) == 0
    assert "not run: no disk to be had" in capsys.readouterr().out


@pytest.fixture
def empty() -> Iterator[Path]:
    """A folder that the server's own user can pass through, as pytest's folders of root are not."""
    folder = Path(tempfile.mkdtemp(prefix="overgang-faults-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def test_a_run_that_is_broken_off_leaves_no_folder_behind(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(empty))
    monkeypatch.setattr("faults.swaps.everything", _interrupted)
    with pytest.raises(KeyboardInterrupt):
        main(["--only", "swaps", "--n", "1"])
    assert list(empty.iterdir()) == []


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_process_of_ours_ends_with_the_block_that_it_was_made_in() -> None:
    with pytest.raises(ZeroDivisionError), process("http.server", "--bind", "127.0.0.1", "0") as child:
        assert child.poll() is None
        raise ZeroDivisionError
    assert child.returncode is not None


def entry(position: int, *, stream: UUID = ANE, version: int | None = None, command: UUID | None = None) -> Entry:
    return Entry(
        stream=stream,
        version=version or position,
        kind=StreamKind.JOURNEY,
        group=KeyGroup.EDUCATION,
        position=position,
        recorded_at=NOON,
        entry_id=UUID(int=1000 + position),
        event=ContactTried(on=date(2026, 1, 5), way=ContactWay.PHONE),
        known_at=NOON,
        actor=Actor(kind=ActorKind.SYSTEM, id="test"),
        command_id=command,
    )


def told(command: UUID, *positions: int) -> Acknowledged:
    return Acknowledged(
        command=command,
        position=positions[-1],
        entry_ids=tuple(UUID(int=1000 + position) for position in positions),
    )


def test_a_log_that_has_what_was_acknowledged_has_no_fault() -> None:
    one, other = uuid4(), uuid4()
    log = [entry(1, command=one), entry(2, command=one), entry(3, stream=BO, version=1, command=other)]
    found = judge(log, 3, [told(one, 1, 2)], {one: 2, other: 1})
    assert (found.entries, found.lost, found.doubled, found.halved, found.gaps, found.versions) == (3, 0, 0, 0, 0, 0)


def test_every_kind_of_fault_is_seen() -> None:
    one, other = uuid4(), uuid4()
    assert judge([entry(1, command=one)], 1, [told(one, 1, 2)], {}).lost == 1
    elsewhere = Acknowledged(command=one, position=7, entry_ids=(UUID(int=1001),))
    assert judge([entry(1, command=one)], 1, [elsewhere], {}).lost == 1
    assert judge([entry(1, command=one), entry(2, command=one)], 2, [], {one: 1, other: 1}).doubled == 1
    assert judge([entry(1, command=one)], 1, [], {one: 2}).halved == 1
    assert judge([entry(1), entry(3, version=2)], 2, [], {}).gaps == 1
    assert judge([entry(1), entry(1, version=2)], 2, [], {}).gaps == 1
    assert judge([entry(1), entry(2)], 5, [], {}).gaps == 3
    assert judge([entry(1), entry(2, version=3)], 2, [], {}).versions == 1
    assert judge([entry(1), entry(2, version=1)], 2, [], {}).versions == 1
