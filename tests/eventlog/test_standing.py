"""A correction stays in the class of what it corrects: otherwise the old fact would stand for those who may see it."""

from datetime import date

import pytest

from domain.codes import Activity, ContactWay, KeyGroup, Party
from domain.events import ActivityOffered, ContactMade, Event, ReferredToMilepaelen
from domain.text import FreeText
from eventlog import EventLog, Outcome, OutcomeKind, Source, Step, journey
from tests.eventlog.test_log import START, UU, record
from tests.examples import ANE, NOON

CONTACT = ContactMade(on=date(2026, 11, 18), way=ContactWay.PHONE)
OFFERED = ActivityOffered(on=date(2026, 11, 18), activity=Activity.JOB)
REFERRED = ReferredToMilepaelen(on=date(2026, 11, 18), by=Party.UU, purpose=FreeText("Struktur"))


def deliver(log: EventLog, *events: Event) -> list[Outcome]:
    steps = [Step(stream=journey(ANE), decide=lambda _, e=event: [e], source=Source("uu", "H-1")) for event in events]
    return log.record_many(steps, by=UU, known_at=NOON)


@pytest.mark.parametrize("at_once", [True, False])
def test_another_class_is_refused_and_what_stood_stands(log: EventLog, at_once: bool) -> None:
    record(log, ANE, START)
    outcomes = deliver(log, CONTACT, REFERRED) if at_once else [*deliver(log, CONTACT), *deliver(log, REFERRED)]
    assert [one.kind for one in outcomes] == [OutcomeKind.APPENDED, OutcomeKind.REFUSED]
    assert outcomes[1].reason == "delivered-as-another-class"
    seen = log.history(ANE, [KeyGroup.OPEN, KeyGroup.EDUCATION])
    assert seen.entries[-1].event == CONTACT
    assert seen.closed == []


def test_another_kind_of_thing_in_the_same_class_is_a_correction(log: EventLog) -> None:
    record(log, ANE, START)
    deliver(log, CONTACT)
    assert [one.kind for one in deliver(log, OFFERED, CONTACT)] == [OutcomeKind.CORRECTED, OutcomeKind.CORRECTED]
