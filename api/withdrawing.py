"""Træk tilbage: something was recorded that did not happen, or was recorded twice. And the way back."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.correctable import the_fact
from api.correction_steps import counting_again, withdrawal
from api.form_texts import TheForm, command_of, text_of
from api.pages import Page, frame, looking, render, see_other
from api.people_pages import Way, way_back, who_is
from api.policy import PEOPLE, policy
from api.sentences import capital, sentence
from api.visitor import Me, TheHouse
from api.words import WITHDRAW_REASONS
from domain.choices import WithdrawReason
from people.register import Identity

router = APIRouter()
PATH = "/unge/{case_number}/haendelser/{entry_id}/traek-tilbage"
CHOICES = (WithdrawReason.DID_NOT_HAPPEN, WithdrawReason.RECORDED_TWICE)
NO_REASON = "Vælg, hvorfor hændelsen ikke skal tælle."


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPage(Page):
    """One fact, and why it is not to count; or, when it was withdrawn, whether it is to count again."""

    template: ClassVar[str] = "correcting/withdraw.html"
    who: Identity
    entry_id: UUID
    on: date
    says: str
    withdrawn: str | None
    reasons: list[tuple[str, str]]
    chosen: str
    command: str
    way: Way

    @property
    def back(self) -> str:
        return self.way.to_person(self.who.case_number)


@router.get(PATH, name="withdraw")
@policy(PEOPLE)
def ask(request: Request, house: TheHouse, me: Me, case_number: str, entry_id: UUID, liste: str = "") -> HTMLResponse:
    """What it is, and why it should not count."""
    return _show(request, house, me, case_number, entry_id, way_back(liste))


@router.post(PATH)
@policy(PEOPLE)
def withdraw(request: Request, house: TheHouse, me: Me, case_number: str, entry_id: UUID, form: TheForm) -> Response:
    """Let it not count. It stays in the history, with the reason."""
    way = way_back(text_of(form, "liste"))
    reason = text_of(form, "grund")
    command = command_of(form)
    if reason not in set(CHOICES) or command is None:
        return _show(request, house, me, case_number, entry_id, way, errors={"grund": NO_REASON})
    with looking(request, me) as look:
        who = who_is(look, house, me, case_number)
        look.at([who.person_id], "recording")
        found = the_fact(house, me, who.person_id, entry_id, look.conn)
    step = withdrawal(who.person_id, found.fact, WithdrawReason(reason), house.today)
    recorded = house.log.record_together([step], by=me.actor, known_at=house.now, command_id=command)
    house.wait_for_lists(recorded.position)
    return see_other(way.to_person(who.case_number, besked="trukket-tilbage"))


@router.post("/unge/{case_number}/haendelser/{entry_id}/tael-igen", name="count-again")
@policy(PEOPLE)
def count_again(
    request: Request,
    house: TheHouse,
    me: Me,
    case_number: str,
    entry_id: UUID,
    form: TheForm,
) -> Response:
    """Let what was withdrawn count again."""
    way = way_back(text_of(form, "liste"))
    command = command_of(form)
    with looking(request, me) as look:
        who = who_is(look, house, me, case_number)
        look.at([who.person_id], "recording")
        found = the_fact(house, me, who.person_id, entry_id, look.conn)
    if found.withdrawn not in CHOICES or command is None:
        # It counts already, or stands in another file: the page says which.
        return _show(request, house, me, case_number, entry_id, way)
    step = counting_again(who.person_id, found.fact, house.today)
    recorded = house.log.record_together([step], by=me.actor, known_at=house.now, command_id=command)
    house.wait_for_lists(recorded.position)
    return see_other(way.to_person(who.case_number, besked="taeller-igen"))


def _show(
    request: Request,
    house: TheHouse,
    me: Me,
    case_number: str,
    entry_id: UUID,
    way: Way,
    errors: dict[str, str] | None = None,
) -> HTMLResponse:
    with looking(request, me) as look:
        who = who_is(look, house, me, case_number)
        look.at([who.person_id], "recording")
        found = the_fact(house, me, who.person_id, entry_id, look.conn)
    page = WithdrawPage(
        **frame(request, "Træk en hændelse tilbage") | {"errors": errors or {}},
        who=who,
        entry_id=entry_id,
        on=found.fact.on,
        says=sentence(found.fact.event),
        withdrawn=WITHDRAW_REASONS[found.withdrawn] if found.withdrawn else None,
        reasons=[(reason.value, capital(WITHDRAW_REASONS[reason])) for reason in CHOICES],
        chosen="",
        command=str(uuid4()),
        way=way,
    )
    return render(request, page, 422 if errors else 200)
