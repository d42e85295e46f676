"""Batches of rows: first the register, then the log, then what was set aside."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from database import Role
from domain.facts import civil_date
from domain.refused import Refused
from eventlog import Actor, ActorKind, Key, Outcome, OutcomeKind, Source, Step, journey
from intake import aside
from intake.aside import Aside, Keys
from intake.cells import CellFault, Cells
from intake.facts import ToldEvent, ToldPerson, decision, may_be_followed, told_event, told_person
from intake.office import Office
from intake.profiles import Kind, Profile
from intake.reading import Row
from intake.report import Report, Wrong
from intake.words import sentence
from people.register import Registered


@dataclass(slots=True, kw_only=True)
class Batches:
    """Takes batches of one delivery's rows, and counts what becomes of them."""

    office: Office
    key: Key
    profile: Profile
    header: tuple[str, ...]
    delivery_id: UUID
    now: datetime
    recorded_at: datetime | None
    report: Report
    is_repeat: bool = False
    anything_waits: bool = False
    fields: list[str | None] = field(init=False)
    keys: Keys = field(init=False)
    today: date = field(init=False)

    def __post_init__(self) -> None:
        self.keys = Keys(self.office.secrets, self.profile)
        self.today = civil_date(self.now)
        self.fields = self.profile.fields_of(self.header)

    def take(self, rows: Sequence[Row]) -> None:
        """Carry a batch through: the register, the log, then what was set aside."""
        self.report.rows += len(rows)
        rows = self._not_done_before(rows) if self.is_repeat else rows
        done = _Done()
        if self.profile.kind is Kind.PEOPLE:
            self._take_people(rows, done)
        else:
            self._take_events(rows, done)
        self._keep(done)

    def _not_done_before(self, rows: Sequence[Row]) -> list[Row]:
        """Only the rows that wait. The others are in the log, perhaps already corrected by a later file."""
        by_key = {self.keys.row(row.raw) for row in rows}
        with self.office.db.connection(Role.APPLICATION) as conn:
            waiting = aside.waiting_among(conn, by_key)
        left = [row for row in rows if self.keys.row(row.raw) in waiting]
        self.report.unchanged += len(rows) - len(left)
        return left

    def _take_people(self, rows: Sequence[Row], done: "_Done") -> None:
        told: list[tuple[Row, ToldPerson]] = []
        for row in rows:
            try:
                self._refuse_faulty(row)
                told.append((row, told_person(self._cells(row), today=self.today, demo=self.office.log.is_demo)))
            except CellFault as fault:
                done.aside.append(self._aside(row, fault))
        with self.office.db.connection(Role.APPLICATION) as conn:
            there = self.office.register.find_by_cpr(conn, [one.new.cpr for _, one in told])
            told = [pair for pair in told if pair[1].new.cpr in there or self._may_follow(*pair, done)]
            registered = self.office.register.register_people(conn, [one.new for _, one in told], self.now)
        steps = [
            Step(
                stream=journey(person.person_id),
                decide=lambda state, one=one: one.decide(state, self.today),  # type: ignore[misc]
            )
            for (_, one), person in zip(told, registered, strict=True)
        ]
        for (row, _), person, outcome in zip(told, registered, self._record(steps), strict=True):
            self._count_person(row, person, outcome, done)

    def _take_events(self, rows: Sequence[Row], done: "_Done") -> None:
        told: list[tuple[Row, ToldEvent]] = []
        for row in rows:
            try:
                self._refuse_faulty(row)
                event = told_event(
                    self._cells(row), now=self.now, demo=self.office.log.is_demo, handover_id=self.keys.handover
                )
                told.append((row, event))
            except CellFault as fault:
                done.aside.append(self._aside(row, fault))
        with self.office.db.connection(Role.APPLICATION) as conn:
            people = self.office.register.find_by_cpr(conn, [one.cpr for _, one in told])
        steps: list[tuple[Row, Step]] = []
        for row, one in told:
            if one.cpr not in people:
                done.aside.append(self._aside(row, CellFault("unknown-person", "cpr")))
                continue
            steps.append((row, self._step(people[one.cpr], one)))
        outcomes = self._record([step for _, step in steps])
        self.report.entries += sum(len(outcome.entry_ids) for outcome in outcomes)
        for (row, _), outcome in zip(steps, outcomes, strict=True):
            self._count_event(row, outcome, done)

    def _step(self, person: UUID, told: ToldEvent) -> Step:
        source = Source(self.profile.source, told.source_id)
        return Step(
            stream=journey(person), decide=decision(told.event, self.today), source=source, known_at=told.known_at
        )

    def _record(self, steps: Sequence[Step]) -> list[Outcome]:
        if not steps:
            return []
        return self.office.log.record_many(
            steps,
            by=Actor(kind=ActorKind.IMPORT, id=self.profile.name),
            known_at=self.now,
            caused_by=self.delivery_id,
            recorded_at=self.recorded_at,
        )

    def _count_person(self, row: Row, person: Registered, outcome: Outcome, done: "_Done") -> None:
        self.report.entries += len(outcome.entry_ids)
        self.report.people_new += person.change == "new"
        self.report.people_renamed += person.change == "renamed"
        is_changed = person.change == "renamed" or person.newly_protected
        if outcome.kind is OutcomeKind.REFUSED:
            done.aside.append(self._aside(row, CellFault(outcome.reason or "")))
            return
        done.good.append(row)
        # To begin is several entries, a corrected birth date is one.
        if len(outcome.entry_ids) > 1:
            self.report.new += 1
        elif outcome.entry_ids or is_changed:
            self.report.corrected += 1
        else:
            self.report.unchanged += 1

    def _count_event(self, row: Row, outcome: Outcome, done: "_Done") -> None:
        if outcome.kind is OutcomeKind.REFUSED:
            done.aside.append(self._aside(row, CellFault(outcome.reason or "")))
            return
        done.good.append(row)
        match outcome.kind:
            case OutcomeKind.APPENDED:
                self.report.new += 1
            case OutcomeKind.CORRECTED:
                self.report.corrected += 1
            case _:
                self.report.unchanged += 1

    def _may_follow(self, row: Row, told: ToldPerson, done: "_Done") -> bool:
        """Whether a journey could begin. Those for whom it could not do not get into the register either."""
        try:
            may_be_followed(told)
        except Refused as refusal:
            done.aside.append(self._aside(row, CellFault(refusal.reason)))
            return False
        return True

    def _refuse_faulty(self, row: Row) -> None:
        if row.fault is not None:
            raise CellFault(row.fault)

    def _cells(self, row: Row) -> Cells:
        pairs = zip(self.fields, row.cells, strict=True)
        return Cells(self.profile, {name: cell.strip() for name, cell in pairs if name is not None})

    def _aside(self, row: Row, fault: CellFault) -> Aside:
        """The row as it is set aside, with whatever it can be recognised by."""
        if row.column is not None:
            column = self.header[row.column]
        else:
            column = self.profile.heading(fault.field) if fault.field else ""
        source_key, person_key = self._recognised_by(row)
        return Aside(row, column, fault.reason, fault.expected, source_key, person_key)

    def _recognised_by(self, row: Row) -> tuple[bytes | None, bytes | None]:
        """Keys of what the source calls the row, and of whom it is about, where they can be read."""
        if row.fault is not None:
            return None, None
        cells = self._cells(row)
        person_key = source_key = None
        try:
            cpr = cells.cpr("cpr", demo=self.office.log.is_demo)
            person_key = self.keys.person(cpr)
            if self.profile.kind is Kind.PEOPLE:
                return self.keys.source(cpr.digits), person_key
        except CellFault:
            pass
        if self.profile.kind is Kind.EVENTS and all(cells.optional(name) for name in self.profile.identity):
            source_key = self.keys.source("\x1f".join(cells.optional(name) for name in self.profile.identity))
        return source_key, person_key

    def _keep(self, done: "_Done") -> None:
        """Write down what was set aside, and what need not wait any longer."""
        if not done.aside and not (self.anything_waits and done.good):
            return
        # Also what this batch sets aside: a wrong row may be put right further down in its file.
        self.anything_waits = self.anything_waits or bool(done.aside)
        with self.office.db.connection(Role.APPLICATION) as conn:
            known = aside.set_aside(conn, self.key, self.keys, self.delivery_id, done.aside, self.now)
            if self.anything_waits and done.good:
                aside.resolve(conn, *self._resolved_by(done), self.now)
        for one in sorted(done.aside, key=lambda each: each.row.line):
            self.report.set_aside.append(
                Wrong(
                    line=one.row.line,
                    column=one.column,
                    reason=one.reason,
                    text=sentence(one.reason, one.expected),
                    known=self.keys.row(one.row.raw) in known,
                )
            )

    def _resolved_by(self, done: "_Done") -> tuple[set[bytes], set[bytes]]:
        """Good rows resolve themselves, and wrong rows of the same id – unless the wrong one came later."""
        last_wrong = {one.source_key: one.row.line for one in done.aside if one.source_key}
        rows = {self.keys.row(row.raw) for row in done.good}
        sources = set()
        for row in done.good:
            source_key, _ = self._recognised_by(row)
            if source_key and last_wrong.get(source_key, 0) < row.line:
                sources.add(source_key)
        return rows, sources


@dataclass(slots=True)
class _Done:
    """What became of one batch."""

    good: list[Row] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
