"""How long a page takes, and how much memory the server, with 600 and with 6,000 people.

Real servers on loopback, one for each size, and a client on a kept connection who is signed in as a counsellor; the
requests go to the two in turns. A page is everything that a browser waits for: session, rights, reading and opening,
the row of the read log, the template, until the last byte. The person page is that of people with more than 30
entries. Beside them stands the statement of accessibility, which reads nothing about people: what session, rights and
framework cost.

Targets: 95 of 100 pages in less than 60 ms, and no slower with ten times the people; the server below 300 MB.
"""

import os
import re
import signal
import socket
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, perf_counter, sleep
from typing import Any
from urllib.parse import urlencode

from api.clock import now
from benchmarks.ground import Ground, Rooms
from benchmarks.lives import BY, Life, go_on
from benchmarks.memory import peak_of
from benchmarks.rounds import Figure
from benchmarks.size import Size
from database import Role
from demo import write
from domain.facts import civil_date
from intake import import_paths
from people.staff import demo_municipality, load_staff, read_municipality
from projections.closing_days import ensure_rules
from projections.rebuild import rebuild

BARE = "statement"
"""The page that is the same whoever is followed: what grows there is the machine's noise."""
SIGNED_IN_AS = "mette-vejleder"
MOST_MS, MOST_GROWTH, MOST_MB = 60, 1.25, 300
_PATIENCE = 30
"""Seconds that a server may take to start, and a page to come."""


def run(ground: Ground, size: Size) -> list[Figure]:
    """Latencies in ms: of each round the 50th and 95th of 100, then the median over the rounds."""
    with ExitStack() as until_then:
        few, many = (
            until_then.enter_context(_served(ground, f"pages_{index}", people, size))
            for index, people in enumerate((size.few, size.many))
        )
        figures = []
        for page in ("worklist", "person", BARE):
            figures += _compared(page, few, many, size)
        return [*figures, _memory(many), _memory(few)]


@dataclass(frozen=True, slots=True)
class _Served:
    """A server with so many people, and a client that is signed in there."""

    people: int
    process: int
    client: "_Client"
    pages: Mapping[str, Sequence[str]]

    def took(self, page: str, number: int) -> float:
        """Get one of the pages of this kind; milliseconds until its last byte."""
        paths = self.pages[page]
        began = perf_counter()
        self.client.get(paths[number % len(paths)])
        return (perf_counter() - began) * 1000


def _compared(page: str, few: _Served, many: _Served, size: Size) -> list[Figure]:
    took: dict[int, list[list[float]]] = {few.people: [], many.people: []}
    for served in (few, many):
        served.client.close()  # the server has ended a connection on which nothing was asked for long
        for number in range(len(served.pages[page])):
            served.took(page, number)  # once before the clock counts
    for _ in range(size.rounds):
        for times in took.values():
            times.append([])
        for number in range(size.requests):
            for served in (few, many):
                took[served.people][-1].append(served.took(page, number))
    middle = {people: [statistics.median(times) for times in rounds] for people, rounds in took.items()}
    slow = {people: [_of_100(times, 95) for times in rounds] for people, rounds in took.items()}
    figures = []
    for people in took:
        figures.append(_figure(f"{page}, {people:,} people, p50", middle[people]))
        figures.append(_figure(f"{page}, {people:,} people, p95", slow[people], None if page == BARE else MOST_MS))
    growth = [more / less for more, less in zip(middle[many.people], middle[few.people], strict=True)]
    what = f"{page}, p50 of {many.people:,} to {few.people:,} people"
    if page == BARE:
        return [*figures, Figure(what=what, unit="×", rounds=growth)]
    met = statistics.median(growth) <= MOST_GROWTH
    return [*figures, Figure(what=what, unit="×", rounds=growth, target=f"at most {MOST_GROWTH} ×", met=met)]


