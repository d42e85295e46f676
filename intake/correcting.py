"""A row that was set aside, put right by hand: it goes the way of every row of a file, and stays stored as it came."""

import csv
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from database import Role
from eventlog import Actor
from intake import aside
from intake.aside import Keys, Waiting
from intake.batches import Batches
from intake.full_lists import FullList
from intake.importing import in_batches, read_again
from intake.layout import Layout
from intake.office import Office
from intake.profile import Profile
from intake.report import Report, Wrong
from intake.rows import Row, canonical
from people.cpr import Cpr, CprFault

NOT_THERE = "Rækken er tom. Skriv det, der skal stå, eller lad den vente."


def headings_of(waiting: Waiting) -> tuple[str, ...]:
    """What stands above the row's cells."""
    return waiting.place.header if waiting.place else waiting.header


def cells_of(waiting: Waiting) -> tuple[list[str], list[str]]:
    """What stood under each heading, and what stood there besides; as well as a broken row can be split."""
    text = waiting.raw.decode(waiting.encoding, "replace").rstrip("\r\n")
    # Not strict: what the reader gave up is shown to a person who sees what was meant.
    found = [cell.replace("\0", "") for row in csv.reader([text], delimiter=waiting.delimiter) for cell in row]
    width = len(headings_of(waiting))
    return (found + [""] * width)[:width], found[width:]


def correct_row(
    office: Office, profile: Profile, waiting: Waiting, cells: Sequence[str], *, by: Actor, now: datetime
) -> Report:
    """Try the row with these cells instead, written by this member of staff.

    The report has what is still wrong; then everything waits as before, except for cells of a grid that were right.
    Otherwise the row is resolved. Answering twice with the same cells adds nothing.
    """
    layout = Layout(profile, waiting.header)
    report = Report(file="", profile=profile.name)
    batches = Batches(
        office=office,
        key=aside.system_key(office.db, office.log.keys),
        layout=layout,
        delivery_id=waiting.delivery_id,
        now=now,
        recorded_at=None,
        report=report,
        anything_waits=True,
        full_list=FullList(office, profile, waiting.delivery_id, now) if profile.vanished else None,
        by=by,
        keeps=False,
    )
    row = Row(line=waiting.line, cells=tuple(cells), raw=canonical(cells), place=waiting.place)
    for batch in in_batches([row], layout.columns):
        batches.take(batch)
    if not report.rows:
        report.set_aside.append(Wrong(line=waiting.line, column="", reason="cell-missing", text=NOT_THERE))
    elif not report.set_aside:
        keys, demo = Keys(office.secrets, profile), office.log.is_demo
        found = (layout.keys_of(one, keys, demo=demo)[0] for one in (row, *read_again(waiting)))
        with office.db.connection(Role.APPLICATION) as conn:
            aside.resolve_by_hand(conn, waiting, {key for key in found if key}, by.id, now)
    return report


def person_in(profile: Profile, waiting: Waiting, cells: Sequence[str], *, demo: bool) -> Cpr | None:
    """Whose number stands in the row, when one can be read there."""
    fields = Layout(profile, waiting.header).fields_of(waiting.place)
    for name, text in zip(fields, cells, strict=True):
        if name == "cpr":
            with suppress(CprFault):
                return Cpr.parse(text, demo=demo)
    return None
