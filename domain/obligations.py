"""What must happen for one young person, worked out from facts, rules and a calendar.

Today's date is not an argument: an obligation says from which day it is shown, when it is due and when it
ends, and whoever asks compares. The same facts give the same obligations in any order of arrival.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from domain.catalogue import BY_CODE
from domain.codes import DataClass, Matter, Party
from domain.days import age_on, birthday, months_after, working_days_after
from domain.events import EducationStarted, HandoverSent, HandoverTakenOver, ReferredToMilepaelen, ToldOfBreakOff
from domain.facts import Fact, Life
from domain.rules import Kind, Reading, Rule, RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """One reading of the rule, computed. `start` is the day the clock started and is not counted itself."""

    label: str
    start: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """Something that must happen before a day, who must see to it, and what clears it.

    `due_on` is the earliest of `readings`. `known_on` is when the municipality knew of the trigger: where it
    is later than `due_on`, nobody could have kept the deadline. `shown_from` and `ends_on` (that day no
    longer counts) bound when it stands; `cleared_by` is the entry that cleared it, None while it is open.
    """

    rule_id: str
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
    shown_from: date
    ends_on: date
    cleared_by: UUID | None = None
    cleared_on: date | None = None

    @property
    def key(self) -> str:
        """Names this obligation among those of one person, whatever becomes of it."""
        return f"{self.rule_id}:{self.trigger}"

    @property
    def due_on(self) -> date:
        return min(reading.due_on for reading in self.readings)

    @property
    def is_open(self) -> bool:
        return self.cleared_by is None

    @property
    def could_not_be_known(self) -> bool:
        """The municipality learned of it after the deadline had passed."""
        return self.known_on > self.due_on


def obligations(life: Life, rules: RuleSet) -> list[Obligation]:
    """Every obligation of this life, open or cleared, earliest deadline first."""
    born_on = life.born_on
    if born_on is None:
        return []
    found = [
        obligation
        for rule in rules.rules
        if rule.kind is not Kind.DORMANT
        for trigger in _triggers(rule, life)
        if (obligation := _obligation(rule, trigger, life, born_on, rules.closed_days))
    ]
    return sorted(found, key=lambda obligation: (obligation.due_on, obligation.key))


def _obligation(
    rule: Rule, trigger: Fact, life: Life, born_on: date, closed_days: frozenset[date]
) -> Obligation | None:
    ends_on = min(birthday(born_on, rule.ends_at_age), life.closed_on or date.max)
    if age_on(born_on, trigger.on) < rule.from_age or trigger.on >= ends_on:
        return None
    readings = tuple(_due_dates(rule, trigger, life, born_on, closed_days))
    if not readings:
        return None  # the only clock there is has not started
    due_on = min(reading.due_on for reading in readings)
    if not rule.held_on(due_on if rule.is_of_age else trigger.on):
        return None
    stopped_on = _stopped_on(rule, trigger, life)
    if stopped_on is not None and stopped_on <= due_on:
        return None
    clearing = _clearing(rule, trigger, life)
    first_shown = months_after(due_on, -rule.shown_months_before) if rule.shown_months_before else trigger.on
    return Obligation(
        rule_id=rule.id,
        rule_version=rule.version,
        kind=rule.kind,
        matter=rule.matter,
        data_class=rule.data_class,
        giver=_giver(rule, trigger),
        receiver=rule.receiver,
        holder=rule.holder,
        trigger=trigger.entry_id,
        triggered_on=trigger.on,
        known_on=trigger.known_on,
        readings=readings,
        shown_from=max(first_shown, trigger.known_on),
        ends_on=ends_on,
        cleared_by=clearing.entry_id if clearing else None,
        cleared_on=clearing.on if clearing else None,
    )


def _giver(rule: Rule, trigger: Fact) -> Party:
    if rule.giver is not None:
        return rule.giver
    event = trigger.event
    return event.by if isinstance(event, ReferredToMilepaelen) else rule.holder


def _due_dates(rule: Rule, trigger: Fact, life: Life, born_on: date, closed_days: frozenset[date]) -> Iterator[DueDate]:
    for reading in rule.readings:
        start = _start(reading, trigger, life, born_on)
        if start is not None:
            yield DueDate(label=reading.label, start=start, due_on=_after(start, reading, closed_days))


def _start(reading: Reading, trigger: Fact, life: Life, born_on: date) -> date | None:
    """The day the clock starts; None while the event that starts it has not happened."""
    match reading.start:
        case "birth":
            return born_on
        case "on":
            return trigger.on
        case "known":
            return trigger.known_on
        case code:
            return next((fact.on for fact in life.of(BY_CODE[code].type) if fact.on >= trigger.on), None)


def _after(start: date, reading: Reading, closed_days: frozenset[date]) -> date:
    if reading.working_days:
        return working_days_after(start, reading.working_days, closed_days)
    if reading.days:
        return start + timedelta(days=reading.days)
    return months_after(start, 12 * reading.years + reading.months)


def _triggers(rule: Rule, life: Life) -> list[Fact]:
    """What starts the rule. Where the rule is about a state, that is what began it, not what went on with it."""
    facts = life.of(BY_CODE[rule.trigger].type)
    if rule.while_not is None:
        return facts
    began: list[Fact] = []
    for fact in facts:
        stopped_on = _stopped_on(rule, began[-1], life) if began else date.min
        if stopped_on is not None and stopped_on < fact.on:
            began.append(fact)
    return began


def _stopped_on(rule: Rule, trigger: Fact, life: Life) -> date | None:
    """The day the state that the rule is about ended, if it did.

    It has not ended on a day when it also begins: who moves from one place to another is placed all along.
    """
    if rule.while_not is None:
        return None
    begins = {fact.on for fact in life.of(BY_CODE[rule.trigger].type)}
    ends = life.of(BY_CODE[rule.while_not].type)
    return next((fact.on for fact in ends if fact.on >= trigger.on and fact.on not in begins), None)


def _clearing(rule: Rule, trigger: Fact, life: Life) -> Fact | None:
    """The first fact after the trigger that clears it."""
    types = [BY_CODE[code].type for code in rule.cleared_by]
    for fact in life.of(*types):
        if fact.on >= trigger.on and _is_of_rule(rule, fact, life) and not _is_what_broke_off(trigger, fact):
            return fact
    return None


def _is_what_broke_off(trigger: Fact, fact: Fact) -> bool:
    """Who never turns up breaks off on the very day the education began: that beginning clears nothing."""
    told, begun = trigger.event, fact.event
    if not isinstance(told, ToldOfBreakOff) or not isinstance(begun, EducationStarted):
        return False
    return (told.on, told.programme) == (begun.on, begun.programme)


def _is_of_rule(rule: Rule, fact: Fact, life: Life) -> bool:
    """A handover clears only when it was this rule's receiver who took over this rule's matter."""
    taken = fact.event
    if not isinstance(taken, HandoverTakenOver):
        return True
    for sent in life.of(HandoverSent):
        if isinstance(sent.event, HandoverSent) and sent.event.handover_id == taken.handover_id:
            return sent.event.receiver == rule.receiver and sent.event.matter == rule.matter
    return False
