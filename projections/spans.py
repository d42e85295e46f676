"""From one person's entries to spans: which row stood from which position of the log to which.

Pure, and exact position by position: a row that came and went between two batches is a span all the same,
so the spans do not depend on how the log was cut into batches.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from domain.codes import StreamKind
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


class Parked(NamedTuple):
    """From this position on this table does not follow this person: something could not be read, folded or written.

    The rows stay as they stood before it. `reason` is the name of the fault, never its text.
    """

    table: Table
    person_id: UUID
    position: int
    reason: str


Told = Change | Parked
"""What one position of the log means for one person in one table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """An entry that could not be opened; `reason` is the name of the fault, never its text."""

    stream: UUID
    kind: StreamKind
    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person's folded facts at a position of the log, and the rows they give, by table and key.

    None in the place of a table's rows: the person is parked there.
    """

    person_id: UUID
    life: Life = Life()  # noqa: RUF009 - frozen
    journey: Journey = Journey()  # noqa: RUF009 - frozen
    standing: tuple[Mapping[str, Keyed] | None, ...] = ({},) * len(TABLES)

    @property
    def is_parked(self) -> bool:
        """Whether no table follows this person any longer."""
        return all(rows is None for rows in self.standing)

    def parked_in(self, names: Collection[str]) -> "Person":
        """The same person, whom these tables do not follow."""
        if not names:
            return self
        standing = (None if table.name in names else rows for table, rows in zip(TABLES, self.standing, strict=True))
        return replace(self, standing=tuple(standing))


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A row that stood from one position until another, which no longer counts; None while it stands."""

    person_id: UUID
    row: Keyed
    from_position: int
    to_position: int | None = None


def step(person: Person, entry: Entry | Unreadable, rules: InForce) -> tuple[Person, list[Told]]:
    """Let one more entry of this person be known; one that cannot be read or folded parks them in every table."""
    if isinstance(entry, Unreadable):
        return _parked(person, entry.position, entry.reason)
    try:
        life = learn(person.life, entry.fact())
        journey = evolve(person.journey, entry.event) if entry.about is None else _journey_of(life)
    except Exception as fault:  # noqa: BLE001 - one person's entries hold up nobody else
        return _parked(person, entry.position, type(fault).__name__)
    person = Person(person.person_id, life, journey, person.standing)
    if entry.about is not None:
        # What a correction is about may have been of another type.
        again: list[Part | None] = [Part(rules.rules)] * len(TABLES)
    else:
        kind = type(entry.event)
        again = [Part(rules.rules) if of_table is None else of_table.get(kind) for of_table in rules.parts]
    return _rows_again(person, entry.position, again)


def under(person: Person, rules: InForce, position: int) -> tuple[Person, list[Told]]:
    """Let other rules count from this position on."""
    if not person.life.stands_for:
        return person, []  # nothing is known of them: no rules give them a row
    return _rows_again(person, position, [None if of_table is None else Part(rules.rules) for of_table in rules.parts])


def person_of(person_id: UUID, entries: Sequence[Entry], rules: InForce, parked: Collection[str] = ()) -> Person:
    """The person as they stand after these entries, under these rules, whatever the rules were before.

    `parked` are the tables that do not follow them. Raises whatever is wrong with the entries or with a table's rows;
    `story_of` says where it is wrong.
    """
    life = life_of(entry.fact() for entry in entries)
    journey = _journey_of(life)
    standing = (
        None
        if table.name in parked
        else {row.row_key: row for row in (table.rows_of(life, journey, rules.rules) if entries else ())}
        for table in TABLES
    )
    return Person(person_id, life, journey, tuple(standing))


def story_of(
    person_id: UUID, entries: Iterable[Entry | Unreadable], rule_changes: Sequence[RuleChange]
) -> Iterator[tuple[Person, list[Told]]]:
    """Position by position: the person as they stood then, and what it did to their rows. Ends where all is parked."""
    person, rules = Person(person_id), in_force(NO_RULES)
    coming = list(reversed(rule_changes))
    for entry in entries:
        while coming and coming[-1][0] < entry.position:
            position, rules = coming.pop()
            person, told = under(person, rules, position)
            yield person, told
        person, told = step(person, entry, rules)
        yield person, told
        if person.is_parked:
            return
    for position, later in reversed(coming):
        person, told = under(person, later, position)
        yield person, told


def changes_of(
    person_id: UUID, entries: Iterable[Entry | Unreadable], rule_changes: Sequence[RuleChange]
) -> Iterable[Told]:
    """Everything that ever happened to this person's rows, in the order of the log."""
    for _, told in story_of(person_id, entries, rule_changes):
        yield from told


class Spans:
    """Changes gathered into what has to be written: new spans, and the ends of spans written before.

    A span that both began and ended here is written once, with its end.
    """

    def __init__(self) -> None:
        self.opened: dict[str, list[Span]] = {table.name: [] for table in TABLES}
        self.closed: dict[str, list[tuple[UUID, str, int]]] = {table.name: [] for table in TABLES}
        self.parked: list[Parked] = []
        self._here: dict[tuple[str, UUID, str], int] = {}

    def add(self, changes: Iterable[Told]) -> None:
        """Let these changes have happened; those of one person in the order of the log."""
        for change in changes:
            if isinstance(change, Parked):
                self.parked.append(change)
                continue
            table, person_id, position, closed, opened = change
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


def _parked(person: Person, position: int, reason: str) -> tuple[Person, list[Told]]:
    """Parked from here on in every table that still follows them; nothing of them is remembered."""
    told: list[Told] = [
        Parked(table, person.person_id, position, reason)
        for table, rows in zip(TABLES, person.standing, strict=True)
        if rows is not None
    ]
    return Person(person.person_id, standing=(None,) * len(TABLES)), told


def _rows_again(person: Person, position: int, again: Sequence[Part | None]) -> tuple[Person, list[Told]]:
    """Work out these parts of each table's rows again, and say what is different.

    A fault in one table's rows parks the person in that table; their other tables go on.
    """
    standing, told = list(person.standing), list[Told]()
    for number, (table, part, before) in enumerate(zip(TABLES, again, person.standing, strict=True)):
        if part is None or before is None:
            continue
        try:
            after = {row.row_key: row for row in table.rows_of(person.life, person.journey, part.rules)}
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is about this person in this table
            standing[number] = None
            told.append(Parked(table, person.person_id, position, type(fault).__name__))
            continue
        # A handover may be in a pair with an obligation that is not of this part: what stays, stays as it was.
        after |= {key: row for key, row in before.items() if table.stays(row, part)}
        if after == before:
            continue
        closed = tuple(key for key, row in before.items() if after.get(key) != row)
        opened = tuple(row for key, row in after.items() if before.get(key) != row)
        standing[number] = after
        told.append(Change(table, person.person_id, position, closed, opened))
    if told:
        person = Person(person.person_id, person.life, person.journey, tuple(standing))
    return person, told
