"""What all tests share: one real PostgreSQL, stopped at the end."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.servers import stop_all

# A property holds or it does not; how fast the machine is today is no part of it.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def _servers_stop() -> Iterator[None]:
    yield
    stop_all()
