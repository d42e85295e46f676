"""What the address of the worklist asks for. All of it stands in the address, and never a name.

An address is typed, kept and sent to colleagues: whatever in it cannot be understood is left out and said in
Danish, and is never repeated on the page, because it may be a name or a CPR number in the wrong place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Self, TypeVar
from urllib.parse import parse_qsl, urlencode

from api.words import PARTIES
from domain.codes import Party

PATH = "/arbejdsliste"
SIZES = (50, 100)
MOST_FIELDS = 100

_CASE_NUMBER = re.compile(r"[1-9][0-9]{5,6}")
_RULE = re.compile(r"[A-Za-z0-9.-]{1,40}")
_PAGE = re.compile(r"[0-9]{1,9}")


class Deadline(StrEnum):
    """Which deadlines are shown."""

    ALL = ""
    OVERDUE = "overskredet"
    SOON = "snart"


class Move(StrEnum):
    """Whose move the rows wait for."""

    ALL = ""
    OURS = "os"
    OTHERS = "andre"
    SENT_TO_US = "sendt"


class Age(StrEnum):
    """How old the young people are today; the names are what stands in the address."""

    ALL = ""
    TO_14 = "13-14"
    TO_17 = "15-17"
    TO_24 = "18-24"
    TO_29 = "25-29"
    TURNING_18 = "fylder-18"

    @property
    def years(self) -> tuple[int | None, int | None]:
        """From and to, both counted in; None where the band says nothing of years."""
        lowest, _, highest = self.value.partition("-")
        return (int(lowest), int(highest)) if lowest.isdigit() else (None, None)


DEADLINES = {Deadline.ALL: "Alle", Deadline.OVERDUE: "Overskredet", Deadline.SOON: "Inden 14 dage"}
MOVES = {
    Move.ALL: "Alles",
    Move.OURS: "Vores",
    Move.OTHERS: "Vi venter på andre",
    Move.SENT_TO_US: "Sendt til os",
}
AGES = {
    Age.ALL: "Alle",
    Age.TO_14: "13–14 år",
    Age.TO_17: "15–17 år",
    Age.TO_24: "18–24 år",
    Age.TO_29: "25–29 år",
    Age.TURNING_18: "Fylder 18 inden 6 mdr.",
}
Choice = TypeVar("Choice", bound=StrEnum)
Given = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One view of the list. Field names are those of the address, so that each stands in one place only."""

    frist: Deadline = Deadline.ALL
    hvem: Move = Move.ALL
    fra: tuple[Party, ...] = ()
    til: tuple[Party, ...] = ()
    regel: tuple[str, ...] = ()
    alder: Age = Age.ALL
    sag: str = ""
    beskyttede: bool = False
    hvilende: bool = False
    antal: int = SIZES[0]
    side: int = 1

    def but(self, **changes: Any) -> Self:
        """Another view, from its first page."""
        return replace(self, **{"side": 1} | changes)

    @property
    def is_filtered(self) -> bool:
        """Whether it shows less than everything."""
        return self.but(antal=SIZES[0], beskyttede=False, hvilende=False) != Query()

    @property
    def is_one_view(self) -> bool:
        """Whether it is the whole list, or what a single count above the list promises."""
        turning = self.alder is Age.TURNING_18
        rest = self.but(frist=Deadline.ALL, hvem=Move.ALL, alder=Age.ALL if turning else self.alder)
        return not rest.is_filtered and bool(self.frist) + bool(self.hvem) + turning <= 1

    @property
    def text(self) -> str:
        """What stands after the question mark; empty for the whole list."""
        return query_text(self)

    @property
    def address(self) -> str:
        """The address of this view."""
        return f"{PATH}?{self.text}" if self.text else PATH

    def saying(self, notice: str) -> str:
        """The address of this view with a notice above it."""
        return f"{self.address}{'&' if self.text else '?'}besked={notice}"


def read_query(given: Given) -> tuple[Query, dict[str, str]]:
    """The view that is asked for, and by field what could not be understood. What is unknown to us is passed over."""
    faults: dict[str, str] = {}
    last = dict(given)
    page = last.get("side", "")
    if page and not (_PAGE.fullmatch(page) and int(page)):
        faults["side"] = "Sidetallet i adressen er ikke et tal fra 1 og op. Du ser den første side."
        page = ""
    size = last.get("antal", "")
    if size and size not in map(str, SIZES):
        faults["antal"] = "Vælg 50 eller 100 linjer pr. side."
        size = ""
    case = last.get("sag", "").strip()
    if case and not _CASE_NUMBER.fullmatch(case):
        faults["sag"] = (
            "Et sagsnummer har 6 eller 7 cifre. Navne og CPR-numre søges der efter i feltet øverst på siden."
        )
        case = ""
    query = Query(
        frist=read_choice(Deadline, last, "frist", faults, "Vælg en af de frister, der står i filteret."),
        hvem=read_choice(Move, last, "hvem", faults, "Vælg et af de næste skridt, der står i filteret."),
        fra=read_parties(given, "fra", faults),
        til=read_parties(given, "til", faults),
        regel=_rules(given, faults),
        alder=read_choice(Age, last, "alder", faults, "Vælg en af de aldre, der står i filteret."),
        sag=case,
        beskyttede=last.get("beskyttede", "") == "1",
        hvilende=last.get("hvilende", "") == "1",
        antal=int(size or SIZES[0]),
        side=int(page or 1),
    )
    return query, faults


def list_address(liste: str) -> str:
    """The way back to the list, from the `liste` that its links carry. Nothing strange in it survives."""
    return list_query(liste).address


def list_query(liste: str) -> Query:
    """The view of the list that its links and forms carry; the whole list when it cannot be read."""
    try:
        given = parse_qsl(liste, max_num_fields=MOST_FIELDS)
    except ValueError:
        return Query()
    return read_query(given)[0]


def query_text(view: Any) -> str:
    """The fields of a view that are not as they always are, as they stand in an address."""
    pairs: list[tuple[str, str]] = []
    for one in fields(view):
        value = getattr(view, one.name)
        if value == one.default:
            continue
        pairs += [(one.name, str(part)) for part in (value if isinstance(value, tuple) else (_plain(value),))]
    return urlencode(pairs)


def _plain(value: object) -> str:
    return "1" if value is True else str(value)


def read_choice(choices: type[Choice], given: dict[str, str], name: str, faults: dict[str, str], fault: str) -> Choice:
    """The one that was chosen; what is none of them is a fault, and the first."""
    try:
        return choices(given.get(name, ""))
    except ValueError:
        faults[name] = fault
        return choices("")


def read_parties(given: Given, name: str, faults: dict[str, str]) -> tuple[Party, ...]:
    """The parties that were chosen, in their own order."""
    asked = {value for key, value in given if key == name and value}
    if not asked <= set(PARTIES):
        faults[name] = "Vælg en af de afdelinger, der står i filteret."
    return tuple(party for party in Party if party in asked)


def _rules(given: Given, faults: dict[str, str]) -> tuple[str, ...]:
    asked = {value for key, value in given if key == "regel" and value}
    known = sorted(value for value in asked if _RULE.fullmatch(value))
    if len(known) != len(asked):
        faults["regel"] = NO_SUCH_RULE
    return tuple(known)


NO_SUCH_RULE = "Vælg en af de regler, der står i filteret."
