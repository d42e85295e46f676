"""Min arbejdsliste: the deadlines and open handovers in which the visitor's own department has a part."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api import search
from api.house import House
from api.pages import Page, frame, looking, render
from api.policy import PEOPLE, policy
from api.visitor import Me, TheHouse, Visitor
from api.words import PARTIES
from api.worklist_query import (
    AGES,
    DEADLINES,
    MOVES,
    NO_SUCH_RULE,
    SIZES,
    Age,
    Deadline,
    Move,
    Query,
    read_query,
)
from api.worklist_rows import Reader, WorkRow
from domain.access import Level, level
from domain.codes import DataClass, Party
from domain.rules import RuleSet
from people.register import Identity
from projections import worklist
from projections.closing_days import current_rules
from projections.rows import RowKind
from projections.worklist import Due, Filter, Listed, Side

router = APIRouter()
router.include_router(search.router)

OF_AGE = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A count above the list; following it shows exactly so many rows."""

    kind: str
    count: int
    label: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A box in the filter; `count` is how many rows it would show."""

    code: str
    label: str
    is_chosen: bool
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistPage(Page):
    """The list. `hidden` counts protected people left out of this page, `unknown` rows of nobody in the register."""

    template: ClassVar[str] = "worklist/list.html"
    heading: str
    query: Query
    deadlines: Sequence[tuple[str, str]] = tuple(DEADLINES.items())
    moves: Sequence[tuple[str, str]] = tuple(MOVES.items())
    ages: Sequence[tuple[str, str]] = tuple(AGES.items())
    tiles: Sequence[Tile]
    givers: Sequence[Option]
    receivers: Sequence[Option]
    rules: Sequence[Option]
    chips: Sequence[Chip]
    rows: Sequence[WorkRow]
    total: int
    hidden: int
    unknown: int
    next_due_on: date | None
    size_options: Sequence[tuple[int, str]] = tuple((size, str(size)) for size in SIZES)

    @property
    def with_protected(self) -> str:
        """The same page with protected people on it."""
        return replace(self.query, beskyttede=True).address

    def link_for(self, page: int) -> str:
        """The address of another page of the same view."""
        return self.query.but(side=page).address


@router.get("/arbejdsliste", name="worklist")
@policy(PEOPLE)
def show(request: Request, house: TheHouse, me: Me) -> HTMLResponse:
    """What is overdue, what comes, and who has the next move."""
    query, faults = read_query(request.query_params.multi_items())
    rules = current_rules(house.log)
    titles = _titles(rules, me.party)
    if not set(query.regel) <= titles.keys():
        faults["regel"] = NO_SUCH_RULE
        query = replace(query, regel=tuple(rule for rule in query.regel if rule in titles))
    with looking(request, me) as look:
        found = _find(look.conn, house, me, query)
        identities = house.register.identities(look.conn, {one.person_id for one in found.listed})
        shown, hidden, unknown = _shown(found.listed, identities, with_protected=query.beskyttede)
        look.at(sorted({one.person_id for one in shown}), "worklist")
    reader = Reader(me.party, house.today, rules.closed_days, titles, found.query.text)
    return render(
        request,
        WorklistPage(
            **frame(request, "Min arbejdsliste", "worklist") | {"errors": faults},
            heading=_heading(query),
            query=found.query,
            tiles=found.tiles,
            givers=_options(query.fra, found.givers),
            receivers=_options(query.til, found.receivers),
            rules=[Option(code=code, label=title, is_chosen=code in query.regel) for code, title in titles.items()],
            chips=_chips(query, titles),
            rows=[reader.row(one.row, identities[one.person_id]) for one in shown],
            total=found.total,
            hidden=hidden,
            unknown=unknown,
            next_due_on=found.next_due_on,
        ),
        status=422 if faults else 200,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the tables answered. `givers` and `receivers` say how many rows each would show."""

    query: Query
    tiles: Sequence[Tile]
    givers: Mapping[Party, int]
    receivers: Mapping[Party, int]
    total: int
    listed: Sequence[Listed]
    next_due_on: date | None


