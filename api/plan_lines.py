"""From one person's plan to the lines of its page, in Danish. Pure: what may be seen was decided before."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from api.sentences import capital, in_words, many
from domain.choices import ViewOnPlan
from projections.plan import Consent, ConsentState, ConsentTurn, Plan, StepChange

Colour = Literal["ok", "overdue", "soon", "new", "neutral"]

CHANGES = {
    StepChange.NEW: "Nyt",
    StepChange.MOVED: "Ny frist",
    StepChange.WAITS: "Venter på en anden",
    StepChange.DONE: "Gjort",
    StepChange.DROPPED: "Fravalgt",
    StepChange.CORRECTED: "Rettet",
}
_COUNTED = {
    StepChange.NEW: ("nyt skridt", "nye skridt"),
    StepChange.MOVED: ("skridt med ny frist", "skridt med ny frist"),
    StepChange.WAITS: ("skridt venter på en anden", "skridt venter på en anden"),
    StepChange.DONE: ("skridt gjort", "skridt gjort"),
    StepChange.DROPPED: ("skridt fravalgt", "skridt fravalgt"),
    StepChange.CORRECTED: ("skridt rettet", "skridt rettet"),
}
VIEWS: dict[ViewOnPlan, tuple[Colour, str]] = {
    ViewOnPlan.AGREES: ("ok", "Ja"),
    ViewOnPlan.DISAGREES: ("soon", "Nej"),
    ViewOnPlan.COULD_NOT_ANSWER: ("neutral", "Kunne ikke svare"),
}
_STATES: dict[ConsentState, tuple[Colour, str]] = {
    ConsentState.GIVEN: ("ok", "Givet"),
    ConsentState.REFUSED: ("soon", "Afslået"),
    ConsentState.WITHDRAWN: ("soon", "Trukket tilbage"),
    ConsentState.EXPIRED: ("neutral", "Udløbet"),
    ConsentState.LAPSED: ("neutral", "Ophørt ved 18 år"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentLine:
    """Who answered what to which question. `earlier` are sentences, the latest first."""

    who: str
    scope: str
    colour: Colour
    state: str
    said: str
    earlier: Sequence[str]


def consent_lines(consents: Sequence[Consent]) -> list[ConsentLine]:
    """The consents in words, what counts now first."""
    ordered = sorted(consents, key=lambda one: one.now.state is not ConsentState.GIVEN)
    return [
        ConsentLine(
            who=capital(in_words(one.by)),
            scope=in_words(one.scope),
            colour=_STATES[one.now.state][0],
            state=_STATES[one.now.state][1],
            said=_said(one.now),
            earlier=[f"{_STATES[turn.state][1]}: {_said(turn)}" for turn in one.earlier],
        )
        for one in ordered
    ]


def _said(turn: ConsentTurn) -> str:
    match turn.state:
        case ConsentState.REFUSED:
            return f"afslået {in_words(turn.on)}"
        case ConsentState.WITHDRAWN:
            return f"trukket tilbage {in_words(turn.on)}"
        case ConsentState.EXPIRED:
            return f"givet {in_words(turn.on)}, gjaldt til og med {in_words(turn.ends_on)}"
        case ConsentState.LAPSED:
            return f"givet {in_words(turn.on)}, gjaldt til den unge fyldte 18 år"
        case ConsentState.GIVEN if turn.ends_on is None:
            return f"givet {in_words(turn.on)}, gælder til det trækkes tilbage"
        case ConsentState.GIVEN:
            return f"givet {in_words(turn.on)}, gælder til og med {in_words(turn.ends_on)}"


def since_the_meeting(plan: Plan, meeting: date | None) -> str:
    """Siden mødet 10.11.2026: 2 nye skridt, 1 skridt gjort. Empty when there was no meeting."""
    if meeting is None:
        return ""
    found = ", ".join(_news(plan))
    if not found:
        return f"Intet er ændret i planen siden mødet {in_words(meeting)}."
    return f"Siden mødet {in_words(meeting)}: {found}."


def _news(plan: Plan) -> Iterator[str]:
    if plan.goal and plan.goal.is_new:
        yield "den unge har sagt sit mål"
    if plan.opinion and plan.opinion.is_new:
        yield "den unge er blevet spurgt om planen"
    counted = Counter(change for step in (*plan.open_steps, *plan.closed_steps) for change in step.changes)
    for change, (one, more) in _COUNTED.items():
        if counted[change]:
            yield many(counted[change], one, more)
