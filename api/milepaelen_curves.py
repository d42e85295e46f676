"""Progression as small lines, one for each factor, and what each has done in words.

Painted with attributes and nothing else, as the timeline is (api/timeline_ink.py). All lines of one young person have
the same days across and 1 to 5 upwards, so that they can be compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from api.sentences import in_words, many
from api.timeline_ink import GREY, TEXT, number, safe, text
from api.timeline_measures import text_width
from domain.days import months_after
from domain.events.milepaelen import HIGHEST_SCORE, LOWEST_SCORE

WIDTH, HEIGHT = 300, 124
TOP, BOTTOM = 14, 92
SIZE, SMALL = 15, 12
DOT = 4
COLOUR = "#00626b"  # Milepælen's own, as in static/app.css
MISSING = 6
"""Months: where more lie between two measurements, one was left out, and no line is drawn between them."""

Point = tuple[date, int]

_COUNTS = ("nul", "én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv")


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a day and a score lie. One day alone lies in the middle."""

    first: date
    last: date
    left: float
    right: float

    def across(self, day: date) -> float:
        days = (self.last - self.first).days
        if days == 0:
            return (self.left + self.right) / 2
        return self.left + (self.right - self.left) * (day - self.first).days / days

    @staticmethod
    def up(score: int) -> float:
        return BOTTOM - (BOTTOM - TOP) * (score - LOWEST_SCORE) / (HIGHEST_SCORE - LOWEST_SCORE)


def change_in_words(points: Sequence[Point]) -> str:
    """2 → 4 over fire målinger; what there is to say of the measurements, the earliest first."""
    if not points:
        return "ikke målt"
    (_, first), (_, last) = points[0], points[-1]
    if len(points) == 1:
        return f"{first}, målt én gang"
    over = f"over {count_in_words(len(points))} målinger"
    return f"uændret {last} {over}" if first == last else f"{first} → {last} {over}"


def step_in_words(points: Sequence[Point]) -> str:
    """What the last measurement changed: op 1, ned 2, uændret; nothing after the first."""
    if len(points) < 2:  # noqa: PLR2004 - the last and the one before
        return ""
    step = points[-1][1] - points[-2][1]
    return f"op {step}" if step > 0 else f"ned {-step}" if step < 0 else "uændret"


def count_in_words(count: int) -> str:
    """Small numbers as words, as one says them."""
    return _COUNTS[count] if count < len(_COUNTS) else str(count)


def curve_svg(points: Sequence[Point], *, first: date, last: date, title: str) -> str:
    """Draw one factor from the first to the last day; `points` are the earliest first.

    A lone measurement is a dot with its day. Where a measurement was left out the line has a gap.
    """
    if not points:
        raise ValueError("nothing was measured")
    room = text_width(str(HIGHEST_SCORE), SIZE, "semibold") + DOT + 10
    frame = _Frame(first, last, left=18 + room, right=WIDTH - room - 2)
    said = f"{change_in_words(points)}, {in_words(points[0][0])}" + (
        f" til {in_words(points[-1][0])}" if len(points) > 1 else ""
    )
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" font-family="IBM Plex Sans, Arial, sans-serif" font-size="{SIZE}">'
    )
    parts = [
        opening,
        f"<title>{safe(title)}</title><desc>{safe(said)}</desc>",
        *_grid(),
        *_lines(points, frame),
        *_dots(points, frame),
        *_ends(points, frame),
        *_days(frame),
        "</svg>",
    ]
    return "\n".join(parts)


def _grid() -> Iterator[str]:
    """A line for every score; the lowest and the highest are named."""
    for score in range(LOWEST_SCORE, HIGHEST_SCORE + 1):
        y = _Frame.up(score)
        yield f'<line x1="18" y1="{number(y)}" x2="{WIDTH - 2}" y2="{number(y)}" stroke="#d9d9d9" stroke-width="1"/>'
        if score in (LOWEST_SCORE, HIGHEST_SCORE):
            yield text(2, y, str(score), SMALL, colour=GREY)


def _lines(points: Sequence[Point], frame: _Frame) -> Iterator[str]:
    for (day, score), (next_day, next_score) in pairwise(points):
        if next_day > months_after(day, MISSING):
            continue
        yield (
            f'<line x1="{number(frame.across(day))}" y1="{number(frame.up(score))}" '
            f'x2="{number(frame.across(next_day))}" y2="{number(frame.up(next_score))}" '
            f'stroke="{COLOUR}" stroke-width="2.5" stroke-linecap="round"/>'
        )


def _dots(points: Sequence[Point], frame: _Frame) -> Iterator[str]:
    for day, score in points:
        at = f'cx="{number(frame.across(day))}" cy="{number(frame.up(score))}"'
        yield f'<circle {at} r="{DOT}" fill="{COLOUR}" stroke="#fff" stroke-width="1.5"/>'


def _ends(points: Sequence[Point], frame: _Frame) -> Iterator[str]:
    """The first and the last score beside their dots."""
    (day, score), (last_day, last) = points[0], points[-1]
    if len(points) > 1:
        x = frame.across(day) - DOT - 5
        yield text(x, frame.up(score), str(score), SIZE, colour=TEXT, anchor="end", bold=True)
    yield text(frame.across(last_day) + DOT + 5, frame.up(last), str(last), SIZE, colour=TEXT, bold=True)


def _days(frame: _Frame) -> Iterator[str]:
    """The first and the last day, or the one that there is."""
    middle = HEIGHT - SMALL
    if frame.first == frame.last:
        yield text(frame.across(frame.first), middle, in_words(frame.first), SMALL, colour=GREY, anchor="middle")
        return
    yield text(18, middle, in_words(frame.first), SMALL, colour=GREY)
    yield text(WIDTH - 2, middle, in_words(frame.last), SMALL, colour=GREY, anchor="end")


def gap_in_words(before: date | None, day: date) -> str:
    """Said of a measurement before which one was left out; empty where none was."""
    if before is None or day <= months_after(before, MISSING):
        return ""
    months = (day.year - before.year) * 12 + day.month - before.month
    return f"{many(months, 'måned', 'måneder')} siden den forrige"
