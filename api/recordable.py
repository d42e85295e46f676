"""What can be recorded on a page, by whom, and which few fields belong to it: made from the declarations."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints
from uuid import UUID

from api.sentences import capital, words_of
from domain.access import Level, level
from domain.catalogue import BY_CODE, DECLARATIONS
from domain.codes import DataClass, Party
from domain.decisions import agree_step, give_view, say_goal
from domain.decisions.journey import OLDEST
from domain.declaration import Ask, Declaration, Form, Subject
from domain.events import JourneyEvent
from domain.journey import Journey
from domain.rules import Kind as Binding
from domain.rules import Rule
from domain.text import FreeText, StaffId

ONLY_WHAT_IS_NEEDED = "Kun det nødvendige. Skriv ikke diagnoser eller CPR-numre."
Answers = Mapping[str, Any]
Sort = Literal["choice", "choices", "yes-no", "text", "date", "number", "time", "staff"]
FILLED_IN = frozenset({"by", "party"})
"""Fields that say who records it; nobody is asked. (A consent's `by` is somebody else, and is asked for.)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form; its name is that of the event's field. `sort` says which macro draws it."""

    name: str
    ask: Ask
    sort: Sort
    codes: type[StrEnum] | None = None
    optional: bool = False

    @property
    def label(self) -> str:
        return f"{self.ask.label} (kan udelades)" if self.optional else self.ask.label

    @property
    def hint(self) -> str | None:
        return self.ask.hint or (ONLY_WHAT_IS_NEEDED if self.sort == "text" else None)

    @property
    def options(self) -> list[tuple[str, str]]:
        """Codes with their Danish words, for a list to choose from."""
        if self.sort == "yes-no":
            return [("ja", "Ja"), ("nej", "Nej")]
        if self.codes is None:
            return []
        return [(code.value, capital(words_of(self.codes)[code])) for code in self.codes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of event that can be recorded on a page."""

    declared: Declaration
    form: Form
    fields: tuple[Field, ...]

    @property
    def code(self) -> str:
        return self.declared.code

    @property
    def data_class(self) -> DataClass:
        if self.declared.data_class is None:
            raise TypeError(f"{self.code} has no class of its own, and so no form")
        return self.declared.data_class

    @property
    def decide(self) -> Callable[[Journey, Answers, UUID], Sequence[JourneyEvent]] | None:
        """A decision of its own; None where recording it is to say that it happened."""
        return _DECIDED.get(self.code)

    def effects(self, rules: Sequence[Rule], today: date) -> list[str]:
        """What recording it changes, in Danish sentences: clocks that it starts and duties that it fulfils."""
        said = [self.declared.changes] if self.declared.changes else []
        in_force = [rule for rule in rules if rule.kind is not Binding.DORMANT and rule.held_on(today)]
        said += [f"Fristen “{rule.title}” begynder{_ages(rule)}." for rule in in_force if self.code in rule.started_by]
        said += [
            f"Fristen “{rule.title}” regnes herfra, hvis den er begyndt."
            for rule in in_force
            if self.code in rule.clocked_by
        ]
        said += [
            f"Fristen “{rule.title}” bliver opfyldt, hvis den løber."
            for rule in in_force
            if self.code in rule.cleared_by
        ]
        said += [
            f"Fristen “{rule.title}” falder bort, hvis den ikke er overskredet."
            for rule in in_force
            if self.code in rule.ended_by
        ]
        return list(dict.fromkeys(said))


def _ages(rule: Rule) -> str:
    """Of which ages the rule speaks, where it is not of everybody who can be followed."""
    if rule.ends_at_age >= OLDEST:
        return f", hvis den unge er fyldt {rule.from_age} år" if rule.from_age else ""
    if rule.from_age:
        return f", hvis den unge er {rule.from_age}-{rule.ends_at_age - 1} år"
    return f", hvis den unge er under {rule.ends_at_age} år"


def by_subject(kinds: Sequence[Kind]) -> list[tuple[str, list[Kind]]]:
    """The kinds under their Danish headings, in the order of the page."""
    found = [(subject, [kind for kind in kinds if kind.form.under is subject]) for subject in Subject]
    return [(capital(words_of(Subject)[subject]), listed) for subject, listed in found if listed]


@cache
def kinds_of(party: Party) -> Mapping[str, Kind]:
    """What this party may record, by code. What it may not even see afterwards it does not write."""
    return {
        kind.code: kind
        for kind in KINDS
        if kind.declared.may_be_recorded_by(party) and level(party, kind.data_class) >= Level.SUMMARY
    }


def _goal(so_far: Journey, answers: Answers, _: UUID) -> Sequence[JourneyEvent]:
    return say_goal(so_far, words=FreeText(answers["words"]), on=answers["on"])


def _view(so_far: Journey, answers: Answers, _: UUID) -> Sequence[JourneyEvent]:
    return give_view(so_far, **answers)


def _step(so_far: Journey, answers: Answers, command: UUID) -> Sequence[JourneyEvent]:
    # The step is named after the command that made it, so that deciding again names the same step.
    return agree_step(so_far, step_id=command, **answers)


_DECIDED: dict[str, Callable[[Journey, Answers, UUID], Sequence[JourneyEvent]]] = {
    "goal-in-own-words": _goal,
    "view-on-plan": _view,
    "plan-step-agreed": _step,
}


def _kind(declared: Declaration, form: Form) -> Kind:
    """The kind, with a field for whatever somebody must answer. Raises TypeError where no question is declared."""
    hints = get_type_hints(declared.type)
    asked = []
    for one in fields(declared.type):
        if one.name == "on" or (one.name in FILLED_IN and one.name not in form.asks):
            continue
        if hints[one.name] is UUID:
            continue  # given by the decision
        if one.name not in form.asks:
            raise TypeError(f"{declared.code} asks nothing for {one.name}")
        asked.append(_field(one.name, hints[one.name], form.asks[one.name], optional=one.default is not MISSING))
    by_name = {field.name: field for field in asked}
    return Kind(declared=declared, form=form, fields=tuple(by_name[name] for name in form.asks))


def _field(name: str, hint: Any, ask: Ask, *, optional: bool) -> Field:
    if get_origin(hint) is tuple:
        return Field(name=name, ask=ask, sort="choices", codes=get_args(hint)[0], optional=optional)
    choices = [one for one in get_args(hint) if one is not NoneType] or [hint]
    (of,) = choices
    if isinstance(of, type) and issubclass(of, StrEnum):
        return Field(name=name, ask=ask, sort="choice", codes=of, optional=optional)
    return Field(name=name, ask=ask, sort=_SORTS[of], optional=optional)


_SORTS: dict[Any, Sort] = {
    bool: "yes-no",
    FreeText: "text",
    StaffId: "staff",
    int: "number",
    datetime: "time",
    date: "date",
}

KINDS = tuple(_kind(declared, declared.form) for declared in DECLARATIONS if declared.form is not None)

if not _DECIDED.keys() <= BY_CODE.keys():
    raise AssertionError("a decision for a kind that nobody declared")
