"""De unge: whose they are, what they do, and of whom nothing has been heard; lists of people, not of deadlines."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api import young_views
from api.errors import NotForYou
from api.pages import Page, frame, looking, render
from api.policy import PEOPLE, policy
from api.visitor import Me, TheHouse
from api.worklist_query import SIZES, query_text
from api.young_views import NAMES, PATH, QUIET_DAYS, USUAL_DAYS, ViewLink
from domain.days import age_on, birthday
from people.register import Identity
from people.staff import staff_list
from projections import caseload
from projections.caseload import Line, View
from projections.occupation import Occupation

router = APIRouter()

_PAGE = re.compile(r"[0-9]{1,9}")
_BY_CODE = {code: view for view, code in young_views.CODES.items()}

DOES = {
    Occupation.SCHOOL: "i skole",
    Occupation.EDUCATION: "under uddannelse",
    Occupation.JOB: "i job",
    Occupation.ACTIVITY: "i anden aktivitet",
    Occupation.UNKNOWN: "ukendt",
}
"""What somebody does, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One view of the young people. Field names are those of the address."""

    vis: str = ""
    dage: int = USUAL_DAYS
    beskyttede: bool = False
    antal: int = SIZES[0]
    side: int = 1

    @property
    def address(self) -> str:
        """The address of this view."""
        text = query_text(self)
        return f"{PATH}?{text}" if text else PATH


@dataclass(frozen=True, slots=True, kw_only=True)
class YoungLine:
    """One young person in words. `name` None: protected. `away`: the absent colleague whose they are."""

    name: str | None
    case_number: str
    href: str
    age: int
    status: str | None
    status_since: date | None
    contact_person: str | None
    lead_coordinator: str | None
    heard_on: date | None
    away: str | None
    of_age_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YoungListPage(Page):
    """The list. `hidden` counts protected people left out of this page, `unknown` those whom the register has not."""

    template: ClassVar[str] = "young/list.html"
    heading: str
    query: Query
    view: View
    views: Sequence[ViewLink]
    lines: Sequence[YoungLine]
    total: int
    hidden: int
    unknown: int
    shows_status: bool
    shows_contact_person: bool
    shows_coordinator: bool
    stands_in_for: Sequence[str]
    days: Sequence[tuple[int, str]]

    @property
    def with_protected(self) -> str:
        """The same page with protected people on it."""
        return replace(self.query, beskyttede=True).address

    def link_for(self, page: int) -> str:
        """The address of another page of the same view."""
        return replace(self.query, side=page).address


@router.get(PATH, name="young-list")
@policy(PEOPLE)
def show(request: Request, house: TheHouse, me: Me) -> HTMLResponse:
    """The young people of one view. Raises NotForYou for a department that has none."""
    views, today = young_views.views_of(me.party), house.today
    if not views:
        raise NotForYou
    query, faults = read_query(request.query_params, views)
    view = _BY_CODE[query.vis]
    with looking(request, me) as look:
        reader = young_views.reader_of(look.conn, me, today, query.dage)
        links, counts = young_views.links(look.conn, me.party, reader, today, current=view)
        query = replace(query, side=min(query.side, max(1, -(-counts[view] // query.antal))))
        offset = (query.side - 1) * query.antal
        found = caseload.page(look.conn, view, reader, today, offset=offset, limit=query.antal)
        known = house.register.identities(look.conn, {line.person_id for line in found})
        shown = {person: who for person, who in known.items() if query.beskyttede or not who.protected}
        colleagues = {one.staff_id: one.name for one in staff_list(look.conn, house.log.keys)}
        look.at(sorted(shown), "young")
    others = {staff_id: colleagues.get(staff_id, _LEFT) for staff_id in reader.staff - {me.staff.staff_id}}
    # Who has to find out what the young people do is told it on every list of theirs.
    shows_status = View.UNKNOWN in views
    words = _Words(me.staff.staff_id, today, query.address, colleagues, others, view, shows_status=shows_status)
    return render(
        request,
        YoungListPage(
            **frame(request, NAMES[view], "young") | {"errors": faults},
            heading=NAMES[view],
            query=query,
            view=view,
            views=links,
            lines=[words.line(line, shown[line.person_id]) for line in found if line.person_id in shown],
            total=counts[view],
            hidden=len(known) - len(shown),
            unknown=len(found) - len(known),
            shows_status=shows_status,
            shows_contact_person=caseload.may_ask(View.WITHOUT_CONTACT_PERSON, reader.classes),
            shows_coordinator=caseload.may_ask(View.WITHOUT_COORDINATOR, reader.classes),
            stands_in_for=sorted(others.values()),
            days=[(days, replace(query, dage=days, side=1).address) for days in QUIET_DAYS],
        ),
        status=422 if faults else 200,
    )


def read_query(given: Mapping[str, str], views: Sequence[View]) -> tuple[Query, dict[str, str]]:
    """The view that is asked for, and by field what could not be understood; the first view when none is."""
    faults: dict[str, str] = {}
    codes = [young_views.CODES[view] for view in views]
    vis = given.get("vis", "") or codes[0]
    if vis not in codes:
        faults["vis"] = "Din afdeling har ikke den visning. Du ser den første af dem, I har."
        vis = codes[0]
    days = (given.get("dage", "") if vis == young_views.CODES[View.QUIET] else "") or str(USUAL_DAYS)
    if days not in map(str, QUIET_DAYS):
        faults["dage"] = "Vælg 30, 60 eller 90 dage."
        days = str(USUAL_DAYS)
    size = given.get("antal", "") or str(SIZES[0])
    if size not in map(str, SIZES):
        faults["antal"] = "Vælg 50 eller 100 linjer pr. side."
        size = str(SIZES[0])
    page = given.get("side", "") or "1"
    if not (_PAGE.fullmatch(page) and int(page)):
        faults["side"] = "Sidetallet i adressen er ikke et tal fra 1 og op. Du ser den første side."
        page = "1"
    protected = given.get("beskyttede", "") == "1"
    return Query(vis=vis, dage=int(days), beskyttede=protected, antal=int(size), side=int(page)), faults


_LEFT = "har forladt kommunen"


@dataclass(frozen=True, slots=True)
class _Words:
    """For whom lines are put in words. `colleagues` work here now; for `others` the visitor stands in."""

    me: str
    today: date
    back: str
    colleagues: Mapping[str, str]
    others: Mapping[str, str]
    view: View
    shows_status: bool

    def line(self, line: Line, who: Identity) -> YoungLine:
        named = [one for one in (line.contact_person, line.lead_coordinator) if one]
        away = [self.others[one] for one in named if one in self.others]
        return YoungLine(
            name=None if who.protected else who.name,
            case_number=who.case_number,
            href=f"/unge/{who.case_number}?liste={quote(self.back, safe='')}",
            age=age_on(line.born_on, self.today),
            status=DOES[line.status] if line.status and self.shows_status else None,
            status_since=line.status_since,
            contact_person=self._name(line.contact_person),
            lead_coordinator=self._name(line.lead_coordinator),
            heard_on=line.heard_on,
            away=away[0] if self.view is View.MINE and away and self.me not in named else None,
            of_age_on=birthday(line.born_on, caseload.OF_AGE) if self.view is View.TURNING_18 else None,
        )

    def _name(self, staff_id: str | None) -> str | None:
        return None if staff_id is None else self.colleagues.get(staff_id, _LEFT)
