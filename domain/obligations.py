"""What must happen for one young person, worked out from facts, rules and a calendar.

Today's date is not an argument: an obligation says from which day it is shown, when it is due and when it
ends, and whoever asks compares. The same facts give the same obligations in any order of arrival.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.choices import PauseReason
from domain.codes import DataClass, Matter, Party
from domain.days import age_on, birthday, months_after
from domain.due import DueDate, due_dates
from domain.events import EducationStarted, ToldOfBreakOff
from domain.facts import Fact, Life
from domain.lived import Lived, Pause, Span
from domain.rules import Kind, Rule, RuleSet


class Standing(StrEnum):
    """How an obligation stands on a day."""

    OPEN = "open"
    OVERDUE = "overdue"
    PAUSED = "paused"
    IN_TIME = "in-time"
    LATE = "late"
    LAPSED = "lapsed"


class MovedBy(StrEnum):
    """Why a deadline is another day than it was."""

    CORRECTION = "correction"
    BIRTH_DATE = "birth-date"
    PAUSE = "pause"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Moved:
    """A day that the deadline was on before, and why it is not any longer."""

    was_due_on: date
    why: MovedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """Something that must happen before a day, who must see to it, and what clears it.

    `due_on` is the earliest of `readings`; of a duty for which no act says a day (`is_dated` False) it is the day from
    which it is asked for, and it is never overdue. `known_on` is when the municipality knew of the trigger: where it is
    later than `due_on`, nobody could have kept the deadline. `shown_from` and `ends_on` (that day no longer counts)
    bound when it stands; `cleared_by` is the entry that cleared it. `lapsed_on` is the day on which the reason for it
    ended. `paused_on` is the day from which its clock stands still, as long as it does; where it was cleared
    meanwhile, it was cleared in time.
    """

    rule_id: str
    rule_part: str
    rule_version: int
    kind: Kind
    matter: Matter
    data_class: DataClass
    giver: Party
    receiver: Party
    holder: Party
    trigger: UUID
    triggered_on: date
    known_on: date
    readings: tuple[DueDate, ...]
    is_dated: bool = True
    shown_from: date
    ends_on: date
    cleared_by: UUID | None = None
    cleared_on: date | None = None
    cleared_at: datetime | None = None
    lapsed_on: date | None = None
    paused_on: date | None = None
    pause_reason: PauseReason | None = None
    moved: tuple[Moved, ...] = ()

    @property
    def name(self) -> str:
        """The rule, or its part, whatever the version."""
        return f"{self.rule_id}.{self.rule_part}" if self.rule_part else self.rule_id

    @property
    def key(self) -> str:
        """Names this obligation among those of one person, whatever becomes of it."""
        return f"{self.name}:{self.trigger}"

    @property
    def earliest(self) -> DueDate:
        """The reading that warns."""
        return min(self.readings, key=lambda reading: reading.due_on)

    @property
    def due_on(self) -> date:
        return min(reading.due_on for reading in self.readings)

    @property
    def due_at(self) -> datetime | None:
        """The instant, where hours count."""
        return self.earliest.due_at

    @property
    def is_open(self) -> bool:
        return self.cleared_by is None and self.lapsed_on is None

    @property
    def was_in_time(self) -> bool | None:
        """Whether it was cleared in time; None while it was not cleared."""
        if self.cleared_on is None:
            return None
        if not self.is_dated or self.paused_on is not None:
            return True
        if self.due_at is not None and self.cleared_at is not None:
            return self.cleared_at <= self.due_at
        return self.cleared_on <= self.due_on

    @property
    def could_not_be_known(self) -> bool:
        """The municipality learned of it after the deadline had passed."""
        return self.is_dated and self.known_on > self.due_on

    def standing(self, day: date) -> Standing:
        """How it stands at the end of that day, by what is known now."""
        if self.cleared_on is not None and self.cleared_on <= day:
            return Standing.IN_TIME if self.was_in_time else Standing.LATE
        if (self.lapsed_on is not None and self.lapsed_on <= day) or day >= self.ends_on:
            return Standing.LAPSED
        if self.paused_on is not None and self.paused_on <= day:
            return Standing.PAUSED
        return Standing.OVERDUE if self.is_dated and self.due_on < day else Standing.OPEN


def obligations(life: Life, rules: RuleSet) -> list[Obligation]:
    """Every obligation of this life, open, cleared or lapsed, earliest deadline first."""
    born_on = life.born_on
    if born_on is None:
        return []
    lived = Lived(life, born_on)
    found = [
        obligation
        for starts, versions in rules.families
        if not starts.isdisjoint(life.by_type)
        for obligation in _of_family(versions, lived, rules.closed_days)
    ]
    return sorted(found, key=lambda obligation: (obligation.due_on, obligation.name, obligation.trigger))


def _of_family(versions: tuple[Rule, ...], lived: Lived, closed_days: frozenset[date]) -> Iterator[Obligation]:
    """What is owed by one rule, each trigger judged by one of its versions, the oldest that held."""
    judged: set[UUID] = set()
    same: set[tuple[object, ...]] = set()
    for before, rule in zip((None, *versions), versions, strict=False):  # the version before each, if any
        began = _began(rule, lived)
        spoken_for = _one_each(rule, [trigger for trigger, _ in began], lived) if rule.each_clears_one else None
        for trigger, span in began:
            if trigger.entry_id in judged:
                continue
            one = _Case(rule, trigger, span, lived, closed_days, before).obligation(spoken_for)
            if one is None:
                continue
            judged.add(trigger.entry_id)
            if rule.once:
                agrees = (
                    one.due_on if one.is_dated else None,
                    *(getattr(trigger.event, name, None) for name in rule.same),
                )
                if agrees in same:
                    continue
                same.add(agrees)
            yield one


def _began(rule: Rule, lived: Lived) -> list[tuple[Fact, Span | None]]:
    """What starts the rule. Where several are one duty, the first names it, whichever arrived first."""
    began = list(lived.began(rule))
    return sorted(began, key=lambda one: (one[0].on, one[0].known_at, one[0].entry_id)) if rule.once else began


@dataclass(slots=True)
class _Case:
    """One rule and one trigger of it."""

    rule: Rule
    trigger: Fact
    span: Span | None
    lived: Lived
    closed_days: frozenset[date]
    before: Rule | None

    def obligation(self, spoken_for: dict[UUID, Fact] | None) -> Obligation | None:
        rule, trigger, born_on = self.rule, self.trigger, self.lived.born_on
        ends_on = min(birthday(born_on, rule.ends_at_age), self.lived.closed_on)
        on = trigger.on
        if on >= ends_on or not (rule.is_of_age or rule.held_on(on)) or not self._is_of_age() or not self._may_begin():
            return None
        pauses = self.lived.pauses(rule.name, trigger.entry_id) if rule.can_pause else ()
        readings = self._readings(trigger, born_on, pauses)
        if not readings:
            return None  # the only clock there is has not started
        readings, moved = self._judged(readings)
        if not readings:
            return None
        due_on = min(reading.due_on for reading in readings)
        if rule.due_within_months is not None and due_on > months_after(on, rule.due_within_months):
            return None
        pause = next((one for one in pauses if one.until is None and one.since <= due_on), None)
        lapsed_on = self._lapses_on(due_on, pause)
        clearing = spoken_for.get(trigger.entry_id) if spoken_for is not None else self._clearing(due_on)
        if clearing is not None and lapsed_on is not None:
            clearing, lapsed_on = (clearing, None) if clearing.on <= lapsed_on else (None, lapsed_on)
        if pause is not None and clearing is not None and clearing.on < pause.since:
            pause = None  # nothing was left to stand still
        shown = months_after(due_on, -rule.shown_months_before) if rule.shown_months_before is not None else on
        known_on = trigger.known_on
        return Obligation(
            rule_id=rule.id,
            rule_part=rule.part,
            rule_version=rule.version,
            kind=rule.kind,
            matter=rule.matter,
            data_class=rule.data_class,
            giver=self._giver(),
            receiver=rule.receiver,
            holder=rule.holder,
            trigger=trigger.entry_id,
            triggered_on=on,
            known_on=known_on,
            readings=readings,
            is_dated=rule.is_dated,
            shown_from=max(shown, known_on),
            ends_on=ends_on,
            cleared_by=clearing.entry_id if clearing else None,
            cleared_on=clearing.on if clearing else None,
            cleared_at=getattr(clearing.event, "at", None) if clearing else None,
            lapsed_on=lapsed_on,
            paused_on=pause.since if pause else None,
            pause_reason=pause.reason if pause else None,
            moved=(*moved, *self._moved(due_on, pauses)) if self._may_have_moved(pauses) else moved,
        )

    def _is_of_age(self) -> bool:
        if not self.rule.from_age and self.rule.before_age is None:
            return True
        age = age_on(self.lived.born_on, self.trigger.on)
        return age >= self.rule.from_age and (self.rule.before_age is None or age < self.rule.before_age)

    def _may_begin(self) -> bool:
        rule, on = self.rule, self.trigger.on
        if rule.unless and any(fact.on <= on for fact in self.lived.of(rule.unless)):
            return False
        return not rule.only_after or any(fact.on <= on for fact in self.lived.of(rule.only_after))

    def _readings(self, trigger: Fact, born_on: date, pauses: tuple[Pause, ...]) -> tuple[DueDate, ...]:
        return tuple(due_dates(self.rule, trigger, born_on, self.lived, self.closed_days, pauses))

    def _judged(self, readings: tuple[DueDate, ...]) -> tuple[tuple[DueDate, ...], tuple[Moved, ...]]:
        """The readings, where this version judges the case; none where it does not.

        A case is judged by the law of the trigger's day; where the clock starts at birth, of the deadline's. A version
        that moves an age so that the day lay before it counted binds from its own first day: else a young person
        whose day neither the old nor the new version names would fall between the two.
        """
        rule = self.rule
        if not rule.is_of_age:
            return readings, ()  # it held on the trigger's day, or we were not here
        due_on = min(reading.due_on for reading in readings)
        if due_on > rule.valid_until:
            return (), ()
        if due_on >= rule.valid_from:
            return readings, ()
        if self.before is None or not self._came_too_late_for(self.before):
            return (), ()
        bound = tuple(replace(one, due_on=max(one.due_on, rule.valid_from)) for one in readings)
        return bound, (Moved(due_on, MovedBy.LAW),)

    def _came_too_late_for(self, before: Rule) -> bool:
        """Whether the version before did not judge the case because it had ended on the day it named."""
        named = due_dates(before, self.trigger, self.lived.born_on, self.lived, self.closed_days, ())
        return min((one.due_on for one in named), default=date.min) > before.valid_until

    def _lapses_on(self, due_on: date, pause: Pause | None) -> date | None:
        """The day on which the reason ended, if that takes the duty away: a deadline that has passed stays passed.

        While the clock stands still, no deadline passes.
        """
        rule, on = self.rule, self.trigger.on
        ends = [fact.on for fact in self.lived.of(rule.unless) if fact.on > on] if rule.unless else []
        if rule.until:
            ends += [fact.on for fact in self.lived.of(rule.until) if self._comes_after(fact)]
        if self.span is not None and self.span.until is not None:
            lasts = rule.last_day_counts and self.span.until == due_on
            ends += [] if lasts else [self.span.until]
        first = min(ends, default=None)
        if first is None or (first > due_on and rule.is_dated and pause is None):
            return None
        return first

    def _comes_after(self, fact: Fact) -> bool:
        """Whether it happened on the trigger's day or later. Of its own kind only what comes after it."""
        if fact.on < self.trigger.on or fact.entry_id == self.trigger.entry_id:
            return False
        return type(fact.event) is not type(self.trigger.event) or fact.order > self.trigger.order

    def _clearing(self, due_on: date) -> Fact | None:
        """The fact that clears it: the first that does, or the last of as many as are needed."""
        rule = self.rule
        least = months_after(due_on, -rule.counts_months_before) if rule.counts_months_before is not None else date.min
        enough = rule.count
        for fact in self.lived.of(rule.clears):
            if fact.on >= least and clears(rule, self.trigger, fact):
                enough -= 1
                if not enough:
                    return fact
        return None

    def _giver(self) -> Party:
        if self.rule.giver is not None:
            return self.rule.giver
        by = getattr(self.trigger.event, "by", None)
        return by if isinstance(by, Party) else self.rule.holder

    def _may_have_moved(self, pauses: tuple[Pause, ...]) -> bool:
        """Asked first, because nearly nothing ever moves."""
        return bool(pauses or self.trigger.earlier or self.lived.earlier_births)

    def _moved(self, due_on: date, pauses: tuple[Pause, ...]) -> Iterator[Moved]:
        """The days it was due on before something was corrected, or its clock stood still."""
        was: list[tuple[date | None, MovedBy]] = []
        if any(one.until is not None for one in pauses):
            was.append((self._due_with(self.trigger, self.lived.born_on, ()), MovedBy.PAUSE))
        was += [
            (self._due_with(replace(self.trigger, event=event), self.lived.born_on, pauses), MovedBy.CORRECTION)
            for event in self.trigger.earlier
        ]
        if any(reading.start == "birth" for reading in self.rule.readings):
            was += [
                (self._due_with(self.trigger, born_on, pauses), MovedBy.BIRTH_DATE)
                for born_on in self.lived.earlier_births
            ]
        yield from (Moved(day, why) for day, why in was if day is not None and day != due_on)

    def _due_with(self, trigger: Fact, born_on: date, pauses: tuple[Pause, ...]) -> date | None:
        return min((one.due_on for one in self._readings(trigger, born_on, pauses)), default=None)


