"""From one person's entries to spans: which row stood from which position of the log to which.

Pure, and exact position by position: a row that came and went between two batches is a span all the same,
so the spans do not depend on how the log was cut into batches.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from domain.facts import Life, learn, life_of
from domain.journey import Journey, evolve, fold
from domain.rules import RuleSet
from eventlog import Entry
from projections import milepaelen, pairs, parts, rows, wishes, young
from projections.rows import NO_RULES, Part


class Keyed(Protocol):
    """A row of any span table. Its key names it among the rows of its person in that table."""

    @property
    def row_key(self) -> str: ...


Parts = Mapping[type, Part]
"""By type of event, the part of the rules that is to be worked out again."""


@dataclass(frozen=True, slots=True)
class Table:
    """A question across people: which rows one person gives, and what can change them.

    `parts` answers for these rules; None when any event can change a row and no rule can. `stays` says of a row
    that it is not of a part.
    """

    name: str
    row: type[Any]
    rows_of: Callable[[Life, Journey, RuleSet], tuple[Any, ...]]
    parts: Callable[[RuleSet], Parts] | None = None
    stays: Callable[[Any, Part], bool] = lambda _row, _part: False


WORKLIST = Table("worklist", rows.Row, pairs.rows_of, parts.parts, parts.stays)
YOUNG = Table("young", young.Young, young.young_of)
MILEPAELEN = Table("milepaelen", milepaelen.Stay, milepaelen.stays_of, milepaelen.parts)
WISH = Table("wish", wishes.Wish, wishes.wishes_of, wishes.parts)
TABLES = (WORKLIST, YOUNG, MILEPAELEN, WISH)


@dataclass(frozen=True, slots=True)
class InForce:
    """Rules that count, made ready to fold with: the parts of each table."""

    rules: RuleSet
    parts: tuple[Parts | None, ...]


def in_force(rules: RuleSet) -> InForce:
    """These rules, made ready to fold with."""
    return InForce(rules, tuple(table.parts(rules) if table.parts else None for table in TABLES))


RuleChange = tuple[int, InForce]
"""From this position of the log these rules count."""


class Change(NamedTuple):
    """What one position of the log did to the rows of one person in one table."""

    table: Table
    person_id: UUID
    position: int
    closed: tuple[str, ...]
    opened: tuple[Keyed, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One person's folded facts at a position of the log, and the rows they give, by table and key."""

    person_id: UUID
    life: Life = Life()  # noqa: RUF009 - frozen
    journey: Journey = Journey()  # noqa: RUF009 - frozen
    standing: tuple[Mapping[str, Keyed], ...] = ({},) * len(TABLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A row that stood from one position until another, which no longer counts; None while it stands."""

    person_id: UUID
    row: Keyed
    from_position: int
    to_position: int | None = None


def step(person: Person, entry: Entry, rules: InForce) -> tuple[Person, list[Change]]:
    """Let one more entry of this person be known."""
    life = learn(person.life, entry.fact())
    journey = evolve(person.journey, entry.event) if entry.about is None else _journey_of(life)
    person = Person(person.person_id, life, journey, person.standing)
    if entry.about is not None:
        # What a correction is about may have been of another type.
        again: list[Part | None] = [Part(rules.rules)] * len(TABLES)
    else:
        kind = type(entry.event)
        again = [Part(rules.rules) if of_table is None else of_table.get(kind) for of_table in rules.parts]
    return _rows_again(person, entry.position, again)


def under(person: Person, rules: InForce, position: int) -> tuple[Person, list[Change]]:
    """Let other rules count from this position on."""
    return _rows_again(person, position, [None if of_table is None else Part(rules.rules) for of_table in rules.parts])


def person_of(person_id: UUID, entries: Sequence[Entry], rules: InForce) -> Person:
    """The person as they stand after these entries, under these rules, whatever the rules were before."""
    life = life_of(entry.fact() for entry in entries)
    person = Person(person_id, life, _journey_of(life))
    person, _ = _rows_again(person, 0, [Part(rules.rules)] * len(TABLES))
    return person


def changes_of(person_id: UUID, entries: Sequence[Entry], rule_changes: Sequence[RuleChange]) -> Iterable[Change]:
    """Everything that ever happened to this person's rows, in the order of the log."""
    person, rules = Person(person_id), in_force(NO_RULES)
    coming = list(reversed(rule_changes))
    for entry in entries:
        while coming and coming[-1][0] < entry.position:
            position, rules = coming.pop()
            person, changes = under(person, rules, position)
            yield from changes
        person, changes = step(person, entry, rules)
        yield from changes
    for position, later in reversed(coming):
        person, changes = under(person, later, position)
        yield from changes


class Spans:
    """Changes gathered into what has to be written: new spans, and the ends of spans written before.

    A span that both began and ended here is written once, with its end.
    """

    def __init__(self) -> None:
        self.opened: dict[str, list[Span]] = {table.name: [] for table in TABLES}
        self.closed: dict[str, list[tuple[UUID, str, int]]] = {table.name: [] for table in TABLES}
        self._here: dict[tuple[str, UUID, str], int] = {}

    def add(self, changes: Iterable[Change]) -> None:
        """Let these changes have happened; those of one person in the order of the log."""
        for table, person_id, position, closed, opened in changes:
            spans = self.opened[table.name]
            for key in closed:
                place = self._here.pop((table.name, person_id, key), None)
                if place is None:
                    self.closed[table.name].append((person_id, key, position))
                else:
                    spans[place] = replace(spans[place], to_position=position)
            for row in opened:
                self._here[table.name, person_id, row.row_key] = len(spans)
                spans.append(Span(person_id=person_id, row=row, from_position=position))

    def count(self) -> int:
        """How many new spans there are, in all tables."""
        return sum(map(len, self.opened.values()))


def _journey_of(life: Life) -> Journey:
    """The journey in the order of the log; a correction takes the place of what it is about, where that stood."""
    return fold(fact.event for fact in sorted(life.all(), key=lambda fact: fact.position))


def _rows_again(person: Person, position: int, again: Sequence[Part | None]) -> tuple[Person, list[Change]]:
    """Work out these parts of each table's rows again, and say what is different."""
    standing, changes = list(person.standing), []
    for number, (table, part) in enumerate(zip(TABLES, again, strict=True)):
        if part is None:
            continue
        before = person.standing[number]
        after = {row.row_key: row for row in table.rows_of(person.life, person.journey, part.rules)}
        # A handover may be in a pair with an obligation that is not of this part: what stays, stays as it was.
        after |= {key: row for key, row in before.items() if table.stays(row, part)}
        if after == before:
            continue
        closed = tuple(key for key, row in before.items() if after.get(key) != row)
        opened = tuple(row for key, row in after.items() if before.get(key) != row)
        standing[number] = after
        changes.append(Change(table, person.person_id, position, closed, opened))
    if changes:
        person = Person(person.person_id, person.life, person.journey, tuple(standing))
    return person, changes
