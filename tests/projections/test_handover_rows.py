"""What handovers put on the worklist: what was planned, what waits, and whose move it is when somebody has no login."""

from datetime import date
from uuid import UUID

import pytest

from domain.choices import CloseReason, Confirmer, Outside, ReceiptWay
from domain.codes import DataClass, Matter, Party, Programme
from domain.events import (
    Checked,
    Event,
    HandoverPlanned,
    HandoverReceiptRecorded,
    HandoverSentOutside,
    HandoverWithdrawn,
    JourneyClosed,
    JourneyReopened,
    ToldOfBreakOff,
)
from domain.text import FreeText
from projections.rows import NO_RULES, NextMove, Row, RowKind, RowState, rows_of
from tests.projections.world import journey_after, life_after, responsible, sent, started, written

ID, DAY, SEND_BY = UUID(int=0x71), date(2026, 1, 5), date(2026, 2, 2)
BEGUN = (started(date(2008, 5, 1), date(2025, 8, 1)), responsible(Matter.GUIDANCE, Party.UU, date(2025, 8, 1)))
PLANNED = HandoverPlanned(
    on=DAY, handover_id=ID, matter=Matter.GUIDANCE, giver=Party.UU, receiver=Party.HEALTH, send_by=SEND_BY
)
SENT = sent(ID, DAY, matter=Matter.GUIDANCE, giver=Party.UU, receiver=Party.HEALTH)
OUTSIDE = HandoverSentOutside(on=DAY, handover_id=ID, to=Outside.PSYCHIATRY)
RECEIPT = HandoverReceiptRecorded(
    on=date(2026, 1, 7), handover_id=ID, confirmed_by=Confirmer.OFFICE, way=ReceiptWay.LETTER
)


def rows(*events: Event, known: date | None = None) -> list[Row]:
    entries = [*written(*BEGUN), *written(*events, known=known)]
    return [*rows_of(life_after(entries), journey_after(entries), NO_RULES)]


def test_what_is_planned_stands_with_its_giver_until_it_is_sent() -> None:
    [row] = rows(PLANNED)
    assert (row.row_key, row.kind, row.state) == (f"planned:{ID}", RowKind.PLANNED, RowState.NONE)
    assert (row.holder, row.next_move, row.due_on) == (Party.UU, NextMove.SEND_HANDOVER, SEND_BY)
    assert (row.responsible, row.receiver, row.data_class) == (Party.UU, Party.HEALTH, DataClass.HANDOVER)
    assert row.stands_on(DAY)
    assert not row.is_overdue(SEND_BY)
    assert row.is_overdue(date(2026, 2, 3))
    [row] = rows(PLANNED, SENT)
    assert (row.row_key, row.kind) == (f"handover:{ID}", RowKind.HANDOVER)


def test_what_is_planned_is_gone_when_it_is_withdrawn() -> None:
    assert rows(PLANNED, HandoverWithdrawn(on=DAY, handover_id=ID, words=FreeText("Nej"))) == []


def test_what_is_planned_rests_while_nobody_follows_the_young_person() -> None:
    closed = JourneyClosed(on=DAY, reason=CloseReason.MOVED_AWAY)
    assert rows(PLANNED, closed) == []
    [row] = rows(PLANNED, closed, JourneyReopened(on=DAY, basis="KUI-loven § 1"))
    assert row.kind is RowKind.PLANNED


def test_late_news_of_a_plan_stands_from_when_it_was_known() -> None:
    [row] = rows(PLANNED, known=date(2026, 1, 20))
    assert (row.known_on, row.stands_from) == (date(2026, 1, 20), date(2026, 1, 20))


def test_somebody_looks_at_a_plan_and_asks_again_later() -> None:
    look = Checked(
        on=DAY,
        of_class=DataClass.HANDOVER,
        rule="planned",
        trigger=ID,
        by=Party.UU,
        ask_again_on=date(2026, 1, 12),
    )
    [row] = rows(PLANNED, look)
    assert row.rests_until(Party.UU, DAY) == date(2026, 1, 12)
    assert row.rests_until(Party.HEALTH, DAY) is None


@pytest.mark.parametrize(
    ("events", "holder", "move", "state"),
    [
        ((SENT,), Party.HEALTH, NextMove.ANSWER_HANDOVER, RowState.SENT),
        ((SENT, OUTSIDE), Party.UU, NextMove.RECORD_RECEIPT, RowState.SENT),
        ((SENT, OUTSIDE, RECEIPT), Party.UU, NextMove.RECORD_ANSWER, RowState.SEEN),
    ],
)
def test_whose_move_it_is(events: tuple[Event, ...], holder: Party, move: NextMove, state: RowState) -> None:
    [row] = rows(*events)
    assert (row.holder, row.next_move, row.state) == (holder, move, state)
    assert (row.responsible, row.due_on) == (Party.UU, SENT.answer_by)


def test_another_life_puts_nothing_on_the_list() -> None:
    assert rows(ToldOfBreakOff(on=DAY, programme=Programme.FGU)) == []
