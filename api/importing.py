"""Files from the command line: a bar while they are read, what became of every row, and what waits."""

from collections.abc import Sequence
from pathlib import Path

import click

from api.house import House
from database import Role
from intake import Office, Report, import_each, size_of, try_again
from intake.waiting import WaitingGroup, waiting_groups
from intake.words import sentence


def office_of(house: House) -> Office:
    """Who receives files in this house."""
    return Office(house.db, house.log, house.register, house.secrets)


def import_with_progress(house: House, paths: Sequence[Path]) -> list[Report]:
    """Import everything, with a bar that counts bytes."""
    with click.progressbar(length=size_of(paths), label="Indlæser", width=40) as bar:
        return list(import_each(office_of(house), paths, now=house.now, progress=bar.update))


def import_and_report(house: House, paths: Sequence[Path]) -> bool:
    """Import, and say what became of every row. True when nothing needs a person's attention."""
    reports = import_with_progress(house, paths)
    for report in reports:
        click.echo(_summary(report))
        for wrong in report.set_aside:
            click.echo(f"  {wrong.in_file(report.file)}")
    rows = sum(report.rows for report in reports)
    entries = sum(report.entries for report in reports)
    aside = sum(len(report.set_aside) for report in reports)
    click.echo(f"I alt: {rows} rækker læst, {entries} hændelser skrevet, {aside} rækker sat til side.")
    return all(report.is_clean for report in reports)


def tell_what_waits(house: House, *, try_them: bool) -> bool:
    """Say how many rows wait and why, first trying those that time may have put right. True when none waits."""
    office = office_of(house)
    if try_them:
        again = try_again(office, now=house.now)
        click.echo(_summary(again) if again else "Ingen af de rækker, der venter, kan læses ind endnu.")
    with house.db.connection(Role.APPLICATION) as conn:
        groups = waiting_groups(conn)
    titles = {profile.name: profile.title for profile in office.profiles}
    for group in groups:
        click.echo(_waiting(group, titles))
    total = sum(group.count for group in groups)
    click.echo(f"I alt: {_rows(total)} venter." if total else "Ingen rækker venter.")
    return not total


def _waiting(group: WaitingGroup, titles: dict[str, str]) -> str:
    # A kind of file that is no longer known is told by the name it had.
    return f"{titles.get(group.profile, group.profile)}: {_rows(group.count)}. {sentence(group.reason)}"


def _rows(count: int) -> str:
    return "1 række" if count == 1 else f"{count} rækker"


def _summary(report: Report) -> str:
    if report.refused is not None:
        return f"{report.file}: {report.refused}"
    name = "Rækker, der ventede" if report.again else report.file
    parts = [
        f"{report.rows} rækker",
        f"{report.new} nye",
        f"{report.unchanged} uændrede",
        f"{report.corrected} rettelser",
        f"{len(report.set_aside)} sat til side",
    ]
    text = f"{name}: {', '.join(parts)}."
    if report.erased:
        text += f" {_rows(report.erased)} handler om noget, der er slettet, og blev ikke læst ind."
    if report.proposed:
        text += f" {_rows(report.proposed)} er ikke længere på listen: se Forslag om afslutning."
    if report.withdrawn:
        text += f" {_rows(report.withdrawn)} er tilbage på listen; forslag om afslutning er trukket tilbage."
    if report.remark:
        text += f" {report.remark}"
    if report.ignored_columns:
        text += f" Ukendte kolonner blev sprunget over: {', '.join(report.ignored_columns)}."
    return text
