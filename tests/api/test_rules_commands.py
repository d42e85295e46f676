"""`overgang regler`: what operators are told of a file of rules, what loading it changes, and what trying it shows."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from api.commands import main
from api.demonstration import keep_rules_up
from domain.codes import ContactWay, Programme
from domain.events import ContactMade, ToldOfBreakOff
from domain.rules import law_file, shipped_rules, together
from projections.rules_loaded import loadings
from tests.api.test_rules_pages import OWN

Make = Callable[..., Any]
LEADER, WORKER = "ulla-uddannelsesleder", "mette-vejleder"
STAND = "De regler, der er i kraft, gælder stadig."
BROKE_OFF = ToldOfBreakOff(on=date(2026, 5, 4), programme=Programme.VOCATIONAL)


@pytest.fixture
def run(house: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """A command in this house, which stays open."""
    monkeypatch.setattr("api.demonstration.open_demo_or_own", lambda *_: house)
    monkeypatch.setattr(house, "close", lambda: None)
    return lambda *arguments: CliRunner().invoke(main, ["regler", *map(str, arguments)])


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def written(text: str, name: str = "lemvig.toml") -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return written


# tjek


def test_a_file_is_read_without_a_database_and_what_it_holds_is_told(write: Make) -> None:
    answer = CliRunner().invoke(main, ["regler", "tjek", str(write(OWN))])
    assert answer.exit_code == 0, answer.output
    lines = answer.output.splitlines()
    assert lines[0].startswith("lemvig.toml kan læses. 39 regler tæller (")
    assert lines[0].endswith("38 er ikke i kraft.")
    assert "KUI-02 Kontakt efter afbrud: ændret" in lines
    assert "  +# Kommunen: Vi ringer næste dag." in lines
    assert "  +# Slået fra af kommunen: Milepælen er lukket hos os." in lines
    assert "Lukkedag: 24. december hvert år" in lines
    assert "Lukkedag: 15. maj 2026" in lines
    assert lines[-1] == "Filen er en kommunes egen. Indlæs den med: overgang regler indlaes FIL --af MEDARBEJDER"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (OWN.replace("says", "siger"), "lemvig.toml, linje 7: Nøglen “siger” findes ikke."),
        (OWN.replace("KUI-02", "KUI-99"), "lemvig.toml, linje 6: Reglen KUI-99 findes ikke."),
        (OWN.replace('"local"', '"law"'), "lemvig.toml, linje 9: En dato, som kommunen sætter, har basis"),
        ("x = [", "lemvig.toml, linje 1: TOML kan ikke læses ved filens slutning"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line_and_exit_code(write: Make, text: str, says: str) -> None:
    answer = CliRunner().invoke(main, ["regler", "tjek", str(write(text))])
    assert answer.exit_code == 1
    assert says in answer.output
    assert answer.output.endswith(f"{STAND}\n")


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xff\xfe\x00")
    answer = CliRunner().invoke(main, ["regler", "tjek", str(path)])
    assert (answer.exit_code, "x.toml: Filen er ikke UTF-8-tekst." in answer.output) == (1, True)


def test_the_draft_is_a_draft_and_an_area_can_be_checked(write: Make) -> None:
    answer = CliRunner().invoke(main, ["regler", "tjek", str(write(law_file("draft-2027-01-01"), "d.toml"))])
    assert answer.output.splitlines()[-1] == "Filen er et udkast. Den kan prøves, men ikke indlæses."
    answer = CliRunner().invoke(main, ["regler", "tjek", str(write(law_file("school"), "school.toml"))])
    assert answer.output.startswith("school.toml kan læses. 40 regler tæller")
    assert len(answer.output.splitlines()) == 1, "it is the same as the shipped one"


# indlaes


def test_a_municipalitys_file_is_loaded_and_what_changed_is_told(run: Make, write: Make, house: Any) -> None:
    house.load_rules(shipped_rules())
    answer = run("indlaes", write(OWN), "--af", LEADER)
    assert answer.exit_code == 0, answer.output
    assert "Indlæst og i kraft nu. 39 regler tæller" in answer.output
    assert "KUI-02 Kontakt efter afbrud: ændret" in answer.output
    assert "Lukkedage: 41 flere, 0 færre." in answer.output
    last = loadings(house.log)[-1]
    assert (last.by.id, last.files[-1]) == (LEADER, "lemvig.toml")
    assert date(2026, 12, 24) in last.rules.closed_days
    assert last.rules.off == {"MIL-01": "Milepælen er lukket hos os."}

    before = house.log.position()
    answer = run("indlaes", write(OWN), "--af", LEADER)
    assert answer.output == "De samme regler er allerede i kraft. Intet er ændret.\n"
    answer = run("indlaes", "--af", LEADER)
    assert answer.output == "De samme regler er allerede i kraft. Intet er ændret.\n", "the own file is kept"
    assert house.log.position() == before

    answer = run("indlaes", "--uden-egne", "--af", LEADER)
    assert "Lukkedage: 0 flere, 41 færre." in answer.output
    assert loadings(house.log)[-1].own_files == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (OWN.replace('reason = "Milepælen er lukket hos os."', ""), "linje 15: Nøglen “reason” mangler."),
        (law_file("draft-2027-01-01"), "Filen er et udkast og kan ikke indlæses."),
        (law_file("school"), "Kommunens fil kan ikke sætte regler i kraft som lov."),
    ],
)
def test_a_file_that_may_not_be_loaded_leaves_everything_as_it_was(
    run: Make, write: Make, house: Any, text: str, says: str
) -> None:
    before = loadings(house.log)
    answer = run("indlaes", write(text), "--af", LEADER)
    assert (answer.exit_code, says in answer.output, STAND in answer.output) == (1, True, True), answer.output
    assert loadings(house.log) == before


def test_only_a_leader_or_coordinator_can_be_named(run: Make, write: Make, house: Any) -> None:
    before = house.log.position()
    for who, says in ((WORKER, "Kun en leder eller koordinator"), ("ingen", "Ingen medarbejder har id ingen.")):
        answer = run("indlaes", write(OWN), "--af", who)
        assert (answer.exit_code, says in answer.output) == (1, True), answer.output
    assert run("indlaes", write(OWN)).exit_code == 2, "--af is needed"
    answer = run("indlaes", write(OWN), "--uden-egne", "--af", LEADER)
    assert "Vælg enten en fil eller --uden-egne." in answer.output
    assert house.log.position() == before


def test_a_start_keeps_the_municipalitys_file(run: Make, write: Make, house: Any) -> None:
    run("indlaes", write(OWN), "--af", LEADER)
    before = house.log.position()
    keep_rules_up(house)
    assert house.log.position() == before


def test_a_start_whose_rules_do_not_fit_goes_on_with_those_in_force(
    house: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    old = '[[off]]\nid = "OLD-01"\nreason = "x"\n'
    gone = law_file("milepaelen").replace('"MIL-03"', '"OLD-01"')
    house.load_rules(shipped_rules() + together([("x.toml", gone.split("[[rule]]")[3].join(["[[rule]]", ""]))]))
    text = loadings(house.log)[-1].event.rules
    assert "OLD-01" in text
    house.load_rules(text + together([("lemvig.toml", old)]))
    before = house.log.position()
    keep_rules_up(house)
    told = capsys.readouterr().err
    assert "lemvig.toml, linje 2: Reglen OLD-01 findes ikke." in told
    assert STAND in told
    assert house.log.position() == before


# vis


def test_what_is_in_force_is_told(run: Make, write: Make, house: Any) -> None:
    house.load_rules(shipped_rules())
    run("indlaes", write(OWN), "--af", LEADER)
    lines = run("vis").output.splitlines()
    assert lines[0].endswith(f"indlæst af {LEADER} (hændelse {house.log.position()}).")
    assert lines[1] == f"Fingeraftryk: {loadings(house.log)[-1].event.sha256}"
    assert lines[2].startswith("39 regler tæller")
    assert lines[3:] == [
        "Kommunens egen fil: lemvig.toml",
        "Slået fra: MIL-01. Milepælen er lukket hos os.",
        "Kommunens egne lukkedage: 24. december hvert år, 15. maj 2026",
        "Regler er indlæst 3 gange i alt.",
    ]


# proev


def test_a_trial_tells_by_rule_and_party_with_case_numbers_and_without_names(
    run: Make, write: Make, youth: Make, house: Any
) -> None:
    anna = youth("Anna Fiktivholm", born_on=date(2009, 5, 1), events=[BROKE_OFF])
    bo = youth("Bo Demogaard", born_on=date(2009, 5, 1), events=[BROKE_OFF])
    bo.happened(ContactMade(on=date(2026, 5, 7), way=ContactWay.PHONE))
    before = house.log.position()
    answer = run("proev", write(OWN), "--fra", "2026-01-01", "--til", "2026-11-23")
    assert answer.exit_code == 0, answer.output
    assert "2 unge, 01.01.2026 til 23.11.2026: 1 frist bliver overskredet, 0 falder væk, 1 får en" in answer.output
    assert f"KUI-02 Kontakt efter afbrud\n  bliver overskredet: 1: {bo.case_number}\n" in answer.output
    assert f"  får en anden dag eller afdeling: 1: {anna.case_number}\n" in answer.output
    assert "\nEfter afdeling\n  UU: 1 bliver overskredet, 1 får en anden dag eller afdeling\n" in answer.output
    assert '+label = "dagen efter"' in answer.output
    assert answer.output.endswith("\nIntet er skrevet.\n")
    assert "Anna" not in answer.output
    assert house.log.position() == before

    told = json.loads(run("proev", write(OWN), "--fra", "2026-01-01", "--til", "2026-11-23", "--json").output)
    assert {one["sag"]: one["hvad"] for one in told["frister"]} == {
        bo.case_number: "bliver_overskredet",
        anna.case_number: "flytter_sig",
    }
    assert told["efter_regel"] == {"KUI-02": {"bliver_overskredet": 1, "flytter_sig": 1}}
    assert told["efter_afdeling"] == {"uu": {"bliver_overskredet": 1, "flytter_sig": 1}}
    assert (told["unge"], told["fra"], told["som_om"], told["udkast"]) == (2, "2026-01-01", None, None)
    assert {one["regel"] for one in told["forskel"]} == {"KUI-02", "MIL-01"}


def test_a_draft_is_tried_as_if_it_had_come_already(run: Make, write: Make, house: Any) -> None:
    house.load_rules(shipped_rules())
    draft = write(law_file("draft-2027-01-01"), "d.toml")
    assert "Ændringen gælder først fra 1. januar 2027" in run("proev", draft).output
    told = run("proev", draft, "--som-om", "2026-01-01").output
    assert "Regnet, som om ændringen gjaldt fra 1. januar 2026." in told
    assert "ikke læst af en jurist og ikke i kraft" in told


def test_what_cannot_be_tried_is_refused(run: Make, write: Make) -> None:
    answer = run("proev", write(OWN), "--fra", "2026-02-01", "--til", "2026-01-01")
    assert (answer.exit_code, "ligger før den første" in answer.output) == (1, True)
    answer = run("proev", write(OWN.replace("says", "siger")))
    assert (answer.exit_code, "lemvig.toml, linje 7" in answer.output) == (1, True)
    assert "Ingen frist regnes anderledes" in run("proev", write("# intet\n", "x.toml")).output
