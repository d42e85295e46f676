"""A deadline and the handover that was sent for it are one line to whoever may read both."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from domain.codes import Matter, Party
from domain.events import HandoverSeen, ReferredToMilepaelen, ResponsibilityEstablished
from domain.text import FreeText
from tests.api.test_worklist import MILEPAELEN, rows_of, tiles_of
from tests.four import FOUR

Make = Callable[..., Any]
JOBS, SOCIAL = "karen-jobkonsulent", "jens-raadgiver"


@pytest.fixture
def emil(youth: Make) -> Any:
    """Referred to Milepælen on 9 November, so to be taken over by the 16th."""
    referred = ReferredToMilepaelen(on=date(2026, 11, 9), by=Party.EMPLOYMENT, purpose=FreeText("Afklaring."))
    return youth("Emil Testesen", born_on=date(2002, 3, 1), events=[referred])


def send(one: Any, answer_by: date, giver: Party = Party.EMPLOYMENT) -> Any:
    return one.sends(giver, Party.MILEPAELEN, matter=Matter.INCOME_AND_WORK, on=date(2026, 11, 10), answer_by=answer_by)


def test_receiver_and_giver_see_one_line_with_both_deadlines(as_staff: Make, emil: Any) -> None:
    handover_id = send(emil, date(2026, 11, 27))
    [receiver] = rows_of(as_staff(MILEPAELEN).get("/arbejdsliste"))
    assert receiver[2:] == [
        "Beskæftigelse → til Milepælen Sendt: Milepælen overtager efter henvisning",
        "16.11.2026 Lokal aftale Svarfrist 27.11.2026 – om 4 arbejdsdage",
        "5 arbejdsdage over",
        "Læs overleveringen, og svar",
        "Os",
    ]
    [giver] = rows_of(as_staff(JOBS).get("/arbejdsliste"))
    assert giver[5:] == ["Svar på overleveringen", "Milepælen"]
    emil.record(lambda _: [HandoverSeen(on=date(2026, 11, 11), handover_id=handover_id)])
    [seen] = rows_of(as_staff(MILEPAELEN).get("/arbejdsliste"))
    assert seen[2].endswith("Set: Milepælen overtager efter henvisning")


def test_the_deadline_that_comes_first_leads(as_staff: Make, emil: Any) -> None:
    send(emil, date(2026, 11, 13))
    [row] = rows_of(as_staff(MILEPAELEN).get("/arbejdsliste"))
    assert row[3:5] == [
        "13.11.2026 Svarfrist Lokal aftale 16.11.2026 – 5 arbejdsdage over",
        "6 arbejdsdage over",
    ]


def test_counts_and_views_have_the_line_once(as_staff: Make, emil: Any) -> None:
    send(emil, date(2026, 11, 27))
    milepaelen, jobs = as_staff(MILEPAELEN), as_staff(JOBS)
    for staff in (milepaelen, jobs):
        page = staff.get("/arbejdsliste")
        assert 'value="employment"> Beskæftigelse <span class="meta">(1)</span>' in page.text
        for count, href in tiles_of(page).values():
            assert len(rows_of(staff.get(href))) == count
    assert [count for count, _ in tiles_of(milepaelen.get("/arbejdsliste")).values()] == [1, 0, 1, 0, 0]
    assert [count for count, _ in tiles_of(jobs.get("/arbejdsliste")).values()] == [1, 0, 0, 1, 0]
    assert len(rows_of(milepaelen.get("/arbejdsliste?regel=MIL-01"))) == 1


def test_who_may_not_read_why_it_was_sent_still_sees_the_handover(as_staff: Make, youth: Make) -> None:
    referred = ReferredToMilepaelen(on=date(2026, 11, 9), by=Party.CHILD_SOCIAL, purpose=FreeText("Afklaring."))
    freja = youth("Freja Demogaard", born_on=date(2007, 3, 1), events=[referred])
    freja.record(_holds(Party.CHILD_SOCIAL))
    send(freja, date(2026, 11, 27), Party.CHILD_SOCIAL)
    assert len(rows_of(as_staff(MILEPAELEN).get("/arbejdsliste"))) == 1
    # Employment matters are closed to child social: only the handover is theirs.
    [row] = rows_of(as_staff(SOCIAL).get("/arbejdsliste"))
    assert row[2].endswith("Sendt: forsørgelse og arbejde")
    assert row[3] == "27.11.2026 Svarfrist"


def test_who_may_only_know_that_it_exists_sees_two_lines(house: Any, as_staff: Make, emil: Any) -> None:
    send(emil, date(2026, 11, 27))
    house.load_rules(FOUR.replace('data_class = "employment"', 'data_class = "social"'))
    lines = rows_of(as_staff(JOBS).get("/arbejdsliste"))
    assert [line[2].partition("Milepælen ")[2] for line in lines] == [
        "Noget om sociale forhold",
        "Sendt: forsørgelse og arbejde",
    ]


def _holds(party: Party) -> Any:
    return lambda _: [ResponsibilityEstablished(on=date(2026, 11, 1), matter=Matter.INCOME_AND_WORK, holder=party)]
