"""The UU counsellor's Monday round over 100 young people, in a real browser with JavaScript and without.

Clicks are counted and promised; time is only told (`pytest -rP`), because it is the machine's.
"""

import os
import re
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from uuid import UUID

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from api.app import create_app
from api.demonstration import load_demo_staff
from api.house import SYSTEM, House, open_house
from api.settings import Settings
from database import Role
from domain.choices import CloseReason
from domain.codes import Activity, Matter, Party, Programme, StartReason
from domain.decisions import close_journey, record_fact, send_handover, start_journey
from domain.events import ActivityOffered, ContactPersonNamed, HandoverWithdrawn, JourneyEvent, ToldOfBreakOff
from domain.text import FreeText, StaffId
from eventlog import Step, journey
from people.cpr import fictional
from people.register import NewPerson
from projections.closing_days import ensure_rules
from tests.four import FOUR
from tests.whole.browser import chromium, faults_of
from tests.whole.program import free_port

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
TODAY = NOW.date()
METTE, ANDERS = "Mette Vejleder", "Anders Vejleder"
PICTURES = Path(__file__).parent.parent.parent / "docs" / "brugervejledning"
PEOPLE = 100
FIRST = ("Åse", "Ida", "Karla", "Emil", "Noah", "Fatima", "Storm", "Ærling", "Maja", "Øjvind")
LAST = ("Fiktivholm", "Demogaard", "Eksempelsen", "Testesen", "Prøvesen", "Opdigtsen", "Skitsegaard", "Kladdeby",
        "Blindprøve", "Pladsholdersen")  # fmt: skip
MOST_CLICKS = 3

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(room: Path) -> Iterator[House]:
    settings = Settings(database_url=None, data=room / "data", schema="demo", port=free_port())
    opened = open_house(settings, lambda: NOW, demo=True)
    load_demo_staff(opened)
    began = datetime(2024, 1, 1, tzinfo=UTC)
    ensure_rules(opened.log, SYSTEM, began, text=FOUR, recorded_at=began)
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


_sets = iter(range(20))


@pytest.fixture
def hundred(house: House) -> Iterator[list[UUID]]:
    """100 of 15 to 17 years who broke off in the last three weeks: UU owes each of them contact, and nothing else."""
    number = next(_sets)
    born = [date(2009, 6, 1) + timedelta(days=7 * n + number) for n in range(PEOPLE)]
    people = [
        NewPerson(fictional(born[n], 200 * number + n), f"{FIRST[n % 10]} {LAST[n // 10]}", protected=False)
        for n in range(PEOPLE)
    ]
    with house.db.connection(Role.APPLICATION) as conn:
        entered = house.register.register_people(conn, people, NOW)
    steps = []
    for n, one in enumerate(entered):
        began = TODAY - timedelta(days=200)
        broke_off = TODAY - timedelta(days=22 - n % 20)
        steps += [
            _step(one.person_id, _begins(born[n], began), began),
            *(
                _happens(one.person_id, event)
                for event in (
                    ContactPersonNamed(on=began, staff=StaffId("mette-vejleder" if n % 2 else "anders-vejleder")),
                    ToldOfBreakOff(on=broke_off, programme=Programme.VOCATIONAL),
                    ActivityOffered(on=broke_off, activity=Activity.FGU),
                )
            ),
        ]
    ids = [one.person_id for one in entered]
    _record(house, steps)
    yield ids
    # So that the next round has a list of its own.
    for _ in range(2):  # a handover that waits is withdrawn first
        _record(house, [_step(one, _ends, TODAY) for one in ids])


def _begins(born_on: date, on: date):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a decision
    return lambda so_far: start_journey(
        so_far, born_on=born_on, on=on, reason=StartReason.EDUCATION_NEED, basis="KUI-loven § 1"
    )


def _ends(so_far):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - a decision
    waits = so_far.open_handover(Matter.GUIDANCE)
    if waits:
        return [HandoverWithdrawn(on=TODAY, handover_id=waits.sent.handover_id, words=FreeText("Aftalt."))]
    return close_journey(so_far, reason=CloseReason.NO_LONGER_NEEDED, on=TODAY)


