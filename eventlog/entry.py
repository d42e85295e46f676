"""One line of the log."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from domain.codes import KeyGroup, Party, StreamKind
from domain.events import Event
from domain.facts import Fact


class ActorKind(StrEnum):
    """Who can write an entry."""

    STAFF = "staff"
    SYSTEM = "system"
    IMPORT = "import"
    CITIZEN = "citizen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who wrote an entry: a staff id, a profile's name, never a person's name."""

    kind: ActorKind
    id: str
    unit: str = ""
    role: Party | None = None


class Stream(NamedTuple):
    """Which history: a young person's journey, a meeting, or the municipality."""

    id: UUID
    kind: StreamKind


def journey(person: UUID) -> Stream:
    """The stream of one young person."""
    return Stream(person, StreamKind.JOURNEY)


def meeting(meeting_id: UUID) -> Stream:
    """The stream of one meeting."""
    return Stream(meeting_id, StreamKind.MEETING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What happened, who wrote it down, and its three times.

    `position` (gapless from 1, 0 before it is appended) and `recorded_at` are given by the database.
    `about` is the entry that this one corrects; `caused_by` the decision, batch or entry that led to it.
    """

    stream: UUID
    version: int
    kind: StreamKind
    group: KeyGroup
    position: int
    recorded_at: datetime
    entry_id: UUID
    event: Event
    known_at: datetime
    actor: Actor
    command_id: UUID | None = None
    caused_by: UUID | None = None
    about: UUID | None = None

    # The names that the eventsourcing library looks for.
    @property
    def originator_id(self) -> UUID:
        return self.stream

    @property
    def originator_version(self) -> int:
        return self.version

    def fact(self) -> Fact:
        """The entry as the domain sees it."""
        return Fact(
            entry_id=self.entry_id,
            event=self.event,
            known_at=self.known_at,
            recorded_at=self.recorded_at,
            position=self.position,
            about=self.about,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """An entry whose group was not opened: that it is there is known, not what it says."""

    stream: UUID
    version: int
    kind: StreamKind
    group: KeyGroup
    position: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """An entry that was erased: its place in the log stands, its key and its ciphertext are gone.

    Ordinary to every reader; it teaches nothing. The erasure ledger says when it was done.
    """

    stream: UUID
    version: int
    kind: StreamKind
    group: KeyGroup
    position: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """One stream, oldest first: what may be read, and what is there beside it."""

    entries: list[Entry] = field(default_factory=list)
    closed: list[Closed] = field(default_factory=list)
    erased: list[Erased] = field(default_factory=list)
