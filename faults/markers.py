"""What an intruder finds on the disk: every text that is written carries a marker, and no marker may be found.

Looked through are all files of the server – tables, journal, temporary files, its log –, a dump, a base backup, and
what the program itself logged; for the markers as they are, in UTF-16, and in the hexadecimal that a dump writes.

Then some people are erased and the master key is changed. An intruder who kept a copy of everything from before – rows,
wrapped keys – and has now got all the keys that are left, may not open one entry, one name or one number of theirs.

The mutants: entries that are not encrypted; an erasure that no rotation follows.
"""

import logging
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from unittest.mock import patch
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag

from database import Role
from database.binaries import programs, run_as, server_user
from database.embedded import SUPERUSER
from domain.codes import ContactWay, KeyGroup, Matter, Party
from domain.events import Event, GoalInOwnWords, GuidanceTalkHeld, HandoverSent, PlanStepAgreed, TalkHeld
from domain.text import FreeText
from eventlog import Actor, ActorKind, KeyMissing, Secrets, Source, Step, journey
from eventlog.keys import FORMAT, Forged, Key, key_id_of, unwrap
from eventlog.rotating import rotate
from faults.figures import Figures, all_of, at_least, counted, none
from faults.ground import House, as_superuser, house, room
from people import schema as people_schema
from people.cpr import fictional
from people.read_log import log_search
from people.register import NewPerson, Register

HISTORY = 33
"""Entries of one person."""

BATCH = 1_000
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
BY = Actor(kind=ActorKind.STAFF, id="staff-1", unit="uu")

_SIGN = "Zqxmark"
"""What every marker begins with: no word of any language, and no bytes of any program of ours."""

_ANY = [
    re.compile(re.escape(form)) for form in (_SIGN.encode(), _SIGN.encode("utf-16-le"), _SIGN.encode().hex().encode())
]
_KEY_AND_ROW = "select key_id, stream, key_group, epoch, wrapped from log_keys where stream = any(%s)"


@dataclass(frozen=True, kw_only=True)
class Markers(Figures):
    """What was written, what was looked through, and what was found."""

    entries: int = at_least(400)
    markers: int = at_least(400)
    found_in_what_was_written: int = all_of("markers")
    megabytes_looked_through: int = counted()
    hits: int = none()
    erased_people: int = at_least(3)
    entries_kept_by_the_intruder: int = at_least(20)
    keys_kept_by_the_intruder: int = at_least(3)
    entries_opened: int = none()
    names_and_numbers_opened: int = none()
    others_unreadable: int = none()


def run(n: int, seed: int) -> Markers:
    """`n` entries; one person in twenty is erased, at most 50."""
    return _run(n, seed, rotates=True)


def without_encryption(n: int, seed: int) -> Markers:
    """The mutant that writes what it is told."""

    def seal(self: Key, plain: bytes, bound: bytes, nonce: bytes | None = None) -> bytes:  # noqa: ARG001
        return FORMAT + self.id + bytes(12) + plain

    def opened(self: Key, sealed: bytes, bound: bytes) -> bytes:  # noqa: ARG001
        return sealed[29:]

    with patch.object(Key, "seal", seal), patch.object(Key, "open", opened):
        return _run(n, seed, rotates=True)


def without_rotation(n: int, seed: int) -> Markers:
    """The mutant that believes an erasure is over when the database has forgotten."""
    return _run(n, seed, rotates=False, looks=False)


