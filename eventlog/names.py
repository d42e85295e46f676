"""Under which name each event is kept.

Append only. A name that has reached production is never changed or reused; an event that gets a new shape gets a
new name, and the old name keeps its old class. Names never contain module paths, so classes may move for ever.
"""

from domain.catalogue import BY_TYPE, DECLARATIONS
from domain.events import Event

FIRST_SHAPES = {f"{declaration.code}-1": declaration.type for declaration in DECLARATIONS}
"""Every declared type in its first shape. Later shapes are added below under the next number."""

STORED: dict[str, type] = {**FIRST_SHAPES}
NAME_OF: dict[type, str] = {kind: name for name, kind in STORED.items()}


def check_declared() -> None:
    """Stop the start-up when an event type is undeclared. Raises TypeError naming the types."""
    undeclared = [kind.__name__ for kind in Event.__args__ if kind not in BY_TYPE or kind not in NAME_OF]
    if undeclared:
        raise TypeError(f"event types without a declaration: {', '.join(undeclared)}")


check_declared()
