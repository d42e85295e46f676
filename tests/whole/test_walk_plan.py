"""The common plan in a real browser, with JavaScript and without: from the goal to what the young person says of it."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.whole.browser import chromium, faults_of
from tests.whole.plans import CLOSED, EMPTY, FULL, MUCH, live
from tests.whole.town import Town, town

UU, CHILD, BENEFITS, COORDINATOR = "Mette Vejleder", "Birgit Børnerådgiver", "Yrsa Ydelse", "Katrine Koordinator"
PICTURES = Path(__file__).parent.parent.parent / "docs" / "brugervejledning"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def place(room: Path) -> Iterator[Town]:
    with town(room, live) as made:
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


def _write_date(page: Page, name: str, day: int, month: int, year: int) -> None:
    for part, number in (("day", day), ("month", month), ("year", year)):
        page.locator(f"[name={name}_{part}]").fill(str(number))


def _saved(page: Page) -> None:
    expect(page.get_by_role("status")).to_contain_text("Gemt")


def _begins(page: Page) -> None:
    """The two steps of an empty plan: the goal, and the first step towards it."""
    page.locator("summary", has_text="Skriv den unges mål").click()
    page.get_by_label("Den unges mål med egne ord").fill("Jeg vil arbejde med dyr.")
    page.get_by_role("button", name="Gem målet").click()
    _saved(page)
    expect(page.locator("blockquote")).to_contain_text("Jeg vil arbejde med dyr.")

    page.locator("summary", has_text="Aftal det første skridt").click()
    page.get_by_label("Hvad skal der ske?").fill("Besøge en gård")
    page.get_by_label("Hvem er ansvarlig?").select_option("uu")
    page.get_by_label("Hvad handler det om?").select_option("guidance")
    _write_date(page, "due_on", 1, 12, 2026)
    page.get_by_role("button", name="Gem skridtet").click()
    _saved(page)


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_goal_to_step_to_waiting_to_moved_to_done_to_what_the_young_person_says(
    browser: Browser, place: Town, script: bool
) -> None:
    name = EMPTY[0 if script else 1]
    page = _as(browser, place, UU, script=script)
    page.goto(place.path(name))
    page.get_by_role("link", name="Hele planen").click()
    expect(page.locator("main")).to_contain_text("Planen er tom. Begynd her:")

    _begins(page)
    row = page.locator("table.plan-steps tbody tr")
    expect(row).to_contain_text("Besøge en gård")
    expect(row).to_contain_text("01.12.2026")

    row.get_by_role("link", name=re.compile("^Flyt, vent eller fravælg")).click()
    page.get_by_label("Hvem skal gøre noget først?").select_option("education")
    page.get_by_role("button", name="Gem, hvem der ventes på").click()
    _saved(page)
    expect(row.locator("td").nth(1)).to_contain_text("Uddannelsessted")

    row.get_by_role("link", name=re.compile("^Flyt, vent eller fravælg")).click()
    _write_date(page, "due_on", 15, 12, 2026)
    page.get_by_role("button", name="Flyt fristen").click()
    expect(page.locator(".error-summary")).to_contain_text("Skriv, hvorfor fristen flyttes.")
    expect(page.locator("[name=due_on_day]")).to_have_value("15")
    page.get_by_label("Hvorfor flyttes den?").fill("Gården har ferie.")
    page.get_by_role("button", name="Flyt fristen").click()
    _saved(page)
    expect(row).to_contain_text("15.12.2026")
    row.locator("summary", has_text="Flyttet").click()
    expect(row).to_contain_text("Gården har ferie.")

    row.get_by_role("button", name=re.compile("^Gjort")).click()
    _saved(page)
    expect(page.locator("main")).to_contain_text("Ingen åbne skridt: alt er gjort eller fravalgt.")
    expect(page.locator("main")).to_contain_text("Gjort og fravalgt (1)")

    expect(page.locator("main")).to_contain_text("Den unge er ikke spurgt endnu.")
    page.locator("summary", has_text="Skriv den unges svar").click()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Hvorfor? (kan udelades)").fill("Det er mit eget valg.")
    page.get_by_role("button", name="Gem svaret").click()
    _saved(page)
    expect(page.locator("main")).to_contain_text("Den unge blev spurgt 23.11.2026")
    expect(page.locator("main")).to_contain_text("Det er mit eget valg.")

    page.get_by_role("link", name="Udskriv Min plan til den unge").click()
    expect(page.locator("main")).to_contain_text("Det er gjort")
    expect(page.locator("main")).not_to_contain_text("Gården har ferie.")
    page.goto(place.path(name))
    expect(page.locator("main")).to_contain_text("Hvad siger den unge om planen? Ja")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_plan_is_seen_as_it_was_and_back_again(browser: Browser, place: Town, script: bool) -> None:
    page = _as(browser, place, CHILD, script=script)
    page.goto(f"{place.path(FULL)}/plan")
    expect(page.locator("main")).to_contain_text("Siden mødet 10.11.2026")
    _write_date(page, "pr", 1, 11, 2026)
    page.get_by_role("button", name="Vis planen").click()
    expect(page.locator(".box-soon")).to_contain_text("Du ser planen, som den så ud 01.11.2026")
    expect(page.locator("main")).to_contain_text("Kursus i truckkørsel")
    expect(page.locator("main form[method=post]")).to_have_count(0)
    page.get_by_role("link", name="Vis planen i dag").click()
    expect(page.locator(".box-soon")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Aftale, hvem der følger med på det første besøg")


def _addresses(place: Town, page: Page) -> dict[str, str]:
    """Every page of the plan, and the pages of the four lives."""
    full, much, closed = (place.path(name) for name in (FULL, MUCH, CLOSED))
    page.goto(f"{much}/plan")
    step = page.locator("table.plan-steps tbody tr a").first.get_attribute("href")
    page.goto("/moeder")
    meeting = page.locator("table.rows a").first.get_attribute("href")
    return {
        "plan": f"{full}/plan",
        "plan-dengang": f"{full}/plan?pr_day=1&pr_month=11&pr_year=2026",
        "plan-forkert-dag": f"{full}/plan?pr_day=1&pr_month=13&pr_year=2026",
        "plan-tom": f"{place.path(EMPTY[0])}/plan",
        "plan-lang": f"{much}/plan",
        "plan-afsluttet": f"{closed}/plan",
        "skridt": step or "",
        "min-plan": f"{full}/plan/udskrift",
        "min-plan-lang": f"{much}/plan/udskrift",
        "den-unge": full,
        "den-unge-lang": much,
        "den-unge-afsluttet": closed,
        "dagsorden": meeting or "",
        "sag": f"{meeting}/sag/1",
        "sag-lang": f"{meeting}/sag/2",
    }


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, place: Town, width: int) -> None:
    page = _as(browser, place, UU, width=width)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    faults = {}
    for name, where in _addresses(place, page).items():
        page.goto(where)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        if found := faults_of(page):
            faults[name] = found
    assert faults == {}
    assert [line for line in said if "Content Security Policy" in line] == []


@pytest.mark.parametrize("name", [BENEFITS, COORDINATOR])
def test_who_sees_less_has_pages_without_faults_too(browser: Browser, place: Town, name: str) -> None:
    page = _as(browser, place, name, width=390)
    for path in ("", "/plan"):
        page.goto(place.path(FULL) + path)
        assert faults_of(page) == []


def test_every_sheet_of_min_plan_says_that_it_is_confidential(browser: Browser, place: Town, tmp_path: Path) -> None:
    page = _as(browser, place, UU)
    page.goto(f"{place.path(FULL)}/plan/udskrift")
    page.emulate_media(media="print")
    for hidden in (".top", ".foot", ".back"):
        assert not page.locator(hidden).first.is_visible(), hidden
    expect(page.locator(".printed")).to_be_visible()
    size = page.locator(".agreed li").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert size >= 18, "14 points: large type"
    margins = page.evaluate(
        "[...document.styleSheets].flatMap(sheet => [...sheet.cssRules]).filter(rule => rule.cssText"
        ".startsWith('@page my-plan')).map(rule => rule.cssText).join()"
    )
    assert "Fortroligt, personoplysninger" in margins
    assert page.locator("body").evaluate("one => getComputedStyle(one).page") == "my-plan"
    page.pdf(path=tmp_path / "min-plan.pdf", prefer_css_page_size=True)
    assert (tmp_path / "min-plan.pdf").stat().st_size > 0


def _picture(page: Page, path: Path) -> None:
    """A picture of the page as it stands still: Chromium cannot take one while it goes from page to page."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path, full_page=True)


def test_pictures_of_the_plan_for_the_user_guide(browser: Browser, place: Town, tmp_path: Path) -> None:
    """The pictures in the documents show the program as it is; they are renewed by asking for it."""
    folder = PICTURES if os.environ.get("OVERGANG_PICTURES") else tmp_path
    folder.mkdir(exist_ok=True)
    for width, end in ((1280, ""), (390, "-390")):
        page = _as(browser, place, UU, width=width)
        addresses = _addresses(place, page)
        for name in ("plan", "plan-dengang", "skridt", "min-plan"):
            page.goto(addresses[name])
            _picture(page, folder / f"{name}{end}.png")
        page.context.close()
    assert len(list(folder.glob("plan*.png"))) >= 4
