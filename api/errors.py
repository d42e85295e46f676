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
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from api.pages import Page, frame, render
from api.policy import PUBLIC
from api.visitor import FormForged, SignInNeeded
from api.words import REFUSALS
from database import Unavailable
from domain.refused import Refused
from eventlog import Contended

log = logging.getLogger("overgang")


class NotForYou(Exception):  # noqa: N818 - it names an answer
    """There is no such young person for this visitor; whether one exists is not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Page):
    """What went wrong, and what to do now."""

    template: ClassVar[str] = "errors/error.html"
    heading: str
    text: str
    link: str = "/"
    link_text: str = "Gå til forsiden"


OUT_OF_REACH = "Siden findes ikke, eller du har ikke adgang til den. Adgang følger din afdeling. Spørg tovholderen."


def _sign_in(request: Request, _: Exception) -> Response:
    if request.method != "GET":
        return RedirectResponse("/log-ind", 303)
    where = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/log-ind?videre={quote(where)}", 303)


def _forged(request: Request, _: Exception) -> Response:
    return error_page(
        request,
        403,
        "Formularen kunne ikke godkendes",
        "Den var for gammel eller kom fra en anden side. Gå tilbage, genindlæs siden og prøv igen. Intet er gemt.",
    )


def _refused(request: Request, refusal: Exception) -> Response:
    reason = refusal.reason if isinstance(refusal, Refused) else ""
    return error_page(request, 409, "Det kan ikke lade sig gøre", f"{REFUSALS[reason]} Intet er gemt.")


def _contended(request: Request, _: Exception) -> Response:
    return error_page(
        request,
        409,
        "Andre skrev samtidig",
        "Sagen blev ændret af andre, mens du skrev. Intet er gemt. Gå tilbage, og send formularen igen.",
    )


def _not_for_you(request: Request, _: Exception) -> Response:
    return error_page(request, 404, "Siden findes ikke", OUT_OF_REACH)


def _invalid(request: Request, _: Exception) -> Response:
    return error_page(
        request,
        422,
        "Noget i formularen kunne ikke læses",
        "Et felt mangler eller har en form, som siden ikke kender. Gå tilbage, og prøv igen. Intet er gemt.",
    )


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == HTTPStatus.NOT_FOUND:
        return _not_for_you(request, error)
    return error_page(request, status, "Det kan siden ikke", "Adressen kan ikke bruges på den måde.")


def _unavailable(request: Request, _: Exception) -> Response:
    answer = error_page(
        request,
        503,
        "Databasen svarer ikke",
        "Prøv igen om et øjeblik. Det, du allerede havde gemt, er ikke gået tabt.",
    )
    answer.headers["retry-after"] = "5"
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
    SignInNeeded: _sign_in,
    FormForged: _forged,
    Refused: _refused,
    Contended: _contended,
    NotForYou: _not_for_you,
    RequestValidationError: _invalid,
    HTTPException: _http,
    Unavailable: _unavailable,
    Exception: _broken,
}


def answer_errors(app: FastAPI) -> None:
    """Every kind of error has its page."""
    for kind, answer in ANSWERS.items():
        app.add_exception_handler(kind, answer)


def error_page(request: Request, status: int, heading: str, text: str) -> Response:
    """A page that says what went wrong and what to do, also when the database is away."""
    request.state.policy = getattr(request.state, "policy", PUBLIC)
    try:
        shared = frame(request, heading)
    except Exception:  # noqa: BLE001 - the frame asks the database; an error page must come without it
        shared = {"title": heading}
    return render(request, ErrorPage(**shared, heading=heading, text=text), status)
