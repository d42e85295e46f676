from datetime import date
from functools import partial
from uuid import UUID

from domain.access import level, open_groups
from domain.codes import (
    ContactWay,
    DataClass,
    KeyGroup,
    Matter,
    Party,
    PlacementForm,
    Programme,
    ReturnReason,
)
from domain.events import (
    ContactMade,
    Event,
    GoalInOwnWords,
    HandoverReplaced,
    HandoverReturned,
    HandoverSeen,
    HandoverTakenOver,
    MilepaelenStarted,
    PlacementEnded,
    PlacementStarted,
    PlanStepAgreed,
    PlanStepDone,
    ReferredToMilepaelen,
    ToldOfBreakOff,
)
from domain.events import EducationStarted as Began
from domain.journey import HandoverState
from domain.text import FreeText
from eventlog import Closed, Entry, History
from projections.person import ClosedPart, PersonView, person_view
from projections.rows import NextMove, rows_of
from projections.timeline import Bar, BarKind, Diamond, Ended
from tests.projections.world import entry, journey_after, life_after, responsible, sent, shipped, started, written

TODAY = date(2026, 1, 20)
HANDOVER, STEP = UUID(int=99), UUID(int=77)
BROKE_OFF = ToldOfBreakOff(on=date(2026, 1, 5), programme=Programme.FGU)
PLACED = PlacementStarted(on=date(2024, 9, 1), form=PlacementForm.FOSTER_FAMILY)
SECRET = FreeText("Noget meget privat")


def opened_for(party: Party, entries: list[Entry]) -> History:
    """What the log answers with for this party: other groups are there, but closed."""
    groups = open_groups(party)
    return History(
        entries=[one for one in entries if one.group in groups],
        closed=[
            Closed(
                stream=one.stream,
                version=one.version,
                kind=one.kind,
                group=one.group,
                position=one.position,
                recorded_at=one.recorded_at,
            )
            for one in entries
            if one.group not in groups
        ],
    )


def seen_by(party: Party, *events: Event, today: date = TODAY) -> PersonView:
    return seen(party, written(started(), *events), today)


def seen(party: Party, entries: list[Entry], today: date = TODAY) -> PersonView:
    rows = rows_of(life_after(entries), journey_after(entries), shipped())
    return person_view(opened_for(party, entries), rows, shipped(), party=party, may=partial(level, party), today=today)


def test_who_it_is_and_who_answers_for_what_since_when() -> None:
    view = seen_by(
        Party.UU,
        responsible(Matter.COORDINATION, Party.UU),
        responsible(Matter.INCOME_AND_WORK, Party.EMPLOYMENT, date(2025, 1, 2)),
        sent(HANDOVER, date(2026, 1, 5)),
        HandoverTakenOver(on=date(2026, 1, 8), handover_id=HANDOVER),
    )
    assert (view.born_on, view.age, view.coordinator) == (date(2008, 4, 3), 17, Party.UU)
    assert {(one.matter, one.party, one.since) for one in view.holders} == {
        (Matter.COORDINATION, Party.UU, date(2024, 8, 1)),
        (Matter.INCOME_AND_WORK, Party.MILEPAELEN, date(2026, 1, 8)),
    }


def test_a_life_without_anything_is_a_page_all_the_same() -> None:
    view = seen(Party.UU, [])
    assert (view.born_on, view.age, view.goal, view.alarm, view.events) == (None, None, None, None, ())


def test_the_latest_goal_stands_first_and_the_plan_is_open_and_done_steps() -> None:
    def step(number: int, due_on: date) -> PlanStepAgreed:
        return PlanStepAgreed(
            on=date(2025, 10, 1),
            step_id=UUID(int=number),
            what=SECRET,
            responsible=Party.UU,
            matter=Matter.GUIDANCE,
            due_on=due_on,
        )

    view = seen_by(
        Party.UU,
        GoalInOwnWords(on=date(2025, 1, 1), words=FreeText("Tømrer")),
        GoalInOwnWords(on=date(2025, 9, 1), words=FreeText("Smed")),
        step(1, date(2026, 3, 1)),
        step(2, date(2026, 1, 19)),
        step(3, date(2026, 1, 1)),
        PlanStepDone(on=date(2025, 12, 1), step_id=UUID(int=3)),
    )
    assert view.goal is not None
    assert (view.goal.words, [one.words for one in view.plan.earlier_goals]) == ("Smed", ["Tømrer"])
    assert [(one.due_on, one.is_overdue) for one in view.open_steps] == [
        (date(2026, 1, 19), True),
        (date(2026, 3, 1), False),
    ]
    assert [one.done_on for one in view.plan.closed_steps] == [date(2025, 12, 1)]


