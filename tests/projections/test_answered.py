"""Which handovers no longer wait, with two people in the tables, and what became of them."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from database import Role
from domain.codes import DataClass, KeyGroup, Matter, Party, ReturnReason
from domain.events import HandoverReturned, HandoverSeen, HandoverTakenOver
from domain.journey import HandoverState
from domain.text import FreeText
from eventlog import Entry
from projections.answered import Answered, answered, ended, how_many
from projections.clear import position_before
from projections.rows import RowKind, RowState
from projections.worklist import Filter, Side, page
from tests.four import FOUR
from tests.projections.world import World, responsible, sent, started

FIRST, SECOND, THIRD = UUID(int=901), UUID(int=902), UUID(int=903)
ALL = Filter(classes=frozenset(DataClass))


@pytest.fixture
def two(world: World) -> World:
    """Ida is handed over twice, and both are answered; Emil's handover is seen and waits."""
    ida, emil = world.people[:2]
    world.load_rules()
    world.happens(ida, started(), responsible(Matter.GUIDANCE, Party.UU))
    world.happens(emil, started(), responsible(Matter.INCOME_AND_WORK, Party.EMPLOYMENT))
    guidance = {"matter": Matter.GUIDANCE, "giver": Party.UU}
    world.happens(ida, sent(FIRST, date(2026, 1, 5), receiver=Party.EMPLOYMENT, **guidance))  # type: ignore[arg-type]
    world.happens(ida, HandoverSeen(on=date(2026, 1, 6), handover_id=FIRST))
    why = {"reason": ReturnReason.OTHER, "words": FreeText("ord")}
    world.happens(ida, HandoverReturned(on=date(2026, 1, 7), handover_id=FIRST, **why))  # type: ignore[arg-type]
    world.happens(ida, sent(SECOND, date(2026, 1, 8), receiver=Party.MILEPAELEN, **guidance))  # type: ignore[arg-type]
    world.happens(ida, HandoverTakenOver(on=date(2026, 1, 20), handover_id=SECOND))
    world.happens(emil, sent(THIRD, date(2026, 1, 5)), HandoverSeen(on=date(2026, 1, 6), handover_id=THIRD))
    world.follow()
    return world


def found(world: World, wanted: Filter = ALL, since: int = 0, **more: int) -> list[UUID]:
    with world.db.connection(Role.APPLICATION) as conn:
        return [one.handover_id for one in ended(conn, wanted, since, **more)]


def became(world: World) -> list[Answered]:
    def entries_of(person: UUID) -> list[Entry]:
        return world.log.history(person, [KeyGroup.OPEN]).entries

    with world.db.connection(Role.APPLICATION) as conn:
        return answered(ended(conn, ALL, 0), entries_of)


def test_what_waits_no_longer_is_found_once_the_last_first(two: World) -> None:
    assert found(two) == [SECOND, FIRST]
    with two.db.connection(Role.APPLICATION) as conn:
        assert how_many(conn, ALL, 0) == 2
        [last, _] = ended(conn, ALL, 0)
    assert (last.person_id, last.matter, last.giver, last.receiver) == (
        two.people[0],
        Matter.GUIDANCE,
        Party.UU,
        Party.MILEPAELEN,
    )
    assert (last.sent_on, last.answer_by) == (date(2026, 1, 8), date(2026, 1, 15))


def test_the_journey_says_what_became_of_it(two: World) -> None:
    assert [(one.state, one.answered_on, one.was_late) for one in became(two)] == [
        (HandoverState.TAKEN_OVER, date(2026, 1, 20), True),
        (HandoverState.RETURNED, date(2026, 1, 7), False),
    ]


def test_by_party_giver_and_receiver(two: World) -> None:
    def asked(**wanted: object) -> list[UUID]:
        return found(two, Filter(classes=frozenset(DataClass), **wanted))  # type: ignore[arg-type]

    assert asked(party=Party.UU) == [SECOND, FIRST]
    assert asked(party=Party.UU, side=Side.RECEIVER) == []
    assert asked(party=Party.MILEPAELEN) == [SECOND]
    assert asked(party=Party.EMPLOYMENT, side=Side.RECEIVER) == [FIRST]
    assert asked(party=Party.SCHOOL) == []
    assert asked(receivers=frozenset({Party.EMPLOYMENT})) == [FIRST]
    assert asked(givers=frozenset({Party.EMPLOYMENT})) == []


def test_who_may_not_see_handovers_finds_none(two: World) -> None:
    assert found(two, Filter(classes=frozenset(DataClass) - {DataClass.HANDOVER})) == []


def test_only_what_ended_since_a_position(two: World) -> None:
    with two.db.connection(Role.APPLICATION) as conn:
        [last, first] = ended(conn, ALL, 0)
    assert found(two, since=first.position) == [SECOND]
    assert found(two, since=last.position) == []


def test_pages(two: World) -> None:
    assert found(two, limit=1) == [SECOND]
    assert found(two, limit=1, offset=1) == [FIRST]
    assert found(two, offset=2) == []


def test_rows_that_change_without_an_answer_have_not_ended(two: World) -> None:
    two.load_rules(FOUR.replace("working_days = 5", "working_days = 10"))
    two.follow()
    assert found(two) == [SECOND, FIRST]


def test_how_far_the_log_had_come_before_an_instant(two: World) -> None:
    with two.db.connection(Role.APPLICATION) as conn:
        rows = conn.execute("select notification_id, recorded_at from log_events order by notification_id").fetchall()
        for before, (position, recorded_at) in zip([0, *(position for position, _ in rows)], rows, strict=False):
            assert position_before(conn, recorded_at) <= before
            assert position_before(conn, recorded_at + timedelta(microseconds=1)) >= position
        assert position_before(conn, datetime(2020, 1, 1, tzinfo=UTC)) == 0


def test_a_list_may_ask_how_far_handovers_have_come(two: World) -> None:
    with two.db.connection(Role.APPLICATION) as conn:
        for state, people in ((RowState.SEEN, [two.people[1]]), (RowState.SENT, [])):
            wanted = Filter(classes=frozenset(DataClass), kind=RowKind.HANDOVER, states=frozenset({state}))
            assert [one.person_id for one in page(conn, wanted, date(2026, 1, 20))] == people
