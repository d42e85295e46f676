"""Who the young person has, and where their file stands: tovholder, kontaktperson, closed or joined, consent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fastapi import Request
from fastapi.routing import iter_route_contexts

from api.house import House
from api.pages import Looking
from api.sentences import in_words, many
from domain.choices import CloseReason
from domain.facts import Life
from people.register import Identity
from people.staff import Staff, staff_by_ids
from projections.person import Ending, PersonView
from projections.plan import Consent, ConsentState, Named, named

MILEPAELEN = "/unge/{case_number}/milepaelen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A member of staff who was named for the young person. Those who have left are still named, and said to have."""

    name: str
    unit_name: str
    since: date
    has_left: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names that a page about one person needs: staff by id, and other files about the same person."""

    staff: Mapping[str, Staff]
    files: Mapping[UUID, Identity]

    def colleague(self, one: Named | None) -> Colleague | None:
        """Who this is; None when nobody was named, or nobody knows the id."""
        found = self.staff.get(one.staff) if one else None
        if one is None or found is None:
            return None
        return Colleague(name=found.name, unit_name=found.unit_name, since=one.since, has_left=not found.active)

    def case_numbers(self, files: Sequence[UUID]) -> list[str]:
        """The numbers of these files; those that were erased are left out."""
        return [self.files[one].case_number for one in files if one in self.files]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Nobody follows the young person in this file. `said` is a whole sentence; `other` the case number to go on in."""

    said: str
    other: str | None
    is_dead: bool


def names_for(look: Looking, house: House, life: Life, files: Sequence[UUID] = ()) -> Names:
    """Who was named for the young person, and their other files."""
    ids = {one.staff for one in named(life) if one}
    return Names(
        staff=staff_by_ids(look.conn, house.log.keys, ids),
        files=house.register.identities(look.conn, files) if files else {},
    )


def ended(ending: Ending | None, names: Names) -> Ended | None:
    """Why the file is closed, in words; None while somebody follows the young person."""
    if ending is None:
        return None
    day = in_words(ending.on)
    if ending.into is not None:
        other = next(iter(names.case_numbers([ending.into])), None)
        return Ended(said=f"Sagen blev {day} lagt ind i en anden sag om den samme unge.", other=other, is_dead=False)
    if ending.reason is CloseReason.DEAD:
        return Ended(said=f"Den unge er død. Forløbet blev afsluttet {day}.", other=None, is_dead=True)
    why = f": {in_words(ending.reason)}" if ending.reason else ""
    return Ended(said=f"Forløbet blev afsluttet {day}{why}.", other=None, is_dead=False)


def consent_in_words(consents: Sequence[Consent]) -> str:
    """How many consents count now."""
    count = sum(one.now.state is ConsentState.GIVEN for one in consents)
    return many(count, "samtykke gælder", "samtykker gælder") if count else "intet samtykke gælder"


def milepaelen_link(request: Request, view: PersonView, case_number: str) -> str | None:
    """The young person's page in Milepælen's room, when they have been referred there and there is such a room."""
    if view.stay is None or not any(route.path == MILEPAELEN for route in iter_route_contexts(request.app.routes)):
        return None
    return MILEPAELEN.format(case_number=case_number)
