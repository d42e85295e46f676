"""What was recorded wrongly is put right in a real browser, with JavaScript and without."""

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from domain.codes import ContactWay, Programme
from domain.events import ContactTried, ToldOfBreakOff
from tests.whole.browser import chromium, faults_of
from tests.whole.town import Town, town

UU, LEADER = "Mette Vejleder", "Ulla Uddannelsesleder"
LONG = "Maria-Louise " + "Aleksandra-Østergaard " * 8 + "Prøvesen"
SHOWN, TWIN = "Ulrik Demogaard", "Ulrik Bo Demogaard"
PICTURES = Path(__file__).parent.parent.parent / "docs" / "brugervejledning"

pytestmark = pytest.mark.browser

BROKE_OFF = ToldOfBreakOff(on=date(2026, 10, 20), programme=Programme.VOCATIONAL)
TRIED = ContactTried(on=date(2026, 10, 22), way=ContactWay.PHONE)


def _people(made: Town) -> None:
    for script in ("med", "uden"):
        made.young(f"Ida {script.title()}script", BROKE_OFF, TRIED)
        made.young(f"Bo {script.title()}script")
        made.young(f"Ea {script.title()}script", BROKE_OFF)
    made.young(LONG, BROKE_OFF, TRIED)
    made.young(SHOWN, BROKE_OFF, TRIED)
    made.young(TWIN)


@pytest.fixture(scope="module")
def place(room: Path) -> Iterator[Town]:
    with town(room, _people) as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def _as(browser: Browser, place: Town, name: str, *, script: bool = True, width: int = 1280) -> Page:
    context = browser.new_context(
        base_url=place.address, java_script_enabled=script, viewport={"width": width, "height": 800}, locale="da-DK"
    )
    page = context.new_page()
    page.goto("/log-ind")
    page.get_by_role("button", name=name).click()
    return page


