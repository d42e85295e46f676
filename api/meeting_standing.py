"""How a case stands at a meeting, in a few words: the chips, and who does what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from api.person_lines import title_of
from api.sentences import in_words, many
from api.words import CLASSES
from api.worklist_rows import NOT_FOR_YOU, TO_COME, standing_of, status_of
from domain.access import Level, level
from domain.choices import ViewOnPlan
from domain.codes import Party
from domain.events import AgendaItemWished
from domain.facts import Life
from domain.rules import RuleSet
from domain.text import FreeText
from projections.person import PersonView
from projections.plan import Opinion
from projections.rows import Row
from projections.worklist import SOON

LONG_TEXT = 160
"""Characters of a step that stand on the screen before the rest is folded away."""

Chip = tuple[Literal["overdue", "soon", "ok", "neutral"], str]
"""The colour of a chip, and its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """Something that somebody is to do. `kind` is the colour of the chip, `status` its words."""

    what: str
    party: Party
    due_on: date
    kind: str
    status: str
    more: str = ""

    @property
    def is_long(self) -> bool:
        return len(self.what) > LONG_TEXT

    @property
    def short(self) -> str:
        return self.what[:LONG_TEXT].rsplit(" ", 1)[0] + " …"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """A party's wish to speak of somebody, and what about; `why` None where the reader may not read it."""

    party: Party
    on: date
    why: FreeText | None


def wishes_since(life: Life, day: date | None, *, reads: bool) -> list[Wished]:
    """Who has wished to speak of the young person since that day; None: since ever."""
    return [
        Wished(party=event.by, on=event.on, why=event.why if reads else None)
        for fact in life.of(AgendaItemWished)
        if isinstance(event := fact.event, AgendaItemWished) and (day is None or event.on >= day)
    ]


def chips(view: PersonView, rows: Sequence[Row], today: date, *, may_hear: bool) -> Iterator[Chip]:
    """How the case stands, in a few words. `may_hear`: the reader may know what the young person says."""
    overdue = sum(row.is_overdue(today) for row in rows) + sum(step.is_overdue for step in view.open_steps)
    days = [row.due_on for row in rows] + [step.due_on for step in view.open_steps]
    soon = sum(0 <= (day - today).days <= SOON for day in days)
    waiting = sum(one.state.is_open for one in view.handovers)
    if overdue:
        yield "overdue", many(overdue, "frist overskredet", "frister overskredet")
    if soon:
        yield "soon", f"{many(soon, 'frist', 'frister')} inden 14 dage"
    if waiting:
        yield "soon", many(waiting, "overlevering venter på svar", "overleveringer venter på svar")
    if not overdue and not soon:
        yield "ok", "Ingen frister de næste 14 dage"
    if view.coordinator:
        yield "neutral", f"Koordinerer: {in_words(view.coordinator)}"
    if may_hear:
        yield _opinion(view.plan.opinion)


def _opinion(opinion: Opinion | None) -> Chip:
    if opinion is None:
        return "neutral", "Den unge er ikke spurgt om planen"
    asked = f"({in_words(opinion.on)})"
    match opinion.view:
        case ViewOnPlan.AGREES:
            return "ok", f"Den unge siger ja til planen {asked}"
        case ViewOnPlan.DISAGREES:
            return "soon", f"Den unge siger nej til planen {asked}"
        case ViewOnPlan.COULD_NOT_ANSWER:
            return "neutral", f"Den unge kunne ikke svare om planen {asked}"


def todos(view: PersonView, rows: Sequence[Row], rules: RuleSet, reader: Party, today: date) -> list[Todo]:
    """Open steps, deadlines and handovers, the earliest first."""
    found = [*_steps(view, rules, today), *_rows(rows, rules, reader, today)]
    return sorted(found, key=lambda todo: (todo.due_on, todo.what))


def _steps(view: PersonView, rules: RuleSet, today: date) -> Iterator[Todo]:
    for step in view.open_steps:
        kind, status = status_of(step.due_on, today, rules.closed_days)
        what = step.what or "Et skridt i planen (teksten vises ikke for din rolle)"
        more = f"Venter på {in_words(step.waits_for)}" if step.waits_for else ""
        yield Todo(what=what, party=step.responsible, due_on=step.due_on, kind=kind, status=status, more=more)


def _rows(rows: Sequence[Row], rules: RuleSet, reader: Party, today: date) -> Iterator[Todo]:
    """Of a class that the reader may only know exists, nothing more is said."""
    for row in rows:
        kind, status = standing_of(row, today, rules.closed_days)
        known = level(reader, row.data_class) >= Level.SUMMARY
        yield Todo(
            what=title_of(row, rules) if known else f"Noget om {CLASSES[row.data_class]}",
            party=row.holder,
            due_on=row.due_on,
            kind=kind,
            status=status,
            more=TO_COME[row.next_move] if known else NOT_FOR_YOU,
        )
