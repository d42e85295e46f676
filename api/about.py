"""Plain pages: accessibility statement, and whether the service is well."""

from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse

from api.pages import Page, frame, render
from api.policy import PUBLIC, policy
from api.visitor import TheHouse

router = APIRouter()


class AccessibilityPage(Page):
    """The statement that the law asks for."""

    template: ClassVar[str] = "about/accessibility.html"


@router.get("/was", name="accessibility")
@policy(PUBLIC)
def accessibility(request: Request) -> HTMLResponse:
    """Tilgængelighedserklæring."""
    return render(request, AccessibilityPage(**frame(request, "Tilgængelighedserklæring")))


@router.get("/sundhed", name="health")
@policy(PUBLIC)
def health(house: TheHouse) -> PlainTextResponse:
    """Whether the database answers; nothing else is said."""
    house.log.position()
    return PlainTextResponse("ok")
