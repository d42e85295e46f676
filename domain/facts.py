"""One young person's facts: what happened, with its three times, corrections applied."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.choices import WithdrawReason
from domain.events import (
    BirthDateCorrected,
    Event,
    FactWithdrawn,
    JoinedIntoOtherFile,
    JourneyClosed,
    JourneyReopened,
    JourneyStarted,
    PartedFromOtherFile,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
"""Civil dates are Danish dates; instants are UTC."""


def civil_date(instant: datetime) -> date:
    """The date in Denmark at this instant."""
    return instant.astimezone(COPENHAGEN).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """An event as the domain sees it.

    `event.on` is when it happened, `known_at` when the one who must act knew, `recorded_at` when the log
    got it. `position` is the entry's place in the log. `about` is the entry that this one corrects.
    `earlier` is what was said of it before it was corrected, oldest first.
    """

    entry_id: UUID
    event: Event
    known_at: datetime
    recorded_at: datetime
    position: int
    about: UUID | None = None
    corrected_at: datetime | None = None
    earlier: tuple[Event, ...] = ()

    @property
    def on(self) -> date:
        return self.event.on

    @property
    def known_on(self) -> date:
        """The Danish date when the municipality knew."""
        return civil_date(self.known_at)

    @property
    def order(self) -> tuple[date, datetime, int, UUID]:
        """Facts are told in this order: as they happened, as they were known, and only then as they arrived."""
        return (self.event.on, self.known_at, self.position, self.entry_id)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A fact that does not count any longer, since when and why."""

    fact: Fact
    at: datetime
    reason: WithdrawReason


@dataclass(frozen=True, slots=True)
class Life:
    """All facts of one person that stand now, by type and in the order they happened.

    `stands_for` says which fact an entry is about: itself, or the first entry it corrects or withdraws.
    `withdrawn` are the facts that do not stand, by the id of their first entry.
    """

    by_type: Mapping[type, tuple[Fact, ...]] = field(default_factory=dict)
    stands_for: Mapping[UUID, UUID] = field(default_factory=dict)
    withdrawn: Mapping[UUID, Withdrawn] = field(default_factory=dict)

    def of(self, *types: type) -> list[Fact]:
        """The facts of these types, oldest first."""
        found = [fact for kind in types for fact in self.by_type.get(kind, ())]
        return sorted(found, key=lambda fact: fact.order) if len(types) > 1 else found

    def all(self) -> list[Fact]:
        """Every fact that stands, oldest first."""
        everything = (fact for facts in self.by_type.values() for fact in facts)
        return sorted(everything, key=lambda fact: fact.order)

    @property
    def born_on(self) -> date | None:
        """The date of birth as it is known now: the correction we learned of last, or the first."""
        corrected = self.by_type.get(BirthDateCorrected)
        found = corrected or self.by_type.get(JourneyStarted)
        if not found:
            return None
        event = max(found, key=lambda fact: (fact.known_at, fact.position)).event
        return event.born_on if isinstance(event, BirthDateCorrected | JourneyStarted) else None

    @property
    def closed_on(self) -> date | None:
        """The day from which nobody follows the young person in this file; None while somebody does."""
        last = max(self.of(*_ENDS, *_GOES_ON), key=lambda fact: fact.position, default=None)
        return last.on if last is not None and isinstance(last.event, _ENDS) else None

    def fact(self, entry_id: UUID) -> Fact | None:
        """The fact that stands and that this entry said or changed."""
        first_id = self.stands_for.get(entry_id)
        found = (fact for facts in self.by_type.values() for fact in facts if fact.entry_id == first_id)
        return next(found, None)


_ENDS = (JourneyClosed, JoinedIntoOtherFile)
_GOES_ON = (JourneyReopened, PartedFromOtherFile)


def learn(life: Life, fact: Fact) -> Life:
    """Let one more fact be known. A correction takes the place of what it is about; a withdrawal takes it away.

    The first fact's `known_at` stays: a clock that started when we learned of something does not start
    again because a detail of it was wrong. What was withdrawn counts again when a correction of it comes.
    """
    by_type = dict(life.by_type)
    stands_for = {**life.stands_for, fact.entry_id: fact.entry_id}
    withdrawn = life.withdrawn
    first_id = life.stands_for.get(fact.about) if fact.about else None
    if first_id is not None:
        stands_for[fact.entry_id] = first_id
        withdrawn = dict(withdrawn)
        gone = withdrawn.pop(first_id, None)
        old = gone.fact if gone else _take_out(by_type, first_id)
        if isinstance(fact.event, FactWithdrawn):
            withdrawn[first_id] = Withdrawn(old, fact.recorded_at, fact.event.reason)
            return Life(by_type, stands_for, withdrawn)
        fact = _corrected(old, fact)
    kind = type(fact.event)
    by_type[kind] = _in_order((*by_type.get(kind, ()), fact))
    return Life(by_type, stands_for, withdrawn)


def life_of(facts: Iterable[Fact]) -> Life:
    """All facts, learned in the order of the log: the same as `learn` one by one, sorted once."""
    standing: dict[UUID, Fact] = {}
    stands_for: dict[UUID, UUID] = {}
    withdrawn: dict[UUID, Withdrawn] = {}
    for fact in facts:
        first_id = stands_for.get(fact.about, fact.entry_id) if fact.about else fact.entry_id
        stands_for[fact.entry_id] = first_id
        if first_id == fact.entry_id:
            standing[first_id] = fact
            continue
        gone = withdrawn.pop(first_id, None)
        old = gone.fact if gone else standing.pop(first_id)
        if isinstance(fact.event, FactWithdrawn):
            withdrawn[first_id] = Withdrawn(old, fact.recorded_at, fact.event.reason)
        else:
            standing[first_id] = _corrected(old, fact)
    by_type: dict[type, list[Fact]] = {}
    for fact in standing.values():
        by_type.setdefault(type(fact.event), []).append(fact)
    return Life({kind: _in_order(found) for kind, found in by_type.items()}, stands_for, withdrawn)


def _corrected(old: Fact, fact: Fact) -> Fact:
    """The old fact as it is told now."""
    return replace(
        fact,
        entry_id=old.entry_id,
        known_at=old.known_at,
        recorded_at=old.recorded_at,
        position=old.position,
        corrected_at=fact.recorded_at,
        earlier=(*old.earlier, old.event),
    )


def _in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=lambda fact: fact.order))


def _take_out(by_type: dict[type, tuple[Fact, ...]], entry_id: UUID) -> Fact:
    """Remove the fact from its type, and answer with it."""
    for kind, facts in by_type.items():
        for fact in facts:
            if fact.entry_id == entry_id:
                by_type[kind] = tuple(known for known in facts if known is not fact)
                if not by_type[kind]:
                    del by_type[kind]
                return fact
    raise KeyError(entry_id)
