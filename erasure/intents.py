"""The ledger file beside the keys: what was decided to be erased, in a place that no restored database takes back.

One JSON line for each erasure, ids, codes and times only. A line is on the disk before the database commits, so that
whatever the database forgets – by a crash or an old backup – is erased again before anything is served.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid5

from domain.codes import KeyGroup
from erasure.grounds import Archive, Ground
from erasure.refusals import ErasureStuck

FILE = "erasures.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One erasure that is under way or done. `group` None: the whole person. `streams` begins with the person."""

    log_id: UUID
    erasure_id: UUID
    streams: tuple[UUID, ...]
    group: KeyGroup | None
    at: datetime
    ground: Ground
    archive: Archive
    proposed_by: str
    proposed_at: datetime
    confirmed_by: str
    confirmed_at: datetime

    @property
    def ledger_ids(self) -> list[UUID]:
        """Under which id each stream stands in the log's own ledger; the person's under that of the erasure."""
        return [self.erasure_id, *(uuid5(self.erasure_id, str(one)) for one in self.streams[1:])]


class Intents:
    """The ledger file in this folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def read(self) -> list[Intent]:
        """Every line. A last line without an end was never finished, so nothing was begun under it.

        Raises ErasureStuck when a line cannot be read: then nobody knows what must stay erased.
        """
        if not self.path.exists():
            return []
        *lines, _ = self.path.read_bytes().split(b"\n")
        return [self._read(number, line) for number, line in enumerate(lines, start=1)]

    def append(self, intent: Intent) -> None:
        """Write it down. On the disk when this returns, also the file's name."""
        line = json.dumps(_plain(intent), separators=(",", ":")).encode() + b"\n"
        with self._locked() as file:
            content = file.read()
            file.seek(content.rfind(b"\n") + 1)
            file.truncate()  # what a process that was killed had begun to write
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    @contextmanager
    def _locked(self) -> Iterator[BinaryIO]:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file

    def _read(self, number: int, line: bytes) -> Intent:
        try:
            found = json.loads(line)
            group = found["group"]
            return Intent(
                log_id=UUID(found["log"]),
                erasure_id=UUID(found["erasure"]),
                streams=_streams(found["streams"]),
                group=None if group is None else KeyGroup(group),
                at=datetime.fromisoformat(found["at"]),
                ground=Ground(found["ground"]),
                archive=Archive(found["archive"]),
                proposed_by=str(found["proposed_by"]),
                proposed_at=datetime.fromisoformat(found["proposed_at"]),
                confirmed_by=str(found["confirmed_by"]),
                confirmed_at=datetime.fromisoformat(found["confirmed_at"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ErasureStuck(
                f"Linje {number} i {self.path.name} i nøglemappen kan ikke læses, så det er uvist, hvem der skal være "
                "slettet. Hent filen fra sikkerhedskopien af nøglemappen; der er ikke ændret noget."
            ) from None


def _streams(found: Sequence[str]) -> tuple[UUID, ...]:
    streams = tuple(UUID(one) for one in found)
    if not streams:
        raise ValueError("an erasure of nothing")
    return streams


def _plain(intent: Intent) -> dict[str, object]:
    return {
        "log": str(intent.log_id),
        "erasure": str(intent.erasure_id),
        "streams": [str(one) for one in intent.streams],
        "group": intent.group,
        "at": intent.at.isoformat(),
        "ground": intent.ground,
        "archive": intent.archive,
        "proposed_by": intent.proposed_by,
        "proposed_at": intent.proposed_at.isoformat(),
        "confirmed_by": intent.confirmed_by,
        "confirmed_at": intent.confirmed_at.isoformat(),
    }
