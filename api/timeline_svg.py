"""The swim-lane timeline of one young person from 13 to 30, drawn as SVG.

Painted with attributes and nothing else: no class, no style. So one drawing passes the strict content
security policy, prints, and goes into a PDF. Nothing in it can be clicked; the table below it says
the same in words (templates/parts/timeline.html).

A solid bar has happened, a dashed bar is planned, a diamond between two lanes is a handover. A label
is measured before it is placed: inside its bar where it fits, else beside it on a patch of the lane's
colour, else shortened; the full text is always in the bar's title.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from html import escape
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

TEXT = "#1a1a1a"
GREY = "#5c5c5c"
LANE_COLOUR = "#f4f4f4"
RED = "#b80012"
COLOURS = {  # the same as in static/app.css; a test compares them
    "school": "#1f6f3f",
    "uu": "#0059b3",
    "child_social": "#7a3e9d",
    "adult_social": "#a3195b",
    "employment": "#8a4b00",
    "benefits": "#6b5500",
    "health": "#4a4a8a",
    "milepaelen": "#00626b",
    "education": "#5b3a1e",
    "municipality": "#4d4d4d",
}
STRONG_AGES = (15, 18, 25, 30)
A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Something that lasts. Without an end it still runs; what lies after today is drawn as planned."""

    lane: str
    label: str
    start: date
    end: date | None
    planned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Diamond:
    """A handover. The label of an open or overdue one is written out, so let it say the state in words."""

    from_lane: str
    to_lane: str
    on: date
    label: str
    state: Literal["taken", "open", "overdue"]


