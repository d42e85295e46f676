"""The rules that were loaded, one time after the other: what counts now, since when, and who did it."""

from dataclasses import dataclass
from datetime import datetime

from domain.events import RulesLoaded
from domain.rules import OwnDays, RuleSet, apart, own_files, parse, rule_set
from eventlog import Actor, EventLog


@dataclass(frozen=True, slots=True, kw_only=True)
class Loading:
    """One time that rules were loaded. `position` is where the log has it."""

    event: RulesLoaded
    since: datetime
    by: Actor
    position: int

    @property
    def rules(self) -> RuleSet:
        return rule_set(self.event.rules, self.event.closed_days)

    @property
    def files(self) -> list[str]:
        """The names of the files that it is made of."""
        return [name for name, _ in apart(self.event.rules)]

    @property
    def own_files(self) -> list[tuple[str, str]]:
        """The municipality's own files among them, with their texts."""
        return own_files(self.event.rules)

    @property
    def own_days(self) -> OwnDays:
        """The municipality's own closing days."""
        return parse(self.event.rules).own_days


def loadings(log: EventLog) -> list[Loading]:
    """Every time, the first at the beginning; the last is what counts."""
    return [
        Loading(event=entry.event, since=entry.recorded_at, by=entry.actor, position=entry.position)
        for entry in log.history(log.municipality_stream.id).entries
        if isinstance(entry.event, RulesLoaded)
    ]
