"""What can stand in the fields of an event, read from its type hints: a new type of event needs no code here.

An event may be told by a file when every field that it needs is of a sort that a cell can hold, and when somebody
other than the program itself records such events.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from domain.catalogue import BY_CODE, BY_TYPE
from domain.codes import Party, StreamKind
from domain.text import FreeText, StaffId


class Sort(StrEnum):
    """What a cell must hold."""

    CODE = "code"
    CODES = "codes"
    YES_NO = "yes-no"
    DATE = "date"
    MOMENT = "moment"
    NUMBER = "number"
    TEXT = "text"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventField:
    """One field of an event. `codes` for CODE and CODES; `least` and `most` bound a number, both are allowed."""

    name: str
    sort: Sort
    needed: bool
    codes: type[StrEnum] | None = None
    least: int | None = None
    most: int | None = None

    @property
    def is_sender(self) -> bool:
        """Whether it says which party acted: where the row does not name one, whoever sends such files."""
        return self.name in _SENDERS and self.codes is Party


@cache
def fields_of_event(kind: type) -> Mapping[str, EventField]:
    """The fields that a cell can hold, besides `on`. A field with a default is left alone by an empty cell."""
    hints = get_type_hints(kind)
    form = BY_TYPE[kind].form
    asks = form.asks if form else {}
    found = {}
    for each in fields(kind):
        sort, codes = _sort_of(hints[each.name])
        if sort is None or each.name == "on":
            continue
        ask = asks.get(each.name)
        found[each.name] = EventField(
            name=each.name,
            sort=sort,
            needed=each.default is MISSING and each.default_factory is MISSING,
            codes=codes,
            least=ask.least if ask else None,
            most=ask.most if ask else None,
        )
    return found


@cache
def columns_of_event(code: str) -> Mapping[str, EventField]:
    """The same by the names that profiles use: an event's only free text is called `text` there, whatever it is."""
    found = dict(fields_of_event(BY_CODE[code].type))
    texts = [name for name, each in found.items() if each.sort is Sort.TEXT]
    if len(texts) == 1:
        found["text"] = found.pop(texts[0])
    if code == HANDOVER:
        # Whoever sent it is called `by` in every file; the rest the program itself works out.
        found = {name: found[name] for name in ("receiver", "matter", "answer_by", "text")} | {"by": found["giver"]}
    return found


def columns_of_events(codes: Iterable[str]) -> Mapping[str, frozenset[EventField]]:
    """The fields that any of these events has, with what each of them wants there."""
    found: dict[str, frozenset[EventField]] = {}
    for code in codes:
        for name, each in columns_of_event(code).items():
            found[name] = found.get(name, frozenset()) | {each}
    return found


def _sort_of(hint: Any) -> tuple[Sort | None, type[StrEnum] | None]:
    """What a field of this type wants, and of which codes; (None, None) when no cell can hold it."""
    if get_origin(hint) in (Union, UnionType):
        inner = [each for each in get_args(hint) if each is not NoneType]
        return _sort_of(inner[0]) if len(inner) == 1 else (None, None)
    if get_origin(hint) is tuple:
        sort, codes = _sort_of(get_args(hint)[0])
        return (Sort.CODES, codes) if sort is Sort.CODE else (None, None)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Sort.CODE, hint
    return _PLAIN.get(hint), None


_PLAIN: dict[Any, Sort] = {
    bool: Sort.YES_NO,
    date: Sort.DATE,
    datetime: Sort.MOMENT,
    int: Sort.NUMBER,
    FreeText: Sort.TEXT,
    StaffId: Sort.STAFF,
}

_SENDERS = frozenset({"by", "giver"})
HANDOVER = "handover-sent"
_WITHOUT_A_FORM = frozenset({HANDOVER, "progression-measured"})
"""Recorded on pages of their own, and told by files too. What else has no form the program itself works out."""


def _may_be_told(code: str) -> bool:
    declared = BY_CODE[code]
    if declared.stream is not StreamKind.JOURNEY or not (declared.form or code in _WITHOUT_A_FORM):
        return False
    readable = fields_of_event(declared.type)
    needed = {each.name for each in fields(declared.type) if each.default is MISSING} - {"on"}
    return code == HANDOVER or needed <= readable.keys()


TELLABLE = frozenset(code for code in BY_CODE if _may_be_told(code))
"""What a file may tell. The rest belongs to the municipality itself and is said on the pages."""
