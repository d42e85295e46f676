from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.choices import CloseReason, WithdrawReason
from domain.codes import ContactWay, DataClass
from domain.events import (
    BirthDateCorrected,
    ContactMade,
    ContactTried,
    FactWithdrawn,
    JoinedIntoOtherFile,
    JourneyClosed,
    JourneyReopened,
    PartedFromOtherFile,
    ToldOfBreakOff,
)
from domain.facts import Life, civil_date, learn, life_of
from tests.examples import BO, STARTED, at, fact

TRIED = ContactTried(on=date(2026, 4, 2), way=ContactWay.PHONE)
LATER = ContactTried(on=date(2026, 4, 3), way=ContactWay.PHONE)
BY_LETTER = ContactTried(on=date(2026, 4, 1), way=ContactWay.LETTER)
WITHDRAWN = FactWithdrawn(on=date(2026, 5, 4), of_class=DataClass.EDUCATION, reason=WithdrawReason.DID_NOT_HAPPEN)
CLOSED = JourneyClosed(on=date(2026, 5, 4), reason=CloseReason.NO_LONGER_NEEDED)
REOPENED = JourneyReopened(on=date(2026, 6, 1), basis="KUI-loven § 1")
JOINED = JoinedIntoOtherFile(on=date(2026, 6, 2), into=BO)
PARTED = PartedFromOtherFile(on=date(2026, 6, 3), from_file=BO)


def test_a_correction_takes_the_place_of_what_it_is_about() -> None:
    life = life_of([fact(1, TRIED), fact(2, LATER), fact(3, BY_LETTER, known=date(2026, 5, 1), about=1)])
    assert [one.event for one in life.all()] == [BY_LETTER, LATER]


def test_the_clock_of_what_we_learned_stays_when_a_detail_is_corrected() -> None:
    life = life_of([fact(1, TRIED), fact(3, BY_LETTER, known=date(2026, 5, 1), about=1)])
    (one,) = life.all()
    assert (one.entry_id, one.known_on, one.position) == (UUID(int=1), date(2026, 4, 2), 1)
    assert one.corrected_at is not None
    assert civil_date(one.corrected_at) == date(2026, 5, 1)


def test_a_correction_can_be_corrected_by_pointing_at_either() -> None:
    for about in (1, 2):
        life = life_of([fact(1, TRIED), fact(2, LATER, about=1), fact(3, BY_LETTER, about=about)])
        assert [one.event for one in life.all()] == [BY_LETTER]


def test_a_correction_may_change_what_kind_of_thing_it_was() -> None:
    made = ContactMade(on=date(2026, 4, 2), way=ContactWay.PHONE)
    life = life_of([fact(1, TRIED), fact(2, made, about=1), fact(3, TRIED, about=2)])
    assert [one.event for one in life.all()] == [TRIED]
    assert life.of(ContactMade) == []


def test_a_correction_of_something_unknown_stands_for_itself() -> None:
    assert [one.event for one in life_of([fact(2, TRIED, about=9)]).all()] == [TRIED]


def test_the_date_of_birth_is_what_we_learned_last() -> None:
    first = fact(2, BirthDateCorrected(on=date(2026, 1, 2), born_on=date(2009, 1, 1)), known=date(2026, 1, 2))
    second = fact(3, BirthDateCorrected(on=date(2026, 1, 1), born_on=date(2009, 2, 2)), known=date(2026, 1, 3))
    assert life_of([fact(1, STARTED)]).born_on == STARTED.born_on
    assert life_of([fact(1, STARTED), first, second]).born_on == date(2009, 2, 2)
    assert Life().born_on is None
    late = replace(first, position=4)
    assert life_of([fact(1, STARTED), second, late]).born_on == date(2009, 2, 2), "it was known before"
    last = replace(late, known_at=second.known_at)
    assert life_of([fact(1, STARTED), second, last]).born_on == date(2009, 1, 1), "the log got it last"


def test_what_happened_and_was_known_at_the_same_time_is_told_as_it_arrived() -> None:
    first, second = replace(fact(1, TRIED), entry_id=UUID(int=9)), replace(fact(2, TRIED), entry_id=UUID(int=3))
    assert [one.position for one in life_of([second, first]).of(ContactTried)] == [1, 2]


def test_learning_changes_no_life_that_others_hold() -> None:
    before = life_of([fact(1, TRIED)])
    learn(before, fact(2, LATER))
    assert [one.event for one in before.all()] == [TRIED]


