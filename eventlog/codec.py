"""Entries to canonical bytes and back. The shape is specified in docs/log-format.md, section 4."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.codes import Party
from domain.events import Event
from eventlog.entry import Actor, ActorKind
from eventlog.names import NAME_OF, STORED


class _Actor(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    kind: ActorKind
    id: str
    unit: str = ""
    role: Party | None = None


class Envelope(msgspec.Struct, frozen=True, omit_defaults=True):
    """What stands inside the ciphertext, field by field in the order they are written.

    Fields that are absent mean their default; fields that a later version adds are passed over.
    """

    entry_id: UUID
    name: str
    event: msgspec.Raw
    known_at: datetime
    actor: _Actor
    command_id: UUID | None = None
    caused_by: UUID | None = None
    about: UUID | None = None


class Unreadable(Exception):  # noqa: N818 - it names a state of an entry
    """The bytes are not an entry that this version can read. The text holds no content."""


_write = msgspec.json.Encoder().encode
_read = msgspec.json.Decoder(Envelope).decode
_READ_EVENT: dict[str, Callable[[bytes | msgspec.Raw], Any]] = {
    name: msgspec.json.Decoder(kind).decode for name, kind in STORED.items()
}


def event_bytes(event: Event) -> bytes:
    """The event alone: its stored name, a zero byte, its JSON. The same content gives the same bytes."""
    return NAME_OF[type(event)].encode() + b"\0" + _write(event)


def event_of(raw: bytes) -> Event:
    """The event that `event_bytes` made these bytes of. Raises Unreadable."""
    name, _, written = raw.partition(b"\0")
    read_event = _READ_EVENT.get(name.decode("ascii", "replace"))
    if read_event is None:
        raise Unreadable("no event is called that")
    try:
        event: Event = read_event(written)
    except msgspec.MsgspecError:
        raise Unreadable("an event's bytes do not have the shape of its name") from None
    return event


def to_bytes(
    *,
    entry_id: UUID,
    event: Event,
    known_at: datetime,
    actor: Actor,
    command_id: UUID | None,
    caused_by: UUID | None,
    about: UUID | None,
) -> bytes:
    """The canonical bytes of an entry: UTF-8 JSON without white space, fields in the order of `Envelope`."""
    return _write(
        Envelope(
            entry_id=entry_id,
            name=NAME_OF[type(event)],
            event=msgspec.Raw(_write(event)),
            known_at=known_at.astimezone(UTC),
            actor=_Actor(kind=actor.kind, id=actor.id, unit=actor.unit, role=actor.role),
            command_id=command_id,
            caused_by=caused_by,
            about=about,
        )
    )


def from_bytes(raw: bytes) -> dict[str, Any]:
    """The fields of an entry, each checked against its type. Raises Unreadable."""
    try:
        envelope = _read(raw)
        read_event = _READ_EVENT.get(envelope.name)
        if read_event is None:
            raise Unreadable(f"no event is called {envelope.name[:60]}")
        event = read_event(envelope.event)
    except msgspec.MsgspecError:
        # The library's text names the field and may quote the value; the value must not travel.
        raise Unreadable("an entry's bytes do not have the shape of its name") from None
    actor = envelope.actor
    return {
        "entry_id": envelope.entry_id,
        "event": event,
        "known_at": envelope.known_at,
        "actor": Actor(kind=actor.kind, id=actor.id, unit=actor.unit, role=actor.role),
        "command_id": envelope.command_id,
        "caused_by": envelope.caused_by,
        "about": envelope.about,
    }
