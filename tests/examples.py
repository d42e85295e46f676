"""Named people, days and facts that tests speak of. All are fictional."""

from datetime import UTC, date, datetime
from uuid import UUID

from domain.codes import Matter, Party
from domain.events import Event, HandoverSent, JourneyStarted, ResponsibilityEstablished
from domain.facts import Fact
from domain.text import FreeText

ANE = UUID(int=0xA)
BO = UUID(int=0xB)
HANDOVER = UUID(int=0x4A)
STEP = UUID(int=0x57)
TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)

STARTED = JourneyStarted(on=date(2024, 9, 2), born_on=date(2009, 3, 14))
UU_GUIDES = ResponsibilityEstablished(on=date(2024, 9, 2), matter=Matter.GUIDANCE, holder=Party.UU)
SENT = HandoverSent(
    on=date(2026, 11, 2),
    handover_id=HANDOVER,
    matter=Matter.GUIDANCE,
    giver=Party.UU,
    receiver=Party.MILEPAELEN,
    answer_by=date(2026, 11, 9),
    note=FreeText("Vil gerne arbejde med dyr."),
)


def at(day: date) -> datetime:
    """Ten o'clock in UTC on that day."""
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def fact(number: int, event: Event, *, known: date | None = None, about: int | None = None) -> Fact:
    """The event as the log's entry number so-and-so, known on the day it happened unless told otherwise."""
    instant = at(known or event.on)
    return Fact(
        entry_id=UUID(int=number),
        event=event,
        known_at=instant,
        recorded_at=instant,
        position=number,
        about=UUID(int=about) if about else None,
    )
