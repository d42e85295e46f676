"""What the timeline is measured with: sizes, the width of a text before it is drawn, and where a day lies.

Lengths are in the units of the picture's view box, WIDTH of them from edge to edge.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

WIDTH = 1240
GUTTER = 150  # the least room for the names of the lanes
RIGHT = WIDTH - 26
TOP = 38
LANE = 46
ROW = 32  # what a second row adds to a lane
MORE = 20  # what "+ 2 flere" adds
GAP = 6  # white between lanes
BAR = 28
PAD = 7  # between the edge of a bar and its label
ROWS = 2
DIAMOND = 11
SIGN = 8  # half of a tick or cross at the end of a bar


def birthday(born_on: date, age: int) -> date:
    """The day somebody turns `age`. Born on 29 February: 28 February in common years."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 2, 28)


def text_width(text: str, size: float, face: Literal["regular", "semibold"] = "regular") -> float:
    """How wide the text will be. A letter the font lacks counts as a wide one."""
    widths = _widths()[face]
    return sum(widths.get(letter, 900) for letter in text) * size / 1000


@cache
def _widths() -> dict[str, dict[str, int]]:
    file = Path(__file__).parent.parent / "static" / "plex-widths.toml"
    faces = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        face: {letter: int(width) for width, letters in rows.items() for letter in letters}
        for face, rows in faces.items()
    }


def shortened(text: str, room: float, width: Callable[[str], float]) -> str:
    """As much of the text as fits, with an ellipsis; nothing if not even three letters do."""
    if width(text) <= room:
        return text
    for length in range(len(text) - 1, 2, -1):
        short = text[:length].rstrip(" ,.·–-") + "…"
        if width(short) <= room:
            return short
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Where a day lies across the picture: every year of age is equally wide."""

    born_on: date
    from_age: int
    to_age: int
    left: float

    @property
    def first(self) -> date:
        return birthday(self.born_on, self.from_age)

    @property
    def last(self) -> date:
        return birthday(self.born_on, self.to_age)

    def at_age(self, age: float) -> float:
        return self.left + (age - self.from_age) * (RIGHT - self.left) / (self.to_age - self.from_age)

    def __call__(self, day: date) -> float:
        birthdays = [birthday(self.born_on, age) for age in range(self.from_age, self.to_age + 1)]
        passed = bisect_right(birthdays, day) - 1
        if passed < 0:
            return self.left
        if passed >= self.to_age - self.from_age:
            return RIGHT
        start, end = birthdays[passed], birthdays[passed + 1]
        return self.at_age(self.from_age + passed + (day - start).days / (end - start).days)


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )
