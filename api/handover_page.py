"""The page of one handover, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from api.form_texts import like_cpr
from api.pages import Page
from api.sentences import capital, in_words, sentence
from api.worklist_rows import status_of
from domain.choices import Confirmer, ReceiptWay
from domain.codes import ReturnReason
from domain.journey import HandoverState
from eventlog import ActorKind
from people.register import Identity
from projections.handover import Handed, HandoverView, PlannedView, Turn

PLANNED = "Planlagt"
REASONS = [(reason.value, capital(in_words(reason))) for reason in ReturnReason]
CONFIRMERS = [(one.value, capital(in_words(one))) for one in Confirmer]
WAYS = [(one.value, capital(in_words(one))) for one in ReceiptWay]


@dataclass(frozen=True, slots=True, kw_only=True)
class _AnyHandoverPage(Page):
    """What the page of a handover has, whether it is sent or planned. `writers` are names of staff by id.

    `action` is the form that failed, `form` what was written in it; `conflict`: somebody answered before.
    """

    who: Identity
    view: Any
    writers: Mapping[str, str]
    is_giver: bool
    today: date
    closed_days: frozenset[date]
    action: str = ""
    form: Mapping[str, Any] = field(default_factory=dict)
    carried: str = ""
    conflict: bool = False

    @property
    def not_saved(self) -> str:
        """What was written in vain, so that it is not lost."""
        return str(self.form.get("words") or self.form.get("withdraw_words") or "") if self.conflict else ""

    def standing(self, day: date) -> tuple[str, str]:
        """How a deadline stands: its colour and its words."""
        return status_of(day, self.today, self.closed_days)

    def written(self, name: str, empty: Any = "") -> Any:
        return self.form.get(name, empty)

    def maybe_cpr(self, name: str) -> bool:
        return like_cpr(str(self.written(name)))

    def command(self, action: str) -> str:
        """Each form has a command of its own; the one that failed keeps it, because nothing was written."""
        return self.carried if self.carried and action == self.action else str(uuid4())

    def turn_line(self, turn: Turn) -> str:
        """What became of it, with the codes and dates that belong to it."""
        line = in_words(turn.state) if turn.state else PLANNED
        if turn.receipt is not None:
            confirmed = f"{in_words(turn.receipt.confirmed_by)}, {in_words(turn.receipt.way)}"
            return f"{line}: kommet frem, bekræftet af {confirmed}"
        if turn.reason is not None:
            return f"{line}: {in_words(turn.reason)}"
        return f"{line}; første samtale {in_words(turn.first_talk_on)}" if turn.first_talk_on else line

    def writer(self, turn: Turn) -> str:
        """Who wrote it down, as far as we know."""
        if turn.actor.kind is ActorKind.STAFF:
            return self.writers.get(turn.actor.id, "en medarbejder, som ikke længere er på listen")
        return "overført fra et fagsystem"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPage(_AnyHandoverPage):
    """A handover that is agreed for later: to be sent, or given up."""

    template: ClassVar[str] = "handovers/planned.html"
    view: PlannedView

    @property
    def path(self) -> str:
        return f"{self.of_all}/{self.view.planned.handover_id}"

    @property
    def of_all(self) -> str:
        return f"/unge/{self.who.case_number}/overleveringer"

    @property
    def send_link(self) -> str:
        """The form, filled in with what is planned."""
        return f"{self.of_all}/ny?frist=planned:{self.view.planned.handover_id}"

    @property
    def matter(self) -> str:
        return in_words(self.view.planned.matter)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPage(_AnyHandoverPage):
    """One handover that was sent. `is_receiver`: the reader's party answers it itself."""

    template: ClassVar[str] = "handovers/show.html"
    view: HandoverView
    is_receiver: bool

    @property
    def path(self) -> str:
        return f"/unge/{self.who.case_number}/overleveringer/{self.view.sent.handover_id}"

    @property
    def is_open(self) -> bool:
        return self.view.state.is_open

    @property
    def is_unseen(self) -> bool:
        return self.view.state is HandoverState.SENT

    @property
    def outside(self) -> str:
        """The place without a login that it went to; nothing where the receiver answers here."""
        return in_words(self.view.outside) if self.view.outside else ""

    @property
    def may_print(self) -> bool:
        """Those who read all that is written in it; a sheet without the words would be of no use."""
        return self.is_giver or self.is_receiver

    @property
    def replaced_by(self) -> str:
        """The address of the one that was sent instead, if there is one."""
        return f"{self.path.rpartition('/')[0]}/{self.view.replaced_by}" if self.view.replaced_by else ""

    @property
    def matter(self) -> str:
        return in_words(self.view.sent.matter)

    @property
    def reasons(self) -> list[tuple[str, str]]:
        return REASONS

    @property
    def confirmers(self) -> list[tuple[str, str]]:
        return CONFIRMERS

    @property
    def ways(self) -> list[tuple[str, str]]:
        return WAYS

    def line(self, item: Handed) -> str:
        return sentence(item.event)

    @property
    def closed_lines(self) -> list[str]:
        """What was handed over that the reader does not see, as sentences."""
        about = [(count, f" om {in_words(data_class)}") for data_class, count in self.view.closed]
        if self.view.hidden:
            about.append((self.view.hidden, ""))
        return [f"{_pieces(count)}{what} vises ikke for din rolle." for count, what in about]


def _pieces(count: int) -> str:
    return "1 oplysning" if count == 1 else f"{count} oplysninger"
