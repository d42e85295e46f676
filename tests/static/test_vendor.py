import hashlib
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
VENDOR = ROOT / "static" / "vendor"
PACKAGES = tomllib.loads((VENDOR / "VENDOR.toml").read_text(encoding="utf-8"))["package"]
FILES = [file for package in PACKAGES for file in package["file"]]
REGISTRIES = [".".join(parts) for parts in (("npmjs", "org"), ("npmjs", "com"), ("pypi", "org"))] + [
    ".".join(parts) for parts in (("pythonhosted", "org"), ("unpkg", "com"), ("jsdelivr", "net"))
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["to"])
def test_a_vendored_file_is_the_one_we_chose(file: dict[str, str]) -> None:
    assert hashlib.sha256((VENDOR / file["to"]).read_bytes()).hexdigest() == file["sha256"]


def test_nothing_is_vendored_without_being_listed() -> None:
    found = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert found == {"VENDOR.toml", *(file["to"] for file in FILES)}


def test_every_package_brings_its_licence() -> None:
    for package in PACKAGES:
        assert package["licence"]
        assert package["integrity"].startswith("sha512-")
        assert any(file["to"].startswith("LICENSES/") for file in package["file"])


@pytest.mark.parametrize("folder", ["static", "templates", "tools"])
def test_no_file_names_a_package_registry(folder: str) -> None:
    for path in (ROOT / folder).rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            content = path.read_bytes().lower()
            assert [host for host in REGISTRIES if host.encode() in content] == [], path


def test_the_weight_of_the_first_visit() -> None:
    assert (ROOT / "static" / "app.css").stat().st_size < 25_000
    assert (ROOT / "static" / "app.js").stat().st_size < 6_000
    assert sum(path.stat().st_size for path in VENDOR.glob("*.woff2")) < 60_000
