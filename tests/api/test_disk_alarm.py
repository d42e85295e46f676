"""The operator is told before the disk is full, once for each step, and when there is room again."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from api import disk_alarm
from api.disk_alarm import DiskAlarm, percent_in_use
from faults.small_disk import CannotRun, small_disk

MEGABYTE = 1_000_000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    try:
        with small_disk(tmp_path / "disk", 10) as place:
            yield place.folder
    except CannotRun as why:
        pytest.skip(f"no small disk here: {why}")


def fill(disk: Path, name: str, megabytes: int) -> None:
    (disk / name).write_bytes(b"x" * megabytes * MEGABYTE)


def said(caplog: pytest.LogCaptureFixture) -> list[tuple[int, str]]:
    found = [(record.levelno, record.getMessage()) for record in caplog.records]
    caplog.clear()
    return found


def test_each_step_is_said_once_and_that_there_is_room_again(disk: Path, caplog: pytest.LogCaptureFixture) -> None:
    alarm = DiskAlarm([disk])
    alarm.look()
    assert said(caplog) == []
    fill(disk, "much", 9)
    alarm.look()
    [(level, message)] = said(caplog)
    assert level == logging.WARNING
    assert f"the disk of {disk.name} is {percent_in_use(disk)} % full" in message
    alarm.look()
    assert said(caplog) == [], "once is enough"
    fill(disk, "more", 1)
    alarm.look()
    assert [level for level, _ in said(caplog)] == [logging.ERROR]
    (disk / "much").unlink()
    alarm.look()
    [(_, message)] = said(caplog)
    assert message.endswith("full again")


def test_folders_on_one_disk_are_told_of_once(disk: Path, caplog: pytest.LogCaptureFixture) -> None:
    (disk / "keys").mkdir()
    fill(disk, "much", 9)
    DiskAlarm([disk, disk / "keys"]).look()
    assert len(said(caplog)) == 1


def test_a_folder_that_is_gone_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    alarm = DiskAlarm([folder])
    folder.rmdir()
    alarm.look()
    assert said(caplog) == []


def test_it_looks_now_and_then_until_it_is_stopped(
    disk: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_alarm, "EVERY", 0.01)
    stop = threading.Event()
    watching = threading.Thread(target=DiskAlarm([disk]).watch, args=[stop])
    watching.start()
    try:
        fill(disk, "much", 9)
        for _ in range(200):
            if caplog.records:
                break
            stop.wait(0.02)
        assert len(said(caplog)) == 1
    finally:
        stop.set()
        watching.join(timeout=5)
    assert not watching.is_alive()
