"""What is done from a row of the worklist with one press, as the form in the row sends it."""

import html
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from api.worklist_actions import Doing
from domain.codes import ContactWay, Matter, Party, Programme, StartReason
from domain.events import Checked, ContactMade, ContactTried, ReferredToMilepaelen, ToldOfBreakOff
from domain.facts import life_of
from domain.text import FreeText
from eventlog import Contended, EventLog
from tests.api.test_worklist import names_of, placed, rows_of, text_of, tiles_of
from tests.four import FOUR

UU, SOCIAL, EMPLOYMENT, MILEPAELEN, ADULT = (
    "mette-vejleder",
    "jens-raadgiver",
    "karen-jobkonsulent",
    "maja-mentor",
    "vibeke-voksenraadgiver",
)
TODAY = date(2026, 11, 23)
PATH = "/arbejdsliste/linje"
Make = Callable[..., Any]


@pytest.fixture
def anna(youth: Make) -> Any:
    """17 years; broke off in May: UU owes contact and an activity."""
    return youth(
        "Anna Fiktivholm",
        born_on=date(2009, 5, 1),
        events=[ToldOfBreakOff(on=date(2026, 5, 4), programme=Programme.VOCATIONAL)],
    )


@pytest.fixture
def emil(youth: Make) -> Any:
    """24 years; referred to Milepælen, and handed over."""
    one = youth("Emil Testesen", born_on=date(2002, 3, 1))
    one.happened(ReferredToMilepaelen(on=date(2026, 11, 2), by=Party.EMPLOYMENT, purpose=FreeText("Afklaring")))
    one.sends(
        Party.EMPLOYMENT,
        Party.MILEPAELEN,
        matter=Matter.INCOME_AND_WORK,
        on=date(2026, 11, 3),
        answer_by=date(2026, 11, 10),
    )
    return one


def form_of(page: Any, words: str) -> dict[str, str]:
    """The hidden fields of the first row with these words."""
    for body in re.findall(r"<tbody.*?</tbody>", page.text, re.DOTALL):
        if words in body:
            found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', body)
            return {name: html.unescape(value) for name, value in found}
    raise AssertionError(f"no row with {words}")


def press(browser: Any, words: str, doing: str, view: str = "/arbejdsliste", **more: str) -> Any:
    """Press a button in the row with these words."""
    return browser.post(PATH, data=form_of(browser.get(view), words) | {"handling": doing} | more)


def buttons_of(page: Any, words: str) -> list[str]:
    [body] = [body for body in re.findall(r"<tbody.*?</tbody>", page.text, re.DOTALL) if words in body]
    return re.findall(r'name="handling" value="([^"]+)"', body)


def happened(one: Any, *kinds: type) -> list[Any]:
    """What the log has of these types."""
    entries = one.house.log.history(one.id).entries
    return [fact.event for fact in life_of(entry.fact() for entry in entries).of(*kinds)]


# --- Contact


def test_one_press_writes_a_try_and_the_row_stays_overdue_and_tells_of_it(as_staff: Make, anna: Any) -> None:
    mette = as_staff(UU)
    answer = press(mette, "Kontakt efter afbrud", "forsoegt", maade="phone")
    assert answer.status_code == 303
    page = mette.get(answer.headers["location"])
    assert "Forsøget er gemt. Fristen løber videre." in text_of(page)
    [contact, activity] = rows_of(page)
    assert "arbejdsdage over Forsøgt 1 gang, senest 23.11.2026 (telefon)" in contact[4]
    assert "Forsøgt" not in activity[4]
    assert happened(anna, ContactTried) == [ContactTried(on=TODAY, way=ContactWay.PHONE)]
    press(mette, "Kontakt efter afbrud", "forsoegt", maade="letter")
    assert "Forsøgt 2 gange, senest 23.11.2026 (brev)" in rows_of(mette.get("/arbejdsliste"))[0][4]


