"""Rules read strictly from TOML: an unknown, missing or wrong key is said with its file and line, never guessed.

What each key means stands in docs/rules.md.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from domain.catalogue import BY_CODE
from domain.codes import DataClass, Matter, Party
from domain.events import HandoverSent
from domain.rules.fault import Wrong
from domain.rules.lines import Path
from domain.rules.rule import Basis, Condition, FieldTest, Kind, Reading, Rule, State

Table = Mapping[str, Any]
Code = TypeVar("Code", bound=StrEnum)
Read = Callable[[Any, Path], Any]

LEAP_DAY = (2, 29)


def text(value: Any, path: Path) -> str:
    """A text that says something."""
    if not isinstance(value, str) or not value.strip():
        raise Wrong(path, f"“{path[-1]}” skal være en tekst.")
    return value


def number(value: Any, path: Path) -> int:
    """A whole number of nought or more; a truth value is none."""
    if type(value) is not int or value < 0:
        raise Wrong(path, f"“{path[-1]}” skal være et helt tal, som ikke er mindre end nul.")
    return value


def any_number(value: Any, path: Path) -> int:
    """A whole number, also one below nought: months before something."""
    if type(value) is not int:
        raise Wrong(path, f"“{path[-1]}” skal være et helt tal.")
    return value


def truth(value: Any, path: Path) -> bool:
    """True or false."""
    if type(value) is not bool:
        raise Wrong(path, f"“{path[-1]}” skal være true eller false.")
    return value


def day(value: Any, path: Path) -> date:
    """A date without a time."""
    if type(value) is not date:
        raise Wrong(path, f"“{path[-1]}” skal være en dato uden anførselstegn, for eksempel 2026-03-07.")
    return value


def month_day(value: Any, path: Path) -> tuple[int, int]:
    """A date that comes every year, as "03-01". 29 February does not come every year."""
    try:
        found = date.fromisoformat(f"2024-{value}") if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or (found.month, found.day) == LEAP_DAY:
        raise Wrong(path, f'“{path[-1]}” skal være en dato, som kommer hvert år, for eksempel "03-01".')
    return found.month, found.day


def one_of(codes: type[Code]) -> Read:
    """A reader of codes."""

    def read(value: Any, path: Path) -> Code:
        try:
            return codes(value)
        except ValueError:
            raise Wrong(path, f"“{value}” kendes ikke; det skal være en af: {', '.join(codes)}.") from None

    return read


def giver(value: Any, path: Path) -> Party | None:
    """A party, or "by": whoever the trigger itself names."""
    return None if value == "by" else one_of(Party)(value, path)


def names(value: Any, path: Path) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list):
        raise Wrong(path, f"“{path[-1]}” skal være en liste.")
    return tuple(text(one, path) for one in value)


def conditions(value: Any, path: Path) -> tuple[Condition, ...]:
    """A list of conditions: each an event's code, or a table with `event` and what its fields must hold."""
    if not isinstance(value, list):
        raise Wrong(path, f"“{path[-1]}” skal være en liste.")
    return tuple(condition(one, path) for one in value)


def condition(value: Any, path: Path) -> Condition:
    """One condition."""
    if isinstance(value, str):
        value = {"event": value}
    if not isinstance(value, dict) or "event" not in value:
        raise Wrong(path, f"I “{path[-1]}” skal der stå en hændelses navn, eller {{ event = …, felt = … }}.")
    code = value["event"]
    if code not in BY_CODE:
        raise Wrong(path, f"Hændelsen “{code}” findes ikke.")
    known = _fields(BY_CODE[code].type)
    return Condition(
        code, tuple(_test(code, field, wanted, known, path) for field, wanted in value.items() if field != "event")
    )


HANDED = {"matter": Matter, "giver": Party, "receiver": Party}
"""What may be asked of a handover's later events too: it stands on the one that sent it."""


def _fields(kind: type) -> Mapping[str, Any]:
    found = get_type_hints(kind)
    return found | HANDED if "handover_id" in found and kind is not HandoverSent else found


def _test(code: str, field: str, wanted: Any, known: Mapping[str, Any], path: Path) -> FieldTest:
    if field not in known:
        raise Wrong(path, f"Hændelsen “{code}” har intet felt “{field}”.")
    if isinstance(wanted, dict):
        if not wanted or not set(wanted) <= {"least", "most"} or known[field] is not int:
            raise Wrong(path, f"“{field}” kan have “least” og “most”, hvis det er et tal.")
        bounds = {key: any_number(value, (*path, key)) for key, value in wanted.items()}
        return FieldTest(field, least=bounds.get("least"), most=bounds.get("most"))
    wanted = wanted if isinstance(wanted, list) else [wanted]
    return FieldTest(field, tuple(_value(known[field], one, field, path) for one in wanted))


