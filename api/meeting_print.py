"""Dagsorden on paper: a line per case with what the table must know, room for notes, and whose copy it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.house import House
from api.meeting_room import Case, Room, cases_of, meeting_day, the_meeting
from api.pages import Page, frame, looking, render
from api.person_lines import rule_of, title_of
from api.policy import PEOPLE, policy
from api.printing import CONFIDENTIAL, printed_by
from api.sentences import in_words, many
from api.visitor import Me, TheHouse, Visitor
from api.words import CLASSES
from api.worklist_rows import standing_of, status_of
from domain.access import Level, level
from domain.codes import DataClass, Party
from domain.rules import Rule, RuleSet
from projections.closing_days import current_rules
from projections.person import HandoverLine, PersonView, person_view
from projections.plan import PlanStep
from projections.rows import Row, RowKind
from projections.worklist import rows_of_person

router = APIRouter()

MOST_DEADLINES, MOST_HANDOVERS, MOST_STEPS = 3, 2, 2
LONG_GOAL, LONG_STEP = 140, 70
"""Characters that stand on the paper; the rest is on the young person's page. So twelve cases are four sheets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something in a cell: what it is, its deadline and how far away that is, and a smaller line below."""

    what: str
    due: str
    status: str
    is_overdue: bool = False
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The first items, and in words how many there are besides."""

    items: Sequence[Item]
    besides: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCase:
    """One case. `goal` None: not written down, or not for this reader, as `goal_note` says."""

    case: Case
    age: int | None
    deadlines: Cell
    handovers: Cell
    steps: Cell
    goal: str | None
    goal_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage(Page):
    """The agenda to print. Names are shown when they are asked for, and never of those who are protected."""

    template: ClassVar[str] = "meetings/print.html"
    room: Room
    day: str
    cases: Sequence[SheetCase]
    gone: int
    named: bool
    sources: Sequence[Rule]
    printed: str
    confidential: str = CONFIDENTIAL

    @property
    def path(self) -> str:
        return f"{self.room.path}/udskrift"


@router.get("/moeder/{meeting_id}/udskrift", name="print-agenda")
@policy(PEOPLE)
def sheet(request: Request, house: TheHouse, me: Me, meeting_id: str, navn: str = "") -> HTMLResponse:
    """The agenda as far as this reader may see; `navn=1` with names."""
    rules = current_rules(house.log)
    with looking(request, me) as look:
        room = the_meeting(look, house, me, meeting_id)
        cases = cases_of(look, house, me, room, rules)
        look.at([case.who.person_id for case in cases], "meeting")
        seen = [(case, *_seen(look.conn, house, me, case, rules)) for case in cases]
    printed = [_case(case, view, rows, rules, me.party, house.today) for case, view, rows in seen]
    used = {rule.id: rule for _, _, rows in seen for rule in _rules_of(rows, rules, me.party)}
    page = SheetPage(
        **frame(request, f"Dagsorden for ungemøde {meeting_day(room.held_on)}", "meetings"),
        room=room,
        day=meeting_day(room.held_on),
        cases=printed,
        gone=len(room.meeting.agenda) - len(cases),
        named=navn == "1",
        sources=[used[code] for code in sorted(used)],
        printed=printed_by(me, house.now),
    )
    return render(request, page)


def first_words(text: str, most: int) -> str:
    """The text in one line; when it is long, its first words and a sign that there is more."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    # A long word is cut where the room ends, or hardly anything would be left.
    return (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut) + " …"


def _seen(conn: Any, house: House, me: Visitor, case: Case, rules: RuleSet) -> tuple[PersonView, list[Row]]:
    """The person as this reader sees them, and the deadlines that they may know of, the earliest first."""
    person = case.who.person_id
    history = house.log.history(person, me.groups, conn=conn)
    rows = [listed.row for listed in rows_of_person(conn, person, DataClass)]
    view = person_view(history, rows, rules, party=me.party, may=partial(level, me.party), today=house.today)
    known = (row for row in rows if row.kind is RowKind.OBLIGATION and row.data_class in me.classes)
    return view, [row for row in known if row.stands_on(house.today)]


