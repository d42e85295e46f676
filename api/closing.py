"""Afslut, genåbn, beskyt: what is decided about a whole file."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.correctable import decides_about_files
from api.errors import NotForYou
from api.form_texts import TheForm, carried_command, command_of, text_of
from api.pages import Looking, Page, frame, looking, render, see_other
from api.people_pages import Way, way_back, who_is
from api.policy import PEOPLE, policy
from api.sentences import capital, in_words
from api.visitor import Me, TheHouse
from api.words import CLOSE_REASONS, REFUSALS
from database import Role
from domain.choices import CloseReason
from domain.decisions import close_journey, reopen_journey
from domain.events import AddressProtectionLifted, AddressProtectionSet
from domain.refused import Refused
from eventlog import journey
from people.register import Identity
from projections.handover import journey_of

router = APIRouter()
CLOSE, REOPEN, PROTECT = (f"/unge/{{case_number}}/{name}" for name in ("afslut", "genaabn", "beskyttelse"))
LONGEST_BASIS = 200
NO_REASON = "Vælg, hvorfor forløbet afsluttes."
NO_ANSWER = "Vælg, om navn og adresse skal være beskyttet."
TOO_LONG = f"Hjemlen må højst være {LONGEST_BASIS} tegn."


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePage(Page):
    """One decision about a file. `closed_on` in words when the journey is closed; `value` is what was chosen."""

    template: ClassVar[str] = "correcting/file.html"
    deed: str
    who: Identity
    closed_on: str | None
    reasons: list[tuple[str, str]]
    value: str
    command: str
    way: Way

    @property
    def back(self) -> str:
        return self.way.to_person(self.who.case_number)


TITLES = {
    "afslut": "Afslut forløbet",
    "genaabn": "Genåbn forløbet",
    "beskyttelse": "Beskyttelse af navn og adresse",
}


@router.get(CLOSE, name="close")
@policy(PEOPLE)
def ask_close(request: Request, house: TheHouse, me: Me, case_number: str, liste: str = "") -> HTMLResponse:
    """Why the journey ends."""
    return _show(request, house, me, case_number, "afslut", way_back(liste))


@router.post(CLOSE)
@policy(PEOPLE)
def close(request: Request, house: TheHouse, me: Me, case_number: str, form: TheForm) -> Response:
    """Nobody follows the young person any longer."""
    way, reason, command = way_back(text_of(form, "liste")), text_of(form, "grund"), command_of(form)
    if reason not in set(CloseReason) or command is None:
        return _show(request, house, me, case_number, "afslut", way, errors={"grund": NO_REASON}, form=form)
    who = _who(request, house, me, case_number)
    try:
        recorded = house.log.record(
            journey(who.person_id),
            lambda so_far: close_journey(so_far, reason=CloseReason(reason), on=house.today),
            by=me.actor,
            known_at=house.now,
            command_id=command,
        )
    except Refused as refusal:
        errors = {"grund": REFUSALS[refusal.reason]}
        return _show(request, house, me, case_number, "afslut", way, errors=errors, form=form)
    house.wait_for_lists(recorded.position)
    return see_other(way.to_person(who.case_number, besked="afsluttet"))


@router.get(REOPEN, name="reopen")
@policy(PEOPLE)
def ask_reopen(request: Request, house: TheHouse, me: Me, case_number: str, liste: str = "") -> HTMLResponse:
    """On what legal basis the young person is followed again."""
    return _show(request, house, me, case_number, "genaabn", way_back(liste))


@router.post(REOPEN)
@policy(PEOPLE)
def reopen(request: Request, house: TheHouse, me: Me, case_number: str, form: TheForm) -> Response:
    """The young person is followed again."""
    way, basis, command = way_back(text_of(form, "liste")), text_of(form, "hjemmel"), command_of(form)
    fault = REFUSALS["no-reason"] if not basis or command is None else TOO_LONG if len(basis) > LONGEST_BASIS else None
    if fault is None and command is not None:
        who = _who(request, house, me, case_number)
        try:
            recorded = house.log.record(
                journey(who.person_id),
                lambda so_far: reopen_journey(so_far, basis=basis, on=house.today),
                by=me.actor,
                known_at=house.now,
                command_id=command,
            )
        except Refused as refusal:
            fault = REFUSALS[refusal.reason]
        else:
            house.wait_for_lists(recorded.position)
            return see_other(way.to_person(who.case_number, besked="genaabnet"))
    return _show(request, house, me, case_number, "genaabn", way, errors={"hjemmel": fault or ""}, form=form)


@router.get(PROTECT, name="protect")
@policy(PEOPLE)
def ask_protect(request: Request, house: TheHouse, me: Me, case_number: str, liste: str = "") -> HTMLResponse:
    """Whether name and address are protected."""
    return _show(request, house, me, case_number, "beskyttelse", way_back(liste))


@router.post(PROTECT)
@policy(PEOPLE)
def protect(request: Request, house: TheHouse, me: Me, case_number: str, form: TheForm) -> Response:
    """Set the protection or lift it: an entry in the log, and the mark that hides the name on lists.

    Setting marks the register first and lifting marks it last, so that a crash between the two leaves the name hidden.
    """
    way, answer, command = way_back(text_of(form, "liste")), text_of(form, "beskyttet"), command_of(form)
    if answer not in {"ja", "nej"} or command is None:
        return _show(request, house, me, case_number, "beskyttelse", way, errors={"beskyttet": NO_ANSWER}, form=form)
    who = _who(request, house, me, case_number)
    wanted = answer == "ja"
    if wanted:
        _mark(house, who, protected=True)
    event = AddressProtectionSet(on=house.today) if wanted else AddressProtectionLifted(on=house.today)
    recorded = house.log.record(
        journey(who.person_id),
        lambda _: [event] if who.protected is not wanted else [],
        by=me.actor,
        known_at=house.now,
        command_id=command,
    )
    if not wanted:
        _mark(house, who, protected=False)
    house.wait_for_lists(recorded.position)
    return see_other(way.to_person(who.case_number, besked="gemt"))


def _mark(house: TheHouse, who: Identity, *, protected: bool) -> None:
    with house.db.connection(Role.APPLICATION) as conn:
        house.register.protect(conn, who.person_id, protected=protected, now=house.now)


def _who(request: Request, house: TheHouse, me: Me, case_number: str) -> Identity:
    with looking(request, me) as look:
        return _found(look, house, me, case_number)


def _found(look: Looking, house: TheHouse, me: Me, case_number: str) -> Identity:
    who = who_is(look, house, me, case_number)
    if not decides_about_files(me):
        raise NotForYou
    look.at([who.person_id], "recording")
    return who


def _show(
    request: Request,
    house: TheHouse,
    me: Me,
    case_number: str,
    deed: str,
    way: Way,
    *,
    errors: dict[str, str] | None = None,
    form: TheForm | None = None,
) -> HTMLResponse:
    with looking(request, me) as look:
        who = _found(look, house, me, case_number)
        so_far = journey_of(house.log.history(who.person_id, me.groups, conn=look.conn).entries)
    value = "ja" if who.protected else "nej"
    if form is not None:
        value = text_of(form, {"afslut": "grund", "genaabn": "hjemmel", "beskyttelse": "beskyttet"}[deed])
    page = FilePage(
        **frame(request, TITLES[deed]) | {"errors": errors or {}},
        deed=deed,
        who=who,
        closed_on=in_words(so_far.closed_on) if so_far.closed_on else None,
        reasons=[(reason.value, capital(CLOSE_REASONS[reason])) for reason in CloseReason],
        value=value,
        command=str((form and carried_command(form)) or uuid4()),
        way=way,
    )
    return render(request, page, 422 if errors else 200)
