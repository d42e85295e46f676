"""A handover on the list in words: since when it waits, how long it may, and for whom."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from api.sentences import in_words
from api.worklist_rows import status_of
from domain.codes import Matter, Party
from domain.days import age_on
from people.register import Identity
from projections.answered import Answered
from projections.rows import NextMove, Row, RowKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One handover. `name` None: the person is protected. `waiting_for` None: the reader's own department.

    `answered_on` is set when it no longer waits, and then `waiting_for` says nothing. `state` "planned": it is not sent
    yet, and `sent_on` and `answer_by` are the days on which that was agreed and by which it is to be sent. `on_paper`:
    the receiver has no login. `link` says what can be done.
    """

    name: str | None
    case_number: str
    href: str
    handover: str
    age: int | None
    matter: str
    giver: Party
    receiver: Party
    sent_on: date
    answer_by: date
    state: str
    status_kind: str
    status: str
    link: str = "Se"
    on_paper: bool = False
    waiting_for: Party | None = None
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom lines are put in words, and what they are measured with. `back` is the address of the list itself."""

    party: Party
    today: date
    closed_days: frozenset[date]
    back: str

    def waiting(self, row: Row, who: Identity) -> Line:
        """A handover that waits: for its answer, or to be sent."""
        is_ours, on_paper = row.holder is self.party, row.next_move in _ON_PAPER
        kind, status = status_of(row.due_on, self.today, self.closed_days)
        return Line(
            **self._who(who, row.born_on, str(row.handover_id)),
            matter=_matter(row.matter),
            giver=row.giver,
            receiver=row.receiver,
            sent_on=row.triggered_on,
            answer_by=row.due_on,
            state="planned" if row.kind is RowKind.PLANNED else row.state.value,
            status_kind=kind,
            status=status,
            link=_LINKS[row.next_move] if is_ours else "Se",
            on_paper=on_paper,
            waiting_for=None if is_ours else row.holder,
        )

    def answered(self, one: Answered, who: Identity) -> Line:
        """A handover that no longer waits."""
        ended = one.ended
        return Line(
            **self._who(who, ended.born_on, str(ended.handover_id)),
            matter=_matter(ended.matter),
            giver=ended.giver,
            receiver=ended.receiver,
            sent_on=ended.sent_on,
            answer_by=ended.answer_by,
            state=one.state,
            status_kind="overdue" if one.was_late else "ok",
            status="efter svarfristen" if one.was_late else "i tide",
            answered_on=one.answered_on,
        )

    def _who(self, who: Identity, born_on: date | None, handover_id: str) -> dict[str, Any]:
        path = f"/unge/{who.case_number}"
        return {
            "name": None if who.protected else who.name,
            "case_number": who.case_number,
            "href": f"{path}?liste={quote(self.back, safe='')}",
            "handover": f"{path}/overleveringer/{handover_id}",
            "age": age_on(born_on, self.today) if born_on else None,
        }


_ON_PAPER = (NextMove.RECORD_RECEIPT, NextMove.RECORD_ANSWER)
_LINKS = {
    NextMove.ANSWER_HANDOVER: "Læs og svar",
    NextMove.TAKE_OVER: "Læs og svar",
    NextMove.RECORD_RECEIPT: "Registrér svaret",
    NextMove.RECORD_ANSWER: "Registrér svaret",
    NextMove.SEND_HANDOVER: "Send, eller træk tilbage",
}


def _matter(matter: Matter) -> str:
    word = in_words(matter)
    return word[:1].upper() + word[1:]
