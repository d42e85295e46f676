"""From texts to a set of rules: the shipped files, and what a municipality adds to them."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from domain.rules.fault import RuleFault, Wrong
from domain.rules.lines import Path
from domain.rules.municipal import LOCAL_KINDS, OwnDays, about_draft, changed, own_days, switched_off
from domain.rules.rule import Kind, Rule, RuleSet, State
from domain.rules.strict import Read, Table, day, keyed, number, rule_of, state, tables, text

AREAS = ("states", "school", "child", "transition", "guidance", "employment", "milepaelen", "newcomers")
"""The files that come with the program, in order."""

FILE = "# fil: "
"""Begins the line between two files where several are kept as one text."""


def shipped_rules() -> str:
    """The text of the rules that come with the program, all files as one."""
    return together((f"{area}.toml", law_file(area)) for area in AREAS)


def law_file(name: str) -> str:
    """One of the files in `domain/law`: an area, "lemvig", or a draft."""
    return files("domain").joinpath("law", f"{name}.toml").read_text("utf-8")


def together(named: Iterable[tuple[str, str]]) -> str:
    """Several files as one text, so that an entry of the log can hold them and a fault still names its line."""
    return "".join(f"{FILE}{name}\n{content.rstrip()}\n" for name, content in named)


def apart(whole: str) -> list[tuple[str, str]]:
    """The files of such a text, with their names. What has no name is “reglerne”."""
    found: list[tuple[str, list[str]]] = []
    for line in whole.splitlines():
        if line.startswith(FILE):
            found.append((line.removeprefix(FILE).strip(), []))
        else:
            if not found:
                found.append(("reglerne", []))
            found[-1][1].append(line)
    return [(name, "\n".join(lines)) for name, lines in found]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that the texts say together."""

    rules: tuple[Rule, ...]
    own_days: OwnDays = OwnDays()  # noqa: RUF009 - frozen
    off: Mapping[str, str] = field(default_factory=dict)


def rule_set(whole: str, closed_days: tuple[date, ...]) -> RuleSet:
    """Rules and closed days as one thing with one hash. RuleFault when the text is not right."""
    return _rule_set(whole, closed_days)


@lru_cache(maxsize=8)
def _rule_set(whole: str, closed_days: tuple[date, ...]) -> RuleSet:
    content = parse(whole)
    return RuleSet(content.rules, frozenset(closed_days), content_hash(whole, closed_days), content.off)


def content_hash(whole: str, closed_days: tuple[date, ...]) -> str:
    """SHA-256 in hex over the text and the days, so that rows can name the rules they were made under."""
    days = "\n".join(one.isoformat() for one in sorted(closed_days))
    return hashlib.sha256(f"{whole}\0{days}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _File:
    """One file while it is read; a fault in it is told with its name and line."""

    name: str
    content: str
    tables: Table

    @contextmanager
    def faults(self) -> Iterator[None]:
        try:
            yield
        except Wrong as wrong:
            raise wrong.told(self.name, self.content) from None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a rule stands."""

    file: _File
    path: Path
    rule: Rule

    def fault(self, says: str) -> RuleFault:
        return Wrong(self.path, says).told(self.file.name, self.file.content)


def parse(whole: str) -> Content:
    """Read all files of the text. RuleFault says the first thing that is not right."""
    opened = [_opened(name, content) for name, content in apart(whole)]
    states: dict[str, State] = {}
    places: list[_Place] = []
    for file in opened:
        with file.faults():
            _states(file, states)
    for file in opened:
        with file.faults():
            places += _rules(file, states)
    known = [place.rule for place in places]
    off: dict[str, str] = {}
    own = OwnDays()
    for file in opened:
        with file.faults():
            known = changed(file.tables, _ended(file, known))
            off |= switched_off(file.tables, known)
            own = own_days(file.tables, own)
            about_draft(file.tables)
    _no_overlap(places, known)
    return Content(tuple(known), own, off)


END: Mapping[str, Read] = {"id": text, "version": number, "valid_until": day, "why": text}


_TABLES = {"state", "rule", "end", "add", "change", "off", "municipality", "draft"}


def _opened(name: str, content: str) -> _File:
    try:
        read = tomllib.loads(content)
    except tomllib.TOMLDecodeError as fault:
        raise _unreadable(name, content, str(fault)) from None
    file = _File(name, content, read)
    with file.faults():
        for key in read:
            if key not in _TABLES:
                raise Wrong((key,), f"Tabellen “{key}” findes ikke.")
    return file


_AT = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)")


def _unreadable(name: str, content: str, says: str) -> RuleFault:
    """What the reader of TOML says, with the line as all other faults have it."""
    found = _AT.fullmatch(says)
    if found is None:
        return RuleFault(f"{name}: TOML kan ikke læses: {says}", name)
    line = int(found[2]) if found[2] else max(1, len(content.splitlines()))
    where = f"tegn {found[3]}" if found[3] else "filens slutning"
    return RuleFault(f"{name}, linje {line}: TOML kan ikke læses ved {where}: {found[1]}", name, line)


def _states(file: _File, states: dict[str, State]) -> None:
    for at, table in enumerate(tables(file.tables.get("state", []), ("state",))):
        one = state(table, ("state", at))
        if one.name in states:
            raise Wrong(("state", at), f"Tilstanden “{one.name}” står der flere gange.")
        states[one.name] = one


def _rules(file: _File, states: Mapping[str, State]) -> list[_Place]:
    """The rules of one file, its own and those it adds."""
    found: list[_Place] = []
    for key in ("rule", "add"):
        for at, table in enumerate(tables(file.tables.get(key, []), (key,))):
            for rule in rule_of(table, (key, at), states):
                if key == "add" and rule.kind not in LOCAL_KINDS:
                    raise Wrong((key, at, "kind"), "Kommunens egne regler er lokale (local) eller vejledning (guide).")
                found.append(_Place(file, (key, at), rule))
    return found


def _ended(file: _File, known: list[Rule]) -> list[Rule]:
    """`[[end]]`: a version ends, usually because a later file brings the next."""
    for at, table in enumerate(tables(file.tables.get("end", []), ("end",))):
        end = keyed(table, END, END, ("end", at))
        hit = [rule for rule in known if (rule.id, rule.version) == (end["id"], end["version"])]
        if not hit:
            raise Wrong(("end", at, "id"), f"Reglen {end['id']} version {end['version']} findes ikke.")
        known = [replace(rule, valid_until=end["valid_until"]) if rule in hit else rule for rule in known]
    return known


def _no_overlap(places: list[_Place], rules: list[Rule]) -> None:
    """No two versions of one rule at once, and none twice."""
    by_name: dict[str, list[tuple[Rule, _Place]]] = {}
    for place, rule in zip(places, rules, strict=True):
        if rule.kind is not Kind.DORMANT:
            by_name.setdefault(rule.name, []).append((rule, place))
    for name, versions in by_name.items():
        versions.sort(key=lambda one: (one[0].valid_from, one[0].version))
        for (before, _), (after, place) in pairwise(versions):
            if before.version >= after.version:
                raise place.fault(f"Reglen {name} version {after.version} står der flere gange, eller i forkert orden.")
            if before.valid_until >= after.valid_from:
                says = f"Reglen {name} version {before.version} og {after.version} gælder på samme tid."
                raise place.fault(says)