def _happens(person: UUID, event: JourneyEvent) -> Step:
    return _step(person, lambda so_far: record_fact(so_far, event=event, today=TODAY), event.on)


def _step(person: UUID, decide, on: date) -> Step:  # type: ignore[no-untyped-def]  # noqa: ANN001 - a decision
    return Step(stream=journey(person), decide=decide, known_at=datetime(on.year, on.month, on.day, 11, tzinfo=UTC))


def _record(house: House, steps: list[Step]) -> None:
    house.log.record_many(steps, by=SYSTEM, known_at=NOW)
    give_up = monotonic() + 60
    while house.lists_at() < house.log.position():
        assert monotonic() < give_up
        sleep(0.02)


class Counsellor:
    """Somebody at the screen whose clicks are counted."""

    def __init__(
        self, browser: Browser, address: str, name: str = METTE, *, script: bool = True, width: int = 1280
    ) -> None:
        context = browser.new_context(
            base_url=address, java_script_enabled=script, viewport={"width": width, "height": 800}, locale="da-DK"
        )
        self.script = script
        self.page: Page = context.new_page()
        self.page.goto("/log-ind")
        self.page.get_by_role("button", name=name).click()
        expect(self.page.locator("h1")).to_have_text("Min arbejdsliste")
        self.clicks = 0

    def rows(self) -> list[str]:
        """The rows on the page."""
        return re.findall(r'<tbody id="([^"]+)"', self.page.content())

    def presses(self, key: str, button: str) -> None:
        """One click in this row; the answer has come when the list has been asked for anew."""
        pressed = self.page.locator(f"[id='{key}']").get_by_role("button", name=button, exact=True)
        if self.script:
            with self.page.expect_response(lambda answer: "besked=" in answer.url and answer.request.method == "GET"):
                pressed.click()
        else:
            with self.page.expect_navigation(url=re.compile("besked=")):
                pressed.click()
        self.clicks += 1

    def follows(self, name: str) -> None:
        """One click on a link of this name."""
        before = self.page.url
        self.page.get_by_role("link", name=name).first.click()
        expect(self.page).not_to_have_url(before)
        self.clicks += 1


def _all_pages(of: Counsellor) -> dict[str, int]:
    """Every row of the list with the least clicks that lead to it, by the links between the pages alone."""
    found: dict[str, int] = {}
    seen, coming = set[str](), [("/", 0)]
    while coming:
        where, clicks = coming.pop(0)
        of.page.goto(where)
        for key in of.rows():
            found.setdefault(key, clicks)
        for link in re.findall(r'href="(/arbejdsliste\?[^"]*side=\d+[^"]*)"', of.page.content()):
            if link not in seen:
                seen.add(link)
                coming.append((link.replace("&amp;", "&"), clicks + 1))
    return found


