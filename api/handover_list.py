"""Overleveringer: where things stop between departments – what was sent to us, what we sent, and what was answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api import handover_list_parts as parts
from api.handover_list_parts import Chip, Counts, Matrix, Option, TabLink, tab_of
from api.handover_list_query import PATH, SIZES, STANDINGS, Query, Standing, Tab, read_query, sees_all
from api.handover_list_rows import Line, Reader
from api.house import House
from api.pages import Page, frame, looking, render
from api.policy import PEOPLE, policy
from api.printing import CONFIDENTIAL, printed_by
from api.visitor import Me, TheHouse, Visitor
from domain.codes import KeyGroup, Party
from domain.facts import COPENHAGEN
from people.register import Identity
from projections import worklist
from projections.answered import Answered, answered, ended, how_many
from projections.clear import position_before
from projections.closing_days import current_rules
from projections.rows import RowKind, RowState
from projections.worklist import Due, Filter, Listed, Side

router = APIRouter()

LATELY = 30
"""Days for which what was answered is kept in sight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The rows of this page with one counterpart. `count` and `late` are of the whole view."""

    counterpart: Party
    count: int
    late: int
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoversPage(Page):
    """The list. `hidden` counts protected people left out of this page, `unknown` rows of nobody in the register."""

    template: ClassVar[str] = "handovers/list.html"
    query: Query
    tab: Tab
    heading: str
    tabs: Sequence[TabLink]
    matrix: Matrix
    givers: Sequence[Option]
    receivers: Sequence[Option]
    chips: Sequence[Chip]
    groups: Sequence[Group]
    answered: Sequence[Line]
    total: int
    hidden: int
    unknown: int
    sees_all: bool
    printed: str
    confidential: str = CONFIDENTIAL
    path: str = PATH
    lately: int = LATELY
    standings: Sequence[tuple[str, str]] = tuple(STANDINGS.items())
    size_options: Sequence[tuple[int, str]] = tuple((size, str(size)) for size in SIZES)

    @property
    def whole(self) -> str:
        """The same tab without filters."""
        return Query(vis=self.query.vis).address

    @property
    def with_protected(self) -> str:
        """The same page with protected people on it."""
        return replace(self.query, beskyttede=True).address

    def link_for(self, page: int) -> str:
        """The address of another page of the same view."""
        return self.query.but(side=page).address


@router.get(PATH, name="handovers")
@policy(PEOPLE)
def show(request: Request, house: TheHouse, me: Me) -> HTMLResponse:
    """Who waits for whom; a department sees what it gave or is to answer, the municipality everything."""
    query, faults = read_query(request.query_params.multi_items(), me.party)
    tab, closed_days = tab_of(query, me.party), current_rules(house.log).closed_days
    with looking(request, me) as look:
        counts = _counts(look.conn, me, house.today)
        planned = worklist.size(look.conn, _filter(Query(), me, Tab.PLANNED, house.today), house.today)
        found = (_answered if tab is Tab.ANSWERED else _waiting)(look.conn, house, me, query)
        known = house.register.identities(look.conn, found.people)
        shown = {person: who for person, who in known.items() if query.beskyttede or not who.protected}
        look.at(sorted(shown), "handovers")
    reader = Reader(me.party, house.today, closed_days, found.query.address)
    return render(
        request,
        HandoversPage(
            **frame(request, "Overleveringer", "handovers") | {"errors": faults},
            query=found.query,
            tab=tab,
            heading=parts.HEADINGS[tab],
            tabs=parts.tabs(query, me.party, counts, planned),
            matrix=parts.matrix(query, me.party, counts),
            givers=parts.options(query.fra, me.party, tab),
            receivers=parts.options(query.til, me.party, tab, to=True),
            chips=parts.chips(query),
            groups=list(_in_words(found, reader, shown)),
            answered=[
                reader.answered(one, shown[one.ended.person_id])
                for one in found.answered
                if one.ended.person_id in shown
            ],
            total=found.total,
            hidden=len(known) - len(shown),
            unknown=len(found.people - known.keys()),
            sees_all=sees_all(me.party),
            printed=printed_by(me, house.now),
        ),
        status=422 if faults else 200,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the tables answered: groups of rows with their counterpart and its counts, or what was answered."""

    query: Query
    total: int
    groups: Sequence[tuple[Party, int, int, Sequence[Listed]]] = ()
    answered: Sequence[Answered] = ()

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset(
            [one.person_id for _, _, _, listed in self.groups for one in listed]
            + [one.ended.person_id for one in self.answered]
        )