def test_contact_that_was_made_clears_the_row(as_staff: Make, anna: Any) -> None:
    mette = as_staff(UU)
    answer = press(mette, "Kontakt efter afbrud", "opnaaet", maade="visit")
    page = mette.get(answer.headers["location"])
    assert "Kontakten er gemt." in text_of(page)
    assert [row[2].endswith("Ny aktivitet efter afbrud") for row in rows_of(page)] == [True]
    assert happened(anna, ContactMade) == [ContactMade(on=TODAY, way=ContactWay.VISIT)]


@pytest.mark.parametrize("doing", ["forsoegt", "opnaaet"])
def test_a_double_press_is_one_event(as_staff: Make, anna: Any, doing: str) -> None:
    mette = as_staff(UU)
    form = form_of(mette.get("/arbejdsliste"), "Kontakt efter afbrud") | {"handling": doing, "maade": "phone"}
    first, second = mette.post(PATH, data=form), mette.post(PATH, data=form)
    assert first.headers["location"] == second.headers["location"]
    assert len(happened(anna, ContactTried, ContactMade)) == 1


def test_another_button_of_the_same_row_is_something_else(as_staff: Make, anna: Any) -> None:
    mette = as_staff(UU)
    form = form_of(mette.get("/arbejdsliste"), "Kontakt efter afbrud")
    mette.post(PATH, data=form | {"handling": "forsoegt", "maade": "phone"})
    mette.post(PATH, data=form | {"handling": "forsoegt", "maade": "letter"})
    mette.post(PATH, data=form | {"handling": "opnaaet", "maade": "letter"})
    assert len(happened(anna, ContactTried)) == 2
    assert len(happened(anna, ContactMade)) == 1


@pytest.mark.usefixtures("anna")
def test_the_way_that_was_used_last_is_chosen_in_every_row(as_staff: Make) -> None:
    mette = as_staff(UU)
    assert 'value="phone" selected' in mette.get("/arbejdsliste").text
    press(mette, "Kontakt efter afbrud", "forsoegt", maade="text-message")
    page = mette.get("/arbejdsliste")
    assert re.findall(r'value="([a-z-]+)" selected', page.text) == ["text-message"]
    mette.cookies.delete("maade")
    mette.cookies.set("maade", '"><script>')
    page = mette.get("/arbejdsliste")
    assert 'value="phone" selected' in page.text
    assert "<script>" not in page.text


def test_only_rows_that_contact_clears_and_only_who_records_contact_have_those_buttons(
    as_staff: Make, house: Any, anna: Any, emil: Any
) -> None:
    quick = ["om-1", "om-3", "om-7", "om-dag"]
    page = as_staff(UU).get("/arbejdsliste")
    assert buttons_of(page, "Kontakt efter afbrud") == ["forsoegt", "opnaaet", *quick]
    assert buttons_of(page, "Ny aktivitet efter afbrud") == quick
    coordinator = as_staff("katrine-koordinator").get("/arbejdsliste")
    assert buttons_of(coordinator, "Kontakt efter afbrud") == quick, "the municipality records no contact"
    assert buttons_of(coordinator, emil.name) == quick
    # A party that may know that something is there, and not what, has nothing to do with it from here.
    house.load_rules(FOUR.replace('data_class = "education"', 'data_class = "social"'))
    page = as_staff(UU).get("/arbejdsliste")
    assert "Noget om sociale forhold" in page.text
    assert PATH not in page.text
    assert anna.name in page.text


def test_a_try_is_shown_to_nobody_who_may_not_know_of_education(as_staff: Make, house: Any, anna: Any) -> None:
    """As if contact were asked for in a matter of health, whose readers know nothing of education."""
    anna.happened(ContactTried(on=date(2026, 11, 20), way=ContactWay.PHONE))
    text = FOUR.replace('data_class = "education"', 'data_class = "handover"')
    house.load_rules(text.replace('giver = "education"\nreceiver = "uu"', 'giver = "health"\nreceiver = "uu"'))
    [row] = [row for row in rows_of(as_staff("pia-psykolog").get("/arbejdsliste")) if "Kontakt efter afbrud" in row[2]]
    assert "Forsøgt" not in row[4]
    [row] = [row for row in rows_of(as_staff(UU).get("/arbejdsliste")) if "Kontakt efter afbrud" in row[2]]
    assert "Forsøgt 1 gang" in row[4]


