"""Reads a log with nothing but docs/log-format.md: checks its order, opens it with the keys, tells one story.

    python tools/stranger.py CONNINFO SCHEMA KEYS [STREAM]

CONNINFO is how to connect, SCHEMA the municipality's, KEYS the folder of key files. Without STREAM it checks every
entry and counts; with one it prints that stream. It imports nothing of the project, so that the log can be read when
the project is gone. Exit code 1 when something is not as specified, 2 when a key file is missing.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg.sql import SQL, Identifier

Row = tuple[UUID, int, str, bytes, int, str, str, Any]
Ledger = dict[UUID, list[tuple[str | None, int]]]
ROWS = (
    "select originator_id, originator_version, topic, state, notification_id, stream_kind, key_group, recorded_at"
    " from log_events"
)


def data_keys(conn: psycopg.Connection, log_id: UUID, folder: Path) -> dict[bytes, bytes]:
    """Section 2: data keys by id, unwrapped. SystemExit when the file of an epoch is not there."""
    masters = {int(path.stem.split("-")[1]): path.read_bytes() for path in folder.glob("master-*.key")}
    rows = conn.execute("select key_id, stream, key_group, epoch, wrapped from log_keys").fetchall()
    for epoch in sorted({row[3] for row in rows} - masters.keys()):
        count = sum(row[3] == epoch for row in rows)
        print(f"master-{epoch}.key is not in the folder: {count} data keys are closed with it. If the epoch was")
        print("destroyed by a rotation, take log_keys from the backup of keys that was made after it (section 2).")
        raise SystemExit(2)
    found = {}
    for key_id, stream, group, epoch, wrapped in rows:
        place = log_id.bytes + key_id.bytes + stream.bytes + epoch.to_bytes(4, "big")
        bound = b"overgang-key-1" + place + group.encode()
        found[key_id.bytes] = AESGCM(masters[epoch]).decrypt(wrapped[:12], wrapped[12:], bound)
    return found


def read_ledger(conn: psycopg.Connection) -> Ledger:
    """Section 8: what is erased of each stream, all of it or groups, and up to which position."""
    found: Ledger = defaultdict(list)
    rows = conn.execute("select stream, key_group, position from log_erasures order by number")
    for stream, group, position in rows:
        found[stream].append((group, position))
    return found


def is_erased(row: Row, ledger: Ledger) -> bool:
    """Section 8: whether the ledger knows of it."""
    return any(group in (None, row[6]) and row[4] <= position for group, position in ledger.get(row[0], []))


def opened(row: Row, log_id: UUID, keys: dict[bytes, bytes]) -> dict[str, object] | None:
    """Sections 3 and 4: what is inside; None when the text or its key is gone. Raises InvalidTag or ValueError."""
    stream, version, topic, state, _, _, group, _ = row
    if not state:
        return None
    if topic != "entry-1" or state[:1] != b"\x01":
        raise ValueError(f"unknown format {topic} {state[:1]!r}")
    if state[1:17] not in keys:
        return None
    place = log_id.bytes + stream.bytes + version.to_bytes(8, "big")
    bound = b"overgang-entry-1" + place + topic.encode() + b"\0" + group.encode()
    entry: dict[str, object] = json.loads(AESGCM(keys[state[1:17]]).decrypt(state[17:29], state[29:], bound))
    return entry


def faults(
    rows: Iterator[Row], log_id: UUID, keys: dict[bytes, bytes], ledger: Ledger, seen: Counter[str]
) -> Iterator[str]:
    """Section 1: positions and versions without gaps, times that never run backwards, entries that open."""
    versions: Counter[UUID] = Counter()
    last_time = None
    for number, row in enumerate(rows, start=1):
        stream, version, _, state, position, kind, group, recorded_at = row
        if position != number:
            yield f"position {number} is missing; {position} came in its place"
            return
        versions[stream] += 1
        if version != versions[stream]:
            yield f"position {position}: version {version} of a stream whose next is {versions[stream]}"
        if last_time is not None and recorded_at < last_time:
            yield f"position {position}: recorded before the entry before it"
        last_time = recorded_at
        try:
            entry = opened(row, log_id, keys)
        except (InvalidTag, ValueError) as fault:
            yield f"position {position}: cannot be opened ({type(fault).__name__})"
            continue
        if entry is not None:
            seen[f"{kind}, {group}, {entry['name']}"] += 1
        elif is_erased(row, ledger):
            seen[f"{kind}, {group}, erased"] += 1
        else:
            yield f"position {position}: its {'key' if state else 'text'} is gone, and the ledger does not know of it"
        if entry is not None and is_erased(row, ledger):
            yield f"position {position}: the ledger says that it is erased, and it can be read"


def main() -> int:
    """Check the log, or tell one stream's story."""
    conninfo, schema, folder, *stream = sys.argv[1:]
    with psycopg.connect(conninfo) as conn:
        conn.execute(SQL("set search_path to {}").format(Identifier(schema)))
        head: Any = conn.execute("select log_id, position, erasures from log_head").fetchone()
        log_id: UUID = head[0]
        keys, ledger = data_keys(conn, log_id, Path(folder)), read_ledger(conn)
        if stream:
            for row in conn.execute(ROWS + " where originator_id = %s order by originator_version", stream):
                told = "erased" if is_erased(row, ledger) else json.dumps(opened(row, log_id, keys), ensure_ascii=False)
                print(row[1], row[7].isoformat(), told)
            return 0
        seen: Counter[str] = Counter()
        rows = conn.cursor("log").execute(ROWS + " order by notification_id")
        found = list(faults(rows, log_id, keys, ledger, seen))
        [(count, last)] = conn.execute("select count(*), coalesce(max(notification_id), 0) from log_events")
        if last != head[1]:
            found.append(f"the head says that the log has come to {head[1]}; its last entry is {last}")
        [(count, last)] = conn.execute("select count(*), coalesce(max(number), 0) from log_erasures")
        if not count == last == head[2]:
            found.append(f"the head says {head[2]} erasures; the ledger has {count}, the last is number {last}")
    for what, number in sorted(seen.items()):
        print(f"{number:8} {what}")
    for fault in found:
        print(f"FAULT: {fault}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