def _figure(what: str, rounds: Sequence[float], most: float | None = None) -> Figure:
    if most is None:
        return Figure(what=what, unit="ms", rounds=rounds)
    met = statistics.median(rounds) < most
    return Figure(what=what, unit="ms", rounds=rounds, target=f"under {most} ms", met=met)


def _of_100(times: Sequence[float], share: int) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * share // 100)]


def _memory(served: _Served) -> Figure:
    peak = peak_of(served.process)
    return Figure(
        what=f"server, {served.people:,} people, at most",
        unit="MB",
        rounds=[peak],
        target=f"under {MOST_MB} MB",
        met=peak < MOST_MB,
    )


@contextmanager
def _served(ground: Ground, schema: str, people: int, size: Size) -> Iterator[_Served]:
    rooms = ground.rooms(schema)
    shown = _fill(rooms, ground.folder / f"{schema}-files", people, size)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    here = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.page_server"],
        env={**here, "OVERGANG_DATA": str(ground.folder), "OVERGANG_SCHEMA": schema, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        cwd=Path(__file__).parents[1],
    )
    client = _Client(port)
    try:
        client.wait(server)
        client.sign_in()
        assert re.search(r'href="/unge/[0-9]', client.get("/arbejdsliste")), "nobody is on the list"
        paths = {
            "worklist": ["/arbejdsliste"],
            "person": [f"/unge/{number}" for number in shown],
            BARE: ["/was"],
        }
        yield _Served(people, server.pid, client, paths)
    finally:
        client.close()
        server.send_signal(signal.SIGINT)
        try:
            server.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _fill(rooms: Rooms, files_of: Path, people: int, size: Size) -> list[str]:
    """A municipality with so many people and lists that are up to date; the case numbers of those with a history."""
    at = now()
    write(files_of, people, seed=7, until=civil_date(at))
    with rooms.db.connection(Role.APPLICATION) as conn:
        load_staff(conn, rooms.log.keys, read_municipality(demo_municipality()))
    ensure_rules(rooms.log, BY, at)
    import_paths(rooms.office, [files_of], now=at)
    with rooms.db.connection(Role.APPLICATION) as conn:
        found = conn.execute("select person_id, case_number from person order by case_number limit %s", [size.shown])
        case_numbers: dict[Any, str] = dict(found.fetchall())
    lives = [Life(number) for number in range(len(case_numbers))]
    for life, person in zip(lives, case_numbers, strict=True):
        life.person = person
        life.skip_beginning()
    go_on(rooms.log, [life for _ in range(size.history) for life in lives])
    rebuild(rooms.db, rooms.log)
    return list(case_numbers.values())


class _Client:
    """A browser that keeps its connection and its cookie, and runs nothing."""

    def __init__(self, port: int) -> None:
        self._host = f"127.0.0.1:{port}"
        self._http = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        self._headers: dict[str, str] = {}

    def wait(self, server: subprocess.Popen[bytes]) -> None:
        """Until it serves. Raises when it ends instead."""
        give_up = monotonic() + _PATIENCE
        while True:
            try:
                self.get("/sundhed")
            except ConnectionError:
                self._http.close()
                if server.poll() is not None or monotonic() > give_up:
                    raise
                sleep(0.05)
            else:
                return

    def sign_in(self) -> None:
        form = urlencode({"staff_id": SIGNED_IN_AS, "videre": "/arbejdsliste"})
        kind = {"content-type": "application/x-www-form-urlencoded", "origin": f"http://{self._host}"}
        self._http.request("POST", "/log-ind", form, kind)
        answer = self._http.getresponse()
        answer.read()
        assert answer.status == 303, answer.status
        self._headers["cookie"] = (answer.getheader("set-cookie") or "").partition(";")[0]

    def get(self, path: str) -> str:
        self._http.request("GET", path, headers=self._headers)
        answer = self._http.getresponse()
        page = answer.read()
        assert answer.status == 200, answer.status
        return page.decode()

    def close(self) -> None:
        self._http.close()
