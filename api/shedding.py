"""When more is asked than can be done: some are told at once to come back, and the others get their page in time.

Without it everybody would wait in one ever longer line, and by the time a page was made, whoever asked for it would
have asked again.
"""

from asyncio import Semaphore, timeout
from functools import cache

from fastapi.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import page_alone
from database import hurried

MOST_AT_WORK = 6
"""Requests at a time. More would not be quicker: they share two processors and one interpreter."""

MOST_IN_LINE = 4
"""Requests that wait for a place. It takes the top off a rush, such as everybody's first page in the morning."""

LONGEST_WAIT = 0.1
"""Seconds in line, after which whoever waits is told to come back."""

COME_BACK = 2
"""Seconds, in Retry-After."""


class Shedding:
    """Lets a bounded number of requests in. Files under /static cost next to nothing and always pass."""

    def __init__(self, app: ASGIApp, *, at_work: int = MOST_AT_WORK, wait: float = LONGEST_WAIT) -> None:
        self._app = app
        self._places = Semaphore(at_work)
        self._wait = wait
        self._in_line = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        if not await self._has_place():
            await _busy()(scope, receive, send)
            return
        try:
            with hurried():
                await self._app(scope, receive, send)
        finally:
            self._places.release()

    async def _has_place(self) -> bool:
        if self._places.locked() and self._in_line >= MOST_IN_LINE:
            return False
        self._in_line += 1
        try:
            async with timeout(self._wait):
                await self._places.acquire()
        except TimeoutError:
            return False
        finally:
            self._in_line -= 1
        return True


@cache
def _busy() -> HTMLResponse:
    """Made once: it must cost nothing when there is least time."""
    text = "Der er flere, der bruger Overgang lige nu, end vi kan nå. Prøv igen om et øjeblik. Intet er gemt."
    return HTMLResponse(page_alone("Der er travlt lige nu", text), 503, {"retry-after": str(COME_BACK)})