def test_a_handover_says_whose_turn_it_is_until_it_is_answered() -> None:
    handed = sent(HANDOVER, date(2026, 1, 5), answer_by=date(2026, 1, 12))
    (line,) = seen_by(Party.UU, handed).handovers
    assert (line.state, line.holder, line.next_move) == (
        HandoverState.SENT,
        Party.MILEPAELEN,
        NextMove.ANSWER_HANDOVER,
    )
    assert (line.is_overdue, line.working_days_over) == (True, 6)

    seen_it = HandoverSeen(on=date(2026, 1, 6), handover_id=HANDOVER)
    (line,) = seen_by(Party.UU, handed, seen_it).handovers
    assert (line.state, line.seen_on, line.next_move) == (
        HandoverState.SEEN,
        date(2026, 1, 6),
        NextMove.TAKE_OVER,
    )

    back = HandoverReturned(on=date(2026, 1, 7), handover_id=HANDOVER, reason=ReturnReason.WRONG_RECEIVER, words=SECRET)
    (line,) = seen_by(Party.EMPLOYMENT, handed, seen_it, back).handovers
    assert (line.state, line.holder, line.reason, line.words, line.is_overdue) == (
        HandoverState.RETURNED,
        None,
        ReturnReason.WRONG_RECEIVER,
        SECRET,
        False,
    )


def test_there_is_one_red_box_for_what_passed_first() -> None:
    view = seen_by(Party.UU, BROKE_OFF, sent(HANDOVER, date(2026, 1, 5), answer_by=date(2026, 1, 9)))
    assert view.alarm is not None
    assert (view.alarm.row.row_key, view.alarm.working_days_over) == (f"handover:{HANDOVER}", 7)
    assert [row.due_on for row in view.rows] == sorted(row.due_on for row in view.rows)
    assert seen_by(Party.UU, BROKE_OFF, today=date(2026, 1, 12)).alarm is None, "the last day is in time"


def test_rows_that_do_not_stand_yet_or_any_more_are_not_shown() -> None:
    assert seen_by(Party.CHILD_SOCIAL, PLACED, today=date(2025, 4, 2)).rows == ()
    assert len(seen_by(Party.CHILD_SOCIAL, PLACED, today=date(2025, 4, 3)).rows) == 1


