"""Saml og del: one young person had two files, or two were taken for one.

The log is written first and the register after it. Both can be done again, so a crash between them is put right by
sending the form once more; until then rows for the old number wait in the intake.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.correctable import decides_about_files
from api.correction_steps import join, part
from api.errors import NotForYou
from api.finding import Candidate, Other, pointed_at, search
from api.form_texts import TheForm, command_of, text_of
from api.house import House
from api.pages import Looking, Page, frame, looking, render, see_other
from api.people_pages import Way, way_back, who_is
from api.policy import PEOPLE, policy
from api.visitor import Me, TheHouse, Visitor
from api.words import REFUSALS
from database import Role
from domain.decisions import facts_to_move
from domain.facts import life_of
from domain.refused import Refused
from people.register import Identity

router = APIRouter()
JOIN, PART = "/unge/{case_number}/saml", "/unge/{case_number}/del"
MOST_ROUNDS = 5
"""How often facts that came in meanwhile are taken along before we give up: each round needs another writer."""
STILL_COMING = "Der bliver skrevet i den anden sag lige nu. Prøv igen om et øjeblik."
NOT_JOINED = "Den sag er ikke samlet med denne."


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinPage(Page):
    """The file that goes on (`who`) and the one that goes into it: found, then shown beside it, then confirmed."""

    template: ClassVar[str] = "correcting/join.html"
    who: Identity
    asked: str = ""
    found: Sequence[Candidate] = ()
    other: Other | None = None
    command: str
    way: Way

    @property
    def back(self) -> str:
        return self.way.to_person(self.who.case_number)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPage(Page):
    """The files that went into this one, each with a button to let it stand by itself again."""

    template: ClassVar[str] = "correcting/part.html"
    who: Identity
    joined: Sequence[Identity]
    command: str
    way: Way

    @property
    def back(self) -> str:
        return self.way.to_person(self.who.case_number)


@router.get(JOIN, name="join")
@policy(PEOPLE)
def ask(request: Request, house: TheHouse, me: Me, case_number: str, liste: str = "") -> HTMLResponse:
    """Ask which other file is about the same young person."""
    with looking(request, me) as look:
        who = _who(look, house, me, case_number)
    return _show_join(request, who, way_back(liste))


@router.post(JOIN)
@policy(PEOPLE)
def join_files(request: Request, house: TheHouse, me: Me, case_number: str, form: TheForm) -> Response:
    """Find the other file, show both, and when that is confirmed, join them."""
    way, asked, other_number = way_back(text_of(form, "liste")), text_of(form, "q"), text_of(form, "til")
    found: Sequence[Candidate] | str = ()
    other: Other | str | None = None
    with looking(request, me) as look:
        who = _who(look, house, me, case_number)
        if not other_number:
            found = search(look.conn, house, me, asked, request.scope["route"].path, who.person_id)
        else:
            other = pointed_at(look.conn, house, other_number, who.person_id)
            if isinstance(other, Other):
                look.at([other.who.person_id], "recording")
    # Pages are made outside the transaction: they ask for a connection of their own.
    if other is None:
        return _show_join(request, who, way, asked=asked, found=found)
    if isinstance(other, str):
        return _show_join(request, who, way, found=other)
    command = command_of(form)
    if not text_of(form, "bekraeftet") or command is None:
        return _show_join(request, who, way, other=other)
    try:
        written = _join(house, me, other.who.person_id, who.person_id, command)
    except Refused as refusal:
        return _show_join(request, who, way, found=REFUSALS[refusal.reason])
    if not written:
        return _show_join(request, who, way, found=STILL_COMING)
    return see_other(way.to_person(who.case_number, besked="samlet"))


@router.get(PART, name="part")
@policy(PEOPLE)
def joined(request: Request, house: TheHouse, me: Me, case_number: str, liste: str = "") -> HTMLResponse:
    """The files that were joined into this one."""
    return _show_part(request, house, me, case_number, way_back(liste))


@router.post(PART)
@policy(PEOPLE)
def part_files(request: Request, house: TheHouse, me: Me, case_number: str, form: TheForm) -> Response:
    """Let one of them stand by itself again."""
    way, number, command = way_back(text_of(form, "liste")), text_of(form, "fra"), command_of(form)
    with looking(request, me) as look:
        who = _who(look, house, me, case_number)
        old = next(
            (one for one in house.register.joined_into(look.conn, who.person_id) if one.case_number == number), None
        )
    if old is None or command is None:
        return _show_part(request, house, me, case_number, way, {"fra": NOT_JOINED})
    _part(house, me, who.person_id, old.person_id, command)
    return see_other(way.to_person(who.case_number, besked="delt"))


def _join(house: House, me: Visitor, file: UUID, into: UUID, command: UUID) -> bool:
    """Join in the log, round by round until nothing is left behind, then in the register.

    False when others kept writing to the file; what was moved so far stays moved, and trying again goes on.
    """
    life = life_of(entry.fact() for entry in house.log.history(file).entries)
    for turn in range(MOST_ROUNDS):
        recorded = house.log.record_together(
            join(life, file=file, into=into, today=house.today),
            by=me.actor,
            known_at=house.now,
            command_id=uuid5(command, f"join/{turn}"),
        )
        house.wait_for_lists(recorded.position)
        life = life_of(entry.fact() for entry in house.log.history(file).entries)
        if not facts_to_move(life):
            with house.db.connection(Role.APPLICATION) as conn:
                house.register.join(conn, file, into, house.now)
            return True
    return False


def _part(house: House, me: Visitor, file: UUID, other: UUID, command: UUID) -> None:
    entries = house.log.history(file).entries
    here = life_of(entry.fact() for entry in entries)
    there = life_of(entry.fact() for entry in house.log.history(other).entries)
    recorded = house.log.record_together(
        part(here, entries, there, file=file, other=other, today=house.today),
        by=me.actor,
        known_at=house.now,
        command_id=command,
    )
    with house.db.connection(Role.APPLICATION) as conn:
        house.register.part(conn, other, house.now)
    house.wait_for_lists(recorded.position)


def _who(look: Looking, house: House, me: Visitor, case_number: str) -> Identity:
    who = who_is(look, house, me, case_number)
    if not decides_about_files(me):
        raise NotForYou
    look.at([who.person_id], "recording")
    return who


def _show_join(
    request: Request,
    who: Identity,
    way: Way,
    *,
    asked: str = "",
    found: Sequence[Candidate] | str = (),
    other: Other | None = None,
) -> HTMLResponse:
    errors = {"q": found} if isinstance(found, str) else {}
    page = JoinPage(
        **frame(request, "Saml to sager") | {"errors": errors},
        who=who,
        asked=asked,
        found=() if isinstance(found, str) else found,
        other=other,
        command=str(uuid4()),
        way=way,
    )
    return render(request, page, 422 if errors else 200)


def _show_part(
    request: Request, house: House, me: Visitor, case_number: str, way: Way, errors: dict[str, Any] | None = None
) -> HTMLResponse:
    with looking(request, me) as look:
        who = _who(look, house, me, case_number)
        old = house.register.joined_into(look.conn, who.person_id)
    page = PartPage(
        **frame(request, "Del en samlet sag") | {"errors": errors or {}},
        who=who,
        joined=old,
        command=str(uuid4()),
        way=way,
    )
    return render(request, page, 422 if errors else 200)
