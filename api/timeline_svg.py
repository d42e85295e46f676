"""The swim-lane timeline of one young person from 13 to 30, drawn as SVG.

Painted with attributes and nothing else: no class, no style. So one drawing passes the strict content
security policy, prints, and goes into a PDF. Nothing in it can be clicked; the table below it says
the same in words (templates/parts/timeline.html).

A solid bar has happened, a dashed bar is planned; a tick at its end is completed, a cross broken off. A diamond
between two lanes is a handover. Where each of them goes is worked out in timeline_layout.py.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from api.timeline_ink import (
    COLOURS,
    GREY,
    RED,
    TEXT,
    background,
    grid,
    label_text,
    number,
    opening,
    rect,
    safe,
    text_on_patch,
    today_line,
)
from api.timeline_layout import Bar, Diamond, Label, Lane, PlacedBar, PlacedDiamond, diamond_labels, place_diamonds
from api.timeline_measures import BAR, DIAMOND, GUTTER, RIGHT, SIGN, TOP, WIDTH, Scale, birthday, shortened, text_width

__all__ = [
    "COLOURS",
    "RIGHT",
    "WIDTH",
    "Bar",
    "Diamond",
    "birthday",
    "shortened",
    "text_width",
    "timeline_svg",
]


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
    scale = Scale(born_on=born_on, from_age=from_age, to_age=to_age, left=min(gutter, WIDTH / 3))
    bars = list(bars)
    rows = [
        Lane(
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
    placed = place_diamonds(diamonds, rows, scale)
    height = round(y + 44)
    parts = [
        opening(height, text_size),
        f"<title>{safe(title)}</title><desc>{safe(description)}</desc>",
        rect(0, 0, WIDTH, height, "#fff"),
        *(background(lane) for lane in rows),
        *grid(scale, y, text_size),
        *today_line(scale, today, y, text_size),
        *(_connector(diamond) for diamond in placed),
        *(_bar(lane, bar) for lane in rows for bar in lane.shown),
        *(_sign(diamond) for diamond in placed),
        *(label_text(label) for lane in rows for label in lane.labels([one.box for one in placed])),
        *(_diamond_label(one, label) for one, label in diamond_labels(placed, text_size)),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part)


def _bar(lane: Lane, placed: PlacedBar) -> str:
    y, colour, solid_to = lane.top_of(placed.row), COLOURS.get(lane.code, GREY), placed.solid_to
    shapes = ""
    if solid_to < placed.right:
        width = max(placed.right - solid_to - 2, 2)
        dashes = f' rx="3" stroke="{colour}" stroke-width="2" stroke-dasharray="5 3"'
        shapes += rect(solid_to + 1, y + 1, width, BAR - 2, "#fff", dashes)
    if solid_to > placed.left:
        shapes += rect(placed.left, y, solid_to - placed.left, BAR, colour, ' rx="3"')
    bar = placed.bar
    end = f"{bar.end:%d.%m.%Y}" if bar.end else ""
    how = (
        " (planlagt)"
        if bar.planned
        else {None: "", "completed": " (gennemført)", "broken-off": " (afbrudt)"}[bar.ended]
    )
    said = f"{bar.label}, {bar.start:%d.%m.%Y}–{end}{how}"
    return f"<g><title>{safe(said)}</title>{shapes}{_end(placed, y + BAR / 2, colour)}</g>"


def _end(placed: PlacedBar, middle: float, colour: str) -> str:
    """A tick or a cross in the end of the bar: completed, or broken off."""
    x = placed.sign
    if x is None:
        return ""
    path = (
        f"M{number(x - 4)} {number(middle)}l3 3.5 5.5-6.5"
        if placed.bar.ended == "completed"
        else f"M{number(x - 3.5)} {number(middle - 3.5)}l7 7m0-7l-7 7"
    )
    return (
        f'<circle cx="{number(x)}" cy="{number(middle)}" r="{SIGN}" fill="#fff"/>'
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2.2"/>'
    )


def _connector(placed: PlacedDiamond) -> str:
    """The line from the giver's lane."""
    if abs(placed.from_y - placed.y) < 1:
        return ""
    return (
        f'<line x1="{number(placed.x)}" y1="{number(placed.from_y)}" x2="{number(placed.x)}" y2="{number(placed.y)}" '
        f'stroke="{_colour(placed)}" stroke-width="2"/>'
    )


def _sign(placed: PlacedDiamond) -> str:
    diamond = placed.diamond
    state = {"taken": "overtaget", "open": "ikke overtaget endnu", "overdue": "overskredet"}[diamond.state]
    fill, edge = ("#fff", TEXT) if diamond.state == "open" else (_colour(placed), "#fff")
    x, y, r = placed.x, placed.y, DIAMOND
    mark = (
        f'<path d="M{number(x)} {number(y - 6)}v7M{number(x)} {number(y + 3.2)}v2.2" stroke="#fff" stroke-width="2.2"/>'
        if diamond.state == "overdue"
        else ""
    )
    said = f"{diamond.label}, {diamond.on:%d.%m.%Y} ({state})"
    return (
        f"<g><title>{safe(said)}</title>"
        f'<path d="M{number(x)} {number(y - r)}l{r} {r}l-{r} {r}l-{r}-{r}z" fill="{fill}" '
        f'stroke="{edge}" stroke-width="1.5"/>{mark}</g>'
    )


def _diamond_label(placed: PlacedDiamond, label: Label) -> str:
    return text_on_patch(label, patch="#fff", colour=_colour(placed), bold=True)


def _colour(placed: PlacedDiamond) -> str:
    return RED if placed.diamond.state == "overdue" else TEXT
