"""How a case stands at a meeting, in a few words: the chips, and who does what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from api.person_lines import title_of
from api.sentences import in_words, many
from api.words import CLASSES
from api.worklist_rows import NOT_FOR_YOU, TO_COME, status_of
from domain.access import Level, level
from domain.codes import Party
from domain.rules import RuleSet
from projections.person import PersonView
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


def chips(view: PersonView, rows: Sequence[Row], today: date) -> Iterator[Chip]:
    """How the case stands, in a few words."""
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


def todos(view: PersonView, rows: Sequence[Row], rules: RuleSet, reader: Party, today: date) -> list[Todo]:
    """Open steps, deadlines and handovers, the earliest first."""
    found = [*_steps(view, rules, today), *_rows(rows, rules, reader, today)]
    return sorted(found, key=lambda todo: (todo.due_on, todo.what))


def _steps(view: PersonView, rules: RuleSet, today: date) -> Iterator[Todo]:
    for step in view.open_steps:
        kind, status = status_of(step.due_on, today, rules.closed_days)
        what = step.what or "Et skridt i planen (teksten vises ikke for din rolle)"
        yield Todo(what=what, party=step.responsible, due_on=step.due_on, kind=kind, status=status)


def _rows(rows: Sequence[Row], rules: RuleSet, reader: Party, today: date) -> Iterator[Todo]:
    """Of a class that the reader may only know exists, nothing more is said."""
    for row in rows:
        kind, status = status_of(row.due_on, today, rules.closed_days)
        known = level(reader, row.data_class) >= Level.SUMMARY
        yield Todo(
            what=title_of(row, rules) if known else f"Noget om {CLASSES[row.data_class]}",
            party=row.holder,
            due_on=row.due_on,
            kind=kind,
            status=status,
            more=TO_COME[row.next_move] if known else NOT_FOR_YOU,
        )
