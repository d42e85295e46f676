import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from demo import Told, Youth, youths
from demo.life import DAYS
from demo.names import _NAMES
from demo.planted import PLANTED, Kind
from domain.catalogue import BY_TYPE
from domain.choices import CloseReason
from domain.codes import Programme, StreamKind
from domain.days import age_on
from domain.events import (
    ApplicationAnswered,
    ApplicationSent,
    AttendanceMarked,
    BenefitApplied,
    BenefitStarted,
    ChildAssessmentFinished,
    ChildAssessmentOpened,
    ConcernAssessed,
    ConcernReceived,
    EducationStarted,
    GradeReached,
    HandoverPlanned,
    JourneyClosed,
    JourneyReopened,
    LeftSchool,
    MilepaelenEnded,
    MilepaelenStarted,
    PlacementEnded,
    PlacementStarted,
    ReferredToMilepaelen,
    TransitionPreparationBegun,
    TransitionPreparationFinished,
    YouthPlanMade,
    YouthPlanRevised,
)
from domain.journey import HandoverState
from intake.cells import _LIKE_CPR
from people.cpr import Cpr, CprFault, CprKind
from projections.milepaelen import stays_of
from projections.responsibility import spans_of
from projections.rows import NO_RULES
from projections.young import Young, young_of
from tests.demo.lives import MUNICIPALITIES, UNTIL, everybody, said

SEEDS = [1, 2, 7, 2026]


def test_nobody_has_a_number_that_anybody_could_have() -> None:
    people = list(youths(600, 7, UNTIL))
    assert len({youth.cpr for youth in people}) == 600
    for youth in people:
        assert youth.cpr.is_fictional
        assert youth.cpr.birth_date == youth.born_on
        with pytest.raises(CprFault):
            Cpr.parse(youth.cpr.digits, demo=False)


def test_two_born_on_one_day_never_share_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("demo.lives.SERIALS", 8)  # so few that many would
    assert len({youth.cpr for youth in youths(600, 7, UNTIL)}) == 600


def test_surnames_are_nobodys() -> None:
    common = {"Nielsen", "Jensen", "Hansen", "Andersen", "Pedersen", "Christensen", "Larsen", "Sørensen", "Rasmussen"}
    made_up = {*_NAMES["surnames"], *_NAMES["long_surnames"]}
    assert {youth.last_name for youth in youths(600, 7, UNTIL)} <= made_up
    assert not made_up & common


def test_some_newcomers_have_a_replacement_number_and_a_birth_date_beside_it() -> None:
    replacements = [youth for youth in youths(600, 7, UNTIL) if youth.cpr.kind is CprKind.REPLACEMENT]
    assert replacements
    assert all(youth.says_birth_date for youth in replacements)


def test_asking_for_more_people_changes_nobody() -> None:
    assert list(youths(300, 7, UNTIL))[:100] == list(youths(100, 7, UNTIL))
    assert list(youths(100, 7, UNTIL)) != list(youths(100, 8, UNTIL))


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_is_13_to_29_when_they_are_first_followed_and_all_ages_are_there_today(seed: int) -> None:
    people = list(youths(600, seed, UNTIL))
    for youth in people:
        assert 13 <= age_on(youth.born_on, youth.since) < 30
        assert youth.since <= UNTIL
    ages = Counter(age_on(youth.born_on, UNTIL) for youth in people)
    assert set(range(13, 30)) <= set(ages)
    assert min(ages) == 13
    assert sum(count for age, count in ages.items() if age >= 30) < 10


def test_nothing_happens_before_birth_or_after_the_last_day_or_is_known_before_it_happens() -> None:
    for youth in youths(600, 7, UNTIL):
        for one in youth.told:
            assert youth.born_on < one.event.on <= one.known_on <= one.delivered_on <= UNTIL


@pytest.mark.parametrize(("seed", "until"), MUNICIPALITIES)
def test_somebody_answers_for_every_matter_where_it_was_not_planted_otherwise(seed: int, until: date) -> None:
    for one in everybody(300, seed, until):
        held = spans_of(one.life, one.youth.born_on, until)
        assert not any(each.gaps for each in held), one.youth.number
        assert any(each.overlaps for each in held) == (Kind.RESPONSIBILITY_OVERLAPS in one.kinds), one.youth.number


