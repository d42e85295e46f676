"""Reads a log with nothing but docs/log-format.md: checks its order, opens it with the keys, tells one story.

    python tools/stranger.py CONNINFO SCHEMA KEYS [STREAM]

CONNINFO is how to connect, SCHEMA the municipality's, KEYS the folder of key files. Without STREAM it checks every
entry and counts; with one it prints that stream. It imports nothing of the project, so that the log can be read when
the project is gone. Exit code 1 when something is not as specified.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psycopg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg.sql import SQL, Identifier

Row = tuple[UUID, int, str, bytes, int, str, str, object]


def masters(folder: Path) -> dict[int, bytes]:
    """Section 2: master keys by epoch."""
    return {int(path.stem.split("-")[1]): path.read_bytes() for path in folder.glob("master-*.key")}


def data_keys(conn: psycopg.Connection, log_id: UUID, kept: dict[int, bytes]) -> dict[bytes, bytes]:
    """Section 2: data keys by id, unwrapped."""
    found = {}
    for key_id, stream, group, epoch, wrapped in conn.execute(
        "select key_id, stream, key_group, epoch, wrapped from log_keys"
    ):
        bound = (
            b"overgang-key-1" + log_id.bytes + key_id.bytes + stream.bytes + epoch.to_bytes(4, "big") + group.encode()
        )
        found[key_id.bytes] = AESGCM(kept[epoch]).decrypt(wrapped[:12], wrapped[12:], bound)
    return found


def opened(row: Row, log_id: UUID, keys: dict[bytes, bytes]) -> dict[str, object] | None:
    """Sections 3 and 4: what is inside; None when it was erased. Raises InvalidTag, KeyError or ValueError."""
    stream, version, topic, state, _, _, group, _ = row
    if not state:
        return None
    if topic != "entry-1" or state[:1] != b"\x01":
        raise ValueError(f"unknown format {topic} {state[:1]!r}")
    place = log_id.bytes + stream.bytes + version.to_bytes(8, "big")
    bound = b"overgang-entry-1" + place + topic.encode() + b"\0" + group.encode()
    entry: dict[str, object] = json.loads(AESGCM(keys[state[1:17]]).decrypt(state[17:29], state[29:], bound))
    return entry


def faults(rows: Iterator[Row], log_id: UUID, keys: dict[bytes, bytes], seen: Counter[str]) -> Iterator[str]:
    """Section 1: positions and versions without gaps, times that never run backwards, entries that open."""
    versions: Counter[UUID] = Counter()
    last_time: object = None
    for number, row in enumerate(rows, start=1):
        stream, version, _, _, position, kind, group, recorded_at = row
        if position != number:
            yield f"position {number} is missing; {position} came in its place"
            return
        versions[stream] += 1
        if version != versions[stream]:
            yield f"position {position}: version {version} of a stream whose next is {versions[stream]}"
        if last_time is not None and recorded_at < last_time:  # type: ignore[operator]
            yield f"position {position}: recorded before the entry before it"
        last_time = recorded_at
        try:
            entry = opened(row, log_id, keys)
        except (InvalidTag, KeyError, ValueError) as fault:
            yield f"position {position}: cannot be opened ({type(fault).__name__})"
            continue
        seen["erased" if entry is None else f"{kind}, {group}, {entry['name']}"] += 1


def main() -> int:
    """Check the log, or tell one stream's story."""
    conninfo, schema, folder, *stream = sys.argv[1:]
    with psycopg.connect(conninfo) as conn:
        conn.execute(SQL("set search_path to {}").format(Identifier(schema)))
        row = conn.execute("select log_id from log_head").fetchone()
        log_id: UUID = row[0]  # type: ignore[index]
        keys = data_keys(conn, log_id, masters(Path(folder)))
        query = (
            "select originator_id, originator_version, topic, state, notification_id, stream_kind, key_group,"
            " recorded_at from log_events"
        )
        if stream:
            for row in conn.execute(query + " where originator_id = %s order by originator_version", stream):
                print(row[1], row[7].isoformat(), json.dumps(opened(row, log_id, keys), ensure_ascii=False))
            return 0
        seen: Counter[str] = Counter()
        found = list(faults(conn.cursor("log").execute(query + " order by notification_id"), log_id, keys, seen))
    for what, count in sorted(seen.items()):
        print(f"{count:8} {what}")
    for fault in found:
        print(f"FAULT: {fault}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
