"""Importing files from the command line: a bar while it runs, then what became of every row."""

from collections.abc import Sequence
from pathlib import Path

import click

from api.house import House
from intake import Office, Report, import_each, size_of


def import_with_progress(house: House, paths: Sequence[Path]) -> list[Report]:
    """Import everything, with a bar that counts bytes."""
    office = Office(house.db, house.log, house.register, house.secrets)
    with click.progressbar(length=size_of(paths), label="Indlæser", width=40) as bar:
        return list(import_each(office, paths, now=house.now, progress=bar.update))


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
    if report.ignored_columns:
        text += f" Ukendte kolonner blev sprunget over: {', '.join(report.ignored_columns)}."
    return text
