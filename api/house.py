"""Everything a request needs, put together once at the start."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from time import monotonic, sleep

import erasure
import intake
import people
from api.disk_alarm import DiskAlarm
from api.settings import Settings
from database import Database, Role, open_database
from domain.facts import civil_date
from erasure import Eraser, Intents
from eventlog import Actor, ActorKind, EventLog, Secrets, install
from intake import Office
from people.register import Register
from projections import tables as projections
from projections.follow import Follower, position
from projections.parked import Freshness, freshness

MOST_WAITING = 0.5  # seconds a form waits for the lists to catch up


@dataclass
class House:
    """The rooms, opened. Closed again by `close`."""

    settings: Settings
    db: Database
    secrets: Secrets
    log: EventLog
    register: Register
    clock: Callable[[], datetime]
    finished_erasures: int = 0
    """Erasures that had begun before this start and were finished by it."""
    _stop: threading.Event = field(default_factory=threading.Event)
    _following: threading.Thread | None = None
    _watching: threading.Thread | None = None

    @property
    def now(self) -> datetime:
        return self.clock()

    @property
    def today(self) -> date:
        """The date in Denmark."""
        return civil_date(self.clock())

    @property
    def eraser(self) -> Eraser:
        """Erases people in this house; what must stay erased is written beside the keys."""
        return Eraser(Office(self.db, self.log, self.register, self.secrets), Intents(self.settings.keys))

    def follow(self) -> None:
        """Keep the lists up with the log, and an eye on the disk, in threads of their own, until `close`."""
        follower = Follower(self.db, self.log)
        self._following = threading.Thread(target=follower.run, args=[self._stop], name="follower")
        self._following.start()
        alarm = DiskAlarm([self.settings.data, self.settings.keys])
        self._watching = threading.Thread(target=alarm.watch, args=[self._stop], name="disk-alarm", daemon=True)
        self._watching.start()

    def wait_for_lists(self, position: int) -> bool:
        """Wait until the lists have taken in this position; False when that takes longer than a person waits."""
        give_up = monotonic() + MOST_WAITING
        while self.lists_at() < position:
            if monotonic() > give_up:
                return False
            sleep(0.005)
        return True

    def lists_at(self) -> int:
        """How far the lists have come in the log."""
        with self.db.connection(Role.APPLICATION) as conn:
            return position(conn)

    def freshness(self) -> Freshness:
        """How far the lists have come in the log, and how many people they do not follow."""
        with self.db.connection(Role.APPLICATION) as conn:
            return freshness(conn)

    def close(self) -> None:
        """Stop following, close the connections, and stop the database server if it is ours."""
        self._stop.set()
        if self._following is not None:
            self._following.join(timeout=10)
        self.db.close()


SYSTEM = Actor(kind=ActorKind.SYSTEM, id="overgang")


def open_house(settings: Settings, clock: Callable[[], datetime], *, demo: bool) -> House:
    """Open the database and keys, make what is missing, and load the rules. Raises DatabaseRefused, SecretsRefused."""
    db = open_database(url=settings.database_url, folder=settings.data, schema=settings.schema)
    try:
        return furnish(settings, db, Secrets.open(settings.keys), clock, demo=demo)
    except BaseException:
        db.close()
        raise


def furnish(settings: Settings, db: Database, secrets: Secrets, clock: Callable[[], datetime], *, demo: bool) -> House:
    """The house in a database that is open already."""
    install(db, municipality=settings.schema, demo=demo)
    db.install(
        [
            ("people", people.schema()),
            ("projections", projections.schema()),
            ("intake", intake.schema()),
            ("erasure", erasure.schema()),
        ]
    )
    log = EventLog(db, secrets)
    register = Register(db, log.keys, secrets)
    house = House(settings=settings, db=db, secrets=secrets, log=log, register=register, clock=clock)
    # A backup that was restored may hold people who have been erased since it was made.
    house.finished_erasures = house.eraser.finish_begun(now=clock())
    return house
