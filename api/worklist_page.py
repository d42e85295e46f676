"""The page of the worklist, and what its rows can send."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar
from uuid import UUID, uuid4

from api.pages import Page
from api.words import WAYS
from api.worklist_parts import Chip, Option, Tile
from api.worklist_query import AGES, DEADLINES, MOVES, SIZES, Query
from api.worklist_rows import WorkRow
from api.young_views import ViewLink

WAY = "maade"
"""The field, and the cookie, with the way in which contact was last tried or made: calls come one after another."""

QUICK = (("om-1", "i morgen"), ("om-3", "om 3 dage"), ("om-7", "om en uge"), ("om-dag", "en anden dag"))
"""When to ask again, by one press; the last asks for a day to be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is told in one row because of what was sent from it: why it was refused, or which day is asked for.

    `asks_day`: the row shows the fields of a date, as far as they were written.
    """

    key: str
    fault: str | None = None
    asks_day: bool = False
    day: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistPage(Page):
    """The list. `hidden` counts protected people left out of this page, `unknown` rows of nobody in the register.

    `resting` counts the rows of this view that are left out because they rest. `said` belongs to the row with its key,
    and stands above the list when that row is gone.
    """

    template: ClassVar[str] = "worklist/list.html"
    heading: str
    home_text: str
    query: Query
    deadlines: Sequence[tuple[str, str]] = tuple(DEADLINES.items())
    moves: Sequence[tuple[str, str]] = tuple(MOVES.items())
    ages: Sequence[tuple[str, str]] = tuple(AGES.items())
    tiles: Sequence[Tile]
    views: Sequence[ViewLink]
    givers: Sequence[Option]
    receivers: Sequence[Option]
    rules: Sequence[Option]
    chips: Sequence[Chip]
    rows: Sequence[WorkRow]
    total: int
    resting: int
    hidden: int
    unknown: int
    next_due_on: date | None
    today: date
    way: str
    said: Said | None = None
    ways: Sequence[tuple[str, str]] = tuple(WAYS.items())
    quick: Sequence[tuple[str, str]] = QUICK
    command: UUID = field(default_factory=uuid4)
    size_options: Sequence[tuple[int, str]] = tuple((size, str(size)) for size in SIZES)

    @property
    def with_protected(self) -> str:
        """The same page with protected people on it."""
        return replace(self.query, beskyttede=True).address

    @property
    def with_resting(self) -> str:
        """The same view with the rows that rest."""
        return self.query.but(hvilende=True).address

    @property
    def said_above(self) -> str | None:
        """What cannot be said in its row, because the row is not on this page."""
        gone = self.said is not None and all(row.key != self.said.key for row in self.rows)
        return self.said.fault if self.said and gone else None

    def link_for(self, page: int) -> str:
        """The address of another page of the same view."""
        return self.query.but(side=page).address
