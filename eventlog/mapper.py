"""The seam to the eventsourcing library: entries to stored rows and back, encrypted on the way."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, Notification, StoredEvent

from domain.codes import KeyGroup, StreamKind
from eventlog.codec import from_bytes, to_bytes
from eventlog.entry import Closed, Entry, Erased
from eventlog.keys import Key, KeyMissing, key_id_of

TOPIC = "entry-1"
"""The only topic: what kind of event it is stays inside the ciphertext."""


@dataclass(frozen=True)
class StoredEntry(StoredEvent):
    """A row of the log. `id` is its position, 0 before it has one."""

    kind: StreamKind
    group: KeyGroup
    recorded_at: datetime | None = None
    id: int = 0


@dataclass(frozen=True)
class EntryNotification(Notification):
    """A row of the log, as the library's subscriptions hand it out."""

    kind: StreamKind
    group: KeyGroup
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Sealing:
    """An entry together with the key that closes it: what the library's store is given to put."""

    entry: Entry
    key: Key

    @property
    def originator_id(self) -> UUID:
        return self.entry.stream

    @property
    def originator_version(self) -> int:
        return self.entry.version


class EntryMapper(Mapper[UUID]):
    """Closes and opens entries. `library_reads` opens a row for readers that come through the library."""

    def __init__(self, log_id: UUID, library_reads: Callable[["StoredEntry"], Entry | Erased]) -> None:
        super().__init__(JSONTranscoder())
        self._log_id = log_id
        self._library_reads = library_reads

    def seal(self, entry: Entry, key: Key, nonce: bytes | None = None) -> StoredEntry:
        """The row of this entry, closed with this key. `nonce` is given by test vectors only."""
        plain = canonical(entry)
        bound = bound_to(self._log_id, entry.stream, entry.version, TOPIC, entry.group)
        return StoredEntry(
            originator_id=entry.stream,
            originator_version=entry.version,
            topic=TOPIC,
            state=key.seal(plain, bound, nonce),
            kind=entry.kind,
            group=entry.group,
        )

    def open(self, row: StoredEntry, keys: Mapping[bytes, Key]) -> Entry:
        """The entry of this row. Raises KeyMissing, Forged or Unreadable."""
        key_id = key_id_of(row.state)
        key = keys.get(key_id)
        if key is None:
            raise KeyMissing(f"the key {key_id.hex()} is missing")
        stream = _uuid(row.originator_id)
        bound = bound_to(self._log_id, stream, row.originator_version, row.topic, row.group)
        fields = from_bytes(key.open(row.state, bound))
        return Entry(
            stream=stream,
            version=row.originator_version,
            kind=row.kind,
            group=row.group,
            position=row.id,
            recorded_at=_stamped(row.recorded_at),
            **fields,
        )

    @staticmethod
    def closed(row: StoredEntry) -> Closed:
        """What may be known of a row whose group is not opened."""
        return Closed(
            stream=_uuid(row.originator_id),
            version=row.originator_version,
            kind=row.kind,
            group=row.group,
            position=row.id,
            recorded_at=_stamped(row.recorded_at),
        )

    @staticmethod
    def erased(row: StoredEntry) -> Erased:
        """What is left of a row that was erased."""
        return Erased(
            stream=_uuid(row.originator_id),
            version=row.originator_version,
            kind=row.kind,
            group=row.group,
            position=row.id,
            recorded_at=_stamped(row.recorded_at),
        )

    # The two verbs of the library.
    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        if not isinstance(domain_event, Sealing):
            raise TypeError("the log keeps entries with their keys")
        return self.seal(domain_event.entry, domain_event.key)

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        if isinstance(stored_event, EntryNotification):
            stored_event = StoredEntry(**{one.name: getattr(stored_event, one.name) for one in fields(StoredEntry)})
        if not isinstance(stored_event, StoredEntry):
            raise TypeError("the row lacks the columns that entries have")
        return self._library_reads(stored_event)


def canonical(entry: Entry) -> bytes:
    """The entry's canonical bytes: what is encrypted, and what a handover's digest is taken of."""
    return to_bytes(
        entry_id=entry.entry_id,
        event=entry.event,
        known_at=entry.known_at,
        actor=entry.actor,
        command_id=entry.command_id,
        caused_by=entry.caused_by,
        about=entry.about,
    )


def bound_to(log_id: UUID, stream: UUID, version: int, topic: str, group: KeyGroup) -> bytes:
    """What a ciphertext is bound to, so that a row moved anywhere else cannot be opened."""
    place = log_id.bytes + stream.bytes + version.to_bytes(8)
    return b"overgang-entry-1" + place + topic.encode() + b"\0" + group.encode()


def key_ids(rows: Iterable[StoredEvent]) -> set[bytes]:
    """Which keys these rows need."""
    return {key_id_of(row.state) for row in rows}


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _stamped(instant: datetime | None) -> datetime:
    if instant is None:
        raise TypeError("the row has not been read from the log")
    return instant