@pytest.mark.parametrize(("seed", "until"), MUNICIPALITIES)
def test_handovers_wait_too_long_only_where_it_was_planted(seed: int, until: date) -> None:
    for one in everybody(300, seed, until):
        late = [each for each in one.journey.handovers.values() if each.state.is_open and each.sent.answer_by < until]
        assert bool(late) == (Kind.HANDOVER_NEVER_ANSWERED in one.kinds), one.youth.number


def test_handovers_are_there_in_every_state() -> None:
    journeys = [one.journey for one in everybody(600, 7, UNTIL)]
    found = Counter(each.state for journey in journeys for each in journey.handovers.values())
    assert set(found) == set(HandoverState)
    assert found[HandoverState.TAKEN_OVER] > 200
    assert sum(len(journey.planned) for journey in journeys) > 2


@pytest.mark.parametrize(("seed", "until"), MUNICIPALITIES)
def test_signs_at_milepaelen_are_there_only_where_they_were_planted(seed: int, until: date) -> None:
    there = 0
    for one in everybody(300, seed, until):
        for stay in stays_of(one.life, one.journey, NO_RULES):
            there += stay.is_there
            assert stay.is_sign == (Kind.THREE_ABSENCES in one.kinds), one.youth.number
            assert stay.must_be_measured(until) == (Kind.NO_PROGRESSION in one.kinds), one.youth.number
    assert 6 <= there <= 30


@pytest.mark.parametrize(("seed", "until"), MUNICIPALITIES)
def test_of_those_under_25_of_whom_it_is_not_known_what_they_do_only_the_planted_have_gone_quiet(
    seed: int, until: date
) -> None:
    for one in everybody(300, seed, until):
        is_quiet = any(_is_quiet(row, until) for row in young_of(one.life, one.journey, NO_RULES))
        assert is_quiet == (Kind.GONE_QUIET in one.kinds), one.youth.number


