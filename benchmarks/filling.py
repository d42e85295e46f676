"""Fills a log fast: entries closed and appended as they are, without deciding. Its time is never counted."""

from collections.abc import Sequence
from uuid import UUID

from benchmarks.lives import Life
from benchmarks.ready import delivered_with, entry_of, writing_mapper
from domain.codes import KeyGroup
from eventlog import EventLog, Key
from eventlog.keys import NewKey
from eventlog.mapper import StoredEntry

PEOPLE, AT_ONCE = 1_000, 5
"""A batch holds so many people, and so many things that happen to each of them in turn."""


def fill(log: EventLog, people: int, history: int, *, first: int = 0, delivered: bool = False) -> list[Life]:
    """So many people with a history each, mixed as in a municipality; `first` is the first one's seed.

    Each has a key for each of their groups, as real ones do; `delivered` as if every entry came by a file. The log of
    this process has read nothing of it.
    """
    lives = [Life(first + number) for number in range(people)]
    keys: dict[tuple[UUID, KeyGroup], Key] = {}
    for done in range(0, history, AT_ONCE):
        versions = range(done + 1, min(done + AT_ONCE, history) + 1)
        for start in range(0, people, PEOPLE):
            rows, new = _closed(log, lives[start : start + PEOPLE], versions, keys)
            told = delivered_with(rows) if delivered else []
            log.store.recorder.insert_events(rows, keys=new, delivered=told)
    return lives


def _closed(
    log: EventLog, lives: Sequence[Life], versions: Sequence[int], keys: dict[tuple[UUID, KeyGroup], Key]
) -> tuple[list[StoredEntry], list[NewKey]]:
    """The rows of these versions of these people, and the keys that are new with them."""
    mapper, rows, new = writing_mapper(log), list[StoredEntry](), list[NewKey]()
    for version in versions:
        for life in lives:
            entry = entry_of(life, version)
            owner = entry.stream, entry.group
            if owner not in keys:
                new.append(log.keys.make(*owner))
                keys[owner] = new[-1].key
            rows.append(mapper.seal(entry, keys[owner]))
    return rows, new
