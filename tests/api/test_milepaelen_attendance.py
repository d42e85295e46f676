"""Fremmøde: one form for the group, one save, a way back, and two people at the same list."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from domain.choices import Attendance, CloseReason, Destination
from domain.codes import Party
from domain.decisions import close_journey
from domain.events import AttendanceMarked, FactWithdrawn, JoinedIntoOtherFile, MilepaelenEnded, MilepaelenStarted
from eventlog import Entry
from projections.attendance import mark_on
from tests.api.conftest import Browser, Youth

MAJA, OLE, KAREN = "maja-mentor", "ole-opstart", "karen-jobkonsulent"
TODAY = "2026-11-23"
BEGUN = MilepaelenStarted(on=date(2026, 9, 1))
PATH = "/milepaelen/fremmoede"
NAMES = ("Anna Fiktivholm", "Bo Fiktivholm", "Carl Fiktivholm")

AsStaff = Callable[..., Browser]
NewYouth = Callable[..., Youth]
Group = list[Youth]


@pytest.fixture
def group(youth: NewYouth) -> Group:
    return [youth(name, born_on=date(2006, 5, 1), events=[BEGUN]) for name in NAMES]


def marked(one: Youth) -> list[Entry]:
    """What the log has about attendance, in its order."""
    entries = one.house.log.history(one.id).entries
    return [entry for entry in entries if isinstance(entry.event, AttendanceMarked | FactWithdrawn)]


def stands(one: Youth, day: str = TODAY) -> str | None:
    """The mark of the day, as the form of somebody who looks now has it."""
    found = mark_on(one.house.log.history(one.id).entries, date.fromisoformat(day)).stands
    return found.value if found else None


def filled(page: str) -> dict[str, str]:
    """The form as it stands in the page: what is ticked and what is hidden."""
    form = page.partition('id="form"')[2].partition("</form>")[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    ticked = re.findall(r'name="(m_\d+)" value="([a-z-]+)" data-key="\d" checked', form)
    return dict(hidden + ticked)


def save(browser: Browser, page: str, chosen: dict[str, str]) -> Any:
    """Tick these in the form that the page holds, by case number, and send it."""
    return browser.post(PATH, data=filled(page) | {f"m_{number}": code for number, code in chosen.items()})


def form(browser: Browser, day: str = TODAY) -> str:
    answer = browser.get(f"{PATH}?dag={day}")
    assert answer.status_code == 200
    return str(answer.text)


def undo(browser: Browser, page: str) -> Any:
    found = re.search(r'name="gemt" value="([^"]+)"', page)
    assert found, "there is no way back"
    return browser.submit(f"{PATH}/fortryd", dag=TODAY, gemt=found[1])


def test_everybody_has_four_choices_and_nothing_is_ticked(as_staff: AsStaff, group: Group) -> None:
    page = form(as_staff(MAJA))
    choices = re.findall(rf'name="m_{group[0].case_number}" value="([a-z-]+)" data-key="(\d)"', page)
    assert choices == [("met", "1"), ("sick", "2"), ("agreed-absence", "3"), ("stayed-away", "4"), ("ingen", "0")]
    assert {filled(page)[f"m_{one.case_number}"] for one in group} == {"ingen"}
    assert "0 af 3 er markeret" in page


def test_one_save_for_the_whole_list_and_who_is_not_marked_stays_so(as_staff: AsStaff, group: Group) -> None:
    browser, (anna, bo, carl) = as_staff(MAJA), group
    answer = save(browser, form(browser), {anna.case_number: "met", bo.case_number: "sick"})
    assert answer.status_code == 303
    page = browser.get(answer.headers["location"]).text
    assert "2 gemt." in page
    assert "2 af 3 er markeret" in page
    assert [stands(one) for one in group] == ["met", "sick", None]
    assert marked(carl) == []
    [entry] = marked(anna)
    assert (entry.actor.id, entry.actor.role, entry.about) == (MAJA, Party.MILEPAELEN, None)
    assert entry.known_at == anna.house.now
    assert entry.caused_by == marked(bo)[0].caused_by


def test_marking_again_is_a_correction_of_the_first_and_saving_unchanged_is_nothing(
    as_staff: AsStaff, group: Group
) -> None:
    browser, anna = as_staff(MAJA), group[0]
    for code in ("met", "sick", "stayed-away"):
        save(browser, form(browser), {anna.case_number: code})
    first, *later = marked(anna)
    assert [entry.about for entry in later] == [first.entry_id] * 2
    assert stands(anna) == "stayed-away"
    before = anna.house.log.position()
    answer = save(browser, form(browser), {})
    assert "Der var intet nyt at gemme." in browser.get(answer.headers["location"]).text
    assert anna.house.log.position() == before


def test_clearing_a_mark_takes_it_back_and_marking_lets_it_count_again(as_staff: AsStaff, group: Group) -> None:
    browser, anna = as_staff(MAJA), group[0]
    save(browser, form(browser), {anna.case_number: "met"})
    save(browser, form(browser), {anna.case_number: "ingen"})
    assert stands(anna) is None
    assert isinstance(marked(anna)[-1].event, FactWithdrawn)
    save(browser, form(browser), {anna.case_number: "sick"})
    first, gone, again = marked(anna)
    assert (gone.about, again.about, stands(anna)) == (first.entry_id, first.entry_id, "sick")


def test_undo_says_the_opposite_of_exactly_that_save(as_staff: AsStaff, group: Group) -> None:
    browser, (anna, bo, carl) = as_staff(MAJA), group
    save(browser, form(browser), {anna.case_number: "met", bo.case_number: "met"})
    save(browser, form(browser), {bo.case_number: "ingen"})
    answer = save(
        browser,
        form(browser),
        {anna.case_number: "sick", bo.case_number: "agreed-absence", carl.case_number: "stayed-away"},
    )
    page = browser.get(answer.headers["location"]).text
    assert "3 gemt." in page
    answer = undo(browser, page)
    assert answer.status_code == 303
    assert [stands(one) for one in group] == ["met", None, None]
    page = browser.get(answer.headers["location"]).text
    assert "Fortrudt. 3 markeringer er som før." in page
    assert "Fortryd<" not in page
    assert all(entry.about == marked(one)[0].entry_id for one in group for entry in marked(one)[1:])


def test_undo_twice_is_once_and_an_old_page_offers_it_no_longer(as_staff: AsStaff, group: Group) -> None:
    browser, anna = as_staff(MAJA), group[0]
    answer = save(browser, form(browser), {anna.case_number: "met"})
    where = answer.headers["location"]
    page = browser.get(where).text
    undo(browser, page)
    before = anna.house.log.position()
    assert undo(browser, page).status_code == 303
    assert anna.house.log.position() == before
    assert "Fortryd<" not in browser.get(where).text


def test_what_was_changed_since_is_not_undone_and_is_told_by_name(as_staff: AsStaff, group: Group) -> None:
    maja, ole, (anna, bo, _) = as_staff(MAJA), as_staff(OLE), group
    answer = save(maja, form(maja), {anna.case_number: "met", bo.case_number: "met"})
    page = maja.get(answer.headers["location"]).text
    save(ole, form(ole), {anna.case_number: "stayed-away"})
    answer = undo(maja, page)
    assert answer.status_code == 409
    assert [stands(one) for one in (anna, bo)] == ["stayed-away", None]
    said = answer.text.partition(f'id="e_{anna.case_number}"')[2].partition("</span>")[0]
    assert "Ole Opstart" in said
    assert "udeblevet" in said
    assert "Det er ikke fortrudt" in said


def test_the_same_form_twice_is_one_save_that_can_still_be_undone(as_staff: AsStaff, group: Group) -> None:
    browser, anna = as_staff(MAJA), group[0]
    page = form(browser)
    first, second = (save(browser, page, {anna.case_number: "met"}) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert len(marked(anna)) == 1
    assert "1 gemt." in browser.get(second.headers["location"]).text
    undo(browser, browser.get(second.headers["location"]).text)
    assert stands(anna) is None


def test_who_marked_meanwhile_is_shown_beside_what_was_chosen_and_the_others_are_saved(
    as_staff: AsStaff, group: Group
) -> None:
    maja, ole, (anna, bo, carl) = as_staff(MAJA), as_staff(OLE), group
    page = form(maja)
    save(ole, form(ole), {anna.case_number: "sick", carl.case_number: "met"})
    answer = save(maja, page, {anna.case_number: "stayed-away", bo.case_number: "met", carl.case_number: "met"})
    assert answer.status_code == 409
    assert [stands(one) for one in group] == ["sick", "met", "met"]
    assert "1 gemt." in answer.text
    assert "1 markering er ikke gemt" in answer.text
    said = answer.text.partition(f'id="e_{anna.case_number}"')[2].partition("</span>")[0]
    assert "Ole Opstart" in said
    assert "har markeret: syg" in said
    assert "Gem igen, hvis det skal være: udeblevet" in said
    assert filled(answer.text)[f"m_{anna.case_number}"] == "stayed-away"
    again = save(maja, answer.text, {})
    assert again.status_code == 303
    assert stands(anna) == "stayed-away"


def test_who_is_first_by_a_hair_is_seen_too(as_staff: AsStaff, group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ole's save comes between what Maja's save reads and what it writes."""
    maja, ole, anna = as_staff(MAJA), as_staff(OLE), group[0]
    page, log, waiting = form(maja), anna.house.log, [form(ole)]
    real = log.record_many

    def after_ole(*given: Any, **named: Any) -> Any:
        while waiting:
            assert save(ole, waiting.pop(), {anna.case_number: "sick"}).status_code == 303
        return real(*given, **named)

    monkeypatch.setattr(log, "record_many", after_ole)
    assert save(maja, page, {anna.case_number: "met"}).status_code == 409
    assert (stands(anna), len(marked(anna))) == ("sick", 1)


