"""People are erased one after another while writers who know them go on: nothing of theirs comes back.

Every writer has a memory of its own, with the keys and the state of everybody. They write facts and deliver with a
source. Once an erasure is confirmed, all of that must be refused, and no key may be made again.

The mutant ends every group of theirs, long ago, and not the person: keys and ciphertexts go, and the file stays open.
"""

import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from threading import Event as Stop
from threading import Lock
from uuid import UUID, uuid4

from benchmarks.lives import BY, NOW
from database import Role, Unavailable
from domain.codes import ContactWay, KeyGroup
from domain.events import ContactTried
from domain.refused import Refused
from eventlog import Contended, EventLog, OutcomeKind, Source, Step, journey
from faults.figures import Figures, all_of, at_least, counted, none
from faults.ground import House, as_superuser, at_work, house, room

WRITERS, ERASED, OTHERS = 4, 10, 10
_DAY = date(2026, 1, 5)
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_ERASED_CODE = "erased"


@dataclass(frozen=True, kw_only=True)
class Late(Figures):
    """What came of it."""

    people_erased: int = at_least(1)
    late_events: int = at_least(20)
    refused_as_erased: int = all_of("late_events")
    written_for_others_meanwhile: int = at_least(20)
    told_contended: int = counted()
    keys_made_again: int = none()
    entries_of_the_erased_that_open: int = none()
    ciphertexts_of_the_erased: int = none()
    other_errors: int = none()


def run(n: int, seed: int) -> Late:
    """`n` late events, or a few more."""
    return _run(n, seed)


def ending_groups_alone(n: int, seed: int) -> Late:
    """The mutant."""
    return _run(n, seed, only_groups=True)


@dataclass(slots=True)
class Town:
    """Who has been erased so far, and what the writers were answered."""

    people: list[UUID]
    gone: list[UUID] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def write(self, log: EventLog, draw: Random, wanted: int, stop: Stop) -> None:
        """Write about anybody until so many have come too late."""
        while self.answers["late"] < wanted and not self.answers["broken"] and not stop.is_set():
            # Somebody who is erased before this is asked must be refused; of the others one cannot know.
            gone = list(self.gone)
            person = draw.choice(gone) if gone and draw.random() < 0.5 else draw.choice(self.people)
            answer = self._ask(log, person, draw)
            with self.lock:
                self.answers["late"] += person in gone and answer != "contended"
                self.answers["late and refused"] += person in gone and answer == _ERASED_CODE
                self.answers["for others"] += person not in self.gone and answer == "written"
                self.answers[answer] += 1

    @staticmethod
    def _ask(log: EventLog, person: UUID, draw: Random) -> str:
        event = ContactTried(on=_DAY + timedelta(days=draw.randrange(300)), way=draw.choice(list(ContactWay)))
        stream = journey(person)
        try:
            if draw.random() < 0.5:
                log.record(stream, lambda _: [event], by=BY, known_at=NOW, command_id=uuid4())
                return "written"
            step = Step(stream=stream, decide=lambda _: [event], source=Source("faults", str(draw.getrandbits(64))))
            [outcome] = log.record_many([step], by=BY, known_at=NOW)
        except Refused as refusal:
            return refusal.reason
        except (Contended, Unavailable):
            return "contended"
        except Exception as fault:  # noqa: BLE001 - whatever else it is, it is counted as a fault of ours
            print(f"a late event was answered with {type(fault).__name__}", file=sys.stderr)
            return "broken"
        return str(outcome.reason) if outcome.kind is OutcomeKind.REFUSED else "written"


def _run(n: int, seed: int, *, only_groups: bool = False) -> Late:
    draw = Random(f"late/{seed}")
    people = [UUID(int=draw.getrandbits(128), version=4) for _ in range(ERASED + OTHERS)]
    with room() as folder, house(folder) as opened:
        town = Town(people)
        logs = [opened.another() for _ in range(WRITERS)]
        for log in logs:  # each knows everybody, with their keys
            steps = [Step(stream=journey(person), decide=_first) for person in people]
            log.record_many(steps, by=BY, known_at=NOW)
        with at_work() as begin:
            for number, person in enumerate(people[:ERASED]):
                _erase(opened, town, person, only_groups=only_groups)
                if number == 0:
                    for writer, log in enumerate(logs):
                        begin(partial(town.write, log, Random(f"late/{seed}/{writer}"), n))
                _wait_for_late(town, n * number // ERASED)
            _wait_for_late(town, n)
        return _figures(opened, town)


def _first(_: object) -> list[ContactTried]:
    return [ContactTried(on=_DAY, way=ContactWay.PHONE)]


def _erase(opened: House, town: Town, person: UUID, *, only_groups: bool) -> None:
    with opened.db.connection(Role.ERASER) as conn:
        if only_groups:
            for group in KeyGroup:
                opened.log.erase(conn, uuid4(), person, group, _LONG_AGO)
        else:
            opened.log.erase(conn, uuid4(), person, None, NOW)
    town.gone.append(person)


def _wait_for_late(town: Town, wanted: int) -> None:
    pause = Stop()
    for _ in range(6_000):
        if town.answers["late"] >= wanted or town.answers["broken"]:
            return
        pause.wait(0.01)
    raise TimeoutError("the writers write no more")


def _figures(opened: House, town: Town) -> Late:
    gone = town.gone
    with as_superuser(opened) as conn:
        row = conn.execute("select count(*) from log_keys where stream = any(%s)", [gone]).fetchone()
        there = conn.execute(
            "select count(*) from log_events where originator_id = any(%s) and state <> ''", [gone]
        ).fetchone()
    return Late(
        people_erased=len(gone),
        late_events=town.answers["late"],
        refused_as_erased=town.answers["late and refused"],
        written_for_others_meanwhile=town.answers["for others"],
        told_contended=town.answers["contended"],
        keys_made_again=row[0] if row else 0,
        entries_of_the_erased_that_open=_opened(opened.another(), gone),
        ciphertexts_of_the_erased=there[0] if there else 0,
        other_errors=town.answers["broken"],
    )


def _opened(log: EventLog, gone: list[UUID]) -> int:
    """How much of the erased can be read."""
    return sum(len(log.history(person).entries) for person in gone)
