"""Møder: which there are, and the agenda of one – who is on it and why, and who ought to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api import meeting_case, meeting_minutes
from api.form_dates import day_fault, read_date, written
from api.form_texts import TheForm, carried_command, text_of
from api.house import House
from api.meeting_room import Case, cases_of, meeting_day, must_meet, the_meeting
from api.meeting_standing import Wished
from api.pages import Looking, Page, frame, looking, render, see_other
from api.policy import PEOPLE, SIGNED_IN, policy
from api.search import may_stand
from api.sentences import in_words, many
from api.visitor import Me, TheHouse, Visitor
from database import Role
from domain.access import Level, level
from domain.codes import AgendaReason, DataClass
from domain.decisions import call_meeting, put_on_agenda
from domain.events import AgendaItemWished, MeetingEvent
from domain.facts import life_of
from domain.meeting import Meeting
from domain.rules import RuleSet
from eventlog import meeting as meeting_stream
from people.register import Identity
from projections.agenda import Suggestion, open_wishes, reasons_for, since_when, suggestions
from projections.closing_days import current_rules
from projections.meetings import Calendar, Called, calendar, called, meeting_ids
from projections.wishes import Wish

router = APIRouter()
router.include_router(meeting_case.router)
router.include_router(meeting_minutes.router)

MEETINGS_A_PAGE = 50
ALL = "alle"
"""What the form of a suggestion carries when no reason was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsPage(Page):
    """The meetings. `number` is which page of them, the latest called first; `is_last`: there are no older."""

    template: ClassVar[str] = "meetings/list.html"
    calendar: Calendar
    number: int
    is_last: bool
    form: Mapping[str, Any] = field(default_factory=dict)
    command: str
    today: date

    @staticmethod
    def day(one: Called) -> str:
        return meeting_day(one.held_on)

    @staticmethod
    def people(one: Called) -> str:
        return many(one.people, "sag", "sager") if one.people else "Ingen sager endnu"

    @staticmethod
    def decisions(one: Called) -> str:
        return many(one.decisions, "beslutning", "beslutninger") if one.decisions else "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Somebody who ought to be on the agenda. `due_on` is None where nothing but a wish speaks for it."""

    who: Identity
    why: str
    due_on: date | None
    wishes: Sequence[Wished]


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrower:
    """A link that shows the suggestions with one reason only; `code` "" is all of them."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPage(Page):
    """One meeting's agenda, and suggestions to it."""

    template: ClassVar[str] = "meetings/agenda.html"
    meeting_id: UUID
    day: str
    cases: Sequence[Case]
    gone: int
    decisions: Mapping[UUID, int]
    lines: Sequence[Line]
    total: int
    narrower: Sequence[Narrower]
    reason: str
    asked: str = ""

    @property
    def path(self) -> str:
        return f"/moeder/{self.meeting_id}"

    def narrow(self, code: str) -> str:
        """This page with suggestions for that reason."""
        return self.path + (f"?{urlencode({'grund': code})}" if code else "") + "#forslag"


@router.get("/moeder", name="meetings")
@policy(SIGNED_IN)
def meetings(request: Request, house: TheHouse, me: Me, side: str = "1") -> HTMLResponse:
    """Coming meetings, the next first, and those that were held."""
    must_meet(me)
    return _list(request, house, int(side) if side.isascii() and side.isdigit() and len(side) < 4 else 1)  # noqa: PLR2004


@router.post("/moeder")
@policy(SIGNED_IN)
def create(request: Request, house: TheHouse, me: Me, form: TheForm) -> Response:
    """Call a meeting."""
    must_meet(me)
    held_on = read_date(form, "held_on", house.today, what="Mødets dato")
    command = carried_command(form)
    fault = day_fault(held_on, house.today, "Mødet")
    if fault or command is None or isinstance(held_on, str):
        errors = {"held_on": fault or "Formularen var for gammel. Se den igennem, og send igen."}
        return _list(request, house, 1, errors=errors, form={"held_on": written(form, "held_on")}, carried=command)
    # The id follows from the form and the day, so that a double click is one meeting; no visitor can choose it.
    seed = command.bytes + held_on.isoformat().encode()
    meeting_id = UUID(bytes=house.secrets.hmac("meeting", seed)[:16], version=4)

    def decide(so_far: Meeting) -> Sequence[MeetingEvent]:
        return call_meeting(so_far, held_on=held_on, on=house.today)

    # Called twice for the same day is nothing, so each try may be a command of its own.
    house.log.record(meeting_stream(meeting_id), decide, by=me.actor, known_at=house.now, command_id=uuid4())
    return see_other(f"/moeder/{meeting_id}?besked=gemt")


@router.get("/moeder/{meeting_id}", name="agenda")
@policy(PEOPLE)
def agenda(request: Request, house: TheHouse, me: Me, meeting_id: str, grund: str = "") -> HTMLResponse:
    """The agenda; `grund` shows only suggestions with that reason."""
    rules, shared = current_rules(house.log), frame(request, "", "meetings")
    with looking(request, me) as look:
        page = _agenda(shared, look, house, me, meeting_id, grund, rules)
    return render(request, page)


