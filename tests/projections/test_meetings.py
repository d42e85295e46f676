"""Which meetings there are, who is on them, and who ought to be."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from database import Role
from domain import meeting as meetings_of_domain
from domain.access import open_groups, seen_classes
from domain.codes import AgendaReason, DecisionKind, Matter, Party, Programme
from domain.events import (
    DecisionTaken,
    Event,
    HandoverSent,
    HandoverTakenOver,
    MeetingCalled,
    PersonPutOnAgenda,
    PlanStepAgreed,
    PlanStepDone,
    ToldOfBreakOff,
)
from domain.journey import HandoverState
from domain.text import FreeText
from eventlog import Step, meeting
from projections.agenda import reasons_for, suggestions
from projections.follow import Follower
from projections.meetings import Called, Decided, calendar, called, decided, find_meeting, meeting_ids
from tests.projections.world import BY, World, at, responsible, sent, started

TODAY = date(2026, 11, 23)
UU = seen_classes(Party.UU)
SCHOOL = seen_classes(Party.SCHOOL)


def calls(world: World, held_on: date, *more: Event) -> UUID:
    meeting_id = uuid4()
    events = (MeetingCalled(on=TODAY, held_on=held_on), *more)
    step = Step(stream=meeting(meeting_id), decide=lambda _: events)
    world.log.record_together([step], by=BY, known_at=at(TODAY), command_id=uuid4())
    return meeting_id


def line(held_on: date, number: int = 0) -> Called:
    return Called(meeting_id=UUID(int=number), held_on=held_on, people=0, decisions=0)


def test_the_calendar_has_the_next_meeting_first_and_the_latest_held_first() -> None:
    days = [TODAY + timedelta(days=n) for n in (14, -14, 0, -28, 1)]
    found = calendar([line(day) for day in days], TODAY)
    assert [one.held_on - TODAY for one in found.coming] == [timedelta(days=n) for n in (0, 1, 14)]
    assert [one.held_on - TODAY for one in found.held] == [timedelta(days=n) for n in (-14, -28)]


def test_meetings_are_found_without_opening_them_the_last_called_first(world: World) -> None:
    world.happens(world.people[0], started())
    first, second = calls(world, TODAY), calls(world, TODAY)
    with world.db.connection(Role.APPLICATION) as conn:
        assert meeting_ids(conn) == [second, first]
        assert meeting_ids(conn, offset=1) == [first]
        assert meeting_ids(conn, limit=1) == [second]


def test_the_list_counts_people_and_decisions(world: World) -> None:
    person = world.people[0]
    put = PersonPutOnAgenda(on=TODAY, person=person, reasons=(AgendaReason.WISHED,))
    meeting_id = calls(world, TODAY, put, decision(person, uuid4()))
    with world.db.connection(Role.APPLICATION) as conn:
        assert called(world.log, conn, [meeting_id]) == [
            Called(meeting_id=meeting_id, held_on=TODAY, people=1, decisions=1)
        ]
        assert called(world.log, conn, []) == []


def test_only_the_stream_of_a_meeting_is_a_meeting(world: World) -> None:
    world.load_rules()
    world.happens(world.people[0], started())
    meeting_id = calls(world, TODAY)
    with world.db.connection(Role.APPLICATION) as conn:
        found = find_meeting(world.log, conn, meeting_id)
        assert found is not None
        assert found.held_on == TODAY
        for other in (world.people[0], world.log.municipality_stream.id, uuid4()):
            assert find_meeting(world.log, conn, other) is None


# Who ought to be spoken of


@pytest.fixture
def lists(world: World) -> World:
    """Two with a break-off (one long overdue, one due soon), one who turns 18, one with a handover far ahead."""
    world.load_rules()
    overdue, soon, of_age, waiting = world.people
    world.happens(overdue, started(date(2010, 2, 1)), told(date(2026, 9, 1)))
    world.happens(soon, started(date(2010, 3, 1)), told(TODAY - timedelta(days=3)))
    world.happens(of_age, started(date(2008, 12, 24)))
    world.happens(
        waiting,
        started(date(2011, 1, 1)),
        responsible(Matter.GUIDANCE, Party.UU),
        sent(uuid4(), TODAY, matter=Matter.GUIDANCE, giver=Party.UU, answer_by=date(2027, 2, 1)),
    )
    follower = Follower(world.db, world.log)
    while follower.catch_up():
        pass
    return world


def told(on: date) -> ToldOfBreakOff:
    return ToldOfBreakOff(on=on, programme=Programme.FGU)


def test_each_is_suggested_once_with_every_reason_the_oldest_deadline_first(lists: World) -> None:
    overdue, soon, of_age, waiting = lists.people
    with lists.db.connection(Role.APPLICATION) as conn:
        found = suggestions(conn, UU, TODAY)
    assert [(one.person_id, one.reasons) for one in found.first] == [
        (overdue, (AgendaReason.OVERDUE,)),
        (soon, (AgendaReason.DUE_SOON,)),
        (of_age, (AgendaReason.TURNING_18,)),
        (waiting, (AgendaReason.HANDOVER_WAITING,)),
    ]
    assert [one.due_on for one in found.first][2:] == [date(2026, 12, 24), date(2027, 2, 1)]
    assert found.total == 4
    assert found.by_reason == {
        AgendaReason.OVERDUE: 1,
        AgendaReason.DUE_SOON: 1,
        AgendaReason.HANDOVER_WAITING: 1,
        AgendaReason.TURNING_18: 1,
        AgendaReason.WISHED: 0,
    }


def test_several_reasons_are_one_suggestion(lists: World) -> None:
    soon = lists.people[1]
    with lists.db.connection(Role.APPLICATION) as conn:
        later = suggestions(conn, UU, date(2026, 12, 10))
        assert reasons_for(conn, soon, UU, date(2026, 12, 10)) == (AgendaReason.OVERDUE, AgendaReason.DUE_SOON)
    assert [one.person_id for one in later.first].count(soon) == 1


def test_who_is_on_the_agenda_is_not_suggested_or_counted(lists: World) -> None:
    with lists.db.connection(Role.APPLICATION) as conn:
        found = suggestions(conn, UU, TODAY, without=lists.people[:2])
    assert [one.person_id for one in found.first] == lists.people[2:]
    assert found.total == 2


def test_one_reason_can_be_asked_for_and_the_number_limited(lists: World) -> None:
    with lists.db.connection(Role.APPLICATION) as conn:
        found = suggestions(conn, UU, TODAY, reason=AgendaReason.TURNING_18)
        assert [one.person_id for one in found.first] == [lists.people[2]]
        assert found.total == 4
        assert len(suggestions(conn, UU, TODAY, limit=1).first) == 1


def test_rows_that_the_reader_may_not_know_of_give_no_reason(lists: World) -> None:
    with lists.db.connection(Role.APPLICATION) as conn:
        found = suggestions(conn, SCHOOL, TODAY)
        assert {one.person_id for one in found.first} >= {lists.people[2], lists.people[3]}
        none = suggestions(conn, frozenset(), TODAY)
        assert [one.person_id for one in none.first] == [lists.people[2]]
        assert reasons_for(conn, lists.people[0], frozenset(), TODAY) == (AgendaReason.WISHED,)


def test_a_birthday_on_a_leap_day_counts_as_everywhere(world: World) -> None:
    one = world.people[0]
    world.happens(one, started(date(2008, 2, 29), on=date(2024, 1, 1)))
    follower = Follower(world.db, world.log)
    while follower.catch_up():
        pass
    with world.db.connection(Role.APPLICATION) as conn:
        [found] = suggestions(conn, UU, date(2025, 12, 1)).first
        assert found.due_on == date(2026, 2, 28)
        assert suggestions(conn, UU, date(2026, 2, 28)).first == ()


# The minutes


def decision(person: UUID, entry_id: UUID, kind: DecisionKind = DecisionKind.PLAN_STEP) -> DecisionTaken:
    return DecisionTaken(
        on=TODAY, person=person, entry_id=entry_id, kind=kind, responsible=Party.UU, due_on=date(2026, 12, 1)
    )


STEP = PlanStepAgreed(
    on=TODAY,
    step_id=UUID(int=7),
    what=FreeText("Ring til Ida"),
    responsible=Party.UU,
    matter=Matter.GUIDANCE,
    due_on=date(2026, 12, 1),
)
HANDOVER = sent(UUID(int=8), TODAY, matter=Matter.GUIDANCE, giver=Party.UU, receiver=Party.BENEFITS)


def read(world: World, person: UUID, what: type, reader: Party, *, about: UUID | None = None) -> Decided:
    """The one decision on this meeting, which is the first event of this type, as the reader has it."""
    entries = world.log.history(person, open_groups(reader)).entries
    every = world.log.history(person).entries
    entry_id = about or next(one.entry_id for one in every if isinstance(one.event, what))
    kind = DecisionKind.HANDOVER if what is HandoverSent else DecisionKind.PLAN_STEP
    events = [MeetingCalled(on=TODAY, held_on=TODAY), decision(person, entry_id, kind), decision(uuid4(), uuid4())]
    [found] = decided(meetings_of_domain.fold(events), person, entries, reader)
    return found


def test_a_step_of_the_plan_is_read_on_the_journey_with_what_became_of_it(world: World) -> None:
    one = world.people[0]
    world.happens(one, started(), STEP)
    found = read(world, one, PlanStepAgreed, Party.CHILD_SOCIAL)
    assert (found.text, found.matter, found.done_on) == ("Ring til Ida", Matter.GUIDANCE, None)
    world.happens(one, PlanStepDone(on=date(2026, 11, 30), step_id=STEP.step_id))
    assert read(world, one, PlanStepAgreed, Party.UU).done_on == date(2026, 11, 30)


def test_a_handover_is_read_with_its_state(world: World) -> None:
    one = world.people[0]
    world.happens(one, started(), responsible(Matter.GUIDANCE, Party.UU), HANDOVER)
    found = read(world, one, HandoverSent, Party.UU)
    assert (found.text, found.giver, found.responsible) == ("En hemmelig note", Party.UU, Party.BENEFITS)
    assert found.state is HandoverState.SENT
    world.happens(one, HandoverTakenOver(on=TODAY, handover_id=HANDOVER.handover_id))
    assert read(world, one, HandoverSent, Party.UU).state is HandoverState.TAKEN_OVER


def test_words_are_for_those_who_may_read_them(world: World) -> None:
    one = world.people[0]
    world.happens(one, started(), STEP, responsible(Matter.GUIDANCE, Party.UU), HANDOVER)
    step = read(world, one, PlanStepAgreed, Party.BENEFITS)
    assert (step.text, step.matter) == (None, Matter.GUIDANCE)
    assert read(world, one, HandoverSent, Party.HEALTH).text is None
    # It was written to them.
    assert read(world, one, HandoverSent, Party.BENEFITS).text == "En hemmelig note"
    nothing = read(world, one, PlanStepAgreed, Party.EDUCATION)
    assert (nothing.text, nothing.matter, nothing.due_on) == (None, None, date(2026, 12, 1))


def test_a_correction_on_the_journey_is_a_correction_of_the_minutes(world: World) -> None:
    one = world.people[0]
    world.happens(one, started())
    world.happens(one, STEP, source="1")
    world.happens(one, replace(STEP, what=FreeText("Skriv til Ida"), due_on=date(2026, 12, 8)), source="1")
    found = read(world, one, PlanStepAgreed, Party.UU)
    assert (found.text, found.due_on) == ("Skriv til Ida", date(2026, 12, 8))


def test_what_is_gone_from_the_journey_leaves_the_line(world: World) -> None:
    one = world.people[0]
    world.happens(one, started())
    found = read(world, one, PlanStepAgreed, Party.UU, about=uuid4())
    assert (found.text, found.matter, found.responsible) == (None, None, Party.UU)
