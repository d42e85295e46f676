from datetime import date
from uuid import UUID

from domain.codes import AgendaReason, DecisionKind, Party
from domain.decisions import call_meeting, put_on_agenda, take_decision
from domain.events import DecisionTaken, MeetingCalled, PersonPutOnAgenda
from tests.examples import ANE, BO, TODAY
from tests.given import given_meeting

HELD = date(2026, 11, 24)
CALLED = MeetingCalled(on=TODAY, held_on=HELD)
WHY = (AgendaReason.OVERDUE,)
ON_AGENDA = PersonPutOnAgenda(on=TODAY, person=ANE, reasons=WHY)
LINE = DecisionTaken(
    on=TODAY,
    person=ANE,
    entry_id=UUID(int=1),
    kind=DecisionKind.PLAN_STEP,
    responsible=Party.UU,
    due_on=HELD,
)
ASKED = {
    "person": ANE,
    "entry_id": UUID(int=1),
    "kind": LINE.kind,
    "responsible": Party.UU,
    "due_on": HELD,
    "on": TODAY,
}


def test_a_meeting_is_called_once() -> None:
    given_meeting().when(call_meeting, held_on=HELD, on=TODAY).then(CALLED)
    given_meeting(CALLED).when(call_meeting, held_on=HELD, on=TODAY).then_nothing()
    given_meeting(CALLED).when(call_meeting, held_on=TODAY, on=TODAY).then_refused("already-called")


def test_a_young_person_is_put_on_the_agenda_once() -> None:
    given_meeting(CALLED).when(put_on_agenda, person=ANE, reasons=WHY, on=TODAY).then(ON_AGENDA)
    given_meeting(CALLED, ON_AGENDA).when(put_on_agenda, person=ANE, reasons=(), on=TODAY).then_nothing()
    given_meeting().when(put_on_agenda, person=ANE, reasons=WHY, on=TODAY).then_refused("not-called")


def test_a_decision_is_a_line_of_the_minutes_once() -> None:
    given_meeting(CALLED, ON_AGENDA).when(take_decision, **ASKED).then(LINE)
    given_meeting(CALLED, ON_AGENDA, LINE).when(take_decision, **ASKED).then_nothing()


def test_only_those_on_the_agenda_are_decided_about() -> None:
    given_meeting(CALLED, ON_AGENDA).when(take_decision, **ASKED | {"person": BO}).then_refused("not-on-the-agenda")
    given_meeting().when(take_decision, **ASKED).then_refused("not-called")
