"""Two people decide: one proposes, another confirms. Nothing is erased here."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from psycopg import Connection

from database import Role
from domain.codes import KeyGroup
from erasure import table
from erasure.grounds import MAY_END_ALONE, Archive, Ground, obstacles
from erasure.intents import Intents
from erasure.refusals import ErasureRefused
from erasure.table import Erasure, Stage
from eventlog import ActorKind
from intake import Office
from people.danish_order import words
from people.register import Identity
from people.relatives import relatives
from people.staff import Function, staff_by_id
from projections.handover import journey_of

MAY_PROPOSE = frozenset({Function.LEADER, Function.COORDINATOR, Function.DPO})
MAY_CONFIRM = frozenset({Function.LEADER, Function.DPO})
LATELY = timedelta(days=30)
"""A source that told of somebody within this time may well do it again, and begin a new file."""

LONGEST_REFERENCE = 200
_LIKE_CPR = re.compile(r"(?<!\d)\d{6}[-‐‑– ]?\d{4}(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What was proposed. `tells_lately` are the names of the kinds of files that still speak of the person."""

    erasure: Erasure
    tells_lately: Sequence[str]


@dataclass(frozen=True, slots=True)
class Deciding:
    """Proposals of this office, with the ledger file that says which of them have begun."""

    office: Office
    intents: Intents

    def propose(
        self,
        case_number: str,
        *,
        ground: Ground,
        archive: Archive,
        reference: str,
        by: str,
        now: datetime,
        group: KeyGroup | None = None,
    ) -> Proposed:
        """The first of the two. Raises ErasureRefused with every reason why it may not be."""
        with self.office.db.connection(Role.APPLICATION) as conn:
            self._must_be(conn, by, MAY_PROPOSE, "may-not-propose")
            who = self._who(conn, case_number)
            files = [who, *self.office.register.joined_into(conn, who.person_id)]
            streams = tuple(one.person_id for one in files)
            reference = self._checked(conn, reference, files)
            self._gate(conn, streams, ground, archive, group)
            if not _is_anything_there(conn, streams, group):
                raise ErasureRefused("nothing-there")
            one = Erasure(
                erasure_id=uuid4(),
                person_id=who.person_id,
                streams=streams,
                group=group,
                ground=ground,
                archive=archive,
                reference=reference,
                content=table.content_of(conn, streams),
                proposed_by=by,
                proposed_at=now,
            )
            self._take_the_place_of_old_ones(conn, one, now)
            table.add(conn, one)
            return Proposed(erasure=one, tells_lately=self._tells_lately(conn, streams, now))

    def confirm(self, erasure_id: UUID, *, by: str, now: datetime) -> Erasure:
        """The second of the two, about exactly what was proposed. Raises ErasureRefused."""
        with self.office.db.connection(Role.APPLICATION) as conn:
            self._must_be(conn, by, MAY_CONFIRM, "may-not-confirm")
            one = self._open(conn, erasure_id, now)
            if one.confirmed_at:
                raise ErasureRefused("already-confirmed")
            if one.proposed_by == by:
                raise ErasureRefused("same-person")
            must_be_the_same_files(conn, one)
            if table.content_of(conn, one.streams) != one.content:
                raise ErasureRefused("changed")
            self._gate(conn, one.streams, one.ground, one.archive, one.group)
            table.confirm(conn, erasure_id, by, now)
            found = table.find(conn, erasure_id)
        if found is None:
            raise ErasureRefused("no-such-erasure")
        return found

    def withdraw(self, erasure_id: UUID, *, by: str, now: datetime) -> None:
        """It is not wanted after all; possible until the ledger file has it. Raises ErasureRefused."""
        with self.office.db.connection(Role.APPLICATION) as conn:
            self._must_be(conn, by, MAY_PROPOSE, "may-not-propose")
            one = table.find(conn, erasure_id, locked=True)
            if one is None:
                raise ErasureRefused("no-such-erasure")
            if one.finished_at:
                raise ErasureRefused("done")
            if erasure_id in {intent.erasure_id for intent in self.intents.read()}:
                raise ErasureRefused("begun")
            if one.withdrawn_at is None:
                table.withdraw(conn, [erasure_id], by, now)

    def hold(self, case_number: str, *, reference: str, by: str, now: datetime) -> None:
        """Nothing of the person is erased until it is lifted. Raises ErasureRefused."""
        with self.office.db.connection(Role.APPLICATION) as conn:
            self._must_be(conn, by, MAY_CONFIRM, "may-not-confirm")
            who = self._who(conn, case_number)
            if table.is_held(conn, who.person_id):
                raise ErasureRefused("already-held")
            files = [who, *self.office.register.joined_into(conn, who.person_id)]
            conn.execute(
                "insert into erasure_hold (hold_id, person_id, reference, set_by, set_at) values (%s, %s, %s, %s, %s)",
                [uuid4(), who.person_id, self._checked(conn, reference, files), by, now],
            )

    def lift(self, case_number: str, *, by: str, now: datetime) -> None:
        """The hold is over. Raises ErasureRefused."""
        with self.office.db.connection(Role.APPLICATION) as conn:
            self._must_be(conn, by, MAY_CONFIRM, "may-not-confirm")
            who = self._who(conn, case_number)
            done = conn.execute(
                "update erasure_hold set lifted_by = %s, lifted_at = %s where person_id = %s and lifted_at is null",
                [by, now, who.person_id],
            )
            if not done.rowcount:
                raise ErasureRefused("not-held")

    def named(self, text: str) -> UUID:
        """The id that begins so; nobody types all of it. Raises ErasureRefused."""
        with self.office.db.connection(Role.APPLICATION) as conn:
            found = table.beginning_with(conn, text) if text.strip() else []
        if len(found) != 1:
            raise ErasureRefused("ambiguous" if found else "no-such-erasure")
        return found[0].erasure_id

    def all(self) -> list[Erasure]:
        """Every erasure, the newest first."""
        with self.office.db.connection(Role.APPLICATION) as conn:
            return table.everything(conn)

    def _open(self, conn: Connection[Any], erasure_id: UUID, now: datetime) -> Erasure:
        one = table.find(conn, erasure_id, locked=True)
        if one is None:
            raise ErasureRefused("no-such-erasure")
        refusal = {Stage.FINISHED: "done", Stage.WITHDRAWN: "withdrawn", Stage.STALE: "stale"}.get(one.stage(now))
        if refusal:
            raise ErasureRefused(refusal)
        return one

    def _must_be(self, conn: Connection[Any], staff_id: str, functions: Collection[Function], refusal: str) -> None:
        who = staff_by_id(conn, self.office.log.keys, staff_id)
        if who is None or not who.active:
            raise ErasureRefused("not-staff")
        if who.function not in functions:
            raise ErasureRefused(refusal)

    def _who(self, conn: Connection[Any], case_number: str) -> Identity:
        who = self.office.register.by_case_number(conn, case_number.strip())
        if who is None:
            raise ErasureRefused("no-such-person")
        return who

    def _gate(
        self,
        conn: Connection[Any],
        streams: Sequence[UUID],
        ground: Ground,
        archive: Archive,
        group: KeyGroup | None,
    ) -> None:
        if group is not None and group not in MAY_END_ALONE:
            raise ErasureRefused("nothing-there")
        so_far = journey_of(self.office.log.history(streams[0], conn=conn).entries)
        found = obstacles(
            ground,
            archive,
            is_whole=group is None,
            is_closed=so_far.closed_on is not None,
            is_held=table.is_held(conn, streams[0]),
        )
        if found:
            raise ErasureRefused(*found)

    def _checked(self, conn: Connection[Any], reference: str, files: Sequence[Identity]) -> str:
        """The reference stays when the person is gone, so it must not say who they were."""
        text = " ".join(reference.split())
        if not text:
            raise ErasureRefused("reference-missing")
        if len(text) > LONGEST_REFERENCE:
            raise ErasureRefused("reference-too-long")
        around = [one.name for file in files for one in relatives(conn, self.office.log.keys, file.person_id)]
        names = {word for name in [*around, *(one.name for one in files)] for word in words(name) if len(word) > 1}
        numbers = {one.case_number for one in files}
        if _LIKE_CPR.search(text) or names & set(words(text)) or numbers & set(re.findall(r"\d+", text)):
            raise ErasureRefused("reference-names")
        return text

    def _take_the_place_of_old_ones(self, conn: Connection[Any], new: Erasure, now: datetime) -> None:
        """What is too old, or about another content, makes room; what could still be confirmed does not."""
        begun = {intent.erasure_id for intent in self.intents.read()}
        same = [one for one in table.open_ones(conn, new.person_id) if one.group == new.group]
        for one in same:
            is_dead = one.stage(now) is Stage.STALE or one.content != new.content
            if one.erasure_id in begun or not is_dead:
                raise ErasureRefused("already-proposed")
        table.withdraw(conn, [one.erasure_id for one in same], new.proposed_by, now)

    def _tells_lately(self, conn: Connection[Any], streams: Sequence[UUID], now: datetime) -> list[str]:
        """The kinds of files that told of the person lately, or on whose last list they stand."""
        found = {
            entry.actor.id
            for stream in streams
            for entry in self.office.log.history(stream, conn=conn).entries
            if entry.actor.kind is ActorKind.IMPORT and entry.recorded_at > now - LATELY
        }
        listed = conn.execute(
            "select distinct profile from listed join delivery using (delivery_id)"
            " where person_id = any(%s) and gone_at is null",
            [list(streams)],
        )
        return sorted(found | {profile for (profile,) in listed})


def must_be_the_same_files(conn: Connection[Any], one: Erasure) -> None:
    """Raises ErasureRefused when a file was joined or parted since it was proposed."""
    joined = conn.execute("select person_id from person where joined_into = %s", [one.person_id])
    if {one.person_id, *(person_id for (person_id,) in joined)} != set(one.streams):
        raise ErasureRefused("changed")


def _is_anything_there(conn: Connection[Any], streams: Sequence[UUID], group: KeyGroup | None) -> bool:
    if group is None:
        return True
    found = conn.execute(
        "select 1 from log_events where originator_id = any(%s) and key_group = %s and state <> '' limit 1",
        [list(streams), group],
    )
    return found.fetchone() is not None
