"""Why a deadline is what it is, as data that somebody else can recompute.

Built when it is asked for, from the same facts and rules as the row; nothing of it is kept.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.catalogue import BY_TYPE
from domain.days import birthday, is_weekday, is_working_day, months_after, working_days_between
from domain.due import DueDate
from domain.events import (
    ContactTried,
    HandoverReturned,
    HandoverSent,
    HandoverWithdrawn,
    JoinedIntoOtherFile,
    JourneyClosed,
)
from domain.facts import Fact, Life
from domain.lived import Lived, Span
from domain.obligations import Obligation, Standing, clears, obligations
from domain.rules import Condition, Reading, Rule, RuleSet
from projections.closing_days import name_of_closed
from projections.explained import (
    Clearing,
    Explanation,
    Lapse,
    Lapsed,
    ReadingExplained,
    Skipped,
    SkippedDay,
    StateExplained,
    Told,
)
from projections.rows import serves

Wanted = Callable[[Obligation], bool]
Counts = Callable[[date, frozenset[date]], bool]


def explain(life: Life, rules: RuleSet, obligation_key: str, day: date) -> Explanation:
    """The explanation of one obligation (`Row.row_key`). Raises KeyError when these facts do not give it."""
    found = explanations(life, rules, day, lambda one: one.key == obligation_key)
    if not found:
        raise KeyError(obligation_key)
    return found[0]


def explanations(life: Life, rules: RuleSet, day: date, wanted: Wanted = lambda _: True) -> list[Explanation]:
    """Of every obligation that is wanted, how it stands at the end of that day; earliest deadline first."""
    owed = [one for one in obligations(life, rules) if wanted(one)]
    if not owed or life.born_on is None:
        return []
    lived = Lived(life, life.born_on)
    return [_Explaining(one, rules.rule(one.name, one.rule_version), rules, lived, day).explained() for one in owed]


@dataclass
class _Explaining:
    """One obligation, told by its rule and one life."""

    obligation: Obligation
    rule: Rule
    rules: RuleSet
    lived: Lived
    day: date

    def explained(self) -> Explanation:
        one, lived = self.obligation, self.lived
        standing = one.standing(self.day)
        trigger, span = self._trigger()
        lapsed = self._lapsed(trigger, span) if standing is Standing.LAPSED else None
        readings = tuple(self._readings(trigger))
        over_until = self._over_until(standing, lapsed)
        return Explanation(
            obligation=one,
            rule=self.rule,
            rules_hash=self.rules.sha256,
            day=self.day,
            standing=standing,
            born_on=lived.born_on,
            closed_on=lived.life.closed_on,
            trigger=self._told(trigger),
            state=self._state(span),
            readings=readings,
            pauses=lived.pauses(one.name, one.trigger) if self.rule.can_pause else (),
            clearing=self._clearing(trigger),
            lapsed=lapsed,
            tried=tuple(
                self._told(fact) for fact in self._tried(one.cleared_on or (lapsed.on if lapsed else date.max))
            ),
            days_over=max((over_until - one.due_on).days, 0),
            working_days_over=working_days_between(one.due_on, over_until, self.rules.closed_days),
            named_days=self._named(readings, over_until),
        )

    def _trigger(self) -> tuple[Fact, Span | None]:
        began = self.lived.began(self.rule)
        return next(pair for pair in began if pair[0].entry_id == self.obligation.trigger)

    def _told(self, fact: Fact) -> Told:
        declared = BY_TYPE[type(fact.event)]
        asked = dict.fromkeys(_fields_asked(self.rule, declared.code))
        values = ((name, self.lived.value(name, fact)) for name in asked)
        return Told(
            entry_id=fact.entry_id,
            code=declared.code,
            title=declared.title,
            on=fact.on,
            at=getattr(fact.event, "at", None),
            known_on=fact.known_on,
            known_at=fact.known_at,
            recorded_at=fact.recorded_at,
            corrected_at=fact.corrected_at,
            said={name: value for name, value in values if value is not None},
        )

    def _state(self, span: Span | None) -> StateExplained | None:
        """The state in which the duty began. Of several the rule names, the one that this beginning began."""
        if span is None:
            return None
        state = next(one for one in self.rule.states if any(fact is span.began for fact in self.lived.of(one.began)))
        return StateExplained(name=state.name, title=state.title, began=self._told(span.began), until=span.until)

    def _readings(self, trigger: Fact) -> Iterator[ReadingExplained]:
        computed = {due.label: due for due in self.obligation.readings}
        closed_days = self.rules.closed_days
        for reading in self.rule.readings:
            due = computed.get(reading.label)
            counted, skipped = self._days(reading, due)
            between = (due.start, due.due_on) if due else (date.min, date.min)
            yield ReadingExplained(
                reading=reading,
                start=due.start if due else None,
                started_by=tuple(self._told(fact) for fact in self._starting(reading, trigger)),
                due_on=due.due_on if due else None,
                due_at=due.due_at if due else None,
                is_earliest=due is not None and due == self.obligation.earliest,
                counted=counted,
                skipped=skipped,
                working_days=working_days_between(*between, closed_days) if counted else 0,
                weekdays=sum(is_weekday(day, closed_days) for day in _days_after(*between)) if counted else 0,
                stood_still=self._stood_still(reading, due),
            )

    def _starting(self, reading: Reading, trigger: Fact) -> Iterator[Fact]:
        """The facts that the clock's start depends on: the first from the trigger's day on, and the last before it."""
        if not isinstance(reading.start, Condition):
            return
        facts = self.lived.of((reading.start,))
        if reading.earlier_counts:
            yield from [fact for fact in facts if fact.on < trigger.on][-1:]
        yield from [fact for fact in facts if reading.can_start(fact.on, trigger.on)][:1]

    def _days(self, reading: Reading, due: DueDate | None) -> tuple[tuple[date, ...], tuple[SkippedDay, ...]]:
        """The days that were counted and those that were not; none unless days of a calendar are counted."""
        if due is None or not (reading.working_days or reading.weekdays):
            return (), ()
        counts: Counts = is_working_day if reading.working_days else is_weekday
        counted, skipped = [], []
        for day in _days_after(due.start, due.due_on):
            why = self._why_skipped(day, counts)
            if why is None:
                counted.append(day)
            else:
                skipped.append(SkippedDay(day=day, why=why, name=name_of_closed(day) if why is Skipped.CLOSED else ""))
        return tuple(counted), tuple(skipped)

    def _why_skipped(self, day: date, counts: Counts) -> Skipped | None:
        if not counts(day, frozenset()):
            return Skipped.WEEKEND
        if day in self.rules.closed_days:
            return Skipped.CLOSED
        stood = any(pause.holds(day) for pause in self.lived.pauses(self.obligation.name, self.obligation.trigger))
        return Skipped.PAUSED if stood else None

    def _stood_still(self, reading: Reading, due: DueDate | None) -> int:
        """How many days pauses that are over put between the start and the deadline."""
        if due is None or not reading.can_pause:
            return 0
        over = [
            pause
            for pause in self.lived.pauses(self.obligation.name, self.obligation.trigger)
            if pause.until is not None
        ]
        lasted = (_days_after(max(one.since, due.start), min(one.until or date.max, due.due_on)) for one in over)
        return sum(1 for days in lasted for _ in days)

    def _clearing(self, trigger: Fact) -> Clearing:
        rule, one, lived = self.rule, self.obligation, self.lived
        cleared = next((fact for fact in lived.of(rule.clears) if fact.entry_id == one.cleared_by), None)
        counted = [cleared] if cleared is not None and rule.count == 1 else []
        if rule.count > 1:
            months = rule.counts_months_before
            least = months_after(one.due_on, -months) if months is not None else date.min
            counted = [fact for fact in lived.of(rule.clears) if fact.on >= least and clears(rule, trigger, fact)]
        return Clearing(
            conditions=rule.clears,
            needed=rule.count,
            counted=tuple(self._told(fact) for fact in counted[: rule.count]),
            cleared=self._told(cleared) if cleared else None,
        )

    def _lapsed(self, trigger: Fact, span: Span | None) -> Lapsed:
        one, rule, lived = self.obligation, self.rule, self.lived
        if one.lapsed_on is not None and one.lapsed_on <= self.day:
            ends = [fact for fact in self._ends(trigger, span) if fact[1].on == one.lapsed_on]
            return Lapsed(why=ends[0][0], on=one.lapsed_on, by=self._told(ends[0][1]))
        if birthday(lived.born_on, rule.ends_at_age) == one.ends_on:
            return Lapsed(why=Lapse.AGE, on=one.ends_on, by=None)
        closing = max(lived.life.of(JourneyClosed, JoinedIntoOtherFile), key=lambda fact: fact.position)
        return Lapsed(why=Lapse.CLOSED, on=one.ends_on, by=self._told(closing))

    def _ends(self, trigger: Fact, span: Span | None) -> Iterator[tuple[Lapse, Fact]]:
        """What could have taken the reason for the duty away."""
        rule, lived = self.rule, self.lived
        yield from ((Lapse.UNLESS, fact) for fact in lived.of(rule.unless))
        yield from ((Lapse.UNTIL, fact) for fact in lived.of(rule.until) if fact is not trigger)
        for state in rule.states if span is not None else ():
            for fact in lived.of(state.ended):
                own = getattr(fact.event, state.by) if state.by else None
                if span is None or span.value is None or own == span.value:
                    yield Lapse.STATE_ENDED, fact

    def _over_until(self, standing: Standing, lapsed: Lapsed | None) -> date:
        """Until which day it can have been over; the deadline itself where it cannot."""
        one = self.obligation
        if standing in (Standing.OVERDUE, Standing.LATE):
            return one.cleared_on if standing is Standing.LATE and one.cleared_on else self.day
        return max(lapsed.on, one.due_on) if lapsed and one.is_dated and one.paused_on is None else one.due_on

    def _named(self, readings: tuple[ReadingExplained, ...], over_until: date) -> dict[date, str]:
        """The closed days that were counted over, with their names."""
        spans = [(one.start, one.due_on) for one in readings if one.counts_days and one.start and one.due_on]
        spans.append((self.obligation.due_on, over_until))
        closed = {day for day in self.rules.closed_days for first, last in spans if first < day <= last}
        return {day: name_of_closed(day) for day in sorted(closed)}

    def _tried(self, until: date) -> Iterator[Fact]:
        """What was done about it without clearing it: tries to make contact, handovers sent and given back."""
        one, life = self.obligation, self.lived.life
        mine = {
            fact.event.handover_id
            for fact in life.of(HandoverSent)
            if isinstance(fact.event, HandoverSent) and serves(fact.event, one)
        }
        for fact in life.of(ContactTried, HandoverSent, HandoverReturned, HandoverWithdrawn):
            event = fact.event
            if isinstance(event, ContactTried):
                is_about = one.data_class is BY_TYPE[ContactTried].data_class
            else:
                is_about = getattr(event, "handover_id", None) in mine
            if is_about and one.triggered_on <= fact.on <= until:
                yield fact


def _fields_asked(rule: Rule, code: str) -> Iterator[str]:
    """The fields of such an event that the rule asks of, and those that a quarter is told by."""
    states = (condition for state in rule.states for condition in (*state.began, *state.ended))
    clocks = (reading.start for reading in rule.readings if isinstance(reading.start, Condition))
    asked = (*rule.when, *states, *rule.unless, *rule.until, *rule.only_after, *rule.clears, *clocks)
    yield from (test.field for condition in asked if condition.code == code for test in condition.tests)
    yield from (state.by for state in rule.states if state.by)
    yield from rule.same
    if any(reading.quarter_end for reading in rule.readings):
        yield from ("year", "quarter")


def _days_after(first: date, last: date) -> Iterator[date]:
    """The days after the first, up to and with the last."""
    return (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
