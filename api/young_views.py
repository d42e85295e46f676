"""The named views of young people: which of them each department has, and how many each shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.visitor import Visitor
from domain.access import Level, level
from domain.codes import DataClass, Party
from people.absences import stands_in_for
from people.staff import who_works_here
from projections import caseload
from projections.caseload import Reader, View

PATH = "/unge"
QUIET_DAYS = (30, 60, 90)
USUAL_DAYS = 60

CODES = {
    View.MINE: "mine",
    View.UNKNOWN: "status-ukendt",
    View.QUIET: "stille",
    View.WITHOUT_CONTACT_PERSON: "uden-kontaktperson",
    View.WITHOUT_COORDINATOR: "uden-tovholder",
    View.TURNING_18: "fylder-18",
}
"""What stands in the address."""

NAMES = {
    View.MINE: "Mine unge",
    View.UNKNOWN: "Status ukendt",
    View.QUIET: "Stille",
    View.WITHOUT_CONTACT_PERSON: "Uden kontaktperson",
    View.WITHOUT_COORDINATOR: "Uden tovholder",
    View.TURNING_18: "Fylder 18 inden 6 mdr.",
}

_VIEWS: Mapping[Party, Sequence[View]] = {
    Party.UU: (View.MINE, View.UNKNOWN, View.QUIET, View.WITHOUT_CONTACT_PERSON, View.TURNING_18),
    Party.MUNICIPALITY: (View.MINE, View.UNKNOWN, View.QUIET, View.WITHOUT_COORDINATOR, View.TURNING_18),
    Party.EMPLOYMENT: (View.MINE, View.UNKNOWN, View.QUIET),
    Party.CHILD_SOCIAL: (View.MINE, View.QUIET, View.TURNING_18),
    Party.ADULT_SOCIAL: (View.MINE, View.QUIET),
    Party.SCHOOL: (View.MINE, View.QUIET, View.TURNING_18),
    Party.MILEPAELEN: (View.MINE, View.QUIET),
    # They answer for no matter of a young person, so nobody is theirs but by name.
    Party.BENEFITS: (View.MINE,),
    Party.HEALTH: (View.MINE,),
    Party.EDUCATION: (),
}
"""What makes sense from where each stands; what they do is asked for by those who must find it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewLink:
    """A view by its name, and how many it shows."""

    name: str
    count: int
    href: str
    is_current: bool


def views_of(party: Party) -> list[View]:
    """The views of a department: those that make sense for it, of those that it may ask for."""
    if level(party, DataClass.MASTER) < Level.SUMMARY:
        return []
    return [view for view in _VIEWS[party] if caseload.may_ask(view, _readable(party))]


def reader_of(conn: Any, me: Visitor, today: date, quiet_days: int = USUAL_DAYS) -> Reader:
    """Who asks: the visitor, with those for whom they stand in today."""
    return Reader(
        classes=_readable(me.party),
        # Whoever coordinates for the municipality has nobody of their own: theirs are everybody.
        party=None if me.party is Party.MUNICIPALITY else me.party,
        staff=frozenset({me.staff.staff_id}) | stands_in_for(conn, me.staff.staff_id, today),
        working=who_works_here(conn),
        quiet_days=quiet_days,
    )


def links(
    conn: Any, party: Party, reader: Reader, today: date, *, current: View | None = None
) -> tuple[list[ViewLink], dict[View, int]]:
    """The department's views with their numbers, and the numbers by view."""
    views = views_of(party)
    counts = caseload.numbers(conn, views, reader, today)
    return [
        ViewLink(name=NAMES[view], count=counts[view], href=address(view), is_current=view is current) for view in views
    ], counts


def address(view: View) -> str:
    """Where the view is shown."""
    return f"{PATH}?vis={CODES[view]}"


def _readable(party: Party) -> frozenset[DataClass]:
    return frozenset(one for one in DataClass if level(party, one) >= Level.SUMMARY)
