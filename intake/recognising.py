"""Which kind of file this is: told by its heading, and by its name only where headings leave a choice."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from intake.profiles import Kind, Profile, folded
from intake.reading import CP1252, MAX_LINE, UTF8, Looked, Table, look
from intake.report import FileRefused

_CPR_IN_NAME = re.compile(r"\d{6}[-_ ]?\d{4}")
_LIKE_DATA = re.compile(r"\d{4}")
_SHOWN_COLUMNS, _SHOWN_LETTERS = 15, 40
_ENCODINGS = {"utf-8": UTF8, "windows-1252": CP1252}


@dataclass(frozen=True, slots=True)
class Recognised:
    """How the file is to be read."""

    profile: Profile
    delimiter: str
    encoding: str
    header: tuple[str, ...]

    @property
    def ignored_columns(self) -> tuple[str, ...]:
        """Headings that the profile does not use: told, so that a renamed column is not lost unseen."""
        fields = self.profile.fields_of(self.header)
        return tuple(name for name, used in zip(self.header, fields, strict=True) if used is None and name)


def recognise(path: Path, looked: Looked, profiles: Sequence[Profile]) -> Recognised:
    """Find the profile of this file. Raises FileRefused, naming what was found and what was expected."""
    found: list[tuple[tuple[int, bool], Recognised]] = []
    headers: list[tuple[str, ...]] = []
    for delimiter in ";,":
        for profile in profiles:
            if profile.delimiter not in ("auto", delimiter):
                continue
            encoding = looked.encoding if looked.has_bom else _ENCODINGS.get(profile.encoding, looked.encoding)
            with Table.open(path, delimiter=delimiter, encoding=encoding) as table:
                header = table.header
            headers.append(header)
            if not profile.missing_in(header):
                used = sum(name is not None for name in profile.fields_of(header))
                score = (used, profile.likes_name(path.name))
                found.append((score, Recognised(profile, delimiter, encoding, header)))
    if not found:
        raise FileRefused(_unknown(max(headers, key=len, default=()), profiles))
    best = max(found, key=lambda each: each[0])[1]
    _refuse_doubles(best)
    return best


def makes_people(path: Path, profiles: Sequence[Profile]) -> bool:
    """Whether the file is one that creates people, by its heading; unreadable files are not."""
    try:
        return recognise(path, look(path, most=MAX_LINE), profiles).profile.kind is Kind.PEOPLE
    except (FileRefused, OSError):
        return False


def shown_name(path: Path) -> str:
    """The file's name with anything that looks like a CPR number covered."""
    name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return _CPR_IN_NAME.sub("••••••-••••", name)


def _refuse_doubles(recognised: Recognised) -> None:
    names = [folded(name) for name in recognised.header if name]
    for name in recognised.header:
        if name and names.count(folded(name)) > 1:
            raise FileRefused(
                f"Kolonnen “{name}” står der flere gange, så det er uklart, hvilken der gælder. "
                "Ret udtrækket, så hver overskrift kun står én gang."
            )


def _unknown(header: Sequence[str], profiles: Sequence[Profile]) -> str:
    if any(_LIKE_DATA.search(name) for name in header):
        # Then it is a row about somebody, and none of it may be shown.
        found = "Den første linje ligner en række med data; kolonneoverskrifterne mangler."
    else:
        names = [f"“{name[:_SHOWN_LETTERS]}”" for name in header if name][:_SHOWN_COLUMNS]
        found = f"Kolonnerne passer ikke til nogen kendt slags fil. Fundet: {', '.join(names) or 'ingen'}."
    lines = [found]
    nearest = max(profiles, key=lambda profile: _likeness(profile, header), default=None)
    if nearest is not None and _likeness(nearest, header) > 0:
        missing = ", ".join(f"“{name}”" for name in nearest.missing_in(header))
        lines.append(f"Den ligner mest “{nearest.title}”, men mangler: {missing}.")
    if len(lines) == 1:
        lines += [
            f"“{profile.title}” skal have: " + ", ".join(f"“{name}”" for name in profile.required) + "."
            for profile in profiles
        ]
    lines.append("Ret udtrækket, eller lav en profil til det (docs/intake.md).")
    return "\n".join(lines)


def _likeness(profile: Profile, header: Sequence[str]) -> int:
    """How many columns the file has that the profile uses."""
    return sum(name is not None for name in profile.fields_of(header))
