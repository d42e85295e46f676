"""An explanation as JSON: all that a stranger needs to count the deadline again. What is what: docs/explanation.md.

No name, no free text and no number of a person but the case number. Dates are Danish, instants UTC.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from domain.lived import Pause
from domain.rules import Condition, FieldTest, Reading, Rule
from projections.explained import Clearing, Explanation, Lapsed, ReadingExplained, StateExplained, Told

FORMAT = 1
"""Raised when a key changes its meaning; new keys may come under the same number."""

Json = dict[str, Any]


def as_json(case_number: str, day: date, explanations: Sequence[Explanation]) -> Json:
    """Everything that is said of one case on one day."""
    told = [_explanation(one) for one in explanations]
    return {"format": FORMAT, "case": case_number, "as_of": day.isoformat(), "explanations": told}


def _explanation(one: Explanation) -> Json:
    owed = one.obligation
    return {
        "key": owed.key,
        "as_of": one.day.isoformat(),
        "rule": _rule(one.rule),
        "rules_sha256": one.rules_hash,
        "standing": owed.standing(one.day).value,
        "born_on": one.born_on.isoformat(),
        "closed_on": _day(one.closed_on),
        "trigger": _told(one.trigger),
        "state": _state(one.state),
        "readings": [_reading(reading) for reading in one.readings],
        "pauses": [_pause(pause) for pause in one.pauses],
        "is_dated": owed.is_dated,
        "due_on": owed.due_on.isoformat(),
        "due_at": _instant(owed.due_at),
        "paused_on": _day(owed.paused_on),
        "ends_on": owed.ends_on.isoformat(),
        "shown_from": owed.shown_from.isoformat(),
        "giver": owed.giver.value,
        "receiver": owed.receiver.value,
        "holder": owed.holder.value,
        "clearing": _clearing(one.clearing),
        "lapsed": _lapsed(one.lapsed),
        "lapsed_on": _day(owed.lapsed_on),
        "moved": [{"was_due_on": moved.was_due_on.isoformat(), "why": moved.why.value} for moved in one.moved],
        "tried": [_told(told) for told in one.tried],
        "could_not_be_known": one.could_not_be_known,
        "days_over": one.days_over,
        "working_days_over": one.working_days_over,
        "closed_days": {day.isoformat(): name for day, name in one.named_days.items()},
    }


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.id,
        "part": rule.part,
        "version": rule.version,
        "title": rule.title,
        "kind": rule.kind.value,
        "certainty": rule.certainty,
        "source": rule.source,
        "municipal": rule.municipal,
        "valid_from": rule.valid_from.isoformat(),
        "valid_until": None if rule.valid_until == date.max else rule.valid_until.isoformat(),
        "judged_on": "due" if rule.is_of_age else "trigger",
        "matter": rule.matter.value,
        "data_class": rule.data_class.value,
        "what_to_do": rule.what_to_do,
        "when": _conditions(rule.when),
        "while": [
            {"name": one.name, "began": _conditions(one.began), "ended": _conditions(one.ended), "by": one.by}
            for one in rule.states
        ],
        "unless": _conditions(rule.unless),
        "until": _conditions(rule.until),
        "only_after": _conditions(rule.only_after),
        "same": list(rule.same),
        "once": rule.once,
        "last_day_counts": rule.last_day_counts,
        "each_clears_one": rule.each_clears_one,
        "earlier_counts": rule.earlier_counts,
        "counts_months_before": rule.counts_months_before,
        "from_age": rule.from_age,
        "before_age": rule.before_age,
        "ends_at_age": rule.ends_at_age,
    }


def _conditions(conditions: tuple[Condition, ...]) -> list[Json]:
    return [_condition(one) for one in conditions]


def _condition(condition: Condition) -> Json:
    return {"event": condition.code, "fields": [_test(test) for test in condition.tests]}


def _test(test: FieldTest) -> Json:
    values = [_plain(value) for value in test.values]
    return {"field": test.field, "values": values, "least": test.least, "most": test.most}


def _reading(one: ReadingExplained) -> Json:
    return {
        **_as_written(one.reading),
        "start": _day(one.start),
        "started_by": [_told(told) for told in one.started_by],
        "due_on": _day(one.due_on),
        "due_at": _instant(one.due_at),
        "is_earliest": one.is_earliest,
        "counted": [day.isoformat() for day in one.counted],
        "skipped": [{"day": each.day.isoformat(), "why": each.why.value, "name": each.name} for each in one.skipped],
        "working_days_between": one.working_days,
        "weekdays_between": one.weekdays,
        "stood_still": one.stood_still,
    }


def _as_written(reading: Reading) -> Json:
    """What the rule says."""
    return {
        "label": reading.label,
        "basis": reading.basis.value,
        "from": _condition(reading.start) if isinstance(reading.start, Condition) else reading.start,
        "earlier_counts": reading.earlier_counts,
        "later": reading.later,
        "years": reading.years,
        "months": reading.months,
        "days": reading.days,
        "working_days": reading.working_days,
        "weekdays": reading.weekdays,
        "hours": reading.hours,
        "fixed": list(reading.fixed) if reading.fixed else None,
        "quarter_end": reading.quarter_end,
        "soon": reading.soon,
        "can_pause": reading.can_pause,
    }


def _told(told: Told) -> Json:
    return {
        "id": str(told.entry_id),
        "event": told.code,
        "on": told.on.isoformat(),
        "at": _instant(told.at),
        "known_at": _instant(told.known_at),
        "recorded_at": _instant(told.recorded_at),
        "corrected_at": _instant(told.corrected_at),
        "fields": {name: _plain(value) for name, value in told.said.items()},
    }


def _state(state: StateExplained | None) -> Json | None:
    if state is None:
        return None
    return {"name": state.name, "title": state.title, "began": _told(state.began), "until": _day(state.until)}


def _pause(pause: Pause) -> Json:
    return {"since": pause.since.isoformat(), "until": _day(pause.until), "reason": pause.reason.value}


def _clearing(clearing: Clearing) -> Json:
    return {
        "conditions": _conditions(clearing.conditions),
        "needed": clearing.needed,
        "counted": [_told(told) for told in clearing.counted],
        "cleared": _told(clearing.cleared) if clearing.cleared else None,
    }


def _lapsed(lapsed: Lapsed | None) -> Json | None:
    if lapsed is None:
        return None
    return {"why": lapsed.why.value, "on": lapsed.on.isoformat(), "by": _told(lapsed.by) if lapsed.by else None}


def _plain(value: Any) -> Any:
    """A field's value: a code, a number, a day, yes or no, or several codes."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None
