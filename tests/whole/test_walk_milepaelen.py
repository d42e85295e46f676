"""A day at Milepælen in a real browser: attendance by keys, by touch and without JavaScript, progression, a referral.

Clicks and keys are counted, and the time from the page to the saved answer is printed. The machine is faster than a
person, so the bounds on time only say that nothing is slow; the bounds on clicks are the promise.
"""

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.whole.browser import chromium, faults_of
from tests.whole.milepaelen import LONG, Milepaelen, milepaelen

MAJA, OLE, KAREN = "Maja Mentor", "Ole Opstart", "Karen Jobkonsulent"
GROUP = 15
ATTENDANCE = "/milepaelen/fremmoede"
BIG_ENOUGH = 44  # px, for a finger
PICTURES = Path(__file__).parent.parent.parent / "docs" / "brugervejledning"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def there(room: Path) -> Iterator[Milepaelen]:
    """Fifteen who are there, one of whom has stayed away, and three who wait."""
    with milepaelen(room) as one:
        one.there(GROUP)
        one.stayed_away("Berta Fiktivholm", *(date(2026, 11, day) for day in (16, 17, 18)))
        one.waits("Otto Ventesen")
        one.waits("Pia Ventesen", handover=False)
        one.waits("Rita Ventesen")
        one.settled()
        yield one


class Walk:
    """One member of staff at one screen, counting what they press. The clock begins with `begin`."""

    def __init__(self, browser: Browser, address: str, name: str, **screen: object) -> None:
        wanted = {"viewport": {"width": 1280, "height": 800}, "locale": "da-DK", "base_url": address} | screen
        self.page: Page = browser.new_context(**wanted).new_page()  # type: ignore[arg-type]
        self.page.goto("/log-ind")
        self.page.get_by_role("button", name=name).click()
        self.presses, self._since = 0, monotonic()

    def begin(self, where: str) -> None:
        self.page.goto(where)
        self.presses, self._since = 0, monotonic()

    def key(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.presses += 1

    def click(self, what: Locator) -> None:
        what.click()
        self.presses += 1

    def tap(self, what: Locator) -> None:
        what.tap()
        self.presses += 1

    def seconds(self, what: str) -> float:
        taken = monotonic() - self._since
        print(f"{what}: {self.presses} presses, {taken:.1f} s")  # noqa: T201 - the figure that is asked for
        return taken

    def mark(self, number: int, word: str) -> Locator:
        """The choice with that word in the so-manieth row."""
        return self.page.locator("[data-marks] tbody tr").nth(number).locator("label", has_text=word)


def picture(page: Page, name: str, folder: Path) -> None:
    """For the user guide; renewed by asking for it."""
    where = PICTURES if os.environ.get("OVERGANG_PICTURES") else folder
    where.mkdir(exist_ok=True)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=where / f"milepaelen-{name}.png")


def ticked(page: Page) -> list[str]:
    return [
        str(page.locator("[data-marks] tbody tr").nth(number).locator("input:checked").get_attribute("value"))
        for number in range(page.locator("[data-marks] tbody tr").count())
    ]


# Attendance of fifteen


def test_by_keys_alone_fifteen_are_marked_saved_and_undone(browser: Browser, there: Milepaelen, tmp_path: Path) -> None:
    walk = Walk(browser, there.address, MAJA)
    walk.begin(ATTENDANCE)
    walk.key("j")
    for key in "111211131141111":
        walk.key(key)
    walk.page.evaluate("scrollTo(0, 0)")
    picture(walk.page, "fremmoede", tmp_path)
    walk.key("Enter")
    expect(walk.page.get_by_role("status")).to_contain_text("15 gemt.")
    assert walk.seconds("attendance of 15 by keys") <= 60
    assert walk.presses == GROUP + 2
    codes = {"1": "met", "2": "sick", "3": "agreed-absence", "4": "stayed-away"}
    assert ticked(walk.page) == [codes[key] for key in "111211131141111"]
    walk.page.get_by_role("button", name="Fortryd").focus()
    walk.page.keyboard.press("Enter")
    expect(walk.page.get_by_role("status")).to_contain_text("Fortrudt. 15 markeringer er som før.")
    assert set(ticked(walk.page)) == {"ingen"}


def test_keys_walk_the_rows_and_take_a_mark_away(browser: Browser, there: Milepaelen) -> None:
    walk = Walk(browser, there.address, MAJA)
    walk.begin(ATTENDANCE)
    for key in ("j", "1", "1", "ArrowUp", "2", "k", "k", "0", "ArrowDown", "ArrowDown", "4"):
        walk.key(key)
    assert ticked(walk.page)[:5] == ["ingen", "sick", "ingen", "stayed-away", "ingen"]
    walk.page.keyboard.press("/")
    assert ticked(walk.page)[:5] == ["ingen", "sick", "ingen", "stayed-away", "ingen"]


