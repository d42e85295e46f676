"""Why a deadline is what it is, as data that somebody else can recompute.

Built when it is asked for, from the same facts and rules as the row; nothing of it is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from domain.catalogue import BY_CODE, BY_TYPE
from domain.codes import Party
from domain.days import counted_days, is_working_day, working_days_between
from domain.events import ContactTried, HandoverReturned, HandoverSent, HandoverWithdrawn
from domain.facts import Fact, Life
from domain.obligations import DueDate, Obligation, obligations
from domain.rules import Reading, Rule, RuleSet
from projections.rows import serves


class Skipped(StrEnum):
    """Why a day was not counted."""

    WEEKEND = "weekend"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that happened, as the explanation tells it: no free text."""

    entry_id: UUID
    code: str
    title: str
    on: date
    known_on: date
    corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingExplained:
    """One reading of the rule. Exactly one length is not zero, but years and months go together.

    `start` is not counted itself. Working days: every day after `start` and up to `due_on` is in `counted` or
    in `skipped`. `start` and `due_on` are None while the event that starts the clock has not happened.
    """

    label: str
    starts_with: str
    start: date | None
    years: int
    months: int
    days: int
    working_days: int
    counted: tuple[date, ...]
    skipped: tuple[tuple[date, Skipped], ...]
    due_on: date | None
    is_earliest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything that made this deadline. `holder` must see to it; `clears` are titles of events that would end it.

    `working_days_over` and `days_over` are 0 until the day after `due_on`. `could_not_be_known`: the
    municipality learned of it after the deadline had passed.
    """

    obligation: Obligation
    rule: Rule
    trigger: Told
    readings: tuple[ReadingExplained, ...]
    due_on: date
    holder: Party
    clears: tuple[str, ...]
    cleared: Told | None
    tried: tuple[Told, ...]
    days_over: int
    working_days_over: int
    could_not_be_known: bool


def explain(life: Life, rules: RuleSet, obligation_key: str, today: date) -> Explanation:
    """The explanation of one obligation (`Row.row_key`). Raises KeyError when these facts do not give it."""
    for obligation in obligations(life, rules):
        if obligation.key == obligation_key:
            return _explained(obligation, life, rules, today)
    raise KeyError(obligation_key)


def _explained(obligation: Obligation, life: Life, rules: RuleSet, today: date) -> Explanation:
    rule = rules.rule(obligation.rule_id, obligation.rule_version)
    facts = {fact.entry_id: fact for fact in life.all()}
    due_on = obligation.due_on
    last = obligation.cleared_on or today
    return Explanation(
        obligation=obligation,
        rule=rule,
        trigger=_told(facts[obligation.trigger]),
        readings=tuple(_readings(obligation, rule, rules.closed_days)),
        due_on=due_on,
        holder=obligation.holder,
        clears=tuple(BY_CODE[code].title for code in rule.cleared_by),
        cleared=_told(facts[obligation.cleared_by]) if obligation.cleared_by else None,
        tried=tuple(_told(fact) for fact in _tried(obligation, life)),
        days_over=max((last - due_on).days, 0),
        working_days_over=working_days_between(due_on, last, rules.closed_days),
        could_not_be_known=obligation.could_not_be_known,
    )


def _readings(obligation: Obligation, rule: Rule, closed_days: frozenset[date]) -> Iterator[ReadingExplained]:
    computed = {due.label: due for due in obligation.readings}
    for reading in rule.readings:
        due = computed.get(reading.label)
        counted, skipped = _days(reading, due, closed_days)
        yield ReadingExplained(
            label=reading.label,
            starts_with=reading.start,
            start=due.start if due else None,
            years=reading.years,
            months=reading.months,
            days=reading.days,
            working_days=reading.working_days,
            counted=counted,
            skipped=skipped,
            due_on=due.due_on if due else None,
            is_earliest=due is not None and due.due_on == obligation.due_on,
        )


def _days(
    reading: Reading, due: DueDate | None, closed_days: frozenset[date]
) -> tuple[tuple[date, ...], tuple[tuple[date, Skipped], ...]]:
    """The days that were counted and those that were not; none unless working days are counted."""
    if due is None or not reading.working_days:
        return (), ()
    counted = []
    for day in counted_days(due.start, closed_days):
        if day > due.due_on:
            break
        counted.append(day)
    every = (due.start + timedelta(days=n) for n in range(1, (due.due_on - due.start).days + 1))
    skipped = tuple(
        (day, Skipped.CLOSED if is_working_day(day, frozenset()) else Skipped.WEEKEND)
        for day in every
        if not is_working_day(day, closed_days)
    )
    return tuple(counted), skipped


def _tried(obligation: Obligation, life: Life) -> Iterator[Fact]:
    """What was done about it without clearing it: tries to make contact, handovers sent and given back."""
    mine = {
        fact.event.handover_id
        for fact in life.of(HandoverSent)
        if isinstance(fact.event, HandoverSent) and serves(fact.event, obligation)
    }
    for fact in life.of(ContactTried, HandoverSent, HandoverReturned, HandoverWithdrawn):
        event = fact.event
        if isinstance(event, ContactTried):
            is_about = obligation.data_class is BY_TYPE[ContactTried].data_class
        else:
            is_about = getattr(event, "handover_id", None) in mine
        if is_about and fact.on >= obligation.triggered_on:
            yield fact


def _told(fact: Fact) -> Told:
    declared = BY_TYPE[type(fact.event)]
    return Told(
        entry_id=fact.entry_id,
        code=declared.code,
        title=declared.title,
        on=fact.on,
        known_on=fact.known_on,
        corrected=fact.corrected_at is not None,
    )
