"""A line to PostgreSQL that can be cut: a TCP proxy on loopback, in threads of this process.

    with Proxy(socket_of(db)) as proxy, through(db, proxy) as cut_off:
        proxy.next(Cut.LOST_REPLY, "log_append")
        EventLog(cut_off, secrets).record(…)

It reads the client's half of the protocol (https://www.postgresql.org/docs/current/protocol-message-formats.html), so
that it knows when a statement is sent, also one that was prepared earlier. It speaks no TLS: `through` asks for none.
"""

import contextlib
import select
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from database.database import Database
from database.limits import Limits, Pace
from database.roles import Role
from faults.wire import Statements, whole_answer

_BLOCK = 65_536
_TICK = 0.05  # seconds between two looks at whether the proxy has been stopped


class Cut(StrEnum):
    """What happens when the statement is sent. Each line is cut at most once; the next one passes."""

    BEFORE = "before"
    """It never reaches the server; both ends are closed."""
    MID_STATEMENT = "mid-statement"
    """Only a part of it reaches the server; both ends are closed."""
    LOST_REPLY = "lost-reply"
    """The server carries it out and answers; nothing of that passes; both ends are closed."""
    MID_ROW = "mid-row"
    """As before, but a part of the answer passes."""
    BLACK_HOLE = "black-hole"
    """It never reaches the server, and nothing is closed: both ends wait."""
    SWALLOWED_REPLY = "swallowed-reply"
    """The server carries it out and answers; nothing passes, and nothing is closed."""
    ONE_BYTE = "one-byte"
    """The answer passes, one byte a second."""
    HALF_CLOSE = "half-close"
    """The server carries it out, and is told that the client is gone; the client is told nothing."""


IN_SILENCE = (Cut.BLACK_HOLE, Cut.SWALLOWED_REPLY, Cut.ONE_BYTE, Cut.HALF_CLOSE)
"""Those that the client can only notice by the clock."""


@dataclass(frozen=True, slots=True)
class _Plan:
    cut: Cut
    statement: str
    part: float


