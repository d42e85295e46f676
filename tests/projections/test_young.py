"""The row of a young person, and the questions about people rather than deadlines."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from database import Role
from domain.access import Level, level
from domain.choices import CloseReason
from domain.codes import ContactWay, DataClass, Matter, Party, PlacementForm, Programme
from domain.events import (
    AbsenceNotified,
    Checked,
    ContactMade,
    ContactPersonNamed,
    ContactTried,
    EducationStarted,
    Enrolled,
    Event,
    JourneyClosed,
    JourneyReopened,
    LeadCoordinatorNamed,
    NewMunicipalityNotified,
    PlacementStarted,
    TalkHeld,
    UnlawfulAbsence,
)
from domain.text import StaffId
from projections import caseload
from projections.caseload import Line, Reader, View
from projections.occupation import Occupation
from projections.rows import NO_RULES
from projections.young import Young, heard_column, young_of
from tests.projections.world import World, entry, journey_after, life_after, responsible, sent, started, written

METTE, ANDERS = StaffId("mette-vejleder"), StaffId("anders-vejleder")
TODAY = date(2026, 1, 20)
CLOSED = JourneyClosed(on=date(2026, 1, 9), reason=CloseReason.MOVED_AWAY)


def row_after(*events: Event) -> Young | None:
    entries = written(started(), *events)
    found = young_of(life_after(entries), journey_after(entries), NO_RULES)
    return found[0] if found else None


def test_whoever_is_followed_is_one_row() -> None:
    row = row_after(
        responsible(Matter.GUIDANCE, Party.UU),
        responsible(Matter.COORDINATION, Party.UU),
        responsible(Matter.CHILD_SUPPORT, Party.CHILD_SOCIAL),
        EducationStarted(on=date(2025, 8, 11), programme=Programme.FGU),
    )
    assert row == Young(
        born_on=date(2008, 4, 3),
        holders=(Party.UU, Party.CHILD_SOCIAL),
        status=Occupation.EDUCATION,
        status_since=date(2025, 8, 11),
        plain_status=Occupation.EDUCATION,
        plain_status_since=date(2025, 8, 11),
        heard_master=date(2024, 8, 1),
        heard_education=date(2025, 8, 11),
    )


def test_whom_nobody_follows_is_no_row() -> None:
    assert young_of(life_after([entry(1, CLOSED)]), journey_after([]), NO_RULES) == ()
    assert row_after(CLOSED) is None
    assert row_after(CLOSED, JourneyReopened(on=date(2026, 1, 12), basis="KUI-loven § 1")) is not None


def test_the_last_who_was_named_is_contact_person_and_coordinator() -> None:
    first, last = (ContactPersonNamed(on=date(2025, 1, day), staff=who) for day, who in ((2, METTE), (9, ANDERS)))
    lead = LeadCoordinatorNamed(on=date(2025, 1, 5), staff=METTE, party=Party.UU)
    row = row_after(last, first, lead)
    assert row is not None
    assert (row.contact_person, row.lead_coordinator) == (ANDERS, METTE)


def test_what_we_did_among_ourselves_is_no_news_of_anybody() -> None:
    late = date(2026, 1, 12)
    look = Checked(
        on=late,
        of_class=DataClass.EDUCATION,
        rule="KUI-02",
        trigger=UUID(int=1),
        by=Party.UU,
        ask_again_on=late + timedelta(days=3),
    )
    before = row_after()
    for event in (
        look,
        ContactTried(on=late, way=ContactWay.PHONE),
        AbsenceNotified(on=late, year=2026, quarter=1),
        NewMunicipalityNotified(on=late),
        sent(UUID(int=9), late),
        responsible(Matter.GUIDANCE, Party.UU, late),
    ):
        after = row_after(event)
        assert before is not None
        assert after is not None
        for data_class in DataClass:
            column = heard_column(data_class)
            assert column is None or getattr(after, column) == getattr(before, column), event
    made = row_after(ContactMade(on=late, way=ContactWay.PHONE))
    assert made is not None
    assert made.heard_education == late


def test_every_class_with_news_has_a_column_and_handovers_and_the_system_have_none() -> None:
    without = {data_class for data_class in DataClass if heard_column(data_class) is None}
    assert without == {DataClass.HANDOVER, DataClass.SYSTEM}


# --- The questions


def reader(party: Party | None = Party.UU, *staff: StaffId, quiet_days: int = 60) -> Reader:
    """Somebody of this party; Mette and Anders work here."""
    readable = frozenset(one for one in DataClass if level(party or Party.MUNICIPALITY, one) >= Level.SUMMARY)
    working = frozenset({METTE, ANDERS})
    return Reader(classes=readable, party=party, staff=frozenset(staff), working=working, quiet_days=quiet_days)


def asked(world: World, view: View, who: Reader, today: date = TODAY) -> list[str]:
    """Whom the view shows, in order."""
    return [name_of(world, one) for one in lines(world, view, who, today)]


def lines(world: World, view: View, who: Reader, today: date = TODAY) -> list[Line]:
    with world.db.connection(Role.APPLICATION) as conn:
        found = caseload.page(conn, view, who, today)
        assert caseload.numbers(conn, [view], who, today) == {view: len(found)}
    return found


def name_of(world: World, line: Line) -> str:
    return dict(zip(world.people, ["Ida", "Emil", "Bo"], strict=False))[line.person_id]


@pytest.fixture
def three(world: World) -> World:
    """Ida, 17, at school and UU's; Emil, 24, employment's, talked with at Milepælen; Bo, 16, placed and UU's too."""
    ida, emil, bo = world.people[:3]
    world.happens(ida, started(), responsible(Matter.GUIDANCE, Party.UU))
    world.happens(ida, Enrolled(on=date(2025, 8, 11), grade=9), ContactPersonNamed(on=date(2025, 9, 1), staff=METTE))
    world.happens(emil, started(date(2001, 6, 1)), responsible(Matter.INCOME_AND_WORK, Party.EMPLOYMENT))
    world.happens(emil, TalkHeld(on=date(2026, 1, 12)))
    world.happens(bo, started(date(2009, 6, 1)), responsible(Matter.GUIDANCE, Party.UU))
    world.happens(bo, responsible(Matter.CHILD_SUPPORT, Party.CHILD_SOCIAL))
    world.happens(bo, PlacementStarted(on=date(2026, 1, 5), form=PlacementForm.OTHER))
    world.happens(bo, LeadCoordinatorNamed(on=date(2025, 9, 1), staff=ANDERS, party=Party.UU))
    world.follow()
    return world


