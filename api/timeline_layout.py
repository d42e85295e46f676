"""Where everything on the timeline goes: which bars in which row, where handovers lie, which labels fit.

A label is measured before it is placed: inside its bar where it fits, else beside it on a patch of the lane's
colour, else shortened; the full text is always in the bar's title.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Literal

from api.timeline_measures import (
    BAR,
    DIAMOND,
    GAP,
    GUTTER,
    LANE,
    MORE,
    PAD,
    RIGHT,
    ROW,
    ROWS,
    SIGN,
    WIDTH,
    Box,
    Scale,
    shortened,
    text_width,
)

A_YEAR = timedelta(days=365)
PLACES = 4
"""Places that a sign may take: further aside, it would tell of another year than it happened in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Something that lasts. Without an end it still runs; what lies after today is drawn as planned.

    `ended` says how it ended, where that is known: a tick or a cross at its end.
    """

    lane: str
    label: str
    start: date
    end: date | None
    planned: bool = False
    ended: Literal["completed", "broken-off"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diamond:
    """A handover. The label of an open or overdue one is written out, so let it say the state in words."""

    from_lane: str
    to_lane: str
    on: date
    label: str
    state: Literal["taken", "open", "overdue"]


@dataclass(frozen=True, slots=True)
class Label:
    """A text and where it begins. `on` is what lies behind it: a filled bar, white, or lines that a patch covers."""

    left: float
    middle: float
    text: str
    width: float
    size: float
    on: Literal["bar", "white", "lines"]


@dataclass(slots=True)
class PlacedBar:
    """A bar in its row; until `solid_to` it has happened, the rest is planned."""

    bar: Bar
    left: float
    right: float
    row: int
    solid_to: float
    sign: float | None
    """Where the middle of the tick or cross lies; None where there is none, or no room for it."""

    @property
    def room(self) -> float:
        """How far to the right words in the filled part may come."""
        return self.solid_to if self.sign is None else self.sign - SIGN


class Lane:
    """The bars of one party, in as many rows as they need and at most ROWS. `top` is set once all lanes are known."""

    least: ClassVar[float] = 4
    """How wide a bar is at least, so that it is seen."""

    def __init__(self, *, code: str, name: str, bars: list[Bar], scale: Scale, today: date, text_size: int) -> None:
        self.code = code
        self.name = name
        self.top = 0.0
        self.scale = scale
        self.text_size = text_size
        self._today = today
        self.shown: list[PlacedBar] = []
        self._hidden: list[PlacedBar] = []
        for bar in sorted(bars, key=lambda bar: (bar.start, bar.label)):
            span = _clipped(bar, scale, today)
            if span is not None:
                self._stack(bar, scale(span[0]), max(scale(span[1]), scale(span[0]) + self.least))

    def _stack(self, bar: Bar, left: float, right: float) -> None:
        """Give a bar the first free row; one that finds none is counted instead."""
        solid_to = self._solid_to(bar, left, right)
        sign = self._sign(bar, left, right) if solid_to == right else None
        for row in range(ROWS):
            if all(other.right <= left + 0.5 for other in self.shown if other.row == row):
                self.shown.append(PlacedBar(bar, left, right, row, solid_to, sign))
                return
        self._hidden.append(PlacedBar(bar, left, right, ROWS, solid_to, sign))

    def _sign(self, bar: Bar, left: float, right: float) -> float | None:
        """Where the sign of how it ended lies. What the bar is called comes first, where both have no room."""
        words, room = text_width(bar.label, self.text_size) + 2 * PAD, right - left
        crowds_out = words <= room < words + 2 * SIGN + 3
        return right - SIGN - 3 if bar.ended and room >= 2 * SIGN + 4 and not crowds_out else None

    def _solid_to(self, bar: Bar, left: float, right: float) -> float:
        """Up to today a bar has happened; the rest of it, or all of a planned one, has not."""
        if bar.planned or bar.start > self._today:
            return left
        if bar.end is None or bar.end <= self._today:
            return right
        return min(right, max(left, self.scale(self._today)))

    @property
    def height(self) -> float:
        rows = max((placed.row for placed in self.shown), default=0)
        return LANE + rows * ROW + (MORE if self._hidden else 0)

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def top_of(self, row: int) -> float:
        """Where the bars of a row begin."""
        return self.top + (LANE - BAR) / 2 + row * ROW

    def labels(self, diamonds: list[Box]) -> Iterator[Label]:
        """The labels of the bars, clear of these signs; then how many bars found no row."""
        size = self.text_size
        for placed in self.shown:
            middle = self.top_of(placed.row) + BAR / 2
            label = placed.bar.label
            width = text_width(label, size)
            if width + 2 * PAD <= placed.room - placed.left:
                yield Label(placed.left + PAD, middle, label, width, size, "bar")
            elif width + 2 * PAD <= placed.right - placed.solid_to:
                yield Label(placed.solid_to + PAD, middle, label, width, size, "white")
            else:
                yield self._label_beside(placed, middle, diamonds)
        yield from self._counts()

    def _label_beside(self, placed: PlacedBar, middle: float, diamonds: list[Box]) -> Label:
        """Right of the bar if there is room, else left of it, else as much of it as fits."""
        size = self.text_size
        width = text_width(placed.bar.label, size)
        band = (middle - size * 0.6, middle + size * 0.6)
        same_row = [other for other in self.shown if other.row == placed.row and other is not placed]
        walls = [(other.left, other.right) for other in same_row]
        walls += [(d.left, d.right) for d in diamonds if d.top < band[1] and band[0] < d.bottom]
        free_to = min([RIGHT, *(left for left, right in walls if right > placed.right)]) - 4
        free_from = max([self.scale.left, *(right for left, right in walls if left < placed.left)]) + 4
        left, label = placed.right + PAD, placed.bar.label
        if left + width > free_to:
            if placed.left - PAD - width >= free_from and not same_row:
                left = placed.left - PAD - width
            else:
                label = shortened(label, free_to - left, lambda text: text_width(text, size))
                width = text_width(label, size)
        if label:
            return Label(left, middle, label, width, size, "lines")
        room = placed.room - placed.left - PAD
        label = shortened(placed.bar.label, room, lambda text: text_width(text, size))
        return Label(placed.left + PAD / 2, middle, label, text_width(label, size), size, "bar")

    def _counts(self) -> Iterator[Label]:
        """`+ 2 flere` under the bars they overlap; one count for bars that hang together."""
        groups: list[list[PlacedBar]] = []
        for placed in self._hidden:
            if groups and placed.left <= max(other.right for other in groups[-1]):
                groups[-1].append(placed)
            else:
                groups.append([placed])
        size = self.text_size - 1
        free_from = self.scale.left
        for group in groups:
            label = f"+ {len(group)} {'flere' if len(group) > 1 else 'mere'}"
            width = text_width(label, size)
            left = min(max(group[0].left, free_from), RIGHT - width)
            free_from = left + width + 8
            yield Label(left, self.bottom - GAP / 2 - MORE / 2, label, width, size, "lines")


def _clipped(bar: Bar, scale: Scale, today: date) -> tuple[date, date] | None:
    """The part of a bar that lies within the picture."""
    end = bar.end
    if end is None:
        # A plan without an end is drawn one year long: longer would be a promise nobody gave.
        end = bar.start + A_YEAR if bar.planned or bar.start > today else today
    end = max(bar.start, end)
    if end < scale.first or bar.start > scale.last:
        return None
    return max(bar.start, scale.first), min(end, scale.last)


@dataclass(slots=True)
class PlacedDiamond:
    """A handover's sign, and from which edge its line comes."""

    diamond: Diamond
    x: float
    y: float
    from_y: float

    @property
    def box(self) -> Box:
        return Box(self.x - DIAMOND - 2, self.x + DIAMOND + 2, self.y - DIAMOND - 2, self.y + DIAMOND + 2)