# --- Seen, and asked about again


@pytest.mark.parametrize(("doing", "day"), [("om-1", "24.11.2026"), ("om-3", "26.11.2026"), ("om-7", "30.11.2026")])
def test_a_look_lets_the_row_rest_and_never_leave_the_counts(
    as_staff: Make, clock: Any, anna: Any, doing: str, day: str
) -> None:
    mette = as_staff(UU)
    answer = press(mette, "Kontakt efter afbrud", doing)
    page = mette.get(answer.headers["location"])
    assert "Gemt. Linjen hviler på jeres liste" in text_of(page)
    assert [row[2].endswith("Ny aktivitet efter afbrud") for row in rows_of(page)] == [True]
    assert tiles_of(page)["overskredne frister, heraf 1 hviler"][0] == 2
    assert "1 hviler – vis den" in text_of(page)
    page = mette.get("/arbejdsliste?hvilende=1")
    assert f"Hviler til {day}" in rows_of(page)[0][4]
    assert "Også dem, der hviler" in text_of(page)
    days = {"om-1": 1, "om-3": 3, "om-7": 7}[doing]
    [look] = happened(anna, Checked)
    assert (look.by, look.ask_again_on, look.on) == (Party.UU, TODAY + timedelta(days=days), TODAY)
    clock.forward(days=days)
    assert len(rows_of(as_staff(UU).get("/arbejdsliste"))) == 2, "on that day it is asked about"


def test_it_rests_on_the_list_of_nobody_else(as_staff: Make, emil: Any) -> None:
    press(as_staff(EMPLOYMENT), emil.name, "om-7")
    assert names_of(as_staff(EMPLOYMENT).get("/arbejdsliste")) == []
    assert set(names_of(as_staff(MILEPAELEN).get("/arbejdsliste"))) == {emil.name}
    assert emil.name in names_of(as_staff("katrine-koordinator").get("/arbejdsliste"))


def test_of_a_pair_both_rows_rest_so_that_nothing_comes_back_when_the_pair_ends(as_staff: Make, emil: Any) -> None:
    press(as_staff(MILEPAELEN), emil.name, "om-3")
    looks = happened(emil, Checked)
    assert sorted(look.rule for look in looks) == ["MIL-01", "handover"]
    assert len({look.trigger for look in looks}) == 2
    assert names_of(as_staff(MILEPAELEN).get("/arbejdsliste")) == []


def test_when_all_of_a_view_rests_it_says_so(as_staff: Make, emil: Any) -> None:
    karen = as_staff(EMPLOYMENT)
    press(karen, emil.name, "om-7")
    page = karen.get("/arbejdsliste")
    assert "Alle linjer i denne visning hviler. Vis dem" in text_of(page)
    [href] = re.findall(r'hviler. <a href="([^"]+)">Vis dem', page.text)
    assert names_of(karen.get(html.unescape(href))) == [emil.name]


@pytest.mark.usefixtures("anna")
def test_another_day_is_asked_for_in_the_row_and_nothing_is_written_before(as_staff: Make, anna: Any) -> None:
    mette = as_staff(UU)
    page = press(mette, "Kontakt efter afbrud", "om-dag")
    assert page.status_code == 200
    assert 'name="dag_day"' in page.text
    assert page.text.count('name="dag_day"') == 1, "in that row and no other"
    assert happened(anna, Checked) == []
    day = {"dag_day": "1", "dag_month": "12", "dag_year": "2026"}
    answer = mette.post(PATH, data=form_of(page, 'name="dag_day"') | day)
    assert answer.status_code == 303
    assert [look.ask_again_on for look in happened(anna, Checked)] == [date(2026, 12, 1)]


NO_DAYS = {
    ("23", "11", "2026"): "Vælg en dag efter i dag. Intet er gemt.",
    ("1", "1", "2020"): "Vælg en dag efter i dag. Intet er gemt.",
    ("31", "2", "2027"): "Dagen findes ikke.",
    ("", "", ""): "Dagen mangler.",
    ("x", "y", "z"): "Dagen skal skrives med tal",
    ("25", "11", "2027"): "Vælg en dag inden for et år.",
}


