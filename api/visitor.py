"""Who is asking: from cookie to session to staff, and the checks every form passes."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from api.house import House
from api.kept import keep
from api.policy import policy_of
from database import Role
from domain.access import open_groups, seen_classes
from domain.codes import DataClass, KeyGroup, Party
from eventlog import Actor, ActorKind
from people import sessions
from people.staff import Staff, staff_by_id

COOKIE = "overgang"
_SAFE = {"GET", "HEAD"}


class SignInNeeded(Exception):  # noqa: N818 - it names what must come next
    """Nobody is signed in, or the session is over."""


class FormForged(Exception):  # noqa: N818 - it names what is wrong
    """The form does not come from our own page."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A member of staff with an open session; `csrf` is the token of the session's forms."""

    staff: Staff
    csrf: str

    @property
    def party(self) -> Party:
        return self.staff.party

    @property
    def groups(self) -> frozenset[KeyGroup]:
        """The key groups that may be opened for this visitor."""
        return open_groups(self.staff.party)

    @property
    def classes(self) -> frozenset[DataClass]:
        """The classes of rows that this visitor may know exist."""
        return seen_classes(self.staff.party)

    @property
    def actor(self) -> Actor:
        """As the log names who wrote."""
        return Actor(kind=ActorKind.STAFF, id=self.staff.staff_id, unit=self.staff.unit_id, role=self.staff.party)


def house_of(request: Request) -> House:
    """The rooms."""
    house: House = request.app.state.house
    return house


def visitor_of(request: Request) -> Visitor:
    """Who is signed in. Raises SignInNeeded."""
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    if visitor is None:
        raise SignInNeeded
    return visitor


async def guard(request: Request) -> None:
    """Runs before every route: the route's policy, and for forms their origin and token."""
    wanted = policy_of(request.scope["route"])
    if wanted is None:
        raise TypeError("a route without a policy was reached")
    house = house_of(request)
    request.state.policy = wanted
    if request.method not in _SAFE and wanted.signed_in and COOKIE in request.cookies:
        keep(request, await request.form())  # before the first thing that can fail
    # The database blocks; other requests must not wait for it.
    request.state.visitor = await run_in_threadpool(_signed_in, house, request.cookies.get(COOKIE, ""))
    if request.method not in _SAFE:
        _must_be_our_origin(request)
    if wanted.signed_in:
        visitor_of(request)
        if request.method not in _SAFE:
            given = str((await request.form()).get("csrf", ""))
            if not sessions.csrf_matches(house.secrets, request.cookies[COOKIE], given):
                raise FormForged


def _signed_in(house: House, token: str) -> Visitor | None:
    if not token:
        return None
    with house.db.connection(Role.APPLICATION) as conn:
        session = sessions.find(conn, token, house.now)
        staff = staff_by_id(conn, house.log.keys, session.staff_id) if session else None
    return Visitor(staff, sessions.csrf_token(house.secrets, token)) if staff else None


def _must_be_our_origin(request: Request) -> None:
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise FormForged
    # Compared as it stands: an origin is a scheme and a host, and whatever else it holds is not ours.
    host = request.headers.get("host")
    if request.headers.get("origin") not in {f"http://{host}", f"https://{host}"}:
        raise FormForged


TheHouse = Annotated[House, Depends(house_of)]
Me = Annotated[Visitor, Depends(visitor_of)]
