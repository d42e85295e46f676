"""How a name is found that nobody can read in the table: by the HMAC of its words' beginnings.

What the table tells is that two people share a beginning, not which (docs/decisions/0003-register.md).
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from psycopg import Connection

from eventlog.secrets import Secrets
from people.danish_order import spellings

SHORTEST = 2
LONGEST = 8
"""Characters of a word's beginning that are kept. Longer questions are checked on the name itself."""

_HASH_BYTES = 16  # half an HMAC tells beginnings apart, and every hit is checked on the name anyway


def index_names(conn: Connection, secrets: Secrets, names: Mapping[UUID, str]) -> None:
    """Let these people be found by these names, and by no other."""
    if not names:
        return
    pairs = [(person_id, prefix) for person_id, name in names.items() for prefix in _beginnings(secrets, name)]
    conn.execute("delete from person_name_prefix where person_id = any(%b)", [list(names)])
    conn.execute(
        "insert into person_name_prefix (person_id, prefix_hmac) select * from unnest(%b::uuid[], %b::bytea[])",
        [[person_id for person_id, _ in pairs], [prefix for _, prefix in pairs]],
    )


def candidates(conn: Connection, secrets: Secrets, asked: Sequence[str]) -> list[UUID]:
    """The people whose names may match these folded words; `matches` decides on the name itself."""
    # A single letter would open half the register: it is looked up only as a whole word, and only alone.
    long_enough = [word for word in asked if len(word) >= SHORTEST] or list(asked)
    hashes = list({_hash(secrets, word[:LONGEST]) for word in long_enough})
    if not hashes:
        return []
    rows = conn.execute(_CANDIDATES, [hashes, len(hashes)])
    return [person_id for (person_id,) in rows]


def matches(name: str, asked: Sequence[str]) -> bool:
    """Whether every word asked for begins some word of the name."""
    spelled = spellings(name)
    return all(any(word.startswith(beginning) for word in spelled) for beginning in asked)


_CANDIDATES = """
select person_id from person_name_prefix
where prefix_hmac = any(%b)
group by person_id having count(*) = %s
"""


def _beginnings(secrets: Secrets, name: str) -> set[bytes]:
    return {
        _hash(secrets, word[:length])
        for word in spellings(name)
        for length in range(min(SHORTEST, len(word)), min(LONGEST, len(word)) + 1)
    }


def _hash(secrets: Secrets, beginning: str) -> bytes:
    return secrets.hmac("name-prefix", beginning.encode())[:_HASH_BYTES]
