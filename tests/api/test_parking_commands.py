"""What the operator and the pages say of young people whom the lists do not follow."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner

from api.commands import main
from api.parking_commands import _LISTS, NoSuchCase, let_go_on, tell_who_is_parked
from database import Role
from domain.codes import Programme
from domain.events import ToldOfBreakOff
from projections import again
from projections.spans import TABLES, WORKLIST
from projections.turns import alone
from tests.api.conftest import StillHouse
from tests.projections.poison import Undo, faulty, spoil

Make = Callable[..., Any]
UU = "mette-vejleder"
BROKE_OFF = ToldOfBreakOff(on=date(2026, 5, 4), programme=Programme.VOCATIONAL)


@pytest.fixture
def said(house: StillHouse, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[bool, list[str]]]:
    """Whether all was well, and what the command said."""

    def run(command: Callable[..., bool], *arguments: Any) -> tuple[bool, list[str]]:
        capsys.readouterr()
        return command(house, *arguments), capsys.readouterr().out.splitlines()

    return run


@pytest.fixture
def spoilt(house: StillHouse, youth: Make) -> tuple[Any, Undo]:
    """Anna's break-off cannot be read; Bo's can."""
    anna = youth("Anna Fiktivholm", events=[BROKE_OFF])
    undo = spoil(house, house.log.position())
    youth("Bo Demogaard", events=[BROKE_OFF])
    house.catch_up()
    return anna, undo


def footer(page: Any) -> str:
    found = re.search(r'<footer class="foot">(.*?)</footer>', page.text, re.DOTALL)
    assert found
    return found[1]


def test_nobody_is_parked(said: Make, youth: Make, house: StillHouse, as_staff: Make) -> None:
    youth(events=[BROKE_OFF])
    house.catch_up()
    assert said(tell_who_is_parked) == (True, ["Ingen unge er parkeret."])
    assert said(let_go_on, ()) == (True, ["Ingen unge er parkeret."])
    for path in ("/arbejdsliste", "/unge"):
        assert "følges ikke" not in as_staff(UU).get(path).text


def test_the_operator_is_told_by_case_number_where_since_when_and_why_but_not_who(
    said: Make, spoilt: tuple[Any, Undo]
) -> None:
    anna, _ = spoilt
    well, (line, total) = said(tell_who_is_parked)
    assert not well
    assert re.fullmatch(
        rf"{anna.case_number}: alle lister, fra hændelse \d+ af 04\.05\.2026 kl\. 13\.00: "
        r"hændelsen er ændret eller hører ikke til dér \(Forged\)\.",
        line,
    )
    assert total == "I alt: 1 ung er parkeret."
    assert "Anna" not in line
    assert str(anna.id) not in line


def test_every_list_says_that_it_leaves_somebody_out_until_they_go_on(
    said: Make, spoilt: tuple[Any, Undo], as_staff: Make
) -> None:
    anna, undo = spoilt
    mette = as_staff(UU)
    for path in ("/arbejdsliste", "/unge", "/overleveringer", "/moeder"):
        assert "1 ung følges ikke af listerne: noget om den unge kunne ikke læses." in footer(mette.get(path)), path
    assert "Anna Fiktivholm" not in mette.get("/arbejdsliste").text

    assert said(let_go_on, (anna.case_number,)) == (
        False,
        [
            "0 unge følges igen af alle lister.",
            "1 ung kan stadig ikke læses. Kør overgang parkerede for at se hvorfor.",
        ],
    )
    undo()
    assert said(let_go_on, (anna.case_number,)) == (True, ["1 ung følges igen af alle lister."])
    assert "følges ikke" not in mette.get("/arbejdsliste").text
    assert "Anna Fiktivholm" in mette.get("/arbejdsliste").text
    assert said(tell_who_is_parked)[0]


def test_without_numbers_everybody_who_is_parked_is_tried(said: Make, house: StillHouse, youth: Make) -> None:
    undo = []
    for number in range(3):
        youth(f"Ung {number} Prøvesen", events=[BROKE_OFF])
        undo.append(spoil(house, house.log.position()))
    house.catch_up()
    assert said(tell_who_is_parked)[1][-1] == "I alt: 3 unge er parkeret."
    for put_right in undo[:2]:
        put_right()
    well, lines = said(let_go_on, ())
    assert (well, lines[0], lines[1][:5]) == (False, "2 unge følges igen af alle lister.", "1 ung")
    assert said(tell_who_is_parked)[1][-1] == "I alt: 1 ung er parkeret."


def test_one_list_alone_is_named(said: Make, house: StillHouse, youth: Make) -> None:
    with faulty(WORKLIST, lambda life, _: ToldOfBreakOff in life.by_type):
        anna = youth(events=[BROKE_OFF])
        house.catch_up()
    _, (line, _) = said(tell_who_is_parked)
    assert line.startswith(f"{anna.case_number}: arbejdslisten, fra hændelse ")
    assert line.endswith("programmet kan ikke regne med det (ZeroDivisionError).")


def test_a_number_that_nobody_has_changes_nothing(said: Make, spoilt: tuple[Any, Undo], house: StillHouse) -> None:
    anna, undo = spoilt
    undo()
    for wrong in ("999999", "Anna", "", "0"):
        with pytest.raises(NoSuchCase, match="Der er ikke ændret noget"):
            let_go_on(house, (anna.case_number, wrong))
    assert not said(tell_who_is_parked)[0]


def test_somebody_who_is_in_no_register_is_told_of_all_the_same(
    said: Make, spoilt: tuple[Any, Undo], house: StillHouse
) -> None:
    anna, undo = spoilt
    with house.db.connection(Role.ERASER) as conn:
        house.register.forget(conn, anna.id)
    assert said(tell_who_is_parked)[1][0].startswith("uden sagsnr.: alle lister")
    undo()
    assert said(let_go_on, ()) == (True, ["1 ung følges igen af alle lister."])


def test_a_file_that_goes_on_in_another_is_found_by_its_own_number(
    said: Make, spoilt: tuple[Any, Undo], house: StillHouse, youth: Make
) -> None:
    anna, undo = spoilt
    other = youth("Carl Testesen")
    with house.db.connection(Role.APPLICATION) as conn:
        house.register.join(conn, anna.id, other.id, house.now)
    undo()
    assert said(tell_who_is_parked)[1][0].startswith(anna.case_number)
    assert said(let_go_on, (anna.case_number,)) == (True, ["1 ung følges igen af alle lister."])
    assert said(tell_who_is_parked)[0]


def test_while_the_lists_are_being_rebuilt_the_operator_is_told_to_wait(
    spoilt: tuple[Any, Undo], house: StillHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again, "PATIENCE", 0.1)
    monkeypatch.setattr("api.demonstration.open_demo_or_own", lambda *_: house)
    with alone(house.db):
        answer = CliRunner().invoke(main, ["genoptag", spoilt[0].case_number])
    assert (answer.exit_code, answer.output) == (
        1,
        "Error: Listerne bliver bygget op, eller unge bliver genoptaget, lige nu. Prøv igen, når det er færdigt.\n",
    )


def test_every_table_has_a_name_for_the_operator() -> None:
    assert set(_LISTS) == {table.name for table in TABLES}