class TestWhatMayNotBeSeen:
    def test_a_social_obligation_is_left_out_and_counted_where_it_may_be_known_to_exist(self) -> None:
        uu = seen_by(Party.UU, PLACED, BROKE_OFF)
        assert {row.rule_id for row in uu.rows} == {"KUI-02", "KUI-03"}
        assert ClosedPart(group=KeyGroup.SOCIAL, entries=1, rows=1) in uu.closed
        social = seen_by(Party.CHILD_SOCIAL, PLACED, BROKE_OFF)
        assert {row.rule_id for row in social.rows} == {"OVG-05", "KUI-02", "KUI-03"}
        assert KeyGroup.SOCIAL not in {part.group for part in social.closed}

    def test_where_even_existence_is_closed_every_page_says_the_same(self) -> None:
        with_placement = seen_by(Party.SCHOOL, PLACED)
        without = seen_by(Party.SCHOOL)
        assert with_placement == without
        assert ClosedPart(group=KeyGroup.SOCIAL, entries=None, rows=None) in without.closed

    def test_the_red_box_never_speaks_of_what_is_closed(self) -> None:
        view = seen_by(Party.UU, PLACED, today=date(2026, 1, 20))
        assert view.alarm is None
        social = seen_by(Party.CHILD_SOCIAL, PLACED, today=date(2026, 1, 20))
        assert social.alarm is not None

    def test_an_entry_of_an_opened_group_but_of_a_closed_class_is_closed(self) -> None:
        entries = written(started(), BROKE_OFF)

        def only_schooling(data_class: DataClass) -> object:
            return level(Party.UU, DataClass.CONCERN if data_class is DataClass.EDUCATION else data_class)

        view = person_view(
            History(entries=entries),
            (),
            shipped(),
            party=Party.UU,
            may=only_schooling,
            today=TODAY,  # type: ignore[arg-type]
        )
        assert [line.code for line in view.events] == ["journey-started"]
        assert ClosedPart(group=KeyGroup.EDUCATION, entries=1, rows=0) in view.closed

    def test_free_text_is_only_for_those_who_may_read_it_in_full(self) -> None:
        events = (
            GoalInOwnWords(on=date(2025, 9, 1), words=SECRET),
            sent(HANDOVER, date(2026, 1, 5)),
            HandoverReturned(on=date(2026, 1, 7), handover_id=HANDOVER, reason=ReturnReason.OTHER, words=SECRET),
            PlanStepAgreed(
                on=date(2025, 10, 1),
                step_id=STEP,
                what=SECRET,
                responsible=Party.UU,
                matter=Matter.GUIDANCE,
                due_on=date(2026, 3, 1),
            ),
        )
        assert repr(seen_by(Party.EMPLOYMENT, *events)).count(SECRET) == 3
        assert repr(seen_by(Party.UU, *events)).count(SECRET) == 2, "the handover is between two others"
        summary = repr(seen_by(Party.MUNICIPALITY, *events))
        assert SECRET not in summary
        assert "hemmelig" not in summary

    def test_sentences_hold_codes_and_dates_but_never_free_text(self) -> None:
        referred = ReferredToMilepaelen(on=date(2026, 1, 5), by=Party.EMPLOYMENT, purpose=SECRET)
        view = seen_by(Party.EMPLOYMENT, referred, GoalInOwnWords(on=date(2025, 9, 1), words=SECRET))
        assert all(SECRET not in repr(line) for line in view.events)


class TestEvents:
    def test_the_newest_stands_first_with_what_its_sentence_needs(self) -> None:
        view = seen_by(Party.UU, BROKE_OFF, ContactMade(on=date(2026, 1, 8), way=ContactWay.PHONE))
        contact, broke_off, _ = view.events
        assert contact.reads.format(**contact.values) == "Kontakt opnået (phone)"
        assert (broke_off.title, broke_off.party, broke_off.values["programme"]) == (
            "Afbrud meldt",
            Party.UU,
            Programme.FGU,
        )

    def test_every_sentence_has_the_values_it_asks_for(self) -> None:
        view = seen_by(
            Party.CHILD_SOCIAL,
            PLACED,
            responsible(Matter.GUIDANCE, Party.UU),
            sent(HANDOVER, date(2026, 1, 5)),
            BROKE_OFF,
        )
        for line in view.events:
            assert "{" not in line.reads.format(**line.values)

    def test_late_news_is_shown_as_late_by_who_knew_and_by_what_was_written_down(self) -> None:
        entries = [
            entry(1, started()),
            entry(2, BROKE_OFF, known=date(2026, 1, 15), recorded=date(2026, 1, 30)),
            entry(3, ContactMade(on=date(2026, 1, 7), way=ContactWay.PHONE)),
        ]
        contact, broke_off, _ = seen(Party.UU, entries).events
        assert (broke_off.known_late, broke_off.recorded_late) == (0, 25)
        assert (contact.known_late, contact.recorded_late) == (0, 0)

    def test_a_corrected_event_stands_once_and_says_so(self) -> None:
        corrected = ToldOfBreakOff(on=date(2026, 1, 6), programme=Programme.STU)
        entries = [entry(1, started()), entry(2, BROKE_OFF), entry(3, corrected, about=2)]
        (line, _) = seen(Party.UU, entries).events
        assert (line.on, line.entry_id, line.position) == (date(2026, 1, 6), entries[1].entry_id, 2)
        assert line.corrected_on == date(2026, 1, 6)

    def test_the_events_of_a_handover_point_at_it(self) -> None:
        view = seen_by(Party.UU, sent(HANDOVER, date(2026, 1, 5)))
        assert view.events[0].about == HANDOVER


