"""The house as a whole: its packages, and the promise that no route is naked."""

import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

from api.policy import PUBLIC, policy, refuse_naked_routes

PACKAGES = ["domain", "database", "eventlog", "people", "intake", "projections", "erasure", "demo", "api"]


@pytest.mark.parametrize("name", PACKAGES)
def test_nobody_else_brings_a_package_of_our_name(name: str) -> None:
    assert set(packages_distributions()[name]) == {"overgang"}


def test_every_package_is_installed_with_the_program() -> None:
    listed = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    found = {".".join(path.parent.parts) for name in PACKAGES for path in Path(name).rglob("__init__.py")}
    assert set(listed) == found | {"templates", "static"}


def _app(*, named: bool) -> FastAPI:
    router = APIRouter()

    def page() -> str:
        return ""

    router.get("/ny-side")(policy(PUBLIC)(page) if named else page)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(router)
    app.mount("/static", StaticFiles(directory="static"))
    return app


def test_the_program_does_not_start_with_a_route_without_a_policy() -> None:
    refuse_naked_routes(_app(named=True).routes)
    with pytest.raises(TypeError, match="/ny-side"):
        refuse_naked_routes(_app(named=False).routes)


def test_nor_with_files_served_from_elsewhere() -> None:
    app = _app(named=True)
    app.mount("/filer", StaticFiles(directory="docs"))
    with pytest.raises(TypeError, match="filer"):
        refuse_naked_routes(app.routes)
