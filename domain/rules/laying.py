"""How a file stands to the rules that are there: alone, in the place of one of their files, or laid over them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.rules.fault import RuleFault, Wrong
from domain.rules.municipal import about_draft
from domain.rules.reading import AREAS, FILE, apart, parse, together

SHIPPED = frozenset(f"{area}.toml" for area in AREAS)
"""The names of the files that come with the program."""

OWN = frozenset({"municipality", "add", "change", "off", "state"})
"""The tables that a municipality's own file may have. It makes no law, and ends none."""

_LAID_OVER = OWN - {"state"} | {"end", "draft"}


def laid_over(base: str, name: str, content: str) -> str:
    """The rules of the file together with those of `base`, as one text that has not been read yet.

    A text of several files stands alone. A file takes the place of that of `base` which has its name, or versions of
    the same rules; with versions of several of them it stands alone. A municipality's own file takes the place of its
    last. Anything else is laid over, also what is no TOML: whoever reads it says what is wrong, with its line.
    """
    if any(line.startswith(FILE) for line in content.splitlines()):
        return content
    read = _tables(content)
    files = apart(base)
    replaced = {one for one, _ in files if one == name}
    if read is not None and not replaced and not _LAID_OVER & set(read):
        replaced = {one for one, text in files if _versions(_tables(text) or {}) & _versions(read)}
    if len(replaced) > 1:
        return together([(name, content)])
    if replaced:
        return together((one, content if one in replaced else text) for one, text in files)
    if read is not None and is_own(content):
        files = [(one, text) for one, text in files if not is_own(text)]
    return together([*files, (name, content)])


def own_files(whole: str) -> list[tuple[str, str]]:
    """The municipality's own files among those of the text."""
    return [(name, content) for name, content in apart(whole) if name not in SHIPPED and is_own(content)]


def is_own(content: str) -> bool:
    """Whether it is a municipality's own file: it says nothing but what one may say."""
    read = _tables(content)
    return read is not None and bool(read) and set(read) <= OWN and set(read) != {"state"}


def must_be_own(name: str, content: str) -> None:
    """Raise RuleFault, with the line, when the file is no municipality's: it makes law, ends it, or is a draft."""
    read = _tables(content)
    if read is None:
        parse(together([(name, content)]))  # says in which line
        return
    for key, says in _NOT_OWN.items():
        if key in read:
            raise Wrong((key, 0) if isinstance(read[key], list) else (key,), says).told(name, content)
    if not is_own(content):
        raise RuleFault(f"{name}: Filen siger intet om kommunens regler. Se docs/rules.md.")


_NOT_OWN = {
    "draft": "Filen er et udkast og kan ikke indlæses. Prøv det: overgang regler proev.",
    "rule": "Kommunens fil kan ikke sætte regler i kraft som lov. Egne regler skrives som [[add]].",
    "end": "Kommunens fil kan ikke lade en lov ophøre. En regel, kommunen ikke bruger, slås fra med [[off]].",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a file says of itself that is no law yet."""

    title: str
    valid_from: date
    read_by_lawyer: bool
    source: str


def draft_of(name: str, content: str) -> Draft | None:
    """What `[draft]` says; None when the file is none. Raises RuleFault."""
    read = _tables(content) or {}
    try:
        said = about_draft(read)
    except Wrong as wrong:
        raise wrong.told(name, content) from None
    return Draft(**said) if said is not None else None


def _tables(content: str) -> Mapping[str, Any] | None:
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError:
        return None


def _versions(read: Mapping[str, Any]) -> set[tuple[object, object]]:
    rules = read.get("rule", [])
    listed = rules if isinstance(rules, list) else []
    return {(str(one.get("id")), str(one.get("version"))) for one in listed if isinstance(one, dict)}