def _event(page: Page, said: str, deed: str) -> None:
    """Press Ret, Træk tilbage or Flyt beside this event."""
    page.locator("li, tr, article", has_text=said).get_by_role("link", name=re.compile(f"^{deed}")).last.click()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_event_is_corrected_moved_withdrawn_and_counts_again(browser: Browser, place: Town, script: bool) -> None:
    ida, bo = (f"{name} {'Med' if script else 'Uden'}script" for name in ("Ida", "Bo"))
    page = _as(browser, place, UU, script=script)
    page.goto(place.path(ida))
    _event(page, "Kontakt forsøgt (telefon)", "Ret")
    expect(page.get_by_label("Hvordan?")).to_have_value("phone")
    page.get_by_label("Hvordan?").select_option("letter")
    page.get_by_role("button", name="Gem rettelsen").click()
    expect(page.get_by_role("status")).to_contain_text("Rettelsen er gemt")
    expect(page.locator("main")).to_contain_text("Kontakt forsøgt (brev)")

    expect(page.locator(".box-overdue")).to_contain_text("Kontakt efter afbrud")
    _event(page, "Afbrudt: erhvervsuddannelse", "Træk tilbage")
    page.get_by_label("Det skete ikke").check()
    page.get_by_role("button", name="Træk tilbage").click()
    expect(page.get_by_role("status")).to_contain_text("trukket tilbage")
    expect(page.locator(".box-overdue")).to_have_count(0)

    page.locator("summary", has_text="Trukket tilbage").click()
    page.get_by_role("link", name=re.compile("tælle igen")).first.click()
    page.get_by_role("button", name="Lad den tælle igen").click()
    expect(page.locator(".box-overdue")).to_contain_text("Kontakt efter afbrud")

    _event(page, "Afbrudt: erhvervsuddannelse", "Flyt")
    page.get_by_label("Den anden unges sagsnr. eller navn").fill(bo)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name=f"Vælg sag {place.numbers[bo]}").click()
    page.get_by_role("button", name="Flyt hændelsen").click()
    expect(page.get_by_role("status")).to_contain_text("flyttet")
    expect(page.locator(".box-overdue")).to_have_count(0)
    page.goto(place.path(bo))
    expect(page.locator(".box-overdue")).to_contain_text("Kontakt efter afbrud")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_two_files_are_joined_and_parted(browser: Browser, place: Town, script: bool) -> None:
    bo, ea = (f"{name} {'Med' if script else 'Uden'}script" for name in ("Bo", "Ea"))
    page = _as(browser, place, LEADER, script=script)
    page.goto(place.path(bo))
    page.get_by_role("link", name="Saml med en anden sag om den samme unge").click()
    page.get_by_label("Den anden unges sagsnr. eller navn").fill(place.numbers[ea])
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name=f"Vælg sag {place.numbers[ea]}").click()
    expect(page.locator("main")).to_contain_text(ea)
    page.get_by_role("button", name="Saml de to sager").click()
    expect(page.get_by_role("status")).to_contain_text("samlet")
    page.goto(place.path(ea))
    expect(page).to_have_url(re.compile(place.path(bo)))
    expect(page.locator(".box-overdue")).to_contain_text("Kontakt efter afbrud")

    page.goto(f"{place.path(bo)}/del")
    page.get_by_role("button", name=f"Skil sag {place.numbers[ea]} ud").click()
    expect(page.get_by_role("status")).to_contain_text("skilt ud")
    page.goto(place.path(ea))
    expect(page.locator("h1")).to_contain_text(ea)
    expect(page.locator(".box-overdue")).to_contain_text("Kontakt efter afbrud")


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, place: Town, width: int) -> None:
    page = _as(browser, place, LEADER, width=width)
    page.goto(place.path(LONG))
    hrefs = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    deeds = [href for href in hrefs if re.search(r"/(ret|traek-tilbage|flyt|saml|beskyttelse|afslut)(\?|$)", href)]
    assert len({href.partition("?")[0].rpartition("/")[2] for href in deeds}) == 6
    found = {}
    for href in dict.fromkeys([*deeds, f"{place.path(LONG)}/del", f"{place.path(LONG)}/genaabn"]):
        page.goto(href)
        if faults := faults_of(page):
            found[href] = faults
        button = page.locator("main form button").last
        if "/beskyttelse" not in href and button.count():
            button.click()  # without answers: the page says what is missing
            if faults := faults_of(page):
                found[f"{href}, sent empty"] = faults
    assert found == {}


def test_pictures_of_corrections_for_the_user_guide(browser: Browser, place: Town, tmp_path: Path) -> None:
    """The pictures in the documents show the program as it is; they are renewed by asking for it."""
    folder = PICTURES if os.environ.get("OVERGANG_PICTURES") else tmp_path
    folder.mkdir(exist_ok=True)
    page = _as(browser, place, UU)

    def picture(name: str) -> None:
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"rettelser-{name}.png")

    page.goto(place.path(SHOWN))
    _event(page, "Kontakt forsøgt (telefon)", "Ret")
    page.get_by_label("Hvordan?").select_option("letter")
    picture("ret")
    page.get_by_role("button", name="Gem rettelsen").click()
    page.locator("summary", has_text="Vis, hvad der stod før").click()
    page.evaluate("document.querySelector('#haendelser').scrollIntoView()")
    picture("haendelser")
    _event(page, "Kontakt forsøgt (brev)", "Træk tilbage")
    picture("traek-tilbage")
    page.goto(place.path(SHOWN))
    _event(page, "Kontakt forsøgt (brev)", "Flyt")
    page.get_by_label("Den anden unges sagsnr. eller navn").fill(TWIN)
    page.get_by_role("button", name="Find").click()
    picture("flyt")
    page = _as(browser, place, LEADER)
    page.goto(f"{place.path(SHOWN)}/saml")
    page.get_by_label("Den anden unges sagsnr. eller navn").fill(place.numbers[TWIN])
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name=f"Vælg sag {place.numbers[TWIN]}").click()
    picture("saml")
    assert len(list(folder.glob("rettelser-*.png"))) == 5
