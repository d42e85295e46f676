"""Counts deadlines again from what `overgang hvorfor … --json` says, and knows nothing of the program.

    overgang hvorfor 417203 KUI-02 --json | python tools/check_deadline.py

It has only the rule, the facts and the closed days to go by, and says where it comes to something else. Exit code 1
when it does.
"""

import calendar
import json
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
Json = Any  # one explanation, or a part of it


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def in_denmark(instant: str) -> date:
    return datetime.fromisoformat(instant).astimezone(ZoneInfo("Europe/Copenhagen")).date()


def after(day: date, months: int) -> date:
    """Months later; where there is no such day, the last of the month, so 29 February is the 28th."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def meets(told: Json, conditions: Json) -> bool:
    mine = [one for one in conditions if one["event"] == told["event"]]
    return any(all(passes(told["fields"].get(test["field"]), test) for test in one["fields"]) for one in mine)


def passes(value: Any, test: Json) -> bool:
    if test["values"]:
        return any(one in test["values"] for one in value) if isinstance(value, list) else value in test["values"]
    least, most = test["least"], test["most"]
    return isinstance(value, int) and (least is None or value >= least) and (most is None or value <= most)


def start_of(reading: Json, one: Json) -> date | None:
    """The day the clock starts; None while it has not."""
    trigger = one["trigger"]
    on, known_on = day_of(trigger["on"]), in_denmark(trigger["known_at"])
    if isinstance(reading["from"], str):
        return {"birth": day_of(one["born_on"]), "on": on, "at": on, "known": known_on}[reading["from"]]
    days = [day_of(told["on"]) for told in reading["started_by"] if meets(told, [reading["from"]])]
    starts = [day for day in days if day > on or (day == on and not reading["later"])][:1]
    starts += [known_on] if reading["earlier_counts"] and any(day < on for day in days) else []
    return min(starts, default=None)


def due_of(reading: Json, start: date, one: Json) -> tuple[date, datetime | None]:
    """The day it is due, and the instant where hours count."""
    pauses = [(day_of(p["since"]), day_of(p["until"])) for p in one["pauses"] if p["until"] and reading["can_pause"]]
    length, closed = reading["working_days"] or reading["weekdays"], set(map(day_of, one["closed_days"]))
    if length:
        day = start
        while length:
            day += DAY
            paused = any(since <= day < until for since, until in pauses)
            length -= day.isoweekday() <= (5 if reading["working_days"] else 6) and day not in closed and not paused
        return day, None
    if reading["fixed"]:
        this_year = date(start.year, *reading["fixed"])
        return (this_year if this_year >= start else this_year.replace(year=start.year + 1)), None
    if reading["quarter_end"]:
        said = one["trigger"]["fields"]
        year, quarter = said.get("year", start.year), said.get("quarter", (start.month + 2) // 3)
        return after(date(year, 3 * quarter - 2, 1), 3) - DAY, None
    at = None
    if reading["hours"]:
        at = datetime.fromisoformat(one["trigger"]["at"]) + timedelta(hours=reading["hours"])
        due = in_denmark(at.isoformat())
    else:
        due = after(after(start, 12 * reading["years"]), reading["months"]) + reading["days"] * DAY  # from the birthday
    stood = 0 * DAY
    for since, until in pauses:
        if since <= due + stood:
            stood += max(until - max(since, start), 0 * DAY)
    return due + stood, at + stood if at else None


def standing_of(one: Json, due: date, at: datetime | None, day: date) -> str:
    """How it stands that evening: in time, late, lapsed, paused, overdue or open."""
    cleared, lapsed, closed = one["clearing"]["cleared"], day_of(one["lapsed_on"]), day_of(one["closed_on"])
    still = [day_of(pause["since"]) for pause in one["pauses"] if not pause["until"] and day_of(pause["since"]) <= due]
    if cleared and day_of(cleared["on"]) <= day:
        stood = any(since <= day_of(cleared["on"]) for since in still)
        by_the_clock = at and cleared["at"] and datetime.fromisoformat(cleared["at"]) <= at
        in_time = by_the_clock if at and cleared["at"] else day_of(cleared["on"]) <= due
        return "in-time" if in_time or stood or not one["is_dated"] else "late"
    ends = min(after(day_of(one["born_on"]), 12 * one["rule"]["ends_at_age"]), closed or date.max)
    if day >= ends or (lapsed and lapsed <= day and (lapsed <= due or still or not one["is_dated"])):
        return "lapsed"
    if any(since <= day for since in still):
        return "paused"
    return "overdue" if one["is_dated"] and due < day else "open"


def faults_of(one: Json) -> list[str]:
    """What is not as it says, in words; nothing when all of it is."""
    day, rule, found, dues = day_of(one["as_of"]), one["rule"], [], []
    for reading in one["readings"]:
        start = start_of(reading, one)
        due, at = due_of(reading, start, one) if start else (None, None)
        if due and any(moved["why"] == "law" for moved in one["moved"]):
            due = max(due, day_of(rule["valid_from"]))
        said_at = datetime.fromisoformat(reading["due_at"]) if reading["due_at"] else None
        for what, said, mine in [("begins", reading["start"], start), ("is due", reading["due_on"], due)]:
            found += [] if day_of(said) == mine else [f"“{reading['label']}” {what} {mine}, not {said}"]
        found += [] if said_at == at else [f"“{reading['label']}” is due at {at}, not {said_at}"]
        dues += [(due, at, reading)] if due else []
    due, at, earliest = min(dues, key=lambda one: one[0])
    found += [] if due == day_of(one["due_on"]) else [f"the earliest is {due}, not {one['due_on']}"]
    said = [reading["label"] for reading in one["readings"] if reading["is_earliest"]]
    found += [] if said == [earliest["label"]] else [f"“{earliest['label']}” is the earliest"]
    standing, clearing, least = standing_of(one, due, at, day), one["clearing"], rule["counts_months_before"]
    found += [] if standing == one["standing"] else [f"it stands as {standing}, not {one['standing']}"]
    enough = len(clearing["counted"]) >= clearing["needed"]
    found += [] if enough == bool(clearing["cleared"]) or one["lapsed_on"] else ["too few or too many have counted"]
    for told in clearing["counted"]:
        counts = meets(told, clearing["conditions"]) and (least is None or day_of(told["on"]) >= after(due, -least))
        late = told["on"] >= one["trigger"]["on"] or rule["earlier_counts"]
        found += [] if counts and late else [f"{told['event']} {told['on']} does not count"]
    judged = {"due": due.isoformat(), "trigger": one["trigger"]["on"]}[rule["judged_on"]]
    if not rule["valid_from"] <= judged <= (rule["valid_until"] or "9999-12-31"):
        found.append("another version of the rule held that day")
    return found


def check(document: Json) -> dict[str, list[str]]:
    """Every explanation by its key, with what is wrong with it."""
    return {one["key"]: faults_of(one) for one in document["explanations"]}


if __name__ == "__main__":
    text = Path(sys.argv[1]).read_text("utf-8") if len(sys.argv) > 1 else sys.stdin.read()
    results = check(json.loads(text))
    for key, faults in results.items():
        print(f"{key}: {'; '.join(faults) or 'agrees'}")
    sys.exit(any(results.values()))
