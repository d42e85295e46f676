"""Forslag om afslutning: rows that are gone from a full list, for somebody to say whether it ended, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api.form_dates import read_date, written
from api.form_texts import TheForm, text_of
from api.house import House
from api.importing import office_of
from api.pages import Looking, Page, frame, looking, render, see_other
from api.policy import PEOPLE, policy
from api.sentences import sentence
from api.set_aside import PATH as THE_INTAKE
from api.set_aside import SIZE, page_asked
from api.visitor import Me, TheHouse, Visitor
from api.words import REFUSALS
from domain.access import Level, level
from domain.catalogue import BY_TYPE, class_of
from domain.refused import Refused
from intake import proposals
from intake.proposals import BeforeItBegan, NoProposal, Proposal, RejectReason, proposals_for
from people.danish_order import sort_key
from people.register import Identity

router = APIRouter()
PATH = THE_INTAKE + "/forslag"
REASONS = (
    (RejectReason.GOES_ON, "Det er ikke ophørt"),
    (RejectReason.LIST_WRONG, "Listen er forkert"),
    (RejectReason.OTHER, "Andet"),
)
GONE = PATH + "?besked=forslag-vaek"
NO_REASON = "Vælg, hvorfor det ikke passer."
TOO_EARLY = "Dagen ligger før begyndelsen."


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One proposal. `name` None: the person is protected, and only the case number is shown."""

    id: UUID
    name: str | None
    case_number: str
    began: str
    began_on: date
    end: str
    since: date

    @property
    def day_field(self) -> str:
        """What its date is called in the form: every row has its own."""
        return f"on-{self.id}"

    @property
    def reason_field(self) -> str:
        return f"grund-{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalsPage(Page):
    """The proposals of the visitor's party. `said` is what was written in the one that was just answered."""

    template: ClassVar[str] = "intake/proposals.html"
    lines: Sequence[Line]
    total: int
    number: int
    today: date
    reasons: Sequence[tuple[str, str]] = REASONS
    answered: UUID | None = None
    said: tuple[str, str, str] = ("", "", "")

    @staticmethod
    def page_link(number: int) -> str:
        return f"{PATH}?{urlencode({'side': number})}" if number > 1 else PATH


@router.get(PATH, name="proposals")
@policy(PEOPLE)
def show(request: Request, house: TheHouse, me: Me, side: str = "") -> HTMLResponse:
    """What may have ended, oldest first."""
    return _show(request, house, me, side)


@router.post(PATH + "/{proposal_id}/bekraeft", name="confirm-proposal")
@policy(PEOPLE)
def confirm(request: Request, house: TheHouse, me: Me, proposal_id: str, form: TheForm) -> Response:
    """It ended on that day."""
    wanted = _id(proposal_id)
    if not _is_there(request, me, wanted):
        return see_other(GONE)
    name = f"on-{wanted}"
    on = read_date(form, name, house.today)
    if isinstance(on, str):
        return _again(request, house, me, wanted, form, {name: on})
    try:
        proposals.confirm(office_of(house), wanted, party=me.party, on=on, by=me.actor, now=house.now)
    except NoProposal:
        return see_other(GONE)
    except BeforeItBegan:
        return _again(request, house, me, wanted, form, {name: TOO_EARLY})
    except Refused as refusal:
        return _again(request, house, me, wanted, form, {name: REFUSALS[refusal.reason]})
    house.wait_for_lists(house.log.position())
    return see_other(f"{PATH}?besked=forslag-bekraeftet")


@router.post(PATH + "/{proposal_id}/afvis", name="reject-proposal")
@policy(PEOPLE)
def reject(request: Request, house: TheHouse, me: Me, proposal_id: str, form: TheForm) -> Response:
    """It did not end."""
    wanted = _id(proposal_id)
    if not _is_there(request, me, wanted):
        return see_other(GONE)
    name = f"grund-{wanted}"
    reason = text_of(form, name)
    if reason not in {code for code, _ in REASONS}:
        return _again(request, house, me, wanted, form, {name: NO_REASON})
    try:
        proposals.reject(
            office_of(house), wanted, party=me.party, reason=RejectReason(reason), by=me.actor, now=house.now
        )
    except NoProposal:
        return see_other(GONE)
    return see_other(f"{PATH}?besked=forslag-afvist")


def _id(text: str) -> UUID:
    """The proposal's id; one that is nobody's when it cannot be one."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _is_there(request: Request, me: Visitor, proposal_id: UUID) -> bool:
    """Whether it waits for this visitor's party; whom it is about is logged."""
    with looking(request, me) as look:
        person = proposals.person_of(look.conn, proposal_id, me.party)
        look.at([person] if person else [], "proposals")
    return person is not None


def _again(
    request: Request, house: House, me: Visitor, proposal_id: UUID, form: FormData, errors: dict[str, str]
) -> Response:
    """The list with what was wrong."""
    return _show(request, house, me, text_of(form, "side"), proposal_id, form, errors)


def _show(
    request: Request,
    house: House,
    me: Visitor,
    side: str,
    answered: UUID | None = None,
    form: FormData | None = None,
    errors: dict[str, str] | None = None,
) -> HTMLResponse:
    with looking(request, me) as look:
        found = [
            one
            for one in proposals_for(office_of(house), look.conn, me.party, me.groups)
            if level(me.party, class_of(one.end)) >= Level.SUMMARY
        ]
        known = house.register.identities(look.conn, {one.person_id for one in found})
        found = sorted(
            (one for one in found if one.person_id in known), key=lambda one: (one.since, _place(known[one.person_id]))
        )
        number = page_asked(side, len(found))
        shown = found[(number - 1) * SIZE : number * SIZE]
        _log(look, shown)
    is_there = any(one.id == answered for one in shown)
    page = ProposalsPage(
        **frame(request, "Forslag om afslutning", "intake") | {"errors": (errors or {}) if is_there else {}},
        lines=[_line(one, known[one.person_id]) for one in shown],
        total=len(found),
        number=number,
        today=house.today,
        answered=answered if is_there else None,
        said=written(form, f"on-{answered}") if form is not None else ("", "", ""),
    )
    return render(request, page, 422 if errors and is_there else 200)


def _log(look: Looking, shown: Sequence[Proposal]) -> None:
    look.at(sorted({one.person_id for one in shown}), "proposals")


def _place(who: Identity) -> tuple[bool, str]:
    """Where somebody stands in a list: in Danish order, and the protected at its end by their numbers."""
    return (who.protected, who.case_number if who.protected else sort_key(who.name))


def _line(one: Proposal, who: Identity) -> Line:
    return Line(
        id=one.id,
        name=None if who.protected else who.name,
        case_number=who.case_number,
        began=sentence(one.began),
        began_on=one.began.on,
        end=BY_TYPE[type(one.end)].title,
        since=one.since,
    )
