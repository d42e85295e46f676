"""`DATABASE_URL` takes the place of the embedded server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.database.foreign import ForeignServer, binaries
from tests.servers import prepare_login
from tests.whole import program
from tests.whole.program import overgang


@pytest.fixture
def url(room: Path) -> Iterator[str]:
    tools = binaries("15")
    if tools is None:
        pytest.skip("Debian's postgresql-15 is not installed")
    server = ForeignServer.start(room / "debian", tools)
    yield prepare_login(server)
    server.stop()


def test_files_are_imported_into_somebody_elses_server_and_the_lists_are_built_there(
    url: str, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "LEFT_OUT", program.LEFT_OUT - {"DATABASE_URL"})
    monkeypatch.setenv("DATABASE_URL", url)
    files = room / "files"
    assert overgang(room / "data", "demo", "--youths", "40", "--out", str(files)).returncode == 0
    done = overgang(room / "data", "import", str(files))
    # The municipality's files hold one row about somebody whom nobody follows, and it is the only one set aside.
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 rækker sat til side" in done.stdout
    assert "Ukendt person" in done.stdout
    rebuilt = overgang(room / "data", "rebuild")
    assert "40 unge" in rebuilt.stdout, rebuilt.stdout + rebuilt.stderr
    assert not (room / "data" / "postgresql").exists()
