"""Rows of the log opened: entries, and what was erased in place of those that can no longer be opened."""

from collections.abc import Sequence

import psycopg

from eventlog.entry import Entry, Erased
from eventlog.keys import Forged, KeyMissing, KeyRing, key_id_of
from eventlog.ledger import Ledger
from eventlog.mapper import EntryMapper, StoredEntry, key_ids


class Reader:
    """Opens rows with the keys there are. Safe to share between threads."""

    def __init__(self, keys: KeyRing, mapper: EntryMapper, ledger: Ledger) -> None:
        self._keys, self._mapper = keys, mapper
        self.ledger = ledger

    def open(self, conn: psycopg.Connection, rows: Sequence[StoredEntry]) -> list[Entry | Erased]:
        """Each row's entry, or that it was erased.

        Raises KeyMissing or Forged when a key or a ciphertext is gone without a row in the erasure ledger: an
        incident, and not an erasure.
        """
        keys = self._keys.find_many(conn, key_ids(row for row in rows if row.state))
        gone = [row for row in rows if not row.state or key_id_of(row.state) not in keys]
        if gone:
            self._must_be_erased(conn, gone)
        vanished = {row.id for row in gone}
        return [self._mapper.erased(row) if row.id in vanished else self._mapper.open(row, keys) for row in rows]

    def is_erased(self, conn: psycopg.Connection, row: StoredEntry) -> bool:
        """Whether the ledger says that this row was erased."""
        if not self.ledger.all_gone([row]):
            self.ledger.read(conn)
        return self.ledger.all_gone([row])

    def _must_be_erased(self, conn: psycopg.Connection, rows: Sequence[StoredEntry]) -> None:
        if self.ledger.all_gone(rows):
            return
        self.ledger.read(conn)
        for row in rows:
            if self.ledger.all_gone([row]):
                continue
            if not row.state:
                raise Forged("a ciphertext was emptied, and the erasure ledger does not know of it")
            raise KeyMissing(f"the key {key_id_of(row.state).hex()} is missing")
