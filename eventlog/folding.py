"""What decisions see of a stream: its facts with corrections applied, folded."""

from collections.abc import Callable, Iterable, Sequence

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


class Folded:
    """One stream as far as it has come; folded when it is first asked for, and again after an entry is added."""

    def __init__(self, stream: Stream, entries: Sequence[Entry]) -> None:
        self._stream = stream
        self._entries = list(entries)
        self._state: State | None = None

    @property
    def version(self) -> int:
        """The version of the last entry; 0 when there is none."""
        return self._entries[-1].version if self._entries else 0

    @property
    def state(self) -> State:
        if self._state is None:
            self._state = state_of(self._stream.kind, self._entries)
        return self._state

    def add(self, entry: Entry) -> None:
        """Let one more entry have been appended."""
        self._entries.append(entry)
        if self._state is None:
            return
        if entry.about is None and isinstance(self._state, journey.Journey):
            self._state = journey.evolve(self._state, entry.event)
        elif entry.about is None and isinstance(self._state, meeting.Meeting):
            self._state = meeting.evolve(self._state, entry.event)
        else:
            self._state = None


def state_of(kind: StreamKind, entries: Iterable[Entry]) -> State:
    """Fold a stream. Corrections take the place of what they are about, where it stood."""
    entries = list(entries)
    if any(entry.about for entry in entries):
        facts = life_of(entry.fact() for entry in entries).all()
        events = [fact.event for fact in sorted(facts, key=lambda fact: fact.position)]
    else:
        events = [entry.event for entry in entries]
    return _FOLD[kind](events)
