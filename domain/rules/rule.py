"""What a rule is: one version of something that must have happened before a day, as data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from domain.catalogue import BY_CODE
from domain.codes import DataClass, Matter, Party


class Kind(StrEnum):
    """How binding a rule is. They look different everywhere; nothing local is presented as law."""

    HARD = "hard"
    DUTY = "duty"
    GUIDE = "guide"
    LOCAL = "local"
    DORMANT = "dormant"


class Basis(StrEnum):
    """Who says the length of a clock. A proposal is ours: no act and no municipality has adopted it."""

    LAW = "law"
    LOCAL = "local"
    PROPOSAL = "proposal"


class Calendar(StrEnum):
    """Which days count: Monday to Friday, or also Saturday; closed days never do."""

    WORKING_DAYS = "working_days"
    WEEKDAYS = "weekdays"


@dataclass(frozen=True, slots=True)
class FieldTest:
    """What a field must hold: one of some values, or a number from `least` to `most`."""

    field: str
    values: tuple[Any, ...] = ()
    least: int | None = None
    most: int | None = None

    def holds(self, value: object) -> bool:
        """Whether the value passes, of a list one of them; None never does."""
        if self.values:
            return any(one in self.values for one in value) if isinstance(value, tuple) else value in self.values
        if not isinstance(value, int):
            return False
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


@dataclass(frozen=True, slots=True)
class Condition:
    """An event of one type, whose fields pass these tests."""

    code: str
    tests: tuple[FieldTest, ...] = ()
    type: type = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "type", BY_CODE[self.code].type)  # asked for very often


@dataclass(frozen=True, slots=True)
class State:
    """Something that lasts, from an event until another. `by`: a field that tells states of this kind apart."""

    name: str
    title: str
    began: tuple[Condition, ...]
    ended: tuple[Condition, ...]
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read when a rule is due.

    `start` is where the clock starts: "birth", "on" (the day it happened), "known" (the day the municipality
    knew), "at" (the instant), or a condition: the first such event on or after the trigger's day; with `earlier_counts`
    also one before it, and then the clock starts when the trigger was known; with `later` only one after that day.
    One length is given, but years and months
    go together; none is the day itself. `fixed` (month, day) is the first such date on or after the start;
    `quarter_end` the last day of the calendar quarter that the trigger is about. `soon`: no act says a day.
    """

    label: str
    start: str | Condition
    basis: Basis = Basis.LAW
    earlier_counts: bool = False
    later: bool = False
    years: int = 0
    months: int = 0
    days: int = 0
    working_days: int = 0
    weekdays: int = 0
    hours: int = 0
    fixed: tuple[int, int] | None = None
    quarter_end: bool = False
    soon: bool = False

    @property
    def start_code(self) -> str:
        """Where the clock starts, as one word."""
        return self.start.code if isinstance(self.start, Condition) else self.start

    @property
    def can_pause(self) -> bool:
        """A birthday, a fixed date and the very day of something come whatever stands still."""
        lengths = (self.years, self.months, self.days, self.working_days, self.weekdays, self.hours)
        return self.start != "birth" and not self.soon and any(lengths)

    def can_start(self, on: date, triggered_on: date) -> bool:
        """Whether what happened that day can start the clock."""
        return on > triggered_on if self.later else on >= triggered_on


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One version of one rule, or of one part of it. What each means: docs/rules.md.

    Any of the conditions `when` starts it, while any of the states lasts; without conditions the beginning of a state
    does. `only_after` must have happened before it and `unless` must not; `until` ends it when it comes. With
    `last_day_counts` a state counts on the day it ends, too. With `once` several triggers that agree in `same` and are
    due on the same day are one duty; the deadline is at most `due_within_months` after the trigger. `missing` says of a
    dormant rule which fact it lacks. `toward` says in Danish whom it is about where that is no party. `municipal` is
    what the municipality's own file says about it, in Danish; empty where it says nothing.
    """

    id: str
    part: str = ""
    version: int
    title: str
    kind: Kind
    certainty: str
    source: str
    valid_from: date
    valid_until: date = date.max
    when: tuple[Condition, ...] = ()
    states: tuple[State, ...] = ()
    unless: tuple[Condition, ...] = ()
    until: tuple[Condition, ...] = ()
    only_after: tuple[Condition, ...] = ()
    matter: Matter
    data_class: DataClass
    giver: Party | None
    receiver: Party
    toward: str = ""
    holder: Party
    clears: tuple[Condition, ...] = ()
    same: tuple[str, ...] = ()
    count: int = 1
    each_clears_one: bool = False
    once: bool = False
    last_day_counts: bool = False
    due_within_months: int | None = None
    earlier_counts: bool = False
    counts_months_before: int | None = None
    from_age: int = 0
    before_age: int | None = None
    ends_at_age: int = 31
    shown_months_before: int | None = None
    what_to_do: str
    readings: tuple[Reading, ...] = ()
    missing: str = ""
    municipal: str = ""

    @cached_property
    def name(self) -> str:
        """Names the rule, or its part, whatever its version."""
        return f"{self.id}.{self.part}" if self.part else self.id

    def held_on(self, day: date) -> bool:
        """Whether this version counted on that day."""
        return self.valid_from <= day <= self.valid_until

    @cached_property
    def is_of_age(self) -> bool:
        """A clock starts at birth: what happened years before is judged by the law of the deadline's day."""
        return any(reading.start == "birth" for reading in self.readings)

    @cached_property
    def is_dated(self) -> bool:
        """Whether anybody says a day. A duty without one can never be overdue."""
        return not any(reading.soon for reading in self.readings)

    @cached_property
    def can_pause(self) -> bool:
        """Whether its clock can stand still for a while."""
        return any(reading.can_pause for reading in self.readings)

    @cached_property
    def cleared_by(self) -> tuple[str, ...]:
        """The codes of the events that can clear it."""
        return tuple(dict.fromkeys(condition.code for condition in self.clears))

    @cached_property
    def started_by(self) -> tuple[str, ...]:
        """The codes of the events that can start it."""
        return tuple(dict.fromkeys(condition.code for condition in self._beginnings()))

    @cached_property
    def ended_by(self) -> tuple[str, ...]:
        """The codes of the events that take the reason for it away."""
        ends = [condition for state in self.states for condition in state.ended]
        return tuple(dict.fromkeys(condition.code for condition in (*ends, *self.unless, *self.until)))

    @cached_property
    def touched_by(self) -> frozenset[str]:
        """The codes of all events that can change what is owed by it."""
        states = [condition for state in self.states for condition in (*state.began, *state.ended)]
        told = (*self.when, *states, *self.unless, *self.until, *self.only_after, *self.clears)
        return frozenset(condition.code for condition in told) | frozenset(self.clocked_by)

    @cached_property
    def clocked_by(self) -> tuple[str, ...]:
        """The codes of the events that start a clock of a duty which has begun."""
        return tuple(reading.start.code for reading in self.readings if isinstance(reading.start, Condition))

    def _beginnings(self) -> Iterator[Condition]:
        yield from self.when or (condition for state in self.states for condition in state.began)


@dataclass(frozen=True)
class RuleSet:
    """All rules and the closed days they count with; `sha256` (hex) names exactly this content.

    `off` are rules that the municipality has switched off, with its reason, by id.
    """

    rules: tuple[Rule, ...]
    closed_days: frozenset[date]
    sha256: str
    off: Mapping[str, str] = field(default_factory=dict)

    def rule(self, name: str, version: int) -> Rule:
        """That version of a rule or part; KeyError when there is none."""
        return self._by_name[name, version]

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, int], Rule]:
        return {(rule.name, rule.version): rule for rule in self.rules}

    @cached_property
    def families(self) -> tuple[tuple[frozenset[type], tuple[Rule, ...]], ...]:
        """The rules that can be owed, all versions of one together, oldest first, with the events that start them."""
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if rule.kind is not Kind.DORMANT and rule.id not in self.off:
                found.setdefault(rule.name, []).append(rule)
        return tuple(
            (
                frozenset(BY_CODE[code].type for rule in versions for code in rule.started_by),
                tuple(sorted(versions, key=lambda rule: rule.valid_from)),
            )
            for versions in found.values()
        )
