"""The swim-lane timeline of one young person from 13 to 30, drawn as SVG.

Painted with attributes and nothing else: no class, no style. So one drawing passes the strict content
security policy, prints, and goes into a PDF. Nothing in it can be clicked; the table below it says
the same in words (templates/parts/timeline.html).

A solid bar has happened, a dashed bar is planned, a diamond between two lanes is a handover. Where each of them
goes is worked out in timeline_layout.py.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape

from api.timeline_layout import Bar, Diamond, Label, Lane, PlacedBar, PlacedDiamond, diamond_labels, place_diamonds
from api.timeline_measures import (
    BAR,
    DIAMOND,
    GAP,
    GUTTER,
    LANE,
    RIGHT,
    TOP,
    WIDTH,
    Scale,
    birthday,
    shortened,
    text_width,
)

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
        _opening(height, text_size),
        f"<title>{_safe(title)}</title><desc>{_safe(description)}</desc>",
        _rect(0, 0, WIDTH, height, "#fff"),
        *(_background(lane) for lane in rows),
        *_grid(scale, y, text_size),
        *_today_line(scale, today, y, text_size),
        *(_connector(diamond) for diamond in placed),
        *(_bar(lane, bar) for lane in rows for bar in lane.shown),
        *(_sign(diamond) for diamond in placed),
        *(_label(label) for lane in rows for label in lane.labels([one.box for one in placed])),
        *(_diamond_label(one, label) for one, label in diamond_labels(placed, text_size)),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part)


def _background(lane: Lane) -> str:
    """The lane and its name."""
    size = lane.text_size
    name = shortened(lane.name, lane.scale.left - 24, lambda text: text_width(text, size, "semibold"))
    return _rect(0, lane.top + GAP / 2, WIDTH, lane.height - GAP, LANE_COLOUR) + _text(
        12, lane.top + LANE / 2, name, size, bold=True
    )


def _bar(lane: Lane, placed: PlacedBar) -> str:
    y, colour, solid_to = lane.top_of(placed.row), COLOURS.get(lane.code, GREY), placed.solid_to
    shapes = ""
    if solid_to < placed.right:
        width = max(placed.right - solid_to - 2, 2)
        dashes = f' rx="3" stroke="{colour}" stroke-width="2" stroke-dasharray="5 3"'
        shapes += _rect(solid_to + 1, y + 1, width, BAR - 2, "#fff", dashes)
    if solid_to > placed.left:
        shapes += _rect(placed.left, y, solid_to - placed.left, BAR, colour, ' rx="3"')
    bar = placed.bar
    end = f"{bar.end:%d.%m.%Y}" if bar.end else ""
    said = f"{bar.label}, {bar.start:%d.%m.%Y}–{end}{' (planlagt)' if bar.planned else ''}"
    return f"<g><title>{_safe(said)}</title>{shapes}</g>"


def _label(label: Label) -> str:
    if label.on == "lines":
        return _text_on_patch(label)
    return _text(label.left, label.middle, label.text, label.size, colour="#fff" if label.on == "bar" else TEXT)


def _connector(placed: PlacedDiamond) -> str:
    """The line from the giver's lane."""
    if abs(placed.from_y - placed.y) < 1:
        return ""
    return (
        f'<line x1="{_n(placed.x)}" y1="{_n(placed.from_y)}" x2="{_n(placed.x)}" y2="{_n(placed.y)}" '
        f'stroke="{_colour(placed)}" stroke-width="2"/>'
    )


def _sign(placed: PlacedDiamond) -> str:
    diamond = placed.diamond
    state = {"taken": "overtaget", "open": "ikke overtaget endnu", "overdue": "overskredet"}[diamond.state]
    fill, edge = ("#fff", TEXT) if diamond.state == "open" else (_colour(placed), "#fff")
    x, y, r = placed.x, placed.y, DIAMOND
    mark = (
        f'<path d="M{_n(x)} {_n(y - 6)}v7M{_n(x)} {_n(y + 3.2)}v2.2" stroke="#fff" stroke-width="2.2"/>'
        if diamond.state == "overdue"
        else ""
    )
    said = f"{diamond.label}, {diamond.on:%d.%m.%Y} ({state})"
    return (
        f"<g><title>{_safe(said)}</title>"
        f'<path d="M{_n(x)} {_n(y - r)}l{r} {r}l-{r} {r}l-{r}-{r}z" fill="{fill}" '
        f'stroke="{edge}" stroke-width="1.5"/>{mark}</g>'
    )


def _diamond_label(placed: PlacedDiamond, label: Label) -> str:
    return _text_on_patch(label, patch="#fff", colour=_colour(placed), bold=True)


def _colour(placed: PlacedDiamond) -> str:
    return RED if placed.diamond.state == "overdue" else TEXT


def _grid(scale: Scale, bottom: float, size: int) -> Iterator[str]:
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


def _today_line(scale: Scale, today: date, bottom: float, size: int) -> Iterator[str]:
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


def _text_on_patch(label: Label, *, patch: str = LANE_COLOUR, colour: str = TEXT, bold: bool = False) -> str:
    """A text with a backing, so that the lines behind do not cross it."""
    size = label.size
    backing = _rect(label.left - 2, label.middle - size * 0.6, label.width + 4, size * 1.2, patch)
    return backing + _text(label.left, label.middle, label.text, size, colour=colour, bold=bold)


_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _safe(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


def _n(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
