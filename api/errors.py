"""Every way a request can end badly, as a page that says what, where and what to do."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from api.kept import Kept, kept
from api.pages import TEMPLATES, Page, frame, render
from api.policy import PUBLIC
from api.visitor import FormForged, SignInNeeded
from api.words import REFUSALS
from database import Unavailable
from domain.refused import Refused
from eventlog import Contended

log = logging.getLogger("overgang")


class NotForYou(Exception):  # noqa: N818 - it names an answer
    """There is no such young person for this visitor; whether one exists is not said."""


class GoesOnElsewhere(Exception):  # noqa: N818 - it names an answer
    """The file was joined into another; its pages are those of the other case number."""

    def __init__(self, asked: str, now: str) -> None:
        super().__init__(asked, now)
        self.asked, self.now = asked, now


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Page):
    """What went wrong, and what to do now."""

    template: ClassVar[str] = "errors/error.html"
    heading: str
    text: str
    link: str = "/"
    link_text: str = "Gå til forsiden"
    kept: Kept | None = None
    may_send_again: bool = False

    @property
    def has_people(self) -> bool:
        """Never, so that it can be shown when nothing could be logged."""
        return False


OUT_OF_REACH = "Siden findes ikke, eller du har ikke adgang til den. Adgang følger din afdeling. Spørg tovholderen."


SAID: dict[type[Exception], tuple[int, str, str]] = {
    FormForged: (
        403,
        "Formularen kunne ikke godkendes",
        "Den var for gammel eller kom fra en anden side. Gå tilbage, genindlæs siden, og prøv igen. Intet er gemt.",
    ),
    Contended: (
        409,
        "Andre skrev samtidig",
        "Sagen blev ændret af andre, mens du skrev. Intet er gemt. Se, hvad der står nu, og send din formular igen.",
    ),
    NotForYou: (404, "Siden findes ikke", OUT_OF_REACH),
    RequestValidationError: (
        422,
        "Noget i formularen kunne ikke læses",
        "Et felt mangler eller har en form, som siden ikke kender. Gå tilbage, og prøv igen. Intet er gemt.",
    ),
    Unavailable: (
        503,
        "Databasen svarer ikke",
        "Prøv igen om et øjeblik. Det, du allerede havde gemt, er ikke gået tabt.",
    ),
}
"""What is always answered the same: status, heading and text."""


def _said(request: Request, error: Exception) -> Response:
    """The answer of the table; asked about a subclass, that of its class."""
    status, heading, text = next(SAID[kind] for kind in type(error).__mro__ if kind in SAID)
    if isinstance(error, Unavailable):
        # Without the page's frame, which would wait for the same database once more.
        return HTMLResponse(page_alone(heading, text, kept(request)), status, {"retry-after": "5"})
    return error_page(request, status, heading, text, may_send_again=isinstance(error, Contended))


OTHER_WAY = "Adressen kan ikke bruges på den måde."
UNUSABLE = {
    413: ("Formularen er for lang", "Gå tilbage, og gør teksten kortere. Intet er gemt."),
    415: (
        "Formularen kunne ikke læses",
        "Siden tager imod tekst, ikke filer. Gå tilbage, og prøv igen. Intet er gemt.",
    ),
}
"""What is said of a body that was not read, by status (api.bodies)."""


def _elsewhere(request: Request, error: Exception) -> Response:
    """The same page of the file that goes on."""
    if not isinstance(error, GoesOnElsewhere):
        raise error
    path = request.url.path.replace(f"/{error.asked}", f"/{error.now}", 1)
    return RedirectResponse(f"{path}?besked=samlet", 303)


def _sign_in(request: Request, _: Exception) -> Response:
    if request.method != "GET":
        return RedirectResponse("/log-ind", 303)
    where = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/log-ind?videre={quote(where)}", 303)


def _refused(request: Request, refusal: Exception) -> Response:
    reason = refusal.reason if isinstance(refusal, Refused) else ""
    return error_page(request, 409, "Det kan ikke lade sig gøre", f"{REFUSALS[reason]} Intet er gemt.")


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == HTTPStatus.NOT_FOUND:
        return error_page(request, *SAID[NotForYou])
    answer = error_page(request, status, *UNUSABLE.get(status, ("Siden kan ikke bruges sådan", OTHER_WAY)))
    if isinstance(error, HTTPException) and error.headers:
        answer.headers.update(error.headers)  # 405 must say what is allowed
    return answer


def _broken(request: Request, error: Exception) -> Response:
    reference = uuid4().hex[:8]
    # The class and place are logged, never the text: it may quote what somebody wrote.
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else "?"
    log.error("reference %s: %s at %s", reference, type(error).__name__, where)
    return error_page(
        request,
        500,
        "Der skete en fejl hos os",
        f"Intet er gemt. Oplys referencenummeret {reference}, hvis du beder om hjælp.",
    )


ANSWERS: dict[type[Exception], Callable[[Request, Exception], Response]] = {
    **dict.fromkeys(SAID, _said),
    SignInNeeded: _sign_in,
    GoesOnElsewhere: _elsewhere,
    Refused: _refused,
    HTTPException: _http,
    Exception: _broken,
}


def answer_errors(app: FastAPI) -> None:
    """Every kind of error has its page."""
    for kind, answer in ANSWERS.items():
        app.add_exception_handler(kind, answer)


def error_page(request: Request, status: int, heading: str, text: str, *, may_send_again: bool = False) -> Response:
    """A page that says what went wrong and what to do, also when the database is away."""
    request.state.policy = getattr(request.state, "policy", PUBLIC)
    try:
        shared = frame(request, heading)
    except Exception:  # noqa: BLE001 - the frame asks the database; an error page must come without it
        shared = {"title": heading}
    page = ErrorPage(**shared, heading=heading, text=text, kept=kept(request), may_send_again=may_send_again)
    return render(request, page, status)


def page_alone(heading: str, text: str, written: Kept | None = None) -> str:
    """The same page without menu and name: nothing is asked of anybody to make it."""
    page = ErrorPage(title=heading, heading=heading, text=text, kept=written, may_send_again=True)
    return TEMPLATES.get_template(ErrorPage.template).render(page=page)
