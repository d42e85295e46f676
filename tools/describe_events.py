"""Writes docs/events.md: every type of event, for whoever must judge whether it may be recorded, and by whom."""

import re
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from api.sentences import capital
from api.sentences import words_of as danish
from api.words import CLASSES, PARTIES, SUBJECTS
from domain.access import Level, level
from domain.catalogue import DECLARATIONS
from domain.codes import DataClass, Party, StreamKind
from domain.declaration import Declaration, Subject
from domain.events import HandedItem
from domain.rules import Kind, Rule, parse, shipped_rules
from domain.text import FreeText, StaffId
from eventlog.names import STORED

HEAD = """# Events

Everything that can be recorded: what it means, who records it, by which act it may be kept, who may see it, and what
it changes. Made from the declarations in `domain/events/` by `tools/describe.py`; do not edit.

How to read an event:

- **Recorded by** – the parties whose workers find it among their forms, or whose systems deliver it.
- **May be kept by** – act and section.
- **Class** – what kind of information it is. The class decides who may see it (the table below) and with which key it
  is closed: whoever may not open a key group cannot decrypt it.
- **Reads** – the sentence on the timeline; a field stands in braces. Free text is never part of it.
- **Fields** – besides `on`, the day it happened in the world. When the municipality knew, when the log got it, and
  who wrote it stand around the event ([log-format.md](log-format.md)). No event holds a name or a CPR number.
- **Changes** – deadlines that it starts, clears or ends ([rules.md](rules.md)), and what else follows.
"""
SEEN = """
## Who may see which class

*All*: also what is written in free words. *Summary*: days, states and choices. *That*: that there is something, not
what. Where a cell is empty, they do not know of it. A proposal that each municipality confirms (`domain/access.py`).

"""
STORED_HEAD = """
## Stored names

Append only: a name never changes its meaning, and a new shape gets the next number. `tests/eventlog/golden/` holds an
example of each.
"""
STREAMS = {
    StreamKind.JOURNEY: "On the journey of a young person",
    StreamKind.MEETING: "On a meeting",
    StreamKind.MUNICIPALITY: "On the municipality",
}
LEVELS = {Level.FULL: "all", Level.SUMMARY: "summary", Level.EXISTS: "that", Level.NONE: ""}


def events() -> str:
    """The text of docs/events.md."""
    parts = [HEAD, _contents(), SEEN + _access()]
    for stream, heading in STREAMS.items():
        parts.append(f"\n## {heading}\n")
        parts.extend(_event(one) for one in DECLARATIONS if one.stream == stream)
    parts.append(STORED_HEAD)
    parts.extend(f"- `{name}` – {kind.__name__}" for name, kind in STORED.items())
    return "\n".join(parts) + "\n"


