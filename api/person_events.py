"""Hændelser: what happened to one person as lines, each with the times that differ and what stood before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from api.person_lines import Reader
from api.sentences import many, own_words, sentence
from api.words import MATTERS, PARTIES
from domain.access import Level, reads_words_of
from domain.codes import Party
from domain.events import Event, HandoverSent
from domain.facts import Fact, Life, civil_date
from eventlog import Entry
from projections.person import EventLine, HandoverLine, PersonView

LONG_TEXT = 400
"""Characters of free text that stand on the page before the rest is folded away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A line of Hændelser. `times` says when it was known and recorded, where that was another day.

    `words` is None where there are none or the reader may not read them; `before` is how it read before it was
    corrected, the oldest first.
    """

    on: date
    times: Sequence[str]
    party: Party
    text: str
    detail: str
    words: str | None
    link: str | None
    corrected_on: date | None
    before: Sequence[str]

    @property
    def is_long(self) -> bool:
        return self.words is not None and len(self.words) > LONG_TEXT


def happenings(
    lines: Iterable[EventLine], view: PersonView, life: Life, entries: Sequence[Entry], reader: Reader
) -> list[Happening]:
    """These events as lines. `entries` are those that `life` was made of."""
    facts = {fact.entry_id: fact for fact in life.all()}
    versions = _versions(life, entries)
    handovers = {one.handover_id: one for one in view.handovers}
    steps = {step.step_id: step for step in (*view.open_steps, *view.done_steps)}
    made = []
    for line in lines:
        fact = facts[line.entry_id]
        handover = handovers.get(line.about) if line.about else None
        if handover:
            reads = reads_words_of(reader.party, handover.giver, handover.receiver)
        else:
            reads = reader.may(line.data_class) >= Level.FULL
        step = steps.get(line.about) if line.about else None
        made.append(
            Happening(
                on=line.on,
                times=list(_times(line, fact)),
                party=party_of(line),
                text=_after(party_of(line), sentence(fact.event)),
                detail=_detail(fact.event, handover),
                words=own_words(fact.event) or (step.what if step else None) if reads else None,
                link=f"{reader.path}/overleveringer/{line.about}" if handover else None,
                corrected_on=line.corrected_on,
                before=[sentence(event) for event in versions[line.entry_id][:-1]],
            )
        )
    return made


def _versions(life: Life, entries: Iterable[Entry]) -> dict[UUID, list[Event]]:
    """Every fact as it was first written and then corrected, in the order of the log."""
    found: dict[UUID, list[Event]] = {}
    for entry in sorted(entries, key=lambda entry: entry.position):
        found.setdefault(life.stands_for[entry.entry_id], []).append(entry.event)
    return found


def party_of(line: EventLine) -> Party:
    """Who recorded it: the party that the writer acted for, else the giver, else whoever records such things."""
    giver = line.values.get("giver")
    return line.actor.role or (giver if isinstance(giver, Party) else line.party)


def _times(line: EventLine, fact: Fact) -> Iterator[str]:
    recorded_on = civil_date(line.recorded_at)
    if fact.known_on != line.on:
        later = f" ({many(line.known_late, 'dag', 'dage')} senere)" if line.known_late else ""
        yield f"kommunen fik det at vide {fact.known_on:%d.%m.%Y}{later}"
    if recorded_on not in {line.on, fact.known_on}:
        yield f"registreret {recorded_on:%d.%m.%Y}"


def _after(party: Party, said: str) -> str:
    """The sentence after the party's name, which is not said twice."""
    name = f"{PARTIES[party]} "
    return said.removeprefix(name)


def _detail(event: Event, handover: HandoverLine | None) -> str:
    if handover is None or isinstance(event, HandoverSent):
        return ""
    return f"{PARTIES[handover.giver]} til {PARTIES[handover.receiver]}: {MATTERS[handover.matter]}"
