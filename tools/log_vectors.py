"""Makes docs/log-format-vectors.json from the text of docs/log-format.md alone.

It imports nothing of the project, so that the project and the specification check each other. Run it by hand when
the specification gains something; what stands in the file is never changed.
"""

import hashlib
import hmac
import json
import sys
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MASTER = bytes(range(32))
INDEX = bytes(range(32, 64))
LOG = bytes.fromhex("10c0ffee" + "0" * 24)
JOURNEY = bytes.fromhex("a" * 32)
MEETING = bytes.fromhex("b" * 32)

ENTRIES = [
    {
        "stream": JOURNEY,
        "version": 1,
        "kind": "journey",
        "group": "open",
        "text": {
            "entry_id": "00000000-0000-4000-8000-000000000001",
            "name": "journey-started-1",
            "event": {"on": "2024-09-02", "born_on": "2009-03-14"},
            "known_at": "2024-09-02T06:00:00Z",
            "actor": {"kind": "import", "id": "cpr-extract"},
        },
    },
    {
        "stream": JOURNEY,
        "version": 2,
        "kind": "journey",
        "group": "education",
        "text": {
            "entry_id": "00000000-0000-4000-8000-000000000002",
            "name": "contact-tried-1",
            "event": {"on": "2026-11-18", "way": "phone"},
            "known_at": "2026-11-18T13:45:10.250000Z",
            "actor": {"kind": "staff", "id": "uu-1", "unit": "uu", "role": "uu"},
            "command_id": "00000000-0000-4000-8000-0000000000c1",
            "about": "00000000-0000-4000-8000-0000000000a1",
        },
    },
    {
        "stream": MEETING,
        "version": 7,
        "kind": "meeting",
        "group": "system",
        "text": {
            "entry_id": "00000000-0000-4000-8000-000000000003",
            "name": "decision-taken-1",
            "event": {
                "on": "2026-11-24",
                "person": "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa",
                "entry_id": "00000000-0000-4000-8000-000000000002",
                "kind": "plan-step",
                "responsible": "milepaelen",
                "due_on": "2026-12-01",
            },
            "known_at": "2026-11-24T12:00:00Z",
            "actor": {"kind": "staff", "id": "uu-1", "unit": "uu", "role": "uu"},
            "command_id": "00000000-0000-4000-8000-0000000000c2",
            "caused_by": "00000000-0000-4000-8000-0000000000d1",
        },
    },
    {
        "stream": JOURNEY,
        "version": 3,
        "kind": "journey",
        "group": "education",
        "text": {
            "entry_id": "00000000-0000-4000-8000-000000000004",
            "name": "education-reason-given-1",
            "event": {"on": "2024-09-02", "reason": "education-need", "basis": "KUI-loven § 1"},
            "known_at": "2024-09-02T06:00:00Z",
            "actor": {"kind": "import", "id": "cpr-extract"},
        },
    },
]


def plain(text: dict[str, object]) -> bytes:
    """Section 4: UTF-8 JSON, no white space, fields in the order given, non-ASCII letters as they are."""
    return json.dumps(text, ensure_ascii=False, separators=(",", ":")).encode()


def sealed(key_id: bytes, key: bytes, nonce: bytes, content: bytes, bound: bytes) -> bytes:
    """Section 3: format byte, key id, nonce, AES-256-GCM."""
    return b"\x01" + key_id + nonce + AESGCM(key).encrypt(nonce, content, bound)


def derived(purpose: str) -> bytes:
    """Section 5: the key of one purpose."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"overgang " + purpose.encode()).derive(INDEX)


def main() -> None:
    """Write the file."""
    entries = []
    for number, entry in enumerate(ENTRIES, start=1):
        key_id, key = bytes([number]) * 16, bytes([0x40 + number]) * 32
        nonce, wrap_nonce = bytes([0x80 + number]) * 12, bytes([0xC0 + number]) * 12
        group = entry["group"].encode()
        place = LOG + entry["stream"] + entry["version"].to_bytes(8, "big")
        bound = b"overgang-entry-1" + place + b"entry-1\0" + group
        wrapping = b"overgang-key-1" + LOG + key_id + entry["stream"] + (1).to_bytes(4, "big") + group
        content = plain(entry["text"])
        entries.append(
            {
                "stream": entry["stream"].hex(),
                "version": entry["version"],
                "topic": "entry-1",
                "kind": entry["kind"],
                "group": entry["group"],
                "key_id": key_id.hex(),
                "key": key.hex(),
                "epoch": 1,
                "wrapped_key": (wrap_nonce + AESGCM(MASTER).encrypt(wrap_nonce, key, wrapping)).hex(),
                "nonce": nonce.hex(),
                "plain": content.hex(),
                "state": sealed(key_id, key, nonce, content, bound).hex(),
                "digest_with_salt_abc": hashlib.sha256(b"abc" + content).hexdigest(),
                "content": hmac.digest(
                    derived("content"),
                    entry["text"]["name"].encode() + b"\0" + plain(entry["text"]["event"]),
                    "sha256",
                ).hex(),
            }
        )
    vectors = {
        "master_key_1": MASTER.hex(),
        "index_key": INDEX.hex(),
        "log_id": LOG.hex(),
        "source_key_of_uu_and_H-1": hmac.digest(derived("source"), b"uu\0H-1", "sha256").hex(),
        "entries": entries,
    }
    Path(sys.argv[1]).write_text(json.dumps(vectors, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
