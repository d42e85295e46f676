"""Profiles, read from one TOML file each. They are read strictly: a misspelt key would be a column nobody reads."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from domain.codes import Party
from intake.profile import Grid, Kind, Mode, Profile, Shape, Word, folded
from intake.profile_checks import faults

__all__ = [
    "Kind",
    "Mode",
    "Profile",
    "ProfileFault",
    "Shape",
    "Word",
    "folded",
    "parse",
    "read_profiles",
    "shipped_profiles",
]

Code = TypeVar("Code", bound=StrEnum)


class ProfileFault(Exception):  # noqa: N818 - the name is the word operators see
    """The profile cannot be read. The text says in which file, which key, and what should stand there."""


_DELIMITERS = frozenset({";", ",", "auto"})
_ENCODINGS = frozenset({"utf-8", "windows-1252", "auto"})
_KEYS = frozenset(each.name for each in fields(Profile) if each.init)
_OPTIONAL_KEYS = frozenset({"identity", "values", "sheet", "shape", "grid", "event", "vanished"})
_IDENTITY = {Shape.ROWS: ("id",), Shape.GRID: ("cpr", "event", "on")}


@lru_cache(maxsize=1)
def shipped_profiles() -> tuple[Profile, ...]:
    """The profiles that come with the program, people first."""
    folder = files("intake").joinpath("profiles")
    texts = {each.name: each.read_text("utf-8") for each in folder.iterdir() if each.name.endswith(".toml")}
    return _in_order(parse(text, name) for name, text in texts.items())


def read_profiles(folder: Path) -> tuple[Profile, ...]:
    """The municipality's own profiles, in the place of shipped ones of the same name. Raises ProfileFault."""
    own = [parse(path.read_text("utf-8"), path.name) for path in sorted(folder.glob("*.toml"))]
    names = {profile.name for profile in own}
    return _in_order([*own, *(each for each in shipped_profiles() if each.name not in names)])


def parse(text: str, file: str) -> Profile:
    """Read one profile; an unknown, missing or misspelt key is a ProfileFault with file and key."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ProfileFault(f"Profilen {file} kan ikke læses som TOML: {fault}") from None
    for key in table:
        if key not in _KEYS:
            raise ProfileFault(f"Profilen {file}: nøglen “{key}” findes ikke. Se docs/intake.md.")
    for key in sorted(_KEYS - _OPTIONAL_KEYS):
        if key not in table:
            raise ProfileFault(f"Profilen {file}: nøglen “{key}” mangler.")
    shape = _code(Shape, table, "shape", file) if "shape" in table else Shape.ROWS
    profile = Profile(
        name=_text(table, "name", file),
        title=_text(table, "title", file),
        source=_text(table, "source", file),
        party=_code(Party, table, "party", file),
        kind=_code(Kind, table, "kind", file),
        mode=_code(Mode, table, "mode", file),
        delimiter=_one_of(_DELIMITERS, table, "delimiter", file),
        encoding=_one_of(_ENCODINGS, table, "encoding", file),
        dates=_texts(table, "dates", file),
        file_names=_texts(table, "file_names", file),
        columns=_lines(table, "columns", '"CPR-nummer" = "cpr"', file),
        required=_texts(table, "required", file),
        identity=_texts(table, "identity", file) if "identity" in table else _IDENTITY[shape],
        values=_values(table, file),
        sheet=_text(table, "sheet", file) if "sheet" in table else "",
        shape=shape,
        grid=_grid(table, file),
        event=_text(table, "event", file) if "event" in table else "",
        vanished=_lines(table, "vanished", '"placement-started" = "placement-ended"', file),
    )
    for wrong in faults(profile):
        raise ProfileFault(f"Profilen {file}: {wrong}")
    return profile


def _lines(table: Mapping[str, Any], key: str, example: str, file: str) -> dict[str, str]:
    lines = table.get(key, {})
    if not isinstance(lines, dict) or not all(isinstance(name, str) for name in lines.values()):
        raise ProfileFault(f"Profilen {file}: {key} skal være linjer som {example}.")
    return lines


def _grid(table: Mapping[str, Any], file: str) -> Grid | None:
    if "grid" not in table:
        return None
    found = table["grid"]
    if not isinstance(found, dict) or found.keys() != {"event", "field"}:
        raise ProfileFault(f"Profilen {file}: grid skal have netop linjerne “event” og “field”.")
    return Grid(_text(found, "event", file), _text(found, "field", file))


def _values(table: Mapping[str, Any], file: str) -> dict[str, dict[str, Word]]:
    values = table.get("values", {})
    if not isinstance(values, dict):
        raise ProfileFault(f"Profilen {file}: values skal være en tabel.")
    for name, words in values.items():
        if not isinstance(words, dict) or not words:
            raise ProfileFault(f"Profilen {file}: values.{name} skal oversætte mindst ét ord.")
        for word, code in words.items():
            if not isinstance(code, str | bool | int):
                raise ProfileFault(f"Profilen {file}: values.{name}.“{word}” skal være tekst, tal, true eller false.")
    return values


def _text(table: Mapping[str, Any], key: str, file: str) -> str:
    value = table[key]
    if not isinstance(value, str) or not value.strip():
        raise ProfileFault(f"Profilen {file}: “{key}” skal være tekst i anførselstegn.")
    return value


def _texts(table: Mapping[str, Any], key: str, file: str) -> tuple[str, ...]:
    value = table[key]
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        raise ProfileFault(f'Profilen {file}: “{key}” skal være en liste af tekster, for eksempel ["iso"].')
    return tuple(value)


def _one_of(known: frozenset[str], table: Mapping[str, Any], key: str, file: str) -> str:
    value = _text(table, key, file)
    if value not in known:
        raise ProfileFault(f"Profilen {file}: “{key}” skal være en af: {'  '.join(sorted(known))}")
    return value


def _code(codes: type[Code], table: Mapping[str, Any], key: str, file: str) -> Code:
    return codes(_one_of(frozenset(codes), table, key, file))


def _in_order(profiles: Iterable[Profile]) -> tuple[Profile, ...]:
    return tuple(sorted(profiles, key=lambda profile: (profile.kind is not Kind.PEOPLE, profile.name)))
