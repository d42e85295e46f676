from datetime import date
from uuid import UUID

from domain.codes import ContactWay, DataClass, Matter, Party, PlacementForm, Programme, ReturnReason
from domain.events import (
    ActivityOffered,
    BirthDateCorrected,
    Checked,
    ContactMade,
    ContactPersonNamed,
    ContactTried,
    EducationStarted,
    Event,
    HandoverReturned,
    HandoverSeen,
    HandoverTakenOver,
    MilepaelenStarted,
    PlacementEnded,
    PlacementStarted,
    PlanStepAgreed,
    ReferredToMilepaelen,
    ToldOfBreakOff,
    YouthSupportDecided,
)
from domain.rules import Kind
from domain.text import FreeText
from projections.parts import parts
from projections.rows import NO_RULES, NextMove, Row, RowKind, RowState, rows_of
from projections.young import born_by
from tests.projections.world import (
    journey_after,
    life_after,
    responsible,
    sent,
    shipped,
    started,
    written,
)

HANDOVER = UUID(int=99)
BROKE_OFF = ToldOfBreakOff(on=date(2026, 1, 5), programme=Programme.FGU)  # a Monday
REFERRED = ReferredToMilepaelen(on=date(2026, 1, 5), by=Party.EMPLOYMENT, purpose=FreeText("ord"))


def rows_after(*events: Event, known: date | None = None) -> dict[str, Row]:
    """The rows after these events, by rule, or "handover"."""
    entries = written(started(), *events, known=known)
    rows = rows_of(life_after(entries), journey_after(entries), shipped())
    return {row.rule_id if row.kind is RowKind.OBLIGATION else "handover": row for row in rows}  # type: ignore[misc]


def test_nobody_has_rows_before_the_journey_begins_or_without_rules() -> None:
    entries = written(BROKE_OFF)
    assert rows_of(life_after(entries), journey_after(entries), shipped()) == ()
    entries = written(started(), BROKE_OFF)
    assert rows_of(life_after(entries), journey_after(entries), NO_RULES) == ()


def test_a_break_off_asks_uu_for_contact_and_then_for_an_activity() -> None:
    rows = rows_after(BROKE_OFF)
    assert set(rows) == {"KUI-02", "KUI-03"}
    contact = rows["KUI-02"]
    assert (contact.next_move, contact.holder, contact.giver) == (
        NextMove.MAKE_CONTACT,
        Party.UU,
        Party.EDUCATION,
    )
    assert (contact.due_on, contact.state, contact.handover_id) == (date(2026, 1, 12), RowState.NONE, None)
    assert (contact.rule_version, contact.rule_kind, contact.data_class) == (
        1,
        Kind.HARD,
        DataClass.EDUCATION,
    )
    assert rows["KUI-03"].next_move is NextMove.OFFER_ACTIVITY


def test_a_try_does_not_take_the_row_away_but_contact_does() -> None:
    tried = ContactTried(on=date(2026, 1, 6), way=ContactWay.PHONE)
    made = ContactMade(on=date(2026, 1, 7), way=ContactWay.PHONE)
    assert "KUI-02" in rows_after(BROKE_OFF, tried)
    assert set(rows_after(BROKE_OFF, tried, made)) == {"KUI-03"}
    started_again = EducationStarted(on=date(2026, 1, 8), programme=Programme.FGU)
    assert rows_after(BROKE_OFF, tried, made, started_again) == {}


def test_a_row_says_between_which_days_it_stands() -> None:
    row = rows_after(BROKE_OFF)["KUI-02"]
    assert (row.stands_from, row.stands_until) == (date(2026, 1, 5), date(2026, 4, 3))
    assert not row.stands_on(date(2026, 1, 4))
    assert row.stands_on(date(2026, 4, 2))
    assert not row.stands_on(date(2026, 4, 3)), "the day of turning 18 no longer counts"


def test_the_last_day_is_in_time_and_the_next_is_overdue() -> None:
    row = rows_after(BROKE_OFF)["KUI-02"]
    assert not row.is_overdue(row.due_on)
    assert row.is_overdue(date(2026, 1, 13))


def test_a_row_that_would_end_before_it_is_known_is_no_row() -> None:
    assert rows_after(BROKE_OFF, known=date(2026, 4, 3)) == {}


def test_late_news_moves_the_clock_and_is_nobodys_fault() -> None:
    rows = rows_after(BROKE_OFF, known=date(2026, 3, 2))
    assert rows["KUI-02"].due_on == date(2026, 3, 9)
    assert not rows["KUI-02"].could_not_be_known
    assert rows["KUI-03"].could_not_be_known, "30 days after the break-off had gone when it was told"


def test_a_referral_waits_for_the_giver_until_the_handover_is_sent() -> None:
    row = rows_after(REFERRED)["MIL-01"]
    assert (row.next_move, row.holder, row.receiver) == (
        NextMove.SEND_HANDOVER,
        Party.EMPLOYMENT,
        Party.MILEPAELEN,
    )


