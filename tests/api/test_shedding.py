"""When more is asked than can be done, some are told to come back at once, and nobody waits for ever (RE-26)."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode

import pytest
import uvicorn

from api.app import create_app
from api.headers import ALWAYS
from api.house import House, furnish
from api.settings import Settings
from api.shedding import LONGEST_WAIT, MOST_AT_WORK, MOST_IN_LINE
from database import Role, hurried
from database.limits import REQUESTS, Pace
from eventlog import Secrets
from people.staff import demo_municipality, load_staff, read_municipality
from tests.api.conftest import MONDAY
from tests.servers import fresh_database
from tests.whole.program import free_port

MARGIN = 1.0
"""Seconds that a busy machine may be late."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str
    seconds: float


class Served:
    """The house behind a real server on loopback."""

    def __init__(self, house: House, port: int) -> None:
        self.house, self.port, self.cookie = house, port, ""

    def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Origin": f"http://127.0.0.1:{self.port}", "Cookie": self.cookie}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = monotonic()
        line.request("POST" if form else "GET", path, urlencode(form) if form else None, headers)
        answer = line.getresponse()
        text = answer.read().decode(errors="replace")
        line.close()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, told, text, monotonic() - began)

    def ask_at_once(self, path: str, times: int) -> list[Answer]:
        with ThreadPoolExecutor(times) as crowd:
            return list(crowd.map(self.ask, [path] * times))

    @contextmanager
    def database_busy(self) -> Iterator[None]:
        """Somebody else has every connection that requests can have."""
        with ExitStack() as loans, hurried(30):
            for _ in range(8):
                loans.enter_context(self.house.db.connection(Role.APPLICATION))
            yield


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    port = free_port()
    db = fresh_database(pace=Pace())
    settings = Settings(database_url=None, data=tmp_path, schema=db.schema, port=port)
    house = furnish(settings, db, Secrets.for_tests(), lambda: MONDAY, demo=True)
    with db.connection(Role.APPLICATION) as conn:
        load_staff(conn, house.log.keys, read_municipality(demo_municipality()))
    server = uvicorn.Server(uvicorn.Config(create_app(house), host="127.0.0.1", port=port, log_level="error"))
    running = threading.Thread(target=server.run)
    running.start()
    while not server.started:
        sleep(0.01)
    found = Served(house, port)
    signed_in = found.ask("/log-ind", {"staff_id": "mette-vejleder", "videre": "/arbejdsliste"})
    found.cookie = signed_in.headers["set-cookie"].partition(";")[0]
    yield found
    server.should_exit = True
    running.join()


def test_a_crowd_is_answered_at_once_and_static_files_come_all_the_same(served: Served) -> None:
    with served.database_busy(), ThreadPoolExecutor(1) as beside:
        crowd = beside.submit(served.ask_at_once, "/arbejdsliste", 40)
        sleep(0.05)
        assert served.ask("/static/app.css").status == 200
        answers = crowd.result()
    assert {answer.status for answer in answers} == {503}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in answers)
    assert max(answer.seconds for answer in answers) < 1 + MARGIN
    busy = [answer for answer in answers if "Der er travlt lige nu" in answer.text]
    assert len(busy) >= 40 - MOST_AT_WORK - MOST_IN_LINE
    assert all(answer.seconds < LONGEST_WAIT + MARGIN for answer in busy)
    assert "Databasen svarer ikke" in "".join(answer.text for answer in answers), "those who had a place"
    assert all(ALWAYS.items() <= answer.headers.items() for answer in answers)


def test_a_page_whose_database_has_nothing_free_is_told_within_a_second(served: Served) -> None:
    with served.database_busy():
        answer = served.ask("/arbejdsliste")
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")
    assert REQUESTS.find - 0.1 < answer.seconds < 2 * REQUESTS.find, (
        "it waited once, and not once more for the frame of its page"
    )
    assert "Databasen svarer ikke" in answer.text
    assert served.ask("/arbejdsliste").status == 200


def test_everybody_gets_a_page_when_the_crowd_is_no_larger_than_the_line(served: Served) -> None:
    served.ask("/was")
    answers = served.ask_at_once("/was", MOST_AT_WORK)
    assert {answer.status for answer in answers} == {200}
