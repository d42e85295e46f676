"""Min arbejdsliste: the deadlines and open handovers in which the visitor's own department has a part."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api import search, young_views
from api import worklist_parts as parts
from api.house import House
from api.pages import frame, looking, render
from api.policy import PEOPLE, policy
from api.visitor import Me, TheHouse, Visitor
from api.worklist_page import WAY, Said, WorklistPage
from api.worklist_parts import Option, Tile, only
from api.worklist_query import NO_SUCH_RULE, Age, Deadline, Move, Query, read_query
from api.worklist_rows import Reader
from api.young_views import ViewLink
from domain.access import Level, level
from domain.catalogue import BY_CODE
from domain.codes import ContactWay, DataClass, Party
from domain.rules import RuleSet
from people.register import Identity
from projections import worklist
from projections.closing_days import current_rules
from projections.rows import CONTACT, NO_DATE, RowKind
from projections.worklist import Due, Filter, Listed, Side

router = APIRouter()
router.include_router(search.router)

OF_AGE = 18


@router.get("/arbejdsliste", name="worklist")
@policy(PEOPLE)
def show(request: Request, house: TheHouse, me: Me) -> HTMLResponse:
    """What is overdue, what comes, and who has the next move."""
    query, faults = read_query(request.query_params.multi_items())
    return the_list(request, house, me, query, faults)


def the_list(
    request: Request,
    house: House,
    me: Visitor,
    query: Query,
    faults: dict[str, str] | None = None,
    *,
    said: Said | None = None,
    status: int = 200,
) -> HTMLResponse:
    """The page of this view, also as the answer to what was sent from one of its rows."""
    rules, faults = current_rules(house.log), dict(faults or {})
    titles = _titles(rules, me.party)
    if not set(query.regel) <= titles.keys():
        faults["regel"] = NO_SUCH_RULE
        query = replace(query, regel=tuple(rule for rule in query.regel if rule in titles))
    with looking(request, me) as look:
        found = _find(look.conn, house, me, query)
        identities = house.register.identities(look.conn, {one.person_id for one in found.listed})
        shown, hidden, unknown = _shown(found.listed, identities, with_protected=query.beskyttede)
        look.at(sorted({one.person_id for one in shown}), "worklist")
    reader = Reader(
        party=me.party,
        today=house.today,
        closed_days=rules.closed_days,
        titles=titles,
        view=found.query.text,
        contact=cleared_by_contact(rules, me),
        to_do={rule.name: rule.what_to_do for rule in rules.rules},
    )
    way = request.cookies.get(WAY, "")
    return render(
        request,
        WorklistPage(
            **frame(request, "Min arbejdsliste", "worklist") | {"errors": faults},
            heading=parts.heading(query),
            home_text=parts.home_text(me.party),
            query=found.query,
            tiles=found.tiles,
            views=found.views,
            givers=parts.options(query.fra, found.givers),
            receivers=parts.options(query.til, found.receivers),
            rules=[Option(code=code, label=title, is_chosen=code in query.regel) for code, title in titles.items()],
            chips=parts.chips(query, titles),
            rows=[reader.row(one.row, identities[one.person_id]) for one in shown],
            total=found.total,
            resting=found.resting,
            hidden=hidden,
            unknown=unknown,
            next_due_on=found.next_due_on,
            today=house.today,
            way=way if way in set(ContactWay) else ContactWay.PHONE,
            said=said,
        ),
        status=422 if faults else status,
    )


def cleared_by_contact(rules: RuleSet, me: Visitor) -> frozenset[str]:
    """The rules that contact clears, if the visitor's department is the one that records contact."""
    records = BY_CODE[CONTACT].may_be_recorded_by(me.party) and level(me.party, DataClass.EDUCATION) >= Level.SUMMARY
    return frozenset(rule.id for rule in rules.rules if CONTACT in rule.cleared_by) if records else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the tables answered. `givers` and `receivers` say how many rows each would show."""

    query: Query
    tiles: Sequence[Tile]
    views: Sequence[ViewLink]
    givers: Mapping[Party, int]
    receivers: Mapping[Party, int]
    total: int
    resting: int
    listed: Sequence[Listed]
    next_due_on: date | None


def _find(conn: Any, house: House, me: Visitor, query: Query) -> _Found:
    today = house.today
    case = _case(conn, house, query)

    def asked(of: Query) -> Filter:
        return _filter(of, me, case)

    counts = worklist.counts(conn, asked(only(query)), today)
    # The tile of those who turn 18 takes the place of the age that is asked for now.
    turning = counts if query.alder in _NO_BAND else worklist.counts(conn, asked(only(query, alder=Age.ALL)), today)
    resting = 0
    if counts.resting and not query.hvilende:
        resting = worklist.size(conn, replace(asked(query), resting=True), today)
    givers, receivers, total = _by_party(conn, query, asked(query.but(fra=(), til=())), today)
    # A kept address may point behind the end of a list that has become shorter.
    last_page = max(1, -(-total // query.antal))
    query = replace(query, side=min(query.side, last_page))
    offset = (query.side - 1) * query.antal
    return _Found(
        query=query,
        tiles=parts.tiles(query, counts, turning),
        views=young_views.links(conn, me.party, young_views.reader_of(conn, me, today), today)[0],
        givers=givers,
        receivers=receivers,
        total=total,
        resting=resting,
        listed=worklist.page(conn, asked(query), today, offset=offset, limit=query.antal),
        next_due_on=None if total else _next_due_on(conn, asked(only(query)), today),
    )


_NO_BAND = frozenset({Age.ALL, Age.TURNING_18})


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
    coming = replace(wanted, due=Due.SOON, soon=(NO_DATE - today).days - 1, resting=None)
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
        rests_for=me.party,
        resting=None if query.hvilende else False,
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

    A rule without a giver takes whoever the case names. Whoever coordinates for the municipality has a part in all.
    """
    return {
        rule.id: rule.title
        for rule in sorted(rules.rules, key=lambda rule: (rule.title, rule.version))
        if party in {rule.giver or party, rule.receiver, rule.holder, Party.MUNICIPALITY}
        and level(party, rule.data_class) >= Level.SUMMARY
    }


def _shown(
    listed: Sequence[Listed], identities: Mapping[UUID, Identity], *, with_protected: bool
) -> tuple[list[Listed], int, int]:
    """The rows to show; how many protected people are left out, and how many rows of nobody in the register."""
    known = [one for one in listed if one.person_id in identities]
    left_out = {one.person_id for one in known if not with_protected and identities[one.person_id].protected}
    shown = [one for one in known if one.person_id not in left_out]
    return shown, len(left_out), len(listed) - len(known)
