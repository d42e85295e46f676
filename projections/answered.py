"""Handovers that no longer wait: the ends of their spans, and what became of them.

A handover's row leaves the worklist when it is answered, and its span says at which position of the log. What the
answer was stands in no table; it is read from the journeys of those who are shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection, sql
from psycopg.rows import TupleRow

from domain.codes import Matter, Party
from domain.events import HandoverReplaced, HandoverReturned, HandoverTakenOver, HandoverWithdrawn
from domain.journey import HandoverState
from eventlog import Entry
from projections.handover import journey_of
from projections.worklist import Filter, Side

Answer = HandoverTakenOver | HandoverReturned | HandoverWithdrawn | HandoverReplaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A handover whose row came to its end at a position of the log."""

    person_id: UUID
    handover_id: UUID
    born_on: date | None
    matter: Matter
    giver: Party
    receiver: Party
    sent_on: date
    answer_by: date
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The same with what became of it."""

    ended: Ended
    state: HandoverState
    answered_on: date

    @property
    def was_late(self) -> bool:
        """Whether the answer came after the day it was asked for."""
        return self.answered_on > self.ended.answer_by


def how_many(conn: Connection[TupleRow], wanted: Filter, since: int) -> int:
    """How many handovers `ended` has in all."""
    ended_rows, values = _ended(wanted, since)
    row = conn.execute(sql.SQL("select count(*) from ({}) as ended").format(ended_rows), values).fetchone()
    return 0 if row is None else int(row[0])


def ended(conn: Connection[TupleRow], wanted: Filter, since: int, *, offset: int = 0, limit: int = 50) -> list[Ended]:
    """The handovers whose rows ended after that position, the last first.

    Of the filter the classes, the party and what it is, the givers and the receivers count.
    """
    ended_rows, values = _ended(wanted, since)
    rows = conn.execute(
        sql.SQL(
            "select * from ({}) as ended order by to_position desc, person_id, handover_id"
            " offset %(offset)s limit %(limit)s"
        ).format(ended_rows),
        values | {"offset": offset, "limit": limit},
    )
    return [
        Ended(
            person_id=person_id,
            handover_id=handover_id,
            born_on=born_on,
            matter=Matter(matter),
            giver=Party(giver),
            receiver=Party(receiver),
            sent_on=sent_on,
            answer_by=answer_by,
            position=position,
        )
        for person_id, handover_id, born_on, matter, giver, receiver, sent_on, answer_by, position in rows
    ]


def answered(found: Iterable[Ended], entries_of: Callable[[UUID], list[Entry]]) -> list[Answered]:
    """What became of each, in the same order; what the journey says still waits is left out.

    `entries_of` answers with the entries of a person that the reader's groups open.
    """
    lines, journeys = [], {}
    for one in found:
        if one.person_id not in journeys:
            journeys[one.person_id] = journey_of(entries_of(one.person_id))
        handover = journeys[one.person_id].handovers.get(one.handover_id)
        if handover is not None and handover.answered is not None:
            lines.append(Answered(ended=one, state=handover.state, answered_on=handover.answered.on))
    return lines


def _ended(wanted: Filter, since: int) -> tuple[sql.Composed, dict[str, Any]]:
    """The last span of each handover that has ended: sent and seen are two spans of one row."""
    values = {
        "classes": list(wanted.classes),
        "party": wanted.party,
        "givers": list(wanted.givers),
        "receivers": list(wanted.receivers),
        "since": since,
    }
    asked = [
        (wanted.party is not None, _SIDES[wanted.side]),
        (bool(wanted.givers), "giver = any(%(givers)s)"),
        (bool(wanted.receivers), "receiver = any(%(receivers)s)"),
    ]
    conditions = sql.SQL("").join(sql.SQL(f" and {condition}") for is_asked, condition in asked if is_asked)
    return sql.SQL(
        "select distinct on (person_id, row_key) person_id, handover_id, born_on, matter, giver, receiver,"
        " triggered_on, due_on, to_position from worklist w"
        " where kind = 'handover' and to_position > %(since)s and data_class = any(%(classes)s)"
        " and not exists (select from worklist n where n.person_id = w.person_id and n.row_key = w.row_key"
        " and n.to_position is null) {}"
        " order by person_id, row_key, to_position desc"
    ).format(conditions), values


_SIDES = {
    Side.ANY: "%(party)s in (giver, receiver)",
    Side.GIVER: "giver = %(party)s",
    Side.RECEIVER: "receiver = %(party)s",
}
