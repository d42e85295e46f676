"""A full disk refuses what it cannot keep, and loses nothing that it acknowledged."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from faults import disk, small_disk
from faults.ground import CannotRun, room


@pytest.fixture(scope="module", autouse=True)
def _a_small_disk() -> None:
    try:
        with room() as folder, small_disk.small_disk(folder / "disk", disk.SIZE):
            pass
    except CannotRun as reason:
        pytest.skip(str(reason))


@pytest.fixture
def folder() -> Iterator[Path]:
    with room() as made:
        yield made


def test_a_full_disk_loses_nothing_and_the_pages_say_so() -> None:
    found = disk.run(1, 1)
    assert found.holds, found
    assert found.servers_that_had_to_be_started_again == 0
    assert found.histories_read_while_full == disk.PEOPLE


def test_a_program_that_takes_refusals_for_done_is_found() -> None:
    found = disk.believing_refusals(1, 1)
    assert found.caught, found
    assert found.lost


def test_ballast_fills_the_disk_and_makes_room_again(folder: Path) -> None:
    with small_disk.small_disk(folder / "disk", 8) as found:
        before = found.free
        found.leave(2)
        assert found.free <= 2 << 20
        with pytest.raises(OSError, match="No space left"):
            (found.folder / "more").write_bytes(bytes(3 << 20))
        found.make_room()
        (found.folder / "more").unlink()
        assert found.free == before
        place = found.folder
    assert not list(place.iterdir()) if place.exists() else True


def test_where_no_disk_can_be_had_the_reason_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(small_disk, "_SHARED", folder / "none")
    with pytest.raises(CannotRun, match="the right to mount"), small_disk.small_disk(folder / "disk", 8):
        pass
