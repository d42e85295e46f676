"""Samtaler: the talks of a week as a list by day, and first of all who has none agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.milepaelen_room import ROOM, RoomPage, Young, known, must_read, room_frame
from api.pages import frame, looking, render
from api.policy import PEOPLE, policy
from api.sentences import capital, in_words, long_day, many, weekday
from api.visitor import Me, TheHouse
from projections import milepaelen_lists

router = APIRouter()

PATH = f"{ROOM}/samtaler"
_DAYS = 7
_NO_WEEK = "Ugen i adressen kan ikke læses. Du ser ugen i dag."
_EARLIEST, _LATEST = 2000, 2199


@dataclass(frozen=True, slots=True)
class Day:
    """The talks of one day."""

    on: date
    young: Sequence[Young]

    @property
    def heading(self) -> str:
        return f"{capital(weekday(self.on))} {long_day(self.on)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalksPage(RoomPage):
    """A week. `without` have no talk agreed; of `passed` the agreed day has passed and no talk is written down."""

    template: ClassVar[str] = "milepaelen/talks.html"
    monday: date
    without: Sequence[Young]
    passed: Sequence[Young]
    days: Sequence[Day]
    has_anybody: bool
    path: str = PATH

    @property
    def heading(self) -> str:
        return f"Uge {self.monday.isocalendar().week}: {in_words(self.monday)}–{in_words(self.monday + _TO_SUNDAY)}"

    @property
    def is_this_week(self) -> bool:
        return self.monday == monday_of(self.today)

    @property
    def is_later(self) -> bool:
        return self.monday > monday_of(self.today)

    def week_link(self, weeks: int) -> str:
        """The page so many weeks from this one."""
        year, week, _ = (self.monday + timedelta(weeks=weeks)).isocalendar()
        return f"{PATH}?uge={year}-W{week:02}"

    @staticmethod
    def goals(one: Young) -> str:
        """How many goals are open; their words are for the young person's own page."""
        return many(one.stay.open_goals, "åbent mål", "åbne mål") if one.stay.open_goals else "ingen mål endnu"


_TO_SUNDAY = timedelta(days=_DAYS - 1)


@router.get(PATH, name="milepaelen-talks")
@policy(PEOPLE)
def show(request: Request, house: TheHouse, me: Me, uge: str = "") -> HTMLResponse:
    """This week, or the one in the address (2026-W48)."""
    must_read(me)
    asked = _monday(uge) if uge else None
    monday = asked or monday_of(house.today)
    errors = {"uge": _NO_WEEK} if uge and asked is None else {}
    with looking(request, me) as look:
        young = known(look, house, [one for one in milepaelen_lists.now(look.conn, me.classes) if one.stay.is_there])
        look.at([one.who.person_id for one in young], "milepaelen")
    week = [monday + timedelta(days=n) for n in range(_DAYS)]
    by_day = {day: [one for one in young if one.stay.next_talk_on == day] for day in week if day >= house.today}
    page = TalksPage(
        **frame(request, "Samtaler", "milepaelen") | {"errors": errors},
        **room_frame(me, house, "talks"),
        monday=monday,
        without=[one for one in young if one.stay.next_talk_on is None],
        passed=[one for one in young if one.stay.next_talk_on and one.stay.next_talk_on < house.today],
        days=[Day(day, talks) for day, talks in by_day.items() if talks],
        has_anybody=bool(young),
    )
    return render(request, page, 422 if errors else 200)


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def _monday(week: str) -> date | None:
    year, _, number = week.partition("-W")
    if not (year.isascii() and year.isdigit() and number.isascii() and number.isdigit()):
        return None
    if len(year) > 4 or not _EARLIEST <= int(year) <= _LATEST or len(number) > 2:  # noqa: PLR2004 - digits
        return None
    try:
        return date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        return None
