"""What stands around the list of handovers: its tabs, the table of who waits for whom, and the filters that are on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.handover_list_query import STANDINGS, Query, Standing, Tab, own_tab, sees_all
from api.words import PARTIES
from domain.codes import Party
from domain.outside import WITHOUT_LOGIN
from projections.handover import may_see_handovers

Counts = Mapping[tuple[Party, Party], tuple[int, int]]
"""From giver and receiver to how many are overdue, and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TabLink:
    """A link above the list. `count` None: it is not counted."""

    label: str
    href: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How many wait from one party for another; following it shows them."""

    late: int
    in_time: int
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Who waits for whom: from those who gave, down, to those who are to answer, across."""

    givers: Sequence[Party]
    receivers: Sequence[Party]
    cells: Mapping[tuple[Party, Party], Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A box in the filter."""

    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    href: str


HEADINGS = {
    Tab.TO_US: "Sendt til os",
    Tab.FROM_US: "Sendt af os",
    Tab.ALL: "Alle afdelinger",
    Tab.ANSWERED: "Besvaret",
    Tab.PLANNED: "Planlagt",
}


def tab_of(query: Query, party: Party) -> Tab:
    """The tab that is shown, by its own name."""
    return query.vis or own_tab(party)


def tabs(query: Query, party: Party, counts: Counts, planned: int) -> list[TabLink]:
    """The tabs of this party, each without filters. What was answered is not counted before it is asked for."""
    waiting = {
        Tab.PLANNED: planned,
        Tab.ALL: sum(every for _, every in counts.values()),
        Tab.TO_US: sum(every for (_, receiver), (_, every) in counts.items() if receiver is party),
        Tab.FROM_US: sum(every for (giver, _), (_, every) in counts.items() if giver is party),
    }
    names = [Tab.TO_US, Tab.FROM_US, Tab.PLANNED, Tab.ANSWERED]
    return [
        TabLink(
            label=HEADINGS[name],
            href=Query(vis=_named(name, party)).address,
            is_current=name is tab_of(query, party),
            count=waiting.get(name),
        )
        for name in ([Tab.ALL, *names] if sees_all(party) else names)
    ]


def matrix(query: Query, party: Party, counts: Counts) -> Matrix:
    """Who waits for whom; a cell leads to the tab that has its rows."""
    return Matrix(
        givers=[one for one in Party if any(giver is one for giver, _ in counts)],
        receivers=[one for one in Party if any(receiver is one for _, receiver in counts)],
        cells={pair: _cell(query, party, pair, *found) for pair, found in counts.items()},
    )


def _cell(query: Query, party: Party, pair: tuple[Party, Party], late: int, every: int) -> Cell:
    giver, receiver = pair
    if sees_all(party):
        wanted = Query(fra=(giver,), til=(receiver,))
    elif receiver is party:
        wanted = Query(fra=(giver,))
    else:
        wanted = Query(vis=Tab.FROM_US, til=(receiver,))
    shown = Query(vis=query.vis, fra=query.fra, til=query.til)
    return Cell(late=late, in_time=every - late, href=wanted.address, is_current=wanted == shown)


def options(chosen: Sequence[Party], party: Party, tab: Tab, *, to: bool = False) -> list[Option]:
    """The parties that can be chosen: those who send and get handovers, but not one's own where it is always so.

    `to`: as receivers, among whom are those without a login.
    """
    also_own = tab in (Tab.ALL, Tab.ANSWERED, Tab.PLANNED)
    found = [one for one in Party if may_see_handovers(one) or (to and one in WITHOUT_LOGIN)]
    return [
        Option(code=one, label=PARTIES[one], is_chosen=one in chosen)
        for one in Party
        if (one in found and (one is not party or also_own)) or one in chosen
    ]


def chips(query: Query) -> list[Chip]:
    """Every filter that is on, each with the address without it."""
    on: list[tuple[str, Query]] = []
    if query.tilstand:
        on.append((STANDINGS[query.tilstand], query.but(tilstand=Standing.ANY)))
    on += [
        (f"Fra {PARTIES[one]}", query.but(fra=tuple(other for other in query.fra if other is not one)))
        for one in query.fra
    ]
    on += [
        (f"Til {PARTIES[one]}", query.but(til=tuple(other for other in query.til if other is not one)))
        for one in query.til
    ]
    if query.beskyttede:
        on.append(("Også med adressebeskyttelse", query.but(beskyttede=False)))
    return [Chip(label=label, href=without.address) for label, without in on]


def _named(tab: Tab, party: Party) -> Tab:
    return Tab.OWN if tab is own_tab(party) else tab
