"""One deadline on its own page, those that are closed, and clocks that stand still."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape
from typing import Any
from uuid import uuid4

import pytest

from domain.choices import PauseReason
from domain.codes import Activity, ContactWay, DataClass, PlacementForm, Programme
from domain.events import (
    ActivityOffered,
    ClockPaused,
    ClockResumed,
    ContactMade,
    ContactTried,
    PlacementEnded,
    PlacementStarted,
    ToldOfBreakOff,
    YouthSupportDecided,
)
from projections.closing_days import current_rules
from projections.explain import explanations
from projections.explanation_json import as_json
from projections.reading import seen_in
from tests.api.conftest import Browser, Clock, StillHouse, Youth
from tests.four import FOUR
from tools.check_deadline import check

UU, CHILD, WORK, SCHOOL = "mette-vejleder", "jens-raadgiver", "karen-jobkonsulent", "laila-laerer"
BROKE_OFF = ToldOfBreakOff(on=date(2026, 11, 20), programme=Programme.VOCATIONAL)
"""On a Friday: KUI-02 is due on Friday 27 November, KUI-03 on 20 December."""
AsStaff = Callable[..., Browser]


@pytest.fixture
def ida(youth: Callable[..., Youth]) -> Youth:
    return youth("Ida Demogaard", born_on=date(2009, 12, 1), events=[BROKE_OFF])


def read(answer: Any) -> str:
    """What a person reads on the page."""
    main = re.sub(r"(?s).*<main[^>]*>|</main>.*", "", answer.text)
    return " ".join(unescape(re.sub(r"(?s)<svg.*?</svg>|<[^>]+>", " ", main)).split())


def key_of(one: Youth, rule: str) -> str:
    """The key of the one duty that the rule has given."""
    house = one.house
    life = seen_in(house.log.history(one.id).entries).life
    [found] = explanations(life, current_rules(house.log), house.today, lambda duty: duty.name == rule)
    return found.obligation.key


def page_of(one: Youth, rule: str) -> str:
    return f"{one.path}/frister/{key_of(one, rule)}"


def pauses(browser: Browser, one: Youth, rule: str = "KUI-02", reason: str = "illness", **more: str) -> Any:
    return browser.submit(f"{page_of(one, rule)}/pause", **{f"grund-{key_of(one, rule)}": reason}, **more)


def events_of(one: Youth) -> list[Any]:
    return [entry.event for entry in one.house.log.history(one.id).entries]


# One deadline


def test_the_page_of_a_deadline_says_everything_and_can_be_printed(as_staff: AsStaff, ida: Youth) -> None:
    ida.happened(ContactTried(on=date(2026, 11, 20), way=ContactWay.PHONE))
    person = as_staff(UU).get(ida.path)
    assert f'href="{page_of(ida, "KUI-02")}"' in person.text, "the person's page leads to it"
    said = read(as_staff(UU).get(page_of(ida, "KUI-02")))
    for sentence in (
        "Fristen er 27.11.2026. Den er ikke overskredet 23.11.2026.",
        "KUI-02, version 1: Kontakt efter afbrud (Lovfrist)",
        "Talte dage: ma. 23.11, ti. 24.11, on. 25.11, to. 26.11, fr. 27.11.",
        "Det er 5 arbejdsdage (mandag-fredag) og 6 hverdage (mandag-lørdag) uden helligdage.",
        "Kontakt forsøgt: skete 20.11.2026.",
    ):
        assert sentence in said
    assert "<title>Hvorfor er fristen, som den er?" in as_staff(UU).get(page_of(ida, "KUI-02")).text


def test_an_overdue_one_says_so_and_the_stranger_agrees(
    as_staff: AsStaff, ida: Youth, clock: Clock, house: StillHouse
) -> None:
    clock.now = datetime(2026, 12, 4, 8, tzinfo=UTC)
    assert "Den er overskredet: 5 arbejdsdage, 7 dage." in read(as_staff(UU).get(page_of(ida, "KUI-02")))
    life = seen_in(house.log.history(ida.id).entries).life
    found = explanations(life, current_rules(house.log), house.today)
    document = json.loads(json.dumps(as_json(ida.case_number, house.today, found)))
    assert set(map(tuple, check(document).values())) == {()}


def test_who_may_not_see_the_class_gets_no_explanation(as_staff: AsStaff, youth: Callable[..., Youth]) -> None:
    placed = PlacementStarted(on=date(2025, 2, 3), form=PlacementForm.OTHER)
    one = youth(born_on=date(2009, 5, 1), events=[placed])
    path = page_of(one, "OVG-05")
    assert as_staff(CHILD).get(path).status_code == 200
    unknown = as_staff(UU, raising=False).get(f"{one.path}/frister/OVG-05:{uuid4()}")
    for staff in (UU, WORK, SCHOOL):
        answer = as_staff(staff, raising=False).get(path)
        assert (answer.status_code, read(answer)) == (404, read(unknown)), "as if it were not there"
        assert as_staff(staff, raising=False).submit(f"{path}/pause").status_code == 404
        assert as_staff(staff, raising=False).submit(f"{path}/loeb-igen").status_code == 404


def test_also_not_where_what_started_it_is_theirs_to_see(as_staff: AsStaff, ida: Youth, house: StillHouse) -> None:
    """UU may read of the break-off; here what is owed after it is a social matter."""
    of_education, of_social = (f'data_class = "{one}"\nwhen = ["told-of-break-off"]' for one in ("education", "social"))
    assert of_education in FOUR
    house.load_rules(FOUR.replace(of_education, of_social))
    house.catch_up()
    path = page_of(ida, "KUI-02")
    assert as_staff(CHILD).get(path).status_code == 200
    assert as_staff(UU, raising=False).get(path).status_code == 404
    assert pauses(as_staff(UU, raising=False), ida).status_code == 404
    ida.happened(ContactMade(on=date(2026, 11, 21), way=ContactWay.PHONE))
    assert "Kontakt efter afbrud" not in read(as_staff(UU).get(f"{ida.path}/frister"))


@pytest.mark.parametrize("key", ["x", "KUI-02", "KUI-02:", f"KUI-02:{uuid4()}", "handover:1", "%00", "KUI-99:x", "🙂"])
def test_a_deadline_that_there_is_not(as_staff: AsStaff, ida: Youth, key: str) -> None:
    assert as_staff(UU, raising=False).get(f"{ida.path}/frister/{key}").status_code == 404


def test_where_the_rule_also_asks_of_what_the_reader_may_not_see_it_says_so(
    as_staff: AsStaff, ida: Youth, house: StillHouse
) -> None:
    house.load_rules(FOUR.replace('["contact-made"]', '["contact-made", "placement-started"]'))
    house.catch_up()
    for path in (page_of(ida, "KUI-02"), ida.path):
        assert "Regnet ud af det, din rolle må se." in read(as_staff(UU).get(path))
        assert "Regnet ud af det, din rolle må se." not in read(as_staff(CHILD).get(path))


# Those that are closed


def test_what_was_fulfilled_or_lapsed_is_on_a_list_of_its_own(as_staff: AsStaff, youth: Callable[..., Youth]) -> None:
    other, one = youth("Bo Demogaard", events=[BROKE_OFF]), youth("Ida Demogaard", born_on=date(2009, 5, 1))
    one.happened(
        ToldOfBreakOff(on=date(2026, 9, 1), programme=Programme.VOCATIONAL),
        ContactMade(on=date(2026, 9, 3), way=ContactWay.PHONE),
        ToldOfBreakOff(on=date(2026, 10, 1), programme=Programme.FGU),
        ContactMade(on=date(2026, 10, 20), way=ContactWay.PHONE),
        PlacementStarted(on=date(2025, 2, 3), form=PlacementForm.OTHER),
        PlacementEnded(on=date(2026, 3, 2)),
    )
    assert f'href="{one.path}/frister"' in as_staff(UU).get(one.path).text
    answer = as_staff(CHILD).get(f"{one.path}/frister")
    rows = [read_row(row) for row in re.findall(r"(?s)<tr>\s*<th scope=\"row\">.*?</tr>", answer.text)]
    assert rows == [
        "Kontakt efter afbrud UU 08.10.2026 20.10.2026 Opfyldt for sent",
        "Kontakt efter afbrud UU 08.09.2026 03.09.2026 Opfyldt",
        "Afgørelse om ungestøtte Børn & Familie 01.11.2026 02.03.2026 Faldet bort",
    ]
    for link in re.findall(rf'href="({one.path}/frister/[^"]+)"', answer.text):
        assert as_staff(CHILD).get(link).status_code == 200
    assert "Ingen frister er opfyldt eller faldet bort endnu." in read(as_staff(UU).get(f"{other.path}/frister"))


def read_row(row: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split())


def test_each_says_how_it_was_closed(as_staff: AsStaff, youth: Callable[..., Youth]) -> None:
    one = youth(born_on=date(2009, 5, 1))
    one.happened(
        PlacementStarted(on=date(2025, 2, 3), form=PlacementForm.OTHER),
        YouthSupportDecided(on=date(2026, 9, 7), granted=True),
    )
    said = read(as_staff(CHILD).get(page_of(one, "OVG-05")))
    assert "Opfyldt 07.09.2026, inden fristen 01.11.2026." in said
    assert "Ungestøtte afgjort" in said


def test_of_rules_that_ask_of_what_the_reader_may_not_see_nothing_closed_is_told(
    as_staff: AsStaff, youth: Callable[..., Youth], house: StillHouse
) -> None:
    """Whether it is closed depends on a placement, which UU may not read."""
    house.load_rules(
        FOUR.replace('cleared_by = ["contact-made"]', 'cleared_by = ["contact-made", "placement-started"]')
    )
    one = youth(born_on=date(2009, 5, 1), events=[BROKE_OFF])
    one.happened(ContactMade(on=date(2026, 11, 21), way=ContactWay.PHONE))
    house.catch_up()
    path = page_of(one, "KUI-02")
    assert "Kontakt efter afbrud" in read(as_staff(CHILD).get(f"{one.path}/frister"))
    told = read(as_staff(UU).get(f"{one.path}/frister"))
    assert "Kontakt efter afbrud" not in told
    assert "hvor din rolle må se alt det, reglen spørger efter" in told
    assert as_staff(UU, raising=False).get(path).status_code == 404


def test_a_long_list_has_pages(as_staff: AsStaff, youth: Callable[..., Youth]) -> None:
    one = youth(born_on=date(2009, 5, 1))
    for number in range(26):
        day = date(2026, 9, 1 + number)
        one.happened(
            ToldOfBreakOff(on=day, programme=Programme.FGU),
            ContactMade(on=day, way=ContactWay.PHONE),
            ActivityOffered(on=day, activity=Activity.JOB),
        )
    first, second = (as_staff(UU).get(f"{one.path}/frister?side={side}").text for side in ("1", "2"))
    links = [re.findall(r"frister/(KUI-0[23]:[0-9a-f-]+)", page) for page in (first, second)]
    assert (len(links[0]), len(links[1]), len({*links[0], *links[1]})) == (50, 2, 52)
    for odd in ("0", "-1", "x", "999999999999", "²", "1.5", ""):
        assert as_staff(UU).get(f"{one.path}/frister?side={odd}").status_code == 200


# Clocks that stand still


def test_the_holder_puts_it_on_pause_and_it_is_not_overdue(as_staff: AsStaff, ida: Youth, clock: Clock) -> None:
    browser = as_staff(UU)
    assert "Sæt på pause" in read(browser.get(ida.path))
    answer = pauses(browser, ida)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ida.path}?besked=gemt")
    paused = events_of(ida)[-1]
    assert isinstance(paused, ClockPaused)
    assert (paused.on, paused.reason, paused.of_class) == (
        date(2026, 11, 23),
        PauseReason.ILLNESS,
        DataClass.EDUCATION,
    )
    clock.now = datetime(2026, 12, 10, 8, tzinfo=UTC)
    said = read(as_staff(UU).get(ida.path))
    assert "Kontakt efter afbrud på pause siden 23.11.2026" in said
    assert "over fristen" not in said.replace("Ny aktivitet", "")
    assert "Fra 23.11.2026 og er det stadig: sygdom." in said
    listed = read(as_staff(UU).get(f"/arbejdsliste?sag={ida.case_number}"))
    assert "på pause siden 23.11.2026" in listed


def test_it_runs_again_and_is_due_later(as_staff: AsStaff, ida: Youth, clock: Clock) -> None:
    pauses(as_staff(UU), ida)
    clock.now = datetime(2026, 11, 26, 8, tzinfo=UTC)
    browser = as_staff(UU)
    page = browser.get(ida.path)
    assert "Lad den løbe igen" in read(page)
    assert f'action="{page_of(ida, "KUI-02")}/pause"' not in page.text
    answer = browser.submit(f"{page_of(ida, 'KUI-02')}/loeb-igen")
    assert answer.status_code == 303
    assert isinstance(events_of(ida)[-1], ClockResumed)
    said = read(browser.get(page_of(ida, "KUI-02")))
    assert "Fristen er 02.12.2026." in said
    assert "ma. 23.11 (på pause), ti. 24.11 (på pause), on. 25.11 (på pause)" in said
    assert "Fristen var 27.11.2026 og er nu 02.12.2026: den har været på pause." in said
    assert "Fra 23.11.2026 til 26.11.2026: sygdom." in said


def test_only_the_holder_can(as_staff: AsStaff, ida: Youth) -> None:
    for staff in (CHILD, WORK, SCHOOL, "katrine-koordinator"):
        browser = as_staff(staff)
        assert "Sæt på pause" not in read(browser.get(ida.path))
        answer = pauses(browser, ida)
        assert answer.status_code == 422
        assert "Kun den afdeling, der har fristen, kan sætte den på pause" in read(answer)
    assert not any(isinstance(event, ClockPaused) for event in events_of(ida))


@pytest.mark.parametrize("reason", ["", "nej", "ILLNESS", "illness\0x", "<script>"])
def test_a_reason_must_be_chosen(as_staff: AsStaff, ida: Youth, reason: str) -> None:
    answer = pauses(as_staff(UU), ida, reason=reason)
    assert answer.status_code == 422
    assert "Vælg, hvorfor fristen står stille." in read(answer)
    assert not any(isinstance(event, ClockPaused) for event in events_of(ida))


def test_a_form_without_a_command_is_too_old(as_staff: AsStaff, ida: Youth) -> None:
    for deed in ("pause", "loeb-igen"):
        key = key_of(ida, "KUI-02")
        answer = as_staff(UU).submit(f"{page_of(ida, 'KUI-02')}/{deed}", **{f"grund-{key}": "other", "command": "x"})
        assert answer.status_code == 422
        assert "Siden var for gammel" in read(answer)


def test_pressed_twice_it_is_one_pause(as_staff: AsStaff, ida: Youth) -> None:
    browser, command = as_staff(UU), str(uuid4())
    assert [pauses(browser, ida, command=command).status_code for _ in range(2)] == [303, 303]
    assert sum(isinstance(event, ClockPaused) for event in events_of(ida)) == 1


def test_twice_or_too_late_is_refused_with_why(as_staff: AsStaff, ida: Youth, clock: Clock) -> None:
    browser = as_staff(UU)
    answer = browser.submit(f"{page_of(ida, 'KUI-02')}/loeb-igen")
    assert "Fristen er ikke på pause." in read(answer)
    pauses(browser, ida)
    assert "Fristen er allerede på pause." in read(pauses(browser, ida))
    clock.now = datetime(2026, 12, 22, 8, tzinfo=UTC)
    browser = as_staff(UU)
    assert "Fristen er allerede overskredet og kan ikke sættes på pause." in read(pauses(browser, ida, "KUI-03"))
    ida.happened(ContactMade(on=date(2026, 12, 1), way=ContactWay.PHONE))
    assert "Fristen løber ikke længere." in read(pauses(browser, ida))


def test_a_birthday_cannot_be_put_on_pause(as_staff: AsStaff, youth: Callable[..., Youth]) -> None:
    placed = PlacementStarted(on=date(2026, 2, 3), form=PlacementForm.OTHER)
    one = youth(born_on=date(2009, 9, 1), events=[placed])
    browser = as_staff(CHILD)
    assert "Sæt på pause" not in read(browser.get(page_of(one, "OVG-05")))
    assert "den følger en fødselsdag eller en fast dato" in read(pauses(browser, one, "OVG-05"))


def test_the_way_back_is_kept(as_staff: AsStaff, ida: Youth) -> None:
    answer = pauses(as_staff(UU), ida, liste="/overleveringer")
    assert answer.headers["location"] == f"{ida.path}?liste=%2Foverleveringer&besked=gemt"