@router.post("/moeder/{meeting_id}/dagsorden", name="put-on-agenda")
@policy(PEOPLE)
def put(request: Request, house: TheHouse, me: Me, meeting_id: str, form: TheForm) -> Response:
    """Put somebody on the agenda, by case number. Why is worked out here, not taken from the form."""
    number, reason = text_of(form, "sagsnr"), text_of(form, "grund")
    # What stands there goes into an address, so it is one of our own words or nothing.
    reason = reason if reason in {*AgendaReason, ALL} else ""
    rules, shared = current_rules(house.log), frame(request, "", "meetings")
    with looking(request, me) as look:
        room = the_meeting(look, house, me, meeting_id)
        who = house.register.by_case_number(look.conn, number)
        if who is None:
            missing = "Der er ingen ung med det sagsnummer." if number else "Skriv et sagsnummer."
            shared |= {"errors": {"sagsnr": missing}}
            page = _agenda(shared, look, house, me, meeting_id, reason, rules, asked=may_stand(number))
            return render(request, page, 422)
        look.at([who.person_id], "meeting")
        wished = since_when(_wishes(look, house, me))
        reasons = reasons_for(look.conn, who.person_id, me.classes, house.today, wished=wished)

    def decide(so_far: Meeting) -> Sequence[MeetingEvent]:
        return put_on_agenda(so_far, person=who.person_id, reasons=reasons, on=house.today)

    # Put on twice is once, whoever did it, so each try may be a command of its own.
    house.log.record(meeting_stream(room.id), decide, by=me.actor, known_at=house.now, command_id=uuid4())
    query = urlencode({"besked": "gemt"} | ({"grund": reason} if reason else {}))
    return see_other(f"/moeder/{room.id}?{query}" + ("#forslag" if reason else ""))


def _list(
    request: Request,
    house: House,
    number: int,
    *,
    errors: dict[str, str] | None = None,
    form: Mapping[str, Any] | None = None,
    carried: UUID | None = None,
) -> HTMLResponse:
    first = (max(number, 1) - 1) * MEETINGS_A_PAGE
    with house.db.connection(Role.APPLICATION) as conn:
        ids = meeting_ids(conn, offset=first, limit=MEETINGS_A_PAGE + 1)
        found = called(house.log, conn, ids[:MEETINGS_A_PAGE])
    page = MeetingsPage(
        **frame(request, "Møder", "meetings") | {"errors": errors or {}},
        calendar=calendar(found, house.today),
        number=max(number, 1),
        is_last=len(ids) <= MEETINGS_A_PAGE,
        form=form or {"held_on": None},
        command=str(carried or uuid4()),
        today=house.today,
    )
    return render(request, page, 422 if errors else 200)


def _agenda(
    shared: Mapping[str, Any],
    look: Looking,
    house: House,
    me: Visitor,
    meeting_id: str,
    grund: str,
    rules: RuleSet,
    *,
    asked: str = "",
) -> AgendaPage:
    room = the_meeting(look, house, me, meeting_id)
    reason = next((one for one in AgendaReason if one == grund), None)
    wishes = _wishes(look, house, me)
    found = suggestions(
        look.conn,
        me.classes,
        house.today,
        without=room.meeting.agenda,
        wished=since_when(wishes),
        reason=reason,
    )
    cases = cases_of(look, house, me, room, rules)
    others = house.register.identities(look.conn, [one.person_id for one in found.first])
    shown = [one for one in found.first if one.person_id in others]
    look.at([*(case.who.person_id for case in cases), *(one.person_id for one in shown)], "meeting")
    counted = [Narrower(code="", label="Alle", count=found.total)]
    counted += [
        Narrower(code=code, label=_capital(in_words(code)), count=count)
        for code, count in found.by_reason.items()
        if count
    ]
    return AgendaPage(
        **{**shared, "title": f"Ungemøde {meeting_day(room.held_on)}"},
        meeting_id=room.id,
        day=meeting_day(room.held_on),
        cases=cases,
        gone=len(room.meeting.agenda) - len(cases),
        decisions={
            case.who.person_id: sum(line.person == case.who.person_id for line in room.meeting.minutes)
            for case in cases
        },
        lines=[
            Line(
                who=others[one.person_id],
                why=_why(one, wishes.get(one.person_id, ())),
                due_on=one.due_on,
                wishes=_wished(look, house, me, one.person_id, wishes.get(one.person_id, ())),
            )
            for one in shown
        ],
        total=found.by_reason.get(reason, found.total) if reason else found.total,
        narrower=counted if found.total else [],
        reason=reason.value if reason else "",
        asked=asked,
    )


def _wishes(look: Looking, house: House, me: Visitor) -> Mapping[UUID, Sequence[Wish]]:
    """Who is wished for and has not been spoken of since, as far as the visitor may know of it."""
    may_know = level(me.party, DataClass.PLAN) >= Level.SUMMARY
    return open_wishes(house.log, look.conn) if may_know else {}


def _wished(look: Looking, house: House, me: Visitor, person: UUID, wishes: Sequence[Wish]) -> list[Wished]:
    """The wishes with their words, read where they were written, by those who read the whole of the plan."""
    reads = bool(wishes) and level(me.party, DataClass.PLAN) >= Level.FULL
    entries = house.log.history(person, [DataClass.PLAN.group], conn=look.conn).entries if reads else []
    facts = life_of(entry.fact() for entry in entries).of(AgendaItemWished)
    words = {fact.entry_id: fact.event.why for fact in facts if isinstance(fact.event, AgendaItemWished)}
    return [Wished(party=one.party, on=one.wished_on, why=words.get(one.entry_id)) for one in wishes]


def _why(one: Suggestion, wishes: Sequence[Wish]) -> str:
    """Frist overskredet, ønsket af UU og Milepælen."""
    by = " og ".join(dict.fromkeys(in_words(wish.party) for wish in wishes))
    told = (f"ønsket af {by}" if reason is AgendaReason.WISHED and by else in_words(reason) for reason in one.reasons)
    return _capital(", ".join(told))


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
