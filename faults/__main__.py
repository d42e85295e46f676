"""Runs the faults: `python -m faults [--only NAME] [--n N | --full] [--seed SEED] [--json PATH]`.

N is the number of kills; everything else is in proportion, and 200 is the full count of every scenario.
"""

import argparse
import logging
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from types import FrameType

from faults.ground import CannotRun
from faults.scenarios import OF_ALL, SCENARIOS, Run, Scenario
from faults.table import Told, table, to_json

USUAL = 30
_SHORTEST, _EACH = 600, 20
"""Seconds until a run is given up: so many at least, and so many more for every kill. It takes about half of it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 when something did not hold, or a mutant got through."""
    asked = _parser().parse_args(arguments)
    # It tells of every connection that a fault of ours has cut.
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
    share = OF_ALL if asked.full else asked.n
    if __name__ == "__main__":
        signal.alarm(_SHORTEST + _EACH * share)
    runs: list[Told] = []
    try:
        for name in asked.only or SCENARIOS:
            for told in _all_of(name, SCENARIOS[name], share, asked.seed):
                what = f"{name}, mutant: {told.mutant}" if told.mutant else name
                print(f"{what}: {told.seconds:.0f} s", file=sys.stderr, flush=True)
                runs.append(told)
    finally:  # also of a run that is broken off: what it has found
        print(table(runs))
    if asked.json:
        to_json(asked.json, runs, {"share": f"{share}/{OF_ALL}", "seed": str(asked.seed)})
    bad = sum(not told.good for told in runs)
    if bad:
        print(f"\n{bad} of {len(runs)} run(s) are not as they must be: see NO above. The seed was {asked.seed}.")
    return 1 if bad else 0


def _all_of(name: str, scenario: Scenario, share: int, seed: int) -> Iterator[Told]:
    n = scenario.count(share)
    told = _told(scenario.run, n, seed, name, title=f"{n:,} × {scenario.of}")
    yield told
    if told.why_not:
        return
    for mutant, broken in scenario.mutants.items():
        yield _told(broken.run, broken.n, seed, name, mutant=mutant)


def _told(run: Run, n: int, seed: int, scenario: str, *, mutant: str = "", title: str = "") -> Told:
    figures, broke, why_not = None, "", ""
    began = perf_counter()
    try:
        figures = run(n, seed)
    except CannotRun as reason:
        why_not = str(reason)
    except Exception as fault:  # noqa: BLE001 - the other scenarios are still to be seen
        traceback.print_exc()
        broke = type(fault).__name__
    return Told(
        scenario=scenario,
        mutant=mutant,
        title=title,
        figures=figures,
        seconds=perf_counter() - began,
        broke=broke,
        why_not=why_not,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("faults", description=__doc__)
    parser.add_argument("--only", action="append", choices=SCENARIOS, metavar="NAME", help=", ".join(SCENARIOS))
    parser.add_argument(
        "--n", type=_positive, default=USUAL, help=f"how many kills, and the rest in proportion ({USUAL})"
    )
    parser.add_argument("--full", action="store_true", help=f"the full counts, as --n {OF_ALL}; it takes long")
    parser.add_argument("--seed", type=int, default=1, help="what is random is drawn from this")
    parser.add_argument("--json", type=Path, metavar="PATH", help="write every count there too")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _give_up(_: int, __: FrameType | None) -> None:
    # Not an Exception: it must not be taken for the fault of one scenario.
    sys.exit("the faults were not done in time")


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, _give_up)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # also then servers, processes and folders go
    sys.exit(main())
