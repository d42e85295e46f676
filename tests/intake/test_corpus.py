"""A hundred broken files and more: each with its precise message, and none of them half-imported."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest

from api import importing
from api.house import House
from api.settings import Settings
from database import Role
from people.cpr import fictional
from people.staff import demo_municipality, load_staff, read_municipality
from tests.intake.breaking import Who
from tests.intake.corpus import CASES, REFUSED, ROWS
from tests.intake.kinds import OURS
from tests.intake.office import NOW, PEOPLE, UU, Office, open_office, person


@pytest.fixture(scope="module")
def municipality(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One for all cases: each has people of its own."""
    folder = tmp_path_factory.mktemp("corpus")
    with open_office(folder) as office:
        office.profiles = OURS
        with office.db.connection(Role.APPLICATION) as conn:
            load_staff(conn, office.log.keys, read_municipality(demo_municipality()))
        people = [fictional(date(2009, 3, 14), number).digits for number in range(2 * len(CASES))]
        assert office.take(office.put("alle.csv", PEOPLE, *map(person, people))).is_clean
        yield office


def test_there_are_a_hundred_and_each_is_another() -> None:
    assert len(REFUSED) + len(ROWS) >= 100
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case.name for case in CASES])
def test_a_broken_file_is_told_and_never_half_imported(
    municipality: Office,
    number: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    case, who = CASES[number], Who(number)
    if case.before:
        before = municipality.take(municipality.put(f"før-{number}.csv", UU, *case.before(who)))
        assert before.is_clean
    path = tmp_path / case.name
    case.make(path, who)
    position, deliveries = municipality.log.position(), _deliveries(municipality)

    exit_code, said = _import(municipality, path, monkeypatch, capsys)

    told = _lines(said)
    if case.refused:
        assert (exit_code, _deliveries(municipality) - deliveries) == (1, 0)
        assert told[0].startswith(f"{case.name}: {case.refused}"), told
        assert municipality.log.position() == position, "a refused file leaves no entries"
        return
    assert exit_code == (1 if case.wrong else 0), said
    rows = case.new + case.unchanged + len(case.wrong)
    counts = f"{rows} rækker, {case.new} nye, {case.unchanged} uændrede, 0 rettelser, {len(case.wrong)} sat til side."
    assert told[0].startswith(f"{case.name}: {counts}"), told
    for (place, says), line in zip(case.wrong, told[1:-1], strict=True):
        assert line.startswith(f"{case.name}, {place}: {says}"), line
    assert _deliveries(municipality) - deliveries == 1
    assert (municipality.log.position() > position) == bool(case.new)
    assert municipality.rows("select count(*) from delivery where finished_at is null") == [(0,)]
    for secret in (who.cpr, who.other, who.stranger):
        assert secret not in said.replace(str(path), "")


def _import(
    office: Office, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str]:
    """What `overgang import` says and ends with, in a house that knows our kinds of files."""
    settings = Settings(database_url=None, data=path.parent, schema=office.db.schema, port=8000)
    house = House(settings, office.db, office.secrets, office.log, office.register, lambda: NOW)
    monkeypatch.setattr(importing, "office_of", lambda _: office.receiving)
    with click.Context(click.Command("import")):
        is_clean = importing.import_and_report(house, [path])
    return (0 if is_clean else 1), capsys.readouterr().out


def _lines(said: str) -> list[str]:
    """The lines after the progress bar; a sentence of several lines is one."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return [line for line in lines if not line.startswith("Indlæser")]


def _deliveries(office: Office) -> int:
    ((count,),) = office.rows("select count(*) from delivery")
    return int(count)
