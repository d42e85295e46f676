"""Rebuilding logs of 10,000, 100,000 and 1,000,000 entries, 33 for each person: the cost for an entry must not grow.

The logs are filled with entries closed and appended as they are, which is not counted. Each rebuild
(`projections.rebuild`) is a process of its own, so that the most memory the kernel ever saw in it (VmHWM) is its own:
it must be bounded, however long the log. The smaller logs are rebuilt in every round, from empty tables each time, the
largest once. What it costs beside reading alone, and with the comparison of old and new rows, stands under `follower`.
"""

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.filling import fill
from benchmarks.ground import Ground, owner
from benchmarks.lives import BY, NOW
from benchmarks.memory import peak_of
from benchmarks.rounds import Figure
from benchmarks.size import Size
from database import Database
from projections.closing_days import ensure_rules
from projections.rebuild import NAMES, rebuild

MOST_GROWTH = 1.25
BOUNDED_FROM = 100_000
"""Entries from which memory must not grow: people are folded 2,000 at a time, and here there are 3,000."""
_PATIENCE = 1_200
"""Seconds until a rebuild must be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """One rebuild: seconds, entries of the log, and the most MB of its process."""

    seconds: float
    entries: int
    peak: float

    @property
    def each(self) -> float:
        """Microseconds for one entry."""
        return self.seconds / self.entries * 1_000_000


def run(ground: Ground, size: Size) -> list[Figure]:
    """Time for an entry at each size and its ratio to the size before; then memory in the same way."""
    logs = {entries: _filled(ground, entries, size.growth_history) for entries in size.growth}
    done: dict[int, list[Rebuilt]] = {entries: [] for entries in logs}
    for number in range(size.rounds):
        for entries, db in logs.items():
            if number == 0 or entries != size.growth[-1]:
                done[entries].append(_in_a_process(ground, db))
    return [
        figure(entries, done[entries], before, done[before] if before else [])
        for figure in (time_of, memory_of)
        for before, entries in zip((None, *size.growth), size.growth, strict=False)
    ]


def time_of(entries: int, done: list[Rebuilt], before: int | None, less: list[Rebuilt]) -> Figure:
    """What an entry takes, beside what it takes in the smaller log."""
    figure = Figure(what=f"rebuild of {entries:,} entries", unit="µs an entry", rounds=[one.each for one in done])
    if before is None:
        return figure
    growth = figure.median / statistics.median(one.each for one in less)
    return replace(
        figure,
        beside={f"that of {before:,}": growth},
        target=f"at most {MOST_GROWTH} ×",
        met=growth <= MOST_GROWTH,
    )


def memory_of(entries: int, done: list[Rebuilt], before: int | None, less: list[Rebuilt]) -> Figure:
    """The most memory of all rounds, beside that of the smaller log.

    Held to its aim where the smaller log too has so many people that they are folded in several parts.
    """
    peak = max(one.peak for one in done)
    figure = Figure(what=f"  its process, {entries:,} entries, at most", unit="MB", rounds=[peak])
    if before is None:
        return figure
    growth = peak / max(one.peak for one in less)
    figure = replace(figure, beside={f"that of {before:,}": growth})
    if before < BOUNDED_FROM:
        return figure
    times = entries / before
    return replace(figure, target=f"at most {MOST_GROWTH} × for {times:.0f} × the entries", met=growth <= MOST_GROWTH)


def _filled(ground: Ground, entries: int, history: int) -> Database:
    rooms = ground.rooms(f"growth_{entries}")
    ensure_rules(rooms.log, BY, NOW)
    fill(rooms.log, entries // history, history)
    with owner(rooms.db) as conn:
        conn.execute("analyze log_events")
        conn.execute("analyze log_keys")
    return rooms.db


def _in_a_process(ground: Ground, db: Database) -> Rebuilt:
    """Rebuild from empty tables."""
    with owner(db) as conn:
        conn.execute(f"truncate {', '.join(NAMES)}")
        conn.execute("delete from follower")
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.growth", ground.folder, db.schema],
        check=True,
        stdout=subprocess.PIPE,
        timeout=_PATIENCE,
        env=os.environ,
        cwd=Path(__file__).parents[1],
    )
    return Rebuilt(**json.loads(told.stdout))


def _rebuild(folder: Path, schema: str) -> None:
    rooms = Ground(folder, []).rooms(schema)
    try:
        rebuilt = rebuild(rooms.db, rooms.log)
    finally:
        rooms.db.close()
    assert (rebuilt.differences, rebuilt.parked) == (0, 0)
    print(json.dumps({"seconds": rebuilt.seconds, "entries": rebuilt.entries, "peak": peak_of()}))


if __name__ == "__main__":
    _rebuild(Path(sys.argv[1]), sys.argv[2])
