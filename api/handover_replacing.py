"""To send another handover instead of one that waits: to another, or with other words or facts; and why."""

from collections.abc import Sequence
from secrets import token_hex
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api import handover_form as form_of
from api.errors import NotForYou
from api.form_dates import read_date
from api.form_texts import TheForm, command_of, text_of
from api.handover_answering import Asked, asked_for, show
from api.handover_form import Opened
from api.house import House
from api.pages import looking, see_other
from api.policy import PEOPLE, policy
from api.visitor import Me, TheHouse, Visitor
from api.words import REFUSALS
from domain.days import working_days_after
from domain.decisions import send_instead
from domain.events import JourneyEvent
from domain.journey import Journey
from domain.outside import WITHOUT_LOGIN
from domain.refused import Refused
from domain.text import FreeText
from eventlog import journey
from projections.closing_days import current_rules
from projections.handover import handed_item

router = APIRouter()


@router.get("/unge/{case_number}/overleveringer/{handover_id}/erstat", name="replace-handover")
@policy(PEOPLE)
def replace(request: Request, house: TheHouse, me: Me, case_number: str, handover_id: str) -> HTMLResponse:
    """The form with what stands in the one that waits; of what is answered there is nothing to replace."""
    asked = _givers(request, house, me, case_number, handover_id)
    opened = _opened(request, house, me, asked)
    if not asked.sent.state.is_open:
        return show(request, house, me, asked, conflict=True)
    sent = asked.sent.sent
    outside = asked.sent.outside or WITHOUT_LOGIN.get(sent.receiver)
    form: dict[str, Any] = {
        "matter": sent.matter.value,
        "receiver": (outside or sent.receiver).value,
        "note": sent.note,
        "why": "",
        "answer_by": working_days_after(house.today, form_of.DAYS_TO_ANSWER, current_rules(house.log).closed_days),
        "frist": "",
    }
    return form_of.show(request, house, me, opened, form, [str(item.entry_id) for item in sent.items])


@router.post("/unge/{case_number}/overleveringer/{handover_id}/erstat")
@policy(PEOPLE)
def send(request: Request, house: TheHouse, me: Me, case_number: str, handover_id: str, form: TheForm) -> Response:
    """Replace it and send the other, both in one command, or show the form again with what is wrong."""
    position = house.log.position()
    asked = _givers(request, house, me, case_number, handover_id)
    opened = _opened(request, house, me, asked)
    command, answer_by = command_of(form), read_date(form, "answer_by", house.today, what="Svarfristen")
    errors = form_of.faults(form, opened, me, answer_by, house.today)
    if errors or command is None or isinstance(answer_by, str):
        return form_of.again(request, house, me, opened, form, errors)
    salt, new_id = token_hex(16), uuid4()
    choices = {str(entry.entry_id): entry for entry in opened.entries}
    items = tuple(handed_item(choices[one], salt, house.log.digest) for one in form_of.ticked(form))

    def decide(so_far: Journey) -> Sequence[JourneyEvent]:
        return send_instead(
            so_far,
            replaces=asked.id,
            words=FreeText(text_of(form, "why")),
            handover_id=new_id,
            giver=me.party,
            receiver=form_of.receiver_of(form),
            answer_by=answer_by,
            note=FreeText(text_of(form, "note")),
            on=house.today,
            items=items,
            salt=salt,
            position=position,
        )

    try:
        recorded = house.log.record(
            journey(opened.who.person_id), decide, by=me.actor, known_at=house.now, command_id=command
        )
    except Refused as refusal:
        if refusal.reason == "handover-closed":
            now = asked_for(request, house, me, case_number, handover_id)
            return show(request, house, me, now, "erstat", form, conflict=True)
        where = form_of.FIELDS.get(refusal.reason, "form")
        return form_of.again(request, house, me, opened, form, {where: REFUSALS[refusal.reason]})
    house.wait_for_lists(recorded.position)
    return see_other(f"{opened.path}/{asked.id if recorded.already else new_id}?besked=erstattet")


def _givers(request: Request, house: House, me: Visitor, case_number: str, handover_id: str) -> Asked:
    """The handover, for its giver; NotForYou to everybody else."""
    asked = asked_for(request, house, me, case_number, handover_id)
    if asked.sent.sent.giver is not me.party:
        raise NotForYou
    return asked


def _opened(request: Request, house: House, me: Visitor, asked: Asked) -> Opened:
    with looking(request, me) as look:
        opened = form_of.open_for(look, house, me, asked.who.case_number, "")
    return Opened(opened.who, opened.entries, None, replaced=asked.sent.sent.matter)
