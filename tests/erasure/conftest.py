from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.erasure.town import Town, open_town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with open_town(tmp_path) as opened:
        yield opened
