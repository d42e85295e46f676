"""What an explanation of a deadline holds: everything that somebody else needs to count it again.

Data only; `explain.py` builds it and `explanation_json.py` writes it down for strangers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.codes import Party
from domain.lived import Pause
from domain.obligations import Moved, Obligation, Standing
from domain.rules import Condition, Reading, Rule


class Skipped(StrEnum):
    """Why a day was not counted."""

    WEEKEND = "weekend"
    CLOSED = "closed"
    PAUSED = "paused"


class Lapse(StrEnum):
    """Why a duty is nobody's any longer, though nothing cleared it."""

    STATE_ENDED = "state-ended"
    UNLESS = "unless"
    UNTIL = "until"
    AGE = "age"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that happened, with its three times, as the explanation tells it: no free text and no name.

    `said` are those of its fields that the rule asks of. `at` is the instant where hours count.
    """

    entry_id: UUID
    code: str
    title: str
    on: date
    at: datetime | None
    known_on: date
    known_at: datetime
    recorded_at: datetime
    corrected_at: datetime | None
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateExplained:
    """The state in which the duty stands: what began it, and the day it ended; None while it lasts."""

    name: str
    title: str
    began: Told
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedDay:
    """A day that was not counted, and why; `name` is what a closed day is called."""

    day: date
    why: Skipped
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingExplained:
    """One reading of the rule, computed.

    `start` is not counted itself; it and `due_on` are None while the event that starts the clock has not happened.
    `started_by` are the facts that could start it, where it is a fact other than the trigger. Where days of a calendar
    are counted, every day after `start` and up to `due_on` is in `counted` or in `skipped`. `working_days` and
    `weekdays` say how many of each lie there, whichever the rule counts. `stood_still` is how many days a pause added.
    """

    reading: Reading
    start: date | None
    started_by: tuple[Told, ...]
    due_on: date | None
    due_at: datetime | None
    is_earliest: bool
    counted: tuple[date, ...]
    skipped: tuple[SkippedDay, ...]
    working_days: int
    weekdays: int
    stood_still: int

    @property
    def label(self) -> str:
        return self.reading.label

    @property
    def counts_days(self) -> bool:
        """Whether days of a calendar are counted one by one."""
        return bool(self.reading.working_days or self.reading.weekdays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearing:
    """What clears it, how many are needed, and those that have counted so far."""

    conditions: tuple[Condition, ...]
    needed: int
    counted: tuple[Told, ...]
    cleared: Told | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsed:
    """Why and when it lapsed; `by` is what happened, None where a birthday came."""

    why: Lapse
    on: date
    by: Told | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything that made this deadline what it is at the end of `day`. `holder` must see to it.

    `closed_on` is the day from which nobody follows the young person; the duty ends on their birthday or then.
    `days_over` and `working_days_over` are how far it passed the deadline before it was cleared or lapsed, or until
    `day`; 0 in time, and while the clock stands still. `named_days` are the closed days they and the readings met.
    """

    obligation: Obligation
    rule: Rule
    rules_hash: str
    day: date
    standing: Standing
    born_on: date
    closed_on: date | None
    trigger: Told
    state: StateExplained | None
    readings: tuple[ReadingExplained, ...]
    pauses: tuple[Pause, ...]
    clearing: Clearing
    lapsed: Lapsed | None
    tried: tuple[Told, ...]
    days_over: int
    working_days_over: int
    named_days: Mapping[date, str]

    @property
    def due_on(self) -> date:
        return self.obligation.due_on

    @property
    def holder(self) -> Party:
        return self.obligation.holder

    @property
    def moved(self) -> tuple[Moved, ...]:
        """The days it was due on before."""
        return self.obligation.moved

    @property
    def could_not_be_known(self) -> bool:
        """The municipality learned of it after the deadline had passed."""
        return self.obligation.could_not_be_known
