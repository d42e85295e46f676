"""To look at an open duty and decide to look again later. No clock stops for it."""

from datetime import date
from uuid import UUID

from domain.codes import DataClass, Party
from domain.decisions.journey import must_be_followed
from domain.events import Checked, JourneyEvent
from domain.journey import Journey
from domain.refused import Refused


def check_duty(
    journey: Journey, *, rule: str, trigger: UUID, of_class: DataClass, by: Party, ask_again_on: date, on: date
) -> list[JourneyEvent]:
    """Seen by this party; asked again on a later day. `of_class` is the class of the duty's row."""
    must_be_followed(journey)
    if ask_again_on <= on:
        raise Refused("ask-again-too-early")
    return [Checked(on=on, of_class=of_class, rule=rule, trigger=trigger, by=by, ask_again_on=ask_again_on)]
