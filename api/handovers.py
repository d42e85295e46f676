"""One handover: what was sent, what became of it, and the answers of the two whom it is between.

Opening the page writes no event (AU-08): a page may be fetched ahead, or looked at by a colleague. The receiver
says "Set" with a button of its own; who takes over or returns at once has seen it too, and then both are written
in one command.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api import handover_sending
from api.errors import NotForYou
from api.form_dates import read_optional_date, written
from api.form_texts import MAYBE_CPR, TheForm, carried_command, command_of, like_cpr, text_fault, text_of
from api.handover_page import REASONS, HandoverPage
from api.handover_sending import day_fault
from api.house import House
from api.pages import frame, looking, render, see_other
from api.people_pages import who_is
from api.policy import PEOPLE, policy
from api.visitor import Me, TheHouse, Visitor
from domain.codes import ReturnReason
from domain.decisions import return_handover, see_handover, take_over, withdraw_handover
from domain.events import JourneyEvent
from domain.journey import Journey
from domain.refused import Refused
from domain.text import FreeText
from eventlog import ActorKind, journey
from people.register import Identity
from people.staff import staff_by_id
from projections.handover import HandoverView, handover_view

router = APIRouter()
router.include_router(handover_sending.router)

Decide = Callable[[Journey], Sequence[JourneyEvent]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The handover that an answer is about, as the visitor saw it."""

    id: UUID
    who: Identity
    view: HandoverView
    writers: Mapping[str, str]

    @property
    def path(self) -> str:
        return f"/unge/{self.who.case_number}/overleveringer/{self.id}"


@router.get("/unge/{case_number}/overleveringer/{handover_id}", name="handover")
@policy(PEOPLE)
def show(request: Request, house: TheHouse, me: Me, case_number: str, handover_id: str) -> HTMLResponse:
    """What was sent and what became of it; for the two whom it is between, what they can do now."""
    return _show(request, house, me, _asked(request, house, me, case_number, handover_id))


@router.post("/unge/{case_number}/overleveringer/{handover_id}/set", name="see-handover")
@policy(PEOPLE)
def see(request: Request, house: TheHouse, me: Me, case_number: str, handover_id: str, form: TheForm) -> Response:
    """The receiver has seen it. Asked by anybody else, or once more, it is nothing."""
    asked = _asked(request, house, me, case_number, handover_id)

    def decide(so_far: Journey) -> Sequence[JourneyEvent]:
        return see_handover(so_far, handover_id=asked.id, by=me.party, on=house.today)

    return _answer(request, house, me, asked, form, "set", decide, then=f"{asked.path}?besked=gemt")


@router.post("/unge/{case_number}/overleveringer/{handover_id}/overtag", name="take-over")
@policy(PEOPLE)
def take(request: Request, house: TheHouse, me: Me, case_number: str, handover_id: str, form: TheForm) -> Response:
    """The receiver takes over; the day of the first talk may be told at once."""
    asked = _asked(request, house, me, case_number, handover_id)
    talk = read_optional_date(form, "first_talk_on", house.today, what="Datoen for samtalen")
    fault = day_fault(talk, house.today, "Samtalen") if talk is not None else None
    if fault:
        return _show(request, house, me, asked, "overtag", form, {"first_talk_on": fault})

    def decide(so_far: Journey) -> Sequence[JourneyEvent]:
        return take_over(
            so_far,
            handover_id=asked.id,
            by=me.party,
            on=house.today,
            first_talk_on=talk if isinstance(talk, date) else None,
        )

    return _answer(request, house, me, asked, form, "overtag", decide, then="overtaget")


@router.post("/unge/{case_number}/overleveringer/{handover_id}/returner", name="return-handover")
@policy(PEOPLE)
def give_back(request: Request, house: TheHouse, me: Me, case_number: str, handover_id: str, form: TheForm) -> Response:
    """The receiver does not take over, and says why; the giver still is responsible."""
    asked = _asked(request, house, me, case_number, handover_id)
    reason, errors = text_of(form, "reason"), {}
    if reason not in {code for code, _ in REASONS}:
        errors["reason"] = "Vælg en grund."
    errors |= _words_faults(form, "words", "Skriv, hvorfor overleveringen returneres.")
    if errors:
        return _show(request, house, me, asked, "returner", form, errors)

    def decide(so_far: Journey) -> Sequence[JourneyEvent]:
        return return_handover(
            so_far,
            handover_id=asked.id,
            by=me.party,
            on=house.today,
            reason=ReturnReason(reason),
            words=FreeText(text_of(form, "words")),
        )

    return _answer(request, house, me, asked, form, "returner", decide, then="returneret")


