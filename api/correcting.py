"""Ret: something happened otherwise than it was recorded. The kind's own form, filled with what stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api.answering import colleagues, field_of, read_answers, says_number
from api.correctable import Correctable, form_of, the_fact
from api.correction_steps import correction, of_journey
from api.errors import NotForYou
from api.form_answers import written_answer
from api.form_dates import written
from api.form_texts import TheForm, carried_command, command_of, text_of
from api.pages import Page, frame, looking, render, see_other
from api.people_pages import Way, way_back, who_is
from api.policy import PEOPLE, policy
from api.recordable import Field, Kind
from api.sentences import own_words, sentence
from api.visitor import Me, TheHouse
from api.words import REFUSALS
from database import Role
from domain.access import Level, level
from domain.catalogue import class_of
from domain.facts import COPENHAGEN
from domain.refused import Refused
from people.register import Identity

router = APIRouter()
PATH = "/unge/{case_number}/haendelser/{entry_id}/ret"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectPage(Page):
    """The form of the fact's kind. `says` is how it reads now, `before` how it read earlier, oldest first."""

    template: ClassVar[str] = "correcting/correct.html"
    who: Identity
    entry_id: UUID
    kind: Kind
    says: str
    before: Sequence[str]
    withdrawn: bool
    form: Mapping[str, Any]
    staff: Sequence[tuple[str, str]]
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


@router.get(PATH, name="correct")
@policy(PEOPLE)
def ask(request: Request, house: TheHouse, me: Me, case_number: str, entry_id: UUID, liste: str = "") -> HTMLResponse:
    """The form, filled with what stands."""
    return _show(request, house, me, case_number, entry_id, way_back(liste))


@router.post(PATH)
@policy(PEOPLE)
def correct(request: Request, house: TheHouse, me: Me, case_number: str, entry_id: UUID, form: TheForm) -> Response:
    """Put it right. What stood before stays in the history, and a clock that it started does not start again."""
    way = way_back(text_of(form, "liste"))
    with looking(request, me) as look:
        who = who_is(look, house, me, case_number)
        look.at([who.person_id], "recording")
        found = the_fact(house, me, who.person_id, entry_id, look.conn)
    kind = _kind(me, found)
    errors, answers, _ = read_answers(kind, form, house, me)
    command = command_of(form)
    if command is None:
        errors["form"] = "Formularen var for gammel. Se den igennem, og gem igen."
    if errors or command is None:
        return _show(request, house, me, case_number, entry_id, way, form=form, errors=errors)
    event = replace(of_journey(found.fact.event), **answers)
    step = correction(who.person_id, found.fact, event, house.today)
    try:
        recorded = house.log.record_together([step], by=me.actor, known_at=house.now, command_id=command)
    except Refused as refusal:
        errors = {field_of(refusal, kind): REFUSALS[refusal.reason]}
        return _show(request, house, me, case_number, entry_id, way, form=form, errors=errors)
    house.wait_for_lists(recorded.position)
    return see_other(way.to_person(who.case_number, besked="rettet"))


def _kind(me: Me, found: Correctable) -> Kind:
    """The fact's kind. Raises NotForYou where there is no form, or the visitor may not read what they would change."""
    kind = form_of(me.party, found.fact.event)
    if kind is None:
        raise NotForYou
    return kind


def _show(
    request: Request,
    house: TheHouse,
    me: Me,
    case_number: str,
    entry_id: UUID,
    way: Way,
    *,
    form: FormData | None = None,
    errors: dict[str, str] | None = None,
) -> HTMLResponse:
    with looking(request, me) as look:
        who = who_is(look, house, me, case_number)
        look.at([who.person_id], "recording")
        found = the_fact(house, me, who.person_id, entry_id, look.conn)
    kind, event = _kind(me, found), found.fact.event
    shown = {field.name: _as_written(field, getattr(event, field.name)) for field in kind.fields} | {"on": event.on}
    if form is not None:
        shown = {field.name: written_answer(field, form) for field in kind.fields} | {"on": written(form, "on")}
    with house.db.connection(Role.APPLICATION) as conn:
        staff = colleagues(house, conn, me) if any(field.sort == "staff" for field in kind.fields) else []
    page = CorrectPage(
        **frame(request, f"Ret: {kind.declared.title}") | {"errors": errors or {}},
        who=who,
        entry_id=entry_id,
        kind=kind,
        says=sentence(event),
        before=[_told(one, may_read=level(me.party, class_of(one)) >= Level.FULL) for one in found.fact.earlier],
        withdrawn=found.withdrawn is not None,
        form=shown,
        staff=staff,
        command=str((form and carried_command(form)) or uuid4()),
        today=house.today,
        says_number=form is not None and says_number(kind, form),
        way=way,
    )
    return render(request, page, 422 if errors else 200)


def _told(event: Any, *, may_read: bool) -> str:
    words = own_words(event) if may_read else None
    return f"{sentence(event)}: “{words}”" if words else sentence(event)


def _as_written(field: Field, value: Any) -> Any:  # noqa: PLR0911 - one answer per sort
    """What stands, as the form's field would hold it."""
    match value:
        case None:
            return ("", "", "") if field.sort == "date" else ""
        case bool():
            return "ja" if value else "nej"
        case StrEnum():
            return value.value
        case tuple():
            return [one.value for one in value]
        case datetime():
            return f"{value.astimezone(COPENHAGEN):%H.%M}"
        case date():
            return value
        case _:
            return str(value)
