"""The folded state of streams that were written to lately, so that the next decision reads only what is new.

Never trusted for more than it is: what was appended since is read and folded on top before anything is decided, and
the log checks every version again when it appends.
"""

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from uuid import UUID

from eventlog.folding import Folded, State

KEPT = 4_000  # streams, a few kB each


class Remembered:
    """A bounded number of states, the ones used longest ago forgotten first."""

    def __init__(self) -> None:
        self._states: OrderedDict[UUID, tuple[int, State]] = OrderedDict()
        self._lock = Lock()

    def of(self, streams: Iterable[UUID]) -> dict[UUID, tuple[int, State]]:
        """Version and state of those that are remembered."""
        with self._lock:
            return {stream: known for stream in streams if (known := self._states.get(stream))}

    def keep(self, folded: Iterable[Folded]) -> None:
        """These have been appended to the log as they stand here."""
        with self._lock:
            for one in folded:
                self._states.pop(one.stream.id, None)
                if one.is_folded:
                    self._states[one.stream.id] = (one.version, one.state)
            while len(self._states) > KEPT:
                self._states.popitem(last=False)

    def forget(self, streams: Iterable[UUID]) -> None:
        """Read these from their beginning the next time."""
        with self._lock:
            for stream in streams:
                self._states.pop(stream, None)