def test_by_touch_on_a_phone_fifteen_are_marked_with_big_buttons(
    browser: Browser, there: Milepaelen, tmp_path: Path
) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    walk = Walk(browser, there.address, MAJA, **phone)
    walk.begin(f"{ATTENDANCE}?dag=2026-11-12")
    picture(walk.page, "fremmoede-telefon", tmp_path)
    for number in range(GROUP):
        for word in ("Mødt", "Syg", "Aftalt fravær", "Udeblevet"):
            box = walk.mark(number, word).bounding_box()
            assert box
            assert min(box["height"], box["width"]) >= BIG_ENOUGH
        walk.tap(walk.mark(number, "Mødt"))
    walk.tap(walk.page.get_by_role("button", name="Gem fremmøde"))
    expect(walk.page.get_by_role("status")).to_contain_text("15 gemt.")
    assert walk.seconds("attendance of 15 by touch at 390 px") <= 60
    assert walk.presses == GROUP + 1
    assert not walk.page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_without_javascript_fifteen_are_marked_and_undone(browser: Browser, there: Milepaelen) -> None:
    walk = Walk(browser, there.address, MAJA, java_script_enabled=False)
    walk.begin(f"{ATTENDANCE}?dag=2026-11-11")
    expect(walk.page.get_by_text("Taster på en linje")).to_be_hidden()
    for number in range(GROUP):
        walk.click(walk.mark(number, "Syg"))
    walk.click(walk.page.get_by_role("button", name="Gem fremmøde"))
    expect(walk.page.get_by_role("status")).to_contain_text("15 gemt.")
    assert walk.seconds("attendance of 15 without JavaScript") <= 60
    assert walk.presses == GROUP + 1
    walk.page.get_by_role("button", name="Fortryd").click()
    expect(walk.page.get_by_role("status")).to_contain_text("Fortrudt.")


def test_two_at_the_same_list_see_each_other(browser: Browser, there: Milepaelen) -> None:
    maja, ole = (Walk(browser, there.address, name) for name in (MAJA, OLE))
    for walk in (maja, ole):
        walk.begin(f"{ATTENDANCE}?dag=2026-11-10")
    ole.click(ole.mark(0, "Syg"))
    ole.click(ole.page.get_by_role("button", name="Gem fremmøde"))
    expect(ole.page.get_by_role("status")).to_contain_text("1 gemt.")
    maja.click(maja.mark(0, "Mødt"))
    maja.click(maja.mark(1, "Mødt"))
    maja.click(maja.page.get_by_role("button", name="Gem fremmøde"))
    expect(maja.page.get_by_role("alert")).to_contain_text("1 markering er ikke gemt")
    expect(maja.page.get_by_role("status")).to_contain_text("1 gemt.")
    expect(maja.page.locator("[data-marks] tbody tr").first).to_contain_text("Ole Opstart")
    assert ticked(maja.page)[0] == "met"
    assert faults_of(maja.page) == []
    maja.click(maja.page.get_by_role("button", name="Gem fremmøde"))
    expect(maja.page.get_by_role("status")).to_contain_text("1 gemt.")


# A sign, progression, talks, a referral


def test_three_days_away_lead_to_the_three_days_and_to_the_talk(
    browser: Browser, there: Milepaelen, tmp_path: Path
) -> None:
    walk = Walk(browser, there.address, MAJA)
    walk.begin("/milepaelen")
    expect(walk.page).to_have_title(re.compile("^Milepælen i dag"))
    picture(walk.page, "i-dag", tmp_path)
    row = walk.page.locator("tr", has_text="3 dage i træk")
    for day in ("16.11.2026", "17.11.2026", "18.11.2026"):
        expect(row.get_by_role("link", name=day)).to_be_visible()
    walk.click(row.get_by_role("link", name=re.compile("^Ring")))
    walk.page.get_by_label("Hvad blev aftalt?").fill("Hentes i morgen.")
    walk.click(walk.page.get_by_role("button", name="Gem samtale"))
    expect(walk.page.get_by_role("status")).to_contain_text("Gemt.")
    expect(walk.page.locator("main")).to_contain_text("Hentes i morgen.")
    assert walk.presses == 2


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_progression_is_measured_without_the_last_scores_and_then_drawn(
    browser: Browser, there: Milepaelen, tmp_path: Path, script: bool
) -> None:
    name = "Anton Fiktivholm" if script else LONG
    walk = Walk(browser, there.address, MAJA, java_script_enabled=script)
    walk.begin("/milepaelen")
    row = walk.page.locator("tr", has_text=f"Sag {there.numbers[name]}")
    walk.click(row.get_by_role("link", name=re.compile("^måling")))
    expect(walk.page.locator("main")).not_to_contain_text("over tre målinger")
    expect(walk.page.locator("main svg")).to_have_count(0)
    for group in walk.page.locator("main fieldset[role=radiogroup]").all():
        walk.click(group.get_by_text("5 – helt"))
    walk.click(walk.page.get_by_role("button", name="Gem måling"))
    expect(walk.page.locator("main")).to_contain_text("2 → 5 over fire målinger")
    assert walk.seconds("progression") <= 90
    assert walk.presses == 8
    expect(walk.page.locator("ul.curves svg")).to_have_count(6)
    if script:
        picture(walk.page, "progression", tmp_path)


