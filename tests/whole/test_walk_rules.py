"""A leader reads the rules, chooses a file with a fault, puts it right, and sees whom the change would have touched."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from domain.codes import Programme
from domain.events import ToldOfBreakOff
from projections.rules_loaded import loadings
from tests.whole.browser import chromium, faults_of
from tests.whole.town import Town, town

pytestmark = pytest.mark.browser

BROKE_OFF = ToldOfBreakOff(on=date(2026, 5, 4), programme=Programme.VOCATIONAL)
CHANGE = '[[off]]\nid = "KUI-02"\nbecause = "Prøves"\n'


@pytest.fixture(scope="module")
def place(room: Path) -> Iterator[Town]:
    with town(room, lambda made: made.young("Anna Fiktivholm", BROKE_OFF)) as made:
        yield made


@pytest.fixture
def leader(place: Town) -> Iterator[Page]:
    with chromium() as browser:
        page = browser.new_context(base_url=place.address, locale="da-DK").new_page()
        page.goto("/log-ind")
        page.locator("form:has(input[value='ulla-uddannelsesleder']) button").click()
        yield page


def test_a_change_is_chosen_put_right_and_tried(place: Town, leader: Page, tmp_path: Path) -> None:
    before = place.house.log.position()
    leader.get_by_role("link", name="Regler").click()
    assert leader.get_by_role("heading", name="KUI-02 Kontakt efter afbrud").is_visible()
    assert loadings(place.house.log)[-1].event.sha256 in leader.locator("main").inner_text()
    assert faults_of(leader) == []

    leader.get_by_role("link", name="Prøv en ændring").click()
    file = tmp_path / "lemvig.toml"
    file.write_text(CHANGE, "utf-8")
    leader.get_by_label("Vælg en fil").set_input_files(file)
    leader.wait_for_function("document.getElementById('regler').value !== ''")
    assert leader.locator("#regler").input_value() == CHANGE
    leader.get_by_role("button", name="Prøv ændringen").click()
    assert "forslag.toml, linje 3: Nøglen “because” findes ikke." in leader.get_by_role("alert").inner_text()
    assert "Fejl i linje 3" in leader.locator("tr.is-wrong").inner_text()
    assert faults_of(leader) == []

    leader.locator("#regler").fill(CHANGE.replace("because", "reason"))
    leader.get_by_role("button", name="Prøv ændringen").click()
    number = place.numbers["Anna Fiktivholm"]
    row = leader.get_by_role("row", name="KUI-02 Kontakt efter afbrud")
    assert "falder væk" in row.inner_text()
    assert faults_of(leader) == []
    row.get_by_role("link", name=number).click()
    assert leader.url.endswith(f"/unge/{number}")
    assert place.house.log.position() == before, "nothing was written"
