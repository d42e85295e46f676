"""Finding a young person by name, case number or CPR number. Always by POST: none of them may stand in an address."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from api.house import House
from api.pages import Page, frame, looking, render, see_other
from api.policy import PEOPLE, SIGNED_IN, policy
from api.visitor import Me, TheHouse, Visitor
from domain.codes import DataClass
from domain.days import age_on
from domain.facts import life_of
from people.cpr import Cpr, CprFault
from people.danish_order import words
from people.read_log import log_search
from people.register import Identity

router = APIRouter()

MOST_HITS = 50
LONGEST = 200
MOST_DIGITS_SHOWN = 7
"""As many as a case number has. What holds more may be a CPR number, and is never shown again."""

_CASE_NUMBER = re.compile(r"(?:sag[a-z]*\.?\s*(?:nr\.?)?:?\s*)?([1-9][0-9]{5,6})", re.IGNORECASE)
_BETWEEN_DIGITS = str.maketrans("", "", " -‐‑–./")
_CPR_DIGITS = (9, 10)
"""Nine, because spreadsheets take away a leading zero: the reader is told."""

NOTHING_WRITTEN = "Skriv et navn, et sagsnummer eller et CPR-nummer."
NOT_A_NUMBER = "Et sagsnummer har 6 eller 7 cifre, og et CPR-nummer har 10. Der kan ikke søges på andre tal."
NO_LETTERS = "Der er ingen bogstaver eller tal i det, du skrev. Skriv et navn, et sagsnummer eller et CPR-nummer."
TOO_LONG = f"Søgningen må højst være {LONGEST} tegn."


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Somebody who was found."""

    name: str
    case_number: str
    age: int | None
    protected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """The form, and what was found. `hits` None: nothing was asked yet. `asked` is never a number of a person."""

    template: ClassVar[str] = "worklist/search.html"
    asked: str = ""
    hits: Sequence[Hit] | None = None
    has_more: bool = False

    @property
    def has_people(self) -> bool:
        """Not before something was looked for."""
        return self.hits is not None


@router.get("/soeg", name="search")
@policy(SIGNED_IN)
def form(request: Request, _: Me) -> HTMLResponse:
    """An empty form."""
    return render(request, SearchPage(**frame(request, "Søg", "search")))


@router.post("/soeg")
@policy(PEOPLE)
def find(request: Request, house: TheHouse, me: Me, q: Annotated[str, Form()] = "") -> Response:
    """Who is meant. One hit leads straight to the person; every search is written down."""
    asked = " ".join(q.split())
    if not asked:
        return _again(request, asked, NOTHING_WRITTEN)
    if len(asked) > LONGEST:
        return _again(request, "", TOO_LONG)
    try:
        meant = _meant(asked, demo=house.log.is_demo)
    except CprFault as fault:
        meant = str(fault)
    with looking(request, me) as look:
        found = [] if isinstance(meant, str) else _who(look.conn, house, me, meant)
        shown = found[:MOST_HITS]
        born_on = _born_on(look.conn, house, shown) if len(shown) > 1 else {}
        log_search(
            look.conn,
            house.log.keys,
            at=house.now,
            staff_id=me.staff.staff_id,
            unit_id=me.staff.unit_id,
            party=me.party,
            person_ids=[one.person_id for one in shown],
            criterion=asked,
            category="search",
            purpose="coordination",
            route=request.scope["route"].path,
            outcome="shown" if shown else "nothing",
        )
        request.state.logged = True
    if isinstance(meant, str):
        return _again(request, asked, meant)
    if len(found) == 1:
        return see_other(f"/unge/{found[0].case_number}")
    hits = [_hit(one, born_on.get(one.person_id), house.today) for one in shown]
    shared = frame(request, "Søg", "search")
    return render(request, SearchPage(**shared, asked=may_stand(asked), hits=hits, has_more=len(found) > MOST_HITS))


@dataclass(frozen=True, slots=True)
class _ByName:
    """A case number, or the beginnings of names."""

    text: str


def _meant(asked: str, *, demo: bool) -> Cpr | _ByName | str:
    """How to look for it, or a Danish sentence that says why one cannot. Raises CprFault."""
    if case := _CASE_NUMBER.fullmatch(asked):
        return _ByName(case[1])
    digits = asked.translate(_BETWEEN_DIGITS)
    if digits.isascii() and digits.isdigit():
        return Cpr.parse(digits, demo=demo) if len(digits) in _CPR_DIGITS else NOT_A_NUMBER
    return _ByName(asked) if words(asked) else NO_LETTERS


def _who(conn: Any, house: House, me: Visitor, meant: Cpr | _ByName) -> list[Identity]:
    """Those who are meant, in Danish order, and one more than is shown when there are too many."""
    if DataClass.MASTER not in me.classes:
        return []
    if isinstance(meant, _ByName):
        return house.register.search(conn, meant.text, MOST_HITS + 1)
    people = house.register.find_by_cpr(conn, [meant]).values()
    return list(house.register.identities(conn, list(people)).values())


def _born_on(conn: Any, house: House, found: Sequence[Identity]) -> Mapping[UUID, date | None]:
    """Dates of birth as the log knows them; of those without a journey there is none."""
    histories = house.log.histories([one.person_id for one in found], conn=conn)
    return {person_id: life_of(entry.fact() for entry in entries).born_on for person_id, entries in histories.items()}


def _hit(one: Identity, born_on: date | None, today: date) -> Hit:
    age = age_on(born_on, today) if born_on else None
    return Hit(name=one.name, case_number=one.case_number, age=age, protected=one.protected)


def may_stand(asked: str) -> str:
    """What was written, to be shown again; nothing when it may be a CPR number."""
    return "" if sum(character.isdigit() for character in asked) > MOST_DIGITS_SHOWN else asked


def _again(request: Request, asked: str, fault: str) -> HTMLResponse:
    """The form with what is wrong, and with what was written where it may be shown."""
    shared = frame(request, "Søg", "search") | {"errors": {"q": fault}}
    return render(request, SearchPage(**shared, asked=may_stand(asked)), status=422)
