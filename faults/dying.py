"""A process that ends itself by SIGKILL at its n-th word to the database: before it is said, or after its answer.

From outside a kill hits the moments that last; the moments between two words are short, and it is there that what
belongs together is torn apart.
"""

import os
import signal
from typing import Any

import psycopg


def die_at_word(last: int) -> None:
    """From now on count what is said to the database; an odd `last` dies before saying it, an even one after."""
    said = 0

    def watch(name: str) -> None:
        real = getattr(psycopg.Cursor, name)

        def saying(cursor: Any, *args: Any, **named: Any) -> Any:
            nonlocal said
            said += 1
            if said == last and last % 2:
                die()
            answer = real(cursor, *args, **named)
            if said == last:
                die()
            return answer

        setattr(psycopg.Cursor, name, saying)

    for name in ("execute", "executemany", "copy"):
        watch(name)


def die() -> None:
    """At once, with nothing tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)
