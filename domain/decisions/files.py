"""One file per young person: a journey is closed and reopened, two files of one person are joined and parted.

Joining moves the facts (`facts_to_move`) from one stream to the other, so that each stream stays whole by itself.
"""

from datetime import date
from uuid import UUID

from domain.choices import CloseReason
from domain.decisions.correction import may_be_corrected
from domain.events import (
    JoinedIntoOtherFile,
    JourneyClosed,
    JourneyEvent,
    JourneyReopened,
    OtherFileJoined,
    OtherFileParted,
    PartedFromOtherFile,
)
from domain.facts import Fact, Life
from domain.journey import Journey
from domain.refused import Refused


def close_journey(journey: Journey, *, reason: CloseReason, on: date) -> list[JourneyEvent]:
    """Nobody follows the young person any longer. What waits for an answer must be answered or withdrawn first."""
    if journey.born_on is None:
        raise Refused("not-started")
    if journey.closed_on is not None:
        return []
    _nothing_may_wait(journey)
    return [JourneyClosed(on=on, reason=reason)]


def reopen_journey(journey: Journey, *, basis: str, on: date) -> list[JourneyEvent]:
    """The young person is followed again; that takes a legal basis, as the beginning did."""
    if journey.born_on is None:
        raise Refused("not-started")
    if journey.joined_into is not None:
        raise Refused("file-joined")
    if journey.closed_on is None:
        return []
    if not basis.strip():
        raise Refused("no-reason")
    return [JourneyReopened(on=on, basis=basis)]


def take_in_file(journey: Journey, *, other: UUID, on: date) -> list[JourneyEvent]:
    """The other file is about the same young person; from now on everything stands here."""
    _must_be_open(journey)
    return [] if other in journey.joined else [OtherFileJoined(on=on, other=other)]


def go_into_file(journey: Journey, *, into: UUID, on: date) -> list[JourneyEvent]:
    """This file ends, and goes on in the other."""
    if journey.joined_into == into:
        return []
    _must_be_open(journey)
    _nothing_may_wait(journey)
    return [JoinedIntoOtherFile(on=on, into=into)]


def let_file_go(journey: Journey, *, other: UUID, on: date) -> list[JourneyEvent]:
    """They were two people after all."""
    return [OtherFileParted(on=on, other=other)] if other in journey.joined else []


def stand_alone_again(journey: Journey, *, from_file: UUID, on: date) -> list[JourneyEvent]:
    """This file goes on by itself."""
    return [PartedFromOtherFile(on=on, from_file=from_file)] if journey.joined_into == from_file else []


def facts_to_move(life: Life) -> list[Fact]:
    """What goes along when a file goes into another: what happened, not how this file was handled."""
    return [fact for fact in life.all() if may_be_corrected(fact.event)]


def _must_be_open(journey: Journey) -> None:
    if journey.born_on is None:
        raise Refused("not-started")
    if journey.joined_into is not None:
        raise Refused("file-joined")
    if journey.closed_on is not None:
        raise Refused("journey-closed")


def _nothing_may_wait(journey: Journey) -> None:
    if any(handover.state.is_open for handover in journey.handovers.values()):
        raise Refused("handover-waits")
