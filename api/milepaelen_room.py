"""What the pages of Milepælen share: who may come in, who is shown by which name, and whether it is open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from starlette.datastructures import FormData

from api.errors import NotForYou
from api.form_texts import MAYBE_CPR, like_cpr, text_fault, text_of
from api.house import House
from api.pages import Looking, Page
from api.visitor import Visitor
from domain.access import Level, level
from domain.codes import DataClass, Party
from domain.facts import COPENHAGEN
from people.danish_order import sort_key
from people.register import Identity
from projections.milepaelen import Stay
from projections.milepaelen_lists import Listed

ROOM = "/milepaelen"
TABS = (
    ("today", "I dag", ROOM),
    ("attendance", "Fremmøde", f"{ROOM}/fremmoede"),
    ("talks", "Samtaler", f"{ROOM}/samtaler"),
    ("progression", "Progression", f"{ROOM}/progression"),
)
TOO_OLD = "Formularen var for gammel. Se den igennem, og gem igen."


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomPage(Page):
    """A page of the room. `may_write`: the visitor works at Milepælen."""

    tab: str
    may_write: bool
    today: date
    tabs: Sequence[tuple[str, str, str]] = TABS


@dataclass(frozen=True, slots=True)
class Young:
    """Somebody on a list of the room. Who is protected is shown by the number of the case."""

    who: Identity
    stay: Stay

    @property
    def name(self) -> str:
        return "Navnet er beskyttet" if self.who.protected else self.who.name

    @property
    def case_number(self) -> str:
        return self.who.case_number

    @property
    def path(self) -> str:
        return f"/unge/{self.who.case_number}{ROOM}"


def must_read(me: Visitor) -> None:
    """Raise NotForYou unless the visitor may read what Milepælen records."""
    if level(me.party, DataClass.EMPLOYMENT) < Level.SUMMARY:
        raise NotForYou


def must_write(me: Visitor) -> None:
    """Raise NotForYou unless the visitor works at Milepælen, whose records these are."""
    if not may_write(me):
        raise NotForYou


def may_write(me: Visitor) -> bool:
    return me.party is Party.MILEPAELEN


def reads_words(me: Visitor) -> bool:
    """Whether the visitor reads free text about the time at Milepælen."""
    return level(me.party, DataClass.EMPLOYMENT) >= Level.FULL


def known(look: Looking, house: House, listed: Iterable[Listed]) -> list[Young]:
    """Those of them who are in the register, by name as Danes sort; who is protected comes last."""
    listed = list(listed)
    found = house.register.identities(look.conn, [one.person_id for one in listed])
    young = [Young(found[one.person_id], one.stay) for one in listed if one.person_id in found]

    def order(one: Young) -> tuple[bool, str, str]:
        return (one.who.protected, "" if one.who.protected else sort_key(one.who.name), one.case_number)

    return sorted(young, key=order)


def room_frame(me: Visitor, house: House, tab: str) -> dict[str, Any]:
    """The fields of a page of the room beside the frame's own."""
    return {"tab": tab, "may_write": may_write(me), "today": house.today}


def known_at(day: date, house: House) -> datetime:
    """When Milepælen knew of its own doing: at once; the hour of an earlier day is not known, and noon will do."""
    return house.now if day == house.today else datetime.combine(day, time(12), COPENHAGEN).astimezone(UTC)


def words_fault(form: FormData, name: str, missing: str) -> str | None:
    """What is wrong with words that somebody wrote; `missing` is said when there are none, empty when none are fine."""
    words = text_of(form, name)
    if not words:
        return missing or None
    if fault := text_fault(words):
        return fault
    return MAYBE_CPR if like_cpr(words) and not text_of(form, "ikke_cpr") else None
