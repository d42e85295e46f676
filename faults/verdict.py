"""Holds the log against what was acknowledged. Pure, except that `everything` reads the log."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from eventlog import Entry, EventLog

_PAGE = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """What the log answered: the command is carried out, its last entry stands there, and these are its entries."""

    command: UUID
    position: int
    entry_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the comparison came to.

    `lost`: acknowledged, but not there, or elsewhere. `doubled`: more of a command than was decided; `halved`: less.
    `gaps`: positions missing, given twice, or not counted; `versions`: the same within a stream.
    """

    entries: int
    lost: int
    doubled: int
    halved: int
    gaps: int
    versions: int


def everything(log: EventLog) -> list[Entry]:
    """The whole log, opened. Raises when something stands there that is no entry."""
    found: list[Entry] = []
    while page := log.after(found[-1].position if found else 0, _PAGE):
        for one in page:
            if not isinstance(one, Entry):
                raise TypeError("nothing was erased here")
            found.append(one)
    return found


def judge(
    entries: Sequence[Entry], head: int, acknowledged: Iterable[Acknowledged], decided: Mapping[UUID, int]
) -> Verdict:
    """Compare. `head` is how far the log says it has come; `decided` how many entries each tried command comes to."""
    places = {entry.entry_id: entry.position for entry in entries}
    lost = sum(
        any(one not in places for one in told.entry_ids) or places[told.entry_ids[-1]] != told.position
        for told in acknowledged
    )
    there = Counter(entry.command_id for entry in entries)
    streams: dict[UUID, list[int]] = defaultdict(list)
    for entry in entries:
        streams[entry.stream].append(entry.version)
    return Verdict(
        entries=len(entries),
        lost=lost,
        doubled=sum(there[command] > count for command, count in decided.items()),
        halved=sum(0 < there[command] < count for command, count in decided.items()),
        gaps=_uneven([entry.position for entry in entries]) + abs(head - len(entries)),
        versions=sum(map(_uneven, streams.values())),
    )


def _uneven(numbers: Sequence[int]) -> int:
    """How many of 1, 2, 3 … are missing or there twice."""
    return len(set(range(1, max(numbers, default=0) + 1)) - set(numbers)) + len(numbers) - len(set(numbers))
