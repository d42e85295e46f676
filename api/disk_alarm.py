"""Says in time that the disk is filling up: writing is refused when it is full, and by then it is late.

Only for folders of ours. A database on another server has its own operator, and its own alarm.
"""

import logging
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

EVERY = 60.0
"""Seconds between two looks."""

STEPS = (80, 90)
"""Percent in use at which the operator is told: first a warning, then an error."""

logger = logging.getLogger(__name__)


class DiskAlarm:
    """Watches the disks of some folders. One line when a step is passed, one when there is room again."""

    def __init__(self, folders: Sequence[Path]) -> None:
        # Folders on one disk are told of once.
        disks = {folder.stat().st_dev: folder for folder in reversed(folders) if folder.exists()}
        self._passed = dict.fromkeys(disks.values(), 0)

    def watch(self, stop: threading.Event) -> None:
        """Look now and then, until told to stop."""
        while not stop.is_set():
            self.look()
            stop.wait(EVERY)

    def look(self) -> None:
        """Say what has changed since the last look."""
        for folder, before in self._passed.items():
            used = percent_in_use(folder)
            passed = max((step for step in STEPS if used >= step), default=0)
            if passed > before:
                told = logger.error if passed == STEPS[-1] else logger.warning
                told("the disk of %s is %d %% full; when it is full nothing more is recorded", folder.name, used)
            elif passed < before:
                logger.warning("the disk of %s is %d %% full again", folder.name, used)
            self._passed[folder] = passed


def percent_in_use(folder: Path) -> int:
    """Whole percent of what this program may fill; 0 while the folder cannot be asked about."""
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return 0
    # What is kept back for the system's administrator is not ours to fill.
    ours = usage.used + usage.free
    return 100 * usage.used // ours if ours else 0
