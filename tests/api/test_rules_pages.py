"""Regler: what the program obeys, as a lawyer reads it; and what a change would do, as a leader tries it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest

from api import rules_trying
from api.pages import ROOT
from api.rule_words import KINDS
from api.rules_page import PATH
from api.rules_trying import SHOWN
from api.rules_views import RuleView, rule_view
from database import Role
from domain.codes import ContactWay, Party, PlacementForm, Programme
from domain.events import ContactMade, PlacementStarted, ToldOfBreakOff
from domain.rules import Basis, Kind, Rule, RuleSet, parse, shipped_rules, together
from domain.rules.strict import CASE
from projections.preview import TookTooLong
from tests.api.test_worklist import text_of
from tests.four import FOUR

Make = Callable[..., Any]
UU, LEADER, COORDINATOR, SCHOOL = "mette-vejleder", "ulla-uddannelsesleder", "katrine-koordinator", "laila-laerer"
TRY = f"{PATH}/proev"
TODAY = date(2026, 11, 23)
BROKE_OFF = ToldOfBreakOff(on=date(2026, 5, 4), programme=Programme.VOCATIONAL)
OWN = """[municipality]
name = "Prøvekøbing"
closing_days = ["12-24", 2026-05-15]

[[change]]
id = "KUI-02"
says = "Vi ringer næste dag."

[[change.due]]
label = "dagen efter"
from = "known"
days = 1
basis = "local"

[[off]]
id = "MIL-01"
reason = "Milepælen er lukket hos os."
"""


def form(text: str = OWN, first: date = date(2026, 1, 1), last: date = date(2026, 11, 23), **more: str) -> Any:
    days = {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in (("fra", first), ("til", last))
        for part in ("day", "month", "year")
    }
    return {"regler": text} | days | more


@pytest.fixture
def shipped(house: Any) -> Any:
    """The rules that come with the program, and a municipality's own file."""
    house.load_rules(shipped_rules() + together([("lemvig.toml", OWN)]))
    return house


# Regler


@pytest.mark.usefixtures("shipped")
def test_every_rule_is_there_with_kind_source_and_certainty(as_staff: Make) -> None:
    page = as_staff(UU).get(PATH)
    told = text_of(page)
    for rule in parse(shipped_rules()).rules:
        if rule.kind is Kind.DORMANT or rule.held_on(TODAY):
            assert rule.source in told, rule.id
            assert rule.certainty in told, rule.id
    articles = dict(re.findall(r'<article class="why" id="([^"]+)">(.*?)</article>', page.text, re.DOTALL))
    assert len(articles) == 77
    for rule in parse(shipped_rules()).rules:
        if rule.kind is Kind.DORMANT or rule.id == "MIL-01":
            assert 'class="chip rule rule-dormant"' in articles[rule.id]
            assert rule.missing in unescape(articles[rule.id])


@pytest.mark.usefixtures("shipped")
def test_a_rule_says_when_for_whom_until_when_and_whose_date_it_is(as_staff: Make) -> None:
    told = text_of(as_staff(UU).get(f"{PATH}/KUI-10"))
    assert "når denne tilstand begynder: uden uddannelse: fra “Udskrevet af skolen”, “Afbrud meldt” eller" in told
    assert "et forslag, som ingen har vedtaget, regnet fra den dag, kommunen fik det at vide" in told
    assert "Opfyldes af “Kontaktperson udpeget”" in told
    told = text_of(as_staff(UU).get(f"{PATH}/BES-02"))
    assert "Det skal ske 4 gange." in told
    assert "Version 2 gælder nu" in told
    assert "Version 1 er ophørt" in told
    assert "fra 1. marts 2024 til og med 30. juni 2026" in told
    assert "Alle regnes ud, og den tidligste advarer." in text_of(as_staff(UU).get(f"{PATH}/KUI-03"))


def test_what_the_municipality_says_stands_with_the_rule(shipped: Any, as_staff: Make) -> None:
    told = text_of(as_staff(UU).get(PATH))
    assert "Kommunens egen fil lemvig.toml" in told
    assert "Kommunen har slået reglen fra. Milepælen er lukket hos os." in told
    assert "Vi ringer næste dag." in told
    assert "dagen efter – kommunens egen dato" in told
    assert "Kommunens egne: 24. december hvert år, 15. maj 2026." in told
    assert "torsdag 24. december: lukkedag" in told
    assert "tirsdag 14. april" not in told
    assert shipped.log.history(shipped.log.municipality_stream.id).entries[-1].event.sha256 in told
    assert "indlæst af test" in told


def test_a_rule_of_the_municipality_stands_in_its_own_place(house: Any, as_staff: Make) -> None:
    added = FOUR.split("[[rule]]")[4].replace("[[rule.due]]", "[[add.due]]")
    own = "[[add]]" + added.replace('"MIL-01"', '"XYZ-01"')
    house.load_rules(shipped_rules() + together([("x.toml", own)]))
    page = as_staff(UU).get(PATH)
    assert "Kommunens egne" in text_of(page)
    assert 'id="XYZ-01"' in page.text


