"""The common plan: the goal, the young person's view, steps through time, consents; as of any day; for any reader."""

from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

import pytest

from domain.access import level
from domain.choices import Consenter, ConsentScope, ViewOnPlan
from domain.codes import Matter, Party
from domain.events import (
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    ContactPersonNamed,
    Event,
    GoalInOwnWords,
    LeadCoordinatorNamed,
    PlanStepAgreed,
    PlanStepDone,
    PlanStepDropped,
    PlanStepMoved,
    PlanStepWaits,
    ViewOnPlanGiven,
)
from domain.journey import StepState
from domain.text import FreeText, StaffId
from eventlog import Entry, History
from projections.plan import ConsentState, ConsentTurn, Plan, StepChange, plan_of
from projections.reading import known_on, seen_in, shown_to
from tests.projections.world import entry, started, written

TODAY = date(2026, 11, 23)
BORN = date(2008, 4, 3)
EIGHTEEN = date(2026, 4, 3)
FIRST, SECOND, THIRD = UUID(int=1), UUID(int=2), UUID(int=3)
SECRET = FreeText("Noget meget privat")
YOUNG, PARENT = Consenter.YOUNG_PERSON, Consenter.PARENT
SCHOOL, HEALTH = ConsentScope.SHARING_WITH_SCHOOL, ConsentScope.SHARING_WITH_HEALTH


def agreed(step_id: UUID, due_on: date, on: date = date(2026, 10, 1), responsible: Party = Party.UU) -> PlanStepAgreed:
    return PlanStepAgreed(
        on=on, step_id=step_id, what=SECRET, responsible=responsible, matter=Matter.GUIDANCE, due_on=due_on
    )


def moved(step_id: UUID, due_on: date, on: date) -> PlanStepMoved:
    return PlanStepMoved(on=on, step_id=step_id, due_on=due_on, reason=SECRET)


def plan(*events: Event, party: Party = Party.UU, day: date = TODAY, since: date | None = None) -> Plan:
    return plan_from(written(started(BORN), *events), party=party, day=day, since=since)


def plan_from(entries: list[Entry], *, party: Party = Party.UU, day: date = TODAY, since: date | None = None) -> Plan:
    may = partial(level, party)
    folded = seen_in(shown_to(History(entries=entries), may))
    return plan_of(folded.life, folded.journey, may, day, since=since)


# Goal and view


def test_the_last_goal_counts_and_the_earlier_wordings_stay_latest_first() -> None:
    found = plan(
        GoalInOwnWords(on=date(2025, 1, 1), words=FreeText("Tømrer")),
        GoalInOwnWords(on=date(2025, 6, 1), words=FreeText("Smed")),
        GoalInOwnWords(on=date(2026, 1, 1), words=FreeText("Kok")),
    )
    assert found.goal is not None
    assert (found.goal.words, [one.words for one in found.earlier_goals]) == ("Kok", ["Smed", "Tømrer"])


def test_what_the_young_person_said_of_the_plan_stands_with_when_and_why() -> None:
    assert plan().opinion is None
    found = plan(
        ViewOnPlanGiven(on=date(2026, 1, 1), view=ViewOnPlan.COULD_NOT_ANSWER),
        ViewOnPlanGiven(on=date(2026, 10, 1), view=ViewOnPlan.DISAGREES, why=SECRET),
    )
    assert found.opinion is not None
    assert (found.opinion.view, found.opinion.on, found.opinion.why) == (
        ViewOnPlan.DISAGREES,
        date(2026, 10, 1),
        SECRET,
    )
    assert [(one.view, one.why) for one in found.earlier_opinions] == [(ViewOnPlan.COULD_NOT_ANSWER, "")]


# Steps


