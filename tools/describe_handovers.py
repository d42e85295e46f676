"""docs/overlevering.md: the protocol of a handover, drawn from what the decisions let happen and refuse.

Nothing of the diagram and the tables is written by hand: every step that `tools/interleavings.py` finds is put down
with who did it, so a decision that changes changes the document, and a test says that it is out of date.
"""

from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple
from uuid import UUID

from api.words import OUTSIDE, PARTIES, STATES
from domain.codes import Matter, Party
from domain.handover import HandoverState
from domain.journey import Journey
from domain.outside import PARTY_OF, WITHOUT_LOGIN
from tools.interleavings import Step, Verb, explore

PLANNED = "Planlagt"
DEPTH = 5
"""Steps that reach every state of a handover and everything that can be done in it; more find nothing new."""


class Who(StrEnum):
    """What somebody is in a handover."""

    GIVER = "afgiveren"
    RECEIVER = "modtageren"


class Seen(NamedTuple):
    """That somebody did something to a handover. `before` None: it was not there yet."""

    before: str | None
    after: str
    verb: Verb
    who: Who
    outside: bool


_DOES = {
    Verb.PLAN: "planlægger",
    Verb.SEND: "sender",
    Verb.SEE: "markerer som set",
    Verb.TAKE_OVER: "overtager",
    Verb.RETURN: "returnerer",
    Verb.WITHDRAW: "trækker tilbage",
    Verb.REPLACE: "erstatter",
    Verb.RECORD_RECEIPT: "registrerer: kommet frem",
    Verb.RECORD_TAKING_OVER: "registrerer: overtaget",
    Verb.RECORD_RETURN: "registrerer: returneret",
}
_HEAD = """# Overlevering: hvem kan hvad hvornår

Lavet af programmet med `python tools/describe.py`. Pile og felter er alt det, beslutningerne lader ske, når to
afgivere, to modtagere og kalenderen gør alt, hvad de kan finde på, i alle rækkefølger (`tools/interleavings.py`).
Prøven `tests/domain/test_every_interleaving.py` ser efter, at et ansvar aldrig er uden nogen og aldrig har to: Indtil
modtageren overtager, har afgiveren det.

"Overskredet" er ingen tilstand. Svarfristen løber, fra overleveringen er sendt, til den er besvaret, trukket tilbage
eller erstattet; om den er overskredet, er et spørgsmål til en dato. En planlagt overlevering har en dag, den skal være
sendt senest, og spærrer ikke for noget.
"""


def handovers() -> str:
    """The text of docs/overlevering.md."""
    return "\n".join(
        [_HEAD, *_diagram(), "", *_table(outside=False), "", *_table(outside=True), "", *_who_is_outside()]
    )


@cache
def seen() -> frozenset[Seen]:
    """Everything that was done to any handover, by what it was before and after."""
    return frozenset(one for step in explore(DEPTH, [Matter.ADULT_SUPPORT]) if step.events for one in _seen_in(step))


def _seen_in(step: Step) -> Iterator[Seen]:
    before, after = step.before.journey, step.after.journey
    for handover_id in {*after.handovers, *after.planned, *after.given_up}:
        was, now = _state(before, handover_id), _state(after, handover_id)
        if was == now or now is None:
            continue
        sent = _sent(after, handover_id)
        who = Who.GIVER if step.action.by is sent[0] else Who.RECEIVER
        # The one that takes another's place is simply sent.
        is_new = step.action.verb is Verb.REPLACE and was is None
        verb = Verb.SEND if is_new else step.action.verb
        yield Seen(was, now, verb, who, sent[1] in WITHOUT_LOGIN)


def _state(journey: Journey, handover_id: UUID) -> str | None:
    if handover_id in journey.planned:
        return PLANNED
    if handover_id in journey.given_up:
        return STATES[HandoverState.WITHDRAWN]
    one = journey.handovers.get(handover_id)
    return STATES[one.state] if one else None


def _sent(journey: Journey, handover_id: UUID) -> tuple[Party, Party]:
    one = journey.handovers.get(handover_id)
    given_up = journey.given_up.get(handover_id)
    what = one.sent if one else given_up.planned if given_up else journey.planned[handover_id]
    return what.giver, what.receiver


_ORDER = [PLANNED, *STATES.values()]


def _diagram() -> Iterator[str]:
    labels: dict[tuple[str | None, str], set[tuple[Verb, Who]]] = defaultdict(set)
    for one in seen():
        labels[one.before, one.after].add((one.verb, one.who))
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state in _ORDER:
        if " " in state:
            yield f'    state "{state}" as {_name(state)}'
    for before, after in sorted(labels, key=lambda pair: (_place(pair[0]), _place(pair[1]))):
        said = [f"{who} {_DOES[verb]}" for verb, who in sorted(labels[before, after], key=_by_verb)]
        yield f"    {_name(before)} --> {_name(after)}: {' / '.join(said)}"
    ends = [state for state in _ORDER if not any(one.before == state for one in seen())]
    yield from (f"    {_name(state)} --> [*]" for state in ends)
    yield "```"


def _table(*, outside: bool) -> Iterator[str]:
    yield "## Modtagere på papir, uden adgang" if outside else "## Modtagere med adgang"
    yield ""
    yield "| tilstand | afgiveren kan | modtageren kan |"
    yield "|---|---|---|"
    for state in (None, *_ORDER):
        cells = [_can(state, who, outside=outside) for who in Who]
        yield f"| {state or 'ikke begyndt'} | {cells[0]} | {cells[1]} |"


def _can(state: str | None, who: Who, *, outside: bool) -> str:
    """What somebody can do in a state, and what comes of it."""
    found = {(one.verb, one.after) for one in seen() if (one.before, one.who, one.outside) == (state, who, outside)}
    ordered = sorted(found, key=lambda pair: (list(Verb).index(pair[0]), _place(pair[1])))
    return "; ".join(f"{_DOES[verb]} → {after}" for verb, after in ordered) or "–"


def _who_is_outside() -> Iterator[str]:
    yield "## Hvem har ikke adgang?"
    yield ""
    for outside, party in PARTY_OF.items():
        never = party in WITHOUT_LOGIN
        whole = "hele parten er uden adgang" if never else "kun når det siges, mens overleveringen sendes"
        yield f"- {OUTSIDE[outside]} (part: {PARTIES[party]}): {whole}"
    yield ""
    yield (
        "Afgiveren udskriver overleveringen, registrerer, hvem der har bekræftet, at den er kommet frem, hvordan og "
        "hvilken\ndag, og derefter hvad der blev svaret. For alle andre svarer ingen på andres vegne."
    )
    yield ""


def _by_verb(pair: tuple[Verb, Who]) -> tuple[int, str]:
    return list(Verb).index(pair[0]), pair[1]


def _name(state: str | None) -> str:
    return "[*]" if state is None else state.replace(" ", "_")


def _place(state: str | None) -> int:
    return -1 if state is None else _ORDER.index(state)
