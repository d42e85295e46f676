"""What comes next in the log, as far as it can be read."""

from collections.abc import Sequence

import psycopg

from database import Database, Role
from domain.codes import StreamKind
from domain.events import RulesLoaded
from domain.rules import rule_set
from eventlog import Entry, Erased, EventLog, SecretsRefused
from projections.clear import unreadable_at
from projections.spans import InForce, RuleChange, Unreadable, in_force

Coming = Entry | Erased | Unreadable
"""What a position of the log can turn out to be."""


ABOUT_EVERYBODY = (psycopg.Error, OSError, SecretsRefused)
"""Faults of the house: the database is away, the folder of keys cannot be read. Nobody is parked for them."""


class Reading:
    """Reads on in the log. Not to be shared between threads."""

    def __init__(self, db: Database, log: EventLog) -> None:
        self._db, self._log = db, log
        self._most = 1_000_000

    def after(self, position: int, limit: int) -> Sequence[Coming]:
        """The next entries; when one of them cannot be opened, those before it, or it alone.

        After such a one fewer are asked for, and then twice as many each time: it may not be the only one. Raises what
        is wrong when it is about everybody.
        """
        most = min(limit, self._most)
        found: Sequence[Coming] | None = None
        while found is None:
            try:
                found = self._log.after(position, most)
            except ABOUT_EVERYBODY:
                raise
            except Exception as fault:  # noqa: BLE001 - whatever is wrong with one entry holds up one person only
                if most == 1:
                    found = [self._unreadable(position + 1, fault)]
                else:
                    most //= 2
        self._most = 2 * most if most < limit else max(self._most, 2 * most)
        return found

    def _unreadable(self, position: int, fault: Exception) -> Unreadable:
        """What may be known of the entry there."""
        with self._db.connection(Role.FOLLOWER) as conn:
            found = unreadable_at(conn, position, type(fault).__name__)
        if found is None or found.kind is StreamKind.MUNICIPALITY:
            raise fault  # without the rules there are no right rows for anybody
        return found


def is_new(first: Coming) -> bool:
    """Whether nothing is known of a person before this entry."""
    return isinstance(first, Entry) and first.version == 1


def rules_of(entry: Coming) -> InForce | None:
    """The rules that count from this entry on; None when it changes none."""
    if isinstance(entry, Entry) and isinstance(entry.event, RulesLoaded):
        return in_force(rule_set(entry.event.rules, entry.event.closed_days))
    return None


def changes_rules(entry: Coming) -> bool:
    """Whether other rules count from this entry on."""
    return isinstance(entry, Entry) and isinstance(entry.event, RulesLoaded)


def rule_changes(log: EventLog, until: int) -> list[RuleChange]:
    """Which rules counted from which position of the log, up to and with `until`."""
    history = log.history(log.municipality_stream.id, until=until)
    return [(entry.position, rules) for entry in history.entries if (rules := rules_of(entry))]