def test_a_row_that_nobody_touched_does_not_quarrel_with_who_marked_it(as_staff: AsStaff, group: Group) -> None:
    maja, ole, (anna, bo, _) = as_staff(MAJA), as_staff(OLE), group
    page = form(maja)
    save(ole, form(ole), {anna.case_number: "sick"})
    assert save(maja, page, {bo.case_number: "met"}).status_code == 303
    assert [stands(one) for one in (anna, bo)] == ["sick", "met"]


def test_one_who_cannot_be_saved_takes_nobody_along(
    as_staff: AsStaff, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is laid into another between the form and the save, as seen by the log and not yet by the list."""
    browser, (anna, bo, _) = as_staff(MAJA), group
    page = form(browser)
    anna.house.catch_up()
    monkeypatch.setattr(anna.house, "catch_up", lambda: None)
    joined = JoinedIntoOtherFile(on=date(2026, 11, 23), into=bo.id)
    anna.record(lambda _: [joined])
    browser._before = lambda: None
    answer = save(browser, page, {anna.case_number: "met", bo.case_number: "met"})
    assert answer.status_code == 409
    said = answer.text.partition(f'id="e_{anna.case_number}"')[2].partition("</span>")[0]
    assert "lagt ind i en anden sag" in said
    assert [stands(one) for one in (anna, bo)] == [None, "met"]


def test_who_is_no_longer_on_the_list_is_counted_and_not_saved(as_staff: AsStaff, group: Group) -> None:
    browser, (anna, bo, _) = as_staff(MAJA), group
    page = form(browser)
    anna.record(partial(close_journey, reason=CloseReason.MOVED_AWAY, on=date(2026, 11, 23)))
    answer = save(browser, page, {anna.case_number: "met", bo.case_number: "met"})
    assert answer.status_code == 409
    assert "1 ung er ikke længere på listen" in answer.text
    assert [stands(one) for one in (anna, bo)] == [None, "met"]


def test_past_days_can_be_chosen_and_show_who_was_there_then(as_staff: AsStaff, youth: NewYouth, group: Group) -> None:
    browser = as_staff(MAJA)
    gone = youth("Gone Fiktivholm", events=[BEGUN, MilepaelenEnded(on=date(2026, 11, 18), destination=Destination.JOB)])
    new = youth("Ny Fiktivholm", events=[MilepaelenStarted(on=date(2026, 11, 20))])
    page = form(browser, "2026-11-18")
    assert gone.name in page
    assert new.name not in page
    assert 'rel="prev">' in page
    assert f"{PATH}?dag=2026-11-19" in page
    answer = save(browser, page, {gone.case_number: "met", group[0].case_number: "met"})
    assert answer.headers["location"].startswith(f"{PATH}?dag=2026-11-18&gemt=")
    assert stands(gone, "2026-11-18") == "met"
    [entry] = marked(gone)
    assert entry.known_at.date() == date(2026, 11, 18)


def test_a_day_to_come_is_refused(as_staff: AsStaff, group: Group) -> None:
    browser = as_staff(MAJA)
    answer = browser.get(f"{PATH}?dag=2026-11-24")
    assert answer.status_code == 422
    assert "Dagen ligger i fremtiden" in answer.text
    page = form(browser).replace(f'name="dag" value="{TODAY}"', 'name="dag" value="2026-11-24"')
    answer = save(browser, page, {group[0].case_number: "met"})
    assert answer.status_code == 422
    assert stands(group[0]) is None
    assert stands(group[0], "2026-11-24") is None


def test_a_day_can_be_written_in_three_fields(as_staff: AsStaff, group: Group) -> None:
    browser = as_staff(MAJA)
    asked = {"dag_day": "18", "dag_month": "11", "dag_year": "2026"}
    assert "Fremmøde onsdag den 18. november 2026" in browser.get(PATH, params=asked).text
    answer = browser.get(PATH, params=asked | {"dag_month": "13"})
    assert answer.status_code == 422
    assert "Dagen findes ikke" in answer.text
    assert 'name="dag_month" inputmode="numeric" autocomplete="off" value="13"' in answer.text
    assert browser.get(f"{PATH}?dag=i-dag").status_code == 422
    assert group[0].name in browser.get(PATH).text


@pytest.mark.parametrize(("day", "why"), [("2026-11-22", "søndag"), ("2026-04-06", "anden påskedag")])
def test_a_closed_day_has_no_form_and_takes_no_marks(as_staff: AsStaff, group: Group, day: str, why: str) -> None:
    browser = as_staff(MAJA)
    page = form(browser, day)
    assert f"Lukket den dag: {why}." in page
    assert 'id="form"' not in page
    asked = {"dag": day, f"m_{group[0].case_number}": "met", f"v_{group[0].case_number}": "ingen"}
    answer = browser.submit(PATH, **asked)
    assert answer.status_code == 422
    assert f"Lukket: {why}. Intet er gemt." in answer.text
    assert marked(group[0]) == []


def test_a_choice_that_there_is_not_saves_nothing(as_staff: AsStaff, group: Group) -> None:
    browser, (anna, bo, _) = as_staff(MAJA), group
    answer = save(browser, form(browser), {anna.case_number: "late", bo.case_number: "met"})
    assert answer.status_code == 422
    assert [stands(one) for one in (anna, bo)] == [None, None]
    assert filled(answer.text)[f"m_{bo.case_number}"] == "met"
    answer = browser.post(PATH, data={"csrf": browser.csrf, "dag": TODAY, f"m_{anna.case_number}": "met"})
    assert answer.status_code == 422
    assert "Formularen var for gammel" in answer.text


def test_only_milepaelen_marks_and_who_may_read_sees_the_marks(as_staff: AsStaff, group: Group) -> None:
    maja, karen = as_staff(MAJA), as_staff(KAREN)
    save(maja, form(maja), {group[0].case_number: "met"})
    page = form(karen)
    lines = re.findall(r"<tr id=.*?</tr>", page, re.DOTALL)
    assert ["Mødt" in line for line in lines] == [True, False, False]
    assert 'type="radio"' not in page
    assert "Gem fremmøde" not in page
    assert karen.submit(PATH, dag=TODAY).status_code == 404
    assert karen.submit(f"{PATH}/fortryd", dag=TODAY, gemt=str(uuid4())).status_code == 404
    assert len(marked(group[0])) == 1


def test_an_imported_mark_can_be_corrected_too(as_staff: AsStaff, group: Group) -> None:
    anna = group[0]
    anna.happened(AttendanceMarked(on=date(2026, 11, 23), attendance=Attendance.SICK))
    browser = as_staff(MAJA)
    page = form(browser)
    assert filled(page)[f"m_{anna.case_number}"] == "sick"
    save(browser, page, {anna.case_number: "met"})
    first, second = marked(anna)
    assert second.about == first.entry_id
    page = form(browser)
    anna.happened(AttendanceMarked(on=date(2026, 11, 23), attendance=Attendance.STAYED_AWAY))
    answer = save(browser, page, {anna.case_number: "sick"})
    assert answer.status_code == 409
    assert "En indlæst liste har markeret: udeblevet" in answer.text


def test_an_empty_list_says_why(as_staff: AsStaff) -> None:
    page = form(as_staff(MAJA))
    assert "Ingen var tilmeldt den dag" in page
    assert "Gem fremmøde" not in page


def test_sixty_people_are_saved_at_once(as_staff: AsStaff, youth: NewYouth) -> None:
    people = [youth(f"Ung Fiktivholm {number}", events=[BEGUN]) for number in range(60)]
    browser = as_staff(MAJA)
    answer = save(browser, form(browser), {one.case_number: "met" for one in people})
    assert answer.status_code == 303
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    assert query["dag"] == [TODAY]
    assert "60 gemt." in browser.get(answer.headers["location"]).text