def timeline_svg(
    *,
    born_on: date,
    today: date,
    lanes: Sequence[tuple[str, str]],
    bars: Iterable[Bar],
    diamonds: Iterable[Diamond],
    title: str,
    description: str,
    from_age: int = 13,
    to_age: int = 30,
    text_size: int = 14,
) -> str:
    """Draw one life. `lanes` are pairs of code and Danish name, from the top.

    `text_size` 16 suits a projector.
    Bars and handovers outside the ages, or in a lane that is not shown, are left out: the table has them.
    """
    if to_age <= from_age:
        raise ValueError("the timeline must end at a higher age than it starts")
    gutter = max([GUTTER, *(text_width(name, text_size, "semibold") + 24 for _, name in lanes)])
    scale = _Scale(born_on=born_on, from_age=from_age, to_age=to_age, left=min(gutter, WIDTH / 3))
    bars = list(bars)
    rows = [
        _Lane(
            code=code,
            name=name,
            bars=[bar for bar in bars if bar.lane == code],
            scale=scale,
            today=today,
            text_size=text_size,
        )
        for code, name in lanes
    ]
    y = float(TOP)
    for lane in rows:
        lane.top = y
        y += lane.height
    placed = _place_diamonds(diamonds, rows, scale)
    height = round(y + 44)
    parts = [
        _opening(height, text_size),
        f"<title>{_safe(title)}</title><desc>{_safe(description)}</desc>",
        _rect(0, 0, WIDTH, height, "#fff"),
        *(lane.background() for lane in rows),
        *_grid(scale, y, text_size),
        *_today_line(scale, today, y, text_size),
        *(diamond.connector() for diamond in placed),
        *(part for lane in rows for part in lane.bars()),
        *(diamond.sign() for diamond in placed),
        *(part for lane in rows for part in lane.labels([d.box for d in placed])),
        *_diamond_labels(placed, text_size),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
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


def _clipped(bar: Bar, scale: _Scale, today: date) -> tuple[date, date] | None:
    """The part of a bar that lies within the picture."""
    end = bar.end
    if end is None:
        # A plan without an end is drawn one year long: longer would be a promise nobody gave.
        end = bar.start + A_YEAR if bar.planned or bar.start > today else today
    end = max(bar.start, end)
    if end < scale.first or bar.start > scale.last:
        return None
    return max(bar.start, scale.first), min(end, scale.last)


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(slots=True)
class _Placed:
    bar: Bar
    left: float
    right: float
    row: int

    @property
    def said(self) -> str:
        end = f"{self.bar.end:%d.%m.%Y}" if self.bar.end else ""
        return f"{self.bar.label}, {self.bar.start:%d.%m.%Y}–{end}{' (planlagt)' if self.bar.planned else ''}"


class _Lane:
    def __init__(self, *, code: str, name: str, bars: list[Bar], scale: _Scale, today: date, text_size: int) -> None:
        self.code = code
        self.name = name
        self.top = 0.0
        self._scale = scale
        self._text_size = text_size
        self._today = today
        self._shown: list[_Placed] = []
        self._hidden: list[_Placed] = []
        for bar in sorted(bars, key=lambda bar: (bar.start, bar.label)):
            span = _clipped(bar, scale, today)
            if span is not None:
                self._stack(bar, scale(span[0]), max(scale(span[1]), scale(span[0]) + 4))

    def _stack(self, bar: Bar, left: float, right: float) -> None:
        """Give a bar the first free row; one that finds none is counted instead."""
        for row in range(ROWS):
            if all(other.right <= left + 0.5 for other in self._shown if other.row == row):
                self._shown.append(_Placed(bar, left, right, row))
                return
        self._hidden.append(_Placed(bar, left, right, ROWS))

    @property
    def height(self) -> float:
        rows = max((placed.row for placed in self._shown), default=0)
        return LANE + rows * ROW + (MORE if self._hidden else 0)

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def _colour(self) -> str:
        return COLOURS.get(self.code, GREY)

    def _row_top(self, row: int) -> float:
        return self.top + (LANE - BAR) / 2 + row * ROW

    def background(self) -> str:
        size = self._text_size
        room = self._scale.left - 24
        name = shortened(self.name, room, lambda text: text_width(text, size, "semibold"))
        return _rect(0, self.top + GAP / 2, WIDTH, self.height - GAP, LANE_COLOUR) + _text(
            12, self.top + LANE / 2, name, size, bold=True
        )

    def bars(self) -> Iterator[str]:
        for placed in self._shown:
            y = self._row_top(placed.row)
            solid_to = self._solid_to(placed)
            shapes = ""
            if solid_to < placed.right:
                width = max(placed.right - solid_to - 2, 2)
                dashes = f' rx="3" stroke="{self._colour}" stroke-width="2" stroke-dasharray="5 3"'
                shapes += _rect(solid_to + 1, y + 1, width, BAR - 2, "#fff", dashes)
            if solid_to > placed.left:
                shapes += _rect(placed.left, y, solid_to - placed.left, BAR, self._colour, ' rx="3"')
            yield f"<g><title>{_safe(placed.said)}</title>{shapes}</g>"

    def _solid_to(self, placed: _Placed) -> float:
        """Up to today a bar has happened; the rest of it, or all of a planned one, has not."""
        if placed.bar.planned or placed.bar.start > self._today:
            return placed.left
        if placed.bar.end is None or placed.bar.end <= self._today:
            return placed.right
        return min(placed.right, max(placed.left, self._scale(self._today)))

    def labels(self, diamonds: list[_Box]) -> Iterator[str]:
        size = self._text_size
        for placed in self._shown:
            y = self._row_top(placed.row)
            label = placed.bar.label
            width = text_width(label, size) + 2 * PAD
            solid_to = self._solid_to(placed)
            if width <= solid_to - placed.left:
                yield _text(placed.left + PAD, y + BAR / 2, label, size, colour="#fff")
            elif width <= placed.right - solid_to:
                yield _text(solid_to + PAD, y + BAR / 2, label, size)
            else:
                yield self._label_beside(placed, y, diamonds)
        yield from self._counts()

    def _label_beside(self, placed: _Placed, y: float, diamonds: list[_Box]) -> str:
        """Right of the bar if there is room, else left of it, else as much of it as fits."""
        size = self._text_size
        width = text_width(placed.bar.label, size)
        band = (y + BAR / 2 - size * 0.6, y + BAR / 2 + size * 0.6)
        same_row = [other for other in self._shown if other.row == placed.row and other is not placed]
        walls = [(other.left, other.right) for other in same_row]
        walls += [(d.left, d.right) for d in diamonds if d.top < band[1] and band[0] < d.bottom]
        free_to = min([RIGHT, *(left for left, right in walls if right > placed.right)]) - 4
        free_from = max([self._scale.left, *(right for left, right in walls if left < placed.left)]) + 4
        left, label = placed.right + PAD, placed.bar.label
        if left + width > free_to:
            if placed.left - PAD - width >= free_from and not same_row:
                left = placed.left - PAD - width
            else:
                label = shortened(label, free_to - left, lambda text: text_width(text, size))
                width = text_width(label, size)
        if label:
            return _text_on_patch(left, width, y + BAR / 2, label, size)
        room = self._solid_to(placed) - placed.left - PAD
        label = shortened(placed.bar.label, room, lambda text: text_width(text, size))
        return _text(placed.left + PAD / 2, y + BAR / 2, label, size, colour="#fff")

    def _counts(self) -> Iterator[str]:
        """`+ 2 flere` under the bars they overlap; one count for bars that hang together."""
        groups: list[list[_Placed]] = []
        for placed in self._hidden:
            if groups and placed.left <= max(other.right for other in groups[-1]):
                groups[-1].append(placed)
            else:
                groups.append([placed])
        size = self._text_size - 1
        free_from = self._scale.left
        for group in groups:
            label = f"+ {len(group)} {'flere' if len(group) > 1 else 'mere'}"
            width = text_width(label, size)
            left = min(max(group[0].left, free_from), RIGHT - width)
            free_from = left + width + 8
            yield _text_on_patch(left, width, self.bottom - GAP / 2 - MORE / 2, label, size)


def shortened(text: str, room: float, width: Callable[[str], float]) -> str:
    """As much of the text as fits, with an ellipsis; nothing if not even three letters do."""
    if width(text) <= room:
        return text
    for length in range(len(text) - 1, 2, -1):
        short = text[:length].rstrip(" ,.·–-") + "…"
        if width(short) <= room:
            return short
    return ""


@dataclass(slots=True)
class _PlacedDiamond:
    diamond: Diamond
    x: float
    y: float
    from_y: float

    @property
    def box(self) -> _Box:
        return _Box(self.x - DIAMOND - 2, self.x + DIAMOND + 2, self.y - DIAMOND - 2, self.y + DIAMOND + 2)

    def connector(self) -> str:
        if abs(self.from_y - self.y) < 1:
            return ""
        return (
            f'<line x1="{_n(self.x)}" y1="{_n(self.from_y)}" x2="{_n(self.x)}" y2="{_n(self.y)}" '
            f'stroke="{self._colour}" stroke-width="2"/>'
        )

    @property
    def _colour(self) -> str:
        return RED if self.diamond.state == "overdue" else TEXT

    def sign(self) -> str:
        state = {"taken": "overtaget", "open": "ikke overtaget endnu", "overdue": "overskredet"}[self.diamond.state]
        fill, edge = ("#fff", TEXT) if self.diamond.state == "open" else (self._colour, "#fff")
        x, y, r = self.x, self.y, DIAMOND
        mark = (
            f'<path d="M{_n(x)} {_n(y - 6)}v7M{_n(x)} {_n(y + 3.2)}v2.2" stroke="#fff" stroke-width="2.2"/>'
            if self.diamond.state == "overdue"
            else ""
        )
        said = f"{self.diamond.label}, {self.diamond.on:%d.%m.%Y} ({state})"
        return (
            f"<g><title>{_safe(said)}</title>"
            f'<path d="M{_n(x)} {_n(y - r)}l{r} {r}l-{r} {r}l-{r}-{r}z" fill="{fill}" '
            f'stroke="{edge}" stroke-width="1.5"/>{mark}</g>'
        )


def _place_diamonds(diamonds: Iterable[Diamond], lanes: list[_Lane], scale: _Scale) -> list[_PlacedDiamond]:
    """On the edge of the receiver that faces the giver; side by side where they would hide each other."""
    by_code = {lane.code: lane for lane in lanes}
    placed: list[_PlacedDiamond] = []
    for diamond in sorted(diamonds, key=lambda diamond: (diamond.on, diamond.label)):
        giver, receiver = by_code.get(diamond.from_lane), by_code.get(diamond.to_lane)
        lane = receiver or giver
        if lane is None or not scale.first <= diamond.on <= scale.last:
            continue
        other = giver or lane
        downwards = other.top < lane.top
        y = lane.top if downwards else lane.bottom
        from_y = y if other is lane else (other.bottom if downwards else other.top)
        x = scale(diamond.on)
        while any(d.y == y and abs(d.x - x) < 2 * DIAMOND + 2 for d in placed):
            x += 2 * DIAMOND + 2
        placed.append(_PlacedDiamond(diamond, min(x, WIDTH - DIAMOND - 2), y, from_y))
    return placed


def _diamond_labels(placed: list[_PlacedDiamond], text_size: int) -> Iterator[str]:
    """Open and overdue handovers say so in words beside their sign, in the gap between the lanes."""
    size = text_size - 1
    taken = [diamond.box for diamond in placed]
    for diamond in placed:
        if diamond.diamond.state == "taken" or not diamond.diamond.label:
            continue
        label = diamond.diamond.label
        width = text_width(label, size, "semibold")
        for left in (diamond.x - DIAMOND - 6 - width, diamond.x + DIAMOND + 6):
            box = _Box(left - 2, left + width + 2, diamond.y - size * 0.55, diamond.y + size * 0.55)
            if box.left < GUTTER or box.right > WIDTH or any(box.meets(other) for other in taken):
                continue
            taken.append(box)
            colour = RED if diamond.diamond.state == "overdue" else TEXT
            yield _text_on_patch(left, width, diamond.y, label, size, patch="#fff", colour=colour, bold=True)
            break


def _grid(scale: _Scale, bottom: float, size: int) -> Iterator[str]:
    years = scale.to_age - scale.from_age
    for age in range(scale.from_age, scale.to_age + 1):
        x = scale.at_age(age)
        strong = age in STRONG_AGES
        yield (
            f'<line x1="{_n(x)}" y1="{TOP - 8}" x2="{_n(x)}" y2="{_n(bottom + 8)}" '
            f'stroke="{TEXT if strong else "#d0d0d0"}" stroke-width="{1.5 if strong else 1}"/>'
        )
        if years <= 40 or age % 5 == 0:  # noqa: PLR2004  # closer than that the numbers would touch
            said = f"{age} år" if strong else str(age)
            yield _text(x, TOP - 20, said, size, colour=TEXT if strong else GREY, anchor="middle", bold=strong)


def _today_line(scale: _Scale, today: date, bottom: float, size: int) -> Iterator[str]:
    """A dotted line on today; outside the picture, a word at the edge it lies beyond."""
    y = bottom + 22
    if scale.first <= today <= scale.last:
        x = scale(today)
        anchor = "end" if x > WIDTH - 60 else "start"
        shift = -6 if anchor == "end" else 6
        yield (
            f'<line x1="{_n(x)}" y1="{TOP - 8}" x2="{_n(x)}" y2="{_n(bottom + 30)}" stroke="{RED}" '
            f'stroke-width="2.5" stroke-dasharray="2.5 3"/>'
        )
        yield _text(x + shift, y, "I dag", size, colour=RED, anchor=anchor, bold=True)
        return
    before = today < scale.first
    age = _age(scale.born_on, today)
    said = f"I dag: {age} år" if age >= 0 else "I dag: ikke født"
    x, anchor = (scale.left, "start") if before else (RIGHT, "end")
    yield _text(x, y, said, size, colour=RED, anchor=anchor, bold=True)


def _age(born_on: date, today: date) -> int:
    years = today.year - born_on.year
    return years if birthday(born_on, years) <= today else years - 1


def _opening(height: float, text_size: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" '
        f'font-family="IBM Plex Sans, Arial, sans-serif" font-size="{text_size}">'
    )


def _rect(left: float, top: float, width: float, height: float, fill: str, more: str = "") -> str:  # as SVG says it
    at = f'x="{_n(left)}" y="{_n(top)}" width="{_n(width)}" height="{_n(height)}"'
    return f'<rect {at} fill="{fill}"{more}/>'


def _text(
    left: float,
    middle: float,
    text: str,
    size: float,
    *,
    colour: str = TEXT,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    at = f'x="{_n(left)}" y="{_n(middle + size * 0.35)}" font-size="{_n(size)}" fill="{colour}"'
    more = f' text-anchor="{anchor}"' if anchor != "start" else ""
    more += ' font-weight="600"' if bold else ""
    return f"<text {at}{more}>{_safe(text)}</text>" if text else ""


def _text_on_patch(
    left: float,
    width: float,
    middle: float,
    text: str,
    size: float,
    *,
    patch: str = LANE_COLOUR,
    colour: str = TEXT,
    bold: bool = False,
) -> str:
    """A text with a backing, so that the lines behind do not cross it."""
    backing = _rect(left - 2, middle - size * 0.6, width + 4, size * 1.2, patch)
    return backing + _text(left, middle, text, size, colour=colour, bold=bold)


_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _safe(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


def _n(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
