"""What all tests share: one real PostgreSQL, stopped at the end."""

from collections.abc import Iterator

import pytest

from tests.servers import stop_all


@pytest.fixture(scope="session", autouse=True)
def _servers_stop() -> Iterator[None]:
    yield
    stop_all()
