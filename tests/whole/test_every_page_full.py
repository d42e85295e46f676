"""Every page with nobody, with one young person, and full, at three widths: nothing breaks out, nothing is without end.

What is full is as full as it can become: a thousand young people whose names have 200 letters, a thousand entries in
one life, a hundred on one agenda. axe looks at the width of a telephone, where tables have become cards.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from playwright.sync_api import Browser, Page

from api.app import create_app
from api.house import House
from tests.whole import crowded
from tests.whole.browser import chromium, faults_of
from tests.whole.crowd import Crowd, long_names
from tests.whole.town import town

WIDTHS = (1280, 320, 390)
"""The last one is what axe looks at."""
LARGEST = 600_000
"""Bytes of a page: what a telephone takes in a few seconds."""
ROWS_FOR_AXE = 8
SHORTEN = """most => document.querySelectorAll('main *').forEach(
    parent => [...parent.children].filter(one => one.matches('li, tr, tbody, label, g, .proposal, .department'))
        .slice(most).forEach(one => one.remove()))"""
NO_PAGES = {"/", "/sundhed"}
"""One leads to another page, the other answers machines."""
METTE, ULLA, BIRGIT, MAJA, KATRINE = (
    "mette-vejleder",
    "ulla-uddannelsesleder",
    "birgit-boerneraadgiver",
    "maja-mentor",
    "katrine-koordinator",
)

pytestmark = pytest.mark.browser


def _lists() -> Mapping[str, Sequence[str]]:
    """The pages of many, by whose they are."""
    views = ("mine", "status-ukendt", "stille", "uden-kontaktperson", "fylder-18")
    return {
        METTE: [
            *("/arbejdsliste", "/arbejdsliste?side=2&antal=100"),
            *(f"/unge?vis={view}" for view in views),
            *(f"/overleveringer?vis={tab}" for tab in ("til-os", "af-os", "planlagt", "besvaret")),
            *("/moeder", "/moeder?side=2", "/soeg", "/profil", "/was", "/log-ind"),
            *("/regler", "/regler/OVG-05"),
        ],
        ULLA: [
            *("/regler/proev", "/regler/proev?udkast=2027-01-01"),
            *("/indlaesning", "/indlaesning?slags=uu-events&grund=unknown-person"),
            *("/indlaesning?leverancer=2", "/indlaesning?vis=lagt-vaek"),
        ],
        BIRGIT: ["/indlaesning/forslag"],
        KATRINE: ["/unge?vis=uden-tovholder", "/overleveringer"],
        MAJA: ["/milepaelen", *(f"/milepaelen/{one}" for one in ("fremmoede", "samtaler", "progression"))],
    }


def _about(there: Crowd) -> Mapping[str, Sequence[str]]:
    """The pages of what somebody can have little or much of."""
    first, meeting = there.first, f"/moeder/{there.meeting}"
    return {
        METTE: [
            *(f"{first}/frister", f"{first}/frister/KUI-02:{there.broke_off}"),
            *(first, f"{first}?side=2", f"{first}/ansvar", f"{first}/plan", f"{first}/plan/udskrift"),
            *(f"{first}/overleveringer/ny", meeting, f"{meeting}/sag/1?navn=1"),
            *(f"{meeting}/udskrift?navn=1", f"{meeting}/referat?navn=1"),
        ],
        MAJA: [f"{first}/milepaelen", f"{first}/milepaelen/progression?vis=1"],
    }


def _forms(there: Crowd) -> Mapping[str, Sequence[str]]:
    """The pages that are the same however much there is; only names make them long."""
    first = there.first
    return {
        METTE: [
            *(f"{first}/haendelser/ny{kind}" for kind in ("", "?slags=contact-tried", "?slags=lead-coordinator-named")),
            *(f"{first}/haendelser/{there.tried}/{deed}" for deed in ("ret", "traek-tilbage", "flyt")),
            *(f"{first}/plan/skridt/{there.step}", f"{first}/overleveringer/{there.handover}"),
            *(f"{first}/overleveringer/{there.given}/{page}" for page in ("erstat", "udskrift")),
            f"{first}/overleveringer/planlaeg",
        ],
        ULLA: [there.set_aside, *(f"{first}/{deed}" for deed in ("saml", "del", "afslut", "genaabn", "beskyttelse"))],
        MAJA: [f"{first}/milepaelen/progression", f"{there.waiting}/milepaelen/overtag"],
    }


@dataclass
class Place:
    """A town that is served, and what it holds."""

    house: House
    address: str
    there: Crowd | None

    @property
    def is_full(self) -> bool:
        return self.there is not None and len(self.there.ids) > 1

    def addresses(self, staff_id: str) -> list[str]:
        pages = [*_lists()[staff_id]]
        if self.there:
            pages += _about(self.there).get(staff_id, ())
        if self.is_full:
            pages += _forms(self.there).get(staff_id, ())
        return pages


def _nobody(_: Any) -> None:
    """A municipality on its first day."""


@pytest.fixture(scope="module", params=[_nobody, crowded.one, crowded.thousand], ids=["nobody", "one", "a thousand"])
def place(room: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    held: list[Crowd | None] = []
    folder = room / request.param.__name__
    with town(folder, lambda made: held.append(request.param(made)), staff=long_names()) as made:
        yield Place(made.house, made.address, held[0])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def _signed_in(browser: Browser, place: Place, staff_id: str) -> Page:
    page = browser.new_context(base_url=place.address, locale="da-DK").new_page()
    page.goto("/log-ind")
    page.locator(f"form:has(input[value='{staff_id}']) button").click()
    return page


def _too_wide(page: Page) -> list[str]:
    """The widths at which the page must be scrolled sideways."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"sideways at {width}")
    return found


