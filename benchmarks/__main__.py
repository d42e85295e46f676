"""Runs the benchmarks: `python -m benchmarks [--quick] [--only NAME] [--json PATH]`."""

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from types import FrameType

from benchmarks import (
    append,
    batches,
    erasing,
    follower,
    growth,
    importing,
    memory,
    obligations,
    pages,
    preview,
)
from benchmarks.ground import Ground, ground, owner
from benchmarks.rounds import Figure
from benchmarks.size import FULL, QUICK, TINY, Size
from benchmarks.table import table, to_json

BENCHMARKS: dict[str, Callable[[Ground, Size], list[Figure]]] = {
    "append": append.run,
    "batches": batches.run,
    "import": importing.run,
    "follower": follower.run,
    "growth": growth.run,
    "erasing": erasing.run,
    "obligations": obligations.run,
    "preview": preview.run,
    "pages": pages.run,
    "memory": memory.run,
}
SIZES = {"full": FULL, "quick": QUICK, "tiny": TINY}
_LONGEST = 2_700
"""Seconds until a run is given up; a whole one takes about a third of it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table. A missed target is said there; it is no failure of the run."""
    asked = _parser().parse_args(arguments)
    size = TINY if asked.tiny else QUICK if asked.quick else FULL
    figures: dict[str, list[Figure]] = {}
    with ground() as server:
        about = {"postgresql": _version(server), "size": next(name for name, one in SIZES.items() if one is size)}
        for name in asked.only or BENCHMARKS:
            began = perf_counter()
            figures[name] = BENCHMARKS[name](server, size)
            server.clear()
            print(f"{name}: {perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    print(table(figures))
    if asked.json:
        to_json(asked.json, figures, about)
    missed = sum(figure.met is False for each in figures.values() for figure in each)
    if missed:
        print(f"\n{missed} target(s) missed: see NO above.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="about a third of the work; figures are rougher")
    parser.add_argument("--tiny", action="store_true", help="only sees that everything runs; figures mean nothing")
    parser.add_argument("--only", action="append", choices=BENCHMARKS, metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--json", type=Path, metavar="PATH", help="write every round of every figure there too")
    return parser


def _give_up(_: int, __: FrameType | None) -> None:
    raise TimeoutError(f"the benchmarks were not done after {_LONGEST} seconds")


def _version(server: Ground) -> str:
    with owner(server.databases[0]) as conn:
        return str(conn.info.server_version)


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(_LONGEST)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # also then the server and its folder go
    sys.exit(main())
