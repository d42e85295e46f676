"""What is remembered of a stream never decides alone: what others wrote since is always folded on top."""

from datetime import date
from functools import partial
from uuid import UUID, uuid4

import pytest

from database import Database
from domain.codes import ContactWay, Matter, Party, StartReason
from domain.decisions import agree_step, finish_step, record_fact, say_goal, send_handover, start_journey, take_over
from domain.events import ContactTried, PlanStepAgreed
from domain.journey import Journey
from domain.refused import Refused
from domain.text import FreeText
from eventlog import Actor, ActorKind, EventLog, OutcomeKind, Secrets, Source, Step, journey
from eventlog import remembered as room
from tests.examples import ANE, BO, HANDOVER, NOON, STEP, TODAY

UU = Actor(kind=ActorKind.STAFF, id="uu-1", unit="uu", role=Party.UU)
START = partial(
    start_journey, born_on=date(2009, 3, 14), on=date(2024, 9, 2), reason=StartReason.EDUCATION_NEED, basis="§ 1"
)


@pytest.fixture
def here(db: Database) -> EventLog:
    log = EventLog(db, Secrets.for_tests())
    for person in (ANE, BO):
        record(log, START, person)
    return log


@pytest.fixture
def elsewhere(db: Database) -> EventLog:
    """Another process on the same log."""
    return EventLog(db, Secrets.for_tests())


def record(log: EventLog, decide: object, person: UUID = ANE) -> object:
    return log.record(journey(person), decide, by=UU, known_at=NOON, command_id=uuid4())


def seen_by(log: EventLog, person: UUID = ANE) -> Journey:
    """The state that a decision is given."""
    looked: list[Journey] = []

    def look(state: Journey) -> list:
        looked.append(state)
        return []

    record(log, look, person)
    return looked[-1]


def test_what_others_wrote_is_seen(here: EventLog, elsewhere: EventLog) -> None:
    record(here, partial(say_goal, words=FreeText("først"), on=TODAY))
    record(elsewhere, partial(say_goal, words=FreeText("siden"), on=TODAY))
    assert seen_by(here).goal.words == "siden"
    assert seen_by(here, BO).goal is None


def _step(words: str) -> Step:
    event = PlanStepAgreed(
        on=TODAY,
        step_id=STEP,
        what=FreeText(words),
        responsible=Party.UU,
        matter=Matter.GUIDANCE,
        due_on=TODAY,
    )
    decide = partial(record_fact, event=event, today=TODAY)
    return Step(stream=journey(ANE), decide=decide, source=Source("uu", "S-1"))


def test_a_correction_that_others_wrote_is_seen(here: EventLog, elsewhere: EventLog) -> None:
    here.record_many([_step("galt")], by=UU, known_at=NOON)
    assert seen_by(here).steps[STEP].agreed.what == "galt"
    (outcome,) = elsewhere.record_many([_step("rigtigt")], by=UU, known_at=NOON)
    assert outcome.kind is OutcomeKind.CORRECTED
    assert seen_by(here).steps[STEP].agreed.what == "rigtigt"


def test_a_correction_of_what_was_folded_before_is_made_here_too(here: EventLog) -> None:
    here.record_many([_step("galt")], by=UU, known_at=NOON)
    record(here, partial(finish_step, step_id=STEP, on=TODAY))
    outcomes = here.record_many([_step("rigtigt"), _step("bedre")], by=UU, known_at=NOON)
    assert [one.kind for one in outcomes] == ["corrected", "corrected"]
    state = seen_by(here)
    assert (state.steps[STEP].agreed.what, state.steps[STEP].done_on) == ("bedre", TODAY)


def test_a_refused_decision_leaves_nothing_behind(here: EventLog) -> None:
    asked = {
        "handover_id": HANDOVER,
        "matter": Matter.GUIDANCE,
        "giver": Party.UU,
        "receiver": Party.MILEPAELEN,
        "answer_by": TODAY,
        "note": FreeText("x"),
        "on": TODAY,
    }
    steps = [
        Step(stream=journey(ANE), decide=partial(send_handover, **asked)),
        Step(stream=journey(ANE), decide=partial(take_over, handover_id=HANDOVER, by=Party.UU, on=TODAY)),
    ]
    with pytest.raises(Refused, match="not-the-receiver"):
        here.record_together(steps, by=UU, known_at=NOON, command_id=uuid4())
    assert seen_by(here).handovers == {}


def test_forgetting_the_oldest_changes_nothing_but_speed(here: EventLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "KEPT", 1)
    for number in range(4):
        for person in (ANE, BO):
            words = FreeText(f"{number} {person}")
            record(here, partial(say_goal, words=words, on=TODAY), person)
            assert seen_by(here, person).goal.words == words


def test_versions_go_on_where_the_log_is_not_where_we_remember(here: EventLog, elsewhere: EventLog) -> None:
    tried = partial(record_fact, event=ContactTried(on=TODAY, way=ContactWay.PHONE), today=TODAY)
    for log in (here, elsewhere, elsewhere, here, elsewhere, here):
        record(log, tried)
    versions = [entry.version for entry in here.history(ANE).entries]
    assert versions == list(range(1, len(versions) + 1))
    agreed = partial(
        agree_step,
        step_id=STEP,
        what=FreeText("x"),
        responsible=Party.UU,
        matter=Matter.GUIDANCE,
        due_on=TODAY,
        on=TODAY,
    )
    record(elsewhere, agreed)
    record(here, partial(finish_step, step_id=STEP, on=TODAY))
    assert seen_by(elsewhere).steps[STEP].done_on == TODAY
