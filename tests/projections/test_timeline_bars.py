"""What lasted, as bars: from the fact that begins it to the one that ends it, in the lane of whoever it was at."""

from datetime import date
from functools import partial
from uuid import UUID

import pytest
from hypothesis import given, settings

from domain.access import level
from domain.choices import Benefit, CloseReason, Destination, Measure
from domain.codes import Party, PlacementForm, Programme
from domain.events import (
    BenefitChanged,
    BenefitEnded,
    BenefitStarted,
    EducationCompleted,
    EducationInterrupted,
    EducationStarted,
    Enrolled,
    Event,
    GradeReached,
    JobEnded,
    JobStarted,
    JourneyClosed,
    JourneyReopened,
    LeftSchool,
    MeasureEnded,
    MeasureStarted,
    MentorEnded,
    MentorGranted,
    MilepaelenEnded,
    MilepaelenStarted,
    OrdinaryHoursEnded,
    OrdinaryHoursStarted,
    PlacementEnded,
    PlacementStarted,
    PsychiatryCourseEnding,
    PsychiatryCourseStarted,
    SchoolChanged,
    SmallJobEnded,
    SmallJobStarted,
    ToldOfBreakOff,
    WorkPlacementEnded,
    WorkPlacementStarted,
)
from eventlog import Entry, History
from projections.reading import seen_in, shown_to
from projections.timeline import Bar, BarKind, Ended, Work, bars, responsibilities
from tests.projections.histories import written_histories
from tests.projections.world import started, written

ONE, TWO, THREE = date(2025, 8, 11), date(2026, 1, 5), date(2026, 6, 26)
Told = tuple[Party, BarKind, str, date, date | None]


def drawn(*events: Event, writers: dict[UUID, Party | None] | None = None) -> tuple[Bar, ...]:
    life = seen_in(written(started(), *events)).life
    return bars(life, responsibilities(life), writers or {})


def told(*events: Event) -> list[Told]:
    return [(bar.lane, bar.kind, bar.code, bar.start, bar.end) for bar in drawn(*events)]


# School and education


def test_school_lasts_from_enrolment_to_the_last_day_and_says_which_grades() -> None:
    assert told(
        Enrolled(on=date(2021, 8, 9), grade=6),
        SchoolChanged(on=date(2022, 1, 10), grade=6),
        GradeReached(on=date(2023, 8, 14), grade=8),
        LeftSchool(on=date(2025, 6, 27), grade=9),
    ) == [(Party.SCHOOL, BarKind.SCHOOL, "6-9", date(2021, 8, 9), date(2025, 6, 27))]
    assert told(GradeReached(on=ONE, grade=8)) == [(Party.SCHOOL, BarKind.SCHOOL, "8", ONE, None)]


def test_who_began_a_youth_education_has_left_school_and_who_began_the_10th_grade_has_not() -> None:
    enrolled = Enrolled(on=date(2024, 8, 12), grade=9)
    fgu, tenth = (EducationStarted(on=ONE, programme=one) for one in (Programme.FGU, Programme.TENTH_GRADE))
    assert (Party.SCHOOL, BarKind.SCHOOL, "9", enrolled.on, ONE) in told(enrolled, fgu)
    assert (Party.SCHOOL, BarKind.SCHOOL, "9", enrolled.on, None) in told(enrolled, tenth)


def test_lower_secondary_school_stands_once_where_the_school_itself_tells_of_it() -> None:
    as_told = EducationStarted(on=date(2024, 8, 12), programme=Programme.LOWER_SECONDARY)
    assert [bar.kind for bar in drawn(as_told)] == [BarKind.EDUCATION]
    assert [bar.kind for bar in drawn(as_told, Enrolled(on=date(2024, 8, 12), grade=9))] == [BarKind.SCHOOL]


def test_leaving_school_ends_the_10th_grade_and_no_youth_education() -> None:
    tenth = EducationStarted(on=ONE, programme=Programme.TENTH_GRADE)
    (bar,) = drawn(tenth, LeftSchool(on=THREE, grade=10))
    assert (bar.lane, bar.end) == (Party.SCHOOL, THREE)
    (bar,) = drawn(EducationStarted(on=ONE, programme=Programme.FGU), LeftSchool(on=THREE, grade=9))
    assert (bar.lane, bar.end) == (Party.UU, None)


