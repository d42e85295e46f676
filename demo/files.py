"""Lives into the files that other systems would send, in their own words, encodings and date forms."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import mkdtemp

from demo.key import KEY_FILE, Answer, answers_of
from demo.lives import Youth
from demo.lives import youths as all_youths
from demo.sources import FileKind, kind_telling, people_kind
from demo.spool import Spool
from demo.telling import Calendar, Line, at_once, dated, lines_of
from domain.codes import ContactWay
from domain.events import AttendanceMarked, ContactMade, JourneyEvent
from people.cpr import fictional


class FolderInUse(Exception):  # noqa: N818 - an answer to the operator
    """There is something in the folder already. The text says what to do, in Danish."""


_FOLDER_RIGHTS = 0o755
_TWICE, _BACKWARDS, _ONCE_MORE = 0.01, 0.1, 0.01
"""How often a row stands twice in its file, somebody's rows stand in the opposite order, or a row comes once more in
a later delivery: systems do all of this."""

_STRANGER_BORN = date(1988, 4, 12)
"""Older than anybody who can be followed: a row about somebody whom we do not know."""

_STRANGERS_EVERY = 10


def write(folder: Path, youths: int, seed: int, until: date, *, deliveries: bool = False) -> list[Path]:
    """Write the files of that many fictional young people, and answer with their paths.

    The same arguments give the same bytes. Without `deliveries` everything that is known on `until` stands in one
    file of each kind (attendance in one for each month). With them there is a dated folder for every other week of
    two years, each with what became known since the one before, and the first with all that was known by then; what a
    source put right comes again in a later folder, under the same id. Beside them lies the answer key (`KEY_FILE`),
    which is no part of any delivery.

    Memory does not grow with the number of people. All files are there or none. Files that are there already with the
    same bytes are left as they are; anything else in the folder raises FolderInUse, because two demos in one folder
    would mix.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        paths = _write(beside, youths, seed, until, dated(until) if deliveries else at_once(until))
        if folder.exists() and any(folder.iterdir()):
            if not _same(beside, folder):
                raise FolderInUse(f"Mappen {folder.name} er ikke tom. Vælg en ny mappe, eller tøm den først.")
        else:
            beside.chmod(_FOLDER_RIGHTS)
            beside.replace(folder)
    finally:
        rmtree(beside, ignore_errors=True)
    return [folder / path for path in paths]


def _write(folder: Path, count: int, seed: int, until: date, calendar: Calendar) -> list[Path]:
    spool = Spool(folder)
    _strangers(spool, calendar)
    with (folder / KEY_FILE).open("w", encoding="utf-8") as key:
        key.write("[")
        first = True
        for youth in all_youths(count, seed, until):
            _person(spool, youth, calendar)
            _events(spool, youth, calendar, Random(f"{seed}/{youth.number}/files"))
            for answer in answers_of(youth):
                key.write(("\n" if first else ",\n") + _as_json(answer))
                first = False
        key.write("\n]\n")
    return [*spool.finish(), Path(KEY_FILE)]


def _as_json(answer: Answer) -> str:
    return json.dumps(answer.as_told(), ensure_ascii=False)


def _same(one: Path, other: Path) -> bool:
    return _hashes(one) == _hashes(other)


def _hashes(folder: Path) -> dict[Path, str]:
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                digest = sha256()
                while block := file.read(1 << 20):
                    digest.update(block)
            found[path.relative_to(folder)] = digest.hexdigest()
    return found


def _path(calendar: Calendar, day: date, kind: FileKind) -> Path:
    name = kind.file_name
    return Path(day.isoformat(), name) if len(calendar.days) > 1 else Path(name)


def _person(spool: Spool, youth: Youth, calendar: Calendar) -> None:
    kind = people_kind(is_b=youth.is_b)
    said = {
        "cpr": youth.cpr.digits,
        "first_name": youth.first_name,
        "last_name": youth.last_name,
        "name": f"{youth.first_name} {youth.last_name}",
        "protected": youth.protected,
        "born_on": youth.born_on if youth.says_birth_date else "",
        "reason": youth.reason,
        "basis": youth.basis,
        "since": youth.since,
    }
    first = calendar.delivery_of(youth.since)
    if youth.renamed_on and len(calendar.days) > 1:
        before = said | {"last_name": youth.former_name, "name": f"{youth.first_name} {youth.former_name}"}
        before |= {"born_on": youth.first_born_on} if youth.first_born_on else {}
        spool.row(_path(calendar, first, kind), kind, kind.cells(before))
        first = calendar.delivery_of(youth.renamed_on)
    spool.row(_path(calendar, first, kind), kind, kind.cells(said))


def _events(spool: Spool, youth: Youth, calendar: Calendar, draw: Random) -> None:
    lines = list(lines_of(youth, calendar))
    if draw.random() < _BACKWARDS:
        lines.reverse()
    marks: dict[tuple[Path, FileKind], dict[date, str]] = {}
    for line in lines:
        if isinstance(line.event, AttendanceMarked):
            path = _sheet_path(calendar, line)
            word = str(line.kind.cell("attendance", line.event.attendance))
            marks.setdefault((path, line.kind), {})[line.event.on] = word
            continue
        for day in _comings(line, calendar, draw):
            cells = line.kind.cells_of_event(youth.cpr.digits, line.told.id, line.event, line.told.known_on)
            spool.row(_path(calendar, day, line.kind), line.kind, cells)
    for (path, kind), days in marks.items():
        spool.marks(path, kind, kind.cells({"cpr": youth.cpr.digits}), days)


def _comings(line: Line, calendar: Calendar, draw: Random) -> Iterator[date]:
    """The deliveries with this row: as a rule one, sometimes twice the same or once more later."""
    yield line.delivered
    if line.kind.is_list or line.told.first_told:
        return
    if draw.random() < _TWICE:
        yield line.delivered
    if draw.random() < _ONCE_MORE:
        yield calendar.delivery_of(line.told.delivered_on + timedelta(days=draw.randint(20, 90)))


def _sheet_path(calendar: Calendar, line: Line) -> Path:
    """In a sheet of its delivery, or of its month."""
    path = _path(calendar, line.delivered, line.kind)
    if len(calendar.days) > 1:
        return path
    return path.with_name(f"{path.stem}-{line.event.on:%Y-%m}{path.suffix}")


def _strangers(spool: Spool, calendar: Calendar) -> None:
    """Now and then a row about somebody who is in no extract."""
    cpr = fictional(_STRANGER_BORN, 1).digits
    for place, day in enumerate(calendar.days[::-_STRANGERS_EVERY]):
        event: JourneyEvent = ContactMade(on=day - timedelta(days=3), way=ContactWay.PHONE)
        kind = kind_telling(event, is_b=bool(place % 2))
        if kind is not None:
            spool.row(_path(calendar, day, kind), kind, kind.cells_of_event(cpr, f"x-{place}", event, event.on))
