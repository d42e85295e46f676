"""The main job in a real browser, with JavaScript and without: see why, hand over, take over, decide at a meeting."""

import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from api.app import create_app
from api.demonstration import fill
from api.house import House, open_house
from api.settings import Settings
from tests.whole.browser import chromium, faults_of
from tests.whole.program import free_port

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
EMPLOYMENT, UU, CHILD_SOCIAL = "Karen Jobkonsulent", "Mette Vejleder", "Birgit Børnerådgiver"
PICTURES = Path(__file__).parent.parent.parent / "docs" / "brugervejledning"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(room: Path) -> Iterator[House]:
    settings = Settings(database_url=None, data=room / "data", schema="demo", port=free_port())
    opened = open_house(settings, lambda: NOW, demo=True)
    fill(opened, room / "files", 600, 7, say=lambda _: None)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def address(house: House) -> Iterator[str]:
    server = uvicorn.Server(
        uvicorn.Config(create_app(house), host="127.0.0.1", port=house.settings.port, log_level="warning")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        sleep(0.02)
    yield f"http://127.0.0.1:{house.settings.port}"
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def _as(browser: Browser, address: str, name: str, *, script: bool = True, width: int = 1280) -> Page:
    context = browser.new_context(
        base_url=address, java_script_enabled=script, viewport={"width": width, "height": 800}, locale="da-DK"
    )
    page = context.new_page()
    page.goto("/log-ind")
    page.get_by_role("button", name=name).click()
    expect(page).to_have_url(re.compile("/(arbejdsliste|milepaelen)$"))
    page.goto("/arbejdsliste")
    return page


def _rows(page: Page) -> int:
    return page.locator("table.rows tbody tr", has=page.locator("a")).count()


def _write_date(page: Page, name: str, day: int, month: int, year: int) -> None:
    for part, number in (("day", day), ("month", month), ("year", year)):
        page.locator(f"[name={name}_{part}]").fill(str(number))


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_most_overdue_is_explained_handed_over_taken_over_and_leaves_the_list(
    browser: Browser, address: str, script: bool
) -> None:
    giver = _as(browser, address, UU, script=script)
    giver.goto("/arbejdsliste?regel=KUI-21&frist=overskredet")
    first = giver.locator("table.rows tbody tr").first
    expect(first).to_contain_text("arbejdsdage over")
    case = re.search(r"Sag (\d+)", first.inner_text())
    assert case
    first.get_by_role("link").first.click()

    why = giver.locator("details.why", has_text="KUI-21").first
    why.locator("summary").click()
    expect(why).to_contain_text("Kilde")
    expect(why).to_contain_text("den unge fylder 25 år")
    expect(why).to_contain_text("§ 15 d")

    giver.locator(".box-overdue").get_by_role("link", name="Send overlevering").first.click()
    giver.get_by_label("Hvad skal modtageren vide?").fill("Vil gerne arbejde udendørs.")
    giver.get_by_role("button", name="Send overlevering").click()
    expect(giver.get_by_role("status")).to_contain_text("Overleveringen er sendt")

    receiver = _as(browser, address, EMPLOYMENT, script=script)
    receiver.goto("/arbejdsliste?regel=KUI-21")
    before = _rows(receiver)
    row = receiver.locator("table.rows tbody tr", has_text=f"Sag {case[1]}").first
    row.get_by_role("link").first.click()
    receiver.get_by_role("link", name=re.compile("Se overleveringen")).first.click()
    expect(receiver.locator("main")).to_contain_text("Vil gerne arbejde udendørs.")
    receiver.get_by_role("button", name=re.compile("^Overtag")).click()
    expect(receiver.get_by_role("status")).to_contain_text("Overleveringen er overtaget")
    expect(receiver.locator("main")).to_contain_text("Beskæftigelse")

    receiver.goto("/arbejdsliste?regel=KUI-21")
    expect(receiver.locator("main")).not_to_contain_text(f"Sag {case[1]}")
    assert _rows(receiver) < before
    giver.goto("/arbejdsliste?regel=KUI-21")
    expect(giver.locator("main")).not_to_contain_text(f"Sag {case[1]}")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_decision_at_a_meeting_stands_on_the_person_and_in_the_minutes(
    browser: Browser, address: str, script: bool
) -> None:
    what = f"Besøge FGU i Lemvig {'med' if script else 'uden'} script"
    page = _as(browser, address, UU, script=script)
    page.goto("/moeder")
    _write_date(page, "held_on", 24, 11, 2026)
    page.get_by_role("button", name="Opret møde").click()
    page.get_by_role("button", name=re.compile("^Sæt på dagsordenen: sag")).first.click()
    page.get_by_role("link", name="Vis på skærm").click()
    expect(page.locator("h1")).to_contain_text(re.compile(r"Sag \d+"))
    case = re.search(r"Sag (\d+)", page.locator("h1").inner_text())
    assert case

    page.locator("[name=what]").fill(what)
    page.get_by_label("Hvem gør det?").select_option("uu")
    _write_date(page, "due_on", 1, 12, 2026)
    page.get_by_role("button", name="Gem beslutning").click()
    expect(page.get_by_role("status")).to_contain_text("Beslutningen er gemt")
    expect(page.locator("main")).to_contain_text(what)

    meeting = re.search(r"/moeder/([0-9a-f-]+)", page.url)
    assert meeting
    page.goto(f"/moeder/{meeting[1]}/referat")
    expect(page.locator("main")).to_contain_text(what)
    page.goto(f"/unge/{case[1]}")
    expect(page.locator("main")).to_contain_text(what)
    expect(page.locator("main")).to_contain_text("01.12.2026")


def test_a_fact_registered_by_hand_clears_its_deadline(browser: Browser, address: str) -> None:
    page = _as(browser, address, CHILD_SOCIAL)
    page.goto("/arbejdsliste?regel=OVG-05&frist=overskredet")
    case = re.search(r"Sag (\d+)", page.locator("table.rows tbody tr").first.inner_text())
    assert case
    page.locator("table.rows tbody tr").first.get_by_role("link").first.click()
    expect(page.locator(".box-overdue")).to_contain_text("ungestøtte")
    page.goto(page.url.partition("?")[0] + "/haendelser/ny?slags=youth-support-decided")
    _write_date(page, "on", 19, 11, 2026)
    page.get_by_label("Ja").check()
    page.get_by_role("button", name=re.compile("Gem|Registrér")).click()
    expect(page.get_by_role("status")).to_contain_text("Gemt")
    page.goto("/arbejdsliste?regel=OVG-05")
    expect(page.locator("main")).not_to_contain_text(f"Sag {case[1]}")


def test_a_name_is_found_and_never_stands_in_an_address_or_a_title(browser: Browser, address: str) -> None:
    page = _as(browser, address, UU)
    name = page.locator("table.rows tbody tr").first.get_by_role("link").first.inner_text()
    seen: list[str] = []
    page.on("framenavigated", lambda frame: seen.append(f"{frame.url} {frame.title()}"))
    page.get_by_role("searchbox").fill(name)
    page.get_by_role("button", name="Søg", exact=True).click()
    expect(page.locator("main")).to_contain_text(name)
    assert seen
    assert not any(word in visit for visit in seen for word in name.split())


def _meeting(page: Page, day: int) -> str:
    """The address of a new meeting with somebody on its agenda."""
    page.goto("/moeder")
    _write_date(page, "held_on", day, 12, 2026)
    page.get_by_role("button", name="Opret møde").click()
    page.get_by_role("button", name=re.compile("^Sæt på dagsordenen: sag")).first.click()
    found = re.search(r"/moeder/[0-9a-f-]+", page.url)
    assert found
    return found[0]


def _handover(page: Page) -> str:
    """The address of a handover that waits for its answer."""
    page.goto("/overleveringer?vis=alle")
    page.locator("main a[href*='/overleveringer/']").first.wait_for()
    where = page.locator("main a[href*='/overleveringer/']").first.get_attribute("href")
    assert where
    return where


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, address: str, width: int) -> None:
    page = _as(browser, address, EMPLOYMENT, width=width)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    person = page.locator("table.rows tbody tr").first.get_by_role("link").first.get_attribute("href")
    assert person
    person = person.split("?")[0]
    meeting = _meeting(page, day=width % 28 + 1)
    addresses = {
        "arbejdsliste": "/arbejdsliste",
        "den-unge": person,
        "haendelser": f"{person}/haendelser/ny",
        "haendelse": f"{person}/haendelser/ny?slags=goal-in-own-words",
        "ny-overlevering": f"{person}/overleveringer/ny",
        "overlevering": _handover(page),
        "ansvar": f"{person}/ansvar",
        "overleveringer": "/overleveringer",
        "sendt-af-os": "/overleveringer?vis=af-os",
        "besvaret": "/overleveringer?vis=besvaret",
        "moeder": "/moeder",
        "dagsorden": meeting,
        "sag": f"{meeting}/sag/1",
        "referat": f"{meeting}/referat",
        "udskrift": f"{meeting}/udskrift?navn=1",
        "indlaesning": "/indlaesning",
        "forslag": "/indlaesning/forslag",
        "soeg": "/soeg",
        "findes-ikke": "/findes-ikke",
        "was": "/was",
    }
    faults = {}
    for name, where in addresses.items():
        page.goto(where)
        if found := faults_of(page):
            faults[name] = found
    page.context.clear_cookies()
    page.goto("/log-ind")
    if found := faults_of(page):
        faults["log-ind"] = found
    assert faults == {}
    assert [line for line in said if "Content Security Policy" in line] == []


def _picture(page: Page, path: Path) -> None:
    """A picture of the page as it stands still: Chromium cannot take one while it goes from page to page."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path)


def test_pictures_for_the_user_guide(browser: Browser, address: str, tmp_path: Path) -> None:
    """The pictures in the documents show the program as it is; they are renewed by asking for it."""
    import os

    folder = PICTURES if os.environ.get("OVERGANG_PICTURES") else tmp_path
    folder.mkdir(exist_ok=True)
    page = _as(browser, address, EMPLOYMENT)
    _picture(page, folder / "arbejdsliste.png")
    page.locator("table.rows tbody tr").first.get_by_role("link").first.click()
    expect(page.locator("h1")).not_to_contain_text("Min arbejdsliste")
    _picture(page, folder / "den-unge.png")
    page.goto("/moeder")
    _picture(page, folder / "moeder.png")
    assert len(list(folder.glob("*.png"))) >= 3
