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

from api.errors import NotForYou
from api.form_dates import read_date, read_optional_date, written
from api.form_texts import MAYBE_CPR, TheForm, carried_command, command_of, like_cpr, text_fault, text_of
from api.house import House
from api.pages import Page, frame, looking, render, see_other
from api.people_pages import Way, way_back, who_is
from api.policy import PEOPLE, policy
from api.recordable import Answers, Field, Kind, kinds_of
from api.visitor import Me, TheHouse, Visitor
from api.words import REFUSALS
from domain.codes import Party
from domain.decisions import record_fact
from domain.events import JourneyEvent
from domain.facts import COPENHAGEN
from domain.journey import Journey
from domain.refused import Refused
from eventlog import journey
from people.register import Identity

router = APIRouter()

_WHEN_KNOWN = "Dagen, da kommunen fik det at vide,"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindsPage(Page):
    """What can be recorded: `own` by the visitor's party, `shared` by everybody."""

    template: ClassVar[str] = "recording/kinds.html"
    who: Identity
    own: Sequence[Kind]
    shared: Sequence[Kind]
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
                own=[kind for kind in kinds.values() if not kind.is_shared],
                shared=[kind for kind in kinds.values() if kind.is_shared],
                party=me.party,
                way=way,
            ),
        )
    return _show(request, house, who, kinds[slags], way)


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
    errors, answers, known_on = _read(kind, form, house.today)
    command_id = command_of(form)
    if command_id is None:
        errors["form"] = "Formularen var for gammel. Se den igennem, og gem igen."
    if errors or command_id is None:
        return _show(request, house, who, kind, way, form=form, errors=errors)
    try:
        recorded = house.log.record(
            journey(who.person_id),
            _decision(kind, answers, command_id, me, house.today),
            by=me.actor,
            known_at=_known_at(kind, answers["on"], known_on, house),
            command_id=command_id,
        )
    except Refused as refusal:
        errors = {_field_of(refusal, kind): REFUSALS[refusal.reason]}
        return _show(request, house, who, kind, way, form=form, errors=errors)
    notice = "gemt" if house.wait_for_lists(recorded.position) else "paa-vej"
    return see_other(way.to_person(who.case_number, besked=notice))


def _show(
    request: Request,
    house: House,
    who: Identity,
    kind: Kind,
    way: Way,
    *,
    form: FormData | None = None,
    errors: dict[str, str] | None = None,
) -> HTMLResponse:
    shown: dict[str, Any] = {}
    for field in kind.fields:
        shown[field.name] = ("", "", "") if field.sort == "date" else ""
    shown |= {"on": house.today if kind.begins_today else None, "known_on": None}
    if form is not None:
        shown |= {field.name: text_of(form, field.name) for field in kind.fields if field.sort != "date"}
        dates = ["on", "known_on", *(field.name for field in kind.fields if field.sort == "date")]
        shown |= {name: written(form, name) for name in dates}
    page = FormPage(
        **frame(request, kind.declared.title) | {"errors": errors or {}},
        who=who,
        kind=kind,
        form=shown,
        # Nothing was recorded, so the form keeps its command: sent twice it is still one event.
        command=str((form and carried_command(form)) or uuid4()),
        today=house.today,
        says_number=form is not None and _says_number(kind, form),
        way=way,
    )
    return render(request, page, 422 if errors else 200)


def _read(kind: Kind, form: FormData, today: date) -> tuple[dict[str, str], dict[str, Any], date | None]:
    """What is wrong, by field and in the order of the page; what was answered; when the municipality knew."""
    errors: dict[str, str] = {}
    answers: dict[str, Any] = {}

    def take(name: str, answer: Any, fault: str | None) -> None:
        if fault:
            errors[name] = fault
        else:
            answers[name] = answer

    for field in kind.fields:
        take(field.name, *_answer(field, form, today))
    on = read_date(form, "on", today)
    take("on", on, on if isinstance(on, str) else REFUSALS["in-the-future"] if on > today else None)
    known_on = None if kind.is_shared else read_optional_date(form, "known_on", today, what=_WHEN_KNOWN)
    if isinstance(known_on, str):
        errors["known_on"] = known_on
    elif known_on is not None and known_on > today:
        errors["known_on"] = REFUSALS["in-the-future"]
    elif known_on is not None and isinstance(on, date) and known_on < on:
        errors["known_on"] = "Kommunen kan ikke have fået det at vide, før det skete."
    if not errors and _says_number(kind, form) and not text_of(form, "ikke_cpr"):
        errors["ikke_cpr"] = MAYBE_CPR
    return errors, answers, known_on if isinstance(known_on, date) else None


def _answer(field: Field, form: FormData, today: date) -> tuple[Any, str | None]:
    """What the field says, or what is wrong with it."""
    if field.sort == "date":
        day = read_date(form, field.name, today, what="Fristen")
        return day, day if isinstance(day, str) else None
    given = text_of(form, field.name)
    if field.sort == "text":
        return given, text_fault(given)
    if given not in {code for code, _ in field.options}:
        return None, f"Vælg et svar: {field.label}"
    if field.codes is None:
        return given == "ja", None
    return field.codes(given), None


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
    by = {"by": me.party} if any(field.name == "by" for field in fields(kind.declared.type)) else {}
    event: JourneyEvent = kind.declared.type(**answers, **by)
    return event


def _known_at(kind: Kind, on: date, known_on: date | None, house: House) -> datetime:
    """When the municipality knew; of a day in the past the hour is not known, and noon is as good as any."""
    day = known_on or (on if kind.own_doing else house.today)
    if day == house.today:
        return house.now
    return datetime.combine(day, time(12), COPENHAGEN).astimezone(UTC)


def _field_of(refusal: Refused, kind: Kind) -> str:
    """The field that a refusal is about, so that the summary leads there."""
    if refusal.reason in {"before-birth", "in-the-future"}:
        return "on"
    if refusal.reason == "due-before-agreed":
        return "due_on"
    texts = [field.name for field in kind.fields if field.sort == "text"]
    return texts[0] if refusal.reason.startswith("text-") and texts else "form"


def _says_number(kind: Kind, form: FormData) -> bool:
    return any(like_cpr(text_of(form, field.name)) for field in kind.fields if field.sort == "text")
