"""The agenda on paper: what stands there for whom, whose copy it is, and that twelve cases fit on four sheets."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.meeting_print import LONG_GOAL, first_words
from database import Role
from domain.codes import AgendaReason, Matter, Party, PlacementForm, Programme, StartReason
from domain.decisions import agree_step, call_meeting, put_on_agenda
from domain.events import GoalInOwnWords, PlacementStarted, ToldOfBreakOff
from domain.text import FreeText
from eventlog import meeting as meeting_stream
from people.read_log import reads_of
from tests.api.conftest import BY_IMPORT

TODAY = date(2026, 11, 23)
UU, CHILD, SCHOOL, BENEFITS, EMPLOYMENT = (
    "mette-vejleder",
    "jens-raadgiver",
    "laila-laerer",
    "yrsa-ydelse",
    "karen-jobkonsulent",
)
GOAL = "Jeg vil være smed, og jeg vil bo for mig selv i Lemvig."
Staff = Callable[..., Any]
Make = Callable[..., Any]


def read(marked_up: str) -> str:
    plain = unescape(re.sub(r"<[^>]+>", " ", marked_up))
    return re.sub(r" ([.,])", r"\1", re.sub(r"\s+", " ", plain)).strip()


def rows_of(page: Any) -> list[list[str]]:
    body = page.text.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [[read(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def meeting_of(house: Any, *people: Any) -> UUID:
    """A meeting tomorrow with these on the agenda, all of them because something is overdue."""
    meeting_id = uuid4()
    decisions: list[Any] = [partial(call_meeting, held_on=date(2026, 11, 24), on=TODAY)]
    reasons = (AgendaReason.OVERDUE, AgendaReason.TURNING_18)
    decisions += [partial(put_on_agenda, person=one.id, reasons=reasons, on=TODAY) for one in people]
    for decide in decisions:
        house.log.record(meeting_stream(meeting_id), decide, by=BY_IMPORT, known_at=house.now, command_id=uuid4())
    return meeting_id


def agreed(one: Any, what: str, due_on: date, responsible: Party = Party.UU) -> None:
    one.record(
        partial(
            agree_step,
            step_id=uuid4(),
            what=FreeText(what),
            responsible=responsible,
            matter=Matter.GUIDANCE,
            due_on=due_on,
            on=date(2026, 10, 1),
        )
    )


@pytest.fixture
def ida(youth: Make) -> Any:
    """Broke off, is handed over to Beskæftigelse, has said what she wants, and has a step that is late."""
    one = youth("Ida Demogaard", born_on=date(2009, 5, 1))
    one.happened(
        ToldOfBreakOff(on=date(2026, 10, 5), programme=Programme.VOCATIONAL),
        GoalInOwnWords(on=date(2026, 9, 1), words=FreeText(GOAL)),
    )
    one.sends(Party.UU, Party.EMPLOYMENT, on=date(2026, 11, 2), answer_by=date(2026, 11, 9))
    agreed(one, "Besøge FGU sammen med vejlederen", date(2026, 11, 20))
    return one


@pytest.fixture
def bo(youth: Make) -> Any:
    """Placed outside the home, and otherwise untouched."""
    one = youth("Bo Fiktivholm", born_on=date(2009, 4, 3), reason=StartReason.PLACED)
    one.happened(PlacementStarted(on=date(2024, 2, 1), form=PlacementForm.FOSTER_FAMILY))
    return one


def test_a_case_stands_with_all_that_the_table_must_know(as_staff: Staff, house: Any, ida: Any) -> None:
    page = as_staff(UU).get(f"/moeder/{meeting_of(house, ida)}/udskrift")
    [row] = rows_of(page)
    contact = (
        "Kontakt efter afbrud 12.10.2026 30 arbejdsdage over KUI-02, KUI-bekendtgørelsen § 10. "
        "Uddannelsessted venter på UU"
    )
    activity = (
        "Ny aktivitet efter afbrud 04.11.2026 13 arbejdsdage over KUI-03, KUI-bekendtgørelsen § 10. "
        "Uddannelsessted venter på UU"
    )
    assert row == [
        f"1. Sag {ida.case_number} · 17 år Frist overskredet, fylder snart 18 år",
        f"{contact} {activity}",
        "Vejledning: Sendt svar senest 09.11.2026 10 arbejdsdage over Sendt 02.11.2026. UU venter på Beskæftigelse",
        f"”{GOAL}” Besøge FGU sammen med vejlederen UU, senest 20.11.2026 1 arbejdsdag over",
        "",
    ]
    sources = read(page.text.partition("Regler og kilder")[2])
    assert "KUI-02 version 1, Kontakt efter afbrud (lovfrist). KUI-bekendtgørelsen § 10: 5 arbejdsdage" in sources


def test_names_stand_there_only_when_they_are_asked_for(as_staff: Staff, house: Any, youth: Make, ida: Any) -> None:
    hidden = youth("Eva Beskyttet", born_on=date(2009, 5, 1), protected=True)
    path = f"/moeder/{meeting_of(house, ida, hidden)}/udskrift"
    browser = as_staff(UU)
    without, named = browser.get(path), browser.get(f"{path}?navn=1")
    assert "Demogaard" not in without.text
    assert [row[0].partition(" Frist")[0] for row in rows_of(named)] == [
        f"1. Sag {ida.case_number} · 17 år Ida Demogaard",
        f"2. Sag {hidden.case_number} · 17 år Navnet er beskyttet",
    ]
    assert "Eva Beskyttet" not in named.text
    assert "Demogaard" not in named.text.partition("</title>")[0]


def test_every_sheet_says_that_it_is_confidential_and_whose_it_is(as_staff: Staff, house: Any, ida: Any) -> None:
    page = as_staff(CHILD).get(f"/moeder/{meeting_of(house, ida)}/udskrift")
    foot = page.text.partition("<tfoot>")[2].partition("</tfoot>")[0]
    assert read(foot) == (
        "Fortroligt, personoplysninger. Hentet 23.11.2026 kl. 09.00 af Jens Rådgiver, Børn & Familie."
    )


def test_each_reader_takes_what_their_role_may_see(as_staff: Staff, house: Any, ida: Any, bo: Any) -> None:
    path = f"/moeder/{meeting_of(house, ida, bo)}/udskrift"
    [_, placed] = rows_of(as_staff(CHILD).get(path))
    assert placed[1].startswith("Afgørelse om ungestøtte 03.10.2026 36 arbejdsdage over OVG-05, Barnets lov § 111")
    assert placed[1].endswith("Voksen & Handicap venter på Børn & Familie")
    [_, existing] = rows_of(as_staff(EMPLOYMENT).get(path))
    assert existing[1] == (
        "Noget om sociale forhold 03.10.2026 36 arbejdsdage over Voksen & Handicap venter på Børn & Familie"
    )
    assert "OVG-05" not in as_staff(EMPLOYMENT).get(path).text
    [_, hidden] = rows_of(as_staff(SCHOOL).get(path))
    assert hidden[1] == "Ingen frister løber"
    [words, _] = rows_of(as_staff(BENEFITS).get(path))
    assert words[3].startswith("Mål: vises ikke for din rolle Skridt om vejledning UU, senest 20.11.2026")
    assert GOAL not in as_staff(BENEFITS).get(path).text


def test_what_there_is_more_of_is_said(as_staff: Staff, house: Any, ida: Any) -> None:
    for number in range(5):
        agreed(ida, f"Skridt nummer {number}", date(2026, 12, 1 + number))
    [row] = rows_of(as_staff(UU).get(f"/moeder/{meeting_of(house, ida)}/udskrift"))
    assert "Skridt nummer 0 UU, senest 01.12.2026, om 6 arbejdsdage" in row[3]
    assert "Skridt nummer 1" not in row[3]
    assert row[3].endswith("og 4 skridt til")


def test_who_has_nothing_is_told_so(as_staff: Staff, house: Any, youth: Make) -> None:
    one = youth("Tom Testesen", born_on=date(2010, 5, 1))
    [row] = rows_of(as_staff(UU).get(f"/moeder/{meeting_of(house, one)}/udskrift"))
    assert row[1:4] == [
        "Ingen frister løber",
        "Ingen venter på svar",
        "Mål: ikke skrevet ned endnu Ingen skridt er aftalt",
    ]


def test_an_empty_agenda_says_what_to_do(as_staff: Staff, house: Any) -> None:
    page = as_staff(UU).get(f"/moeder/{meeting_of(house)}/udskrift")
    assert page.status_code == 200
    assert "Der er ingen på dagsordenen endnu. Sæt sager på dagsordenen" in read(page.text)


def test_every_look_is_written_down_and_no_meeting_is_no_page(as_staff: Staff, house: Any, ida: Any) -> None:
    browser = as_staff(UU)
    assert browser.get(f"/moeder/{meeting_of(house, ida)}/udskrift").status_code == 200
    with house.db.connection(Role.APPLICATION) as conn:
        assert [one.route for one in reads_of(conn, ida.id)] == ["/moeder/{meeting_id}/udskrift"]
    for path in (f"/moeder/{uuid4()}/udskrift", f"/moeder/{ida.id}/udskrift", "/moeder/nej/udskrift"):
        assert browser.get(path).status_code == 404


def test_the_agenda_leads_there(as_staff: Staff, house: Any, ida: Any) -> None:
    path = f"/moeder/{meeting_of(house, ida)}"
    assert f'href="{path}/udskrift">Udskriv</a>' in as_staff(UU).get(path).text


@pytest.mark.parametrize(
    ("text", "most", "said"),
    [
        ("kort", 10, "kort"),
        ("to\nlinjer  her", 20, "to linjer her"),
        ("ti tegn nu her", 10, "ti tegn …"),
        ("a" * 30, 10, "aaaaaaaaa …"),
        ("a " + "b" * 30, 12, "a bbbbbbbbb …"),
        ("", 10, ""),
    ],
)
def test_a_long_text_is_its_first_words(text: str, most: int, said: str) -> None:
    assert first_words(text, most) == said
    assert len(said) <= most + 1
    assert most < LONG_GOAL
