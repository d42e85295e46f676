"""What a form may be: sent as forms are, and no longer than anybody writes.

A body is read before we know who sends it, so it is bounded here, before any route.
"""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST = 1_000_000
"""Bytes. The longest text that we keep takes 60,000 when every letter is escaped."""

_FORM = "application/x-www-form-urlencoded"


class Bodies:
    """Refuses files and other kinds of bodies (415), and what is too long (413), when they are read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        kind = Headers(scope=scope).get("content-type", _FORM).partition(";")[0].strip().lower()
        length = 0

        async def bounded() -> Message:
            nonlocal length
            message = await receive()
            length += len(message.get("body", b""))
            if length and kind != _FORM:
                raise HTTPException(415)
            if length > LONGEST:
                raise HTTPException(413)
            return message

        await self._app(scope, bounded, send)
