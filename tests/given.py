"""Given this happened, when that is decided, then this follows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from domain import journey, meeting
from domain.events import Event
from domain.refused import Refused


@dataclass(frozen=True)
class Then:
    decide: Callable[[], list[Event]]

    def then(self, *events: Event) -> None:
        assert self.decide() == list(events)

    def then_nothing(self) -> None:
        self.then()

    def then_refused(self, reason: str) -> None:
        with pytest.raises(Refused) as refusal:
            self.decide()
        assert refusal.value.reason == reason


@dataclass(frozen=True)
class Given:
    state: object

    def when(self, decision: Callable[..., list[Event]], **details: Any) -> Then:
        return Then(lambda: decision(self.state, **details))


def given(*events: Event) -> Given:
    """A journey on which this happened."""
    return Given(journey.fold(events))


def given_meeting(*events: Event) -> Given:
    """A meeting at which this happened."""
    return Given(meeting.fold(events))
