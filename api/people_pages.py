"""Den unge: one young person's page – what has slipped, the common plan, the life so far, and what happened."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import ClassVar, get_args
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api import person_about, person_events, person_lines, person_timeline
from api.correctable import decides_about_files
from api.errors import GoesOnElsewhere, NotForYou
from api.house import House
from api.pages import Looking, Page, frame, looking, render
from api.person_about import Colleague, Ended
from api.person_events import Gone, Happening
from api.person_lines import Deadline, NextStep, Reader
from api.person_timeline import ZOOMS, TimelineRow
from api.plan_lines import VIEWS, Colour
from api.policy import PEOPLE, policy
from api.sentences import long_day
from api.visitor import Me, TheHouse, Visitor
from api.words import MATTERS, PARTIES
from api.worklist_query import PATH as THE_LIST
from api.worklist_query import list_address
from domain.access import Level, level
from domain.catalogue import BY_TYPE
from domain.choices import ViewOnPlan
from domain.codes import DataClass, Matter, Party
from domain.days import birthday
from domain.events import JourneyStarted, ReasonGiven, ResponsibilityEstablished
from people.register import Identity
from projections.closing_days import current_rules
from projections.person import HandoverLine, PersonView, person_view
from projections.plan import PlanStep
from projections.reading import seen_in, shown_to
from projections.worklist import rows_of_person

router = APIRouter()

EVENTS_A_PAGE = 50
STEPS_ON_THE_PAGE = 8
OLDEST = 30
_LONGEST_WAY = 500
_NUMBER = re.compile(r"[0-9]{1,9}")
_BEGINNING = {BY_TYPE[kind].code for kind in (JourneyStarted, ResponsibilityEstablished, *get_args(ReasonGiven))}


@dataclass(frozen=True, slots=True)
class Way:
    """The page that the visitor came from, and goes back to: an address of ours, None for their list."""

    path: str | None = None

    @property
    def href(self) -> str:
        return self.path or THE_LIST

    @property
    def label(self) -> str:
        if self.href.startswith(THE_LIST):
            return "Tilbage til arbejdslisten"
        if self.href.startswith("/overleveringer"):
            return "Tilbage til overleveringerne"
        if self.href.startswith("/unge?"):
            return "Tilbage til de unge"
        return "Tilbage til mødet" if self.href.startswith("/moeder/") else "Tilbage"

    @property
    def query(self) -> dict[str, str]:
        """What links carry on, so that the way back is not lost."""
        return {"liste": self.path} if self.path else {}

    def to(self, path: str, **more: str) -> str:
        """An address with this way back."""
        query = urlencode(self.query | more)
        return path + (f"?{query}" if query else "")

    def to_person(self, case_number: str, **more: str) -> str:
        """The address of Den unge, with this way back."""
        return self.to(f"/unge/{case_number}", **more)


def way_back(path: str) -> Way:
    """The way back that an address asks for: a view of the worklist by its query, or an address of ours.

    Anything else is the list.
    """
    if path and not path.startswith("/"):
        address = list_address(path)
        return Way(address if address != THE_LIST else None)
    plain = path.isprintable() and "\\" not in path and len(path) <= _LONGEST_WAY
    if not plain or not path.startswith("/") or path.startswith("//"):
        return Way()
    try:
        parts = urlsplit(path)
    except ValueError:
        return Way()
    return Way(None if parts.scheme or parts.netloc else path)


def who_is(look: Looking, house: House, me: Visitor, case_number: str) -> Identity:
    """Whose page it is. Raises NotForYou, the same for somebody unknown and for a visitor without the right.

    Raises GoesOnElsewhere where the number is that of a file that was joined into another.
    """
    who = house.register.by_case_number(look.conn, case_number)
    if who is None or level(me.party, DataClass.MASTER) < Level.SUMMARY:
        raise NotForYou
    if who.case_number != case_number and not look.is_form:
        # What was sent is about the same young person; what is looked at has its own address.
        raise GoesOnElsewhere(case_number, who.case_number)
    return who


@dataclass(frozen=True, slots=True, kw_only=True)
class YoungPage(Page):
    """Den unge. `view` holds what this reader may see; everything else is made from it.

    `erased` names what was erased, `closed` what exists and is kept from the reader, `never` what their role is never
    told of. `ended` and `joined` are the file's own story: whether it is closed, and the numbers of files that were
    laid into it.
    """

    template: ClassVar[str] = "young/person.html"
    who: Identity
    way: Way
    me: Party
    today: date
    view: PersonView
    lead: Colleague | None
    contact: Colleague | None
    knows_contact: bool
    ended: Ended | None
    joined: Sequence[str]
    consent: str
    milepaelen: str | None
    overdue: Sequence[Deadline]
    coming: Sequence[Deadline]
    next_step: NextStep | None
    may_hear: bool
    svg: str | None
    timeline_rows: Sequence[TimelineRow]
    zoom: str
    happenings: Sequence[Happening]
    happenings_count: int
    gone: Sequence[Gone]
    parties: Sequence[Party]
    party: Party | None
    number: int
    closed: Sequence[str]
    erased: Sequence[str]
    never: Sequence[str]
    decides: bool
    command: UUID
    view_words: Mapping[ViewOnPlan, tuple[Colour, str]] = field(default_factory=lambda: VIEWS)
    zooms: Sequence[str] = ZOOMS
    matters: Mapping[Matter, str] = field(default_factory=lambda: MATTERS)
    party_names: Mapping[Party, str] = field(default_factory=lambda: PARTIES)
    pause_reasons: Sequence[tuple[str, str]] = person_lines.PAUSES

    @property
    def path(self) -> str:
        return f"/unge/{self.who.case_number}"

    @property
    def read_only(self) -> bool:
        """Whether nobody follows the young person in this file any longer."""
        return self.ended is not None

    @property
    def steps(self) -> Sequence[PlanStep]:
        """The open steps that stand here, the earliest deadline first; the others are on the plan's own page."""
        return self.view.plan.open_steps[:STEPS_ON_THE_PAGE]

    @property
    def turned_30_on(self) -> date | None:
        """The day the young person turned 30, when that has been."""
        day = birthday(self.view.born_on, OLDEST) if self.view.born_on else None
        return day if day and day <= self.today else None

    @property
    def is_new(self) -> bool:
        """Whether nothing has happened since the journey began."""
        return all(line.code in _BEGINNING for line in self.view.events)

    @property
    def deadlines(self) -> list[Deadline]:
        """The deadlines of rules, the passed ones first. Answers stand with their handovers."""
        return [one for one in (*self.overdue, *self.coming) if not one.is_handover]

    @property
    def open_handovers(self) -> list[HandoverLine]:
        return [one for one in self.view.handovers if one.state.is_open]

    @property
    def answered_handovers(self) -> list[HandoverLine]:
        return [one for one in self.view.handovers if not one.state.is_open]

    def link(self, anchor: str, /, **changes: str | int | None) -> str:
        """This page with other choices, at that part of it."""
        chosen = {"alder": self.zoom, "part": self.party, "side": self.number if self.number > 1 else None}
        kept = {name: str(value) for name, value in (chosen | changes).items() if value}
        query = urlencode(self.way.query | kept)
        return self.path + (f"?{query}" if query else "") + f"#{anchor}"

    @staticmethod
    def long_day(day: date) -> str:
        """3. april 2026."""
        return long_day(day)

    def page_link(self, number: int) -> str:
        """That page of the events."""
        return self.link("haendelser", side=number if number > 1 else None)

    def record_link(self, kind: str = "") -> str:
        """The form that records something, or the choice among them."""
        query = urlencode(({"slags": kind} if kind else {}) | self.way.query)
        return f"{self.path}/haendelser/ny" + (f"?{query}" if query else "")

    @property
    def responsibility_link(self) -> str:
        """Who had which responsibility through the years."""
        return self.way.to(f"{self.path}/ansvar")

    @property
    def plan_link(self) -> str:
        """The common plan."""
        return self.way.to(f"{self.path}/plan")

    def send_link(self, deadline: Deadline) -> str:
        """The form that sends the handover that this deadline asks for."""
        return person_lines.send_link(self.path, deadline.row.row_key)


