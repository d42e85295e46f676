"""One plain table for people, one JSON file for machines."""

import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.rounds import Figure

_HEADS = ("", "median", "", "lowest–highest", "beside")


def table(figures: Mapping[str, Sequence[Figure]]) -> str:
    """All figures, benchmark by benchmark."""
    lines: list[tuple[str, ...]] = [_HEADS]
    for benchmark, each in figures.items():
        lines.append((benchmark.upper(), "", "", "", ""))
        lines.extend(map(_line, each))
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADS) - 1)]
    return "\n".join(_row(line, widths) for line in lines)


def to_json(path: Path, figures: Mapping[str, Sequence[Figure]], about: Mapping[str, str]) -> None:
    """Every round of every figure, and what machine it was."""
    machine = {
        "processors": str(os.cpu_count()),
        "machine": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        **about,
    }
    found = [
        {"benchmark": benchmark, "median": figure.median, **asdict(figure)}
        for benchmark, each in figures.items()
        for figure in each
    ]
    path.write_text(json.dumps({"machine": machine, "figures": found}, indent=1) + "\n", encoding="utf-8")


def _line(figure: Figure) -> tuple[str, ...]:
    notes = [f"{ratio:.2f} × {name}" for name, ratio in figure.beside.items()]
    if figure.target:
        notes.append(f"{figure.target}: {'yes' if figure.met else 'NO'}")
    low, high = _number(min(figure.rounds)), _number(max(figure.rounds))
    spread = f"{low}–{high}" if len(figure.rounds) > 1 else ""
    return f"  {figure.what}", _number(figure.median), figure.unit, spread, "; ".join(notes)


def _row(line: Sequence[str], widths: Iterable[int]) -> str:
    what, median, unit, spread = (
        text.rjust(width) if column == 1 else text.ljust(width)
        for column, (text, width) in enumerate(zip(line[:-1], widths, strict=True))
    )
    return f"{what}  {median} {unit}  {spread}  {line[-1]}".rstrip()


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
