"""The register: which person a number is, what they are called, and how they are found.

Numbers are found by HMAC, names by HMAC of their words' beginnings; what is sealed is opened only for those
who are shown. Every method works in the caller's transaction.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import randbelow
from typing import Literal
from uuid import UUID, uuid4

from psycopg import Connection

from database.database import Database
from domain.codes import KeyGroup
from eventlog.keys import KeyRing, key_id_of
from eventlog.secrets import Secrets
from people.cpr import Cpr
from people.danish_order import sort_key, words
from people.name_index import candidates, index_names, matches
from people.names import MAX_NAME, clean_name
from people.sealing import keys_of, seal, unseal

Change = Literal["new", "renamed", "unchanged", "joined"]
Reach = Callable[[Collection[UUID]], Collection[UUID]]
"""Which of these people the reader may know of."""

_CASE_NUMBER = re.compile(r"[1-9][0-9]{5,6}")
_TRIES_WITH_SIX_DIGITS = 4
_TRIES = 40


class NumberTaken(Exception):  # noqa: N818 - it is an answer: the two may be one person
    """The CPR number belongs to another person in the register."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person as a source tells of them. NameFault when the name cannot be kept."""

    cpr: Cpr
    name: str = field(repr=False)
    protected: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", clean_name(self.name))


