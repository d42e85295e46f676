"""The answer to a handover: read what it is about, write what was decided, show the page again where it cannot be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api.errors import NotForYou
from api.form_dates import written
from api.form_texts import MAYBE_CPR, carried_command, command_of, like_cpr, text_fault, text_of
from api.handover_page import HandoverPage, PlannedPage
from api.house import House
from api.pages import Page, frame, looking, render, see_other
from api.people_pages import who_is
from api.visitor import Visitor
from api.words import REFUSALS
from domain.decisions import see_handover
from domain.events import JourneyEvent
from domain.journey import Journey
from domain.refused import Refused
from eventlog import ActorKind, journey
from people.register import Identity
from people.staff import staff_by_id
from projections.closing_days import current_rules
from projections.handover import HandoverView, PlannedView, handover_view, planned_view

Decide = Callable[[Journey], Sequence[JourneyEvent]]
NO_FIELDS: Mapping[str, str] = {}
_TEXTS = ("reason", "words", "withdraw_words", "confirmed_by", "way")
_DATES = ("first_talk_on", "arrived_on", "taken_on", "returned_on")


@dataclass(frozen=True, slots=True)
class Asked:
    """The handover that an answer is about, as the visitor saw it: sent, or only planned."""

    id: UUID
    who: Identity
    view: HandoverView | PlannedView
    writers: Mapping[str, str]

    @property
    def path(self) -> str:
        return f"/unge/{self.who.case_number}/overleveringer/{self.id}"

    @property
    def sent(self) -> HandoverView:
        """What was sent; NotForYou where it was only planned, because then there is nothing to answer."""
        if isinstance(self.view, PlannedView):
            raise NotForYou
        return self.view


def asked_for(request: Request, house: House, me: Visitor, case_number: str, handover_id: str) -> Asked:
    """The handover of this young person, read and logged. NotForYou when there is none that the visitor may see."""
    try:
        wanted = UUID(handover_id)
    except ValueError:
        raise NotForYou from None
    with looking(request, me) as look:
        who = who_is(look, house, me, case_number)
        look.at([who.person_id], "handover")
        history = house.log.history(who.person_id, me.groups, conn=look.conn)
        view = handover_view(
            history, wanted, reader=me.party, digest=house.log.digest, today=house.today
        ) or planned_view(history, wanted, reader=me.party, today=house.today)
        if view is None:
            raise NotForYou
        ids = {turn.actor.id for turn in view.turns if turn.actor.kind is ActorKind.STAFF}
        staff = [found for one in sorted(ids) if (found := staff_by_id(look.conn, house.log.keys, one))]
    return Asked(wanted, who, view, {one.staff_id: f"{one.name}, {one.unit_name}" for one in staff})


def answer(
    request: Request,
    house: House,
    me: Visitor,
    asked: Asked,
    form: FormData,
    action: str,
    decide: Decide,
    *,
    then: str,
    fields: Mapping[str, str] = NO_FIELDS,
) -> Response:
    """Write the answer, and go to the young person with the word for it (or to the address in `then`).

    Who answers has seen it. Who comes second is told so and shown what stands; also when both wanted the same,
    because the second did not do it. `fields` are the refusals that the one who asked can put right, and where.
    """

    def seen_and_answered(so_far: Journey) -> Sequence[JourneyEvent]:
        answers = decide(so_far)
        if not answers and action != "set":
            raise Refused("handover-closed")
        if asked.id not in so_far.handovers:
            return answers
        return [*see_handover(so_far, handover_id=asked.id, by=me.party, on=house.today), *answers]

    command = command_of(form)
    if command is None:
        errors = {"form": "Formularen var for gammel. Se den igennem, og send igen."}
        return show(request, house, me, asked, action, form, errors)
    try:
        recorded = house.log.record(
            journey(asked.who.person_id),
            decide if action == "set" else seen_and_answered,
            by=me.actor,
            known_at=house.now,
            command_id=command,
        )
    except Refused as refusal:
        if where := fields.get(refusal.reason):
            return show(request, house, me, asked, action, form, {where: REFUSALS[refusal.reason]})
        if refusal.reason != "handover-closed":
            raise
        now = asked_for(request, house, me, asked.who.case_number, str(asked.id))
        return show(request, house, me, now, action, form, conflict=True)
    caught_up = house.wait_for_lists(recorded.position)
    if then.startswith("/"):
        return see_other(then)
    return see_other(f"/unge/{asked.who.case_number}?besked={then if caught_up else 'paa-vej'}")


def words_faults(form: FormData, name: str, missing: str) -> dict[str, str]:
    """What is wrong with the words that belong to an answer."""
    words = text_of(form, name)
    if fault := text_fault(words):
        return {name: fault if words else missing}
    return {"ikke_cpr": MAYBE_CPR} if like_cpr(words) and not form.get("ikke_cpr") else {}


def show(
    request: Request,
    house: House,
    me: Visitor,
    asked: Asked,
    action: str = "",
    form: FormData | None = None,
    errors: dict[str, str] | None = None,
    *,
    conflict: bool = False,
) -> HTMLResponse:
    """The page of the handover, with what was written and what is wrong with it."""
    said: dict[str, Any] = {}
    if form is not None:
        said = {name: text_of(form, name) for name in _TEXTS} | {name: written(form, name) for name in _DATES}
    page: Page
    common = frame(request, "Overlevering") | {
        "errors": errors or {},
        "who": asked.who,
        "writers": asked.writers,
        "today": house.today,
        "closed_days": current_rules(house.log).closed_days,
        "action": action,
        "form": said,
        "carried": str((form and carried_command(form)) or ""),
        "conflict": conflict,
    }
    if isinstance(asked.view, PlannedView):
        page = PlannedPage(**common, view=asked.view, is_giver=me.party is asked.view.planned.giver)
    else:
        sent = asked.view.sent
        page = HandoverPage(
            **common,
            view=asked.view,
            is_receiver=me.party is sent.receiver and asked.view.outside is None,
            is_giver=me.party is sent.giver,
        )
    return render(request, page, 409 if conflict else 422 if errors else 200)