def _run(n: int, seed: int, *, rotates: bool, looks: bool = True) -> Markers:
    with room() as folder, _listening(folder / "program.log"), house(folder) as there:
        there.db.install([("people", people_schema())])
        said = _Said(Random(f"markers/{seed}"))
        people = _write(there, said, max(1, n // HISTORY), n)
        hits, size = _look(there, folder) if looks else (0, 0)
        gone = said.draw.sample(people, min(50, max(3, len(people) // 20)))
        loot = _Loot.taken(there, gone)
        _erase(there, gone)
        if rotates:
            rotate(there.db, Secrets.open(folder / "keys"), there.log.log_id)
        after, more = _look(there, folder) if looks else (0, 0)
        left = Secrets.open(folder / "keys", create=False)
        return Markers(
            entries=there.log.position(),
            markers=len(said.markers),
            found_in_what_was_written=_read_back(said, there, people, gone),
            megabytes_looked_through=(size + more) // 1_000_000,
            hits=hits + after,
            erased_people=len(gone),
            entries_kept_by_the_intruder=len(loot.rows),
            keys_kept_by_the_intruder=len(loot.wrapped),
            entries_opened=loot.entries_opened(there, left),
            names_and_numbers_opened=loot.identities_opened(there, left),
            others_unreadable=_unreadable(there, set(people) - set(gone)),
        )


class _Said:
    """Texts, each with a marker of its own."""

    def __init__(self, draw: Random) -> None:
        self.draw = draw
        self.markers: set[str] = set()
        self.of_person: dict[UUID, set[str]] = {}

    def text(self, person: UUID | None = None) -> str:
        marker = f"{_SIGN}{self.draw.getrandbits(64):016x}"
        self.markers.add(marker)
        if person is not None:
            self.of_person.setdefault(person, set()).add(marker)
        return marker

    def event(self, person: UUID, on: date) -> Event:
        """Something that is told in words: of education, of work, of the plan, of a handover, by the young person."""
        words = FreeText(f"Vil gerne {self.text(person)} til foråret")
        match self.draw.randrange(5):
            case 0:
                return GuidanceTalkHeld(on=on, way=ContactWay.PHONE, agreed=words)
            case 1:
                return TalkHeld(on=on, agreed=words)
            case 2:
                return GoalInOwnWords(on=on, words=words)
            case 3:
                return PlanStepAgreed(
                    on=on, step_id=uuid4(), what=words, responsible=Party.UU, matter=Matter.GUIDANCE, due_on=on
                )
            case _:
                return HandoverSent(
                    on=on,
                    handover_id=uuid4(),
                    matter=Matter.GUIDANCE,
                    giver=Party.UU,
                    receiver=Party.MILEPAELEN,
                    answer_by=on,
                    note=words,
                )


def _write(there: House, said: _Said, count: int, entries: int) -> list[UUID]:
    """Names into the register, what was searched for into the read log, everything else into the log."""
    register = Register(there.db, there.log.keys, there.secrets)
    new = [
        NewPerson(cpr=fictional(date(2008, 1, 1) + timedelta(days=one % 3_000), one // 3_000), name=said.text())
        for one in range(count)
    ]
    with there.db.connection(Role.APPLICATION) as conn:
        people = [one.person_id for one in register.register_people(conn, new, NOW)]
        log_search(
            conn,
            there.log.keys,
            at=NOW,
            staff_id="staff-1",
            unit_id="uu",
            party=Party.UU,
            person_ids=people[:1],
            criterion=said.text(),
            category="search",
            purpose="coordination",
            route="/soeg",
            outcome="shown",
        )
    steps = (
        Step(
            stream=journey(person),
            decide=partial(_tells, said.event(person, date(2024, 1, 1) + timedelta(days=number // count))),
            source=Source("markers", f"{said.text()}-{number}"),
        )
        for number, person in ((number, people[number % count]) for number in range(entries))
    )
    for batch in _batches(steps):
        there.log.record_many(batch, by=BY, known_at=NOW)
    logging.getLogger("overgang").warning("the scenario has written %d entries", entries)
    return people


def _tells(event: Event, _: object) -> Sequence[Event]:
    return [event]


def _batches(steps: Iterable[Step]) -> Iterator[list[Step]]:
    batch: list[Step] = []
    for step in steps:
        batch.append(step)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _look(there: House, folder: Path) -> tuple[int, int]:
    """How many markers an intruder finds, and in how many bytes."""
    with as_superuser(there) as conn:
        conn.execute("checkpoint")
    user = server_user()
    tools = programs(user)
    conninfo = there.server.conninfo(SUPERUSER)
    kept = folder / "backup"
    kept.mkdir(exist_ok=True)
    kept.chmod(0o777)  # the tools run as the server's user, who writes the backup here
    asked: dict[str, list[object]] = {
        "dump": [tools / "pg_dump", "--dbname", conninfo, "--file", kept / "dump.sql", "--no-sync"],
        "base backup": [
            *(tools / "pg_basebackup", "--dbname", conninfo, "--pgdata", kept / "base"),
            *("--wal-method=stream", "--checkpoint=fast", "--no-sync"),
        ],
    }
    for words in asked.values():
        subprocess.run([str(word) for word in words], check=True, capture_output=True, cwd="/", **run_as(user))
    hits = size = 0
    for path in [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".key"]:
        content = path.read_bytes()
        size += len(content)
        hits += sum(len(form.findall(content)) for form in _ANY)
    subprocess.run(["rm", "-rf", str(kept)], check=True)
    return hits, size


@dataclass(frozen=True, slots=True)
class _Loot:
    """What an intruder has copied of these people before they were erased."""

    rows: Sequence[tuple[UUID, int, str, str, bytes]]
    wrapped: Sequence[tuple[UUID, UUID, str, int, bytes]]
    sealed: Sequence[tuple[UUID, bytes, bytes]]

    @classmethod
    def taken(cls, there: House, people: Sequence[UUID]) -> "_Loot":
        with as_superuser(there) as conn:
            return cls(
                conn.execute(
                    "select originator_id, originator_version, topic, key_group, state from log_events"
                    " where originator_id = any(%s)",
                    [people],
                ).fetchall(),
                conn.execute(_KEY_AND_ROW, [people]).fetchall(),
                conn.execute(
                    "select person_id, name_sealed, cpr_sealed from person where person_id = any(%s)", [people]
                ).fetchall(),
            )

    def entries_opened(self, there: House, left: Secrets) -> int:
        keys = self._keys(there, left)
        return sum(_opens(keys, state, there, row) for *row, state in self.rows)

    def identities_opened(self, there: House, left: Secrets) -> int:
        keys = self._keys(there, left)
        return sum(
            _opened(keys, sealed, f"people/{column}/{person}".encode())
            for person, name, number in self.sealed
            for column, sealed in (("name", name), ("cpr", number))
        )

    def _keys(self, there: House, left: Secrets) -> dict[bytes, Key]:
        """Every old wrapped key tried under every master key that is left, whatever epoch it says."""
        found = {}
        for key_id, stream, group, epoch, wrapped in self.wrapped:
            for master in left.masters.values():
                try:
                    under = Secrets({epoch: master}, left.index_key)
                    found[key_id.bytes] = unwrap(
                        under, there.log.log_id, key_id.bytes, stream, KeyGroup(group), epoch, bytes(wrapped)
                    )
                except (Forged, KeyMissing, InvalidTag):
                    continue
        return found


def _opens(keys: dict[bytes, Key], state: bytes, there: House, row: Sequence[object]) -> bool:
    stream, version, topic, group = row
    place = there.log.log_id.bytes + UUID(str(stream)).bytes + int(str(version)).to_bytes(8)
    return _opened(keys, bytes(state), b"overgang-entry-1" + place + str(topic).encode() + b"\0" + str(group).encode())


def _opened(keys: dict[bytes, Key], sealed: bytes, bound: bytes) -> bool:
    key = keys.get(key_id_of(bytes(sealed)))
    if key is None:
        return False
    try:
        key.open(bytes(sealed), bound)
    except Forged:
        return False
    return True


def _erase(there: House, people: Sequence[UUID]) -> None:
    """As the erasure room does it: everything in one transaction, and then the pages written over."""
    register = Register(there.db, there.log.keys, there.secrets)
    with there.db.connection(Role.ERASER) as conn:
        for person in people:
            register.forget(conn, person)
            there.log.erase(conn, uuid4(), person, None, NOW)
    there.log.forget(people)
    with there.db.autocommit(Role.OWNER) as conn:
        conn.execute("vacuum log_events, log_keys, log_sources, person, person_name_prefix")


def _read_back(said: _Said, there: House, people: Sequence[UUID], gone: Sequence[UUID]) -> int:
    """How many of the markers were really written: those that are still read, and those that the erased took along."""
    lost = sum(len(said.of_person[person]) for person in gone if person in said.of_person)
    read = 0
    for person in people:
        for entry in there.another().history(person).entries if person not in gone else ():
            read += str(entry.event).count(_SIGN)
    # Names, what was searched for and the sources' ids are never read back from the log.
    told = sum(map(len, said.of_person.values()))
    return read + lost + len(said.markers) - told


def _unreadable(there: House, people: Iterable[UUID]) -> int:
    """Of those who were not erased: whose entries or name no longer open."""
    fresh = there.another()
    wanted = list(people)
    register = Register(there.db, fresh.keys, there.secrets)
    with there.db.connection(Role.APPLICATION) as conn:
        named = register.identities(conn, wanted)
    histories = fresh.histories(wanted)
    return sum(person not in named or person not in histories for person in wanted)


@contextmanager
def _listening(path: Path) -> Iterator[None]:
    """Everything that the program logs goes into this file too."""
    kept = logging.FileHandler(path)
    logging.getLogger().addHandler(kept)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(kept)
        kept.close()
