"""Fifty writers on one young person, in several processes: each takes responsibility on from whoever has it.

Every command hands guidance on to the next party in a ring, so it depends on the one before. An update that is lost
breaks the ring. Whoever is told `Contended` sends the same command again, as a person would.

The mutant is an append that takes no lock and counts on from the highest number it sees, into a table that lets it.
"""

import json
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random
from threading import Event as Stop
from threading import Lock
from typing import Any
from uuid import UUID, uuid5

from benchmarks.lives import BY, NOW
from database import Unavailable
from domain.codes import Matter, Party
from domain.events import ResponsibilityEstablished
from domain.journey import Journey, fold
from eventlog import Contended, Entry, EventLog, journey
from faults.figures import Figures, all_of, at_least, counted, none
from faults.ground import (
    House,
    all_at_once,
    as_superuser,
    at_work,
    give_up_by_itself,
    house,
    joined,
    process,
    room,
    say_ready,
)
from faults.verdict import Acknowledged, everything, judge

WRITERS, PROCESSES = 50, 5
RING = (Party.UU, Party.SCHOOL, Party.CHILD_SOCIAL, Party.EMPLOYMENT, Party.MILEPAELEN, Party.EDUCATION, Party.HEALTH)
_DAY = date(2026, 1, 5)
_COMMANDS = UUID("6f1c7a8e-0d51-4f0e-9a52-1d2b8f2c9f10")
"""Command ids are made from this and their number, so that both sides know them."""


@dataclass(frozen=True, kw_only=True)
class Writers(Figures):
    """What came of it."""

    writers: int = counted()
    commands: int = at_least(50)
    accepted: int = all_of("commands")
    told_contended: int = counted()
    told_unavailable: int = counted()
    entries: int = counted()
    lost: int = none()
    doubled: int = none()
    gaps_in_positions: int = none()
    gaps_in_versions: int = none()
    lost_updates: int = none()
    differences_to_the_fold: int = none()
    other_errors: int = none()


def run(n: int, seed: int) -> Writers:
    """`n` commands of each writer."""
    return _run(n, seed)


def without_the_lock(n: int, seed: int) -> Writers:
    """The mutant."""
    return _run(n, seed, unlocked=True)


def passed_on(state: Journey) -> list[ResponsibilityEstablished]:
    """Whoever comes after the one who has it now."""
    holder = state.responsible.get(Matter.GUIDANCE, RING[-1])
    return [ResponsibilityEstablished(on=_DAY, matter=Matter.GUIDANCE, holder=_next(holder))]


def _run(n: int, seed: int, *, unlocked: bool = False) -> Writers:
    person = UUID(int=Random(f"writers/{seed}").getrandbits(128), version=4)
    with room() as folder, house(folder) as opened:
        opened.another().record(journey(person), passed_on, by=BY, known_at=NOW, command_id=_command(-1))
        if unlocked:
            _unlock(opened)
        with ExitStack() as until_then:
            children = [
                until_then.enter_context(process("faults.writers", folder, person, number, n))
                for number in range(PROCESSES)
            ]
            told = [json.loads(answer) for answer in all_at_once(children)]
        # A head that counts too little is a gap, not the end of the reading.
        log = opened.another()
        return _figures(n, told, everything(log), log.position())


def _figures(n: int, told: Sequence[dict[str, Any]], entries: Sequence[Entry], head: int) -> Writers:
    acknowledged = [
        Acknowledged(command=UUID(command), position=position, entry_ids=(UUID(entry_id),))
        for each in told
        for command, position, entry_id in each["accepted"]
    ]
    commands = {_command(number): 1 for number in range(WRITERS * n)}
    verdict = judge(entries, head, acknowledged, commands)
    ids = {one for each in acknowledged for one in each.entry_ids}
    told_of = [entry for entry in entries if entry.entry_id in ids]
    return Writers(
        writers=WRITERS,
        commands=len(commands),
        accepted=len({one.command for one in acknowledged}),
        told_contended=sum(each["contended"] for each in told),
        told_unavailable=sum(each["unavailable"] for each in told),
        entries=verdict.entries,
        lost=verdict.lost,
        doubled=verdict.doubled,
        gaps_in_positions=verdict.gaps,
        gaps_in_versions=verdict.versions,
        lost_updates=_broken_links(entries),
        differences_to_the_fold=_holder(entries) is not _holder([entries[0], *told_of]),
        other_errors=sum(each["broken"] for each in told),
    )


