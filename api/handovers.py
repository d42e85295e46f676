"""One handover: what was sent, what became of it, and the answers of the two whom it is between.

Opening the page writes no event (AU-08): a page may be fetched ahead, or looked at by a colleague. The receiver
says "Set" with a button of its own; who takes over or returns at once has seen it too, and then both are written
in one command. What is answered on paper is recorded in handover_outside.py.
"""

from collections.abc import Sequence
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api import handover_outside, handover_planning, handover_print, handover_replacing, handover_sending
from api.form_dates import day_fault, read_optional_date
from api.form_texts import TheForm, text_of
from api.handover_answering import answer, asked_for, show, words_faults
from api.handover_page import REASONS
from api.policy import PEOPLE, policy
from api.visitor import Me, TheHouse
from domain.codes import ReturnReason
from domain.decisions import return_handover, see_handover, take_over, withdraw_handover
from domain.events import JourneyEvent
from domain.journey import Journey
from domain.text import FreeText

router = APIRouter()
for _room in (handover_sending, handover_planning, handover_replacing, handover_outside, handover_print):
    router.include_router(_room.router)


@router.get("/unge/{case_number}/overleveringer/{handover_id}", name="handover")
@policy(PEOPLE)
def one(request: Request, house: TheHouse, me: Me, case_number: str, handover_id: str) -> HTMLResponse:
    """What was sent and what became of it; for the two whom it is between, what they can do now."""
    return show(request, house, me, asked_for(request, house, me, case_number, handover_id))


@router.post("/unge/{case_number}/overleveringer/{handover_id}/set", name="see-handover")
@policy(PEOPLE)
def see(request: Request, house: TheHouse, me: Me, case_number: str, handover_id: str, form: TheForm) -> Response:
    """The receiver has seen it. Asked by anybody else, or once more, it is nothing."""
    asked = asked_for(request, house, me, case_number, handover_id)

    def decide(so_far: Journey) -> Sequence[JourneyEvent]:
        return see_handover(so_far, handover_id=asked.id, by=me.party, on=house.today)

    return answer(request, house, me, asked, form, "set", decide, then=f"{asked.path}?besked=gemt")


@router.post("/unge/{case_number}/overleveringer/{handover_id}/overtag", name="take-over")
@policy(PEOPLE)
def take(request: Request, house: TheHouse, me: Me, case_number: str, handover_id: str, form: TheForm) -> Response:
    """The receiver takes over; the day of the first talk may be told at once."""
    asked = asked_for(request, house, me, case_number, handover_id)
    talk = read_optional_date(form, "first_talk_on", house.today, what="Datoen for samtalen")
    fault = day_fault(talk, house.today, "Samtalen") if talk is not None else None
    if fault:
        return show(request, house, me, asked, "overtag", form, {"first_talk_on": fault})

    def decide(so_far: Journey) -> Sequence[JourneyEvent]:
        return take_over(
            so_far,
            handover_id=asked.id,
            by=me.party,
            on=house.today,
            first_talk_on=talk if isinstance(talk, date) else None,
        )

    return answer(request, house, me, asked, form, "overtag", decide, then="overtaget")


@router.post("/unge/{case_number}/overleveringer/{handover_id}/returner", name="return-handover")
@policy(PEOPLE)
def give_back(request: Request, house: TheHouse, me: Me, case_number: str, handover_id: str, form: TheForm) -> Response:
    """The receiver does not take over, and says why; the giver still is responsible."""
    asked = asked_for(request, house, me, case_number, handover_id)
    reason, errors = text_of(form, "reason"), {}
    if reason not in {code for code, _ in REASONS}:
        errors["reason"] = "Vælg en grund."
    errors |= words_faults(form, "words", "Skriv, hvorfor overleveringen returneres.")
    if errors:
        return show(request, house, me, asked, "returner", form, errors)

    def decide(so_far: Journey) -> Sequence[JourneyEvent]:
        return return_handover(
            so_far,
            handover_id=asked.id,
            by=me.party,
            on=house.today,
            reason=ReturnReason(reason),
            words=FreeText(text_of(form, "words")),
        )

    return answer(request, house, me, asked, form, "returner", decide, then="returneret")


@router.post("/unge/{case_number}/overleveringer/{handover_id}/traek-tilbage", name="withdraw-handover")
@policy(PEOPLE)
def withdraw(request: Request, house: TheHouse, me: Me, case_number: str, handover_id: str, form: TheForm) -> Response:
    """The giver takes it back before it was answered."""
    asked = asked_for(request, house, me, case_number, handover_id)
    errors = words_faults(form, "withdraw_words", "Skriv, hvorfor overleveringen trækkes tilbage.")
    if errors:
        return show(request, house, me, asked, "traek-tilbage", form, errors)

    def decide(so_far: Journey) -> Sequence[JourneyEvent]:
        return withdraw_handover(
            so_far,
            handover_id=asked.id,
            by=me.party,
            on=house.today,
            words=FreeText(text_of(form, "withdraw_words")),
        )

    return answer(request, house, me, asked, form, "traek-tilbage", decide, then="trukket")
