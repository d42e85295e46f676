"""A Milepælen with people in it, on a real server: who is there, who waits, who has stayed away.

It is Monday 23 November 2026, ten o'clock in Denmark, and Milepælen has been open since 2026 began.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
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
from domain.choices import Attendance
from domain.codes import Matter, Party, StartReason
from domain.decisions import record_fact, send_handover, set_goal, set_sub_goal, start_journey
from domain.events import (
    AttendanceMarked,
    JourneyEvent,
    MilepaelenStarted,
    ProgressionMeasured,
    ReferredToMilepaelen,
    TalkHeld,
)
from domain.text import FreeText
from eventlog import Actor, ActorKind, Secrets, journey
from people.cpr import fictional
from people.register import NewPerson
from people.staff import demo_municipality, load_staff, read_municipality
from projections.closing_days import ensure_rules
from tests.servers import fresh_database
from tests.whole.program import free_port

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = NOW.date()
BEGUN = date(2026, 1, 5)
BY = Actor(kind=ActorKind.IMPORT, id="test")
LONG = "Maria-Louise " + "Aleksandra-Østergaard " * 8 + "Prøvesen"
FIRST = ("Anton", "Berta", "Carl", "Dagmar", "Erik", "Freja", "Gorm", "Helle", "Ib", "Jette", "Karl", "Lise")
LAST = ("Fiktivholm", "Demogaard", "Eksempelsen", "Testesen", "Prøvesen")


@dataclass
class Milepaelen:
    """The house, its address, and the case numbers by name."""

    house: House
    address: str = ""
    numbers: dict[str, str] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)

    def young(self, name: str, *events: JourneyEvent, born_on: date = date(2006, 3, 1)) -> UUID:
        """Somebody who is followed, and to whom this has happened."""
        cpr = fictional(born_on, len(self.numbers))
        with self.house.db.connection(Role.APPLICATION) as conn:
            [entered] = self.house.register.register_people(conn, [NewPerson(cpr, name, protected=False)], NOW)
        self.numbers[name], self.people[name] = entered.case_number, entered.person_id
        reason = StartReason.EDUCATION_NEED
        self._record(name, partial(start_journey, born_on=born_on, on=BEGUN, reason=reason, basis="KUI-loven"), BEGUN)
        for event in events:
            self._record(name, partial(record_fact, event=event, today=TODAY), event.on)
        return entered.person_id

    def there(self, count: int) -> None:
        """So many who have begun; the first ones have goals, talks and measurements."""
        for number in range(count):
            name = LONG if number == 2 else f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}"
            self.young(name, MilepaelenStarted(on=BEGUN + timedelta(days=number)))
            if number < 3:
                self._lives(name)

    def waits(self, name: str, *, handover: bool = True) -> None:
        """Somebody whom Beskæftigelse has referred, with a handover or without."""
        on = TODAY - timedelta(days=4)
        self.young(name, ReferredToMilepaelen(on=on, by=Party.EMPLOYMENT, purpose=FreeText("At komme op om morgenen.")))
        if handover:
            decide = partial(
                send_handover,
                handover_id=uuid4(),
                matter=Matter.INCOME_AND_WORK,
                giver=Party.EMPLOYMENT,
                receiver=Party.MILEPAELEN,
                answer_by=TODAY + timedelta(days=3),
                note=FreeText("Vil gerne arbejde med dyr og er bange for store hold."),
                on=on,
            )
            self._record(name, decide, on)

    def settled(self) -> None:
        """Wait until the lists have everything that was told."""
        give_up = monotonic() + 60
        while self.house.lists_at() < self.house.log.position():
            assert monotonic() < give_up, "the lists stand still"
            sleep(0.05)

    def stayed_away(self, name: str, *days: date) -> None:
        for day in days:
            self._record(
                name,
                partial(record_fact, event=AttendanceMarked(on=day, attendance=Attendance.STAYED_AWAY), today=TODAY),
                day,
            )

    def _lives(self, name: str) -> None:
        goal = uuid4()
        self._record(name, partial(set_goal, goal_id=goal, words=FreeText("Jeg vil være gartner."), on=BEGUN), BEGUN)
        step = partial(set_sub_goal, goal_id=uuid4(), part_of=goal, words=FreeText("Komme tre dage."), on=BEGUN)
        self._record(name, step, BEGUN)
        talk = TalkHeld(on=TODAY - timedelta(days=7), next_on=TODAY, agreed=FreeText("Besøge planteskolen."))
        self._record(name, partial(record_fact, event=talk, today=TODAY), talk.on)
        for day, score in ((date(2026, 2, 2), 2), (date(2026, 5, 4), 3), (date(2026, 8, 3), 4)):
            measured = ProgressionMeasured(
                on=day,
                belief_in_own_ability=score,
                health_mastery=3,
                labour_market_identity=score - 1,
                cooperation=5 - score,
                network=score,
                own_judgement=score,
            )
            self._record(name, partial(record_fact, event=measured, today=TODAY), day)

    def _record(self, name: str, decide: Callable[[Any], Any], on: date) -> None:
        at = datetime.combine(on, time(11), UTC)
        self.house.log.record(journey(self.people[name]), decide, by=BY, known_at=at, command_id=uuid4())


@contextmanager
def milepaelen(folder: Path) -> Iterator[Milepaelen]:
    """The program with nobody in it yet, serving."""
    db = fresh_database()
    settings = Settings(database_url=None, data=folder, schema=db.schema, port=free_port())
    house = furnish(settings, db, Secrets.for_tests(), lambda: NOW, demo=True)
    with db.connection(Role.APPLICATION) as conn:
        load_staff(conn, house.log.keys, read_municipality(demo_municipality()))
    ensure_rules(house.log, BY, NOW)
    server = uvicorn.Server(
        uvicorn.Config(create_app(house), host="127.0.0.1", port=settings.port, log_level="warning")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        sleep(0.02)
    try:
        yield Milepaelen(house, f"http://127.0.0.1:{settings.port}")
    finally:
        server.should_exit = True
        thread.join(20)
