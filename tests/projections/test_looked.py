"""What was done about a duty without clearing it, as its row tells of it."""

from datetime import date
from uuid import UUID

from domain.codes import ContactWay, DataClass, Matter, Party, Programme, ReturnReason
from domain.events import (
    Checked,
    ContactMade,
    ContactTried,
    Event,
    HandoverReturned,
    HandoverSeen,
    ReferredToMilepaelen,
    ToldOfBreakOff,
)
from domain.text import FreeText
from projections.pairs import rows_of
from projections.rows import Row, RowKind
from tests.projections.world import entry, journey_after, life_after, sent, shipped, started, written

HANDOVER = UUID(int=99)
BROKE_OFF = ToldOfBreakOff(on=date(2026, 1, 5), programme=Programme.FGU)
REFERRED = ReferredToMilepaelen(on=date(2026, 1, 5), by=Party.EMPLOYMENT, purpose=FreeText("ord"))
FIRST = UUID(int=1002)
"""The entry after the beginning (tests.projections.world.entry)."""


def rows_after(*events: Event) -> dict[str, Row]:
    """The rows after these events, by the rule or the kind."""
    entries = written(started(), *events)
    rows = rows_of(life_after(entries), journey_after(entries), shipped())
    return {row.rule_id if row.kind is RowKind.OBLIGATION else row.kind: row for row in rows}  # type: ignore[misc]


def tried(day: int, way: ContactWay = ContactWay.PHONE) -> ContactTried:
    return ContactTried(on=date(2026, 1, day), way=way)


def looked(
    rule: str, trigger: UUID = FIRST, *, by: Party = Party.UU, on: int = 12, again: date = date(2026, 1, 19)
) -> Checked:
    return Checked(
        on=date(2026, 1, on), of_class=DataClass.EDUCATION, rule=rule, trigger=trigger, by=by, ask_again_on=again
    )


def test_tries_are_counted_and_the_last_is_told() -> None:
    row = rows_after(BROKE_OFF, tried(9, ContactWay.LETTER), tried(7))["KUI-02"]
    assert (row.tried_count, row.tried_on, row.tried_way) == (2, date(2026, 1, 9), ContactWay.LETTER)


def test_without_a_try_nothing_is_told() -> None:
    row = rows_after(BROKE_OFF)["KUI-02"]
    assert (row.tried_count, row.tried_on, row.tried_way) == (0, None, None)


def test_tries_from_before_it_broke_off_are_about_something_else() -> None:
    early = ContactTried(on=date(2026, 1, 4), way=ContactWay.PHONE)
    assert rows_after(BROKE_OFF, early, tried(5))["KUI-02"].tried_count == 1


def test_only_duties_that_contact_clears_tell_of_tries() -> None:
    rows = rows_after(BROKE_OFF, tried(7))
    assert rows["KUI-03"].tried_count == 0, "an activity is asked for there"
    assert rows_after(REFERRED, tried(7))["MIL-01"].tried_count == 0


def test_a_try_clears_nothing_and_moves_no_deadline() -> None:
    before, after = rows_after(BROKE_OFF)["KUI-02"], rows_after(BROKE_OFF, tried(7))["KUI-02"]
    assert (before.due_on, before.row_key) == (after.due_on, after.row_key)
    made = ContactMade(on=date(2026, 1, 8), way=ContactWay.PHONE)
    assert "KUI-02" not in rows_after(BROKE_OFF, tried(7), made)


def test_a_corrected_try_counts_once() -> None:
    entries = [*written(started(), BROKE_OFF, tried(7)), entry(4, tried(8), about=3)]
    [row] = [row for row in rows_of(life_after(entries), journey_after(entries), shipped()) if row.rule_id == "KUI-02"]
    assert (row.tried_count, row.tried_on) == (1, date(2026, 1, 8)), "corrected: it was the day after"


def test_a_look_rests_one_row_for_one_party_until_the_day() -> None:
    rows = rows_after(BROKE_OFF, looked("KUI-02"))
    row = rows["KUI-02"]
    assert row.rests_until(Party.UU, date(2026, 1, 18)) == date(2026, 1, 19)
    assert row.rests_until(Party.UU, date(2026, 1, 19)) is None, "that day it is asked about"
    assert row.rests_until(Party.EDUCATION, date(2026, 1, 18)) is None
    assert rows["KUI-03"].checked_by == ()
    assert row.due_on == rows_after(BROKE_OFF)["KUI-02"].due_on, "no clock stops"


def test_the_last_look_of_a_party_counts_and_each_has_its_own() -> None:
    rows = rows_after(
        BROKE_OFF,
        looked("KUI-02", on=12, again=date(2026, 1, 30)),
        looked("KUI-02", by=Party.EDUCATION, on=12, again=date(2026, 1, 20)),
        looked("KUI-02", on=13, again=date(2026, 1, 15)),
    )
    row = rows["KUI-02"]
    assert dict(zip(row.checked_by, row.ask_again_on, strict=True)) == {
        Party.UU: date(2026, 1, 15),
        Party.EDUCATION: date(2026, 1, 20),
    }


def test_a_look_at_another_trigger_of_the_same_rule_is_not_about_this_one() -> None:
    assert rows_after(BROKE_OFF, looked("KUI-02", UUID(int=1099)))["KUI-02"].checked_by == ()


def test_a_handover_is_looked_at_by_its_own_key() -> None:
    handed = sent(HANDOVER, date(2026, 1, 6), matter=Matter.GUIDANCE)
    seen = HandoverSeen(on=date(2026, 1, 14), handover_id=HANDOVER)
    rows = rows_after(handed, looked("handover", HANDOVER, by=Party.EMPLOYMENT), seen)
    assert rows[RowKind.HANDOVER].checked_by == (Party.EMPLOYMENT,), "that it was seen wakes nobody"


def test_papers_that_come_back_after_the_look_are_news_and_the_row_wakes() -> None:
    handed = sent(HANDOVER, date(2026, 1, 6))
    look = looked("MIL-01", by=Party.EMPLOYMENT)
    returned = HandoverReturned(
        on=date(2026, 1, 14), handover_id=HANDOVER, reason=ReturnReason.OTHER, words=FreeText("ord")
    )
    assert rows_after(REFERRED, handed, look)["MIL-01"].checked_by == (Party.EMPLOYMENT,)
    assert rows_after(REFERRED, handed, look, returned)["MIL-01"].checked_by == ()
    assert rows_after(REFERRED, look, handed)["MIL-01"].checked_by == (), "sent since"
    again = looked("MIL-01", by=Party.EMPLOYMENT, on=15)
    assert rows_after(REFERRED, handed, look, returned, again)["MIL-01"].checked_by == (Party.EMPLOYMENT,)


def test_papers_about_something_else_wake_nothing() -> None:
    other = sent(HANDOVER, date(2026, 1, 14), matter=Matter.GUIDANCE, receiver=Party.UU)
    look = looked("MIL-01", by=Party.EMPLOYMENT)
    assert rows_after(REFERRED, look, other)["MIL-01"].checked_by == (Party.EMPLOYMENT,)


def test_a_pair_rests_as_the_duty_in_it() -> None:
    rows = rows_after(REFERRED, sent(HANDOVER, date(2026, 1, 6)), looked("MIL-01", by=Party.MILEPAELEN))
    assert rows[RowKind.PAIR].rests_until(Party.MILEPAELEN, date(2026, 1, 12)) == date(2026, 1, 19)
    assert rows[RowKind.HANDOVER].checked_by == ()
