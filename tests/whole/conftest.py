import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def room() -> Iterator[Path]:
    """A folder that the database server's own user can pass through, as pytest's folders of root are not."""
    folder = Path(tempfile.mkdtemp(prefix="overgang-whole-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)
