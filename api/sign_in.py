"""The demonstration's picker of roles. Real sign-on takes its place; it exists on no other database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.errors import NotForYou
from api.pages import Page, frame, render, see_other
from api.policy import PUBLIC, SIGNED_IN, policy
from api.visitor import COOKIE, Me, TheHouse, Visitor
from database import Role
from domain.codes import Party
from people import sessions
from people.staff import Staff, staff_by_id, staff_list

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage(Page):
    """Everybody one can act as, by unit; `onward` is where to go afterwards."""

    template: ClassVar[str] = "sign_in/pick.html"
    staff: Sequence[Staff]
    onward: str


@router.get("/", name="home")
@policy(PUBLIC)
def home(request: Request) -> RedirectResponse:
    """Everybody's first page is their list; at Milepælen it is the young people of today."""
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    return see_other("/milepaelen" if visitor and visitor.party is Party.MILEPAELEN else "/arbejdsliste")


@router.get("/log-ind", name="sign-in")
@policy(PUBLIC)
def pick(request: Request, house: TheHouse, videre: str = "/") -> HTMLResponse:
    """Choose whom to act as."""
    if not house.log.is_demo:
        raise NotForYou
    with house.db.connection(Role.APPLICATION) as conn:
        staff = staff_list(conn, house.log.keys)
    return render(request, SignInPage(**frame(request, "Log ind"), staff=staff, onward=_ours(videre)))


@router.post("/log-ind")
@policy(PUBLIC)
def sign_in(
    request: Request, house: TheHouse, staff_id: Annotated[str, Form()], videre: Annotated[str, Form()] = ""
) -> RedirectResponse:
    """Begin a session of 8 hours at the most."""
    if not house.log.is_demo:
        raise NotForYou
    with house.db.connection(Role.APPLICATION) as conn:
        staff = staff_by_id(conn, house.log.keys, staff_id)
        if staff is None or not staff.active:
            raise NotForYou
        old = request.cookies.get(COOKIE)
        if old:
            sessions.end(conn, old)
        token = sessions.start(conn, staff_id, house.now)
    answer = see_other(_ours(videre))
    answer.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=request.url.scheme == "https")
    return answer


@router.post("/log-ud", name="sign-out")
@policy(SIGNED_IN)
def sign_out(request: Request, house: TheHouse, _: Me) -> RedirectResponse:
    """End the session here and in the database."""
    with house.db.connection(Role.APPLICATION) as conn:
        sessions.end(conn, request.cookies[COOKIE])
    answer = see_other("/log-ind")
    answer.delete_cookie(COOKIE)
    return answer


def _ours(path: str) -> str:
    """An address on this service; anything else is the worklist."""
    ours = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if ours else "/arbejdsliste"
