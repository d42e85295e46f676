"""Puts the web service together; the only place that does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp

from api import (
    about,
    closing,
    correcting,
    files,
    handover_list,
    handovers,
    meeting_print,
    meetings,
    milepaelen,
    moving,
    people_pages,
    person_responsibility,
    plan,
    profile,
    proposals,
    recording,
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

    app = Service(dependencies=[Depends(guard)], lifespan=life, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.house = house
    for room in ROOMS:
        app.include_router(room.router)
    app.mount("/static", StaticFiles(directory=ROOT / "static"), name="static")
    answer_errors(app)
    app.add_middleware(Shedding)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=OUR_HOSTS)
    app.add_middleware(Bodies)
    refuse_naked_routes(app.routes)
    return app
