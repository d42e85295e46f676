"""The way in for the requests of tests: the service is called as a server would call it, without a socket.

Starlette's own way crosses between two threads nine times in each request and starts a thread and an event loop for it,
so that the service can be met while it still answers. No test here looks at half an answer, and thousands of requests
are made; so each is handed over whole, in one go, to one loop that runs as long as the tests do.
"""

import asyncio
import atexit
from contextlib import ExitStack
from typing import Any
from urllib.parse import unquote

from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.testclient import httpx
from starlette.types import ASGIApp, Message

_open = ExitStack()
_portals: list[BlockingPortal] = []


def close_door() -> None:
    """End the loop; the conftest calls it when the session ends."""
    _portals.clear()
    _open.close()


def _portal() -> BlockingPortal:
    if not _portals:
        atexit.register(close_door)  # should nobody else call it: Python would wait for the loop for ever
        _portals.append(_open.enter_context(start_blocking_portal()))
    return _portals[0]


class Door(httpx.BaseTransport):
    """Brings one request to the service and its answer back. With `raising` a fault of ours is raised in the test."""

    def __init__(self, app: ASGIApp, *, raising: bool) -> None:
        self._app = app
        self._raising = raising

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": request.method,
            "path": unquote(url.path),
            "raw_path": url.raw_path.partition(b"?")[0],
            "root_path": "",
            "scheme": url.scheme,
            "query_string": url.query,
            "headers": [(name.lower().encode(), value.encode()) for name, value in request.headers.multi_items()],
            "client": ("testclient", 50000),
            "server": (url.host, url.port or 80),
            "extensions": {},
            "state": {},
        }
        sent, fault = _portal().call(_served, self._app, scope, request.read())
        if fault is not None and self._raising:
            raise fault
        if not sent:
            raise AssertionError("the service answered nothing") from fault
        start, *parts = sent
        assert start["type"] == "http.response.start"
        assert all(part["type"] == "http.response.body" for part in parts)
        if fault is None:
            assert not parts[-1].get("more_body"), "the service broke off in the middle of an answer"
        body = b"" if request.method == "HEAD" else b"".join(part.get("body", b"") for part in parts)
        headers = [(name.decode(), value.decode()) for name, value in start["headers"]]
        # As a stream, so that no header is added that the service did not send.
        return httpx.Response(start["status"], headers=headers, stream=httpx.ByteStream(body), request=request)


async def _served(app: ASGIApp, scope: dict[str, Any], body: bytes) -> tuple[list[Message], Exception | None]:
    """All that the service sends, and what it raised."""
    sent: list[Message] = []
    waiting = [{"type": "http.request", "body": body}]
    answered = asyncio.Event()

    async def receive() -> Message:
        if waiting:
            return waiting.pop()
        await answered.wait()  # nobody hangs up before that
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            answered.set()

    try:
        await app(scope, receive, send)
    except Exception as fault:  # noqa: BLE001 - whatever it is, the test gets it
        return sent, fault
    return sent, None
