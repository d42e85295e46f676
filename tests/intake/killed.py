"""A process that imports files and is killed – really, by SIGKILL – at its n-th word to the database.

Run by test_killed_imports.py: `python -m tests.intake.killed FOLDER URL SCHEMA N FILES…`; N 0 is never, and then it
says how many words there were. N below 0 is when it is about to note, for the n-th time, how far a file has come.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import psycopg

import intake.importing
from database.database import open_database
from eventlog import EventLog, Secrets
from intake import Office, import_paths
from people.register import Register
from tests.intake.kinds import OURS
from tests.intake.office import NOW


class Counted:
    """Counts what is said to the database, and dies before or after the n-th."""

    def __init__(self, last: int) -> None:
        self.said = self._marks = 0
        self._last = last

    def watch(self, name: str) -> None:
        real = getattr(psycopg.Cursor, name)

        def saying(cursor: Any, *args: Any, **named: Any) -> Any:
            self.said += 1
            self._marks += "set carried" in str(args[0])
            if self._last < 0 and self._marks == -self._last:
                self._die()
            if self.said == self._last and self._last % 2:
                self._die()
            answer = real(cursor, *args, **named)
            if self.said == self._last:
                self._die()
            return answer

        setattr(psycopg.Cursor, name, saying)

    @staticmethod
    def _die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)


def main(folder: str, url: str, schema: str, last: str, *files: str) -> None:
    intake.importing.BATCH = 7
    counted = Counted(int(last))
    with open_database(url=url or None, folder=Path(folder), schema=schema, pool_min=0, pool_max=4) as db:
        secrets = Secrets.for_tests()
        log = EventLog(db, secrets)
        office = Office(db, log, Register(db, log.keys, secrets), secrets, OURS)
        for name in ("execute", "executemany"):
            counted.watch(name)
        import_paths(office, [Path(file) for file in files], now=NOW)
    print(counted.said)  # noqa: T201 - the answer


if __name__ == "__main__":
    main(*sys.argv[1:])
