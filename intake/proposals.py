"""Proposals that something ended, because its row is gone from a full list: shown, confirmed or rejected by people."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from psycopg import Connection

from database import Role
from domain.codes import KeyGroup, Party
from domain.decisions import record_fact
from domain.facts import civil_date
from domain.refused import Refused
from eventlog import Actor, Key, OutcomeKind, Source, Step, journey
from eventlog.keys import key_id_of
from intake.full_lists import lives_of, opened, stands_open
from intake.office import Office

SYSTEM = "row gone from a full list"
"""The source of confirmed ends. Together with the row's key it makes a second confirmation nothing."""


class RejectReason(StrEnum):
    """Why nothing ended although the row is gone."""

    GOES_ON = "goes-on"
    LIST_WRONG = "list-wrong"
    OTHER = "other"


class NoProposal(Exception):  # noqa: N818 - an answer
    """There is no such proposal for this party, or somebody was faster, or the row came back."""


class BeforeItBegan(Exception):  # noqa: N818 - an answer
    """Nothing ends before it began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What stood on a list until `since`, the Danish date of the first whole list without it.

    `end` is what would be recorded, still with the day it began.
    """

    id: UUID
    person_id: UUID
    party: Party
    began: Any
    end: Any
    since: date
    delivery_id: UUID
    source_key: bytes


def proposals_for(office: Office, conn: Connection[Any], party: Party, groups: Collection[KeyGroup]) -> list[Proposal]:
    """The open proposals that this party may answer, oldest first; only what these key groups open is opened.

    Left out is what has ended meanwhile, told by somebody else.
    """
    rows = conn.execute(_OPEN + " and party = %s order by made_at, proposal_id", [party]).fetchall()
    found = _opened(office, conn, rows, groups)
    lives = lives_of(office, conn, [one.person_id for one in found])
    return [one for one in found if stands_open(lives[one.person_id], one.began, one.end)]


def confirm(office: Office, proposal_id: UUID, *, party: Party, on: date, by: Actor, now: datetime) -> None:
    """It ended on this day. Raises NoProposal, BeforeItBegan, or Refused when the day cannot be.

    First the log, then the table: the log knows the row, so confirmed once more, after a crash between the two or by
    somebody at the same moment, it is the same end.
    """
    with office.db.connection(Role.APPLICATION) as conn:
        proposal = _of(office, conn, proposal_id, party)
    if on < proposal.began.on:
        raise BeforeItBegan
    end = replace(proposal.end, on=on)
    (outcome,) = office.log.record_many(
        [
            Step(
                stream=journey(proposal.person_id),
                decide=lambda state: record_fact(state, event=end, today=civil_date(now)),
                source=Source(SYSTEM, proposal.source_key.hex()),
            )
        ],
        by=by,
        known_at=now,
        caused_by=proposal.delivery_id,
    )
    if outcome.kind is OutcomeKind.REFUSED and outcome.reason:
        raise Refused(outcome.reason)
    with office.db.connection(Role.APPLICATION) as conn:
        # What stands in the log goes before what somebody answered, or a list brought, in the same moment.
        conn.execute(_CLOSE, [now, by.id, "confirmed", None, proposal_id])


def reject(office: Office, proposal_id: UUID, *, party: Party, reason: RejectReason, by: Actor, now: datetime) -> None:
    """Nothing ended. It is not proposed again until the row has come back and is gone once more. Raises NoProposal."""
    with office.db.connection(Role.APPLICATION) as conn:
        _of(office, conn, proposal_id, party)
        if not conn.execute(_CLOSE + " and closed_at is null", [now, by.id, "rejected", reason, proposal_id]).rowcount:
            raise NoProposal


def count_for(conn: Connection[Any], party: Party) -> int:
    """How many proposals wait for this party, also such as somebody may have told of meanwhile."""
    row = conn.execute("select count(*) from proposal where party = %s and closed_at is null", [party]).fetchone()
    return int(row[0]) if row else 0


def person_of(conn: Connection[Any], proposal_id: UUID, party: Party) -> UUID | None:
    """Whom an open proposal of this party is about."""
    row = conn.execute(
        "select person_id from proposal where proposal_id = %s and party = %s and closed_at is null",
        [proposal_id, party],
    ).fetchone()
    return row[0] if row else None


def _of(office: Office, conn: Connection[Any], proposal_id: UUID, party: Party) -> Proposal:
    """The open proposal, with the system's own right. Raises NoProposal."""
    rows = conn.execute(_OPEN + " and party = %s and proposal_id = %s", [party, proposal_id]).fetchall()
    found = _opened(office, conn, rows, frozenset(KeyGroup))
    if not found:
        raise NoProposal
    return found[0]


def _opened(
    office: Office, conn: Connection[Any], rows: Collection[tuple[Any, ...]], groups: Collection[KeyGroup]
) -> list[Proposal]:
    keys: dict[bytes, Key] = office.log.keys.find_many(conn, {key_id_of(bytes(row[5])) for row in rows})
    found = []
    for proposal_id, person_id, party, delivery_id, source_key, sealed, started_at in rows:
        key = keys.get(key_id_of(bytes(sealed)))
        if key is None or key.group not in groups:
            continue
        began, end = opened(key, bytes(sealed), proposal_id)
        found.append(
            Proposal(
                id=proposal_id,
                person_id=person_id,
                party=Party(party),
                began=began,
                end=end,
                since=civil_date(started_at),
                delivery_id=delivery_id,
                source_key=bytes(source_key),
            )
        )
    return found


_CLOSE = "update proposal set closed_at = %s, closed_by = %s, outcome = %s, reason = %s where proposal_id = %s"
_OPEN = (
    "select proposal_id, person_id, party, delivery_id, source_key, sealed, started_at"
    " from proposal join delivery using (delivery_id) where closed_at is null"
)
