"""One plain table for people, one JSON file for machines."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from faults.figures import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One run, of a scenario or of a mutant of it. `broke` names the exception that ended it, `why_not` a reason."""

    scenario: str
    mutant: str = ""
    title: str = ""
    figures: Figures | None = None
    seconds: float = 0.0
    broke: str = ""
    why_not: str = ""

    @property
    def good(self) -> bool:
        """It held; a mutant was caught. What cannot run on this machine is neither good nor bad."""
        if self.why_not:
            return True
        if self.figures is None:
            return False
        return self.figures.caught if self.mutant else self.figures.holds


_HEADS = ("", "found", "limit", "", "")
_Row = tuple[str, str, str, str, str]


def table(runs: Sequence[Told]) -> str:
    """Every count of every scenario; of a mutant those that caught it."""
    rows: list[_Row] = [_HEADS]
    for told in runs:
        rows += _rows(told)
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        f"{row[0].ljust(widths[0])}  {row[1].rjust(widths[1])}  {row[2].ljust(widths[2])}  "
        f"{row[3].ljust(widths[3])}  {row[4]}".rstrip()
        for row in rows
    )


def to_json(path: Path, runs: Sequence[Told], about: dict[str, str]) -> None:
    """The same, and what machine it was."""
    machine = {
        "processors": str(os.cpu_count()),
        "machine": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        **about,
    }
    found = [
        {
            "scenario": told.scenario,
            "mutant": told.mutant,
            "good": told.good,
            "seconds": round(told.seconds, 1),
            "broke": told.broke,
            "why_not": told.why_not,
            "counts": asdict(told.figures) if told.figures else {},
        }
        for told in runs
    ]
    path.write_text(json.dumps({"machine": machine, "runs": found}, indent=1) + "\n", encoding="utf-8")


def _rows(told: Told) -> list[_Row]:
    took = f"{told.seconds:.0f} s"
    if told.mutant:
        return [("  mutant: " + told.mutant, "", "must fail", _yes(told.good), f"{took}: {_caught_by(told)}")]
    head: _Row = (told.scenario.upper(), "", "", "", told.title)
    if told.why_not:
        return [head, ("  not run: " + told.why_not, "", "", "", "")]
    if told.figures is None:
        return [head, ("  broke: " + told.broke, "", "", "NO", took)]
    lines = [
        ("  " + line.what, f"{line.found:,}", line.limit, "" if line.met is None else _yes(line.met), "")
        for line in told.figures.lines
    ]
    return [head, *lines, ("  all of it", "", "", _yes(told.good), took)]


def _caught_by(told: Told) -> str:
    if told.figures is None:
        return told.broke or told.why_not
    found = [f"{line.what} {line.found:,}" for line in told.figures.lines if line.met is False]
    return ", ".join(found) or "nothing"


def _yes(good: bool) -> str:  # noqa: FBT001 - the only thing it is about
    return "yes" if good else "NO"
