"""Erasing killed after each of its steps, and anywhere: run again it ends erased, and an old backup changes nothing.

Each erasure is a process that carries it out and kills itself with SIGKILL after a step; another is killed from
outside at a random moment. Then the program starts again and finishes what has begun, and the operator carries out what
has not. At the end all tables are put back as they were before the first erasure, and the program starts once more.

The mutants: an erasure in several transactions, with nothing decided before the first; and one that writes no ledger
file, so that nobody knows after a restore.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Timer
from typing import Any
from uuid import UUID

from benchmarks.lives import NOW
from database import Role
from erasure import Eraser, ErasureRefused, table
from erasure.carrying_out import STEPS, Done
from erasure.intents import Intent
from faults.erasing_town import (
    MARK,
    backup,
    decide,
    eraser,
    furnish,
    move_in,
    rows_left,
    stories,
    waiting_rows,
)
from faults.figures import Figures, all_of, at_least, counted, none
from faults.ground import House, give_up_by_itself, house, joined, process, room

ANYWHERE = "anywhere"
LONGEST = 0.3
"""Seconds within which the kill at a random moment comes."""

BYSTANDERS = 20


@dataclass(frozen=True, kw_only=True)
class Erasing(Figures):
    """What came of it."""

    erasures: int = at_least(len(STEPS) + 1)
    killed: int = at_least(len(STEPS) - 1)
    finished_by_the_next_start: int = counted()
    carried_out_again_by_hand: int = counted()
    erased: int = all_of("erasures")
    rows_left: int = none()
    rows_set_aside_left: int = none()
    rows_left_after_a_restore: int = none()
    others_changed: int = none()
    other_errors: int = none()


def run(n: int, seed: int) -> Erasing:
    """`n` kills after each step, and as many anywhere."""
    return _run(n, seed)


def piece_by_piece(n: int, seed: int) -> Erasing:
    """The mutant without one transaction."""
    return _run(n, seed, mutant="pieces")


def without_a_ledger_file(n: int, seed: int) -> Erasing:
    """The mutant that writes nothing beside the keys."""
    return _run(n, seed, mutant="no file")


def _run(n: int, seed: int, mutant: str = "none") -> Erasing:
    draw = Random(f"erasing/{seed}")
    steps = [step for step in (*STEPS, ANYWHERE) for _ in range(n)]
    with room() as folder, house(folder) as opened:
        furnish(opened)
        gone = move_in(opened, len(steps), 0, MARK)
        others = move_in(opened, BYSTANDERS, len(steps), "Andre")
        before, waiting = stories(opened, others), waiting_rows(opened)
        with backup(opened) as restore:
            ids = [decide(opened, person_id) for person_id in gone]
            killed = _kill(folder, [(one, step) for one, step in zip(ids, steps, strict=True)], mutant, draw)
            finished, by_hand, errors = _run_again(opened, ids, mutant)
            left = rows_left(opened, gone)
            set_aside = waiting_rows(opened) - (waiting - len(gone))
            restore()
            eraser(opened).finish_begun(now=NOW)
        return Erasing(
            erasures=len(ids),
            killed=killed,
            finished_by_the_next_start=finished,
            carried_out_again_by_hand=by_hand,
            erased=_erased(opened, gone),
            rows_left=left,
            rows_set_aside_left=set_aside,
            rows_left_after_a_restore=rows_left(opened, gone) + waiting_rows(opened) - (waiting - len(gone)),
            others_changed=sum(stories(opened, others).get(one) != before[one] for one in others),
            other_errors=errors,
        )


def _kill(folder: Path, deaths: Sequence[tuple[UUID, str]], mutant: str, draw: Random) -> int:
    """One process makes all the others, so that each begins at once; answers with how many were killed."""
    with process("faults.erasing", folder, mutant) as child:
        if child.stdin is None or child.stdout is None:
            raise TypeError("the process has no pipes")
        killed = 0
        for erasure_id, step in deaths:
            print(erasure_id, step.replace(" ", "_"), draw.uniform(0, LONGEST), file=child.stdin, flush=True)
            killed += child.stdout.readline().strip() == "killed"
    return killed


def _run_again(opened: House, ids: Sequence[UUID], mutant: str) -> tuple[int, int, int]:
    """The next start, and then the operator: how many each finished, and how many broke."""
    ours = _as(eraser(opened), mutant)
    finished, by_hand, broken = ours.finish_begun(now=NOW), 0, 0
    waiting = set(ours.waiting(NOW))
    for one in ids:
        if one in waiting:
            by_hand += 1
            try:
                ours.carry_out(one, now=NOW)
            except ErasureRefused:
                broken += 1
    return finished, by_hand, broken


def _erased(opened: House, gone: Sequence[UUID]) -> int:
    log = opened.another()
    return sum(bool(found.erased) and not found.entries for found in map(log.history, gone))


class _InPieces(Eraser):
    """Commits after every step, the register first; nothing is written down before."""

    def carry_out(self, erasure_id: UUID, *, now: Any, done: Done = lambda _: None) -> Any:
        def in_pieces(step: str) -> None:
            conn.commit()
            done(step)

        with self.office.db.connection(Role.ERASER) as conn:
            one = table.find(conn, erasure_id)
            intent = self._intent_of(one, now)
            for stream in intent.streams:
                self.office.register.forget(conn, stream)
            in_pieces("register")
            self._erase(conn, intent, now, in_pieces)
        self._follow_up(intent, now, done)
        return None


class _Unwritten:
    """A ledger file that forgets."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @staticmethod
    def read() -> list[Intent]:
        return []

    @staticmethod
    def append(_: Intent) -> None:
        """Nothing is written."""


def _as(ours: Eraser, mutant: str) -> Eraser:
    if mutant == "pieces":
        return _InPieces(ours.office, ours.intents)
    if mutant == "no file":
        return Eraser(ours.office, _Unwritten(ours.intents.path))  # type: ignore[arg-type]
    return ours


def _die_after(step: str) -> Callable[[str], None]:
    def die(done: str) -> None:
        if done == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return die


def _one(folder: Path, mutant: str, erasure_id: UUID, step: str) -> None:
    """In a process of its own: carry one out, and die on the way."""
    with joined(folder) as opened, suppress(ErasureRefused):
        _as(eraser(opened), mutant).carry_out(erasure_id, now=NOW, done=_die_after(step))


def main(folder: str, mutant: str) -> None:
    """Makes a process for each line that comes, and says how it ended."""
    give_up_by_itself()
    for line in sys.stdin:
        erasure_id, step, after = line.split()
        child = os.fork()  # before any thread or connection was made
        if not child:
            _one(Path(folder), mutant, UUID(erasure_id), step.replace("_", " "))
            os._exit(0)
        if step == ANYWHERE:
            clock = Timer(float(after), _kill_child, [child])
            clock.start()
            _, status = os.waitpid(child, 0)
            clock.cancel()
            clock.join()
        else:
            _, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else "ended", flush=True)


def _kill_child(child: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
