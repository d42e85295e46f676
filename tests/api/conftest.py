"""What every test of a page begins with: a house on a real database, its staff, a few young people, and a browser.

    def test_something(as_staff, youth):
        anna = youth("Anna Fiktivholm", born_on=date(2009, 5, 1))
        anna.happened(PlacementStarted(on=date(2025, 1, 1), form=PlacementForm.OTHER))
        page = as_staff("jens-raadgiver").get("/arbejdsliste")

It is Monday 23 November 2026, 9 o'clock in Denmark, until `clock` is told otherwise. Nothing runs by itself: the
lists take in the log when `house.catch_up()` is called, when a page waits for them, and before `as_staff` gets a page.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.app import create_app
from api.house import House, furnish
from api.settings import Settings
from database import Role
from domain.choices import Outside
from domain.codes import Matter, Party, StartReason
from domain.decisions import record_fact, send_handover, start_journey
from domain.events import JourneyEvent
from domain.text import FreeText
from eventlog import Actor, ActorKind, Secrets, journey
from people.cpr import Cpr, fictional
from people.register import NewPerson
from people.staff import demo_municipality, load_staff, read_municipality
from projections.closing_days import ensure_rules
from projections.follow import Follower
from tests.api.door import Door, close_door
from tests.four import FOUR
from tests.servers import EVERY_ROOM, furnished_database

ADDRESS = "http://127.0.0.1"
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
THE_BEGINNING = date(2020, 1, 1)
BY_IMPORT = Actor(kind=ActorKind.IMPORT, id="test")


class Clock:
    """The clock of a house: it stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


class StillHouse(House):
    """A house whose lists move only when asked, so that no test depends on a thread being quick."""

    _follower: Follower | None = None

    def catch_up(self) -> None:
        """Let the lists take in all of the log."""
        if self._follower is None:
            self._follower = Follower(self.db, self.log)
        while self._follower.catch_up():
            pass

    def wait_for_lists(self, position: int) -> bool:
        self.catch_up()
        return super().wait_for_lists(position)

    def load_rules(self, text: str | None = None, on: date | None = None) -> None:
        """Let these rules, or the four of the tests, count from that day on, today unless it is given."""
        at = _noon(on or self.today)
        ensure_rules(self.log, BY_IMPORT, at, text=FOUR if text is None else text, recorded_at=at)


