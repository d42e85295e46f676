"""What a young person does, told from what was told of them."""

from datetime import date

import pytest
from hypothesis import given

from domain.choices import Destination
from domain.codes import Party, Programme
from domain.events import (
    EducationCompleted,
    EducationInterrupted,
    EducationStarted,
    Enrolled,
    Event,
    GradeReached,
    JobEnded,
    JobStarted,
    LeftSchool,
    MilepaelenEnded,
    MilepaelenStarted,
    OrdinaryHoursEnded,
    OrdinaryHoursStarted,
    ReferredToMilepaelen,
    SchoolChanged,
    SmallJobEnded,
    SmallJobStarted,
    ToldOfBreakOff,
    WorkPlacementEnded,
    WorkPlacementStarted,
)
from domain.text import FreeText
from projections.occupation import Occupation, Occupied, occupied
from tests.projections.histories import written_histories
from tests.projections.world import life_after, started, written

BEGAN = date(2024, 8, 1)
"""The journey (tests.projections.world.started)."""
VOCATIONAL, FGU = Programme.VOCATIONAL, Programme.FGU


def day(number: int) -> date:
    return date(2025, 1, number)


def after(*events: Event, knows_schooling: bool = True) -> tuple[Occupation, date]:
    found = occupied(life_after(written(started(), *events)), knows_schooling=knows_schooling)
    return found.status, found.since


def test_of_whom_nothing_is_told_it_is_not_known_since_they_are_followed() -> None:
    assert after() == (Occupation.UNKNOWN, BEGAN)


PAIRS = [
    (Enrolled(on=day(2), grade=8), LeftSchool(on=day(9), grade=9), Occupation.SCHOOL),
    (EducationStarted(on=day(2), programme=VOCATIONAL), EducationCompleted(on=day(9), programme=VOCATIONAL),
     Occupation.EDUCATION),
    (EducationStarted(on=day(2), programme=FGU), EducationInterrupted(on=day(9), programme=FGU), Occupation.EDUCATION),
    (EducationStarted(on=day(2), programme=Programme.STU), ToldOfBreakOff(on=day(9), programme=Programme.STU),
     Occupation.EDUCATION),
    (EducationStarted(on=day(2), programme=Programme.TENTH_GRADE),
     EducationCompleted(on=day(9), programme=Programme.TENTH_GRADE), Occupation.SCHOOL),
    (JobStarted(on=day(2), hours_per_week=37), JobEnded(on=day(9)), Occupation.JOB),
    (MilepaelenStarted(on=day(2)), MilepaelenEnded(on=day(9), destination=Destination.JOB), Occupation.ACTIVITY),
    (WorkPlacementStarted(on=day(2)), WorkPlacementEnded(on=day(9)), Occupation.ACTIVITY),
    (SmallJobStarted(on=day(2), hours_per_week=4), SmallJobEnded(on=day(9)), Occupation.ACTIVITY),
    (OrdinaryHoursStarted(on=day(2), hours_per_week=4), OrdinaryHoursEnded(on=day(9)), Occupation.ACTIVITY),
]  # fmt: skip


@pytest.mark.parametrize(("began", "ended", "what"), PAIRS, ids=lambda one: getattr(type(one), "__name__", str(one)))
def test_what_began_goes_on_until_it_is_told_to_have_ended(began: Event, ended: Event, what: Occupation) -> None:
    assert after(began) == (what, day(2))
    assert after(began, ended) == (Occupation.UNKNOWN, day(9))
    assert after(ended, began) == (Occupation.UNKNOWN, day(9)), "news may come in any order"


def test_whoever_begins_an_education_has_left_school_and_the_education_before() -> None:
    school, fgu = Enrolled(on=day(2), grade=9), EducationStarted(on=day(5), programme=FGU)
    assert after(school, fgu) == (Occupation.EDUCATION, day(5))
    vocational = EducationStarted(on=day(7), programme=VOCATIONAL)
    over = EducationCompleted(on=day(9), programme=VOCATIONAL)
    assert after(school, fgu, vocational, over) == (Occupation.UNKNOWN, day(9))


def test_whoever_goes_back_to_school_is_at_school() -> None:
    told = EducationStarted(on=day(2), programme=VOCATIONAL), Enrolled(on=day(5), grade=10)
    assert after(*told) == (Occupation.SCHOOL, day(5))


def test_a_new_grade_and_a_new_school_are_the_same_schooling() -> None:
    told = Enrolled(on=day(2), grade=8), GradeReached(on=day(5), grade=9), SchoolChanged(on=day(7), grade=9)
    assert after(*told) == (Occupation.SCHOOL, day(2))
    assert after(Enrolled(on=day(2), grade=8), LeftSchool(on=day(5), grade=9), SchoolChanged(on=day(5), grade=9)) == (
        Occupation.SCHOOL,
        day(5),
    ), "who moves has left one school and gone to another on the same day"


def test_who_never_turned_up_broke_off_on_the_day_it_began() -> None:
    told = EducationStarted(on=day(5), programme=VOCATIONAL), ToldOfBreakOff(on=day(5), programme=VOCATIONAL)
    assert after(Enrolled(on=day(2), grade=9), *told) == (Occupation.UNKNOWN, day(5))


def test_a_break_off_without_a_beginning_says_that_it_is_over() -> None:
    assert after(ToldOfBreakOff(on=day(5), programme=FGU)) == (Occupation.UNKNOWN, day(5))
    assert after(Enrolled(on=day(2), grade=9), ToldOfBreakOff(on=day(5), programme=FGU)) == (
        Occupation.UNKNOWN,
        day(5),
    )
    other = EducationStarted(on=day(2), programme=VOCATIONAL), ToldOfBreakOff(on=day(5), programme=FGU)
    assert after(*other) == (Occupation.EDUCATION, day(2)), "it was another education that broke off"


def test_of_two_things_at_once_the_one_that_counts_most_is_told() -> None:
    job = JobStarted(on=day(2), hours_per_week=8)
    assert after(job, Enrolled(on=day(5), grade=9)) == (Occupation.SCHOOL, day(5))
    assert after(MilepaelenStarted(on=day(1)), job) == (Occupation.JOB, day(2))
    placement = WorkPlacementStarted(on=day(3)), MilepaelenStarted(on=day(1)), WorkPlacementEnded(on=day(5))
    assert after(*placement) == (Occupation.ACTIVITY, day(1)), "the placement ended, Milepælen goes on"


def test_being_referred_is_not_being_there() -> None:
    assert after(ReferredToMilepaelen(on=day(2), by=Party.EMPLOYMENT, purpose=FreeText("ord")))[0] is Occupation.UNKNOWN


def test_who_may_not_read_what_schools_tell_is_told_nothing_from_it() -> None:
    left = LeftSchool(on=day(9), grade=9)
    for told in ((), (Enrolled(on=day(2), grade=9),), (Enrolled(on=day(2), grade=9), left)):
        assert after(*told, knows_schooling=False) == (Occupation.UNKNOWN, BEGAN)
    job = JobStarted(on=day(5), hours_per_week=37)
    assert after(Enrolled(on=day(2), grade=9), job, knows_schooling=False) == (Occupation.JOB, day(5))


@given(written_histories())
def test_whatever_happens_the_answer_is_a_day_that_something_happened(entries: list) -> None:
    life = life_after(entries)
    if life.born_on is not None:
        for knows in (True, False):
            found = occupied(life, knows_schooling=knows)
            assert isinstance(found, Occupied)
            assert found.since in {fact.on for fact in life.all()}
