"""Batches of rows: first the register, then the log, then what was set aside."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from database import Role
from domain.facts import civil_date
from domain.refused import Refused
from eventlog import Actor, ActorKind, Key, Outcome, OutcomeKind, Source, Step, journey
from intake import aside, attempts
from intake.aside import Aside, Keys
from intake.cells import NOBODY, CellFault
from intake.facts import ToldEvent, ToldPerson, decision, may_be_followed, told_event, told_person
from intake.full_lists import FullList, Stands
from intake.layout import Layout
from intake.office import Office
from intake.profile import Kind, Profile
from intake.report import Report, Wrong
from intake.rows import Row
from intake.sorts import Sort
from intake.words import sentence
from people.register import Registered

ERASED = "erased"
"""The reason why the log takes no more of what was erased."""


@dataclass(slots=True, kw_only=True)
class Batches:
    """Takes batches of one delivery's rows, and counts what becomes of them.

    `by` is who writes, the import itself unless a person put the rows right. Without `keeps`, what is wrong is told
    and not set aside. Of a repeat all rows were done before, of a file that broke off the first `done_before`.
    `remembers`: these are all rows of the delivery from its first, and how far it has come is noted.
    """

    office: Office
    key: Key
    layout: Layout
    delivery_id: UUID
    now: datetime
    recorded_at: datetime | None
    report: Report
    is_repeat: bool = False
    done_before: int = 0
    remembers: bool = False
    anything_waits: bool = False
    full_list: FullList | None = None
    by: Actor | None = None
    keeps: bool = True
    keys: Keys = field(init=False)
    today: date = field(init=False)
    staff: Collection[str] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = Keys(self.office.secrets, self.profile)
        self.today = civil_date(self.now)
        self.staff = self._staff() if _names_staff(self.profile) else NOBODY

    @property
    def profile(self) -> Profile:
        return self.layout.profile

    def take(self, rows: Sequence[Row]) -> None:
        """Carry a batch through, except for what was done before."""
        carried = self.report.rows
        self.report.rows += len(rows)
        again = len(rows) if self.is_repeat else min(max(self.done_before - carried, 0), len(rows))
        for piece in self._pieces(self._not_done_before(rows[:again]) if again else []):
            self._carry_through(piece)
        carried += again
        for piece in self._pieces(rows[again:]):
            carried += len(piece)
            self._carry_through(piece, carried if self.remembers else None)

    def _pieces(self, rows: Sequence[Row]) -> Iterator[list[Row]]:
        """The rows in their order, and in no piece the same id twice.

        A kill may fall when a piece is in the log and nobody remembers that it is. Done again it is nothing then: each
        of its rows is what the log knows. Had it two for one id, each would correct the other once more.
        """
        piece: list[Row] = []
        told: set[bytes] = set()
        for row in rows:
            source_key, _ = self._recognised_by(row)
            if source_key in told:
                yield piece
                piece, told = [], set()
            piece.append(row)
            if source_key:
                told.add(source_key)
        if piece:
            yield piece

    def _carry_through(self, rows: Sequence[Row], carried: int | None = None) -> None:
        """First the register, then the log, then what was set aside, and that `carried` rows are done."""
        done = _Done()
        if self.profile.kind is Kind.PEOPLE:
            self._take_people(rows, done)
        else:
            self._take_events(rows, done)
        self._keep(done, carried)

    def _not_done_before(self, rows: Sequence[Row]) -> list[Row]:
        """Only the rows that wait. The others are in the log, perhaps already corrected by a later file."""
        by_key = {self.keys.row(row.raw) for row in rows}
        with self.office.db.connection(Role.APPLICATION) as conn:
            waiting = aside.waiting_among(conn, by_key)
            if self.full_list:
                self._still_there([self._recognised_by(row) for row in rows], conn)
        left = [row for row in rows if self.keys.row(row.raw) in waiting]
        self.report.unchanged += len(rows) - len(left)
        return left

    def _take_people(self, rows: Sequence[Row], done: "_Done") -> None:
        told: list[tuple[Row, ToldPerson]] = []
        for row in rows:
            try:
                cells = self.layout.cells(row)
                told.append((row, told_person(cells, today=self.today, demo=self.office.log.is_demo)))
            except CellFault as fault:
                done.aside.append(self._aside(row, fault))
        with self.office.db.connection(Role.APPLICATION) as conn:
            there = self.office.register.find_by_cpr(conn, [one.new.cpr for _, one in told])
            told = [pair for pair in told if pair[1].new.cpr in there or self._may_follow(*pair, done)]
            registered = self.office.register.register_people(conn, [one.new for _, one in told], self.now)
        steps = [
            Step(
                stream=journey(person.person_id),
                # A number that leads to another file says nothing of it, least of all its date of birth.
                decide=lambda state, one=one, joined=person.change == "joined": (  # type: ignore[misc]
                    [] if joined else one.decide(state, self.today)
                ),
            )
            for (_, one), person in zip(told, registered, strict=True)
        ]
        for (row, _), person, outcome in zip(told, registered, self._record(steps), strict=True):
            self._count_person(row, person, outcome, done)

    def _take_events(self, rows: Sequence[Row], done: "_Done") -> None:
        told: list[tuple[Row, ToldEvent]] = []
        for row in rows:
            try:
                event = told_event(
                    self.layout.cells(row),
                    now=self.now,
                    demo=self.office.log.is_demo,
                    handover_id=self.keys.handover,
                    staff=self.staff,
                )
                told.append((row, event))
            except CellFault as fault:
                done.aside.append(self._aside(row, fault))
        with self.office.db.connection(Role.APPLICATION) as conn:
            people = self.office.register.find_by_cpr(conn, [one.cpr for _, one in told])
        known = [(row, one) for row, one in told if one.cpr in people]
        for row, one in told:
            if one.cpr not in people:
                done.aside.append(self._aside(row, CellFault("unknown-person", "cpr")))
        outcomes = self._record([self._step(people[one.cpr], one) for _, one in known])
        self.report.entries += sum(len(outcome.entry_ids) for outcome in outcomes)
        for (row, one), outcome in zip(known, outcomes, strict=True):
            if self._count_event(row, outcome, done):
                source_key, person_key = self.keys.source(one.source_id), self.keys.person(one.cpr)
                done.stands.append(Stands(source_key, person_key, people[one.cpr], one.event))

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
            by=self.by or Actor(kind=ActorKind.IMPORT, id=self.profile.name),
            known_at=self.now,
            caused_by=self.delivery_id,
            recorded_at=self.recorded_at,
        )

    def _count_person(self, row: Row, person: Registered, outcome: Outcome, done: "_Done") -> None:
        self.report.entries += len(outcome.entry_ids)
        self.report.people_new += person.change == "new"
        self.report.people_renamed += person.change == "renamed"
        is_changed = person.change == "renamed" or person.newly_protected
        if self._is_about_erased(row, outcome, done):
            return
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

    def _count_event(self, row: Row, outcome: Outcome, done: "_Done") -> bool:
        """Whether what the row tells is in the log."""
        if self._is_about_erased(row, outcome, done):
            return False
        if outcome.kind is OutcomeKind.REFUSED:
            done.aside.append(self._aside(row, CellFault(outcome.reason or "")))
            return False
        done.good.append(row)
        match outcome.kind:
            case OutcomeKind.APPENDED:
                self.report.new += 1
            case OutcomeKind.CORRECTED:
                self.report.corrected += 1
            case _:
                self.report.unchanged += 1
        return True

    def _is_about_erased(self, row: Row, outcome: Outcome, done: "_Done") -> bool:
        """Whether it tells of what was erased. Such a row is not set aside either: that would keep what it says."""
        if outcome.reason != ERASED or not self.keeps:
            return False
        self.report.erased += 1
        done.erased.append(row)
        return True

    def _may_follow(self, row: Row, told: ToldPerson, done: "_Done") -> bool:
        """Whether a journey could begin. Those for whom it could not do not get into the register either."""
        try:
            may_be_followed(told)
        except Refused as refusal:
            done.aside.append(self._aside(row, CellFault(refusal.reason)))
            return False
        return True

    def _staff(self) -> frozenset[str]:
        with self.office.db.connection(Role.APPLICATION) as conn:
            return aside.staff_ids(conn)

    def _aside(self, row: Row, fault: CellFault) -> Aside:
        """The row as it is set aside, with whatever it can be recognised by."""
        column, cell = self.layout.place_of(row, fault.field)
        source_key, person_key = self._recognised_by(row)
        return Aside(row, column, fault.reason, fault.expected, source_key, person_key, cell)

    def _recognised_by(self, row: Row) -> tuple[bytes | None, bytes | None]:
        return self.layout.keys_of(row, self.keys, demo=self.office.log.is_demo)

    def _keep(self, done: "_Done", carried: int | None) -> None:
        """Write down what was set aside, what need not wait any longer, what stands on a list, and how far we are."""
        if done.erased and self.anything_waits:
            with self.office.db.connection(Role.ERASER) as conn:
                aside.drop(conn, [self.keys.row(row.raw) for row in done.erased])
        known: set[bytes] = set()
        with self.office.db.connection(Role.APPLICATION) as conn:
            if self.full_list and (done.stands or done.aside):
                self.report.withdrawn += self.full_list.stand(conn, done.stands)
                self._still_there([(one.source_key, one.person_key) for one in done.aside], conn)
            if self.keeps:
                known = self._set_aside(conn, done)
            if carried is not None:
                attempts.remember(conn, self.delivery_id, carried)
        self._tell(done.aside, known)

    def _set_aside(self, conn: Connection[Any], done: "_Done") -> set[bytes]:
        """Answers with the row keys of those that were waiting already."""
        known: set[bytes] = set()
        if done.aside:
            self._leave_out_corrected(conn, done)
            known = aside.set_aside(conn, self.key, self.keys, self.delivery_id, done.aside, self.now)
            # A wrong row may be put right further down in its file.
            self.anything_waits = True
        if self.anything_waits and done.good:
            lines = {key: row.line for row in done.good if (key := self._recognised_by(row)[0])}
            aside.resolve(conn, {self.keys.row(row.raw) for row in done.good}, lines, self.delivery_id, self.now)
        return known

    def _leave_out_corrected(self, conn: Connection[Any], done: "_Done") -> None:
        """A row that somebody put right by hand is in the log already, however often the source sends it wrong.

        One that somebody put away is not to be used, however often it comes.
        """
        corrected = aside.corrected_among(conn, {self.keys.row(one.row.raw) for one in done.aside})
        left = [one for one in done.aside if self.keys.row(one.row.raw) not in corrected]
        self.report.unchanged += len(done.aside) - len(left)
        done.aside[:] = left

    def _tell(self, asides: Sequence[Aside], known: set[bytes]) -> None:
        for one in sorted(asides, key=lambda each: each.row.line):
            self.report.set_aside.append(
                Wrong(
                    line=one.row.line,
                    column=one.column,
                    reason=one.reason,
                    text=sentence(one.reason, one.expected),
                    known=self.keys.row(one.row.raw) in known,
                    sheet=self.layout.sheet,
                    cell=one.cell,
                )
            )

    def _still_there(self, rows: Sequence[tuple[bytes | None, bytes | None]], conn: Connection[Any]) -> None:
        if self.full_list and rows:
            self.report.withdrawn += self.full_list.still_there(conn, rows)


def _names_staff(profile: Profile) -> bool:
    return any(each.sort is Sort.STAFF for wants in profile.takes.values() for each in wants)


@dataclass(slots=True)
class _Done:
    """What became of one batch."""

    good: list[Row] = field(default_factory=list)
    stands: list[Stands] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    erased: list[Row] = field(default_factory=list)
