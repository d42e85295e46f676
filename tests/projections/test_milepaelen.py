"""Who is referred to Milepælen or is there, as one row a person."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

import pytest

from database import Role
from domain.choices import Attendance, CloseReason, Destination, Proposal, WithdrawReason
from domain.codes import ContactWay, DataClass, Party, ReturnReason
from domain.events import (
    AttendanceMarked,
    ContactTried,
    Event,
    FactWithdrawn,
    GoalReached,
    GoalSet,
    HandoverReturned,
    HandoverSeen,
    HandoverTakenOver,
    HandoverWithdrawn,
    JourneyClosed,
    JourneyReopened,
    MilepaelenEnded,
    MilepaelenStarted,
    ProgressionMeasured,
    ProposalAnswered,
    ProposalSent,
    ReferredToMilepaelen,
    SubGoalSet,
    TalkHeld,
)
from domain.text import FreeText
from eventlog import Entry
from projections import milepaelen, milepaelen_lists
from projections.milepaelen import Stay, StayState, stays_of
from projections.reading import seen_in
from projections.rows import NO_RULES
from projections.spans import Person, in_force, person_of, step
from tests.projections.world import World, entry, sent, started, written

MET, SICK, AGREED, AWAY = (
    Attendance.MET,
    Attendance.SICK,
    Attendance.AGREED_ABSENCE,
    Attendance.STAYED_AWAY,
)
DAY = date(2026, 11, 2)
HANDOVER, OTHER = UUID(int=7), UUID(int=8)
REFERRED = ReferredToMilepaelen(on=date(2026, 10, 1), by=Party.EMPLOYMENT, purpose=FreeText("At komme op."))
SENT = sent(HANDOVER, date(2026, 10, 2))
BEGUN = MilepaelenStarted(on=date(2026, 10, 5))
ENDED = MilepaelenEnded(on=date(2026, 12, 1), destination=Destination.EDUCATION)
STARTED = started()


def stay(*events: Event) -> Stay | None:
    return stay_of(written(STARTED, *events))


def stay_of(entries: Iterable[Entry]) -> Stay | None:
    seen = seen_in(list(entries))
    rows = stays_of(seen.life, seen.journey, NO_RULES)
    return rows[0] if rows else None


def there(*events: Event) -> Stay:
    found = stay(BEGUN, *events)
    assert found
    return found


def marks(*said: Attendance) -> list[AttendanceMarked]:
    return [AttendanceMarked(on=DAY + timedelta(days=n), attendance=one) for n, one in enumerate(said)]


# Coming in


def test_nobody_has_a_row_before_somebody_asks_for_a_place() -> None:
    assert stay() is None
    assert stay(sent(HANDOVER, DAY, receiver=Party.ADULT_SOCIAL)) is None
    assert stays_of(seen_in([]).life, seen_in([]).journey, NO_RULES) == ()


def test_a_referral_waits_and_so_does_its_handover() -> None:
    alone = stay(REFERRED)
    assert alone
    assert (alone.state, alone.referred_by, alone.handover_id) == (StayState.WAITING, Party.EMPLOYMENT, None)
    with_handover = stay(REFERRED, SENT, HandoverSeen(on=DAY, handover_id=HANDOVER))
    assert with_handover
    assert with_handover.is_waited_for
    assert (with_handover.handover_id, with_handover.answer_by) == (HANDOVER, SENT.answer_by)
    assert with_handover.referred_on == REFERRED.on


def test_a_handover_alone_asks_for_a_place_too() -> None:
    found = stay(SENT)
    assert found
    assert (found.state, found.referred_on, found.referred_by) == (StayState.WAITING, SENT.on, SENT.giver)


def test_taken_over_without_a_first_day_still_waits() -> None:
    found = stay(REFERRED, SENT, HandoverTakenOver(on=DAY, handover_id=HANDOVER))
    assert found
    assert (found.state, found.is_waited_for, found.handover_id) == (StayState.TAKEN_OVER, True, None)


@pytest.mark.parametrize(
    "answer",
    [
        HandoverReturned(on=DAY, handover_id=HANDOVER, reason=ReturnReason.OTHER, words=FreeText("Nej")),
        HandoverWithdrawn(on=DAY, handover_id=HANDOVER, words=FreeText("Nej")),
    ],
)
def test_what_was_returned_or_taken_back_does_not_wait(answer: Event) -> None:
    assert stay(REFERRED, SENT, answer) is None
    again = stay(REFERRED, SENT, answer, sent(OTHER, DAY))
    assert again
    assert again.handover_id == OTHER


def test_who_has_begun_is_there_from_the_first_day() -> None:
    found = there()
    assert (found.state, found.is_there, found.is_waited_for) == (StayState.STARTED, True, False)
    assert not found.was_there(BEGUN.on - timedelta(days=1))
    assert found.was_there(BEGUN.on)


def test_a_handover_to_somebody_who_is_there_waits_for_its_answer() -> None:
    found = there(SENT)
    assert found.is_there
    assert found.is_waited_for


# Going out and coming back


def test_the_last_day_counts_and_the_day_after_does_not() -> None:
    found = there(ENDED)
    assert (found.state, found.started_on, found.ended_on) == (StayState.ENDED, BEGUN.on, ENDED.on)
    assert found.was_there(ENDED.on)
    assert not found.was_there(ENDED.on + timedelta(days=1))


def test_who_comes_back_has_a_new_stay_without_the_marks_of_the_old() -> None:
    again = ReferredToMilepaelen(on=date(2027, 1, 4), by=Party.UU, purpose=FreeText("Igen"))
    found = there(*marks(AWAY, AWAY, AWAY), ENDED, again)
    assert (found.state, found.referred_by, found.started_on) == (StayState.WAITING, Party.UU, None)
    assert found.absences_in_a_row == 0
    back = there(ENDED, again, MilepaelenStarted(on=date(2027, 1, 11)))
    assert (back.state, back.started_on) == (StayState.STARTED, date(2027, 1, 11))


def test_a_handover_after_the_end_asks_for_a_new_stay() -> None:
    found = there(ENDED, sent(HANDOVER, date(2027, 1, 4)))
    assert (found.state, found.referred_on, found.started_on) == (StayState.WAITING, date(2027, 1, 4), None)


def test_a_first_day_to_come_can_be_called_off() -> None:
    """The end is written today, the first day was agreed for next month: the end is the later news."""
    agreed = entry(3, MilepaelenStarted(on=date(2026, 12, 1)), known=date(2026, 11, 2))
    called_off = entry(4, MilepaelenEnded(on=date(2026, 11, 9), destination=Destination.UNKNOWN))
    found = stay_of([*written(STARTED, REFERRED), agreed, called_off])
    assert found
    assert found.state is StayState.ENDED


def test_nobody_is_on_the_list_whom_nobody_follows() -> None:
    closed = JourneyClosed(on=DAY, reason=CloseReason.MOVED_AWAY)
    assert stay(BEGUN, closed) is None
    assert stay(BEGUN, closed, JourneyReopened(on=DAY, basis="KUI-loven § 1")) is not None


# Attendance


@pytest.mark.parametrize(
    ("said", "run"),
    [
        ([], 0),
        ([AWAY], 1),
        ([AWAY, AWAY, AWAY], 3),
        ([AWAY, AWAY, AWAY, AWAY], 4),
        ([AWAY, AWAY, MET], 0),
        ([AWAY, AWAY, SICK, AWAY], 1),
        ([AWAY, AGREED, AWAY, AWAY], 2),
        ([SICK, SICK, SICK], 0),
        ([MET, AWAY, AWAY, AWAY], 3),
    ],
)
def test_only_days_stayed_away_one_after_the_other_count(said: list[Attendance], run: int) -> None:
    found = there(*marks(*said))
    assert found.absences_in_a_row == run
    assert found.is_sign == (run >= milepaelen.A_SIGN)


def test_the_sign_names_the_last_three_days_whatever_order_they_were_marked_in() -> None:
    found = there(*reversed(marks(AWAY, AWAY, AWAY, AWAY)))
    assert found.stayed_away_on == tuple(DAY + timedelta(days=n) for n in (1, 2, 3))
    assert (found.last_marked_on, found.last_mark) == (DAY + timedelta(days=3), AWAY)


def test_a_corrected_or_cleared_mark_ends_the_sign() -> None:
    entries = written(STARTED, BEGUN, *marks(AWAY, AWAY, AWAY))
    corrected = entry(6, AttendanceMarked(on=DAY + timedelta(days=1), attendance=SICK), about=4)
    cleared = entry(6, _withdrawn(), about=5)
    [before, after, gone] = [stay_of(all_) for all_ in (entries, [*entries, corrected], [*entries, cleared])]
    assert before
    assert before.is_sign
    assert after
    assert after.absences_in_a_row == 1
    assert gone
    assert (gone.absences_in_a_row, gone.last_marked_on) == (2, DAY + timedelta(days=1))


def _withdrawn() -> FactWithdrawn:
    return FactWithdrawn(on=DAY, of_class=DataClass.EMPLOYMENT, reason=WithdrawReason.DID_NOT_HAPPEN)


def test_two_marks_for_one_day_are_one_and_the_later_news_counts() -> None:
    found = there(AttendanceMarked(on=DAY, attendance=AWAY), AttendanceMarked(on=DAY, attendance=MET))
    assert (found.last_mark, found.absences_in_a_row) == (MET, 0)


# Talks, goals, measurements, proposals


def test_the_last_talk_says_when_the_next_is() -> None:
    assert there().next_talk_on is None
    first = TalkHeld(on=DAY, next_on=date(2026, 11, 16))
    assert there(first).next_talk_on == date(2026, 11, 16)
    without = there(first, TalkHeld(on=date(2026, 11, 16)))
    assert (without.last_talk_on, without.next_talk_on) == (date(2026, 11, 16), None)


def measured(on: date) -> ProgressionMeasured:
    return ProgressionMeasured(
        on=on,
        belief_in_own_ability=1,
        health_mastery=2,
        labour_market_identity=3,
        cooperation=4,
        network=5,
        own_judgement=3,
    )


def test_a_measurement_is_due_three_months_after_the_last_or_the_first_day() -> None:
    assert there().measure_by == date(2027, 1, 5)
    found = there(measured(date(2026, 11, 30)))
    assert found.measure_by == date(2027, 2, 28)
    assert not found.must_be_measured(date(2027, 2, 28))
    assert found.must_be_measured(date(2027, 3, 1))
    ended = there(ENDED)
    assert not ended.must_be_measured(date(2028, 1, 1))
    waiting = stay(REFERRED)
    assert waiting
    assert waiting.measure_by is None


def test_open_goals_are_counted_without_their_steps() -> None:
    goal = GoalSet(on=DAY, goal_id=UUID(int=1), words=FreeText("Gartner"))
    step_ = SubGoalSet(on=DAY, goal_id=UUID(int=2), part_of=UUID(int=1), words=FreeText("Stå op"))
    assert there(goal, step_).open_goals == 1
    assert there(goal, step_, GoalReached(on=DAY, goal_id=UUID(int=1))).open_goals == 0


def test_a_proposal_stands_until_it_is_answered() -> None:
    proposed = ProposalSent(on=DAY, proposal=Proposal.SMALL_JOB, why=FreeText("Klar"))
    answered = ProposalAnswered(on=DAY, followed=True)
    assert there(proposed).proposal is Proposal.SMALL_JOB
    assert there(proposed, answered).proposal is None
    assert there(proposed, answered, proposed).proposed_on == DAY


# The table


def test_what_does_not_concern_milepaelen_changes_no_row() -> None:
    rules = in_force(NO_RULES)
    person = Person(UUID(int=1))
    for one in written(STARTED, BEGUN):
        person, _ = step(person, one, rules)
    tried = entry(3, ContactTried(on=DAY, way=ContactWay.PHONE))
    _, changes = step(person, tried, rules)
    assert "milepaelen" not in {change.table.name for change in changes}
    assert person.standing == person_of(UUID(int=1), written(STARTED, BEGUN), rules).standing


def test_the_lists_are_asked_by_day_and_by_what_the_reader_may_see(world: World) -> None:
    waiting, present, gone = world.people[:3]
    world.happens(waiting, STARTED, REFERRED)
    world.happens(present, STARTED, BEGUN, *marks(AWAY, AWAY, AWAY))
    world.happens(gone, STARTED, BEGUN, ENDED)
    world.follow()
    classes = frozenset({DataClass.EMPLOYMENT})
    with world.db.connection(Role.APPLICATION) as conn:
        now = {one.person_id: one.stay for one in milepaelen_lists.now(conn, classes)}
        assert now.keys() == {waiting, present}
        assert now[present].stayed_away_on == tuple(DAY + timedelta(days=n) for n in range(3))
        assert now[present].last_mark is AWAY
        on_last_day = {one.person_id for one in milepaelen_lists.there_on(conn, classes, ENDED.on)}
        after = {one.person_id for one in milepaelen_lists.there_on(conn, classes, ENDED.on + timedelta(days=1))}
        assert (on_last_day, after) == ({present, gone}, {present})
        assert milepaelen_lists.there_on(conn, classes, BEGUN.on - timedelta(days=1)) == []
        blind = frozenset({DataClass.MASTER, DataClass.HANDOVER})
        assert milepaelen_lists.now(conn, blind) == []