def _counts(conn: Any, me: Visitor, today: date) -> Counts:
    """Everything that waits and that the visitor may see on this page, whatever the filters."""
    if sees_all(me.party):
        return worklist.handover_matrix(conn, _filter(Query(), me, Tab.ALL, today), today)
    given, to_answer = (
        worklist.handover_matrix(conn, _filter(Query(), me, tab, today), today) for tab in (Tab.FROM_US, Tab.TO_US)
    )
    return given | to_answer


def _waiting(conn: Any, house: House, me: Visitor, query: Query) -> _Found:
    """One page of what waits, by counterpart: the one with most overdue first, and the oldest deadline first."""
    tab, today = tab_of(query, me.party), house.today
    asked = _filter(query, me, tab, today)
    by_party = _by_counterpart(worklist.handover_matrix(conn, asked, today), tab)
    total = sum(count for _, count in by_party.values())
    query = _within(query, total)
    skip, room, groups = (query.side - 1) * query.antal, query.antal, []
    for party, (late, count) in sorted(by_party.items(), key=lambda one: (-one[1][0], -one[1][1], one[0])):
        if skip < count and room:
            side = {"givers" if tab is Tab.TO_US else "receivers": frozenset({party})}
            listed = worklist.page(conn, replace(asked, **side), today, offset=skip, limit=room)  # type: ignore[arg-type]
            groups.append((party, count, late, listed))
            room -= len(listed)
        skip = max(0, skip - count)
    return _Found(query=query, total=total, groups=groups)


def _by_counterpart(counts: Counts, tab: Tab) -> dict[Party, tuple[int, int]]:
    """How many are overdue and how many there are, by the one whom it is from or for."""
    found: dict[Party, tuple[int, int]] = {}
    for (giver, receiver), (late, every) in counts.items():
        party = giver if tab is Tab.TO_US else receiver
        so_far = found.get(party, (0, 0))
        found[party] = (so_far[0] + late, so_far[1] + every)
    return found


def _answered(conn: Any, house: House, me: Visitor, query: Query) -> _Found:
    """One page of what was answered in the last `LATELY` days, the last answer first."""
    first = datetime.combine(house.today - timedelta(days=LATELY), time(), COPENHAGEN)
    asked, since = _filter(query, me, Tab.ANSWERED, house.today), position_before(conn, first)
    total = how_many(conn, asked, since)
    query = _within(query, total)
    found = ended(conn, asked, since, offset=(query.side - 1) * query.antal, limit=query.antal)
    # Handovers are closed with the open key, and nothing else of these lives is needed.
    lines = answered(found, lambda person: house.log.history(person, [KeyGroup.OPEN], conn=conn).entries)
    return _Found(query=query, total=total, answered=lines)


def _within(query: Query, total: int) -> Query:
    """A kept address may point behind the end of a list that has become shorter."""
    return replace(query, side=min(query.side, max(1, -(-total // query.antal))))


def _filter(query: Query, me: Visitor, tab: Tab, today: date) -> Filter:
    state = {Standing.SENT: RowState.SENT, Standing.SEEN: RowState.SEEN}.get(query.tilstand)
    due, soon = Due.ALL, 0
    if query.tilstand is Standing.OVERDUE:
        due = Due.OVERDUE
    elif query.tilstand is Standing.IN_TIME:
        due, soon = Due.SOON, (date.max - today).days
    return Filter(
        classes=me.classes,
        party=None if sees_all(me.party) and tab in (Tab.ALL, Tab.ANSWERED, Tab.PLANNED) else me.party,
        side={Tab.TO_US: Side.RECEIVER, Tab.FROM_US: Side.GIVER}.get(tab, Side.ANY),
        kind=RowKind.PLANNED if tab is Tab.PLANNED else RowKind.HANDOVER,
        states=frozenset({state}) if state else frozenset(),
        givers=frozenset(query.fra),
        receivers=frozenset(query.til),
        due=due,
        soon=soon,
    )


def _in_words(found: _Found, reader: Reader, shown: Mapping[UUID, Identity]) -> Iterator[Group]:
    for party, count, late, listed in found.groups:
        lines = [reader.waiting(one.row, shown[one.person_id]) for one in listed if one.person_id in shown]
        yield Group(counterpart=party, count=count, late=late, lines=lines)