class TestTimeline:
    def test_what_lasted_is_a_bar_in_the_lane_of_its_party(self) -> None:
        view = seen_by(
            Party.CHILD_SOCIAL,
            PLACED,
            PlacementEnded(on=date(2025, 6, 1)),
            Began(on=date(2024, 8, 12), programme=Programme.TENTH_GRADE),
            Began(on=date(2025, 8, 11), programme=Programme.FGU),
            BROKE_OFF,
        )
        assert view.bars == (
            Bar(
                lane=Party.SCHOOL,
                kind=BarKind.EDUCATION,
                code="tenth-grade",
                start=date(2024, 8, 12),
                end=date(2025, 8, 11),
            ),
            Bar(
                lane=Party.CHILD_SOCIAL,
                kind=BarKind.PLACEMENT,
                code="foster-family",
                start=date(2024, 9, 1),
                end=date(2025, 6, 1),
            ),
            Bar(
                lane=Party.UU,
                kind=BarKind.EDUCATION,
                code="fgu",
                start=date(2025, 8, 11),
                end=date(2026, 1, 5),
                ended=Ended.BROKEN_OFF,
            ),
        )

    def test_who_moves_lives_in_one_place_after_the_other(self) -> None:
        moved, home = date(2025, 6, 1), date(2025, 9, 1)
        after = PlacementStarted(on=moved, form=PlacementForm.OWN_ROOM)
        view = seen_by(Party.CHILD_SOCIAL, PLACED, PlacementEnded(on=moved), after, PlacementEnded(on=home))
        assert [(bar.code, bar.start, bar.end) for bar in view.bars] == [
            ("foster-family", PLACED.on, moved),
            ("own-room", moved, home),
        ]

    def test_responsibility_and_milepaelen_last_until_somebody_else_takes_over(self) -> None:
        view = seen_by(
            Party.EMPLOYMENT,
            responsible(Matter.INCOME_AND_WORK, Party.EMPLOYMENT),
            sent(HANDOVER, date(2026, 1, 5)),
            HandoverTakenOver(on=date(2026, 1, 8), handover_id=HANDOVER),
            MilepaelenStarted(on=date(2026, 1, 12)),
        )
        assert [(bar.lane, bar.kind, bar.start, bar.end) for bar in view.bars] == [
            (Party.EMPLOYMENT, BarKind.RESPONSIBILITY, date(2024, 8, 1), date(2026, 1, 8)),
            (Party.MILEPAELEN, BarKind.RESPONSIBILITY, date(2026, 1, 8), None),
            (Party.MILEPAELEN, BarKind.MILEPAELEN, date(2026, 1, 12), None),
        ]
        assert [(one.on, one.state) for one in view.diamonds] == [(date(2026, 1, 8), "taken")]

    def test_a_diamond_is_a_handover_or_the_deadline_that_asks_for_one(self) -> None:
        referred = ReferredToMilepaelen(on=date(2026, 1, 5), by=Party.EMPLOYMENT, purpose=SECRET)
        (asked,) = seen_by(Party.EMPLOYMENT, referred).diamonds
        assert asked == Diamond(
            from_lane=Party.EMPLOYMENT,
            to_lane=Party.MILEPAELEN,
            on=date(2026, 1, 12),
            matter=Matter.INCOME_AND_WORK,
            state="overdue",
            handover_id=None,
            rule_id="MIL-01",
        )
        handed = sent(HANDOVER, date(2026, 1, 16))
        (passed,) = seen_by(Party.EMPLOYMENT, referred, handed).diamonds
        assert (passed.handover_id, passed.state, passed.on) == (HANDOVER, "open", date(2026, 1, 16))

    def test_a_returned_handover_is_no_diamond(self) -> None:
        back = HandoverReturned(on=date(2026, 1, 7), handover_id=HANDOVER, reason=ReturnReason.OTHER, words=SECRET)
        assert seen_by(Party.UU, sent(HANDOVER, date(2026, 1, 5)), back).diamonds == ()

    def test_a_handover_that_another_replaced_is_no_diamond(self) -> None:
        other = UUID(int=98)
        replaced = HandoverReplaced(on=date(2026, 1, 7), handover_id=HANDOVER, replaced_by=other)
        (left,) = seen_by(Party.UU, sent(HANDOVER, date(2026, 1, 5)), replaced, sent(other, date(2026, 1, 7))).diamonds
        assert left.handover_id == other
