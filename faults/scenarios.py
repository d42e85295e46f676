"""Every scenario with its mutants, and how many of everything the full run does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from faults import cuts, deliveries, disk, erasing, follower, kills, late, markers, postmaster, swaps, writers
from faults.figures import Figures

Run = Callable[[int, int], Figures]
"""So many, drawn from this seed."""

OF_ALL = 200
"""Counts are given as a share of this: it is the number of kills in a full run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """The scenario with one thing broken. `n` is as many as it takes to be caught, however many were asked for."""

    run: Run
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`full` is how many a full run does, `least` how few show anything, `of` what they are."""

    run: Run
    full: int
    of: str
    least: int = 1
    mutants: Mapping[str, Mutant] = field(default_factory=dict)

    def count(self, share: int) -> int:
        """How many these are, when a full run has `OF_ALL`."""
        return max(self.least, self.full * share // OF_ALL)


SCENARIOS: dict[str, Scenario] = {
    "kills": Scenario(
        run=kills.run,
        full=200,
        of="kill -9 of all PostgreSQL processes under 4 writers",
        mutants={
            "synchronous_commit off": Mutant(run=kills.confirming_too_early, n=8),
            "no second flush": Mutant(run=kills.without_the_second_flush, n=8),
        },
    ),
    "follower": Scenario(
        run=follower.run,
        full=200,
        of="kill -9 of the follower",
        mutants={"position without its rows": Mutant(run=follower.torn, n=20)},
    ),
    "writers": Scenario(
        run=writers.run,
        full=200,
        of="commands of each of 50 writers on one young person",
        mutants={"append without a lock": Mutant(run=writers.without_the_lock, n=8)},
    ),
    "deliveries": Scenario(
        run=deliveries.run,
        full=100_000,
        of="deliveries, everything one to five times, in two orders",
        mutants={"steps without a source": Mutant(run=deliveries.without_source, n=600)},
    ),
    "swaps": Scenario(
        run=swaps.run,
        full=1_000,
        of="rows moved to where they do not belong",
        least=12,
        mutants={"nothing bound": Mutant(run=swaps.nothing_bound, n=24)},
    ),
    "disk": Scenario(
        run=disk.run,
        full=12,
        of="a full disk: of the data, of the journal, of both",
        least=3,
        mutants={"refusals believed": Mutant(run=disk.believing_refusals, n=1)},
    ),
    "postmaster": Scenario(
        run=postmaster.run,
        full=50,
        of="kill -9 of the embedded server, started again at once",
        least=4,
        mutants={"lock files believed": Mutant(run=postmaster.believing_lock_files, n=4)},
    ),
    "late": Scenario(
        run=late.run,
        full=1_000,
        of="late events of people who are erased meanwhile",
        least=100,
        mutants={"groups ended, not the person": Mutant(run=late.ending_groups_alone, n=100)},
    ),
    "cuts": Scenario(
        run=cuts.run,
        full=1_000,
        of="cuts of the line to the database, eight kinds",
        mutants={
            "resent under a new id": Mutant(run=cuts.resent_under_a_new_id, n=4),
            "not resent": Mutant(run=cuts.not_resent, n=4),
            "no limit of the client's own": Mutant(run=cuts.without_a_limit, n=3),
        },
    ),
    "markers": Scenario(
        run=markers.run,
        full=100_000,
        of="entries whose every text carries a marker; then 50 people erased, and the master key changed",
        least=600,
        mutants={
            "not encrypted": Mutant(run=markers.without_encryption, n=600),
            "no rotation": Mutant(run=markers.without_rotation, n=600),
        },
    ),
    "erasing": Scenario(
        run=erasing.run,
        full=25,
        of="kill -9 after each of 11 steps of an erasure, and anywhere; then an old backup",
        mutants={
            "several transactions": Mutant(run=erasing.piece_by_piece, n=1),
            "no ledger file": Mutant(run=erasing.without_a_ledger_file, n=1),
        },
    ),
}
