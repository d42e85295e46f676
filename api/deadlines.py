"""Frister: one deadline explained on a page of its own, and those that are closed. Pausing a clock: pausing.py."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import ClassVar
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.errors import NotForYou
from api.explanation_words import Section, sections
from api.house import House
from api.pages import Looking, Page, frame, looking, render
from api.people_pages import Way, way_back, who_is
from api.person_lines import PAUSES, agrees, may_pause, may_resume, sees_all_of
from api.policy import PEOPLE, policy
from api.visitor import Me, TheHouse, Visitor
from api.words import PARTIES
from domain.access import Level, level
from domain.codes import DataClass, Party
from domain.facts import Life
from domain.obligations import Obligation, Standing
from domain.rules import Rule, RuleSet
from people.register import Identity
from projections.closing_days import current_rules
from projections.explain import explanations
from projections.explained import Explanation
from projections.reading import seen_in, shown_to
from projections.rows import Row
from projections.worklist import rows_of_person

router = APIRouter()

A_PAGE = 50
CLOSED = {Standing.IN_TIME: ("ok", "Opfyldt"), Standing.LATE: ("neutral", "Opfyldt for sent")}
LAPSED = ("neutral", "Faldet bort")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedLine:
    """A deadline that is closed: since when, and how. `due_on` is None where the law says no day."""

    key: str
    title: str
    holder: Party
    due_on: date | None
    closed_on: date
    chip: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedPage(Page):
    """What was fulfilled or lapsed, the last first. `hides`: there are rules of which the reader sees only a part."""

    template: ClassVar[str] = "young/closed.html"
    who: Identity
    way: Way
    lines: Sequence[ClosedLine]
    total: int
    number: int
    hides: bool
    party_names: Mapping[Party, str] = field(default_factory=lambda: PARTIES)

    @property
    def path(self) -> str:
        return f"/unge/{self.who.case_number}"

    def page_link(self, number: int) -> str:
        """That page of the list."""
        return self.way.to(f"{self.path}/frister", side=str(number))


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinePage(Page):
    """Why one deadline is what it is. `sections` is empty where that is not for the reader's role."""

    template: ClassVar[str] = "young/duty.html"
    who: Identity
    way: Way
    key: str
    rule: Rule
    sections: Sequence[Section]
    is_overdue: bool
    may_pause: bool
    may_resume: bool
    partly: bool
    command: UUID
    pause_reasons: Sequence[tuple[str, str]] = PAUSES

    @property
    def path(self) -> str:
        return f"/unge/{self.who.case_number}"


@dataclass(frozen=True, slots=True)
class SeenLife:
    """One young person as the visitor may see them: whose page, their facts, and the rows of the lists."""

    who: Identity
    life: Life
    rows: Mapping[str, Row]
    rules: RuleSet


def see(look: Looking, house: House, me: Visitor, case_number: str, rules: RuleSet) -> SeenLife:
    """What the visitor may see. Written down as a look."""
    who = who_is(look, house, me, case_number)
    may = partial(level, me.party)
    history = house.log.history(who.person_id, me.groups, conn=look.conn)
    readable = [one for one in DataClass if may(one) >= Level.SUMMARY]
    rows = {one.row.row_key: one.row for one in rows_of_person(look.conn, who.person_id, readable)}
    look.at([who.person_id], "duties")
    return SeenLife(who, seen_in(shown_to(history, may)).life, rows, rules)


@router.get("/unge/{case_number}/frister", name="closed-duties")
@policy(PEOPLE)
def closed(
    request: Request, house: TheHouse, me: Me, case_number: str, liste: str = "", side: str = ""
) -> HTMLResponse:
    """The deadlines that are closed, each leading to its explanation."""
    rules = current_rules(house.log)
    with looking(request, me) as look:
        seen = see(look, house, me, case_number, rules)
    may = partial(level, me.party)
    found = explanations(seen.life, rules, house.today, _closed_to(me.party, rules, house.today))
    lines = sorted(map(_line, found), key=lambda line: (line.closed_on, line.key), reverse=True)
    number = int(side) if side.isascii() and side.isdigit() and len(side) < len(str(10**9)) else 1
    number = max(1, min(number, -(-len(lines) // A_PAGE)))
    page = ClosedPage(
        **frame(request, "Frister, der er lukket"),
        who=seen.who,
        way=way_back(liste),
        lines=lines[(number - 1) * A_PAGE : number * A_PAGE],
        total=len(lines),
        number=number,
        hides=not all(sees_all_of(rule, may) for rule in rules.rules if rule.readings),
    )
    return render(request, page)


def _closed_to(party: Party, rules: RuleSet, day: date) -> Callable[[Obligation], bool]:
    """Which duties this party is told of as closed."""
    whole = {(rule.name, rule.version) for rule in rules.rules if sees_all_of(rule, partial(level, party))}

    def wanted(one: Obligation) -> bool:
        is_closed = one.standing(day) in (Standing.IN_TIME, Standing.LATE, Standing.LAPSED)
        return is_closed and (one.name, one.rule_version) in whole

    return wanted


def _line(it: Explanation) -> ClosedLine:
    owed = it.obligation
    ended_on = it.clearing.cleared.on if it.clearing.cleared else it.lapsed.on if it.lapsed else it.day
    return ClosedLine(
        key=owed.key,
        title=it.rule.title,
        holder=it.holder,
        due_on=owed.due_on if owed.is_dated else None,
        closed_on=ended_on,
        chip=CLOSED.get(it.standing, LAPSED),
    )


@router.get("/unge/{case_number}/frister/{key}", name="duty")
@policy(PEOPLE)
def one(request: Request, house: TheHouse, me: Me, case_number: str, key: str, liste: str = "") -> HTMLResponse:
    """One deadline, explained; it can be printed."""
    rules = current_rules(house.log)
    with looking(request, me) as look:
        seen = see(look, house, me, case_number, rules)
    return show_deadline(request, house, me, seen, key, way_back(liste))


def show_deadline(
    request: Request,
    house: House,
    me: Visitor,
    seen: SeenLife,
    key: str,
    way: Way,
    *,
    errors: dict[str, str] | None = None,
) -> HTMLResponse:
    """The page. Raises NotForYou where there is no such duty, or it is of a class that the visitor may not see."""
    found = explanations(seen.life, seen.rules, house.today, lambda duty: duty.key == key)
    if not found or level(me.party, found[0].rule.data_class) < Level.SUMMARY:
        raise NotForYou
    why, row = found[0], seen.rows.get(key)
    whole = sees_all_of(why.rule, partial(level, me.party))
    told = whole or (row is not None and agrees(why, row))
    if not told and row is None:
        raise NotForYou  # it is closed, and why is not for this visitor
    page = DeadlinePage(
        **frame(request, "Hvorfor er fristen, som den er?") | {"errors": errors or {}},
        who=seen.who,
        way=way,
        key=key,
        rule=why.rule,
        sections=sections(why) if told else (),
        is_overdue=told and why.standing is Standing.OVERDUE,
        may_pause=told and may_pause(why, me.party),
        may_resume=told and may_resume(why, me.party),
        partly=not whole,
        command=uuid4(),
    )
    return render(request, page, 422 if errors else 200)
