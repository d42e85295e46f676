"""Den unge: a file that is closed or joined, what was corrected or withdrawn, and all that lasted on the timeline."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from fastapi.routing import iter_route_contexts

from api.person_about import MILEPAELEN
from database import Role
from domain.choices import Benefit, CloseReason, Measure, ViewOnPlan, WithdrawReason
from domain.codes import ContactWay, DataClass, Matter, Party, PlacementForm, Programme
from domain.decisions import (
    agree_step,
    close_journey,
    correct_fact,
    go_into_file,
    let_step_wait,
    replace_handover,
    withdraw_fact,
)
from domain.events import (
    BenefitStarted,
    ConcernReceiptSent,
    ContactTried,
    EducationCompleted,
    EducationStarted,
    Enrolled,
    JobStarted,
    JourneyEvent,
    LeftSchool,
    MeasureStarted,
    MilepaelenStarted,
    PlacementStarted,
    PsychiatryCourseStarted,
    ReferredToMilepaelen,
    TalkHeld,
    ViewOnPlanGiven,
)
from domain.text import FreeText
from eventlog import Step, journey
from people.read_log import reads_of
from tests.api.conftest import BY_IMPORT, StillHouse, Youth

UU, CHILD, WORK, BENEFITS, HEALTH, SCHOOL, COORDINATOR = (
    "mette-vejleder",
    "jens-raadgiver",
    "karen-jobkonsulent",
    "yrsa-ydelse",
    "pia-psykolog",
    "laila-laerer",
    "katrine-koordinator",
)
TODAY = date(2026, 11, 23)
TRIED = ContactTried(on=date(2026, 11, 2), way=ContactWay.PHONE)
AsStaff = Callable[..., Any]
Youths = Callable[..., Youth]


def text_of(answer: Any) -> str:
    main = re.sub(r"(?s).*<main[^>]*>|</main>.*", "", answer.text)
    return " ".join(unescape(re.sub(r"(?s)<svg.*?</svg>|<[^>]+>", " ", main)).split())


def table_of(answer: Any) -> str:
    """The timeline in words."""
    said = text_of(answer)
    return said[said.index("Vis tidslinjen som tabel") : said.index("Hændelser")]


def entry_of(one: Youth, event: JourneyEvent) -> Any:
    return next(entry for entry in one.house.log.history(one.id).entries if entry.event == event)


def about(one: Youth, event: JourneyEvent, decide: Any) -> None:
    """Decide about the entry of this event."""
    step = Step(stream=journey(one.id), decide=decide, about=entry_of(one, event).entry_id)
    now = one.house.now
    one.house.log.record_together([step], by=BY_IMPORT, known_at=now, command_id=uuid4(), recorded_at=now)


def withdrawn(one: Youth, event: JourneyEvent, reason: WithdrawReason = WithdrawReason.DID_NOT_HAPPEN) -> None:
    about(one, event, partial(withdraw_fact, was=event, reason=reason, on=TODAY))


# Closed and joined


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        (CloseReason.NO_LONGER_NEEDED, "Forløbet blev afsluttet 23.11.2026: der er ikke længere brug for det."),
        (CloseReason.DEAD, "Den unge er død. Forløbet blev afsluttet 23.11.2026."),
    ],
)
def test_a_closed_file_says_since_when_and_why_and_is_only_read(
    as_staff: AsStaff, youth: Youths, reason: CloseReason, says: str
) -> None:
    ida, bo = youth("Ida Demogaard", events=[TRIED]), youth("Bo Demogaard", events=[TRIED])
    step = partial(agree_step, step_id=uuid4(), what=FreeText("Besøg FGU"), responsible=Party.UU)
    ida.record(partial(step, matter=Matter.GUIDANCE, due_on=date(2026, 11, 20), on=date(2026, 11, 1)))
    ida.record(partial(close_journey, reason=reason, on=TODAY))
    browser = as_staff(UU)
    page = browser.get(ida.path)
    said = text_of(page)
    assert f"{says} Sagen kan læses, men ikke ændres." in said
    assert "Besøg FGU UU 20.11.2026 Åbent" in said, "what was open stays to be read"
    for writing in ("Registrér hændelse", "Send overlevering", "Træk tilbage", "Aftal et skridt", "Frist overskredet"):
        assert writing not in said, writing
    assert 'method="post" action="/unge' not in page.text
    assert "Registrér hændelse" in text_of(browser.get(bo.path))


def test_what_had_no_end_ends_on_the_timeline_when_the_file_was_closed(as_staff: AsStaff, youth: Youths) -> None:
    ida = youth(events=[EducationStarted(on=date(2026, 8, 10), programme=Programme.FGU)])
    ida.record(partial(close_journey, reason=CloseReason.MOVED_AWAY, on=date(2026, 11, 1)))
    assert "UU FGU 10.08.2026 01.11.2026 Afsluttet" in table_of(as_staff(UU).get(ida.path))


def test_a_file_that_was_laid_into_another_leads_there_and_both_looks_are_written_down(
    as_staff: AsStaff, house: StillHouse, youth: Youths
) -> None:
    twin, ida = youth("Ida Demogaard"), youth("Ida M. Demogaard")
    twin.record(partial(go_into_file, into=ida.id, on=TODAY))
    page = as_staff(UU).get(twin.path)
    assert f"Sagen blev 23.11.2026 lagt ind i en anden sag om den samme unge. Gå til sag {ida.case_number}" in text_of(
        page
    )
    assert f'href="{ida.path}"' in page.text
    assert "Registrér hændelse" not in text_of(page)
    with house.db.connection(Role.APPLICATION) as conn:
        assert [look.category for look in reads_of(conn, ida.id)] == ["person"]


def test_who_decides_about_files_finds_the_way_and_others_do_not(as_staff: AsStaff, youth: Youths) -> None:
    ida = youth("Ida Demogaard")
    deeds = [f'href="{ida.path}/{deed}"' for deed in ("afslut", "saml", "beskyttelse")]
    page, other = as_staff(COORDINATOR).get(ida.path).text, as_staff(UU).get(ida.path).text
    assert [deed in page for deed in deeds] == [True] * 3
    assert [deed in other for deed in deeds] == [False] * 3
    ida.record(partial(close_journey, reason=CloseReason.MOVED_AWAY, on=TODAY))
    page = as_staff(COORDINATOR).get(ida.path).text
    assert f'href="{ida.path}/genaabn"' in page
    assert f'href="{ida.path}/afslut"' not in page


# Corrected and withdrawn


def test_what_was_withdrawn_is_no_event_and_stands_folded_with_reason_and_day(as_staff: AsStaff, youth: Youths) -> None:
    ida, bo = youth("Ida Demogaard", events=[TRIED]), youth("Bo Demogaard", events=[TRIED])
    withdrawn(ida, TRIED)
    page = as_staff(UU).get(ida.path)
    said = text_of(page)
    events, folded = said.split("Trukket tilbage (1)")
    assert "Kontakt forsøgt" not in events[events.index("Hændelser") :]
    assert "02.11.2026 Kontakt forsøgt (telefon), ikke opnået Trukket tilbage 23.11.2026 : det skete ikke." in folded
    entry = entry_of(ida, TRIED).entry_id
    assert f'href="{ida.path}/haendelser/{entry}/traek-tilbage"' in page.text
    assert "Trukket tilbage (" not in text_of(as_staff(UU).get(bo.path))


def test_what_was_about_somebody_else_is_not_told_once_more(as_staff: AsStaff, youth: Youths) -> None:
    ida = youth(events=[TRIED])
    withdrawn(ida, TRIED, WithdrawReason.OTHER_PERSON)
    page = as_staff(UU).get(ida.path)
    assert "En hændelse, som ikke vises, fordi den handlede om en anden" in text_of(page)
    assert "Kontakt forsøgt" not in text_of(page)
    assert "Lad den tælle igen" not in text_of(page)


def test_what_was_withdrawn_is_seen_by_those_who_saw_it(as_staff: AsStaff, youth: Youths) -> None:
    placed = PlacementStarted(on=date(2025, 2, 3), form=PlacementForm.FOSTER_FAMILY)
    bo, ida = youth("Bo Demogaard"), youth("Ida Demogaard", events=[placed])
    withdrawn(ida, placed)
    assert "Anbragt uden for hjemmet: plejefamilie" in text_of(as_staff(CHILD).get(ida.path))
    for blind in (SCHOOL, UU):
        assert "Trukket tilbage" not in text_of(as_staff(blind).get(ida.path)).replace("Træk tilbage", "")
    school = [text_of(as_staff(SCHOOL).get(one.path)).split("Hændelser")[1] for one in (ida, bo)]
    assert school[0] == school[1]


def test_a_correction_says_its_day_with_the_earlier_words_folded(as_staff: AsStaff, youth: Youths) -> None:
    first, second, third = (
        ViewOnPlanGiven(on=date(2026, 11, 2), view=view, why=FreeText(why))
        for view, why in (
            (ViewOnPlan.AGREES, "Første"),
            (ViewOnPlan.DISAGREES, "Anden"),
            (ViewOnPlan.DISAGREES, "Tredje"),
        )
    )
    ida = youth(events=[first])
    about(ida, first, partial(correct_fact, was=first, event=second, today=TODAY))
    about(ida, first, partial(correct_fact, was=second, event=third, today=TODAY))
    said = text_of(as_staff(UU).get(ida.path))
    shown = said[said.index("Hændelser") :]
    assert "Rettet 23.11.2026 Vis, hvad der stod før" in shown
    before = shown[shown.index("Vis, hvad der stod før") :]
    assert before.index("ja: ”Første”") < before.index("nej: ”Anden”")
    assert "”Tredje”" in shown
    blind = text_of(as_staff(COORDINATOR).get(ida.path))
    assert "Rettet 23.11.2026" in blind
    assert not {"Første", "Anden", "Tredje"} & set(re.findall(r"\w+", blind))


def test_an_event_is_corrected_by_those_who_record_it(as_staff: AsStaff, youth: Youths) -> None:
    ida = youth(events=[TRIED, JobStarted(on=date(2026, 9, 1), hours_per_week=10)])
    tried, started = (f"{ida.path}/haendelser/{entry_of(ida, event).entry_id}" for event in ida_events(ida))
    page = as_staff(UU).get(f"{ida.path}?liste=/overleveringer").text
    for deed in ("ret", "traek-tilbage", "flyt"):
        assert f'href="{tried}/{deed}?liste=%2Foverleveringer"' in page
    begun = entry_of(ida, ida.house.log.history(ida.id).entries[0].event).entry_id
    assert f"/haendelser/{begun}/" not in page, "the beginning of a journey has ways back of its own"
    assert tried not in as_staff(SCHOOL).get(ida.path).text
    assert f'href="{started}/ret"' in as_staff(WORK).get(ida.path).text


def ida_events(ida: Youth) -> list[JourneyEvent]:
    kinds = (ContactTried, JobStarted)
    return [entry.event for entry in ida.house.log.history(ida.id).entries if isinstance(entry.event, kinds)]


# What lasted


LIFE = (
    Enrolled(on=date(2021, 8, 9), grade=6),
    MeasureStarted(on=date(2022, 3, 1), measure=Measure.CONTACT_PERSON),
    LeftSchool(on=date(2025, 6, 27), grade=9),
    EducationStarted(on=date(2025, 8, 11), programme=Programme.FGU),
    EducationCompleted(on=date(2026, 6, 26), programme=Programme.FGU),
    BenefitStarted(on=date(2026, 7, 1), benefit=Benefit.CASH_BENEFIT),
    JobStarted(on=date(2026, 8, 3), hours_per_week=10),
    PsychiatryCourseStarted(on=date(2026, 2, 2)),
)


def test_the_timeline_has_what_lasted_in_the_lanes_of_the_parties(as_staff: AsStaff, youth: Youths) -> None:
    ida = youth("Ida Demogaard", events=LIFE)
    lines = {
        "Skole Skole, 6.–9. klasse 09.08.2021 27.06.2025 Afsluttet": DataClass.SCHOOLING,
        "Børn & Familie Fast kontaktperson 01.03.2022 – I gang": DataClass.SOCIAL,
        "UU FGU 11.08.2025 26.06.2026 Gennemført": DataClass.EDUCATION,
        "Ydelse Kontanthjælp 01.07.2026 – I gang": DataClass.BENEFIT,
        "Beskæftigelse Job 03.08.2026 – I gang": DataClass.EMPLOYMENT,
        "Sundhed Forløb i psykiatrien 02.02.2026 – I gang": DataClass.HEALTH,
    }
    seen = {
        UU: {DataClass.SCHOOLING, DataClass.EDUCATION, DataClass.EMPLOYMENT},
        CHILD: {DataClass.SOCIAL, DataClass.EDUCATION},
        BENEFITS: {DataClass.EDUCATION, DataClass.BENEFIT, DataClass.EMPLOYMENT},
        HEALTH: {DataClass.HEALTH},
    }
    for staff_id, classes in seen.items():
        table = table_of(as_staff(staff_id).get(ida.path))
        assert {of_class for line, of_class in lines.items() if line in table} == classes, staff_id


def test_a_lane_is_drawn_where_something_lasted_that_the_reader_may_see(as_staff: AsStaff, youth: Youths) -> None:
    ida, bo = youth("Ida Demogaard", events=LIFE), youth("Bo Demogaard")

    def lanes(staff_id: str, one: Youth) -> list[str]:
        svg = re.search(r"(?s)<svg xmlns.*?</svg>", as_staff(staff_id).get(one.path).text)
        assert svg
        return re.findall(r'font-weight="600">([^<]+)</text>', svg[0])

    always = ["Skole", "UU", "Børn &amp; Familie", "Beskæftigelse", "Milepælen"]
    assert [name for name in lanes(HEALTH, ida) if name in {*always, "Sundhed", "Ydelse"}] == [
        *always[:4],
        "Sundhed",
        always[4],
    ]
    assert "Sundhed" not in lanes(UU, ida)
    assert "Ydelse" in lanes(BENEFITS, ida)
    assert not {"Sundhed", "Ydelse"} & set(lanes(BENEFITS, bo))
    assert "jobcenter" not in as_staff(WORK).get(ida.path).text.lower()


# Milepælen, and the plan in short


def test_the_time_at_milepaelen_is_said_to_those_who_may_know_of_it(as_staff: AsStaff, youth: Youths) -> None:
    there = youth("Frida Demogaard", born_on=date(2003, 3, 1))
    there.happened(
        ReferredToMilepaelen(on=date(2026, 8, 20), by=Party.EMPLOYMENT, purpose=FreeText("Hverdag.")),
        MilepaelenStarted(on=date(2026, 9, 1)),
        TalkHeld(on=date(2026, 11, 16), next_on=date(2026, 11, 30)),
    )
    waits = youth("Gorm Demogaard", born_on=date(2003, 3, 2))
    waits.happened(ReferredToMilepaelen(on=date(2026, 11, 20), by=Party.EMPLOYMENT, purpose=FreeText("Hverdag.")))
    browser = as_staff(UU)
    page = browser.get(there.path)
    assert "Milepælen: begyndt 01.09.2026 , næste samtale 30.11.2026" in text_of(page)
    assert "Milepælen: henvist 20.11.2026" in text_of(browser.get(waits.path))
    assert "Milepælen:" not in text_of(as_staff(SCHOOL).get(there.path))
    has_room = any(route.path == MILEPAELEN for route in iter_route_contexts(browser.app.routes))
    assert (f'href="{there.path}/milepaelen"' in page.text) is has_room


def test_the_page_says_what_the_plan_waits_for_and_what_the_young_person_says(as_staff: AsStaff, youth: Youths) -> None:
    ida, step = youth("Ida Demogaard"), uuid4()
    decide = partial(agree_step, step_id=step, what=FreeText("Søg SU"), responsible=Party.BENEFITS)
    ida.record(partial(decide, matter=Matter.GUIDANCE, due_on=date(2026, 12, 4), on=TODAY))
    browser = as_staff(UU)
    assert "Hvad siger den unge om planen? Den unge er ikke spurgt endnu. Skriv svaret" in text_of(
        browser.get(ida.path)
    )
    ida.record(partial(let_step_wait, step_id=step, waits_for=Party.EDUCATION, on=TODAY))
    ida.happened(ViewOnPlanGiven(on=TODAY, view=ViewOnPlan.DISAGREES, why=FreeText("Nej tak.")))
    page = browser.get(ida.path)
    said = text_of(page)
    assert "Søg SU Ydelse venter på Uddannelsessted 04.12.2026 Åbent" in said
    assert "Hvad siger den unge om planen? Nej spurgt 23.11.2026" in said
    assert f'href="{ida.path}/plan"' in page.text
    assert "Hvad siger den unge" not in text_of(as_staff(BENEFITS).get(ida.path))


def test_a_receipt_for_a_concern_is_corrected_by_those_who_read_concerns(as_staff: AsStaff, youth: Youths) -> None:
    sent = ConcernReceiptSent(on=date(2026, 11, 2))
    ida = youth(events=[sent])
    address = f"{ida.path}/haendelser/{entry_of(ida, sent).entry_id}"
    assert address in as_staff(CHILD).get(ida.path).text
    assert address not in as_staff(SCHOOL).get(ida.path).text


def test_a_handover_that_another_replaced_is_among_the_earlier_ones(as_staff: AsStaff, youth: Youths) -> None:
    ida = youth("Ida Demogaard")
    first = ida.sends(Party.UU, Party.MILEPAELEN, on=date(2026, 11, 2), answer_by=date(2026, 12, 1))
    decide = partial(replace_handover, handover_id=first, replaced_by=uuid4(), by=Party.UU, on=TODAY)
    ida.record(decide)
    said = text_of(as_staff(UU).get(ida.path))
    assert "Tidligere overleveringer (1) UU → til Milepælen Erstattet 23.11.2026" in said
