"""Hændelser: what happened to one person as lines, each with the times that differ and what stood before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from api.correctable import form_of, may_correct
from api.person_lines import Reader
from api.sentences import in_words, many, own_words, sentence
from api.words import MATTERS, PARTIES
from domain.access import Level
from domain.choices import WithdrawReason
from domain.codes import Party
from domain.events import Event, HandoverPlanned, HandoverSent
from domain.facts import Fact, Life, civil_date
from domain.text import FreeText
from projections.event_lines import EventLine
from projections.person import HandoverLine, PersonView, PlanLine

LONG_TEXT = 400
"""Characters of free text that stand on the page before the rest is folded away."""

_CAN_COUNT_AGAIN = (WithdrawReason.DID_NOT_HAPPEN, WithdrawReason.RECORDED_TWICE)
"""What stands in another file, or was about somebody else, does not count here again."""

_ANOTHERS = "En hændelse, som ikke vises, fordi den handlede om en anden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A line of Hændelser. `times` says when it was known and recorded, where that was another day.

    `words` is None where there are none or the reader may not read them; `before` is how it read before it was
    corrected, the oldest first. `correct` is the address below which it is corrected, withdrawn or moved, None where
    the reader does not record such things or it has a way back of its own; `has_form` where it can be filled in anew.
    """

    on: date
    times: Sequence[str]
    party: Party
    text: str
    detail: str
    words: str | None
    link: str | None
    correct: str | None
    has_form: bool
    corrected_on: date | None
    before: Sequence[str]

    @property
    def is_long(self) -> bool:
        return self.words is not None and len(self.words) > LONG_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """Something that was recorded and does not count: when it was withdrawn, and why.

    `link` leads to where it can be let count again.
    """

    on: date
    text: str
    withdrawn_on: date
    reason: str
    link: str | None


def happenings(
    lines: Iterable[EventLine], view: PersonView, life: Life, reader: Reader, *, read_only: bool
) -> list[Happening]:
    """These events as lines; `read_only`: nothing is corrected here any longer."""
    facts = {fact.entry_id: fact for fact in life.all()}
    every: list[HandoverLine | PlanLine] = [*view.plans, *view.handovers]
    handovers = {one.handover_id: one for one in every}
    steps = {step.step_id: step.what for step in (*view.plan.open_steps, *view.plan.closed_steps)}
    made, correcting = [], _Correcting(reader.party)
    for line in lines:
        fact = facts[line.entry_id]
        handover = handovers.get(line.about) if line.about else None
        reads = handover.reads if handover else reader.may(line.data_class) >= Level.FULL
        made.append(
            Happening(
                on=line.on,
                times=list(_times(line, fact)),
                party=party_of(line),
                text=_after(party_of(line), sentence(fact.event)),
                detail=_detail(fact.event, handover),
                words=_words(fact.event, steps.get(line.about) if line.about else None) if reads else None,
                link=f"{reader.path}/overleveringer/{line.about}" if handover else None,
                correct=f"{reader.path}/haendelser/{line.entry_id}"
                if not read_only and correcting.allows(fact.event)
                else None,
                has_form=correcting.has_form(fact.event),
                corrected_on=line.corrected_on,
                before=[_before(event, reads=reads) for event in fact.earlier],
            )
        )
    return made


def gone(life: Life, reader: Reader, *, read_only: bool) -> list[Gone]:
    """What was withdrawn, the latest first. `life` holds what the reader may see.

    What was about somebody else is not told here once more.
    """
    correcting = _Correcting(reader.party)
    withdrawn = sorted(life.withdrawn.values(), key=lambda one: (one.at, one.fact.position), reverse=True)
    return [
        Gone(
            on=one.fact.on,
            text=_ANOTHERS if one.reason is WithdrawReason.OTHER_PERSON else sentence(one.fact.event),
            withdrawn_on=civil_date(one.at),
            reason=in_words(one.reason),
            link=f"{reader.path}/haendelser/{one.fact.entry_id}/traek-tilbage"
            if one.reason in _CAN_COUNT_AGAIN and not read_only and correcting.allows(one.fact.event)
            else None,
        )
        for one in withdrawn
    ]


class _Correcting:
    """What a worker of this party may correct. Asked once for each type: a page has many events of the same."""

    def __init__(self, party: Party) -> None:
        self._party = party
        self._known: dict[type, tuple[bool, bool]] = {}

    def allows(self, event: Event) -> bool:
        return self._of(event)[0]

    def has_form(self, event: Event) -> bool:
        return self._of(event)[1]

    def _of(self, event: Event) -> tuple[bool, bool]:
        kind = type(event)
        if kind not in self._known:
            allowed = may_correct(self._party, event)
            self._known[kind] = (allowed, allowed and form_of(self._party, event) is not None)
        return self._known[kind]


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


def _words(event: Event, step: FreeText | None) -> str | None:
    """The event's own words; of a step of the plan first which step it is."""
    own = own_words(event)
    return "\n".join(dict.fromkeys(text for text in (step, own) if text)) or None


def _before(event: Event, *, reads: bool) -> str:
    """How it read before. The words are part of what was changed."""
    words = own_words(event) if reads else None
    return f"{sentence(event)}: ”{words}”" if words else sentence(event)


def _after(party: Party, said: str) -> str:
    """The sentence after the party's name, which is not said twice."""
    name = f"{PARTIES[party]} "
    return said.removeprefix(name)


def _detail(event: Event, handover: HandoverLine | PlanLine | None) -> str:
    if handover is None or isinstance(event, HandoverSent | HandoverPlanned):
        return ""
    return f"{PARTIES[handover.giver]} til {PARTIES[handover.receiver]}: {MATTERS[handover.matter]}"