@router.get("/unge/{case_number}", name="person")
@policy(PEOPLE)
def show(
    request: Request,
    house: TheHouse,
    me: Me,
    case_number: str,
    liste: str = "",
    alder: str = "",
    part: str = "",
    side: str = "",
) -> HTMLResponse:
    """One young person, folded live."""
    rules = current_rules(house.log)
    may, today = partial(level, me.party), house.today
    with looking(request, me) as look:
        who = who_is(look, house, me, case_number)
        history = house.log.history(who.person_id, me.groups, conn=look.conn)
        rows = [listed.row for listed in rows_of_person(look.conn, who.person_id, DataClass)]
        folded = seen_in(shown_to(history, may))
        files = [one for one in (folded.journey.joined_into, *folded.journey.joined) if one]
        names = person_about.names_for(look, house, folded.life, files)
        look.at([who.person_id, *names.files], "person")
    reader = Reader(party=me.party, may=may, path=f"/unge/{case_number}", today=today)
    view = person_view(history, rows, rules, party=me.party, may=may, today=today, folded=folded)
    deadlines = person_lines.deadlines(view, rules, folded.life, reader)
    zoom = alder if alder in ZOOMS else ""
    party = next((one for one in Party if one == part), None)
    newest_first = sorted(view.events, key=lambda line: (line.on, line.known_at, line.position), reverse=True)
    lines = [line for line in newest_first if party is None or person_events.party_of(line) is party]
    number = _page_number(side, len(lines))
    first = (number - 1) * EVENTS_A_PAGE
    closed, never = person_lines.closed_to(view, may)
    ended = person_about.ended(view.ending, names)
    page = YoungPage(
        **frame(request, "Den unge"),
        who=who,
        way=way_back(liste),
        me=me.party,
        today=today,
        view=view,
        lead=names.colleague(view.plan.lead),
        contact=names.colleague(view.plan.contact),
        knows_contact=may(DataClass.EDUCATION) >= Level.SUMMARY,
        ended=ended,
        joined=names.case_numbers(view.joined),
        consent=person_about.consent_in_words(view.plan.consents),
        milepaelen=person_about.milepaelen_link(request, view, case_number),
        overdue=[one for one in deadlines if one.is_overdue],
        coming=[one for one in deadlines if not one.is_overdue],
        next_step=person_lines.next_step(view, deadlines),
        may_hear=may(DataClass.VOICE) >= Level.SUMMARY,
        svg=person_timeline.drawing(view, view.born_on, rules, today, zoom) if view.born_on else None,
        timeline_rows=person_timeline.in_rows(view, rules, today),
        zoom=zoom,
        happenings=person_events.happenings(
            lines[first : first + EVENTS_A_PAGE], view, folded.life, reader, read_only=ended is not None
        ),
        happenings_count=len(lines),
        gone=person_events.gone(folded.life, reader, read_only=ended is not None),
        parties=[one for one in Party if any(person_events.party_of(line) is one for line in view.events)],
        party=party,
        number=number,
        closed=closed,
        erased=person_lines.erased_of(view),
        never=never,
        decides=decides_about_files(me),
        command=uuid4(),
    )
    return render(request, page)


def _page_number(asked: str, lines: int) -> int:
    """The page that an address asks for, or the nearest there is."""
    last = max(1, -(-lines // EVENTS_A_PAGE))
    return max(1, min(int(asked), last)) if _NUMBER.fullmatch(asked) else 1
