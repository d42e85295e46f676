"""Flyt: something was recorded of the wrong young person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.correctable import Correctable, the_fact
from api.correction_steps import move
from api.errors import NotForYou
from api.finding import Candidate, Other, pointed_at, search
from api.form_texts import TheForm, command_of, text_of
from api.pages import Page, frame, looking, render, see_other
from api.people_pages import Way, way_back, who_is
from api.policy import PEOPLE, policy
from api.sentences import sentence
from api.visitor import Me, TheHouse
from api.words import REFUSALS
from domain.choices import WithdrawReason
from domain.refused import Refused
from people.register import Identity

router = APIRouter()
PATH = "/unge/{case_number}/haendelser/{entry_id}/flyt"


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePage(Page):
    """One fact and where it belongs: first who it is about (`found`), then both side by side (`other`)."""

    template: ClassVar[str] = "correcting/move.html"
    who: Identity
    entry_id: UUID
    on: date
    says: str
    asked: str = ""
    found: Sequence[Candidate] = ()
    other: Other | None = None
    command: str
    way: Way

    @property
    def back(self) -> str:
        return self.way.to_person(self.who.case_number)


@router.get(PATH, name="move")
@policy(PEOPLE)
def ask(request: Request, house: TheHouse, me: Me, case_number: str, entry_id: UUID, liste: str = "") -> HTMLResponse:
    """What it is, and whom it is about."""
    with looking(request, me) as look:
        who = who_is(look, house, me, case_number)
        look.at([who.person_id], "recording")
        fact = _standing(the_fact(house, me, who.person_id, entry_id, look.conn))
    return _show(request, who, entry_id, fact, way_back(liste))


@router.post(PATH)
@policy(PEOPLE)
def post(request: Request, house: TheHouse, me: Me, case_number: str, entry_id: UUID, form: TheForm) -> Response:
    """Find the right young person, show both, and when that is confirmed, move it."""
    way, asked, to = way_back(text_of(form, "liste")), text_of(form, "q"), text_of(form, "til")
    found: Sequence[Candidate] | str = ()
    other: Other | str | None = None
    with looking(request, me) as look:
        who = who_is(look, house, me, case_number)
        look.at([who.person_id], "recording")
        fact = _standing(the_fact(house, me, who.person_id, entry_id, look.conn))
        if not to:
            found = search(look.conn, house, me, asked, request.scope["route"].path, who.person_id)
        else:
            other = pointed_at(look.conn, house, to, who.person_id)
            if isinstance(other, Other):
                look.at([other.who.person_id], "recording")
    # Pages are made outside the transaction: they ask for a connection of their own.
    if other is None:
        return _show(request, who, entry_id, fact, way, asked=asked, found=found)
    if isinstance(other, str):
        return _show(request, who, entry_id, fact, way, found=other)
    command = command_of(form)
    if not text_of(form, "bekraeftet") or command is None:
        return _show(request, who, entry_id, fact, way, other=other)
    steps = move(
        fact.fact,
        from_person=who.person_id,
        to_person=other.who.person_id,
        reason=WithdrawReason.OTHER_PERSON,
        today=house.today,
    )
    try:
        recorded = house.log.record_together(steps, by=me.actor, known_at=house.now, command_id=command)
    except Refused as refusal:
        return _show(request, who, entry_id, fact, way, found=REFUSALS[refusal.reason])
    house.wait_for_lists(recorded.position)
    return see_other(way.to_person(who.case_number, besked="flyttet"))


def _standing(found: Correctable) -> Correctable:
    """Only what counts can be moved."""
    if found.withdrawn is not None:
        raise NotForYou
    return found


def _show(
    request: Request,
    who: Identity,
    entry_id: UUID,
    fact: Correctable,
    way: Way,
    *,
    asked: str = "",
    found: Sequence[Candidate] | str = (),
    other: Other | None = None,
) -> HTMLResponse:
    errors = {"q": found} if isinstance(found, str) else {}
    page = MovePage(
        **frame(request, "Flyt en hændelse") | {"errors": errors},
        who=who,
        entry_id=entry_id,
        on=fact.fact.on,
        says=sentence(fact.fact.event),
        asked=asked,
        found=() if isinstance(found, str) else found,
        other=other,
        command=str(uuid4()),
        way=way,
    )
    return render(request, page, 422 if errors else 200)
