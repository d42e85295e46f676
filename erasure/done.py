"""Whether an erasure is carried out: nothing is left, and the database knows of it."""

from typing import Any

from psycopg import Connection

from erasure.intents import Intent


def is_done(conn: Connection[Any], intent: Intent) -> bool:
    """Whether nothing is left of it, and the log's own ledger knows: a restored backup may have brought it back."""
    left = conn.execute(_LEFT, [intent.ledger_ids, list(intent.streams), intent.group]).fetchone()
    finished = conn.execute("select finished_at from erasure where erasure_id = %s", [intent.erasure_id]).fetchone()
    return left == (False,) and finished is not None and finished[0] is not None


_LEFT = """
select exists (
    select from unnest(%s::uuid[], %s::uuid[]) as gone (ledger_id, stream), (select %s::text) as asked (key_group)
    left join lateral (select position from log_erasures where erasure_id = ledger_id) as ledger on true
    where position is null
    or exists (select from log_events where originator_id = gone.stream and state <> ''
        and notification_id + 0 <= position and (asked.key_group is null or log_events.key_group = asked.key_group))
    or asked.key_group is null and exists (select from log_keys where log_keys.stream = gone.stream)
    or asked.key_group is null and exists (select from person where person_id = gone.stream)
)
"""
