"""Who is wished for at a meeting: a row for each wish.

Whether a meeting has taken it up is told by the meetings, which are streams of their own; so that is asked
(agenda.py), not kept.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.codes import Party
from domain.events import (
    AgendaItemWished,
    BirthDateCorrected,
    JoinedIntoOtherFile,
    JourneyClosed,
    JourneyReopened,
    JourneyStarted,
    PartedFromOtherFile,
)
from domain.facts import Life
from domain.journey import Journey
from domain.rules import RuleSet
from projections.rows import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A party wants the young person to be spoken of. `row_key` is the id of the entry that says so, and why."""

    row_key: str
    party: Party
    wished_on: date

    @property
    def entry_id(self) -> UUID:
        return UUID(self.row_key)


def wishes_of(life: Life, _journey: Journey, _rules: RuleSet) -> tuple[Wish, ...]:
    """The rows of somebody who is followed; none of anybody else."""
    if life.born_on is None or life.closed_on is not None:
        return ()
    return tuple(
        Wish(row_key=str(fact.entry_id), party=fact.event.by, wished_on=fact.on)
        for fact in life.of(AgendaItemWished)
        if isinstance(fact.event, AgendaItemWished)
    )


def parts(rules: RuleSet) -> dict[type, Part]:
    """The rows are worked out again after these events; nothing else changes them, and no rule does."""
    return dict.fromkeys(_CHANGING, Part(rules))


_CHANGING = (
    AgendaItemWished,
    JourneyStarted,
    BirthDateCorrected,  # it says a birth date, also where the beginning was withdrawn
    JourneyClosed,
    JourneyReopened,
    JoinedIntoOtherFile,
    PartedFromOtherFile,
)
