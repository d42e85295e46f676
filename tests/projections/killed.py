"""A process that works people out again and is killed – really, by SIGKILL – at its n-th word to the database.

Run by test_again.py: `python -m tests.projections.killed FOLDER URL SCHEMA N CHUNK PEOPLE…`; N 0 is never, and then it
says how many words there were.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from database.database import open_database
from eventlog import EventLog, Secrets
from projections.again import work_out_again

said = 0


def watch(name: str, last: int) -> None:
    """Count what is said to the database, and die before (odd) or after (even) the last."""
    real = getattr(psycopg.Cursor, name)

    def saying(cursor: Any, *args: Any, **named: Any) -> Any:
        global said  # noqa: PLW0603 - one process, one count
        said += 1
        if said == last and last % 2:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = real(cursor, *args, **named)
        if said == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    setattr(psycopg.Cursor, name, saying)


def main(folder: str, url: str, schema: str, last: str, chunk: str, *people: str) -> None:
    with open_database(url=url or None, folder=Path(folder), schema=schema, pool_min=0, pool_max=4) as db:
        log = EventLog(db, Secrets.for_tests())
        for name in ("execute", "copy"):
            watch(name, int(last))
        work_out_again(db, log, [UUID(one) for one in people], chunk=int(chunk))
    print(said)  # noqa: T201 - the answer


if __name__ == "__main__":
    main(*sys.argv[1:])
