"""Handovers on paper: the giver records that it has arrived, and what somebody without a login answered."""

from collections.abc import Sequence
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from api.form_dates import day_fault, read_date, read_optional_date
from api.form_texts import TheForm, text_of
from api.handover_answering import answer, asked_for, show, words_faults
from api.handover_page import CONFIRMERS, REASONS, WAYS
from api.policy import PEOPLE, policy
from api.visitor import Me, TheHouse
from domain.choices import Confirmer, ReceiptWay
from domain.codes import ReturnReason
from domain.decisions import record_receipt, record_return, record_taking_over
from domain.events import JourneyEvent
from domain.journey import Journey
from domain.text import FreeText

router = APIRouter()


@router.post("/unge/{case_number}/overleveringer/{handover_id}/kommet-frem", name="record-receipt")
@policy(PEOPLE)
def arrived(request: Request, house: TheHouse, me: Me, case_number: str, handover_id: str, form: TheForm) -> Response:
    """Somebody there has said that the papers have arrived: who by their work, how, and on which day."""
    asked = asked_for(request, house, me, case_number, handover_id)
    confirmed_by, way = text_of(form, "confirmed_by"), text_of(form, "way")
    errors: dict[str, str] = {}
    if confirmed_by not in dict(CONFIRMERS):
        errors["confirmed_by"] = "Vælg, hvem der har bekræftet det."
    if way not in dict(WAYS):
        errors["way"] = "Vælg, hvordan det blev bekræftet."
    on = _day(form, "arrived_on", house.today, "Dagen", errors)
    if errors or on is None:
        return show(request, house, me, asked, "kommet-frem", form, errors)

    def decide(so_far: Journey) -> Sequence[JourneyEvent]:
        return record_receipt(
            so_far,
            handover_id=asked.id,
            by=me.party,
            confirmed_by=Confirmer(confirmed_by),
            way=ReceiptWay(way),
            on=on,
            today=house.today,
        )

    then, fields = f"{asked.path}?besked=kommet-frem", {"before-sending": "arrived_on", "in-the-future": "arrived_on"}
    return answer(request, house, me, asked, form, "kommet-frem", decide, then=then, fields=fields)


@router.post("/unge/{case_number}/overleveringer/{handover_id}/registrer-overtaget", name="record-taking-over")
@policy(PEOPLE)
def taken(request: Request, house: TheHouse, me: Me, case_number: str, handover_id: str, form: TheForm) -> Response:
    """They have told the giver that they have taken over, and from which day."""
    asked = asked_for(request, house, me, case_number, handover_id)
    errors: dict[str, str] = {}
    on = _day(form, "taken_on", house.today, "Dagen", errors)
    talk = read_optional_date(form, "first_talk_on", house.today, what="Datoen for samtalen")
    if talk is not None and (fault := day_fault(talk, house.today, "Samtalen")):
        errors["first_talk_on"] = fault
    if errors or on is None:
        return show(request, house, me, asked, "registrer-overtaget", form, errors)

    def decide(so_far: Journey) -> Sequence[JourneyEvent]:
        return record_taking_over(
            so_far,
            handover_id=asked.id,
            by=me.party,
            on=on,
            today=house.today,
            first_talk_on=talk if isinstance(talk, date) else None,
        )

    fields = _answered("taken_on")
    return answer(request, house, me, asked, form, "registrer-overtaget", decide, then="overtaget", fields=fields)


@router.post("/unge/{case_number}/overleveringer/{handover_id}/registrer-returneret", name="record-return")
@policy(PEOPLE)
def returned(request: Request, house: TheHouse, me: Me, case_number: str, handover_id: str, form: TheForm) -> Response:
    """They have told the giver that they do not take over, and why."""
    asked = asked_for(request, house, me, case_number, handover_id)
    errors: dict[str, str] = {}
    on = _day(form, "returned_on", house.today, "Dagen", errors)
    reason = text_of(form, "reason")
    if reason not in dict(REASONS):
        errors["reason"] = "Vælg en grund."
    errors |= words_faults(form, "words", "Skriv, hvad de svarede.")
    if errors or on is None:
        return show(request, house, me, asked, "registrer-returneret", form, errors)

    def decide(so_far: Journey) -> Sequence[JourneyEvent]:
        return record_return(
            so_far,
            handover_id=asked.id,
            by=me.party,
            on=on,
            today=house.today,
            reason=ReturnReason(reason),
            words=FreeText(text_of(form, "words")),
        )

    fields = _answered("returned_on")
    return answer(request, house, me, asked, form, "registrer-returneret", decide, then="returneret", fields=fields)


def _day(form: FormData, name: str, today: date, what: str, errors: dict[str, str]) -> date | None:
    """The day that was written; None with a sentence in `errors`."""
    on = read_date(form, name, today, what=what)
    if isinstance(on, str):
        errors[name] = on
        return None
    return on


def _answered(name: str) -> dict[str, str]:
    """The refusals of an answer's day."""
    return {"answered-before-receipt": name, "in-the-future": name}
