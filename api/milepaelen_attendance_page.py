"""The form of one day's attendance, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from api.milepaelen_room import ROOM, RoomPage, Young
from api.sentences import capital, in_words, long_day, many, weekday
from domain.choices import Attendance
from projections.attendance import Mark, Saved

PATH = f"{ROOM}/fremmoede"
NOT_MARKED = "ingen"
CHOICES = tuple((one.value, capital(in_words(one))) for one in Attendance)


@dataclass(frozen=True, slots=True)
class Row:
    """One young person that day. `chosen` is what the form has ticked; `said` what went wrong, or who was first."""

    young: Young
    mark: Mark
    chosen: str
    saved: Saved | None = None
    said: str = ""

    @property
    def shown(self) -> str:
        """How the day stands, as the form carries it."""
        return code_of(self.mark.stands)

    @property
    def stands_in_words(self) -> str:
        return code_in_words(self.shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendancePage(RoomPage):
    """The form of one day. `before` and `after` are the nearest open days, None for a day to come.

    `save` is the save that the page answers to, and `is_undone` that it was taken back; `gone` counts those of the
    form who are no longer on the list. `asked_day` is the day as it was written, where it could not be read.
    """

    template: ClassVar[str] = "milepaelen/attendance.html"
    day: date
    closed: str | None
    before: date
    after: date | None
    rows: Sequence[Row]
    save: UUID | None
    is_undone: bool
    gone: int
    command: str
    asked_day: date | tuple[str, str, str]
    choices: Sequence[tuple[str, str]] = CHOICES
    not_marked: str = NOT_MARKED
    path: str = PATH

    @property
    def heading(self) -> str:
        return f"Fremmøde {weekday(self.day)} den {long_day(self.day)}"

    @property
    def marked(self) -> int:
        return sum(row.mark.stands is not None for row in self.rows)

    @property
    def message(self) -> str:
        """What became of the save."""
        if self.save is None:
            return ""
        done = sum(row.saved is not None for row in self.rows)
        if self.is_undone:
            return f"Fortrudt. {many(done, 'markering er', 'markeringer er')} som før."
        return f"{done} gemt." if done else "Der var intet nyt at gemme."

    @property
    def may_undo(self) -> bool:
        """Whether something of the save still stands as it was saved."""
        return not self.is_undone and any(row.saved and not row.saved.changed_since for row in self.rows)

    @property
    def failed(self) -> int:
        return sum(bool(row.said) for row in self.rows)

    @property
    def failed_in_words(self) -> str:
        return many(self.failed, "markering er", "markeringer er")

    @property
    def gone_in_words(self) -> str:
        return many(self.gone, "ung er", "unge er")


def code_of(mark: Attendance | None) -> str:
    """The mark as forms carry it."""
    return mark.value if mark else NOT_MARKED


def read_code(code: str) -> Attendance | None:
    """The mark that a form carries, one of those that there are."""
    return None if code == NOT_MARKED else Attendance(code)


def code_in_words(code: str) -> str:
    """The mark that a form carries, in Danish."""
    mark = read_code(code)
    return in_words(mark) if mark else "ikke markeret"
