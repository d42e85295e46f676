"""One file into the log, in batches. Whatever happens, importing the same file again completes it.

A row is known by what the source calls it, a journey by its state, a row that was set aside by its HMAC, and a file by
how far it has come: so a crash between two steps leaves nothing that the next run would do twice.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from itertools import groupby, islice
from pathlib import Path
from uuid import UUID, uuid4

from database import Role
from intake import aside, attempts
from intake.aside import Keys, Waiting
from intake.batches import Batches
from intake.full_lists import FullList
from intake.grids import Columns
from intake.layout import Layout
from intake.office import Office
from intake.profile import Profile
from intake.reading import Table, look
from intake.recognising import recognise, shown_name
from intake.report import FileRefused, Report
from intake.rows import Row

logger = logging.getLogger(__name__)

BATCH = 500  # rows in one transaction: long enough to be fast, short enough not to hold up the pages

NOTHING_DONE = attempts.Before()

TRIED_AGAIN = frozenset(
    {
        "unknown-person",
        "unknown-staff",
        "not-started",
        "too-young",
        "in-the-future",
        "not-the-holder",
        "already-sent",
        "journey-closed",
        "file-joined",
    }
)
"""Reasons that time or another file may take away."""


def import_file(
    office: Office,
    path: Path,
    *,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
    recorded_at: datetime | None = None,
) -> Report:
    """Import one file: each row becomes entries, or is set aside with its reason; nothing is lost.

    What kind of file it is, is recognised among the office's profiles. `progress` is told how many more bytes have
    been dealt with. A file that was imported to its end before is not imported again: only its rows that wait are
    tried. One that broke off goes on where it came to; what was done before counts as unchanged.
    Raises FileRefused when nothing of the file can be used.
    """
    if recorded_at is not None and not office.log.is_demo:
        raise ValueError("only a log marked demo may be given a time")
    try:
        looked = look(path)
        known = recognise(path, looked, office.profiles)
        layout = Layout(known.profile, known.header, known.sheet)
    except OSError as fault:
        raise FileRefused(f"Filen kan ikke åbnes: {fault.strerror or type(fault).__name__}.") from None
    report = Report(file=shown_name(path), profile=known.profile.name, ignored_columns=known.ignored_columns)
    content = Keys(office.secrets, known.profile).file(looked.sha256)
    delivery_id = uuid4()
    key = aside.system_key(office.db, office.log.keys)
    with office.db.connection(Role.APPLICATION) as conn:
        before = attempts.before(conn, content, known)
        attempts.start(conn, key, delivery_id, path.name, content, known, now, carried=before.rows)
        anything_waits = aside.anything_waits(conn)
    batches = Batches(
        office=office,
        key=key,
        layout=layout,
        delivery_id=delivery_id,
        now=now,
        recorded_at=recorded_at,
        report=report,
        is_repeat=before.is_finished,
        done_before=before.rows,
        remembers=not before.is_finished,
        anything_waits=anything_waits,
        full_list=_full_list(office, known.profile, delivery_id, now, before),
    )
    with known.open() as (table, read):
        told = 0
        for batch in in_batches(table.rows(), layout.columns):
            batches.take(batch)
            now_told = int(looked.size * min(read(), 1))
            progress(now_told - told)
            told = now_told
        progress(looked.size - told)
    with office.db.connection(Role.APPLICATION) as conn:
        if batches.full_list:
            batches.full_list.close(conn, report)
        attempts.finish(conn, delivery_id, report, now)
    _warn_of_erased(report)
    return report


def try_again(office: Office, *, now: datetime, recorded_at: datetime | None = None) -> Report | None:
    """Import the waiting rows that can be imported now; None when there were none.

    The report counts only those: the others wait as before.
    """
    total = Report(file="rækker, der var lagt til side", again=True)
    key = aside.system_key(office.db, office.log.keys)
    for profile in office.profiles:
        with office.db.connection(Role.APPLICATION) as conn:
            waiting = aside.waiting_rows(conn, office.log.keys, profile, TRIED_AGAIN)
        for delivery_id, group in groupby(waiting, key=lambda one: one.delivery_id):
            waited = list(group)
            layout = Layout(profile, waited[0].header)
            rows = (row for one in waited for row in read_again(one))
            report = Report(file=total.file, profile=profile.name)
            batches = Batches(
                office=office,
                key=key,
                layout=layout,
                delivery_id=delivery_id,
                now=now,
                recorded_at=recorded_at,
                report=report,
                anything_waits=True,
                full_list=_full_list(office, profile, delivery_id, now),
            )
            for batch in in_batches(rows, layout.columns):
                batches.take(batch)
            _warn_of_erased(report)
            _add(total, report)
    return total if total.rows else None


def in_batches(rows: Iterable[Row], columns: Columns | None) -> Iterator[list[Row]]:
    """Batches of rows that say anything: spreadsheets end in lines of delimiters alone.

    With `columns` they are those of a grid, and its filled cells are what counts.
    """
    saying = (row for row in rows if row.fault or row.faults or any(cell.strip() for cell in row.cells))
    if columns is not None:
        saying = (cell for row in saying for cell in ([row] if row.place else columns.cells_of(row)))
    while batch := list(islice(saying, BATCH)):
        yield batch


def read_again(waiting: Waiting) -> Iterator[Row]:
    """The row under the heading it had, at the line it had."""
    header = waiting.place.header if waiting.place else waiting.header
    table = Table(BytesIO(waiting.raw), delimiter=waiting.delimiter, encoding=waiting.encoding, header=header)
    for row in table.rows():
        yield replace(row, line=waiting.line, place=waiting.place)


def _full_list(
    office: Office, profile: Profile, delivery_id: UUID, now: datetime, before: attempts.Before = NOTHING_DONE
) -> FullList | None:
    if not profile.vanished:
        return None
    return FullList(
        office, profile, delivery_id, now, is_repeat=before.is_finished, broken_off=tuple(before.broken_off)
    )


def _warn_of_erased(report: Report) -> None:
    """Some source still tells of people who were erased: one line for each file, and nothing of whom."""
    if report.erased:
        logger.warning("%s: %d row(s) about what was erased were not taken in", report.profile, report.erased)


def _add(total: Report, report: Report) -> None:
    """Count what came through; what still waits was told when it was set aside."""
    total.rows -= len(report.set_aside)
    for name in ("rows", "new", "unchanged", "corrected", "erased", "people_new", "people_renamed", "entries"):
        setattr(total, name, getattr(total, name) + getattr(report, name))