def _twice(page: Page) -> list[str]:
    """Names of places that are there more than once, so that links and labels lead to the wrong row."""
    ids: list[str] = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    return [f"twice: {name}" for name, times in Counter(ids).items() if times > 1][:3]


def _faults(page: Page) -> list[str]:
    """What is wrong with the page that is open. axe looks at the first rows only: it needs seconds for hundreds."""
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")
    found = [*_too_wide(page), *_twice(page)]
    page.evaluate(SHORTEN, ROWS_FOR_AXE)
    return found + faults_of(page)


@pytest.mark.parametrize("staff_id", [METTE, ULLA, BIRGIT, KATRINE, MAJA])
def test_every_page_holds(browser: Browser, place: Place, staff_id: str) -> None:
    page = _signed_in(browser, place, staff_id)
    faults: dict[str, list[str]] = {}
    for address in place.addresses(staff_id):
        answer = page.goto(address)
        assert answer
        found = [] if answer.ok else [f"answered {answer.status}"]
        if len(answer.body()) > LARGEST:
            found.append(f"{len(answer.body())} bytes")
        found += _faults(page)
        if found:
            faults[address] = found
    page.context.close()
    assert faults == {}


def test_many_hits_are_shown_to_a_bound(browser: Browser, place: Place) -> None:
    page = _signed_in(browser, place, METTE)
    page.locator("#search").fill("Maria" if place.there else "Ingen")
    page.get_by_role("search").get_by_role("button", name="Søg").click()
    assert page.locator("table.rows tbody tr").count() <= 50
    assert _faults(page) == []
    page.context.close()


def test_no_page_of_the_program_is_left_out(place: Place) -> None:
    """A new page must be put into one of the lists above."""
    asked = {address.partition("?")[0] for staff_id in _lists() for address in place.addresses(staff_id)}
    routes = [one.path for one in iter_route_contexts(create_app(place.house).routes) if "GET" in (one.methods or ())]
    patterns = {path: re.compile(re.sub(r"{\w+(?::path)?}", "[^/]+", path)) for path in routes}
    found = {next(path for path, pattern in patterns.items() if pattern.fullmatch(one)) for one in asked}
    assert {path for path in set(routes) - found if place.is_full or "{" not in path} == NO_PAGES
