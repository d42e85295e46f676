"""The words that pages, paper and commands share about rules: how binding, whose date, what starts and clears it."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.sentences import in_words, many
from domain.catalogue import BY_CODE
from domain.rules import Basis, Condition, FieldTest, Kind, Reading

KINDS = {
    Kind.HARD: "Lovfrist",
    Kind.DUTY: "Lovpligt",
    Kind.GUIDE: "Vejledning",
    Kind.LOCAL: "Lokal aftale",
    Kind.DORMANT: "Ikke i kraft",
}
"""The words of the chips, for where there are no chips."""

BASES = {
    Basis.LAW: "lovens dato",
    Basis.LOCAL: "kommunens egen dato",
    Basis.PROPOSAL: "et forslag, som ingen har vedtaget",
}

TAKEN_OVER = "handover-taken-over"

_FLAGS = {
    "met": ("pligten er opfyldt", "pligten er ikke opfyldt"),
    "in_target_group": ("i målgruppen", "ikke i målgruppen"),
    "choice_of_places": ("med valg mellem flere steder", "uden valg mellem flere steder"),
    "needed": ("der er brug for den", "der er ikke brug for den"),
    "granted": ("bevilget", "afslået"),
}
"""What a yes and a no mean, by the field that holds them."""

_NUMBERS = {"grade": "{}. klasse", "percent": "{} %"}
_BEFORE = {"giver": "fra ", "receiver": "til ", "matter": "ansvaret for ", "also_there": "med "}

_STARTS = {
    "birth": "den unges fødsel",
    "on": "den dag, det skete",
    "at": "det klokkeslæt, det skete",
    "known": "den dag, kommunen fik det at vide",
}
_UNITS = {
    "years": ("år", "år"),
    "months": ("måned", "måneder"),
    "days": ("dag", "dage"),
    "working_days": ("arbejdsdag", "arbejdsdage"),
    "weekdays": ("hverdag", "hverdage"),
    "hours": ("time", "timer"),
}


def condition_in_words(condition: Condition) -> str:
    """“Ydelse søgt” (kontanthjælp)."""
    tests = ", ".join(map(_test, condition.tests))
    title = "Overlevering overtaget" if condition.code == TAKEN_OVER else BY_CODE[condition.code].title
    return f"“{title}”" + (f" ({tests})" if tests else "")


def any_of(conditions: Sequence[Condition]) -> str:
    """One of these, whichever comes."""
    return either([condition_in_words(one) for one in conditions])


def either(words: Sequence[str], last: str = " eller ") -> str:
    """a, b eller c."""
    return last.join(filter(None, (", ".join(words[:-1]), words[-1])))


def said(fields: Mapping[str, Any]) -> str:
    """What these fields of an event say; those that say nothing are left out."""
    return ", ".join(_BEFORE.get(name, "") + _value(name, value) for name, value in fields.items() if value is not None)


def starts(reading: Reading) -> str:
    """Where its clock starts."""
    start = reading.start
    return condition_in_words(start) if isinstance(start, Condition) else _STARTS[start]


def length(reading: Reading) -> str:
    """How long its clock runs: 18 år minus 6 måneder."""
    if reading.fixed:
        month, day = reading.fixed
        return f"til den første {day}.{month}."
    if reading.quarter_end:
        return "til kvartalets sidste dag"
    found = [(abs(getattr(reading, unit)), getattr(reading, unit) < 0, words) for unit, words in _UNITS.items()]
    parts = [f"{'minus ' if less else ''}{many(count, *words)}" for count, less, words in found if count]
    return " ".join(parts) or "den samme dag"


def _test(test: FieldTest) -> str:
    if test.values:
        return _BEFORE.get(test.field, "") + either([_value(test.field, value) for value in test.values])
    number = _NUMBERS.get(test.field, "{}")
    bounds = (("mindst", test.least), ("højst", test.most))
    return ", ".join(f"{word} {number.format(bound)}" for word, bound in bounds if bound is not None)


def _value(field: str, value: object) -> str:
    if isinstance(value, bool) and field in _FLAGS:
        return _FLAGS[field][not value]
    if type(value) is int:
        return _NUMBERS.get(field, "{}").format(value)
    return in_words(value)