def test_a_day_that_cannot_be_is_told_in_the_row_with_what_was_written(as_staff: Make, anna: Any) -> None:
    mette = as_staff(UU)
    form = form_of(press(mette, "Kontakt efter afbrud", "om-dag"), 'name="dag_day"')
    for written, words in NO_DAYS.items():
        page = mette.post(PATH, data=form | dict(zip(("dag_day", "dag_month", "dag_year"), written, strict=True)))
        assert page.status_code == 422, written
        [body] = [body for body in re.findall(r"<tbody.*?</tbody>", page.text, re.DOTALL) if 'name="dag_day"' in body]
        assert words in html.unescape(body)
        assert "Kontakt efter afbrud" in body
        assert re.findall(r'name="dag_\w+".*? value="(.*?)"', body) == list(written)
    assert happened(anna, Checked) == []


# --- The view that it was done from


def test_the_list_comes_back_as_it_was_asked_for(as_staff: Make, anna: Any) -> None:
    mette = as_staff(UU)
    view = f"/arbejdsliste?frist=overskredet&alder=15-17&sag={anna.case_number}"
    answer = press(mette, "Kontakt efter afbrud", "om-1", view)
    assert answer.headers["location"] == f"{view}&besked=hviler"
    answer = press(mette, "Ny aktivitet efter afbrud", "om-1")
    assert answer.headers["location"] == "/arbejdsliste?besked=hviler"


def test_the_way_back_never_leads_elsewhere(as_staff: Make, anna: Any) -> None:
    mette = as_staff(UU)
    for liste in ("//evil.example", "https://evil.example", "besked=x\r\nset-cookie: a=b", "&" * 500):
        answer = press(mette, "Kontakt efter afbrud", "forsoegt", maade="phone", liste=liste)
        assert answer.headers["location"] == "/arbejdsliste?besked=forsoegt"
    assert len(happened(anna, ContactTried)) == 4


# --- What cannot be done


def test_a_row_that_a_colleague_has_cleared_is_told_and_nothing_is_written(as_staff: Make, anna: Any) -> None:
    mette, anders = as_staff(UU), as_staff("anders-vejleder")
    form = form_of(mette.get("/arbejdsliste"), "Kontakt efter afbrud")
    press(anders, "Kontakt efter afbrud", "opnaaet", maade="phone")
    for doing in ("forsoegt", "om-1", "om-dag"):
        answer = mette.post(PATH, data=form | {"handling": doing, "maade": "phone"})
        assert answer.status_code == 409, doing
        assert "Linjen står ikke længere på jeres liste." in text_of(answer)
        assert "Intet er gemt." in text_of(answer)
    assert happened(anna, ContactTried, Checked) == []


def test_a_row_of_another_department_is_not_ours_to_look_at(as_staff: Make, youth: Make, anna: Any) -> None:
    """Adult social may read what employment does; this row has nothing to do with it."""
    one = youth("Mia Demogaard", born_on=date(2005, 1, 1))
    one.happened(ReferredToMilepaelen(on=date(2026, 11, 2), by=Party.EMPLOYMENT, purpose=FreeText("Afklaring")))
    form = form_of(as_staff(EMPLOYMENT).get("/arbejdsliste"), one.name)
    stranger = as_staff(ADULT)
    answer = stranger.post(PATH, data=form | {"csrf": stranger.csrf, "handling": "om-1"})
    assert answer.status_code == 409
    assert happened(one, Checked) == []
    assert one.name not in answer.text
    # Child social may not read the class at all: to them there is no such row.
    form = form_of(as_staff(UU).get("/arbejdsliste"), "Kontakt efter afbrud")
    milepaelen = as_staff(MILEPAELEN)
    answer = milepaelen.post(PATH, data=form | {"csrf": milepaelen.csrf, "handling": "forsoegt", "maade": "phone"})
    assert answer.status_code == 404, "Milepælen records no contact"
    assert happened(anna, ContactTried, Checked) == []


