"""The most memory an import takes, for the files of 1,000 and of 4,000 people: it must not grow with the file.

Each import is a process of its own; what counts is the most that the kernel ever saw in it (VmHWM). What an idle
process has, with everything loaded and the house open, is told beside it. Opened keys are kept, a bounded number of
them (`eventlog.keys`), so a little growth is expected until that bound is reached.
"""

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.ground import Ground
from benchmarks.lives import NOW
from benchmarks.rounds import Figure
from benchmarks.size import Size
from demo import write
from domain.facts import civil_date
from intake import import_paths

MOST_GROWTH = 1.25
_PATIENCE = 300
"""Seconds until an import must be done."""


def run(ground: Ground, size: Size) -> list[Figure]:
    """Once each: memory is not noisy."""
    idle = peak_of_import(ground, "memory_idle", 0)
    small = peak_of_import(ground, "memory_small", size.small_file)
    large = peak_of_import(ground, "memory_large", size.large_file)
    times = size.large_file / size.small_file
    return [
        Figure(what="a process that imports nothing", unit="MB", rounds=[idle]),
        Figure(what=f"import of {size.small_file:,} people", unit="MB", rounds=[small]),
        Figure(
            what=f"import of {size.large_file:,} people",
            unit="MB",
            rounds=[large],
            beside={f"that of {size.small_file:,}": large / small},
            target=f"at most {MOST_GROWTH} × for {times:.0f} × the file",
            met=large / small <= MOST_GROWTH,
        ),
    ]


def peak_of(pid: int | str = "self") -> float:
    """The most memory that this process ever had, in MB. Its own, not what it inherited from who started it."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def peak_of_import(ground: Ground, schema: str, youths: int) -> float:
    """The most memory that a process had which imported the files of so many people."""
    files = ground.folder / schema
    files.mkdir()
    if youths:
        write(files, youths, seed=7, until=civil_date(NOW))
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory", ground.folder, schema, files],
        check=True,
        stdout=subprocess.PIPE,
        timeout=_PATIENCE,
        env=os.environ,
        cwd=Path(__file__).parents[1],
    )
    return float(done.stdout)


def _import(folder: Path, schema: str, files: Path) -> None:
    rooms = Ground(folder, []).rooms(schema)
    try:
        import_paths(rooms.office, [files], now=NOW)
    finally:
        rooms.db.close()
    print(peak_of())


if __name__ == "__main__":
    _import(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
