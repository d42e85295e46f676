"""A small town in which somebody is erased: files were imported, lists kept, and all of Ane's texts carry a mark."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import erasure
import eventlog
from database import Database, Role
from domain.choices import CloseReason
from domain.codes import KeyGroup, PlacementForm
from domain.decisions import close_journey, record_fact, say_goal
from domain.events import PlacementStarted
from domain.text import FreeText
from erasure import Archive, Eraser, Ground, Intents
from erasure.deciding import Proposed
from erasure.lists import READ_TABLES
from eventlog import Actor, ActorKind, EventLog, Secrets, journey
from people.cpr import Cpr
from people.register import Register
from people.relatives import Relation, add_relative
from people.staff import demo_municipality, load_staff, read_municipality
from projections import tables
from projections.closing_days import ensure_rules
from projections.follow import Follower
from tests.four import FOUR
from tests.intake.kinds import OURS
from tests.intake.office import ANE, BO, PEOPLE, UU, Office, break_off, person, told
from tests.servers import EVERY_ROOM, furnished_database

NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)
MARK = "Zqxmærke"
"""Stands in every text about Ane, and in nothing else."""

PLACED = "CPR-nr.;Fra;Sted"
LEADER, OTHER_LEADER, WORKER = "finn-familiechef", "ulla-uddannelsesleder", "jens-raadgiver"
BY = Actor(kind=ActorKind.STAFF, id=WORKER, unit="boern-og-familie")
SYSTEM = Actor(kind=ActorKind.SYSTEM, id="test")


class Killed(Exception):
    """The process ends here."""


@dataclass
class Town(Office):
    keys: Path = field(default_factory=Path)

    @property
    def eraser(self) -> Eraser:
        """As a process of its own has it."""
        return Eraser(self.another().receiving, Intents(self.keys))

    def another(self) -> "Town":
        """The same town, seen by another process."""
        log = EventLog(self.db, Secrets.open(self.keys))
        return Town(self.db, log, Register(self.db, log.keys, self.secrets), self.secrets, self.folder, OURS, self.keys)

    def id_of(self, cpr: str) -> UUID:
        with self.db.connection(Role.APPLICATION) as conn:
            return self.register.find_by_cpr(conn, [Cpr(cpr)])[Cpr(cpr)]

    def case_number(self, cpr: str) -> str:
        with self.db.connection(Role.APPLICATION) as conn:
            found = self.register.identities(conn, [self.register.find_by_cpr(conn, [Cpr(cpr)])[Cpr(cpr)]])
        return next(iter(found.values())).case_number

    def happens(self, cpr: str, decide: Any, by: Actor = BY) -> None:
        self.log.record(journey(self.id_of(cpr)), decide, by=by, known_at=NOW, command_id=uuid4(), recorded_at=NOW)

    def closes(self, cpr: str) -> None:
        self.happens(cpr, partial(close_journey, reason=CloseReason.TURNED_30, on=NOW.date()))

    def follow(self) -> Follower:
        follower = Follower(self.db, self.log)
        while follower.catch_up():
            pass
        return follower

    def proposes(self, cpr: str = ANE, **more: Any) -> Proposed:
        asked: dict[str, Any] = {
            "ground": Ground.REGISTERED_IN_ERROR,
            "archive": Archive.MAY_BE_DISCARDED,
            "reference": "Bestemmelse 7, stk. 2",
            "by": LEADER,
            "now": NOW,
        }
        return self.eraser.deciding.propose(self.case_number(cpr), **asked | more)

    def decides(self, cpr: str = ANE, **more: Any) -> UUID:
        """Proposed and confirmed; the answer is its id."""
        erasure_id = self.proposes(cpr, **more).erasure.erasure_id
        self.eraser.deciding.confirm(erasure_id, by=OTHER_LEADER, now=NOW)
        return erasure_id

    def erases(self, cpr: str = ANE, **more: Any) -> UUID:
        erasure_id = self.decides(cpr, **more)
        self.eraser.carry_out(erasure_id, now=NOW)
        return erasure_id

    def left_of(self, person_id: UUID) -> dict[str, int]:
        """In how many rows of which tables somebody still is, beside the rows that must stay."""
        found = {}
        for name, column in _WHERE.items():
            with self.db.connection(Role.OWNER) as conn:
                row = conn.execute(f"select count(*) from {name} where {column}".encode(), [person_id]).fetchone()
            if row and row[0]:
                found[name] = int(row[0])
        return found

    def count(self, table: str) -> int:
        return int(self.rows(f"select count(*) from {table}")[0][0])

    def opened(self) -> str:
        """All that can still be opened with the keys there are: entries, and what is sealed anywhere."""
        texts = [repr(entry) for entry in self.another().log.after(0, 10_000)]
        keys = self.another().log.keys
        for name, column, bound in _SEALED:
            with self.db.connection(Role.OWNER) as conn:
                rows = conn.execute(f"select {column}, {bound} from {name}".encode()).fetchall()
                for sealed, where in rows:
                    key = keys.find_many(conn, [bytes(sealed)[1:17]]).get(bytes(sealed)[1:17])
                    if key:
                        texts.append(key.open(bytes(sealed), _bound(name, where)).decode("utf-8", "replace"))
        return "\n".join(texts)


_WHERE = {
    "log_events": "originator_id = %s and state <> ''",
    "log_keys": "stream = %s",
    "log_sources": "stream = %s",
    "person": "person_id = %s",
    "person_name_prefix": "person_id = %s",
    "relative": "person_id = %s",
    "listed": "person_id = %s",
    "proposal": "person_id = %s",
} | dict.fromkeys(READ_TABLES, "person_id = %s")

_SEALED = (
    ("person", "name_sealed", "'people/name/' || person_id"),
    ("person", "cpr_sealed", "'people/cpr/' || person_id"),
    ("relative", "name_sealed", "'people/relative/' || person_id || '/' || reference"),
    ("set_aside", "raw_sealed", "row_key"),
    ("listed", "sealed", "source_key"),
    ("proposal", "sealed", "proposal_id"),
)


def _bound(_: str, where: Any) -> bytes:
    if isinstance(where, UUID):
        return where.bytes
    return where.encode() if isinstance(where, str) else bytes(where)


@contextmanager
def open_town(folder: Path) -> Iterator[Town]:
    """Ane and Bo: entries in several groups, relatives, rows set aside, a place on a full list, a proposed end."""
    keys = folder / "keys"
    with furnished_database(*EVERY_ROOM) as db:
        eventlog.install(db, municipality="Demo", demo=True)
        install(db)
        secrets = Secrets.open(keys)
        log = EventLog(db, secrets)
        town = Town(db, log, Register(db, log.keys, secrets), secrets, folder, OURS, keys)
        _begin(town)
        yield town


def install(db: Database) -> None:
    """Every room's tables."""
    import intake
    import people

    db.install(
        [
            ("people", people.schema()),
            ("projections", tables.schema()),
            ("intake", intake.schema()),
            ("erasure", erasure.schema()),
        ]
    )


