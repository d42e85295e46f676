"""The program as its users start it: a process of its own, on a free port, with its data in a folder."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from time import monotonic, sleep
from typing import Self

LEFT_OUT = frozenset({"DATABASE_URL", "OVERGANG_SCHEMA"})
"""Settings of whoever runs the tests, which are not the program's."""

OVERGANG = str(Path(sys.executable).with_name("overgang"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, port: int = 0) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    return kept | {"OVERGANG_DATA": str(data), "PORT": str(port or free_port())}


def overgang(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [OVERGANG, *words], env=environment(data), capture_output=True, text=True, timeout=240, check=False
    )


class Running:
    """`overgang run-demo`, from its first line to Ctrl-C."""

    def __init__(self, data: Path, port: int | None = None) -> None:
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [OVERGANG, "run-demo"],
            env=environment(data, self.port),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.said.extend(line.rstrip() for line in self.process.stdout)

    def __enter__(self) -> Self:
        give_up = monotonic() + 120
        while not any(self.address in line for line in list(self.said)):
            if self.process.poll() is not None or monotonic() > give_up:
                self.stop()
                raise AssertionError("\n".join(self.said))
            sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> int:
        """Ctrl-C; answers with the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            code = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
            raise
        self._reader.join()
        if self.process.stdout:
            self.process.stdout.close()
        return code

    def descendants(self) -> set[int]:
        """Every process that it started, and what those started."""
        parents = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    stat = (folder / "stat").read_text()
                except OSError:
                    continue
                parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
        found, new = set(), {self.process.pid}
        while new:
            new = {child for child, parent in parents.items() if parent in new} - found
            found |= new
        return found


def alive(pids: set[int]) -> set[int]:
    """Those that still run; a zombie does not."""
    found = set()
    for pid in pids:
        try:
            state = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            found.add(pid)
    return found
