"""The page of one handover, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from api.form_texts import like_cpr
from api.handover_sending import capital
from api.pages import Page
from api.sentences import in_words, sentence
from domain.codes import ReturnReason
from domain.journey import HandoverState
from eventlog import ActorKind
from people.register import Identity
from projections.handover import Handed, HandoverView, Turn

REASONS = [(reason.value, capital(in_words(reason))) for reason in ReturnReason]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPage(Page):
    """One handover. `writers` are names of staff by id.

    `action` is the form that failed, `form` what was written in it; `conflict`: somebody answered before.
    """

    template: ClassVar[str] = "handovers/show.html"
    who: Identity
    view: HandoverView
    writers: Mapping[str, str]
    is_receiver: bool
    is_giver: bool
    today: date
    action: str = ""
    form: Mapping[str, Any] = field(default_factory=dict)
    carried: str = ""
    conflict: bool = False

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
    def matter(self) -> str:
        return in_words(self.view.sent.matter)

    @property
    def reasons(self) -> list[tuple[str, str]]:
        return REASONS

    @property
    def not_saved(self) -> str:
        """What was written in vain, so that it is not lost."""
        return str(self.form.get("words") or self.form.get("withdraw_words") or "") if self.conflict else ""

    def written(self, name: str, empty: Any = "") -> Any:
        return self.form.get(name, empty)

    def maybe_cpr(self, name: str) -> bool:
        return like_cpr(str(self.written(name)))

    def command(self, action: str) -> str:
        """Each form has a command of its own; the one that failed keeps it, because nothing was written."""
        return self.carried if self.carried and action == self.action else str(uuid4())

    def line(self, item: Handed) -> str:
        return sentence(item.event)

    def turn_line(self, turn: Turn) -> str:
        """What became of it, with the codes and dates that belong to it."""
        line = in_words(turn.state)
        if turn.reason is not None:
            return f"{line}: {in_words(turn.reason)}"
        return f"{line}; første samtale {in_words(turn.first_talk_on)}" if turn.first_talk_on else line

    def writer(self, turn: Turn) -> str:
        """Who wrote it down, as far as we know."""
        if turn.actor.kind is ActorKind.STAFF:
            return self.writers.get(turn.actor.id, "en medarbejder, som ikke længere er på listen")
        return "overført fra et fagsystem"

    @property
    def closed_lines(self) -> list[str]:
        """What was handed over that the reader does not see, as sentences."""
        about = [(count, f" om {in_words(data_class)}") for data_class, count in self.view.closed]
        if self.view.hidden:
            about.append((self.view.hidden, ""))
        return [f"{_pieces(count)}{what} vises ikke for din rolle." for count, what in about]


def _pieces(count: int) -> str:
    return "1 oplysning" if count == 1 else f"{count} oplysninger"
