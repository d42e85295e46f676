"""The handover on paper, with the slip on which somebody without a login answers."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.errors import NotForYou
from api.handover_answering import asked_for
from api.pages import Page, frame, render
from api.policy import PEOPLE, policy
from api.printing import CONFIDENTIAL, printed_by
from api.sentences import capital, in_words, long_day, sentence
from api.visitor import Me, TheHouse
from api.words import RETURN_REASONS
from people.register import Identity
from projections.handover import Handed, HandoverView

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage(Page):
    """The sheet. `has_slip`: the answer is still to come, and comes on paper. `unit` is where it is sent back to."""

    template: ClassVar[str] = "handovers/print.html"
    who: Identity
    view: HandoverView
    back: str
    unit: str
    has_slip: bool
    printed: str
    confidential: str = CONFIDENTIAL

    @property
    def matter(self) -> str:
        return in_words(self.view.sent.matter)

    @property
    def giver(self) -> str:
        return in_words(self.view.sent.giver)

    @property
    def receiver(self) -> str:
        return in_words(self.view.outside or self.view.sent.receiver)

    @property
    def reasons(self) -> list[str]:
        return [capital(reason) for reason in RETURN_REASONS.values()]

    @property
    def is_open(self) -> bool:
        return self.view.state.is_open

    @staticmethod
    def long_day(day: date) -> str:
        """3. april 2026."""
        return long_day(day)

    def line(self, item: Handed) -> str:
        return sentence(item.event)


@router.get("/unge/{case_number}/overleveringer/{handover_id}/udskrift", name="print-handover")
@policy(PEOPLE)
def sheet(request: Request, house: TheHouse, me: Me, case_number: str, handover_id: str) -> HTMLResponse:
    """For those who read its words, with the facts that they may see; without the words it would be of no use."""
    asked = asked_for(request, house, me, case_number, handover_id)
    view = asked.sent
    if view.note is None:
        raise NotForYou
    page = SheetPage(
        **frame(request, "Overlevering på papir"),
        who=asked.who,
        view=view,
        back=asked.path,
        unit=me.staff.unit_name,
        has_slip=view.outside is not None and view.state.is_open and me.party is view.sent.giver,
        printed=printed_by(me, house.now),
    )
    return render(request, page)