def test_before_any_rules_were_loaded_that_is_said(house: Any, as_staff: Make) -> None:
    with house.db.connection(Role.OWNER) as conn:
        conn.execute("delete from log_events where stream_kind = 'municipality'")
    assert "Der er ikke indlæst regler endnu." in text_of(as_staff(UU).get(PATH))
    assert as_staff(UU).get(f"{PATH}/KUI-02").status_code == 404


@pytest.mark.usefixtures("shipped")
def test_a_rule_that_is_not_there_is_no_page(as_staff: Make) -> None:
    for asked in ("KUI-99", "kui-02", "KUI-02.x", "%20"):
        assert as_staff(UU).get(f"{PATH}/{asked}").status_code == 404


def test_the_words_of_the_chips_are_those_of_the_commands() -> None:
    macro = (ROOT / "templates/parts/words.html").read_text("utf-8")
    told = re.search(r'{"hard": .*?}', macro)
    assert told
    assert dict(re.findall(r'"(\w+)": "([^"]+)"', told[0])) == {str(kind): word for kind, word in KINDS.items()}


@pytest.mark.parametrize("key", [key for key in CASE if key not in ("when", "cleared_by", "while", "due")])
def test_every_key_of_a_rule_changes_what_is_read(key: str) -> None:
    [rule] = [one for one in parse(FOUR).rules if one.id == "KUI-02"]
    other = {
        "unless": rule.clears,
        "until": rule.clears,
        "only_after": rule.clears,
        "same": ("programme",),
        "what_to_do": "Noget andet.",
    }.get(key, True if isinstance(getattr(rule, key), bool) else 7)
    assert shown(replace(rule, **{key: other})) != shown(rule)


@pytest.mark.parametrize("key", ["label", "start", "basis", "earlier_counts", "later"])
def test_every_key_of_a_reading_changes_what_is_read(key: str) -> None:
    [rule] = [one for one in parse(FOUR).rules if one.id == "KUI-02"]
    [reading] = rule.readings
    other = {"label": "x", "start": rule.clears[0], "basis": Basis.PROPOSAL}.get(key, True)
    assert shown(replace(rule, readings=(replace(reading, **{key: other}),))) != shown(rule)


def shown(rule: Rule) -> RuleView:
    return rule_view(RuleSet((rule,), frozenset(), ""), rule.id, TODAY)


# Prøv en ændring


def test_a_change_shows_who_becomes_overdue_and_who_drops_off(as_staff: Make, youth: Make) -> None:
    anna = youth("Anna Fiktivholm", born_on=date(2009, 5, 1), events=[BROKE_OFF])
    bo = youth("Bo Demogaard", born_on=date(2009, 5, 1), events=[BROKE_OFF])
    bo.happened(ContactMade(on=date(2026, 5, 7), way=ContactWay.PHONE))
    answer = as_staff(LEADER).submit(TRY, **form())
    told = text_of(answer)
    assert answer.status_code == 200
    assert "1 frist bliver overskredet" in told
    assert "1 frist får en anden dag eller afdeling" in told
    line = (
        rf'KUI-02 Kontakt efter afbrud</th>\s*<td data-label="Hvad">bliver overskredet.*?href="/unge/{bo.case_number}"'
    )
    assert re.search(line, answer.text, re.DOTALL)
    assert f'href="/unge/{anna.case_number}"' in answer.text
    assert "Anna" not in told
    assert "Bo Demogaard" not in told
    assert '+label = "dagen efter"' in told
    assert "Intet er ændret." in told


def test_who_is_seen_is_logged_and_nothing_else_is_written(house: Any, as_staff: Make, youth: Make) -> None:
    anna = youth("Anna Fiktivholm", born_on=date(2009, 5, 1), events=[BROKE_OFF])
    leader = as_staff(LEADER)
    before = house.log.position()
    leader.submit(TRY, **form())
    with house.db.connection(Role.APPLICATION) as conn:
        seen = conn.execute("select person_id, category, route from read_log order by id desc limit 1").fetchone()
    assert seen == (anna.id, "rule-trial", TRY)
    assert house.log.position() == before


def test_of_what_a_role_may_not_read_nothing_is_told(as_staff: Make, youth: Make) -> None:
    youth(
        "Anna Fiktivholm",
        born_on=date(2009, 5, 1),
        events=[PlacementStarted(on=date(2025, 1, 10), form=PlacementForm.OTHER)],
    )
    off = '[[off]]\nid = "OVG-05"\nreason = "x"\n'
    told = text_of(as_staff(LEADER).submit(TRY, **form(off)))
    assert "Frister om sociale forhold er ikke talt med." in told
    assert "0 frister falder væk" in told
    told = text_of(as_staff(COORDINATOR).submit(TRY, **form(off)))
    assert "1 frist falder væk" in told
    assert "ikke talt med" not in told