def test_every_action_of_every_row_is_at_most_three_clicks_from_home(
    browser: Browser, address: str, hundred: list[UUID]
) -> None:
    mette = Counsellor(browser, address, script=False)
    rows = _all_pages(mette)
    assert len(rows) == len(hundred)
    # A press does it; another day is two: one that asks for it, and one that keeps it.
    assert max(clicks + 2 for clicks in rows.values()) <= MOST_CLICKS
    mette.page.goto("/")
    first = mette.page.locator("tbody[id]").first
    for button in ("Forsøgt", "Opnået", "Set, spørg igen i morgen", "Set, spørg igen om en uge"):
        expect(first.get_by_role("button", name=button, exact=True)).to_be_visible()
    assert mette.page.get_by_role(
        "link", name=re.compile("^(Mine unge|Status ukendt|Stille|Uden kontaktperson)")
    ).count()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_monday_round_of_100_young_people_is_a_click_for_each_and_two_between_pages(
    browser: Browser, address: str, hundred: list[UUID], script: bool, record_property: object
) -> None:
    mette = Counsellor(browser, address, script=script)
    page, began = mette.page, monotonic()
    expect(page.locator(".tile-overdue b")).not_to_have_text("0")
    overdue = int(page.locator(".tile-overdue b").inner_text())
    done: set[str] = set()
    tried, rests = 0, 0
    for number in range(len(hundred)):
        left = [key for key in mette.rows() if key not in done]
        if not left:
            mette.follows("Næste side")
            left = [key for key in mette.rows() if key not in done]
        key = left[0]
        row = page.locator(f"[id='{key}']")
        if number % 3 == 0:
            mette.presses(key, "Opnået")
            expect(row).to_have_count(0)
        elif number % 3 == 1:
            mette.presses(key, "Forsøgt")
            expect(row).to_contain_text("Forsøgt 1 gang")
            tried += 1
        else:
            mette.presses(key, "Set, spørg igen om en uge")
            expect(row).to_have_count(0)
            rests += 1
        done.add(key)
    print(f"{mette.clicks} clicks, {monotonic() - began:.0f} s for 100 young people")  # noqa: T201 - what -rP shows
    record_property("clicks", mette.clicks)  # type: ignore[operator]
    assert mette.clicks <= len(hundred) + 2

    page.goto("/")
    assert len(mette.rows()) == tried, "who was tried in vain is on the list; who rests is not"
    expect(page.locator("main")).to_contain_text(f"{rests} hviler – vis dem")
    left_overdue = int(page.locator(".tile-overdue b").inner_text())
    assert 0 < left_overdue < overdue
    resting = re.search(r"heraf (\d+) hviler", page.locator(".tile-overdue").inner_text())
    assert resting, "none of them has left the count"
    page.get_by_role("link", name="vis dem", exact=True).click()
    expect(page.locator("main")).to_contain_text("Hviler til 30.11.2026")
    assert len(mette.rows()) == min(50, tried + rests)


def test_a_second_press_before_the_answer_has_come_is_one_event(
    browser: Browser, address: str, hundred: list[UUID], house: House
) -> None:
    mette = Counsellor(browser, address)
    key = mette.rows()[0]
    before = house.log.position()
    with mette.page.expect_response(lambda answer: "besked=" in answer.url):
        mette.page.locator(f"[id='{key}']").get_by_role("button", name="Forsøgt", exact=True).dblclick()
    expect(mette.page.locator(f"[id='{key}']")).to_contain_text("Forsøgt 1 gang")
    mette.page.wait_for_load_state("networkidle")
    assert house.log.position() == before + 1
    assert hundred


def test_with_the_keyboard_alone_one_row_after_the_other(browser: Browser, address: str, hundred: list[UUID]) -> None:
    mette = Counsellor(browser, address)
    page = mette.page
    first, second = mette.rows()[:2]
    page.locator(f"[id='{first}']").get_by_role("button", name="Opnået", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"[id='{first}']")).to_have_count(0)
    expect(page.locator(f"[id='{second}'] a").first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(f"[id='{mette.rows()[1]}'] a").first).to_be_focused()
    page.locator(f"[id='{second}']").get_by_role("button", name="Set, spørg igen en anden dag").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#dag_day")).to_be_focused()
    page.keyboard.type("24-12-2026")
    page.keyboard.press("Enter")
    expect(page.locator(f"[id='{second}']")).to_have_count(0)
    assert hundred


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_holiday_is_two_clicks_and_the_colleague_has_the_young_people(
    browser: Browser, address: str, hundred: list[UUID], script: bool
) -> None:
    mette = Counsellor(browser, address, script=script)
    mette.page.get_by_role("link", name=METTE).click()
    mette.page.get_by_label("Hvem er afløser?").select_option(label=ANDERS)
    for part, number in (("day", "27"), ("month", "11"), ("year", "2026")):
        mette.page.locator(f"[name=til_{part}]").fill(number)
    mette.page.get_by_role("button", name="Gem afløser").click()
    expect(mette.page.get_by_role("status")).to_contain_text("Gemt")

    anders = Counsellor(browser, address, ANDERS, script=script)
    anders.follows("Mine unge")
    expect(anders.page.locator("main")).to_contain_text(f"Du er afløser for {METTE}")
    expect(anders.page.locator("main")).to_contain_text(f"af {len(hundred)}", use_inner_text=True)
    mette.page.get_by_role("button", name="Fjern").click()
    expect(mette.page.locator("main")).to_contain_text("Der er ikke valgt nogen afløser")
    anders.page.reload()
    expect(anders.page.locator("main")).to_contain_text(f"af {len(hundred) // 2}", use_inner_text=True)


