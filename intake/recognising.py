"""Which kind of file this is: told by its heading, and by its name only where headings leave a choice."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from intake.profile import Kind, Profile, folded
from intake.reading import CP1252, MAX_LINE, UTF8, Looked, Table, look
from intake.report import FileRefused, shown_sheet
from intake.rows import Row

_CPR_IN_NAME = re.compile(r"\d{6}[-_ ]?\d{4}")
_LIKE_DATA = re.compile(r"\d{4}")
_SHOWN_COLUMNS, _SHOWN_LETTERS = 15, 40
_ENCODINGS = {"utf-8": UTF8, "windows-1252": CP1252}


class Rows(Protocol):
    """The rows of a file under its heading, whatever it is kept as."""

    header: tuple[str, ...]

    def rows(self) -> Iterator[Row]: ...


@dataclass(frozen=True, slots=True)
class Recognised:
    """How the file is to be read. `sheet` is empty for a text file.

    The rows of a workbook are kept as text with this delimiter and encoding too (`intake.sheets.canonical`).
    """

    profile: Profile
    delimiter: str
    encoding: str
    header: tuple[str, ...]
    sheet: str = ""
    path: Path = field(default=Path(), repr=False)

    @property
    def ignored_columns(self) -> tuple[str, ...]:
        """Headings that the profile does not use: told, so that a renamed column is not lost unseen."""
        fields, days = self.profile.fields_of(self.header), self.profile.days_in(self.header)
        return tuple(
            name for name, used, is_day in zip(self.header, fields, days, strict=True) if not (used or is_day) and name
        )

    @contextmanager
    def open(self) -> Iterator[tuple[Rows, Callable[[], float]]]:
        """The rows of the file, and how much of it has been read, from 0 to 1."""
        if self.sheet:
            from intake.sheets import Sheet
            from intake.workbooks import Workbook

            with Workbook(self.path) as book, Sheet(book, self.profile) as sheet:
                yield sheet, lambda: sheet.consumed
            return
        size = max(self.path.stat().st_size, 1)
        with Table.open(self.path, delimiter=self.delimiter, encoding=self.encoding) as table:
            yield table, lambda: table.consumed / size


def recognise(path: Path, looked: Looked, profiles: Sequence[Profile]) -> Recognised:
    """Find the profile of this file. Raises FileRefused, naming what was found and what was expected."""
    if looked.is_workbook:
        read = list(_in_workbook(path, profiles))
        profiles = [one.profile for one in read]
    else:
        read = list(_in_text(path, looked, profiles))
    found = [one for one in read if one.profile.fits(one.header)]
    if not found:
        header = max((one.header for one in read), key=len, default=())
        place = f"Arket “{read[0].sheet}”: " if looked.is_workbook else ""
        raise FileRefused(place + _unknown(header, profiles))
    best = max(found, key=lambda one: (_likeness(one.profile, one.header), one.profile.likes_name(path.name)))
    _refuse_doubles(best)
    return best


def makes_people(path: Path, profiles: Sequence[Profile]) -> bool:
    """Whether the file is one that creates people, by its heading; unreadable files are not."""
    try:
        looked = look(path, most=MAX_LINE)
        if looked.is_workbook and not any(one.sheet and one.kind is Kind.PEOPLE for one in profiles):
            return False  # a workbook is not opened for nothing
        return recognise(path, looked, profiles).profile.kind is Kind.PEOPLE
    except (FileRefused, OSError):
        return False


def shown_name(path: Path) -> str:
    """The file's name with anything that looks like a CPR number covered."""
    name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return _CPR_IN_NAME.sub("••••••-••••", name)


