"""What the address of Overleveringer asks for. As on the worklist all of it stands in the address, and never a name."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self

from api.worklist_query import Given, query_text, read_choice, read_parties
from domain.codes import Party

PATH = "/overleveringer"
SIZES = (50, 100, 500)
_PAGE = re.compile(r"[0-9]{1,9}")


class Tab(StrEnum):
    """Which handovers are shown. `OWN` is what a party sees first: what was sent to it, or everything."""

    OWN = ""
    FROM_US = "af-os"
    ALL = "alle"
    TO_US = "til-os"
    ANSWERED = "besvaret"
    PLANNED = "planlagt"


class Standing(StrEnum):
    """How the handovers that are shown stand."""

    ANY = ""
    OVERDUE = "overskredet"
    IN_TIME = "i-tide"
    SENT = "sendt"
    SEEN = "set"


_NOT_ASKED = {Tab.TO_US: "til", Tab.FROM_US: "fra", Tab.ANSWERED: "tilstand", Tab.PLANNED: "tilstand"}

STANDINGS = {
    Standing.ANY: "Alle",
    Standing.OVERDUE: "Svarfristen er overskredet",
    Standing.IN_TIME: "Svarfristen er ikke overskredet",
    Standing.SENT: "Sendt, men ikke set",
    Standing.SEEN: "Set, men ikke besvaret",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One view. Field names are those of the address."""

    vis: Tab = Tab.OWN
    fra: tuple[Party, ...] = ()
    til: tuple[Party, ...] = ()
    tilstand: Standing = Standing.ANY
    beskyttede: bool = False
    antal: int = SIZES[0]
    side: int = 1

    def but(self, **changes: Any) -> Self:
        """Another view, from its first page."""
        return replace(self, **{"side": 1} | changes)

    @property
    def is_filtered(self) -> bool:
        """Whether it shows less than its whole tab."""
        return bool(self.fra or self.til or self.tilstand)

    @property
    def address(self) -> str:
        """The address of this view."""
        text = query_text(self)
        return f"{PATH}?{text}" if text else PATH


def read_query(given: Given, party: Party) -> tuple[Query, dict[str, str]]:
    """The view that somebody of this party asks for, and by field what could not be understood."""
    faults: dict[str, str] = {}
    last = dict(given)
    page, size = last.get("side", ""), last.get("antal", "")
    if page and not (_PAGE.fullmatch(page) and int(page)):
        faults["side"] = "Sidetallet i adressen er ikke et tal fra 1 og op. Du ser den første side."
        page = ""
    if size and size not in map(str, SIZES):
        faults["antal"] = "Vælg 50, 100 eller 500 linjer pr. side."
        size = ""
    tab = _own(read_choice(Tab, last, "vis", faults, "Vælg en af de lister, der står på siden."), party)
    # What a tab cannot be asked is passed over: who sent what we sent is always us.
    shown = tab or own_tab(party)
    given = [(name, value) for name, value in given if name != _NOT_ASKED.get(shown)]
    last = dict(given)
    query = Query(
        vis=tab,
        fra=read_parties(given, "fra", faults),
        til=read_parties(given, "til", faults),
        tilstand=read_choice(Standing, last, "tilstand", faults, "Vælg en af de tilstande, der står i filteret."),
        beskyttede=last.get("beskyttede", "") == "1",
        antal=int(size or SIZES[0]),
        side=int(page or 1),
    )
    return query, faults


def sees_all(party: Party) -> bool:
    """Whoever coordinates for the municipality sees what others send each other."""
    return party is Party.MUNICIPALITY


def own_tab(party: Party) -> Tab:
    """What the party sees first."""
    return Tab.ALL if sees_all(party) else Tab.TO_US


def _own(tab: Tab, party: Party) -> Tab:
    """Each view has one address: the first tab is the one without a name."""
    return Tab.OWN if tab is own_tab(party) or (tab is Tab.ALL and not sees_all(party)) else tab
