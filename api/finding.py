"""To point at another young person's file: by case number or name, written down as every search is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from api.house import House
from api.search import MOST_HITS, NO_LETTERS
from api.visitor import Visitor
from domain.codes import DataClass
from domain.days import age_on
from domain.facts import Life, life_of
from people.danish_order import words
from people.read_log import log_search
from people.register import Identity

NOBODY = "Der er ingen med det sagsnr. eller navn, som du har adgang til."
THE_SAME = "Det er den samme sag."
CHOOSE = "Skriv sagsnr. eller navn på den anden unge."


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be meant."""

    case_number: str
    name: str
    age: int | None


@dataclass(frozen=True, slots=True)
class Other:
    """The file that was pointed at."""

    who: Identity
    age: int | None


def search(conn: Any, house: House, me: Visitor, asked: str, route: str, but: UUID) -> list[Candidate] | str:
    """Who may be meant, or a Danish sentence that says why nobody is."""
    if not asked:
        return CHOOSE
    if not words(asked):
        return NO_LETTERS
    found = [
        one
        for one in (house.register.search(conn, asked, MOST_HITS) if DataClass.MASTER in me.classes else [])
        if one.person_id != but
    ]
    log_search(
        conn,
        house.log.keys,
        at=house.now,
        staff_id=me.staff.staff_id,
        unit_id=me.staff.unit_id,
        party=me.party,
        person_ids=[one.person_id for one in found],
        criterion=asked,
        category="search",
        purpose="correction",
        route=route,
        outcome="shown" if found else "nothing",
    )
    return _candidates(conn, house, found) or NOBODY


def pointed_at(conn: Any, house: House, case_number: str, but: UUID) -> Other | str:
    """The file with this case number, or a Danish sentence."""
    who = house.register.by_case_number(conn, case_number)
    if who is None:
        return NOBODY
    if who.person_id == but:
        return THE_SAME
    life = life_of(entry.fact() for entry in house.log.history(who.person_id, conn=conn).entries)
    return Other(who, _age(life, house.today))


def _candidates(conn: Any, house: House, found: Sequence[Identity]) -> list[Candidate]:
    histories = house.log.histories([one.person_id for one in found], conn=conn)
    lives = {key: life_of(entry.fact() for entry in entries) for key, entries in histories.items()}
    return [Candidate(one.case_number, one.name, _age(lives.get(one.person_id, Life()), house.today)) for one in found]


def _age(life: Life, today: date) -> int | None:
    return age_on(life.born_on, today) if life.born_on else None