def _in_text(path: Path, looked: Looked, profiles: Sequence[Profile]) -> Iterator[Recognised]:
    """The file as each of these kinds would have it read."""
    headers: dict[tuple[str, str], tuple[str, ...]] = {}
    for delimiter in ";,":
        for profile in profiles:
            if profile.delimiter not in ("auto", delimiter):
                continue
            encoding = looked.encoding if looked.has_bom else _ENCODINGS.get(profile.encoding, looked.encoding)
            if (delimiter, encoding) not in headers:
                with Table.open(path, delimiter=delimiter, encoding=encoding) as table:
                    headers[delimiter, encoding] = table.header
            yield Recognised(profile, delimiter, encoding, headers[delimiter, encoding], path=path)


def _in_workbook(path: Path, profiles: Sequence[Profile]) -> Iterator[Recognised]:
    from intake.sheets import Sheet
    from intake.workbooks import Workbook

    wanted = [profile for profile in profiles if profile.sheet]
    with Workbook(path) as book:
        there = [profile for profile in wanted if book.has(profile.sheet)]
        if not there:
            raise FileRefused(_no_sheet(book.names, wanted))
        for profile in there:
            with Sheet(book, profile) as sheet:
                yield Recognised(profile, ";", UTF8, sheet.header, shown_sheet(profile.sheet), path)


def _no_sheet(names: Sequence[str], wanted: Sequence[Profile]) -> str:
    found = ", ".join(f"“{shown_sheet(name)}”" for name in names[:_SHOWN_COLUMNS]) or "ingen"
    if not wanted:
        return "Filen er en Excel-mappe, og ingen profil læser dem. Gem arket som CSV (UTF-8), og prøv igen."
    lines = [f"Excel-mappen har ikke det ark, der skal læses. Den har: {found}."]
    lines += [f"“{profile.title}” skal ligge i arket “{profile.sheet}”." for profile in wanted]
    lines.append("Giv arket det navn, eller lav en profil til det (docs/intake.md).")
    return "\n".join(lines)


def _refuse_doubles(recognised: Recognised) -> None:
    names = [folded(name) for name in recognised.header if name]
    for name in recognised.header:
        if name and names.count(folded(name)) > 1:
            raise FileRefused(
                f"Kolonnen “{name}” står der flere gange, så det er uklart, hvilken der gælder. "
                "Ret udtrækket, så hver overskrift kun står én gang."
            )


def _unknown(header: Sequence[str], profiles: Sequence[Profile]) -> str:
    nearest = max(profiles, key=lambda one: (_likeness(one, header), -len(one.missing_in(header))), default=None)
    grid = next((profile for profile in profiles if profile.grid and sum(profile.days_in(header)) > 1), None)
    if grid is not None:
        # Days look like data, and names could stand between them: nothing of it is shown.
        found, nearest = "Overskrifterne er dage, men ikke alle de andre kolonner er der.", grid
    elif any(_LIKE_DATA.search(name) for name in header):
        # Then it is a row about somebody, and none of it may be shown.
        found = "Den første linje ligner en række med data; kolonneoverskrifterne mangler."
    else:
        names = [f"“{name[:_SHOWN_LETTERS]}”" for name in header if name][:_SHOWN_COLUMNS]
        found = f"Kolonnerne passer ikke til nogen kendt slags fil. Fundet: {', '.join(names) or 'ingen'}."
    lines = [found]
    if nearest is not None and (grid or _likeness(nearest, header) > 0):
        lines.append(f"Den ligner mest “{nearest.title}”, men mangler: {_missing(nearest, header)}.")
    else:
        lines += [f"“{profile.title}” skal have: {_missing(profile, ())}." for profile in profiles]
    lines.append("Ret udtrækket, eller lav en profil til det (docs/intake.md).")
    return "\n".join(lines)


def _missing(profile: Profile, header: Sequence[str]) -> str:
    missing = [f"“{name}”" for name in profile.missing_in(header)]
    if profile.grid and not any(profile.days_in(header)):
        missing.append("en kolonne for hver dag med datoen som overskrift")
    return ", ".join(missing)


def _likeness(profile: Profile, header: Sequence[str]) -> int:
    """How many columns the file has that the profile uses."""
    return sum(name is not None for name in profile.fields_of(header))