@pytest.mark.parametrize(
    ("end", "how"),
    [
        (EducationCompleted(on=THREE, programme=Programme.STU), Ended.COMPLETED),
        (EducationInterrupted(on=THREE, programme=Programme.STU), Ended.BROKEN_OFF),
        (ToldOfBreakOff(on=THREE, programme=Programme.STU), Ended.BROKEN_OFF),
        (EducationStarted(on=THREE, programme=Programme.FGU), None),
    ],
)
def test_an_education_ends_when_it_is_completed_broken_off_or_followed_by_the_next(
    end: Event, how: Ended | None
) -> None:
    first, *_ = drawn(EducationStarted(on=ONE, programme=Programme.STU), end)
    assert (first.code, first.start, first.end, first.ended) == (Programme.STU, ONE, THREE, how)


def test_what_ended_another_education_or_an_earlier_time_ends_nothing() -> None:
    begun = EducationStarted(on=TWO, programme=Programme.VOCATIONAL)
    (bar,) = drawn(begun, EducationCompleted(on=THREE, programme=Programme.FGU))
    assert (bar.end, bar.ended) == (None, None)
    (bar,) = drawn(begun, ToldOfBreakOff(on=ONE, programme=Programme.VOCATIONAL))
    assert bar.end is None


def test_what_ended_an_education_first_is_how_it_ended() -> None:
    begun = EducationStarted(on=ONE, programme=Programme.VOCATIONAL)
    told_first = ToldOfBreakOff(on=TWO, programme=Programme.VOCATIONAL)
    (bar,) = drawn(begun, EducationCompleted(on=THREE, programme=Programme.VOCATIONAL), told_first)
    assert (bar.end, bar.ended) == (TWO, Ended.BROKEN_OFF)


# What begins and ends


@pytest.mark.parametrize(
    ("begins", "ends", "lane", "kind", "code"),
    [
        (JobStarted(on=ONE, hours_per_week=30), JobEnded(on=TWO), Party.EMPLOYMENT, BarKind.WORK, Work.JOB),
        (
            OrdinaryHoursStarted(on=ONE, hours_per_week=4),
            OrdinaryHoursEnded(on=TWO),
            Party.EMPLOYMENT,
            BarKind.WORK,
            Work.ORDINARY_HOURS,
        ),
        (
            SmallJobStarted(on=ONE, hours_per_week=4),
            SmallJobEnded(on=TWO),
            Party.EMPLOYMENT,
            BarKind.WORK,
            Work.SMALL_JOB,
        ),
        (
            WorkPlacementStarted(on=ONE),
            WorkPlacementEnded(on=TWO),
            Party.EMPLOYMENT,
            BarKind.WORK,
            Work.WORK_PLACEMENT,
        ),
        (MentorGranted(on=ONE), MentorEnded(on=TWO), Party.EMPLOYMENT, BarKind.MENTOR, ""),
        (
            MilepaelenStarted(on=ONE),
            MilepaelenEnded(on=TWO, destination=Destination.JOB),
            Party.MILEPAELEN,
            BarKind.MILEPAELEN,
            "",
        ),
        (PsychiatryCourseStarted(on=ONE), PsychiatryCourseEnding(on=TWO), Party.HEALTH, BarKind.PSYCHIATRY, ""),
        (
            PlacementStarted(on=ONE, form=PlacementForm.OWN_ROOM),
            PlacementEnded(on=TWO),
            Party.CHILD_SOCIAL,
            BarKind.PLACEMENT,
            "own-room",
        ),
        (
            MeasureStarted(on=ONE, measure=Measure.MENTORING),
            MeasureEnded(on=TWO, measure=Measure.MENTORING),
            Party.CHILD_SOCIAL,
            BarKind.MEASURE,
            "mentoring",
        ),
        (
            BenefitStarted(on=ONE, benefit=Benefit.CASH_BENEFIT),
            BenefitEnded(on=TWO, benefit=Benefit.CASH_BENEFIT),
            Party.BENEFITS,
            BarKind.BENEFIT,
            "cash-benefit",
        ),
    ],
)
def test_what_begins_lasts_until_it_ends(begins: Event, ends: Event, lane: Party, kind: BarKind, code: str) -> None:
    assert told(begins) == [(lane, kind, code, ONE, None)]
    assert told(begins, ends) == [(lane, kind, code, ONE, TWO)]
    assert told(ends) == [], "what ended and never began is no bar"


def test_what_begins_anew_ends_the_one_before_also_when_nobody_said_so() -> None:
    assert told(MilepaelenStarted(on=ONE), MilepaelenStarted(on=TWO)) == [
        (Party.MILEPAELEN, BarKind.MILEPAELEN, "", ONE, TWO),
        (Party.MILEPAELEN, BarKind.MILEPAELEN, "", TWO, None),
    ]


