"""Lives into the files that other systems would send, in their own words, encodings and date forms."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from demo import lives
from demo.lives import DAYS, Told, Youth
from domain.catalogue import BY_TYPE
from domain.events import GoalInOwnWords, HandoverSent, JourneyEvent, ReferredToMilepaelen
from intake.profiles import Profile, shipped_profiles


class FolderInUse(Exception):  # noqa: N818 - an answer to the operator
    """There is something in the folder already. The text says what to do, in Danish."""


BETWEEN = 14
"""Days from one delivery to the next."""

_FOLDER_RIGHTS = 0o755


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How one system writes its files."""

    file: str
    profile: str
    encoding: str
    delimiter: str
    date_form: str


_DIALECTS = (
    _Dialect("cpr.csv", "cpr-extract", "utf-8-sig", ";", "%d-%m-%Y"),
    _Dialect("uu.csv", "uu-events", "utf-8", ";", "%d-%m-%Y"),
    _Dialect("social.csv", "social-events", "cp1252", ",", "%Y-%m-%d"),
    _Dialect("milepaelen.csv", "milepaelen-events", "utf-8", ";", "%d-%m-%Y"),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One row to be, by the profile's fields."""

    delivered_on: date
    order: tuple[int, int]
    cells: Mapping[str, object]


def write(folder: Path, youths: int, seed: int, until: date, *, deliveries: bool = False) -> list[Path]:
    """Write the files of that many fictional young people, and answer with their paths.

    The same arguments give the same bytes. Without `deliveries` everything that is known on `until` stands in one
    file of each kind. With them there is a dated folder for every other week of two years, each with what became
    known since the one before; what a source put right comes again in a later folder, under the same id.
    All files are there or none. Files that are there already with the same bytes are left as they are; anything
    else in the folder raises FolderInUse, because two demos in one folder would mix.
    """
    wanted = contents(youths, seed, until, deliveries=deliveries)
    if folder.exists() and any(folder.iterdir()):
        there = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        if there != wanted:
            raise FolderInUse(f"Mappen {folder.name} er ikke tom. Vælg en ny mappe, eller tøm den først.")
    else:
        _put(wanted, folder)
    return [folder / path for path in sorted(wanted)]


def contents(youths: int, seed: int, until: date, *, deliveries: bool) -> dict[Path, bytes]:
    """Every file's bytes by its path in the folder."""
    people = list(lives.youths(youths, seed, until))
    found: dict[Path, bytes] = {}
    for dialect in _DIALECTS:
        profile = next(each for each in shipped_profiles() if each.name == dialect.profile)
        lines = sorted(
            _lines(people, profile, each_version=deliveries), key=lambda line: (line.delivered_on, line.order)
        )
        if not deliveries:
            found[Path(dialect.file)] = _bytes(lines, profile, dialect)
            continue
        for day, part in _parts(lines, until):
            if part:
                found[Path(day.isoformat(), dialect.file)] = _bytes(part, profile, dialect)
    return found


def _put(wanted: Mapping[Path, bytes], folder: Path) -> None:
    """Write beside the folder and rename, so that a crash leaves nothing half-written in it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for path, data in wanted.items():
            (beside / path).parent.mkdir(parents=True, exist_ok=True)
            (beside / path).write_bytes(data)
        beside.chmod(_FOLDER_RIGHTS)
        beside.replace(folder)
    except BaseException:
        rmtree(beside, ignore_errors=True)
        raise


def _parts(lines: Sequence[_Line], until: date) -> Iterator[tuple[date, list[_Line]]]:
    """The lines that became known up to each delivery's day."""
    before = date.min
    for days_ago in range(DAYS, -1, -BETWEEN):
        day = until - timedelta(days=days_ago)
        yield day, [line for line in lines if before < line.delivered_on <= day]
        before = day


def _lines(people: Iterable[Youth], profile: Profile, *, each_version: bool) -> Iterator[_Line]:
    for youth in people:
        if profile.name == "cpr-extract":
            yield from _person_lines(youth, each_version=each_version)
            continue
        for place, told in enumerate(youth.told):
            if BY_TYPE[type(told.event)].code in profile.values["event"].values():
                order = (youth.number, place)
                yield from _event_lines(youth, told, order, each_version=each_version)


def _person_lines(youth: Youth, *, each_version: bool) -> Iterator[_Line]:
    cells = {
        "cpr": youth.cpr.digits,
        "first_name": youth.first_name,
        "last_name": youth.last_name,
        "protected": youth.protected,
        "born_on": youth.born_on if youth.says_birth_date else "",
        "reason": youth.reason,
        "basis": youth.basis,
        "since": youth.since,
    }
    order = (youth.number, 0)
    if youth.renamed_on and each_version:
        yield _Line(youth.since, order, {**cells, "last_name": youth.former_name})
        yield _Line(youth.renamed_on, order, cells)
    else:
        yield _Line(youth.since, order, cells)


def _event_lines(youth: Youth, told: Told, order: tuple[int, int], *, each_version: bool) -> Iterator[_Line]:
    if told.first_told and told.changed_on and each_version:
        yield _Line(told.delivered_on, order, _event_cells(youth, told, told.first_told))
        yield _Line(told.changed_on, order, _event_cells(youth, told, told.event))
    else:
        yield _Line(told.delivered_on, order, _event_cells(youth, told, told.event))


def _event_cells(youth: Youth, told: Told, event: JourneyEvent) -> dict[str, object]:
    cells = {name: getattr(event, name) for name in event.__dataclass_fields__}
    cells |= {"cpr": youth.cpr.digits, "id": told.id, "event": BY_TYPE[type(event)].code, "known": told.known_on}
    match event:
        case ReferredToMilepaelen(purpose=words) | GoalInOwnWords(words=words):
            cells["text"] = words
        case HandoverSent(note=words, giver=giver):
            cells |= {"text": words, "by": giver}
    return cells


def _bytes(lines: Iterable[_Line], profile: Profile, dialect: _Dialect) -> bytes:
    words = {name: {code: word for word, code in each.items()} for name, each in profile.values.items()}
    text = StringIO()
    rows = csv.writer(text, delimiter=dialect.delimiter, lineterminator="\r\n")
    rows.writerow(profile.columns)
    for line in lines:
        rows.writerow(
            _cell(line.cells.get(name, ""), words.get(name, {}), dialect) for name in profile.columns.values()
        )
    return text.getvalue().encode(dialect.encoding)


def _cell(value: object, words: Mapping[str | bool, str], dialect: _Dialect) -> str:
    if isinstance(value, date):
        return value.strftime(dialect.date_form)
    if isinstance(value, str | bool) and value in words:
        return words[value]
    return str(value)
