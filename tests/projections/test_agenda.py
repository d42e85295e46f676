"""Who ought to be spoken of because somebody wished it, and when a wish has been taken up."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from database import Role
from domain.access import seen_classes
from domain.choices import CloseReason
from domain.codes import AgendaReason, Party
from domain.events import (
    AgendaItemWished,
    Event,
    JourneyClosed,
    JourneyReopened,
    MeetingCalled,
    PersonPutOnAgenda,
)
from domain.text import FreeText
from eventlog import Step, meeting
from projections.agenda import open_wishes, reasons_for, since_when, suggestions
from projections.meetings import BATCH, last_meeting_about
from projections.rebuild import rebuild
from tests.projections.world import BY, World, at, open_world, started

TODAY = date(2026, 11, 23)
LAST = date(2026, 11, 10)
UU = seen_classes(Party.UU)


@pytest.fixture(scope="module")
def opened() -> Iterator[World]:
    with open_world() as world:
        yield world


@pytest.fixture
def world(opened: World) -> World:
    """Four who are followed, and none of them near 18 or with a deadline."""
    opened.begin_again()
    for person in opened.people:
        opened.happens(person, started(date(2011, 1, 1), date(2026, 8, 1)))
    return opened


def wishes(world: World, person: UUID, on: date, by: Party = Party.UU) -> None:
    world.happens(person, AgendaItemWished(on=on, by=by, why=FreeText("Hvem følger op?")))


def calls(world: World, held_on: date, *people: UUID) -> UUID:
    meeting_id = uuid4()
    events: list[Event] = [MeetingCalled(on=held_on - timedelta(days=7), held_on=held_on)]
    events += [PersonPutOnAgenda(on=held_on, person=person, reasons=()) for person in people]
    _writes(world, meeting_id, events)
    return meeting_id


def puts(world: World, meeting_id: UUID, person: UUID) -> None:
    _writes(world, meeting_id, [PersonPutOnAgenda(on=TODAY, person=person, reasons=())])


def _writes(world: World, meeting_id: UUID, events: list[Event]) -> None:
    step = Step(stream=meeting(meeting_id), decide=lambda _: events)
    world.log.record_together([step], by=BY, known_at=at(TODAY), command_id=uuid4())


def wished(world: World) -> dict[UUID, list[Party]]:
    world.follow()
    with world.db.connection(Role.APPLICATION) as conn:
        found = open_wishes(world.log, conn)
    return {person: [wish.party for wish in wishes] for person, wishes in found.items()}


def test_a_wish_stands_until_a_meeting_takes_it_up(world: World) -> None:
    ida, bo, *_ = world.people
    wishes(world, ida, date(2026, 11, 12))
    wishes(world, ida, date(2026, 11, 11), Party.MILEPAELEN)
    wishes(world, bo, date(2026, 11, 12))
    assert wished(world) == {ida: [Party.MILEPAELEN, Party.UU], bo: [Party.UU]}
    calls(world, date(2026, 11, 24), ida)
    assert wished(world) == {bo: [Party.UU]}


def test_a_meeting_about_others_or_an_earlier_one_takes_nothing_up(world: World) -> None:
    ida, bo, *_ = world.people
    calls(world, LAST, ida)
    wishes(world, ida, date(2026, 11, 12))
    calls(world, date(2026, 11, 24), bo)
    assert wished(world) == {ida: [Party.UU]}


def test_what_is_wished_at_the_meeting_itself_is_for_the_next(world: World) -> None:
    ida, *_ = world.people
    meeting_id = calls(world, LAST, ida)
    wishes(world, ida, LAST)
    assert wished(world) == {ida: [Party.UU]}
    calls(world, date(2026, 11, 24))
    puts(world, meeting_id, ida)
    assert wished(world) == {}, "put on an agenda after the wish"


def test_a_wish_for_somebody_who_stands_on_the_coming_agenda_is_taken_up_there(world: World) -> None:
    ida, *_ = world.people
    calls(world, date(2026, 11, 24), ida)
    wishes(world, ida, date(2026, 11, 12))
    assert wished(world) == {}


def test_no_meeting_is_overlooked_however_many_were_called_since(world: World) -> None:
    ida, bo, *_ = world.people
    wishes(world, ida, date(2026, 1, 2))
    wishes(world, bo, date(2026, 1, 2))
    calls(world, date(2026, 1, 13), ida)
    for number in range(BATCH + 3):
        calls(world, date(2026, 1, 20) + timedelta(days=14 * number))
    assert wished(world) == {bo: [Party.UU]}


def test_nobody_is_wished_for_while_they_are_not_followed(world: World) -> None:
    ida, *_ = world.people
    wishes(world, ida, date(2026, 11, 12))
    world.happens(ida, JourneyClosed(on=date(2026, 11, 13), reason=CloseReason.MOVED_AWAY))
    assert wished(world) == {}
    world.happens(ida, JourneyReopened(on=date(2026, 11, 14), basis="KUI-loven § 1"))
    assert wished(world) == {ida: [Party.UU]}


def test_a_rebuild_finds_the_same_wishes(world: World) -> None:
    ida, *_ = world.people
    wishes(world, ida, date(2026, 11, 12))
    world.follow()
    assert rebuild(world.db, world.log).differences == 0
    assert wished(world) == {ida: [Party.UU]}


def test_who_is_wished_for_is_suggested_beside_those_with_deadlines(world: World) -> None:
    ida, bo, *_ = world.people
    wishes(world, ida, date(2026, 11, 12))
    world.happens(bo, started(date(2008, 12, 24), date(2026, 8, 1)))
    world.follow()
    with world.db.connection(Role.APPLICATION) as conn:
        since = since_when(open_wishes(world.log, conn))
        found = suggestions(conn, UU, TODAY, wished=since)
        only = suggestions(conn, UU, TODAY, wished=since, reason=AgendaReason.WISHED)
        none = suggestions(conn, UU, TODAY, wished=since, without=[ida])
        both = reasons_for(conn, bo, UU, TODAY, wished={bo: TODAY})
    assert since == {ida: date(2026, 11, 12)}
    by_person = {one.person_id: one for one in found.first}
    assert (by_person[ida].reasons, by_person[ida].due_on) == ((AgendaReason.WISHED,), None)
    assert found.by_reason[AgendaReason.WISHED] == 1
    assert [one.person_id for one in only.first] == [ida]
    assert ida not in {one.person_id for one in none.first}
    assert AgendaReason.WISHED in both


def test_the_last_meeting_about_somebody_is_the_last_that_was_held_before_the_day(world: World) -> None:
    ida, bo, *_ = world.people
    calls(world, date(2026, 10, 27), ida)
    calls(world, LAST, ida)
    calls(world, date(2026, 11, 24), ida, bo)
    with world.db.connection(Role.APPLICATION) as conn:
        last = [last_meeting_about(world.log, conn, ida, before=day) for day in (TODAY, LAST, date(2026, 10, 1))]
        of_bo = last_meeting_about(world.log, conn, bo, before=TODAY)
    assert last == [LAST, date(2026, 10, 27), None]
    assert of_bo is None