def _is_quiet(row: Young, until: date) -> bool:
    days = [day for name in Young.__dataclass_fields__ if name.startswith("heard_") and (day := getattr(row, name))]
    is_young = age_on(row.born_on, until) < 25
    return is_young and row.status == "unknown" and (until - max(days, default=date.min)).days > 60


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("count", [300, 600])
def test_each_failure_is_planted_a_known_number_of_times(seed: int, count: int) -> None:
    planted = Counter(one.kind for youth in youths(count, seed, UNTIL) for one in youth.planted)
    assert planted == {kind: share * count // 100 for kind, (_, share) in PLANTED.items()}
    assert set(planted) == set(Kind)


def test_the_planted_ones_lie_scattered() -> None:
    numbers = [youth.number for youth in youths(100, 7, UNTIL) if youth.planted]
    assert len(numbers) == sum(share for _, share in PLANTED.values())
    assert max(b - a for a, b in pairwise(numbers)) < 12


@pytest.mark.parametrize("seed", SEEDS)
def test_a_life_has_about_36_entries_and_more_where_attendance_is_marked(seed: int) -> None:
    people = list(youths(600, seed, UNTIL))
    entries = {youth.number: len(list(said(youth))) for youth in people}
    at_milepaelen = {
        youth.number for youth in people if any(isinstance(one.event, AttendanceMarked) for one in youth.told)
    }
    assert 33 <= sum(entries.values()) / 600 <= 39
    others = [count for number, count in entries.items() if number not in at_milepaelen]
    assert sum(entries[number] for number in at_milepaelen) / len(at_milepaelen) > 3 * sum(others) / len(others)


def test_almost_everything_that_can_happen_happens_to_somebody() -> None:
    told = {type(event) for youth in youths(600, 7, UNTIL) for event, _, _ in said(youth)}
    possible = {kind for kind, declared in BY_TYPE.items() if declared.stream is StreamKind.JOURNEY}
    assert {kind.__name__ for kind in possible - told} == {
        # Told by the register, or only where something was recorded wrongly.
        "AddressProtectionLifted",
        "AddressProtectionSet",
        "BirthDateCorrected",
        "FactWithdrawn",
        "JoinedIntoOtherFile",
        "OtherFileJoined",
        "OtherFileParted",
        "PartedFromOtherFile",
        # About a row of the lists, which is not there before the lists are.
        "Checked",
        "ClockPaused",
        "ClockResumed",
    }


PAIRS = [
    (ConcernReceived, ConcernAssessed),
    (ChildAssessmentOpened, ChildAssessmentFinished),
    (PlacementStarted, PlacementEnded),
    (YouthPlanMade, YouthPlanRevised),
    (TransitionPreparationBegun, TransitionPreparationFinished),
    (ApplicationSent, ApplicationAnswered),
    (BenefitApplied, BenefitStarted),
    (ReferredToMilepaelen, MilepaelenStarted),
    (MilepaelenStarted, AttendanceMarked),
    (AttendanceMarked, MilepaelenEnded),
]


@pytest.mark.parametrize(("first", "then"), PAIRS)
def test_lives_hang_together(first: type, then: type) -> None:
    seen = 0
    for youth in youths(600, 7, UNTIL):
        firsts, thens = (sorted(one.on for one in _events(youth, kind)) for kind in (first, then))
        if firsts and thens:
            seen += 1
            assert firsts[0] <= thens[-1]
            assert firsts[0] <= thens[0] or first is ApplicationSent  # the sending may be too long ago to be told
    assert seen > 5


def _events(youth: Youth, kind: type) -> Iterator[Any]:
    return (one.event for one in youth.told if isinstance(one.event, kind))


def test_nobody_is_in_the_7th_grade_after_the_last_school_day() -> None:
    for youth in youths(600, 7, UNTIL):
        left = [event.on for event in _events(youth, LeftSchool)]
        assert all(event.on < left[0] for event in _events(youth, GradeReached) if left)


def test_older_years_are_thinner() -> None:
    per_year: Counter[int] = Counter()
    alive: Counter[int] = Counter()
    for youth in youths(600, 7, UNTIL):
        for years_ago in range(12):
            alive[years_ago] += (UNTIL - youth.since).days / 365 > years_ago
        for one in youth.told:
            if not isinstance(one.event, AttendanceMarked):
                per_year[(UNTIL - one.event.on).days // 365] += 1
    assert per_year[8] / alive[8] < per_year[1] / alive[1] * 0.67


def test_some_are_closed_and_some_of_those_are_followed_again() -> None:
    people = list(youths(600, 7, UNTIL))
    reasons = {event.reason for youth in people for event in _events(youth, JourneyClosed)}
    assert reasons == {CloseReason.NO_LONGER_NEEDED, CloseReason.MOVED_AWAY}
    assert any(True for youth in people for _ in _events(youth, JourneyReopened))
    assert 100 < sum(one.life.closed_on is not None for one in everybody(600, 7, UNTIL)) < 250


def test_news_comes_late_too_and_sources_put_things_right() -> None:
    people = list(youths(600, 7, UNTIL))
    told = [one for youth in people for one in youth.told]
    assert sum((one.known_on - one.event.on).days > 14 for one in told) > 5
    assert sum((one.delivered_on - one.known_on).days > 14 and one.known_on > _first_day() for one in told) > 20
    assert sum(one.first_told is not None for one in told) > 10
    assert any(youth.renamed_on for youth in people)
    assert any(youth.first_born_on for youth in youths(2_000, 7, UNTIL))
    assert any(youth.protected for youth in people)


def _first_day() -> date:
    return date.fromordinal(UNTIL.toordinal() - DAYS)


def test_the_words_are_danish_and_tell_no_name_and_no_number() -> None:
    names = {name for kind in _NAMES.values() for name in kind}
    for text in _texts():
        assert not _LIKE_CPR.search(text)
        assert not names & set(re.findall(r"\w+", text))
        assert not re.search(r"kvitter|efterværn|jobcenter|overdragelse|deadline", text, re.IGNORECASE)


def _texts() -> Iterator[str]:
    for youth in youths(300, 7, UNTIL):
        for one in youth.told:
            for name in one.event.__dataclass_fields__:
                value = getattr(one.event, name)
                if type(value) is str and " " in value:
                    yield value


def test_an_education_that_was_broken_off_had_begun() -> None:
    begun = broken = 0
    for youth in youths(600, 7, UNTIL):
        for one in youth.told:
            if type(one.event).__name__ == "ToldOfBreakOff" and one.event.programme is not Programme.LOWER_SECONDARY:
                broken += 1
                begun += any(event.on < one.event.on for event in _events(youth, EducationStarted))
    assert broken > 40
    assert begun == broken


def test_everything_told_has_a_name_of_its_own() -> None:
    ids = [one.id for youth in youths(300, 7, UNTIL) for one in youth.told]
    assert len(ids) == len(set(ids))
    assert isinstance(next(youths(1, 7, UNTIL)).told[0], Told)


def test_a_handover_may_be_agreed_and_not_sent() -> None:
    planned = [event for youth in youths(600, 7, UNTIL) for event in _events(youth, HandoverPlanned)]
    assert all(event.send_by > UNTIL for event in planned)
