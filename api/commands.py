"""The command line. Every command is described in docs/drift/kommandoer.md; its messages are Danish."""

import sys
from datetime import datetime
from pathlib import Path

import click

from api.clock import now
from api.command_messages import clear_messages
from api.erasing_commands import erase
from api.key_commands import keys
from api.parking_commands import go_on, parked
from api.rules_commands import rules
from api.settings import read
from api.why_command import why
from domain.facts import civil_date

DEMO_YOUTHS, DEMO_SEED = 600, 7


@click.group(help="Overgang: én plan for hver ung, og listen over det, der er skredet.")
def main() -> None:
    """The commands."""


@main.command("run-demo")
def run_demo() -> None:
    """Start demonstrationen: database, opdigtet kommune og sider på denne maskine."""
    from api.demonstration import prepare
    from api.serving import refuse_taken_port, serve

    with clear_messages():
        settings = read()
        refuse_taken_port(settings.port)
        house = prepare(settings, now, DEMO_YOUTHS, DEMO_SEED, say=click.echo)
        serve(house)


@main.command("demo")
@click.option("--youths", default=DEMO_YOUTHS, show_default=True, help="Antal opdigtede unge.")
@click.option("--seed", default=DEMO_SEED, show_default=True, help="Samme tal giver samme unge.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Sidste dag i filerne. Ellers i dag.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Mappe til filerne.")
@click.option("--deliveries", is_flag=True, help="Daterede leverancer over to år i stedet for samlede filer.")
def demo(*, youths: int, seed: int, until: datetime | None, out: Path, deliveries: bool) -> None:
    """Skriv filer om opdigtede unge, som en kommunes systemer ville skrive dem."""
    from demo import KEY_FILE, FolderInUse, write

    last = until.date() if until else civil_date(now())
    try:
        write(out, youths, seed, last, deliveries=deliveries)
    except FolderInUse as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"Skrev filer om {youths} opdigtede unge i {out}. {KEY_FILE} siger, hvad der er lagt ind af fejl.")


@main.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def import_files(paths: tuple[Path, ...]) -> None:
    """Indlæs filer fra fagsystemer. Rækker med fejl sættes til side; alt andet bliver gemt."""
    from api.demonstration import open_demo_or_own
    from api.importing import import_and_report

    with clear_messages():
        house = open_demo_or_own(read(), now)
        try:
            all_well = import_and_report(house, paths)
        finally:
            house.close()
    sys.exit(0 if all_well else 1)


@main.command("set-aside")
@click.option("--try-again", "try_them", is_flag=True, help="Prøv først dem, som tiden eller en anden fil kan løse.")
def set_aside(*, try_them: bool) -> None:
    """Vis, hvor mange rækker der venter, og hvorfor."""
    from api.demonstration import open_demo_or_own
    from api.importing import tell_what_waits

    with clear_messages():
        house = open_demo_or_own(read(), now)
        try:
            none_waits = tell_what_waits(house, try_them=try_them)
        finally:
            house.close()
    sys.exit(0 if none_waits else 1)


@main.command("rebuild")
def rebuild() -> None:
    """Byg listerne op igen fra loggen, ved siden af de gamle, og skift på én gang."""
    from api.demonstration import open_demo_or_own
    from projections.rebuild import rebuild as build

    with clear_messages():
        house = open_demo_or_own(read(), now)
        try:
            built = build(house.db, house.log)
            click.echo(
                f"Listerne er bygget op igen: {built.people} unge, {built.entries} hændelser, {built.rows} rækker på"
                f" {built.seconds:.1f} sekunder. {built.differences} rækker var anderledes end før."
            )
            if built.parked:
                click.echo(f"Parkeret, fordi noget ikke kunne læses: {built.parked}. Se dem med overgang parkerede.")
        finally:
            house.close()


main.add_command(erase)
main.add_command(keys)
main.add_command(parked)
main.add_command(go_on)
main.add_command(rules)
main.add_command(why)
