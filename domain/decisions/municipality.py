"""What the municipality's own stream may hold."""

from datetime import date

from domain.events import RulesLoaded
from domain.municipality import Municipality


def load_rules(
    municipality: Municipality, *, on: date, sha256: str, rules: str, closed_days: tuple[date, ...]
) -> list[RulesLoaded]:
    """These rules and closing days count from now on. The same once more is nothing."""
    if municipality.loaded is not None and municipality.loaded.sha256 == sha256:
        return []
    return [RulesLoaded(on=on, sha256=sha256, rules=rules, closed_days=closed_days)]
