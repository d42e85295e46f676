"""The sample pages in a real Chromium, under the policy that production sends."""

import mimetypes
import os
import re
import shutil
import threading
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from api.timeline_svg import text_width
from tests.static import samples

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
rendered = cache(samples.render)


class Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path.startswith("/static/"):
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            body = (samples.ROOT / path.removeprefix("/")).read_bytes()
        else:
            kind, body = "text/html; charset=utf-8", rendered(path.removeprefix("/")).encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        reason = "no Chromium here: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGS)
        yield browser
        browser.close()


class Opened:
    """A page that remembers what the console said."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self._address = address
        self.page: Page = browser.new_page(**options)
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def at(self, key: str) -> Page:
        self.page.goto(f"{self._address}/{key}", wait_until="load")
        return self.page


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Opened]:
    tab = Opened(browser, address, viewport={"width": 1280, "height": 800})
    yield tab
    tab.page.close()
    assert tab.said == []


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("key", samples.PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(opened: Opened, key: str, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 844 if width < 1000 else 800})
    page = opened.at(key)
    if folder := os.environ.get("SCREENSHOTS"):
        page.evaluate("document.fonts.ready.then(() => 1)")
        page.screenshot(path=f"{folder}/{key}_{width}.png")
        page.screenshot(path=f"{folder}/{key}_{width}_full.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in found] == []


@pytest.mark.parametrize("key", samples.PAGES)
def test_every_page_has_one_heading_and_says_where_it_is(opened: Opened, key: str) -> None:
    page = opened.at(key)
    assert page.locator("h1").count() == 1
    assert page.title().endswith("– Ungeindsats")
    assert page.title().startswith("Fejl: ") == (key == "errors")
    assert page.locator("html").get_attribute("lang") == "da"


def test_the_filters_are_open_beside_the_list_and_folded_above_it_on_a_telephone(opened: Opened) -> None:
    page = opened.at("many")
    assert page.get_by_label("UU").is_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert not page.get_by_label("UU").is_visible()
    page.get_by_text("Filtre og gemte visninger").click()
    assert page.get_by_label("UU").is_visible()


def test_five_whole_rows_are_seen_at_once(opened: Opened) -> None:
    page = opened.at("many")
    rows = [row.bounding_box() for row in page.locator(".rows tbody tr").all()[:10]]
    assert sum(row is not None and row["y"] + row["height"] <= 800 for row in rows) >= 5


@pytest.mark.parametrize("key", ["many", "person", "form", "meeting"])
def test_targets_are_large_enough_for_a_thumb(opened: Opened, key: str) -> None:
    opened.page.set_viewport_size({"width": 390, "height": 844})
    page = opened.at(key)
    for element in page.locator("button:visible, .button:visible, input:visible, select:visible").all():
        box = element.bounding_box()
        assert box is not None
        small = (element.get_attribute("type") in {"checkbox", "radio"}) or "plain" in (
            element.get_attribute("class") or ""
        )
        if not small:
            assert box["height"] >= 44
    for element in page.locator("label.choice:visible, .nav a:visible, summary:visible, .plain:visible").all():
        box = element.bounding_box()
        assert box is not None
        assert box["height"] >= 32


def test_slash_searches_and_j_k_walk_the_rows(opened: Opened) -> None:
    page = opened.at("many")
    focused = "document.activeElement.textContent || document.activeElement.id"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "Åse Fiktivholm"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "Ida Demogaard"
    page.keyboard.press("k")
    assert page.evaluate(focused) == "Åse Fiktivholm"
    page.keyboard.press("/")
    assert page.evaluate(focused) == "search"
    page.keyboard.type("j/k")
    assert page.input_value("#search") == "j/k"


def test_shortcuts_can_be_switched_off(opened: Opened) -> None:
    page = opened.at("many")
    page.evaluate("document.body.dataset.shortcuts = 'off'")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_the_error_summary_has_focus_and_leads_to_the_field(opened: Opened) -> None:
    page = opened.at("errors")
    assert page.evaluate("document.activeElement.matches('.error-summary')")
    page.get_by_role("link", name="Datoen findes ikke").click()
    assert page.evaluate("document.activeElement.id") == "on_day"
    page.get_by_role("link", name="Vælg modtagende afdeling").click()
    assert page.evaluate("document.activeElement.id") == "receiver"


@pytest.mark.parametrize("pasted", ["21.11.2026", "21-11-26", "211126", "21112026", " 21/11 2026 "])
def test_a_pasted_date_fills_three_fields(opened: Opened, pasted: str) -> None:
    page = opened.at("form")
    page.locator("#on_day").evaluate(
        """(field, text) => {
          const data = new DataTransfer();
          data.setData("text", text);
          const how = { clipboardData: data, bubbles: true, cancelable: true };
          field.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        pasted,
    )
    assert [page.input_value(f"#on_{part}") for part in ("day", "month", "year")] == ["21", "11", "2026"]


def test_today_is_one_press_away(opened: Opened) -> None:
    page = opened.at("form")
    page.get_by_role("button", name="I dag").click()
    assert [page.input_value(f"#on_{part}") for part in ("day", "month", "year")] == ["21", "11", "2026"]


def test_without_scripts_the_pages_stand_and_the_summary_still_takes_focus(browser: Browser, address: str) -> None:
    tab = Opened(browser, address, java_script_enabled=False)
    page = tab.at("errors")
    assert not page.get_by_role("button", name="I dag").is_visible()
    assert page.locator(".error-summary:focus").count() == 1
    assert tab.at("many").locator(".rows tbody tr").count() == 50
    tab.page.close()


@pytest.mark.parametrize("forced", ["active", "none"])
def test_focus_is_seen(opened: Opened, forced: str) -> None:
    page = opened.at("many")
    page.emulate_media(forced_colors=forced)  # type: ignore[arg-type]
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"


def test_print_leaves_out_what_paper_cannot_use(opened: Opened) -> None:
    page = opened.at("many")
    page.emulate_media(media="print")
    assert page.locator(".rows").is_visible()
    assert [page.locator(part).first.is_visible() for part in (".nav", ".find", ".filters", ".demo")] == [False] * 4
    assert page.evaluate("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"


def test_the_three_fonts_are_the_only_ones_fetched_and_they_arrive(opened: Opened) -> None:
    asked: list[str] = []
    opened.page.on("request", lambda request: asked.append(request.url))
    page = opened.at("person")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"IBM Plex Sans\"'))")
    fonts = [url for url in asked if url.endswith(".woff2")]
    assert {re.sub(r".*Sans-|-Latin1.*", "", url) for url in fonts} == {"Regular", "SemiBold", "Bold"}
    assert all(url.startswith(opened._address) for url in asked)


@pytest.mark.parametrize(("face", "weight"), [("regular", 400), ("semibold", 600)])
def test_our_table_of_widths_agrees_with_the_browser(opened: Opened, face: Any, weight: int) -> None:
    page = opened.at("person")
    for text in ["Vejledning – ikke påbegyndt", "Børn & Familie", "Æblegrød §§ 12–14 (7.–9. klasse)"]:
        measured = page.evaluate(
            f"""(text) => {{
              const pen = document.createElement("canvas").getContext("2d");
              pen.font = "{weight} 100px 'IBM Plex Sans'";
              return pen.measureText(text).width;
            }}""",
            text,
        )
        assert text_width(text, 100, face) == pytest.approx(measured, rel=0.02)