@router.post("/unge/{case_number}/overleveringer/{handover_id}/traek-tilbage", name="withdraw-handover")
@policy(PEOPLE)
def withdraw(request: Request, house: TheHouse, me: Me, case_number: str, handover_id: str, form: TheForm) -> Response:
    """The giver takes it back before it was answered."""
    asked = _asked(request, house, me, case_number, handover_id)
    errors = _words_faults(form, "withdraw_words", "Skriv, hvorfor overleveringen trækkes tilbage.")
    if errors:
        return _show(request, house, me, asked, "traek-tilbage", form, errors)

    def decide(so_far: Journey) -> Sequence[JourneyEvent]:
        return withdraw_handover(
            so_far,
            handover_id=asked.id,
            by=me.party,
            on=house.today,
            words=FreeText(text_of(form, "withdraw_words")),
        )

    return _answer(request, house, me, asked, form, "traek-tilbage", decide, then="trukket")


def _asked(request: Request, house: House, me: Visitor, case_number: str, handover_id: str) -> _Asked:
    """The handover of this young person, read and logged. NotForYou when there is none that the visitor may see."""
    try:
        wanted = UUID(handover_id)
    except ValueError:
        raise NotForYou from None
    with looking(request, me) as look:
        who = who_is(look, house, me, case_number)
        look.at([who.person_id], "handover")
        history = house.log.history(who.person_id, me.groups, conn=look.conn)
        view = handover_view(history, wanted, reader=me.party, digest=house.log.digest, today=house.today)
        if view is None:
            raise NotForYou
        ids = {turn.actor.id for turn in view.turns if turn.actor.kind is ActorKind.STAFF}
        staff = [found for one in sorted(ids) if (found := staff_by_id(look.conn, house.log.keys, one))]
    return _Asked(wanted, who, view, {one.staff_id: f"{one.name}, {one.unit_name}" for one in staff})


def _answer(
    request: Request,
    house: House,
    me: Visitor,
    asked: _Asked,
    form: FormData,
    action: str,
    decide: Decide,
    *,
    then: str,
) -> Response:
    """Write the answer, and go to the young person with the word for it (or to the address in `then`).

    Who answers has seen it. Who comes second is told so and shown what stands; also when both wanted the same,
    because the second did not do it.
    """

    def seen_and_answered(so_far: Journey) -> Sequence[JourneyEvent]:
        answers = decide(so_far)
        if not answers and action != "set":
            raise Refused("handover-closed")
        return [*see_handover(so_far, handover_id=asked.id, by=me.party, on=house.today), *answers]

    command = command_of(form)
    if command is None:
        errors = {"form": "Formularen var for gammel. Se den igennem, og send igen."}
        return _show(request, house, me, asked, action, form, errors)
    try:
        recorded = house.log.record(
            journey(asked.who.person_id),
            decide if action == "set" else seen_and_answered,
            by=me.actor,
            known_at=house.now,
            command_id=command,
        )
    except Refused as refusal:
        if refusal.reason != "handover-closed":
            raise
        now = _asked(request, house, me, asked.who.case_number, str(asked.id))
        return _show(request, house, me, now, action, form, conflict=True)
    caught_up = house.wait_for_lists(recorded.position)
    if then.startswith("/"):
        return see_other(then)
    return see_other(f"/unge/{asked.who.case_number}?besked={then if caught_up else 'paa-vej'}")


def _words_faults(form: FormData, name: str, missing: str) -> dict[str, str]:
    """What is wrong with the words that belong to an answer."""
    words = text_of(form, name)
    if fault := text_fault(words):
        return {name: fault if words else missing}
    return {"ikke_cpr": MAYBE_CPR} if like_cpr(words) and not form.get("ikke_cpr") else {}


def _show(
    request: Request,
    house: House,
    me: Visitor,
    asked: _Asked,
    action: str = "",
    form: FormData | None = None,
    errors: dict[str, str] | None = None,
    *,
    conflict: bool = False,
) -> HTMLResponse:
    said: dict[str, Any] = {}
    if form is not None:
        said = {name: text_of(form, name) for name in ("reason", "words", "withdraw_words")}
        said["first_talk_on"] = written(form, "first_talk_on")
    sent = asked.view.sent
    page = HandoverPage(
        **frame(request, "Overlevering") | {"errors": errors or {}},
        who=asked.who,
        view=asked.view,
        writers=asked.writers,
        is_receiver=me.party == sent.receiver,
        is_giver=me.party == sent.giver,
        today=house.today,
        action=action,
        form=said,
        carried=str((form and carried_command(form)) or ""),
        conflict=conflict,
    )
    return render(request, page, 409 if conflict else 422 if errors else 200)