def _broken_links(entries: Sequence[Entry]) -> int:
    """How often somebody took over from one who did not have it any more."""
    holders = [one.event.holder for one in entries if isinstance(one.event, ResponsibilityEstablished)]
    return sum(_next(before) is not after for before, after in pairwise(holders))


def _holder(entries: Sequence[Entry]) -> Party:
    return fold([one.event for one in entries]).responsible[Matter.GUIDANCE]


def _next(holder: Party) -> Party:
    return RING[(RING.index(holder) + 1) % len(RING)]


def _command(number: int) -> UUID:
    return uuid5(_COMMANDS, str(number))


_UNLOCKED = """
create or replace function log_append({arguments}) returns {result}
language plpgsql security definer set search_path from current as $$
declare
    first_position bigint;
    stamped timestamptz := clock_timestamp();
begin
    if command is not null and exists (select from log_commands c where c.command_id = command) then
        raise exception using errcode = 'OG002';
    end if;
    if exists (
        select from (select s, min(v) as first from unnest(streams, versions) as new (s, v) group by s) as new
        where first <> 1 + coalesce(
            (select max(e.originator_version) from log_events e where e.originator_id = new.s), 0)
    ) then
        raise exception using errcode = 'OG001';
    end if;
    first_position := 1 + coalesce((select max(notification_id) from log_events), 0);
    perform pg_sleep(0.002);  -- so that it shows on a quick machine too
    insert into log_keys (key_id, stream, key_group, epoch, wrapped)
    select * from unnest(key_ids, key_streams, key_groups, key_epochs, key_wrapped);
    insert into log_events (originator_id, originator_version, topic, state, notification_id, stream_kind, key_group,
        recorded_at)
    select s, v, t, b, first_position - 1 + n, k, g, stamped
    from unnest(streams, versions, topics, states, kinds, groups) with ordinality as new (s, v, t, b, k, g, n);
    insert into log_commands (command_id, position, entry_ids) values (command, first_position, entry_ids);
    update log_head set position = first_position - 1 + cardinality(streams), recorded_at = stamped;
    return first_position;
end $$;
"""


def _unlock(opened: House) -> None:
    """Put an append in the place of ours that takes no lock, and take away what would still save the log from it."""
    with as_superuser(opened) as conn:
        [(arguments, result)] = conn.execute(
            "select pg_get_function_arguments(oid), pg_get_function_result(oid) from pg_proc"
            " where pronamespace = current_schema::regnamespace and proname = 'log_append'"
        ).fetchall()
        conn.execute(_UNLOCKED.format(arguments=arguments, result=result).encode())
        constraints = conn.execute(
            "select conname from pg_constraint where conrelid = 'log_events'::regclass and contype in ('p', 'u')"
        ).fetchall()
        for (name,) in constraints:
            conn.execute(f'alter table log_events drop constraint "{name}"'.encode())


class _Told:
    """What the writers of one process were answered."""

    def __init__(self) -> None:
        self.accepted: list[tuple[str, int, str]] = []
        self.contended = self.unavailable = self.broken = 0
        self._lock = Lock()

    def write(self, log: EventLog, person: UUID, commands: range, _: Stop) -> None:
        """One writer: each command until it is accepted."""
        for number in commands:
            try:
                self._until_accepted(log, person, _command(number))
            except Exception as fault:  # noqa: BLE001 - whatever else it is, it is counted as a fault of ours
                print(f"a writer broke: {type(fault).__name__}", file=sys.stderr)
                with self._lock:
                    self.broken += 1

    def _until_accepted(self, log: EventLog, person: UUID, command: UUID) -> None:
        while True:
            try:
                answer = log.record(journey(person), passed_on, by=BY, known_at=NOW, command_id=command)
            except Contended:
                with self._lock:
                    self.contended += 1
            except Unavailable:
                with self._lock:
                    self.unavailable += 1
            else:
                with self._lock:
                    self.accepted.append((str(command), answer.position, str(answer.entry_ids[-1])))
                return


def main(folder: str, person: str, number: str, each: str) -> None:
    """One of the processes: some of the writers, each with a memory of its own."""
    give_up_by_itself()
    told, here, n = _Told(), WRITERS // PROCESSES, int(each)
    with joined(Path(folder), pool_max=here - 2) as opened, at_work() as begin:
        say_ready()
        for writer in range(int(number) * here, (int(number) + 1) * here):
            begin(partial(told.write, opened.another(), UUID(person), range(writer * n, (writer + 1) * n)))
    answers = {"contended": told.contended, "unavailable": told.unavailable, "broken": told.broken}
    print(json.dumps({"accepted": told.accepted, **answers}))


if __name__ == "__main__":
    main(*sys.argv[1:])