def _begin(town: Town) -> None:
    with town.db.connection(Role.APPLICATION) as conn:
        load_staff(conn, town.log.keys, read_municipality(demo_municipality()))
    long_ago = NOW - timedelta(days=200)
    ensure_rules(town.log, SYSTEM, long_ago, text=FOUR, recorded_at=long_ago)
    town.take(
        town.put("cpr.csv", PEOPLE, person(ANE, first=f"{MARK}navn"), person(BO, first="Bodil")),
        now=long_ago,
        recorded_at=long_ago,
    )
    town.take(
        town.put(
            "uu.csv",
            UU,
            break_off(ANE, "1"),
            break_off(BO, "2"),
            told(ANE, "3", f"{MARK} ukendt hændelse", "02-11-2026"),
            told(BO, "4", "ukendt hændelse om Bo", "02-11-2026"),
        ),
        recorded_at=NOW,
    )
    for number, rows in enumerate(([_placed(ANE), _placed(BO)], [_placed(BO)]), start=1):
        town.take(town.put(f"liste-{number}.csv", PLACED, *rows), recorded_at=NOW)
    for cpr, name in ((ANE, f"{MARK} mor"), (BO, "Bos mor")):
        with town.db.connection(Role.APPLICATION) as conn:
            add_relative(conn, town.log.keys, town.id_of(cpr), name, Relation.PARENT, NOW)
        town.happens(cpr, partial(say_goal, words=FreeText(f"{name} siger det"), on=NOW.date()))
    town.follow()


def _placed(cpr: str) -> str:
    return f"{cpr};05-01-2026;Familie"


def placed_on(day: date) -> Callable[..., Any]:
    event = PlacementStarted(on=day, form=PlacementForm.OTHER)
    return partial(record_fact, event=event, today=NOW.date())


SOCIAL = KeyGroup.SOCIAL
