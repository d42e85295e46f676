"""`overgang hvorfor`: in words and as data, as of a day, and what it says when there is nothing to explain."""

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from click.testing import CliRunner

from api.commands import main
from api.why_command import NotThere, tell_why
from database import Role
from domain.choices import PauseReason
from domain.codes import ContactWay, Matter, Party, Programme
from domain.decisions import pause_clock
from domain.events import ContactMade, ContactTried, ReferredToMilepaelen, ToldOfBreakOff
from domain.obligations import obligations
from domain.text import FreeText
from people.read_log import reads_of
from projections.closing_days import current_rules
from projections.reading import seen_in
from tests.api.conftest import StillHouse, Youth
from tests.four import FOUR
from tools.check_deadline import check

Make = Callable[..., Any]
BROKE_OFF = ToldOfBreakOff(on=date(2026, 10, 5), programme=Programme.VOCATIONAL)


@pytest.fixture
def ida(youth: Make) -> Youth:
    one: Youth = youth("Ida Demogaard", born_on=date(2009, 12, 1))
    one.happened(BROKE_OFF, ContactTried(on=date(2026, 10, 7), way=ContactWay.PHONE))
    return one


@pytest.fixture
def said(house: StillHouse, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What the command says."""

    def run(one: Youth, name: str, as_of: date | None = None, *, as_data: bool = False) -> str:
        capsys.readouterr()
        tell_why(house, one.case_number, name, as_of, as_data=as_data)
        return capsys.readouterr().out

    return run


def test_it_tells_in_words_what_somebody_asks(said: Make, ida: Youth) -> None:
    words = said(ida, "KUI-02")
    for sentence in (
        f"Sag {ida.case_number}, KUI-02, pr. 23.11.2026 (1 af 1)",
        "Fristen var 12.10.2026. Den er overskredet: 30 arbejdsdage, 42 dage.",
        "KUI-02, version 1: Kontakt efter afbrud (Lovfrist)",
        "Afbrud meldt: skete 05.10.2026.",
        "Talte dage: ti. 6.10, on. 7.10, to. 8.10, fr. 9.10, ma. 12.10.",
        "Sprunget over: 2 weekenddage.",
        "UU. Fra Uddannelsessted til UU.",
        "“Kontakt opnået”.",
        "Kontakt forsøgt: skete 07.10.2026.",
    ):
        assert sentence in words
    assert ida.name.split()[0] not in words


def test_as_data_a_stranger_counts_it_again(said: Make, ida: Youth) -> None:
    document = json.loads(said(ida, "KUI-02", as_data=True))
    assert (document["case"], document["as_of"]) == (ida.case_number, "2026-11-23")
    [one] = document["explanations"]
    assert (one["standing"], one["due_on"], one["holder"]) == ("overdue", "2026-10-12", "uu")
    assert check(document) == {one["key"]: []}


def test_the_data_hold_no_name_and_no_free_text(said: Make, youth: Make) -> None:
    secret = FreeText("Ida har brug for ro")
    bo = youth("Bo Fiktivholm", born_on=date(2001, 5, 1))
    bo.happened(ReferredToMilepaelen(on=date(2026, 10, 1), by=Party.EMPLOYMENT, purpose=secret))
    sends = partial(bo.sends, Party.EMPLOYMENT, Party.MILEPAELEN, matter=Matter.INCOME_AND_WORK)
    sends(on=date(2026, 10, 2), answer_by=date(2026, 12, 1), note=secret, rule="MIL-01")
    for as_data in (False, True):
        told = said(bo, "MIL-01", as_data=as_data)
        assert ("handover-sent" if as_data else "Overlevering sendt") in told
        assert [word for word in ("Bo", "Fiktivholm", "brug for ro", bo.cpr.digits) if word in told] == []


def test_every_obligation_of_the_rule_is_told_the_fulfilled_too(said: Make, ida: Youth) -> None:
    ida.happened(ContactMade(on=date(2026, 10, 9), way=ContactWay.PHONE))
    ida.happened(ToldOfBreakOff(on=date(2026, 11, 2), programme=Programme.FGU))
    document = json.loads(said(ida, "KUI-02", as_data=True))
    assert [one["standing"] for one in document["explanations"]] == ["in-time", "overdue"]
    words = said(ida, "KUI-02")
    assert "Opfyldt 09.10.2026, inden fristen 12.10.2026." in words
    assert "(2 af 2)" in words


def test_as_of_a_day_only_what_the_log_had_then_counts(said: Make, ida: Youth) -> None:
    ida.happened(ContactMade(on=date(2026, 10, 9), way=ContactWay.PHONE), known_on=date(2026, 11, 2))
    assert "Opfyldt 09.10.2026" in said(ida, "KUI-02")
    assert "Den er ikke overskredet 09.10.2026" in said(ida, "KUI-02", date(2026, 10, 9))
    assert "Den er overskredet" in said(ida, "KUI-02", date(2026, 10, 31))
    assert "har ikke givet nogen frist" in said(ida, "KUI-02", date(2026, 10, 4))


def test_as_of_a_day_the_rules_of_that_day_count(said: Make, ida: Youth, house: StillHouse) -> None:
    house.load_rules(FOUR.replace("working_days = 5", "working_days = 10"), on=date(2026, 11, 1))
    assert "Fristen var 19.10.2026" in said(ida, "KUI-02")
    assert "Fristen var 12.10.2026" in said(ida, "KUI-02", date(2026, 10, 31))


def test_a_clock_that_stands_still_says_since_when_and_why(said: Make, ida: Youth, house: StillHouse) -> None:
    life = seen_in(house.log.history(ida.id).entries).life
    rules = current_rules(house.log)
    [duty] = [one for one in obligations(life, rules) if one.rule_id == "KUI-03"]
    pause = partial(pause_clock, duty=duty, rule=rules.rule("KUI-03", 1), by=Party.UU, reason=PauseReason.ILLNESS)
    with pytest.raises(Exception, match="clock-ran-out"):
        ida.record(partial(pause, at=house.now))
    at = house.now.replace(month=10, day=20)
    ida.record(partial(pause, at=at), at)
    words = said(ida, "KUI-03")
    assert "Fristen er på pause siden 20.10.2026 og er ikke overskredet." in words
    assert "Fra 20.10.2026 og er det stadig: sygdom." in words
    assert set(map(tuple, check(json.loads(said(ida, "KUI-03", as_data=True))).values())) == {()}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("KUI-99", "Reglen KUI-99 findes ikke blandt de regler, der var indlæst 23.11.2026."),
        ("kui-02", "Reglen kui-02 findes ikke"),
        ("", "Reglen  findes ikke"),
        ("KUI-02.exit", "Reglen KUI-02.exit findes ikke"),
    ],
)
def test_a_rule_that_there_is_not(said: Make, ida: Youth, name: str, text: str) -> None:
    with pytest.raises(NotThere, match=text):
        said(ida, name)


def test_a_rule_that_is_dormant_or_switched_off_says_why(said: Make, ida: Youth, house: StillHouse) -> None:
    house.load_rules(
        FOUR + '\n[[rule]]\nid = "X-1"\nversion = 1\ntitle = "X"\nkind = "dormant"\ncertainty = "x"\nsource = "x"\n'
        'giver = "uu"\nreceiver = "uu"\nholder = "uu"\nmatter = "guidance"\ndata_class = "education"\n'
        'missing = "Afgørelsen registreres ikke."\nwhat_to_do = "x"\n'
        '\n[[off]]\nid = "KUI-03"\nreason = "Klares i samtalen."\n'
    )
    with pytest.raises(NotThere, match="X-1 er ikke i kraft: Afgørelsen registreres ikke"):
        said(ida, "X-1")
    with pytest.raises(NotThere, match="Kommunen har slået reglen KUI-03 fra: Klares i samtalen"):
        said(ida, "KUI-03")


def test_who_there_is_not_and_the_time_before_any_rules(said: Make, ida: Youth, house: StillHouse) -> None:
    for number in ("999999", "", "' or 1=1", ida.cpr.digits):
        with pytest.raises(NotThere, match="Ingen ung har sagsnr"):
            tell_why(house, number, "KUI-02", None, as_data=False)
    with pytest.raises(NotThere, match="var der ingen regler indlæst"):
        said(ida, "KUI-02", date(2019, 1, 1))


def test_the_look_is_written_down(said: Make, ida: Youth, house: StillHouse) -> None:
    said(ida, "KUI-02")
    with house.db.connection(Role.APPLICATION) as conn:
        [look] = [one for one in reads_of(conn, ida.id) if one.route == "hvorfor"]
    assert (look.staff_id, look.category, look.at) == ("overgang hvorfor", "duties", house.now)


def test_the_command_line_says_what_is_wrong_with_a_day() -> None:
    answer = CliRunner().invoke(main, ["hvorfor", "417203", "KUI-02", "--pr", "31.2.2026"])
    assert answer.exit_code == 2
    assert "31.2.2026" in answer.output