def _find(conn: Any, house: House, me: Visitor, query: Query) -> _Found:
    today = house.today
    case = _case(conn, house, query)

    def asked(of: Query) -> Filter:
        return _filter(of, me, case)

    counts = worklist.counts(conn, asked(_only(query)), today)
    if query.alder not in {Age.ALL, Age.TURNING_18}:
        # The tile takes the place of the age that is asked for now.
        turning = worklist.size(conn, asked(_only(query, alder=Age.TURNING_18)), today)
        counts = replace(counts, turning_18=turning)
    givers, receivers, total = _by_party(conn, query, asked(query.but(fra=(), til=())), today)
    # A kept address may point behind the end of a list that has become shorter.
    last_page = max(1, -(-total // query.antal))
    query = replace(query, side=min(query.side, last_page))
    offset = (query.side - 1) * query.antal
    return _Found(
        query=query,
        tiles=_tiles(query, counts),
        givers=givers,
        receivers=receivers,
        total=total,
        listed=worklist.page(conn, asked(query), today, offset=offset, limit=query.antal),
        next_due_on=None if total else _next_due_on(conn, asked(_only(query)), today),
    )


def _by_party(conn: Any, query: Query, wanted: Filter, today: date) -> tuple[dict[Party, int], dict[Party, int], int]:
    """How many rows each giver and each receiver has in this view, and how many rows there are in all."""
    givers: Counter[Party] = Counter()
    receivers: Counter[Party] = Counter()
    total = 0
    for (giver, receiver), (_, count) in worklist.handover_matrix(conn, wanted, today).items():
        is_from, is_to = giver in (query.fra or Party), receiver in (query.til or Party)
        givers[giver] += count * is_to
        receivers[receiver] += count * is_from
        total += count * (is_from and is_to)
    return givers, receivers, total


def _next_due_on(conn: Any, wanted: Filter, today: date) -> date | None:
    """The first deadline from today on, whatever the view; None when nothing comes."""
    coming = replace(wanted, due=Due.SOON, soon=(date.max - today).days)
    return next((one.row.due_on for one in worklist.page(conn, coming, today, limit=1)), None)


def _filter(query: Query, me: Visitor, case: frozenset[UUID] | None) -> Filter:
    lowest, highest = query.alder.years
    readable = _readable(me)
    return Filter(
        # Which rule it is, is more than that something is there.
        classes=readable if query.regel else me.classes,
        # Who may not read what a handover was sent for, or no handovers, sees what may be seen in rows of their own.
        pairs=readable if DataClass.HANDOVER in readable else frozenset(),
        # Whoever coordinates for the municipality has no rows of their own: theirs are everybody's.
        party=None if me.party is Party.MUNICIPALITY and query.hvem is Move.ALL else me.party,
        side=_SIDES[query.hvem],
        kind=RowKind.HANDOVER if query.hvem is Move.SENT_TO_US else None,
        givers=frozenset(query.fra),
        receivers=frozenset(query.til),
        rules=frozenset(query.regel),
        due=_DUES[query.frist],
        from_age=lowest,
        to_age=highest,
        turning=OF_AGE if query.alder is Age.TURNING_18 else None,
        people=case,
    )


_SIDES = {Move.ALL: Side.ANY, Move.OURS: Side.HOLDER, Move.OTHERS: Side.WAITING, Move.SENT_TO_US: Side.RECEIVER}
_DUES = {Deadline.ALL: Due.ALL, Deadline.OVERDUE: Due.OVERDUE, Deadline.SOON: Due.SOON}


def _readable(me: Visitor) -> frozenset[DataClass]:
    return frozenset(one for one in me.classes if level(me.party, one) >= Level.SUMMARY)


def _case(conn: Any, house: House, query: Query) -> frozenset[UUID] | None:
    """The person of the case number, nobody when there is none, None when it is not asked for."""
    if not query.sag:
        return None
    identity = house.register.by_case_number(conn, query.sag)
    return frozenset({identity.person_id}) if identity else frozenset()


def _titles(rules: RuleSet, party: Party) -> dict[str, str]:
    """The rules that this party has a part in and may know of, by id; of several versions the newest.

    A rule without a giver takes whoever the case names.
    """
    return {
        rule.id: rule.title
        for rule in sorted(rules.rules, key=lambda rule: (rule.title, rule.version))
        if party in {rule.giver or party, rule.receiver, rule.holder} and level(party, rule.data_class) >= Level.SUMMARY
    }


def _only(query: Query, **view: Any) -> Query:
    """What a tile shows: itself, within the other filters."""
    return query.but(**{"frist": Deadline.ALL, "hvem": Move.ALL} | view)


def _tiles(query: Query, counts: worklist.Counts) -> list[Tile]:
    tiles = [
        ("overdue", counts.overdue, ("overskredet frist", "overskredne frister"), "frist", Deadline.OVERDUE),
        ("soon", counts.due_soon, ("frist inden 14 dage", "frister inden 14 dage"), "frist", Deadline.SOON),
        ("new", counts.handovers_to_me, ("sendt til os", "sendt til os"), "hvem", Move.SENT_TO_US),
        ("", counts.waiting_for_others, ("vi venter på andre", "vi venter på andre"), "hvem", Move.OTHERS),
        ("", counts.turning_18, ("fylder 18 inden 6 mdr.", "fylder 18 inden 6 mdr."), "alder", Age.TURNING_18),
    ]
    return [
        Tile(
            kind=kind,
            count=count,
            label=one if count == 1 else many,
            href=(query.but(**{field: type(view)("")}) if is_current else _only(query, **{field: view})).address,
            is_current=is_current,
        )
        for kind, count, (one, many), field, view in tiles
        for is_current in [getattr(query, field) is view]
    ]


def _options(chosen: Sequence[Party], counts: Mapping[Party, int]) -> list[Option]:
    """The parties that there are rows of, and those that are chosen already."""
    return [
        Option(code=party, label=PARTIES[party], is_chosen=party in chosen, count=counts.get(party, 0))
        for party in Party
        if counts.get(party) or party in chosen
    ]


def _chips(query: Query, titles: Mapping[str, str]) -> list[Chip]:
    """Every filter that is on, each with the address without it."""
    on: list[tuple[str, Query]] = []
    if query.frist:
        on.append((_HEADINGS[query.frist], query.but(frist=Deadline.ALL)))
    if query.hvem:
        on.append((_HEADINGS[query.hvem], query.but(hvem=Move.ALL)))
    on += [(f"Fra {PARTIES[one]}", query.but(fra=_without(query.fra, one))) for one in query.fra]
    on += [(f"Til {PARTIES[one]}", query.but(til=_without(query.til, one))) for one in query.til]
    on += [(titles[one], query.but(regel=_without(query.regel, one))) for one in query.regel]
    if query.alder:
        on.append((AGES[query.alder], query.but(alder=Age.ALL)))
    if query.sag:
        on.append((f"Sag {query.sag}", query.but(sag="")))
    if query.beskyttede:
        on.append(("Også med adressebeskyttelse", query.but(beskyttede=False)))
    return [Chip(label=label, href=without.address) for label, without in on]


def _without(chosen: tuple[Any, ...], one: Any) -> tuple[Any, ...]:
    return tuple(other for other in chosen if other != one)


def _heading(query: Query) -> str:
    """The name of the view; a second filter stands in the chips."""
    return _HEADINGS[query.frist or query.hvem or query.alder]


_HEADINGS: Mapping[str, str] = {
    "": "Alle frister og overleveringer",
    Deadline.OVERDUE: "Overskredne frister",
    Deadline.SOON: "Frister inden 14 dage",
    Move.OURS: "Vores næste skridt",
    Move.OTHERS: "Vi venter på andre",
    Move.SENT_TO_US: "Sendt til os",
} | {age: words for age, words in AGES.items() if age}


def _shown(
    listed: Sequence[Listed], identities: Mapping[UUID, Identity], *, with_protected: bool
) -> tuple[list[Listed], int, int]:
    """The rows to show; how many protected people are left out, and how many rows of nobody in the register."""
    known = [one for one in listed if one.person_id in identities]
    left_out = {one.person_id for one in known if not with_protected and identities[one.person_id].protected}
    shown = [one for one in known if one.person_id not in left_out]
    return shown, len(left_out), len(listed) - len(known)
