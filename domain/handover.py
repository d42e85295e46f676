"""One handover as it stands: how far it has come, whose move it is, and who reads its words."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.access import reads_words_of
from domain.choices import Outside
from domain.codes import Party
from domain.events import (
    HandoverPlanned,
    HandoverReceiptRecorded,
    HandoverReplaced,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverSentOutside,
    HandoverTakenOver,
    HandoverWithdrawn,
)
from domain.outside import WITHOUT_LOGIN

Answer = HandoverTakenOver | HandoverReturned | HandoverWithdrawn | HandoverReplaced
Later = HandoverSentOutside | HandoverSeen | HandoverReceiptRecorded | Answer
"""What happens to a handover after it was sent."""


class HandoverState(StrEnum):
    """How far a handover has come. Being overdue is a question with a date, not a state."""

    SENT = "sent"
    SEEN = "seen"
    TAKEN_OVER = "taken-over"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"

    @property
    def is_open(self) -> bool:
        """The receiver has not answered yet."""
        return self in (HandoverState.SENT, HandoverState.SEEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """One handover: what was sent, and what became of it.

    `outside` is set where the receiver has no login: then the giver records the `receipt` and the answer.
    """

    sent: HandoverSent
    state: HandoverState = HandoverState.SENT
    seen_on: date | None = None
    answered: Answer | None = None
    outside: Outside | None = None
    receipt: HandoverReceiptRecorded | None = None

    @property
    def answered_by(self) -> Party:
        """Whose move it is while it is open, and who writes down the answer."""
        return self.sent.receiver if self.outside is None else self.sent.giver

    def words_are_read_by(self, party: Party) -> bool:
        """Whether this party reads what is written in it. What goes outside is not for the party's own workers."""
        return reads_words_of(party, self.sent.giver, self.answered_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUpPlan:
    """A planned handover that was never sent, because the giver withdrew it."""

    planned: HandoverPlanned
    withdrawn: HandoverWithdrawn


def just_sent(event: HandoverSent) -> Handover:
    """The handover on its way."""
    return Handover(sent=event, outside=WITHOUT_LOGIN.get(event.receiver))


def after(handover: Handover, event: Later) -> Handover:  # noqa: PLR0911 - one answer per event
    """An open handover after this has happened to it."""
    match event:
        case HandoverSentOutside(to=to):
            return replace(handover, outside=to)
        case HandoverSeen():
            return replace(handover, state=HandoverState.SEEN, seen_on=event.on)
        case HandoverReceiptRecorded():
            return replace(handover, state=HandoverState.SEEN, seen_on=event.on, receipt=event)
        case HandoverTakenOver():
            return replace(handover, state=HandoverState.TAKEN_OVER, answered=event)
        case HandoverReturned():
            return replace(handover, state=HandoverState.RETURNED, answered=event)
        case HandoverWithdrawn():
            return replace(handover, state=HandoverState.WITHDRAWN, answered=event)
        case HandoverReplaced():
            return replace(handover, state=HandoverState.REPLACED, answered=event)