def _value(kind: Any, value: Any, field: str, path: Path) -> Any:
    """The value as the field holds it: a code, a truth value, a number."""
    for choice in _choices(kind):
        if isinstance(choice, type) and issubclass(choice, StrEnum):
            return one_of(choice)(value, path)
        if choice in (bool, int) and type(value) is choice:
            return value
    raise Wrong(path, f"“{field}” kan ikke være “{value}”.")


def _choices(kind: Any) -> Iterable[Any]:
    """The types a field can hold, also inside a list or beside None."""
    if get_origin(kind) in (Union, UnionType, tuple):
        return [inner for one in get_args(kind) for inner in _choices(one)]
    return [kind]


def clock(value: Any, path: Path) -> str | Condition:
    """Where a clock starts."""
    return value if value in ("birth", "on", "known", "at") else condition(value, path)


def tables(value: Any, path: Path) -> list[Table]:
    """A list of tables: `[[rule]]` and not `[rule]`."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise Wrong(path, f"“{path[-1]}” skal være en liste af tabeller: [[{path[-1]}]].")
    return value


DUE: Mapping[str, Read] = {
    "label": text,
    "from": clock,
    "basis": one_of(Basis),
    "earlier_counts": truth,
    "later": truth,
    "years": number,
    "months": any_number,
    "days": number,
    "working_days": number,
    "weekdays": number,
    "hours": number,
    "fixed": month_day,
    "quarter_end": truth,
    "soon": truth,
}
LENGTHS = ({"years", "months"}, {"days"}, {"working_days"}, {"weekdays"}, {"hours"}, {"fixed"}, {"quarter_end"})


def due(value: Any, path: Path) -> tuple[Reading, ...]:
    """The readings: `[[….due]]`."""
    return tuple(_reading(table, (*path, at)) for at, table in enumerate(tables(value, path)))


def _reading(table: Table, path: Path) -> Reading:
    read = keyed(table, DUE, {"label", "from"}, path)
    lengths = [length for length in LENGTHS if length & set(read)]
    if len(lengths) > 1 or (not lengths and not read.get("soon")):
        raise Wrong(path, f"Læsningen “{read['label']}” skal have præcis én længde.")
    if lengths and read.get("soon") and lengths != [{"years", "months"}]:
        raise Wrong(path, f"Læsningen “{read['label']}” kan ikke have både en dag og “soon”.")
    if "hours" in read and read["from"] != "at":
        raise Wrong(path, f"Læsningen “{read['label']}”: timer regnes fra et klokkeslæt, altså fra “at”.")
    return Reading(start=read.pop("from"), **read)


CASE: Mapping[str, Read] = {
    "when": conditions,
    "while": names,
    "unless": conditions,
    "until": conditions,
    "only_after": conditions,
    "cleared_by": conditions,
    "same": names,
    "count": number,
    "each_clears_one": truth,
    "once": truth,
    "last_day_counts": truth,
    "due_within_months": number,
    "earlier_counts": truth,
    "counts_months_before": number,
    "from_age": number,
    "before_age": number,
    "ends_at_age": number,
    "shown_months_before": number,
    "what_to_do": text,
    "due": due,
}
HEADER: Mapping[str, Read] = {
    "id": text,
    "version": number,
    "title": text,
    "kind": one_of(Kind),
    "certainty": text,
    "source": text,
    "valid_from": day,
    "valid_until": day,
    "giver": giver,
    "receiver": one_of(Party),
    "toward": text,
    "holder": one_of(Party),
    "matter": one_of(Matter),
    "data_class": one_of(DataClass),
    "missing": text,
    "part": tables,
}
REQUIRED = {
    "id",
    "version",
    "title",
    "kind",
    "certainty",
    "source",
    "giver",
    "receiver",
    "holder",
    "matter",
    "data_class",
}


def rule_of(table: Table, path: Path, states: Mapping[str, State]) -> list[Rule]:
    """The rule of one table; a rule with parts is one for each of them."""
    read = keyed(table, {**HEADER, **CASE}, REQUIRED, path)
    parts = read.pop("part", [])
    if read["kind"] is Kind.DORMANT:
        _needs(read, {"missing", "what_to_do"}, path)
        read.setdefault("valid_from", date.max)
        return [_made(read, "", path, states)]
    _needs(read, {"valid_from"}, path)
    if not parts:
        return [_whole(_made(read, "", path, states), path)]
    if "due" in read:
        raise Wrong((*path, "due"), "En regel med dele har sine frister i delene: [[rule.part.due]].")
    made = []
    for at, part in enumerate(parts):
        where = (*path, "part", at)
        of_part = keyed(part, {**CASE, "name": text, "kind": one_of(Kind)}, {"name"}, where)
        name = of_part.pop("name")
        made.append(_whole(_made(read | of_part, name, where, states), where))
    return made


FIELDS = {"while": "states", "cleared_by": "clears", "due": "readings"}
"""Keys that have another name in the program: the words of the file are for who writes rules."""


def _made(read: Table, part: str, path: Path, states: Mapping[str, State]) -> Rule:
    read = {FIELDS.get(key, key): value for key, value in read.items()}
    unknown = [name for name in read.get("states", ()) if name not in states]
    if unknown:
        raise Wrong((*path, "while"), f"Tilstanden “{unknown[0]}” findes ikke.")
    read["states"] = tuple(states[name] for name in read.get("states", ()))
    read.setdefault("what_to_do", "")
    return Rule(part=part, **read)


def _whole(rule: Rule, path: Path) -> Rule:
    """The same rule, when it makes sense."""
    missing = [
        key
        for key, there in [
            ("when eller while", rule.when or rule.states),
            ("cleared_by", rule.clears),
            ("what_to_do", rule.what_to_do),
            ("due", rule.readings),
        ]
        if not there
    ]
    if missing:
        raise Wrong(path, f"Reglen {rule.name} mangler “{missing[0]}”.")
    if rule.valid_until < rule.valid_from:
        raise Wrong((*path, "valid_until"), f"Reglen {rule.name} ophører, før den begynder.")
    if rule.before_age is not None and rule.before_age <= rule.from_age:
        raise Wrong((*path, "before_age"), f"Reglen {rule.name}: “before_age” skal være højere end “from_age”.")
    if rule.ends_at_age <= rule.from_age:
        raise Wrong((*path, "ends_at_age"), f"Reglen {rule.name}: “ends_at_age” skal være højere end “from_age”.")
    if {reading.soon for reading in rule.readings} == {True, False}:
        raise Wrong((*path, "due"), f"Reglen {rule.name} har både en dag og “soon”.")
    if not set(rule.same) <= {name for one in rule.clears for name in _fields(one.type)}:
        raise Wrong((*path, "same"), f"Reglen {rule.name}: “same” nævner et felt, som ingen af hændelserne har.")
    for reading in rule.readings:
        if reading.start == "at" and not all("at" in _fields(one.type) for one in rule.when):
            raise Wrong((*path, "due"), f"Reglen {rule.name} regner timer, og hændelsen har intet klokkeslæt.")
    if set(rule.when) & {*rule.unless, *rule.until}:
        raise Wrong((*path, "unless"), f"Reglen {rule.name} falder bort ved det, den begynder med: en kreds.")
    return rule


STATE: Mapping[str, Read] = {"name": text, "title": text, "began": conditions, "ended": conditions, "by": text}


def state(table: Table, path: Path) -> State:
    """One `[[state]]`."""
    found = State(**keyed(table, STATE, {"name", "title", "began", "ended"}, path))
    if set(found.began) & set(found.ended):
        raise Wrong((*path, "ended"), f"Tilstanden “{found.name}” ophører med det, den begynder med: en kreds.")
    if found.by and not all(found.by in _fields(one.type) for one in (*found.began, *found.ended)):
        raise Wrong((*path, "by"), f"Tilstanden “{found.name}”: ikke alle hændelserne har feltet “{found.by}”.")
    return found


def keyed(table: Table, known: Mapping[str, Read], needed: Iterable[str], path: Path) -> dict[str, Any]:
    """Every key of a table read by its reader."""
    for key in table:
        if key not in known:
            raise Wrong((*path, key), f"Nøglen “{key}” findes ikke.")
    _needs(table, needed, path)
    return {key: known[key](value, (*path, key)) for key, value in table.items()}


def _needs(table: Table, needed: Iterable[str], path: Path) -> None:
    for key in sorted(needed):
        if key not in table:
            raise Wrong(path, f"Nøglen “{key}” mangler.")
