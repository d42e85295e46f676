from collections.abc import Iterator

import pytest

from tests.projections.world import World, open_world


@pytest.fixture(scope="module")
def module_world() -> Iterator[World]:
    with open_world() as world:
        yield world


@pytest.fixture
def world(module_world: World) -> World:
    module_world.begin_again()
    return module_world