def test_open_steps_stand_by_deadline_and_closed_ones_the_latest_first() -> None:
    found = plan(
        agreed(FIRST, date(2026, 12, 1)),
        agreed(SECOND, date(2026, 11, 22)),
        agreed(THIRD, date(2026, 11, 1)),
        agreed(UUID(int=4), date(2026, 11, 2)),
        PlanStepDone(on=date(2026, 10, 20), step_id=THIRD),
        PlanStepDropped(on=date(2026, 11, 5), step_id=UUID(int=4), reason=SECRET),
    )
    assert [(one.step_id, one.is_overdue) for one in found.open_steps] == [(SECOND, True), (FIRST, False)]
    assert [(one.state, one.closed_on, one.is_overdue) for one in found.closed_steps] == [
        (StepState.DROPPED, date(2026, 11, 5), False),
        (StepState.DONE, date(2026, 10, 20), False),
    ]
    assert found.closed_steps[0].drop_reason == SECRET


def test_a_deadline_that_was_moved_tells_from_when_to_when_and_why_each_time() -> None:
    found = plan(
        agreed(FIRST, date(2026, 11, 1)),
        moved(FIRST, date(2026, 11, 15), on=date(2026, 10, 30)),
        moved(FIRST, date(2026, 12, 1), on=date(2026, 11, 14)),
    )
    (step,) = found.open_steps
    assert (step.due_on, step.is_overdue) == (date(2026, 12, 1), False)
    assert [(one.was_due_on, one.due_on, one.on, one.reason) for one in step.moved] == [
        (date(2026, 11, 1), date(2026, 11, 15), date(2026, 10, 30), SECRET),
        (date(2026, 11, 15), date(2026, 12, 1), date(2026, 11, 14), SECRET),
    ]


def test_an_open_step_waits_for_the_responsible_party_until_another_must_act_first() -> None:
    (step,) = plan(agreed(FIRST, date(2026, 12, 1))).open_steps
    assert step.next_move is Party.UU
    waits = PlanStepWaits(on=date(2026, 11, 1), step_id=FIRST, waits_for=Party.BENEFITS)
    (step,) = plan(agreed(FIRST, date(2026, 12, 1)), waits).open_steps
    assert (step.responsible, step.next_move) == (Party.UU, Party.BENEFITS)
    again = PlanStepWaits(on=date(2026, 11, 2), step_id=FIRST, waits_for=Party.UU)
    (step,) = plan(agreed(FIRST, date(2026, 12, 1)), waits, again).open_steps
    assert (step.waits_for, step.next_move) == (None, Party.UU)


def test_a_step_is_found_by_its_id_whether_open_or_closed() -> None:
    found = plan(
        agreed(FIRST, date(2026, 12, 1)),
        agreed(SECOND, date(2026, 12, 1)),
        PlanStepDone(on=date(2026, 11, 1), step_id=SECOND),
    )
    assert [found.step(one) is not None for one in (FIRST, SECOND, THIRD)] == [True, True, False]


# As it was


def test_the_plan_of_an_earlier_day_holds_what_the_log_had_got_by_its_end() -> None:
    entries = [
        entry(1, started(BORN)),
        entry(2, agreed(FIRST, date(2026, 10, 5), on=date(2026, 9, 1))),
        entry(3, moved(FIRST, date(2026, 12, 1), on=date(2026, 10, 2)), recorded=date(2026, 10, 2)),
        # It happened in September, and nobody had written it down before November.
        entry(4, GoalInOwnWords(on=date(2026, 9, 2), words=SECRET), recorded=date(2026, 11, 3)),
        entry(5, agreed(SECOND, date(2026, 12, 24), on=date(2026, 11, 3))),
    ]

    def on(day: date) -> Plan:
        return plan_from(known_on(entries, day), day=day)

    assert [on(day).goal is not None for day in (date(2026, 11, 2), date(2026, 11, 3))] == [False, True]
    (then,) = on(date(2026, 10, 1)).open_steps
    assert (then.due_on, then.moved) == (date(2026, 10, 5), ())
    assert [one.is_overdue for one in on(date(2026, 10, 5)).open_steps] == [False]
    assert len(on(date(2026, 11, 3)).open_steps) == 2
    assert on(date(2024, 1, 1)).is_empty


