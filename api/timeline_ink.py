"""What every drawing over a young person's years is made of: colours, texts on patches, the years and today.

Painted with attributes and nothing else: no class, no style. So one drawing passes the strict content security
policy, prints, and goes into a PDF.
"""

import re
from collections.abc import Iterator
from datetime import date
from html import escape

from api.timeline_layout import Label, Lane
from api.timeline_measures import GAP, LANE, RIGHT, TOP, WIDTH, Scale, birthday, shortened, text_width

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


def opening(height: float, text_size: int) -> str:
    """The drawing's own tag; `</svg>` ends it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" '
        f'font-family="IBM Plex Sans, Arial, sans-serif" font-size="{text_size}">'
    )


def grid(scale: Scale, bottom: float, size: int) -> Iterator[str]:
    """A line for every year of age, the ages that change something stronger."""
    years = scale.to_age - scale.from_age
    for age in range(scale.from_age, scale.to_age + 1):
        x = scale.at_age(age)
        strong = age in STRONG_AGES
        yield (
            f'<line x1="{number(x)}" y1="{TOP - 8}" x2="{number(x)}" y2="{number(bottom + 8)}" '
            f'stroke="{TEXT if strong else "#d0d0d0"}" stroke-width="{1.5 if strong else 1}"/>'
        )
        if years <= 40 or age % 5 == 0:  # noqa: PLR2004  # closer than that the numbers would touch
            said = f"{age} år" if strong else str(age)
            yield text(x, TOP - 20, said, size, colour=TEXT if strong else GREY, anchor="middle", bold=strong)


def today_line(scale: Scale, today: date, bottom: float, size: int) -> Iterator[str]:
    """A dotted line on today; outside the picture, a word at the edge it lies beyond."""
    y = bottom + 22
    if scale.first <= today <= scale.last:
        x = scale(today)
        anchor = "end" if x > WIDTH - 60 else "start"
        shift = -6 if anchor == "end" else 6
        yield (
            f'<line x1="{number(x)}" y1="{TOP - 8}" x2="{number(x)}" y2="{number(bottom + 30)}" stroke="{RED}" '
            f'stroke-width="2.5" stroke-dasharray="2.5 3"/>'
        )
        yield text(x + shift, y, "I dag", size, colour=RED, anchor=anchor, bold=True)
        return
    before = today < scale.first
    age = _age(scale.born_on, today)
    said = f"I dag: {age} år" if age >= 0 else "I dag: ikke født"
    x, anchor = (scale.left, "start") if before else (RIGHT, "end")
    yield text(x, y, said, size, colour=RED, anchor=anchor, bold=True)


def _age(born_on: date, today: date) -> int:
    years = today.year - born_on.year
    return years if birthday(born_on, years) <= today else years - 1


def background(lane: Lane) -> str:
    """A lane and its name."""
    size = lane.text_size
    name = shortened(lane.name, lane.scale.left - 24, lambda said: text_width(said, size, "semibold"))
    return rect(0, lane.top + GAP / 2, WIDTH, lane.height - GAP, LANE_COLOUR) + text(
        12, lane.top + LANE / 2, name, size, bold=True
    )


def label_text(label: Label) -> str:
    """A text in its bar, or beside it on a patch."""
    if label.on == "lines":
        return text_on_patch(label)
    return text(label.left, label.middle, label.text, label.size, colour="#fff" if label.on == "bar" else TEXT)


def rect(left: float, top: float, width: float, height: float, fill: str, more: str = "") -> str:
    """A rectangle; `more` is further attributes, with a space before each."""
    at = f'x="{number(left)}" y="{number(top)}" width="{number(width)}" height="{number(height)}"'
    return f'<rect {at} fill="{fill}"{more}/>'


def text(
    left: float,
    middle: float,
    said: str,
    size: float,
    *,
    colour: str = TEXT,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """A text with the middle of its letters at `middle`; nothing when there is nothing to say."""
    at = f'x="{number(left)}" y="{number(middle + size * 0.35)}" font-size="{number(size)}" fill="{colour}"'
    more = f' text-anchor="{anchor}"' if anchor != "start" else ""
    more += ' font-weight="600"' if bold else ""
    return f"<text {at}{more}>{safe(said)}</text>" if said else ""


def text_on_patch(label: Label, *, patch: str = LANE_COLOUR, colour: str = TEXT, bold: bool = False) -> str:
    """A text with a backing, so that the lines behind do not cross it."""
    size = label.size
    backing = rect(label.left - 2, label.middle - size * 0.6, label.width + 4, size * 1.2, patch)
    return backing + text(label.left, label.middle, label.text, size, colour=colour, bold=bold)


_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def safe(said: str) -> str:
    """The text as XML may hold it."""
    return escape(_NOT_XML.sub("", said))


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