@pytest.mark.parametrize(
    ("name", "script"),
    [("Otto Ventesen", True), ("Pia Ventesen", True), ("Rita Ventesen", False)],
    ids=["with a handover", "without a handover", "without JavaScript"],
)
def test_a_referral_is_read_and_taken_over_in_three_clicks(
    browser: Browser, there: Milepaelen, tmp_path: Path, name: str, script: bool
) -> None:
    walk = Walk(browser, there.address, MAJA, java_script_enabled=script)
    walk.begin("/milepaelen")
    row = walk.page.locator("tr", has_text=f"Sag {there.numbers[name]}")
    walk.click(row.get_by_role("link", name=re.compile("^Læs og overtag")))
    expect(walk.page.locator("main")).to_contain_text("At komme op om morgenen.")
    if name == "Otto Ventesen":
        expect(walk.page.locator("main")).to_contain_text("bange for store hold")
        picture(walk.page, "overtag", tmp_path)
    walk.click(walk.page.get_by_role("button", name="Overtag"))
    expect(walk.page.get_by_role("status")).to_contain_text("overtaget")
    walk.seconds("referral read and taken over")
    assert walk.presses <= 3
    expect(walk.page.locator("main")).to_contain_text("Begyndt 23.11.2026.")
    there.settled()
    walk.page.goto("/milepaelen")
    expect(walk.page.locator("tr", has_text=f"Sag {there.numbers[name]}")).to_contain_text("Ikke markeret")


def test_goals_are_written_in_the_young_persons_words(browser: Browser, there: Milepaelen, tmp_path: Path) -> None:
    walk = Walk(browser, there.address, MAJA)
    walk.begin(f"/unge/{there.numbers['Anton Fiktivholm']}/milepaelen")
    walk.click(walk.page.get_by_text("Sig det med andre ord").first)
    walk.page.get_by_label("Målet med den unges ord").first.fill("Jeg vil arbejde med planter.")
    walk.click(walk.page.locator("details[open]").get_by_role("button", name="Gem"))
    expect(walk.page.get_by_role("status")).to_contain_text("Gemt.")
    assert walk.presses == 2
    expect(walk.page.locator(".aim").first).to_contain_text("Jeg vil arbejde med planter.")
    walk.page.get_by_text("Tidligere ordlyd (1)").click()
    expect(walk.page.locator(".aim").first).to_contain_text("Jeg vil være gartner.")
    walk.page.locator(".aim li").get_by_role("button", name=re.compile("^Nået")).click()
    expect(walk.page.locator(".aim").first).to_contain_text("1 af 1 delmål nået")
    picture(walk.page, "den-unge", tmp_path)


# Every page, every width; test_every_page_full.py has many more people


@pytest.mark.parametrize("count", [0, 1, GROUP])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, room: Path, count: int) -> None:
    with milepaelen(room) as one:
        one.there(count)
        name = next(iter(one.numbers), "")
        if count:
            one.stayed_away(name, *(date(2026, 11, day) for day in (18, 19, 20)))
        one.waits(LONG + " Ventesen"[: 200 - len(LONG)])
        waiting = list(one.numbers.values())[-1]
        one.settled()
        young = one.numbers.get(name, waiting)
        addresses = ["/milepaelen", ATTENDANCE, "/milepaelen/samtaler", "/milepaelen/progression"]
        # The other pages do not show the group.
        addresses += (
            []
            if count > 1
            else [
                f"{ATTENDANCE}?dag=2026-11-22",
                f"{ATTENDANCE}?dag=2027-01-01",
                f"/unge/{young}/milepaelen",
                f"/unge/{young}/milepaelen/progression",
                f"/unge/{young}/milepaelen/progression?vis=1",
                f"/unge/{waiting}/milepaelen/overtag",
            ]
        )
        faults, said = {}, []
        for width in (1280, 390, 320):
            walk = Walk(browser, one.address, MAJA, viewport={"width": width, "height": 844})
            walk.page.on("console", lambda message: said.append(message.text))
            for where in addresses:
                walk.page.goto(where)
                if found := faults_of(walk.page):
                    faults[width, where] = found
            walk.page.context.close()
        assert faults == {}
        assert [line for line in said if "Content Security Policy" in line] == []


def test_who_only_reads_has_pages_without_faults(browser: Browser, there: Milepaelen) -> None:
    walk = Walk(browser, there.address, KAREN, viewport={"width": 390, "height": 844})
    young = there.numbers["Anton Fiktivholm"]
    for where in ("/milepaelen", ATTENDANCE, f"/unge/{young}/milepaelen", f"/unge/{young}/milepaelen/progression"):
        walk.page.goto(where)
        expect(walk.page.locator("main")).not_to_contain_text("Gem")
        assert faults_of(walk.page) == []