def test_a_day_ends_at_midnight_in_denmark() -> None:
    late = entry(1, GoalInOwnWords(on=date(2026, 11, 3), words=SECRET))
    in_denmark = late.recorded_at.replace(hour=23, minute=30)  # half past midnight there
    entries = [replace(late, recorded_at=in_denmark)]
    assert known_on(entries, date(2026, 11, 3)) == []
    assert known_on(entries, date(2026, 11, 4)) == entries


# Since the last meeting


def test_what_changed_since_the_meeting_is_marked_by_when_the_log_got_it() -> None:
    meeting = date(2026, 11, 10)
    entries = [
        entry(1, started(BORN)),
        entry(2, agreed(FIRST, date(2026, 12, 1))),
        entry(3, agreed(SECOND, date(2026, 12, 2)), recorded=meeting),
        entry(4, agreed(THIRD, date(2026, 12, 3)), recorded=date(2026, 11, 11)),
        entry(5, moved(FIRST, date(2026, 12, 24), on=date(2026, 11, 12))),
        entry(6, PlanStepWaits(on=date(2026, 11, 12), step_id=FIRST, waits_for=Party.SCHOOL)),
        entry(7, PlanStepDone(on=date(2026, 11, 12), step_id=SECOND)),
        entry(8, GoalInOwnWords(on=date(2026, 11, 12), words=SECRET)),
        entry(9, ViewOnPlanGiven(on=date(2026, 11, 9), view=ViewOnPlan.AGREES)),
    ]
    found = plan_from(entries, since=meeting)
    assert {one.step_id: one.changes for one in (*found.open_steps, *found.closed_steps)} == {
        FIRST: (StepChange.MOVED, StepChange.WAITS),
        SECOND: (StepChange.DONE,),
        THIRD: (StepChange.NEW,),
    }
    assert found.goal is not None
    assert found.opinion is not None
    assert (found.goal.is_new, found.opinion.is_new) == (True, False)
    unmarked = plan_from(entries)
    assert {one.changes for one in (*unmarked.open_steps, *unmarked.closed_steps)} == {()}
    assert unmarked.goal is not None
    assert not unmarked.goal.is_new


def test_a_step_that_was_worded_otherwise_since_the_meeting_is_corrected_and_not_new() -> None:
    entries = [
        entry(1, started(BORN)),
        entry(2, agreed(FIRST, date(2026, 12, 1))),
        entry(3, agreed(FIRST, date(2026, 12, 9)), about=2, recorded=date(2026, 11, 12)),
    ]
    (step,) = plan_from(entries, since=date(2026, 11, 10)).open_steps
    assert (step.due_on, step.changes) == (date(2026, 12, 9), (StepChange.CORRECTED,))


# Consent


def test_each_consent_stands_once_with_what_was_answered_last() -> None:
    found = plan(
        ConsentGiven(on=date(2026, 6, 1), by=YOUNG, scope=SCHOOL),
        ConsentRefused(on=date(2026, 6, 1), by=YOUNG, scope=HEALTH),
        ConsentWithdrawn(on=date(2026, 9, 1), by=YOUNG, scope=SCHOOL),
    ).consents
    assert [(one.by, one.scope, one.now.state, one.now.on) for one in found] == [
        (YOUNG, SCHOOL, ConsentState.WITHDRAWN, date(2026, 9, 1)),
        (YOUNG, HEALTH, ConsentState.REFUSED, date(2026, 6, 1)),
    ]
    assert [turn.state for turn in found[0].earlier] == [ConsentState.GIVEN]


@pytest.mark.parametrize(
    ("until", "day", "state"),
    [
        (None, TODAY, ConsentState.GIVEN),
        (TODAY, TODAY, ConsentState.GIVEN),
        (date(2026, 11, 22), TODAY, ConsentState.EXPIRED),
    ],
)
def test_a_consent_counts_through_its_last_day(until: date | None, day: date, state: ConsentState) -> None:
    (one,) = plan(ConsentGiven(on=date(2026, 6, 1), by=YOUNG, scope=SCHOOL, until=until), day=day).consents
    assert one.now == ConsentTurn(state=state, on=date(2026, 6, 1), ends_on=until)


