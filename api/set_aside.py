"""Indlæsning: the files that came, and the rows of them that wait for somebody. Nothing of what stood in a row."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.importing import office_of
from api.pages import Page, frame, render
from api.policy import SIGNED_IN, policy
from api.visitor import Me, TheHouse, Visitor
from database import Role
from domain.codes import Party
from domain.facts import COPENHAGEN, civil_date
from intake import Office
from intake.profile import Profile
from intake.proposals import count_for
from intake.putting_away import PutAwayLine, PutAwayReason, count_put_away, put_away_lines
from intake.waiting import (
    DeliveryLine,
    WaitingGroup,
    WaitingLine,
    count_deliveries,
    delivery_lines,
    waiting_groups,
    waiting_lines,
)
from intake.words import sentence
from people.staff import Function

router = APIRouter()
PATH = "/indlaesning"
SIZE = 50
FIRST_ROWS = 10
"""How many rows of a group are shown before somebody asks for all of them."""

AWAY = "lagt-vaek"
"""What `vis` says in the address of the rows that were put away."""

PUT_AWAY: Mapping[str, str] = {
    PutAwayReason.NOT_FOLLOWED: "Den handler om en, kommunen ikke skal følge",
    PutAwayReason.SENT_BY_MISTAKE: "Den er sendt ved en fejl",
    PutAwayReason.RECORDED_OTHERWISE: "Det står i sagen i forvejen",
    PutAwayReason.OTHER: "Andet",
}

_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_LOOK_AFTER = frozenset({Function.COORDINATOR, Function.LEADER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows of one kind of file that wait for one reason; `lines` are those shown, of `count`.

    `party` sends such files; None for a kind of file that is no longer known.
    """

    title: str
    party: Party | None
    says: str
    count: int
    lines: Sequence[WaitingLine]
    may_open: bool
    href: str
    number: int = 1

    def page_link(self, number: int) -> str:
        """That page of the group."""
        return f"{self.href}&{urlencode({'side': number})}" if number > 1 else self.href


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakePage(Page):
    """What came and what waits. `only`: one group is shown, with all its rows; `titles` are those of the files.

    `away` counts the rows that were put away; `away_lines` are those shown, None when they are not asked for.
    """

    template: ClassVar[str] = "intake/list.html"
    groups: Sequence[Group]
    only: bool
    waiting: int
    deliveries: Sequence[DeliveryLine]
    delivered: int
    number: int
    titles: Mapping[str, str]
    proposals: int
    away: int
    away_lines: Sequence[PutAwayLine] | None
    mine: Collection[str]
    why_away: Mapping[str, str] = field(default_factory=lambda: PUT_AWAY)

    @staticmethod
    def away_link(number: int = 1) -> str:
        """That page of the rows that were put away."""
        return f"{PATH}?{urlencode({'vis': AWAY} | ({'side': number} if number > 1 else {}))}"

    def title_of(self, profile: str) -> str:
        """What the kind of file is called; its own name when it is no longer known."""
        return self.titles.get(profile, profile)

    @staticmethod
    def page_link(number: int) -> str:
        """That page of the deliveries."""
        return (f"{PATH}?{urlencode({'leverancer': number})}" if number > 1 else PATH) + "#leverancer"

    @staticmethod
    def row_link(row_id: UUID) -> str:
        return f"{PATH}/raekker/{row_id}"

    @staticmethod
    def day(instant: datetime) -> date:
        """The Danish day."""
        return civil_date(instant)

    @staticmethod
    def clock(instant: datetime) -> str:
        """The time in Denmark."""
        return f"{instant.astimezone(COPENHAGEN):%H.%M}"


@router.get(PATH, name="intake")
@policy(SIGNED_IN)
def show(
    request: Request,
    house: TheHouse,
    me: Me,
    slags: str = "",
    grund: str = "",
    side: str = "",
    leverancer: str = "",
    vis: str = "",
) -> HTMLResponse:
    """Everything that waits, by kind of file and reason, and the files that came; or all rows of one group."""
    office = office_of(house)
    mine = may_open(office, me)
    known = {profile.name: profile for profile in office.profiles}
    with house.db.connection(Role.APPLICATION) as conn:
        there = waiting_groups(conn)
        chosen = [one for one in there if (one.profile, one.reason) == (slags, grund)]
        number = page_asked(side, chosen[0].count if chosen else 0)
        groups = [
            _group(
                one,
                waiting_lines(
                    conn,
                    one.profile,
                    one.reason,
                    SIZE if chosen else FIRST_ROWS,
                    (number - 1) * SIZE if chosen else 0,
                ),
                known,
                mine,
                number,
            )
            for one in chosen or there
        ]
        delivered = count_deliveries(conn)
        at = page_asked(leverancer, delivered)
        deliveries = [] if chosen else delivery_lines(conn, SIZE, (at - 1) * SIZE)
        proposals = count_for(conn, me.party)
        away = count_put_away(conn)
        away_at = page_asked(side, away)
        away_lines = put_away_lines(conn, SIZE, (away_at - 1) * SIZE) if vis == AWAY else None
    page = IntakePage(
        **frame(request, "Indlæsning", "intake"),
        groups=groups if away_lines is None else [],
        only=bool(chosen) or away_lines is not None,
        waiting=sum(one.count for one in there),
        deliveries=deliveries,
        delivered=delivered,
        number=at if away_lines is None else away_at,
        titles={name: profile.title for name, profile in known.items()},
        proposals=proposals,
        away=away,
        away_lines=away_lines,
        mine=mine,
    )
    return render(request, page)


def may_open(office: Office, me: Visitor) -> frozenset[str]:
    """The kinds of files whose rows this visitor looks after: their own party's, if they lead or coordinate it."""
    if me.staff.function not in _LOOK_AFTER:
        return frozenset()
    return frozenset(profile.name for profile in office.profiles if profile.party == me.party)


def _group(
    one: WaitingGroup, lines: Sequence[WaitingLine], known: Mapping[str, Profile], mine: frozenset[str], number: int
) -> Group:
    profile = known.get(one.profile)
    return Group(
        title=profile.title if profile else one.profile,
        party=profile.party if profile else None,
        says=sentence(one.reason),
        count=one.count,
        lines=lines,
        may_open=one.profile in mine,
        href=f"{PATH}?{urlencode({'slags': one.profile, 'grund': one.reason})}",
        number=number,
    )


def page_asked(asked: str, total: int) -> int:
    """The page that was asked for, if there is one."""
    last = max(1, -(-total // SIZE))
    return min(int(asked), last) if _NUMBER.fullmatch(asked) else 1