def test_then_it_waits_for_the_receiver_to_answer_and_to_take_over() -> None:
    handed = sent(HANDOVER, date(2026, 1, 6))
    seen = HandoverSeen(on=date(2026, 1, 7), handover_id=HANDOVER)
    for events, state, move in [
        ((handed,), RowState.SENT, NextMove.ANSWER_HANDOVER),
        ((handed, seen), RowState.SEEN, NextMove.TAKE_OVER),
    ]:
        rows = rows_after(responsible(Matter.INCOME_AND_WORK, Party.EMPLOYMENT), REFERRED, *events)
        assert set(rows) == {"MIL-01", "handover"}
        for row in rows.values():
            assert (row.state, row.next_move, row.holder) == (state, move, Party.MILEPAELEN)
            assert row.responsible is Party.EMPLOYMENT, "until somebody takes over, the giver answers for it"
            assert row.handover_id == HANDOVER


def test_a_handover_that_is_taken_over_leaves_no_row_and_a_returned_one_must_be_sent_again() -> None:
    handed = sent(HANDOVER, date(2026, 1, 6))
    taken = HandoverTakenOver(on=date(2026, 1, 8), handover_id=HANDOVER)
    returned = HandoverReturned(
        on=date(2026, 1, 8), handover_id=HANDOVER, reason=ReturnReason.OTHER, words=FreeText("ord")
    )
    assert rows_after(REFERRED, handed, taken) == {}
    rows = rows_after(REFERRED, handed, returned)
    assert set(rows) == {"MIL-01"}
    assert (rows["MIL-01"].next_move, rows["MIL-01"].state) == (NextMove.SEND_HANDOVER, RowState.NONE)


def test_a_handover_row_has_its_own_deadline_and_no_rule_version() -> None:
    row = rows_after(sent(HANDOVER, date(2026, 1, 6), answer_by=date(2026, 1, 20)))["handover"]
    assert (row.row_key, row.due_on) == (f"handover:{HANDOVER}", date(2026, 1, 20))
    assert (row.rule_id, row.rule_version, row.rule_kind) == (None, None, None)
    assert (row.data_class, row.stands_until) == (DataClass.HANDOVER, date.max)


def test_sending_papers_does_not_take_the_decision_out_of_child_socials_hands() -> None:
    placed = PlacementStarted(on=date(2024, 9, 1), form=PlacementForm.FOSTER_FAMILY)
    handed = sent(
        HANDOVER,
        date(2025, 9, 1),
        matter=Matter.CHILD_SUPPORT,
        giver=Party.CHILD_SOCIAL,
        receiver=Party.ADULT_SOCIAL,
        rule="OVG-05",
    )
    row = rows_after(placed, handed)["OVG-05"]
    assert (row.state, row.handover_id) == (RowState.SENT, HANDOVER)
    assert (row.holder, row.next_move) == (Party.CHILD_SOCIAL, NextMove.DECIDE_YOUTH_SUPPORT)
    decided = YouthSupportDecided(on=date(2025, 9, 15), granted=False)
    assert set(rows_after(placed, handed, decided)) == {"handover"}, "a no is a decision too"


def test_a_corrected_birth_date_moves_the_deadline() -> None:
    placed = PlacementStarted(on=date(2024, 9, 1), form=PlacementForm.FOSTER_FAMILY)
    before = rows_after(placed)["OVG-05"]
    corrected = BirthDateCorrected(on=date(2025, 1, 1), born_on=date(2008, 8, 31))
    after = rows_after(placed, corrected)["OVG-05"]
    assert (before.due_on, after.due_on) == (date(2025, 10, 3), date(2026, 2, 28))
    assert (before.row_key, after.born_on) == (after.row_key, date(2008, 8, 31))


def test_a_row_names_the_rules_it_was_made_under() -> None:
    assert rows_after(BROKE_OFF)["KUI-02"].rules_hash == shipped().sha256


def test_only_events_that_the_rules_name_can_change_rows() -> None:
    types = set(parts(shipped()))
    triggers = {ToldOfBreakOff, PlacementStarted, ReferredToMilepaelen}
    clearing = {ContactMade, ActivityOffered, EducationStarted, YouthSupportDecided, MilepaelenStarted}
    assert triggers | clearing | {PlacementEnded, HandoverSeen, BirthDateCorrected, Checked} <= types
    assert not types & {PlanStepAgreed, ContactPersonNamed}
    assert ContactTried not in parts(NO_RULES), "only where contact clears something"
    assert ToldOfBreakOff not in parts(NO_RULES)


def test_an_event_works_out_again_the_rules_that_name_it_and_no_others() -> None:
    found = parts(shipped())
    # KUI-02 is cleared by contact; one reading of KUI-03 starts with it.
    assert found[ContactMade].ids == {"KUI-02", "KUI-03"}
    told_of_tries = {rule.id for rule in shipped().rules if "contact-made" in rule.cleared_by}
    assert found[ContactTried].ids == told_of_tries, "a try stops no clock, but the row tells of it"
    assert found[YouthSupportDecided].ids == {"OVG-05"}
    assert found[BirthDateCorrected].ids is None, "all of them"


def test_of_two_open_handovers_for_the_same_the_last_one_counts() -> None:
    first, last = sent(UUID(int=1), date(2026, 1, 6)), sent(UUID(int=2), date(2026, 1, 7))
    assert rows_after(REFERRED, first, last)["MIL-01"].handover_id == UUID(int=2)


def test_born_on_a_leap_day_counts_as_18_on_the_28th() -> None:
    assert born_by(18, date(2026, 2, 28)) == date(2008, 2, 29)
    assert born_by(18, date(2026, 2, 27)) == date(2008, 2, 27)
    assert born_by(20, date(2028, 2, 28)) == date(2008, 2, 28)
    assert born_by(20, date(2028, 2, 29)) == date(2008, 2, 29)
