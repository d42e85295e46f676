"""Referat: what a meeting decided, case by case. The words stand on the journeys and are read there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.meeting_room import Case, Room, cases_of, meeting_day, the_meeting
from api.pages import Page, frame, looking, render
from api.policy import PEOPLE, policy
from api.sentences import in_words
from api.visitor import Me, TheHouse
from domain.codes import DecisionKind, Party
from projections.closing_days import current_rules
from projections.meetings import Decided, decided

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteLine:
    """One decision. `text` None: the reader may not read it. `link` leads to the handover, when it is one."""

    kind: str
    text: str | None
    responsible: Party
    due_on: str
    state: str
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMinutes:
    """What was decided about one young person."""

    case: Case
    lines: Sequence[MinuteLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPage(Page):
    """The minutes. Names are shown when they are asked for, and never of those who are protected.

    `gone` counts those on the agenda who have been erased since.
    """

    template: ClassVar[str] = "meetings/minutes.html"
    room: Room
    day: str
    cases: Sequence[CaseMinutes]
    named: bool
    count: int
    gone: int
    today: date


@router.get("/moeder/{meeting_id}/referat", name="minutes")
@policy(PEOPLE)
def minutes(request: Request, house: TheHouse, me: Me, meeting_id: str, navn: str = "") -> HTMLResponse:
    """The minutes, as far as this reader may see."""
    rules = current_rules(house.log)
    with looking(request, me) as look:
        room = the_meeting(look, house, me, meeting_id)
        cases = cases_of(look, house, me, room, rules)
        look.at([case.who.person_id for case in cases], "meeting")
        decided_on = {line.person for line in room.meeting.minutes}
        found = [
            CaseMinutes(
                case=case,
                lines=[
                    minute_line(one, case.who.case_number)
                    for one in decided(
                        room.meeting,
                        case.who.person_id,
                        house.log.history(case.who.person_id, me.groups, conn=look.conn).entries,
                        me.party,
                    )
                ]
                if case.who.person_id in decided_on
                else [],
            )
            for case in cases
        ]
    page = MinutesPage(
        **frame(request, f"Referat af ungemøde {meeting_day(room.held_on)}", "meetings"),
        room=room,
        day=meeting_day(room.held_on),
        cases=found,
        named=navn == "1",
        count=sum(len(one.lines) for one in found),
        gone=len(room.meeting.agenda) - len(cases),
        today=house.today,
    )
    return render(request, page)


def minute_line(one: Decided, case_number: str) -> MinuteLine:
    """A decision in words."""
    kind = "Skridt i planen" if one.line.kind is DecisionKind.PLAN_STEP else "Overlevering"
    if one.line.kind is DecisionKind.HANDOVER and one.matter and one.giver:
        kind = f"Overlevering af {in_words(one.matter)} fra {in_words(one.giver)}"
    state = in_words(one.state) if one.state else ""
    if one.done_on:
        state = f"Gjort {in_words(one.done_on)}"
    elif one.line.kind is DecisionKind.PLAN_STEP and one.matter:
        state = "Ikke gjort endnu"
    return MinuteLine(
        kind=kind,
        text=one.text,
        responsible=one.responsible,
        due_on=in_words(one.due_on),
        state=state,
        link=f"/unge/{case_number}/overleveringer/{one.handover_id}" if one.handover_id else None,
    )
