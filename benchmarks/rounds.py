"""Lets contestants work in turns, A B C A B C …, so that a noisy minute hits all of them."""

import gc
import statistics
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from time import perf_counter

Work = Callable[[], int]
"""What is timed; answers with how many it did."""
Contestant = Callable[[int], Work]
"""Makes ready, outside the clock, what is to be done in round so-and-so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table: the median of `rounds`, and its share of what it is held beside, name by name."""

    what: str
    unit: str
    rounds: Sequence[float]
    beside: Mapping[str, float] = field(default_factory=dict)
    target: str = ""
    met: bool | None = None

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)


def in_turns(rounds: int, contestants: Mapping[str, Contestant]) -> dict[str, list[float]]:
    """How many a second each contestant did, round by round."""
    rates: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds):
        for name, contestant in contestants.items():
            work = contestant(number)
            gc.collect()
            began = perf_counter()
            count = work()
            rates[name].append(count / (perf_counter() - began))
    return rates


def beside(
    rates: Mapping[str, Sequence[float]], pairs: Mapping[str, Sequence[str]], unit: str = "entries/s"
) -> list[Figure]:
    """The figures of every contestant; `pairs` says which stand beside which. A ratio is the median over the rounds."""
    figures = []
    for name, own in rates.items():
        ratios = {
            other: statistics.median(a / b for a, b in zip(own, rates[other], strict=True))
            for other in pairs.get(name, ())
        }
        figures.append(Figure(what=name, unit=unit, rounds=own, beside=ratios))
    return figures


def at_least(figure: Figure, times: float, other: str) -> Figure:
    """The figure with its aim: so many times what `other`, which it is held beside, did."""
    return replace(figure, target=f"at least {times} ×", met=figure.beside[other] >= times)


def at_once(writers: Sequence[Callable[[], int]]) -> int:
    """Let all of them write at the same time, one thread each; answers with how many all of them wrote."""
    if len(writers) == 1:
        return writers[0]()
    line = threading.Barrier(len(writers))

    def start(writer: Callable[[], int]) -> int:
        line.wait(timeout=30)
        return writer()

    with ThreadPoolExecutor(len(writers)) as threads:
        return sum(threads.map(start, writers))
