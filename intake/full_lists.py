"""What stands on full lists, and what no longer does.

A list that comes without a row it once had may mean that something ended – or that the list is not whole. So a row
that is gone proposes an end and records none; a list with rows that could not be read proposes nothing for what they
may have been; and a list that shrank by more than half proposes nothing at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from psycopg import Connection

from domain.catalogue import BY_CODE, BY_TYPE, class_of
from domain.codes import KeyGroup, Party
from domain.events import JourneyEvent
from domain.facts import Life, life_of
from eventlog import Key
from eventlog.codec import event_bytes, event_of
from eventlog.keys import key_id_of
from intake.office import Office
from intake.profile import Profile
from intake.report import Report

UNREADABLE = (
    "Nogle rækker i listen kunne ikke læses, så det er uvist, hvad der mangler: ingen rækker er foreslået afsluttet."
)
SHRANK = "Listen har under halvdelen af de rækker, den havde sidst. Er den hel? Ingen rækker er foreslået afsluttet."
ONE_DAY = timedelta(days=1)
_AT_ONCE = 500
_BETWEEN = b"\n"  # no JSON holds a line feed


@dataclass(frozen=True, slots=True)
class Stands:
    """A row of the list that is in the log."""

    source_key: bytes
    person_key: bytes
    person_id: UUID
    event: JourneyEvent


@dataclass(slots=True)
class FullList:
    """One delivery of a list whose rows may vanish. `unreadable`: some row could be anybody's.

    `is_repeat`: the same file was read to its end before. Then the list is again as it was, but what people answered
    about it stays answered: so reading a folder of lists once more ends where it ended the first time.
    `broken_off`: attempts at this list that came only some of the way. What they put on it is new on it.
    """

    office: Office
    profile: Profile
    delivery_id: UUID
    now: datetime
    is_repeat: bool = False
    broken_off: Sequence[UUID] = ()
    unreadable: bool = False

    @property
    def key(self) -> bytes:
        """Names the list without saying what it is a list of."""
        return self.office.secrets.hmac("intake list", f"{self.profile.source}\0{self.profile.name}".encode())

    def stand(self, conn: Connection[Any], rows: Iterable[Stands]) -> int:
        """These rows are on the list. Answers how many proposals that withdrew."""
        found = {row.source_key: row for row in rows if BY_TYPE[type(row.event)].code in self.profile.vanished}
        if not found:
            return 0
        keys = self.office.log.keys.for_stream(conn, {_place_of(row.person_id, row.event) for row in found.values()})
        # What was erased has no key; that a source still lists it is not kept either.
        found = {key: row for key, row in found.items() if _place_of(row.person_id, row.event) in keys}
        sealed = [
            keys[_place_of(row.person_id, row.event)].seal(event_bytes(row.event), source_key)
            for source_key, row in found.items()
        ]
        conn.execute(
            _STAND,
            [
                self.key,
                self.delivery_id,
                self.delivery_id,
                list(found),
                [row.person_id for row in found.values()],
                [row.person_key for row in found.values()],
                sealed,
            ],
        )
        return self._withdraw(conn, list(found))

    def still_there(self, conn: Connection[Any], rows: Iterable[tuple[bytes | None, bytes | None]]) -> int:
        """Rows that could not be used, or were used before, by the keys of row and person: they are not gone.

        Answers how many proposals that withdrew.
        """
        known = list(rows)
        source_keys = [source for source, _ in known if source]
        people = [person for source, person in known if person and not source]
        self.unreadable = self.unreadable or any(not source and not person for source, person in known)
        conn.execute(_STILL_THERE, [self.delivery_id, self.delivery_id, self.key, source_keys])
        conn.execute(_SOME_ROW_OF, [self.delivery_id, self.key, people])
        return self._withdraw(conn, source_keys)

    def close(self, conn: Connection[Any], report: Report) -> None:
        """The list was read to its end: propose what its being without a row may mean."""
        same = [self.delivery_id, *self.broken_off]
        row = conn.execute(_COUNT, [self.delivery_id] * 2 + [same, self.delivery_id, self.key]).fetchone()
        here, kept, gone = row or (0, 0, 0)
        if not gone:
            return
        if self.unreadable:
            report.remark = UNREADABLE
        elif here * 2 < kept + gone:
            report.remark = SHRANK
        else:
            report.proposed = self._propose(conn)

    def _withdraw(self, conn: Connection[Any], source_keys: Sequence[bytes]) -> int:
        return conn.execute(_WITHDRAW, [self.now, self.key, source_keys]).rowcount

    def _propose(self, conn: Connection[Any]) -> int:
        gone = conn.execute(_GONE, [self.key, self.delivery_id]).fetchall()
        made = 0
        for first in range(0, len(gone), _AT_ONCE):
            some = gone[first : first + _AT_ONCE]
            keys = self.office.log.keys.find_many(conn, {key_id_of(bytes(sealed)) for _, _, sealed in some})
            lives = lives_of(self.office, conn, [person for _, person, _ in some])
            answered = self._answered(conn, [source_key for source_key, _, _ in some]) if self.is_repeat else {}
            for source_key, person, sealed in some:
                key = keys.get(key_id_of(bytes(sealed)))
                began = key and event_of(key.open(bytes(sealed), bytes(source_key)))
                if not (key and began and stands_open(lives[person], began, end := self._end_of(began))):
                    continue
                before = answered.get(bytes(source_key))
                if before is None:
                    self._put(conn, bytes(source_key), person, key, began, end)
                    made += 1
                elif before[1] == "withdrawn":
                    conn.execute(_REOPEN, [before[0]])
                    made += 1
            conn.execute(_NOW_GONE, [self.now, self.key, [source_key for source_key, _, _ in some]])
        return made

    def _answered(self, conn: Connection[Any], source_keys: Sequence[bytes]) -> dict[bytes, tuple[UUID, str]]:
        """What became of the last proposal about each of these rows."""
        found = conn.execute(_LAST, [self.key, source_keys])
        return {bytes(source_key): (proposal_id, outcome) for source_key, proposal_id, outcome in found}

    def _end_of(self, began: Any) -> Any:
        """What would be recorded, as of the day it began: the day it ended is for somebody to say."""
        end = BY_CODE[self.profile.vanished[BY_TYPE[type(began)].code]].type
        said = {each.name: getattr(began, each.name) for each in fields(end) if hasattr(began, each.name)}
        return end(**said)

    def _put(self, conn: Connection[Any], source_key: bytes, person: UUID, key: Key, began: Any, end: Any) -> None:
        proposal_id, declared = uuid4(), BY_TYPE[type(end)]
        party = self.profile.party if declared.party is Party.MUNICIPALITY else declared.party
        sealed = key.seal(event_bytes(began) + _BETWEEN + event_bytes(end), proposal_id.bytes)
        conn.execute(_PUT, [proposal_id, self.key, source_key, person, party, self.delivery_id, sealed, self.now])


def opened(key: Key, sealed: bytes, proposal_id: UUID) -> tuple[Any, Any]:
    """What stood on the list, and what would be recorded."""
    began, _, end = key.open(sealed, proposal_id.bytes).partition(_BETWEEN)
    return event_of(began), event_of(end)


def lives_of(office: Office, conn: Connection[Any], people: Iterable[UUID]) -> dict[UUID, Life]:
    """What stands of these people now."""
    wanted = set(people)
    histories = office.log.histories(list(wanted), conn=conn)
    return {person: life_of(entry.fact() for entry in histories.get(person, [])) for person in wanted}


def stands_open(life: Life, began: Any, end: Any) -> bool:
    """Whether what began still stands, and nothing says yet that it ended or went on.

    It ended when somebody told of such an end since. It went on when the same began once more: a pupil in the next
    grade, a benefit granted anew. The same has the same codes; its numbers may have changed.
    """
    codes = [each.name for each in fields(end) if isinstance(getattr(end, each.name), StrEnum)]

    def told(kind: type, *, since: date) -> bool:
        return any(
            fact.event.on >= since and all(getattr(fact.event, name) == getattr(began, name) for name in codes)
            for fact in life.of(kind)
        )

    has_begun = any(fact.event == began for fact in life.of(type(began)))
    return has_begun and not told(type(end), since=began.on) and not told(type(began), since=began.on + ONE_DAY)


def _place_of(person: UUID, event: JourneyEvent) -> tuple[UUID, KeyGroup]:
    return person, class_of(event).group


_STAND = """
insert into listed (list_key, since_delivery, delivery_id, source_key, person_id, person_key, sealed)
select %s, %s, %s, new.* from unnest(%s::bytea[], %s::uuid[], %s::bytea[], %s::bytea[]) as new
on conflict (list_key, source_key) do update set
    since_delivery = case when listed.gone_at is null then listed.since_delivery else excluded.delivery_id end,
    delivery_id = excluded.delivery_id, person_id = excluded.person_id, person_key = excluded.person_key,
    sealed = excluded.sealed, gone_at = null
