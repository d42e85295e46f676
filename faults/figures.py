"""What a scenario counted, and what each count must be."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

Check = Callable[["Figures", int], tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Line:
    """One count for the table. `met` is None when nothing is asked of it."""

    what: str
    found: int
    limit: str = ""
    met: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The counts of one run: fields made by `counted`, `none`, `all_of` and `at_least`."""

    @property
    def lines(self) -> list[Line]:
        """Every count with its limit, in the order of the fields."""
        return [self._line(one.name, one.metadata) for one in fields(self)]

    @property
    def tells(self) -> bool:
        """Enough has happened for the counts to mean something."""
        return self._met("enough")

    @property
    def holds(self) -> bool:
        """Enough has happened, and nothing that must not."""
        return self.tells and self._met("fault")

    @property
    def caught(self) -> bool:
        """What a mutant must be: enough has happened, and something that must not."""
        return self.tells and not self._met("fault")

    def _met(self, kind: str) -> bool:
        asked = [one for one in fields(self) if kind in one.metadata]
        return all(one.metadata[kind](self, getattr(self, one.name))[1] for one in asked)

    def _line(self, name: str, metadata: Any) -> Line:
        found = int(getattr(self, name))
        check: Check | None = metadata.get("enough") or metadata.get("fault")
        return Line(name.replace("_", " "), found, *(check(self, found) if check else ()))


def counted() -> Any:
    """A count that is told, and of which nothing is asked."""
    return field()


def none() -> Any:
    """A fault: it must not happen once."""
    return field(metadata={"fault": lambda _, found: ("0", found == 0)})


def all_of(other: str) -> Any:
    """It must be as many as this other count."""

    def check(figures: Figures, found: int) -> tuple[str, bool]:
        wanted = getattr(figures, other)
        return f"all {wanted:,}", found == wanted

    return field(metadata={"fault": check})


def at_least(number: int) -> Any:
    """With fewer the run has shown nothing, neither of us nor of a mutant."""
    return field(metadata={"enough": lambda _, found: (f"at least {number:,}", found >= number)})


def under(number: int) -> Any:
    """It must stay below this, as seconds must."""
    return field(metadata={"fault": lambda _, found: (f"under {number:,}", found < number)})
