"""What comes out of the printer: A4 on its side, twelve cases on four sheets, and nothing cut off.

Chromium asks its pages of us as it would of a server, so what it prints is what the house answers.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, Route

from domain.choices import Outside
from domain.codes import Matter, Party, PlacementForm, Programme, StartReason
from domain.decisions import agree_step
from domain.events import GoalInOwnWords, PlacementStarted, ReferredToMilepaelen, ToldOfBreakOff
from domain.text import FreeText
from tests.api.conftest import ADDRESS
from tests.api.test_meeting_print import meeting_of
from tests.whole.browser import chromium

pytestmark = pytest.mark.browser

UU, COORDINATOR = "mette-vejleder", "katrine-koordinator"
A4_ON_ITS_SIDE = (842, 595)  # points
INSIDE_WIDTH, INSIDE_HEIGHT = round((297 - 24) / 25.4 * 96), round((210 - 22) / 25.4 * 96)
LONG = f"Maria-Louise {'Aleksandra-Østergaard ' * 8}Slutning"
"""With a number nearly as long as a name may be, 200 characters."""
WORDS = "Jeg vil gerne have et arbejde, hvor jeg er ude, og en, der ringer til mig om morgenen, når jeg ikke står op. "

Staff = Callable[..., Any]
Make = Callable[..., Any]
Open = Callable[[Any, str], Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def on_paper(browser: Browser) -> Iterator[Open]:
    """`on_paper(as_staff(UU), "/moeder")`: the page as it is printed, as wide as the paper is inside its margins."""
    context = browser.new_context(viewport={"width": INSIDE_WIDTH, "height": INSIDE_HEIGHT}, locale="da-DK")
    page = context.new_page()

    def opened(client: Any, path: str) -> Page:
        def answer(route: Route) -> None:
            got = client.get(route.request.url.removeprefix(ADDRESS))
            route.fulfill(status=got.status_code, headers=dict(got.headers), body=got.content)

        page.unroute_all()
        page.route("**/*", answer)
        page.emulate_media(media="print")
        arrived = page.goto(f"{ADDRESS}{path}")
        assert arrived is not None
        assert arrived.status == 200
        page.evaluate("document.fonts.ready.then(() => 1)")
        return page

    yield opened
    context.close()


def sheets_of(page: Page) -> tuple[int, set[tuple[int, int]]]:
    """How many sheets come out, and their sizes in points."""
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper)
    return len(re.findall(rb"/Type\s*/Page\b", paper)), {
        (round(float(wide)), round(float(high))) for wide, high in boxes
    }


def on_sheets(page: Page, selector: str) -> tuple[int, int]:
    """On how many of how many sheets that part stands: it gets a colour of its own, which is looked for in the ink."""
    page.locator(selector).evaluate("(one) => { one.style.background = 'rgb(1, 2, 3)'; }")
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    page.locator(selector).evaluate("(one) => { one.style.background = ''; }")
    return sum(map(_is_inked, _streams(paper))), len(re.findall(rb"/Type\s*/Page\b", paper))


def which_sheets(page: Page, selector: str, sheets: int) -> list[int]:
    """The numbers of the sheets on which that part stands, found by its ink."""
    page.locator(selector).evaluate("(one) => { one.style.background = 'rgb(1, 2, 3)'; }")
    papers = {
        number: page.pdf(prefer_css_page_size=True, print_background=True, page_ranges=str(number))
        for number in range(1, sheets + 1)
    }
    page.locator(selector).evaluate("(one) => { one.style.background = ''; }")
    return [number for number, paper in papers.items() if any(_is_inked(one) for one in _streams(paper))]


def _streams(paper: bytes) -> list[bytes]:
    return re.findall(rb"stream\r?\n(.*?)\r?\nendstream", paper, re.DOTALL)


def _is_inked(stream: bytes) -> bool:
    return b".0039 .0078 .0118 rg" in _unpacked(stream)


def _unpacked(stream: bytes) -> bytes:
    try:
        # Not all at once: a stream whose last byte looks like a line end has lost it to the pattern above.
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""  # a font, or something else that is packed in another way


def cut_off(page: Page) -> list[str]:
    """The texts that are wider than their cell, or wider than the paper, and the rows that are higher than a sheet."""
    found: list[str] = page.evaluate(
        """(height) => [...document.querySelectorAll("main *")]
          .filter((one) => !one.closest(".sr, svg") && one.getClientRects().length > 0
            && (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline"
              || one.getBoundingClientRect().right > innerWidth + 1
              || one.tagName === "TR" && one.offsetHeight > height))
          .map((one) => one.tagName + ": " + one.textContent.trim().slice(0, 60))""",
        INSIDE_HEIGHT,
    )
    return found


def heavy(youth: Make, number: int) -> Any:
    """More than the paper shows: four deadlines, two handovers, five steps and a goal, all of them long."""
    one = youth(f"{LONG}{number}" if number < 3 else f"Person{number} Prøvesen-Østergaard", born_on=date(2009, 4, 3),
                reason=StartReason.PLACED)  # fmt: skip
    one.happened(
        PlacementStarted(on=date(2024, 2, 1), form=PlacementForm.FOSTER_FAMILY),
        ToldOfBreakOff(on=date(2026, 10, 5), programme=Programme.VOCATIONAL),
        ReferredToMilepaelen(on=date(2026, 10, 1), by=Party.EMPLOYMENT, purpose=FreeText("At komme op.")),
        GoalInOwnWords(on=date(2026, 9, 1), words=FreeText(WORDS * 5)),
    )
    one.sends(Party.UU, Party.ADULT_SOCIAL, on=date(2026, 11, 2), answer_by=date(2026, 11, 9))
    one.sends(Party.CHILD_SOCIAL, Party.ADULT_SOCIAL, matter=Matter.CHILD_SUPPORT, on=date(2026, 11, 2),
              answer_by=date(2026, 11, 9))  # fmt: skip
    agree = partial(agree_step, what=FreeText(WORDS * 3), matter=Matter.GUIDANCE, on=date(2026, 10, 1))
    for day in range(1, 6):
        due_on = date(2026, 11, day)
        one.record(partial(agree, step_id=uuid4(), responsible=Party.ADULT_SOCIAL, due_on=due_on))
    return one


def test_twelve_cases_with_more_than_there_is_room_for_are_four_sheets(
    as_staff: Staff, house: Any, youth: Make, on_paper: Open
) -> None:
    people = [heavy(youth, number) for number in range(12)]
    path = f"/moeder/{meeting_of(house, *people)}/udskrift?navn=1"
    for staff in (COORDINATOR, UU):
        page = on_paper(as_staff(staff), path)
        assert page.locator(".agenda > tbody:first-of-type > tr").count() == 12
        assert cut_off(page) == []
        sheets, sizes = sheets_of(page)
        assert sizes == {A4_ON_ITS_SIDE}
        assert 2 <= sheets <= 4
        for part in (".agenda tfoot td", ".agenda thead th:first-child"):
            stands, sheets = on_sheets(page, part)
            assert stands == sheets, "every sheet says whose it is"


def test_the_agenda_on_paper_has_neither_menu_nor_suggestions_nor_forms(
    as_staff: Staff, house: Any, youth: Make, on_paper: Open
) -> None:
    meeting = meeting_of(house, heavy(youth, 5))
    heavy(youth, 6)
    page = on_paper(as_staff(UU), f"/moeder/{meeting}")
    assert page.locator(".rows").first.is_visible()
    for hidden in ("nav", "form", "#forslag"):
        assert not page.locator(hidden).first.is_visible(), hidden
    page = on_paper(as_staff(UU), f"/moeder/{meeting}/udskrift")
    for hidden in ("header.top", "footer.foot", ".back"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.evaluate("getComputedStyle(document.querySelector('tfoot')).display") == "table-footer-group"


@pytest.mark.parametrize(("name", "times", "sheets"), [("Ida Demogaard", 2, 1), (LONG, 14, 2)])
def test_a_handover_on_paper_is_upright_and_its_slip_is_not_torn(
    as_staff: Staff, youth: Make, on_paper: Open, name: str, times: int, sheets: int
) -> None:
    one = youth(name, born_on=date(2009, 1, 1))
    when = {"on": date(2026, 11, 2), "answer_by": date(2026, 11, 9)}
    sent = one.sends(Party.UU, Outside.PSYCHIATRY, note=FreeText(WORDS * times), **when)
    page = on_paper(as_staff(UU), f"{one.path}/overleveringer/{sent}/udskrift")
    for hidden in ("header.top", "footer.foot", ".back"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert sheets_of(page) == (sheets, {(595, 842)})
    first, last = (which_sheets(page, f".slip p:{place}", sheets) for place in ("first-of-type", "last-child"))
    assert first == last == [sheets]


def test_handovers_come_out_on_their_side_a_department_at_a_time(as_staff: Staff, youth: Make, on_paper: Open) -> None:
    for number, receiver in enumerate((Party.EMPLOYMENT, Party.MILEPAELEN, Party.ADULT_SOCIAL)):
        one = youth(f"{LONG}{number}", born_on=date(2009, 1, 1))
        one.sends(Party.UU, receiver, on=date(2026, 11, 2), answer_by=date(2026, 11, 9))
    page = on_paper(as_staff(COORDINATOR), "/overleveringer")
    assert page.locator(".printed").count() == 3
    assert not page.locator(".filters").is_visible()
    assert cut_off(page) == []
    assert sheets_of(page) == (3, {A4_ON_ITS_SIDE})
    assert on_sheets(page, ".department:nth-of-type(2) tfoot td") == (1, 3)
    page.emulate_media(media="screen")
    assert not page.locator(".printed").first.is_visible()