def test_mine_are_those_whose_contact_person_or_coordinator_i_am(three: World) -> None:
    assert asked(three, View.MINE, reader(Party.UU, METTE)) == ["Ida"]
    assert asked(three, View.MINE, reader(Party.UU, ANDERS)) == ["Bo"]
    assert set(asked(three, View.MINE, reader(Party.UU, METTE, ANDERS))) == {"Ida", "Bo"}
    assert asked(three, View.MINE, reader(Party.UU)) == []
    # Health may not know who the contact person is, and the list does not tell it.
    assert asked(three, View.MINE, reader(Party.HEALTH, METTE)) == []
    assert asked(three, View.MINE, reader(Party.HEALTH, ANDERS)) == ["Bo"]


def test_what_they_do_is_not_known_of_those_of_whom_nothing_was_told(three: World) -> None:
    assert asked(three, View.UNKNOWN, reader(Party.UU)) == ["Bo"]
    assert asked(three, View.UNKNOWN, reader(Party.EMPLOYMENT)) == ["Emil"]
    assert set(asked(three, View.UNKNOWN, reader(None))) == {"Emil", "Bo"}


def test_who_may_not_read_what_schools_tell_is_not_told_who_goes_to_school(three: World) -> None:
    three.happens(three.people[0], responsible(Matter.INCOME_AND_WORK, Party.EMPLOYMENT))
    three.follow()
    assert set(asked(three, View.UNKNOWN, reader(Party.EMPLOYMENT))) == {"Ida", "Emil"}
    [ida] = [one for one in lines(three, View.UNKNOWN, reader(Party.EMPLOYMENT)) if name_of(three, one) == "Ida"]
    assert (ida.status, ida.status_since) == (Occupation.UNKNOWN, date(2024, 8, 1))
    [ida] = lines(three, View.MINE, reader(Party.UU, METTE))
    assert (ida.status, ida.status_since) == (Occupation.SCHOOL, date(2025, 8, 11))


@pytest.mark.parametrize("party", [Party.CHILD_SOCIAL, Party.SCHOOL, Party.HEALTH])
def test_who_may_not_read_what_it_is_told_from_may_not_ask(three: World, party: Party) -> None:
    assert not caseload.may_ask(View.UNKNOWN, reader(party).classes)
    with three.db.connection(Role.APPLICATION) as conn, pytest.raises(ValueError, match="may not read"):
        caseload.page(conn, View.UNKNOWN, reader(party), TODAY)
    assert [one.status for one in lines(three, View.QUIET, reader(Party.CHILD_SOCIAL), date(2026, 7, 1))] == [None]


def test_quiet_are_those_of_whom_nothing_was_heard_for_so_many_days(three: World) -> None:
    assert asked(three, View.QUIET, reader(Party.UU)) == ["Bo", "Ida"], "the longest silence first"
    assert asked(three, View.QUIET, reader(Party.EMPLOYMENT)) == []
    last_day = date(2026, 1, 12) + timedelta(days=60)
    assert asked(three, View.QUIET, reader(Party.EMPLOYMENT), last_day) == []
    assert asked(three, View.QUIET, reader(Party.EMPLOYMENT), last_day + timedelta(days=1)) == ["Emil"]
    assert asked(three, View.QUIET, reader(Party.EMPLOYMENT, quiet_days=30), date(2026, 2, 12)) == ["Emil"]


