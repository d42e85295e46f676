"""A real Chromium, and axe in it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

# The last ones keep a browser in a closed network from asking for the world.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what is right is not told of every element, which takes most of the time
}


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser; without one CI fails, and elsewhere the test is skipped with its reason."""
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed; tools/chromium.sh installs it")
        pytest.skip("Chromium is not installed; tools/chromium.sh installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def faults_of(page: Page) -> list[str]:
    """What axe finds wrong with the page, and whether it must be scrolled sideways."""
    violations = Axe().run(page, options=WCAG).response["violations"]
    found = [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in violations]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("it scrolls sideways")
    return found