def test_an_end_on_the_day_the_next_begins_is_the_end_of_the_one_before() -> None:
    assert told(
        WorkPlacementStarted(on=ONE),
        WorkPlacementStarted(on=TWO),
        WorkPlacementEnded(on=TWO),
    ) == [
        (Party.EMPLOYMENT, BarKind.WORK, Work.WORK_PLACEMENT, ONE, TWO),
        (Party.EMPLOYMENT, BarKind.WORK, Work.WORK_PLACEMENT, TWO, None),
    ]


def test_what_lasted_one_day_began_and_ended_that_day() -> None:
    (bar,) = drawn(WorkPlacementStarted(on=ONE), WorkPlacementEnded(on=ONE))
    assert (bar.start, bar.end) == (ONE, ONE)


def test_two_kinds_of_support_go_on_side_by_side() -> None:
    found = drawn(
        MeasureStarted(on=ONE, measure=Measure.CONTACT_PERSON),
        MeasureStarted(on=TWO, measure=Measure.RESPITE_CARE),
        MeasureEnded(on=THREE, measure=Measure.RESPITE_CARE),
    )
    assert [(bar.code, bar.end) for bar in found] == [("contact-person", None), ("respite-care", THREE)]


def test_support_is_in_the_lane_of_the_department_that_wrote_it_else_it_goes_by_age() -> None:
    """Born on 3 April 2008."""
    before = MeasureStarted(on=date(2026, 4, 2), measure=Measure.HOME_SUPPORT)
    after = MeasureStarted(on=date(2026, 4, 3), measure=Measure.HOME_SUPPORT)
    first = written(started(), before)[1].entry_id
    assert [bar.lane for bar in drawn(before)] == [Party.CHILD_SOCIAL]
    assert [bar.lane for bar in drawn(after)] == [Party.ADULT_SOCIAL]
    assert [bar.lane for bar in drawn(before, writers={first: Party.ADULT_SOCIAL})] == [Party.ADULT_SOCIAL]
    assert [bar.lane for bar in drawn(after, writers={first: Party.CHILD_SOCIAL})] == [Party.CHILD_SOCIAL]
    assert [bar.lane for bar in drawn(before, writers={first: Party.UU})] == [Party.CHILD_SOCIAL]


def test_a_change_of_benefit_ends_the_other_and_a_change_of_rate_does_not() -> None:
    found = drawn(
        BenefitStarted(on=ONE, benefit=Benefit.CASH_BENEFIT),
        BenefitChanged(on=TWO, benefit=Benefit.CASH_BENEFIT),
        BenefitChanged(on=THREE, benefit=Benefit.STUDENT_GRANT),
    )
    assert [(bar.code, bar.start, bar.end) for bar in found] == [
        ("cash-benefit", ONE, THREE),
        ("student-grant", THREE, None),
    ]


# The end of it all, and who may see it


def test_when_nobody_follows_the_young_person_any_longer_nothing_goes_on() -> None:
    closed = JourneyClosed(on=THREE, reason=CloseReason.MOVED_AWAY)
    assert told(JobStarted(on=ONE, hours_per_week=30), closed)[0][4] == THREE
    assert told(JobStarted(on=ONE, hours_per_week=30), JobEnded(on=TWO), closed)[0][4] == TWO
    reopened = JourneyReopened(on=THREE, basis="KUI-loven § 1")
    assert told(JobStarted(on=ONE, hours_per_week=30), closed, reopened)[0][4] is None


@pytest.mark.parametrize("party", list(Party))
def test_psychiatry_is_seen_by_those_who_read_health_and_by_nobody_else(party: Party) -> None:
    entries = written(started(), PsychiatryCourseStarted(on=ONE))
    life = seen_in(shown_to(History(entries=entries), partial(level, party))).life
    assert [bar.kind for bar in bars(life, [], {})] == ([BarKind.PSYCHIATRY] if party is Party.HEALTH else [])


@settings(deadline=None)
@given(entries=written_histories())
def test_whatever_happened_nothing_ends_before_it_began_or_goes_on_after_the_end(entries: list[Entry]) -> None:
    folded = seen_in(entries)
    found = bars(folded.life, responsibilities(folded.life), {})
    assert [bar for bar in found if bar.end is not None and bar.end < bar.start] == []
    assert list(found) == sorted(found, key=lambda bar: bar.start)
    if folded.life.closed_on is not None:
        assert [bar for bar in found if bar.end is None] == []