@dataclass(frozen=True, slots=True)
class Registered:
    """What registering did. `newly_protected`: the name and address protection was not known before.

    `change` "joined": the number leads to a file (`person_id`) that has another number; nothing was told of that one.
    """

    person_id: UUID
    case_number: str
    change: Change
    newly_protected: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a person is, opened to be shown. The name stays out of `repr`, so that it stays out of logs.

    `goes_on_here` is false for a file that was joined into another.
    """

    person_id: UUID
    case_number: str
    name: str = field(repr=False)
    protected: bool
    goes_on_here: bool = True


@dataclass(frozen=True, slots=True)
class _Row:
    person_id: UUID
    case_number: str
    name_sealed: bytes
    protected: bool
    joined_into: UUID | None


class Register:
    """The people of one municipality.

    `draw(n)` gives a random number below n; only tests give another than the operating system's.
    """

    def __init__(
        self, db: Database, keys: KeyRing, secrets: Secrets, *, draw: Callable[[int], int] = randbelow
    ) -> None:
        self.db = db
        self._keys = keys
        self._secrets = secrets
        self._draw = draw

    def register_people(self, conn: Connection, rows: Sequence[NewPerson], now: datetime) -> list[Registered]:
        """Add those who are new and rename those whose name changed; one answer for each row, in order.

        A number that comes several times is one person, and the last row counts. Protection is only ever set
        here: a source that does not know of it must not lift it.
        """
        by_hash = {self._cpr_hash(row.cpr): row for row in rows}
        protected = {self._cpr_hash(row.cpr) for row in rows if row.protected}
        known = self._by_hash(conn, by_hash)
        answers = self._change(
            conn, {cpr: (known[cpr], row) for cpr, row in by_hash.items() if cpr in known}, protected, now
        )
        unknown = {cpr: row for cpr, row in by_hash.items() if cpr not in known}
        if unknown:
            answers |= self._add(conn, unknown, protected, now)
        return _in_order([self._cpr_hash(row.cpr) for row in rows], answers)

    def find_by_cpr(self, conn: Connection, cprs: Sequence[Cpr]) -> dict[Cpr, UUID]:
        """The people with these numbers; unknown numbers are not in it. Two numbers of joined files are one person."""
        by_hash = {self._cpr_hash(cpr): cpr for cpr in cprs}
        found = self._by_hash(conn, by_hash)
        return {by_hash[cpr]: row.joined_into or row.person_id for cpr, row in found.items()}

    def identities(self, conn: Connection, person_ids: Collection[UUID]) -> dict[UUID, Identity]:
        """Who these people are. Unknown and erased people are not in it."""
        return self._opened(conn, self._rows(conn, person_ids))

    def by_case_number(self, conn: Connection, number: str) -> Identity | None:
        """The person with this case number; None when nobody has it or it cannot be one.

        The number of a file that was joined into another leads there: the answer has the other's number.
        """
        if _CASE_NUMBER.fullmatch(number) is None:
            return None
        found = conn.execute(
            _SELECT  # noqa: S608
            + " where person_id = (select coalesce(joined_into, person_id) from person where case_number = %s)",
            [number],
        )
        return next(iter(self._opened(conn, [_Row(*row) for row in found]).values()), None)

    def search(self, conn: Connection, text: str, limit: int = 50, *, reach: Reach | None = None) -> list[Identity]:
        """The people a worker may mean by a case number or the beginnings of names, in Danish order.

        Every word must begin some word of the name. `reach` is asked before anything is counted or cut off, so
        that people out of reach leave no trace.
        """
        asked = text.strip()
        if _CASE_NUMBER.fullmatch(asked):
            one = self.by_case_number(conn, asked)
            found = [one] if one else []
        else:
            # No name is longer, so nothing longer is asked of the database.
            found = self._named(conn, words(asked)) if len(asked) <= MAX_NAME else []
        if reach is not None:
            within = set(reach([identity.person_id for identity in found]))
            found = [identity for identity in found if identity.person_id in within]
        return sorted(found, key=lambda identity: (sort_key(identity.name), identity.case_number))[:limit]

    def number_of(self, conn: Connection, person_id: UUID) -> Cpr | None:
        """The person's CPR number, for "Vis CPR" after the look is logged."""
        row = conn.execute("select cpr_sealed from person where person_id = %s", [person_id]).fetchone()
        digits = row and unseal(keys_of(conn, self._keys, row), row[0], "cpr", person_id)
        return Cpr(digits) if digits else None

    def give_number(self, conn: Connection, person_id: UUID, cpr: Cpr, now: datetime) -> None:
        """Exchange the person's number, most often a replacement for the real one.

        NumberTaken when another person has it; KeyError when there is no such person.
        """
        # Not left to the unique index: its error would end the caller's transaction.
        holder = self.find_by_cpr(conn, [cpr]).get(cpr, person_id)
        if holder != person_id:
            raise NumberTaken
        row = conn.execute("select cpr_sealed from person where person_id = %s for update", [person_id]).fetchone()
        if row is None:
            raise KeyError(person_id)
        key = self._keys.get(conn, key_id_of(row[0]))
        conn.execute(
            "update person set cpr_hmac = %s, cpr_sealed = %s, changed_at = %s where person_id = %s",
            [self._cpr_hash(cpr), seal(key, cpr.digits, "cpr", person_id), now, person_id],
        )

    def protect(self, conn: Connection, person_id: UUID, *, protected: bool, now: datetime) -> None:
        """Set the name and address protection, or lift it – the only way it is ever lifted."""
        conn.execute(
            "update person set protected = %s, changed_at = %s where person_id = %s",
            [protected, now, person_id],
        )

    def join(self, conn: Connection, person_id: UUID, into: UUID, now: datetime) -> None:
        """From now on both numbers, CPR and case, lead to the file `into`. Asked twice is nothing.

        KeyError when one of them is not in the register or `into` itself goes on elsewhere.
        """
        rows = {row.person_id: row for row in self._rows(conn, [person_id, into])}
        if rows[into].joined_into is not None:
            raise KeyError(into)
        conn.execute(
            "update person set joined_into = %(into)s, changed_at = %(now)s"
            " where (person_id = %(one)s or joined_into = %(one)s) and joined_into is distinct from %(into)s",
            {"into": into, "one": rows[person_id].person_id, "now": now},
        )
        if rows[person_id].protected and not rows[into].protected:
            self.protect(conn, into, protected=True, now=now)

    def part(self, conn: Connection, person_id: UUID, now: datetime) -> None:
        """The file stands by itself again; its numbers lead to it. Asked twice is nothing."""
        conn.execute(
            "update person set joined_into = null, changed_at = %s where person_id = %s and joined_into is not null",
            [now, person_id],
        )

    def joined_into(self, conn: Connection, person_id: UUID) -> list[Identity]:
        """The files that go on in this one, by case number."""
        found = conn.execute(_SELECT + " where joined_into = %s order by case_number", [person_id])
        return list(self._opened(conn, [_Row(*row) for row in found]).values())

    def forget(self, conn: Connection, person_id: UUID) -> None:
        """Remove all that says who this was; as the eraser, in the transaction that destroys the keys."""
        conn.execute("delete from person where person_id = %s", [person_id])

    def _change(
        self,
        conn: Connection,
        known: Mapping[bytes, tuple[_Row, NewPerson]],
        protected: Collection[bytes],
        now: datetime,
    ) -> dict[bytes, Registered]:
        # A key that is gone while the row stands is an incident here, and KeyMissing says so.
        keys = self._keys.get_many(conn, [key_id_of(row.name_sealed) for row, _ in known.values()])
        answers: dict[bytes, Registered] = {}
        changed: list[tuple[UUID, bytes, bool]] = []
        renamed: dict[UUID, str] = {}
        for cpr, (row, new) in known.items():
            is_renamed = unseal(keys, row.name_sealed, "name", row.person_id) != new.name
            is_protected = cpr in protected and not row.protected
            if row.joined_into is not None:
                # The number leads to another file, whose own row says who it is; only protection is taken along.
                for one in (row.person_id, row.joined_into) if is_protected else ():
                    self.protect(conn, one, protected=True, now=now)
                answers[cpr] = Registered(row.joined_into, row.case_number, "joined", newly_protected=is_protected)
                continue
            if is_renamed:
                renamed[row.person_id] = new.name
            if is_renamed or is_protected:
                sealed = seal(keys[key_id_of(row.name_sealed)], new.name, "name", row.person_id)
                changed.append((row.person_id, sealed, row.protected or is_protected))
            change: Change = "renamed" if is_renamed else "unchanged"
            answers[cpr] = Registered(row.person_id, row.case_number, change, is_protected)
        if changed:
            ids, names, protections = (list(column) for column in zip(*sorted(changed), strict=True))
            conn.execute(_UPDATE, [now, ids, names, protections])
        index_names(conn, self._secrets, renamed)
        return answers

    def _add(
        self,
        conn: Connection,
        unknown: Mapping[bytes, NewPerson],
        protected: Collection[bytes],
        now: datetime,
    ) -> dict[bytes, Registered]:
        """Insert the new ones, again and again until each has a free case number."""
        ids = {cpr: uuid4() for cpr in unknown}
        made = self._keys.create_many(conn, [(person_id, KeyGroup.IDENTITY) for person_id in ids.values()])
        keys = {cpr: made[person_id, KeyGroup.IDENTITY] for cpr, person_id in ids.items()}
        # In one order everywhere, so that two imports of the same people wait instead of deadlocking.
        waiting = sorted(unknown)
        answers: dict[bytes, Registered] = {}
        for attempt in range(_TRIES):
            numbers = {cpr: self._case_number(attempt) for cpr in waiting}
            columns = [
                [ids[cpr] for cpr in waiting],
                [numbers[cpr] for cpr in waiting],
                waiting,
                [seal(keys[cpr], unknown[cpr].cpr.digits, "cpr", ids[cpr]) for cpr in waiting],
                [seal(keys[cpr], unknown[cpr].name, "name", ids[cpr]) for cpr in waiting],
                [cpr in protected for cpr in waiting],
            ]
            added = [bytes(cpr) for (cpr,) in conn.execute(_INSERT, [now, now, *columns])]
            index_names(conn, self._secrets, {ids[cpr]: unknown[cpr].name for cpr in added})
            answers |= {cpr: Registered(ids[cpr], numbers[cpr], "new", cpr in protected) for cpr in added}
            waiting = [cpr for cpr in waiting if cpr not in answers]
            # Not added: the case number was taken, or somebody else added the person a moment ago.
            meanwhile = self._by_hash(conn, waiting)
            answers |= self._change(conn, {cpr: (row, unknown[cpr]) for cpr, row in meanwhile.items()}, protected, now)
            waiting = [cpr for cpr in waiting if cpr not in answers]
            if not waiting:
                return answers
        raise RuntimeError("no free case number was found")

    def _case_number(self, attempt: int) -> str:
        lowest = 100_000 if attempt < _TRIES_WITH_SIX_DIGITS else 1_000_000
        return str(lowest + self._draw(9 * lowest))

    def _named(self, conn: Connection, asked: Sequence[str]) -> list[Identity]:
        found = self._opened(conn, self._rows(conn, candidates(conn, self._secrets, asked)))
        meant = {key for key, identity in found.items() if matches(identity.name, asked)}
        joined = {row.joined_into for row in self._rows(conn, meant) if row.joined_into}
        # A name that only the file knew which was joined into another leads to the other.
        alone = [key for key in meant if found[key].goes_on_here]
        return list(self.identities(conn, {*alone, *joined}).values())

    def _rows(self, conn: Connection, person_ids: Collection[UUID]) -> list[_Row]:
        found = conn.execute(_SELECT + " where person_id = any(%s)", [list(person_ids)])
        return [_Row(*row) for row in found]

    def _by_hash(self, conn: Connection, hashes: Iterable[bytes]) -> dict[bytes, _Row]:
        wanted = list(hashes)
        if not wanted:
            return {}
        found = conn.execute(_SELECT_WITH_HASH + " where cpr_hmac = any(%s)", [wanted])
        return {bytes(cpr): _Row(*row) for cpr, *row in found}

    def _opened(self, conn: Connection, rows: Sequence[_Row]) -> dict[UUID, Identity]:
        keys = keys_of(conn, self._keys, [row.name_sealed for row in rows])
        names = [unseal(keys, row.name_sealed, "name", row.person_id) for row in rows]
        return {
            row.person_id: Identity(row.person_id, row.case_number, name, row.protected, row.joined_into is None)
            for row, name in zip(rows, names, strict=True)
            if name is not None
        }

    def _cpr_hash(self, cpr: Cpr) -> bytes:
        return self._secrets.hmac("cpr", cpr.digits.encode())