@pytest.mark.parametrize(
    ("until", "day", "state", "ends_on"),
    [
        (None, date(2026, 4, 2), ConsentState.GIVEN, date(2026, 4, 2)),
        (None, EIGHTEEN, ConsentState.LAPSED, date(2026, 4, 2)),
        (date(2030, 1, 1), EIGHTEEN, ConsentState.LAPSED, date(2026, 4, 2)),
        (date(2026, 1, 1), EIGHTEEN, ConsentState.EXPIRED, date(2026, 1, 1)),
    ],
)
def test_a_parents_consent_lapses_on_the_18th_birthday(
    until: date | None, day: date, state: ConsentState, ends_on: date
) -> None:
    given = ConsentGiven(on=date(2025, 6, 1), by=PARENT, scope=SCHOOL, until=until)
    (one,) = plan(given, day=day).consents
    assert (one.now.state, one.now.ends_on) == (state, ends_on)


def test_the_young_persons_own_consent_goes_on_after_the_18th_birthday() -> None:
    (one,) = plan(ConsentGiven(on=date(2025, 6, 1), by=YOUNG, scope=SCHOOL)).consents
    assert (one.now.state, one.now.ends_on) == (ConsentState.GIVEN, None)


# Who they have, and who may see what


def test_whoever_was_named_last_is_named() -> None:
    found = plan(
        LeadCoordinatorNamed(on=date(2025, 1, 1), staff=StaffId("mette"), party=Party.UU),
        LeadCoordinatorNamed(on=date(2026, 1, 1), staff=StaffId("maja"), party=Party.MILEPAELEN),
        ContactPersonNamed(on=date(2025, 2, 1), staff=StaffId("anders")),
    )
    assert found.lead is not None
    assert found.contact is not None
    assert (found.lead.staff, found.lead.since, found.contact.staff) == ("maja", date(2026, 1, 1), "anders")


EVERYTHING = (
    GoalInOwnWords(on=date(2026, 10, 1), words=SECRET),
    ViewOnPlanGiven(on=date(2026, 10, 1), view=ViewOnPlan.AGREES, why=SECRET),
    agreed(FIRST, date(2026, 12, 1)),
    moved(FIRST, date(2026, 12, 9), on=date(2026, 10, 2)),
    agreed(SECOND, date(2026, 12, 1)),
    PlanStepDropped(on=date(2026, 10, 3), step_id=SECOND, reason=SECRET),
    ContactPersonNamed(on=date(2025, 2, 1), staff=StaffId("anders")),
)


def test_who_reads_the_whole_of_the_plan_and_the_voice_reads_every_word() -> None:
    assert repr(plan(*EVERYTHING)).count(SECRET) == 6


def test_who_sees_dates_and_codes_only_sees_no_word() -> None:
    found = plan(*EVERYTHING, party=Party.MUNICIPALITY)
    assert SECRET not in repr(found)
    assert found.goal is not None
    assert found.opinion is not None
    assert (found.opinion.view, found.opinion.why) == (ViewOnPlan.AGREES, None)
    assert [(one.due_on, one.moved[0].was_due_on) for one in found.open_steps] == [
        (date(2026, 12, 9), date(2026, 12, 1))
    ]


def test_who_may_not_know_the_young_persons_voice_has_the_same_plan_as_if_nobody_had_spoken() -> None:
    assert plan(*EVERYTHING, party=Party.BENEFITS) == plan(*EVERYTHING[2:], party=Party.BENEFITS)


def test_the_contact_person_is_told_to_those_who_see_education() -> None:
    assert plan(*EVERYTHING, party=Party.HEALTH).contact is None
    assert plan(*EVERYTHING, party=Party.SCHOOL).contact is not None
