"""Who had which matter, drawn: a lane per matter and a bar per party, with what went wrong in red and in words.

Drawn as the timeline is (timeline_ink.py): attributes and nothing else, nothing to click, and the table below the
drawing says the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from api.timeline_ink import COLOURS, RED, background, grid, label_text, opening, rect, safe, text_on_patch, today_line
from api.timeline_layout import Bar, Label, Lane, PlacedBar
from api.timeline_measures import BAR, GAP, GUTTER, LANE, MORE, RIGHT, ROW, TOP, WIDTH, Box, Scale, text_width

FROM_AGE, TO_AGE = 13, 30
SIZE = 14
LEAST = 4.0
"""How wide trouble is at least, so that it is seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Some days on which nobody had the matter, or several. Without an end it is so today. `said` is written out."""

    start: date
    end: date | None
    said: str
    is_gap: bool


class MatterLane(Lane):
    """The lane of one matter, with a line for words below its bars where something went wrong.

    The `lane` of a bar is the party that it stands for: its colour.
    """

    least = 1
    """Two rows say that two had it at once, so a bar is no wider than its days."""

    def __init__(self, name: str, bars: Sequence[Bar], troubles: Sequence[Trouble], scale: Scale, today: date) -> None:
        super().__init__(code=name, name=name, bars=list(bars), scale=scale, today=today, text_size=SIZE)
        self.troubles = [_Placed(one, *_edges(one, scale, today)) for one in troubles if one.start < scale.last]

    @property
    def height(self) -> float:
        return super().height + (MORE if self.troubles else 0)

    @property
    def rows(self) -> int:
        """The last row that has a bar."""
        return max((placed.row for placed in self.shown), default=0)

    @property
    def walls(self) -> list[Box]:
        """Where no label may lie: the red blocks."""
        top = self.top_of(0)
        return [Box(one.left, one.right, top, top + BAR) for one in self.troubles if one.trouble.is_gap]


@dataclass(frozen=True, slots=True)
class _Placed:
    """Some trouble, and where it lies."""

    trouble: Trouble
    left: float
    right: float


def _edges(one: Trouble, scale: Scale, today: date) -> tuple[float, float]:
    left = scale(one.start)
    return left, max(scale(one.end or today), left + LEAST)


Matters = Sequence[tuple[str, Sequence[Bar], Sequence[Trouble]]]
"""The Danish name of each matter, who had it, and what went wrong; from the top."""


def responsibility_svg(matters: Matters, *, born_on: date, today: date, title: str, description: str) -> str:
    """Draw who had what. Without any matter there is only the years."""
    gutter = max([GUTTER, *(text_width(name, SIZE, "semibold") + 24 for name, _, _ in matters)])
    scale = Scale(born_on=born_on, from_age=FROM_AGE, to_age=TO_AGE, left=min(gutter, WIDTH / 3))
    lanes = [MatterLane(name, bars, troubles, scale, today) for name, bars, troubles in matters]
    y = float(TOP)
    for lane in lanes:
        lane.top = y
        y += lane.height
    height = round(y + 44)
    parts = [
        opening(height, SIZE),
        f"<title>{safe(title)}</title><desc>{safe(description)}</desc>",
        rect(0, 0, WIDTH, height, "#fff"),
        *(background(lane) for lane in lanes),
        *grid(scale, y, SIZE),
        *today_line(scale, today, y, SIZE),
        *(_bar(lane, placed) for lane in lanes for placed in lane.shown),
        *(_sign(lane, placed) for lane in lanes for placed in lane.troubles),
        *(label_text(label) for lane in lanes for label in lane.labels(lane.walls)),
        *(text_on_patch(label, colour=RED, bold=True) for lane in lanes for label in _words(lane)),
        "</svg>",
    ]
    return "\n".join(parts)


def _bar(lane: Lane, placed: PlacedBar) -> str:
    bar = placed.bar
    end = f"{bar.end:%d.%m.%Y}" if bar.end else ""
    said = f"<title>{safe(f'{bar.label}, {bar.start:%d.%m.%Y}–{end}')}</title>"
    # A hair of white between two who follow each other: their colours may be much alike.
    width = max(placed.right - placed.left - 1, 1)
    shape = rect(placed.left, lane.top_of(placed.row), width, BAR, COLOURS[bar.lane], ' rx="3"')
    return f"<g>{said}{shape}</g>"


def _sign(lane: MatterLane, placed: _Placed) -> str:
    """A red block where nobody was, a red frame around those who were several."""
    one, top = placed.trouble, lane.top_of(0)
    end = f"{one.end:%d.%m.%Y}" if one.end else ""
    said = f"<title>{safe(f'{one.said}, {one.start:%d.%m.%Y}–{end}')}</title>"
    width = placed.right - placed.left
    if one.is_gap:
        return "<g>" + said + rect(placed.left, top, width, BAR, RED) + "</g>"
    bottom = lane.top_of(lane.rows) + BAR
    frame = f' stroke="{RED}" stroke-width="3" rx="3"'
    return "<g>" + said + rect(placed.left, top - 3, width, bottom - top + 6, "none", frame) + "</g>"


def _words(lane: MatterLane) -> Iterator[Label]:
    """What went wrong, below where it did; what would meet the words before it is left to the table."""
    free_from, middle = lane.scale.left, lane.top + LANE + lane.rows * ROW - GAP / 2 + MORE / 2
    for placed in lane.troubles:
        said, size = placed.trouble.said, SIZE - 1
        width = text_width(said, size, "semibold")
        left = min(placed.left, RIGHT - width)
        if left >= free_from:
            free_from = left + width + 10
            yield Label(left, middle, said, width, size, "lines")
