import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from database.database import Database
from tests.servers import fresh_database, quick_place


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that a server started by root can get through to; pytest's own are closed."""
    made = Path(tempfile.mkdtemp(prefix="og-", dir=quick_place()))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def db() -> Iterator[Database]:
    with fresh_database() as opened:
        yield opened


@pytest.fixture(scope="session")
def rounds() -> int:
    """How often a fault is repeated; `make faults` asks for more."""
    return int(os.environ.get("FAULTS_N", "5"))