"""

_STILL_THERE = """
update listed set
    since_delivery = case when gone_at is null then since_delivery else %s end, delivery_id = %s, gone_at = null
where list_key = %s and source_key = any(%s)
"""

_SOME_ROW_OF = """
update listed set delivery_id = %s where list_key = %s and person_key = any(%s) and gone_at is null
"""

_COUNT = """
select count(*) filter (where delivery_id = %s),
    count(*) filter (where delivery_id = %s and since_delivery <> all(%s)),
    count(*) filter (where delivery_id <> %s)
from listed where list_key = %s and gone_at is null
"""

_GONE = """
select source_key, person_id, sealed from listed
where list_key = %s and delivery_id <> %s and gone_at is null order by source_key
"""

_NOW_GONE = "update listed set gone_at = %s where list_key = %s and source_key = any(%s)"

_WITHDRAW = """
update proposal set closed_at = %s, outcome = 'withdrawn'
where list_key = %s and source_key = any(%s) and closed_at is null
"""

_LAST = """
select distinct on (source_key) source_key, proposal_id, outcome from proposal
where list_key = %s and source_key = any(%s) and closed_at is not null order by source_key, made_at desc, closed_at desc
"""

_REOPEN = "update proposal set closed_at = null, closed_by = null, outcome = null, reason = null where proposal_id = %s"

_PUT = """
insert into proposal (proposal_id, list_key, source_key, person_id, party, delivery_id, sealed, made_at)
values (%s, %s, %s, %s, %s, %s, %s, %s)
"""
