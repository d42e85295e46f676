"""Several files in the order they must be read: by day, and people before what is told of them."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from domain.facts import civil_date
from intake.importing import import_file, try_again
from intake.office import Office
from intake.profile import Profile
from intake.profiles import shipped_profiles
from intake.recognising import makes_people, shown_name
from intake.report import FileRefused, Report

DELIVERED_AT = time(6, tzinfo=UTC)
"""When in the day a dated folder of a demonstration arrived: before anybody came to work."""

_DATED = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_READ_IN_FOLDERS = frozenset({".csv", ".txt", ".xlsx", ".xlsm"})


@dataclass(frozen=True, slots=True)
class Delivery:
    """Files that came together; `day` is the date the folder is called by, if it is."""

    day: date | None
    files: tuple[Path, ...]


def deliveries(paths: Iterable[Path], profiles: Sequence[Profile] | None = None) -> list[Delivery]:
    """What these files and folders hold: dated folders by date, then everything else as one delivery.

    In each, the files that create people come first. In folders only text files and workbooks are taken.
    """
    found = {delivery.day: delivery.files for delivery in _dated(paths)}
    dated = [Delivery(day, found[day]) for day in sorted(day for day in found if day)]
    loose = [Delivery(None, found[None])] if None in found else []
    kinds = profiles or shipped_profiles()
    return [Delivery(each.day, _people_first(each.files, kinds)) for each in [*dated, *loose]]


def size_of(paths: Iterable[Path]) -> int:
    """How many bytes there are to read in all: the whole of a progress bar."""
    return sum(file.stat().st_size for each in _dated(paths) for file in each.files if file.is_file())


def import_each(
    office: Office,
    paths: Iterable[Path],
    *,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
    recorded_at: datetime | None = None,
) -> Iterator[Report]:
    """Import everything, one report at a time; a file that cannot be read stops no other.

    In a demonstration the files of a dated folder are imported as of that day, so that it has a past; with
    `recorded_at` (demo only) everything is imported as of `now` and recorded then instead.
    What is new may release rows that waited for it: these come as a report of their own, marked `again`.
    """
    for delivery in deliveries(paths, office.profiles):
        then, stamp = now, recorded_at
        if recorded_at is None and office.log.is_demo and delivery.day and delivery.day < civil_date(now):
            then = stamp = datetime.combine(delivery.day, DELIVERED_AT)
        moved = 0
        for path in delivery.files:
            try:
                report = import_file(office, path, now=then, progress=progress, recorded_at=stamp)
            except FileRefused as refusal:
                report = Report(file=shown_name(path), refused=str(refusal))
            moved += report.new + report.corrected
            yield report
        if moved:
            again = try_again(office, now=then, recorded_at=stamp)
            if again is not None:
                yield again


def import_paths(
    office: Office,
    paths: Iterable[Path],
    *,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
    recorded_at: datetime | None = None,
) -> list[Report]:
    """Import everything as `import_each` does, and answer when all of it is done."""
    return list(import_each(office, paths, now=now, progress=progress, recorded_at=recorded_at))


def _dated(paths: Iterable[Path]) -> list[Delivery]:
    files: dict[date | None, list[Path]] = {}
    for path in paths:
        for day, file in _files(path):
            if file not in files.setdefault(day, []):
                files[day].append(file)
    return [Delivery(day, tuple(each)) for day, each in files.items()]


def _files(path: Path) -> Iterator[tuple[date | None, Path]]:
    """A file itself, or the files of a folder and of the folders in it, with the date of their folder."""
    if not path.is_dir():
        yield _day_of(path.parent), path
        return
    for inner in sorted(path.iterdir()):
        if inner.name.startswith((".", "~$")):
            continue  # hidden, or Excel's mark that somebody has the workbook open
        if inner.is_dir():
            yield from _files(inner)
        elif inner.suffix.casefold() in _READ_IN_FOLDERS:
            yield _day_of(path), inner


def _day_of(folder: Path) -> date | None:
    if not _DATED.fullmatch(folder.name):
        return None
    try:
        return date.fromisoformat(folder.name)
    except ValueError:
        return None


def _people_first(files: Sequence[Path], profiles: Sequence[Profile]) -> tuple[Path, ...]:
    return tuple(sorted(files, key=lambda file: (not makes_people(file, profiles), file.name)))