def anchor(heading: str) -> str:
    """Where a link to this heading leads, as the usual renderers of Markdown name it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _heading(one: Declaration) -> str:
    return f"`{one.code}` – {one.title}"


def _contents() -> str:
    """The table of contents: every party with its events, those of a form under the headings of the page."""
    lines = ["## By who records them\n"]
    for party in Party:
        own = [one for one in DECLARATIONS if party in _recorders(one)]
        if own and party is not Party.MUNICIPALITY:
            lines += [f"**{PARTIES[party]}**\n", *_by_subject(own), ""]
    lines += ["**Every party**\n", *_by_subject([one for one in DECLARATIONS if one.form and one.form.shared]), ""]
    rest = [one for one in DECLARATIONS if one.party is Party.MUNICIPALITY and not one.form]
    lines += ["**By pages of their own, or by the program**\n", "- " + _links(rest)]
    return "\n".join(lines) + "\n"


def _by_subject(found: list[Declaration]) -> list[str]:
    lines = []
    for subject in Subject:
        listed = [one for one in found if one.form and one.form.under is subject]
        if listed:
            lines.append(f"- {capital(SUBJECTS[subject])}: {_links(listed)}")
    formless = [one for one in found if not one.form]
    return [*lines, f"- On pages of their own: {_links(formless)}"] if formless else lines


def _links(found: list[Declaration]) -> str:
    return ", ".join(f"[{one.title}](#{anchor(_heading(one))})" for one in found)


def _access() -> str:
    columns = [party for party in Party if any(level(party, one) for one in DataClass if one is not DataClass.SYSTEM)]
    rows = ["| class | " + " | ".join(PARTIES[party] for party in columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for data_class in DataClass:
        if data_class is not DataClass.SYSTEM:
            cells = " | ".join(LEVELS[level(party, data_class)] for party in columns)
            rows.append(f"| {data_class} ({CLASSES[data_class]}) | {cells} |")
    return "\n".join(rows) + "\n"


def _event(one: Declaration) -> str:
    hints = get_type_hints(one.type)
    listed = [_field(field.name, hints[field.name]) for field in fields(one.type) if field.name != "on"]
    said = [
        f"**Recorded by** {_told(_recorders(one), one)}",
        f"**May be kept by** {one.purpose}",
        f"**Class** {_class(one)}",
        f"**Reads** “{one.reads}”",
        *([f"**Fields** {'; '.join(listed)}"] if listed else []),
        *([f"**Changes** {' '.join(_changes(one))}"] if _changes(one) else []),
    ]
    meaning = " ".join((one.type.__doc__ or "").split())
    return f"### {_heading(one)}\n\n{meaning}\n\n" + "\n".join(f"- {line}" for line in said) + "\n"


def _recorders(one: Declaration) -> list[Party]:
    """The parties that record it themselves; none where every party does."""
    if one.form and one.form.shared:
        return []
    return [one.party, *(party for party in (one.form.also if one.form else ()) if party is not one.party)]


def _told(recorders: list[Party], one: Declaration) -> str:
    if not recorders:
        return "every party that may see the class"
    names = ", ".join(PARTIES[party] for party in recorders)
    return names if one.form else f"{names}, on a page of its own or by the program"


def _class(one: Declaration) -> str:
    if one.data_class is None:
        return "that of what it is about"
    return f"{one.data_class} ({CLASSES[one.data_class]}), key group {one.data_class.group}"


def _field(name: str, hint: Any) -> str:
    inside = [kind for kind in get_args(hint) if kind not in (NoneType, Ellipsis)]
    kind = inside[0] if inside else hint
    or_nothing = ", or nothing" if NoneType in get_args(hint) else ""
    several = "any of" if get_origin(hint) is tuple else "one of"
    if not _is_code(kind):
        return f"`{name}` {'several: ' if get_origin(hint) is tuple else ''}{_SORTS[kind]}{or_nothing}"
    if kind in (Party, DataClass):
        return f"`{name}` {several} the {'parties' if kind is Party else 'classes'}{or_nothing}"
    choices = ", ".join(f"`{code}` {danish(kind)[code]}" for code in kind)
    return f"`{name}` {several} {choices}{or_nothing}"


def _is_code(kind: Any) -> bool:
    """Whether the field holds a code that can be chosen."""
    return isinstance(kind, type) and issubclass(kind, StrEnum)


_SORTS: dict[Any, str] = {
    date: "day",
    datetime: "instant",
    UUID: "id",
    int: "whole number",
    bool: "yes or no",
    str: "text",
    HandedItem: "entry with its class and digest",
    FreeText: "free text",
    StaffId: "a member of staff",
}


def _changes(one: Declaration) -> list[str]:
    rules = [
        rule for rule in parse(shipped_rules()).rules if rule.valid_until == date.max and rule.kind is not Kind.DORMANT
    ]

    def named(does: str, found: list[Rule]) -> list[str]:
        named = dict.fromkeys(f"{rule.id} *{rule.title}*" for rule in found)
        return [f"{does} {', '.join(named)}."] if named else []

    return [
        *([one.changes] if one.changes else []),
        *named("Starts", [rule for rule in rules if one.code in rule.started_by]),
        *named("Starts a clock of", [rule for rule in rules if one.code in rule.clocked_by]),
        *named("Clears", [rule for rule in rules if one.code in rule.cleared_by]),
        *named("Ends", [rule for rule in rules if one.code in rule.ended_by]),
    ]
