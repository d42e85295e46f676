"""The follower – a process of its own – is killed at random moments while others write; the rows must be a rebuild's.

Every third kill comes from outside, at a random moment; the others are the process's own, at a random word to the
database. At the end a follower takes in what is left, and a rebuild from the log compares every span.

The mutant moves its position in one transaction and writes its rows in the next.
"""

import os
import signal
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from threading import Event as Stop
from time import sleep
from typing import Any

from psycopg import Connection

from benchmarks.lives import BY, NOW, Life
from database import Role
from eventlog import EventLog
from faults.dying import die_at_word
from faults.figures import Figures, at_least, counted, none
from faults.ground import Child, House, at_work, give_up_by_itself, house, joined, process, room
from projections.closing_days import ensure_rules
from projections.follow import Follower
from projections.follow import position as lists_at
from projections.rebuild import rebuild

PEOPLE, AT_ONCE = 60, 6
LONGEST = 0.12
"""Seconds after it has begun in which a follower is killed from outside."""
MOST_WORDS = 40
"""It says about so many words in its first batches."""
_NEVER = 0


@dataclass(frozen=True, kw_only=True)
class Followed(Figures):
    """What came of it."""

    kills: int = counted()
    entries: int = at_least(100)
    entries_that_the_killed_took_in: int = at_least(30)
    rows: int = at_least(100)
    differences_to_a_rebuild: int = none()
    parked_people: int = none()
    could_not_go_on: int = none()


class Torn(Follower):
    """The mutant: its position stands before its rows do."""

    def _move(self, conn: Connection[Any], *rest: Any) -> None:
        super()._move(conn, *rest)
        conn.commit()


def run(n: int, seed: int) -> Followed:
    """`n` kills."""
    return _run(n, seed, Follower)


def torn(n: int, seed: int) -> Followed:
    """The mutant."""
    return _run(n, seed, Torn)


def _run(n: int, seed: int, kind: type[Follower]) -> Followed:
    draw = Random(f"follower/{seed}")
    with room() as folder, house(folder) as opened:
        ensure_rules(opened.log, BY, NOW)
        with process("faults.follower", folder) as followers, at_work() as begin:
            begin(partial(_go_on_writing, opened.another(), seed))
            for number in range(n):
                _one_kill(followers, kind, draw, from_outside=number % 3 == 0)
        reached = _lists_at(opened)
        stuck = _take_in_the_rest(opened)
        return _figures(n, opened, reached, stuck)


def _go_on_writing(log: EventLog, seed: int, stop: Stop) -> None:
    """What happens to some people, a few things at a time, and never so fast that nobody can follow."""
    draw = Random(f"follower/{seed}/writer")
    lives = [Life(number) for number in range(PEOPLE)]
    while not stop.is_set():
        log.record_many([life.step() for life in draw.sample(lives, AT_ONCE)], by=BY, known_at=NOW)
        stop.wait(0.02)


def _one_kill(followers: Child, kind: type[Follower], draw: Random, *, from_outside: bool) -> None:
    """Let a follower begin and be killed: by us, or by itself."""
    assert followers.stdin is not None
    assert followers.stdout is not None
    word = _NEVER if from_outside else draw.randint(1, MOST_WORDS)
    followers.stdin.write(f"{kind.__name__} {word}\n")
    followers.stdin.flush()
    pid = int(followers.stdout.readline())
    if from_outside:
        sleep(draw.uniform(0, LONGEST))
        os.kill(pid, signal.SIGKILL)
    if int(followers.stdout.readline()) != -signal.SIGKILL:
        raise ChildProcessError("a follower ended in another way than it should")


def _take_in_the_rest(opened: House) -> int:
    """A follower that nobody kills; 1 when it cannot go on with what the killed ones have left."""
    follower = Follower(opened.db, opened.another())
    try:
        while follower.catch_up():
            pass
    except LookupError:
        return 1
    return 0


def _figures(n: int, opened: House, reached: int, stuck: int) -> Followed:
    rebuilt = rebuild(opened.db, opened.another())
    return Followed(
        kills=n,
        entries=opened.log.position(),
        entries_that_the_killed_took_in=reached,
        rows=rebuilt.rows,
        differences_to_a_rebuild=rebuilt.differences,
        parked_people=rebuilt.parked,
        could_not_go_on=stuck,
    )


def _lists_at(opened: House) -> int:
    with opened.db.connection(Role.APPLICATION) as conn:
        return lists_at(conn)


def _follow(folder: Path, kind: str, word: int) -> None:
    """Tell who we are, and follow until we are killed."""
    give_up_by_itself(seconds=60)
    with joined(folder, pool_max=3) as opened:
        follower = {one.__name__: one for one in (Follower, Torn)}[kind](opened.db, opened.log)
        print(os.getpid(), flush=True)
        if word != _NEVER:
            die_at_word(word)
        follower.run(Stop())


def main(folder: str) -> None:
    """Every line on stdin makes a process of its own that follows; tells its pid, and in the end how it ended.

    They are forked, because a new Python takes longer to start than a follower to be killed.
    """
    give_up_by_itself()
    for line in sys.stdin:
        kind, word = line.split()
        pid = os.fork()
        if pid == 0:
            try:
                _follow(Path(folder), kind, int(word))
            finally:
                os._exit(1)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