class Proxy:
    """Passes everything until it is told to cut. Ends with `close`; every line it holds ends after `hold` seconds."""

    def __init__(self, server: Path | tuple[str, int], *, hold: float = 30.0) -> None:
        self._server = server
        self.hold = hold
        self._plan: _Plan | None = None
        self._lock = threading.Lock()
        self._outage = False
        self._open = True
        self.done = 0
        """How many cuts have been made."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(_TICK)
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._listen, name="proxy")]
        self._threads[0].start()

    def next(self, cut: Cut, statement: str, part: float = 0.5) -> None:
        """Cut when a statement with this text in it is sent next, on whichever line.

        `part` is how much passes of what is cut in the middle, from 0 to 1.
        """
        with self._lock:
            self._plan = _Plan(cut, statement, part)

    def calm(self) -> bool:
        """Take back the cut that has not been made yet; whether there was one."""
        with self._lock:
            waiting, self._plan = self._plan is not None, None
        return waiting

    @contextlib.contextmanager
    def outage(self) -> Iterator[None]:
        """In here every line is a black hole, and so are those that are opened meanwhile. They stay so for ever."""
        self._outage = True
        try:
            yield
        finally:
            self._outage = False

    def close(self) -> None:
        """End every line."""
        self._open = False
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _listen(self) -> None:
        while self._open:
            try:
                client, _ = self._listener.accept()
            except TimeoutError:
                continue
            except OSError:  # closed
                return
            line = threading.Thread(target=self._carry, args=[client], name="proxy line")
            self._threads = [thread for thread in self._threads if thread.is_alive()] + [line]
            line.start()

    def _carry(self, client: socket.socket) -> None:
        with client, self._connect() as server, contextlib.suppress(OSError):
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client.settimeout(self.hold)
            server.settimeout(self.hold)
            statements = Statements()
            while self._open:
                ready = self._ready(client, server)
                if self._outage:
                    self._stay_silent(client, server)
                    return
                if server in ready:
                    block = server.recv(_BLOCK)
                    if not block:
                        return
                    client.sendall(block)
                if client in ready:
                    block = client.recv(_BLOCK)
                    if not block:
                        return
                    plan = self._meant_for(statements.sent_in(block))
                    if plan is not None:
                        self._cut(plan, block, client, server)
                        return
                    server.sendall(block)

    def _connect(self) -> socket.socket:
        if isinstance(self._server, Path):
            server = socket.socket(socket.AF_UNIX)
            server.connect(str(self._server))
            return server
        return socket.create_connection(self._server)

    def _meant_for(self, statements: list[str]) -> _Plan | None:
        with self._lock:
            plan = self._plan
            if plan is None or not any(plan.statement in statement for statement in statements):
                return None
            self._plan = None
            self.done += 1
            return plan

    def _cut(self, plan: _Plan, block: bytes, client: socket.socket, server: socket.socket) -> None:
        match plan.cut:
            case Cut.BEFORE:
                return
            case Cut.MID_STATEMENT:
                server.sendall(block[: max(1, int(len(block) * plan.part))])
            case Cut.BLACK_HOLE:
                self._stay_silent(client, server)
            case _:
                server.sendall(block)
                if plan.cut is Cut.HALF_CLOSE:
                    server.shutdown(socket.SHUT_WR)
                answer = self._answer(server)
                self._pass_some(plan, answer, client, server)

    def _pass_some(self, plan: _Plan, answer: bytes, client: socket.socket, server: socket.socket) -> None:
        match plan.cut:
            case Cut.MID_ROW:
                client.sendall(answer[: int(len(answer) * plan.part)])
            case Cut.ONE_BYTE:
                for byte in answer[: int(self.hold)]:
                    client.sendall(bytes([byte]))
                    if self._has_gone(client, 1.0):
                        return
            case Cut.SWALLOWED_REPLY | Cut.HALF_CLOSE:
                self._stay_silent(client, server)

    def _answer(self, server: socket.socket) -> bytes:
        """All that the server says, until it waits for the next statement or has hung up."""
        answer = b""
        while not whole_answer(answer):
            block = server.recv(_BLOCK)
            if not block:
                break
            answer += block
        return answer

    def _stay_silent(self, client: socket.socket, server: socket.socket) -> None:
        """Keep the line up and let nothing through: neither end is told what becomes of the other."""
        ends, until = [client, server], monotonic() + self.hold
        while ends and self._open and monotonic() < until:
            for end in self._ready(*ends):
                try:
                    is_there = bool(end.recv(_BLOCK))
                except OSError:  # it left without reading all
                    is_there = False
                if not is_there:
                    ends.remove(end)

    def _has_gone(self, client: socket.socket, seconds: float) -> bool:
        """Let time pass; whether the client has hung up meanwhile, or the proxy has been closed."""
        until = monotonic() + seconds
        while self._open and monotonic() < until:
            if self._ready(client):
                return not client.recv(_BLOCK)
        return not self._open

    @staticmethod
    def _ready(*ends: socket.socket) -> list[socket.socket]:
        return select.select(ends, [], [], _TICK)[0]


def socket_of(db: Database) -> Path | tuple[str, int]:
    """Where the database's server listens."""
    address = conninfo_to_dict(db.conninfo(Role.APPLICATION))
    host, port = str(address["host"]), int(address.get("port") or 5432)
    return Path(host, f".s.PGSQL.{port}") if host.startswith("/") else (host, port)


def through(db: Database, proxy: Proxy, *, pace: Pace | None = None, pool_max: int = 4) -> Database:
    """The same municipality's database at the other end of the line."""

    def address(role: Role, limits: Limits) -> str:
        line = {"sslmode": "disable", "gssencmode": "disable"}
        return make_conninfo(db.address(role, limits), host="127.0.0.1", port=proxy.port, **line)

    return Database(
        address=address,
        schema=db.schema,
        server=None,
        pool_min=0,
        pool_max=pool_max,
        pace=pace,
    )
