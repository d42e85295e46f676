"""Registrér hændelse: first what happened, then the few fields that belong to it.

What a party may record is what the catalogue says that it records, and what is shared by all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api.answering import colleagues, field_of, read_answers, says_number
from api.errors import NotForYou
from api.form_answers import empty, written_answer
from api.form_dates import written
from api.form_texts import TheForm, carried_command, command_of, text_of
from api.house import House
from api.pages import Page, frame, looking, render, see_other
from api.people_pages import Way, way_back, who_is
from api.policy import PEOPLE, policy
from api.recordable import FILLED_IN, Answers, Kind, by_subject, kinds_of
from api.visitor import Me, TheHouse, Visitor
from api.words import REFUSALS
from database import Role
from domain.codes import Party
from domain.decisions import record_fact
from domain.events import JourneyEvent
from domain.facts import COPENHAGEN
from domain.journey import Journey
from domain.refused import Refused
from eventlog import journey
from people.register import Identity
from projections.closing_days import current_rules

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class KindsPage(Page):
    """What can be recorded, under headings: `own` by the visitor's party, `shared` by everybody."""

    template: ClassVar[str] = "recording/kinds.html"
    who: Identity
    own: Sequence[tuple[str, Sequence[Kind]]]
    shared: Sequence[tuple[str, Sequence[Kind]]]
    party: Party
    way: Way

    def link_for(self, kind: Kind) -> str:
        return f"/unge/{self.who.case_number}/haendelser/ny?" + urlencode({"slags": kind.code} | self.way.query)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage(Page):
    """One kind's form. `form` is what was written; `says_number` asks to confirm that it is no CPR number."""

    template: ClassVar[str] = "recording/form.html"
    who: Identity
    kind: Kind
    form: Mapping[str, Any]
    command: str
    today: date
    effects: Sequence[str]
    staff: Sequence[tuple[str, str]]
    says_number: bool
    way: Way

    @property
    def back(self) -> str:
        return self.way.to_person(self.who.case_number)

    @property
    def example(self) -> str:
        """How a date is written, with a date of today's year."""
        return f"For eksempel {self.today.day} {self.today.month} {self.today.year}"


@router.get("/unge/{case_number}/haendelser/ny", name="record")
@policy(PEOPLE)
def choose(
    request: Request, house: TheHouse, me: Me, case_number: str, slags: str = "", liste: str = ""
) -> HTMLResponse:
    """Choose what happened; with `slags` (the event's code) its form."""
    with looking(request, me) as look:
        who = who_is(look, house, me, case_number)
        look.at([who.person_id], "recording")
    kinds = kinds_of(me.party)
    way = way_back(liste)
    if slags not in kinds:
        return render(
            request,
            KindsPage(
                **frame(request, "Registrér hændelse"),
                who=who,
                own=by_subject([kind for kind in kinds.values() if not kind.form.shared]),
                shared=by_subject([kind for kind in kinds.values() if kind.form.shared]),
                party=me.party,
                way=way,
            ),
        )
    return _show(request, house, me, who, kinds[slags], way)


@router.post("/unge/{case_number}/haendelser/ny")
@policy(PEOPLE)
def record(request: Request, house: TheHouse, me: Me, case_number: str, form: TheForm) -> Response:
    """Record it, or show the form again with what is wrong."""
    with looking(request, me) as look:
        who = who_is(look, house, me, case_number)
        look.at([who.person_id], "recording")
    kind = kinds_of(me.party).get(text_of(form, "slags"))
    if kind is None:
        raise NotForYou
    way = way_back(text_of(form, "liste"))
    errors, answers, known_on = read_answers(kind, form, house, me)
    command_id = command_of(form)
    if command_id is None:
        errors["form"] = "Formularen var for gammel. Se den igennem, og gem igen."
    if errors or command_id is None:
        return _show(request, house, me, who, kind, way, form=form, errors=errors)
    try:
        recorded = house.log.record(
            journey(who.person_id),
            _decision(kind, answers, command_id, me, house.today),
            by=me.actor,
            known_at=_known_at(kind, answers, known_on, house),
            command_id=command_id,
        )
    except Refused as refusal:
        errors = {field_of(refusal, kind): REFUSALS[refusal.reason]}
        return _show(request, house, me, who, kind, way, form=form, errors=errors)
    notice = "gemt" if house.wait_for_lists(recorded.position) else "paa-vej"
    return see_other(way.to_person(who.case_number, besked=notice))


def _show(
    request: Request,
    house: House,
    me: Visitor,
    who: Identity,
    kind: Kind,
    way: Way,
    *,
    form: FormData | None = None,
    errors: dict[str, str] | None = None,
) -> HTMLResponse:
    shown: dict[str, Any] = {field.name: empty(field) for field in kind.fields}
    shown |= {"on": house.today if kind.form.begins_today else None, "known_on": None}
    if form is not None:
        shown |= {field.name: written_answer(field, form) for field in kind.fields}
        shown |= {name: written(form, name) for name in ("on", "known_on")}
    rules = current_rules(house.log).rules
    with house.db.connection(Role.APPLICATION) as conn:
        named = colleagues(house, conn, me) if any(field.sort == "staff" for field in kind.fields) else []
    page = FormPage(
        **frame(request, kind.declared.title) | {"errors": errors or {}},
        who=who,
        kind=kind,
        form=shown,
        # Nothing was recorded, so the form keeps its command: sent twice it is still one event.
        command=str((form and carried_command(form)) or uuid4()),
        today=house.today,
        effects=kind.effects(rules, house.today),
        staff=named,
        says_number=form is not None and says_number(kind, form),
        way=way,
    )
    return render(request, page, 422 if errors else 200)


def _decision(
    kind: Kind, answers: Answers, command_id: UUID, me: Visitor, today: date
) -> Callable[[Journey], list[JourneyEvent]]:
    """The decision for the log. Whatever it is, it happened after birth and not in the future."""
    shared = kind.decide

    def decide(so_far: Journey) -> list[JourneyEvent]:
        events = [_event(kind, answers, me)] if shared is None else shared(so_far, answers, command_id)
        return [fact for event in events for fact in record_fact(so_far, event=event, today=today)]

    return decide


def _event(kind: Kind, answers: Answers, me: Visitor) -> JourneyEvent:
    by = {one.name: me.party for one in fields(kind.declared.type) if one.name in FILLED_IN - answers.keys()}
    event: JourneyEvent = kind.declared.type(**answers, **by)
    return event


def _known_at(kind: Kind, answers: Answers, known_on: date | None, house: House) -> datetime:
    """When the municipality knew: at the hour that was told, where hours count.

    Of other days in the past the hour is not known, and noon is as good as any.
    """
    at = answers.get("at")
    if kind.form.own_doing and known_on is None and at is not None:
        told: datetime = at
        return told
    day = known_on or (answers["on"] if kind.form.own_doing else house.today)
    if day == house.today:
        return house.now
    return datetime.combine(day, time(12), COPENHAGEN).astimezone(UTC)
