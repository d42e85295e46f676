"""Profiles: what a source system calls its columns and codes. One TOML file each, read strictly.

What each key means stands in docs/intake.md.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatch
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from domain.catalogue import BY_CODE
from domain.codes import (
    Activity,
    ContactWay,
    Matter,
    Party,
    PlacementForm,
    Programme,
    StartReason,
    StreamKind,
)

Code = TypeVar("Code", bound=StrEnum)


class Kind(StrEnum):
    """What a file tells of."""

    PEOPLE = "people"
    EVENTS = "events"


class Mode(StrEnum):
    """Whether a file holds what has happened since the last one, or all there is."""

    EVENTS = "events"
    FULL_LIST = "full list"


class ProfileFault(Exception):  # noqa: N818 - the name is the word operators see
    """The profile cannot be read. The text says in which file, which key, and what should stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One kind of file from one source system.

    `source` is the system's name: together with a row's id it names a delivered line for ever, so it must never
    change. `party` is who sends the file. `columns` leads from heading to field, `values` from the source's
    words to codes. `identity` are the fields that together are a row's id.
    """

    name: str
    title: str
    source: str
    party: Party
    kind: Kind
    mode: Mode
    delimiter: str
    encoding: str
    dates: tuple[str, ...]
    file_names: tuple[str, ...]
    columns: Mapping[str, str]
    required: tuple[str, ...]
    identity: tuple[str, ...] = ("id",)
    values: Mapping[str, Mapping[str, str | bool]] = field(default_factory=dict)

    def heading(self, field_name: str) -> str:
        """What the file calls this field; the field's own name when the profile has no column for it."""
        return next((heading for heading, name in self.columns.items() if name == field_name), field_name)

    def fields_of(self, header: Sequence[str]) -> list[str | None]:
        """Which field each column holds; None where the profile does not use the column."""
        by_heading = {folded(heading): name for heading, name in self.columns.items()}
        return [by_heading.get(folded(heading)) for heading in header]

    def missing_in(self, header: Sequence[str]) -> list[str]:
        """The required headings that the file does not have."""
        there = {folded(heading) for heading in header}
        return [heading for heading in self.required if folded(heading) not in there]

    def likes_name(self, file_name: str) -> bool:
        """Whether the file is called what such files are called."""
        return any(fnmatch(file_name.casefold(), pattern.casefold()) for pattern in self.file_names)


def folded(text: str) -> str:
    """Words are the same whatever their capitals and spaces."""
    return " ".join(text.split()).casefold()


PEOPLE_FIELDS = frozenset(
    {"cpr", "name", "first_name", "last_name", "protected", "born_on", "reason", "basis", "since"}
)
EVENT_FIELDS = frozenset(
    {
        "cpr",
        "id",
        "event",
        "on",
        "known",
        "programme",
        "way",
        "activity",
        "form",
        "granted",
        "by",
        "text",
        "receiver",
        "matter",
        "answer_by",
    }
)
EVENT_CODES = frozenset(
    {
        "told-of-break-off",
        "contact-tried",
        "contact-made",
        "activity-offered",
        "education-started",
        "placement-started",
        "placement-ended",
        "youth-support-decided",
        "referred-to-milepaelen",
        "milepaelen-started",
        "goal-in-own-words",
        "handover-sent",
    }
)
"""What a file may tell. The rest belongs to the municipality itself and is said on the pages."""

_CODES: dict[str, frozenset[str]] = {
    "event": EVENT_CODES,
    "programme": frozenset(Programme),
    "way": frozenset(ContactWay),
    "activity": frozenset(Activity),
    "form": frozenset(PlacementForm),
    "by": frozenset(Party),
    "receiver": frozenset(Party),
    "matter": frozenset(Matter),
    "reason": frozenset(StartReason),
}
_YES_OR_NO = frozenset({"granted", "protected"})
_DELIMITERS = frozenset({";", ",", "auto"})
_ENCODINGS = frozenset({"utf-8", "windows-1252", "auto"})
_DATES = frozenset({"dd-mm-yyyy", "iso"})
_NEEDED_FIELDS = {
    Kind.PEOPLE: frozenset({"cpr", "protected", "reason", "basis"}),
    Kind.EVENTS: frozenset({"cpr", "event", "on"}),
}
_KEYS = frozenset(Profile.__dataclass_fields__)
_OPTIONAL_KEYS = frozenset({"identity", "values"})


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
        columns=_columns(table, file),
        required=_texts(table, "required", file),
        identity=_texts(table, "identity", file) if "identity" in table else ("id",),
        values=_values(table, file),
    )
    _check(profile, file)
    return profile