def test_contact_is_not_recorded_on_a_row_that_asks_for_something_else(as_staff: Make, anna: Any) -> None:
    answer = press(as_staff(UU), "Ny aktivitet efter afbrud", "forsoegt", maade="phone")
    assert answer.status_code == 409
    assert happened(anna, ContactTried) == []


WRONG = (
    {"handling": "slet"},
    {"handling": ""},
    {"handling": "forsoegt", "maade": "brevdue"},
    {"handling": "forsoegt"},
    {"handling": "om-1", "sag": "999999"},
    {"handling": "om-1", "sag": "Anna"},
)


def test_what_no_button_sends_is_nothing_here(as_staff: Make, anna: Any) -> None:
    mette = as_staff(UU)
    form = form_of(mette.get("/arbejdsliste"), "Kontakt efter afbrud")
    assert [mette.post(PATH, data=form | wrong).status_code for wrong in WRONG] == [404] * len(WRONG)
    assert happened(anna, ContactTried, Checked) == []


def test_a_row_that_there_is_not_is_told(as_staff: Make, anna: Any) -> None:
    mette = as_staff(UU)
    form = form_of(mette.get("/arbejdsliste"), "Kontakt efter afbrud") | {"handling": "om-1"}
    for key in ("", "KUI-02", "KUI-02:x", "pair:", "handover:1", "x:" + "0" * 500):
        assert mette.post(PATH, data=form | {"linje": key}).status_code == 409, key
    assert happened(anna, Checked) == []


def test_without_a_command_nothing_is_written(as_staff: Make, anna: Any) -> None:
    mette = as_staff(UU)
    form = form_of(mette.get("/arbejdsliste"), "Kontakt efter afbrud") | {"handling": "om-1", "command": "nej"}
    answer = mette.post(PATH, data=form)
    assert answer.status_code == 422
    assert "Listen var for gammel." in text_of(answer)
    assert happened(anna, Checked) == []


def test_when_others_keep_writing_it_is_told_in_the_row(
    as_staff: Make, anna: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mette = as_staff(UU)
    form = form_of(mette.get("/arbejdsliste"), "Kontakt efter afbrud") | {"handling": "om-1"}

    def lost(*_: object, **__: object) -> None:
        raise Contended

    monkeypatch.setattr(EventLog, "record", lost)
    answer = mette.post(PATH, data=form)
    assert answer.status_code == 409
    [body] = [body for body in re.findall(r"<tbody.*?</tbody>", answer.text, re.DOTALL) if form["linje"] in body]
    assert "Sagen blev ændret af andre" in body
    assert happened(anna, Checked) == []


def test_somebody_with_a_hidden_name_is_worked_with_by_number(as_staff: Make, youth: Make) -> None:
    told = ToldOfBreakOff(on=date(2026, 5, 4), programme=Programme.VOCATIONAL)
    youth("Lone Skjultsen", born_on=date(2009, 7, 1), protected=True, events=[told])
    mette = as_staff(UU)
    answer = press(mette, "Kontakt efter afbrud", "forsoegt", "/arbejdsliste?beskyttede=1", maade="phone")
    page = mette.get(answer.headers["location"])
    assert "Forsøgt 1 gang" in text_of(page)
    assert "Lone" not in page.text


def test_the_buttons_of_the_page_are_those_that_are_understood(as_staff: Make, anna: Any) -> None:
    page = as_staff(UU).get("/arbejdsliste")
    assert set(buttons_of(page, "Kontakt efter afbrud")) == set(Doing)
    assert form_of(page, anna.name).keys() == {"csrf", "command", "liste", "sag", "linje"}


def test_a_social_duty_is_looked_at_in_its_own_class(as_staff: Make, youth: Make) -> None:
    bo = youth("Bo Demogaard", born_on=date(2009, 4, 3), reason=StartReason.PLACED, events=[placed()])
    press(as_staff(SOCIAL), "Afgørelse om ungestøtte", "om-7", command=str(uuid4()))
    [look] = happened(bo, Checked)
    assert look.of_class == "social"
