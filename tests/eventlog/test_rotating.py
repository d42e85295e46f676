"""A new master key: everything is readable as before, and nothing opens with the old one."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

import eventlog
from database import Database, Role
from domain.codes import KeyGroup
from eventlog import EventLog, Secrets, SecretsRefused
from eventlog.keys import Forged, KeyMissing, make_key, unwrap
from eventlog.refusals import KeyOld
from eventlog.rotating import RotationRunning, rotate
from tests.eventlog.test_log import START, record, tried
from tests.examples import ANE, BO
from tests.servers import LOG, furnished_database

STEPS = ("made", "announced", "some rewrapped", "rewrapped", "destroyed")


class Killed(Exception):
    """The process ends here."""


@pytest.fixture
def there() -> Iterator[Database]:
    with furnished_database(LOG) as database:
        eventlog.install(database, municipality="Prøvekommune", demo=True)
        yield database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def opened(there: Database, folder: Path) -> EventLog:
    return EventLog(there, Secrets.open(folder, create=not folder.exists()))


def epochs(there: Database) -> set[int]:
    with there.connection(Role.APPLICATION) as conn:
        return {epoch for (epoch,) in conn.execute("select distinct epoch from log_keys")}


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_everything_reads_as_before_and_the_old_key_opens_nothing(there: Database, folder: Path) -> None:
    log = opened(there, folder)
    record(log, ANE, START)
    before, old = log.after(0), Secrets.open(folder)
    done = rotate(there, Secrets.open(folder), log.log_id)
    assert (done.epoch, done.destroyed) == (2, (1,))
    assert done.rewrapped > 0
    assert files(folder) == ["index.key", "master-2.key"]
    assert epochs(there) == {2}
    assert opened(there, folder).after(0) == before
    with there.connection(Role.APPLICATION) as conn:
        rows = conn.execute("select key_id, stream, key_group, epoch, wrapped from log_keys").fetchall()
    masters = Secrets({1: old.masters[1], 2: old.masters[1]}, old.index_key)
    for key_id, stream, group, epoch, wrapped in rows:
        with pytest.raises(Forged):
            unwrap(masters, log.log_id, key_id.bytes, stream, KeyGroup(group), epoch, bytes(wrapped))


def test_a_program_that_is_running_goes_on_reading_and_writing(there: Database, folder: Path) -> None:
    log, other = opened(there, folder), opened(there, folder)
    record(log, ANE, START)
    rotate(there, Secrets.open(folder), log.log_id)
    record(log, BO, START)
    record(other, ANE, tried())
    with there.connection(Role.APPLICATION) as conn:
        other.keys.create(conn, BO, KeyGroup.IDENTITY)
    assert epochs(there) == {2}
    assert len(opened(there, folder).after(0)) == log.position()


def test_a_key_under_the_old_epoch_is_refused_even_when_the_writer_does_not_know(there: Database, folder: Path) -> None:
    """A process that could not read the folder again must not store what nobody will be able to open."""
    log = opened(there, folder)
    record(log, ANE, START)
    frozen = Secrets(dict(Secrets.open(folder).masters), Secrets.open(folder).index_key)
    rotate(there, Secrets.open(folder), log.log_id)
    late = EventLog.__new__(EventLog)
    late.__dict__.update(log.__dict__)
    late.keys = eventlog.KeyRing(frozen, log.log_id)
    with pytest.raises(KeyOld), there.connection(Role.APPLICATION) as conn:
        late.keys.create(conn, BO, KeyGroup.IDENTITY)
    assert epochs(there) == {2}


@pytest.mark.parametrize("last", STEPS)
def test_killed_after_any_step_it_is_finished_by_running_it_again(there: Database, folder: Path, last: str) -> None:
    log = opened(there, folder)
    record(log, ANE, START)
    before = log.after(0)

    def die(step: str) -> None:
        if step == last:
            raise Killed

    with pytest.raises(Killed):
        rotate(there, Secrets.open(folder), log.log_id, done=die)
    meanwhile = opened(there, folder)
    assert meanwhile.after(0) == before, "between two steps the log reads as before"
    record(meanwhile, BO, START)
    rotate(there, Secrets.open(folder), log.log_id)
    expected = 3 if last == "destroyed" else 2
    assert files(folder) == ["index.key", f"master-{expected}.key"]
    assert epochs(there) == {expected}
    assert opened(there, folder).after(0)[: len(before)] == before


def test_a_data_key_that_does_not_open_destroys_nothing(there: Database, folder: Path) -> None:
    log = opened(there, folder)
    record(log, ANE, START)
    with there.connection(Role.OWNER) as conn:
        conn.execute("update log_keys set epoch = 0 where key_group = 'open'")
    with pytest.raises(KeyMissing):
        rotate(there, Secrets.open(folder), log.log_id)
    assert "master-1.key" in files(folder)


def test_two_cannot_rotate_at_once(there: Database, folder: Path) -> None:
    log = opened(there, folder)

    def meanwhile(step: str) -> None:
        if step == "made":
            with pytest.raises(RotationRunning):
                rotate(there, Secrets.open(folder), log.log_id)

    assert rotate(there, Secrets.open(folder), log.log_id, done=meanwhile).epoch == 2


def test_another_index_key_is_refused_at_the_start(there: Database, folder: Path) -> None:
    log = opened(there, folder)
    record(log, ANE, START)
    right = (folder / "index.key").read_bytes()
    (folder / "index.key").write_bytes(bytes(32))
    with pytest.raises(SecretsRefused, match=r"index\.key"):
        opened(there, folder)
    (folder / "index.key").write_bytes(right)
    assert len(opened(there, folder).after(0)) == log.position()


def test_a_key_file_with_another_name_is_said_by_name(folder: Path) -> None:
    Secrets.open(folder)
    (folder / "master-old.key").write_bytes(bytes(32))
    (folder / "master-old.key").chmod(0o600)
    with pytest.raises(SecretsRefused, match=r"master-old\.key"):
        Secrets.open(folder)


def test_a_folder_that_is_away_for_a_moment_takes_no_key_from_a_running_program(folder: Path) -> None:
    secrets = Secrets.open(folder)
    before = dict(secrets.masters)
    folder.rename(folder.with_name("away"))
    secrets.refresh()
    assert secrets.masters == before


def test_no_key_is_ever_labelled_with_another_epoch_than_the_one_that_closed_it(folder: Path) -> None:
    """Threads make keys while another learns of new epochs: one mislabelled key would be lost with the old file."""
    secrets, log_id, wrong, stop = Secrets.open(folder), ANE, list[int](), Event()

    def make() -> None:
        while not stop.is_set():
            made = make_key(secrets, log_id, BO, KeyGroup.OPEN)
            try:
                unwrap(secrets, log_id, made.key.id, BO, KeyGroup.OPEN, made.epoch, made.wrapped)
            except Forged:
                wrong.append(made.epoch)

    makers = [Thread(target=make) for _ in range(4)]
    for maker in makers:
        maker.start()
    other = Secrets.open(folder)
    for _ in range(40):
        other.add_epoch()
        secrets.refresh()
    stop.set()
    for maker in makers:
        maker.join()
    assert wrong == []


def test_who_reads_the_folder_during_rotations_sees_whole_keys_only(folder: Path) -> None:
    first = Secrets.open(folder)
    right, faults, stop = dict(first.masters), list[str](), Event()

    def look() -> None:
        mine = Secrets.open(folder)
        while not stop.is_set():
            try:
                mine.refresh()
            except Exception as fault:  # noqa: BLE001
                faults.append(type(fault).__name__)
            faults.extend("wrong" for epoch, key in mine.masters.items() if right.get(epoch, key) != key)

    lookers = [Thread(target=look) for _ in range(3)]
    for looker in lookers:
        looker.start()
    for _ in range(60):
        epoch = first.add_epoch()
        right[epoch] = first.masters[epoch]
        first.destroy_before(epoch)
    stop.set()
    for looker in lookers:
        looker.join()
    assert faults == []
    assert files(folder) == ["index.key", f"master-{first.epoch}.key"]


def test_a_key_that_opens_under_no_master_key_left_stops_the_destroying(there: Database, folder: Path) -> None:
    log = opened(there, folder)
    record(log, ANE, START)

    def mislabel(step: str) -> None:
        if step == "rewrapped":
            with there.connection(Role.OWNER) as conn:
                conn.execute("update log_keys set wrapped = (select wrapped from log_keys limit 1)")

    with pytest.raises(Forged):
        rotate(there, Secrets.open(folder), log.log_id, done=mislabel)
    assert "master-1.key" in files(folder)
