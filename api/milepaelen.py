"""Milepælen, I dag: who is expected, who has come, who needs a call, and who waits to be taken over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api import (
    milepaelen_attendance,
    milepaelen_progression,
    milepaelen_taking_over,
    milepaelen_talks,
    milepaelen_young,
)
from api.milepaelen_room import ROOM, RoomPage, Young, known, must_read, room_frame
from api.pages import frame, looking, render
from api.policy import PEOPLE, policy
from api.sentences import in_words, long_day, weekday
from api.visitor import Me, TheHouse
from domain.choices import Attendance
from projections import milepaelen_lists
from projections.closing_days import current_rules, why_closed
from projections.milepaelen import StayState

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who is expected today, with what is to be seen to."""

    young: Young
    today: date

    @property
    def mark(self) -> Attendance | None:
        """How today went, as far as it is marked."""
        return self.young.stay.last_mark if self.young.stay.last_marked_on == self.today else None

    @property
    def mark_in_words(self) -> str:
        return in_words(self.mark) if self.mark else ""

    @property
    def talks_today(self) -> bool:
        return self.young.stay.next_talk_on == self.today

    @property
    def talked_today(self) -> bool:
        return self.young.stay.last_talk_on == self.today

    @property
    def lacks_talk(self) -> bool:
        """No talk is agreed, or the one that was agreed has passed and nobody has written that it was held."""
        next_on = self.young.stay.next_talk_on
        return next_on is None or next_on < self.today

    @property
    def must_be_measured(self) -> bool:
        return self.young.stay.must_be_measured(self.today)


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage(RoomPage):
    """The front page of Milepælen. `closed` says why nobody is expected today, None on an open day."""

    template: ClassVar[str] = "milepaelen/today.html"
    closed: str | None
    expected: Sequence[Expected]
    coming: Sequence[Young]
    waiting: Sequence[Young]
    signs: Sequence[Young]
    proposals: Sequence[Young]

    @property
    def heading(self) -> str:
        return f"Milepælen {weekday(self.today)} den {long_day(self.today)}"

    @property
    def met(self) -> int:
        return sum(one.mark is Attendance.MET for one in self.expected)

    @property
    def unmarked(self) -> int:
        return sum(one.mark is None for one in self.expected)

    @property
    def talks(self) -> int:
        return sum(one.talks_today or one.talked_today for one in self.expected)

    @property
    def without_talk(self) -> int:
        return sum(one.lacks_talk for one in self.expected)

    @property
    def to_measure(self) -> int:
        return sum(one.must_be_measured for one in self.expected)

    @staticmethod
    def state(one: Young) -> str:
        """What waits, as a sentence."""
        if one.stay.state is StayState.TAKEN_OVER:
            return "Overtaget, mangler en første dag"
        return "Overlevering venter på svar" if one.stay.handover_id else "Henvist, venter på at blive overtaget"

    @staticmethod
    def answer_link(one: Young) -> str:
        """Where it is answered: who is there already only needs the handover answered."""
        if one.stay.is_there:
            return f"/unge/{one.case_number}/overleveringer/{one.stay.handover_id}"
        return f"{one.path}/overtag"

    @staticmethod
    def proposal(one: Young) -> str:
        return in_words(one.stay.proposal)

    @staticmethod
    def referrer(one: Young) -> str:
        return in_words(one.stay.referred_by) if one.stay.referred_by else ""


@router.get(ROOM, name="milepaelen")
@policy(PEOPLE)
def show(request: Request, house: TheHouse, me: Me) -> HTMLResponse:
    """Everybody of today on one page."""
    must_read(me)
    today, closed_days = house.today, current_rules(house.log).closed_days
    with looking(request, me) as look:
        young = known(look, house, milepaelen_lists.now(look.conn, me.classes))
        look.at([one.who.person_id for one in young], "milepaelen")
    there = [one for one in young if one.stay.is_there]
    return render(
        request,
        TodayPage(
            **frame(request, "Milepælen i dag", "milepaelen"),
            **room_frame(me, house, "today"),
            closed=why_closed(today, closed_days),
            expected=[Expected(one, today) for one in there if one.stay.was_there(today)],
            coming=[one for one in there if not one.stay.was_there(today)],
            waiting=[one for one in young if one.stay.is_waited_for],
            signs=[one for one in there if one.stay.is_sign],
            proposals=[one for one in young if one.stay.proposal],
        ),
    )


for room in (
    milepaelen_attendance,
    milepaelen_talks,
    milepaelen_progression,
    milepaelen_young,
    milepaelen_taking_over,
):
    router.include_router(room.router)
