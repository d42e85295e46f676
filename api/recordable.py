"""What can be recorded on a page, by whom, and which few fields belong to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from api.sentences import WORDS
from domain.access import Level, level
from domain.catalogue import BY_CODE, Declaration
from domain.codes import Activity, ContactWay, Matter, Party, PlacementForm, Programme
from domain.decisions import agree_step, say_goal
from domain.events import JourneyEvent
from domain.journey import Journey
from domain.text import FreeText

ONLY_WHAT_IS_NEEDED = "Kun det nødvendige. Skriv ikke diagnoser eller CPR-numre."
Codes = type[Programme] | type[ContactWay] | type[Activity] | type[PlacementForm] | type[Party] | type[Matter]
Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form; its name is that of the event's field. `sort` says which macro draws it."""

    name: str
    label: str
    sort: Literal["choice", "yes-no", "text", "date"]
    codes: Codes | None = None
    hint: str | None = None

    @property
    def options(self) -> list[tuple[str, str]]:
        """Codes with their Danish words, for a list to choose from."""
        if self.sort == "yes-no":
            return [("ja", "Ja"), ("nej", "Nej")]
        if self.codes is None:
            return []
        return [(code.value, _capital(WORDS[self.codes][code])) for code in self.codes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of event that can be recorded on a page.

    `own_doing`: the municipality itself did it, and so knew it the same day. What others told of became known
    the day it is written down, unless another day is given.
    """

    code: str
    when: str
    fields: tuple[Field, ...] = ()
    own_doing: bool = False
    begins_today: bool = False
    decide: Callable[[Journey, Answers, UUID], Sequence[JourneyEvent]] | None = None

    @property
    def declared(self) -> Declaration:
        return BY_CODE[self.code]

    @property
    def is_shared(self) -> bool:
        """Whether every party may record it."""
        return self.decide is not None


def _choice(name: str, label: str, codes: Codes) -> Field:
    return Field(name=name, label=label, sort="choice", codes=codes)


def _text(name: str, label: str) -> Field:
    return Field(name=name, label=label, sort="text", hint=ONLY_WHAT_IS_NEEDED)


def _goal(so_far: Journey, answers: Answers, _: UUID) -> Sequence[JourneyEvent]:
    return say_goal(so_far, words=FreeText(answers["words"]), on=answers["on"])


def _step(so_far: Journey, answers: Answers, command: UUID) -> Sequence[JourneyEvent]:
    # The step is named after the command that made it, so that deciding again names the same step.
    return agree_step(so_far, step_id=command, **answers)


KINDS = (
    Kind(
        code="told-of-break-off",
        when="Hvornår blev det afbrudt?",
        fields=(_choice("programme", "Hvad blev afbrudt?", Programme),),
    ),
    Kind(
        code="contact-tried",
        when="Hvornår blev kontakten forsøgt?",
        fields=(_choice("way", "Hvordan?", ContactWay),),
        own_doing=True,
    ),
    Kind(
        code="contact-made",
        when="Hvornår var der kontakt?",
        fields=(_choice("way", "Hvordan?", ContactWay),),
        own_doing=True,
    ),
    Kind(
        code="activity-offered",
        when="Hvornår blev det tilbudt?",
        fields=(_choice("activity", "Hvad blev tilbudt?", Activity),),
        own_doing=True,
    ),
    Kind(
        code="education-started",
        when="Hvornår begyndte den unge?",
        fields=(_choice("programme", "Hvad begyndte den unge på?", Programme),),
    ),
    Kind(
        code="placement-started",
        when="Hvornår begyndte anbringelsen?",
        fields=(_choice("form", "Hvor?", PlacementForm),),
        own_doing=True,
    ),
    Kind(code="placement-ended", when="Hvornår ophørte anbringelsen?", own_doing=True),
    Kind(
        code="youth-support-decided",
        when="Hvornår blev der truffet afgørelse?",
        fields=(
            Field(name="granted", label="Får den unge ungestøtte?", sort="yes-no", hint="Et nej er også en afgørelse."),
        ),
        own_doing=True,
    ),
    Kind(
        code="referred-to-milepaelen",
        when="Hvornår blev den unge henvist?",
        fields=(_text("purpose", "Hvad er formålet?"),),
        own_doing=True,
    ),
    Kind(code="milepaelen-started", when="Hvornår var den første dag?", own_doing=True),
    Kind(
        code="goal-in-own-words",
        when="Hvornår sagde den unge det?",
        fields=(_text("words", "Den unges mål med egne ord"),),
        own_doing=True,
        begins_today=True,
        decide=_goal,
    ),
    Kind(
        code="plan-step-agreed",
        when="Hvornår blev det aftalt?",
        fields=(
            _text("what", "Hvad skal der ske?"),
            _choice("responsible", "Hvem er ansvarlig?", Party),
            _choice("matter", "Hvad handler det om?", Matter),
            Field(name="due_on", label="Hvornår skal det være gjort?", sort="date"),
        ),
        own_doing=True,
        begins_today=True,
        decide=_step,
    ),
)


def kinds_of(party: Party) -> dict[str, Kind]:
    """What this party may record, by code. What it may not even see afterwards it does not write."""
    return {
        kind.code: kind
        for kind in KINDS
        if kind.declared.party == party or (kind.is_shared and level(party, kind.declared.data_class) >= Level.SUMMARY)
    }


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