def clears(rule: Rule, trigger: Fact, fact: Fact) -> bool:
    """Whether this fact can clear what the trigger began."""
    if fact.on < trigger.on:
        if not rule.earlier_counts:
            return False
    elif type(fact.event) is type(trigger.event) and fact.order <= trigger.order:
        return False
    told, done = trigger.event, fact.event
    if any(getattr(told, name, None) != getattr(done, name) for name in rule.same if hasattr(done, name)):
        return False
    since, at = getattr(told, "at", None), getattr(done, "at", None)
    if since is not None and at is not None and at < since:
        return False
    return not _is_what_broke_off(trigger, fact)


def _one_each(rule: Rule, triggers: list[Fact], lived: Lived) -> dict[UUID, Fact]:
    """Which fact clears which trigger, where one clears only one: the first that is free."""
    free = lived.of(rule.clears)
    found: dict[UUID, Fact] = {}
    for trigger in triggers:
        hit = next((fact for fact in free if clears(rule, trigger, fact)), None)
        if hit is not None:
            found[trigger.entry_id] = hit
            free = [fact for fact in free if fact is not hit]
    return found


def _is_what_broke_off(trigger: Fact, fact: Fact) -> bool:
    """Who never turns up breaks off on the very day the education began: that beginning clears nothing."""
    told, begun = trigger.event, fact.event
    if not isinstance(told, ToldOfBreakOff) or not isinstance(begun, EducationStarted):
        return False
    return (told.on, told.programme) == (begun.on, begun.programme)
