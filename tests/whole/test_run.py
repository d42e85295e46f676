"""`make run` as a newcomer meets it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import httpx2
import pytest

from tests.whole.program import Running, alive, overgang


@pytest.fixture(scope="module")
def data(room: Path) -> Path:
    return room / "data"


@contextmanager
def _as_staff(running: Running, name: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=running.address, follow_redirects=True) as client:
        page = client.get("/log-ind").text
        staff_id = re.search(rf'name="staff_id" value="([^"]+)"(?:(?!<form).)*?{name}', page, re.DOTALL)
        assert staff_id, f"{name} is not among those one can act as"
        answer = client.post("/log-ind", data={"staff_id": staff_id[1]}, headers={"origin": running.address})
        assert answer.status_code == 200
        yield client


def test_the_first_start_fills_a_municipality_and_serves_what_has_slipped(data: Path) -> None:
    with Running(data) as running:
        assert any("600 opdigtede unge" in line for line in running.said)
        with _as_staff(running, "Mette Vejleder") as client:
            page = client.get("/arbejdsliste").text
        overdue = re.search(r"<b>(\d+)</b> <span>overskredne frister", page)
        assert overdue
        assert int(overdue[1]) > 5
        started = running.descendants()
        assert started
    assert running.process.returncode == 0
    sleep(0.5)
    assert alive(started) == set(), "Ctrl-C leaves no process behind"


def test_it_is_judged_by_the_rules_of_the_program_and_by_lemvigs_own_file(data: Path) -> None:
    shown = overgang(data, "regler", "vis").stdout
    assert "Kommunens egen fil: lemvig.toml" in shown
    assert "Regler er indlæst 1 gang i alt." in shown


def test_the_second_start_uses_what_is_there(data: Path) -> None:
    with Running(data) as running:
        assert not any("Skriver" in line for line in running.said)
        with _as_staff(running, "Mette Vejleder") as client:
            assert "verskred" in client.get("/arbejdsliste").text


def test_a_taken_port_is_said_before_anything_else_happens(data: Path) -> None:
    with Running(data) as running:
        other = Running(data.with_name("other"), running.port)
        assert other.process.wait(20) == 1
        other.stop()
        (line,) = other.said
        assert f"Port {running.port} er optaget" in line
    assert not data.with_name("other").exists()


def test_a_killed_program_leaves_no_server_and_starts_again(data: Path) -> None:
    with Running(data) as running:
        started = running.descendants()
        running.process.kill()
        running.process.wait(10)
    for _ in range(100):
        if not alive(started):
            break
        sleep(0.1)
    assert alive(started) == set()
    with Running(data) as again, _as_staff(again, "Mette Vejleder") as client:
        assert client.get("/arbejdsliste").status_code == 200