_COLUMNS = "person_id, case_number, name_sealed, protected, joined_into"
_SELECT = f"select {_COLUMNS} from person"  # noqa: S608 - our own column names
_SELECT_WITH_HASH = f"select cpr_hmac, {_COLUMNS} from person"  # noqa: S608

_UPDATE = """
update person set name_sealed = new.name_sealed, protected = new.protected, changed_at = %s
from unnest(%s::uuid[], %s::bytea[], %s::boolean[]) as new (person_id, name_sealed, protected)
where person.person_id = new.person_id
"""

_INSERT = """
insert into person
    (created_at, changed_at, person_id, case_number, cpr_hmac, cpr_sealed, name_sealed, protected)
select %s, %s, new.*
from unnest(%s::uuid[], %s::text[], %s::bytea[], %s::bytea[], %s::bytea[], %s::boolean[]) as new
on conflict do nothing
returning cpr_hmac
"""


def _in_order(hashes: Sequence[bytes], answers: Mapping[bytes, Registered]) -> list[Registered]:
    """One answer for each row; what happened is told once, on a person's first row."""
    told: set[bytes] = set()
    ordered: list[Registered] = []
    for cpr in hashes:
        answer = answers[cpr]
        ordered.append(Registered(answer.person_id, answer.case_number, "unchanged") if cpr in told else answer)
        told.add(cpr)
    return ordered