def test_of_the_quiet_those_come_first_of_whom_nobody_knows_what_they_do(three: World) -> None:
    who, later = reader(Party.UU), date(2026, 7, 1)
    three.happens(three.people[2], ContactMade(on=date(2025, 12, 1), way=ContactWay.PHONE))
    three.follow()
    assert [(name_of(three, one), one.heard_on) for one in lines(three, View.QUIET, who, later)] == [
        ("Bo", date(2025, 12, 1)),
        ("Ida", date(2025, 8, 11)),
    ]
    # Who may not know what they do is not told it by the order either.
    three.happens(three.people[0], responsible(Matter.CHILD_SUPPORT, Party.CHILD_SOCIAL))
    three.follow()
    assert asked(three, View.QUIET, reader(Party.CHILD_SOCIAL), later) == ["Ida", "Bo"]


def test_silence_tells_nobody_of_news_that_they_may_not_know_of(three: World) -> None:
    """Bo was placed on 5 January: UU may know that there is something social, not that there was news of it."""
    [bo] = [one for one in lines(three, View.QUIET, reader(Party.UU)) if name_of(three, one) == "Bo"]
    assert bo.heard_on == date(2024, 8, 1), "the beginning"
    [bo] = lines(three, View.QUIET, reader(Party.CHILD_SOCIAL), date(2026, 7, 1))
    assert bo.heard_on == date(2026, 1, 5)


def test_absence_from_school_is_news_to_those_who_may_know_of_it(three: World) -> None:
    three.happens(
        three.people[0],
        UnlawfulAbsence(on=date(2026, 1, 2), year=2025, quarter=4, percent=20),
        responsible(Matter.INCOME_AND_WORK, Party.EMPLOYMENT),
    )
    three.follow()
    heard = {
        party: [
            one.heard_on
            for one in lines(three, View.QUIET, reader(party), date(2026, 7, 1))
            if one.born_on.year == 2008
        ]
        for party in (Party.UU, Party.EMPLOYMENT)
    }
    assert heard == {Party.UU: [date(2026, 1, 2)], Party.EMPLOYMENT: [date(2024, 8, 1)]}


def test_without_a_contact_person_are_those_who_never_had_one_and_whose_has_left(three: World) -> None:
    assert asked(three, View.WITHOUT_CONTACT_PERSON, reader(Party.UU)) == ["Bo"]
    left = Reader(
        classes=reader(Party.UU).classes,
        party=Party.UU,
        staff=frozenset(),
        working=frozenset({ANDERS}),
        quiet_days=60,
    )
    assert set(asked(three, View.WITHOUT_CONTACT_PERSON, left)) == {"Ida", "Bo"}
    assert asked(three, View.WITHOUT_COORDINATOR, left) == ["Ida"]
    nobody = Reader(classes=left.classes, party=Party.UU, staff=frozenset(), working=frozenset(), quiet_days=60)
    assert set(asked(three, View.WITHOUT_COORDINATOR, nobody)) == {"Ida", "Bo"}


def test_a_contact_person_is_not_asked_for_once_the_duty_to_guide_has_ended(three: World) -> None:
    emil = three.people[1]
    three.happens(emil, responsible(Matter.GUIDANCE, Party.UU))
    three.follow()
    assert "Emil" in asked(three, View.WITHOUT_CONTACT_PERSON, reader(Party.UU), date(2026, 5, 31))
    assert "Emil" not in asked(three, View.WITHOUT_CONTACT_PERSON, reader(Party.UU), date(2026, 6, 1)), "25 years"


def test_who_turns_18_within_six_months(three: World) -> None:
    assert asked(three, View.TURNING_18, reader(None)) == ["Ida"]
    assert asked(three, View.TURNING_18, reader(None), date(2026, 4, 3)) == [], "who turns 18 today has turned"
    assert asked(three, View.TURNING_18, reader(Party.CHILD_SOCIAL), date(2027, 1, 1)) == ["Bo"]


def test_whom_nobody_follows_any_longer_is_nowhere(three: World) -> None:
    three.happens(three.people[0], CLOSED)
    three.follow()
    assert asked(three, View.MINE, reader(Party.UU, METTE)) == []


def test_pages_follow_each_other(three: World) -> None:
    who = reader(None)
    with three.db.connection(Role.APPLICATION) as conn:
        whole = caseload.page(conn, View.QUIET, who, date(2026, 7, 1))
        assert len(whole) == 3
        assert [caseload.page(conn, View.QUIET, who, date(2026, 7, 1), offset=n, limit=1)[0] for n in range(3)] == whole
        assert caseload.numbers(conn, [], who, TODAY) == {}
