"""What rules ask of one person's life: which facts meet a condition, which states lasted, which clocks stood still."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from domain.choices import PauseReason
from domain.events import BirthDateCorrected, ClockPaused, ClockResumed, HandoverSent, JourneyStarted
from domain.facts import Fact, Life
from domain.rules import Condition, FieldTest, Rule, State


@dataclass(frozen=True, slots=True)
class Pause:
    """From and until which day (which no longer counts) a clock stood still; `until` None while it still does."""

    since: date
    until: date | None
    reason: PauseReason

    def holds(self, day: date) -> bool:
        """Whether the clock stood still that day, and runs again by now."""
        return self.until is not None and self.since <= day < self.until


@dataclass(frozen=True, slots=True)
class Span:
    """A state that lasted: what began it, and the day it ended; None while it lasts. `value` tells it from others."""

    began: Fact
    until: date | None
    value: Any = None

    def holds(self, day: date) -> bool:
        """Whether it lasted that day."""
        return self.began.on <= day and (self.until is None or day < self.until)


@dataclass
class Lived:
    """One life, asked many times."""

    life: Life
    born_on: date
    _spans: dict[str, list[Span]] = field(default_factory=dict)

    @cached_property
    def closed_on(self) -> date:
        """The day from which nobody follows the young person; the end of time while somebody does."""
        return self.life.closed_on or date.max

    @cached_property
    def earlier_births(self) -> tuple[date, ...]:
        """The dates of birth that were believed before the one that is known now."""
        told = [fact.event for fact in self.life.of(JourneyStarted, BirthDateCorrected)]
        days = {event.born_on for event in told if isinstance(event, JourneyStarted | BirthDateCorrected)}
        return tuple(sorted(days - {self.born_on}))

    def of(self, conditions: tuple[Condition, ...]) -> Sequence[Fact]:
        """The facts that meet any of the conditions, oldest first."""
        if len(conditions) == 1:
            return self._meeting(conditions[0])
        found = [fact for condition in conditions for fact in self._meeting(condition)]
        if len(found) > 1:
            unique = {fact.entry_id: fact for fact in found}
            return sorted(unique.values(), key=lambda fact: fact.order)
        return found

    def _meeting(self, condition: Condition) -> Sequence[Fact]:
        facts = self.life.by_type.get(condition.type, ())
        if not facts or not condition.tests:
            return facts
        return [fact for fact in facts if all(self._passes(test, fact) for test in condition.tests)]

    def _passes(self, test: FieldTest, fact: Fact) -> bool:
        return test.holds(self.value(test.field, fact))

    def value(self, name: str, fact: Fact) -> Any:
        """What the field holds; of a handover's later events also what was said when it was sent. None is nothing."""
        value = getattr(fact.event, name, None)
        if value is None:
            value = getattr(self._sent.get(getattr(fact.event, "handover_id", None)), name, None)
        return value

    @cached_property
    def _sent(self) -> dict[UUID | None, HandoverSent]:
        """What the later events of a handover are about."""
        sent = (fact.event for fact in self.life.of(HandoverSent))
        return {event.handover_id: event for event in sent if isinstance(event, HandoverSent)}

    def began(self, rule: Rule) -> Iterator[tuple[Fact, Span | None]]:
        """What starts the rule, with the state in which it does: an event while a state lasts, or the state itself."""
        if not rule.when:
            yield from ((span.began, span) for span in self._joined(rule.states))
            return
        for fact in self.of(rule.when):
            if not rule.states:
                yield fact, None
            elif (span := self._span_of(rule, fact)) is not None:
                yield fact, span

    def _span_of(self, rule: Rule, fact: Fact) -> Span | None:
        """The state in which it happened; where states of a kind are told apart, its own."""
        for state in rule.states:
            own = getattr(fact.event, state.by, None) if state.by else None
            for span in self.spans(state):
                holds = span.holds(fact.on) or (rule.last_day_counts and span.until == fact.on)
                if holds and (own is None or span.value == own):
                    return span
        return None

    def _joined(self, states: tuple[State, ...]) -> list[Span]:
        """When any of these states lasted: one that begins while another lasts goes on with it."""
        every = sorted((span for state in states for span in self.spans(state)), key=lambda span: span.began.order)
        joined: list[Span] = []
        for span in every:
            last = joined[-1] if joined else None
            if last is None or (last.until is not None and last.until < span.began.on):
                joined.append(span)
            elif last.until is not None and (span.until is None or span.until > last.until):
                joined[-1] = Span(last.began, span.until)
        return joined

    def spans(self, state: State) -> list[Span]:
        """When the state lasted. It has not ended on a day on which it also begins: who moves on is in it all along."""
        if state.name not in self._spans:
            self._spans[state.name] = list(self._lasted(state))
        return self._spans[state.name]

    def _lasted(self, state: State) -> Iterator[Span]:
        begins: dict[Any, list[Fact]] = {}
        for fact in self.of(state.began):
            begins.setdefault(getattr(fact.event, state.by) if state.by else None, []).append(fact)
        if not begins:
            return
        ends = self.of(state.ended)
        for value, facts in begins.items():
            starts = {fact.on for fact in facts}
            own = (fact.on for fact in ends if not state.by or getattr(fact.event, state.by) == value)
            stops = [on for on in own if on not in starts]
            until: date | None = date.min
            for fact in facts:
                if until is not None and until <= fact.on:
                    until = next((on for on in stops if on >= fact.on), None)
                    yield Span(fact, until, value)

    def pauses(self, rule_name: str, trigger: UUID) -> tuple[Pause, ...]:
        """When the clock of what this rule asks after this trigger stood still, earliest first."""
        return tuple(self._pauses.get((rule_name, trigger), ())) if self._pauses else ()

    @cached_property
    def _pauses(self) -> dict[tuple[str, UUID], list[Pause]]:
        found: dict[tuple[str, UUID], list[Pause]] = {}
        for fact in self.life.of(ClockPaused, ClockResumed):
            event = fact.event
            if not isinstance(event, ClockPaused | ClockResumed):
                continue
            pauses = found.setdefault((event.rule, event.trigger), [])
            is_still = bool(pauses) and pauses[-1].until is None
            if isinstance(event, ClockPaused) and not is_still:
                pauses.append(Pause(event.on, None, event.reason))
            elif isinstance(event, ClockResumed) and is_still:
                pauses[-1] = Pause(pauses[-1].since, event.on, pauses[-1].reason)
        return found
