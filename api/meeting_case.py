"""One case at the meeting, for a projector: where it stands, who does what, and what is decided now.

A decision is an event on the young person's journey and a line of the minutes that points at it, in one
transaction: both or neither.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, ClassVar
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api.errors import NotForYou
from api.form_dates import day_fault, read_date, written
from api.form_texts import MAYBE_CPR, TheForm, carried_command, command_of, like_cpr, text_fault, text_of
from api.house import House
from api.meeting_decisions import handover_steps, plan_step
from api.meeting_minutes import MinuteLine, minute_line
from api.meeting_room import Case, Room, cases_of, meeting_day, the_meeting
from api.meeting_standing import Chip, Todo, Wished, chips, todos, wishes_since
from api.pages import Looking, Page, frame, looking, render, see_other
from api.person_lines import closed_to
from api.person_timeline import TimelineRow, drawing, in_rows
from api.policy import PEOPLE, policy
from api.sentences import capital, in_words
from api.visitor import Me, TheHouse, Visitor
from api.words import REFUSALS
from domain.access import Level, level
from domain.codes import DataClass, DecisionKind, Matter, Party
from domain.decisions import take_decision
from domain.events import MeetingEvent
from domain.meeting import Meeting
from domain.refused import Refused
from domain.rules import RuleSet
from domain.text import FreeText
from eventlog import Recorded, Step
from eventlog import meeting as meeting_stream
from projections.closing_days import current_rules
from projections.handover import may_see_handovers
from projections.meetings import decided, last_meeting_about
from projections.person import PersonView, person_view
from projections.reading import seen_in, shown_to
from projections.rows import Row
from projections.worklist import rows_of_person

router = APIRouter()

KINDS = [(DecisionKind.PLAN_STEP.value, "Skridt i planen"), (DecisionKind.HANDOVER.value, "Overlevering")]
MATTERS = [(matter.value, capital(in_words(matter))) for matter in Matter]


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage(Page):
    """One case. The name is only shown when it is asked for, never in the title, and never when it is protected."""

    template: ClassVar[str] = "meetings/case.html"
    room: Room
    day: str
    case: Case
    of: int
    named: bool
    age: int | None
    chips: Sequence[Chip]
    svg: str | None
    timeline_rows: Sequence[TimelineRow]
    todos: Sequence[Todo]
    wishes: Sequence[Wished]
    closed: Sequence[str]
    lines: Sequence[MinuteLine]
    form: Mapping[str, Any]
    maybe_cpr: bool
    command: str
    today: date
    parties: Sequence[tuple[str, str]]
    kinds: Sequence[tuple[str, str]]
    matters: Sequence[tuple[str, str]]

    @property
    def path(self) -> str:
        return f"{self.room.path}/sag/{self.case.number}"

    def neighbour(self, by: int) -> str | None:
        """The case before (-1) or after (1); None at the ends."""
        number = self.case.number + by
        return f"{self.room.path}/sag/{number}" if 1 <= number <= self.of else None

    @property
    def back_to_here(self) -> str:
        return f"/unge/{self.case.who.case_number}?liste={self.path}"

    @property
    def plan_link(self) -> str:
        return f"/unge/{self.case.who.case_number}/plan?liste={self.path}"


@dataclass(frozen=True, slots=True)
class _Seen:
    """A case as this visitor sees it."""

    room: Room
    case: Case
    of: int
    view: PersonView
    rows: Sequence[Row]
    rules: RuleSet
    lines: Sequence[MinuteLine]
    wishes: Sequence[Wished]


@router.get("/moeder/{meeting_id}/sag/{number}", name="case")
@policy(PEOPLE)
def show(request: Request, house: TheHouse, me: Me, meeting_id: str, number: str, navn: str = "") -> HTMLResponse:
    """One case on the screen; `navn=1` shows the name for this case."""
    rules = current_rules(house.log)
    with looking(request, me) as look:
        seen = _look(look, house, me, meeting_id, number, rules)
    empty = {"what": "", "who": "", "due_on": None, "kind": DecisionKind.PLAN_STEP.value, "matter": ""}
    return _page(request, house, me, seen, empty, named=navn == "1")


@router.post("/moeder/{meeting_id}/sag/{number}", name="decide")
@policy(PEOPLE)
def decide(request: Request, house: TheHouse, me: Me, meeting_id: str, number: str, form: TheForm) -> Response:
    """Keep what the meeting decided, or show the form again with what is wrong."""
    rules = current_rules(house.log)
    # The agenda may have moved since the form was shown; the case number says whom the decision is about.
    with looking(request, me) as look:
        seen = _look(look, house, me, meeting_id, number, rules, case_number=text_of(form, "sag"))
    due_on, command = read_date(form, "due_on", house.today, what="Fristen"), command_of(form)
    errors, named = _faults(form, due_on, house.today), text_of(form, "navn") == "1"
    if not errors and command is not None and isinstance(due_on, date):
        try:
            recorded = _record(house, me, seen, form, due_on, command)
        except Refused as refusal:
            errors = {_FIELDS.get(refusal.reason, "form"): _REFUSALS.get(refusal.reason, REFUSALS[refusal.reason])}
        else:
            notice = "beslutning" if house.wait_for_lists(recorded.position) else "paa-vej"
            path = f"{seen.room.path}/sag/{seen.case.number}?besked={notice}"
            return see_other(path + ("&navn=1" if named else ""))
    said: dict[str, Any] = {name: text_of(form, name) for name in ("what", "who", "kind", "matter")}
    said["due_on"] = written(form, "due_on")
    return _page(request, house, me, seen, said, named=named, errors=errors, carried=carried_command(form))


_FIELDS = {
    "same-party": "who",
    "already-sent": "matter",
    "due-before-agreed": "due_on",
    "answer-before-sending": "due_on",
}
_REFUSALS = {"same-party": "Afdelingen har allerede ansvaret. Vælg en anden, eller aftal et skridt i planen."}


def _record(house: House, me: Visitor, seen: _Seen, form: FormData, due_on: date, command: UUID) -> Recorded:
    """Write the decision on the journey and in the minutes, both or neither. Raises Refused."""
    person, on, entry_id = seen.case.who.person_id, house.today, uuid4()
    what, who, kind = FreeText(text_of(form, "what")), Party(text_of(form, "who")), DecisionKind(text_of(form, "kind"))

    def into_minutes(so_far: Meeting) -> Sequence[MeetingEvent]:
        return take_decision(so_far, person=person, entry_id=entry_id, kind=kind, responsible=who, due_on=due_on, on=on)

    if kind is DecisionKind.HANDOVER:
        steps = handover_steps(
            person, Matter(text_of(form, "matter")), receiver=who, answer_by=due_on, note=what, on=on, entry_id=entry_id
        )
    else:
        steps = [plan_step(person, responsible=who, what=what, due_on=due_on, on=on, entry_id=entry_id)]
    return house.log.record_together(
        [*steps, Step(stream=meeting_stream(seen.room.id), decide=into_minutes)],
        by=me.actor,
        known_at=house.now,
        command_id=command,
    )


def _faults(form: FormData, due_on: date | str, today: date) -> dict[str, str]:
    """What is wrong, by field and in the order of the page."""
    errors: dict[str, str] = {}
    what, kind, who = text_of(form, "what"), text_of(form, "kind"), text_of(form, "who")
    if fault := text_fault(what):
        errors["what"] = fault if what else "Skriv, hvad der skal ske."
    if who not in {code for code, _ in _parties()}:
        errors["who"] = "Vælg, hvem der gør det."
    if fault := day_fault(due_on, today, "Fristen"):
        errors["due_on"] = fault
    if kind not in {code for code, _ in KINDS}:
        errors["kind"] = "Vælg, hvad beslutningen er."
    if kind == DecisionKind.HANDOVER and text_of(form, "matter") not in set(Matter):
        errors["matter"] = "Vælg, hvilket ansvar der overleveres."
    if not errors and like_cpr(what) and not form.get("ikke_cpr"):
        errors["ikke_cpr"] = MAYBE_CPR
    if command_of(form) is None:
        errors["form"] = "Formularen var for gammel. Se den igennem, og gem igen."
    return errors


def _parties() -> list[tuple[str, str]]:
    """Who can be given something to do: those who can see that they were."""
    return [(party.value, in_words(party)) for party in Party if may_see_handovers(party)]


def _look(
    look: Looking,
    house: House,
    me: Visitor,
    meeting_id: str,
    number: str,
    rules: RuleSet,
    *,
    case_number: str | None = None,
) -> _Seen:
    """The case with this number on the agenda, or with this case number. NotForYou when it is not there."""
    room = the_meeting(look, house, me, meeting_id)
    cases = cases_of(look, house, me, room, rules)
    wanted = [
        case
        for case in cases
        if (str(case.number) == number if case_number is None else case.who.case_number == case_number)
    ]
    if not wanted:
        raise NotForYou
    case = wanted[0]
    look.at([case.who.person_id], "meeting")
    history = house.log.history(case.who.person_id, me.groups, conn=look.conn)
    rows = [listed.row for listed in rows_of_person(look.conn, case.who.person_id, DataClass)]
    may = partial(level, me.party)
    folded = seen_in(shown_to(history, may))
    view = person_view(history, rows, rules, party=me.party, may=may, today=house.today, folded=folded)
    before = last_meeting_about(house.log, look.conn, case.who.person_id, before=room.held_on)
    lines = decided(room.meeting, case.who.person_id, history.entries, me.party)
    return _Seen(
        room=room,
        case=case,
        of=len(cases),
        view=view,
        rows=[row for row in rows if row.data_class in me.classes and row.stands_on(house.today)],
        rules=rules,
        lines=[minute_line(one, case.who.case_number) for one in lines],
        wishes=wishes_since(folded.life, before, reads=may(DataClass.PLAN) >= Level.FULL),
    )


def _page(
    request: Request,
    house: House,
    me: Visitor,
    seen: _Seen,
    form: Mapping[str, Any],
    *,
    named: bool,
    errors: dict[str, str] | None = None,
    carried: UUID | None = None,
) -> HTMLResponse:
    view, today = seen.view, house.today
    closed, never = closed_to(view, partial(level, me.party))
    page = CasePage(
        **frame(request, f"Sag {seen.case.number} af {seen.of}", "meetings") | {"errors": errors or {}},
        room=seen.room,
        day=meeting_day(seen.room.held_on),
        case=seen.case,
        of=seen.of,
        named=named,
        age=view.age,
        chips=list(chips(view, seen.rows, today, may_hear=level(me.party, DataClass.VOICE) >= Level.SUMMARY)),
        svg=drawing(view, view.born_on, seen.rules, today, "", text_size=16) if view.born_on else None,
        timeline_rows=in_rows(view, seen.rules, today),
        todos=todos(view, seen.rows, seen.rules, me.party, today),
        wishes=seen.wishes,
        closed=[*closed, *never],
        lines=seen.lines,
        form=form,
        maybe_cpr=like_cpr(str(form["what"])),
        # Nothing was recorded, so the form keeps its command: sent twice it is still one decision.
        command=str(carried or uuid4()),
        today=today,
        parties=_parties(),
        kinds=KINDS,
        matters=MATTERS,
    )
    return render(request, page, 422 if errors else 200)
