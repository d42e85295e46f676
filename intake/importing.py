"""One file into the log, in batches. Whatever happens, importing the same file again completes it.

A row is known by what the source calls it, a journey by its state, a row that was set aside by its HMAC: so a crash
between two steps leaves nothing that the next run would do twice.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from itertools import groupby, islice
from pathlib import Path
from uuid import uuid4

from database import Role
from intake import aside
from intake.aside import Keys, Waiting
from intake.batches import Batches
from intake.office import Office
from intake.reading import Row, Table, look
from intake.recognising import recognise, shown_name
from intake.report import FileRefused, Report

BATCH = 500  # rows in one transaction: long enough to be fast, short enough not to hold up the pages

TRIED_AGAIN = frozenset(
    {"unknown-person", "not-started", "too-young", "in-the-future", "not-the-holder", "already-sent"}
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
    tried.
    Raises FileRefused when nothing of the file can be used.
    """
    if recorded_at is not None and not office.log.is_demo:
        raise ValueError("only a log marked demo may be given a time")
    try:
        looked = look(path)
        known = recognise(path, looked, office.profiles)
    except OSError as fault:
        raise FileRefused(f"Filen kan ikke åbnes: {fault.strerror or type(fault).__name__}.") from None
    report = Report(file=shown_name(path), profile=known.profile.name, ignored_columns=known.ignored_columns)
    content = Keys(office.secrets, known.profile).file(looked.sha256)
    delivery_id = uuid4()
    key = aside.system_key(office.db, office.log.keys)
    with office.db.connection(Role.APPLICATION) as conn:
        is_repeat = aside.was_finished(conn, content, known.profile)
        aside.start_delivery(conn, key, delivery_id, path.name, content, known, now)
        anything_waits = aside.anything_waits(conn)
    batches = Batches(
        office=office,
        key=key,
        profile=known.profile,
        header=known.header,
        delivery_id=delivery_id,
        now=now,
        recorded_at=recorded_at,
        report=report,
        is_repeat=is_repeat,
        anything_waits=anything_waits,
    )
    with Table.open(path, delimiter=known.delimiter, encoding=known.encoding) as table:
        told = 0
        for batch in _in_batches(table.rows()):
            batches.take(batch)
            progress(table.consumed - told)
            told = table.consumed
        progress(looked.size - told)
    with office.db.connection(Role.APPLICATION) as conn:
        aside.finish_delivery(conn, delivery_id, report, now)
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
            rows = [row for one in group for row in _read_again(one)]
            report = Report(file=total.file, profile=profile.name)
            batches = Batches(
                office=office,
                key=key,
                profile=profile,
                header=rows[0][0],
                delivery_id=delivery_id,
                now=now,
                recorded_at=recorded_at,
                report=report,
                anything_waits=True,
            )
            for batch in _in_batches(row for _, row in rows):
                batches.take(batch)
            _add(total, report)
    return total if total.rows else None


def _in_batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Batches of rows that say anything: spreadsheets end in lines of delimiters alone."""
    saying = (row for row in rows if row.fault or any(cell.strip() for cell in row.cells))
    while batch := list(islice(saying, BATCH)):
        yield batch


def _read_again(waiting: Waiting) -> Iterator[tuple[tuple[str, ...], Row]]:
    """The row under the heading it had, at the line it had."""
    table = Table(BytesIO(waiting.raw), delimiter=waiting.delimiter, encoding=waiting.encoding, header=waiting.header)
    for row in table.rows():
        yield waiting.header, replace(row, line=waiting.line)


def _add(total: Report, report: Report) -> None:
    """Count what came through; what still waits was told when it was set aside."""
    total.rows -= len(report.set_aside)
    for name in ("rows", "new", "unchanged", "corrected", "people_new", "people_renamed", "entries"):
        setattr(total, name, getattr(total, name) + getattr(report, name))
