"""What one attempt to write decides: entries, deliveries and outcomes, on the streams as they were read.

Nothing is written here, and nothing is read; an attempt that lost a race is thrown away and made anew.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from domain.catalogue import BY_TYPE, class_of
from domain.events import Event
from domain.refused import Refused
from eventlog.codec import event_bytes
from eventlog.entry import Actor, Entry, Stream
from eventlog.folding import Folded, State
from eventlog.ledger import NOTHING, Gone
from eventlog.recorder import Delivered, Moved
from eventlog.secrets import Secrets

Decide = Callable[[Any], Sequence[Event]]
"""From what is known of a stream (Journey, Meeting or Municipality) to the events that follow; may raise Refused."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who delivered a fact, and what they call it. The id is kept as an HMAC only: it may hold a CPR number."""

    system: str
    id: str

    def key(self, secrets: Secrets) -> bytes:
        """How the delivery is known again (docs/log-format.md, section 5)."""
        return secrets.hmac("source", self.system.encode() + b"\0" + self.id.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One decision on one stream. `entry_ids` are given to the first events, where others must point at them.

    `about`: the last event corrects or withdraws the fact of this entry on the same stream. `moved_from`: it is what
    this entry on another stream said; what was delivered as that one counts as delivered as this one from now on.
    """

    stream: Stream
    decide: Decide
    source: Source | None = None
    known_at: datetime | None = None
    entry_ids: tuple[UUID, ...] = ()
    about: UUID | None = None
    moved_from: UUID | None = None


class OutcomeKind(StrEnum):
    """What became of a step."""

    APPENDED = "appended"
    NOTHING = "nothing"
    CORRECTED = "corrected"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a step; `reason` is the code of a refusal."""

    kind: OutcomeKind
    entry_ids: tuple[UUID, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What all entries of one call have in common. `together`: a refusal refuses everything."""

    by: Actor
    known_at: datetime
    together: bool
    command_id: UUID | None = None
    caused_by: UUID | None = None
    recorded_at: datetime | None = None

    def entry(self, step: Step, version: int, entry_id: UUID, event: Event, about: UUID | None) -> Entry:
        """The event as an entry that has no place in the log yet."""
        declared = BY_TYPE[type(event)]
        if declared.stream is not step.stream.kind:
            raise TypeError(f"{declared.code} does not belong on a {step.stream.kind} stream")
        return Entry(
            stream=step.stream.id,
            version=version,
            kind=step.stream.kind,
            group=class_of(event).group,
            position=0,
            recorded_at=self.known_at,
            entry_id=entry_id,
            event=event,
            known_at=step.known_at or self.known_at,
            actor=self.by,
            command_id=self.command_id,
            caused_by=step.moved_from or self.caused_by,
            about=about,
        )


class Draft:
    """One attempt. `entries` are in the order in which they will stand in the log.

    `past` are the entries of each stream that come after `before`, the version and state it is remembered with;
    `versions` is how far each has come, counting what was erased, and `gone` what was.
    Raises NeedsWhole when a correction reaches behind what is remembered.
    """

    def __init__(
        self,
        writing: Writing,
        secrets: Secrets,
        streams: Iterable[Stream],
        past: Mapping[UUID, Sequence[Entry]],
        before: Mapping[UUID, tuple[int, State]],
        delivered: Mapping[bytes, Delivered],
        *,
        versions: Mapping[UUID, int],
        gone: Mapping[UUID, Gone] = MappingProxyType({}),
    ) -> None:
        self.entries: list[Entry] = []
        self.outcomes: list[Outcome] = []
        self._writing = writing
        self._secrets = secrets
        self.folded = {
            one.id: Folded(one, past.get(one.id, []), before.get(one.id), versions[one.id]) for one in streams
        }
        self._gone = gone
        self._known = dict(delivered)
        self._delivered: dict[bytes, Delivered] = {}
        self.moved: list[Moved] = []

    @property
    def delivered(self) -> list[Delivered]:
        """The deliveries that are new or say something else than before; each once."""
        return list(self._delivered.values())

    def decide(self, step: Step) -> None:
        """Let one step be decided on everything before it, also what this attempt decided. May raise Refused."""
        try:
            outcome = self._decide(step)
        except Refused as refusal:
            if self._writing.together:
                raise
            outcome = Outcome(kind=OutcomeKind.REFUSED, reason=refusal.reason)
        self.outcomes.append(outcome)

    def _decide(self, step: Step) -> Outcome:
        if self._gone.get(step.stream.id, NOTHING).whole is not None:
            raise Refused("erased")
        events = list(step.decide(self.folded[step.stream.id].state))
        if step.source is not None and events:
            return self._deliver(step, step.source.key(self._secrets), events)
        if step.about is not None and events:
            self._must_stay_in_its_class(step, step.about, events[-1])
        ids = self._add(step, events, step.about)
        if step.moved_from is not None and ids:
            self.moved.append(Moved(step.moved_from, step.about or ids[-1], step.stream.id))
        return Outcome(kind=OutcomeKind.APPENDED if ids else OutcomeKind.NOTHING, entry_ids=ids)

    def _deliver(self, step: Step, source_key: bytes, events: Sequence[Event]) -> Outcome:
        """The same content again is nothing; other content corrects what was delivered first.

        The last event is what was delivered; those before it had to come first.
        """
        content = self._secrets.hmac("content", event_bytes(events[-1]))
        before = self._known.get(source_key)
        if before is not None and before.stream != step.stream.id:
            raise Refused("delivered-for-another")
        if before is not None and before.content == content:
            return Outcome(kind=OutcomeKind.NOTHING)
        if before is not None:
            self._must_stay_in_its_class(step, before.entry_id, events[-1])
        about = before.entry_id if before else None
        ids = self._add(step, events, about)
        now = Delivered(source_key, content, about or ids[-1], step.stream.id)
        self._known[source_key] = self._delivered[source_key] = now
        return Outcome(kind=OutcomeKind.CORRECTED if about else OutcomeKind.APPENDED, entry_ids=ids)

    def _must_stay_in_its_class(self, step: Step, about: UUID, event: Event) -> None:
        """A correction in another class would leave the old fact standing for those who cannot open the new one."""
        first = self.folded[step.stream.id].entry(about)
        if first is None and self._gone.get(step.stream.id, NOTHING).groups:
            raise Refused("erased")
        if first is None and step.about is not None:
            # It would be a fact of its own, beside what it was meant to correct.
            raise LookupError("the entry that it is about is not on this stream")
        if first and class_of(first.event) is not class_of(event):
            raise Refused("delivered-as-another-class" if step.source else "corrected-as-another-class")

    def _add(self, step: Step, events: Sequence[Event], about: UUID | None = None) -> tuple[UUID, ...]:
        """Add these events; the last one is about the entry that it corrects, if it does."""
        folded = self.folded[step.stream.id]
        ids = (*step.entry_ids, *(uuid4() for _ in events))[: len(events)]
        gone = self._gone.get(step.stream.id, NOTHING)
        if any(gone.refuses(class_of(event).group, event.on) for event in events):
            raise Refused("erased")
        for entry_id, event in zip(ids, events, strict=True):
            corrects = about if entry_id == ids[-1] else None
            entry = self._writing.entry(step, folded.version + 1, entry_id, event, corrects)
            folded.add(entry)
            self.entries.append(entry)
        return ids
