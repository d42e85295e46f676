"""To plan a handover: it is agreed now and sent later; on the giver's list it stands until it is sent or withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api import handover_form as form_of
from api.form_dates import day_fault, read_date, written
from api.form_texts import TheForm, carried_command, command_of, text_of
from api.handover_form import Opened
from api.house import House
from api.pages import Page, frame, looking, render, see_other
from api.policy import PEOPLE, policy
from api.sentences import capital, in_words
from api.visitor import Me, TheHouse, Visitor
from api.words import REFUSALS
from domain.choices import Outside
from domain.codes import Matter, Party
from domain.decisions import plan_handover
from domain.events import JourneyEvent
from domain.journey import Journey
from domain.outside import PARTY_OF
from domain.refused import Refused
from eventlog import journey
from people.register import Identity
from projections.handover import journey_of

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage(Page):
    """The form: what, to whom, and by when it is to be sent. Nothing is written to the receiver yet."""

    template: ClassVar[str] = "handovers/plan.html"
    who: Identity
    giver: Party
    matters: Sequence[tuple[str, str]]
    receivers: Sequence[tuple[str, str]]
    form: Mapping[str, Any]
    command: str
    today: date


@router.get("/unge/{case_number}/overleveringer/planlaeg", name="plan-handover")
@policy(PEOPLE)
def new_plan(request: Request, house: TheHouse, me: Me, case_number: str) -> HTMLResponse:
    """The form, empty."""
    opened = _opened(request, house, me, case_number)
    return _page(request, house, me, opened, {"matter": "", "receiver": "", "send_by": None})


@router.post("/unge/{case_number}/overleveringer/planlaeg")
@policy(PEOPLE)
def plan(request: Request, house: TheHouse, me: Me, case_number: str, form: TheForm) -> Response:
    """Plan it, or show the form again with what is wrong."""
    opened = _opened(request, house, me, case_number)
    command, send_by = command_of(form), read_date(form, "send_by", house.today, what="Dagen")
    errors: dict[str, str] = {}
    if text_of(form, "matter") not in set(Matter):
        errors["matter"] = "Vælg, hvad der skal overleveres."
    if text_of(form, "receiver") not in dict(form_of.receivers(me.party)):
        errors["receiver"] = "Vælg, hvem der skal overtage."
    if fault := day_fault(send_by, house.today, "Dagen"):
        errors["send_by"] = fault
    if command is None:
        errors["form"] = "Formularen var for gammel. Se den igennem, og send igen."
    if errors or command is None or isinstance(send_by, str):
        return _again(request, house, me, opened, form, errors)
    receiver, handover_id = form_of.receiver_of(form), uuid4()

    def decide(so_far: Journey) -> Sequence[JourneyEvent]:
        return plan_handover(
            so_far,
            handover_id=handover_id,
            matter=Matter(text_of(form, "matter")),
            giver=me.party,
            # Whether it goes on paper is said when it is sent.
            receiver=PARTY_OF[receiver] if isinstance(receiver, Outside) else receiver,
            send_by=send_by,
            on=house.today,
        )

    try:
        recorded = house.log.record(
            journey(opened.who.person_id), decide, by=me.actor, known_at=house.now, command_id=command
        )
    except Refused as refusal:
        where = _FIELDS.get(refusal.reason, "form")
        return _again(request, house, me, opened, form, {where: REFUSALS[refusal.reason]})
    notice = "planlagt" if house.wait_for_lists(recorded.position) else "paa-vej"
    return see_other(f"/unge/{opened.who.case_number}?besked={notice}")


_FIELDS = {"not-the-holder": "matter", "already-planned": "matter", "same-party": "receiver"}


def _opened(request: Request, house: House, me: Visitor, case_number: str) -> Opened:
    with looking(request, me) as look:
        return form_of.open_for(look, house, me, case_number, "")


def _again(
    request: Request, house: House, me: Visitor, opened: Opened, form: FormData, errors: dict[str, str]
) -> HTMLResponse:
    """The form as it was written, with what is wrong."""
    said: dict[str, Any] = {name: text_of(form, name) for name in ("matter", "receiver")}
    said["send_by"] = written(form, "send_by")
    return _page(request, house, me, opened, said, errors, carried_command(form))


def _page(
    request: Request,
    house: House,
    me: Visitor,
    opened: Opened,
    form: Mapping[str, Any],
    errors: dict[str, str] | None = None,
    carried: object = None,
) -> HTMLResponse:
    held = journey_of(opened.entries).responsible
    page = PlanPage(
        **frame(request, "Planlæg en overlevering") | {"errors": errors or {}},
        who=opened.who,
        giver=me.party,
        # Also what is on its way to another now: a plan is for later, and stands in nobody's way.
        matters=[(one.value, capital(in_words(one))) for one in Matter if held.get(one, me.party) is me.party],
        receivers=form_of.receivers(me.party),
        form=form,
        command=str(carried or uuid4()),
        today=house.today,
    )
    return render(request, page, 422 if errors else 200)
