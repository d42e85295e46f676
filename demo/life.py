"""A life while it is told: one fictional young person, what happens to them, and when it becomes known.

What lies after the last day is simply not told, so that a path can be written to its end and stops where today is.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

from demo.days import open_day, open_day_before
from demo.failing.kinds import Seen
from domain.catalogue import BY_TYPE
from domain.choices import CloseReason
from domain.codes import Matter, Party, StartReason
from domain.days import age_on, birthday, months_after
from domain.decisions import start_journey
from domain.events import JourneyClosed, JourneyEvent, JourneyReopened, ResponsibilityEstablished
from domain.journey import Journey

T = TypeVar("T")

DAYS = 728
"""How long deliveries have come: two years in whole weeks. What is older came with the first of them."""

OF_AGE, NO_LONGER_KUI = 18, 25
_YEAR = 365.25
_FADES_AFTER, _FADED_AFTER = 900, 2_200
"""Days after which details begin to be missing, and are almost always missing: old files are thinner."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is told of a young person, by a source's line or by somebody at their desk.

    `first_told` is the wrong version that was told first, if one was, until `changed_on`. `by` is who wrote it where
    somebody did; `by_hand` when it is written on a page whether a source could tell it or not.
    """

    id: str
    event: JourneyEvent
    known_on: date
    delivered_on: date
    by: Party
    by_hand: bool = False
    first_told: JourneyEvent | None = None
    changed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Planted:
    """Something that has gone wrong on purpose.

    `law` is the rule that it goes against, "" when none does; `rules` those by which the worklist shows it, most often
    the same one; `lists` where it is to be seen; `due_on` when it should have happened – or, of a duty for
    which no act says a day, from when it has been asked for.
    """

    kind: str
    law: str
    rules: tuple[str, ...]
    lists: tuple[str, ...]
    due_on: date


@dataclass(slots=True)
class Life:
    """One life.

    `never` are types of events that do not happen from a day on; `holders` who answers for what; `unfollowed` the
    times between closing the file and opening it again. `is_b`: school, department and so on write the second dialect
    of each kind of file.
    """

    number: int
    draw: Random
    until: date
    born_on: date = date.min
    is_new: bool = False
    is_b: bool = False
    reason: StartReason = StartReason.EDUCATION_NEED
    basis: str = ""
    since: date = date.max
    closed_on: date | None = None
    unfollowed: list[tuple[date, date]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    never: dict[type, date] = field(default_factory=dict)
    holders: dict[Matter, Party] = field(default_factory=dict)

    @property
    def first_day(self) -> date:
        """The day of the first delivery."""
        return self.until - timedelta(days=DAYS)

    def begin(self, since: date, reason: StartReason, basis: str) -> None:
        """From this day the person is followed: never before 13, and never later than today."""
        self.since = min(max(open_day(since), birthday(self.born_on, 13)), self.until)
        self.reason, self.basis = reason, basis
        begun = start_journey(Journey(), born_on=self.born_on, on=self.since, reason=reason, basis=basis)
        self.holders = {one.matter: one.holder for one in begun if isinstance(one, ResponsibilityEstablished)}

    def tell(
        self,
        event: JourneyEvent,
        *,
        after: int = 0,
        before_start: bool = False,
        by: Party | None = None,
        by_hand: bool = False,
    ) -> bool:
        """Something happened, and became known so many days `after`; answers whether it has come to that.

        What happened before the person was followed is told only when it still matters (`before_start`).
        """
        known_on = event.on + timedelta(days=after)
        is_never = self.never.get(type(event), date.max) <= event.on
        if known_on > self.until or is_never or (event.on < self.since and not before_start):
            return False
        writer = by or BY_TYPE[type(event)].party
        if writer is Party.MUNICIPALITY:
            writer = Party.UU
        line = f"{self.number:06}-{len(self.told) + 1}"
        self.told.append(Told(line, event, known_on, max(known_on, self.since), writer, by_hand))
        return True

    def detail(self, event: JourneyEvent, *, after: int = 0, asked_until: int = 0, before_start: bool = False) -> bool:
        """The same for what is told of the last years, and seldom of earlier ones.

        What a rule still asks of somebody younger than `asked_until` is told however old it is.
        """
        if self.age(self.until) < asked_until:
            return self.tell(event, after=after, before_start=before_start)
        age = (self.until - event.on).days
        kept = (_FADED_AFTER - age) / (_FADED_AFTER - _FADES_AFTER)
        return self.chance(min(max(kept, 0.15), 1)) and self.tell(event, after=after, before_start=before_start)

    def by_hand(self, event: JourneyEvent, by: Party, *, after: int = 0) -> bool:
        """Somebody of this party writes it on a page."""
        return self.tell(event, after=after, by=by, by_hand=True)

    def close(self, on: date, reason: CloseReason = CloseReason.NO_LONGER_NEEDED) -> bool:
        """Nobody follows the person from this day, if it has come."""
        holder = self.holders.get(Matter.COORDINATION, Party.UU)
        if self.by_hand(JourneyClosed(on=on, reason=reason), holder):
            self.closed_on = on
        return self.closed_on is not None

    def reopen(self, on: date, basis: str) -> None:
        """Somebody follows the person again. What happened since the file was closed was never told."""
        if self.closed_on is not None and self.by_hand(JourneyReopened(on=on, basis=basis), Party.UU):
            self.unfollowed.append((self.closed_on, on))
            self.closed_on = None

    def is_followed(self, first: date, last: date) -> bool:
        """Whether the file was open all the time between these days: who hears of the one hears of the other."""
        return all(last <= closed_on or opened_on <= first for closed_on, opened_on in self.unfollowed)

    def plant(self, kind: str, due_on: date, *lists: str, law: str = "", also: tuple[str, ...] = ()) -> None:
        """This is meant to be found; `also` are other rules by which the same is overdue on the same day."""
        rules = (law, *also) if law and Seen.WORKLIST in lists else ()
        self.planted.append(Planted(kind, law, rules, lists, due_on))

    def uuid(self) -> UUID:
        return UUID(int=self.draw.getrandbits(128), version=4)

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    def pick(self, *choices: T) -> T:
        return choices[int(self.draw.random() * len(choices))]

    def fate(self, **shares: int) -> str:
        """One of these, each as likely as its share."""
        return self.draw.choices(list(shares), list(shares.values()))[0]

    def age(self, day: date) -> int:
        return age_on(self.born_on, day)

    def turns(self, years: int, months: int = 0) -> date:
        """The day of that age, or so many months from it."""
        return months_after(self.born_on, 12 * years + months)

    def day(self, first: date, last: date) -> date:
        """A day on which offices are open, from `first` to about `last`."""
        return open_day(first + timedelta(days=self.draw.randint(0, max(0, (last - first).days))))

    def after(self, day: date, least: int, most: int) -> date:
        """A day on which offices are open, so many days later, or the first one after that."""
        return open_day(day + timedelta(days=self.draw.randint(least, most)))

    def ago(self, least: int, most: int) -> date:
        """A day so many days before today, or the last before it when offices were open."""
        return open_day_before(self.until - timedelta(days=self.draw.randint(least, most)))

    def born_when(self, day: date, youngest: float, oldest: float) -> None:
        """Be of an age between these on that day."""
        self.born_on = day - timedelta(days=int(self.draw.uniform(youngest, oldest) * _YEAR))