class Browser(TestClient):
    """Somebody's browser: it keeps cookies, follows no redirects by itself, and says where its forms come from."""

    def __init__(self, app: FastAPI, before: Callable[[], None], *, raising: bool = True) -> None:
        super().__init__(
            app,
            base_url=ADDRESS,
            follow_redirects=False,
            headers={"origin": ADDRESS},
        )
        self._transport = Door(app, raising=raising)
        self._before = before

    def request(self, *args: Any, **named: Any) -> Any:
        self._before()
        return super().request(*args, **named)

    @property
    def csrf(self) -> str:
        """The token that this session's forms carry, as it stands in the pages."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/was").text)
        assert found, "nobody is signed in"
        return found[1]

    def submit(self, path: str, **fields: Any) -> Any:
        """Send a form from our own page; `command` is added as the page would have it."""
        return self.post(path, data={"csrf": self.csrf, "command": str(uuid4())} | fields)


@dataclass(frozen=True)
class Youth:
    """A fictional young person, made through the register and the log."""

    house: StillHouse
    id: Any
    case_number: str
    name: str
    cpr: Cpr
    born_on: date

    @property
    def path(self) -> str:
        return f"/unge/{self.case_number}"

    def happened(self, *events: JourneyEvent, known_on: date | None = None) -> None:
        """Let this have happened; the municipality knew the same day, or on `known_on`."""
        for event in events:
            known_at = _noon(known_on or event.on)
            self.record(partial(record_fact, event=event, today=self.house.today), known_at)

    def sends(
        self,
        giver: Party,
        receiver: Party | Outside,
        *,
        matter: Matter = Matter.GUIDANCE,
        on: date,
        answer_by: date,
        note: str = "Aftalt med den unge.",
        rule: str | None = None,
    ) -> Any:
        """The giver sends a handover; the answer is its id."""
        handover_id = uuid4()
        decide = partial(
            send_handover,
            handover_id=handover_id,
            matter=matter,
            giver=giver,
            receiver=receiver,
            answer_by=answer_by,
            note=FreeText(note),
            on=on,
            rule=rule,
        )
        self.record(decide, _noon(on))
        return handover_id

    def record(self, decide: Callable[[Any], Any], known_at: datetime | None = None, *, by: Actor = BY_IMPORT) -> Any:
        """Take any decision on the journey."""
        known_at = known_at or self.house.now
        return self.house.log.record(
            journey(self.id), decide, by=by, known_at=known_at, command_id=uuid4(), recorded_at=known_at
        )


def signed_in(client: TestClient, staff_id: str) -> TestClient:
    """Sign in as a member of the fictional staff (people/municipality-demo.toml)."""
    answer = client.post("/log-ind", data={"staff_id": staff_id, "videre": "/arbejdsliste"})
    assert answer.status_code == 303, answer.text
    return client


@pytest.fixture(scope="session", autouse=True)
def _door_closes() -> Iterator[None]:
    yield
    close_door()


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.fixture
def house(clock: Clock, tmp_path: Path) -> Iterator[StillHouse]:
    """The rooms on a fresh database marked as a demonstration, with its staff and the rules that we ship."""
    with furnished_database(*EVERY_ROOM) as db:
        settings = Settings(database_url=None, data=tmp_path, schema=db.schema, port=8000)
        made = furnish(settings, db, Secrets.for_tests(), clock, demo=True)
        still = StillHouse(**{one.name: getattr(made, one.name) for one in fields(made) if one.init})
        with db.connection(Role.APPLICATION) as conn:
            load_staff(conn, still.log.keys, read_municipality(demo_municipality()))
        still.load_rules(on=THE_BEGINNING)
        yield still
        still.close()


@pytest.fixture
def app(house: StillHouse) -> FastAPI:
    return create_app(house)


@pytest.fixture
def client(app: FastAPI, house: StillHouse) -> Browser:
    """A browser in which nobody is signed in. Signing in again in the same browser changes who it is."""
    return Browser(app, house.catch_up)


@pytest.fixture
def as_staff(app: FastAPI, house: StillHouse) -> Callable[..., Browser]:
    """`as_staff("mette-vejleder")` is a browser of its own in which she is signed in.

    With `raising=False` a fault of ours is the page that she would see, not an exception in the test.
    """

    def browser(staff_id: str, *, raising: bool = True) -> Browser:
        made = Browser(app, house.catch_up, raising=raising)
        signed_in(made, staff_id)
        return made

    return browser


@pytest.fixture
def youth(house: StillHouse) -> Callable[..., Youth]:
    """`youth("Åse Fiktivholm", born_on=date(2009, 5, 1))`: in the register, and with a journey that has begun."""
    serials = iter(range(4000))

    def made(
        name: str = "Ida Demogaard",
        *,
        born_on: date = date(2009, 5, 1),
        started_on: date | None = None,
        reason: StartReason = StartReason.EDUCATION_NEED,
        protected: bool = False,
        events: Iterable[JourneyEvent] = (),
    ) -> Youth:
        cpr = fictional(born_on, next(serials))
        started = started_on or min(date(born_on.year + 15, 8, 1), house.today - timedelta(days=30))
        with house.db.connection(Role.APPLICATION) as conn:
            [entered] = house.register.register_people(conn, [NewPerson(cpr, name, protected)], _noon(started))
        one = Youth(house, entered.person_id, entered.case_number, name, cpr, born_on)
        decide = partial(start_journey, born_on=born_on, on=started, reason=reason, basis="KUI-loven § 1")
        one.record(decide, _noon(started))
        one.happened(*events)
        return one

    return made


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