def place_diamonds(diamonds: Iterable[Diamond], lanes: list[Lane], scale: Scale) -> list[PlacedDiamond]:
    """On the edge of the receiver that faces the giver; side by side where they would hide each other."""
    by_code = {lane.code: lane for lane in lanes}
    placed: list[PlacedDiamond] = []
    for diamond in sorted(diamonds, key=lambda diamond: (diamond.on, diamond.label)):
        giver, receiver = by_code.get(diamond.from_lane), by_code.get(diamond.to_lane)
        lane = receiver or giver
        if lane is None or not scale.first <= diamond.on <= scale.last:
            continue
        other = giver or lane
        downwards = other.top < lane.top
        y = lane.top if downwards else lane.bottom
        from_y = y if other is lane else (other.bottom if downwards else other.top)
        x = _beside(scale(diamond.on), [d.x for d in placed if d.y == y])
        placed.append(PlacedDiamond(diamond, min(x, WIDTH - DIAMOND - 2), y, from_y))
    return placed


def _beside(x: float, others: list[float]) -> float:
    """The first free place from here on; where there are too many, the day itself, and the table has them all."""
    step = 2 * DIAMOND + 2
    for moved in range(PLACES):
        if all(abs(other - (x + moved * step)) >= step for other in others):
            return x + moved * step
    return x


def diamond_labels(placed: list[PlacedDiamond], text_size: int) -> Iterator[tuple[PlacedDiamond, Label]]:
    """Open and overdue handovers say so in words beside their sign, in the gap between the lanes, if there is room."""
    size = text_size - 1
    taken = [diamond.box for diamond in placed]
    for diamond in placed:
        if diamond.diamond.state == "taken" or not diamond.diamond.label:
            continue
        label = diamond.diamond.label
        width = text_width(label, size, "semibold")
        for left in (diamond.x - DIAMOND - 6 - width, diamond.x + DIAMOND + 6):
            box = Box(left - 2, left + width + 2, diamond.y - size * 0.55, diamond.y + size * 0.55)
            if box.left < GUTTER or box.right > WIDTH or any(box.meets(other) for other in taken):
                continue
            taken.append(box)
            yield diamond, Label(left, diamond.y, label, width, size, "lines")
            break
