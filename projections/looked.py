"""What was done about a duty without clearing it: contact that was tried, and looks at it.

Pure functions of one person's facts. A try stops no clock. A look lets the row rest on the list of the party that
looked, and on nobody else's, until that party wants to ask again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.codes import ContactWay, Party
from domain.events import (
    Checked,
    ContactTried,
    HandoverReplaced,
    HandoverReturned,
    HandoverSent,
    HandoverWithdrawn,
)
from domain.facts import Life


@dataclass(frozen=True, slots=True)
class Tries:
    """How often contact was tried in vain, and when and how the last time."""

    count: int = 0
    last_on: date | None = None
    last_way: ContactWay | None = None


@dataclass(frozen=True, slots=True)
class Looks:
    """Who looked at a duty, and at the same place the day on which they ask again; only the last look of each."""

    by: tuple[Party, ...] = ()
    ask_again_on: tuple[date, ...] = ()


def tries_since(life: Life, day: date) -> Tries:
    """The tries on that day and later."""
    tried = [fact.event for fact in life.of(ContactTried) if fact.on >= day]
    last = tried[-1] if tried else None
    return Tries(len(tried), last.on, last.way) if isinstance(last, ContactTried) else Tries()


def looks_at(life: Life, row_key: str, since: int = 0) -> Looks:
    """The looks at the duty of this row that the log got after that position."""
    asks_on = {
        look.by: look.ask_again_on
        for fact in life.of(Checked)
        if isinstance(look := fact.event, Checked) and fact.position > since and names(look) == row_key
    }
    parties = tuple(party for party in Party if party in asks_on)
    return Looks(parties, tuple(asks_on[party] for party in parties))


def names(look: Checked) -> str:
    """The key of the row that was looked at: a duty's rule and trigger, or "handover" and the handover."""
    return f"{look.rule}:{look.trigger}"


def handed_at(life: Life, handovers: Collection[UUID]) -> int:
    """Where the log has the last of these handovers sent, or come back; 0 when there is none."""
    if not handovers:
        return 0
    moved = life.of(HandoverSent, HandoverReturned, HandoverWithdrawn, HandoverReplaced)
    return max((fact.position for fact in moved if getattr(fact.event, "handover_id", None) in handovers), default=0)
