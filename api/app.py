"""Puts the web service together; the only place that does."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache

from fastapi import APIRouter, Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from api import (
    about,
    closing,
    correcting,
    deadlines,
    files,
    handover_list,
    handovers,
    meeting_print,
    meetings,
    milepaelen,
    moving,
    pausing,
    people_pages,
    person_responsibility,
    plan,
    profile,
    proposals,
    recording,
    rules_page,
    rules_trying,
    set_aside,
    set_aside_row,
    sign_in,
    withdrawing,
    worklist,
    worklist_actions,
    young_list,
)
from api.bodies import Bodies
from api.errors import answer_errors
from api.headers import Headers
from api.house import House
from api.pages import ROOT
from api.policy import refuse_naked_routes
from api.shedding import Shedding
from api.visitor import guard

ROOMS = (
    sign_in,
    worklist,
    worklist_actions,
    young_list,
    profile,
    people_pages,
    deadlines,
    pausing,
    plan,
    recording,
    handovers,
    handover_list,
    person_responsibility,
    meetings,
    meeting_print,
    milepaelen,
    correcting,
    withdrawing,
    moving,
    files,
    closing,
    set_aside,
    set_aside_row,
    proposals,
    rules_trying,  # before the page of one rule, whose address it would be
    rules_page,
    about,
)
OUR_HOSTS = ["127.0.0.1", "localhost", "[::1]"]


class Service(FastAPI):
    """Carries the headers outside everything else, so that the page of a fault of ours has them too."""

    def build_middleware_stack(self) -> ASGIApp:
        return Headers(super().build_middleware_stack())


def create_app(house: House) -> FastAPI:
    """The service in this house. Raises TypeError when a route has no policy."""

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        house.follow()
        try:
            yield
        finally:
            house.close()

    app = Service(routes=[*_routes()], lifespan=life, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.house = house
    app.mount("/static", StaticFiles(directory=ROOT / "static"), name="static")
    answer_errors(app)
    app.add_middleware(Shedding)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=OUR_HOSTS)
    app.add_middleware(Bodies)
    refuse_naked_routes(app.routes)
    return app


@cache
def _routes() -> Sequence[BaseRoute]:
    """Every room's routes behind the one guard. Made once: they are the same in every house, and cost the most."""
    together = APIRouter(dependencies=[Depends(guard)])
    for room in ROOMS:
        together.include_router(room.router)
    return together.routes
