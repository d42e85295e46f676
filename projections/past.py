"""What can be read of people's pasts: everything, or all that stands before an entry that cannot be opened."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow

from domain.codes import StreamKind
from eventlog import Entry, EventLog
from projections.coming import ABOUT_EVERYBODY
from projections.spans import Unreadable

Past = list[Entry | Unreadable]
"""One person's entries, oldest first. The first that cannot be read is the last; what comes after it is not asked for.

Erased entries teach nothing and are not in it.
"""


def pasts(
    log: EventLog, people: Sequence[UUID], until: int, conn: Connection[TupleRow] | None = None
) -> Iterator[tuple[UUID, Past]]:
    """Everybody's past up to and with position `until`, read in the caller's transaction where there is one.

    They are read together. Where somebody among them cannot be read, they are halved until that one is alone, so that
    one unreadable person costs the others a few questions and not one each.
    """
    try:
        found = log.histories(people, until=until, conn=conn)
    except ABOUT_EVERYBODY:
        raise
    except Exception as fault:  # noqa: BLE001 - whatever is wrong with an entry is about its person
        if len(people) == 1:
            yield people[0], _readable(log, people[0], until, fault, conn)
        else:
            middle = len(people) // 2
            yield from pasts(log, people[:middle], until, conn)
            yield from pasts(log, people[middle:], until, conn)
        return
    for person_id in people:
        yield person_id, list(found.get(person_id, ()))


def _readable(log: EventLog, person_id: UUID, until: int, fault: Exception, conn: Connection[TupleRow] | None) -> Past:
    """The entries before the first one that cannot be opened, found by halving, and that one."""
    history = log.history(person_id, (), until, conn)
    # Also what looks erased: a ciphertext that was emptied, and no ledger knows of it, cannot be read either.
    places = sorted([one.position for one in history.closed] + [one.position for one in history.erased])
    if not places:
        raise fault  # it is not about what stands there
    readable: list[Entry] = []
    low, high = 0, len(places) - 1  # the last place at the latest: all of them together cannot be read
    while low < high:
        middle = (low + high) // 2
        try:
            readable = log.history(person_id, None, places[middle], conn).entries
        except ABOUT_EVERYBODY:
            raise
        except Exception as found:  # noqa: BLE001
            high, fault = middle, found
        else:
            low = middle + 1
    unreadable = Unreadable(
        stream=person_id, kind=StreamKind.JOURNEY, position=places[high], reason=type(fault).__name__
    )
    return [*readable, unreadable]
