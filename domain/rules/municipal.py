"""What a municipality's own file says about the rules: more of them, more about them, which are off, its closing days.

It never moves a date of the law. A date of its own stands beside it as a reading, marked as local; whoever has the
next move and the words of what to do may be its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.codes import Party
from domain.rules.fault import Wrong
from domain.rules.lines import Path
from domain.rules.rule import Basis, Kind, Rule
from domain.rules.strict import Read, Table, day, due, keyed, month_day, number, one_of, tables, text, truth

LOCAL_KINDS = (Kind.LOCAL, Kind.GUIDE)
"""What a municipality can add: it makes no law."""


@dataclass(frozen=True, slots=True)
class OwnDays:
    """A municipality's closing days: those of every year as (month, day), and single dates."""

    yearly: tuple[tuple[int, int], ...] = ()
    once: tuple[date, ...] = ()


CHANGE: Mapping[str, Read] = {
    "id": text,
    "part": text,
    "says": text,
    "holder": one_of(Party),
    "receiver": one_of(Party),
    "what_to_do": text,
    "shown_months_before": number,
    "due": due,
}
OFF: Mapping[str, Read] = {"id": text, "reason": text}


def changed(read: Table, rules: list[Rule]) -> list[Rule]:
    """The rules with what `[[change]]` says of them."""
    for at, table in enumerate(tables(read.get("change", []), ("change",))):
        path: Path = ("change", at)
        change = keyed(table, CHANGE, {"id", "says"}, path)
        about = _about(change.pop("id"), change.pop("part", None), rules, path)
        change["municipal"] = change.pop("says")
        own = change.pop("due", ())
        if any(reading.basis is not Basis.LOCAL for reading in own):
            raise Wrong((*path, "due"), 'En dato, som kommunen sætter, har basis = "local".')
        if own and not all(rule.is_dated for rule in about) and any(reading.soon for reading in own):
            raise Wrong((*path, "due"), "Kommunens egen dato skal være en dag.")
        rules = [_with(rule, own, change) if rule in about else rule for rule in rules]
    return rules


def _with(rule: Rule, own: tuple[Any, ...], change: Mapping[str, Any]) -> Rule:
    """A duty for which the law says no day gets the municipality's; else its date stands beside the law's."""
    kept = rule.readings if rule.is_dated or not own else ()
    return replace(rule, readings=(*kept, *own), **change)


def switched_off(read: Table, rules: list[Rule]) -> dict[str, str]:
    """The rules that `[[off]]` names, with the reasons."""
    off: dict[str, str] = {}
    for at, table in enumerate(tables(read.get("off", []), ("off",))):
        one = keyed(table, OFF, OFF, ("off", at))
        _about(one["id"], None, rules, ("off", at))
        off[one["id"]] = one["reason"]
    return off


def _about(rule_id: str, part: str | None, rules: list[Rule], path: Path) -> list[Rule]:
    found = [rule for rule in rules if rule.id == rule_id and part in (None, rule.part)]
    if not found:
        raise Wrong((*path, "id"), f"Reglen {rule_id}{f' ({part})' if part else ''} findes ikke.")
    return found


def own_days(read: Table, known: OwnDays) -> OwnDays:
    """The closing days of `[municipality]`, with those that other files named."""
    if "municipality" not in read:
        return known
    said = keyed(read["municipality"], {"name": text, "closing_days": _days}, {"name"}, ("municipality",))
    days = said.get("closing_days", ())
    return OwnDays(
        (*known.yearly, *(one for one in days if not isinstance(one, date))),
        (*known.once, *(one for one in days if isinstance(one, date))),
    )


def _days(value: Any, path: Path) -> tuple[date | tuple[int, int], ...]:
    if not isinstance(value, list):
        raise Wrong(path, "“closing_days” skal være en liste af datoer.")
    return tuple(day(one, path) if isinstance(one, date) else month_day(one, path) for one in value)


def about_draft(read: Table) -> Mapping[str, Any] | None:
    """What `[draft]` says of a file that is no law yet; None when it is no draft."""
    if "draft" not in read:
        return None
    keys: Mapping[str, Read] = {"title": text, "valid_from": day, "read_by_lawyer": truth, "source": text}
    return keyed(read["draft"], keys, keys, ("draft",))
