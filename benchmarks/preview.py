"""A preview (`projections.preview`): all people of a log under two sets of rules, 33 entries each, nothing written.

The change moves three rules that these lives meet, so that all of them are folded and judged twice; a change of fewer
rules costs less. The keys are unwrapped anew each time, as for a command that has just been started. Limits: 3,000
people with what five years leave of each within 10 seconds, and with ten times the people at most 1.25 times the time
for each.
"""

from dataclasses import replace
from datetime import date
from time import perf_counter

from benchmarks.filling import fill
from benchmarks.ground import Ground, Rooms, owner
from benchmarks.lives import BY, NOW
from benchmarks.rounds import Figure
from benchmarks.size import Size
from domain.rules import RuleSet, laid_over, rule_set, shipped_rules
from projections.closing_days import ensure_rules
from projections.preview import preview

LONGEST, PEOPLE = 10.0, 3_000
MOST_GROWTH = 1.25
_CHANGE = """
[[change]]
id = "KUI-02"
says = "Prøves"
[[change.due]]
label = "dagen efter"
from = "known"
days = 1
basis = "local"

[[off]]
id = "KUI-03"
reason = "Prøves"

[[off]]
id = "OVG-05"
reason = "Prøves"
"""


def run(ground: Ground, size: Size) -> list[Figure]:
    """Seconds for few and for many people, and the ratio for each."""
    found = {people: _seconds(ground, people, size) for people in size.previewed}
    few, many = size.previewed
    growth = (found[many].median / many) / (found[few].median / few)
    return [
        found[few],
        replace(
            found[many],
            target=f"{PEOPLE:,} people within {LONGEST:.0f} s",
            met=found[many].median / many * PEOPLE <= LONGEST,
        ),
        Figure(
            what=f"  a person of {many:,}, beside one of {few:,}",
            unit="×",
            rounds=[growth],
            target=f"at most {MOST_GROWTH} ×",
            met=growth <= MOST_GROWTH,
        ),
    ]


def _seconds(ground: Ground, people: int, size: Size) -> Figure:
    rooms = ground.rooms(f"preview_{people}")
    before = ensure_rules(rooms.log, BY, NOW)
    after = rule_set(laid_over(shipped_rules(), "change.toml", _CHANGE), tuple(sorted(before.closed_days)))
    fill(rooms.log, people, size.growth_history)
    with owner(rooms.db) as conn:
        conn.execute("analyze log_events")
        conn.execute("analyze log_keys")
    rounds = [_once(rooms, before, after, people) for _ in range(size.rounds)]
    return Figure(what=f"preview of {people:,} people, {size.growth_history} entries each", unit="s", rounds=rounds)


def _once(rooms: Rooms, before: RuleSet, after: RuleSet, people: int) -> float:
    rooms.log.keys.forget()
    began = perf_counter()
    found = preview(rooms.db, rooms.log, before, after, first=date(2020, 1, 1), last=date(2026, 12, 31))
    seconds = perf_counter() - began
    assert (found.people, found.unreadable) == (people, 0)
    assert found.touched
    return seconds
