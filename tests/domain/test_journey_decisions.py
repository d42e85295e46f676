from datetime import date

import pytest

from domain.codes import ContactWay, Matter, Party, StartReason
from domain.decisions import (
    agree_step,
    correct_birth_date,
    finish_step,
    record_fact,
    say_goal,
    start_journey,
)
from domain.events import (
    BenefitReasonGiven,
    BirthDateCorrected,
    ContactTried,
    EducationReasonGiven,
    GoalInOwnWords,
    JourneyStarted,
    PlanStepAgreed,
    PlanStepDone,
    ResponsibilityEstablished,
    SocialReasonGiven,
)
from domain.text import FreeText
from tests.examples import STARTED, STEP, TODAY
from tests.given import given

START = {"born_on": date(2009, 3, 14), "on": date(2024, 9, 2), "reason": StartReason.EDUCATION_NEED, "basis": "§ 1"}
AGREED = PlanStepAgreed(
    on=TODAY,
    step_id=STEP,
    what=FreeText("Besøge FGU"),
    responsible=Party.UU,
    matter=Matter.GUIDANCE,
    due_on=date(2026, 12, 1),
)


def test_a_journey_that_starts_under_18_gives_school_and_uu_their_matters_at_once() -> None:
    on = START["on"]
    given().when(start_journey, **START).then(
        JourneyStarted(on=on, born_on=START["born_on"]),
        EducationReasonGiven(on=on, reason=START["reason"], basis="§ 1"),
        ResponsibilityEstablished(on=on, matter=Matter.GUIDANCE, holder=Party.UU),
        ResponsibilityEstablished(on=on, matter=Matter.COORDINATION, holder=Party.UU),
        ResponsibilityEstablished(on=on, matter=Matter.SCHOOLING, holder=Party.SCHOOL),
    )


def test_a_placed_child_also_has_the_child_social_department() -> None:
    then = given().when(start_journey, **START | {"reason": StartReason.PLACED})
    assert then.decide()[-1] == ResponsibilityEstablished(
        on=START["on"], matter=Matter.CHILD_SUPPORT, holder=Party.CHILD_SOCIAL
    )


def test_an_adult_has_employment_instead_of_school() -> None:
    events = given().when(start_journey, **START | {"born_on": date(2004, 1, 1)}).decide()
    matters = {event.matter: event.holder for event in events[2:]}
    assert matters[Matter.INCOME_AND_WORK] == Party.EMPLOYMENT
    assert Matter.SCHOOLING not in matters


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        (StartReason.EDUCATION_NEED, EducationReasonGiven),
        (StartReason.NEWCOMER, EducationReasonGiven),
        (StartReason.SOCIAL_SUPPORT, SocialReasonGiven),
        (StartReason.PLACED, SocialReasonGiven),
        (StartReason.CASH_BENEFIT, BenefitReasonGiven),
    ],
)
def test_why_somebody_is_followed_is_of_the_class_whose_readers_may_know_it(reason: StartReason, kind: type) -> None:
    assert isinstance(given().when(start_journey, **START | {"reason": reason}).decide()[1], kind)


def test_starting_twice_changes_nothing() -> None:
    given(STARTED).when(start_journey, **START).then_nothing()


def test_starting_again_with_another_birth_date_is_refused() -> None:
    given(STARTED).when(start_journey, **START | {"born_on": date(2009, 3, 15)}).then_refused("already-started")


@pytest.mark.parametrize(
    ("born_on", "reason"),
    [
        (date(2011, 9, 3), "too-young"),  # turns 13 the day after
        (date(1994, 9, 2), "too-old"),  # turns 30 that day
    ],
)
def test_only_13_to_29_year_olds_are_followed(born_on: date, reason: str) -> None:
    given().when(start_journey, **START | {"born_on": born_on}).then_refused(reason)


@pytest.mark.parametrize("born_on", [date(2011, 9, 2), date(1994, 9, 3)])
def test_the_13th_birthday_and_the_last_day_before_30_count(born_on: date) -> None:
    assert given().when(start_journey, **START | {"born_on": born_on}).decide()


def test_nobody_is_registered_without_a_legal_basis() -> None:
    given().when(start_journey, **START | {"basis": "  "}).then_refused("no-reason")


def test_the_register_corrects_a_birth_date() -> None:
    other = date(2009, 4, 14)
    given(STARTED).when(correct_birth_date, born_on=other, on=TODAY).then(BirthDateCorrected(on=TODAY, born_on=other))


def test_the_same_birth_date_corrects_nothing() -> None:
    given(STARTED).when(correct_birth_date, born_on=STARTED.born_on, on=TODAY).then_nothing()


def test_a_fact_is_recorded_as_it_happened() -> None:
    tried = ContactTried(on=TODAY, way=ContactWay.PHONE)
    given(STARTED).when(record_fact, event=tried, today=TODAY).then(tried)


@pytest.mark.parametrize(("on", "reason"), [(date(2009, 3, 13), "before-birth"), (date(2026, 11, 21), "in-the-future")])
def test_facts_lie_between_birth_and_today(on: date, reason: str) -> None:
    tried = ContactTried(on=on, way=ContactWay.PHONE)
    given(STARTED).when(record_fact, event=tried, today=TODAY).then_refused(reason)


def test_nothing_is_recorded_before_the_journey_has_started() -> None:
    tried = ContactTried(on=TODAY, way=ContactWay.PHONE)
    given().when(record_fact, event=tried, today=TODAY).then_refused("not-started")


def test_a_goal_is_kept_as_it_was_said() -> None:
    goal = GoalInOwnWords(on=TODAY, words=FreeText("Jeg vil bo for mig selv"))
    given(STARTED).when(say_goal, words=FreeText(" Jeg vil bo for mig selv "), on=TODAY).then(goal)
    given(STARTED, goal).when(say_goal, words=goal.words, on=TODAY).then_nothing()


def test_words_must_be_there_and_not_too_many() -> None:
    given(STARTED).when(say_goal, words=FreeText(" \n"), on=TODAY).then_refused("text-missing")
    given(STARTED).when(say_goal, words=FreeText("a" * 5001), on=TODAY).then_refused("text-too-long")
    assert given(STARTED).when(say_goal, words=FreeText("a" * 5000), on=TODAY).decide()


STEP_ASKED = {
    "step_id": STEP,
    "what": AGREED.what,
    "responsible": Party.UU,
    "matter": Matter.GUIDANCE,
    "due_on": AGREED.due_on,
    "on": TODAY,
}


def test_a_step_is_agreed_once() -> None:
    given(STARTED).when(agree_step, **STEP_ASKED).then(AGREED)
    given(STARTED, AGREED).when(agree_step, **STEP_ASKED).then_nothing()


def test_a_step_is_not_due_before_it_was_agreed() -> None:
    asked = STEP_ASKED | {"due_on": date(2026, 11, 19)}
    given(STARTED).when(agree_step, **asked).then_refused("due-before-agreed")


def test_a_step_is_done_once() -> None:
    done = PlanStepDone(on=TODAY, step_id=STEP)
    given(STARTED, AGREED).when(finish_step, step_id=STEP, on=TODAY).then(done)
    given(STARTED, AGREED, done).when(finish_step, step_id=STEP, on=TODAY).then_nothing()
    given(STARTED).when(finish_step, step_id=STEP, on=TODAY).then_refused("no-such-step")
