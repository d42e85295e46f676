"""A small town on a real server: a house with staff and rules, and young people to whom things happen.

It is Monday 23 November 2026, ten o'clock in Denmark.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import UUID, uuid4

import uvicorn

from api.app import create_app
from api.house import House, furnish
from api.settings import Settings
from database import Role
from domain.codes import StartReason
from domain.decisions import record_fact, start_journey
from domain.events import JourneyEvent
from eventlog import Actor, ActorKind, Secrets, journey
from people.cpr import fictional
from people.register import NewPerson
from people.staff import Municipality, demo_municipality, load_staff, read_municipality
from projections.closing_days import ensure_rules
from tests.four import FOUR
from tests.servers import fresh_database
from tests.whole.program import free_port

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = NOW.date()
BY = Actor(kind=ActorKind.IMPORT, id="test")
BEGAN = datetime(2020, 1, 1, 11, tzinfo=UTC)


@dataclass
class Town:
    """The house, its address, and its people by name."""

    house: House
    address: str
    numbers: dict[str, str] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)

    def path(self, name: str) -> str:
        """Where this young person's page is."""
        return f"/unge/{self.numbers[name]}"

    def young(
        self,
        name: str,
        *events: JourneyEvent,
        born_on: date = date(2009, 5, 1),
        started_on: date = date(2024, 8, 1),
        protected: bool = False,
    ) -> UUID:
        """Somebody who is followed, and to whom this has happened."""
        cpr = fictional(born_on, len(self.numbers))
        with self.house.db.connection(Role.APPLICATION) as conn:
            [entered] = self.house.register.register_people(conn, [NewPerson(cpr, name, protected)], NOW)
        self.numbers[name], self.people[name] = entered.case_number, entered.person_id
        reason = StartReason.EDUCATION_NEED
        begin = partial(start_journey, born_on=born_on, on=started_on, reason=reason, basis="KUI-loven § 1")
        self.decides(name, started_on, begin)
        for event in events:
            self.decides(name, event.on, partial(record_fact, event=event, today=TODAY))
        return entered.person_id

    def decides(self, name: str, on: date, decide: Callable[[Any], Any]) -> None:
        """A decision on this day, written down the same day."""
        at = datetime.combine(on, time(11), UTC)
        stream = journey(self.people[name])
        self.house.log.record(stream, decide, by=BY, known_at=at, command_id=uuid4(), recorded_at=at)

    def settled(self) -> None:
        """Wait until the lists have everything that was told."""
        give_up = monotonic() + 120
        while self.house.lists_at() < self.house.log.position():
            assert monotonic() < give_up, "the lists stand still"
            sleep(0.02)


@contextmanager
def town(
    folder: Path, fill: Callable[[Town], object] = lambda _: None, *, staff: Municipality | None = None
) -> Iterator[Town]:
    """The town, served on loopback after `fill` has let things happen, until the end of the block.

    `staff` work there instead of those of the demonstration.
    """
    db = fresh_database()
    settings = Settings(database_url=None, data=folder, schema=db.schema, port=free_port())
    house = furnish(settings, db, Secrets.for_tests(), lambda: NOW, demo=True)
    with db.connection(Role.APPLICATION) as conn:
        load_staff(conn, house.log.keys, staff or read_municipality(demo_municipality()))
    ensure_rules(house.log, BY, BEGAN, text=FOUR, recorded_at=BEGAN)
    made = Town(house, f"http://127.0.0.1:{settings.port}")
    fill(made)
    server = uvicorn.Server(
        uvicorn.Config(create_app(house), host="127.0.0.1", port=settings.port, log_level="warning")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        sleep(0.02)
    try:
        made.settled()
        yield made
    finally:
        server.should_exit = True
        thread.join(20)