def _check(profile: Profile, file: str) -> None:
    """What no key can be wrong about alone."""
    for fault in (*_column_faults(profile), *_people_faults(profile), *_event_faults(profile)):
        raise ProfileFault(f"Profilen {file}: {fault}")


def _column_faults(profile: Profile) -> Iterator[str]:
    known = PEOPLE_FIELDS if profile.kind is Kind.PEOPLE else EVENT_FIELDS
    fields = list(profile.columns.values())
    for heading, name in profile.columns.items():
        if name not in known:
            yield (
                f"columns.“{heading}” peger på feltet “{name}”, som ikke findes for {profile.kind}. "
                f"Brug et af: {', '.join(sorted(known))}."
            )
        if fields.count(name) > 1:
            yield f"columns peger flere gange på feltet “{name}”."
    for name in sorted(_NEEDED_FIELDS[profile.kind] - set(fields)):
        yield f"columns mangler en kolonne for feltet “{name}”."
    for heading in profile.required:
        if heading not in profile.columns:
            yield f"required nævner “{heading}”, som ikke står i columns."
    if not profile.dates or not set(profile.dates) <= _DATES:
        yield f"dates skal være en eller flere af: {', '.join(sorted(_DATES))}."


def _people_faults(profile: Profile) -> Iterator[str]:
    if profile.kind is not Kind.PEOPLE:
        return
    fields = set(profile.columns.values())
    if profile.mode is not Mode.FULL_LIST:
        yield "mode skal være “full list”, når kind er “people”."
    if "name" not in fields and not {"first_name", "last_name"} <= fields:
        yield "columns mangler navnet."


def _event_faults(profile: Profile) -> Iterator[str]:
    if profile.kind is not Kind.EVENTS:
        return
    for name in profile.identity:
        if name not in profile.columns.values():
            yield f"identity nævner feltet “{name}”, som columns ikke har."
    if not profile.identity:
        yield "identity må ikke være tom; uden den kan rækker ikke genkendes."
    if profile.mode is Mode.EVENTS and profile.identity != ("id",):
        yield 'identity skal være ["id"], når mode er “events”.'


def _columns(table: Mapping[str, Any], file: str) -> dict[str, str]:
    columns = table["columns"]
    if not isinstance(columns, dict) or not all(isinstance(name, str) for name in columns.values()):
        raise ProfileFault(f'Profilen {file}: columns skal være linjer som "CPR-nummer" = "cpr".')
    return columns


def _values(table: Mapping[str, Any], file: str) -> dict[str, dict[str, str | bool]]:
    values = table.get("values", {})
    if not isinstance(values, dict):
        raise ProfileFault(f"Profilen {file}: values skal være en tabel.")
    for name, words in values.items():
        if name not in _CODES and name not in _YES_OR_NO:
            known = ", ".join(sorted(_CODES.keys() | _YES_OR_NO))
            raise ProfileFault(f"Profilen {file}: values.{name} findes ikke. Brug en af: {known}.")
        if not isinstance(words, dict) or not words:
            raise ProfileFault(f"Profilen {file}: values.{name} skal oversætte mindst ét ord.")
        for word, code in words.items():
            _check_code(name, word, code, file)
    return values


def _check_code(name: str, word: str, code: object, file: str) -> None:
    if name in _YES_OR_NO:
        if not isinstance(code, bool):
            raise ProfileFault(f"Profilen {file}: values.{name}.“{word}” skal være true eller false.")
    elif code not in _CODES[name]:
        known = ", ".join(sorted(_CODES[name]))
        raise ProfileFault(f"Profilen {file}: values.{name}.“{word}” skal være en af: {known}.")


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


def _in_order(profiles: Any) -> tuple[Profile, ...]:
    return tuple(sorted(profiles, key=lambda profile: (profile.kind is not Kind.PEOPLE, profile.name)))


# A code that the catalogue does not know, or that stands on another kind of stream, stops the start-up.
if any(BY_CODE[code].stream is not StreamKind.JOURNEY for code in EVENT_CODES):
    raise AssertionError("a file may only tell of journeys")