def test_only_leaders_and_coordinators_try(as_staff: Make, youth: Make) -> None:
    youth(events=[BROKE_OFF])
    for stranger in (UU, SCHOOL):
        browser = as_staff(stranger)
        assert browser.get(TRY).status_code == 404
        assert browser.submit(TRY, **form()).status_code == 404
        assert TRY not in browser.get(PATH).text
    for may in (LEADER, COORDINATOR):
        assert as_staff(may).get(TRY).status_code == 200
        assert TRY in as_staff(may).get(PATH).text


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        (OWN.replace("says =", "siger ="), "forslag.toml, linje 7: Nøglen “siger” findes ikke.", 7),
        (OWN.replace("days = 1\n", "days = 1\nhours = 4\n"), "skal have præcis én længde", 9),
        (OWN + "\n[[off", "forslag.toml, linje 19: TOML kan ikke læses ved filens slutning", 19),
    ],
)
def test_what_is_wrong_is_said_with_its_line_beside_the_text(as_staff: Make, text: str, says: str, line: int) -> None:
    answer = as_staff(LEADER).submit(TRY, **form(text))
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert re.search(rf'<tr class="is-wrong">\s*<th scope="row">Fejl i linje {line}</th>', answer.text)
    assert "name = &#34;Prøvekøbing&#34;" in answer.text, "the text is still there"


def test_dates_and_a_missing_text_are_asked_for_again(as_staff: Make) -> None:
    leader = as_staff(LEADER)
    told = text_of(leader.submit(TRY, **form("")))
    assert "Indsæt en ændring, eller vælg en fil." in told
    told = text_of(leader.submit(TRY, **form(first=date(2026, 2, 1), last=date(2026, 1, 1))))
    assert "Den sidste dag ligger før den første." in told
    told = text_of(leader.submit(TRY, **form() | {"fra_month": "13"}))
    assert "Den første dag findes ikke." in told


@pytest.mark.usefixtures("shipped")
def test_the_draft_is_marked_as_no_law_and_can_be_tried_on_what_has_happened(as_staff: Make) -> None:
    leader = as_staff(LEADER)
    page = leader.get(f"{TRY}?udkast=2027-01-01")
    told = text_of(page)
    assert "Udkast – ikke i kraft" in told
    assert "som ingen jurist har læst" in told
    text = unescape(page.text.partition('<textarea id="regler"')[2].partition(">\n")[2].partition("</textarea>")[0])
    told = text_of(leader.submit(TRY, **form(text)))
    assert "ikke læst af en jurist og ikke i kraft" in told
    assert "Ændringen gælder først fra 1. januar 2027, efter vinduets sidste dag." in told
    tried = form(text) | {"som_om_day": "1", "som_om_month": "1", "som_om_year": "2026"}
    told = text_of(leader.submit(TRY, **tried))
    assert "Regnet, som om ændringen gjaldt fra 1. januar 2026." in told
    assert "gælder først" not in told
    assert "Udkast – ikke i kraft" not in text_of(leader.get(f"{TRY}?udkast=findes-ikke"))


def test_many_case_numbers_are_cut_off_and_counted(
    as_staff: Make, youth: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules_trying, "SHOWN", 2)
    for number in range(3):
        youth(f"Ung {number} Prøvesen", born_on=date(2009, 5, 1), events=[BROKE_OFF])
    answer = as_staff(LEADER).submit(TRY, **form())
    assert answer.text.count('href="/unge/') == 2
    assert "og 1 til" in text_of(answer)
    assert SHOWN > 2


def test_too_much_for_a_page_is_sent_to_the_command(
    as_staff: Make, youth: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    youth(events=[BROKE_OFF])
    monkeypatch.setattr(rules_trying, "LONGEST", -1)
    answer = as_staff(LEADER).submit(TRY, **form())
    assert (answer.status_code, "Kør overgang regler proev i stedet." in text_of(answer)) == (422, True)
    assert TookTooLong.__doc__


def test_one_tries_at_a_time(as_staff: Make) -> None:
    leader = as_staff(LEADER)
    with rules_trying._alone():
        answer = leader.submit(TRY, **form())
    assert (answer.status_code, "En anden prøver en ændring lige nu." in text_of(answer)) == (422, True)
    assert leader.submit(TRY, **form()).status_code == 200, "and afterwards it is free again"


def test_every_party_has_the_rules_in_its_menu(as_staff: Make) -> None:
    for staff_id in (UU, SCHOOL, "yrsa-ydelse", "pia-psykolog"):
        assert f'href="{PATH}"' in as_staff(staff_id).get("/arbejdsliste").text
    assert Party.SCHOOL
