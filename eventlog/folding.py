"""What decisions see of a stream: its facts with corrections applied, folded."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from domain import journey, meeting, municipality
from domain.codes import StreamKind
from domain.events import Event
from domain.facts import life_of
from eventlog.entry import Entry, Stream

State = journey.Journey | meeting.Meeting | municipality.Municipality

_FOLD: dict[StreamKind, Callable[[Iterable[Event]], State]] = {
    StreamKind.JOURNEY: journey.fold,
    StreamKind.MEETING: meeting.fold,
    StreamKind.MUNICIPALITY: municipality.fold,
}


class NeedsWhole(Exception):  # noqa: N818 - it names what is needed
    """A correction changes what was folded before it, and only the end of the stream is here."""

    def __init__(self, stream: UUID) -> None:
        super().__init__(str(stream))
        self.stream = stream


class Folded:
    """One stream as far as it has come; folded when it is first asked for.

    `before` is the version and state that the entries come after, when they are not the whole stream. `version` is
    how far the stream has come, when its last entries were erased and are not here.
    """

    def __init__(
        self,
        stream: Stream,
        entries: Sequence[Entry],
        before: tuple[int, State] | None = None,
        version: int | None = None,
    ) -> None:
        self.stream = stream
        self._entries: list[Entry] = []
        self._is_whole = before is None
        self._version: int = before[0] if before else 0
        self._state: State | None = before[1] if before else None
        for entry in entries:
            self.add(entry)
        self._version = self._version if version is None else version

    @property
    def version(self) -> int:
        """The version of the last entry; 0 when there is none."""
        return self._version

    def entry(self, entry_id: UUID) -> Entry | None:
        """The entry with this id, if the stream has it. Raises NeedsWhole when only the end of it is here."""
        if not self._is_whole:
            raise NeedsWhole(self.stream.id)
        return next((entry for entry in self._entries if entry.entry_id == entry_id), None)

    @property
    def is_folded(self) -> bool:
        """The state is at hand."""
        return self._state is not None

    @property
    def state(self) -> State:
        if self._state is None:
            self._state = state_of(self.stream.kind, self._entries)
        return self._state

    def add(self, entry: Entry) -> None:
        """Let one more entry have been appended. Raises NeedsWhole."""
        self._entries.append(entry)
        self._version = entry.version
        if self._state is None:
            return
        if entry.about is None and isinstance(self._state, journey.Journey):
            self._state = journey.evolve(self._state, entry.event)
        elif entry.about is None and isinstance(self._state, meeting.Meeting):
            self._state = meeting.evolve(self._state, entry.event)
        elif self._is_whole:
            self._state = None
        else:
            raise NeedsWhole(self.stream.id)


def state_of(kind: StreamKind, entries: Iterable[Entry]) -> State:
    """Fold a stream. Corrections take the place of what they are about, where it stood."""
    entries = list(entries)
    if any(entry.about for entry in entries):
        # By version: what this attempt decided has no position yet.
        version = {entry.entry_id: entry.version for entry in entries}
        facts = life_of(entry.fact() for entry in entries).all()
        events = [fact.event for fact in sorted(facts, key=lambda fact: version[fact.entry_id])]
    else:
        events = [entry.event for entry in entries]
    return _FOLD[kind](events)