def test_an_instant_near_midnight_belongs_to_the_danish_date() -> None:
    assert civil_date(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert civil_date(datetime(2026, 12, 31, 22, 30, tzinfo=UTC)) == date(2026, 12, 31)


def test_facts_of_several_types_come_in_the_order_they_happened() -> None:
    told = ToldOfBreakOff(on=date(2026, 4, 3), programme="fgu")
    life = life_of([fact(3, LATER), fact(2, told), fact(1, TRIED)])
    assert [one.event.on.day for one in life.of(ContactTried, ToldOfBreakOff)] == [2, 3, 3]


def test_what_is_withdrawn_does_not_stand_but_is_remembered_with_when_and_why() -> None:
    life = life_of([fact(1, TRIED), fact(2, LATER), fact(3, WITHDRAWN, about=1)])
    assert [one.event for one in life.all()] == [LATER]
    assert life.of(FactWithdrawn) == []
    [(entry_id, gone)] = life.withdrawn.items()
    assert (entry_id, gone.fact.event, gone.reason) == (UUID(int=1), TRIED, WithdrawReason.DID_NOT_HAPPEN)
    assert gone.at == at(WITHDRAWN.on)
    assert life.fact(UUID(int=1)) is None
    assert life.fact(UUID(int=3)) is None


def test_withdrawn_twice_it_is_withdrawn_for_the_last_reason() -> None:
    again = replace(WITHDRAWN, reason=WithdrawReason.OTHER_PERSON)
    life = life_of([fact(1, TRIED), fact(2, WITHDRAWN, about=1), fact(3, again, about=2)])
    assert life.all() == []
    assert life.withdrawn[UUID(int=1)].reason is WithdrawReason.OTHER_PERSON
    assert life.withdrawn[UUID(int=1)].fact.event == TRIED


@pytest.mark.parametrize("about", [1, 2])
def test_a_correction_of_what_was_withdrawn_lets_it_count_again(about: int) -> None:
    life = life_of([fact(1, TRIED), fact(2, WITHDRAWN, about=1), fact(3, BY_LETTER, about=about)])
    [one] = life.all()
    assert (one.entry_id, one.event, one.known_on) == (UUID(int=1), BY_LETTER, TRIED.on)
    assert life.withdrawn == {}


def test_what_was_corrected_can_be_withdrawn_and_keeps_all_its_wordings() -> None:
    life = life_of([fact(1, TRIED), fact(2, LATER, about=1), fact(3, WITHDRAWN, about=2)])
    gone = life.withdrawn[UUID(int=1)].fact
    assert (gone.event, gone.earlier) == (LATER, (TRIED,))
    back = life_of([fact(1, TRIED), fact(2, LATER, about=1), fact(3, WITHDRAWN, about=2), fact(4, BY_LETTER, about=3)])
    assert back.all()[0].earlier == (TRIED, LATER)


def test_earlier_wordings_stay_oldest_first() -> None:
    life = life_of([fact(1, TRIED), fact(2, LATER, about=1), fact(3, BY_LETTER, about=1)])
    [one] = life.all()
    assert (one.event, one.earlier) == (BY_LETTER, (TRIED, LATER))
    assert life_of([fact(1, TRIED)]).all()[0].earlier == ()


def test_any_entry_of_a_chain_of_corrections_leads_to_the_fact_that_stands() -> None:
    life = life_of([fact(1, TRIED), fact(2, LATER, about=1), fact(3, BY_LETTER, about=2), fact(4, TRIED)])
    assert [life.fact(UUID(int=number)).event for number in (1, 2, 3, 4)] == [BY_LETTER, BY_LETTER, BY_LETTER, TRIED]
    assert life.fact(UUID(int=9)) is None


def test_withdrawing_changes_no_life_that_others_hold() -> None:
    before = life_of([fact(1, TRIED)])
    gone = learn(before, fact(2, WITHDRAWN, about=1))
    learn(gone, fact(3, TRIED, about=2))
    assert [one.event for one in before.all()] == [TRIED]
    assert list(gone.withdrawn) == [UUID(int=1)]


@pytest.mark.parametrize(
    ("events", "closed_on"),
    [
        ([], None),
        ([CLOSED], CLOSED.on),
        ([CLOSED, REOPENED], None),
        ([CLOSED, REOPENED, replace(CLOSED, on=date(2026, 7, 1))], date(2026, 7, 1)),
        ([JOINED], JOINED.on),
        ([JOINED, PARTED], None),
        ([JOINED, PARTED, CLOSED], CLOSED.on),
    ],
)
def test_a_journey_is_closed_while_nobody_follows_it_here(events: list, closed_on: date | None) -> None:
    facts = [fact(number, event) for number, event in enumerate([STARTED, *events], 1)]
    assert life_of(facts).closed_on == closed_on
    assert life_of(reversed(facts)).closed_on == closed_on, "in whatever order they are learned"


def test_what_the_log_got_last_decides_whether_a_journey_is_closed() -> None:
    same_day = replace(REOPENED, on=CLOSED.on)
    assert life_of([fact(1, STARTED), fact(2, CLOSED), fact(3, same_day)]).closed_on is None
    earlier = replace(REOPENED, on=date(2026, 5, 1))
    assert life_of([fact(1, STARTED), fact(2, CLOSED), fact(3, earlier)]).closed_on is None
