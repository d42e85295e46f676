"""What decisions about the municipality's own stream need to know."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.events import Event, RulesLoaded


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """Which rules count now."""

    loaded: RulesLoaded | None = None


def fold(events: Iterable[Event]) -> Municipality:
    """The last rules that were loaded."""
    loaded = [event for event in events if isinstance(event, RulesLoaded)]
    return Municipality(loaded=loaded[-1] if loaded else None)