def test_the_other_departments_have_the_same_home_from_where_they_stand(
    browser: Browser, address: str, hundred: list[UUID], house: House
) -> None:
    person = hundred[0]
    sent = UUID(int=7)

    def sends(so_far):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - a decision
        return send_handover(
            so_far,
            handover_id=sent,
            matter=Matter.GUIDANCE,
            giver=Party.UU,
            receiver=Party.EMPLOYMENT,
            answer_by=TODAY - timedelta(days=3),
            note=FreeText("Aftalt."),
            on=TODAY - timedelta(days=10),
            rule=None,
        )

    _record(house, [_step(person, sends, TODAY - timedelta(days=10))])
    karen = Counsellor(browser, address, "Karen Jobkonsulent")
    key = f"handover:{sent}"
    assert karen.rows() == [key]
    assert karen.page.locator(f"[id='{key}']").get_by_role("button", name="Forsøgt").count() == 0
    karen.presses(key, "Set, spørg igen i morgen")
    expect(karen.page.locator("main")).to_contain_text("Alle linjer i denne visning hviler")
    expect(karen.page.locator(".tile-overdue")).to_contain_text("heraf 1 hviler")
    mette = Counsellor(browser, address)
    assert key in _all_pages(mette), "it rests on the list of nobody else"


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, address: str, hundred: list[UUID], width: int
) -> None:
    mette = Counsellor(browser, address, width=width)
    said: list[str] = []
    mette.page.on("console", lambda message: said.append(message.text))
    faults = {}
    views = ("mine", "status-ukendt", "stille", "uden-kontaktperson", "fylder-18")
    for where in ("/arbejdsliste", "/profil", "/unge?vis=nej", *(f"/unge?vis={view}" for view in views)):
        mette.page.goto(where)
        if found := faults_of(mette.page):
            faults[where] = found
    mette.page.goto("/arbejdsliste")
    key = mette.rows()[0]
    row = mette.page.locator(f"[id='{key}']")
    row.get_by_role("button", name="Set, spørg igen en anden dag").click()
    expect(mette.page.locator("#dag_day")).to_be_visible()
    row.get_by_role("button", name="Gem").click()
    expect(row.locator(".error")).to_be_visible()
    if found := faults_of(mette.page):
        faults["the date in the row"] = found
    assert faults == {}
    assert [line for line in said if "Content Security Policy" in line] == []
    assert hundred


def test_pictures_for_the_user_guide(browser: Browser, address: str, hundred: list[UUID], tmp_path: Path) -> None:
    """The pictures in the documents show the program as it is; they are renewed by asking for it."""
    folder = PICTURES if os.environ.get("OVERGANG_PICTURES") else tmp_path
    folder.mkdir(exist_ok=True)
    mette = Counsellor(browser, address)
    keys = mette.rows()
    mette.presses(keys[0], "Forsøgt")
    mette.presses(keys[1], "Set, spørg igen om 3 dage")
    for name, where in (
        ("uu-mandag", "/arbejdsliste"),
        ("uu-hviler", "/arbejdsliste?hvilende=1"),
        ("uu-mine-unge", "/unge"),
        ("uu-stille", "/unge?vis=stille"),
        ("uu-profil", "/profil"),
    ):
        mette.page.goto(where)
        mette.page.wait_for_load_state("networkidle")
        mette.page.screenshot(path=folder / f"{name}.png")
    assert len(list(folder.glob("uu-*.png"))) == 5
    assert hundred