def _case(case: Case, view: PersonView, rows: Sequence[Row], rules: RuleSet, reader: Party, today: date) -> SheetCase:
    waiting = [one for one in view.handovers if one.state.is_open]
    goal = view.goal.words if view.goal else None
    note = "" if goal else "Ordene vises ikke for din rolle" if view.goal else "Ikke skrevet ned endnu"
    if level(reader, DataClass.VOICE) < Level.SUMMARY:
        note = "Vises ikke for din rolle"
    return SheetCase(
        case=case,
        age=view.age,
        deadlines=_cell([_deadline(row, rules, reader, today) for row in rows], MOST_DEADLINES, "frist", "frister"),
        handovers=_cell(
            [_handover(one, rules, today) for one in waiting], MOST_HANDOVERS, "overlevering", "overleveringer"
        ),
        steps=_cell([_step(one, rules, today) for one in view.open_steps], MOST_STEPS, "skridt", "skridt"),
        goal=first_words(goal, LONG_GOAL) if goal else None,
        goal_note=note,
    )


def _cell(items: Sequence[Item], most: int, one: str, more: str) -> Cell:
    left = len(items) - most
    return Cell(items=items[:most], besides=f"og {many(left, one, more)} til" if left > 0 else "")


def _deadline(row: Row, rules: RuleSet, reader: Party, today: date) -> Item:
    """Of a class that the reader may only know exists, nothing more is said."""
    kind, status = standing_of(row, today, rules.closed_days)
    known = level(reader, row.data_class) >= Level.SUMMARY
    rule = rule_of(row, rules) if known else None
    source = f"{rule.id}, {_short_source(rule)}. " if rule else ""
    return Item(
        what=title_of(row, rules) if known else f"Noget om {CLASSES[row.data_class]}",
        due=in_words(row.due_on) if row.has_date else "",
        status=status,
        is_overdue=kind == "overdue",
        more=f"{source}{_who_waits(row)}",
    )


def _who_waits(row: Row) -> str:
    """Voksen & Handicap venter på Børn & Familie."""
    others = [in_words(party) for party in dict.fromkeys((row.giver, row.receiver)) if party is not row.holder]
    if not others:
        return f"Venter på {in_words(row.holder)}"
    return f"{' og '.join(others)} venter på {in_words(row.holder)}"


def _short_source(rule: Rule) -> str:
    """The act and section; the whole source stands once below the table."""
    return rule.source.partition(" (")[0].partition(":")[0]


def _handover(one: HandoverLine, rules: RuleSet, today: date) -> Item:
    _, status = status_of(one.answer_by, today, rules.closed_days)
    return Item(
        what=f"{in_words(one.matter)[:1].upper()}{in_words(one.matter)[1:]}: {in_words(one.state)}",
        due=f"svar senest {in_words(one.answer_by)}",
        status=status,
        is_overdue=one.is_overdue,
        more=f"Sendt {in_words(one.sent_on)}. {in_words(one.giver)} venter på {in_words(one.receiver)}",
    )


def _step(step: PlanStep, rules: RuleSet, today: date) -> Item:
    _, status = status_of(step.due_on, today, rules.closed_days)
    waits = f" venter på {in_words(step.waits_for)}" if step.waits_for else ""
    return Item(
        what=first_words(step.what, LONG_STEP) if step.what else f"Skridt om {in_words(step.matter)}",
        due=f"{in_words(step.responsible)}{waits}, senest {in_words(step.due_on)}",
        status=status,
        is_overdue=step.is_overdue,
        more="" if step.what else "Teksten vises ikke for din rolle",
    )


def _rules_of(rows: Sequence[Row], rules: RuleSet, reader: Party) -> Iterator[Rule]:
    """The rules that are named on the paper."""
    for row in rows[:MOST_DEADLINES]:
        rule = rule_of(row, rules)
        if rule is not None and level(reader, row.data_class) >= Level.SUMMARY:
            yield rule
